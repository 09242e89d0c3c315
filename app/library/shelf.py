"""The shelf: compiled sources by revision, kept in the process. A page that asks it renders no Markdown."""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from threading import Lock

from sqlalchemy.orm import Session

from app.catalogue.model import Site
from app.kernel.errors import NotFound
from app.library.checked import Checked, check
from app.library.folders import SITE, Key
from app.library.live import KeptLive, live_sources
from app.library.model import CompiledCourse
from app.library.publishing_drafts import with_edition
from app.library.storing import files_at

KEPT = 200  # revisions; the ones asked for least lately are let go
KEPT_DRAFTS = 8  # they are looked at for a while by few people

log = logging.getLogger("rung.library")


class Shelf:
    """One a process, shared by its threads. What is live is asked of the database, once a request."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Checked | Mapping[str, bytes]] = OrderedDict()
        self._drafts: OrderedDict[tuple[int, int], Checked] = OrderedDict()  # by revision and edition
        self._in_place: CompiledCourse | None = None
        self._lock = Lock()
        self._live_now = KeptLive()

    def courses(self, session: Session) -> tuple[CompiledCourse, ...]:
        """Every live course, by slug. One that no longer compiles is left out and logged."""
        found = []
        for (kind, slug), live in live_sources(session, self._live_now).items():
            if kind != "course":
                continue
            try:
                found.append(self.at(session, live.revision_id))
            except NotFound:
                log.error("the live course %s cannot be compiled", slug)
        if self._in_place:
            slug = self._in_place.course.slug
            found = [*(each for each in found if each.course.slug != slug), self._in_place]
        return tuple(sorted(found, key=lambda each: each.course.slug))

    def course(self, session: Session, slug: str) -> CompiledCourse:
        """The live course with this slug. Raises NotFound."""
        if self._in_place and self._in_place.course.slug == slug:
            return self._in_place
        return self.at(session, self._live(session, ("course", slug)))

    def at(self, session: Session, revision_id: int) -> CompiledCourse:
        """A course as it stood in one revision. Raises NotFound."""
        compiled = self._checked(session, "course", revision_id).compiled
        if not isinstance(compiled, CompiledCourse):
            raise NotFound("There is no such course.")
        return compiled

    def draft(self, session: Session, slug: str, revision_id: int) -> Checked:
        """What a course would be if this revision were published as a small change. Raises NotFound."""
        live = live_sources(session, self._live_now).get(("course", slug))
        edition = live.edition if live else 1
        with self._lock:
            kept = self._drafts.get((revision_id, edition))
        if kept is not None:
            return kept
        files, purged = files_at(session, revision_id)
        checked = _numbered(check("course", with_edition(files, edition), purged), revision_id)
        with self._lock:
            self._drafts[revision_id, edition] = checked
            while len(self._drafts) > KEPT_DRAFTS:
                self._drafts.popitem(last=False)
        return checked

    def showing(self, compiled: CompiledCourse) -> "Shelf":
        """This shelf with a course in the place of the live one, for whoever is given it alone."""
        other = copy(self)
        other._in_place = compiled
        return other

    def site(self, session: Session) -> Site:
        """The site's own facts. Raises NotFound."""
        compiled = self._checked(session, "site", self._live(session, SITE)).compiled
        if not isinstance(compiled, Site):
            raise NotFound("This site has not been set up yet.")
        return compiled

    def site_last_asked_for(self, session: Session) -> Site:
        """The site as it was when this process last asked what is live: no SQL, but for the first time."""
        live = self._live_now.at[1].get(SITE)
        compiled = self._checked(session, "site", live.revision_id).compiled if live else None
        return compiled if isinstance(compiled, Site) else self.site(session)

    def design(self, session: Session, slug: str) -> tuple[int, Mapping[str, bytes]]:
        """The live revision of a certificate's design, and its files. Raises NotFound."""
        revision_id = self._live(session, ("design", slug))
        return revision_id, self.design_at(session, revision_id)

    def design_at(self, session: Session, revision_id: int) -> Mapping[str, bytes]:
        """A design's files as they stood in one revision. Raises NotFound."""
        kept = self._get(revision_id)
        if isinstance(kept, Mapping):
            return kept
        files, _purged = files_at(session, revision_id)
        self._keep(revision_id, files)
        return files

    def _live(self, session: Session, key: Key) -> int:
        live = live_sources(session, self._live_now).get(key)
        if live is None:
            raise NotFound(f"There is no such {key[0]} here.")
        return live.revision_id

    def _checked(self, session: Session, kind: str, revision_id: int) -> Checked:
        kept = self._get(revision_id)
        if isinstance(kept, Checked):
            return kept
        files, purged = files_at(session, revision_id)
        checked = _numbered(check(kind, files, purged), revision_id)
        self._keep(revision_id, checked)
        return checked

    def _get(self, revision_id: int) -> Checked | Mapping[str, bytes] | None:
        with self._lock:
            if revision_id in self._kept:
                self._kept.move_to_end(revision_id)
            return self._kept.get(revision_id)

    def _keep(self, revision_id: int, what: Checked | Mapping[str, bytes]) -> None:
        # Two threads may compile the same revision at once: both results are the same, and neither waits.
        with self._lock:
            self._kept[revision_id] = what
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def forget(self, revision_id: int) -> None:
        """Let go of one revision, after bytes of it were removed for good."""
        with self._lock:
            self._kept.pop(revision_id, None)
            for key in [key for key in self._drafts if key[0] == revision_id]:
                del self._drafts[key]


def _numbered(checked: Checked, revision_id: int) -> Checked:
    if not isinstance(checked.compiled, CompiledCourse):
        return checked
    return replace(checked, compiled=replace(checked.compiled, revision_id=revision_id))
