"""Erasing somebody: nothing of theirs is left anywhere, what others need stays, and it is all or nothing."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.certification.design import read_design
from app.certification.facts import Facts
from app.certification.holding import stored_pdf
from app.certification.making import make_pending
from app.certification.tables import Certificate, CertificatePdf, Revocation
from app.certification.verification import verdict
from app.kernel.db import writing
from app.kernel.errors import NotAllowed, NotFound
from app.learning.erasing import DECISIONS, ONLY_ADMIN, Decision, erase, tables_about_people
from app.learning.key_records import key_records
from app.learning.tables import Completion
from app.library.tables import Revision
from app.people.accounts import make_admin
from app.people.names import GONE
from app.people.tables import User
from tests.cast import Cast
from tests.certification.awards import PASSED_AT
from tests.certification.keys import SIGNING
from tests.conftest import TestClock
from tests.everything_kept import places_of, rows
from tests.house.learner import Learner
from tests.learning.somebody import ADDRESS, COURSE, NAME, NEEDLES, OLD_ADDRESS, TYPED, Traces, make_somebody


@pytest.fixture
def somebody(app: Flask, session: Session, clock: TestClock, cast: Cast) -> Traces:
    Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    return make_somebody(app, session, clock, cast)


def erased(session: Session, traces: Traces) -> None:
    with writing(session):
        erase(session, traces.person.id)


def test_there_is_something_to_find_in_every_table_that_is_decided_on(
    session: Session, somebody: Traces
) -> None:
    """Else looking for it afterwards would prove nothing."""
    assert {name for name, count in rows(session).items() if not count} & DECISIONS.keys() == set()
    for needle in NEEDLES:
        assert places_of(session, needle) != [], needle


def test_nothing_of_them_is_left_in_any_table(session: Session, somebody: Traces) -> None:
    erased(session, somebody)
    assert places_of(session, *NEEDLES) == []


def test_nothing_of_anybody_else_goes(session: Session, cast: Cast, somebody: Traces) -> None:
    before = places_of(session, cast.amira.full_name, cast.amira.email)
    erased(session, somebody)
    assert places_of(session, cast.amira.full_name, cast.amira.email) == before


def test_what_is_decided_is_what_happens(session: Session, cast: Cast, somebody: Traces) -> None:
    before = rows(session)
    erased(session, somebody)
    after = rows(session)
    fewer = {name for name in before if after[name] < before[name]}
    decided = {name for name, decision in DECISIONS.items() if decision.outcome == "delete"}
    assert fewer == decided
    assert {name for name in before if after[name] > before[name]} == set()


def test_every_table_that_leads_to_a_person_has_a_decision() -> None:
    assert {table.name for table in tables_about_people()} == DECISIONS.keys()


def test_every_column_that_leads_to_a_person_is_seen_to() -> None:
    """A tombstone's own holder is taken out in certification."""
    unseen = [
        f"{table.name}.{key.parent.name}"
        for table in tables_about_people()
        for key in table.foreign_keys
        if key.column.table.name == "person" and (table.name, key.parent.name) != ("certificate", "person_id")
        if key.parent.name not in (*DECISIONS[table.name].by, *DECISIONS[table.name].clears)
    ]
    assert unseen == []
    assert all(len(decision.why) > 15 for decision in DECISIONS.values())


def test_their_certificate_goes_on_to_answer_for_nobody(
    session: Session, clock: TestClock, somebody: Traces
) -> None:
    code = somebody.possessions.certificate
    pdf = stored_pdf(session, code=code)
    assert pdf is not None
    erased(session, somebody)
    certificate = session.scalars(select(Certificate).where(Certificate.code == code)).one()
    facts = Facts.from_json(certificate.facts)
    assert (facts.printed_name, facts.membership, certificate.person_id) == ("", "", None)
    assert facts.course == COURSE
    assert not certificate.name_shown
    kept = session.get_one(CertificatePdf, certificate.id)
    assert (kept.body, kept.hash) == (None, pdf.hash)
    assert stored_pdf(session, code=code) is None
    assert not verdict(session, code, today=PASSED_AT.date()).name_matches(NAME)


