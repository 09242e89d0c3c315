"""Pictures of courses, each under the hash of its bytes: an address that can be kept for ever.

A picture that has only been saved, and never published, is for editors: it has an address in the studio.
"""

import re

from flask import Blueprint, redirect, url_for
from sqlalchemy import select
from werkzeug.exceptions import Gone, NotFound
from werkzeug.wrappers import Response

from app.library.pictures import MEDIA_TYPES, ending
from app.library.tables import Blob, Publication, RevisionFile
from app.web.shared.context import db
from app.web.shared.picture_answer import picture_answer

blueprint = Blueprint("images", __name__)

HASH = re.compile(r"[0-9a-f]{64}")
FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/images/<picture>")
def show(picture: str) -> Response:
    """A picture of a published revision. 404 for any other file, 410 for one that was removed for good."""
    if not HASH.fullmatch(picture):
        raise NotFound
    media_type = _media_type(picture, published=True)
    if media_type is None:
        if _media_type(picture, published=False) is None:
            raise NotFound
        return redirect(url_for("draft_picture.show", picture=picture), 302)
    body = db.session.scalar(select(Blob.body).filter_by(hash=picture))
    if body is None:
        raise Gone
    return picture_answer(body, media_type, picture, cache=FOR_EVER)


def _media_type(picture: str, *, published: bool) -> str | None:
    # Without the bytes: the same picture stands in every revision that there has been of a course.
    named = select(RevisionFile.path).filter_by(blob_hash=picture).distinct()
    if published:
        named = named.join(Publication, Publication.revision_id == RevisionFile.revision_id)
    paths = db.session.scalars(named.filter(RevisionFile.path.like("content/%/images/%")))
    return next((MEDIA_TYPES[ending(path)] for path in paths if ending(path) in MEDIA_TYPES), None)
