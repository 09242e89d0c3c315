"""Adding, changing and removing what was done elsewhere; what is said of a course; goal and membership."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.codes import new_code
from app.learning.cpd_tables import CpdActivity, CpdGoal, Membership
from app.learning.record import entry_of
from tests.attacks.forms import ACTIVITY
from tests.cast import Cast
from tests.certification.awards import award_to
from tests.conftest import NOON, TestClock
from tests.house.learner import REFLECTION, Learner
from tests.learning.keeping import add, my_activity, told
from tests.learning.test_record import LONDON
from tests.page import Page, classes

COURSE = "good-course"


@pytest.fixture
def amira(page: Page, cast: Cast) -> Page:
    return page.sign_in(cast.amira)


def hidden_code(page: Page) -> str:
    return next(one.get("value", "") for one in page.elements("input") if one.get("name") == "code")


def typed(page: Page) -> dict[str, str]:
    """What the last page's form holds."""
    fields = [one for tag in ("input", "textarea", "select") for one in page.elements(tag)]
    found = {}
    for one in fields:
        name = one.get("name", "")
        if one.tag == "select":
            found[name] = next((each.get("value", "") for each in one if "selected" in each.attrib), "")
        elif one.tag == "textarea":
            found[name] = (one.text or "").removeprefix("\n")
        elif one.get("type") != "radio" or "checked" in one.attrib:
            found[name] = one.get("value", "")
    return found


def test_what_was_done_elsewhere_is_added_from_a_form(amira: Page, session: Session) -> None:
    amira.get("/my-cpd/add")
    code = hidden_code(amira)
    response = amira.post("/my-cpd/add", {"code": code, **ACTIVITY})
    assert response.headers["Location"] == f"/my-cpd/entries/{code}?done=added"
    amira.follow(response)
    assert "This has been added to your record." in amira.text()
    for said in ("6 May 2026", "90 minutes (1.5 hours)", "Webinar", "Self-directed", ACTIVITY["outcome"]):
        assert said in amira.text()
    amira.post("/my-cpd/add", {"code": code, **ACTIVITY})
    assert session.scalar(select(func.count()).select_from(CpdActivity)) == 1


@pytest.mark.parametrize(
    ("wrong", "said", "place"),
    [
        ({"title": " "}, "Say what it was about.", "#title"),
        ({"on": "2026-11-24"}, "This day is still to come. Record it once you have done it.", "#on"),
        ({"hours": "", "minutes": ""}, "Enter hours or minutes.", "#hours"),
        ({"method": ""}, "Choose how you learned.", "#method"),
        ({"kind": ""}, "Choose a type. You decide which it is.", "#kind-0"),
        ({"outcome": "x" * 301}, "Write this in 300 characters at most. It has 301 now.", "#outcome"),
    ],
)
def test_a_mistake_is_named_at_its_field_and_all_that_was_typed_stays(
    amira: Page, session: Session, wrong: dict[str, str], said: str, place: str
) -> None:
    form = {"code": new_code(), **ACTIVITY, **wrong}
    amira.post("/my-cpd/add", form, status=422)
    summary = next(one for one in amira.elements("div") if "error-summary" in classes(one))
    assert {"".join(link.itertext()): link.get("href") for link in summary.iter("a")} == {said: place}
    again = typed(amira)
    assert {name: again.get(name, "") for name in form} == {**form, "title": form["title"].strip()}
    assert session.scalar(select(func.count()).select_from(CpdActivity)) == 0


def test_an_entry_is_changed_from_the_form_that_shows_it(amira: Page, session: Session, cast: Cast) -> None:
    code = add(session, cast.amira, minutes=95)
    amira.get(f"/my-cpd/entries/{code}/change")
    form = {
        name: value for name, value in typed(amira).items() if name not in {"csrf_token", "theme", "size"}
    }
    assert (form["hours"], form["minutes"], form["on"]) == ("1", "35", "2026-05-06")
    amira.follow(amira.post(f"/my-cpd/entries/{code}/change", {**form, "minutes": "40"}))
    assert "Your changes have been saved." in amira.text()
    assert my_activity(session, person_id=cast.amira.id, code=code) == told(minutes=100)


def test_removing_asks_once(amira: Page, session: Session, cast: Cast) -> None:
    code = add(session, cast.amira)
    amira.get(f"/my-cpd/entries/{code}")
    there = amira.links()["Remove this entry"]
    amira.get(there)
    assert "This cannot be undone." in amira.text()
    assert amira.links()["Keep it"] == f"/my-cpd/entries/{code}"
    amira.follow(amira.post(there))
    assert "The entry has been removed from your record." in amira.text()
    amira.get(f"/my-cpd/entries/{code}", status=404)


def test_a_course_suggests_a_type_and_says_why_until_the_learner_decides(
    amira: Page, session: Session, cast: Cast
) -> None:
    award_to(session, cast.amira, course="one", title="One", outcomes=("Listen.",))
    amira.get("/my-cpd")
    entry = amira.links()["One"]
    amira.get(entry)
    assert "Structured, as we suggest. It has set outcomes and a test" in amira.text()
    assert "ObjectiveListen." in amira.text()
    amira.get(amira.links()["Say what you take from it"])
    assert typed(amira)["objective"] == "Listen."
    form = {"objective": "Hear people out.", "outcome": "I let callers finish.", "kind": "self-directed"}
    amira.follow(amira.post(f"{entry}/change", form))
    assert "as we suggest" not in amira.text()
    for said in ("TypeSelf-directed", "ObjectiveHear people out.", "OutcomeI let callers finish."):
        assert said in amira.text()
    amira.get("/my-cpd")
    assert "I let callers finish." in amira.text()


