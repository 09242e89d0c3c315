"""A story in decisions within a lesson. The way so far travels with each answer, and is kept for learners."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from app.assessment.questions import Form
from app.catalogue.blocks.scenario import Decision, Option, Quality, Scenario
from app.library.model import CompiledCourse
from app.web.shared.blocks.parts import (
    Asked,
    BlockDoor,
    Body,
    Panel,
    Recap,
    Unfinished,
    answer_field,
    is_tried,
    own_fields,
)

VERDICTS: Mapping[Quality, str] = {
    "best": "A strong choice.",
    "workable": "It would work, up to a point.",
    "poor": "A weak choice.",
}
UNCHOSEN = "Nothing is chosen yet. Choose one, then decide."
NEWEST = "-newest"  # added to the block's id: the place of the newest consequence
STRANGE = "This form does not fit the story any more. Open the lesson again."


@dataclass(frozen=True, kw_only=True)
class Step:
    """A decision taken: what was chosen, how it is judged, and what would have been stronger, if anything."""

    field: str
    decision: Decision
    option: Option
    verdict: str
    stronger: str


@dataclass(frozen=True, kw_only=True)
class ScenarioPanel(Panel):
    """The story as far as it has come. `at` and `again` are names of fields; `current` is None at the end."""

    kind: ClassVar[str] = "scenario"
    title: str
    intro: str
    steps: tuple[Step, ...]
    current: Decision | None
    field: str
    at: str
    again: str
    look_back: str


def scenario_panel(block: Scenario, asked: Asked) -> ScenarioPanel:
    """The story on the way that the address holds, or else on the way that was saved."""
    if is_tried(asked.query, block.id):
        try:
            chosen = _chosen(block, asked.query)
        except Unfinished as error:
            return _panel(block, {}, complaint=str(error), readable=False)
        pressed_at = asked.query.get(_at(block), [""])[0]
        current = block.walk(chosen).current
        undecided = current is not None and current.id == pressed_at
        return _panel(block, chosen, complaint=UNCHOSEN if undecided else "")
    saved = asked.saved
    path = saved.body.get("path") if saved and saved.kind == block.kind else None
    if saved is None or not isinstance(path, Mapping):
        return _panel(block, {})
    return replace(_panel(block, path), saved_at=saved.saved_at)


def read_scenario(block: Scenario, _compiled: CompiledCourse, form: Form) -> Body | None:
    """The way to keep; None where it begins again. Raises Unfinished."""
    if _again(block) in form:
        return None
    chosen = _chosen(block, form)
    walk = block.walk(chosen)
    if not walk.steps or (walk.current and walk.current.id == form.get(_at(block), [""])[0]):
        raise Unfinished(UNCHOSEN)
    return {"path": {decision.id: option.id for decision, option in walk.steps}}


def scenario_recap(block: Scenario, asked: Asked) -> Recap | None:
    """Which way the story went, once it has ended."""
    panel = scenario_panel(block, asked)
    if panel.current is not None:
        return None
    return Recap(
        group="work",
        title=block.title,
        lines=tuple(f"{step.option.text}. {step.verdict}" for step in panel.steps),
    )


DOOR = BlockDoor(
    panel=scenario_panel, read=read_scenario, recap=scenario_recap, by_address=True, landing=NEWEST
)


def _at(block: Scenario) -> str:
    """The field that says at which decision the button was pressed. Two dashes are in no decision's id."""
    return f"{answer_field(block.id)}--at"


def _again(block: Scenario) -> str:
    return f"{answer_field(block.id)}--again"


def _chosen(block: Scenario, form: Form) -> dict[str, str]:
    """Decision -> option. Raises Unfinished for what the story's own form could not have sent."""
    field, chosen = answer_field(block.id), {}
    known = {f"{field}-{decision.id}": decision for decision in block.decisions}
    for name, given in own_fields(form, block.id).items():
        if name in {_at(block), _again(block)}:
            continue
        decision = known.get(name)
        if decision is None or len(given) != 1 or decision.option(given[0]) is None:
            raise Unfinished(STRANGE)
        chosen[decision.id] = given[0]
    return chosen


def _panel(
    block: Scenario, chosen: Mapping[str, object], *, complaint: str = "", readable: bool = True
) -> ScenarioPanel:
    walk, field = block.walk(chosen), answer_field(block.id)
    return ScenarioPanel(
        id=block.id,
        title=block.title,
        intro=block.intro,
        steps=tuple(
            Step(
                field=f"{field}-{decision.id}",
                decision=decision,
                option=option,
                verdict=VERDICTS[option.quality],
                stronger="" if option.quality == "best" else decision.strongest.text,
            )
            for decision, option in walk.steps
        ),
        current=walk.current,
        field=f"{field}-{walk.current.id}" if walk.current else "",
        at=_at(block),
        again=_again(block),
        look_back=block.look_back if walk.current is None else "",
        complaint=complaint,
        readable=readable,
    )
