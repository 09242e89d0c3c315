"""What a drawing may hold: elements, their attributes, and what may stand in one."""

import re

_TEXT = "x y dx dy rotate textLength lengthAdjust"
_VIEW = "viewBox preserveAspectRatio"
ELEMENTS = {
    tag: frozenset(names.split())
    for tag, names in {
        "svg": f"x y width height {_VIEW}",
        "g": "",
        "defs": "",
        "symbol": f"x y width height refX refY {_VIEW}",
        "use": "href x y width height",
        "title": "",
        "desc": "",
        "path": "d pathLength",
        "rect": "x y width height rx ry",
        "circle": "cx cy r",
        "ellipse": "cx cy rx ry",
        "line": "x1 y1 x2 y2",
        "polyline": "points",
        "polygon": "points",
        "text": _TEXT,
        "tspan": _TEXT,
        "textPath": "href startOffset method spacing",
        "linearGradient": "x1 y1 x2 y2 gradientUnits gradientTransform spreadMethod href",
        "radialGradient": "cx cy r fx fy fr gradientUnits gradientTransform spreadMethod href",
        "stop": "offset",
        "clipPath": "clipPathUnits",
        "mask": "x y width height maskUnits maskContentUnits",
        "pattern": f"x y width height {_VIEW} patternUnits patternContentUnits patternTransform href",
        "marker": f"{_VIEW} refX refY markerWidth markerHeight markerUnits orient",
    }.items()
}
GROUPS = {"a", "switch"}  # copied as plain groups: a link or a choice that shows what is inside it
WORDS = {"text", "tspan", "textPath", "title", "desc"}
_LOOKS = (
    "alignment-baseline baseline-shift clip-path clip-rule color color-interpolation direction "
    "display dominant-baseline fill fill-opacity fill-rule font-family font-size font-stretch font- "
    "style font-variant font-weight letter-spacing marker-end marker-mid marker-start mask mask-type "
    "opacity overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width "
    "text-anchor text-decoration text-rendering transform unicode-bidi vector-effect visibility "
    "word-spacing writing-mode "
)
LOOKS = frozenset(_LOOKS.split())
ONLY_REFERENCES = {"clip-path", "mask", "marker-start", "marker-mid", "marker-end"}

ID = re.compile(r"[^\W\d][\w.\-]{0,99}")
REFERENCE = re.compile(r"url\(\s*['\"]?#([^\W\d][\w.\-]{0,99})['\"]?\s*\)")
_HREF = re.compile(r"#[^\W\d][\w.\-]{0,99}")
_PLAIN = re.compile(r"[\w\s#.,%()+\-'\"]*")


def may_stand(name: str, value: str) -> bool:
    """Whether an attribute that is allowed may have this value: it leads nowhere but into the drawing."""
    if name == "id":
        return ID.fullmatch(value) is not None
    if name == "href":
        return _HREF.fullmatch(value) is not None
    if name == "xml:space":
        return value in {"preserve", "default"}
    without = REFERENCE.sub("", value)
    if name in ONLY_REFERENCES:
        return without.strip() in {"", "none"}
    return _PLAIN.fullmatch(without) is not None and "url" not in without.lower()
