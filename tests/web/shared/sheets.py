"""The sheets as they are written, read for the tests that hold them to the house rules."""

import re
from pathlib import Path

from app.web.shared.assets import HERE

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SHEETS = sorted([*HERE.glob("styles/*.css"), *HERE.glob("components/**/*.css")])
TOKENS = HERE / "styles" / "tokens.css"
SCHEMES = {
    "light": [":root {"],
    "dark by the device": [":root {", "@media screen and (prefers-color-scheme: dark) {"],
    "dark by choice": [":root {", '@media screen {\n  :root[data-theme="dark"] {'],
}


def plain(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


def declarations(text: str) -> dict[str, str]:
    """Every custom property in the text, the last one winning."""
    return {name: value.strip() for name, value in re.findall(r"(--[\w-]+):\s*([^;]+);", text)}


def block(text: str, opening: str) -> str:
    """What stands between an opening and its own closing brace, for every place where it opens."""
    found = []
    for match in re.finditer(re.escape(opening), text):
        if text[: match.start()].count("{") != text[: match.start()].count("}"):
            continue
        depth, end = opening.count("{"), match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        found.append(text[match.end() : end])
    assert found, f"tokens.css has no {opening}"
    return "\n".join(found)


def scheme(name: str) -> dict[str, str]:
    """Role or value -> "#rrggbb" or whatever it stands for in the end, in one of SCHEMES."""
    text = plain(TOKENS)
    declared: dict[str, str] = {}
    for opening in SCHEMES[name]:
        declared |= declarations(block(text, opening))
    return {key: _resolved(value, declared) for key, value in declared.items()}


def _resolved(value: str, declared: dict[str, str]) -> str:
    while match := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = declared[match[1]]
    return value
