"""My CPD: completions by year, with minutes, each leading to its certificate."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.certification.wording import hours
from app.kernel.clock import day_in_words
from app.learning.record import Entry, Year, my_cpd
from app.web.shared.contents import minutes_in_words
from app.web.shared.context import db, settings, signed_in

blueprint = Blueprint("record", __name__, template_folder="templates")


@blueprint.get("/my-cpd")
def show() -> ResponseReturnValue:
    """The person's own record."""
    years = my_cpd(db.session(), signed_in().id, settings().time_zone)
    return render_template("learner/record.html", years=[_shown_year(year) for year in years])


@dataclass(frozen=True)
class ShownEntry:
    """A completion in the page's words. `code` is "" where there is no certificate."""

    title: str
    line: str
    code: str
    withdrawn: bool


@dataclass(frozen=True)
class ShownYear:
    year: int
    time: str
    entries: list[ShownEntry]


def _shown_year(year: Year) -> ShownYear:
    time = f"{minutes_in_words(year.minutes)} ({hours(year.minutes)})"
    return ShownYear(year.year, time, [_shown_entry(entry) for entry in year.entries])


def _shown_entry(entry: Entry) -> ShownEntry:
    day = day_in_words(entry.completed_on)
    line = f"{minutes_in_words(entry.minutes)}, completed on {day}, edition {entry.edition}"
    return ShownEntry(entry.title, line, entry.code or "", entry.withdrawn)
