"""The words of a question, text by text, each with where it stands. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from app.assessment.questions import Classify, MultipleResponse, Question


class Text(NamedTuple):
    """One text of a question. `where` leads to it from the question's node."""

    where: tuple[str | int, ...]
    words: str


def texts(question: Question) -> Iterator[Text]:
    """Everything that people read of a question, but for the sentence of the lesson that teaches it."""
    yield Text(("stem",), question.stem)
    if isinstance(question, MultipleResponse | Classify):
        yield Text(("miss",), question.miss)
    if isinstance(question, Classify):
        for number, category in enumerate(question.categories):
            yield Text(("categories", number, "text"), category.text)
    yield from options(question)
    yield from reasons(question)


def options(question: Question) -> Iterator[Text]:
    """The choices or rows as they are shown."""
    if isinstance(question, Classify):
        yield from (Text(("rows", at, "text"), row.text) for at, row in enumerate(question.rows))
    else:
        yield from (Text(("choices", at, "text"), each.text) for at, each in enumerate(question.choices))


def reasons(question: Question) -> Iterator[Text]:
    """The reason of each choice or row."""
    if isinstance(question, Classify):
        yield from (Text(("rows", at, "reason"), row.reason) for at, row in enumerate(question.rows))
    else:
        yield from (Text(("choices", at, "reason"), each.reason) for at, each in enumerate(question.choices))
