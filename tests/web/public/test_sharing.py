from urllib.parse import parse_qs, urlsplit

from flask import Flask

from app.settings import Settings
from tests.page import Page

ADDRESS = "/courses/good-course"
WORDS = "I have worked through a short course on answering repair calls."


def shared(page: Page) -> dict[str, str]:
    page.get(ADDRESS)
    names = {"LinkedIn", "Bluesky", "Threads", "X", "Facebook", "E-mail"}
    return {name: href for name, href in page.links().items() if name in names}


def test_each_place_gets_the_address_and_the_words_where_it_takes_any(page: Page, settings: Settings) -> None:
    course = settings.base_url + ADDRESS
    asked = {name: parse_qs(urlsplit(href).query) for name, href in shared(page).items()}
    assert asked == {
        "LinkedIn": {"url": [course]},
        "Bluesky": {"text": [f"{WORDS} {course}"]},
        "Threads": {"text": [WORDS], "url": [course]},
        "X": {"text": [WORDS], "url": [course]},
        "Facebook": {"u": [course]},
        "E-mail": {"subject": ["A good course"], "body": [f"{WORDS}\r\n\r\n{course}"]},
    }


def test_the_links_go_where_each_place_says(page: Page) -> None:
    assert {name: href.partition("?")[0] for name, href in shared(page).items()} == {
        "LinkedIn": "https://www.linkedin.com/sharing/share-offsite/",
        "Bluesky": "https://bsky.app/intent/compose",
        "Threads": "https://www.threads.com/intent/post",
        "X": "https://x.com/intent/post",
        "Facebook": "https://www.facebook.com/sharer/sharer.php",
        "E-mail": "mailto:",
    }


def test_a_space_in_a_letter_is_not_a_plus(page: Page) -> None:
    assert all("+" not in href for href in shared(page).values())
    assert "%0D%0A" in shared(page)["E-mail"]


def test_a_share_link_says_nothing_of_where_one_comes_from(page: Page) -> None:
    shared(page)
    outside = [one for one in page.elements("a") if "bsky.app" in one.get("href", "")]
    told = [(one.get("rel"), one.get("target")) for one in outside]
    assert told == [("noopener noreferrer nofollow", None)]


def test_a_place_that_looks_at_the_page_itself_finds_its_title_and_summary(app: Flask, page: Page) -> None:
    page.get(ADDRESS)
    told = {one.get("property"): one.get("content") for one in page.elements("meta") if one.get("property")}
    assert told["og:title"] == "A good course"
    assert told["og:description"] == "How to answer a repair call well, from the first words to the last."
