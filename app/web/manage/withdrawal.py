"""Withdrawing a certificate, and undoing that: each with a reason, a note kept inside, and a letter."""

from collections.abc import Callable, Mapping

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from app.certification.revoking import NOT_WITHDRAWN, REASONS, REASONS_TO_REINSTATE, WITHDRAWN_ALREADY
from app.kernel.db import writing
from app.kernel.errors import Conflict
from app.learning.certificate_list import Listed, certificate_at
from app.learning.withdrawing import (
    LONGEST_NOTE,
    TOLD_OF_REINSTATEMENT,
    TOLD_OF_WITHDRAWAL,
    put_back,
    withdraw,
)
from app.web.manage.told import words_field
from app.web.shared.context import db, now, settings, signed_in, today
from app.web.shared.forms import Form, said_by, show_form, text_of

blueprint = Blueprint("withdrawal", __name__, template_folder="templates")


def _reasons(label: str, reasons: Mapping[str, str]) -> RadioField:
    def problem(chosen: str) -> str | None:
        return None if chosen in reasons else "Choose a reason."

    return RadioField(label, choices=dict(reasons), validate_choice=False, validators=[said_by(problem)])


class Withdrawal(Form):
    reason = _reasons("Why is it withdrawn?", REASONS)
    note = words_field("Note", "Say what happened, for whoever looks at this later.", LONGEST_NOTE)


class Reinstatement(Form):
    reason = _reasons("Why does it hold again?", REASONS_TO_REINSTATE)
    note = words_field("Note", "Say what happened, for whoever looks at this later.", LONGEST_NOTE)


@blueprint.get("/manage/certificates/<code>/withdrawal")
def show(code: str) -> ResponseReturnValue:
    """What withdrawing does, and its form."""
    return _page(_at(code), Withdrawal(), TOLD_OF_WITHDRAWAL)


@blueprint.post("/manage/certificates/<code>/withdrawal")
def save(code: str) -> ResponseReturnValue:
    """Withdraw it, and write to its holder."""
    return _change(code, Withdrawal(), TOLD_OF_WITHDRAWAL, withdraw)


@blueprint.get("/manage/certificates/<code>/reinstatement")
def ask(code: str) -> ResponseReturnValue:
    """What reinstating does, and its form."""
    return _page(_at(code), Reinstatement(), TOLD_OF_REINSTATEMENT)


@blueprint.post("/manage/certificates/<code>/reinstatement")
def reinstate(code: str) -> ResponseReturnValue:
    """Let it hold again, and write to its holder."""
    return _change(code, Reinstatement(), TOLD_OF_REINSTATEMENT, put_back)


def _change(code: str, form: Form, told: Mapping[str, str], how: Callable[..., None]) -> ResponseReturnValue:
    this = _at(code)
    if not form.validate_on_submit():
        return _page(this, form, told)
    by_id = signed_in().id
    with writing(db.session) as session:
        how(
            session,
            this.code,
            reason=form.reason.data,
            note=text_of(form.note),
            by_id=by_id,
            base_url=settings().base_url,
            now=now(),
        )
    return redirect(url_for("dossier.show", code=this.code), 303)


def _at(code: str) -> Listed:
    return certificate_at(db.session(), code, today())


def _page(this: Listed, form: Form, told: Mapping[str, str]) -> ResponseReturnValue:
    withdraws = told is TOLD_OF_WITHDRAWAL
    reasons = REASONS if withdraws else REASONS_TO_REINSTATE
    if withdraws == (this.state == "withdrawn"):
        raise Conflict(WITHDRAWN_ALREADY if withdraws else NOT_WITHDRAWN)
    return show_form(
        "manage/withdrawal.html",
        form,
        code=this.code,
        name=this.facts.printed_name,
        title=this.facts.title,
        withdraws=withdraws,
        told=[(reasons[value], told[value]) for value in reasons],
    )
