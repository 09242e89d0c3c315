"""What the walkthroughs share: one served site for the run, a fresh visitor for each test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.walkthroughs.gallery import Belongings, State, furnish, sign_in, states
from tests.walkthroughs.site import Site, open_site

NewContext = Callable[..., BrowserContext]
Show = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as opened:
        yield opened


@pytest.fixture(scope="session")
def belongings(site: Site) -> Belongings:
    """The people of the gallery and their things, on the site of the run."""
    return furnish(site)


@pytest.fixture(scope="session")
def gallery(site: Site, belongings: Belongings) -> dict[str, State]:
    return {state.name: state for state in states(site, belongings)}


@pytest.fixture
def new_context(browser: Browser, site: Site) -> Iterator[NewContext]:
    """A visitor with a profile of their own: `new_context(width=390, scheme="dark", scripts=False)`."""
    contexts: list[BrowserContext] = []

    def make(
        *, width: int = 1280, height: int = 900, scheme: str = "light", scripts: bool = True, **more: object
    ) -> BrowserContext:
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            locale="en-GB",
            **more,  # type: ignore[arg-type]
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def show(site: Site, gallery: dict[str, State], new_context: NewContext) -> Show:
    """Open a state of the gallery: `show("question-single", width=390, scripts=False)`."""

    def open_state(name: str, **how: Any) -> Page:
        state, context = gallery[name], new_context(**how)
        sign_in(site, context, state.who)
        page = context.new_page()
        page.goto(state.path)
        if state.act:
            state.act(page)
        return page

    return open_state
