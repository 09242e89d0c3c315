"""When a test is passed, and what happens otherwise. The screen says it from the policy that is applied."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from app.assessment.wording import in_words
from app.kernel.clock import next_local_midnight

Kind = Literal["rounds", "one-sitting", "percentage"]


class PolicyError(ValueError):
    """A pass policy that cannot be used. `str()` says why in plain words."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """rounds: what is missed comes again. one-sitting: all at once. percentage: a share of it at once."""

    kind: Kind = "rounds"
    rounds: int = 3
    percent: int = 100

    def passes(self, secured: int, slots: int) -> bool:
        """Whether `secured` of `slots` is enough. Nothing is ever passed by an empty paper."""
        return slots > 0 and secured * 100 >= self.percent * slots

    def is_last(self, round_number: int) -> bool:
        """Whether the attempt ends with this round, passed or not."""
        return round_number >= self.rounds


def read_policy(written: Mapping[str, object]) -> Policy:
    """The policy as written in course.yml or stored on an attempt. Raises PolicyError."""
    kind = written.get("kind")
    if kind == "rounds":
        return Policy(kind="rounds", rounds=_number(written, "rounds", 1, 9, 3))
    if kind == "one-sitting":
        return Policy(kind="one-sitting", rounds=1)
    if kind == "percentage":
        return Policy(kind="percentage", rounds=1, percent=_number(written, "percent", 1, 100, None))
    raise PolicyError("kind must be one of: rounds, one-sitting, percentage.")


def to_stored(policy: Policy) -> dict[str, object]:
    """What an attempt keeps, so that a later change of the course does not change the attempt."""
    return asdict(policy)


def reopens_at(closed_at: datetime, zone: ZoneInfo) -> datetime:
    """When a new attempt may begin after one that was not passed: the next day in the site's time zone."""
    return next_local_midnight(closed_at, zone)


def pass_rule(policy: Policy) -> str:
    """The rule in one phrase, for a certificate: "every question answered correctly"."""
    if policy.kind == "percentage" and policy.percent < 100:
        return f"at least {policy.percent}% of the questions answered correctly"
    return "every question answered correctly"


def sentences(policy: Policy, slots: int) -> tuple[str, ...]:
    """What happens, said before the start."""
    return (
        *_OPENINGS[policy.kind](policy, slots),
        "There is no time limit, and you can leave and come back.",
    )


def _rounds(policy: Policy, slots: int) -> tuple[str, ...]:
    if policy.rounds == 1:
        return _one_sitting(policy, slots)
    last = ("first", "second", "third")[policy.rounds - 1] if policy.rounds <= 3 else "last"
    return (
        f"There are {in_words(policy.rounds)} rounds. What you get right is secured, and you keep it.",
        "For each question you miss we say why your answer does not work, and where to read about it.",
        "Open those sections, and the next round asks only what is left, with different questions.",
        f"You pass when all {in_words(slots)} are secured.",
        f"If any are left after the {last} round, a new test opens the next day.",
    )


def _one_sitting(policy: Policy, slots: int) -> tuple[str, ...]:
    return (
        f"You pass when you answer all {in_words(slots)} questions correctly in one sitting.",
        "If you miss one, we say why your answer does not work, and where to read about it.",
        "A new test, with different questions, then opens the next day.",
    )


def _percentage(policy: Policy, slots: int) -> tuple[str, ...]:
    needed = -(-policy.percent * slots // 100)
    return (
        f"You pass when you answer at least {policy.percent}% of the questions correctly: "
        f"{in_words(needed)} of {in_words(slots)}.",
        "For each question you miss we say why your answer does not work, and where to read about it.",
        "If you do not pass, a new test with different questions opens the next day.",
    )


_OPENINGS = {"rounds": _rounds, "one-sitting": _one_sitting, "percentage": _percentage}


def _number(written: Mapping[str, object], name: str, least: int, most: int, default: int | None) -> int:
    number = written.get(name, default)
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        raise PolicyError(f"{name} must be a whole number from {least} to {most}.")
    return number
