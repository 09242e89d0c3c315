"""The scenario block: a story in decisions. Each option is judged and has its consequence; ways may part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from app.catalogue.block import Block, Fence, Load
from app.kernel.authored import place, validate
from app.kernel.fields import Authored, Line, Listed, Prose, Slug
from app.kernel.problems import Problem
from app.kernel.sentences import did_you_mean
from app.kernel.words import count_words

END = "end"  # where `next` leads when the story is over
Quality = Literal["best", "workable", "poor"]


class Option(Authored):
    """One thing to do. `next` is a later decision, "end", or "" for the one that follows."""

    id: Slug
    text: Line
    quality: Quality
    consequence: Prose
    next: Slug | Literal[""] = ""


class Decision(Authored):
    """A situation, and what may be done in it."""

    id: Slug
    situation: Prose
    options: Annotated[tuple[Option, ...], Listed, Field(min_length=2, max_length=4)]

    def option(self, wanted: object) -> Option | None:
        """The option with this id, or None."""
        return next((option for option in self.options if option.id == wanted), None)

    @property
    def strongest(self) -> Option:
        """The first of its best options: the check has seen that there is one."""
        return next(option for option in self.options if option.quality == "best")


@dataclass(frozen=True, kw_only=True)
class Walk:
    """A way through the story so far. `current` is the decision that comes next, None at the end."""

    steps: tuple[tuple[Decision, Option], ...]
    current: Decision | None


@dataclass(frozen=True, kw_only=True)
class Scenario(Block):
    """A story in decisions. Options lead forwards alone, so every way through it ends."""

    kind: ClassVar[str] = "scenario"
    title: str
    intro: str
    decisions: tuple[Decision, ...]
    look_back: str

    @property
    def load(self) -> Load:
        """The longest way: a question a decision, and what is read, with the longest consequence of each."""
        longest: dict[str, int] = {}
        for decision in reversed(self.decisions):
            after = [self.following(decision, option) for option in decision.options]
            longest[decision.id] = 1 + max(longest[each.id] if each else 0 for each in after)
        read = [self.intro, self.look_back]
        for decision in self.decisions:
            read += [decision.situation, *(option.text for option in decision.options)]
            read.append(max((option.consequence for option in decision.options), key=count_words))
        return Load(words=count_words(" ".join(read)), questions=longest[self.decisions[0].id])

    @property
    def passages(self) -> tuple[str, ...]:
        """All that may be read in it, but for the options, which are no sentences."""
        said = [self.intro]
        for decision in self.decisions:
            said += [decision.situation, *(option.consequence for option in decision.options)]
        return (*said, self.look_back)

    def following(self, decision: Decision, option: Option) -> Decision | None:
        """The decision after this option, None where the story ends."""
        if option.next == END:
            return None
        if option.next:
            return next(each for each in self.decisions if each.id == option.next)
        position = self.decisions.index(decision) + 1
        return self.decisions[position] if position < len(self.decisions) else None

    def walk(self, chosen: Mapping[str, object]) -> Walk:
        """The way that these choices (decision -> option) take, as far as they lead."""
        steps: list[tuple[Decision, Option]] = []
        current: Decision | None = self.decisions[0]
        while current is not None and (option := current.option(chosen.get(current.id))):
            steps.append((current, option))
            current = self.following(current, option)
        return Walk(steps=tuple(steps), current=current)


class Options(Authored):
    """A scenario block as authored."""

    id: Slug
    title: Line
    intro: Prose
    decisions: Annotated[tuple[Decision, ...], Listed, Field(min_length=1, max_length=8)]
    look_back: Prose


def read(node: Any, fence: Fence) -> tuple[Scenario | None, list[Problem]]:
    """A scenario block from its options."""
    options, problems = validate(Options, node, fence.path, fence.line)
    if options is None:
        return None, problems
    for where, sentence, fix in (*_about_ids(options.decisions), *_about_ways(options.decisions)):
        line, column = place(node, where, fence.line)
        problems.append(Problem(path=fence.path, line=line, column=column, sentence=sentence, fix=fix))
    return (None if problems else Scenario(**dict(options))), problems


_Fault = tuple[tuple[str | int, ...], str, str]  # where it is, a sentence, and the mend
Decisions = tuple[Decision, ...]


def _about_ids(decisions: Decisions) -> Iterator[_Fault]:
    for number, decision in enumerate(decisions):
        where = ("decisions", number)
        if decision.id == END:
            yield where, f"A decision cannot be called {END}: that is where a story stops.", "Rename it."
        if decision.id in {earlier.id for earlier in decisions[:number]}:
            yield where, f"There are two decisions called {decision.id}.", "Give this one another id."
        ids = [option.id for option in decision.options]
        for position, option in enumerate(ids):
            if option in ids[:position]:
                sentence = f"There are two options called {option}."
                yield (*where, "options", position), sentence, "Give this one another id."
        if not any(option.quality == "best" for option in decision.options):
            sentence = f"No option of {decision.id} is the best one."
            yield (*where, "options"), sentence, "Write `quality: best` at one of them."
        if all(option.quality == "best" for option in decision.options):
            sentence = f"Every option of {decision.id} is the best one, so there is nothing to decide."
            yield (*where, "options"), sentence, "Judge at least one of them workable or poor."


def _about_ways(decisions: Decisions) -> Iterator[_Fault]:
    reached = {0}
    for number, decision in enumerate(decisions):
        later = [each.id for each in decisions[number + 1 :]]
        for position, option in enumerate(decision.options):
            if option.next in {"", END}:
                reached |= {number + 1} if not option.next else set()
            elif option.next in later:
                reached.add(number + 1 + later.index(option.next))
            else:
                fix = did_you_mean(option.next, later) or "Name a decision further down, or end."
                sentence = f"There is no later decision called {option.next}."
                yield ("decisions", number, "options", position, "next"), sentence, fix
                reached |= set(range(len(decisions)))  # the name may be misspelt: say nothing of the rest
        if number not in reached:
            yield (
                ("decisions", number),
                f"Nothing leads to the decision {decision.id}.",
                "Lead to it, or take it out.",
            )
