"""A quiz as authored: slots, each with its questions, and where every one of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.assessment.questions import Question


class Place(NamedTuple):
    """Where something stands in an authored file. Line and column count from 1."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One thing to be shown, by any of its questions. `section` is "lesson#anchor"."""

    id: str
    title: str
    outcome: str
    section: str
    questions: tuple[Question, ...]
    place: Place


@dataclass(frozen=True, kw_only=True)
class Quiz:
    """A course's test. `places` says where each question stands, by its id."""

    title: str
    slots: tuple[Slot, ...]
    places: Mapping[str, Place]
