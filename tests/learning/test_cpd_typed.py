"""What people type into their record: hours and minutes, days, one line."""

from datetime import date

import pytest

from app.learning.cpd_typed import line_problem, one_line, read_day, read_time

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("hours", "minutes", "whole"),
    [
        ("1", "", 60),
        ("", "45", 45),
        ("1.5", "", 90),
        ("1,5", "", 90),
        ("0.25", "5", 20),
        (" 2 ", " 30 ", 150),
        ("0", "1", 1),
        ("0.33", "", 20),
        ("1000", "", 60_000),
    ],
)
def test_hours_and_minutes_are_minutes_together(hours: str, minutes: str, whole: int) -> None:
    assert read_time(hours, minutes) == whole


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [
        ("", ""),
        ("0", "0"),
        ("-1", ""),
        ("1e3", ""),
        ("nan", ""),
        ("\u0661", ""),
        ("1001", ""),
        ("1000", "1"),
        ("9" * 400, ""),
        ("an hour", ""),
        ("1.234", ""),
        ("1:30", ""),
        ("", "0.2"),
    ],
)
def test_what_is_no_time_is_told_in_a_sentence(hours: str, minutes: str) -> None:
    said = read_time(hours, minutes)
    assert isinstance(said, str)
    assert said.endswith(".")


def test_no_time_at_all_may_be_meant() -> None:
    assert read_time("", "", least=0) == 0


def test_a_day_is_read_as_the_browser_sends_it() -> None:
    assert read_day("2026-11-23", TODAY) == TODAY
    assert read_day(" 2024-02-29 ", TODAY) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "typed",
    ["", "2026-11-24", "2023-02-29", "2026-13-01", "1969-12-31", "0000-01-01", "23.11.2026", "2026-W01-1"],
)
def test_what_is_no_day_that_can_be_recorded_is_told(typed: str) -> None:
    assert str(read_day(typed, TODAY)).endswith(".")
    assert isinstance(read_day(typed, TODAY), str)


def test_one_line_has_no_hidden_signs_and_no_breaks() -> None:
    assert one_line(" A\r\n  talk\x00 on\u202e damp\u200b\t") == "A talk on damp"
    assert one_line("e\u0301") == "\u00e9"
    assert one_line("می\u200cخواهم") == "می\u200cخواهم"


def test_a_line_may_be_empty_unless_it_is_asked_for() -> None:
    assert line_problem("", 10) is None
    assert line_problem("", 10, "Enter the title.") == "Enter the title."
    assert line_problem("x" * 10, 10) is None
    assert line_problem("x" * 11, 10) == "Write this in 10 characters at most. It has 11 now."
