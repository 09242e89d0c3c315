"""Who has opened the answers passes without a certificate; a second person may let them have it."""

from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.facts import Facts
from app.certification.tables import Certificate
from app.kernel.db import writing
from app.kernel.errors import Conflict, NotAllowed
from app.learning.issuing import Issuing
from app.learning.keys_opened import open_keys
from app.learning.tables import Completion, KeyWaiver
from app.learning.waiving import can_be_waived, owed, waive
from app.library.shelf import Shelf
from app.mail.tables import Letter
from tests.cast import Cast
from tests.conftest import NOON
from tests.learning.passing import COURSE, LONDON, hand_over, sit
from tests.learning.test_completing import counts

HOUR = timedelta(hours=1)
REASON = "She mended two typing errors."


def prepare(session: Session, revision_id: int) -> Any:
    shelf = Shelf()
    compiled = shelf.at(session, revision_id)
    return compiled, Issuing(
        site=shelf.site(session),
        design_revision_id=shelf.design(session, compiled.course.design)[0],
        base_url="https://learning.example.org",
        loopback=False,
        zone=LONDON,
    )


def see_answers(session: Session, cast: Cast, *, at: timedelta = -HOUR) -> None:
    with writing(session):
        open_keys(
            session, person_id=cast.edda.id, course=COURSE, edition=1, questions=["hear-a"], now=NOON + at
        )


def waive_it(session: Session, cast: Cast, *, edition: int = 1, by: int = 0, at: timedelta = HOUR) -> bool:
    with writing(session):
        return waive(
            session,
            person_id=cast.edda.id,
            course=COURSE,
            edition=edition,
            reason=REASON,
            by_id=by or cast.ada.id,
            prepare=prepare,
            now=NOON + at,
        )


def passes(session: Session, cast: Cast) -> None:
    code = sit(session, cast.edda, NOON)
    with writing(session):
        assert hand_over(session, cast.edda, code, NOON).passed


def editions(session: Session, cast: Cast, *, live: int = 1) -> list[int]:
    return can_be_waived(
        session, person_id=cast.edda.id, course=COURSE, edition=live, questions={"hear-a", "hear-b"}
    )


def test_who_has_opened_the_answers_completes_the_course_and_is_awarded_nothing(
    session: Session, cast: Cast
) -> None:
    see_answers(session, cast)
    passes(session, cast)
    assert counts(session) == [1, 0, 0]
    completion = session.scalars(select(Completion)).one()
    assert owed(session, person_id=cast.edda.id, course=COURSE) == {1: completion.revision_id}


def test_opening_them_in_the_middle_of_the_test_costs_as_much(session: Session, cast: Cast) -> None:
    code = sit(session, cast.edda, NOON)
    see_answers(session, cast)
    with writing(session):
        assert hand_over(session, cast.edda, code, NOON).passed
    assert counts(session) == [1, 0, 0]


def test_a_certificate_from_before_is_kept(session: Session, cast: Cast) -> None:
    passes(session, cast)
    see_answers(session, cast, at=HOUR)
    assert counts(session) == [1, 1, 1]
    assert editions(session, cast) == []


def test_what_a_colleague_opened_costs_nobody_else(session: Session, cast: Cast) -> None:
    see_answers(session, cast)
    code = sit(session, cast.amira, NOON)
    with writing(session):
        hand_over(session, cast.amira, code, NOON)
    assert counts(session) == [1, 1, 1]


def test_a_waiver_before_the_pass_lets_it_bring_the_certificate(session: Session, cast: Cast) -> None:
    see_answers(session, cast)
    assert not waive_it(session, cast, at=-HOUR / 2)
    passes(session, cast)
    assert counts(session) == [1, 1, 1]


def test_a_waiver_after_the_pass_makes_the_certificate_of_that_day(session: Session, cast: Cast) -> None:
    see_answers(session, cast)
    passes(session, cast)
    assert waive_it(session, cast, at=timedelta(days=2))
    assert counts(session) == [1, 1, 1]
    certificate = session.scalars(select(Certificate)).one()
    facts = Facts.from_json(certificate.facts)
    completion = session.scalars(select(Completion)).one()
    assert certificate.completion_id == completion.id
    assert certificate.awarded_at == NOON + timedelta(days=2)
    assert (facts.completed_at, facts.printed_name) == (NOON, "Edda Lind")
    assert facts.revision_id == completion.revision_id
    waiver = session.scalars(select(KeyWaiver)).one()
    assert (waiver.waived_by_id, waiver.reason, waiver.edition) == (cast.ada.id, REASON, 1)
    assert session.scalars(select(Letter)).one().recipient == "edda@example.org"
    assert owed(session, person_id=cast.edda.id, course=COURSE) == {}


def test_nobody_waives_for_themselves(session: Session, cast: Cast) -> None:
    see_answers(session, cast)
    passes(session, cast)
    with pytest.raises(NotAllowed):
        waive_it(session, cast, by=cast.edda.id)
    assert counts(session) == [1, 0, 0]
    assert session.scalars(select(KeyWaiver)).all() == []


def test_where_there_is_a_certificate_nothing_is_waived(session: Session, cast: Cast) -> None:
    see_answers(session, cast)
    passes(session, cast)
    waive_it(session, cast)
    with pytest.raises(Conflict):
        waive_it(session, cast, at=2 * HOUR)
    assert counts(session) == [1, 1, 1]


def test_who_looks_again_after_a_waiver_needs_another(session: Session, cast: Cast) -> None:
    see_answers(session, cast)
    waive_it(session, cast, at=-HOUR / 2)
    see_answers(session, cast, at=-HOUR / 4)
    assert editions(session, cast) == [1]
    passes(session, cast)
    assert counts(session) == [1, 0, 0]


def test_what_can_be_waived_is_what_is_owed_and_the_live_edition(session: Session, cast: Cast) -> None:
    assert editions(session, cast) == []
    see_answers(session, cast)
    assert editions(session, cast) == [1]
    passes(session, cast)
    assert editions(session, cast, live=2) == [1, 2]
    waive_it(session, cast)
    assert editions(session, cast, live=2) == [2]


def test_a_pass_and_a_waiver_at_the_same_moment_leave_nobody_without_a_certificate(
    session: Session, cast: Cast
) -> None:
    """Each begins while the other is under way: whichever is first, the second sees it."""
    see_answers(session, cast)
    code = sit(session, cast.edda, NOON)
    handed_in, go_on = Event(), Event()

    def pass_slowly() -> None:
        with Session(session.get_bind(), expire_on_commit=False) as own, writing(own):
            assert hand_over(own, cast.edda, code, NOON).passed
            handed_in.set()
            go_on.wait(1)

    passing = Thread(target=pass_slowly)
    passing.start()
    handed_in.wait(10)
    waiving = Thread(target=lambda: waive_it(Session(session.get_bind()), cast))
    waiving.start()
    go_on.wait(0.3)
    go_on.set()
    passing.join()
    waiving.join()
    assert counts(session) == [1, 1, 1]
