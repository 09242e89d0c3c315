"""Who is asked to look again when the law has changed: who it is, what they read, and that it is once."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.learning.tables import Refresher
from app.learning.withdrawing import withdraw
from app.mail.tables import Letter
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to
from tests.page import Page

PAGE = "/manage/law-changes"
COURSE = "good-course"
ASKED = {"course": COURSE, "changed_on": "2026-10-01"}
SENT = {**ASKED, "address": f"/courses/{COURSE}/next-steps", "message": "The law on calls has changed."}
OLD = {"course": COURSE, "title": "A good course", "law_as_at": date(2026, 9, 30)}


@pytest.fixture
def ada(page: Page, cast: Cast) -> Page:
    return page.sign_in(cast.ada)


def letters(session: Session) -> list[Letter]:
    session.rollback()
    return list(session.scalars(select(Letter).filter_by(kind="certificate-refresher").order_by(Letter.id)))


def test_those_with_a_valid_certificate_of_the_older_law_are_named(
    ada: Page, session: Session, cast: Cast
) -> None:
    award_to(session, cast.amira, **OLD)
    award_to(session, cast.ben, printed_name="Ben Whitlock", **(OLD | {"law_as_at": date(2026, 10, 1)}))
    award_to(session, cast.edda, printed_name="Edda Lind", **(OLD | {"course": "damp"}))
    award_to(session, cast.malik, printed_name="Malik Rahman", expires_on=date(2026, 11, 22), **OLD)
    withdrawn = award_to(session, cast.ada, printed_name="Ada Fenwick", **OLD).code
    with writing(session):
        withdraw(session, withdrawn, reason="other", note="", by_id=None, base_url="", now=PASSED_AT)
    ada.get(PAGE)
    ada.get(PAGE, query_string=ASKED)
    assert "One person" in ada.text()
    assert "Amira Osei-Bonsu" in ada.text()
    for name in ("Whitlock", "Lind", "Malik", "Fenwick,"):
        assert name not in ada.text(), name


def test_whoever_has_a_newer_certificate_is_not_asked(ada: Page, session: Session, cast: Cast) -> None:
    award_to(session, cast.amira, **OLD)
    award_to(session, cast.amira, **(OLD | {"edition": 9, "law_as_at": date(2026, 11, 1)}))
    ada.get(PAGE, query_string=ASKED)
    assert "Nobody holds a valid certificate of this course" in ada.text()


def test_the_letter_is_seen_first_and_sent_once_to_each(ada: Page, session: Session, cast: Cast) -> None:
    award_to(session, cast.amira, **OLD)
    ada.post(f"{PAGE}/letter", SENT, status=200)
    assert "A short refresher for A good course" in ada.text()
    assert "Hello Amira Osei-Bonsu," in ada.text()
    assert "The law on calls has changed." in ada.text()
    assert "You get this letter because you hold a valid certificate" in ada.text()
    assert "law as at 30 September 2026" in ada.text()
    assert letters(session) == []
    ada.follow(ada.post(f"{PAGE}/invitations", SENT))
    assert "One person is invited." in ada.text()
    assert "This person has been invited because of this day." in ada.text()
    [letter] = letters(session)
    assert letter.recipient == "amira@example.org"
    assert f"http://localhost/courses/{COURSE}/next-steps" in letter.text
    log = session.scalars(select(Refresher)).one()
    assert (log.course, log.changed_on, log.invited, log.by_id, log.message) == (
        COURSE,
        date(2026, 10, 1),
        1,
        cast.ada.id,
        SENT["message"],
    )
    assert f"Ada Fenwick invited one person to /courses/{COURSE}/next-steps" in ada.text()

    award_to(session, cast.ben, printed_name="Ben Whitlock", **OLD)
    ada.post(f"{PAGE}/invitations", SENT)
    assert [each.recipient for each in letters(session)] == ["amira@example.org", "ben@example.org"]
    ada.post(f"{PAGE}/invitations", SENT, status=409)
    ada.post(f"{PAGE}/invitations", {**SENT, "changed_on": "2026-10-02"})
    assert len(letters(session)) == 4, "another day is another change of the law"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"course": "nothing"}, "Choose a course."),
        ({"changed_on": "yesterday"}, "Enter a day, such as 2026-10-01."),
        ({"address": "https://evil.example"}, "Choose what they are invited to."),
        ({"address": "/courses/nothing"}, "Choose what they are invited to."),
        ({"message": " "}, "Say what has changed, and why to look."),
        ({"message": "x" * 3001}, "Say it in 3000 characters at most."),
    ],
)
@pytest.mark.parametrize("part", ["letter", "invitations"])
def test_what_is_wrong_is_said_and_nobody_is_written_to(
    ada: Page, session: Session, cast: Cast, changes: dict[str, str], sentence: str, part: str
) -> None:
    award_to(session, cast.amira, **OLD)
    ada.post(f"{PAGE}/{part}", SENT | changes, status=422)
    assert sentence in ada.text()
    assert letters(session) == []


@pytest.mark.parametrize(
    "asked",
    [{"course": COURSE}, {"course": COURSE, "changed_on": "soon"}, {"course": "no", "changed_on": ""}],
)
def test_a_question_that_is_none_is_asked_again(ada: Page, asked: dict[str, str]) -> None:
    ada.get(PAGE, query_string=asked, status=422)


def test_a_message_is_text_and_never_markup(ada: Page, session: Session, cast: Cast) -> None:
    award_to(session, cast.amira, **OLD)
    ada.post(f"{PAGE}/invitations", {**SENT, "message": "<b>{{ 7 * 191 }}</b>\r\n\r\nSecond."})
    [letter] = letters(session)
    assert "<b>{{ 7 * 191 }}</b>\n\nSecond." in letter.text
    assert "&lt;b&gt;{{ 7 * 191 }}" in letter.html
