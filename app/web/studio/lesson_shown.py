"""A lesson as learners will see it, while it is written: by their own templates, and to look at only."""

import re
from dataclasses import dataclass

from flask import render_template

from app.library.looking import Look
from app.web.shared.lesson_page import Visit, lesson_frame, lesson_outcomes, lesson_panels
from app.web.shared.moving import moved

# The scripts of a lesson answer and keep: here nothing is to be answered or kept.
BEHAVIOUR = re.compile(r' data-(?:behaviour|device)="[^"]*"')


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A lesson to look at. `text_html` comes from our own templates."""

    title: str
    outcomes: list[str]
    text_html: str


def show_lesson(look: Look, *, apart: bool) -> Shown | None:
    """The lesson as it would be read, or None where there is too little of it.

    `apart` says that it stands on a page with other things: its headings go a level down, its ids apart.
    """
    if look.shown is None or look.lesson is None:
        return None
    visit = Visit(compiled=look.shown, lesson=look.lesson, person_id=None, query={})
    panels = lesson_panels(visit, {})
    html = render_template(
        "public/lesson_text.html", lesson=look.lesson, panels=panels, frame=lesson_frame(visit, panels)
    )
    html = BEHAVIOUR.sub("", html)
    slugs = [each.slug for each in look.shown.course.lessons]
    return Shown(
        title=look.lesson.title,
        outcomes=lesson_outcomes(look.shown.course, look.lesson),
        text_html=moved(html, look.lesson.slug, slugs) if apart else html,
    )
