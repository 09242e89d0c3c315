"""The forms of certificate designs, for the same attacks as every other form."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image

from app.library.drafting import open_draft
from tests.attacks.forms import Attacked, Scene
from tests.library.designs import DESK, KEY, reword, save_design
from tests.web.studio.designing import form_on

MAY_GO = frozenset({"do", "message"})


def other_logo() -> bytes:
    """A small PNG that a certificate can print."""
    body = BytesIO()
    Image.new("RGB", (40, 30), "#10305a").save(body, "PNG")
    return body.getvalue()


def design_part(part: str, kind: str = "") -> Callable[[Scene], Attacked]:
    """The form of one page of a design, as the page sends it, with one thing in it changed."""

    def story(scene: Scene) -> Attacked:
        page, address = scene.edda(), f"{DESK}/{part}"
        page.get(address)
        sent = form_on(page)
        colours = {name for name in sent if name.endswith((".picked", ".was"))}
        own: dict[str, str] = {"title": "Another"} if part == "look" else {"course": "Other"}
        changed = CHANGED.get(kind, own)
        return Attacked(page=page, address=address, fields={**sent, **changed}, may_go=MAY_GO | colours)

    story.__name__ = f"design_{part.replace('/', '_').partition('?')[0]}_{kind}".rstrip("_")
    return story


CHANGED: dict[str, dict[str, str]] = {
    "text": {"text": "{kind}, by hand"},
    "rows": {"rows.0.term": "Finished"},
    "logo": {"height": "9"},
    "qr": {"size": "27"},
    "new": {"text": "A new line.", "font": "plain", "size": "9", "colour": "ink", "width": "90"},
}


def design_place(scene: Scene) -> Attacked:
    base = str(open_draft(scene.session, KEY).revision_id)
    fields = {"base": base, "deed": "earlier"}
    return Attacked(page=scene.edda(), address=f"{DESK}/fields/3/place", fields=fields)


def design_logo(scene: Scene) -> Attacked:
    base = str(open_draft(scene.session, KEY).revision_id)
    files = {"picture": ("mark.png", other_logo())}
    fields = {"field": "1", "base": base}
    return Attacked(page=scene.edda(), address=f"{DESK}/pictures", fields=fields, files=files)


def design_logo_out(scene: Scene) -> Attacked:
    page = scene.edda()
    saved = save_design(scene.session, {"certificates/standard/old.png": other_logo()})
    fields = {"base": str(saved.revision_id)}
    return Attacked(page=page, address=f"{DESK}/pictures/old.png/removal", fields=fields)


def design_publication(scene: Scene) -> Attacked:
    page = scene.edda()
    saved = reword(scene.session, "{hours}, {method}", "{hours} of {method}")
    fields = {"revision": str(saved.revision_id)}
    return Attacked(page=page, address=f"{DESK}/publication", fields=fields)


def new_design(scene: Scene) -> Attacked:
    fields: dict[str, Any] = {"title": "With our mark", "slug": "our-mark", "copied": "standard"}
    may_go = frozenset({"slug"})
    return Attacked(page=scene.edda(), address="/studio/designs/new", fields=fields, may_go=may_go)


DESIGN_STORIES: tuple[Callable[[Scene], Attacked], ...] = (
    design_part("fields/2", "text"),
    design_part("fields/7", "rows"),
    design_part("fields/1", "logo"),
    design_part("fields/8", "qr"),
    design_part("fields/new?kind=text", "new"),
    design_part("look"),
    design_part("sample"),
    design_place,
    design_logo,
    design_logo_out,
    design_publication,
    new_design,
)
