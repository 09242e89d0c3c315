"""What was done in lessons: courses begun, answers to blocks, plans, reflections."""

from collections.abc import Iterator

from sqlalchemy import select

from app.learning.exporting.kinds import Kind, Record, Whose
from app.learning.tables import BlockResponse, Enrolment, LessonDone, Reflection

PLAN = "plan"


def _courses(whose: Whose) -> Iterator[Record]:
    done = select(LessonDone).filter_by(person_id=whose.person_id).order_by(LessonDone.done_at)
    lessons = whose.session.scalars(done).all()
    begun = select(Enrolment).filter_by(person_id=whose.person_id).order_by(Enrolment.enrolled_at)
    for enrolment in whose.session.scalars(begun):
        yield {
            "title": whose.words.title(enrolment.course),
            "course": enrolment.course,
            "begun_at": enrolment.enrolled_at,
            "moved_at": enrolment.moved_at,
            "place": enrolment.place,
            "lessons_done": [
                {"lesson": each.lesson, "done_at": each.done_at}
                for each in lessons
                if each.course == enrolment.course
            ],
        }


def _responses(whose: Whose) -> Iterator[BlockResponse]:
    mine = select(BlockResponse).filter_by(person_id=whose.person_id)
    yield from whose.session.scalars(mine.order_by(BlockResponse.course, BlockResponse.saved_at))


def _answers(whose: Whose) -> Iterator[Record]:
    yield from (_answer(whose, each) for each in _responses(whose) if each.kind != PLAN)


def _plans(whose: Whose) -> Iterator[Record]:
    yield from (_answer(whose, each) for each in _responses(whose) if each.kind == PLAN)


def _answer(whose: Whose, response: BlockResponse) -> Record:
    told = whose.words.describe(response.course, response.block, response.kind, response.body)
    return {
        "asked": told.asked or response.block,
        "course_title": whose.words.title(response.course),
        "lesson": told.lesson,
        "answer": list(told.lines),
        "saved_at": response.saved_at,
        "block": response.block,
        "kind": response.kind,
        "kept": response.body,
    }


def _reflections(whose: Whose) -> Iterator[Record]:
    mine = select(Reflection).filter_by(person_id=whose.person_id)
    for each in whose.session.scalars(mine.order_by(Reflection.course, Reflection.saved_at)):
        told = whose.words.describe(each.course, each.block, "reflection", {"text": each.body})
        yield {
            "asked": told.asked or each.block,
            "course_title": whose.words.title(each.course),
            "lesson": told.lesson,
            "text": each.body,
            "saved_at": each.saved_at,
            "block": each.block,
        }


_ANSWER = {
    "asked": "what was asked, or the block's name where the course no longer has it",
    "course_title": "the course",
    "lesson": "the lesson",
    "answer": "your answer in words, as far as the course still tells",
    "saved_at": "when you saved it",
    "block": "the block's name in the course's files",
    "kind": "the kind of block or question",
    "kept": "the answer exactly as it is kept",
}
COURSES = Kind(
    name="courses",
    title="Courses that you began",
    about="How far you came.",
    fields={
        "title": "the course",
        "course": "its name in addresses",
        "begun_at": "when you first saved something in it",
        "moved_at": "when you last moved on in it",
        "place": "the lesson that you left off at",
        "lessons_done": "what you marked as done",
        "lessons_done.lesson": "the lesson, by its name in addresses",
        "lessons_done.done_at": "when",
    },
    read=_courses,
)
ANSWERS = Kind(
    name="answers",
    title="What you answered in lessons",
    about="Your latest answer to each activity. Nobody else is shown any of them.",
    fields=_ANSWER,
    read=_answers,
)
PLANS = Kind(
    name="plans",
    title="Your plans",
    about="What you meant to do after a course.",
    fields=_ANSWER,
    read=_plans,
)
REFLECTIONS = Kind(
    name="reflections",
    title="What you wrote for yourself",
    about="Private from the start: nobody but you is shown these.",
    fields={
        "asked": "what was asked, or the block's name where the course no longer has it",
        "course_title": "the course",
        "lesson": "the lesson",
        "text": "your words",
        "saved_at": "when you saved them",
        "block": "the block's name in the course's files",
    },
    read=_reflections,
)
