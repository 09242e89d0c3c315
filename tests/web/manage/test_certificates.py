"""The list of certificates: what is found, how it stands, and the pages of it."""

import pytest
from sqlalchemy.orm import Session

from app.certification.name_requests import ask_for_name
from app.kernel.codes import grouped
from app.kernel.db import writing
from app.learning.certificate_list import PAGE
from app.learning.replacing import Wanted, replace_certificate
from app.learning.withdrawing import withdraw
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to
from tests.page import Page

LIST = "/manage/certificates"


@pytest.fixture
def ada(page: Page, cast: Cast) -> Page:
    return page.sign_in(cast.ada)


def found(page: Page) -> list[str]:
    """The codes of the certificates in the list, in its order."""
    hrefs = [link.get("href") or "" for link in page.elements("a")]
    return [href.removeprefix(f"{LIST}/") for href in hrefs if href.startswith(f"{LIST}/")]


def test_an_empty_list_says_when_the_first_comes(ada: Page) -> None:
    ada.get(LIST)
    assert "Nobody has earned one yet." in ada.text()


def test_the_newest_comes_first_each_with_how_it_stands(ada: Page, session: Session, cast: Cast) -> None:
    first = award_to(session, cast.amira).code
    second = award_to(session, cast.ben, printed_name="Ben Whitlock", specimen=True).code
    third = award_to(session, cast.edda, printed_name="Edda Lind").code
    with writing(session):
        withdraw(session, third, reason="other", note="", by_id=None, base_url="", now=PASSED_AT)
    with writing(session):
        new = replace_certificate(
            session,
            first,
            Wanted(printed_name="Amira B"),
            base_url="",
            loopback=False,
            by_id=None,
            now=PASSED_AT,
        )
    ada.get(LIST)
    assert found(ada) == [new, third, second, first]
    notes = [item.text for item in ada.elements("span") if item.get("class") == "quiet"]
    states = [note.partition(". ")[0] for note in notes if note and "Completed on" in note]
    assert states == ["Valid", "Withdrawn", "Specimen", "Replaced"]
    assert "issue 2" in (notes[0] or "")


@pytest.mark.parametrize(
    "sought", ["osei", "AMIRA@example", "co-prod", "in social housing", "  amira   osei-bonsu  "]
)
def test_it_is_found_by_name_address_and_course(ada: Page, session: Session, cast: Cast, sought: str) -> None:
    code = award_to(session, cast.amira).code
    award_to(session, cast.ben, printed_name="Ben Whitlock", course="damp", title="Damp")
    ada.get(LIST, query_string={"q": sought})
    assert found(ada) == [code]
    assert "1 found" in ada.text()


def test_it_is_found_by_its_code_in_any_spelling_and_by_a_part_of_it(
    ada: Page, session: Session, cast: Cast
) -> None:
    code = award_to(session, cast.amira).code
    award_to(session, cast.ben)
    for sought in (code, grouped(code).lower(), grouped(code).replace(" ", "-"), code[3:12]):
        ada.get(LIST, query_string={"q": sought})
        assert found(ada) == [code], sought


@pytest.mark.parametrize("sought", ["%", "_", "\\", "'; --", "nobody", "x" * 5000, "\x00zzqq", "٣"])
def test_what_is_in_none_finds_none(ada: Page, session: Session, cast: Cast, sought: str) -> None:
    award_to(session, cast.amira)
    ada.get(LIST, query_string={"q": sought})
    assert found(ada) == []


def test_many_stand_on_pages(ada: Page, session: Session, cast: Cast) -> None:
    for cycle in range(PAGE + 2):
        award_to(session, cast.amira, edition=cycle + 1)
    ada.get(LIST)
    assert len(found(ada)) == PAGE
    assert "Page 1 of 2" in ada.text()
    assert len(ada.statements) <= 6
    ada.get(ada.links()["Older"])
    assert len(found(ada)) == 2
    ada.get(ada.links()["Newer"])
    for page in ("999", "0", "-1", "x", "٣", ""):
        ada.get(LIST, query_string={"page": page})
        assert found(ada)


def test_names_that_wait_stand_first_and_lead_to_a_decision(ada: Page, session: Session, cast: Cast) -> None:
    code = award_to(session, cast.amira).code
    with writing(session):
        ask_for_name(session, person_id=cast.amira.id, code=code, typed="Amira Bonsu", now=PASSED_AT)
    ada.get(LIST)
    assert ada.links()["Amira Bonsu"] == f"{LIST}/{code}/name-request"
    assert "instead of Amira Osei-Bonsu" in ada.text()


def test_the_account_of_an_administrator_leads_there(page: Page, cast: Cast) -> None:
    page.sign_in(cast.ada).get("/account")
    assert page.links()["Look after certificates"] == LIST
    for other in (cast.edda, cast.malik, cast.amira):
        page.sign_in(other).get("/account")
        assert "Look after certificates" not in page.links()
