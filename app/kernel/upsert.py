"""Inserts that meet a row already there calmly, said once for both databases.

Two requests may save the same thing at the same moment: the database settles it, so nothing looks first.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from app.kernel.db import Base

Values = Mapping[str, Any]  # column values: each column has a type of its own
Insert = postgresql.Insert | sqlite.Insert


def insert_new(session: Session, table: type[Base], values: Values) -> bool:
    """Insert a row unless one that it would clash with is there. True where it was new."""
    return session.execute(_or_nothing(_dialect(session), table), dict(values)).first() is not None


def insert_new_id(session: Session, table: type[Base], values: Values) -> int | None:
    """The same for a table with an `id`: the new row's, or None."""
    row = session.execute(_or_nothing(_dialect(session), table), dict(values)).first()
    return row.id if row else None


def insert_or_update(session: Session, table: type[Base], key: Values, values: Values) -> None:
    """Make the row under `key` (its primary key) hold `values`, whether or not it is there yet."""
    statement = _or_update(_dialect(session), table, tuple(key), tuple(values))
    session.execute(statement, {**key, **values})


# Made once for each table: putting a statement together takes longer than the database takes to do it.
@cache
def _or_nothing(dialect: str, table: type[Base]) -> ReturningInsert[tuple[Any, ...]]:
    statement = _insert(dialect, table)
    return statement.on_conflict_do_nothing().returning(*statement.table.primary_key)


@cache
def _or_update(dialect: str, table: type[Base], key: tuple[str, ...], names: tuple[str, ...]) -> Insert:
    statement = _insert(dialect, table)
    given = {name: statement.excluded[name] for name in names}
    return statement.on_conflict_do_update(index_elements=key, set_=given)


def _insert(dialect: str, table: type[Base]) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(Base.metadata.tables[table.__tablename__])


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
