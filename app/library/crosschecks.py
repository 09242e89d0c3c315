"""Whether the parts of a course name each other rightly: lessons, outcomes, blocks, links and questions."""

from collections.abc import Iterable, Iterator, Mapping

from app.assessment.model import Quiz
from app.assessment.policy import PolicyError, read_policy
from app.assessment.questions import Question
from app.catalogue.blocks import Plan, Practice, Reflection
from app.catalogue.model import Course, Outcome
from app.catalogue.reading import ReadCourse
from app.kernel.problems import Level, Problem
from app.kernel.sentences import did_you_mean
from app.kernel.words import plain
from app.library.printchecks import about_printed_words

TAKEN = {"test", "attempts", "completion", "looking-back", "offline", "print"}  # beside the lessons


def about_course_file(read: ReadCourse, course: Course, slug: str) -> Iterator[Problem]:
    """What course.yml says of itself."""
    if course.slug != slug:
        yield _at_field(read, ("slug",), f"slug must be the name of the folder: {slug}.")
    if course.quiz != slug:
        yield _at_field(read, ("quiz",), f"quiz must be the name of the course's folder: {slug}.")
    if course.review_by < course.law_as_at:
        yield _at_field(read, ("review_by",), "review_by is before law_as_at.", level="warning")
    try:
        read_policy(course.pass_policy)
    except PolicyError as error:
        yield _at_field(read, ("pass_policy",), f"In pass_policy, {error}")
    for number, outcome in enumerate(course.outcomes):
        if outcome.id in {earlier.id for earlier in course.outcomes[:number]}:
            yield _at_field(read, ("outcomes", number), f"There are two outcomes called {outcome.id}.")
    for where, sentence in about_printed_words(course):
        yield _at_field(read, where, sentence)
    if not read.lessons and not read.unread:
        yield _at_field(read, (), "This course has no lesson.", fix="Add a file such as 10-what-it-is.md.")


def about_lessons(read: ReadCourse) -> Iterator[Problem]:
    """Lessons, blocks and links among themselves."""
    known = _outcomes(read)
    seen_lessons: set[str] = set()
    seen_blocks: set[str] = set()
    for each in read.lessons:
        lesson = each.lesson
        if lesson.slug in seen_lessons:
            sentence = f"There is another lesson called {lesson.slug}."
            yield Problem(path=each.path, line=1, sentence=sentence, fix="Rename one of the two files.")
        if lesson.slug in TAKEN:
            sentence = f"A lesson cannot be called {lesson.slug}: its course has another page there."
            yield Problem(path=each.path, line=1, sentence=sentence, fix="Rename the file.")
        seen_lessons.add(lesson.slug)
        for outcome, (line, column) in each.outcome_places.items():
            if known and outcome not in known:
                yield _unknown((each.path, line, column), "outcome", outcome, known)
        for block, line in each.block_lines.items():
            if block in seen_blocks:
                sentence = f"Another lesson has a block called {block}."
                yield Problem(path=each.path, line=line, sentence=sentence, fix="Give this one another id.")
        seen_blocks |= set(each.block_lines)
    yield from _about_links(read)


def about_practice(read: ReadCourse, practice: Mapping[str, Question], path: str) -> Iterator[Problem]:
    """Practice blocks and the questions that they show."""
    used = set()
    for each in read.lessons:
        for block in each.lesson.blocks.values():
            if not isinstance(block, Practice):
                continue
            used.add(block.question)
            if block.question not in practice:
                line = each.block_lines[block.id]
                yield _unknown((each.path, line, 1), "practice question", block.question, practice)
    if read.whole:
        for question in sorted(set(practice) - used):
            sentence = f"No lesson shows the practice question {question}."
            yield Problem(
                path=path, line=1, level="warning", sentence=sentence, fix="Show it, or take it out."
            )


