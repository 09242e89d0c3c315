"""The look of a certificate and its sample people by form."""

import pytest
from sqlalchemy.orm import Session

from app.kernel.patching import value_at
from app.library.drafting import open_draft
from tests.library.designs import DESK, KEY, SAMPLE, design_text, reword, save_design
from tests.page import Page
from tests.web.studio.designing import faults_on, form_on

LOOK, PEOPLE = f"{DESK}/look", f"{DESK}/sample"


@pytest.mark.parametrize("address", [LOOK, PEOPLE])
def test_saving_what_stands_changes_nothing(edda: Page, session: Session, address: str) -> None:
    before = open_draft(session, KEY).revision_id
    edda.get(address)
    edda.post(address, form_on(edda))
    session.rollback()
    assert open_draft(session, KEY).revision_id == before


def test_a_colour_is_typed_and_everything_else_stays_as_it_was_written(edda: Page, session: Session) -> None:
    reword(session, '  ink: "#1d1b18"', '  ink: "#1d1b18"  # as on our letters')
    before = design_text(session)
    edda.get(LOOK)
    edda.post(LOOK, form_on(edda, palette__0__colour="10305A"))
    assert design_text(session) == before.replace('ink: "#1d1b18"', 'ink: "#10305a"')
    edda.get(f"{DESK}/history")
    assert "Change the look" in edda.text()


def test_a_colour_is_picked_without_a_script(edda: Page, session: Session) -> None:
    edda.get(LOOK)
    edda.post(LOOK, form_on(edda, palette__2__colour__picked="#0a5c36"))
    assert value_at(design_text(session), ("palette", "accent")) == "#0a5c36"
    edda.get(LOOK)
    both = form_on(edda, palette__2__colour__picked="#ffffff", palette__2__colour="#10305a")
    edda.post(LOOK, both)
    assert value_at(design_text(session), ("palette", "accent")) == "#10305a", "what is typed wins"
    edda.get(LOOK)
    edda.post(LOOK, form_on(edda, palette__2__colour__picked="javascript:evil()"))
    assert value_at(design_text(session), ("palette", "accent")) == "#10305a"


def test_a_new_name_of_a_colour_or_typeface_goes_wherever_it_is_chosen(edda: Page, session: Session) -> None:
    edda.get(LOOK)
    changes = {"palette__0__name": "Dark blue", "palette__3__name": "Hairline", "fonts__2__name": "bold"}
    edda.post(LOOK, form_on(edda, **changes))
    sheet = value_at(design_text(session), ())
    assert list(sheet["palette"]) == ["dark-blue", "quiet", "accent", "hairline", "stamp"]
    assert sheet["frame"]["colour"] == "hairline"
    assert {field["colour"] for field in sheet["fields"] if "colour" in field} == {
        "dark-blue",
        "quiet",
        "accent",
    }
    assert sheet["fields"][1]["font"] == "bold"
    edda.get(DESK)
    assert "To mend before publishing" not in edda.text()


def test_a_colour_is_added_and_chosen_for_the_stamp_at_once(edda: Page, session: Session) -> None:
    edda.get(LOOK)
    edda.post(LOOK, form_on(edda, do="add palette"), status=200)
    typed = form_on(edda, palette__5__name="Pale sky", palette__5__colour="#e7f0f8", stamp_colour="new-1")
    edda.post(LOOK, typed)
    sheet = value_at(design_text(session), ())
    assert sheet["palette"]["pale-sky"] == "#e7f0f8"
    assert sheet["stamp_colour"] == "pale-sky"


def test_lines_round_the_page_come_and_go(edda: Page, session: Session) -> None:
    edda.get(LOOK)
    edda.post(LOOK, form_on(edda, frame=""))
    assert value_at(design_text(session), ("frame",)) is None
    edda.get(LOOK)
    edda.post(LOOK, form_on(edda, frame="8, 10 and 12.5", frame_colour=""), status=422)
    assert faults_on(edda) == {"Choose a colour for the lines round the page.": "#field-frame-colour"}
    edda.post(LOOK, form_on(edda, frame_colour="line"))
    assert value_at(design_text(session), ("frame",)) == {"insets": [8, 10, 12.5], "colour": "line"}


