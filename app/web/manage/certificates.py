"""Every certificate, found by name, address, code or course; and the names that wait for a decision."""

from flask import Blueprint, render_template, request, url_for
from wtforms import Form, StringField

from app.certification.name_requests import all_asked
from app.kernel.clock import day_in_words
from app.learning.certificate_list import LONGEST_SOUGHT, Listed, find_certificates
from app.web.manage.told import STATES, day_of, number, one_line
from app.web.shared.context import db, today

blueprint = Blueprint("certificates", __name__, template_folder="templates")


class Search(Form):
    q = StringField("Name, e-mail address, code or course", filters=[one_line])


@blueprint.get("/manage/certificates")
def show() -> str:
    """A page of what was found, newest first."""
    form, session = Search(request.args), db.session()
    sought = (form.q.data or "")[:LONGEST_SOUGHT]
    found = find_certificates(session, sought, page=number(request.args.get("page", "1")), today=today())
    return render_template(
        "manage/certificates.html",
        form=form,
        sought=sought,
        count=found.count,
        rows=[_row(each) for each in found.certificates],
        asked=[
            (
                each.name_asked,
                url_for("name_request.show", code=each.code),
                f"instead of {each.name_now}, {each.course_title}. Asked on {day_of(each.asked_at)}.",
                [],
            )
            for each in all_asked(session)
        ],
        page=found.page,
        pages=found.pages,
        newer=_there(sought, found.page - 1) if found.page > 1 else "",
        older=_there(sought, found.page + 1) if found.page < found.pages else "",
    )


def _row(each: Listed) -> tuple[str, str, str, list[tuple[str, str]]]:
    facts = each.facts
    issue = f", issue {each.issue}" if each.issue > 1 else ""
    note = f"{facts.title}, edition {facts.edition}{issue}. Completed on {day_in_words(facts.completed_on)}."
    title = facts.printed_name or "A holder who has been erased"
    return title, url_for("dossier.show", code=each.code), f"{STATES[each.state]}. {note}", []


def _there(sought: str, page: int) -> str:
    return url_for("certificates.show", q=sought or None, page=page)
