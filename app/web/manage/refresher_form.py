"""The invitation to a refresher as a form: where it leads, and what it says."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.validators import StopValidation

from app.kernel.clock import day_in_words
from app.learning.refreshing import LONGEST_MESSAGE, Invitation
from app.library.model import CompiledCourse
from app.web.manage.told import words_field
from app.web.shared.contents import course_path, lesson_path
from app.web.shared.forms import Form, text_of


class Invite(Form):
    """`known` are the live courses by slug, and `offer` the addresses to choose from, each with its title."""

    course = HiddenField()
    changed_on = HiddenField()
    address = SelectField("What they are invited to", choices={}, validate_choice=False)
    message = words_field("What the letter says", "Say what has changed, and why to look.", LONGEST_MESSAGE)

    def __init__(self, courses: Sequence[CompiledCourse], **given: Any) -> None:
        super().__init__(**given)
        self.known = {each.course.slug for each in courses}
        self.offer = _addresses(courses, self.course.data or "")
        self.address.choices = dict(self.offer)

    @property
    def day(self) -> date | None:
        """The day on which the law changed."""
        try:
            return date.fromisoformat(self.changed_on.data or "")
        except ValueError:
            return None

    def validate_course(self, field: HiddenField) -> None:
        """A live one."""
        if field.data not in self.known:
            raise StopValidation("Choose a course.")

    def validate_changed_on(self, _field: HiddenField) -> None:
        """A day of the calendar."""
        if self.day is None:
            raise StopValidation("Enter a day, such as 2026-10-01.")

    def validate_address(self, field: SelectField) -> None:
        """One of the list."""
        if field.data not in self.offer:
            raise StopValidation("Choose what they are invited to.")

    def invitation(self) -> Invitation:
        """What was typed and found good."""
        assert self.day is not None, "a day that is none was refused"
        return Invitation(
            course=self.course.data or "",
            changed_on=self.day,
            address=self.address.data or "",
            title=self.offer[self.address.data],
            message=text_of(self.message),
        )


def _addresses(courses: Sequence[CompiledCourse], first: str) -> dict[str, str]:
    """Every course page and lesson of the catalogue, path -> title; those of one course come first."""
    found = {}
    for compiled in sorted(courses, key=lambda each: each.course.slug != first):
        course = compiled.course
        found[course_path(course)] = course.title
        for lesson in course.lessons:
            found[lesson_path(course, lesson)] = f"{course.title}: {lesson.title}"
    return found


def default_message(day: date) -> str:
    """A start for what to say."""
    return (
        f"The law that this course rests on changed on {day_in_words(day)}. Your certificate tells the law "
        "as it was before.\n\nWhat is new can be read in a few minutes. There is no test, and nothing that "
        "you have earned is taken away."
    )
