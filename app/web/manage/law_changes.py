"""Who holds a certificate for a course whose law has changed, and inviting them to a short refresher."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, Form, SelectField
from wtforms.validators import StopValidation

from app.kernel.clock import day_in_words
from app.kernel.db import writing
from app.learning.refreshing import Holder, holders_before, invitations, invite, letter_for
from app.people.names import names_of
from app.web.manage.refresher_form import Invite, default_message
from app.web.manage.told import moment_of, number
from app.web.shared.context import db, now, settings, shelf, signed_in, today

blueprint = Blueprint("law_changes", __name__, template_folder="templates")

MOST_SHOWN = 200


class Question(Form):
    course = SelectField("Course", validate_choice=False)
    changed_on = DateField("The law changed on")

    def validate_course(self, field: SelectField) -> None:
        """One of the list."""
        if field.data not in _courses():
            raise StopValidation("Choose a course.")

    def validate_changed_on(self, field: DateField) -> None:
        """A day of the calendar."""
        if field.data is None:
            field.errors = []  # the library's own sentence would stand before ours
            raise StopValidation("Enter a day, such as 2026-10-01.")


@blueprint.get("/manage/law-changes")
def show() -> ResponseReturnValue:
    """The question; and once it was asked, who that is, and the form of an invitation."""
    question = _question()
    day = question.changed_on.data
    if "course" not in request.args or not question.validate() or day is None:
        return _page(question)
    message = default_message(day)
    form = _invite(course=question.course.data, changed_on=day.isoformat(), message=message)
    return _page(question, form)


@blueprint.post("/manage/law-changes/letter")
def look() -> ResponseReturnValue:
    """The letter as the first of them will get it. Nothing is sent yet."""
    form = _invite()
    if not form.validate_on_submit():
        return _page(_question_of(form), form)
    invitation = form.invitation()
    found = holders_before(db.session(), invitation.course, invitation.changed_on, today())
    left = [each for each in found if not each.invited]
    if not left:
        return _page(_question_of(form), form)
    letter = letter_for(left[0].facts, invitation, settings().base_url)
    return render_template("manage/refresher-letter.html", form=form, letter=letter, count=len(left))


@blueprint.post("/manage/law-changes/invitations")
def send() -> ResponseReturnValue:
    """Queue a letter to each of them."""
    form = _invite()
    if not form.validate_on_submit():
        return _page(_question_of(form), form)
    by_id, invitation = signed_in().id, form.invitation()
    with writing(db.session) as session:
        count = invite(
            session, invitation, base_url=settings().base_url, by_id=by_id, today=today(), now=now()
        )
    day = invitation.changed_on.isoformat()
    return redirect(url_for("law_changes.show", course=invitation.course, changed_on=day, invited=count), 303)


def _courses() -> dict[str, str]:
    return {each.course.slug: each.course.title for each in shelf().courses(db.session())}


def _question() -> Question:
    question = Question(request.args if "course" in request.args else None)
    question.course.choices = _courses()
    return question


def _question_of(form: Invite) -> Question:
    question = Question(course=form.course.data, changed_on=form.day)
    question.course.choices = _courses()
    return question


def _invite(**given: str) -> Invite:
    return Invite(shelf().courses(db.session()), **given)


def _page(question: Question, form: Invite | None = None) -> ResponseReturnValue:
    course, day = (form.course.data or "", form.day) if form else ("", None)
    if form is None or day is None or course not in form.known:
        return _show(question, form=None, day="", refused=form)
    holders = holders_before(db.session(), course, day, today())
    return _show(question, form=form, day=day_in_words(day), refused=form, holders=holders, course=course)


def _show(
    question: Question,
    *,
    form: Invite | None,
    day: str,
    refused: Invite | None,
    holders: tuple[Holder, ...] = (),
    course: str = "",
) -> ResponseReturnValue:
    wrong = bool(question.errors or (refused and refused.errors))
    page = render_template(
        "manage/law-changes.html",
        question=question,
        form=form,
        refused=refused,
        has_errors=wrong,
        day=day,
        count=len(holders),
        left=sum(not each.invited for each in holders),
        holders=[_holder(each) for each in holders[:MOST_SHOWN]],
        sent=_sent(course) if course else [],
        invited=number(request.args.get("invited", "0")),
    )
    return page, 422 if wrong else 200


def _holder(each: Holder) -> tuple[str, str, str, list[tuple[str, str]]]:
    facts = each.facts
    note = (
        f"{each.account}. Edition {facts.edition}, law as at {day_in_words(facts.law_as_at)}, "
        f"completed on {day_in_words(facts.completed_on)}.{' Invited already.' if each.invited else ''}"
    )
    return facts.printed_name, url_for("dossier.show", code=facts.code), note, []


def _sent(course: str) -> list[tuple[str, str]]:
    rows = invitations(db.session(), course)
    names = names_of(db.session(), [row.by_id for row in rows])
    return [
        (moment_of(row.invited_at), _told(row.invited, row.address, names[row.by_id], row.changed_on))
        for row in rows
    ]


def _told(count: int, address: str, by: str, changed_on: date) -> str:
    who = "one person" if count == 1 else f"{count} people"
    return f"{by} invited {who} to {address}, since the law changed on {day_in_words(changed_on)}."
