"""The loop: when it sends, and that nothing stops it but stop()."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from app.kernel.db import writing
from app.mail.claiming import claim
from app.mail.composing import Attachment
from app.mail.delivery import DeliveryLoop, wake_after_commit
from app.mail.letters import LetterText
from app.mail.outbox import queue
from app.mail.tables import Letter
from app.mail.transport import SMTPTransport
from tests.mail.conftest import Clock
from tests.mail.post_office import SENDER, PostOffice
from tests.mail.test_outbox import queue_one

Make = Callable[..., DeliveryLoop]
NEVER = 3600.0  # a sweep that no test waits for


@pytest.fixture
def make(sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock) -> Iterator[Make]:
    made: list[DeliveryLoop] = []

    def make_loop(sweep: float = NEVER, **more: object) -> DeliveryLoop:
        transport = SMTPTransport(post_office.settings, SENDER)
        values = {"attachment": lambda _session, _name: None, "clock": clock, "sweep": sweep} | more
        made.append(DeliveryLoop(sessions, transport, **values))
        return made[-1]

    yield make_loop
    for loop in made:
        loop.stop()


def soon(check: Callable[[], bool]) -> bool:
    """True where `check` came true within five seconds."""
    deadline = time.monotonic() + 5
    while not check() and time.monotonic() < deadline:
        time.sleep(0.01)
    return check()


def threads() -> int:
    return sum(thread.name == "letters" for thread in threading.enumerate())


def test_what_was_due_before_the_start_is_sent_at_the_start(
    sessions: sessionmaker[Session], post_office: PostOffice, make: Make
) -> None:
    with sessions() as session, writing(session):
        queue_one(session)
    make().start()
    assert soon(lambda: len(post_office.taken) == 1)


def test_a_commit_with_a_letter_wakes_the_loop(
    sessions: sessionmaker[Session], post_office: PostOffice, make: Make
) -> None:
    loop = make()
    wake_after_commit(sessions, loop)
    loop.start()
    with sessions() as session, writing(session):
        queue_one(session)
    assert soon(lambda: len(post_office.taken) == 1)


def test_only_a_commit_of_a_letter_wakes_the_loop(sessions: sessionmaker[Session]) -> None:
    class Bell:
        rung = 0

        def wake(self) -> None:
            self.rung += 1

    bell = Bell()
    wake_after_commit(scoped_session(sessions), bell)
    with sessions() as session:
        with writing(session):
            session.scalars(select(Letter)).all()
        with writing(session):
            with session.begin_nested():
                queue_one(session)
            assert bell.rung == 0  # a savepoint is no commit yet
        assert bell.rung == 1
        with writing(session):
            queue_one(session)  # it is queued already
        assert bell.rung == 1


def test_the_sweep_finds_letters_that_nobody_woke_it_for(
    sessions: sessionmaker[Session], post_office: PostOffice, make: Make
) -> None:
    make(sweep=0.05).start()
    with sessions() as session, writing(session):
        queue_one(session)
    assert soon(lambda: len(post_office.taken) == 1)


def test_a_certificate_made_by_preparing_leaves_in_the_same_round(
    sessions: sessionmaker[Session], post_office: PostOffice, make: Make, clock: Clock
) -> None:
    made: dict[str, Attachment] = {}

    def draw(_session: Session) -> None:
        made["certificate:1"] = Attachment(
            filename="c.pdf", media_type="application/pdf", content=b"%PDF-1.7"
        )

    with sessions() as session, writing(session):
        queue(
            session,
            LetterText(subject="Your certificate", text="Here it is."),
            dedupe_key="certificate:1",
            kind="certificate",
            recipient="amira@example.org",
            attachment="certificate:1",
            now=clock.now,
        )
    loop = make(prepare=[draw], attachment=lambda _session, name: made.get(name))
    assert loop.once() == 1
    [enclosed] = post_office.taken[0].iter_attachments()
    assert enclosed.get_content() == b"%PDF-1.7"


def test_a_certificate_awarded_during_a_round_leaves_in_that_round(
    sessions: sessionmaker[Session], post_office: PostOffice, make: Make, clock: Clock
) -> None:
    rounds: list[int] = []

    def award_late(session: Session) -> None:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            return  # nothing has been awarded yet
        made["certificate:1"] = Attachment("c.pdf", "application/pdf", b"%PDF-1.7")

    made: dict[str, Attachment] = {}
    with sessions() as session, writing(session):
        queue_one(session)
        session.scalars(select(Letter)).one().attachment = "certificate:1"
    loop = make(prepare=[award_late], attachment=lambda _session, name: made.get(name))
    assert loop.once() == 1


def test_preparing_that_fails_is_logged_and_the_letters_leave(
    sessions: sessionmaker[Session], post_office: PostOffice, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    prepared: list[bool] = []

    def broken(_session: Session) -> None:
        raise RuntimeError("no font")

    with sessions() as session, writing(session):
        queue_one(session)
    assert make(prepare=[broken, lambda _session: prepared.append(True)]).once() == 1
    assert prepared == [True]
    assert "no font" in caplog.text


def test_a_database_that_fails_is_logged_and_the_loop_goes_on(
    sessions: sessionmaker[Session], post_office: PostOffice, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with sessions() as session, writing(session):
        queue_one(session)
    failures = iter([True, True, False])

    def sometimes() -> Session:
        if next(failures, False):
            raise RuntimeError("the database is away")
        return sessions()

    transport = SMTPTransport(post_office.settings, SENDER)
    loop = DeliveryLoop(
        sometimes, transport, attachment=lambda _session, _name: None, clock=clock, alone=True, sweep=0.02
    )
    loop.start()
    assert soon(lambda: len(post_office.taken) == 1)
    assert caplog.text.count("the database is away") >= 2
    loop.stop()


def test_alone_with_its_outbox_the_loop_takes_up_what_a_dead_process_had_claimed(
    sessions: sessionmaker[Session], post_office: PostOffice, make: Make, clock: Clock
) -> None:
    with sessions() as session, writing(session):
        queue_one(session)
    with sessions() as session, writing(session):
        claim(session, clock.now)
    assert make().once() == 0
    make(alone=True).start()
    assert soon(lambda: len(post_office.taken) == 1)


def test_stop_ends_an_idle_loop_at_once(make: Make) -> None:
    before = threads()
    loop = make()
    loop.start()
    assert soon(lambda: threads() == before + 1)
    started = time.monotonic()
    loop.stop()
    assert time.monotonic() - started < 1
    assert threads() == before


def test_stop_lets_the_letter_on_its_way_arrive_and_leaves_the_others(
    sessions: sessionmaker[Session], post_office: PostOffice, make: Make, clock: Clock
) -> None:
    on_its_way, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        on_its_way.set()
        go_on.wait(5)

    post_office.answer_message = slow
    with sessions() as session, writing(session):
        queue_one(session, "certificate:1")
        queue_one(session, "certificate:2")
    loop = make()
    loop.start()
    assert on_its_way.wait(5)
    threading.Timer(0.1, go_on.set).start()
    loop.stop()
    with sessions() as session:
        waiting = session.scalars(select(Letter.next_at).where(Letter.sent_at.is_(None))).all()
    assert len(post_office.taken) == 1
    assert waiting == [clock.now]


def test_stop_does_not_wait_for_ever_for_a_server_that_hangs(
    sessions: sessionmaker[Session], post_office: PostOffice, make: Make, clock: Clock
) -> None:
    on_its_way, go_on = threading.Event(), threading.Event()

    def hang() -> None:
        on_its_way.set()
        go_on.wait(5)

    post_office.answer_message = hang
    with sessions() as session, writing(session):
        queue_one(session)
    loop = make()
    loop.start()
    assert on_its_way.wait(5)
    started = time.monotonic()
    loop.stop(patience=0.2)
    assert time.monotonic() - started < 1
    go_on.set()
    assert soon(lambda: threads() == 0)


def test_stop_before_start_is_no_error(make: Make) -> None:
    make().stop()


def test_a_stopped_clock_does_not_make_a_round_endless(
    sessions: sessionmaker[Session], post_office: PostOffice, make: Make, clock: Clock
) -> None:
    post_office.answer_message = lambda: "451 Busy"
    with sessions() as session, writing(session):
        for number in range(3):
            queue_one(session, f"certificate:{number}")
    assert make().once() == 0
    with sessions() as session:
        assert all(
            next_at == clock.now + timedelta(minutes=1) for next_at in session.scalars(select(Letter.next_at))
        )