def test_a_completion_is_nobodys_to_remove_and_holds_no_files(
    amira: Page, session: Session, cast: Cast
) -> None:
    award_to(session, cast.amira, title="One")
    amira.get("/my-cpd")
    entry = amira.links()["One"]
    for address in ("removal", "evidence"):
        amira.get(f"{entry}/{address}", status=404)
        amira.post(f"{entry}/{address}", status=404)


def test_private_words_are_shown_beside_the_line_that_is_shared_and_go_nowhere(
    app: Flask, amira: Page, session: Session, clock: TestClock, cast: Cast
) -> None:
    hers = Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    entry = f"/my-cpd/entries/{hers.attempt}"
    amira.get(f"{entry}/change")
    assert REFLECTION in amira.text()
    assert "Only you can see this." in amira.text()
    assert REFLECTION not in typed(amira).values()
    for address in ("/my-cpd", entry, "/my-cpd/export", "/my-cpd/export/csv", "/my-cpd/export/json"):
        assert REFLECTION not in amira.get(address).text
    assert entry_of(session, cast.amira.id, hers.attempt, LONDON, NOON).outcome == ""


def test_the_plan_of_a_course_stands_in_its_entry_with_its_calendar_file(
    app: Flask, amira: Page, session: Session, clock: TestClock, cast: Cast
) -> None:
    hers = Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    amira.get(f"/my-cpd/entries/{hers.attempt}")
    assert "Your plan" not in amira.text()


def test_a_certificate_can_be_added_to_linked_in_by_a_plain_link(
    amira: Page, session: Session, cast: Cast
) -> None:
    code = award_to(session, cast.amira, title="One & two", specimen=False).code
    award_to(session, cast.amira, course="specimen", title="Specimen", specimen=True)
    amira.get("/my-cpd")
    entries = amira.links()
    amira.get(entries["Specimen"])
    assert "Add it to LinkedIn" not in amira.links()
    amira.get(entries["One & two"])
    link = urlsplit(amira.links()["Add it to LinkedIn"])
    assert (link.scheme, link.netloc, link.path) == ("https", "www.linkedin.com", "/profile/add")
    said = {name: value for name, (value,) in parse_qs(link.query).items()}
    assert said["startTask"] == "CERTIFICATION_NAME"
    assert said["name"] == "One & two"
    assert (said["issueYear"], said["issueMonth"]) == ("2026", "11")
    assert (said["certId"], said["certUrl"]) == (code, f"http://localhost/check/{code}")
    amira.get(f"/certificates/{code}")
    assert amira.links()["Add it to LinkedIn"] == link.geturl()


def test_a_goal_is_set_changed_and_let_go_of(amira: Page, session: Session, cast: Cast) -> None:
    amira.get("/my-cpd")
    amira.get(amira.links()["Set a yearly goal"])
    amira.follow(amira.post("/my-cpd/goal", {"hours": "20", "minutes": "", "first_month": "4"}))
    assert "Your goal has been saved." in amira.text()
    assert "0 hours of the 20 hours that you set yourself. 20 hours to go." in amira.text()
    amira.get(amira.links()["Change your goal"])
    assert (typed(amira)["hours"], typed(amira)["first_month"]) == ("20", "4")
    amira.post("/my-cpd/goal", {"hours": "many", "minutes": "", "first_month": "4"}, status=422)
    assert typed(amira)["hours"] == "many"
    amira.post("/my-cpd/goal", {"hours": "1", "minutes": "", "first_month": "13"}, status=422)
    amira.follow(amira.post("/my-cpd/goal", {"hours": "", "minutes": "", "first_month": "4"}))
    assert amira.elements("progress") == []
    assert session.execute(select(CpdGoal.minutes, CpdGoal.first_month)).one() == (0, 4)


def test_a_membership_is_given_shown_and_let_go_of(amira: Page, session: Session, cast: Cast) -> None:
    amira.get("/my-cpd")
    amira.get(amira.links()["Add your professional body and membership number"])
    good = {"body": " RICS ", "number": "1234567"}
    amira.follow(amira.post("/my-cpd/membership", good))
    assert "RICS, membership number 1234567." in amira.text()
    amira.get("/account")
    assert "RICS, membership number 1234567" in amira.text()
    amira.get(amira.links()["Change your membership"])
    assert (typed(amira)["body"], typed(amira)["number"]) == ("RICS", "1234567")
    for wrong, said in (
        ({"number": ""}, "Enter your membership number."),
        ({"body": ""}, "Enter the name of your professional body."),
        ({"body": "x" * 61}, "Write this in 60 characters at most. It has 61 now."),
        ({"number": "\U0001f600"}, "Our certificates cannot print \U0001f600 yet."),
    ):
        amira.post("/my-cpd/membership", {**good, **wrong}, status=422)
        assert said in amira.text("error-summary")
    assert session.scalars(select(Membership.number)).one() == "1234567"
    amira.follow(amira.post("/my-cpd/membership", {"body": "", "number": ""}))
    assert "Your membership is no longer kept here." in amira.text()
    session.rollback()
    assert session.scalars(select(Membership)).all() == []


def test_ben_reaches_nothing_of_amiras(page: Page, session: Session, cast: Cast) -> None:
    code = add(session, cast.amira)
    ben = page.sign_in(cast.ben)
    for address in ("", "/change", "/removal", "/evidence"):
        ben.get(f"/my-cpd/entries/{code}{address}", status=404)
    for address in ("/change", "/removal", "/evidence"):
        ben.post(f"/my-cpd/entries/{code}{address}", ACTIVITY, status=404)
    ben.post("/my-cpd/add", {"code": code, **ACTIVITY}, status=404)
    assert my_activity(session, person_id=cast.amira.id, code=code) == told()
