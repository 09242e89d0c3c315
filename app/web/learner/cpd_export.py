"""Taking the record along: text to paste, and files, of one CPD year or of all."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from app.certification.signing import sign
from app.kernel.clock import day_in_words
from app.kernel.errors import NotFound
from app.learning.cpd import Record
from app.learning.cpd_csv import as_csv
from app.learning.cpd_export import Export, export_of
from app.learning.cpd_json import as_json
from app.learning.cpd_pdf import as_pdf
from app.learning.cpd_text import as_text
from app.learning.record import my_cpd
from app.web.shared.context import db, now, running, settings, shelf, signed_in, today

blueprint = Blueprint("cpd_export", __name__, template_folder="templates")

MAKERS = {"csv": (as_csv, "text/csv"), "json": (as_json, "application/json")}
ALL = "all"


@blueprint.get("/my-cpd/export")
def show() -> ResponseReturnValue:
    """What can be had, of the year that the address names."""
    record = _record()
    chosen = request.args.get("year", ALL)
    years = [(ALL, "All years"), *((str(year.begins), year.title) for year in record.years)]
    return render_template(
        "learner/cpd-export.html",
        years=years,
        chosen=chosen,
        text=as_text(_export(record, chosen)),
        has_entries=bool(record.years),
    )


@blueprint.get("/my-cpd/export/<kind>")
def download(kind: str) -> Response:
    """One file, made now and kept nowhere."""
    if kind not in MAKERS:
        raise NotFound("There is no such export.")
    chosen = request.args.get("year", ALL)
    make, media_type = MAKERS[kind]
    return _file(make(_export(_record(), chosen)), media_type, f"{chosen}.{kind}")


@blueprint.post("/my-cpd/export/pdf")
def make_pdf() -> Response:
    """The record drawn and signed now. A form: the first signature of a key notes its certificate."""
    chosen = request.form.get("year")
    if chosen is None:
        raise BadRequest
    session, moment = db.session(), now()
    export = _export(_record(), chosen)
    author = shelf().site(session).issuer.name
    seal = running().signing.seal(session, moment)
    session.rollback()  # nothing is left open while drawing
    reason = f"CPD record made on {day_in_words(export.made_on)}"
    body = sign(as_pdf(export, moment, author), seal, moment, reason)
    return _file(body, "application/pdf", f"{chosen}.pdf")


def _file(body: bytes, media_type: str, ending: str) -> Response:
    response = Response(body, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"cpd-record-{ending}")
    return response


def _record() -> Record:
    return my_cpd(db.session(), signed_in().id, settings().time_zone, now())


def _export(record: Record, chosen: str) -> Export:
    """The chosen year, or all. Raises NotFound for a year in which nothing was done."""
    known = {str(year.begins): year.begins for year in record.years}
    if chosen not in {ALL, *known}:
        raise NotFound("There is nothing in your record for this year.")
    return export_of(record, name=signed_in().full_name, begins=known.get(chosen), made_on=today())
