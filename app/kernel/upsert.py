"""Inserts that meet a row already there calmly, said once for both databases.

Two requests may save the same thing at the same moment: the database settles it, so nothing looks first.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.kernel.db import Base

Values = Mapping[str, Any]  # column values: each column has a type of its own


def insert_new(session: Session, table: type[Base], values: Values) -> bool:
    """Insert a row unless one that it would clash with is there. True where it was new."""
    statement = _insert(session, table, values).on_conflict_do_nothing()
    return session.execute(statement.returning(*inspect(table).primary_key)).first() is not None


def insert_or_update(session: Session, table: type[Base], key: Values, values: Values) -> None:
    """Make the row under `key` (its primary key) hold `values`, whether or not it is there yet."""
    statement = _insert(session, table, {**key, **values})
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(values)))


def _insert(session: Session, table: type[Base], values: Values) -> postgresql.Insert | sqlite.Insert:
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).values(**values)
