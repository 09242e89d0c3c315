"""Writing, on the real database of the run. The table `letter` serves as one that everybody has."""

import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, func, inspect, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from app.kernel.db import read_alone, writing
from app.learning.tables import LessonDone
from app.people.tables import AdminLink
from app.web.shared.context import db

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
HASH = "a" * 64


def link(token_hash: str = HASH, made_at: datetime = NOON) -> AdminLink:
    return AdminLink(token_hash=token_hash, made_at=made_at, expires_at=NOON)


@pytest.fixture
def engine(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def links(engine: Engine) -> int:
    with Session(engine) as another:
        return another.scalar(select(func.count()).select_from(AdminLink)) or 0


def test_what_was_written_is_committed_at_the_end(session: Session, engine: Engine) -> None:
    with writing(session) as writer:
        writer.add(link())
        assert links(engine) == 0
    assert links(engine) == 1


def test_an_error_undoes_the_whole(session: Session, engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        write_and_fail(session, ZeroDivisionError)
    assert links(engine) == 0
    assert not session.in_transaction()


def test_a_stop_in_the_middle_undoes_the_whole(session: Session, engine: Engine) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_and_fail(session, KeyboardInterrupt)
    assert links(engine) == 0


def write_and_fail(session: Session, fault: type[BaseException]) -> None:
    with writing(session) as writer:
        writer.add(link())
        writer.flush()
        raise fault


def test_a_row_that_the_database_refuses_undoes_those_before_it(session: Session, engine: Engine) -> None:
    rows = [link(), LessonDone(person_id=999_999, course="c", lesson="l", done_at=NOON)]
    with pytest.raises(IntegrityError):
        write_one_by_one(session, rows)
    assert links(engine) == 0


def write_one_by_one(session: Session, rows: list[AdminLink | LessonDone]) -> None:
    with writing(session) as writer:
        for row in rows:
            writer.add(row)
            writer.flush()


def test_nothing_loaded_before_survives(session: Session) -> None:
    with writing(session) as writer:
        writer.add(link())
    before = session.get_one(AdminLink, HASH)
    with writing(session) as writer:
        assert inspect(before).detached
        assert writer.get_one(AdminLink, HASH) is not before


def test_a_change_made_before_is_not_carried_in(session: Session, engine: Engine) -> None:
    with writing(session) as writer:
        writer.add(link())
    session.get_one(AdminLink, HASH).used_at = NOON
    session.add(link("b" * 64))
    with writing(session):
        pass
    assert links(engine) == 1
    with Session(engine) as another:
        assert another.get_one(AdminLink, HASH).used_at is None


def test_it_sees_what_another_committed_since_the_read_began(session: Session, engine: Engine) -> None:
    assert session.scalar(select(func.count()).select_from(AdminLink)) == 0
    with Session(engine) as another, writing(another) as writer:
        writer.add(link())
    with writing(session) as writer:
        assert writer.scalar(select(func.count()).select_from(AdminLink)) == 1


def test_flasks_scoped_session_is_written_through_the_same_way(app: Flask, engine: Engine) -> None:
    scoped: scoped_session[Session] = scoped_session(sessionmaker(engine))
    with writing(scoped) as writer:
        writer.add(link())
        assert writer is scoped()
    scoped.remove()
    assert links(engine) == 1


def test_sqlite_takes_the_write_lock_at_the_beginning(session: Session, engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no BEGIN IMMEDIATE")
    with closing(sqlite3.connect(str(engine.url.database), timeout=0.05, isolation_level=None)) as other:
        with writing(session), pytest.raises(sqlite3.OperationalError, match="database is locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


def test_a_plain_read_takes_no_write_lock(session: Session, engine: Engine) -> None:
    session.scalar(select(func.count()).select_from(AdminLink))
    assert session.in_transaction()
    with Session(engine) as another, writing(another) as writer:
        writer.add(link())
    assert links(engine) == 1


def test_two_writers_lose_no_update(engine: Engine) -> None:
    with Session(engine) as first, writing(first) as writer:
        writer.add(link())
    faults: list[BaseException] = []

    def add_seconds() -> None:
        try:
            for _ in range(50):
                with Session(engine) as own, writing(own) as writer:
                    row = writer.scalars(select(AdminLink).with_for_update()).one()
                    row.expires_at += timedelta(seconds=1)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=add_seconds) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    with Session(engine) as last:
        assert last.get_one(AdminLink, HASH).expires_at == NOON + timedelta(seconds=100)


def test_a_second_writer_waits_for_the_first(session: Session, engine: Engine) -> None:
    with writing(session) as writer:
        writer.add(link())
    done: list[float] = []

    def use_it() -> None:
        with Session(engine) as own, writing(own) as writer:
            writer.execute(update(AdminLink).values(used_at=NOON))
        done.append(time.monotonic())

    with writing(session) as writer:
        writer.execute(update(AdminLink).values(expires_at=NOON + timedelta(days=1)))
        second = threading.Thread(target=use_it)
        second.start()
        time.sleep(0.3)
        assert done == []
        released = time.monotonic()
    second.join(timeout=30)
    assert done[0] >= released
    with Session(engine) as last:
        row = last.get_one(AdminLink, HASH)
        assert (row.used_at, row.expires_at) == (NOON, NOON + timedelta(days=1))


def test_a_naive_datetime_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="naive datetime"), writing(session) as writer:
        writer.add(link(made_at=datetime(2026, 11, 23, 12)))  # noqa: DTZ001


@pytest.mark.parametrize("zone", [ZoneInfo("Europe/London"), timezone(timedelta(hours=-5)), UTC])
def test_a_moment_of_any_zone_comes_back_as_the_same_moment_in_utc(session: Session, zone: timezone) -> None:
    summer = datetime(2026, 7, 1, 0, 30, 0, 654321, tzinfo=zone)
    with writing(session) as writer:
        writer.add(link(made_at=summer))
    session.expire_all()
    back = session.get_one(AdminLink, HASH).made_at
    assert back == summer
    assert back.utcoffset() == timedelta(0)


def test_an_empty_moment_stays_empty(session: Session) -> None:
    with writing(session) as writer:
        writer.add(link())
    session.expire_all()
    assert session.get_one(AdminLink, HASH).used_at is None


def test_foreign_keys_are_held(session: Session) -> None:
    with pytest.raises(IntegrityError), writing(session) as writer:
        writer.add(AdminLink(token_hash=HASH, made_at=NOON, expires_at=NOON, used_by_id=999_999))


def test_sqlite_keeps_what_it_has_acknowledged(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("SQLite's own settings")
    with engine.connect() as connection:
        found = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


# Taking turns


def test_a_write_within_a_write_is_refused_at_once_and_undoes_nothing_else(
    session: Session, engine: Engine
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has many writers")
    with Session(engine) as another, writing(session) as writer:
        writer.add(link())
        for inner in (another, session):
            with pytest.raises(RuntimeError, match="a write within a write"), writing(inner):
                pass
    assert links(engine) == 1
    with writing(session):  # the turn was given back
        pass


def test_whoever_waits_too_long_for_a_turn_goes_on(
    session: Session, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.kernel.db.LONGEST_WAIT", 0.1)
    done = threading.Event()

    def write() -> None:
        with Session(engine) as another, writing(another) as writer:
            writer.add(link())
        done.set()

    with writing(session):
        other = threading.Thread(target=write)
        other.start()
        time.sleep(0.3)  # past the wait in this process: it waits for the database itself
    other.join(10)
    assert done.is_set()
    assert links(engine) == 1


# What goes past the session


def test_a_value_read_alone_is_read_in_no_transaction_and_leaves_its_connection_as_it_was(
    engine: Engine,
) -> None:
    assert read_alone(engine, "SELECT count(*) FROM admin_link") == 0
    with Session(engine) as session, writing(session) as writer:
        writer.add(link())
    assert read_alone(engine, "SELECT count(*) FROM admin_link") == 1
    with Session(engine) as session:
        session.add(link("b" * 64))
        session.flush()
        session.rollback()
    assert links(engine) == 1


def test_a_read_alone_that_fails_gives_back_a_connection_that_can_be_used(engine: Engine) -> None:
    with pytest.raises(engine.dialect.loaded_dbapi.Error):
        read_alone(engine, "SELECT count(*) FROM nowhere")
    assert links(engine) == 0


def test_a_connection_that_died_while_it_lay_idle_is_replaced(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("an embedded database has no server that restarts")
    monkeypatch.setattr("app.kernel.db.REST", 0)
    with engine.connect() as first, engine.connect() as second:
        own = [each.scalar(text("SELECT pg_backend_pid()")) for each in (first, second)]
    other = create_engine(engine.url, isolation_level="AUTOCOMMIT")
    with other.connect() as killer:
        for pid in own:
            killer.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    other.dispose()
    assert links(engine) == 0
    assert read_alone(engine, "SELECT count(*) FROM admin_link") == 0
