"""How long each kind of record is kept: a setting in days for each, 0 for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.variables import Given, WrongSetting, read_number

FOR_EVER = 0
SIX_YEARS = 2192
LONGEST = 36_525  # days, a hundred years


@dataclass(frozen=True, kw_only=True)
class Period:
    """One setting: its name, its days if not given, and the fewest that make sense."""

    setting: str
    days: int
    least: int


PERIODS: Mapping[str, Period] = {
    "unconfirmed": Period(setting="RUNG_KEEP_UNCONFIRMED_DAYS", days=30, least=14),
    "idle": Period(setting="RUNG_KEEP_IDLE_DAYS", days=FOR_EVER, least=365),
    "answers": Period(setting="RUNG_KEEP_ANSWERS_DAYS", days=FOR_EVER, least=30),
    "tests": Period(setting="RUNG_KEEP_TESTS_DAYS", days=SIX_YEARS, least=90),
    "evidence": Period(setting="RUNG_KEEP_EVIDENCE_DAYS", days=SIX_YEARS, least=365),
    "certificates": Period(setting="RUNG_KEEP_CERTIFICATES_DAYS", days=FOR_EVER, least=365),
    "letters": Period(setting="RUNG_KEEP_LETTERS_DAYS", days=365, least=120),
    "codes": Period(setting="RUNG_KEEP_CODES_DAYS", days=1, least=1),
    "admin-links": Period(setting="RUNG_KEEP_ADMIN_LINKS_DAYS", days=365, least=1),
    "daily-runs": Period(setting="RUNG_KEEP_DAILY_RUNS_DAYS", days=90, least=7),
}
NAMES = tuple(period.setting for period in PERIODS.values())


def read_periods(given: Given) -> Mapping[str, int]:
    """The days for which each kind is kept, 0 for ever. Raises WrongSetting."""
    return MappingProxyType({kind: _days(given, period) for kind, period in PERIODS.items()})


def _days(given: Given, period: Period) -> int:
    days = read_number(given, period.setting, period.days, FOR_EVER, LONGEST)
    if FOR_EVER < days < period.least:
        raise WrongSetting(
            f"{period.setting} is {days}, but must be 0, which is for ever, or {period.least} or more."
        )
    return days
