"""What a person hears who has opened a course's answers as an editor: a pass brings them no certificate."""

from app.learning.certifying import has_certificate
from app.learning.keys_opened import no_certificate
from app.learning.waiving import owed
from app.library.model import CompiledCourse
from app.people.tables import User
from app.web.shared.context import db

BEFORE = (
    "You have opened this test’s answers as an editor. You can take the test and pass it, but you get no "
    "certificate for this edition, unless another editor waives this."
)
AFTER = (
    "There is no certificate for this edition, because you had opened the test’s answers as an editor. "
    "If another editor waives this, the certificate is made."
)


def why_no_certificate(compiled: CompiledCourse, who: User) -> str:
    """The sentence for somebody who gets no certificate from the live edition, or "". One SQL for most."""
    course, session = compiled.course, db.session()
    costs = no_certificate(
        session,
        person_id=who.id,
        course=course.slug,
        edition=course.edition,
        questions=compiled.quiz.places,
    )
    if costs and not has_certificate(session, person_id=who.id, course=course.slug, edition=course.edition):
        passed = course.edition in owed(session, person_id=who.id, course=course.slug)
        return AFTER if passed else BEFORE
    return ""
