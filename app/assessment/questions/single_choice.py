"""Single choice: several choices, one of them right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from markupsafe import Markup

from app.assessment.questions.choosing import Choice, ChoiceSource, explained, flaws, options, picked
from app.assessment.questions.parts import (
    BadResponse,
    CannotGrade,
    Explanation,
    Flaw,
    Form,
    Marks,
    Miss,
    Presented,
    ResponseBody,
    only_field,
    own_ids,
    shuffled,
    verdict,
)
from app.assessment.wording import inline
from app.kernel.fields import Authored, Line, Listed, Prose, Slug


class Source(Authored):
    """As authored."""

    id: Slug
    type: Literal["single-choice"]
    stem: Prose
    teaches: Line = ""
    choices: Annotated[tuple[ChoiceSource, ...], Listed]


@dataclass(frozen=True, kw_only=True)
class SingleChoice:
    """Exactly one choice is correct."""

    type: ClassVar[str] = "single-choice"
    id: str
    stem: str
    teaches: str
    choices: tuple[Choice, ...]

    def flaws(self) -> Iterator[Flaw]:
        """What the author has to mend."""
        yield from flaws(self.choices)
        keys = [number for number, choice in enumerate(self.choices) if choice.correct]
        if not keys:
            fix = "Add `correct: true` to the right one."
            yield Flaw(("choices",), "No choice is marked as correct.", fix)
        for number in keys[1:]:
            fix = "Keep one, or make this a multiple-response question."
            yield Flaw(("choices", number, "correct"), "A second choice is marked as correct.", fix)

    def order(self, seed: str) -> tuple[str, ...]:
        """Choice ids as one paper shows them."""
        return shuffled((choice.id for choice in self.choices), self.id, seed)

    def present(self, order: tuple[str, ...]) -> Presented:
        """What a page may show before the answer."""
        return Presented(
            type=self.type,
            stem=inline(self.stem),
            instruction="Choose one.",
            options=options(self.choices, order),
        )

    def parse(self, form: Form, field: str) -> ResponseBody | None:
        """The answer in a posted form, None where nothing is chosen. Raises BadResponse."""
        given = own_ids(only_field(form, field), (choice.id for choice in self.choices))
        if len(given) > 1:
            raise BadResponse("This form holds two answers where one was asked for. Open the question again.")
        return {"chosen": given} if given else None

    def check(self, body: ResponseBody) -> None:
        """Raises CannotGrade where a stored answer does not fit this question."""
        if len(body.get("chosen", [])) != 1 or not picked(self.choices, body):
            raise CannotGrade("The answer kept for this question cannot be read.")

    def is_complete(self, body: ResponseBody | None) -> bool:
        """Whether there is nothing left to choose."""
        return body is not None

    def grade(self, body: ResponseBody | None) -> Marks:
        """One mark, or none."""
        return Marks(marks=sum(choice.correct for choice in picked(self.choices, body)), full_marks=1)

    def words(self, body: ResponseBody | None) -> tuple[Markup, ...]:
        """The answer in the question's own words."""
        return tuple(inline(choice.text) for choice in picked(self.choices, body))

    def missed(self, body: ResponseBody | None) -> Miss:
        """The learner's own choice and its reason."""
        own = picked(self.choices, body)
        return Miss(
            own=tuple(inline(choice.text) for choice in own),
            why=tuple(inline(choice.reason) for choice in own),
        )

    def explain(self, body: ResponseBody | None) -> Explanation:
        """Every choice with its reason."""
        secured = self.grade(body).secured
        return Explanation(
            type=self.type,
            verdict=verdict(secured),
            secured=secured,
            stem=inline(self.stem),
            options=explained(self.choices, body),
            teaches=inline(self.teaches),
        )

    def blind_chance(self) -> float:
        """The chance that a guess secures it: one in the number of choices."""
        return 1 / len(self.choices)
