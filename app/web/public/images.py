"""Pictures of courses, each under the hash of its bytes: an address that can be kept for ever."""

import re

from flask import Blueprint, Response, request
from sqlalchemy import select
from werkzeug.exceptions import Gone, NotFound

from app.library.pictures import MEDIA_TYPES, ending
from app.library.tables import Blob, RevisionFile
from app.web.shared.context import db

blueprint = Blueprint("images", __name__)

HASH = re.compile(r"[0-9a-f]{64}")


@blueprint.get("/images/<picture>")
def show(picture: str) -> Response:
    """A picture of some revision. 404 for any other file, 410 for one that was removed for good."""
    if not HASH.fullmatch(picture):
        raise NotFound
    media_type = _media_type(picture)
    if media_type is None:
        raise NotFound
    body = db.session.scalar(select(Blob.body).filter_by(hash=picture))
    if body is None:
        raise Gone
    return _picture(body, media_type, picture)


def _media_type(picture: str) -> str | None:
    # Without the bytes: the same picture stands in every revision that there has been of a course.
    named = select(RevisionFile.path).filter_by(blob_hash=picture).distinct()
    paths = db.session.scalars(named.filter(RevisionFile.path.like("content/%/images/%")))
    return next((MEDIA_TYPES[ending(path)] for path in paths if ending(path) in MEDIA_TYPES), None)


def _picture(body: bytes, media_type: str, picture: str) -> Response:
    response = Response(body, mimetype=media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    # Whatever the bytes are, opened by themselves they are a picture and nothing else.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.set_etag(picture)
    response.make_conditional(request)
    return response
