"""The goal for each CPD year, and the month in which the year begins."""

from calendar import month_name

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from app.kernel.db import writing
from app.learning.cpd import Goal
from app.learning.goals import save_goal
from app.learning.record import settings_of
from app.web.learner.cpd_forms import Timed, refuse_parts
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import show_form

blueprint = Blueprint("cpd_goal", __name__, template_folder="templates")

MONTHS = {str(number): month_name[number] for number in range(1, 13)}


class GoalForm(Timed):
    """Hours and minutes, or nothing for no goal."""

    least = 0
    first_month = SelectField("Your CPD year begins in", choices=MONTHS)


@blueprint.get("/my-cpd/goal")
def show() -> ResponseReturnValue:
    return _page()


@blueprint.post("/my-cpd/goal")
def save() -> ResponseReturnValue:
    """Keep the goal, or show what has to be put right."""
    return _page()


def _page() -> ResponseReturnValue:
    who = signed_in().id
    goal, _ = settings_of(db.session(), who)
    hours, minutes = divmod(goal.minutes, 60)
    form = GoalForm(hours=str(hours or ""), minutes=str(minutes or ""), first_month=str(goal.first_month))
    refuse_parts(form)
    if not form.validate_on_submit():
        return show_form("learner/cpd-goal.html", form)
    whole = form.read_minutes()
    assert isinstance(whole, int)
    set_now = Goal(minutes=whole, first_month=int(form.first_month.data))
    with writing(db.session) as session:
        save_goal(session, person_id=who, goal=set_now, now=now())
    return redirect(url_for("record.show", done="goal"), 303)
