"""Forms that bring a file: how much each may send. All others stay below the limit of the whole site."""

from flask import Flask, request

from app.library.unzipping import LARGEST_ZIP

PHOTOGRAPH = 12_000_000  # bytes: more than a camera makes, so that what is too large is refused by name
CHECKED = 6_000_000  # bytes: three times what a PDF of ours may have, so that most are refused by name
ROOM_FOR_THE_FORM = 10_000  # bytes around the file itself
EVIDENCE = 20_000_000  # bytes: so that a photograph which is too large is refused by name
LARGEST = {  # endpoint -> bytes
    "importing.take_in": LARGEST_ZIP + ROOM_FOR_THE_FORM,
    "pictures.upload": PHOTOGRAPH,
    "picture.replace": PHOTOGRAPH,
    "check.drop": CHECKED,
    "design_pictures.upload": PHOTOGRAPH,
    "cpd_evidence.add": EVIDENCE,
}


def register_large_requests(app: Flask) -> None:
    """Called after the access guard: only who may send a form may send much of it."""

    @app.before_request
    def allow() -> None:
        if largest := LARGEST.get(request.endpoint or ""):
            request.max_content_length = largest
