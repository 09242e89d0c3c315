"""Time. Code is given `now`; only the doors, the commands and the mail loop ask a clock for it."""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day on which `moment` falls in `zone`."""
    return moment.astimezone(zone).date()


def day_in_words(day: date) -> str:
    """The day as it is written here, on screen and in print: "5 October 2026"."""
    return f"{day.day} {day:%B %Y}"


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_local_midnight(moment: datetime, zone: ZoneInfo) -> datetime:
    """The start of the day after `moment` in `zone`, in UTC. This is what "tomorrow" means on screen."""
    tomorrow = local_day(moment, zone) + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=zone).astimezone(UTC)
