"""All questions of a course: the slots of the test with their variants side by side, and practice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.assessment.bank import Values
from app.assessment.wording import inline
from app.kernel.authored import load_yaml, place
from app.kernel.problems import Problem
from app.library.checked import check
from app.web.studio import course_offers
from app.web.studio.answer_keys import asks_first
from app.web.studio.bank_page import TYPES, Bank, open_bank
from app.web.studio.told import desk_path

blueprint = Blueprint("questions", __name__, template_folder="templates")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A choice with its reason, or a line with the group that it belongs to."""

    text: str
    reason: str
    right: bool = False
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One question as the page shows it. `problems` are sentences."""

    id: str
    type: str
    stem: str
    lines: tuple[Line, ...]
    teaches: str = ""
    miss: str = ""
    problems: tuple[str, ...] = ()


@blueprint.get("/studio/courses/<slug>/questions")
@asks_first
def show(slug: str) -> ResponseReturnValue:
    """Everything that is asked in a course."""
    bank = open_bank(slug)
    outcomes, sections = (
        dict(course_offers.outcome_offer(bank.draft)),
        dict(course_offers.section_offer(bank.draft)),
    )
    said = _problems(bank)
    return render_template(
        "studio/questions.html",
        slug=slug,
        saved="saved" in request.args,
        slots=[
            {
                "id": slot.id,
                "title": _text(slot.values, "title"),
                "outcome": outcomes.get(_text(slot.values, "outcome"), _text(slot.values, "outcome")),
                "section": sections.get(_text(slot.values, "section"), _text(slot.values, "section")),
                "section_href": f"{desk_path(slug)}/lessons/{_text(slot.values, 'section')}",
                "variants": [_variant(each, said) for each in slot.questions],
            }
            for slot in bank.slots
        ],
        practice=[_variant(each, said) for each in _practice(bank)],
    )


def _practice(bank: Bank) -> list[Values]:
    node, _ = load_yaml(bank.practice_path, bank.practice) if bank.practice else (None, [])
    return [each for each in _entries(node, "questions") if isinstance(each, Mapping)]


def _variant(values: Mapping[str, object], said: Mapping[str, tuple[str, ...]]) -> Variant:
    kind, name = _text(values, "type"), _text(values, "id")
    return Variant(
        id=name,
        type=TYPES[kind][0] if kind in TYPES else kind,
        stem=inline(_text(values, "stem")),
        lines=tuple(_lines(values)),
        teaches=inline(_text(values, "teaches")),
        miss=inline(_text(values, "miss")),
        problems=said.get(name, ()),
    )


def _lines(values: Mapping[str, object]) -> Iterator[Line]:
    groups = {_text(each, "id"): _text(each, "text") for each in _entries(values, "categories")}
    for each in _entries(values, "choices"):
        yield _line(each, right=_text(each, "correct") == "True")
    for each in _entries(values, "rows"):
        group = groups.get(_text(each, "category"), _text(each, "category"))
        yield _line(each, group=group)


def _line(values: object, *, right: bool = False, group: str = "") -> Line:
    text, reason = inline(_text(values, "text")), inline(_text(values, "reason"))
    return Line(text=text, reason=reason, right=right, group=group)


def _problems(bank: Bank) -> dict[str, tuple[str, ...]]:
    """What is to be mended or looked at, by the id of the question that it is about."""
    found = check("course", bank.draft.files, bank.draft.purged).problems
    said: dict[str, tuple[str, ...]] = {}
    for path, text in ((bank.test_path, bank.test), (bank.practice_path, bank.practice)):
        node, _ = load_yaml(path, text) if text else (None, [])
        starts = [*_starts(node), (10**9, "")]
        for (line, name), (end, _next) in pairwise(starts):
            said[name] = tuple(
                _in_words(each) for each in found if each.path == path and line <= each.line < end
            )
    return said


def _starts(node: object) -> list[tuple[int, str]]:
    """The line on which each slot or question begins, and a question's id."""
    found = [(place(node, ("questions", at))[0], each) for at, each in enumerate(_entries(node, "questions"))]
    for number, slot in enumerate(_entries(node, "slots")):
        found.append((place(node, ("slots", number))[0], {}))
        questions = enumerate(_entries(slot, "questions"))
        found += [(place(node, ("slots", number, "questions", at))[0], each) for at, each in questions]
    return [(line, _text(each, "id")) for line, each in sorted(found, key=lambda one: one[0])]


def _in_words(problem: Problem) -> str:
    return f"{problem.sentence} {problem.fix}".strip()


def _entries(holder: object, name: str) -> list[Values]:
    found = holder.get(name) if isinstance(holder, Mapping) else None
    return found if isinstance(found, list) else []


def _text(holder: object, name: str) -> str:
    value = holder.get(name) if isinstance(holder, Mapping) else None
    return "" if value is None else str(value)
