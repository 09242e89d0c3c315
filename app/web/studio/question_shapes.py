"""The form of a question by its type, and everything that the checks say of what was typed into it."""

from dataclasses import replace

from app.assessment.questions import SOURCES
from app.assessment.reading import read_practice
from app.kernel.errors import NotFound
from app.kernel.yaml_writing import write
from app.web.studio.shapes import Faults, Part, Typed, Values, faults_of_checks, judge, parts_of


def parts_of_question(type_: str, *, tested: bool) -> tuple[Part, ...]:
    """The parts of a question of this type; one of the test has to be taught. Raises NotFound."""
    if type_ not in SOURCES:
        raise NotFound("There is no such type of question.")
    parts = parts_of(SOURCES[type_], type_)
    return tuple(
        replace(part, optional=False) if tested and part.name == "teaches" else part for part in parts
    )


def judge_question(
    type_: str, parts: tuple[Part, ...], typed: Typed, taken: frozenset[str]
) -> tuple[Values, Faults]:
    """Plain values and every fault, of the shape and of the checks of the file."""
    values, faults = judge(SOURCES[type_], parts, typed, taken)
    if not faults:
        text = write({"questions": [values]})
        faults = faults_of_checks(text, lambda _node: read_practice("", text)[1], ("questions", 0))
    return values, faults
