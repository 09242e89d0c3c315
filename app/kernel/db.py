"""The table base, the shared column types, and the one way to write.

A request reads in SQLite's DEFERRED mode. A use-case that writes runs inside `writing`, which ends the read,
begins IMMEDIATE, and commits: hashing, rendering and drawing stay outside it, because SQLite has one writer.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, String, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session, registry, scoped_session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from app.kernel.codes import LENGTH

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
    real.expunge_all()
    real.rollback()
    real.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    try:
        yield real
        real.commit()
    except BaseException:
        real.rollback()
        raise


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN is switched off: it would start transactions late and lose updates silently.
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=FULL"):
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
