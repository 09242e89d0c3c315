"""The way back from a section to the result that led there: `?back=<attempt code>` in the address."""

from sqlalchemy.orm import Session

from app.assessment.standing import standing
from app.kernel.codes import read_code
from app.kernel.errors import NotFound


def own_attempt(session: Session, person_id: int, named: str) -> str:
    """The code of the person's own attempt that `named` names, or "". One SQL, or none for no code."""
    code = read_code(named)
    if code is None:
        return ""
    try:
        return standing(session, person_id=person_id, code=code).code
    except NotFound:
        return ""
