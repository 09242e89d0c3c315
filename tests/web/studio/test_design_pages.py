"""Designs in the studio: the list, a new one, the logo, specimens, publishing; and what was awarded stays."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from sqlalchemy.orm import Session

from app.certification.design import read_design
from app.certification.document import draw
from app.certification.trying import specimens
from app.certification.wording import PLACEHOLDERS
from app.library.drafting import open_draft
from app.web.studio.design_told import FILLED
from tests.attacks.designs import other_logo
from tests.attacks.pictures import NO_PICTURES, with_sides
from tests.cast import Cast
from tests.library.designs import DESK, KEY, LOGO, design_text, reword
from tests.page import Page
from tests.web.studio.sending import post

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def files(session: Session, slug: str = "standard") -> dict[str, bytes]:
    session.rollback()
    return open_draft(session, ("design", slug)).files


def head(session: Session) -> str:
    session.rollback()
    return str(open_draft(session, KEY).revision_id)


def test_the_studio_lists_designs_and_who_uses_them(edda: Page, session: Session) -> None:
    edda.get("/studio")
    assert edda.links()["Standard"] == DESK
    assert "Used by A good course." in edda.text()
    reword(session, "size: 42, smallest: 24", "size: 42, smallest: 40")
    edda.get("/studio")
    assert "A certificate's design has to be mended" in edda.text()
    assert "One thing to mend." in edda.text()


def test_a_new_design_is_a_copy_that_no_course_uses_yet(edda: Page, session: Session) -> None:
    edda.get("/studio/designs/new")
    form = {"title": "With our mark", "slug": "", "copied": "standard"}
    response = edda.post("/studio/designs/new", form)
    assert response.headers["Location"] == "/studio/designs/with-our-mark"
    made = files(session, "with-our-mark")
    before = {path.replace("/standard/", "/with-our-mark/"): body for path, body in files(session).items()}
    sheet = "certificates/with-our-mark/design.yml"
    assert made[sheet].decode() == before[sheet].decode().replace("title: Standard", "title: With our mark")
    assert {path: body for path, body in made.items() if path != sheet} == {
        path: body for path, body in before.items() if path != sheet
    }
    edda.follow(response)
    assert "No course uses it yet." in edda.text()
    assert "Not published yet." in edda.text()
    edda.post("/studio/designs/new", form | {"slug": "standard"}, status=422)
    edda.post("/studio/designs/new", form | {"slug": "new"}, status=422)
    edda.post("/studio/designs/new", form | {"slug": "../x"}, status=422)
    edda.post("/studio/designs/new", form | {"copied": "nowhere"}, status=422)


def test_everybody_in_the_sample_has_a_picture_that_says_what_is_on_it(edda: Page, session: Session) -> None:
    edda.get(DESK)
    shown = [one for one in edda.elements("img") if one.get("alt", "").startswith("A specimen for ")]
    people = specimens(files(session))
    assert len(shown) == len(people) >= 8
    for number, (picture, facts) in enumerate(zip(shown, people, strict=True)):
        assert picture.get("alt", "").startswith(f"A specimen for {facts.printed_name}. On it: A logo.")
        assert "Check this certificate at learning.example.org/check" in picture.get("alt", "")
        if number in {0, len(people) - 1}:
            answer = edda.get(picture.get("src", ""))
            assert Image.open(BytesIO(answer.data)).size == (794, 1123)
            assert answer.headers["Cache-Control"] == "private, no-store"
            # It may come after the page that was opened next, whose token an older cookie would undo.
            assert "Set-Cookie" not in answer.headers


def test_the_pdf_of_a_specimen_is_what_the_renderer_draws(edda: Page, session: Session) -> None:
    edda.get(DESK)
    answer = edda.get(edda.links()["PDF for Li Wu"])
    design, _ = read_design(files(session))
    assert design is not None
    assert answer.data == draw(specimens(files(session))[0], design)
    assert "SPECIMEN" in PdfDocument(answer.data)[0].get_textpage().get_text_range()
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_specimens_are_of_this_design_and_for_editors_alone(edda: Page, session: Session, cast: Cast) -> None:
    there = f"{DESK}/specimens/{head(session)}"
    edda.get(f"{there}/99/picture", status=404)
    edda.get(f"{DESK}/specimens/1/0/picture", status=404)
    edda.get(f"{DESK}/specimens/{10**12}/0.pdf", status=404)
    for address in (f"{there}/0/picture", f"{there}/0.pdf"):
        assert Page(edda.app).get(address, status=303).headers["Location"].startswith("/sign-in")
        Page(edda.app).sign_in(cast.amira).get(address, status=403)
    saved = reword(session, "kind: qr", "kind: barcode")
    edda.get(f"{DESK}/specimens/{saved.revision_id}/0/picture", status=404)
    edda.get(DESK)
    assert "It cannot be drawn before it is mended." in edda.text()


def test_publishing_is_refused_while_a_field_has_no_room_and_then_done(edda: Page, session: Session) -> None:
    reword(session, "size: 42, smallest: 24", "size: 42, smallest: 40")
    edda.get(f"{DESK}/publication")
    assert "To mend first" in edda.text()
    assert not [one for one in edda.elements("button") if "Publish" in "".join(one.itertext())]
    edda.post(f"{DESK}/publication", {"revision": head(session)}, status=400)
    reword(session, "size: 42, smallest: 40", "size: 40, smallest: 24")
    edda.get(f"{DESK}/publication")
    seen = next(one.get("value", "") for one in edda.elements("input") if one.get("name") == "revision")
    edda.post(f"{DESK}/publication", {"revision": "1"}, status=409)
    response = edda.post(f"{DESK}/publication", {"revision": seen})
    edda.follow(response)
    assert "This design is live." in edda.text()
    assert open_draft(session, KEY).differs is False
    edda.get(f"{DESK}/publication")
    assert "There is nothing to publish" in edda.text()


def test_a_logo_is_sniffed_tidied_and_printed_in_place_of_the_old(edda: Page, session: Session) -> None:
    logo = other_logo()
    edda.get(f"{DESK}/pictures")
    form: dict[str, Any] = {"field": "1", "base": head(session), "picture": (BytesIO(logo), "Our mark.PNG")}
    edda.follow(post(edda, f"{DESK}/pictures", form))
    assert "The picture is in the draft." in edda.text()
    assert files(session)["certificates/standard/our-mark.png"] == logo
    assert "file: our-mark.png" in design_text(session)
    assert LOGO in files(session), "the old one stays until somebody takes it out"
    edda.post(f"{DESK}/pictures/our-mark.png/removal", {"base": head(session)}, status=400)
    edda.post(f"{DESK}/pictures/logo.png/removal", {"base": "1"}, status=409)
    edda.post(f"{DESK}/pictures/design.yml/removal", {"base": head(session)}, status=404)
    edda.post(f"{DESK}/pictures/logo.png/removal", {"base": head(session)})
    assert LOGO not in files(session)


@pytest.mark.parametrize("name", [*NO_PICTURES, "a drawing", "wide", "heavy", "animated"])
def test_what_cannot_be_printed_is_refused_with_what_to_do(edda: Page, session: Session, name: str) -> None:
    others = {
        "a drawing": DRAWING,
        "wide": _png((2001, 4)),
        "heavy": with_sides(2, 2, dots=b"\0" * 400_000),
        "animated": b"GIF89a",
    }
    body = (NO_PICTURES | others)[name]
    before = head(session)
    form: dict[str, Any] = {"field": "1", "base": before, "picture": (BytesIO(body), "logo.png")}
    post(edda, f"{DESK}/pictures", form, 422)
    assert "There is a problem" in edda.text("error-summary")
    assert head(session) == before


@pytest.mark.parametrize(
    "file", ["../../../etc/passwd", "/etc/passwd", "..", "../other/logo.png", "sample.yml"]
)
def test_a_design_prints_no_file_but_its_own_pictures(edda: Page, session: Session, file: str) -> None:
    reword(session, "file: logo.png", f'file: "{file}"')
    edda.get(DESK)
    assert "It cannot be drawn before it is mended." in edda.text()
    edda.get(f"{DESK}/fields/1")
    edda.post(f"{DESK}/publication", {"revision": head(session)}, status=400)


def _png(size: tuple[int, int]) -> bytes:
    body = BytesIO()
    Image.new("RGB", size, "white").save(body, "PNG")
    return body.getvalue()


def test_all_that_may_stand_in_braces_is_explained() -> None:
    assert FILLED.keys() == PLACEHOLDERS
