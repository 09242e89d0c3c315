"""A new issue in the place of an old one: what changes, what does not, and who wins a race."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.holding import held, show_name, stored_pdf
from app.certification.name_requests import all_asked, ask_for_name
from app.certification.tables import Certificate, NameRequest
from app.certification.verification import verdict
from app.kernel.codes import new_code
from app.kernel.db import writing
from app.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from app.learning.replacing import Wanted, keep_name, replace_certificate
from app.learning.withdrawing import withdraw
from app.library.model import CompiledCourse
from app.library.shelf import Shelf
from app.mail.tables import Letter
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to, make_all
from tests.learning.test_completing import at_once

BASE = "https://learning.example.org"
GIVEN: dict[str, Any] = {"base_url": BASE, "loopback": False, "by_id": None, "now": PASSED_AT}


def reissue(session: Session, code: str, wanted: Wanted, **changes: Any) -> str:
    with writing(session):
        return replace_certificate(session, code, wanted, **(GIVEN | changes))


def facts_at(session: Session, code: str) -> Facts:
    session.expire_all()
    return Facts.from_json(session.scalars(select(Certificate.facts).filter_by(code=code)).one())


def corrected_course(session: Session, facts: Facts, **changes: Any) -> CompiledCourse:
    """The course of a certificate, put right later in the same edition."""
    compiled = Shelf().course(session, "good-course")
    course = replace(compiled.course, slug=facts.course, edition=facts.edition, **changes)
    return replace(compiled, course=course, revision_id=99)


def test_a_name_is_put_right_by_a_new_issue_and_the_old_one_keeps_every_byte(session: Session, cast: Cast):
    old = award_to(session, cast.amira).code
    make_all(session)
    before, pdf = facts_at(session, old), stored_pdf(session, code=old)
    new = reissue(session, old, Wanted(printed_name="  Amira   Bonsu "), by_id=cast.ada.id)
    make_all(session)
    after = facts_at(session, new)

    assert after == replace(
        before, code=new, check_url=f"{BASE}/check/{new}", replaces=old, printed_name="Amira Bonsu"
    )
    assert (facts_at(session, old), stored_pdf(session, code=old)) == (before, pdf)
    assert verdict(session, old, today=PASSED_AT.date()).state == "replaced"
    assert verdict(session, new, today=PASSED_AT.date()).state == "valid"
    row = session.scalars(select(Certificate).filter_by(code=new)).one()
    assert (row.issue, row.issued_by_id, row.person_id) == (2, cast.ada.id, cast.amira.id)
    [letter] = session.scalars(select(Letter))
    assert letter.attachment == f"certificate:{new}"
    assert "- Name: now Amira Bonsu, before Amira Osei-Bonsu.\n" in letter.text
    assert "About" not in letter.text


def test_a_corrected_course_brings_its_words_and_minutes_and_leaves_the_day_of_the_law(
    session: Session, cast: Cast
):
    old = award_to(session, cast.amira).code
    before = facts_at(session, old)
    course = corrected_course(
        session, before, title="Working together", minutes=40, law_as_at=date(2026, 11, 1)
    )
    new = reissue(session, old, Wanted(course=course))
    after = facts_at(session, new)
    assert (after.title, after.minutes, after.revision_id) == ("Working together", 40, 99)
    assert after.outcomes == tuple(outcome.text for outcome in course.course.outcomes)
    assert (after.law_as_at, after.edition, after.completed_at, after.printed_name) == (
        before.law_as_at,
        before.edition,
        before.completed_at,
        before.printed_name,
    )
    newest = reissue(session, new, Wanted(course=course, law_too=True))
    assert facts_at(session, newest).law_as_at == date(2026, 11, 1)
    assert verdict(session, new, today=PASSED_AT.date()).state == "replaced"


def test_a_course_of_another_edition_is_refused(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    course = corrected_course(session, replace(facts_at(session, code), edition=4))
    with pytest.raises(Conflict, match="keeps its course and its edition"):
        reissue(session, code, Wanted(course=course))


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (Wanted(), Conflict),
        (Wanted(printed_name="Amira Osei-Bonsu"), Conflict),
        (Wanted(printed_name="x" * 61), NotAllowed),
        (Wanted(printed_name="Amira\u202eBonsu"), NotAllowed),
    ],
)
def test_what_changes_nothing_or_cannot_be_printed_is_refused(
    session: Session, cast: Cast, wanted: Wanted, refusal: type[Refusal]
):
    code = award_to(session, cast.amira).code
    with pytest.raises(refusal):
        reissue(session, code, wanted)
    assert len(session.scalars(select(Certificate)).all()) == 1
    assert session.scalars(select(Letter)).all() == []


def test_a_replaced_or_withdrawn_certificate_is_not_replaced(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    new = reissue(session, code, Wanted(printed_name="Amira Bonsu"))
    with pytest.raises(Conflict, match="replaced already"):
        reissue(session, code, Wanted(printed_name="Amira B"))
    with writing(session):
        withdraw(session, new, reason="other", note="", by_id=None, base_url=BASE, now=PASSED_AT)
    with pytest.raises(Conflict, match="withdrawn"):
        reissue(session, new, Wanted(printed_name="Amira B"))
    with pytest.raises(NotFound):
        reissue(session, new_code(), Wanted(printed_name="Amira B"))


def test_a_specimen_stays_one_and_a_shown_name_stays_shown(session: Session, cast: Cast):
    code = award_to(session, cast.amira, specimen=True).code
    with writing(session):
        show_name(session, person_id=cast.amira.id, code=code, shown=True)
    new = reissue(session, code, Wanted(printed_name="Amira Bonsu"))
    assert facts_at(session, new).specimen
    assert verdict(session, new, today=PASSED_AT.date()).name_shown


def test_two_who_replace_at_once_make_one_new_issue(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    names = iter(["Amira Bonsu", "Amira Jones", "Amira B", "A. Bonsu"])

    def one(own: Session) -> Any:
        try:
            return replace_certificate(own, code, Wanted(printed_name=next(names)), **GIVEN)
        except Conflict as refused:
            return refused

    results = at_once(4, session, one)
    assert len([each for each in results if isinstance(each, str)]) == 1
    assert sorted(session.scalars(select(Certificate.issue))) == [1, 2]
    assert len(session.scalars(select(Letter)).all()) == 1


def test_a_holder_asks_for_a_name_and_asking_again_changes_what_waits(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    for typed in ("Amira Jones", " Amira  Bonsu"):
        with writing(session):
            ask_for_name(session, person_id=cast.amira.id, code=code, typed=typed, now=PASSED_AT)
    [asked] = all_asked(session)
    assert (asked.code, asked.name_now, asked.name_asked) == (code, "Amira Osei-Bonsu", "Amira Bonsu")
    assert held(session, person_id=cast.amira.id, code=code).name_asked == "Amira Bonsu"
    reissue(session, code, Wanted(printed_name=asked.name_asked), by_id=cast.ada.id)
    assert all_asked(session) == ()
    request = session.scalars(select(NameRequest)).one()
    assert (request.granted, request.decided_by_id) == (True, cast.ada.id)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("Amira Osei-Bonsu", Conflict), ("", NotAllowed), ("\x00", NotAllowed), ("x" * 200, NotAllowed)],
)
def test_a_name_that_is_printed_or_cannot_be_is_not_asked_for(
    session: Session, cast: Cast, typed: str, refusal: type[Refusal]
):
    code = award_to(session, cast.amira).code
    with pytest.raises(refusal), writing(session):
        ask_for_name(session, person_id=cast.amira.id, code=code, typed=typed, now=PASSED_AT)
    assert all_asked(session) == ()


def test_nobody_asks_for_a_name_on_anothers_certificate(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    with pytest.raises(NotFound), writing(session):
        ask_for_name(session, person_id=cast.ben.id, code=code, typed="Ben", now=PASSED_AT)


def test_a_name_is_kept_with_a_reason_that_the_holder_reads_and_may_be_asked_for_again(
    session: Session, cast: Cast
):
    code = award_to(session, cast.amira).code
    given = {"base_url": BASE, "by_id": cast.ada.id, "now": PASSED_AT}
    for count in (1, 2):
        with writing(session):
            ask_for_name(session, person_id=cast.amira.id, code=code, typed="Queen", now=PASSED_AT)
        with writing(session):
            keep_name(session, code, answer="It is not your name.", **given)
        assert len(session.scalars(select(Letter)).all()) == count
    with pytest.raises(NotFound), writing(session):
        keep_name(session, code, answer="No.", **given)
    [letter, _] = session.scalars(select(Letter))
    assert "“Queen”" in letter.text
    assert "It is not your name." in letter.text
    assert verdict(session, code, today=PASSED_AT.date()).state == "valid"


def test_a_correction_of_the_course_takes_a_waiting_name_along(session: Session, cast: Cast):
    code = award_to(session, cast.amira).code
    with writing(session):
        ask_for_name(session, person_id=cast.amira.id, code=code, typed="Amira Bonsu", now=PASSED_AT)
    new = reissue(session, code, Wanted(course=corrected_course(session, facts_at(session, code))))
    [asked] = all_asked(session)
    assert (asked.code, asked.name_asked) == (new, "Amira Bonsu")
