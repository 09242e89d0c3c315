"""What each field of an authored shape is called on screen, and what to write in it: one table.

A field is looked up under its whole path within its shape (`scenario.decisions.options.next`), then under
ever shorter ends of it (`decisions.options.next`, `options.next`, `next`).
"""

from typing import NamedTuple

from app.web.studio.shapes import wording_blocks, wording_designs


class Words(NamedTuple):
    """What a field is called, a hint, what one of its rows is called, and whether it wants room."""

    label: str
    hint: str = ""
    one: str = ""
    roomy: bool = False


MARKS = "Put *one star* on each side of words to stress them."

_WORDS: dict[str, Words] = {
    "id": Words("Name in the file"),
    "title": Words("Title"),
    "summary": Words("Summary", roomy=True),
    "prompt": Words("What is asked"),
    "hint": Words("Hint", "A quiet line under what is asked."),
    "optional": Words("People may leave this out", "Then it counts no minutes."),
    "text": Words("Text", roomy=True),
    "reason": Words("Reason", "Why it is right, or why it fails. Shown once it has been chosen.", roomy=True),
    # course.yml
    "course.title": Words("Title"),
    "course.summary": Words(
        "Summary", "What the course is about and how long it takes, in two or three sentences."
    ),
    "course.programme": Words("Programme"),
    "course.design": Words("Design of its certificate", "Those that have been published."),
    "course.minutes": Words("Minutes", "How long the whole course takes, the test included."),
    "course.law_as_at": Words("Law as at", "The day on which the law was last checked, such as 2026-10-01."),
    "course.review_by": Words("Review by", "The day by which somebody looks through it again."),
    "course.nation": Words("Nation", "Where the law that it rests on holds, such as England."),
    "course.credit": Words("Credit", f"Who wrote it and what it is based on. {MARKS}"),
    "course.share_text": Words("Words for sharing", "What people may post once they have completed it."),
    "course.valid_for": Words(
        "Months that the certificate is valid", "Such as 12. Left empty, it is valid for good."
    ),
    "course.retired": Words("The course is retired", "It is then offered to nobody new."),
    "course.second_person": Words("A second person agrees before anything is published"),
    "course.outcomes": Words("Outcomes", "What people can do afterwards.", one="Outcome"),
    "course.outcomes.text": Words("People can", "Begin with a verb, such as: Explain how to ...", roomy=True),
    "course.outcomes.shown_by": Words("What shows it"),
    "course.further_reading": Words("Further reading", one="Thing to read"),
    "course.further_reading.url": Words("Web address"),
    "course.further_reading.need": Words(
        "Whom it helps", "The need that it meets, such as: Paying people fairly."
    ),
    "course.further_reading.minutes": Words("Minutes to read"),
    "course.further_reading.why": Words("Why it is worth reading", roomy=True),
    "course.related": Words(
        "Related", "Another course, or something elsewhere with title, address and kind.", one="Related thing"
    ),
    "course.related.course": Words("A course here"),
    "course.related.title": Words("Title, if it is elsewhere"),
    "course.related.url": Words("Web address, if it is elsewhere"),
    "course.related.kind": Words("Kind, if it is elsewhere", "One word, such as guide or webinar."),
    "course.glossary": Words(
        "Words that the course explains", "The first use of each in a lesson is explained.", one="Word"
    ),
    "course.glossary.term": Words("Word or words"),
    "course.glossary.meaning": Words("Meaning", "One or two plain sentences.", roomy=True),
    # the test and its questions
    "slot.title": Words("Title", "What the result page calls it, such as: Space and power."),
    "slot.outcome": Words("Outcome that it tests"),
    "slot.section": Words("Section that teaches it", "Where people are led after a miss."),
    "stem": Words("Question", "A situation, then one question. 60 words at most.", roomy=True),
    "teaches": Words("Sentence that teaches it", "Copied from the section, word for word.", roomy=True),
    "miss": Words("Said after a miss", "Help to think again. Do not give the answer away.", roomy=True),
    "choices": Words("Choices", one="Choice"),
    "choices.text": Words("Choice", roomy=True),
    "choices.correct": Words("This one is right"),
    "categories": Words("Groups", "Where each line may go.", one="Group"),
    "categories.text": Words("Name of the group"),
    "rows": Words("Lines to sort", one="Line"),
    "rows.text": Words("Line", roomy=True),
    "rows.category": Words("Group that it belongs to"),
    **{name: Words(*words) for name, words in (wording_blocks.WORDS | wording_designs.WORDS).items()},
}

OPTIONS: dict[str, dict[str, str]] = {
    "stands": {"at": "At a place of its own", "below": "Under the field before it"},
    "shown_by": {"test": "The test", "reflection": "A reflection", "plan": "A plan"},
    "quality": {"best": "The best", "workable": "Workable", "poor": "Poor"},
}

STARTING_ROWS = {"choices": 3, "categories": 2, "rows": 2}  # what a new one begins with, where no model says


def words_for(shape: str, path: str) -> Words | None:
    """The words for the field at `path` (dotted, without row numbers) of a shape, or None."""
    parts = [shape, *path.split(".")]
    found = (_WORDS.get(".".join(parts[at:])) for at in range(len(parts)))
    return next((words for words in found if words is not None), None)
