"""A course's pages as its draft has them: for the session of an editor who asked to look, and nobody else.

The draft takes the live course's place on the shelf, and the editor is taken for a guest; the pages know of
neither. They add one banner, keep nothing, and may stand in a frame of ours.
"""

from typing import Literal, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import Flask, Response, current_app, g, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from app.library.checked import Checked
from app.library.model import CompiledCourse
from app.web.shared.access import Access, may
from app.web.shared.context import db, person, running
from app.web.shared.drafts import ShownDraft, shown_draft
from app.web.shared.requests import FRAMED
from app.web.studio.told import by_file

KEPT = "draft"  # the session's entry: the course, and the revision that is looked at
LOOK = "look"
PAGES = {"course.show", "lesson.show", "whole_course.show", "offline.show", "checklist.show"}

Look = Literal["", "light", "dark"]
LOOKS: dict[str, Look] = {"": "", "light": "light", "dark": "dark"}


class LookedAt(NamedTuple):
    """Which revision of a course's draft a session looks at."""

    slug: str
    revision_id: int


def register_draft_pages(app: Flask) -> None:
    """Called before the access guard: a draft's pages are asked for as a guest would ask for them."""
    app.before_request(_show_draft)
    app.after_request(_let_frame)


def looked_at() -> LookedAt | None:
    """What this session looks at, if it is an editor's."""
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies or KEPT not in session:
        return None
    return LookedAt(*session[KEPT]) if may(person(), Access.EDITOR) else None


def look_at(wanted: LookedAt | None) -> None:
    """From the next request on this session looks at this draft, or at none."""
    session.pop(KEPT, None)
    if wanted:
        session[KEPT] = list(wanted)


def _show_draft() -> ResponseReturnValue | None:
    if not request.path.startswith("/courses/"):
        return None
    wanted = looked_at()
    if wanted is None or (request.view_args or {}).get("slug") != wanted.slug:
        return None
    if address := _with_the_look_before():
        return redirect(address, 303)
    return _in_place(wanted, running().shelf.draft(db.session(), *wanted))


def _in_place(wanted: LookedAt, checked: Checked) -> ResponseReturnValue | None:
    compiled = checked.compiled
    found = compiled if isinstance(compiled, CompiledCourse) else None
    title = found.course.title if found else wanted.slug
    g.draft = ShownDraft(slug=wanted.slug, title=title, look=LOOKS.get(request.args.get(LOOK, ""), ""))
    if request.endpoint not in PAGES or request.method not in {"GET", "HEAD"}:
        return render_template("studio/nothing-kept.html", slug=wanted.slug), 409
    if found is None:
        problems = by_file(checked.problems, wanted.slug)
        return render_template("studio/draft-problems.html", slug=wanted.slug, problems=problems), 409
    g.shelf = running().shelf.showing(found)
    return None


def _with_the_look_before() -> str:
    """This address in the colours of the page whose link or form led here, or "" where it has its own."""
    came_from = _parts(request.referrer or "")
    if request.method != "GET" or LOOK in request.args or came_from[0] != request.host:
        return ""
    look = parse_qs(came_from[1]).get(LOOK, [""])[0]
    if not LOOKS.get(look):
        return ""
    query = [*request.args.items(multi=True), (LOOK, look)]
    return f"{request.path}?{urlencode(query)}"


def _parts(address: str) -> tuple[str, str]:
    """Host and query of the address of a course's page, ("", "") for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:  # "http://[" is no address at all
        return "", ""
    return (parts.netloc, parts.query) if parts.path.startswith("/courses/") else ("", "")


def _let_frame(response: Response) -> Response:
    if shown_draft():
        response.headers.update(FRAMED)
    return response
