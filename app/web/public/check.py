"""Checking a certificate: anyone with its code or its PDF hears what it is, and whose if the holder allows.

Nothing here is kept: no cookie, no row, no file, no log of a name that was typed. The forms stand on pages
that caches may share, so they carry no token; they change nothing that one could protect.
"""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.certification.dropped import Dropped, examine, looks_like_pdf
from app.certification.verification import Verdict, verdict
from app.certification.wording import NOTE
from app.kernel.codes import read_code
from app.web.public.check_forms import CodeForm, NameForm, PdfForm
from app.web.public.check_shown import HEADINGS, as_json, rows, sentences
from app.web.shared.context import db, today
from app.web.shared.limits import checks_limited, names_limited

blueprint = Blueprint("check", __name__, template_folder="templates")
SHARED = "public, max-age=60"
NO_PDF = "This is not a PDF. A certificate's file ends in .pdf, and a photograph or a scan cannot be checked."


@blueprint.get("/check")
def ask() -> ResponseReturnValue:
    """The two ways to ask. A code in the address leads on to its own page."""
    form = CodeForm(request.args)
    if "code" in request.args and form.validate():
        return redirect(url_for("check.show", code=read_code(form.code.data or "")), 303)
    return _ask(form, PdfForm())


@blueprint.get("/check/<code>")
def show(code: str) -> ResponseReturnValue:
    """What the certificate with this code is."""
    found = _verdict(code)
    if found.code is not None and found.code != code:
        return redirect(url_for("check.show", code=found.code), 303)
    return _told(found)


@blueprint.post("/check/<code>")
@names_limited
def match(code: str) -> ResponseReturnValue:
    """Whether a name is the one printed. The same page, with the answer."""
    found = _verdict(code)
    form = NameForm(request.form)
    if found.facts is None or found.erased or not form.validate():
        return _told(found, name_form=form)
    matches = found.name_matches(form.name.data or "")
    return _told(found, answer="match" if matches else "no match", name_matches=matches)


@blueprint.post("/check", defaults={"code": ""})
@blueprint.post("/check/<code>/pdf")
@checks_limited
def drop(code: str) -> ResponseReturnValue:
    """Whether a PDF is, byte for byte, one that we issued; with a code, asked on its certificate's page."""
    form = PdfForm(request.files)
    dropped = examine(db.session(), form.body) if form.validate() else None
    if dropped and dropped.kind == "not ours" and not looks_like_pdf(form.body):
        form.pdf.errors = [NO_PDF]
    on = _verdict(code) if code else Verdict(state="unknown")
    if dropped is None or form.errors:
        return _told(on, pdf_form=form) if on.facts else _ask(CodeForm(), form)
    return _told_of_pdf(dropped, on)


@blueprint.get("/check/<code>/pdf")
def turn_back(code: str) -> ResponseReturnValue:
    """The answer about a PDF is not kept: its address leads back to the certificate."""
    return redirect(url_for("check.show", code=code), 303)


@blueprint.after_request
def for_anyone(response: Response) -> Response:
    """Kept from search engines; shared by caches for a minute where the request had no cookie."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Vary"] = "Accept, Cookie"
    if request.method in {"GET", "HEAD"} and response.status_code == 200 and not request.cookies:
        response.headers["Cache-Control"] = SHARED
    return response


def _verdict(code: str) -> Verdict:
    return verdict(db.session(), code, today=today())


def _ask(form: CodeForm, pdf_form: PdfForm) -> ResponseReturnValue:
    wrong = form.errors or pdf_form.errors
    if _wants_json() and wrong:
        return jsonify(errors=wrong), 422
    page = render_template("public/check.html", form=form, pdf_form=pdf_form, has_errors=bool(wrong))
    return page, 422 if wrong else 200


def _told(
    found: Verdict,
    *,
    name_form: NameForm | None = None,
    pdf_form: PdfForm | None = None,
    answer: str = "",
    **more: Any,
) -> ResponseReturnValue:
    """A certificate's page, or the same as JSON: 404 where there is none, 422 where a form is wrong."""
    name_form, pdf_form = name_form or NameForm(), pdf_form or PdfForm()
    wrong = name_form.errors or pdf_form.errors
    status = 404 if found.facts is None else 422 if wrong else 200
    if _wants_json():
        return jsonify(as_json(found) | more | ({"errors": wrong} if wrong else {})), status
    forms = {"name_form": name_form, "pdf_form": pdf_form, "has_errors": bool(wrong)}
    return render_template("public/check_verdict.html", answer=answer, **forms, **_shown(found)), status


def _told_of_pdf(dropped: Dropped, on: Verdict) -> ResponseReturnValue:
    """What a file is, with the certificate that it is or was; `on` is the one that was asked about."""
    found = _verdict(dropped.code) if dropped.code else Verdict(state="unknown")
    elsewhere = bool(on.code and found.code and on.code != found.code)
    if _wants_json():
        about = as_json(found) if found.facts else {}
        return jsonify({"pdf": dropped.kind, "of_another_certificate": elsewhere} | about)
    page = render_template(
        "public/check_pdf.html", kind=dropped.kind, elsewhere=elsewhere, asked=on.code or "", **_shown(found)
    )
    return page, 200


def _shown(found: Verdict) -> dict[str, Any]:
    return {
        "state": found.state,
        "heading": HEADINGS[found.state],
        "code": found.code or "",
        "sentences": sentences(found),
        "rows": rows(found),
        "note": NOTE,
        "name_shown": found.name_shown,
        "asks_for_name": found.facts is not None and not found.name_shown and not found.erased,
    }


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
