"""Everything that is kept about a person, for that person, as one zip.

It is a POST although it changes nothing: what follows links by itself then cannot make the server do so much.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.learning.exporting.archive import gather, write_archive
from app.learning.exporting.kinds import Part, Whose
from app.learning.exporting.telling import Told, tell
from app.web.learner.export_words import CourseWords
from app.web.shared.context import db, now, settings, signed_in, today
from app.web.shared.forms import Button, show_form
from app.web.shared.limits import seldom
from app.web.shared.offline_sheet import offline_sheet

blueprint = Blueprint("account_export", __name__, template_folder="templates")
IN_MEMORY = 4_000_000  # bytes of a zip; what is larger waits on disk, in a file without a name
CHUNK = 65_536
PARTS = {"facts", "part"}  # the components of the page in the zip


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The page's style sheet, joined from our own files."""

    css_html: str


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One kind as the page in the zip tells it."""

    part: Part
    told: list[Told]


def show() -> ResponseReturnValue:
    """What is in the zip, and the button that makes it."""
    return show_form("learner/account_export.html", Button())


def download() -> ResponseReturnValue:
    """The zip."""
    if not Button().validate_on_submit():
        return redirect(url_for("account_export.show"), 303)
    with ExitStack() as until_written:
        file = until_written.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        _write(db.session(), file)
        size = file.tell()
        until_written.pop_all()
    day = today().isoformat()
    chunks = _chunks(file)
    response = Response([*chunks] if size <= IN_MEMORY else chunks, mimetype="application/zip")
    response.content_length = size
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = f'attachment; filename="what-is-kept-{day}.zip"'
    return response


def _chunks(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _write(session: Session, into: SpooledTemporaryFile[bytes]) -> None:
    zone, person_id = settings().time_zone, signed_in().id
    whose = Whose(session=session, person_id=person_id, zone=zone, now=now(), words=CourseWords())
    parts = gather(whose)
    page = _page([Chapter(part=part, told=tell(part.records, zone)) for part in parts])
    write_archive(into, page=page, parts=parts, whose=whose)


def _page(chapters: list[Chapter]) -> str:
    zone = settings().time_zone
    return render_template(
        "learner/account_export_file.html",
        sheet=Sheet(css_html=offline_sheet(PARTS)),
        chapters=chapters,
        made_at=f"{now().astimezone(zone):%-d %B %Y, %H:%M}",
        address=settings().base_url,
    )


_add = blueprint.add_url_rule
_add("/account/export", "show", show)
_add("/account/export", "download", seldom(download), methods=["POST"])
