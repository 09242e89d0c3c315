"""The style sheet of the offline copy: the house's own, but only what a file without a frame needs."""

from functools import cache
from pathlib import Path

from app.web.shared.assets import HERE
from app.web.shared.joining import join_sheets

PARTS = ("panel", "field", "choice", "reveal", "facts", "part")  # the components that its templates use


@cache
def offline_sheet() -> str:
    """The joined sheet, read once. It comes from our own files, so a page may hold it as it stands."""
    styles, components = HERE / "styles", HERE / "components"
    return join_sheets(
        {
            **{name: [_text(styles / f"{name}.css")] for name in ("reset", "tokens", "base", "print")},
            "components": [_text(components / f"{name}.css") for name in PARTS],
            "pages": [_text(styles / "offline.css")],
        }
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
