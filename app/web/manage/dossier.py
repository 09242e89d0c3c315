"""One certificate: every fact, how it stands, all that happened to it, and the letters about it."""

from collections.abc import Mapping

from flask import Blueprint, render_template, url_for

from app.certification.revoking import REASONS, REASONS_TO_REINSTATE
from app.certification.wording import on_screen
from app.kernel.codes import grouped
from app.learning.certificate_history import Event, Sent, history_of
from app.learning.certificate_list import certificate_at
from app.people.names import names_of
from app.web.manage.told import STATES, moment_of
from app.web.shared.context import db, today

blueprint = Blueprint("dossier", __name__, template_folder="templates")

SAID = {
    "awarded": "Awarded",
    "replaced": "Replaced by a new issue, {code}",
    "withdrawn": "Withdrawn. {reason}",
    "reinstated": "Reinstated. {reason}",
    "name asked": "Another name asked for: {words}",
    "name kept": "The name was kept. The holder read: {words}",
    "renewed": "Renewed by a certificate of its own, {code}",
}


@blueprint.get("/manage/certificates/<code>")
def show(code: str) -> str:
    """The certificate as it stands, and what can be done with it."""
    this = certificate_at(db.session(), code, today())
    history = history_of(db.session(), this.code)
    names = names_of(db.session(), [event.by_id for event in history.events])
    sheet = on_screen(this.facts, named=True)
    return render_template(
        "manage/dossier.html",
        code=this.code,
        name=sheet.name or "A holder who has been erased",
        state=this.state,
        erased=not sheet.name,
        state_words=STATES[this.state],
        facts=[
            ("Account", this.account or "None any more"),
            ("Issue", str(this.issue)),
            ("Course", sheet.course),
            ("Result", f"Completed {sheet.statement}"),
            ("CPD time", f"{sheet.time} {sheet.time_note}"),
            *sheet.rows,
        ],
        events=[(moment_of(event.at), _event(event, names)) for event in history.events],
        letters=[_letter(letter) for letter in history.letters],
        newest=url_for("dossier.show", code=history.newest_code),
        is_newest=history.newest_code == this.code,
        asked=history.name_asked,
    )


def _event(event: Event, names: Mapping[int | None, str]) -> str:
    reason = (REASONS if event.kind == "withdrawn" else REASONS_TO_REINSTATE).get(event.reason, "")
    said = SAID[event.kind].format(code=grouped(event.code), reason=reason, words=event.words).strip()
    by = f" By {names[event.by_id]}." if event.by_id is not None else ""
    note = f" Note: {event.words}" if event.words and event.kind in {"withdrawn", "reinstated"} else ""
    return f"{said}{'' if said.endswith('.') else '.'}{by}{note}"


def _letter(letter: Sent) -> tuple[str, str]:
    sent = "waits to be sent" if letter.waits else "could not be delivered"
    if letter.sent_at:
        sent = f"sent {moment_of(letter.sent_at)}"
    return letter.subject, f"To {letter.recipient}, {sent}."
