"""A certificate withdrawn and reinstated, and what its holder is told each time."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.revoking import REASONS, REASONS_TO_REINSTATE
from app.certification.verification import verdict
from app.kernel.db import writing
from app.kernel.errors import Conflict
from app.learning.record import my_cpd
from app.learning.withdrawing import (
    TOLD_OF_REINSTATEMENT,
    TOLD_OF_WITHDRAWAL,
    put_back,
    withdraw,
)
from app.mail.tables import Letter
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to
from tests.learning.passing import LONDON

BASE = "https://learning.example.org"


def act(session: Session, how: Any, code: str, **changes: Any) -> None:
    given = {"reason": "other", "note": "", "by_id": None, "base_url": BASE, "now": PASSED_AT}
    with writing(session):
        how(session, code, **(given | changes))


def letters(session: Session) -> list[Letter]:
    return list(session.scalars(select(Letter).order_by(Letter.id)))


def test_every_reason_has_words_for_the_holder() -> None:
    assert TOLD_OF_WITHDRAWAL.keys() == REASONS.keys()
    assert TOLD_OF_REINSTATEMENT.keys() == REASONS_TO_REINSTATE.keys()


def test_the_holder_hears_what_and_why_and_whom_to_ask_and_nothing_of_the_note(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    act(session, withdraw, code, reason="not-own-work", note="Ben told us.", by_id=cast.ada.id)
    [letter] = letters(session)
    assert letter.recipient == "amira@example.org"
    assert letter.subject == "Your certificate for Co-production in social housing has been withdrawn"
    for told in (TOLD_OF_WITHDRAWAL["not-own-work"], "learning@example.org", f"/check/{code}"):
        assert told in letter.text
    assert "Ben" not in letter.text + letter.html
    assert letter.attachment is None


def test_each_turn_has_a_letter_of_its_own_and_counts_the_minutes_anew(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    for how, counted in ((withdraw, 0), (put_back, 30), (withdraw, 0)):
        act(session, how, code)
        [year] = my_cpd(session, cast.amira.id, LONDON, PASSED_AT).years
        assert year.minutes == counted
    assert [letter.kind for letter in letters(session)] == [
        "certificate-withdrawn",
        "certificate-reinstated",
        "certificate-withdrawn",
    ]
    assert verdict(session, code, today=PASSED_AT.date()).state == "withdrawn"


def test_what_is_refused_writes_to_nobody(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    with pytest.raises(Conflict):
        act(session, put_back, code)
    act(session, withdraw, code)
    with pytest.raises(Conflict):
        act(session, withdraw, code)
    assert len(letters(session)) == 1
