"""What holds for a whole certificate: its title, colours, typefaces, margins, lines round the page, stamp."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.certification.fonts import NAMES
from app.kernel.patching import put, take_out, value_at
from app.library.design_files import design_file
from app.library.drafting import Draft
from app.web.studio.design_page import Change, DesignForm, base_of, open_design, show_again, take
from app.web.studio.design_page import show as show_form
from app.web.studio.design_shapes import MARGINS, Look, look_as_shown, look_as_written
from app.web.studio.design_told import fields_in
from app.web.studio.saving import text_of_file
from app.web.studio.shapes import Faults, Typed, Values, filled, judge, parts_of
from app.web.studio.shapes.faults import Where
from app.web.studio.told import desk_of

blueprint = Blueprint("design_look", __name__, template_folder="templates")

OWN = ("title", "margins", "palette", "fonts", "frame", "stamp_colour")
CHOOSERS = {"colour": "palette", "term_colour": "palette", "font": "fonts", "strong": "fonts"}


@blueprint.get("/studio/designs/<slug>/look")
def show(slug: str) -> ResponseReturnValue:
    page = _page(open_design(slug))
    sheet = value_at(text_of_file(page.draft.files, page.path), (), {})
    return show_form(page, filled(page.parts, look_as_shown(sheet if isinstance(sheet, dict) else {})))


@blueprint.post("/studio/designs/<slug>/look")
def change(slug: str) -> ResponseReturnValue:
    """Keep what was changed in the draft."""
    page = _page(open_design(slug))
    return take(page, f"{page.address}?saved")


@blueprint.errorhandler(CSRFError)
def keep_what_was_typed(_error: CSRFError) -> ResponseReturnValue:
    """Nothing typed is lost when the session has gone."""
    return show_again(_page(open_design((request.view_args or {})["slug"])))


def _page(draft: Draft) -> DesignForm:
    parts = parts_of(Look, "design", offers={"fonts.typeface": [(name, name) for name in NAMES]})

    def judge_look(typed: Typed) -> tuple[Change, Faults]:
        values, faults = judge(Look, parts, typed)
        if faults:
            return str, faults
        written = look_as_written(values)
        return lambda text: _changed(text, written.parts, written.renamed), written.faults

    return DesignForm(
        draft=draft,
        path=design_file(draft.key[1]),
        base_id=base_of(draft),
        parts=parts,
        judge=judge_look,
        own=lambda text: {name: value_at(text, (name,)) for name in OWN},
        in_form=_in_form,
        heading="Colours, typefaces and margins",
        address=f"{desk_of(draft.key)}/look",
        message="Change the look",
    )


def _changed(text: str, parts: Values, renamed: Mapping[str, Mapping[str, str]]) -> str:
    """The text with these parts, and with new names wherever something chose the old ones."""
    for name, value in parts.items():
        if value_at(text, (name,)) != value:
            text = take_out(text, (name,)) if value is None else put(text, (name,), value)
    for at, field in enumerate(fields_in(text)):
        for name, group in CHOOSERS.items():
            if field.get(name) in renamed[group]:
                text = put(text, ("fields", at, name), renamed[group][field[name]])
    return text


def _in_form(where: Where) -> Where | None:
    """Where in the form a place of design.yml is."""
    told: dict[Any, Where] = {
        ("frame", "colour"): ("frame_colour",),
        **{("margins", side): (side,) for side in MARGINS},
    }
    if where[:1] and where[0] in OWN:
        return told.get(where[:2], ("top",) if where == ("margins",) else where[:1])
    return None
