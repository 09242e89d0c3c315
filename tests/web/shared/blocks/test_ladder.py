"""A ladder on the lesson's page: real text beside drawn lines, from the top rung down."""

from flask import Flask

from tests.page import Page, classes
from tests.web.ladders import LADDER
from tests.web.more import publish_lesson


def test_each_rung_says_its_number_title_and_meaning_under_its_band(app: Flask, page: Page) -> None:
    page.get(publish_lesson(app, LADDER))
    bands = [one for one in page.elements("li") if "band" in classes(one)]
    said = [" ".join("".join(band.itertext()).split()) for band in bands]
    assert len(said) == 3
    assert said[0].startswith("Citizen power 8 Citizen control A co-op runs the block. 7 Delegated")
    assert said[1].startswith("Tokenism 5 Placation")
    assert said[2].endswith("1 Manipulation Names are used without asking.")


def test_its_lists_count_down_as_it_is_drawn(app: Flask, page: Page) -> None:
    page.get(publish_lesson(app, LADDER))
    lists = [one for one in page.elements("ol") if "band-rungs" in classes(one)]
    assert [(one.get("start"), len(one)) for one in lists] == [("8", 3), ("5", 3), ("2", 2)]
    assert all("reversed" in one.attrib for one in lists)


def test_what_is_drawn_is_not_read_out(app: Flask, page: Page) -> None:
    page.get(publish_lesson(app, LADDER))
    figure = next(one for one in page.elements("figure") if one.get("id") == "arnstein")
    drawings = [one for one in figure.iter() if str(one.tag).endswith("}svg")]
    assert len(drawings) == 9
    assert {one.get("aria-hidden") for one in drawings} == {"true"}


def test_a_scale_of_any_other_kind_is_drawn_the_same_way(app: Flask, page: Page) -> None:
    other = (
        "/// ladder\nid: stairs\ncaption: How <b>warm</b> it is.\nbands: [{id: all, title: All of it}]\n"
        "rungs:\n  - {id: cold, title: Cold, band: all, meaning: Coats on.}\n"
        "  - {id: warm, title: Warm, band: all, meaning: Coats off.}\n///\n"
    )
    page.get(publish_lesson(app, other))
    assert page.text("rungs") == (
        "How <b>warm</b> it is. From rung 2 at the top down to rung 1. "
        "All of it 2 Warm Coats off. 1 Cold Coats on."
    )
