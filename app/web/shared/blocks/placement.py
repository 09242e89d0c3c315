"""A placement within a lesson: where a project of one's own stands on a ladder. Private, and never marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from werkzeug.exceptions import BadRequest
from wtforms import Form as Fields
from wtforms import SelectField, TextAreaField

from app.assessment.questions import Form
from app.catalogue.blocks.ladder import Ladder, Rung
from app.catalogue.blocks.placement import Placement
from app.kernel.errors import Refusal
from app.learning.reflections import reflection_text
from app.library.model import CompiledCourse
from app.web.shared.blocks.parts import Asked, BlockDoor, Body, Panel, Recap, Saved, answer_field

PARTS = ("rung", "evidence", "change")
MOST_CHARACTERS = 2000  # of each text: about 350 words


class PlacementForm(Fields):
    rung = SelectField()
    evidence = TextAreaField()
    change = TextAreaField()


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the project stands: a rung with its number and its band's title, and the rung above it, if any.

    `marks` are the ladder's rungs as they are drawn: the distance from the top, and whether it is this one.
    """

    number: int
    rung: Rung
    band: str
    above: Rung | None
    height: int
    marks: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, kw_only=True)
class PlacementPanel(Panel):
    """The form with what was saved or typed. `standing` is there once a rung is saved."""

    kind: ClassVar[str] = "placement"
    prompt: str
    hint: str
    optional: bool
    form: PlacementForm
    wrong: str = PARTS[0]
    standing: Standing | None = None

    @property
    def place(self) -> str:
        """The id of the field that a complaint is about."""
        return placement_field(self.id, self.wrong)


def placement_field(block: str, part: str) -> str:
    """The name of one part of a placement."""
    return f"{answer_field(block)}-{part}"


def placement_panel(block: Placement, asked: Asked) -> PlacementPanel:
    """The form with what was saved, or with what was typed just now and could not be saved."""
    ladder, typed = _ladder(block, asked.compiled), asked.typed
    if typed is None:
        body = _still_fits(ladder, asked.saved)
        return PlacementPanel(
            id=block.id,
            prompt=block.prompt,
            hint=block.hint,
            optional=block.optional,
            form=_form(block, ladder, body),
            standing=_standing(ladder, body["rung"]),
            saved_at=asked.saved.saved_at if asked.saved and any(body.values()) else None,
        )
    form = _form(block, ladder, {part: next(iter(_given(block, part, typed.form)), "") for part in PARTS})
    wrong = next((part for part in PARTS if _is_wrong(block, ladder, part, typed.form)), PARTS[0])
    form[wrong].errors = [typed.complaint]
    return PlacementPanel(
        id=block.id,
        prompt=block.prompt,
        hint=block.hint,
        optional=block.optional,
        form=form,
        wrong=wrong,
        complaint=typed.complaint,
        saved_at=asked.saved.saved_at if asked.saved else None,
    )


def read_placement(block: Placement, compiled: CompiledCourse, form: Form) -> Body | None:
    """The rung and both texts, any of them empty; None where all are. Raises Refusal."""
    if any(placement_field(block.id, part) not in form for part in PARTS):
        raise BadRequest  # an empty part deletes what was kept of it; a form without it says nothing
    ladder = _ladder(block, compiled)
    body = {part: _read_part(ladder, part, _given(block, part, form)) for part in PARTS}
    return body if any(body.values()) else None


def placement_recap(block: Placement, asked: Asked) -> Recap | None:
    """Where the project stands, and what was written about it."""
    ladder = _ladder(block, asked.compiled)
    body = _still_fits(ladder, asked.saved)
    standing = _standing(ladder, body["rung"])
    placed = f"Rung {standing.number}, {standing.rung.title} ({standing.band})." if standing else ""
    answered = ((block.evidence, body["evidence"]), (block.change, body["change"]))
    lines = (placed, *(f"{asked_for}\n{said}" for asked_for, said in answered if said))
    lines = tuple(line for line in lines if line)
    return Recap(group="work", title=block.prompt, lines=lines) if lines else None


DOOR = BlockDoor(panel=placement_panel, read=read_placement, recap=placement_recap)


def _ladder(block: Placement, compiled: CompiledCourse) -> Ladder:
    """The ladder that it names. The check of the course has seen that there is one."""
    return next(
        found
        for lesson in compiled.course.lessons
        if isinstance(found := lesson.blocks.get(block.ladder), Ladder)
    )


def _given(block: Placement, part: str, form: Form) -> Sequence[str]:
    return form.get(placement_field(block.id, part), ())


def _read_part(ladder: Ladder, part: str, given: Sequence[str]) -> str:
    if len(given) > 1:
        raise Refusal("This was sent more than once. Look it over, then save it again.")
    value = next(iter(given), "")
    if part != "rung":
        return reflection_text(value, MOST_CHARACTERS)
    if value and ladder.number(value) is None:
        raise Refusal("That rung is not on this ladder. Choose one that is.")
    return value


def _is_wrong(block: Placement, ladder: Ladder, part: str, form: Form) -> bool:
    try:
        _read_part(ladder, part, _given(block, part, form))
    except Refusal:
        return True
    return False


def _still_fits(ladder: Ladder, saved: Saved | None) -> dict[str, str]:
    """What was saved, less a rung that the ladder has lost since."""
    body = saved.body if saved and saved.kind == Placement.kind else {}
    kept = {part: value if isinstance(value := body.get(part), str) else "" for part in PARTS}
    return kept if ladder.number(kept["rung"]) else kept | {"rung": ""}


def _form(block: Placement, ladder: Ladder, body: dict[str, str]) -> PlacementForm:
    form = PlacementForm(prefix=answer_field(block.id), data=body)
    form.rung.choices = [("", "No rung yet")] + [
        (rung.id, f"{number}. {rung.title} ({ladder.band_of(rung).title})")
        for number, rung in reversed(list(enumerate(ladder.rungs, 1)))
    ]
    form.rung.label.text, form.rung.flags.optional = block.prompt, block.optional
    form.evidence.label.text, form.change.label.text = block.evidence, block.change
    return form


def _standing(ladder: Ladder, rung: str) -> Standing | None:
    number = ladder.number(rung)
    if number is None:
        return None
    here, count = ladder.rungs[number - 1], len(ladder.rungs)
    return Standing(
        number=number,
        rung=here,
        band=ladder.band_of(here).title,
        above=ladder.rungs[number] if number < count else None,
        height=count * 10 + 6,
        marks=tuple((8 + 10 * position, count - position == number) for position in range(count)),
    )
