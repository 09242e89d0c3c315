"""One question as a form by its type: changed, or added to a slot of the test or to the practice ones."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.assessment.bank import add_question, find_question, put_question, question_at
from app.kernel.patching import CannotPatch
from app.web.shared.context import db
from app.web.studio import saving
from app.web.studio.answer_keys import asks_first, keys_open_or_ask
from app.web.studio.bank_page import TYPES, Bank, has, open_bank, type_of
from app.web.studio.question_shapes import judge_question, parts_of_question
from app.web.studio.shapes import Faults, Part, Typed, Values, filled, read, show_parts, started, summary
from app.web.studio.told import desk_path

blueprint = Blueprint("question_form", __name__, template_folder="templates")


@dataclass(frozen=True, kw_only=True)
class Page:
    """The form of one question: a new one where `question` is "", of practice where `slot` is ""."""

    bank: Bank
    path: str
    type: str
    slot: str
    question: str
    parts: tuple[Part, ...]
    base_id: int


@blueprint.get("/studio/courses/<slug>/questions/new")
@asks_first
def start(slug: str) -> ResponseReturnValue:
    """A blank form of `?type=` for `?slot=`, or the types to choose from."""
    if "type" not in request.args:
        return choose_type(open_bank(slug), f"{desk_path(slug)}/questions/new", request.args.get("slot", ""))
    page = _new(slug)
    return _show(page, started(page.parts))


@blueprint.post("/studio/courses/<slug>/questions/new")
@asks_first
def add(slug: str) -> ResponseReturnValue:
    """Put a new question into the draft."""
    return _receive(_new(slug))


@blueprint.get("/studio/courses/<slug>/questions/<question>")
@asks_first
def show(slug: str, question: str) -> ResponseReturnValue:
    """The form of a question that is there."""
    page = _existing(slug, question)
    text = saving.text_of_file(page.bank.draft.files, page.path)
    return _show(page, filled(page.parts, question_at(text, question)))


@blueprint.post("/studio/courses/<slug>/questions/<question>")
@asks_first
def change(slug: str, question: str) -> ResponseReturnValue:
    """Keep the changed question in the draft."""
    return _receive(_existing(slug, question))


@blueprint.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> ResponseReturnValue:
    """Nothing typed is lost when the session has gone."""
    args = request.view_args or {}
    if asked := keys_open_or_ask(args["slug"]):
        return asked
    page = _existing(**args) if "question" in args else _new(**args)
    return _show(page, read(page.parts, request.form).typed, {(): saving.RENEWED}, status=400)


def choose_type(bank: Bank, address: str, slot: str = "") -> ResponseReturnValue:
    """The types of question to choose from, each a link to `address`."""
    if slot:
        bank.slot(slot)
    return render_template(
        "studio/question-types.html", there=bank.there, types=TYPES, address=address, slot=slot
    )


def _new(slug: str) -> Page:
    bank, slot = open_bank(slug), request.args.get("slot", "")
    if slot:
        bank.slot(slot)
    path = bank.test_path if slot else bank.practice_path
    return _page(bank, path, request.args.get("type", ""), slot, "")


def _existing(slug: str, question: str) -> Page:
    bank = open_bank(slug)
    path, slot = bank.path_of(question), bank.slot_of(question)
    text = saving.text_of_file(bank.draft.files, path)
    return _page(bank, path, type_of(question_at(text, question)), slot.id if slot else "", question)


def _page(bank: Bank, path: str, type_: str, slot: str, question: str) -> Page:
    base_id = saving.base_sent(request.form) if request.method == "POST" else bank.draft.revision_id
    parts = parts_of_question(type_, tested=path == bank.test_path)
    return Page(bank=bank, path=path, type=type_, slot=slot, question=question, parts=parts, base_id=base_id)


def _receive(page: Page) -> ResponseReturnValue:
    """What was sent: rows changed, mistakes shown, or the question kept."""
    sent = read(page.parts, request.form)
    if not sent.saves:
        return _show(page, sent.typed, focus=sent.focus)
    sent.typed["id"] = page.question
    taken = frozenset() if page.question else page.bank.names
    values, faults = judge_question(page.type, page.parts, sent.typed, taken)
    if faults:
        return _show(page, sent.typed, faults, status=422)
    try:
        base = _start(page)
        text = (
            put_question(base.text, page.question, values)
            if page.question
            else add_question(base.text, page.slot, values)
        )
    except CannotPatch as error:
        return _show(page, sent.typed, {(): str(error)}, status=422)
    otherwise = (
        f"Change the question {page.question}" if page.question else f"Add the question {values['id']}"
    )
    message = saving.message_sent(request.form, otherwise)
    saved = saving.save_text(page.bank.draft.key, page.path, text, base_id=base.revision_id, message=message)
    return saving.after_saving(saved, page.bank.draft.key, f"{page.bank.there}?saved#question-{values['id']}")


def _start(page: Page) -> saving.Base:
    """A new question goes into the newest text, whatever else was changed there."""
    if not page.question:
        text = page.bank.test if page.slot else page.bank.practice
        return saving.Base(text, page.bank.draft.revision_id)

    def own(text: str) -> Values | None:
        return question_at(text, page.question) if has(find_question, text, page.question) else None

    return saving.start_from(db.session(), page.bank.draft.key, page.path, page.base_id, own)


def _show(
    page: Page, typed: Typed, faults: Faults | None = None, *, focus: str = "", status: int = 200
) -> ResponseReturnValue:
    parts = show_parts(page.parts, typed, faults or {}, focus)
    html = render_template(
        "studio/question-form.html",
        slug=page.bank.slug,
        there=page.bank.there,
        name=TYPES[page.type],
        question=page.question,
        slot=page.bank.slot(page.slot).values.get("title", "") if page.slot else "",
        parts=parts,
        slot_parts=(),
        errors=summary(parts, faults or {}),
        has_errors=bool(faults),
        base=page.base_id,
        message=request.form.get("message", ""),
    )
    return html, status
