"""A figure block made from a picture and its words, and the places in a course where one may go."""

from collections.abc import Collection
from typing import NamedTuple

from app.catalogue.fences import fenced
from app.catalogue.landmarks import anchor_of
from app.kernel.yaml_writing import write
from app.library.course_pictures import CoursePicture
from app.library.drafting import Draft
from app.library.lesson_files import UNTITLED, lesson_files, title_typed
from app.web.studio.block_places import places_in

LONGEST_ID = 50  # characters, so that a number still fits behind it

Choices = dict[str, list[tuple[str, str]]]  # a lesson's title -> its places: value and words


class Placed(NamedTuple):
    """What is said of a picture where it stands."""

    alt: str
    caption: str
    credit: str


def figure_text(picture: CoursePicture, words: Placed, taken: Collection[str]) -> str:
    """The block's Markdown, with an id that is not taken."""
    said = {name: value.strip() for name, value in words._asdict().items() if value.strip()}
    named = {"id": _free_id(picture, taken), "image": picture.reference}
    return fenced("figure", write(named | said))


def place_choices(draft: Draft) -> Choices:
    """Where a figure may go, lesson by lesson. A value is a lesson's slug, a colon and the place's number."""
    choices: Choices = {"Lessons": [("", "Choose a lesson and a place in it")]}
    for each in lesson_files(draft.files, draft.key[1]):
        places = [(f"{each.slug}:{place.value}", place.words) for place in places_in(draft, each.path)]
        choices.setdefault(title_typed(draft.files[each.path]) or UNTITLED, []).extend(places)
    return choices


def _free_id(picture: CoursePicture, taken: Collection[str]) -> str:
    stem = anchor_of(picture.name.rpartition(".")[0])[:LONGEST_ID].strip("-") or "picture"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
