"""The links in letters."""

from datetime import UTC, datetime, timedelta

import pytest

from app.people.links import GOOD_FOR, Purpose, holds, make_link, read_link
from app.people.tables import User

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _person(**other: object) -> User:
    facts = {"id": 7, "email": "nia@example.org", "password": "hash", "fs_uniquifier": "one", "active": True}
    return User(**{**facts, **other})


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_says_who_and_what_for(purpose: Purpose) -> None:
    link = read_link(
        "secret", purpose, make_link("secret", purpose, _person(), NOON, "new@example.org"), NOON
    )
    assert link is not None
    assert (link.person_id, link.address) == (7, "new@example.org")
    assert holds(link, _person())


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_is_for_one_purpose_one_site_and_a_while(purpose: Purpose) -> None:
    token = make_link("secret", purpose, _person(), NOON)
    assert all(read_link("secret", other, token, NOON) is None for other in Purpose if other is not purpose)
    assert read_link("another secret", purpose, token, NOON) is None
    assert read_link("secret", purpose, token, NOON + GOOD_FOR[purpose]) is not None
    assert read_link("secret", purpose, token, NOON + GOOD_FOR[purpose] + timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    "change",
    [{"password": "another"}, {"email": "other@example.org"}, {"fs_uniquifier": "two"}, {"active": False}],
    ids=lambda change: next(iter(change)),
)
def test_a_link_is_over_when_what_it_hangs_on_changes(change: dict[str, object]) -> None:
    link = read_link("secret", Purpose.RESET, make_link("secret", Purpose.RESET, _person(), NOON), NOON)
    assert link is not None
    assert not holds(link, _person(**change))
    assert not holds(link, None)


@pytest.mark.parametrize("token", ["", ".", "a.b", "\x00", "é", "W10.x", "a" * 5000])
def test_what_is_not_ours_says_nothing(token: str) -> None:
    assert read_link("secret", Purpose.RESET, token, NOON) is None
