from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.certification.awarding import award
from app.certification.facts import Facts
from app.certification.tables import Certificate
from app.kernel.db import writing
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to, design_revision
from tests.certification.examples import facts


def test_a_completion_awarded_twice_has_one_certificate_with_its_first_facts(session: Session, cast: Cast):
    first = award_to(session, cast.amira, printed_name="Amira Osei-Bonsu")
    with writing(session):
        again = award(
            session,
            completion_id=first.completion_id,
            person_id=cast.amira.id,
            facts=facts(printed_name="Amira Jones"),
            design_revision_id=design_revision(session),
            now=PASSED_AT,
        )
    assert again.code == first.code
    assert again.printed_name == "Amira Osei-Bonsu"
    assert session.scalar(select(func.count()).select_from(Certificate)) == 1


def test_the_facts_read_back_are_those_that_were_awarded(session: Session, cast: Cast):
    certificate = award_to(session, cast.amira, outcomes=("Σ one", "two"), specimen=True)
    session.expire_all()
    stored = Facts.from_json(session.get_one(Certificate, certificate.id).facts)
    assert stored.outcomes == ("Σ one", "two")
    assert stored.specimen
    assert certificate.specimen


def test_the_name_is_hidden_until_the_holder_says_otherwise(session: Session, cast: Cast):
    assert award_to(session, cast.amira).name_shown is False
