"""Somebody who knows every answer takes the test of the published good course."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.attempts import RoundResult, open_attempt, save_response, standing
from app.assessment.policy import read_policy
from app.assessment.questions import Classify, Question, SingleChoice, from_json
from app.assessment.tables import Attempt, PaperItem, QuestionVersion, Round
from app.kernel.db import writing
from app.learning.completing import hand_in
from app.library.shelf import Shelf
from app.people.tables import User

COURSE = "good-course"
LONDON = ZoneInfo("Europe/London")


def right(question: Question) -> dict[str, list[str]]:
    """The form that answers a question fully."""
    if isinstance(question, Classify):
        return {f"answer-{row.id}": [row.category] for row in question.rows}
    keys = [choice.id for choice in question.choices if choice.correct]
    return {"answer": keys[:1] if isinstance(question, SingleChoice) else keys}


def sit(
    session: Session, person: User, now: datetime, *, miss: bool = False, policy: dict[str, Any] | None = None
) -> str:
    """An attempt with its first round answered, all right or all but the first; its code."""
    compiled = Shelf().course(session, COURSE)
    with writing(session):
        code = open_attempt(
            session,
            person_id=person.id,
            course=COURSE,
            edition=compiled.course.edition,
            revision_id=compiled.revision_id,
            quiz=compiled.quiz,
            policy=read_policy(policy or compiled.course.pass_policy),
            printed_name=person.full_name,
            lessons_done=True,
            zone=LONDON,
            now=now,
            seed="seed",
        )
    answer(session, person, code, now, miss=miss)
    return code


def answer(session: Session, person: User, code: str, now: datetime, *, miss: bool = False) -> None:
    """Answer the open round."""
    number = standing(session, person_id=person.id, code=code).current.number
    items = session.execute(
        select(PaperItem.position, QuestionVersion.body)
        .join(QuestionVersion, QuestionVersion.hash == PaperItem.question_hash)
        .join(Round, Round.id == PaperItem.round_id)
        .join(Attempt, Attempt.id == Round.attempt_id)
        .where(Attempt.code == code, Round.number == number)
        .order_by(PaperItem.position)
    ).all()
    for position, body in items[1:] if miss else items:
        with writing(session):
            save_response(
                session,
                person_id=person.id,
                code=code,
                round_number=number,
                position=position,
                form=right(from_json(body)),
                step=0,
                now=now,
            )


def hand_over(session: Session, person: User, code: str, now: datetime, **changes: Any) -> RoundResult:
    """Hand in the first round, inside whatever transaction is open."""
    shelf = Shelf()
    compiled = shelf.course(session, COURSE)
    values = {
        "person_id": person.id,
        "code": code,
        "round_number": 1,
        "saves": standing(session, person_id=person.id, code=code).round(1).saves,
        "compiled": compiled,
        "site": shelf.site(session),
        "design_revision_id": shelf.design(session, compiled.course.design)[0],
        "base_url": "https://learning.example.org",
        "loopback": False,
        "zone": LONDON,
        "now": now,
    }
    return hand_in(session, **(values | changes))
