"""A calendar file: folded, escaped, and nothing typed becomes a property."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.learning.calendar_file import calendar_file
from tests.conftest import NOON


def lines(summary: str, description: str = "") -> list[str]:
    file = calendar_file(
        uid="plan-1", day=date(2027, 3, 31), summary=summary, description=description, stamp=NOON
    )
    assert all(len(line) <= 75 for line in file.split(b"\r\n")), "octets"
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_one_whole_day() -> None:
    found = lines("Ask first")
    assert found[0] == "BEGIN:VCALENDAR"
    assert "DTSTAMP:20261123T120000Z" in found
    assert "DTSTART;VALUE=DATE:20270331" in found
    assert "DTEND;VALUE=DATE:20270401" in found
    assert "SUMMARY:Ask first" in found
    assert found[-2:] == ["END:VCALENDAR", ""]


def test_marks_that_mean_something_are_escaped() -> None:
    assert r"SUMMARY:a\, b\; c\\d" in lines("a, b; c\\d")
    assert "SUMMARY:10\u00a0Homes" in lines("10\u00a0Homes")
    assert r"DESCRIPTION:one\ntwo\nthree" in lines("x", "one\r\ntwo\nthree")


def test_long_lines_are_folded_between_characters() -> None:
    assert f"SUMMARY:{'é' * 200}" in lines("é" * 200)


@given(st.text(), st.text())
def test_whatever_is_typed_there_is_one_event_with_its_own_properties(summary: str, description: str) -> None:
    names = [line.split(":")[0].split(";")[0] for line in lines(summary, description) if line]
    assert names == [
        *("BEGIN", "VERSION", "PRODID", "BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND"),
        *("SUMMARY", "DESCRIPTION", "TRANSP", "END", "END"),
    ]