def about_test(read: ReadCourse, quiz: Quiz) -> Iterator[Problem]:
    """Slots and the outcomes, sections and sentences that they rest on."""
    known = _outcomes(read)
    for slot in quiz.slots:
        if known and slot.outcome not in known:
            yield _unknown(slot.place, "outcome", slot.outcome, known)
        lesson_slug, _, anchor = slot.section.partition("#")
        if lesson_slug in read.unread:
            continue
        read_lesson = read.lesson(lesson_slug)
        section = read_lesson.lesson.section(anchor) if read_lesson else None
        if section is None:
            yield _unknown(slot.place, "section", slot.section, _sections(read))
            continue
        taught = plain(section.text)
        for question in slot.questions:
            if plain(question.teaches) not in taught:
                path, line, column = quiz.places[question.id]
                sentence = f"The sentence that teaches {question.id} does not stand in {slot.section}."
                yield Problem(
                    path=path,
                    line=line,
                    column=column,
                    level="warning",
                    sentence=sentence,
                    fix="Copy it from the section again, or mend the section.",
                )


def about_outcomes(read: ReadCourse, course: Course, quiz: Quiz | None) -> Iterator[Problem]:
    """Outcomes that nothing shows. Without a readable test nothing is said of those that it should show."""
    for number, outcome in enumerate(course.outcomes):
        if outcome.shown_by == "test":
            shown = quiz is None or any(slot.outcome == outcome.id for slot in quiz.slots)
            needed = "a slot of the test"
        else:
            shown = not read.whole or _written(course, outcome)
            needed = f"a {outcome.shown_by} in a lesson that names it"
        if not shown:
            sentence = f"Nothing shows the outcome {outcome.id}: it needs {needed}."
            yield _at_field(read, ("outcomes", number), sentence)


def _written(course: Course, outcome: Outcome) -> bool:
    """Whether a lesson that names the outcome has the block that shows it."""
    kind = Plan if outcome.shown_by == "plan" else Reflection
    return any(
        outcome.id in lesson.outcomes and any(isinstance(block, kind) for block in lesson.blocks.values())
        for lesson in course.lessons
    )


def _about_links(read: ReadCourse) -> Iterator[Problem]:
    for each in read.lessons:
        for link in each.links:
            slug = link.lesson or each.lesson.slug
            if slug in read.unread:
                continue
            if read.lesson(slug) is None:
                known = [other.lesson.slug for other in read.lessons]
                yield _unknown((each.path, link.line, link.column), "lesson", slug, known)
            elif link.anchor and link.anchor not in _anchors(read, slug):
                known = [f"{slug}#{anchor}" for anchor in _anchors(read, slug)]
                yield _unknown((each.path, link.line, link.column), "section", f"{slug}#{link.anchor}", known)


def _anchors(read: ReadCourse, slug: str) -> list[str]:
    found = next(each for each in read.lessons if each.lesson.slug == slug)
    return [section.anchor for section in found.lesson.sections] + list(found.block_lines)


def _outcomes(read: ReadCourse) -> set[str]:
    """Empty where course.yml cannot be used: then nothing is said of outcomes."""
    return {outcome.id for outcome in read.course.outcomes} if read.course else set()


def _sections(read: ReadCourse) -> list[str]:
    lessons = [each.lesson for each in read.lessons]
    return [f"{lesson.slug}#{section.anchor}" for lesson in lessons for section in lesson.sections]


def _unknown(where: tuple[str, int, int], what: str, name: str, known: Iterable[str]) -> Problem:
    path, line, column = where
    sentence = f"There is no {what} called {name} in this course."
    return Problem(path=path, line=line, column=column, sentence=sentence, fix=did_you_mean(name, known))


def _at_field(
    read: ReadCourse, where: tuple[str | int, ...], sentence: str, *, fix: str = "", level: Level = "error"
) -> Problem:
    line, column = read.place(*where)
    return Problem(path=read.path, line=line, column=column, level=level, sentence=sentence, fix=fix)
