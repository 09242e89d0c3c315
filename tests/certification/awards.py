"""Certificates put straight into the database, as a pass would leave them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.tables import Attempt
from app.certification.awarding import award
from app.certification.burying import bury
from app.certification.facts import Facts
from app.certification.making import make_pending
from app.certification.tables import Certificate
from app.kernel.codes import new_code
from app.kernel.db import writing
from app.learning.tables import Completion
from app.library.tables import Revision, Source
from app.people.tables import User
from tests.certification.examples import facts, standard_design
from tests.certification.keys import SIGNING

PASSED_AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def design_revision(session: Session) -> int:
    """Some revision of a design to hang certificates on."""
    source = session.scalars(
        select(Source).where(Source.kind == "design", Source.slug == "for-tests")
    ).first()
    if source is None:
        source = Source(kind="design", slug="for-tests")
        session.add(source)
        session.flush()
        session.add(Revision(source_id=source.id, tree_hash="0" * 64, made_at=PASSED_AT, made_by_id=None))
        session.flush()
    return session.scalars(select(Revision.id).where(Revision.source_id == source.id)).one()


def complete(session: Session, person: User, told: Facts) -> int:
    """A completion of this course by this person; its id."""
    revision_id = design_revision(session)
    attempt = Attempt(
        code=new_code(),
        person_id=person.id,
        course=told.course,
        edition=told.edition,
        policy={"kind": "rounds", "rounds": 3},
        printed_name=told.printed_name,
        pledged_at=told.completed_at,
        opened_at=told.completed_at,
        closed_at=told.completed_at,
    )
    session.add(attempt)
    session.flush()
    completion = Completion(
        person_id=person.id,
        course=told.course,
        edition=told.edition,
        cycle=1,
        attempt_id=attempt.id,
        revision_id=revision_id,
        title=told.title,
        minutes=told.minutes,
        completed_at=told.completed_at,
    )
    session.add(completion)
    session.flush()
    return completion.id


def award_to(session: Session, person: User, **changes: Any) -> Certificate:
    """A certificate of this person, with a code of its own, committed and not yet drawn."""
    code = new_code()
    told = facts(**{"code": code, "check_url": f"http://localhost/check/{code}", **changes})
    with writing(session):
        award(
            session,
            completion_id=complete(session, person, told),
            person_id=person.id,
            facts=told,
            design_revision_id=design_revision(session),
            now=told.completed_at,
        )
        return session.scalars(select(Certificate).where(Certificate.code == told.code)).one()


def replace_it(session: Session, old: Certificate) -> str:
    """A newer issue in the place of this one; its code."""
    code = new_code()
    row = {
        "code": code,
        "completion_id": old.completion_id,
        "issue": old.issue + 1,
        "replaces_id": old.id,
        "person_id": old.person_id,
        "facts": old.facts | {"code": code},
        "design_revision_id": old.design_revision_id,
        "specimen": False,
        "awarded_at": PASSED_AT,
    }
    with writing(session):
        session.add(Certificate(**row))
    return code


def erase(session: Session, certificate: Certificate) -> None:
    """Take its holder out of a certificate, as erasing an account does."""
    with writing(session):
        bury(session, select(Certificate.id).where(Certificate.id == certificate.id))


def make_all(session: Session) -> int:
    """What the delivery loop does before each round of letters, in a thread of its own as there."""

    def make() -> int:
        with Session(session.get_bind()) as own:
            return make_pending(own, lambda *_: standard_design(), SIGNING.seal, PASSED_AT)

    with ThreadPoolExecutor(1) as loop:
        return loop.submit(make).result()
