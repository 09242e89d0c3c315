"""Where a field is read among the others, and taking it out: each a button that changes the draft."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from app.kernel.authored import decode
from app.kernel.errors import Conflict, NotFound
from app.kernel.patching import move, take_out
from app.library.design_files import design_file
from app.library.publishing_drafts import MOVED_ON
from app.web.studio import saving
from app.web.studio.design_page import open_design
from app.web.studio.design_told import called, fields_in
from app.web.studio.told import desk_of

blueprint = Blueprint("design_places", __name__)

STEPS = {"earlier": -1, "later": 1}
OUT = "out"


@blueprint.post("/studio/designs/<slug>/fields/<int:number>/place")
def change(slug: str, number: int) -> ResponseReturnValue:
    """Let the field be read one place earlier or later, or take it out.

    A number says nothing once somebody else has changed the fields: then nothing is done.
    """
    draft, deed = open_design(slug), request.form.get("deed", "")
    if deed not in {*STEPS, OUT}:
        raise BadRequest
    if saving.base_sent(request.form) != draft.revision_id:
        raise Conflict(MOVED_ON)
    path, desk = design_file(slug), desk_of(draft.key)
    text, _ = decode(path, draft.files.get(path, b""))
    fields = fields_in(text or "")
    if text is None or not 0 < number <= len(fields):
        raise NotFound("There is no such field in this design.")
    name, at = called(fields[number - 1]), number - 1
    there = min(max(at + STEPS.get(deed, 0), 0), len(fields) - 1)
    changed = take_out(text, ("fields", at)) if deed == OUT else move(text, ("fields", at), there)
    message = f"Take out the field {name}" if deed == OUT else f"Read the field {name} {deed}"
    saved = saving.save_text(draft.key, path, changed, base_id=draft.revision_id, message=message)
    if saved.clashes:
        return saving.after_saving(saved, draft.key, desk)
    return redirect(f"{desk}?done={deed}" if deed == OUT else f"{desk}/fields/{there + 1}?saved", 303)