def test_a_buried_certificate_is_not_drawn_again(
    app: Flask, session: Session, clock: TestClock, somebody: Traces
) -> None:
    erased(session, somebody)
    with writing(session):
        session.query(CertificatePdf).delete()
    drawn: list[int] = []

    def design_at(_session: Session, revision_id: int) -> object:
        drawn.append(revision_id)
        raise NotFound("There is none.")

    make_pending(session, design_at, SIGNING.seal, clock.now)  # type: ignore[arg-type]
    assert len(drawn) == 1  # Amira's


def test_whoever_is_erased_while_their_certificate_is_drawn_gets_none(
    app: Flask, session: Session, clock: TestClock, cast: Cast
) -> None:
    hers = Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    shelf, pages = app.extensions["rung"].shelf, []

    def design_at(reading: Session, revision_id: int) -> object:
        pages.append(revision_id)
        design, _problems = read_design(shelf.design_at(reading, revision_id))
        reading.rollback()
        with Session(reading.get_bind()) as other, writing(other):
            erase(other, cast.amira.id)
        return design

    assert make_pending(session, design_at, SIGNING.seal, clock.now) == 0  # type: ignore[arg-type]
    assert len(pages) == 1
    assert session.scalar(select(func.count()).select_from(CertificatePdf)) == 0
    assert verdict(session, hers.certificate, today=PASSED_AT.date()).facts is not None


def test_a_completion_is_still_counted(session: Session, somebody: Traces) -> None:
    before = session.scalar(select(func.count()).select_from(Completion))
    erased(session, somebody)
    assert session.scalar(select(func.count()).select_from(Completion)) == before
    assert session.scalars(select(Completion.person_id).where(Completion.person_id.is_(None))).all() == [None]


def test_what_they_made_and_decided_for_others_stays_without_them(
    session: Session, cast: Cast, somebody: Traces
) -> None:
    assert session.scalar(select(func.count()).where(Revision.made_by_id == somebody.person.id))
    erased(session, somebody)
    [ben] = [each for each in key_records(session, COURSE) if each.person_id == cast.ben.id]
    assert [waiver.by for waiver in ben.waivers] == [GONE]
    assert session.scalar(select(func.count()).select_from(Revocation)) == 1


def test_letters_to_an_earlier_address_go_too(session: Session, somebody: Traces) -> None:
    assert places_of(session, OLD_ADDRESS) != []
    erased(session, somebody)
    assert places_of(session, OLD_ADDRESS, ADDRESS, TYPED[2]) == []


def test_somebody_who_only_registered_can_be_erased(session: Session, cast: Cast) -> None:
    with writing(session):
        assert erase(session, cast.ben.id).certificates == 0
    assert places_of(session, cast.ben.full_name, cast.ben.email) == []


def test_nobody_is_erased_twice(session: Session, somebody: Traces) -> None:
    erased(session, somebody)
    with pytest.raises(NotFound), writing(session):
        erase(session, somebody.person.id)


def test_the_only_administrator_cannot_be_erased(session: Session, cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="only administrator") as refused, writing(session):
        erase(session, cast.ada.id)
    assert str(refused.value) == ONLY_ADMIN
    assert session.get(User, cast.ada.id) is not None


def test_one_of_two_administrators_can_be_erased(session: Session, cast: Cast) -> None:
    with writing(session):
        make_admin(session, email=cast.malik.email)
    with writing(session):
        erase(session, cast.ada.id)
    with pytest.raises(NotAllowed), writing(session):
        erase(session, cast.malik.id)


def test_a_failure_at_the_last_step_takes_everything_back(
    session: Session, somebody: Traces, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(session)
    forgotten = Decision(outcome="keep", why="Somebody forgot it.")
    for name in ("letter", "letter_event"):
        monkeypatch.setitem(DECISIONS, name, forgotten)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        erased(session, somebody)
    assert rows(session) == before
    assert places_of(session, NAME) != []
