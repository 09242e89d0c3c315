"""Multiple response: several choices, a stated number of them right."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb
from typing import Annotated, ClassVar, Literal

from markupsafe import Markup

from app.assessment.questions.choosing import Choice, ChoiceSource, explained, flaws, options, picked
from app.assessment.questions.parts import (
    CannotGrade,
    Explanation,
    Flaw,
    Form,
    Marks,
    Miss,
    Presented,
    ResponseBody,
    TooMany,
    only_field,
    own_ids,
    shuffled,
    verdict,
)
from app.assessment.wording import in_words, inline
from app.kernel.fields import Authored, Line, Listed, Prose, Slug


class Source(Authored):
    """As authored. How many to choose is counted from the keys."""

    id: Slug
    type: Literal["multiple-response"]
    stem: Prose
    teaches: Line = ""
    miss: Line
    choices: Annotated[tuple[ChoiceSource, ...], Listed]


@dataclass(frozen=True, kw_only=True)
class MultipleResponse:
    """Two or more choices are correct, and the learner is told how many. `miss` is said on a miss."""

    type: ClassVar[str] = "multiple-response"
    id: str
    stem: str
    teaches: str
    miss: str
    choices: tuple[Choice, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The ids of the right choices."""
        return frozenset(choice.id for choice in self.choices if choice.correct)

    def flaws(self) -> Iterator[Flaw]:
        """What the author has to mend."""
        yield from flaws(self.choices)
        if not self.keys:
            fix = "Add `correct: true` to the right ones."
            yield Flaw(("choices",), "No choice is marked as correct.", fix)
        elif len(self.keys) == 1:
            fix = "Mark another, or make this a single-choice question."
            yield Flaw(("choices",), "Only one choice is marked as correct.", fix)
        elif len(self.keys) == len(self.choices):
            fix = "Add a choice that does not belong."
            yield Flaw(("choices",), "Every choice is marked as correct, so there is nothing to decide.", fix)

    def order(self, seed: str) -> tuple[str, ...]:
        """Choice ids as one paper shows them."""
        return shuffled((choice.id for choice in self.choices), self.id, seed)

    def present(self, order: tuple[str, ...]) -> Presented:
        """What a page may show before the answer."""
        return Presented(
            type=self.type,
            stem=inline(self.stem),
            instruction=f"Choose {in_words(len(self.keys))}.",
            options=options(self.choices, order),
        )

    def parse(self, form: Form, field: str) -> ResponseBody | None:
        """The answer in a posted form, None where nothing is chosen. Raises BadResponse, of it TooMany."""
        given = own_ids(only_field(form, field), (choice.id for choice in self.choices))
        body: ResponseBody = {"chosen": [choice.id for choice in self.choices if choice.id in given]}
        if len(given) > len(self.keys):
            asked, ticked = in_words(len(self.keys)), in_words(len(given))
            raise TooMany(f"Choose {asked}. You have chosen {ticked}, so take some away.", body)
        return body if given else None

    def check(self, body: ResponseBody) -> None:
        """Raises CannotGrade where a stored answer does not fit this question."""
        chosen = body.get("chosen", [])
        if not 0 < len(chosen) <= len(self.keys) or len(picked(self.choices, body)) != len(chosen):
            raise CannotGrade("The answer kept for this question cannot be read.")

    def is_complete(self, body: ResponseBody | None) -> bool:
        """Whether there is nothing left to choose."""
        return len(picked(self.choices, body)) == len(self.keys)

    def grade(self, body: ResponseBody | None) -> Marks:
        """One mark a right choice. No more can be chosen than there are keys, so ticking all is no way in."""
        return Marks(
            marks=sum(choice.correct for choice in picked(self.choices, body)), full_marks=len(self.keys)
        )

    def words(self, body: ResponseBody | None) -> tuple[Markup, ...]:
        """The answer in the question's own words."""
        return tuple(inline(choice.text) for choice in picked(self.choices, body))

    def missed(self, body: ResponseBody | None) -> Miss:
        """The learner's own choices. To say which one fails would give the rest away."""
        return Miss(
            own=tuple(inline(choice.text) for choice in picked(self.choices, body)), why=(inline(self.miss),)
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
        """The chance that a guess secures it: one in the ways to pick as many choices as there are keys."""
        return 1 / comb(len(self.choices), len(self.keys))
