"""A course to take along: its draft as one zip, laid out as in the folders."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.library.drafting import open_draft
from app.library.packing import pack
from app.web.shared.context import db
from app.web.studio.answer_keys import asks_first

blueprint = Blueprint("exporting", __name__)


@blueprint.get("/studio/courses/<slug>/export")
@asks_first
def download(slug: str) -> ResponseReturnValue:
    """The file. Its test is in it with every answer, so who has not seen those is asked first."""
    draft = open_draft(db.session(), ("course", slug))
    response = Response(pack(draft.files), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{draft.key[1]}.zip"'
    return response
