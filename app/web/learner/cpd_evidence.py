"""The files of an entry of My CPD: sending one, having it back, removing it. Served as downloads alone."""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField

from app.kernel.db import writing
from app.kernel.errors import NotFound, Refusal
from app.learning.cpd import Entry, EvidenceFile
from app.learning.evidence import MOST_FILES, NO_FILE, keep_evidence, remove_evidence, stored_evidence
from app.learning.evidence_files import ACCEPTED, LARGEST, WHAT, SentFile, read_file
from app.web.learner.cpd_entry import my_activity_entry
from app.web.learner.cpd_words import shown_files
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Button, Form, show_form

blueprint = Blueprint("cpd_evidence", __name__, template_folder="templates")


class Sending(Form):
    """The one file. Its bytes come beside the text fields."""

    file = FileField("File", render_kw={"accept": ACCEPTED})


@blueprint.get("/my-cpd/entries/<code>/evidence")
def show(code: str) -> ResponseReturnValue:
    """What there is, and a form for one more."""
    return _page(my_activity_entry(code), Sending())


@blueprint.post("/my-cpd/entries/<code>/evidence")
def add(code: str) -> ResponseReturnValue:
    """Keep the file, or say why it cannot be kept."""
    entry, form = my_activity_entry(code), Sending()
    if not form.validate_on_submit():
        return _page(entry, form)
    try:
        file = _sent()
        with writing(db.session) as session:
            keep_evidence(session, person_id=signed_in().id, code=entry.code, file=file, now=now())
    except NotFound:
        raise
    except Refusal as refused:
        form.file.errors = [str(refused)]
        return _page(entry, form)
    return redirect(url_for("cpd_entry.show", code=entry.code, done="kept"), 303)


@blueprint.get("/my-cpd/entries/<code>/evidence/<file>")
def download(code: str, file: str) -> Response:
    """The bytes as they were sent, to be saved and never shown: nothing in them runs here."""
    stored = stored_evidence(db.session(), person_id=signed_in().id, code=code, file=file)
    response = Response(stored.body, mimetype=stored.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=stored.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.get("/my-cpd/entries/<code>/evidence/<file>/removal")
def ask(code: str, file: str) -> ResponseReturnValue:
    """Ask once before a file goes."""
    entry = my_activity_entry(code)
    return show_form("learner/cpd-evidence-removal.html", Button(), entry=entry, file=_of(entry, file))


@blueprint.post("/my-cpd/entries/<code>/evidence/<file>/removal")
def remove(code: str, file: str) -> ResponseReturnValue:
    with writing(db.session) as session:
        remove_evidence(session, person_id=signed_in().id, code=code, file=file)
    return redirect(url_for("cpd_entry.show", code=code, done="removed"), 303)


def _sent() -> SentFile:
    """The file of this request, and no more of it than may be kept. Raises Refusal."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Refusal(WHAT)
    return read_file(sent.filename, sent.stream.read(LARGEST + 1))


def _of(entry: Entry, file: str) -> EvidenceFile:
    found = next((each for each in entry.evidence if each.code == file), None)
    if found is None:
        raise NotFound(NO_FILE)
    return found


def _page(entry: Entry, form: Sending) -> ResponseReturnValue:
    files = shown_files(entry)
    return show_form(
        "learner/cpd-evidence.html", form, entry=entry, files=files, full=len(files) >= MOST_FILES
    )
