"""Joining sheets and scripts into one file each. Pure: text in, text out.

The order of LAYERS is the order of authority: a later layer wins over an earlier one whatever its selectors
weigh, so no rule ever needs `!important`.
"""

import re
from collections.abc import Iterable, Mapping

LAYERS = ("reset", "tokens", "base", "components", "pages", "print")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s*")


def join_sheets(sheets: Mapping[str, Iterable[str]]) -> str:
    """One sheet out of a layer's name -> its sheets. Raises ValueError for a name outside LAYERS."""
    strangers = set(sheets) - set(LAYERS)
    if strangers:
        raise ValueError(f"No such layer: {', '.join(sorted(strangers))}. Layers are {', '.join(LAYERS)}.")
    parts = [f"@layer {', '.join(LAYERS)};"]
    parts += [_layer(name, sheets[name]) for name in LAYERS if name in sheets]
    return "\n".join(parts) + "\n"


def join_scripts(scripts: Iterable[str]) -> str:
    """One module out of many behaviours, each in a block of its own so that no name meets another."""
    return "\n".join(f"{{\n{script.strip()}\n}}" for script in scripts) + "\n"


def _layer(name: str, sheets: Iterable[str]) -> str:
    return "\n".join([f"@layer {name} {{", *(_squeeze(sheet) for sheet in sheets), "}"])


def _squeeze(sheet: str) -> str:
    """The sheet without comments, indents and empty lines; rules are left as they are written."""
    return _INDENT.sub("\n", _COMMENT.sub("", sheet)).strip()
