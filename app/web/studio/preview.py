"""Looking at a draft: as a learner on a phone, in the dark, without scripts, or on the way to paper.

What is chosen stands in the address, so that it needs no script. Starting and stopping are the session's own.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.catalogue.model import Course
from app.library.drafting import open_draft
from app.library.model import CompiledCourse
from app.web.shared.context import db, running
from app.web.shared.requests import FRAMING
from app.web.studio.draft_pages import LOOK, LookedAt, look_at, looked_at
from app.web.studio.told import by_file

blueprint = Blueprint("preview", __name__, template_folder="templates")

Option = tuple[str, str, bool]  # words, address, whether it is chosen
PAPER = "print"
WAYS = {
    "width": {"phone": "Phone", "tablet": "Tablet", "full": "Full width"},
    LOOK: {"": "As my device", "light": "Light", "dark": "Dark"},
    "scripts": {"": "With scripts", "none": "Without scripts"},
}
LABELS = {"width": "Width", LOOK: "Colours", "scripts": "Scripts"}


@blueprint.get("/studio/courses/<slug>/preview")
def show(slug: str) -> Response:
    """The draft in a frame, once this session looks at it; else the way to begin."""
    newest, now_looking = open_draft(db.session(), ("course", slug)).revision_id, looked_at()
    looking = now_looking is not None and now_looking.slug == slug
    revision_id = now_looking.revision_id if now_looking and looking else newest
    checked = running().shelf.draft(db.session(), slug, revision_id)
    compiled = checked.compiled if isinstance(checked.compiled, CompiledCourse) else None
    pages = _pages(compiled.course) if compiled else {}
    chosen = _chosen(pages)
    html = render_template(
        "studio/preview.html",
        slug=slug,
        title=compiled.course.title if compiled else slug,
        problems=None if compiled else by_file(checked.problems, slug),
        looking=looking,
        newer=revision_id != newest,
        here=_here(slug, chosen),
        chosen=chosen,
        choices=[("Page", _options(slug, chosen, "page", pages))]
        + [(LABELS[way], _options(slug, chosen, way, words)) for way, words in WAYS.items()],
        address=_address(slug, chosen["page"]),
        framed=_address(slug, chosen["page"], chosen[LOOK]),
    )
    response = make_response(html)
    response.headers.update(FRAMING)
    return response


@blueprint.post("/studio/courses/<slug>/preview")
def start(slug: str) -> Response:
    """From now on this session sees the draft as it stands."""
    draft = open_draft(db.session(), ("course", slug))
    look_at(LookedAt(slug, draft.revision_id))
    return redirect(_here(slug, _given()), 303)


@blueprint.post("/studio/courses/<slug>/preview/end")
def stop(slug: str) -> Response:
    """This session sees again what everybody sees."""
    look_at(None)
    return redirect(_here(slug, {}), 303)


def _pages(course: Course) -> dict[str, str]:
    """What can be shown in the frame: the last part of an address -> words."""
    lessons = {each.slug: each.title for each in course.lessons}
    return {"": "Course page", **lessons, PAPER: "The whole course, to print"}


def _given() -> dict[str, str]:
    """What of the address says how to look, unread."""
    return {name: request.args[name][:100] for name in ("page", *WAYS) if request.args.get(name)}


def _chosen(pages: Mapping[str, str]) -> dict[str, str]:
    """How to look: what the address says where that is known, else the first of each."""
    known = {"page": pages or {"": ""}, **WAYS}
    given = _given()
    return {
        name: given[name] if given.get(name) in values else next(iter(values))
        for name, values in known.items()
    }


def _options(slug: str, chosen: Mapping[str, str], name: str, words: Mapping[str, str]) -> list[Option]:
    return [
        (text, _here(slug, {**chosen, name: value}), chosen[name] == value) for value, text in words.items()
    ]


def _here(slug: str, chosen: Mapping[str, str]) -> str:
    """This page, looking in this way."""
    query = urlencode({name: value for name, value in chosen.items() if value})
    return url_for("preview.show", slug=slug) + (f"?{query}" if query else "")


def _address(slug: str, page: str, look: str = "") -> str:
    """A page of the course, in these colours."""
    path = f"/courses/{slug}/{page}" if page else f"/courses/{slug}"
    return f"{path}?{LOOK}={look}" if look else path
