"""The pictures of a draft: sending one, placing, replacing and retiring it, and who sees it."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from app.library.checked import check
from app.library.drafting import open_draft
from app.library.pictures import HEAVY_PICTURE
from app.library.tables import Revision
from tests.attacks.drawings import drawing
from tests.attacks.pictures import with_sides
from tests.cast import Cast
from tests.library.drafts import KEY, LESSON, save_text
from tests.page import Page
from tests.web.studio.sending import DOOR, FOLDER, NOTE, PICTURES, WORDS, draft, hash_of, post, saves, send


@pytest.fixture
def studio(page: Page, cast: Cast) -> Page:
    return page.sign_in(cast.edda)


def test_every_picture_is_listed_with_its_size_and_where_it_is_used(studio: Page) -> None:
    studio.get(PICTURES)
    assert "note.png 320 by 180 pixels, 1 KB Used in First steps." in studio.text("picture-list")


def test_a_picture_is_kept_as_a_revision_and_its_words_come_along(
    studio: Page, cast: Cast, session: Session
) -> None:
    studio.follow(send(studio, DOOR))
    assert draft(session)[FOLDER + "door.png"] == DOOR
    newest = session.get_one(Revision, open_draft(session, KEY).revision_id)
    assert (newest.message, newest.made_by_id) == ("Picture door.png added", cast.edda.id)
    [field] = [one for one in studio.elements("textarea") if one.get("name") == "alt"]
    assert (field.text or "").strip() == WORDS
    [markdown] = [one for one in studio.elements("textarea") if one.get("id") == "markdown"]
    assert markdown.text == f"/// figure\nid: door\nimage: images/door.png\nalt: {WORDS}\n///\n"


def test_a_name_that_is_taken_gets_a_number_and_the_same_picture_is_kept_once(
    studio: Page, session: Session
) -> None:
    assert "/pictures/note-2.png?" in send(studio, DOOR, "note.png").headers["Location"]
    before = saves(session)
    assert "/pictures/note.png?" in send(studio, NOTE, "again.png").headers["Location"]
    assert saves(session) == before


def test_without_words_or_a_file_nothing_is_kept_and_both_are_asked_for(
    studio: Page, session: Session
) -> None:
    before = saves(session)
    send(studio, DOOR, status=422, alt=" ")
    assert "Say in a sentence what the picture tells." in studio.text("error-summary")
    studio.post(PICTURES, {"alt": WORDS}, status=422)
    assert "Choose a picture." in studio.text("error-summary")
    [field] = [one for one in studio.elements("textarea") if one.get("name") == "alt"]
    assert (field.text or "").strip() == WORDS
    assert saves(session) == before


def test_a_large_photograph_is_made_smaller(studio: Page, session: Session) -> None:
    dots = Image.effect_noise((3000, 2000), 90).convert("RGB")
    body = BytesIO()
    dots.save(body, "JPEG", quality=90)
    assert len(body.getvalue()) > 1_000_000
    send(studio, body.getvalue(), "photo.jpg")
    kept = draft(session)[FOLDER + "photo.jpg"]
    assert Image.open(BytesIO(kept)).size == (1600, 1067)
    assert len(kept) < 1_000_000


def test_dots_that_cannot_be_read_are_refused_where_the_picture_would_be_shrunk(
    studio: Page, session: Session
) -> None:
    before = saves(session)
    send(studio, with_sides(9, 9, dots=b"\0" * (HEAVY_PICTURE + 1)), status=422)
    assert "broken" in studio.text("error-summary")
    assert saves(session) == before


def test_a_picture_is_put_into_a_lesson_as_a_figure(studio: Page, session: Session) -> None:
    send(studio, DOOR)
    form = {"alt": 'A "door": open', "caption": "Come in.", "credit": "", "place": "first-steps:1"}
    studio.follow(studio.post(f"{PICTURES}/door.png/place", form))
    assert "First steps, line" in studio.text("flow")
    text = draft(session)[LESSON].decode()
    assert "/// figure\nid: door\nimage: images/door.png\n" in text
    compiled = check("course", draft(session)).compiled
    assert compiled is not None
    figure = compiled.course.lessons[0].blocks["door"]  # type: ignore[union-attr]
    assert (figure.alt, figure.width, figure.height) == ('A "door": open', 30, 20)  # type: ignore[attr-defined]
    studio.post(f"{PICTURES}/door.png/place", form)
    assert "id: door-2\n" in draft(session)[LESSON].decode()


def test_a_picture_in_use_is_not_retired_and_the_page_says_where_it_is_used(
    studio: Page, session: Session
) -> None:
    before = saves(session)
    response = studio.post(f"{PICTURES}/note.png/retire", {"seen": hash_of(NOTE)}, status=400)
    assert "First steps, line" in response.text
    assert saves(session) == before


def test_a_picture_that_is_not_used_can_be_retired(studio: Page, session: Session) -> None:
    send(studio, DOOR)
    studio.follow(studio.post(f"{PICTURES}/door.png/retire", {"seen": hash_of(DOOR)}))
    assert "It stays in the history." in studio.text()
    assert FOLDER + "door.png" not in draft(session)


def test_a_replaced_picture_keeps_its_name(studio: Page, session: Session) -> None:
    form = {"seen": hash_of(NOTE), "picture": (BytesIO(DOOR), "whatever.png")}
    studio.follow(studio.post(f"{PICTURES}/note.png/replace", form))  # type: ignore[arg-type]
    assert draft(session)[FOLDER + "note.png"] == DOOR
    assert "30 by 20 pixels" in studio.text()


def test_a_replacement_of_another_kind_is_named_so_in_every_lesson(studio: Page, session: Session) -> None:
    before = draft(session)[LESSON]
    form = {"seen": hash_of(NOTE), "picture": (BytesIO(drawing("<rect/>")), "x.svg")}
    response = post(studio, f"{PICTURES}/note.png/replace", form)
    assert "/pictures/note.svg?" in response.headers["Location"]
    assert draft(session)[LESSON] == before.replace(b"images/note.png", b"images/note.svg")
    assert FOLDER + "note.png" not in draft(session)
    assert check("course", draft(session)).compiled is not None


def test_a_preview_shows_a_picture_that_is_not_published(studio: Page) -> None:
    send(studio, DOOR)
    form = {"alt": WORDS, "caption": "", "credit": "", "place": "first-steps:1"}
    studio.post(f"{PICTURES}/door.png/place", form)
    studio.post("/studio/courses/good-course/preview")
    studio.get("/courses/good-course/first-steps")
    [figure] = [one for one in studio.elements("img") if one.get("alt") == WORDS]
    assert (figure.get("width"), figure.get("height")) == ("30", "20")
    assert studio.get(str(figure.get("src")), follow_redirects=True).data == DOOR


@pytest.mark.parametrize("deed", ["replace", "retire"])
def test_who_saw_an_older_picture_is_asked_to_look_again(studio: Page, session: Session, deed: str) -> None:
    send(studio, DOOR)
    save_text(session, FOLDER + "door.png", with_sides(5, 5))
    before = saves(session)
    form = {"seen": hash_of(DOOR), "picture": (BytesIO(NOTE), "x.png")}
    post(studio, f"{PICTURES}/door.png/{deed}", form, 409)
    assert "Somebody else has changed this picture" in studio.text("error-summary")
    assert saves(session) == before


def test_a_picture_that_was_never_published_is_for_editors(studio: Page, cast: Cast) -> None:
    send(studio, DOOR)
    public, own = f"/images/{hash_of(DOOR)}", f"/studio/pictures/{hash_of(DOOR)}"
    assert studio.get(public, status=302).headers["Location"] == own
    assert studio.get(own).data == DOOR
    studio.sign_in(cast.amira).get(own, status=403)
    Page(studio.app).get(own, status=303)


def test_a_course_that_is_not_there_is_not_found(studio: Page) -> None:
    studio.get("/studio/courses/nothing/pictures", status=404)
    studio.post("/studio/courses/nothing/pictures", {"alt": "x"}, status=404)
