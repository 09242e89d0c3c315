"""What a change would break: the problems of a course that come with it."""

from app.kernel.problems import Problem
from app.library.checked import check
from app.library.drafting import Changes
from app.library.folders import Files


def left_hanging_by(files: Files, changes: Changes) -> tuple[Problem, ...]:
    """The problems that the course has with these changes and has not without, told by file and sentence."""
    after = {**files, **{path: body for path, body in changes.items() if body is not None}}
    for path, body in changes.items():
        if body is None:
            after.pop(path, None)
    known = {(problem.path, problem.sentence) for problem in check("course", files).problems}
    return tuple(
        problem
        for problem in check("course", after).problems
        if (problem.path, problem.sentence) not in known
    )
