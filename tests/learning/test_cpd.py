"""The record as a model, without a database: years that begin in any month, totals, a goal's year."""

from datetime import date
from typing import Any

import pytest

from app.learning.cpd import Entry, Goal, make_record, year_of


def entry(on: date, minutes: int = 30, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "code": "0" * 26,
        "course": "",
        "title": "A talk",
        "provider": "",
        "method": "webinar",
        "on": on,
        "minutes": minutes,
        "kind": "structured",
        "decided": True,
        "objective": "",
        "outcome": "",
    }
    return Entry(**{**values, **changes})


@pytest.mark.parametrize(
    ("day", "first_month", "year"),
    [
        (date(2026, 1, 1), 1, 2026),
        (date(2026, 12, 31), 1, 2026),
        (date(2026, 3, 31), 4, 2025),
        (date(2026, 4, 1), 4, 2026),
        (date(2026, 11, 30), 12, 2025),
        (date(2026, 12, 1), 12, 2026),
    ],
)
def test_a_day_belongs_to_the_year_that_had_begun(day: date, first_month: int, year: int) -> None:
    assert year_of(day, first_month) == year


def test_a_year_that_begins_in_april_is_called_by_both_its_ends() -> None:
    entries = [entry(date(2026, 3, 31), 10), entry(date(2026, 4, 1), 20), entry(date(2027, 3, 31), 40)]
    record = make_record(entries, Goal(first_month=4), None, date(2026, 11, 23))
    assert [(year.title, year.minutes) for year in record.years] == [
        ("April 2026 to March 2027", 60),
        ("April 2025 to March 2026", 10),
    ]
    assert record.this_year == record.years[0]


def test_totals_are_told_by_type_and_add_up() -> None:
    entries = [
        entry(date(2026, 5, 1), 60),
        entry(date(2026, 6, 1), 25, kind="self-directed"),
        entry(date(2026, 7, 1), 500, state="withdrawn"),
    ]
    (year,) = make_record(entries, Goal(), None, date(2026, 11, 23)).years
    assert (year.minutes, year.minutes_of("structured"), year.minutes_of("self-directed")) == (85, 60, 25)


def test_this_year_is_there_although_nothing_was_done_in_it() -> None:
    record = make_record([entry(date(2025, 5, 1))], Goal(minutes=600), None, date(2026, 11, 23))
    assert (record.this_year.title, record.this_year.minutes) == ("2026", 0)
    assert [year.title for year in record.years] == ["2025"]


def test_one_year_can_be_chosen() -> None:
    entries = [entry(date(2025, 5, 1)), entry(date(2026, 5, 1))]
    record = make_record(entries, Goal(), None, date(2026, 11, 23))
    assert [year.begins for year in record.of(2025)] == [2025]
    assert [year.begins for year in record.of(None)] == [2026, 2025]
    assert record.of(1999) == ()
