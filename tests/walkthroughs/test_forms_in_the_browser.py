"""Forms as people use them: with mistakes, twice, in two windows, and back again."""

import json
import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessment.questions import from_json
from app.assessment.tables import QuestionVersion, Round
from app.web.shared.context import running_in
from tests.walkthroughs.conftest import NewContext, Show
from tests.walkthroughs.gallery import IN_ERROR, Belongings, sign_in
from tests.walkthroughs.journey import COURSE
from tests.walkthroughs.site import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", sorted(IN_ERROR))
def test_a_mistake_is_told_at_the_top_with_the_focus_and_again_at_its_field(show: Show, name: str) -> None:
    page = show(name)
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    assert links.count() >= 1
    for link in links.all():
        words = link.inner_text().strip()
        told = page.locator("main .error", has_text=words)
        expect(told.first).to_be_visible()
        link.click()
        wanted = (link.get_attribute("href") or "").removeprefix("#")
        expect(page.locator(f"[id='{wanted}']")).to_be_focused()


@pytest.mark.parametrize("name", sorted(IN_ERROR - {"check-error", "check-name-error"}))
def test_a_mistake_is_told_as_well_with_scripts_off(show: Show, name: str) -> None:
    page = show(name, scripts=False)
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.title().startswith("Error: ")


def test_a_wrong_password_is_the_only_thing_to_type_again(show: Show) -> None:
    page = show("sign-in-error")
    expect(page.get_by_label("E-mail address", exact=True)).to_have_value("amira@homes.example")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")


def test_pressing_twice_hands_in_once_and_going_back_changes_nothing(
    site: Site, belongings: Belongings, new_context: NewContext
) -> None:
    page = opened(site, new_context, "gwen", f"/courses/{COURSE}/test")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Start the test").dblclick()
    page.wait_for_url(re.compile("/questions/1$"))
    for _ in range(10):
        page.get_by_role("button", name="Save and continue").click()
    handed_in, certificates = rounds_handed_in(site), site.certificates()
    page.get_by_role("button", name="Hand in my answers").dblclick()
    expect(page.locator("h1")).to_have_text("0 of 10 secured")
    result = page.url
    page.go_back()
    page.wait_for_load_state()
    button = page.get_by_role("button", name="Hand in my answers")
    if button.count():
        button.click()
    expect(page.locator("h1")).to_have_text("0 of 10 secured")
    assert page.url == result
    assert (rounds_handed_in(site), site.certificates()) == (handed_in + 1, certificates)


def test_two_windows_never_lose_an_answer_silently(
    site: Site, belongings: Belongings, new_context: NewContext
) -> None:
    first = opened(site, new_context, "ben", f"/attempts/{belongings.open}/questions/3")
    second = first.context.new_page()
    second.goto(first.url)
    choices = first.get_by_role("checkbox")
    one, other = (choices.nth(place).get_attribute("value") for place in (0, 1))
    choose(second, [one, other])
    expect(second.locator("legend")).to_contain_text("Question 4")
    third = choices.nth(2).get_attribute("value")
    choose(first, [one, third])
    expect(first.locator(".error-summary")).to_be_focused()
    expect(first.locator("main")).to_contain_text("Saved in the other window")
    expect(first.locator("main")).to_contain_text("Chosen here, not saved yet")
    first.get_by_role("link", name="Keep the saved answer").click()
    assert ticked(first) == {one, other}


@pytest.mark.parametrize("path", ["questions/1", "questions/3", "questions/5", "answers"])
def test_no_page_of_the_test_holds_a_key_or_a_reason(
    site: Site, belongings: Belongings, new_context: NewContext, path: str
) -> None:
    page = opened(site, new_context, "ben", f"/attempts/{belongings.open}/{path}")
    seen = page.content().lower()
    assert [one for one in secrets_of_the_test(site) if one.lower() in seen] == []
    assert '"correct"' not in seen
    assert "data-correct" not in seen


def opened(site: Site, new_context: NewContext, who: str, path: str) -> Page:
    context = new_context()
    sign_in(site, context, who)
    page = context.new_page()
    page.goto(path)
    return page


def choose(page: Page, values: list[str | None]) -> None:
    for box in page.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("value") in values)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_load_state()


def ticked(page: Page) -> set[str | None]:
    return {box.get_attribute("value") for box in page.get_by_role("checkbox").all() if box.is_checked()}


def rounds_handed_in(site: Site) -> int:
    with Session(site.engine) as session:
        return session.scalar(select(func.count()).where(Round.handed_in_at.is_not(None))) or 0


def secrets_of_the_test(site: Site) -> set[str]:
    """Every reason, miss text and teaching sentence of the test's questions."""
    with Session(site.engine) as session:
        compiled = running_in(site.app).shelf.course(session, COURSE)
        bodies = [json.loads(body) for body in session.scalars(select(QuestionVersion.body))]
        assert all(from_json(json.dumps(body)) for body in bodies)
    found: set[str] = set()
    for slot in compiled.quiz.slots:
        for question in slot.questions:
            found |= {question.teaches, getattr(question, "miss", "")}
            parts = getattr(question, "choices", ()) or getattr(question, "rows", ())
            found |= {str(part.reason) for part in parts}
    return {re.sub(r"<[^>]+>", "", one) for one in found if len(one) > 12}
