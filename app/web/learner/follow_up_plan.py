"""The plan within a follow-up: the sentence as it was saved, and whether it happened."""

from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import BadRequest
from wtforms import RadioField, StringField
from wtforms.validators import Optional

from app.assessment.following import FollowUpView
from app.catalogue.blocks import Plan
from app.kernel.clock import day_in_words
from app.kernel.db import writing
from app.kernel.errors import Refusal
from app.learning.follow_plan import HAPPENED, MOST_CHARACTERS, my_report, report_plan
from app.learning.reflections import reflection_text
from app.library.model import CompiledCourse
from app.web.shared.blocks.kept import my_answers
from app.web.shared.blocks.parts import Asked
from app.web.shared.blocks.plan import kept_plan, read_day, sentence
from app.web.shared.contents import lesson_path
from app.web.shared.context import db, now, settings, signed_in, today
from app.web.shared.forms import Form, said_by, shown, text_of
from app.web.shared.moments import saved_in_words

ONE_EACH = ("line", "new_on")


def _day_problem(typed: str) -> str | None:
    try:
        day = read_day(typed)
    except Refusal as refusal:
        return str(refusal)
    if day < today():
        return "That day has gone by. Choose one that is still to come, or leave it empty."
    return None


def _line_problem(typed: str) -> str | None:
    try:
        reflection_text(typed, MOST_CHARACTERS)
    except Refusal as refusal:
        return str(refusal)
    return None


class PlanReportForm(Form):
    happened = RadioField(
        "Did it happen?",
        choices=dict(HAPPENED),
        validate_choice=False,
        validators=[said_by(lambda given: None if given in HAPPENED else "Choose whether it happened.")],
    )
    line = StringField(
        "In a line: what helped, or what got in the way",
        filters=[shown],
        validators=[Optional(), said_by(_line_problem)],
    )
    new_on = StringField("A new day for it", filters=[shown], validators=[Optional(), said_by(_day_problem)])


@dataclass(frozen=True, kw_only=True)
class PlanAsked:
    """A plan and the form about it. `on` is its day and `said` when something was told, both in words."""

    block: str
    sentence: str
    on: str
    said: str
    calendar: str
    form: PlanReportForm


def plan_asked(view: FollowUpView, compiled: CompiledCourse, *, sent: bool = False) -> PlanAsked | None:
    """The first plan of the course that the person has made, or None. `sent`: its form has come in."""
    placed = {
        block.id: (lesson, block)
        for lesson in compiled.course.lessons
        for block in lesson.blocks.values()
        if isinstance(block, Plan)
    }
    kept = my_answers(
        db.session(), signed_in().id, compiled.course.slug, [block for _, block in placed.values()]
    )
    for id_, (lesson, _) in placed.items():
        body = kept_plan(Asked(compiled=compiled, learner=True, query={}, saved=kept.get(id_)))
        if said := sentence(body):
            path = f"{lesson_path(compiled.course, lesson)}/plan/{id_}.ics"
            return _asked(view, id_, said, body["on"], path, sent=sent)
    return None


def save_plan(view: FollowUpView, asked: PlanAsked) -> bool:
    """Keep what the form says; False where something in it has to be put right."""
    if any(len(request.form.getlist(name)) != 1 for name in ONE_EACH):
        raise BadRequest  # an empty line deletes what was kept; a form without one says nothing
    form, person_id = asked.form, signed_in().id
    if not form.validate_on_submit():
        return False
    day = text_of(form.new_on)
    with writing(db.session) as session:
        report_plan(
            session,
            person_id=person_id,
            code=view.code,
            block=asked.block,
            plan=asked.sentence,
            happened=str(form.happened.data),
            line=text_of(form.line),
            new_on=read_day(day) if day else None,
            now=now(),
        )
    return True


def _asked(view: FollowUpView, block: str, said: str, on: str, calendar: str, *, sent: bool) -> PlanAsked:
    report = my_report(db.session(), view.id)
    told = {"happened": report.happened, "line": report.line} if report and not sent else {}
    return PlanAsked(
        block=block,
        sentence=said,
        on=day_in_words(read_day(on)) if on else "",
        said=saved_in_words(report.reported_at, now(), settings().time_zone) if report else "",
        calendar=calendar if on else "",
        form=PlanReportForm(data=told),
    )
