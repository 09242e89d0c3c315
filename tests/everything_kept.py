"""Looking for words in everything that a database holds, and in the very bytes of its file."""

import json
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.kernel.db import Base


def places_of(session: Session, *needles: str) -> list[str]:
    """Every table, column and row in which one of the needles stands, whatever its case. Past the models."""
    session.rollback()
    metadata = sa.MetaData()
    metadata.reflect(session.get_bind())
    wanted = [variant for needle in needles for variant in _variants(needle)]
    found = []
    for table in metadata.sorted_tables:
        # Plain text: a column's type would read JSON, and hide how it is stored.
        for row in session.execute(sa.text(f'SELECT * FROM "{table.name}"')).mappings():
            for column, value in row.items():
                bytes_of = _bytes(value)
                found += [
                    f"{table.name}.{column}: {bytes_of[:80]!r}" for each in wanted if each in bytes_of.lower()
                ]
    session.rollback()
    return found


def rows(session: Session) -> dict[str, int]:
    """How many rows each table holds."""
    session.rollback()
    return {
        table.name: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def bytes_with(contents: Iterable[bytes], *needles: str) -> list[str]:
    """The needles that stand in any of these."""
    lowered = [content.lower() for content in contents]
    return [
        needle
        for needle in needles
        if any(variant in content for variant in _variants(needle) for content in lowered)
    ]


def _variants(needle: str) -> set[bytes]:
    return {needle.lower().encode(), json.dumps(needle.lower())[1:-1].encode()}


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).encode()
    return str(value).encode()
