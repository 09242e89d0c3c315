"""Publishing a draft: what it changes, what it does to people on the way, and who has to do it."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from app.assessment.wording import in_words
from app.kernel.db import writing
from app.kernel.errors import Conflict
from app.learning.in_flight import InFlight, in_flight
from app.library.course_files import test_file
from app.library.differing import Version
from app.library.health import title_of
from app.library.publishing_drafts import MOVED_ON, Outlook, ask_for_second_person, outlook, publish_draft
from app.library.revisions import version
from app.people.names import names_of
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Form, show_form
from app.web.studio.answer_keys import keys_open
from app.web.studio.changes import rows
from app.web.studio.numbers import number_in
from app.web.studio.told import by_file, desk_path

blueprint = Blueprint("publication", __name__, template_folder="templates")

MINOR, RELEARN = "minor", "relearn"


class Publishing(Form):
    """Which version was looked at, and as what it goes live."""

    revision = HiddenField()
    kind = RadioField(
        "What kind of change is it?",
        choices={MINOR: "A small change", RELEARN: "To be learnt again"},
        validators=[InputRequired("Choose what kind of change it is.")],
    )


@blueprint.get("/studio/courses/<slug>/publication")
def show(slug: str) -> ResponseReturnValue:
    """What publishing would come to, said before it is done."""
    seen = outlook(db.session(), ("course", slug))
    kind = RELEARN if seen.asked and seen.asked.relearn else MINOR
    return _page(seen, Publishing(revision=str(seen.draft.revision_id), kind=kind))


@blueprint.post("/studio/courses/<slug>/publication")
def publish(slug: str) -> ResponseReturnValue:
    """Make the draft live."""
    key, form = ("course", slug), Publishing()
    seen = outlook(db.session(), key)
    if not form.validate():
        return _page(seen, form)
    revision_id, relearn, by_id = _looked_at(form), form.kind.data == RELEARN, signed_in().id
    # Compiled before the write begins, so that nobody waits for it.
    outlook(db.session(), key, relearn=relearn)
    with writing(db.session) as session:
        publish_draft(session, key, revision_id=revision_id, relearn=relearn, by_id=by_id, now=now())
    return redirect(url_for("publication.done", slug=slug), 303)


@blueprint.post("/studio/courses/<slug>/publication/request")
def ask(slug: str) -> ResponseReturnValue:
    """Ask a second person to look through the draft and publish it."""
    key, form = ("course", slug), Publishing()
    seen = outlook(db.session(), key)
    if not form.validate():
        return _page(seen, form)
    revision_id, relearn, by_id = _looked_at(form), form.kind.data == RELEARN, signed_in().id
    with writing(db.session) as session:
        ask_for_second_person(session, key, revision_id=revision_id, relearn=relearn, by_id=by_id, now=now())
    return redirect(url_for("desk.show", slug=slug), 303)


@blueprint.get("/studio/courses/<slug>/publication/done")
def done(slug: str) -> ResponseReturnValue:
    """That it is live, and where."""
    seen = outlook(db.session(), ("course", slug))
    if seen.draft.live is None:
        return redirect(url_for("publication.show", slug=slug), 303)
    return show_form(
        "studio/published.html",
        Form(),
        title=title_of(seen.draft.key, seen.draft.files),
        slug=slug,
        edition=seen.edition,
        differs=seen.draft.differs,
        desk=desk_path(slug),
    )


def _looked_at(form: Publishing) -> int:
    """The revision that the page was made from. Raises Conflict for what is no number."""
    number = number_in(form.revision.data or "")
    if number is None:
        raise Conflict(MOVED_ON)
    return number


def _page(seen: Outlook, form: Publishing) -> ResponseReturnValue:
    key, session = seen.draft.key, db.session()
    asked_by = names_of(session, [seen.asked.asked_by_id])[seen.asked.asked_by_id] if seen.asked else ""
    live, hidden = seen.draft.live, "" if keys_open(key[1]) else test_file(key[1])
    people = in_flight(session, key[1], seen.edition)
    return show_form(
        "studio/publication.html",
        form,
        seen=seen,
        title=title_of(key, seen.draft.files),
        desk=desk_path(key[1]),
        asked_by=asked_by,
        changes=rows(
            _without(hidden, version(session, live.revision_id if live else None)),
            _without(hidden, version(session, seen.draft.revision_id)),
        ),
        test_hidden=any(each.path == hidden for each in seen.differences),
        may_publish=seen.may_publish(signed_in().id),
        problems=by_file(seen.problems, key[1]),
        minor=_as_minor(people),
        relearn=_as_relearn(people, seen),
    )


def _without(hidden: str, files: Version) -> Version:
    return {path: body for path, body in files.items() if path != hidden}


def _as_minor(people: InFlight) -> list[str]:
    """What a small change does to each who is on the way."""
    return [
        f"{_people(people.reading, 'is', 'are')} reading. They see the new version from their next page on, "
        "and what they marked done stays done.",
        f"{_people(people.testing, 'has', 'have')} the test open. A round that has begun is finished with "
        "its own questions; the next round may bring the new ones.",
        f"{_people(people.completed, 'has', 'have')} completed this edition. Their certificates stay as they "
        "are, and nobody is asked to do anything again.",
    ]


def _as_relearn(people: InFlight, seen: Outlook) -> list[str]:
    """What an edition to be learnt again does to each who is on the way."""
    old, new = seen.edition, seen.relearn_edition
    return [
        f"{_people(people.reading, 'is', 'are')} reading. They go on in edition {new}, and what they marked "
        "done stays done.",
        f"{_people(people.testing, 'has', 'have')} the test open. They finish the test of edition {old} "
        "undisturbed and get its certificate.",
        f"{_people(people.completed, 'has', 'have')} completed edition {old}. They keep their certificates, "
        f"and are offered edition {new} as something to learn again.",
    ]


def _people(count: int, one: str, several: str) -> str:
    """'Nobody is', 'One person is', 'Three people are': with the verb that follows."""
    if not count:
        return f"Nobody {one}"
    counted = in_words(count)
    return f"One person {one}" if count == 1 else f"{counted[:1].upper()}{counted[1:]} people {several}"