@pytest.mark.parametrize(
    ("changes", "said", "place"),
    [
        ({"title": ""}, "What this design is called is empty.", "#field-title"),
        (
            {"palette__0__colour": "brick"},
            "Colour must be a colour such as #8a3116.",
            "#field-palette-0-colour",
        ),
        (
            {"palette__1__name": "Ink"},
            "Another colour has this name. Give it one of its own.",
            "#field-palette-1-name",
        ),
        ({"left": "300"}, "Margin on the left must be 60.0 or less.", "#field-left"),
        (
            {"frame": "wide"},
            "Write how far in each line stands, in millimetres, such as: 9 and 11.5.",
            "#field-frame",
        ),
        (
            {"fonts__0__typeface": "Comic Sans"},
            "Typeface: choose one of those that there are.",
            "#field-fonts-0-typeface",
        ),
    ],
)
def test_what_no_design_can_hold_is_told_at_its_field(
    edda: Page, session: Session, changes: dict[str, str], said: str, place: str
) -> None:
    before = design_text(session)
    edda.get(LOOK)
    edda.post(LOOK, form_on(edda, **changes), status=422)
    assert faults_on(edda)[said] == place
    assert design_text(session) == before


def test_a_margin_that_fields_reach_into_is_told_with_the_fields(edda: Page, session: Session) -> None:
    edda.get(LOOK)
    edda.post(LOOK, form_on(edda, right="40", do="preview"), status=200)
    assert "This field reaches 183 mm across, over the right margin at 170 mm." in edda.text()
    assert f"{DESK}/fields/3" in edda.links().values()
    assert "It cannot be drawn before the rest is mended." in edda.text()


def test_two_who_change_the_look_both_keep_their_text(edda: Page, session: Session) -> None:
    edda.get(LOOK)
    mine = form_on(edda, top="31")
    reword(session, 'ink: "#1d1b18"', 'ink: "#222222"')
    assert "/kept/" in edda.post(LOOK, mine).headers["Location"]
    edda.get(LOOK)
    mine = form_on(edda, top="31")
    reword(session, "{hours}, {method}", "{hours} of {method}")
    assert edda.post(LOOK, mine).headers["Location"] == f"{LOOK}?saved"


def test_people_to_try_it_with_are_changed_by_form(edda: Page, session: Session) -> None:
    edda.get(PEOPLE)
    edda.post(PEOPLE, form_on(edda, names="Siân Rhys\nBo", outcomes="Listen.\nAct.", minutes="45"))
    sample = value_at(design_text(session, SAMPLE), ())
    assert (sample["names"], sample["outcomes"], sample["minutes"]) == (
        ["Siân Rhys", "Bo"],
        ["Listen.", "Act."],
        45,
    )
    assert design_text(session, SAMPLE).startswith("# People and a course to try this design with.")
    edda.get(DESK)
    assert {one.get("alt", "")[:24] for one in edda.elements("img")} == {
        "A specimen for Siân Rhys",
        "A specimen for Bo. On it",
    }


def test_a_name_that_cannot_be_printed_is_refused_with_its_reason(edda: Page, session: Session) -> None:
    before = design_text(session, SAMPLE)
    edda.get(PEOPLE)
    edda.post(PEOPLE, form_on(edda, names="Amira\n\U0001f600 Ben"), status=422)
    ((said, place),) = faults_on(edda).items()
    assert ("\U0001f600" in said, place) == (True, "#field-names")
    assert design_text(session, SAMPLE) == before


def test_a_design_without_a_sample_gets_one(edda: Page, session: Session) -> None:
    save_design(session, {SAMPLE: None})
    edda.get(PEOPLE)
    typed = form_on(edda, names="Bo", course="Calls", minutes="5", outcomes="", issuer="Us", contact="a@b.c")
    edda.post(PEOPLE, typed)
    assert value_at(design_text(session, SAMPLE), ("names",)) == ["Bo"]


def test_a_form_whose_session_has_gone_is_shown_again(edda: Page, session: Session) -> None:
    for address, field in ((LOOK, "title"), (PEOPLE, "course")):
        edda.get(address)
        edda.post(address, {**form_on(edda), field: "Typed by hand", "csrf_token": "old"}, status=400)
        assert form_on(edda)[field] == "Typed by hand"
