"""Alembic's environment: the app's own engine, one transaction for the whole upgrade, on both databases."""

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from flask_security.datastore import AsaList

database = current_app.extensions["migrate"].db


def render_item(kind: str, item: object, _context: AutogenContext) -> str | bool:
    """Flask-Security's list column is text in the database; a migration imports no app code."""
    if kind == "type" and isinstance(item, AsaList):
        return "sa.UnicodeText()"
    if kind == "type" and type(item).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def compare_type(
    _context: object, _column: object, _other: object, inspected: sa.types.TypeEngine[object], ours: object
) -> bool | None:
    """Text that the library wraps is still text."""
    if isinstance(ours, AsaList) and isinstance(inspected, sa.Text):
        return False
    return None


def refuse_broken_references(connection: sa.Connection) -> None:
    """Foreign keys are off while a batch rebuilds a table; a broken one must not be committed."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(
            f"the migration would leave {len(broken)} broken references, first in {broken[0][0]}"
        )


def migrate() -> None:
    sqlite = database.engine.dialect.name == "sqlite"
    with database.engine.connect() as opened:
        connection = opened.execution_options(sqlite_begin="IMMEDIATE")
        if sqlite:
            # With foreign keys on, rebuilding a table in a batch empties the tables that point at it.
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=compare_type,
            render_item=render_item,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            if not sqlite:
                # Two processes that start together migrate one after the other.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7291534)")
            context.run_migrations()
            if sqlite:
                refuse_broken_references(connection)
        if sqlite:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")


migrate()
