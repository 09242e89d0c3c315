"""Replacing a certificate: another name, or what a corrected course says. First what changes is shown."""

import re
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest
from wtforms import BooleanField, Form, StringField

from app.certification.changes import Change, changes
from app.certification.facts import Facts
from app.certification.names import printed_name_problem
from app.certification.reissuing import check_can_be_replaced
from app.kernel.db import writing
from app.kernel.errors import Conflict, NotFound
from app.learning.certificate_history import history_of
from app.learning.certificate_list import Listed, certificate_at
from app.learning.replacing import Wanted, as_wanted, replace_certificate
from app.library.editions import newest_revision_of
from app.library.model import CompiledCourse
from app.web.manage.told import one_line
from app.web.shared.context import db, now, settings, shelf, signed_in, today
from app.web.shared.forms import said_by

blueprint = Blueprint("replacement", __name__, template_folder="templates")

_REVISION = re.compile(r"[0-9]{0,9}")
NOTHING = "Nothing would change. Type another name, or take over what was corrected in the course."


def _name_problem(typed: str) -> str | None:
    return printed_name_problem(typed) if typed else None


class Look(Form):
    """What the new certificate is to say. It stands in the address, and changes nothing."""

    printed_name = StringField("Name to print", filters=[one_line], validators=[said_by(_name_problem)])
    course = BooleanField("Take over what was corrected in the course")
    law = BooleanField("Print the course's new day of the law too, since the older one was wrong")


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """A later revision of the certificate's edition, and what of it a new certificate would say."""

    compiled: CompiledCourse
    changes: tuple[Change, ...]
    law: bool


@blueprint.get("/manage/certificates/<code>/replacement")
def show(code: str) -> ResponseReturnValue:
    """The form; and once it was sent, exactly what would change, with the button that does it."""
    this = _replaceable(code)
    found = _corrections(this.facts)
    asked = history_of(db.session(), this.code).name_asked
    sent = "printed_name" in request.args
    form = Look(request.args if sent else None, printed_name=asked)
    wanted, differing = Wanted(), tuple[Change, ...]()
    if sent and form.validate():
        wanted = _wanted(form.printed_name.data or "", form.course.data, form.law.data, found)
        differing = changes(this.facts, as_wanted(this.facts, wanted))
        if not differing:
            form.printed_name.errors = [NOTHING]
    page = render_template(
        "manage/replacement.html",
        form=form,
        has_errors=bool(form.errors),
        this=this,
        asked=asked,
        corrections=found,
        wanted=wanted,
        revision=str(wanted.course.revision_id) if wanted.course else "",
        changes=differing,
    )
    return page, 422 if form.errors else 200


@blueprint.post("/manage/certificates/<code>/replacement")
def save(code: str) -> ResponseReturnValue:
    """Issue it anew, as was shown; or say that the course has moved on meanwhile."""
    this = _replaceable(code)
    name, revision, law = (_sent(each) for each in ("printed_name", "revision", "law"))
    if not _REVISION.fullmatch(revision) or law not in {"", "y"}:
        raise BadRequest
    found = _corrections(this.facts) if revision else None
    if revision and (found is None or str(found.compiled.revision_id) != revision):
        raise Conflict("The course has been corrected again since. Look at what would change now.")
    wanted = _wanted(name, bool(revision), law == "y", found)
    by_id = signed_in().id
    with writing(db.session) as session:
        new = replace_certificate(
            session,
            this.code,
            wanted,
            base_url=settings().base_url,
            loopback=settings().loopback,
            by_id=by_id,
            now=now(),
        )
    return redirect(url_for("dossier.show", code=new), 303)


def _sent(name: str) -> str:
    """A hidden field of the form that shows what changes. A form of ours always has it."""
    given = request.form.getlist(name)
    if len(given) != 1:
        raise BadRequest
    return given[0]


def _replaceable(code: str) -> Listed:
    this = certificate_at(db.session(), code, today())
    check_can_be_replaced(db.session(), this.id, this.facts)
    return this


def _wanted(name: str, course: bool, law: bool, found: Corrections | None) -> Wanted:
    return Wanted(printed_name=name, course=found.compiled if found and course else None, law_too=law)


def _corrections(facts: Facts) -> Corrections | None:
    """What the edition says otherwise by now, or None."""
    revision_id = newest_revision_of(db.session(), facts.course, facts.edition)
    if revision_id is None or revision_id == facts.revision_id:
        return None
    try:
        compiled = shelf().at(db.session(), revision_id)
    except NotFound:
        return None
    differing = changes(facts, as_wanted(facts, Wanted(course=compiled)))
    law = compiled.course.law_as_at != facts.law_as_at
    return Corrections(compiled=compiled, changes=differing, law=law) if differing or law else None
