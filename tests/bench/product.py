"""An installation of the product to measure or to break: its server, its learners, its database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_security.utils import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from app.assessment.questions import ResponseBody, from_json, grade
from app.assessment.tables import Attempt, PaperItem, QuestionVersion, Round
from app.kernel.db import writing
from app.learning.tables import Enrolment, LessonDone
from app.people.tables import User
from app.secrets import FILES, VARIABLES, make_secrets
from app.settings import read_settings
from app.web.shared.context import db, running_in
from tests.bench.server import ROOT, Server, rung
from tests.bench.visitor import Visitor

COURSE = "co-production"
PASSWORD = "seven lanterns in the rain"


@dataclass(frozen=True)
class Learner:
    """Somebody with a confirmed account. `cookie` is what their browser holds once they have signed in."""

    person_id: int
    email: str
    cookie: str


class Product:
    """One installation. `app` has the server's settings and never serves: it looks into the database."""

    def __init__(
        self, folder: Path, *, database_url: str = "", sources: Path = ROOT, **settings: str
    ) -> None:
        if database_url:
            settings |= _secrets(folder)
        self.server: Server = rung(folder, database_url=database_url, sources=sources, **settings)
        self._app: Flask | None = None

    @property
    def app(self) -> Flask:
        if self._app is None:
            self._app = create_app(read_settings(self.server.environment))
        return self._app

    def learners(self, count: int, *, lessons_done: bool = True, first: int = 1) -> list[Learner]:
        """New people, signed in, who have marked every lesson done if asked for."""
        with self.app.app_context(), writing(db.session) as session:
            password = hash_password(PASSWORD)
            people = [_person(number, password) for number in range(first, first + count)]
            session.add_all(people)
            session.flush()
            if lessons_done:
                self._mark_lessons(session, people)
            return [Learner(person.id, person.email, self._cookie(person)) for person in people]

    def visitor(self, learner: Learner | None = None) -> Visitor:
        """The learner's browser, or a guest's."""
        return Visitor(self.server.port, learner.cookie if learner else "")

    def right_answer(self, code: str, round_number: int, position: int) -> dict[str, str | list[str]]:
        """The fields that answer one question of an attempt rightly, read from the paper in the database."""
        with self.app.app_context():
            body = db.session.scalars(
                select(QuestionVersion.body)
                .join(PaperItem, PaperItem.question_hash == QuestionVersion.hash)
                .join(Round, Round.id == PaperItem.round_id)
                .join(Attempt, Attempt.id == Round.attempt_id)
                .where(Attempt.code == code, Round.number == round_number, PaperItem.position == position)
            ).one()
            db.session.remove()
        return right_fields(body)

    @property
    def items(self) -> int:
        """How many questions the first round of the test asks."""
        with self.app.app_context():
            return len(running_in(self.app).shelf.course(db.session(), COURSE).quiz.slots)

    def close(self) -> None:
        self.server.stop()
        if self._app is not None:
            with self._app.app_context():
                db.engine.dispose()

    def _mark_lessons(self, session: Session, people: Sequence[User]) -> None:
        lessons = [
            lesson.slug for lesson in running_in(self.app).shelf.course(session, COURSE).course.lessons
        ]
        now = datetime.now(UTC)
        for person in people:
            key = {"person_id": person.id, "course": COURSE}
            session.add(Enrolment(**key, place=lessons[0], enrolled_at=now, moved_at=now))
            session.add_all(LessonDone(**key, lesson=lesson, done_at=now) for lesson in lessons)

    def _cookie(self, person: User) -> str:
        signer: Any = self.app.session_interface.get_signing_serializer(self.app)
        values = {"_user_id": person.fs_uniquifier, "_fresh": True, "_permanent": True, "fs_cc": "set"}
        return f"{self.app.config['SESSION_COOKIE_NAME']}={signer.dumps(values)}"


def right_fields(body: str) -> dict[str, str | list[str]]:
    """The form fields that answer a stored question rightly."""
    question = from_json(body)
    answer = _right(question)
    assert grade(question, answer).secured
    placed = {f"answer-{row}": category for row, category in answer.get("placed", {}).items()}
    return placed or {"answer": answer["chosen"]}


def _right(question: Any) -> ResponseBody:
    if question.type == "classify":
        return {"placed": {row.id: row.category for row in question.rows}}
    return {"chosen": [choice.id for choice in question.choices if choice.correct]}


def _person(number: int, password: str) -> User:
    return User(
        full_name=f"Learner {number}",
        email=f"learner{number}@example.org",
        password=password,
        active=True,
        fs_uniquifier=f"learner-{number}-session-identifier",
        confirmed_at=datetime.now(UTC),
        us_totp_secrets=None,
    )


def _secrets(folder: Path) -> dict[str, str]:
    make_secrets(read_settings({"RUNG_DATA": str(folder / "given")}))
    return {
        f"{variable}_FILE": str(folder / "given" / "secrets" / FILES[name])
        for name, variable in VARIABLES.items()
    }
