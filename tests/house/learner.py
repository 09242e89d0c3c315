"""Somebody who has been all the way: read, missed once, read again, passed, has a certificate."""

from dataclasses import dataclass, replace
from datetime import date

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment import attempts
from app.assessment.policy import read_policy
from app.assessment.questions import from_json
from app.assessment.questions.classify import Classify
from app.assessment.tables import Attempt, PaperItem, QuestionVersion, Round
from app.catalogue.blocks import Reflection
from app.certification.tables import Certificate
from app.kernel.clock import Clock
from app.kernel.codes import new_code
from app.kernel.db import writing
from app.learning.completing import hand_in
from app.learning.cpd_activities import Activity, add_activity
from app.learning.evidence import keep_evidence
from app.learning.evidence_files import SentFile
from app.learning.progress import mark_done
from app.learning.reflections import save_reflection
from app.library.model import CompiledCourse
from app.people.tables import User
from app.web.shared.context import Running, running_in

REFLECTION = "The damp in the flats by the canal."


@dataclass(frozen=True)
class Possessions:
    """What belongs to one learner, as it stands in addresses."""

    attempt: str
    certificate: str
    activity: str = ""
    evidence: str = ""


class Learner:
    """One person's way through a course by the use-cases, each in a transaction of its own."""

    def __init__(self, app: Flask, session: Session, clock: Clock, person: User) -> None:
        self.running: Running = running_in(app)
        self.session, self.clock, self.person_id = session, clock, person.id
        self.name = person.full_name

    def compiled(self, slug: str) -> CompiledCourse:
        return self.running.shelf.course(self.session, slug)

    def read(self, slug: str) -> None:
        """Mark every lesson done, and write a line under each reflection."""
        course = self.compiled(slug).course
        lessons = [lesson.slug for lesson in course.lessons]
        where = {"person_id": self.person_id, "course": slug, "now": self.clock()}
        with writing(self.session) as session:
            for lesson in course.lessons:
                for block in lesson.blocks.values():
                    if isinstance(block, Reflection):
                        save_reflection(
                            session, lesson=lesson.slug, block=block.id, typed=REFLECTION, **where
                        )
                mark_done(session, lesson=lesson.slug, lessons=lessons, **where)

    def begin(self, slug: str) -> str:
        """Open an attempt; its code."""
        compiled = self.compiled(slug)
        with writing(self.session) as session:
            return attempts.open_attempt(
                session,
                person_id=self.person_id,
                course=slug,
                edition=compiled.course.edition,
                revision_id=compiled.revision_id,
                quiz=compiled.quiz,
                policy=read_policy(compiled.course.pass_policy),
                printed_name=self.name,
                lessons_done=True,
                zone=self.running.settings.time_zone,
                now=self.clock(),
                seed="a seed",
            )

    def answer(self, code: str, *missed: int, only: int | None = None) -> int:
        """Answer the open round, or `only` one of it, wrongly at the positions in `missed`; its number."""
        number, forms = self._paper(code)
        for position, (right, wrong) in forms.items():
            if only not in {None, position}:
                continue
            with writing(self.session) as session:
                attempts.save_response(
                    session,
                    person_id=self.person_id,
                    code=code,
                    round_number=number,
                    position=position,
                    form=wrong if position in missed else right,
                    step=0,
                    now=self.clock(),
                )
        return number

    def hand_in(self, slug: str, code: str, number: int) -> attempts.RoundResult:
        compiled, settings = self.compiled(slug), self.running.settings
        site = self.running.shelf.site(self.session)
        design, _files = self.running.shelf.design(self.session, compiled.course.design)
        view = attempts.standing(self.session, person_id=self.person_id, code=code)
        with writing(self.session) as session:
            return hand_in(
                session,
                person_id=self.person_id,
                code=code,
                round_number=number,
                saves=view.round(number).saves,
                compiled=compiled,
                site=site,
                design_revision_id=design,
                base_url=settings.base_url,
                loopback=settings.loopback,
                zone=settings.time_zone,
                now=self.clock(),
            )

    def read_again_and_go_on(self, slug: str, code: str) -> None:
        compiled, where = (
            self.compiled(slug),
            {"person_id": self.person_id, "code": code, "now": self.clock()},
        )
        view = attempts.standing(self.session, person_id=self.person_id, code=code)
        with writing(self.session) as session:
            for item in view.current.missed:
                attempts.record_reading(session, slot=item.slot, **where)
            attempts.next_round(
                session,
                after=view.current.number,
                revision_id=compiled.revision_id,
                quiz=compiled.quiz,
                seed="another",
                **where,
            )

    def all_the_way(self, slug: str) -> Possessions:
        """Read, begin, miss the first question, read again, pass."""
        self.read(slug)
        code = self.begin(slug)
        self.hand_in(slug, code, self.answer(code, 1))
        self.read_again_and_go_on(slug, code)
        assert self.hand_in(slug, code, self.answer(code)).passed
        self.session.rollback()
        mine = select(Certificate.code).where(Certificate.person_id == self.person_id)
        return Possessions(attempt=code, certificate=self.session.scalars(mine).one())

    def and_elsewhere(self, had: Possessions) -> Possessions:
        """Besides, something done elsewhere with a file that shows it."""
        code = new_code()
        file = SentFile(name="programme.pdf", type="pdf", body=b"%PDF-1.7 ... %%EOF")
        mine = {"person_id": self.person_id, "code": code, "now": self.clock()}
        told = Activity(
            title="Damp and mould: the first visit",
            provider="A housing network",
            method="webinar",
            done_on=date(2026, 5, 6),
            minutes=90,
            kind="self-directed",
            objective="",
            outcome="I now ask about the airing first.",
        )
        with writing(self.session) as session:
            add_activity(session, told=told, today=self.clock().date(), **mine)
            evidence = keep_evidence(session, file=file, **mine)
        return replace(had, activity=code, evidence=evidence)

    def _paper(self, code: str) -> tuple[int, dict[int, tuple[dict[str, list[str]], dict[str, list[str]]]]]:
        """The open round's number, and by position a right and a wrong answer as a form sends it."""
        self.session.rollback()
        rows = self.session.execute(
            select(Round.number, PaperItem.position, QuestionVersion.body)
            .join(PaperItem, PaperItem.round_id == Round.id)
            .join(QuestionVersion, QuestionVersion.hash == PaperItem.question_hash)
            .join(Attempt, Attempt.id == Round.attempt_id)
            .where(Attempt.code == code, Round.handed_in_at.is_(None))
        ).all()
        return rows[0].number, {row.position: answers(row.body) for row in rows}


def answers(body: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """A right and a wrong answer to a stored question, as a form sends them."""
    question = from_json(body)
    if isinstance(question, Classify):
        right = {f"answer-{row.id}": [row.category] for row in question.rows}
        first = question.rows[0]
        other = next(category.id for category in question.categories if category.id != first.category)
        return right, right | {f"answer-{first.id}": [other]}
    keys = [choice.id for choice in question.choices if choice.correct]
    others = [choice.id for choice in question.choices if not choice.correct]
    return {"answer": keys}, {"answer": [*keys[1:], others[0]]}
