"""Files to what is served: everything is checked, every problem is told, nothing is raised. Pure.

What was read of a file is remembered with its text: whoever types in one lesson waits for that lesson alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.assessment.model import Quiz
from app.assessment.policy import Policy, PolicyError, read_policy
from app.assessment.questions import Question
from app.assessment.reading import read_practice, read_quiz
from app.assessment.twins import about_bank
from app.catalogue.model import Site
from app.catalogue.reading import ReadCourse, read_course
from app.catalogue.site import read_site
from app.certification.design import Design, read_design
from app.certification.trying import about_trial
from app.kernel.authored import decode
from app.kernel.problems import Problem, has_errors
from app.library.blockchecks import about_choosers, about_placements
from app.library.course_files import practice_file, test_file
from app.library.crosschecks import (
    about_course_file,
    about_lessons,
    about_outcomes,
    about_practice,
    about_test,
)
from app.library.estimate import estimate_course
from app.library.folders import Files, can_be_kept
from app.library.glossarychecks import about_glossary
from app.library.model import CompiledCourse
from app.library.pictures import read_pictures
from app.library.placeholders import about_placeholders
from app.library.printchecks import about_issuer
from app.library.readability import about_minutes, about_words
from app.library.testwords import about_test_words

REMEMBERED = 32  # texts of each kind


@dataclass(frozen=True, kw_only=True)
class _Test:
    """What the quizzes folder holds. `practice_sound` is false where a question may be missing by mistake."""

    quiz: Quiz | None
    practice: Mapping[str, Question]
    practice_sound: bool


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What could be made out of a course's files, whole or not, with every problem in order."""

    read: ReadCourse
    quiz: Quiz | None
    practice: Mapping[str, Question]
    problems: tuple[Problem, ...]


def compile_course(
    files: Files, purged: Mapping[str, str] | None = None
) -> tuple[CompiledCourse | None, list[Problem]]:
    """The course in these files (path in the working copy -> bytes), or None; with every problem in order.

    `purged` leads from the path of a picture removed for good to its hash: lessons may still name it.
    """
    looked = look_at_course(files, purged)
    if looked is None:
        return None, [Problem(path="content", line=1, sentence="There is no course in these files.")]
    problems = list(looked.problems)
    if looked.read.course is None or looked.quiz is None or has_errors(problems):
        return None, problems
    estimate = estimate_course(looked.read.course, looked.quiz, looked.practice)
    compiled = CompiledCourse(
        course=looked.read.course, quiz=looked.quiz, practice=looked.practice, estimate=estimate
    )
    return compiled, problems


def look_at_course(files: Files, purged: Mapping[str, str] | None = None) -> Looked | None:
    """As much of the course as can be read, for whoever is still writing it; None where there is none."""
    slug = _slug_in(files)
    if slug is None:
        return None
    folder = f"content/{slug}"
    images, problems = read_pictures(folder, files, purged or {})
    problems += _about_paths(files) + about_placeholders(files)
    content = {path: body for path, body in files.items() if path.startswith(f"{folder}/")}
    read, faults = read_course(folder, content, images)
    problems += faults
    test, faults = _read_test(slug, files, read)
    problems += faults
    problems += _check(read, slug, test)
    return Looked(read=read, quiz=test.quiz, practice=test.practice, problems=tuple(sorted(set(problems))))


def compile_site(files: Files) -> tuple[Site | None, list[Problem]]:
    """The site's own facts and pages, or None; with every problem."""
    site, faults = read_site(files)
    problems = sorted({*_about_paths(files), *faults, *(about_issuer(site) if site else ())})
    return (None if has_errors(problems) else site), problems


def compile_design(files: Files) -> tuple[Design | None, list[Problem]]:
    """A certificate's design, or None; with every problem."""
    design, faults = read_design(files)
    problems = sorted(_about_paths(files) + faults + (about_trial(files, design) if design else []))
    return (None if has_errors(problems) else design), problems


def _slug_in(files: Files) -> str | None:
    for path in sorted(files):
        parts = path.split("/")
        if len(parts) > 2 and parts[0] in {"content", "quizzes"}:
            return parts[1]
    return None


def _about_paths(files: Files) -> list[Problem]:
    """Names that not every machine can keep."""
    fix = "Use letters, digits, dots, dashes and underscores, 80 at most."
    return [
        Problem(path=path, line=1, sentence="This file's name cannot be kept everywhere.", fix=fix)
        for path in files
        if not can_be_kept(path)
    ]


def _read_test(slug: str, files: Files, read: ReadCourse) -> tuple[_Test, list[Problem]]:
    test_path, practice_path = test_file(slug), practice_file(slug)
    quiz: Quiz | None = None
    practice: Mapping[str, Question] = {}
    sound = True
    problems: list[Problem] = []
    if test_path not in files:
        sentence = "This course has no test."
        problems.append(
            Problem(path=test_path, line=1, sentence=sentence, fix="Copy one from another course.")
        )
    else:
        quiz, told = _quiz(test_path, files[test_path], _policy(read))
        problems += told
    if practice_path in files:
        practice, told = _practice(practice_path, files[practice_path])
        sound = not has_errors(list(told))
        problems += told
    problems += _stray_files(slug, files, {test_path, practice_path})
    return _Test(quiz=quiz, practice=practice, practice_sound=sound), problems


@lru_cache(maxsize=REMEMBERED)
def _quiz(path: str, body: bytes, policy: Policy | None) -> tuple[Quiz | None, tuple[Problem, ...]]:
    text, problems = decode(path, body)
    if text is None:
        return None, tuple(problems)
    quiz, problems = read_quiz(path, text, policy)
    return quiz, tuple(problems)


@lru_cache(maxsize=REMEMBERED)
def _practice(path: str, body: bytes) -> tuple[Mapping[str, Question], tuple[Problem, ...]]:
    text, problems = decode(path, body)
    if text is None:
        return {}, tuple(problems)
    practice, problems = read_practice(path, text)
    return practice, tuple(problems)


def _policy(read: ReadCourse) -> Policy | None:
    try:
        return read_policy(read.course.pass_policy) if read.course else None
    except PolicyError:
        return None


def _stray_files(slug: str, files: Files, known: set[str]) -> list[Problem]:
    return [
        Problem(path=path, line=1, level="warning", sentence="This file is not used.", fix="Take it out.")
        for path in files
        if path.startswith(f"quizzes/{slug}/") and path not in known
    ]


def _check(read: ReadCourse, slug: str, test: _Test) -> list[Problem]:
    problems = [*about_lessons(read), *about_placements(read), *about_choosers(read), *about_words(read)]
    if read.course is not None:
        problems += about_course_file(read, read.course, slug)
        problems += about_glossary(read)
        problems += about_outcomes(read, read.course, test.quiz)
    if test.practice_sound:
        problems += about_practice(read, test.practice, practice_file(slug))
        problems += about_minutes(read, test.quiz, test.practice)
    if test.quiz is not None:
        problems += about_test(read, test.quiz)
        problems += about_test_words(test.quiz, [each.term for each in read.glossary])
        problems += about_bank(test.quiz, test.practice)
    return problems
