"""The check page for programs: the same facts as JSON, and the same rules about names."""

from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from app.certification.holding import show_name, stored_pdf
from app.certification.revoking import revoke
from app.certification.tables import Certificate
from app.certification.wording import NOTE
from app.kernel.codes import new_code
from app.kernel.db import writing
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to, erase, make_all, replace_it
from tests.page import Page

JSON = {"Accept": "application/json"}
NAME = "Amira Osei-Bonsu"


@pytest.fixture
def certificate(session: Session, cast: Cast) -> Certificate:
    return award_to(session, cast.amira)


def test_a_valid_certificate_as_json(page: Page, certificate: Certificate):
    response = page.get(f"/check/{certificate.code}", headers=JSON)
    assert response.mimetype == "application/json"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.json == {
        "state": "valid",
        "code": certificate.code,
        "expires_on": None,
        "withdrawn_on": None,
        "reason": None,
        "reinstated_on": None,
        "replaced_on": None,
        "holder_erased": False,
        "certificate": {
            "course": "co-production",
            "title": "Co-production in social housing",
            "summary": "How to recognise co-production.",
            "nation": "England",
            "edition": 3,
            "law_as_at": "2026-10-01",
            "outcomes": ["Describe what marks co-production.", "Recognise five common pitfalls by name."],
            "minutes": 30,
            "deed": "answered every part of its test correctly",
            "pass_rule": "Every part of the test answered correctly, in three rounds at most.",
            "issuer": "Example Homes Learning",
            "contact": "learning@example.org",
            "started_on": "2026-11-20",
            "completed_on": "2026-11-22",
            "replaces": "",
            "note": NOTE,
        },
    }


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("application/json", "application/json"),
        ("application/json, text/html;q=0.9", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("application/json;q=0.5, text/html", "text/html"),
        ("image/png", "text/html"),
        ("nonsense", "text/html"),
        ("", "text/html"),
    ],
)
def test_a_page_comes_unless_json_is_asked_for(
    page: Page, certificate: Certificate, accept: str, mimetype: str
):
    response = page.get(f"/check/{certificate.code}", headers={"Accept": accept})
    assert response.mimetype == mimetype
    assert {"Accept", "Cookie"} <= set(response.headers["Vary"].replace(",", " ").split())


def test_the_name_stands_there_only_if_the_holder_shows_it(
    page: Page, session: Session, cast: Cast, certificate: Certificate
):
    assert NAME not in page.get(f"/check/{certificate.code}", headers=JSON).text
    with writing(session):
        show_name(session, person_id=cast.amira.id, code=certificate.code, shown=True)
    assert page.get(f"/check/{certificate.code}", headers=JSON).json["certificate"]["printed_name"] == NAME


def test_each_state_says_its_days(page: Page, session: Session, cast: Cast, certificate: Certificate):
    replace_it(session, certificate)
    told = page.get(f"/check/{certificate.code}", headers=JSON).json
    assert (told["state"], told["replaced_on"]) == ("replaced", "2026-11-22")
    with writing(session):
        revoke(session, certificate.code, reason="other", by_id=None, now=PASSED_AT)
    erase(session, certificate)
    told = page.get(f"/check/{certificate.code}", headers=JSON).json
    assert (told["state"], told["withdrawn_on"], told["holder_erased"]) == ("withdrawn", "2026-11-22", True)
    assert told["reason"] == "The issuer gives no reason here."


def test_what_is_none_of_ours_says_nothing_else(page: Page):
    for code in (new_code(), "hello"):
        assert page.get(f"/check/{code}", headers=JSON, status=404).json == {"state": "unknown"}


def test_a_name_is_compared(page: Page, certificate: Certificate):
    for typed, matches in (("amira osei bonsu", True), ("Ben", False)):
        told = page.post(f"/check/{certificate.code}", {"name": typed}, headers=JSON, status=200).json
        assert told["name_matches"] is matches
    told = page.post(f"/check/{certificate.code}", {"name": ""}, headers=JSON, status=422).json
    assert told["errors"] == {"name": ["Enter the name that is printed on the certificate."]}
    told = page.post(f"/check/{new_code()}", {"name": NAME}, headers=JSON, status=404).json
    assert told == {"state": "unknown"}


def test_a_pdf_is_judged(page: Page, session: Session, certificate: Certificate):
    make_all(session)
    pdf = stored_pdf(session, code=certificate.code)
    assert pdf is not None
    for body, kind, state in (
        (pdf.body, "untouched", "valid"),
        (pdf.body + b"\n", "changed", "valid"),
        (b"%PDF-1.7", "not ours", None),
    ):
        told = page.post("/check", files={"pdf": (BytesIO(body), "a.pdf")}, headers=JSON, status=200).json
        assert (told["pdf"], told.get("state")) == (kind, state)
        assert told["of_another_certificate"] is False
    told = page.post("/check", {}, headers=JSON, status=422).json
    assert told == {"errors": {"pdf": ["Choose the PDF that you want to check."]}}
