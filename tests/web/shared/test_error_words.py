"""The pages for what is refused say what, and what to do; the failsafe page needs only its template."""

import pytest
from flask import Flask, render_template

from tests.page import checked_page

PAGES = [400, 403, 404, 409, 413, 429]


@pytest.mark.parametrize("status", PAGES)
def test_a_refusal_says_what_happened_and_what_to_do(app: Flask, status: int) -> None:
    with app.test_request_context("/somewhere"):
        html = render_template(f"errors/{status}.html", sentence="")
    tree = checked_page(html, f"errors/{status}")
    main = next(tree.iter("main"))
    assert len(list(main.iter("p"))) >= 3
    assert str(status) not in "".join(main.itertext())


@pytest.mark.parametrize("status", PAGES)
def test_a_sentence_of_ours_takes_the_place_of_the_general_one(app: Flask, status: int) -> None:
    with app.test_request_context("/somewhere"):
        html = render_template(f"errors/{status}.html", sentence="This <round> was handed in at 14:02.")
    assert "This &lt;round&gt; was handed in at 14:02." in html


def test_the_failsafe_page_stands_without_request_session_or_person(app: Flask) -> None:
    html = app.jinja_env.get_template("errors/500.html").render()
    tree = checked_page(html, "errors/500")
    assert "The fault is ours" in "".join(tree.itertext())
