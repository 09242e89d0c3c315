"""The pattern page: all of it renders, for editors."""

import re

import pytest

from app.web.shared.assets import HERE
from tests.cast import Cast
from tests.page import Page, classes

IN_THE_FRAME = {"bar", "foot", "sign", "theme-form"}  # on every page, this one too
THE_SAME_FRAME = {"error_list"}  # error_summary for a form that is not WTForms; it is shown


def test_every_component_that_has_a_sheet_is_shown(page: Page, cast: Cast) -> None:
    html = page.sign_in(cast.edda).get("/studio/patterns").text
    source = (HERE.parent / "studio" / "templates" / "studio" / "patterns.html").read_text()
    styled = {path.stem for path in HERE.glob("components/**/*.css")} - IN_THE_FRAME
    templates = [path for path in HERE.glob("components/**/*.html") if path.stem in styled]
    macros = {macro for path in templates for macro in re.findall(r"macro ([a-z]\w*)", path.read_text())}
    assert {macro for macro in macros if not re.search(rf"\b{macro}\(", source)} == THE_SAME_FRAME
    assert 'class="bar"' in html


def test_every_error_is_in_the_summary_and_beside_its_field_in_the_same_words(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get("/studio/patterns")
    summary = next(one for one in page.elements("div") if "error-summary" in classes(one))
    linked = {link.get("href", "").removeprefix("#"): "".join(link.itertext()) for link in summary.iter("a")}
    ids = {one.get("id") for tag in ("input", "select", "textarea") for one in page.elements(tag)}
    beside = {
        "".join(one.itertext()).removeprefix("Error: ")
        for one in page.elements("p")
        if "error" in classes(one)
    }
    assert linked.keys() <= ids
    assert set(linked.values()) == beside
    assert len(linked) == 7


def test_a_password_is_never_shown_and_no_field_stops_the_page_by_itself(page: Page, cast: Cast) -> None:
    page.sign_in(cast.edda).get("/studio/patterns")
    fields = [one for one in page.elements("input") if "password" in one.get("name", "")]
    assert [one.get("type") for one in fields] == ["password"]
    assert [one.get("name") for one in page.elements("input") if "required" in one.attrib] == []


@pytest.mark.parametrize("who", ["amira", "ben", "malik"])
def test_only_editors_see_it(page: Page, cast: Cast, who: str) -> None:
    page.sign_in(getattr(cast, who)).get("/studio/patterns", status=403)
