"""The file that puts a saved plan into a calendar."""

from datetime import date, timedelta

from flask import Blueprint, Response

from app.catalogue.blocks import Plan
from app.kernel.clock import local_day
from app.kernel.errors import NotFound
from app.learning.calendar_file import calendar_file
from app.web.shared.blocks.kept import my_answers
from app.web.shared.blocks.parts import Asked
from app.web.shared.blocks.plan import kept_plan, sentence
from app.web.shared.contents import lesson_path
from app.web.shared.context import db, now, settings, shelf, signed_in
from app.web.shared.lesson_page import find_lesson

blueprint = Blueprint("plan", __name__)

UNDATED = timedelta(days=7)  # ahead, where no day was given


@blueprint.get("/courses/<slug>/<lesson>/plan/<block>.ics")
def download(slug: str, lesson: str, block: str) -> Response:
    """The signed-in person's own plan as one day in a calendar. Raises NotFound where there is none."""
    session, person_id = db.session(), signed_in().id
    compiled = shelf().course(session, slug)
    found = find_lesson(compiled, lesson)
    asked = found.blocks.get(block)
    if not isinstance(asked, Plan):
        raise NotFound("There is no such plan in this lesson.")
    saved = my_answers(session, person_id, compiled.course.slug, [asked]).get(block)
    body = kept_plan(Asked(compiled=compiled, learner=True, query={}, saved=saved))
    said = sentence(body)
    if saved is None or not said:
        raise NotFound("There is no plan here yet.")
    saved_on = local_day(saved.saved_at, settings().time_zone)
    address = f"{settings().base_url}{lesson_path(compiled.course, found)}#{block}"
    file = calendar_file(
        uid=f"{slug}-{block}-{saved.saved_at:%Y%m%dT%H%M%S}@rung",
        day=date.fromisoformat(body["on"]) if body["on"] else saved_on + UNDATED,
        summary=body["will"] or said,
        description=f"{said}\n{compiled.course.title}: {address}",
        stamp=now(),
    )
    headers = {"Content-Disposition": 'attachment; filename="plan.ics"'}
    return Response(file, mimetype="text/calendar", headers=headers)
