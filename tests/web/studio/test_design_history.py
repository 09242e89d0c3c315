"""A certificate's design has the same history, comparison, way back and clash page as a course."""

from sqlalchemy.orm import Session

from app.library.drafting import open_draft
from tests.cast import Cast
from tests.library.designs import DESK, KEY, LOGO, SHEET, design_text, reword, save_design
from tests.page import Page

INK, BLUE = 'ink: "#1d1b18"', 'ink: "#10305a"'


def test_every_save_of_a_design_is_told_and_can_be_brought_back(
    edda: Page, session: Session, cast: Cast
) -> None:
    first = open_draft(session, KEY).revision_id
    saved = reword(session, INK, BLUE, by=cast.edda.id)
    edda.get(f"{DESK}/history")
    assert "Live now." in edda.text()
    assert "edition" not in edda.text()
    edda.get(f"{DESK}/history/{saved.revision_id}")
    assert "10305a" in edda.text()
    edda.get(f"{DESK}/history/{first}")
    response = edda.post(f"{DESK}/history/{first}", {"base": str(saved.revision_id)})
    assert response.headers["Location"] == DESK
    assert INK in design_text(session)
    assert open_draft(session, KEY).differs is False


def test_two_versions_of_a_design_stand_side_by_side_with_its_logo(edda: Page, session: Session) -> None:
    picture = open_draft(session, KEY).files[LOGO]
    save_design(session, {LOGO: None, LOGO.replace("logo", "sign"): picture + b"\0"})
    edda.get(f"{DESK}/differences")
    assert "Two files differ." in edda.text()
    shown = [one.get("src", "") for one in edda.elements("img")]
    assert len(shown) == 2
    for address in shown:
        assert edda.get(address).mimetype == "image/png"
        assert Page(edda.app).get(address, status=303)
        assert Page(edda.app).get(address.replace("/studio/pictures", "/images"), status=404)


def test_two_editors_of_one_design_keep_both_texts(edda: Page, session: Session, cast: Cast) -> None:
    by_edda, by_ada = cast.edda.id, cast.ada.id
    base = open_draft(session, KEY).revision_id
    reword(session, INK, BLUE, by=by_edda)
    mine = design_text(session).replace(BLUE, 'ink: "#333333"')
    beside = save_design(session, {SHEET: mine.encode()}, base=base, by=by_ada)
    there = f"{DESK}/kept/{beside.revision_id}"
    edda.get(there)
    assert "Two texts of The design" in edda.text()
    assert BLUE in design_text(session)
    newest = open_draft(session, KEY).revision_id
    edda.post(there, {"base": str(newest), "file": SHEET, "choice": "kept"})
    assert design_text(session) == mine


def test_the_files_of_a_design_can_be_changed_as_text(edda: Page, session: Session) -> None:
    edda.get(f"{DESK}/source")
    assert edda.links()[SHEET] == f"{DESK}/source/{SHEET}"
    edda.get(f"{DESK}/source/{SHEET}")
    base = str(open_draft(session, KEY).revision_id)
    text = design_text(session)
    broken = {"base_id": base, "text": text.replace("{deed}", "{deeds}"), "message": "", "deed": "check"}
    edda.post(f"{DESK}/source/{SHEET}", broken, status=200)
    assert "There is no placeholder called {deeds}." in edda.text()
    edda.post(f"{DESK}/source/{SHEET}", {**broken, "text": text.replace(INK, BLUE), "deed": "save"})
    assert design_text(session) == text.replace(INK, BLUE)
    edda.get(f"{DESK}/source/{LOGO}", status=404)
    edda.get(f"{DESK}/source/content/good-course/course.yml", status=404)
