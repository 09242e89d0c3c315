"""One field of a certificate: adding it, and changing what it says, where it stands and how it looks."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.kernel.errors import NotFound
from app.kernel.patching import add, put, value_at
from app.library.design_files import design_file, design_folder
from app.library.drafting import Draft
from app.library.pictures import is_picture
from app.web.studio.design_fields import (
    KINDS,
    fault_in_form,
    field_as_shown,
    field_parts,
    in_order,
    judge_field,
    named,
)
from app.web.studio.design_page import Change, DesignForm, base_of, open_design, show_again, take
from app.web.studio.design_page import show as show_form
from app.web.studio.design_told import called, fields_in
from app.web.studio.saving import text_of_file
from app.web.studio.shapes import Faults, Offer, Typed, filled, started
from app.web.studio.shapes.faults import Where
from app.web.studio.told import desk_of

blueprint = Blueprint("design_field", __name__, template_folder="templates")


@blueprint.get("/studio/designs/<slug>/fields/new")
def start(slug: str) -> ResponseReturnValue:
    """The kinds of field; or a blank form for the one that was chosen."""
    draft, kind = open_design(slug), request.args.get("kind", "")
    if not kind:
        desk = desk_of(draft.key)
        kinds: list[tuple[str, str, str, list[str]]] = [
            (label, f"{desk}/fields/new?kind={name}", hint, []) for name, (_, label, hint) in KINDS.items()
        ]
        return render_template("studio/design-kinds.html", desk=desk, kinds=kinds)
    page = _new(draft, kind)
    return show_form(page, {**started(page.parts), "stands": "below", "below": "6"})


@blueprint.post("/studio/designs/<slug>/fields/new")
def add_field(slug: str) -> ResponseReturnValue:
    """Put a new field last."""
    draft = open_design(slug)
    page = _new(draft, request.args.get("kind", ""))
    fields = fields_in(text_of_file(draft.files, page.path))
    return take(page, f"{desk_of(draft.key)}/fields/{len(fields) + 1}?saved")


@blueprint.get("/studio/designs/<slug>/fields/<int:number>")
def show(slug: str, number: int) -> ResponseReturnValue:
    """A field as it stands."""
    page = _page(open_design(slug), number)
    field = page.own(text_of_file(page.draft.files, page.path))
    return show_form(page, filled(page.parts, field_as_shown(field)))


@blueprint.post("/studio/designs/<slug>/fields/<int:number>")
def change(slug: str, number: int) -> ResponseReturnValue:
    """Keep what was changed in the draft."""
    page = _page(open_design(slug), number)
    return take(page, f"{page.address}?saved")


@blueprint.errorhandler(CSRFError)
def keep_what_was_typed(_error: CSRFError) -> ResponseReturnValue:
    """Nothing typed is lost when the session has gone."""
    draft, number = open_design((request.view_args or {})["slug"]), (request.view_args or {}).get("number")
    return show_again(_new(draft, request.args.get("kind", "")) if number is None else _page(draft, number))


def _page(draft: Draft, number: int) -> DesignForm:
    path = design_file(draft.key[1])
    fields = fields_in(text_of_file(draft.files, path))
    field = fields[number - 1] if 0 < number <= len(fields) else {}
    kind = str(field.get("kind", ""))
    if kind not in KINDS:
        raise NotFound("There is no such field in this design.")
    at = number - 1
    parts = field_parts(kind, _offers(draft))

    def judge(typed: Typed) -> tuple[Change, Faults]:
        written, faults = judge_field(kind, parts, typed)
        return lambda text: put(text, ("fields", at), in_order(written, field)), faults

    return DesignForm(
        draft=draft,
        path=path,
        base_id=base_of(draft),
        parts=parts,
        judge=judge,
        own=lambda text: value_at(text, ("fields", at)),
        in_form=lambda where: fault_in_form(where[2:]) if where[:2] == ("fields", at) else None,
        heading=called(field),
        address=f"{desk_of(draft.key)}/fields/{number}",
        message=f"Change the field {called(field)}",
        placed=True,
    )


def _new(draft: Draft, kind: str) -> DesignForm:
    path, label = design_file(draft.key[1]), named(kind)
    at = len(fields_in(text_of_file(draft.files, path)))
    parts = field_parts(kind, _offers(draft))

    def judge(typed: Typed) -> tuple[Change, Faults]:
        written, faults = judge_field(kind, parts, typed)
        return lambda text: add(text, ("fields",), written), faults

    def in_form(where: Where) -> Where | None:
        return fault_in_form(where[2:]) if where[:2] == ("fields", at) else None

    return DesignForm(
        draft=draft,
        path=path,
        base_id=base_of(draft),
        parts=parts,
        judge=judge,
        own=lambda text: value_at(text, ("fields",)),
        in_form=in_form,
        heading=f"A new field: {label[:1].lower()}{label[1:]}",
        address=f"{desk_of(draft.key)}/fields/new?kind={kind}",
        message=f"Add a field: {label[:1].lower()}{label[1:]}",
    )


def _offers(draft: Draft) -> Mapping[str, Offer]:
    """The colours, typefaces and pictures that a field can choose."""
    sheet = value_at(text_of_file(draft.files, design_file(draft.key[1])), (), {})
    colours = [(name, f"{name} ({colour})") for name, colour in _group(sheet, "palette").items()]
    fonts = [(name, f"{name} ({face})") for name, face in _group(sheet, "fonts").items()]
    start = design_folder(draft.key[1])
    pictures = [path.removeprefix(start) for path in sorted(draft.files) if is_picture(path)]
    return {
        "colour": colours,
        "term_colour": colours,
        "font": fonts,
        "strong": [("", "The same as the other words"), *fonts],
        "file": [(name, name) for name in pictures],
    }


def _group(sheet: Any, name: str) -> Mapping[str, Any]:
    found = sheet.get(name) if isinstance(sheet, dict) else None
    return found if isinstance(found, dict) else {}
