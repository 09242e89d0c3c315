"""Where a new block may go in a lesson, what its fields may name, and what the checks of its kind say."""

import re
from collections.abc import Callable
from typing import NamedTuple

from werkzeug.exceptions import BadRequest

from app.catalogue.block import Fence
from app.catalogue.blocks import KINDS
from app.catalogue.fences import find_block
from app.catalogue.scanner import scan
from app.kernel.patching import CannotPatch
from app.library.drafting import Draft
from app.library.ids_used import ids_ever_live
from app.web.shared.context import db
from app.web.studio import course_offers
from app.web.studio.saving import text_of_file
from app.web.studio.shapes import Faults, Offer, faults_of_checks

_HEADING = re.compile(r"##[ \t]+(?P<title>.*)")
_ANCHOR = re.compile(r"\{#[^{}]*\}$")


class Place(NamedTuple):
    """A place in a lesson: the end of the section with this number, 0 for what stands before the first."""

    value: str
    words: str


def offers_for(kind: str, draft: Draft) -> dict[str, Offer]:
    """What the fields of a block that name something of the course may be."""
    if kind == "practice":
        return {"question": course_offers.practice_offer(draft)}
    if kind == "placement":
        return {"ladder": course_offers.ladder_offer(draft)}
    if kind == "figure":
        return {"image": course_offers.picture_offer(draft)}
    if kind == "scenario":
        return {"decisions.options.next": [("", "The decision that follows"), ("end", "The story ends")]}
    return {}


def taken_in(draft: Draft, lesson: str) -> frozenset[str]:
    """The names that a new block may not have: those of blocks, of the sections, of what was ever live."""
    blocks = {course_offers.name_of(block) for block in course_offers.blocks_of(draft)}
    sections = {
        section.anchor
        for each in course_offers.lessons_of(draft)
        if each.lesson.slug == lesson
        for section in each.lesson.sections
    }
    return ids_ever_live(db.session(), draft.key) | blocks | sections


def checked_block(kind: str, options: str, draft: Draft) -> Faults:
    """What the kind's own checks say of its settings, each at its field."""
    fence = Fence(path="", line=1, images=course_offers.pictures(draft))
    return faults_of_checks(options, lambda node: KINDS[kind](node, fence)[1])


def settings_of(block: str) -> Callable[[str], str]:
    """What a form changes of a lesson's text: the settings of its block, "" where it is not there.

    A new block ("") may move anywhere, so for it that is the whole text.
    """

    def own_settings(text: str) -> str:
        try:
            return find_block(text, block).options
        except CannotPatch:
            return ""

    return own_settings if block else lambda text: text


def places_in(draft: Draft, path: str) -> list[Place]:
    """Where a block may go, the end of the lesson last."""
    titles = [title for _, title in _headings(text_of_file(draft.files, path))]
    first = [Place("0", "At the beginning, before the first heading")]
    return first + [Place(str(at), f"At the end of: {title}") for at, title in enumerate(titles, 1)]


def line_of(text: str, place: str) -> int:
    """The line after which a block goes. Raises BadRequest for a place that is not there."""
    lines = [line for line, _ in _headings(text)] + [text.count("\n") + 2]
    if not re.fullmatch(r"[0-9]{1,3}", place) or int(place) >= len(lines):
        raise BadRequest
    return lines[int(place)] - 1


def _headings(text: str) -> list[tuple[int, str]]:
    """Line and title of each section."""
    source, _ = scan("", text)
    lines = source.prose.split("\n") if source else []
    found = ((number, _HEADING.match(line)) for number, line in enumerate(lines, 1))
    return [
        (number, _ANCHOR.sub("", heading["title"].rstrip()).rstrip()) for number, heading in found if heading
    ]
