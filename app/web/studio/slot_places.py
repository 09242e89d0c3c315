"""Where a slot of the test stands, and retiring it: each asked on a page of its own before it is done."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.assessment.bank import move_slot, retire_slot
from app.web.studio import course_offers
from app.web.studio.answer_keys import asks_first
from app.web.studio.bank_page import Bank, open_bank
from app.web.studio.question_places import (
    Places,
    people_in_the_test,
    place_sent,
    save_change,
    show_move,
    show_retire,
)

blueprint = Blueprint("slot_places", __name__, template_folder="templates")


@blueprint.get("/studio/courses/<slug>/slots/<slot>/move")
@asks_first
def ask_where(slug: str, slot: str) -> ResponseReturnValue:
    """The places that a slot may have in the test."""
    bank = open_bank(slug)
    return show_move(bank, _title(bank, slot), _places(bank, slot))


@blueprint.post("/studio/courses/<slug>/slots/<slot>/move")
@asks_first
def move(slug: str, slot: str) -> ResponseReturnValue:
    """Let it stand there."""
    bank = open_bank(slug)
    message = f"Move the part {_title(bank, slot)} of the test"
    at = int(place_sent(_places(bank, slot)))
    return save_change(
        bank, bank.test_path, lambda text: move_slot(text, slot, at), message=message, anchor=slot
    )


@blueprint.get("/studio/courses/<slug>/slots/<slot>/retirement")
@asks_first
def ask(slug: str, slot: str) -> ResponseReturnValue:
    """What retiring a slot means."""
    bank = open_bank(slug)
    return show_retire(
        bank,
        title="Retire this part of the test?",
        what=_title(bank, slot),
        why_not="" if len(bank.slots) > 1 else "It is the only part of the test. Add another first.",
        said=[*_what_it_means(bank, slot), *_left_hanging(bank, slot)],
    )


@blueprint.post("/studio/courses/<slug>/slots/<slot>/retirement")
@asks_first
def retire(slug: str, slot: str) -> ResponseReturnValue:
    """Take the slot and its questions out of the draft."""
    bank = open_bank(slug)
    message = f"Retire the part {_title(bank, slot)} of the test"
    return save_change(bank, bank.test_path, lambda text: retire_slot(text, slot), message=message)


def _title(bank: Bank, slot: str) -> str:
    return str(bank.slot(slot).values.get("title", slot))


def _places(bank: Bank, slot: str) -> Places:
    """The number that it would have, and what stands before it."""
    bank.slot(slot)
    others = [each for each in bank.slots if each.id != slot]
    titles = [course_offers.shortened(str(each.values.get("title", each.id))) for each in others]
    return [("0", "First"), *((str(at), f"After {title}") for at, title in enumerate(titles, 1))]


def _what_it_means(bank: Bank, slot: str) -> list[str]:
    if not bank.is_live(slot):
        return ["It has never been live, so nobody has met it."]
    return [
        "It is live. Once you publish the draft without it, whoever has missed it in an open test cannot get "
        "another question for it: their test stops there, and they have to begin a new one.",
        people_in_the_test(bank),
    ]


def _left_hanging(bank: Bank, slot: str) -> tuple[str, ...]:
    """What the course would then lack, such as what shows an outcome."""
    return bank.left_hanging(bank.test_path, retire_slot(bank.test, slot)) if len(bank.slots) > 1 else ()
