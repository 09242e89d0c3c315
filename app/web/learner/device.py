"""What somebody did on this device before they signed in, offered for their own record. Their own rows win.

The server never knows what a guest's device keeps. A script lists it on this page, and sends it when the
person says so: each piece as the lesson's address, a question mark, and the form as the lesson would have.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from app.catalogue.block import Block
from app.catalogue.model import Lesson
from app.kernel.db import writing
from app.kernel.errors import NotFound, Refusal
from app.library.model import CompiledCourse
from app.web.shared.blocks import door_of
from app.web.shared.blocks.kept import keep_answer, my_answers
from app.web.shared.blocks.parts import Body
from app.web.shared.context import db, now, shelf, signed_in
from app.web.shared.frame import reader
from app.web.shared.lesson_page import find_lesson

blueprint = Blueprint("device", __name__, template_folder="templates")

MOST_PIECES = 200  # a course has about 20
LONGEST_PIECE = (
    60_000  # characters: a reflection of the longest kind, each of its characters escaped twelvefold
)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One answer that a device kept, read as the lesson would have read it."""

    compiled: CompiledCourse
    lesson: Lesson
    block: Block
    body: Body

    @property
    def place(self) -> tuple[str, str]:
        """The course and the block that it answers."""
        return self.compiled.course.slug, self.block.id

    @property
    def is_spent(self) -> bool:
        """Whether it may leave the device even where it was not added: a choice, which nobody would miss."""
        return door_of(self.block).by_address


@blueprint.get("/this-device")
def show() -> str:
    """What this device keeps. What came of adding is said from the address, which changes nothing."""
    added, had, unread = (_count(name) for name in ("added", "had", "unread"))
    return render_template(
        "learner/device.html",
        learner=reader() is not None,
        added=f"{_activities(added, 'has', 'have')} been added to your record." if added else "",
        left_out=_left_out(had, unread),
    )


def _left_out(had: int, unread: int) -> list[str]:
    said = []
    if had:
        said.append(f"{_activities(had, 'was', 'were')} left out: you have answered there already.")
        said.append("What you wrote there stays on this device.")
    if unread:
        still = _activities(unread, "is", "are")
        said.append(f"{still} on this device still: too long, or of a lesson that has changed.")
    return said


def _count(name: str) -> int:
    count = request.args.get(name, 0, type=int)
    return count if 0 < count <= MOST_PIECES else 0


def _activities(count: int, one: str, several: str) -> str:
    return f"One activity {one}" if count == 1 else f"{count} activities {several}"


@blueprint.post("/this-device")
def add() -> Response:
    """Add what the device sends, all of it in one transaction; what the person has already is left alone."""
    sent = request.form.getlist("kept")
    if not sent or len(sent) > MOST_PIECES:
        raise BadRequest
    reading = db.session()
    read = [_read(reading, piece) for piece in sent]
    pieces = _in_order(piece for piece in read if piece)
    with writing(db.session) as session:
        added = _add(session, signed_in().id, pieces)
    new = {piece.place for piece in added}
    left = [
        at for at, piece in enumerate(read) if piece is None or not (piece.place in new or piece.is_spent)
    ]
    unread = sum(piece is None for piece in read)
    counts = {"added": len(added), "had": len(pieces) - len(added), "unread": unread}
    said: dict[str, object] = {name: count for name, count in counts.items() if count}
    if left:
        said["left"] = ",".join(map(str, left))
    return redirect("/this-device?" + urlencode(said, safe=","), 303)


def _read(session: Session, sent: str) -> Piece | None:
    """The piece, or None where its lesson is gone, or where it could not have come from there."""
    place, _, typed = sent.partition("?")
    parts = place.split("/")
    if len(parts) != 3 or len(sent) > LONGEST_PIECE:
        return None
    try:
        form = parse_qs(typed, keep_blank_values=True, max_num_fields=100)
        compiled = shelf().course(session, parts[0])
        lesson = find_lesson(compiled, parts[1])
        block = lesson.blocks[parts[2]]
        read = door_of(block).read
        body = read(block, compiled, form) if read else None
    except (NotFound, Refusal, BadRequest, KeyError, ValueError):
        return None
    return Piece(compiled=compiled, lesson=lesson, block=block, body=body) if body else None


def _in_order(pieces: Iterable[Piece]) -> list[Piece]:
    """One piece a block, in the order of the lessons: the person's place ends where they were last."""
    found: Mapping[tuple[str, str], Piece] = {piece.place: piece for piece in pieces}
    return sorted(found.values(), key=lambda one: one.compiled.course.lessons.index(one.lesson))


def _add(session: Session, person_id: int, pieces: list[Piece]) -> list[Piece]:
    """Those that were added."""
    had: dict[str, set[str]] = {}
    for course in {piece.compiled.course.slug for piece in pieces}:
        blocks = [piece.block for piece in pieces if piece.compiled.course.slug == course]
        had[course] = set(my_answers(session, person_id, course, blocks))
    new = [piece for piece in pieces if piece.block.id not in had[piece.compiled.course.slug]]
    for piece in new:
        keep_answer(
            session,
            person_id=person_id,
            compiled=piece.compiled,
            lesson=piece.lesson.slug,
            block=piece.block,
            body=piece.body,
            now=now(),
        )
    return new
