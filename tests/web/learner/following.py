"""Amira passed, asked for follow-ups, and the days go by."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.tables import FollowUp, FollowUpItem, QuestionVersion
from app.kernel.db import writing
from app.learning.follow_results import FollowUpResult, follow_ups_of
from app.learning.responses import save_block_response
from app.library.folders import read_folders
from app.library.publishing import publish
from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import Learner, answers
from tests.learning.test_follow_ups import GOOD
from tests.page import Page
from tests.post_box import PostBox
from tests.web.learner.taking import COURSE

OFFER = f"/courses/{COURSE}/follow-ups"
PLAN = """
/// plan
id: my-plan
prompt: What will you do at your next call?
when: a call ends
will: read my note back
tell: my team leader
///
"""


class Following:
    """Amira, who passed and asked, and the days that go by."""

    def __init__(self, app: Flask, session: Session, clock: TestClock, cast: Cast, page: Page) -> None:
        self.app, self.session, self.clock, self.cast = app, session, clock, cast
        self.learner = Learner(app, session, clock, cast.amira)
        self.page = page.sign_in(cast.amira)

    def ask(self) -> "Following":
        self.certificate = self.learner.all_the_way(COURSE).certificate
        self.page.post(OFFER, {"back": "/account"})
        return self

    def after(self, days: int) -> str:
        """The address in the newest letter, so many days on."""
        self.clock.move(timedelta(days=days))
        self.app.extensions["rung"].loop.once()
        return PostBox(self.session).link("amira@example.org")

    def results(self) -> tuple[FollowUpResult, ...]:
        """What Amira's record tells."""
        self.session.rollback()
        self.session.expire_all()
        [results] = follow_ups_of(self.session, self.cast.amira.id).values()
        return results

    def forms(self, day: int = 7) -> dict[int, tuple[dict[str, list[str]], dict[str, list[str]]]]:
        """By position a right and a wrong answer, as the page's own form sends it."""
        self.session.rollback()
        rows = self.session.execute(
            select(FollowUpItem.position, QuestionVersion.body)
            .join(QuestionVersion, QuestionVersion.hash == FollowUpItem.question_hash)
            .join(FollowUp, FollowUp.id == FollowUpItem.follow_up_id)
            .where(FollowUp.day == day)
        )
        return {
            position: (named(right, position), named(wrong, position))
            for position, (right, wrong) in ((row.position, answers(row.body)) for row in rows)
        }


def named(form: dict[str, list[str]], position: int) -> dict[str, list[str]]:
    return {name.replace("answer", f"answer-{position}", 1): values for name, values in form.items()}


def make_plan(session: Session, clock: TestClock, cast: Cast) -> None:
    """Give the course a plan to make, and Amira one that she made."""
    files = dict(read_folders(GOOD)["course", COURSE])
    lesson = f"content/{COURSE}/20-next-steps.md"
    files[lesson] += PLAN.encode()
    with writing(session):
        assert publish(session, "course", COURSE, files, by_id=None, now=clock.now)
    with writing(session):
        save_block_response(
            session,
            person_id=cast.amira.id,
            course=COURSE,
            lesson="next-steps",
            block="my-plan",
            kind="plan",
            body={"when": "a call ends", "will": "read it back", "tell": "Jo", "on": "2026-12-01"},
            now=clock.now,
        )
