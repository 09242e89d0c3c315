"""What a file says about itself: title, author, dates, standards, colours; and what is attached to it."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, Pdf, String
from PIL import ImageCms

CREATOR = "Rung"
PRODUCER = "Rung, with ReportLab and pikepdf"

# The colour profile holds the moment at which it was made, in these bytes.
_PROFILE_MOMENT = slice(24, 36)


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """`made_at` is UTC. `subject` is one line that tells this document from others of the same title."""

    title: str
    author: str
    subject: str
    made_at: datetime
    language: str = "en-GB"


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file inside the document. `relationship` is PDF's own word: Data, Source, Supplement, Alternative."""

    name: str
    body: bytes
    media_type: str
    description: str
    relationship: str = "Data"


def describe(pdf: Pdf, told: Particulars) -> None:
    """Write the same particulars twice, as PDF/A wants them: in Info and in XMP."""
    title, author, subject = (_visible(text) for text in (told.title, told.author, told.subject))
    told = replace(told, title=title, author=author, subject=subject)
    moment = _moment(told.made_at)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(told.title),
            Author=String(told.author),
            Subject=String(told.subject),
            Creator=String(CREATOR),
            Producer=String(PRODUCER),
            CreationDate=moment,
            ModDate=moment,
        )
    )
    metadata = pdf.make_stream(_xmp(told).encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = metadata
    pdf.Root.Lang = String(told.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = pdf.make_stream(_profile(), N=3)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB IEC61966-2.1"),
                DestOutputProfile=profile,
            )
        ]
    )


def attach(pdf: Pdf, attachments: Sequence[Attachment], made_at: datetime) -> None:
    """Put files into the document, found by name and as associated files."""
    if not attachments:
        return
    moment = _moment(made_at)
    found = {each.name: _specification(pdf, each, moment) for each in attachments}
    pdf.Root.AF = Array(list(found.values()))
    names = [part for name in sorted(found) for part in (String(name), found[name])]
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(names)))


def _specification(pdf: Pdf, attachment: Attachment, moment: String) -> Object:
    body = attachment.body
    stream = pdf.make_stream(
        body,
        Type=Name.EmbeddedFile,
        Subtype=Name("/" + attachment.media_type),
        Params=Dictionary(
            Size=len(body),
            ModDate=moment,
            CreationDate=moment,
            CheckSum=String(hashlib.md5(body, usedforsecurity=False).digest()),
        ),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(attachment.name),
            UF=String(attachment.name),
            Desc=String(attachment.description),
            AFRelationship=Name("/" + attachment.relationship),
            EF=Dictionary(F=stream, UF=stream),
        )
    )


def _moment(at: datetime) -> String:
    return String(at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'"))


def _visible(text: str) -> str:
    """Without what XML could not hold."""
    return "".join(character if unicodedata.category(character)[0] != "C" else " " for character in text)


@cache
def _profile() -> bytes:
    """sRGB, the same bytes at any time."""
    body = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    body[_PROFILE_MOMENT] = bytes(12)
    return bytes(body)


def _xmp(told: Particulars) -> str:
    moment = told.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    return _XMP.format(
        title=escape(told.title),
        author=escape(told.author),
        subject=escape(told.subject),
        language=told.language,
        creator=CREATOR,
        producer=PRODUCER,
        moment=moment,
    )


# The extension says what pdfuaid is, since PDF/A allows no property that it was not told of.
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of PDF/UA that this document keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
