"""What the two choice types share: their choices as authored, shown, put into words and laid open."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.assessment.questions.parts import Explained, Flaw, Option, ResponseBody
from app.assessment.wording import inline
from app.kernel.fields import Authored, Line, Slug

FEWEST = 3  # with two, being told of a miss would give the key away


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One option of a choice question, with the reason why it is right or fails."""

    id: str
    text: str
    reason: str
    correct: bool = False


class ChoiceSource(Authored):
    """A choice as authored."""

    id: Slug
    text: Line
    reason: Line
    correct: bool = False


def options(choices: tuple[Choice, ...], order: tuple[str, ...]) -> tuple[Option, ...]:
    """The choices in the order drawn, bare."""
    by_id = {choice.id: Option(id=choice.id, text=inline(choice.text)) for choice in choices}
    return tuple(by_id[each] for each in order)


def picked(choices: tuple[Choice, ...], body: ResponseBody | None) -> tuple[Choice, ...]:
    """The choices that the learner picked, in the author's order."""
    chosen = body["chosen"] if body else []
    return tuple(choice for choice in choices if choice.id in chosen)


def explained(choices: tuple[Choice, ...], body: ResponseBody | None) -> tuple[Explained, ...]:
    """Every choice laid open."""
    own = picked(choices, body)
    return tuple(
        Explained(
            id=choice.id,
            text=inline(choice.text),
            reason=inline(choice.reason),
            right=choice.correct,
            chosen=choice in own,
        )
        for choice in choices
    )


def flaws(choices: tuple[Choice, ...]) -> Iterator[Flaw]:
    """What is wrong with a set of choices, whatever the type."""
    if len(choices) < FEWEST:
        yield Flaw(
            ("choices",), f"A choice question needs {FEWEST} choices or more. This has {len(choices)}."
        )
    for number, choice in enumerate(choices):
        earlier = choices[:number]
        if choice.id in {each.id for each in earlier}:
            yield Flaw(
                ("choices", number, "id"), f"Two choices have the id {choice.id}.", "Rename one of them."
            )
        if choice.text in {each.text for each in earlier}:
            yield Flaw(("choices", number, "text"), "Two choices say the same.", "Reword one of them.")
