"""Changing an entry of My CPD: all of it where it was done elsewhere, else what is the learner's to say."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.kernel.db import writing
from app.learning.cpd import Entry
from app.learning.cpd_activities import change_activity
from app.learning.cpd_notes import save_note
from app.learning.record import entry_of
from app.web.learner.cpd_course import own_words
from app.web.learner.cpd_forms import ActivityForm, NoteForm, refuse_parts
from app.web.shared.context import db, now, settings, signed_in, today
from app.web.shared.forms import show_form, text_of

blueprint = Blueprint("cpd_change", __name__, template_folder="templates")


@blueprint.get("/my-cpd/entries/<code>/change")
def show(code: str) -> ResponseReturnValue:
    return _change(code)


@blueprint.post("/my-cpd/entries/<code>/change")
def change(code: str) -> ResponseReturnValue:
    """Keep it, or show what has to be put right."""
    return _change(code)


def _change(code: str) -> ResponseReturnValue:
    entry = entry_of(db.session(), signed_in().id, code, settings().time_zone, now())
    return _note(entry) if entry.course else _activity(entry)


def _activity(entry: Entry) -> ResponseReturnValue:
    form = ActivityForm(
        title=entry.title,
        provider=entry.provider,
        method=entry.method,
        on=entry.on.isoformat(),
        hours=str(entry.minutes // 60) if entry.minutes >= 60 else "",
        minutes=str(entry.minutes % 60) if entry.minutes % 60 else "",
        kind=entry.kind,
        objective=entry.objective,
        outcome=entry.outcome,
    )
    refuse_parts(form)
    if not form.validate_on_submit():
        return show_form("learner/cpd-change.html", form, entry=entry)
    who = signed_in().id
    with writing(db.session) as session:
        change_activity(session, person_id=who, code=entry.code, told=form.told(), today=today(), now=now())
    return _back_to(entry)


def _note(entry: Entry) -> ResponseReturnValue:
    form = NoteForm(kind=entry.kind, objective=entry.objective, outcome=entry.outcome)
    refuse_parts(form)
    if not form.validate_on_submit():
        return show_form("learner/cpd-note.html", form, entry=entry, words=own_words(entry))
    who = signed_in().id
    with writing(db.session) as session:
        save_note(
            session,
            person_id=who,
            code=entry.code,
            objective=text_of(form.objective),
            outcome=text_of(form.outcome),
            kind=form.kind.data,
            now=now(),
        )
    return _back_to(entry)


def _back_to(entry: Entry) -> ResponseReturnValue:
    return redirect(url_for("cpd_entry.show", code=entry.code, done="changed"), 303)
