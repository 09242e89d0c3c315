"""The way back from a section to the result that led there: `?back=<attempt code>` in the address."""

from sqlalchemy.orm import Session

from app.assessment.records import has_attempt
from app.kernel.codes import read_code


def own_attempt(session: Session, person_id: int, named: str) -> str:
    """The code of the person's own attempt that `named` names, or "". One SQL, or none for no code."""
    code = read_code(named)
    return code if code and has_attempt(session, person_id, code) else ""
