"""An editor who has seen the answers hears on every page why there is no certificate."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.page import Page
from tests.web.studio.keys import open_keys

COURSE = "good-course"
BEFORE = "You can take the test and pass it, but you get no certificate for this edition"
AFTER = "There is no certificate for this edition, because you had opened the test’s answers as an editor."


@pytest.fixture
def edda(app: Flask, session: Session, clock: TestClock, cast: Cast) -> Learner:
    return Learner(app, session, clock, cast.edda)


def passes(edda: Learner) -> str:
    edda.read(COURSE)
    code = edda.begin(COURSE)
    assert edda.hand_in(COURSE, code, edda.answer(code)).passed
    return code


@pytest.mark.parametrize("path", ["", "/test", "/completion"])
def test_it_is_said_before_the_test_and_only_to_them(page: Page, cast: Cast, path: str) -> None:
    page.sign_in(cast.edda).get(f"/courses/{COURSE}{path}")
    assert BEFORE not in page.text()
    open_keys(page)
    page.get(f"/courses/{COURSE}{path}")
    assert BEFORE in page.text()
    page.sign_in(cast.ada).get(f"/courses/{COURSE}{path}")
    assert BEFORE not in page.text()


def test_it_is_said_after_the_pass(page: Page, cast: Cast, edda: Learner) -> None:
    open_keys(page.sign_in(cast.edda))
    code = passes(edda)
    page.get(f"/attempts/{code}/rounds/1")
    assert f"You have passed. {AFTER}" in page.text()
    assert "made out to" not in page.text()
    page.get(f"/courses/{COURSE}/completion")
    assert "You have passed the test, without a certificate." in page.text()
    assert f"Later The certificate is made {AFTER}" in page.text("rule-list")
    page.get(f"/courses/{COURSE}/test")
    assert AFTER in page.text()
    page.get("/my-cpd")
    assert "No certificate: you had opened the test’s answers as an editor." in page.text()
    page.get(f"/courses/{COURSE}/looking-back")
    assert "You have completed this course, without a certificate." in page.text()
    page.get(f"/courses/{COURSE}")
    assert AFTER in page.text()


def test_a_certificate_from_before_is_spoken_of_as_ever(page: Page, cast: Cast, edda: Learner) -> None:
    code = passes(edda)
    open_keys(page.sign_in(cast.edda))
    page.get(f"/attempts/{code}/rounds/1")
    assert "Your certificate has been made out to Edda Lind." in page.text()
    for path in ("", "/test", "/completion"):
        page.get(f"/courses/{COURSE}{path}")
        assert "as an editor" not in page.text()
    page.get("/my-cpd")
    assert "as an editor" not in page.text()
