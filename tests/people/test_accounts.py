"""What an operator does with accounts."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.errors import NotFound, Refusal
from app.people.accounts import (
    ROLES,
    add_person,
    give_role,
    has_admin,
    make_admin,
    make_admin_link,
    use_admin_link,
)
from app.people.tables import User
from tests.cast import Cast
from tests.conftest import NOON


def _roles(session: Session, person: User) -> set[str]:
    session.expire_all()
    return {role.name for role in session.get_one(User, person.id).roles}


def test_adding_a_person_twice_adds_the_role_and_makes_one_account(session: Session) -> None:
    first, made = add_person(session, email="Olu@Example.org", full_name="Olu Ade", now=NOON)
    again, made_again = add_person(
        session, email="olu@example.org", full_name="Other", role="editor", now=NOON
    )
    assert (made, made_again) == (True, False)
    assert first.id == again.id
    assert again.full_name == "Olu Ade"
    assert _roles(session, again) == {"editor"}
    assert session.scalar(select(func.count(User.id))) == 1


@pytest.mark.parametrize("role", ROLES)
def test_every_role_can_be_given_twice_without_harm(session: Session, role: str) -> None:
    person, _made = add_person(session, email="olu@example.org", role=role, now=NOON)
    add_person(session, email="olu@example.org", role=role, now=NOON)
    assert _roles(session, person) == ({role} if role != "learner" else set())


def test_a_role_that_there_is_not_is_refused(session: Session, cast: Cast) -> None:
    with pytest.raises(Refusal, match="The roles are: learner, editor, manager, admin"):
        give_role(session, session.get_one(User, cast.amira.id), "owner")


@pytest.mark.parametrize(
    ("email", "name", "words"),
    [
        ("not an address", "", "is not an e-mail address"),
        ("olu@example.org", "x" * 200, "120 characters or fewer"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(session: Session, email: str, name: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        add_person(session, email=email, full_name=name, now=NOON)


def test_making_somebody_an_administrator(session: Session, cast: Cast) -> None:
    assert has_admin(session)
    make_admin(session, email="MALIK@example.org")
    assert _roles(session, cast.malik) == {"manager", "admin"}
    with pytest.raises(NotFound, match=r"rung people add nobody@example\.org"):
        make_admin(session, email="nobody@example.org")


def test_an_administrator_whose_account_is_closed_does_not_count(session: Session, cast: Cast) -> None:
    session.get_one(User, cast.ada.id).active = False
    session.flush()
    assert not has_admin(session)


@pytest.mark.parametrize("hours", [24, 25])
def test_an_administrators_link_is_over_after_a_day_even_with_its_page_open(
    session: Session, hours: int
) -> None:
    token = make_admin_link(session, now=NOON)
    with pytest.raises(NotFound, match="no longer works"):
        use_admin_link(
            session,
            token=token,
            address="ada@example.org",
            full_name="Ada",
            password_hash="x",
            now=NOON + timedelta(hours=hours),
        )
