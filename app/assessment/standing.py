"""Where one attempt stands, as plain values. A key or a reason is in them only where it may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.assessment.policy import Policy, read_policy
from app.assessment.questions import (
    Explanation,
    Miss,
    Presented,
    ResponseBody,
    explain,
    from_json,
    miss,
    present,
    read_body,
)
from app.assessment.records import NO_SUCH_TEST, Line, newest_lines, own_lines
from app.assessment.tables import Round
from app.kernel.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """One question of a paper and the answer that stands for it.

    `secured` is None until the round is handed in; `miss` is there for a missed item, `explanation` only
    after the pass. `answer` is the given answer in words, one entry a choice or row.
    """

    position: int
    slot: str
    title: str
    section: str
    asked: Presented
    given: ResponseBody | None
    answer: tuple[Markup, ...]
    complete: bool
    step: int
    saved_at: datetime | None
    secured: bool | None
    read: bool
    miss: Miss | None
    explanation: Explanation | None


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """One paper of an attempt."""

    number: int
    revision_id: int
    handed_in_at: datetime | None
    items: tuple[ItemView, ...]

    @property
    def missed(self) -> tuple[ItemView, ...]:
        """What is left after this round. Empty until it is handed in."""
        return tuple(item for item in self.items if item.secured is False)

    @property
    def saves(self) -> int:
        """How often anything in this round was saved: a page that names an older figure is stale."""
        return sum(item.step for item in self.items)

    @property
    def saved_at(self) -> datetime | None:
        """When something was last saved."""
        return max((item.saved_at for item in self.items if item.saved_at), default=None)

    def item(self, position: int) -> ItemView:
        """The item at this place, from 1. Raises NotFound."""
        if not 1 <= position <= len(self.items):
            raise NotFound("There is no such question in this round.")
        return self.items[position - 1]


@dataclass(frozen=True, kw_only=True)
class AttemptView:
    """One person's attempt. `rounds` holds at least the first; the last may be open."""

    code: str
    course: str
    edition: int
    policy: Policy
    printed_name: str
    opened_at: datetime
    closed_at: datetime | None
    passed: bool
    rounds: tuple[RoundView, ...]

    @property
    def current(self) -> RoundView:
        """The newest round."""
        return self.rounds[-1]

    @property
    def is_answering(self) -> bool:
        """Whether a round is open for answers."""
        return self.current.handed_in_at is None

    @property
    def may_go_on(self) -> bool:
        """Whether the next round may begin: the section behind each miss was opened."""
        between = self.closed_at is None and not self.is_answering
        return between and all(item.read for item in self.current.missed)

    def round(self, number: int) -> RoundView:
        """The round with this number, from 1. Raises NotFound."""
        if not 1 <= number <= len(self.rounds):
            raise NotFound("There is no such round in this test.")
        return self.rounds[number - 1]

    def slots_after(self, number: int) -> tuple[tuple[str, bool], ...]:
        """Every slot in its order, and whether it was secured by the end of round `number`."""
        rounds = self.rounds[:number]
        secured = {item.slot for each in rounds for item in each.items if item.secured}
        return tuple((item.slot, item.slot in secured) for item in self.rounds[0].items)


def standing(session: Session, *, person_id: int, code: str) -> AttemptView:
    """The person's own attempt, in one SQL. Raises NotFound, for somebody else's too."""
    lines = own_lines(session, person_id, code)
    if not lines:
        raise NotFound(NO_SUCH_TEST)
    return _attempt_view(lines)


def latest(session: Session, *, person_id: int, course: str) -> AttemptView | None:
    """The person's newest attempt at a course, or None, in one SQL."""
    lines = newest_lines(session, person_id, course)
    return _attempt_view(lines) if lines else None


def has_passed(policy: Policy, lines: Sequence[Line]) -> bool:
    """Whether the slots secured in these rows are enough. The first round asks every slot."""
    slots = {line.item.slot for line in lines if line.round.number == 1}
    secured = {line.item.slot for line in lines if line.grade and line.grade.secured}
    return policy.passes(len(secured & slots), len(slots))


def _attempt_view(lines: Sequence[Line]) -> AttemptView:
    attempt = lines[0].attempt
    policy = read_policy(attempt.policy)
    passed = has_passed(policy, lines)
    rounds: dict[int, Round] = {line.round.number: line.round for line in lines}
    return AttemptView(
        code=attempt.code,
        course=attempt.course,
        edition=attempt.edition,
        policy=policy,
        printed_name=attempt.printed_name,
        opened_at=attempt.opened_at,
        closed_at=attempt.closed_at,
        passed=passed,
        rounds=tuple(
            RoundView(
                number=number,
                revision_id=each.revision_id,
                handed_in_at=each.handed_in_at,
                items=tuple(_item_view(line, passed) for line in lines if line.round.number == number),
            )
            for number, each in sorted(rounds.items())
        ),
    )


def _item_view(line: Line, passed: bool) -> ItemView:
    item, grade, question = line.item, line.grade, from_json(line.body)
    given = read_body(question, line.answer)
    missed = grade is not None and not grade.secured
    return ItemView(
        position=item.position,
        slot=item.slot,
        title=item.slot_title,
        section=item.section,
        asked=present(question, tuple(item.choice_order)),
        given=given,
        answer=question.words(given),
        complete=question.is_complete(given),
        step=line.step,
        saved_at=line.response.saved_at if line.response else None,
        secured=grade.secured if grade else None,
        read=line.reading is not None,
        miss=miss(question, given) if missed and not passed else None,
        explanation=explain(question, given) if passed and line.handed_in_at else None,
    )
