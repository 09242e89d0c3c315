"""What people are called where others see what they did."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.tables import User

GONE = "somebody who has left"


def names_of(session: Session, person_ids: Iterable[int | None]) -> Mapping[int | None, str]:
    """Each of these people by name, or by address where they have given none. One SQL.

    None, which stands for the folders and for whoever has left, is called so.
    """
    wanted = {person_id for person_id in person_ids if person_id is not None}
    rows = session.execute(select(User.id, User.full_name, User.email).filter(User.id.in_(wanted)))
    found: dict[int | None, str] = {person_id: name or address for person_id, name, address in rows}
    return {None: GONE, **dict.fromkeys(wanted, GONE), **found}
