"""The migrations and the tables agree, on the database of the run, and rows outlive a migration."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask, current_app

from app.web.shared.context import db
from tests.house.source import ROOT

FOLDER = ROOT / "migrations"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

REBUILD = '''"""Rebuild the table that most others point to."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{head}"


def upgrade():
    with op.batch_alter_table("person") as batch:
        batch.alter_column("full_name", existing_type=sa.String(120), type_=sa.String(200))


def downgrade():
    with op.batch_alter_table("person") as batch:
        batch.alter_column("full_name", existing_type=sa.String(200), type_=sa.String(120))
'''


@pytest.fixture
def config(app: Flask) -> Iterator[Config]:
    with app.app_context():
        yield current_app.extensions["migrate"].migrate.get_config(str(FOLDER))
        db.session.remove()


def head() -> str:
    return (FOLDER / "head.txt").read_text(encoding="utf-8").strip()


def test_autogenerate_finds_nothing_to_do(config: Config) -> None:
    command.check(config)


def test_there_is_one_head_and_the_file_names_it(config: Config) -> None:
    assert ScriptDirectory.from_config(config).get_heads() == [head()]


def test_versions_are_numbered_without_a_gap() -> None:
    numbers = sorted(path.name[:4] for path in (FOLDER / "versions").glob("*.py"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert numbers[-1] == head()


def test_a_migration_imports_nothing_of_the_program() -> None:
    for path in (FOLDER / "versions").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "import app" not in text, path.name
        assert "from app" not in text, path.name


def test_down_to_nothing_and_up_again_gives_the_same_tables(config: Config) -> None:
    before = shape()
    command.downgrade(config, "base")
    assert set(shape()) <= {"alembic_version"}
    command.upgrade(config, "head")
    assert shape() == before


def test_upgrading_what_is_up_to_date_changes_no_row(config: Config) -> None:
    fill_every_table()
    before = counts()
    command.upgrade(config, "head")
    assert counts() == before
    assert all(before.values())


def test_every_step_of_the_way_keeps_the_rows(config: Config) -> None:
    for step in steps(config):
        fill_every_table()
        before = counts()
        command.downgrade(config, step)
        stayed = counts().keys()
        command.upgrade(config, "head")
        after = counts()
        assert {table: before[table] for table in stayed if after[table] < before[table]} == {}
        assert broken_references() == []


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it(config: Config, tmp_path: Path) -> None:
    fill_every_table()
    before = counts()
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder)
    (folder / "versions" / "9999_rebuild.py").write_text(REBUILD.format(head=head()), encoding="utf-8")
    longer = current_app.extensions["migrate"].migrate.get_config(str(folder))
    command.upgrade(longer, "head")
    assert counts() == before
    assert broken_references() == []
    command.downgrade(longer, head())
    assert counts() == before


def test_a_migration_that_leaves_a_broken_reference_is_taken_back(config: Config, tmp_path: Path) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL holds foreign keys itself")
    fill_every_table()
    before = counts()
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder)
    breaking = REBUILD.format(head=head()).replace(
        "def upgrade():\n    with", 'def upgrade():\n    op.execute("DELETE FROM person")\n    with'
    )
    (folder / "versions" / "9999_break.py").write_text(breaking, encoding="utf-8")
    with pytest.raises(RuntimeError, match="broken references"):
        command.upgrade(current_app.extensions["migrate"].migrate.get_config(str(folder)), "head")
    assert counts() == before
    with db.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == head()


def test_foreign_keys_hold_in_the_migrated_tables(config: Config) -> None:
    fill_every_table()
    missing = []
    for table in reflected().sorted_tables:
        for key in table.foreign_keys:
            with db.engine.connect() as connection, connection.begin() as transaction:
                values = row(connection, table) | {key.parent.name: unused(key.parent)}
                try:
                    connection.execute(table.insert().values(values))
                    missing.append(f"{table.name}.{key.parent.name}")
                except sa.exc.IntegrityError:
                    pass
                transaction.rollback()
    assert missing == []


def steps(config: Config) -> list[str]:
    """Every revision below the head that still has tables, newest first."""
    scripts = ScriptDirectory.from_config(config)
    return [revision.revision for revision in scripts.walk_revisions() if revision.revision != head()]


def reflected() -> sa.MetaData:
    metadata = sa.MetaData()
    metadata.reflect(db.engine)
    metadata.remove(metadata.tables["alembic_version"])
    return metadata


def shape() -> dict[str, Any]:
    """Tables with their columns, indexes and constraints, as the database tells them."""
    inspector = sa.inspect(db.engine)
    return {
        table: (
            told(inspector.get_columns(table)),
            told(inspector.get_indexes(table)),
            told(inspector.get_foreign_keys(table)),
            told(inspector.get_unique_constraints(table)),
            told(inspector.get_check_constraints(table)),
        )
        for table in sorted(inspector.get_table_names())
    }


def told(things: Any) -> list[str]:
    """Each thing as text, in an order of its own: a partial index holds its condition as an object."""
    return sorted(str([(name, plain(value)) for name, value in sorted(thing.items())]) for thing in things)


def plain(value: Any) -> Any:
    return {name: str(inner) for name, inner in value.items()} if isinstance(value, dict) else str(value)


def counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in reflected().sorted_tables
        }


def broken_references() -> list[Any]:
    with db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            return []
        return list(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def fill_every_table() -> None:
    """One more row in every table that has none, whatever its columns are."""
    with db.engine.begin() as connection:
        for table in reflected().sorted_tables:
            if not connection.scalar(sa.select(sa.func.count()).select_from(table)):
                connection.execute(table.insert().values(row(connection, table)))


def row(connection: sa.Connection, table: sa.Table) -> dict[str, Any]:
    values = {}
    for column in table.columns:
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column
            values[column.name] = connection.scalar(sa.select(target).limit(1))
        elif not (column.primary_key and isinstance(column.type, sa.Integer)):
            values[column.name] = value(column)
    return values


def value(column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, sa.DateTime):
        return NOON
    if isinstance(kind, sa.Date):
        return NOON.date()
    if isinstance(kind, sa.Boolean):
        return True
    if isinstance(kind, sa.Integer | sa.Numeric):
        return 1
    if isinstance(kind, sa.LargeBinary):
        return b"bytes"
    if isinstance(kind, sa.JSON):
        return {}
    return "t"


def unused(column: sa.Column[Any]) -> Any:
    return 987_654 if isinstance(column.type, sa.Integer) else "nothing-has-this"


def test_what_was_withdrawn_before_it_could_be_undone_stays_withdrawn(config: Config) -> None:
    fill_every_table()
    command.downgrade(config, "0005")
    withdrawn = "SELECT certificate_id, reason, revoked_by_id, revoked_at FROM revocation"
    before = asked(withdrawn)
    assert len(before) == 1
    command.upgrade(config, "0006")
    now_kept = "SELECT certificate_id, reason, by_id, happened_at FROM revocation WHERE kind = 'withdrawn'"
    assert asked(now_kept) == before
    with db.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO revocation (certificate_id, kind, reason, note, happened_at)"
            " SELECT certificate_id, 'reinstated', 'other', '', happened_at FROM revocation"
        )
    command.downgrade(config, "0005")
    assert asked(withdrawn) == []  # who has been reinstated is not withdrawn in the older table either
    command.upgrade(config, "head")


def asked(sql: str) -> list[Any]:
    with db.engine.connect() as connection:
        return [tuple(found) for found in connection.exec_driver_sql(sql)]
