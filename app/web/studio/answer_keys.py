"""The answers of a course's test: asked before they are shown to an editor, and who has seen them.

A page that always shows a key is marked `@asks_first`; one that may show one calls `keys_open_or_ask`. After
every save of a test, `open_keys_in_sight(session, slug)` notes in the same write that its author saw it.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from app.kernel.clock import day_in_words, local_day
from app.kernel.db import writing
from app.learning.key_records import KeyRecord, key_records
from app.learning.keys_opened import has_opened_keys, keys_are_open, open_keys
from app.library.answers_in_sight import answers_in_sight
from app.web.shared.access import page_asked_for
from app.web.shared.appearance import safe_path
from app.web.shared.context import db, now, settings, signed_in
from app.web.studio.keys_waiver import editions_to_waive

blueprint = Blueprint("answer_keys", __name__, template_folder="templates")

REVISIONS = re.compile(r"(?:[0-9]{1,9}(?: [0-9]{1,9}){0,3})?")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who has seen the answers: what happened when, in words; "" where there is nothing to waive."""

    name: str
    rows: list[tuple[str, str]]
    waiver_href: str


def keys_open_or_ask(
    slug: str, *, also: Collection[int] = (), shows_more: bool = False
) -> ResponseReturnValue | None:
    """None where the signed-in person has opened these answers, else the page that asks first.

    What is sent is let through once they have opened any, so that nothing typed is lost when somebody else
    has added a question: its save notes what they have seen. Not so where the answer `shows_more` than was
    sent. `also` are revisions that the page shows beside the draft and what is live. Raises NotFound.
    """
    if keys_open(slug, also):
        return None
    again = has_opened_keys(db.session(), person_id=signed_in().id, course=slug)
    reads = request.method in {"GET", "HEAD"}
    if again and not reads and not shows_more:
        return None
    page = render_template(
        "studio/answers-ask.html",
        slug=slug,
        edition=answers_in_sight(db.session(), slug).edition,
        again=again,
        back=safe_path(page_asked_for()),
        also=" ".join(map(str, also)),
    )
    return page, 200 if reads else 403


def asks_first(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """The view of a course's `slug`, for those who have opened its answers: others are asked first."""

    @wraps(view)
    def page(*, slug: str, **named: Any) -> ResponseReturnValue:
        return keys_open_or_ask(slug) or view(slug=slug, **named)

    return page


def keys_open(slug: str, also: Collection[int] = ()) -> bool:
    """Whether the signed-in person has opened these answers already. Raises NotFound."""
    session, in_sight = db.session(), answers_in_sight(db.session(), slug, also)
    return keys_are_open(
        session,
        person_id=signed_in().id,
        course=slug,
        edition=in_sight.edition,
        questions=in_sight.questions,
    )


def open_keys_in_sight(session: Session, slug: str, also: Collection[int] = ()) -> None:
    """Note that the signed-in person has seen the answers of the test as it now stands, and in `also`."""
    in_sight = answers_in_sight(session, slug, also)
    open_keys(
        session,
        person_id=signed_in().id,
        course=slug,
        edition=in_sight.edition,
        questions=in_sight.questions,
        now=now(),
    )


@blueprint.get("/studio/courses/<slug>/answers")
def show(slug: str) -> str:
    """Everybody who has opened the answers, and when. It shows none of them."""
    session = db.session()
    answers_in_sight(session, slug)
    people = [
        Person(name=each.name, rows=_rows(each), waiver_href=_waiver_href(slug, each))
        for each in key_records(session, slug)
    ]
    return render_template("studio/answers.html", slug=slug, people=people)


@blueprint.post("/studio/courses/<slug>/answers")
def open_them(slug: str) -> Response:
    """Note that the person sees the answers, and go on to the page that they asked for."""
    back = request.form.get("back", "")
    also = request.form.get("also", "")
    if not back or safe_path(back) != back or not REVISIONS.fullmatch(also):
        raise BadRequest
    with writing(db.session) as session:
        open_keys_in_sight(session, slug, [int(each) for each in also.split()])
    return redirect(back, 303)


def _rows(record: KeyRecord) -> list[tuple[str, str]]:
    rows = [
        (each.opened_at, f"Opened {_counted(each.questions)}, with edition {each.edition} live.")
        for each in record.openings
    ]
    rows += [
        (each.waived_at, f"{each.by} waived this for edition {each.edition}: {each.reason}")
        for each in record.waivers
    ]
    return [(_day(moment), said) for moment, said in sorted(rows)]


def _waiver_href(slug: str, record: KeyRecord) -> str:
    own = record.person_id == signed_in().id
    if own or not editions_to_waive(db.session(), slug, record.person_id):
        return ""
    return url_for("keys_waiver.show", slug=slug, code=record.openings[-1].code)


def _counted(questions: int) -> str:
    return "the answer to 1 question" if questions == 1 else f"the answers to {questions} questions"


def _day(moment: datetime) -> str:
    return day_in_words(local_day(moment, settings().time_zone))
