"""An attempt on the real database, answered by somebody who knows the samples."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.tables import Revision, Source
from tests.assessment.taking import Taking
from tests.cast import Cast


@pytest.fixture
def revision_id(session: Session, cast: Cast, clock) -> int:
    source = session.scalar(select(Source)) or Source(kind="course", slug="sample")
    session.add(source)
    session.flush()
    revision = Revision(source_id=source.id, tree_hash="0" * 64, made_at=clock.now, made_by_id=None)
    session.add(revision)
    session.commit()
    return revision.id


@pytest.fixture
def taking(session: Session, cast: Cast, clock, revision_id: int) -> Taking:
    """Amira at the test."""
    return Taking(session, clock, cast.amira.id, revision_id)
