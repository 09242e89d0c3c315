"""One person taking a test through the use-cases, each in a transaction of its own."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.assessment import attempts
from app.assessment.model import Quiz
from app.assessment.policy import Policy
from app.kernel.db import writing
from tests.assessment.samples import several, single, slot, sorting

QUIZ = Quiz(
    title="A test",
    slots=(
        slot("room", *(single(f"room-{number}") for number in range(1, 5))),
        slot("meeting", *(several(f"meeting-{number}") for number in range(1, 5))),
        slot("ladder", *(sorting(f"ladder-{number}") for number in range(1, 5))),
    ),
    places={},
)
RIGHT = {
    "room": {"answer": ["space"]},
    "meeting": {"answer": ["words", "roles"]},
    "ladder": {"answer-letter": ["tokenism"], "answer-budget": ["power"]},
}
WRONG = {
    "room": {"answer": ["papers"]},
    "meeting": {"answer": ["roles", "logo"]},
    "ladder": {"answer-letter": ["power"], "answer-budget": ["power"]},
}
ROUNDS = Policy()
LONDON = ZoneInfo("Europe/London")


class Taking:
    """One person. `code` is the attempt that they opened last."""

    def __init__(self, session: Session, clock, person_id: int, revision_id: int) -> None:
        self.session, self.clock, self.person_id, self.revision_id = session, clock, person_id, revision_id
        self.code = ""

    def open(self, policy: Policy = ROUNDS, seed: str = "seed", **changes) -> str:
        values = {
            "person_id": self.person_id,
            "course": "sample",
            "edition": 1,
            "revision_id": self.revision_id,
            "quiz": QUIZ,
            "policy": policy,
            "printed_name": "Amira Osei-Bonsu",
            "lessons_done": True,
            "zone": LONDON,
            "now": self.clock.now,
            "seed": seed,
        }
        with writing(self.session) as session:
            self.code = attempts.open_attempt(session, **(values | changes))
        return self.code

    @property
    def view(self) -> attempts.AttemptView:
        self.session.rollback()
        self.session.expire_all()
        return attempts.standing(self.session, person_id=self.person_id, code=self.code)

    def save(
        self, position: int, form: dict, step: int | None = None, round_number: int | None = None, **changes
    ):
        now = self.view.current
        step = now.item(position).step if step is None else step
        values = {"person_id": self.person_id, "code": self.code, "now": self.clock.now, **changes}
        with writing(self.session) as session:
            return attempts.save_response(
                session,
                round_number=round_number or now.number,
                position=position,
                form=form,
                step=step,
                **values,
            )

    def answer(self, *missed: str) -> None:
        """Answer the whole open round: right, but for the slots that are to be missed."""
        for item in self.view.current.items:
            self.save(item.position, (WRONG if item.slot in missed else RIGHT)[item.slot])

    def hand_in(self, round_number: int | None = None, **changes) -> attempts.RoundResult:
        number = round_number or self.view.current.number
        values = {"person_id": self.person_id, "code": self.code, "now": self.clock.now, **changes}
        values.setdefault("saves", self.view.current.saves)
        with writing(self.session) as session:
            return attempts.grade_round(session, round_number=number, **values)

    def read(self, slot_id: str, **changes) -> str:
        values = {"person_id": self.person_id, "code": self.code, "now": self.clock.now, **changes}
        with writing(self.session) as session:
            return attempts.record_reading(session, slot=slot_id, **values)

    def go_on(self, seed: str = "more", after: int | None = None, quiz: Quiz = QUIZ, **changes) -> int:
        after = after or self.view.current.number
        values = {"person_id": self.person_id, "code": self.code, "now": self.clock.now, **changes}
        with writing(self.session) as session:
            return attempts.next_round(
                session, after=after, revision_id=self.revision_id, quiz=quiz, seed=seed, **values
            )

    def miss_round(self, *missed: str) -> attempts.RoundResult:
        """Answer, miss these, hand in."""
        self.answer(*missed)
        return self.hand_in()

    def miss_and_go_on(self, *missed: str, seed: str = "more") -> None:
        self.miss_round(*missed)
        for item in self.view.current.missed:
            self.read(item.slot)
        self.go_on(seed)
