"""The table base, the shared column types, and the one way to write.

A request reads in SQLite's DEFERRED mode. A use-case that writes runs inside `writing`, which ends the read,
begins IMMEDIATE, and commits: hashing, rendering and drawing stay outside it, because SQLite has one writer.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import DateTime, Dialect, Engine, MetaData, String, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session, registry, scoped_session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from app.kernel.codes import LENGTH

REST = 1.0  # seconds
LONGEST_WAIT = 5.0  # seconds, for a turn to write
# What is deleted is overwritten at once: people ask for their words to be gone, not to be out of sight.
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=FULL", "secure_delete=ON")
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC moment. A naive datetime is refused rather than guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: say which zone it is in")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


CodeColumn = String(LENGTH)
HashColumn = String(64)
SlugColumn = String(80)


class Base(DeclarativeBase):
    """Every table's base; Flask-SQLAlchemy is given it as `model_class`."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: UTCDateTime()}
    )


@contextmanager
def writing(session: Session | scoped_session[Any]) -> Iterator[Session]:
    """One whole write: ends the read, begins IMMEDIATE, commits at the end, rolls back on any error.

    Nothing loaded before survives: rows are let go, so that a use-case can only act on what it loads itself.
    """
    real = session() if isinstance(session, scoped_session) else session
    with _turn(real.get_bind().engine):
        real.expunge_all()
        real.rollback()
        try:
            real.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            yield real
            real.commit()
        except BaseException:
            real.rollback()
            raise


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """The writers of this process queue for SQLite's one lock, which has no queue: who waits there sleeps.

    No other lock is waited for meanwhile. Whoever waits too long goes on, and SQLite decides.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    with _TURNS_LOCK:
        turn = _TURNS.setdefault(engine, _Turn())
    if turn.holder == threading.get_ident():
        raise RuntimeError("a write within a write would wait for itself")
    mine = turn.lock.acquire(timeout=LONGEST_WAIT)
    try:
        if mine:
            turn.holder = threading.get_ident()
        yield
    finally:
        if mine:
            turn.holder = None
            turn.lock.release()


class _Turn:
    """Whose turn it is to write."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.holder: int | None = None


_TURNS: WeakKeyDictionary[Engine, _Turn] = WeakKeyDictionary()
_TURNS_LOCK = threading.Lock()


def read_alone(engine: Engine, sql: str) -> Any:
    """One value, past SQLAlchemy and in no transaction: on PostgreSQL each end of one is a round trip."""
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    begins_by_itself = not isinstance(driver, sqlite3.Connection)
    try:
        if begins_by_itself:
            driver.autocommit = True
        found = driver.execute(sql).fetchone()
        if begins_by_itself:
            driver.autocommit = False
    except BaseException:
        connection.invalidate()
        raise
    connection.close()
    return found[0]


def check_after_rest(engine: Engine) -> None:
    """Have connections that lay idle checked before they are used: their server may have been restarted.

    One in steady use is not asked: that would be a round trip more for every page, and a restart takes longer
    than the rest that is allowed.
    """

    @event.listens_for(engine, "checkin")
    def put_back(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["put back"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def take_out(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        now = time.monotonic()
        if now - record.info.get("put back", now) < REST:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as gone:
            raise InvalidatePoolError from gone


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN is switched off: it would start transactions late and lose updates silently.
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    if mode == "DEFERRED":
        # It takes no lock and so cannot fail: past SQLAlchemy's own work, which every page would pay for.
        connection.connection.cursor().execute("BEGIN DEFERRED")
    else:
        connection.exec_driver_sql(f"BEGIN {mode}")
