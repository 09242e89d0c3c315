"""What one issue of a certificate says otherwise than the one before, in words for whoever confirms it."""

from dataclasses import dataclass, replace
from datetime import date

from app.certification.facts import Facts
from app.kernel.clock import day_in_words


@dataclass(frozen=True)
class Change:
    """One printed fact: how it was and how it is now. An outcome each on a line of its own."""

    label: str
    was: str
    now: str

    @property
    def sentence(self) -> str:
        """The change in a letter."""
        if self.label in _LONG:
            return f"{self.label}, worded anew: {'; '.join(self.now.splitlines())}"
        return f"{self.label}: now {self.now}, before {self.was}."


_LONG = ("About", "Outcomes")


def changes(old: Facts, new: Facts) -> tuple[Change, ...]:
    """Every printed fact that differs, but for the code and its addresses, which always do."""
    before, after = _told(old), _told(new)
    return tuple(
        Change(label, before[label], after[label]) for label in before if before[label] != after[label]
    )


def corrected(
    old: Facts,
    *,
    title: str,
    summary: str,
    nation: str,
    outcomes: tuple[str, ...],
    minutes: int,
    revision_id: int,
    law_as_at: date | None,
) -> Facts:
    """The facts with what a later revision of the same edition says of the course.

    The law's day is that of what was learnt, so it stays unless one is given because it was wrong then.
    """
    return replace(
        old,
        title=title,
        summary=summary,
        nation=nation,
        outcomes=outcomes,
        minutes=minutes,
        revision_id=revision_id,
        law_as_at=law_as_at or old.law_as_at,
    )


def _told(facts: Facts) -> dict[str, str]:
    return {
        "Name": facts.printed_name,
        "Course": facts.title,
        "About": facts.summary,
        "CPD minutes": str(facts.minutes),
        "Nation": facts.nation,
        "Law as at": day_in_words(facts.law_as_at),
        "Outcomes": "\n".join(facts.outcomes),
    }
