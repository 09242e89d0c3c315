"""A reflection within a lesson: a box for private words."""

from dataclasses import dataclass
from typing import ClassVar

from werkzeug.exceptions import BadRequest
from wtforms import Form as Fields
from wtforms import TextAreaField

from app.assessment.questions import Form
from app.catalogue.blocks import Reflection
from app.learning.reflections import reflection_text
from app.library.model import CompiledCourse
from app.web.shared.blocks.parts import Asked, BlockDoor, Body, Panel, Recap


class ReflectionForm(Fields):
    text = TextAreaField()


@dataclass(frozen=True, kw_only=True)
class ReflectionPanel(Panel):
    """A prompt within a lesson. A guest's `form` is for the device that they write on."""

    kind: ClassVar[str] = "reflection"
    prompt: str
    hint: str
    optional: bool
    form: ReflectionForm

    @property
    def place(self) -> str:
        """The id that a complaint leads to."""
        return reflection_field(self.id)


def reflection_field(block: str) -> str:
    """The name of a reflection's text."""
    return f"{block}-text"


def reflection_panel(block: Reflection, asked: Asked) -> ReflectionPanel:
    """The prompt with what was saved, or with what was typed just now and could not be saved."""
    typed, saved = asked.typed, asked.saved
    text = _typed(block, typed.form) if typed else str(saved.body["text"]) if saved else ""
    form = ReflectionForm(prefix=f"{block.id}-", text=text)
    form.text.label.text = block.prompt
    form.text.flags.optional = block.optional
    if typed:
        form.text.errors = [typed.complaint]
    return ReflectionPanel(
        id=block.id,
        prompt=block.prompt,
        hint=block.hint,
        optional=block.optional,
        form=form,
        complaint=typed.complaint if typed else "",
        saved_at=saved.saved_at if saved else None,
    )


def read_reflection(block: Reflection, _compiled: CompiledCourse, form: Form) -> Body | None:
    """The text to keep; None where the box was emptied. Raises TooLong."""
    if reflection_field(block.id) not in form:
        raise BadRequest  # an empty text deletes what was kept; a form without one says nothing
    text = reflection_text(_typed(block, form))
    return {"text": text} if text else None


def reflection_recap(block: Reflection, asked: Asked) -> Recap | None:
    """The prompt, and what was written."""
    return (
        Recap(group="words", title=block.prompt, lines=(str(asked.saved.body["text"]),))
        if asked.saved
        else None
    )


DOOR = BlockDoor(panel=reflection_panel, read=read_reflection, recap=reflection_recap)


def _typed(block: Reflection, form: Form) -> str:
    return next(iter(form.get(reflection_field(block.id), ())), "")
