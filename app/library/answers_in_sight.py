"""Which questions somebody sees the answers of who looks into a course's test in the studio."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.authored import decode, load_yaml
from app.kernel.errors import NotFound
from app.library.course_files import test_file
from app.library.live import live_sources
from app.library.storing import head, tree_at
from app.library.tables import Blob

FIRST_EDITION = 1


@dataclass(frozen=True, kw_only=True)
class InSight:
    """The edition that is live, or the first before there is one; the ids of the questions in sight."""

    edition: int
    questions: frozenset[str]


def answers_in_sight(session: Session, slug: str, also: Collection[int] = ()) -> InSight:
    """The questions of the test as it was last saved, as it is live and in the revisions `also`.

    Raises NotFound.
    They are found in a test that has errors, too. One that cannot be read at all has none.
    """
    key = ("course", slug)
    newest, live = head(session, key), live_sources(session).get(key)
    if newest is None:
        raise NotFound("There is no such course here.")
    path = test_file(slug)
    shown = {newest.id, live.revision_id if live else newest.id, *also}
    hashes = {tree_at(session, id_).get(path) for id_ in shown}
    bodies = session.scalars(select(Blob.body).filter(Blob.hash.in_(hashes)))
    return InSight(
        edition=live.edition if live else FIRST_EDITION,
        questions=frozenset[str]().union(*(_questions(body) for body in bodies if body is not None)),
    )


@lru_cache(maxsize=64)
def _questions(body: bytes) -> frozenset[str]:
    text, _problems = decode("test.yml", body)
    node = load_yaml("test.yml", text)[0] if text else None
    slots = (slot for slot in _listed(node, "slots"))
    found = (question.get("id") for slot in slots for question in _listed(slot, "questions"))
    return frozenset(id_ for id_ in found if isinstance(id_, str))


def _listed(node: Any, name: str) -> Iterator[dict[str, Any]]:
    entries = node.get(name) if isinstance(node, dict) else None
    yield from (each for each in (entries if isinstance(entries, list) else []) if isinstance(each, dict))
