"""From draft to live: what publishing would change, who may do it, and doing it.

Where a course demands a second person, whoever wrote a part of the draft asks, and somebody else publishes.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.kernel.errors import Conflict, NotAllowed, Refusal
from app.kernel.problems import Problem, has_errors
from app.library.approving import Asked, ask, asked_about, authors, demands_second_person
from app.library.checked import check
from app.library.drafting import Draft, open_draft, save
from app.library.folders import Files, Key
from app.library.history import about_history
from app.library.live import live_sources
from app.library.model import CompiledCourse
from app.library.publishing import Difference, compare, publish
from app.library.sources import check_sources
from app.library.storing import Tree, files_at, lock_source, tree_at
from app.library.tables import Publication

EDITION = re.compile(rb"^edition:[^\n]*", re.MULTILINE)
MOVED_ON = "Somebody has saved a newer version since you opened this page. Look at it first."


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What publishing a draft would come to.

    `edition` is the one it would have as a small change, `relearn_edition` the one that people learn again:
    both the first for what is not live yet. `second_person` says whether somebody else than the `authors`
    has to publish it; `asked` is their request, for this very revision.
    """

    draft: Draft
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]
    edition: int
    relearn_edition: int
    second_person: bool
    authors: frozenset[int]
    asked: Asked | None

    @property
    def sound(self) -> bool:
        """Whether nothing keeps it from being published."""
        return not has_errors(list(self.problems))

    def may_publish(self, person_id: int) -> bool:
        """Whether this person may, as far as a second person is demanded."""
        return not self.second_person or person_id not in self.authors


def outlook(session: Session, key: Key, *, relearn: bool = False) -> Outlook:
    """What publishing the draft would come to, as a small change or to be learnt again. Raises NotFound.

    It compiles, and what it compiled is remembered: ask it before a write begins.
    """
    draft = open_draft(session, key)
    live = draft.live
    edition = live.edition if live else 1
    next_edition = edition + 1 if live and key[0] == "course" else edition
    before = files_at(session, live.revision_id) if live else None
    files = with_edition(draft.files, next_edition if relearn else edition)
    return Outlook(
        draft=draft,
        differences=tuple(compare(tree_at(session, live.revision_id) if live else {}, draft.tree)),
        problems=tuple(_problems(session, key, files, before)),
        edition=edition,
        relearn_edition=next_edition,
        second_person=before is not None
        and demands_second_person(key[0], [before, (draft.files, draft.purged)]),
        authors=authors(session, draft),
        asked=asked_about(session, draft.revision_id),
    )


def publish_draft(
    session: Session, key: Key, *, revision_id: int, relearn: bool, by_id: int, now: datetime
) -> Publication:
    """Make the draft live. `revision_id` is the one that was looked at.

    Raises Conflict where it has moved on, NotAllowed where a second person has to do it, and Refusal with the
    first problem where there is an error.
    """
    seen = _seen(session, key, revision_id, relearn=relearn)
    if not seen.may_publish(by_id):
        raise NotAllowed("You wrote a part of this. Somebody else has to publish it.")
    if not seen.sound:
        raise Refusal(f"This cannot be published yet. {seen.problems[0].sentence}")
    files = _numbered(session, seen, relearn=relearn, by_id=by_id, now=now)
    published = publish(session, *key, files, by_id=by_id, now=now)
    if published is None:
        raise Refusal("This cannot be published yet.")
    return published


def ask_for_second_person(
    session: Session, key: Key, *, revision_id: int, relearn: bool, by_id: int, now: datetime
) -> None:
    """Ask somebody else to publish the draft as it stands. Asking again changes what is asked."""
    seen = _seen(session, key, revision_id, relearn=relearn)
    if not seen.second_person or not seen.sound:
        raise Refusal("There is nothing to ask for: look at what keeps this from being published.")
    ask(session, revision_id, relearn=relearn, by_id=by_id, now=now)


def with_edition(files: Files, edition: int) -> dict[str, bytes]:
    """The files with this edition in course.yml; the same where it is there already or cannot be found."""
    return {
        path: EDITION.sub(f"edition: {edition}".encode(), body, count=1)
        if path.endswith("/course.yml")
        else body
        for path, body in files.items()
    }


def beside_live(session: Session, key: Key, files: Files) -> list[Problem]:
    """Every problem that these files would have beside the other sources as they are live."""
    others = {
        other: files_at(session, live.revision_id)[0]
        for other, live in live_sources(session).items()
        if other != key
    }
    return check_sources({**others, key: files})[key]


def _problems(session: Session, key: Key, files: Files, before: tuple[Files, Tree] | None) -> list[Problem]:
    """What is wrong with the files beside the other sources, and what they would do to people's records."""
    found = beside_live(session, key, files)
    was = check(key[0], *before).compiled if before else None
    becomes = check(key[0], files).compiled
    if isinstance(was, CompiledCourse) and isinstance(becomes, CompiledCourse):
        found = sorted([*found, *about_history(was, becomes)])
    return found


def _seen(session: Session, key: Key, revision_id: int, *, relearn: bool) -> Outlook:
    lock_source(session, key)
    seen = outlook(session, key, relearn=relearn)
    if seen.draft.revision_id != revision_id:
        raise Conflict(MOVED_ON)
    if not seen.draft.differs:
        raise Conflict("There is nothing to publish: this version is live.")
    return seen


def _numbered(
    session: Session, seen: Outlook, *, relearn: bool, by_id: int, now: datetime
) -> dict[str, bytes]:
    """The draft's files with the edition that is meant, saved as a revision where that changes them."""
    edition = seen.relearn_edition if relearn else seen.edition
    files = with_edition(seen.draft.files, edition)
    changed = {path: body for path, body in files.items() if body != seen.draft.files[path]}
    if changed:
        save(
            session,
            seen.draft.key,
            changed,
            base_id=seen.draft.revision_id,
            by_id=by_id,
            message=f"Edition {edition}",
            now=now,
        )
    return files
