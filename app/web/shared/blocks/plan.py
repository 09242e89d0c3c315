"""A plan within a lesson: "When ..., I will ..., and tell ...", with a day to be reminded on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from werkzeug.exceptions import BadRequest
from wtforms import Form as Fields
from wtforms import StringField

from app.assessment.questions import Form
from app.catalogue.blocks.plan import Plan
from app.kernel.errors import Refusal
from app.learning.reflections import reflection_text
from app.library.model import CompiledCourse
from app.web.shared.blocks.parts import Asked, BlockDoor, Body, Panel, Recap, answer_field

PARTS = ("when", "will", "tell", "on")
MOST_CHARACTERS = 300  # of each part
YEARS = range(2020, 2101)
NO_DAY = "That day cannot be read. Write it like 2027-03-31, or leave it empty."


class PlanForm(Fields):
    when = StringField("When")
    will = StringField("I will")
    tell = StringField("and tell")
    on = StringField("Remind me on")


@dataclass(frozen=True, kw_only=True)
class PlanPanel(Panel):
    """The parts of the sentence; `said` is the whole of it once it is saved."""

    kind: ClassVar[str] = "plan"
    prompt: str
    hint: str
    optional: bool
    form: PlanForm
    examples: Mapping[str, str]
    wrong: str = PARTS[0]
    said: str = ""

    @property
    def place(self) -> str:
        """The id of the field that a complaint is about."""
        return plan_field(self.id, self.wrong)


def plan_field(block: str, part: str) -> str:
    """The name of one part of a plan."""
    return f"{answer_field(block)}-{part}"


def plan_panel(block: Plan, asked: Asked) -> PlanPanel:
    """The plan as it was saved, or as it was typed just now and could not be saved."""
    typed, body = asked.typed, kept_plan(asked)
    if typed is not None:
        body = {part: next(iter(typed.form.get(plan_field(block.id, part), ())), "") for part in PARTS}
    form = PlanForm(prefix=answer_field(block.id), data=body)
    form.on.flags.optional = True
    wrong = next((part for part in PARTS if typed and _is_wrong(part, body[part])), PARTS[0])
    if typed:
        form[wrong].errors = [typed.complaint]
    return PlanPanel(
        id=block.id,
        prompt=block.prompt,
        hint=block.hint,
        optional=block.optional,
        form=form,
        examples={"when": block.when, "will": block.will, "tell": block.tell},
        wrong=wrong,
        said="" if typed else sentence(body),
        complaint=typed.complaint if typed else "",
        saved_at=asked.saved.saved_at if asked.saved else None,
    )


def read_plan(block: Plan, _compiled: CompiledCourse, form: Form) -> Body | None:
    """The parts; None where all are empty. Raises Refusal."""
    if any(len(form.get(plan_field(block.id, part), ())) != 1 for part in PARTS):
        raise BadRequest  # an empty part deletes what was kept of it; a form without it says nothing
    body = {part: _read_part(part, form[plan_field(block.id, part)][0]) for part in PARTS}
    return body if any(body[part] for part in PARTS[:3]) else None


def kept_plan(asked: Asked) -> dict[str, str]:
    """The parts as they were saved, "" for each that was not."""
    body = asked.saved.body if asked.saved and asked.saved.kind == Plan.kind else {}
    return {part: value if isinstance(value := body.get(part), str) else "" for part in PARTS}


def read_day(text: str) -> date:
    """A day as a date field sends it. Raises Refusal."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(NO_DAY) from None
    if day.year not in YEARS:
        raise Refusal(NO_DAY)
    return day


def sentence(body: Mapping[str, str]) -> str:
    """The plan as one sentence, of the parts that there are."""
    when, will, tell = (body[part].strip().rstrip(".,") for part in PARTS[:3])
    parts = [
        f"when {when}" if when else "",
        f"I will {will}" if will else "",
        f"and tell {tell}" if tell else "",
    ]
    whole = ", ".join(filter(None, parts))
    return f"{whole[0].upper()}{whole[1:]}." if whole else ""


def plan_recap(block: Plan, asked: Asked) -> Recap | None:
    """The sentence."""
    said = sentence(kept_plan(asked))
    return Recap(group="plan", title=block.prompt, lines=(said,)) if said else None


DOOR = BlockDoor(panel=plan_panel, read=read_plan, recap=plan_recap)


def _read_part(part: str, typed: str) -> str:
    text = " ".join(reflection_text(typed, MOST_CHARACTERS).split())
    return read_day(text).isoformat() if part == "on" and text else text


def _is_wrong(part: str, typed: str) -> bool:
    try:
        _read_part(part, typed)
    except Refusal:
        return True
    return False
