"""One entry of My CPD: what it says, its certificate or evidence, and the plan that came of a course."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.kernel.clock import day_in_words
from app.kernel.codes import grouped
from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.learning.cpd import BECAUSE, Entry
from app.learning.cpd_activities import remove_activity
from app.learning.follow_results import follow_ups_of
from app.learning.record import NONE, entry_of
from app.web.learner.cpd_course import plans
from app.web.learner.cpd_words import NOTES, UNCERTIFIED, shown_files, time_in_words
from app.web.learner.follow_up_lines import follow_up_lines
from app.web.learner.linked_in import linked_in
from app.web.shared.context import db, now, settings, signed_in
from app.web.shared.forms import Button, show_form

blueprint = Blueprint("cpd_entry", __name__, template_folder="templates")
DONE = {
    "added": "This has been added to your record. You can add files that show it.",
    "changed": "Your changes have been saved.",
    "kept": "The file has been kept.",
    "removed": "The file has been removed.",
}
UNSAID = "Nothing said yet"


@blueprint.get("/my-cpd/entries/<code>")
def show(code: str) -> ResponseReturnValue:
    """The person's own entry."""
    entry = my_entry(code)
    return render_template(
        "learner/cpd-entry.html",
        entry=entry,
        rows=_rows(entry),
        note=NOTES.get(entry.state, UNCERTIFIED if entry.course and entry.proof is None else ""),
        files=shown_files(entry),
        plans=plans(entry) if entry.course else [],
        later=follow_up_lines(follow_ups_of(db.session(), signed_in().id).get(entry.code, ())),
        linked_in=linked_in(entry.proof) if entry.proof and entry.state == "valid" else "",
        done=DONE.get(request.args.get("done", ""), ""),
    )


@blueprint.get("/my-cpd/entries/<code>/removal")
def ask(code: str) -> ResponseReturnValue:
    """Ask once before an entry goes."""
    return show_form("learner/cpd-removal.html", Button(), entry=my_activity_entry(code))


@blueprint.post("/my-cpd/entries/<code>/removal")
def remove(code: str) -> ResponseReturnValue:
    """Take an entry out of the record, with its files."""
    with writing(db.session) as session:
        remove_activity(session, person_id=signed_in().id, code=code)
    return redirect(url_for("record.show", done="removed"), 303)


def my_entry(code: str) -> Entry:
    """The signed-in person's own entry. Raises NotFound."""
    return entry_of(db.session(), signed_in().id, code, settings().time_zone, now())


def my_activity_entry(code: str) -> Entry:
    """The same, of what was done elsewhere: a completion is nobody's to remove. Raises NotFound."""
    entry = my_entry(code)
    if entry.course:
        raise NotFound(NONE)
    return entry


def _rows(entry: Entry) -> list[tuple[str, str]]:
    kind = entry.kind.capitalize()
    suggested = f"{kind}, as we suggest. {BECAUSE} You decide."
    rows = [
        ("Date", day_in_words(entry.on)),
        ("Time", time_in_words(entry.minutes)),
        ("Method", entry.method.capitalize()),
        ("Type", kind if entry.decided else suggested),
        ("Objective", entry.objective or UNSAID),
        ("Outcome", entry.outcome or UNSAID),
    ]
    if entry.provider:
        rows.append(("Offered by", entry.provider))
    if entry.edition:
        rows.append(("Edition", str(entry.edition)))
    if entry.proof:
        rows.append(("Certificate", grouped(entry.proof.code)))
    return rows
