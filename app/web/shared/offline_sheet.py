"""The style sheet of the offline copy: the house's own, without the parts that the file does not use."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from app.web.shared.assets import HERE
from app.web.shared.joining import join_sheets


def offline_sheet(used: Collection[str]) -> str:
    """The joined sheet for a file with these classes. It is our own, so a page may hold it as it stands.

    A component's class has the name of its sheet, so the classes say which sheets the file needs.
    """
    styles, components = HERE / "styles", sorted((HERE / "components").glob("*.css"))
    return join_sheets(
        {
            **{name: [_text(styles / f"{name}.css")] for name in ("reset", "tokens", "base", "print")},
            "components": [_text(path) for path in components if path.stem in used],
            "pages": [_text(styles / "offline.css")],
        }
    )


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
