"""Walking the whole site by its own links: no GET writes, none leads nowhere, every page keeps the rules."""

import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.page import Page

COURSE = "good-course"
STARTS = ("/", "/check", "/sign-in", "/register", "/reset", f"/courses/{COURSE}", "/nowhere-at-all")
MOST = 300


@pytest.mark.parametrize("name", ["guest", "amira", "ben", "edda", "malik", "ada"])
def test_walking_every_link_writes_nothing_and_leads_somewhere(
    app: Flask, cast: Cast, session: Session, clock: TestClock, name: str
) -> None:
    hers = Learner(app, session, clock, cast.amira)
    hers.and_elsewhere(hers.all_the_way(COURSE))
    app.extensions["rung"].loop.once()
    page = Page(app) if name == "guest" else Page(app).sign_in(getattr(cast, name))
    seen, broken = walk(page)
    assert broken == {}
    assert len(seen) > 10
    assert len(seen) < MOST, "the walk does not end"


def test_the_walk_reaches_what_a_learner_has(
    app: Flask, cast: Cast, session: Session, clock: TestClock
) -> None:
    learner = Learner(app, session, clock, cast.amira)
    hers = learner.and_elsewhere(learner.all_the_way(COURSE))
    app.extensions["rung"].loop.once()
    seen, _ = walk(Page(app).sign_in(cast.amira))
    for address in ("/account", "/my-cpd", f"/certificates/{hers.certificate}", f"/check/{hers.certificate}"):
        assert address in seen
    assert f"/my-cpd/entries/{hers.activity}/evidence/{hers.evidence}" in seen
    assert f"/my-cpd/entries/{hers.attempt}/change" in seen
    assert any(re.match(rf"/attempts/{hers.attempt}", address) for address in seen)


def walk(page: Page) -> tuple[set[str], dict[str, str]]:
    """Every address that links lead to, and those that did not answer well, with where they were found."""
    seen: set[str] = set()
    broken: dict[str, str] = {}
    waiting = deque((start, "the start") for start in STARTS)
    while waiting and len(seen) < MOST:
        address, found_on = waiting.popleft()
        if address in seen:
            continue
        seen.add(address)
        response = page._open("GET", address)
        written = [one for one in page.statements if one.split(None, 1)[0] in {"INSERT", "UPDATE", "DELETE"}]
        if written:
            broken[address] = f"writes {written}"
        expected = {404} if address == "/nowhere-at-all" else {200, 303}
        if response.status_code not in expected:
            broken[address] = f"{response.status_code}, linked from {found_on}"
        links = [response.headers["Location"]] if response.status_code == 303 else []
        if response.mimetype == "text/html" and response.status_code != 303:
            links += list(page.links().values())
        waiting.extend((link, address) for link in (ours(one, address) for one in links) if link)
    return seen, broken


def ours(link: str, on: str) -> str:
    """The link as a path of this site, or "" where it leads elsewhere or only down the page."""
    whole, _ = urldefrag(urljoin(f"http://localhost{on}", link))
    parts = urlsplit(whole)
    if parts.scheme not in {"http", "https"} or parts.netloc != "localhost":
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
