"""People who passed some days ago, asked for questions and made a plan: what their letters lead to."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.following import answer_follow_up
from app.assessment.tables import FollowUp, FollowUpItem, QuestionVersion
from app.kernel.clock import Clock
from app.kernel.db import writing
from app.learning.follow_plan import report_plan
from app.learning.follow_sending import send_due
from app.learning.follow_ups import ask_for_follow_ups
from app.learning.responses import save_block_response
from app.mail.tables import Letter
from app.people.tables import User
from app.web.shared.context import running_in
from tests.house.learner import Learner, answers
from tests.walkthroughs.journey import COURSE
from tests.walkthroughs.site import Form, Site

PLAN, LAST = "first-step", "your-next-step"
SAID = {"when": "the next brief is due", "will": "leave three weeks for changes", "tell": "Jo", "on": ""}


def ago(clock: Clock, days: float) -> Clock:
    """The clock of somebody so many days ago."""
    return lambda: clock() - timedelta(days=days)


def make_plan(session: Session, person: User, now: datetime) -> None:
    with writing(session):
        save_block_response(
            session,
            person_id=person.id,
            course=COURSE,
            lesson=LAST,
            block=PLAN,
            kind="plan",
            body=SAID,
            now=now,
        )


def asked_for(site: Site, session: Session, person: User, days: int) -> str:
    """The person passed so many days ago and asked for questions: the newest paper's code, once sent."""
    then = ago(site.clock, days)
    Learner(site.app, session, then, person).all_the_way(COURSE)
    make_plan(session, person, then())
    edition = running_in(site.app).shelf.course(session, COURSE).course.edition
    zone = site.settings.time_zone
    with writing(session):
        ask_for_follow_ups(
            session, person_id=person.id, course=COURSE, edition=edition, zone=zone, now=then()
        )
    send(site, session)
    newest = select(FollowUp.code).where(FollowUp.person_id == person.id, FollowUp.drawn_at.is_not(None))
    return session.scalars(newest.order_by(FollowUp.day.desc())).first() or ""


def send(site: Site, session: Session) -> None:
    """This morning's letters, whatever the hour."""
    shelf = running_in(site.app).shelf
    send_due(
        session,
        shelf.course,
        base_url=site.settings.base_url,
        zone=site.settings.time_zone,
        now=site.clock(),
    )
    running_in(site.app).loop.wake()


def paper(session: Session, code: str) -> dict[int, tuple[Form, Form]]:
    """By position a right and a wrong answer, as the page's own form sends them."""
    session.rollback()
    rows = session.execute(
        select(FollowUpItem.position, QuestionVersion.body)
        .join(QuestionVersion, QuestionVersion.hash == FollowUpItem.question_hash)
        .join(FollowUp, FollowUp.id == FollowUpItem.follow_up_id)
        .where(FollowUp.code == code)
        .order_by(FollowUpItem.position)
    )
    found = {}
    for position, body in rows:
        right, wrong = (
            {name.replace("answer", f"answer-{position}", 1): values for name, values in form.items()}
            for form in answers(body)
        )
        found[position] = (right, wrong)
    return found


def answered(site: Site, session: Session, person: User, code: str) -> str:
    """All of its questions, the first wrongly, and the plan; its code."""
    for position, (right, wrong) in paper(session, code).items():
        with writing(session):
            answer_follow_up(
                session,
                person_id=person.id,
                code=code,
                position=position,
                form=wrong if position == 1 else right,
                field=f"answer-{position}",
                now=site.clock(),
            )
    with writing(session):
        report_plan(
            session,
            person_id=person.id,
            code=code,
            block=PLAN,
            plan="When the next brief is due, I will leave three weeks for changes, and tell Jo.",
            happened="not-yet",
            line="The brief was put off.",
            new_on=site.clock().date() + timedelta(days=20),
            now=site.clock(),
        )
    return code


def stop_path(site: Site, session: Session, person: User) -> str:
    """The way to stop that is in the person's newest letter."""
    session.rollback()
    letters = select(Letter.stop_url).where(Letter.recipient == person.email, Letter.stop_url.is_not(None))
    address = session.scalars(letters.order_by(Letter.id.desc())).first()
    return (address or "").removeprefix(site.address)
