"""A field of a certificate by form: changed, tried, told what is wrong, added, moved and taken out."""

import base64

import pytest
from sqlalchemy.orm import Session

from app.kernel.patching import value_at
from app.library.drafting import open_draft
from tests.library.designs import DESK, KEY, SHEET, design_text, reword
from tests.page import Page
from tests.web.studio.designing import faults_on, form_on

NAME, DEED, LIST = f"{DESK}/fields/3", f"{DESK}/fields/4", f"{DESK}/fields/7"


def fields(session: Session) -> list[dict[str, object]]:
    return list(value_at(design_text(session), ("fields",)))


def pictures(page: Page) -> list[str]:
    return [one.get("src", "") for one in page.elements("img") if "Specimen" in one.get("alt", "").title()]


@pytest.mark.parametrize("number", range(1, 11))
def test_saving_a_field_as_it_stands_changes_nothing(edda: Page, session: Session, number: int) -> None:
    before = open_draft(session, KEY).revision_id
    edda.get(f"{DESK}/fields/{number}")
    assert faults_on(edda) == {}
    edda.post(f"{DESK}/fields/{number}", form_on(edda))
    session.rollback()
    assert open_draft(session, KEY).revision_id == before


def test_a_change_keeps_the_comments_and_the_order_of_the_file(edda: Page, session: Session) -> None:
    reword(session, "    term_width: 29", "    term_width: 29  # wide enough for Welsh")
    before = design_text(session)
    edda.get(LIST)
    response = edda.post(LIST, form_on(edda, size="10", rows__0__term="Finished", message="Smaller"))
    assert response.headers["Location"] == f"{LIST}?saved"
    changed = set(design_text(session).split("\n")) ^ set(before.split("\n"))
    assert changed == {
        "    size: 10.5",
        "    size: 10",
        '      - [Completed, "{completed}"]',
        '      - [Finished, "{completed}"]',
    }
    edda.follow(response)
    assert "Saved in the draft." in edda.text()
    edda.get(f"{DESK}/history")
    assert "Smaller" in edda.text()


def test_a_preview_draws_what_was_typed_and_keeps_none_of_it(edda: Page, session: Session) -> None:
    edda.get(DEED)
    before = design_text(session)
    typed = form_on(edda, text="has finished **{course}** and {deed}.", do="preview", person="1")
    edda.post(DEED, typed, status=200)
    assert design_text(session) == before
    (picture,) = pictures(edda)
    assert base64.b64decode(picture.removeprefix("data:image/png;base64,")).startswith(b"\x89PNG")
    alts = [one.get("alt", "") for one in edda.elements("img")]
    assert any("has finished Co-production in social housing and answered" in alt for alt in alts)
    assert any("Amira Osei-Bonsu" in alt for alt in alts)
    document = edda.links()["PDF for Amira Osei-Bonsu"]
    assert base64.b64decode(document.removeprefix("data:application/pdf;base64,")).startswith(b"%PDF")
    assert form_on(edda)["text"] == typed["text"]


def test_a_field_without_room_can_be_saved_and_is_told_by_field(edda: Page, session: Session) -> None:
    edda.get(NAME)
    edda.post(NAME, form_on(edda, smallest="40"))
    edda.get(NAME)
    ((sentence, place),) = faults_on(edda).items()
    assert sentence.startswith("These words are too long for 2 lines of 156 mm at 40 points. Tried with ")
    assert place == "#field-text"
    assert pictures(edda), "it can be looked at all the same"
    edda.get(DESK)
    assert "To mend before publishing" in edda.text()
    assert any(href == NAME for href in edda.links().values())


@pytest.mark.parametrize(
    ("changes", "said", "place"),
    [
        ({"size": "huge"}, "Size must be a number.", "#field-size"),
        ({"size": "500"}, "Size must be 72.0 or less.", "#field-size"),
        ({"text": " "}, "Words is empty.", "#field-text"),
        ({"across": ""}, "Across is empty.", "#field-across"),
        ({"stands": "below"}, "Gap above it is empty.", "#field-below"),
        ({"colour": "puce"}, "Colour: choose one of those that there are.", "#field-colour"),
        ({"font": ""}, "Typeface: choose one.", "#field-font"),
        ({"width": "nan"}, "Width must be a number.", "#field-width"),
    ],
)
def test_what_no_design_can_hold_is_told_at_its_field(
    edda: Page, session: Session, changes: dict[str, str], said: str, place: str
) -> None:
    before = design_text(session)
    edda.get(NAME)
    edda.post(NAME, form_on(edda, **changes), status=422)
    assert faults_on(edda)[said] == place
    assert design_text(session) == before


