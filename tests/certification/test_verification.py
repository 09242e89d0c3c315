from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.certification.holding import show_name
from app.certification.revoking import REASONS, reinstate, revoke
from app.certification.tables import Revocation
from app.certification.verification import Verdict, state_of, verdict
from app.kernel.codes import grouped, new_code
from app.kernel.db import writing
from app.kernel.errors import Conflict, NotFound
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to, erase, replace_it

TODAY = PASSED_AT.date()


def test_a_certificate_is_valid_and_a_loopback_one_a_specimen(session: Session, cast: Cast):
    assert verdict(session, award_to(session, cast.amira).code, today=TODAY).state == "valid"
    assert verdict(session, award_to(session, cast.ben, specimen=True).code, today=TODAY).state == "specimen"


@pytest.mark.parametrize(
    "typed", ["", "hello", "0" * 25, "0" * 26, "U" * 26, "'; drop table certificate", "٣" * 26, "\x00"]
)
def test_a_code_that_is_not_one_is_unknown(session: Session, cast: Cast, typed: str):
    award_to(session, cast.amira)
    found = verdict(session, typed, today=TODAY)
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
        assert verdict(session, form, today=TODAY).state == "valid"


def test_a_withdrawn_certificate_says_when_and_why(session: Session, cast: Cast):
    certificate = award_to(session, cast.amira, specimen=True)
    with writing(session):
        revoke(session, grouped(certificate.code), reason="not-own-work", by_id=cast.ada.id, now=PASSED_AT)
    found = verdict(session, certificate.code, today=TODAY)
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
    assert verdict(session, certificate.code, today=TODAY).reason == REASONS["other"]


def test_a_reinstated_certificate_is_valid_again_and_can_be_withdrawn_again(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    by = {"by_id": cast.ada.id, "now": PASSED_AT}
    with writing(session):
        revoke(session, code, reason="not-own-work", note="Two papers alike.", **by)
    with writing(session):
        reinstate(session, grouped(code), reason="looked-at-again", note="They sat apart.", **by)
    found = verdict(session, code, today=TODAY)
    assert (found.state, found.withdrawn_at, found.reason) == ("valid", None, "")
    assert found.reinstated_at == PASSED_AT
    with pytest.raises(Conflict), writing(session):
        reinstate(session, code, reason="other", **by)
    with writing(session):
        revoke(session, code, reason="asked-by-holder", **by)
    found = verdict(session, code, today=TODAY)
    assert (found.state, found.reason) == ("withdrawn", REASONS["asked-by-holder"])
    rows = session.scalars(select(Revocation).order_by(Revocation.id)).all()
    assert [(row.kind, row.note) for row in rows] == [
        ("withdrawn", "Two papers alike."),
        ("reinstated", "They sat apart."),
        ("withdrawn", ""),
    ]


def test_what_is_not_withdrawn_cannot_be_reinstated(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    with pytest.raises(Conflict), writing(session):
        reinstate(session, code, reason="other", by_id=None, now=PASSED_AT)
    with pytest.raises(NotFound), writing(session):
        reinstate(session, new_code(), reason="other", by_id=None, now=PASSED_AT)
    with pytest.raises(ValueError, match="withdrawn-in-error, looked-at-again, other"):
        reinstate(session, code, reason="mercy", by_id=None, now=PASSED_AT)


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
    code = replace_it(session, first)
    found = verdict(session, first.code, today=TODAY)
    assert (found.state, found.replaced_at) == ("replaced", PASSED_AT)
    assert verdict(session, code, today=TODAY).state == "valid"


def test_a_certificate_expires_at_the_end_of_its_last_day(session: Session, cast: Cast):
    last = date(2027, 11, 21)
    code = award_to(session, cast.amira, expires_on=last).code
    states = [verdict(session, code, today=last + timedelta(days=days)).state for days in (-1, 0, 1, 900)]
    assert states == ["valid", "valid", "expired", "expired"]


def test_a_certificate_whose_holder_is_erased_still_says_what_it_was_for(session: Session, cast: Cast):
    certificate = award_to(session, cast.amira)
    with writing(session):
        show_name(session, person_id=cast.amira.id, code=certificate.code, shown=True)
    erase(session, certificate)
    found = verdict(session, certificate.code, today=TODAY)
    assert (found.state, found.erased, found.name_shown) == ("erased", True, False)
    assert found.facts is not None
    assert found.facts.title == certificate.facts["title"]
    assert not any(found.name_matches(typed) for typed in ("", " ", "-", "Amira Osei-Bonsu"))


@pytest.mark.parametrize(
    ("true", "told"),
    [
        ("", "valid"),
        ("expired", "expired"),
        ("expired erased", "erased"),
        ("expired erased specimen", "specimen"),
        ("expired erased specimen replaced", "replaced"),
        ("expired erased specimen replaced withdrawn", "withdrawn"),
    ],
)
def test_of_what_is_true_the_gravest_is_told(true: str, told: str):
    names = ("withdrawn", "replaced", "specimen", "erased", "expired")
    assert state_of(**{name: name in true.split() for name in names}) == told


def test_a_code_and_what_cannot_be_one_take_the_same_statements(session: Session, cast: Cast):
    award_to(session, cast.amira)
    seen = []
    for typed in ("0" * 26, "hello", "", "\x00", "A" * 5000):
        with statements(session) as made:
            assert verdict(session, typed, today=TODAY) == Verdict(state="unknown")
        seen.append(made)
    assert len(seen[0]) == 1
    assert all(made == seen[0] for made in seen)


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        made.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_the_name_is_matched_and_never_told(session: Session, cast: Cast):
    found = verdict(session, award_to(session, cast.amira).code, today=TODAY)
    assert not found.name_shown
    assert found.name_matches("AMIRA  osei‑bonsu")
    assert not found.name_matches("Ben Whitlock")
    assert not verdict(session, new_code(), today=TODAY).name_matches("Amira Osei-Bonsu")
