"""A certificate as its holder sees it: the sheet, the PDF, and whether checkers may see the name."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from app.certification.holding import held, show_name, stored_pdf
from app.certification.wording import on_screen
from app.kernel.db import writing
from app.web.learner.follow_up_choice import offer_of
from app.web.learner.linked_in import linked_in
from app.web.shared.certificate_news import news_of
from app.web.shared.context import db, signed_in

blueprint = Blueprint("certificate", __name__, template_folder="templates")
CHOICES = {"yes": True, "no": False}


@blueprint.get("/certificates/<code>")
def show(code: str) -> ResponseReturnValue:
    """The certificate. While its PDF is being made the page says so."""
    mine = held(db.session(), person_id=signed_in().id, code=code)
    return render_template(
        "learner/certificate.html",
        mine=mine,
        sheet=on_screen(mine.facts, named=True),
        news=news_of(mine, signed_in()),
        offer=None if mine.withdrawn else offer_of(mine.facts.course, mine.facts.edition),
        linked_in="" if mine.withdrawn else linked_in(mine.facts),
    )


@blueprint.get("/certificates/<code>.pdf")
def download(code: str) -> ResponseReturnValue:
    """The stored bytes, the same for ever."""
    mine = held(db.session(), person_id=signed_in().id, code=code)
    pdf = stored_pdf(db.session(), code=mine.code)
    if pdf is None:
        return redirect(url_for("certificate.show", code=mine.code), 303)
    response = Response(pdf.body, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{pdf.file_name}"'
    return response


@blueprint.post("/certificates/<code>/name")
def name(code: str) -> ResponseReturnValue:
    """Show the name on the check page, or hide it."""
    chosen = request.form.get("shown", "")
    if chosen not in CHOICES:
        raise BadRequest
    with writing(db.session) as written:
        show_name(written, person_id=signed_in().id, code=code, shown=CHOICES[chosen])
    return redirect(url_for("certificate.show", code=code, _anchor="name"), 303)
