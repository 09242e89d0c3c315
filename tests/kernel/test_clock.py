from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.kernel.clock import local_day, next_local_midnight, utc_now

LONDON = ZoneInfo("Europe/London")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_the_present_moment_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    now = utc_now()
    assert now.utcoffset() == timedelta(0)
    assert before <= now <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (utc(2026, 1, 31, 23, 59), date(2026, 1, 31)),
        (utc(2026, 2, 1, 0, 0), date(2026, 2, 1)),
        (utc(2026, 7, 31, 22, 59), date(2026, 7, 31)),
        (utc(2026, 7, 31, 23, 0), date(2026, 8, 1)),
    ],
)
def test_a_day_is_the_day_on_the_wall_in_london(moment: datetime, day: date) -> None:
    assert local_day(moment, LONDON) == day


@pytest.mark.parametrize(
    ("moment", "midnight"),
    [
        (utc(2026, 11, 23, 12, 0), utc(2026, 11, 24, 0, 0)),
        (utc(2026, 7, 1, 12, 0), utc(2026, 7, 1, 23, 0)),
        (utc(2026, 7, 1, 23, 0), utc(2026, 7, 2, 23, 0)),
        (utc(2026, 3, 28, 12, 0), utc(2026, 3, 29, 0, 0)),  # the night before the clocks go forward
        (utc(2026, 3, 29, 12, 0), utc(2026, 3, 29, 23, 0)),  # the 23-hour day itself
        (utc(2026, 10, 24, 12, 0), utc(2026, 10, 24, 23, 0)),  # the night before the clocks go back
        (utc(2026, 10, 25, 12, 0), utc(2026, 10, 26, 0, 0)),  # the 25-hour day itself
        (utc(2026, 12, 31, 23, 59), utc(2027, 1, 1, 0, 0)),
    ],
)
def test_tomorrow_begins_at_londons_midnight(moment: datetime, midnight: datetime) -> None:
    assert next_local_midnight(moment, LONDON) == midnight


def test_tomorrow_is_told_in_utc() -> None:
    assert next_local_midnight(utc(2026, 7, 1, 12), LONDON).utcoffset() == timedelta(0)


def test_a_midnight_that_the_clocks_skip_is_the_first_moment_after_it() -> None:
    # In Beirut summer time began at midnight: 2026-03-29 has no 00:00.
    beirut = ZoneInfo("Asia/Beirut")
    start = next_local_midnight(utc(2026, 3, 28, 12), beirut)
    assert local_day(start, beirut) == date(2026, 3, 29)
    assert local_day(start - timedelta(microseconds=1), beirut) == date(2026, 3, 28)
