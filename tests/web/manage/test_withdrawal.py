"""Withdrawing and reinstating from the pages: what is asked, what is said, and what is kept."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.tables import Revocation
from app.mail.tables import Letter
from tests.cast import Cast
from tests.certification.awards import award_to
from tests.page import Page

NOTE = "Two papers were alike.\nMalik has both."


@pytest.fixture
def there(session: Session, cast: Cast) -> str:
    return f"/manage/certificates/{award_to(session, cast.amira).code}"


def rows(session: Session) -> list[tuple[str, str, str, int | None]]:
    session.rollback()
    kept = session.scalars(select(Revocation).order_by(Revocation.id))
    return [(row.kind, row.reason, row.note, row.by_id) for row in kept]


def test_it_is_withdrawn_reinstated_and_withdrawn_again_and_all_of_it_stays_told(
    page: Page, session: Session, cast: Cast, there: str
) -> None:
    ada = page.sign_in(cast.ada)
    ada.get(there)
    ada.get(ada.links()["Withdraw it"])
    ada.follow(ada.post(f"{there}/withdrawal", {"reason": "not-own-work", "note": NOTE}))
    assert "Withdrawn. See its check page" in ada.text()
    assert "Replace it" not in ada.links()
    ada.get(ada.links()["Reinstate it"])
    ada.follow(ada.post(f"{there}/reinstatement", {"reason": "looked-at-again", "note": "They sat apart."}))
    assert "Valid. See its check page" in ada.text()
    ada.follow(ada.post(f"{there}/withdrawal", {"reason": "asked-by-holder", "note": "By telephone."}))
    assert rows(session) == [
        ("withdrawn", "not-own-work", NOTE, cast.ada.id),
        ("reinstated", "looked-at-again", "They sat apart.", cast.ada.id),
        ("withdrawn", "asked-by-holder", "By telephone.", cast.ada.id),
    ]
    said = ada.text()
    assert "Awarded." in said
    assert "Withdrawn. It was not the holder's own work. By Ada Fenwick. Note: Two papers were alike." in said
    assert "Reinstated. We have looked at what happened again. By Ada Fenwick. Note: They sat apart." in said
    assert said.count("Your certificate for Co-production in social housing has been withdrawn") == 2
    assert "To amira@example.org, waits to be sent." in said


def test_the_note_is_in_no_letter_and_on_no_page_of_others(
    page: Page, session: Session, cast: Cast, there: str
) -> None:
    page.sign_in(cast.ada).post(f"{there}/withdrawal", {"reason": "other", "note": "SECRET NOTE"})
    code = there.rpartition("/")[2]
    for person, address in ((cast.amira, f"/certificates/{code}"), (cast.ben, f"/check/{code}")):
        page.sign_in(person).get(address)
        assert "SECRET NOTE" not in page.text()
    [letter] = session.scalars(select(Letter))
    assert "SECRET NOTE" not in letter.text + letter.html


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"note": "Why."}, "Choose a reason."),
        ({"reason": "spite", "note": "Why."}, "Choose a reason."),
        ({"reason": "withdrawn-in-error", "note": "Why."}, "Choose a reason."),
        ({"reason": "other", "note": " \r\n "}, "Say what happened, for whoever looks at this later."),
        ({"reason": "other", "note": "x" * 2001}, "Say it in 2000 characters at most."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    page: Page, session: Session, cast: Cast, there: str, fields: dict[str, str], sentence: str
) -> None:
    page.sign_in(cast.ada).post(f"{there}/withdrawal", fields, status=422)
    assert sentence in page.text()
    assert rows(session) == []


def test_each_is_refused_where_it_is_so_already(page: Page, session: Session, cast: Cast, there: str) -> None:
    ada, fields = page.sign_in(cast.ada), {"reason": "other", "note": "Why."}
    ada.get(f"{there}/reinstatement", status=409)
    ada.post(f"{there}/reinstatement", fields, status=409)
    ada.post(f"{there}/withdrawal", fields)
    ada.get(f"{there}/withdrawal", status=409)
    ada.post(f"{there}/withdrawal", fields, status=409)
    assert len(rows(session)) == 1
    assert len(session.scalars(select(Letter)).all()) == 1


def test_a_code_that_is_none_is_not_found(page: Page, cast: Cast) -> None:
    ada = page.sign_in(cast.ada)
    for code in ("0" * 26, "nonsense", "%00"):
        for part in ("", "/withdrawal", "/reinstatement", "/replacement", "/name-request"):
            ada.get(f"/manage/certificates/{code}{part}", status=404)


def test_a_note_typed_before_signing_in_again_is_not_lost(
    page: Page, session: Session, cast: Cast, there: str
) -> None:
    ada = page.sign_in(cast.ada)
    form = {"reason": "not-own-work", "note": NOTE, "csrf_token": "old"}
    ada.post(f"{there}/withdrawal", form, status=400)
    assert ["".join(one.itertext()).strip() for one in ada.elements("textarea")] == [NOTE]
    assert rows(session) == []
    ada.post(f"{there}/reinstatement", form, status=400)
    assert "Load it again first" in ada.text()
