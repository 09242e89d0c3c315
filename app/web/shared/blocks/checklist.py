"""A checklist within a lesson: items to tick, and lines of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.assessment.questions import Form
from app.catalogue.blocks.checklist import Checklist, Item
from app.kernel.errors import Refusal
from app.learning.reflections import reflection_text
from app.library.model import CompiledCourse
from app.web.shared.blocks.parts import Asked, BlockDoor, Body, Panel, Recap, answer_field

MOST_CHARACTERS = 200  # of each line of one's own: it is one line on paper
CHANGED = "This list has changed since you opened the page. Look it over, then save it again."


@dataclass(frozen=True, kw_only=True)
class ChecklistPanel(Panel):
    """The list. `ticked` are ids of items; `own` has an entry for each line of one's own, empty or not."""

    kind: ClassVar[str] = "checklist"
    title: str
    prompt: str
    optional: bool
    items: tuple[Item, ...]
    field: str
    own_field: str
    ticked: frozenset[str]
    own: tuple[str, ...]

    @property
    def place(self) -> str:
        """The id that a complaint leads to."""
        return f"{self.own_field}-1" if self.own else self.id


def own_field(block: str) -> str:
    """The name of the lines of one's own."""
    return f"{answer_field(block)}-own"


def checklist_panel(block: Checklist, asked: Asked) -> ChecklistPanel:
    """The list as it was saved, or as it was typed just now and could not be saved."""
    typed, saved = asked.typed, asked.saved
    if typed is not None:
        ticked, own = _given(block, typed.form)
    else:
        ticked, own = _kept(saved.body if saved and saved.kind == block.kind else {})
    return ChecklistPanel(
        id=block.id,
        title=block.title,
        prompt=block.prompt,
        optional=block.optional,
        items=block.items,
        field=answer_field(block.id),
        own_field=own_field(block.id),
        ticked=frozenset(ticked),
        own=tuple((own + [""] * block.own_lines)[: block.own_lines]),
        complaint=typed.complaint if typed else "",
        saved_at=saved.saved_at if saved else None,
    )


def read_checklist(block: Checklist, _compiled: CompiledCourse, form: Form) -> Body | None:
    """What is ticked and added; None where nothing is. Raises Refusal."""
    ticked, typed = _given(block, form)
    known = [item.id for item in block.items]
    if len(typed) > block.own_lines or len(set(ticked)) != len(ticked) or not set(ticked) <= set(known):
        raise Refusal(CHANGED)
    own = [" ".join(reflection_text(line, MOST_CHARACTERS).split()) for line in typed]
    body = {"ticked": [one for one in known if one in ticked], "own": [line for line in own if line]}
    return body if any(body.values()) else None


def checklist_recap(block: Checklist, asked: Asked) -> Recap | None:
    """How far the list has come, what is left, and what was added."""
    panel = checklist_panel(block, asked)
    left = [item.text for item in block.items if item.id not in panel.ticked]
    count = f"{len(block.items) - len(left)} of {len(block.items)} ticked."
    own = [line for line in panel.own if line]
    lines = (count, _listed("Still to do:", left), _listed("Your own:", own))
    return Recap(group="work", title=block.title, lines=tuple(line for line in lines if line))


def _listed(heading: str, lines: list[str]) -> str:
    return "\n".join([heading, *(f"– {line}" for line in lines)]) if lines else ""


DOOR = BlockDoor(panel=checklist_panel, read=read_checklist, recap=checklist_recap)


def _given(block: Checklist, form: Form) -> tuple[list[str], list[str]]:
    return list(form.get(answer_field(block.id), ())), list(form.get(own_field(block.id), ()))


def _kept(body: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """What was kept, of any shape that an older version may have had."""
    lists = (body.get("ticked"), body.get("own"))
    ticked, own = ([str(one) for one in each] if isinstance(each, list) else [] for each in lists)
    return ticked, own
