import pytest
from sqlalchemy.orm import Session

from app.certification.revoking import REASONS, revoke
from app.certification.tables import Certificate
from app.certification.verification import verdict
from app.kernel.codes import grouped, new_code
from app.kernel.db import writing
from app.kernel.errors import Conflict, NotFound
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to
from tests.certification.examples import facts


def test_a_certificate_is_valid_and_a_loopback_one_a_specimen(session: Session, cast: Cast):
    assert verdict(session, award_to(session, cast.amira).code).state == "valid"
    assert verdict(session, award_to(session, cast.ben, specimen=True).code).state == "specimen"


@pytest.mark.parametrize(
    "typed", ["", "hello", "0" * 25, "0" * 26, "U" * 26, "'; drop table certificate", "٣" * 26, "\x00"]
)
def test_a_code_that_is_not_one_is_unknown(session: Session, cast: Cast, typed: str):
    award_to(session, cast.amira)
    found = verdict(session, typed)
    assert (found.state, found.facts) == ("unknown", None)


def test_a_code_is_read_however_it_is_typed(session: Session, cast: Cast):
    code = "0" + new_code()[1:-1] + "1"
    award_to(session, cast.amira, code=code)
    typed = grouped(code).lower()
    for form in (
        typed,
        "o" + typed[1:-1] + "l",
        typed.replace(" ", "-"),
        f"  {typed}\n",
        typed.replace(" ", "–"),
    ):
        assert verdict(session, form).state == "valid"


def test_a_withdrawn_certificate_says_when_and_why(session: Session, cast: Cast):
    certificate = award_to(session, cast.amira, specimen=True)
    with writing(session):
        revoke(session, grouped(certificate.code), reason="not-own-work", by_id=cast.ada.id, now=PASSED_AT)
    found = verdict(session, certificate.code)
    assert (found.state, found.withdrawn_at, found.reason) == (
        "withdrawn",
        PASSED_AT,
        REASONS["not-own-work"],
    )
    assert found.facts is not None


def test_a_certificate_is_withdrawn_once(session: Session, cast: Cast):
    certificate = award_to(session, cast.amira)
    with writing(session):
        revoke(session, certificate.code, reason="other", by_id=None, now=PASSED_AT)
    with pytest.raises(Conflict), writing(session):
        revoke(session, certificate.code, reason="not-own-work", by_id=None, now=PASSED_AT)
    assert verdict(session, certificate.code).reason == REASONS["other"]


def test_withdrawing_needs_a_certificate_and_a_reason_of_the_list(session: Session, cast: Cast):
    certificate = award_to(session, cast.amira)
    with pytest.raises(NotFound):
        revoke(session, new_code(), reason="other", by_id=None, now=PASSED_AT)
    with pytest.raises(NotFound):
        revoke(session, "nonsense", reason="other", by_id=None, now=PASSED_AT)
    with pytest.raises(ValueError, match="awarded-in-error, not-own-work, asked-by-holder, other"):
        revoke(session, certificate.code, reason="spite", by_id=None, now=PASSED_AT)


def test_a_certificate_with_a_later_issue_is_replaced(session: Session, cast: Cast):
    first = award_to(session, cast.amira)
    code = new_code()
    with writing(session):
        session.add(
            Certificate(
                code=code,
                completion_id=first.completion_id,
                issue=2,
                replaces_id=first.id,
                person_id=cast.amira.id,
                facts=facts(code=code).to_json(),
                design_revision_id=first.design_revision_id,
                specimen=False,
                name_shown=False,
                awarded_at=PASSED_AT,
            )
        )
    assert verdict(session, first.code).state == "replaced"
    assert verdict(session, code).state == "valid"


def test_the_name_is_matched_and_never_told(session: Session, cast: Cast):
    found = verdict(session, award_to(session, cast.amira).code)
    assert not found.name_shown
    assert found.name_matches("AMIRA  osei‑bonsu")
    assert not found.name_matches("Ben Whitlock")
    assert not verdict(session, new_code()).name_matches("Amira Osei-Bonsu")
