"""One learner taking the good course's test through its pages."""

import re
from datetime import timedelta

from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.progress import mark_done
from app.people.tables import User
from tests.conftest import TestClock
from tests.page import Page

COURSE = "good-course"
LESSONS = ("first-steps", "next-steps")
TEST = f"/courses/{COURSE}/test"
ATTEMPTS = f"/courses/{COURSE}/attempts"
NAME = "Amira Osei-Bonsu"

RIGHT: dict[str, dict[str, str | list[str]]] = {
    "hear": {"answer": "a"},
    "note": {"answer": ["a", "b"]},
    "kinds": {"answer-r1": "repair", "answer-r2": "referral", "answer-r3": "reply"},
}
WRONG: dict[str, dict[str, str | list[str]]] = {
    "hear": {"answer": "b"},
    "note": {"answer": ["a", "c"]},
    "kinds": {"answer-r1": "repair", "answer-r2": "reply", "answer-r3": "reply"},
}
SLOTS = ("hear", "note", "kinds")


def finish_lessons(session: Session, person: User, clock: TestClock) -> None:
    for lesson in LESSONS:
        with writing(session):
            mark_done(
                session,
                person_id=person.id,
                course=COURSE,
                lesson=lesson,
                lessons=LESSONS,
                now=clock.now - timedelta(hours=1),
            )


class Taking:
    """A signed-in page client at the test. `slots` are those of the open round, in order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.code = ""
        self.slots: tuple[str, ...] = SLOTS
        self.round = 1

    def start(self, name: str = NAME) -> "Taking":
        response = self.page.post(ATTEMPTS, {"printed_name": name, "pledge": "y"})
        found = re.fullmatch(r"/attempts/(\w{26})(/questions/1)?", response.headers["Location"])
        assert found
        self.code = found[1]
        return self

    def at(self, *rest: object) -> str:
        return "/".join(["", "attempts", self.code, *map(str, rest)])

    def hidden(self, name: str) -> str:
        """A hidden field of the last page."""
        values = [one.get("value") or "" for one in self.page.elements("input") if one.get("name") == name]
        assert len(values) == 1, values
        return values[0]

    def form(self, position: int, answer: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
        """What the question's own page would send with this answer."""
        self.page.get(self.at("questions", position))
        return {"round": self.hidden("round"), "step": self.hidden("step"), **answer}

    def save(self, position: int, answer: dict[str, str | list[str]], **options):
        return self.page.post(self.at("questions", position), self.form(position, answer), **options)

    def answer(self, *missed: str) -> "Taking":
        """Every question of the round, right but for these slots."""
        for position, slot in enumerate(self.slots, 1):
            self.save(position, (WRONG if slot in missed else RIGHT)[slot])
        return self

    def hand_in(self, **options):
        self.page.get(self.at("answers"))
        form = {"round": self.hidden("round"), "saves": self.hidden("saves")}
        return self.page.post(self.at("submission"), form, **options)

    def miss(self, *missed: str) -> "Taking":
        """Answer, hand in, and look at the result."""
        self.answer(*missed)
        self.page.follow(self.hand_in())
        return self

    def read(self, *slots: str) -> None:
        for slot in slots:
            self.page.post(self.at("readings", slot))

    def go_on(self, *left: str, **options):
        response = self.page.post(self.at("rounds"), {"after": str(self.round)}, **options)
        self.slots, self.round = left, self.round + 1
        return response
