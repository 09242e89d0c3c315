"""A slot of the test as a form: its title, its outcome and its section; a new one with its first question."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.assessment.bank import Values, add_slot, find_slot, put_slot, slots_in
from app.assessment.reading import SlotSource
from app.kernel.patching import CannotPatch
from app.web.shared.context import db
from app.web.studio import course_offers, saving
from app.web.studio.answer_keys import asks_first, keys_open_or_ask
from app.web.studio.bank_page import TYPES, Bank, has, open_bank
from app.web.studio.question_form import choose_type
from app.web.studio.question_shapes import judge_question, parts_of_question
from app.web.studio.shapes import (
    Faults,
    Part,
    Sent,
    Typed,
    filled,
    judge,
    parts_of,
    posted,
    read,
    show_parts,
    started,
    summary,
)
from app.web.studio.told import desk_path

blueprint = Blueprint("slot_form", __name__, template_folder="templates")

UNDER = "slot"  # what the fields of a new slot are sent under, beside those of its question


@dataclass(frozen=True, kw_only=True)
class Page:
    """The form of one slot: a new one with a question of `type` where `slot` is ""."""

    bank: Bank
    slot: str
    parts: tuple[Part, ...]
    type: str
    question_parts: tuple[Part, ...]
    base_id: int


@blueprint.get("/studio/courses/<slug>/slots/new")
@asks_first
def start(slug: str) -> ResponseReturnValue:
    """A blank slot with a question of `?type=`, or the types to choose from."""
    if "type" not in request.args:
        return choose_type(open_bank(slug), f"{desk_path(slug)}/slots/new")
    page = _page(slug)
    return _show(page, started(page.parts), started(page.question_parts))


@blueprint.post("/studio/courses/<slug>/slots/new")
@asks_first
def add(slug: str) -> ResponseReturnValue:
    """Put a new slot with its first question at the end of the test."""
    page = _page(slug)
    slot, sent = _sent(page)
    if not sent.saves:
        return _show(page, slot, sent.typed, focus=sent.focus)
    slot["id"] = sent.typed["id"] = ""
    values, slot_faults = judge(SlotSource, page.parts, slot, page.bank.names)
    question, faults = judge_question(
        page.type, page.question_parts, sent.typed, page.bank.names | {slot["id"]}
    )
    if slot_faults or faults:
        return _show(page, slot, sent.typed, slot_faults, faults, status=422)
    try:
        text = add_slot(page.bank.test, {**values, "questions": [question]})
    except CannotPatch as error:
        return _show(page, slot, sent.typed, {(): str(error)}, status=422)
    base = saving.Base(text, page.bank.draft.revision_id)
    return _save(page, base, f"Add the part {values['title']} to the test", values["id"])


@blueprint.get("/studio/courses/<slug>/slots/<slot>")
@asks_first
def show(slug: str, slot: str) -> ResponseReturnValue:
    """The form of a slot that is there."""
    page = _page(slug, slot)
    return _show(page, filled(page.parts, page.bank.slot(slot).values), {})


@blueprint.post("/studio/courses/<slug>/slots/<slot>")
@asks_first
def change(slug: str, slot: str) -> ResponseReturnValue:
    """Keep the slot's title, outcome and section."""
    page = _page(slug, slot)
    typed = posted(page.parts, request.form)
    typed["id"] = slot
    values, faults = judge(SlotSource, page.parts, typed)
    if faults:
        return _show(page, typed, {}, faults, status=422)

    def own(text: str) -> Values | None:
        found = (
            next((each for each in slots_in(text) if each.id == slot), None)
            if has(find_slot, text, slot)
            else None
        )
        return {name: found.values.get(name) for name in values} if found else None

    try:
        base = saving.start_from(db.session(), page.bank.draft.key, page.bank.test_path, page.base_id, own)
        text = put_slot(base.text, slot, values)
    except CannotPatch as error:
        return _show(page, typed, {}, {(): str(error)}, status=422)
    return _save(
        page, saving.Base(text, base.revision_id), f"Change the part {values['title']} of the test", slot
    )


@blueprint.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> ResponseReturnValue:
    """Nothing typed is lost when the session has gone."""
    args = request.view_args or {}
    if asked := keys_open_or_ask(args["slug"]):
        return asked
    page = _page(**args)
    slot, sent = _sent(page)
    return _show(page, slot, sent.typed, {(): saving.RENEWED}, status=400)


def _page(slug: str, slot: str = "") -> Page:
    bank, type_ = open_bank(slug), "" if slot else request.args.get("type", "")
    if slot:
        bank.slot(slot)
    draft = bank.draft
    offers = {"outcome": course_offers.outcome_offer(draft), "section": course_offers.section_offer(draft)}
    return Page(
        bank=bank,
        slot=slot,
        parts=parts_of(SlotSource, "slot", offers=offers, without=frozenset({"questions"})),
        type=type_,
        question_parts=() if slot else parts_of_question(type_, tested=True),
        base_id=saving.base_sent(request.form) if request.method == "POST" else draft.revision_id,
    )


def _sent(page: Page) -> tuple[Typed, Sent]:
    """What was sent of the slot, and of its question where it is new."""
    if page.slot:
        return posted(page.parts, request.form), Sent({}, True)
    return posted(page.parts, request.form, f"{UNDER}."), read(page.question_parts, request.form)


def _save(page: Page, base: saving.Base, otherwise: str, slot: str) -> ResponseReturnValue:
    key, message = page.bank.draft.key, saving.message_sent(request.form, otherwise)
    saved = saving.save_text(key, page.bank.test_path, base.text, base_id=base.revision_id, message=message)
    return saving.after_saving(saved, key, f"{page.bank.there}?saved#{slot}")


def _show(
    page: Page,
    slot: Typed,
    question: Typed,
    slot_faults: Faults | None = None,
    faults: Faults | None = None,
    *,
    focus: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    under = "" if page.slot else UNDER
    slot_parts = show_parts(page.parts, slot, slot_faults or {}, under=under)
    parts = show_parts(page.question_parts, question, faults or {}, focus)
    html = render_template(
        "studio/slot-form.html" if page.slot else "studio/question-form.html",
        slug=page.bank.slug,
        there=page.bank.there,
        name=TYPES.get(page.type, ("", "")),
        question="",
        slot=page.bank.slot(page.slot).values.get("title", "") if page.slot else "",
        slot_parts=slot_parts,
        parts=parts,
        errors=summary(slot_parts, slot_faults or {}) + summary(parts, faults or {}),
        has_errors=bool(slot_faults or faults),
        base=page.base_id,
        message=request.form.get("message", ""),
    )
    return html, status
