"""A picture that has been saved and perhaps never published: for the studio's pages and for previews."""

import re

from flask import Blueprint, Response
from sqlalchemy import select
from werkzeug.exceptions import Gone, NotFound

from app.library.pictures import MEDIA_TYPES, ending, is_picture
from app.library.tables import Blob, RevisionFile
from app.web.shared.context import db
from app.web.shared.picture_answer import picture_answer
from app.web.shared.sessions import part_of_a_page

blueprint = Blueprint("draft_picture", __name__)

HASH = re.compile(r"[0-9a-f]{64}")


@blueprint.get("/studio/pictures/<picture>")
def show(picture: str) -> Response:
    """A picture of any revision. 404 for any other file, 410 for one that was removed for good."""
    part_of_a_page()
    named = select(RevisionFile.path).filter_by(blob_hash=picture).distinct()
    types = [MEDIA_TYPES[ending(path)] for path in db.session.scalars(named) if is_picture(path)]
    if not types or not HASH.fullmatch(picture):
        raise NotFound
    body = db.session.scalar(select(Blob.body).filter_by(hash=picture))
    if body is None:
        raise Gone
    return picture_answer(body, types[0], picture, cache="private, max-age=600")
