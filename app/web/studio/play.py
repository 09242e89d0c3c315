"""Playing a question of the draft: as a learner meets it, and what they are told, right and wrong.

The answer travels in the address, so nothing is stored and every state can be opened again.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.assessment.questions import (
    BadResponse,
    Explanation,
    Miss,
    Presented,
    Question,
    ResponseBody,
    TooMany,
    choice_order,
    explain,
    grade,
    miss,
    parse,
    present,
)
from app.assessment.trying import Tried, fields, find_question, right_answer, wrong_answer
from app.kernel.authored import decode
from app.kernel.errors import NotFound
from app.library.drafting import open_draft
from app.web.shared.context import db
from app.web.studio.answer_keys import keys_open_or_ask
from app.web.studio.course_offers import section_offer
from app.web.studio.told import by_file

blueprint = Blueprint("play", __name__, template_folder="templates")

FIELD = "answer"
GIVEN = "given"  # says that the form was sent, even where nothing is chosen
ORDER = "order"  # which of the shuffled orders the choices stand in


@dataclass(frozen=True, kw_only=True)
class Played:
    """What a learner would be told. `miss` is None once it is secured, and in practice."""

    body: ResponseBody
    explanation: Explanation
    miss: Miss | None


@blueprint.get("/studio/courses/<slug>/play/<question>")
def show(slug: str, question: str) -> ResponseReturnValue:
    """The question before the answer; with an answer in the address, what a learner is told of it."""
    in_test, found = _find(slug, question)
    if in_test and (asked := keys_open_or_ask(slug)):
        return asked
    if found.question is None:
        problems = by_file(found.problems, slug)
        return render_template("studio/play-problems.html", slug=slug, name=question, problems=problems)
    try:
        played = _play(found.question, in_test) if GIVEN in request.args else None
    except TooMany as refusal:
        return _page(slug, in_test, found, body=refusal.body, complaint=str(refusal)), 422
    except BadResponse as refusal:
        return _page(slug, in_test, found, complaint=str(refusal)), 400
    return _page(slug, in_test, found, played)


def _find(slug: str, question: str) -> tuple[bool, Tried]:
    """The question of the draft, and whether it is of the test. Raises NotFound."""
    files = open_draft(db.session(), ("course", slug)).files
    for name in ("test", "practice"):
        path = f"quizzes/{slug}/{name}.yml"
        text, _problems = decode(path, files[path]) if path in files else (None, [])
        found, _problems = find_question(path, text, question) if text else (None, [])
        if found is not None:
            return name == "test", found
    raise NotFound("There is no such question in this draft.")


def _play(question: Question, in_test: bool) -> Played:
    body = parse(question, request.args.to_dict(flat=False), FIELD)
    told = miss(question, body) if in_test and not grade(question, body).secured else None
    return Played(body=body or {}, explanation=explain(question, body), miss=told)


def _page(
    slug: str,
    in_test: bool,
    found: Tried,
    played: Played | None = None,
    *,
    body: ResponseBody | None = None,
    complaint: str = "",
) -> str:
    question = found.question
    assert question is not None, "one with an error has a page of its own"
    asked = present(question, choice_order(question, _order()))
    return render_template(
        "studio/play.html",
        slug=slug,
        in_test=in_test,
        found=found,
        asked=asked,
        field=FIELD,
        order=_order(),
        body=(played.body if played else body) or {},
        played=played,
        section=_section(slug, found.section) if played and played.miss else "",
        errors=[(complaint, _first_control(asked))] if complaint else [],
        has_errors=bool(complaint),
        again=_here(slug, question.id, order=_order()),
        shuffled=_here(slug, question.id, order=str(int(_order()) + 1)),
        right=_here(slug, question.id, right_answer(question), order=_order()),
        wrong=_here(slug, question.id, wrong_answer(question), order=_order()),
        siblings=[(each, _here(slug, each), each == question.id) for each in found.siblings],
    )


def _section(slug: str, section: str) -> str:
    """What a section of the draft is called, or its name in the file where no lesson has it."""
    return dict(section_offer(open_draft(db.session(), ("course", slug)))).get(section, section)


def _order() -> str:
    """The order that the address names, the first for anything else."""
    given = request.args.get(ORDER, "")
    return given if given.isascii() and given.isdecimal() and len(given) < 4 else "1"


def _here(slug: str, question: str, body: ResponseBody | None = None, *, order: str = "1") -> str:
    """A question's address, with an answer if there is one."""
    answered = {GIVEN: ["yes"], **fields(body, FIELD)} if body else {}
    query = urlencode({ORDER: order, **answered}, doseq=True)
    return f"{url_for('play.show', slug=slug, question=question)}?{query}"


def _first_control(asked: Presented) -> str:
    return f"{FIELD}-{asked.options[0].id}"
