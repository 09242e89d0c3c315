"""Times as a page says them, in the zone of the site."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.kernel.clock import day_in_words, local_day


def saved_in_words(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """'at 14:02' for today, 'on 5 October 2026 at 14:02' for any other day."""
    time = f"at {moment.astimezone(zone):%H:%M}"
    day = local_day(moment, zone)
    return time if day == local_day(now, zone) else f"on {day_in_words(day)} {time}"
