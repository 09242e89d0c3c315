"""My CPD: everything that a person has done, by year, with how far they are towards their goal."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.learning.cpd import Record
from app.learning.follow_results import follow_ups_of
from app.learning.record import my_cpd
from app.web.learner.cpd_words import shown_goal, shown_years
from app.web.shared.certificate_news import record_news
from app.web.shared.contents import course_path
from app.web.shared.context import db, now, settings, shelf, signed_in

blueprint = Blueprint("record", __name__, template_folder="templates")
DONE = {
    "removed": "The entry has been removed from your record.",
    "goal": "Your goal has been saved.",
    "membership": "Your membership has been saved. Certificates that you have keep what they say.",
    "no-membership": "Your membership is no longer kept here. Certificates that you have keep what they say.",
}


@blueprint.get("/my-cpd")
def show() -> ResponseReturnValue:
    """The person's own record."""
    record = my_cpd(db.session(), signed_in().id, settings().time_zone, now())
    return render_template(
        "learner/record.html",
        years=shown_years(record, follow_ups_of(db.session(), signed_in().id)),
        goal=shown_goal(record),
        membership=record.membership.line if record.membership else "",
        news=_news(record),
        done=DONE.get(request.args.get("done", ""), ""),
    )


def _news(record: Record) -> list[tuple[str, str, str]]:
    """What expires, and which courses have a new edition. Without a certificate nothing is asked for."""
    if not any(entry.proof for entry in record.entries):
        return []
    courses = [each.course for each in shelf().courses(db.session())]
    return [(course.title, course_path(course), said) for course, said in record_news(record, courses)]
