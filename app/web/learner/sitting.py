"""One learner at their own test: what each of its pages loads, and how its forms are read."""

import re
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import BadRequest

from app.assessment.attempts import AttemptView, standing
from app.assessment.records import NO_SUCH_TEST
from app.kernel.codes import read_code
from app.kernel.errors import NotFound
from app.library.model import CompiledCourse
from app.web.shared.context import db, now, settings, shelf, signed_in
from app.web.shared.moments import saved_in_words

RENEWED = "You have signed in again since you opened this page. Nothing is saved yet: press the button again."
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """The attempt, and the course as its newest round was drawn from it."""

    view: AttemptView
    compiled: CompiledCourse

    @property
    def title(self) -> str:
        """What the bar says."""
        return f"Test: {self.compiled.course.title}"

    @property
    def saved(self) -> str:
        """When the newest round was last saved, in words; "" before the first save."""
        moment = self.view.current.saved_at
        if moment is None:
            return ""
        return f"Saved {saved_in_words(moment, now(), settings().time_zone).removeprefix('at ')}"


def sit(code: str) -> Sitting:
    """The signed-in person's own attempt. Raises NotFound, for anybody else's too."""
    session = db.session()
    view = standing(session, person_id=signed_in().id, code=attempt_code(code))
    return Sitting(view=view, compiled=shelf().at(session, view.current.revision_id))


def attempt_code(typed: str) -> str:
    """The code as it is stored. Raises NotFound where `typed` cannot be one."""
    code = read_code(typed)
    if code is None:
        raise NotFound(NO_SUCH_TEST)
    return code


def whole_number(name: str) -> int:
    """The one whole number that the form gives under this name. A form of ours always has it."""
    given = request.form.getlist(name)
    if len(given) != 1 or not _NUMBER.fullmatch(given[0]):
        raise BadRequest
    return int(given[0])
