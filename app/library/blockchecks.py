"""Whether blocks name each other rightly: what one block says of another, across the lessons."""

from collections.abc import Iterator

from app.catalogue.blocks import Ladder, Placement, Reading
from app.catalogue.reading import ReadCourse
from app.kernel.problems import Problem
from app.kernel.sentences import did_you_mean


def about_placements(read: ReadCourse) -> Iterator[Problem]:
    """Placements on a ladder that the course does not have. A lesson that cannot be read may hold it."""
    blocks = {block.id: block for each in read.lessons for block in each.lesson.blocks.values()}
    ladders = [block.id for block in blocks.values() if isinstance(block, Ladder)]
    for each in read.lessons:
        for block in each.lesson.blocks.values():
            if not isinstance(block, Placement) or block.ladder in ladders:
                continue
            other = blocks.get(block.ladder)
            if other is not None:
                sentence = f"{block.ladder} is a {other.kind}, not a ladder."
            elif read.whole:
                sentence = f"There is no ladder called {block.ladder} in this course."
            else:
                continue
            fix = did_you_mean(block.ladder, ladders) or _ladders_there_are(ladders)
            yield Problem(path=each.path, line=each.block_lines[block.id], sentence=sentence, fix=fix)


def about_choosers(read: ReadCourse) -> Iterator[Problem]:
    """Choosers of further reading in a course that lists none."""
    if read.course is None or read.course.further_reading:
        return
    for each in read.lessons:
        for block in each.lesson.blocks.values():
            if isinstance(block, Reading):
                sentence = "There is nothing to choose from: course.yml lists no further_reading."
                fix = "List some there, or take this block out."
                yield Problem(path=each.path, line=each.block_lines[block.id], sentence=sentence, fix=fix)


def _ladders_there_are(ladders: list[str]) -> str:
    return f"Use one of: {', '.join(ladders)}." if ladders else "Add a ladder to a lesson first."