@pytest.mark.parametrize(
    ("changes", "said", "place"),
    [
        ({"text": "{nam}"}, "There is no placeholder called {nam}. Did you mean name?", "#field-text"),
        ({"across": "60"}, "This field reaches 216 mm across, over the right margin at 183 mm.", ""),
    ],
)
def test_what_keeps_it_from_being_published_is_told_before_it_is_saved(
    edda: Page, session: Session, changes: dict[str, str], said: str, place: str
) -> None:
    edda.get(NAME)
    edda.post(NAME, form_on(edda, **changes, do="preview"), status=200)
    assert said in edda.text("error-summary")
    assert faults_on(edda).get(said, "") == place
    assert "Nothing is saved yet." in edda.text()


def test_a_line_of_a_list_is_added_without_a_script(edda: Page, session: Session) -> None:
    edda.get(LIST)
    edda.post(LIST, form_on(edda, do="add rows"), status=200)
    typed = form_on(edda, rows__10__term="Made by", rows__10__description="{issuer}")
    edda.post(LIST, typed)
    assert fields(session)[6]["rows"][-1] == ["Made by", "{issuer}"]  # type: ignore[index]


def test_a_field_is_added_moved_and_taken_out(edda: Page, session: Session) -> None:
    edda.get(f"{DESK}/fields/new")
    there = f"{DESK}/fields/new?kind=text"
    assert there in edda.links().values()
    edda.get(there)
    typed = form_on(edda, text="Learn more with us.", font="plain", size="9", colour="ink", width="100")
    response = edda.post(there, typed)
    assert response.headers["Location"] == f"{DESK}/fields/11?saved"
    assert fields(session)[10]["text"] == "Learn more with us."
    base = str(open_draft(session, KEY).revision_id)
    response = edda.post(f"{DESK}/fields/11/place", {"base": base, "deed": "earlier"})
    assert response.headers["Location"] == f"{DESK}/fields/10?saved"
    assert fields(session)[9]["text"] == "Learn more with us."
    edda.post(f"{DESK}/fields/10/place", {"base": base, "deed": "out"}, status=409)
    base = str(open_draft(session, KEY).revision_id)
    edda.post(f"{DESK}/fields/10/place", {"base": base, "deed": "out"})
    assert len(fields(session)) == 10
    assert "Learn more" not in design_text(session)


def test_the_last_of_what_every_certificate_needs_can_go_but_not_be_published(
    edda: Page, session: Session
) -> None:
    base = str(open_draft(session, KEY).revision_id)
    edda.post(f"{DESK}/fields/8/place", {"base": base, "deed": "out"})
    edda.get(DESK)
    assert "There is no field of the kind qr, and every certificate must have one." in edda.text()


def test_two_who_change_other_fields_both_have_their_way(edda: Page, session: Session) -> None:
    edda.get(NAME)
    mine = form_on(edda, size="40")
    reword(session, "{hours}, {method}", "{hours} of {method}")
    edda.post(NAME, mine)
    assert fields(session)[2]["size"] == 40
    assert fields(session)[5]["text"] == "{hours} of {method}"


def test_two_who_change_one_field_both_keep_their_text(edda: Page, session: Session) -> None:
    edda.get(NAME)
    mine = form_on(edda, size="40")
    reword(session, "size: 42", "size: 38")
    response = edda.post(NAME, mine)
    assert "/studio/designs/standard/kept/" in response.headers["Location"]
    assert fields(session)[2]["size"] == 38
    edda.follow(response)
    assert "Both texts are kept" in edda.text()


def test_a_form_whose_session_has_gone_is_shown_again(edda: Page, session: Session) -> None:
    for do in ("save", "preview"):
        edda.get(NAME)
        edda.post(NAME, {**form_on(edda, size="33", do=do), "csrf_token": "old"}, status=400)
        assert form_on(edda)["size"] == "33"
    assert "size: 33" not in design_text(session)


def test_a_field_that_is_not_there_has_no_page(edda: Page, session: Session) -> None:
    for number in (0, 11, 10**12):
        edda.get(f"{DESK}/fields/{number}", status=404)
    edda.get(f"{DESK}/fields/new?kind=video", status=404)
    edda.get("/studio/designs/nowhere/fields/1", status=404)
    reword(session, "kind: qr", "kind: [qr]")
    edda.get(f"{DESK}/fields/8", status=404)
    edda.get(DESK)
    assert SHEET in edda.text()
