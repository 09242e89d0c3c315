"""Checking a certificate: anyone with its code hears what it is, and whose only if the holder allows that.

Nothing here is kept: no cookie, no row, no log of a name that was typed. The form that asks about a name
stands on a page that caches may share, so it carries no token; it changes nothing that one could protect.
"""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField
from wtforms.validators import StopValidation

from app.certification.verification import Verdict, verdict
from app.certification.wording import NOTE, on_screen
from app.kernel.clock import day_in_words, local_day
from app.kernel.codes import grouped, read_code
from app.web.shared.context import db, settings

blueprint = Blueprint("check", __name__, template_folder="templates")
SHARED = "public, max-age=60"
LONGEST_TYPED = 200  # characters; a printed name has 60 at most, a code with its spaces 32


def _visible(typed: str | None) -> str:
    """What was typed, at a sensible length, without control characters: no page may hold those."""
    return "".join(
        character if character.isprintable() else " " for character in (typed or "")[:LONGEST_TYPED]
    )


class CodeForm(Form):
    code = StringField("The code on the certificate", filters=[_visible])

    def validate_code(self, field: StringField) -> None:
        """Refuse what cannot be a code, so that a slip of the finger is told from a forgery."""
        if not (field.data or "").strip():
            raise StopValidation("Enter the code that is printed on the certificate.")
        if read_code(field.data or "") is None:
            raise StopValidation("This is not a certificate's code. A code has 26 letters and figures.")


class NameForm(Form):
    name = StringField("Name on the certificate", filters=[_visible])

    def validate_name(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise StopValidation("Enter the name that is printed on the certificate.")


@blueprint.get("/check")
def ask() -> ResponseReturnValue:
    """The form. A code in the address leads on to its own page."""
    form = CodeForm(request.args)
    asked = "code" in request.args
    if asked and form.validate():
        return redirect(url_for("check.show", code=read_code(form.code.data or "")), 303)
    page = render_template("public/check.html", form=form, has_errors=bool(form.errors))
    return _for_anyone(page, 422 if form.errors else 200)


@blueprint.get("/check/<code>")
def show(code: str) -> ResponseReturnValue:
    """What the certificate with this code is."""
    found = verdict(db.session(), code)
    if found.code is not None and found.code != code:
        return redirect(url_for("check.show", code=found.code), 303)
    return _for_anyone(_page(found, NameForm()), 404 if found.facts is None else 200)


@blueprint.post("/check/<code>")
def match(code: str) -> ResponseReturnValue:
    """Whether a name is the one printed. The same page, with the answer."""
    found = verdict(db.session(), code)
    form = NameForm(request.form)
    if found.facts is None or not form.validate():
        return _page(found, form), 404 if found.facts is None else 422
    matches = found.name_matches(form.name.data or "")
    return _page(found, form, "match" if matches else "no match"), 200


def _page(found: Verdict, form: NameForm, answer: str = "") -> str:
    withdrawn_at = found.withdrawn_at and local_day(found.withdrawn_at, settings().time_zone)
    return render_template(
        "public/check_verdict.html",
        state=found.state,
        code=grouped(found.code) if found.code else "",
        rows=_rows(found),
        note=NOTE,
        asks_for_name=found.facts is not None and not found.name_shown,
        withdrawn_on=day_in_words(withdrawn_at) if withdrawn_at else "",
        reason=found.reason,
        form=form,
        answer=answer,
        has_errors=bool(form.errors),
    )


def _rows(found: Verdict) -> list[tuple[str, str]]:
    """Every printed fact, so that a changed document can be told; the name only where it may be shown."""
    if found.facts is None:
        return []
    sheet = on_screen(found.facts)
    name = [("Name", sheet.name)] if found.name_shown else []
    return [
        *name,
        ("Course", sheet.course),
        ("Result", f"Completed {sheet.statement}"),
        ("CPD time", f"{sheet.time} {sheet.time_note}"),
        *sheet.rows,
    ]


def _for_anyone(page: str, status: int) -> Response:
    """The page, kept from search engines; shared by caches for a minute where the request had no cookie."""
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Vary"] = "Cookie"
    if status == 200 and not request.cookies:
        response.headers["Cache-Control"] = SHARED
    return response
