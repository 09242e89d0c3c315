"""Tagged documents: PDF/UA-1 and PDF/A-3a, unsigned, with an empty signature field. Same input, same bytes.

Whoever needs one lays its text out with `flowing.Flow`, or gives pages and elements of their own, and calls
`compose`. The typefaces, the ink and the structure tree are known below here only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from app.certification.marking import Page, draw_pages
from app.certification.metadata import Attachment, Particulars, attach, describe
from app.certification.structure import Element, write_structure

SIGNATURE = "Signature"  # the name of the field
_PRINTED_AND_LOCKED = 132
_ONLY_APPENDED = 3  # signatures exist, and a change must be appended

pikepdf.settings.set_flate_compression_level(2)  # of 9: a third of the time for 4 % more bytes than 6


@dataclass(frozen=True)
class Leaves:
    """A document before it is a file: its elements in reading order, and its pages."""

    root: Element
    pages: Sequence[Page]


def compose(
    particulars: Particulars,
    leaves: Leaves,
    attachments: Sequence[Attachment] = (),
    first_font: str = "Fira Sans Regular",
) -> bytes:
    """The file. Leaves are used once: drawing notes in the elements where their marks are.

    Raises ValueError where a letter is in none of the typefaces.
    """
    drawn = draw_pages(leaves.pages, particulars.language, first_font)
    with pikepdf.open(BytesIO(drawn)) as pdf:
        widget = _signature_field(pdf)
        write_structure(pdf, leaves.root, widget)
        describe(pdf, particulars)
        attach(pdf, attachments, particulars.made_at)
        del pdf.trailer["/ID"]  # it was made before anything was said; a new one is made from all bytes
        body = BytesIO()
        pdf.save(
            body,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            force_version="1.7",
            fix_metadata_version=False,  # it would read and write the XMP once more
        )
        return body.getvalue()


def _signature_field(pdf: Pdf) -> pikepdf.Object:
    """An empty field without a place on the page, so that signing changes nothing that can be seen."""
    page = pdf.pages[-1].obj
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(SIGNATURE),
            TU=String("Digital signature of the issuer"),
            F=_PRINTED_AND_LOCKED,
            Rect=Array([0, 0, 0, 0]),
            P=page,
        )
    )
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([widget]), SigFlags=_ONLY_APPENDED))
    return widget


__all__ = ["SIGNATURE", "Attachment", "Leaves", "Particulars", "compose"]
