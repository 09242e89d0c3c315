"""A design's desk: how it stands, what is to be mended, specimens of it, and the way to every part of it."""

from flask import Blueprint, render_template, request

from app.kernel.authored import decode
from app.library.design_files import courses_using, design_file
from app.library.health import Health, drafts_of, health_of
from app.people.names import names_of
from app.web.shared.context import db
from app.web.studio.design_specimens import saved_specimens
from app.web.studio.design_told import called, fields_in, to_mend
from app.web.studio.told import desk_of, draft_in_words, live_in_words, used_in_words

blueprint = Blueprint("design_desk", __name__, template_folder="templates")

DONE = {
    "published": "This design is live. The next certificates use it; those that were made stay as they are.",
    "out": "The field has been taken out of the draft. The history has it.",
}
FieldRow = tuple[str, str, str, list[tuple[str, str]]]


@blueprint.get("/studio/designs/<slug>")
def show(slug: str) -> str:
    """The draft of one design, and everything that can be done to it."""
    session = db.session()
    found = health_of(session, ("design", slug))
    names = names_of(session, [found.saved_by_id])
    stands = (live_in_words(found.key, found.draft.live), draft_in_words(found, names), used_by(slug))
    return render_template(
        "studio/design-desk.html",
        health=found,
        desk=desk_of(found.key),
        stands=[each for each in stands if each],
        errors=to_mend(found.draft.files, slug, found.errors),
        warnings=to_mend(found.draft.files, slug, found.warnings),
        fields=_fields(found, slug),
        specimens=saved_specimens(found.draft),
        done=DONE.get(request.args.get("done", ""), ""),
    )


def used_by(slug: str) -> str:
    """Which courses use a design, in a sentence."""
    return used_in_words(courses_using(drafts_of(db.session(), "course")).get(slug, ()))


def _fields(found: Health, slug: str) -> list[FieldRow]:
    path = design_file(slug)
    text, _ = decode(path, found.draft.files.get(path, b""))
    desk = desk_of(found.key)
    return [
        (called(field), f"{desk}/fields/{number}", "", [])
        for number, field in enumerate(fields_in(text or ""), 1)
    ]
