"""Where a question stands, and retiring it: each asked on a page of its own before it is done."""

from collections.abc import Callable, Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from app.assessment.bank import move_question, question_at, retire_question
from app.assessment.wording import in_words
from app.kernel.errors import NotFound, Refusal
from app.learning.in_flight import in_flight
from app.web.shared.context import db
from app.web.studio import course_offers, saving
from app.web.studio.answer_keys import asks_first
from app.web.studio.bank_page import Bank, open_bank

blueprint = Blueprint("question_places", __name__, template_folder="templates")

Places = Sequence[tuple[str, str]]


@blueprint.get("/studio/courses/<slug>/questions/<question>/move")
@asks_first
def ask_where(slug: str, question: str) -> ResponseReturnValue:
    """The places that a question of the test may have."""
    bank = open_bank(slug)
    return show_move(bank, _stem(bank, question), _places(bank, question))


@blueprint.post("/studio/courses/<slug>/questions/<question>/move")
@asks_first
def move(slug: str, question: str) -> ResponseReturnValue:
    """Let it stand there."""
    bank = open_bank(slug)
    slot, _, at = place_sent(_places(bank, question)).rpartition(" ")
    return save_change(
        bank,
        bank.test_path,
        lambda text: move_question(text, question, slot, int(at)),
        message=f"Move the question {question}",
        anchor=f"question-{question}",
    )


@blueprint.get("/studio/courses/<slug>/questions/<question>/retirement")
@asks_first
def ask(slug: str, question: str) -> ResponseReturnValue:
    """What retiring a question means."""
    bank = open_bank(slug)
    shown_in = _lessons_with(bank, question)
    return show_retire(
        bank,
        title="Retire this question?",
        what=_stem(bank, question),
        why_not="A lesson shows it. Take the block out of the lesson first."
        if shown_in
        else _only_one(bank, question),
        said=_what_it_means(bank, question),
    )


@blueprint.post("/studio/courses/<slug>/questions/<question>/retirement")
@asks_first
def retire(slug: str, question: str) -> ResponseReturnValue:
    """Take the question out of the draft."""
    bank = open_bank(slug)
    if _lessons_with(bank, question):
        raise Refusal("A lesson shows this question. Take the block out of the lesson first.")
    path = bank.path_of(question)
    message = f"Retire the question {question}"
    return save_change(bank, path, lambda text: retire_question(text, question), message=message)


def show_move(bank: Bank, what: str, places: Places) -> ResponseReturnValue:
    """The page that asks where something goes."""
    return render_template(
        "studio/question-move.html", there=bank.there, what=what, places=places, base=bank.draft.revision_id
    )


def show_retire(
    bank: Bank, *, title: str, what: str, why_not: str, said: Sequence[str]
) -> ResponseReturnValue:
    """The page that asks before something is retired. With `why_not` it cannot be."""
    return render_template(
        "studio/question-retire.html",
        there=bank.there,
        title=title,
        what=what,
        why_not=why_not,
        said=said,
        base=bank.draft.revision_id,
    )


def place_sent(places: Places) -> str:
    """The place that was chosen. Raises BadRequest for another than was offered."""
    sent = request.form.get("place", "")
    if sent not in {value for value, _ in places}:
        raise BadRequest
    return sent


def save_change(
    bank: Bank, path: str, change: Callable[[str], str], *, message: str, anchor: str = ""
) -> ResponseReturnValue:
    """Keep a change of one file that was asked for on a page, and go back to all questions."""
    base = saving.start_from(db.session(), bank.draft.key, path, saving.base_sent(request.form))
    said = saving.message_sent(request.form, message)
    text = change(base.text) or None  # without its last question, the file of practice goes too
    saved = saving.save_text(bank.draft.key, path, text, base_id=base.revision_id, message=said)
    return saving.after_saving(saved, bank.draft.key, f"{bank.there}?saved#{anchor}".rstrip("#"))


def people_in_the_test(bank: Bank) -> str:
    """'Two people are in the middle of the test now.', or "" where nobody is."""
    if bank.draft.live is None:
        return ""
    testing = in_flight(db.session(), bank.slug, bank.draft.live.edition).testing
    if not testing:
        return "Nobody is in the middle of the test just now."
    count = in_words(testing)
    are = "person is" if testing == 1 else "people are"
    return f"{count[:1].upper()}{count[1:]} {are} in the middle of the test just now."


def _places(bank: Bank, question: str) -> Places:
    """Every place in the test: "<slot> <number>", and what stands before it. Raises NotFound."""
    if bank.slot_of(question) is None:
        raise NotFound("There is no such question in the test.")
    places = []
    for slot in bank.slots:
        title = course_offers.shortened(str(slot.values.get("title", slot.id)))
        others = [str(each.get("id", "")) for each in slot.questions if each.get("id") != question]
        places.append((f"{slot.id} 0", f"First in {title}"))
        places += [
            (f"{slot.id} {at}", f"In {title}, after question {name}") for at, name in enumerate(others, 1)
        ]
    return places


def _stem(bank: Bank, question: str) -> str:
    text = saving.text_of_file(bank.draft.files, bank.path_of(question))
    return str(question_at(text, question).get("stem", question))


def _lessons_with(bank: Bank, question: str) -> bool:
    """Whether a lesson shows this practice question."""
    if bank.slot_of(question) is not None:
        return False
    return question in {course_offers.question_of(block) for block in course_offers.blocks_of(bank.draft)}


def _only_one(bank: Bank, question: str) -> str:
    slot = bank.slot_of(question)
    if slot is None or len(slot.questions) > 1:
        return ""
    return "It is the only question of its part of the test. Add another first, or retire the part."


def _what_it_means(bank: Bank, question: str) -> list[str]:
    if bank.slot_of(question) is None:
        return ["Answers that people gave to it are no longer shown."]
    if not bank.is_live(question):
        return ["It has never been live, so nobody has met it."]
    kept = "Whoever has it on their paper already still answers it."
    return [f"{kept} Nobody else is given it once the draft is live.", people_in_the_test(bank)]
