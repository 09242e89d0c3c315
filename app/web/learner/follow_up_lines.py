"""What became of follow-ups, in the words of My CPD: "After a week: two of three right."."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from app.assessment.wording import in_words
from app.kernel.clock import day_in_words
from app.learning.follow_results import FollowUpResult
from app.mail.follow_up_letters import since

NOT_SENT = {
    "late": "not sent, since its day had gone by",
    "gone": "not sent, since the course is no longer here",
    "retired": "not sent, since the course is no longer offered",
    "newer-edition": "not sent, since the course has a newer edition",
    "address": "not sent, since no letter could go to your address",
}
WENT = {
    "yes": "it happened",
    "partly": "it happened in part",
    "not-yet": "not yet",
    "no": "it did not happen",
}


@dataclass(frozen=True, kw_only=True)
class FollowUpLine:
    """One follow-up in a sentence, the plan in another, and where both stand. "" for none."""

    words: str
    plan: str
    href: str


def follow_up_lines(results: Iterable[FollowUpResult]) -> list[FollowUpLine]:
    """The lines of one completion, in the order of their days."""
    return [
        FollowUpLine(
            words=_words(each),
            plan=_plan(each),
            href=url_for("follow_up.show", code=each.code) if each.drawn else "",
        )
        for each in results
    ]


def _words(result: FollowUpResult) -> str:
    after = f"After {since(result.day).lower()}"
    if result.skipped:
        return f"{after}: {NOT_SENT[result.skipped]}."
    if not result.drawn:
        return f"Three short questions come on {day_in_words(result.due_on)}."
    asked = in_words(result.questions)
    if result.answered < result.questions:
        answered = in_words(result.answered) if result.answered else "none"
        return f"{after}: {answered} of {asked} answered so far."
    return f"{after}: {in_words(result.right) if result.right else 'none'} of {asked} right."


def _plan(result: FollowUpResult) -> str:
    if result.happened is None:
        return ""
    new_day = f", now for {day_in_words(result.new_on)}" if result.new_on else ""
    line = f" {result.line}" if result.line else ""
    return f"Your plan: {WENT[result.happened]}{new_day}.{line}"
