"""A placement on the lesson's page: private, partial if the learner likes, and never marked."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.responses import my_responses, save_block_response
from app.learning.tables import BlockResponse
from tests.cast import Cast
from tests.conftest import NOON
from tests.page import Page
from tests.web.ladders import LADDER, PLACEMENT
from tests.web.more import publish_lesson

RUNG, EVIDENCE, CHANGE = (f"answer-own-project-{part}" for part in ("rung", "evidence", "change"))
WHOLE = {RUNG: "consultation", EVIDENCE: "The survey.\r\nIts results.", CHANGE: "Share the choice."}
EMPTY = {RUNG: "", EVIDENCE: " ", CHANGE: ""}
Form = dict[str, str | list[str]]


@pytest.fixture
def address(app: Flask) -> str:
    return publish_lesson(app, LADDER + "\n" + PLACEMENT)


def kept(session: Session, cast: Cast) -> object:
    found = my_responses(session, cast.amira.id, "good-course", ["own-project"]).get("own-project")
    return found and (found.kind, found.body)


def chosen(page: Page) -> list[str | None]:
    return [one.get("value") for one in page.elements("option") if "selected" in one.attrib]


def texts(page: Page) -> list[str]:
    return [(one.text or "").removeprefix("\n") for one in page.elements("textarea")]


def test_what_is_saved_is_kept_shown_and_placed(
    page: Page, cast: Cast, session: Session, address: str
) -> None:
    response = page.sign_in(cast.amira).post(f"{address}/responses/own-project", WHOLE)
    assert response.headers["Location"] == f"{address}#own-project"
    body = {"rung": "consultation", "evidence": "The survey.\nIts results.", "change": "Share the choice."}
    assert kept(session, cast) == ("placement", body)
    page.follow(response)
    assert chosen(page) == ["consultation"]
    assert texts(page) == ["The survey.\nIts results.", "Share the choice."]
    assert page.text("feedback") == (
        "You placed it on rung 4, Consultation (Tokenism). "
        "The next rung up is Placation: Two residents join a board that outvotes them."
    )
    assert "Saved at 12:00. Only you can see it." in page.text("panel")


def test_on_the_top_rung_there_is_no_next_one(page: Page, cast: Cast, address: str) -> None:
    page.sign_in(cast.amira)
    page.follow(page.post(f"{address}/responses/own-project", WHOLE | {RUNG: "citizen-control"}))
    assert (
        page.text("feedback")
        == "You placed it on rung 8, Citizen control (Citizen power). It is the top rung."
    )


def test_rungs_are_offered_from_the_top_with_number_and_band(page: Page, cast: Cast, address: str) -> None:
    page.sign_in(cast.amira).get(address)
    offered = [one.text for one in page.elements("option")]
    assert offered[:2] == ["No rung yet", "8. Citizen control (Citizen power)"]
    assert offered[-1] == "1. Manipulation (Non-participation)"
    assert len(offered) == 9


@pytest.mark.parametrize("part", [RUNG, EVIDENCE, CHANGE])
def test_a_part_alone_is_kept(page: Page, cast: Cast, session: Session, address: str, part: str) -> None:
    page.sign_in(cast.amira)
    page.follow(page.post(f"{address}/responses/own-project", EMPTY | {part: WHOLE[part]}))
    assert kept(session, cast) is not None
    assert ("You placed it on rung 4" in page.text("panel")) is (part == RUNG)


def test_an_emptied_placement_is_deleted(page: Page, cast: Cast, session: Session, address: str) -> None:
    page.sign_in(cast.amira).post(f"{address}/responses/own-project", WHOLE)
    page.follow(page.post(f"{address}/responses/own-project", EMPTY))
    assert kept(session, cast) is None
    assert "Saved" not in page.text("panel")


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({RUNG: "roof"}, RUNG, "That rung is not on this ladder. Choose one that is."),
        ({RUNG: ["therapy", "placation"]}, RUNG, "This was sent more than once."),
        ({EVIDENCE: ["one", "two"]}, EVIDENCE, "This was sent more than once."),
        ({EVIDENCE: "a" * 2001}, EVIDENCE, "Your text is 2,001 characters long. Shorten it to 2,000"),
        ({CHANGE: "a" * 2001}, CHANGE, "Your text is 2,001 characters long. Shorten it to 2,000"),
    ],
)
def test_what_cannot_be_kept_comes_back_as_typed_with_the_reason_at_its_field(
    page: Page, cast: Cast, session: Session, address: str, form: Form, field: str, sentence: str
) -> None:
    typed: Form = {RUNG: "therapy", EVIDENCE: "Evidence.", CHANGE: "Change.", **form}
    page.sign_in(cast.amira).post(f"{address}/responses/own-project", typed, status=422)
    assert [to for words, to in page.links().items() if words.startswith(sentence)] == [f"#{field}"]
    wrong = next(one for one in page.soup.iter() if one.get("id") == field)  # type: ignore[union-attr]
    assert wrong.get("aria-invalid") == "true"
    assert str(wrong.get("aria-describedby")).split()[-1] == f"{field}-error"
    if field == CHANGE:
        assert (chosen(page), texts(page)) == (["therapy"], ["Evidence.", "a" * 2001])
    assert kept(session, cast) is None


def test_a_form_without_a_part_deletes_nothing(
    page: Page, cast: Cast, session: Session, address: str
) -> None:
    page.sign_in(cast.amira).post(f"{address}/responses/own-project", WHOLE)
    page.post(f"{address}/responses/own-project", {RUNG: "therapy"}, status=400)
    assert kept(session, cast) is not None


def test_a_form_from_before_signing_in_again_gives_back_what_was_typed(
    page: Page, cast: Cast, address: str
) -> None:
    page.sign_in(cast.amira)
    page.post(f"{address}/responses/own-project", WHOLE | {"csrf_token": "an-old-token"}, status=400)
    assert (chosen(page), texts(page)[1]) == (["consultation"], "Share the choice.")
    assert "nothing is saved yet" in page.text("error-summary")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("placement", {"rung": "gone", "evidence": "Still here.", "change": 7}),
        ("placement", {"evidence": "Still here."}),
        ("placement", {"rung": ["therapy"], "evidence": "Still here.", "change": None}),
    ],
)
def test_of_an_older_ladder_what_still_fits_is_shown(
    page: Page, cast: Cast, session: Session, address: str, kind: str, body: dict[str, object]
) -> None:
    save(session, cast, kind, body)
    page.sign_in(cast.amira).get(address)
    assert texts(page) == ["Still here.", ""]
    assert chosen(page) in ([], [""])


def test_where_nothing_of_it_fits_any_more_nothing_is_said_to_be_saved(
    page: Page, cast: Cast, session: Session, address: str
) -> None:
    save(session, cast, "placement", {"rung": "gone", "evidence": "", "change": ""})
    page.sign_in(cast.amira).get(address)
    assert "Saved" not in page.text("panel")


def test_an_answer_to_another_kind_of_block_is_not_shown(
    page: Page, cast: Cast, session: Session, address: str
) -> None:
    save(session, cast, "single", {"rung": "therapy", "evidence": "Of another block."})
    page.sign_in(cast.amira).get(address)
    assert texts(page) == ["", ""]
    assert "Saved" not in page.text("panel")


def test_others_see_nothing_of_it(page: Page, cast: Cast, session: Session, address: str) -> None:
    page.sign_in(cast.amira).post(f"{address}/responses/own-project", WHOLE)
    page.sign_in(cast.ben).get(address)
    assert texts(page) == ["", ""]


def test_a_guest_reads_the_questions_and_is_told_how_to_keep_an_answer(
    page: Page, session: Session, address: str
) -> None:
    page.get(address)
    assert "What one change would move it up?" in page.text("questions")
    assert page.links()["Sign in to keep this"].endswith("%23own-project")
    response = page.post(f"{address}/responses/own-project", WHOLE)
    assert urlsplit(response.headers["Location"]).path == "/sign-in"
    assert session.scalars(select(BlockResponse)).all() == []


def save(session: Session, cast: Cast, kind: str, body: dict[str, object]) -> None:
    with writing(session):
        save_block_response(
            session,
            person_id=cast.amira.id,
            course="good-course",
            lesson="more",
            block="own-project",
            kind=kind,
            body=body,
            now=NOON,
        )
