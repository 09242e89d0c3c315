"""A picture as an answer: opened by itself, it is a picture and nothing else."""

from flask import Response, request


def picture_answer(body: bytes, media_type: str, picture: str, *, cache: str) -> Response:
    """The bytes under their hash, with the rule for caches. Nothing in them runs, and nothing is guessed."""
    response = Response(body, mimetype=media_type)
    response.headers["Cache-Control"] = cache
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(picture)
    response.make_conditional(request)
    return response
