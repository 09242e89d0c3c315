"""Specimens of a design's draft: certificates as they would be, as pictures and PDFs. For editors alone.

What has not been saved is drawn into the page itself, so that nothing of it is kept anywhere.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, url_for

from app.certification.design import Design, read_design
from app.certification.document import draw
from app.certification.facts import Facts
from app.certification.rendering import render_page
from app.certification.trying import specimens, words_on
from app.kernel.errors import NotFound
from app.library.drafting import Draft
from app.library.revisions import save_at
from app.library.storing import files_at
from app.web.shared.context import db
from app.web.shared.picture_answer import picture_answer
from app.web.shared.sessions import part_of_a_page

blueprint = Blueprint("design_specimens", __name__)

A4 = (794, 1123)
CANNOT = "This version cannot be drawn."


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """One person's certificate. `source` and `document` are addresses; `saved`: of what has been saved."""

    name: str
    alt: str
    source: str
    document: str
    saved: bool
    width: int = A4[0]
    height: int = A4[1]


def people_in(files: Mapping[str, bytes]) -> list[str]:
    """The names of those with whom a design is tried."""
    return [facts.printed_name for facts in specimens(files)]


def saved_specimens(draft: Draft) -> list[Specimen]:
    """A specimen for everybody in the sample; none where the draft cannot be drawn."""
    design, _ = read_design(draft.files)
    if design is None:
        return []
    return [
        Specimen(
            name=facts.printed_name,
            alt=_alt(design, facts),
            source=_address("picture", draft, number),
            document=_address("document", draft, number),
            saved=True,
        )
        for number, facts in enumerate(specimens(draft.files))
    ]


def typed_specimen(files: Mapping[str, bytes], number: int) -> Specimen | None:
    """A specimen of files that have not been saved; None where they cannot be drawn."""
    design, _ = read_design(files)
    if design is None:
        return None
    people = specimens(files)
    facts = people[number] if 0 <= number < len(people) else people[0]
    document = draw(facts, design)
    picture, width, height = render_page(document)
    return Specimen(
        name=facts.printed_name,
        alt=_alt(design, facts),
        source=_within("image/png", picture),
        document=_within("application/pdf", document),
        saved=False,
        width=width,
        height=height,
    )


@blueprint.get("/studio/designs/<slug>/specimens/<int:revision>/<int:number>/picture")
def picture(slug: str, revision: int, number: int) -> Response:
    """A specimen's page as a PNG."""
    part_of_a_page()
    body, _, _ = render_page(_document(slug, revision, number))
    return picture_answer(body, "image/png", f"{slug}-{revision}-{number}", cache="private, no-store")


@blueprint.get("/studio/designs/<slug>/specimens/<int:revision>/<int:number>.pdf")
def document(slug: str, revision: int, number: int) -> Response:
    """A specimen as it would be kept, but for its signature."""
    response = Response(_document(slug, revision, number), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="specimen-{slug}.pdf"'
    return response


def _document(slug: str, revision: int, number: int) -> bytes:
    session, key = db.session(), ("design", slug)
    save_at(session, key, revision)
    files, _ = files_at(session, revision)
    design, _ = read_design(files)
    people = specimens(files)
    if design is None or number >= len(people):
        raise NotFound(CANNOT)
    session.rollback()  # nothing is held while it is drawn
    return draw(people[number], design)


def _alt(design: Design, facts: Facts) -> str:
    """What is on the page, in reading order, for those who cannot see the picture."""
    return " ".join(
        [f"A specimen for {facts.printed_name}. On it:", *_sentences(words_on(design.sheet, facts))]
    )


def _sentences(said: list[str]) -> list[str]:
    return [words if words.endswith((".", "!", "?")) else f"{words}." for words in said]


def _address(what: str, draft: Draft, number: int) -> str:
    return url_for(f"design_specimens.{what}", slug=draft.key[1], revision=draft.revision_id, number=number)


def _within(media_type: str, body: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(body).decode()}"
