"""Tests: what was asked and answered. Keys and reasons are in it only where the result page shows them."""

from collections.abc import Iterator

from markupsafe import Markup
from sqlalchemy import select

from app.assessment.attempts import AttemptView, standing
from app.assessment.questions import CannotGrade, Explanation
from app.assessment.standing import ItemView, RoundView
from app.assessment.tables import Attempt
from app.kernel.errors import NotFound
from app.learning.exporting.kinds import Kind, Record, Whose


def _tests(whose: Whose) -> Iterator[Record]:
    mine = select(Attempt).filter_by(person_id=whose.person_id).order_by(Attempt.id)
    for attempt in whose.session.scalars(mine).all():
        yield {
            "course_title": whose.words.title(attempt.course),
            "edition": attempt.edition,
            "printed_name": attempt.printed_name,
            "pledged_at": attempt.pledged_at,
            "opened_at": attempt.opened_at,
            "closed_at": attempt.closed_at,
            **_taken(whose, attempt.code),
        }


def _taken(whose: Whose, code: str) -> Record:
    try:
        view = standing(whose.session, person_id=whose.person_id, code=code)
    except (NotFound, CannotGrade):  # its papers are not kept any more, or cannot be read
        return {"passed": None, "rounds": []}
    return {"passed": view.passed, "rounds": [_round(view, each) for each in view.rounds]}


def _round(view: AttemptView, its_round: RoundView) -> Record:
    return {
        "round": its_round.number,
        "handed_in_at": its_round.handed_in_at,
        "questions": [_question(item) for item in its_round.items],
    }


def _question(item: ItemView) -> Record:
    return {
        "title": item.title,
        "asked": _plain(item.asked.stem),
        "on_offer": [_plain(each.text) for each in (*item.asked.options, *item.asked.categories)],
        "answer": [_plain(each) for each in item.answer],
        "saved_at": item.saved_at,
        "secured": item.secured,
        "why_missed": [_plain(each) for each in item.miss.why] if item.miss else [],
        "explained": _explained(item.explanation) if item.explanation else [],
    }


def _explained(explanation: Explanation) -> list[str]:
    lines = [
        " ".join(filter(None, (_plain(each.text), each.category, _plain(each.reason))))
        for each in explanation.options
    ]
    return [line for line in (explanation.verdict, _plain(explanation.teaches), *lines) if line]


def _plain(text: Markup | str) -> str:
    return text.striptags() if isinstance(text, Markup) else text


TESTS = Kind(
    name="tests",
    title="Your tests",
    about="What you were asked and what you answered. The reasons for every answer are here once you passed.",
    fields={
        "course_title": "the course",
        "edition": "its edition",
        "printed_name": "the name that you gave for the certificate",
        "pledged_at": "when you said that the work is your own",
        "opened_at": "when it began",
        "closed_at": "when it ended; empty while it is open",
        "passed": "whether you passed; empty where its papers are no longer kept",
        "rounds": "the papers that were drawn",
        "rounds.round": "its number",
        "rounds.handed_in_at": "when you handed it in",
        "rounds.questions": "what was asked",
        "rounds.questions.title": "the part of the test",
        "rounds.questions.asked": "the question",
        "rounds.questions.on_offer": "the answers that were on offer",
        "rounds.questions.answer": "what you answered",
        "rounds.questions.saved_at": "when it was saved",
        "rounds.questions.secured": "whether it was right; empty until the round was handed in",
        "rounds.questions.why_missed": "why your answer failed",
        "rounds.questions.explained": "every answer with its reason, once you passed",
    },
    read=_tests,
)
