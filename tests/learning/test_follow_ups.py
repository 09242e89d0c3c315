"""Follow-ups over the days: asked for, sent once on their morning, skipped with a reason, stopped."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.tables import FollowUp, FollowUpItem, PaperItem, QuestionVersion
from app.kernel.db import writing
from app.kernel.errors import Conflict, NotFound
from app.learning import follow_sending
from app.learning.follow_results import follow_ups_of
from app.learning.follow_ups import coming_to, offer, stop_by_letter, stop_follow_ups, stop_hash, stopping
from app.learning.responses import save_block_response
from app.library.folders import read_folders
from app.library.publishing import publish
from app.mail.tables import Letter
from app.people.tables import User
from app.settings import Settings
from tests.cast import Cast
from tests.conftest import TestClock
from tests.learning.follow_ups import Mornings, ask, letters, passed, passed_and_asked, questions, rows
from tests.learning.passing import COURSE, LONDON, answer, hand_over, sit

GOOD = Path(__file__).parents[1] / "authored" / "good"
WEEK, FIVE_WEEKS = "A week on", "Five weeks on"


@pytest.fixture
def mornings(session: Session, settings: Settings, clock: TestClock) -> Mornings:
    return Mornings(session, settings, clock)


def test_nobody_gets_a_letter_unasked(session: Session, cast: Cast, mornings: Mornings) -> None:
    passed(session, cast.amira, mornings.start)
    assert mornings.on(7) == mornings.on(35) == []


def test_a_week_and_five_weeks_after_the_pass_a_letter_comes_once(
    session: Session, cast: Cast, mornings: Mornings
) -> None:
    passed_and_asked(session, cast.amira, mornings.start)
    assert mornings.on(6) == []
    assert mornings.on(6.99) == [WEEK]  # a quarter to twelve of the seventh day
    assert mornings.on(7.2) == mornings.on(8) == mornings.on(34) == [WEEK]
    assert mornings.on(35) == mornings.on(36) == mornings.on(400) == [WEEK, FIVE_WEEKS]


def test_the_letter_leaves_from_eight_oclock_on_where_the_site_is(
    session: Session, cast: Cast, settings: Settings, clock: TestClock
) -> None:
    clock.now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    passed_and_asked(session, cast.amira, clock.now)
    clock.now = datetime(2026, 6, 8, 6, 59, tzinfo=UTC)  # 7:59 in London
    mornings = Mornings(session, settings, clock)
    assert mornings.on(0) == []
    assert mornings.on(1 / 24 / 60) == [WEEK]


def test_what_a_server_that_was_off_has_missed_is_made_good_for_two_weeks_and_then_skipped(
    session: Session, cast: Cast, mornings: Mornings
) -> None:
    for person in (cast.amira, cast.ben):
        passed_and_asked(session, person, mornings.start)
    assert mornings.on(10) == [WEEK, WEEK]
    assert mornings.on(35 + 14) == [WEEK, WEEK, FIVE_WEEKS, FIVE_WEEKS]


@pytest.mark.parametrize(
    ("days", "came", "skipped"), [(21, [WEEK], None), (22, [], "late"), (37, [FIVE_WEEKS], "late")]
)
def test_never_do_both_letters_come_at_once(
    session: Session, cast: Cast, mornings: Mornings, days: int, came: list[str], skipped: str | None
) -> None:
    passed_and_asked(session, cast.amira, mornings.start)
    assert mornings.on(days) == came
    assert rows(session)[7].skipped == skipped


def test_a_morning_that_fails_halfway_writes_the_rest_and_nobody_twice(
    session: Session, cast: Cast, mornings: Mornings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (cast.amira, cast.ben):
        passed_and_asked(session, person, mornings.start)
    real = follow_sending._write_letter

    def fail_for_amira(session: Session, follow_up: FollowUp, *rest: object) -> None:
        if follow_up.person_id == cast.amira.id:
            raise RuntimeError("no luck today")
        real(session, follow_up, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(follow_sending, "_write_letter", fail_for_amira)
    assert mornings.on(7) == [WEEK]
    assert len(session.scalars(select(FollowUpItem)).all()) == 3, "what was drawn for Amira is taken back"
    monkeypatch.undo()
    assert mornings.on(8) == [WEEK, WEEK]
    recipients = session.scalars(select(Letter.recipient).where(Letter.kind == "follow-up")).all()
    assert sorted(recipients) == ["amira@example.org", "ben@example.org"]


@pytest.mark.parametrize(
    "change", [{"active": False}, {"confirmed_at": None}], ids=["shut out", "unconfirmed"]
)
def test_who_may_not_come_in_gets_nothing_until_they_may(
    session: Session, cast: Cast, mornings: Mornings, change: dict[str, object]
) -> None:
    passed_and_asked(session, cast.amira, mornings.start)
    set_person(session, cast.amira.id, change)
    assert mornings.on(8) == []
    assert rows(session)[7].skipped is None
    set_person(session, cast.amira.id, {"active": True, "confirmed_at": mornings.start})
    assert mornings.on(9) == [WEEK]


def set_person(session: Session, person_id: int, values: dict[str, object]) -> None:
    with writing(session):
        person = session.get_one(User, person_id)
        for name, value in values.items():
            setattr(person, name, value)


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        (b"edition: 1", b"edition: 1\nretired: true", "retired"),
        (b"edition: 1", b"edition: 2", "newer-edition"),
    ],
)
def test_a_course_that_has_moved_on_is_skipped_with_its_reason(
    session: Session, cast: Cast, mornings: Mornings, was: bytes, becomes: bytes, reason: str
) -> None:
    passed_and_asked(session, cast.amira, mornings.start)
    files = dict(read_folders(GOOD)["course", COURSE])
    sheet = f"content/{COURSE}/course.yml"
    files[sheet] = files[sheet].replace(was, becomes)
    with writing(session):
        assert publish(session, "course", COURSE, files, by_id=None, now=mornings.start)
    assert mornings.on(7) == []
    assert rows(session)[7].skipped == reason
    assert [each.skipped for each in next(iter(follow_ups_of(session, cast.amira.id).values()))] == [
        reason,
        None,
    ]


def test_a_course_that_is_gone_is_skipped(session: Session, cast: Cast, mornings: Mornings) -> None:
    passed_and_asked(session, cast.amira, mornings.start)
    now = mornings.start + timedelta(days=7)
    sent = follow_sending.send_due(
        session, lambda _session, _slug: None, base_url="https://learn.example.org", zone=LONDON, now=now
    )
    assert (sent, rows(session)[7].skipped) == (0, "gone")


def test_an_address_that_no_letter_can_go_to_is_skipped(
    session: Session, cast: Cast, mornings: Mornings
) -> None:
    passed_and_asked(session, cast.amira, mornings.start)
    set_person(session, cast.amira.id, {"email": "amira@example.org, all@example.org"})
    assert mornings.on(7) == []
    assert rows(session)[7].skipped == "address"


def test_asking_twice_is_asking_once_and_asking_late_asks_for_what_lies_ahead(
    session: Session, cast: Cast, mornings: Mornings
) -> None:
    passed(session, cast.amira, mornings.start)
    later = mornings.start + timedelta(days=7)
    for _ in range(2):
        ask(session, cast.amira, later)
    assert {day: row.due_on for day, row in rows(session).items()} == {35: date(2026, 12, 28)}
    with pytest.raises(Conflict, match="too late"):
        ask(session, cast.amira, mornings.start + timedelta(days=35))


def test_who_has_not_passed_has_nothing_to_ask_for(session: Session, cast: Cast, mornings: Mornings) -> None:
    passed(session, cast.amira, mornings.start)
    with pytest.raises(NotFound):
        ask(session, cast.ben, mornings.start)
    found = offer(session, person_id=cast.ben.id, course=COURSE, edition=1, zone=LONDON, now=mornings.start)
    assert (found.days, found.coming) == ((), ())


def test_the_questions_are_new_to_the_person_both_times_and_lead_with_what_was_missed(
    session: Session, cast: Cast, mornings: Mornings
) -> None:
    code = sit(session, cast.amira, mornings.start, miss=True)
    with writing(session):
        assert not hand_over(session, cast.amira, code, mornings.start).passed
    first = set(session.scalars(select(PaperItem.question)))
    missed = session.scalars(select(PaperItem.slot).where(PaperItem.position == 1)).one()
    passed_again(session, cast.amira, code, mornings.start)
    ask(session, cast.amira, mornings.start)
    mornings.on(7)
    week = questions(session, 7)
    assert week[0].slot == missed
    assert len({item.question for item in week}) == 3
    assert not {item.question for item in week} & first
    for item in week:
        assert session.get_one(QuestionVersion, item.question_hash)
    mornings.on(35)
    seen = set(session.scalars(select(PaperItem.question)))
    both = {item.question for item in (*week, *questions(session, 35))}
    assert len(both) == 6
    assert len(both | seen) == 9, "all that was new came before anything came again"


def passed_again(session: Session, person: User, code: str, now: datetime) -> None:
    """The next round of an attempt, answered in full."""
    from app.assessment.attempts import next_round, record_reading, standing
    from app.library.shelf import Shelf

    compiled = Shelf().course(session, COURSE)
    with writing(session):
        view = standing(session, person_id=person.id, code=code)
        for item in view.current.missed:
            record_reading(session, person_id=person.id, code=code, slot=item.slot, now=now)
        next_round(
            session,
            person_id=person.id,
            code=code,
            after=1,
            revision_id=compiled.revision_id,
            quiz=compiled.quiz,
            now=now,
            seed="another",
        )
    answer(session, person, code, now)
    saves = standing(session, person_id=person.id, code=code).round(2).saves
    with writing(session):
        assert hand_over(session, person, code, now, round_number=2, saves=saves).passed


def test_the_letter_says_what_it_is_and_how_to_stop_it(
    session: Session, cast: Cast, mornings: Mornings
) -> None:
    passed_and_asked(session, cast.amira, mornings.start)
    with writing(session):
        save_block_response(
            session,
            person_id=cast.amira.id,
            course=COURSE,
            lesson="next-steps",
            block="my-plan",
            kind="plan",
            body={"when": "a call ends", "will": "read it back", "tell": "Jo", "on": ""},
            now=mornings.start,
        )
    mornings.on(7)
    letter = session.scalars(select(Letter).where(Letter.kind == "follow-up")).one()
    row = rows(session)[7]
    assert letter.subject == "A week on: three short questions on A good course"
    assert f"http://localhost/follow-ups/{row.code}" in letter.text
    assert "The page also asks how your plan went." in letter.text
    assert "read it back" not in letter.text + letter.html, "a plan is private: it stays on the page"
    assert "Three more come in four weeks." in letter.text
    assert letter.stop_url is not None
    code = letter.stop_url.removeprefix("http://localhost/stop/")
    assert letter.stop_url in letter.text
    assert letter.stop_url in letter.html
    assert row.stop_hash == stop_hash(code) != code
    mornings.on(35)
    last = session.scalars(
        select(Letter).where(Letter.kind == "follow-up").order_by(Letter.id.desc())
    ).first()
    assert last is not None
    assert "This was the last letter of this kind about the course." in last.text


def test_a_letters_code_stops_all_that_is_still_to_come_and_no_one_elses(
    session: Session, cast: Cast, mornings: Mornings
) -> None:
    for person in (cast.amira, cast.ben):
        passed_and_asked(session, person, mornings.start)
    mornings.on(7)
    hers = session.scalars(
        select(Letter).where(Letter.recipient == "amira@example.org", Letter.kind == "follow-up")
    )
    code = (hers.one().stop_url or "").rpartition("/")[2]
    assert stopping(session, code)
    for _ in range(2):
        with writing(session):
            stop_by_letter(session, code)
    assert not stopping(session, code)
    assert coming_to(session, cast.amira.id) == ()
    assert [each.days for each in coming_to(session, cast.ben.id)] == [(date(2026, 12, 28),)]
    assert mornings.on(35) == [WEEK, WEEK, FIVE_WEEKS]
    results = follow_ups_of(session, cast.amira.id)
    assert [[each.day for each in of_one] for of_one in results.values()] == [[7]], "what came stays"


@pytest.mark.parametrize("code", ["", "7", "0" * 26, "x" * 500, "\x00" * 26])
def test_a_code_that_nobody_was_sent_stops_nothing(session: Session, cast: Cast, code: str) -> None:
    with pytest.raises(NotFound), writing(session):
        stop_by_letter(session, code)


def test_after_stopping_one_can_begin_again(session: Session, cast: Cast, mornings: Mornings) -> None:
    passed_and_asked(session, cast.amira, mornings.start)
    with writing(session):
        stop_follow_ups(session, person_id=cast.amira.id, course=COURSE)
    assert mornings.on(8) == []
    ask(session, cast.amira, mornings.clock.now)
    assert mornings.on(35) == [FIVE_WEEKS]


def test_what_is_kept_of_a_person_is_read_in_one_statement(
    session: Session, cast: Cast, mornings: Mornings
) -> None:
    passed_and_asked(session, cast.amira, mornings.start)
    mornings.on(7)
    [results] = follow_ups_of(session, cast.amira.id).values()
    assert [(each.day, each.drawn, each.questions, each.answered, each.right) for each in results] == [
        (7, True, 3, 0, 0),
        (35, False, 0, 0, 0),
    ]
    assert follow_ups_of(session, cast.ben.id) == {}
    assert letters(session) == [WEEK]
