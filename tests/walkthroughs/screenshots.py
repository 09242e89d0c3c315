"""Every page in every state at 390 and 1280 px, light and dark.

`python -m tests.walkthroughs.screenshots [NAME...]` serves the product on a temporary database and writes
build/screenshots/<page>-<width>-<scheme>.png.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from app import create_app
from app.logs import configure_logs
from app.settings import ROOT
from tests.mail.post_office import free_port
from tests.walkthroughs.browsing import HOST, MISSING, find_chromium, open_browser
from tests.walkthroughs.gallery import State, furnish, sign_in, states
from tests.walkthroughs.site import Site, open_site, served

WIDTHS = {390: 844, 1280: 900}  # a usual phone, and a laptop's window
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FOLDER = ROOT / "build" / "screenshots"


def main(names: list[str]) -> int:
    path = find_chromium()
    if path is None:
        print(MISSING)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, open_site(Path(folder)) as site, open_browser(path) as browser:
        configure_logs("json")
        shown = [state for state in states(site, furnish(site)) if not names or state.name in names]
        for state in shown:
            for file in take(browser, site, state):
                print(file.relative_to(ROOT))
        if not names or "error-500" in names:
            for file in take_failure(browser, site):
                print(file.relative_to(ROOT))
    return 0


def take(browser: Browser, site: Site, state: State) -> Iterator[Path]:
    """The pictures of one state."""
    for width, height in WIDTHS.items():
        context = browser.new_context(
            base_url=site.address, viewport={"width": width, "height": height}, locale="en-GB"
        )
        sign_in(site, context, state.who)
        page = context.new_page()
        answer = page.goto(state.path)
        assert answer is not None
        assert answer.status == state.status, f"{state.name}: {answer.status}"
        if state.act:
            state.act(page)
        yield from _both_schemes(context, state.name, width)
        context.close()


def take_failure(browser: Browser, site: Site) -> Iterator[Path]:
    """The page that stands when the database does not answer."""
    broken, port = _without_database(site), free_port()
    with served(broken, port):
        for width, height in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": height})
            context.new_page().goto(f"http://{HOST}:{port}/")
            yield from _both_schemes(context, "error-500", width)
            context.close()


def _both_schemes(context: BrowserContext, name: str, width: int) -> Iterator[Path]:
    page = context.pages[0]
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        file = FOLDER / f"{name}-{width}-{scheme}.png"
        page.screenshot(path=file, full_page=True)
        yield file


def _without_database(site: Site) -> Flask:
    return create_app(replace(site.settings, database_url="sqlite:////nowhere/rung.sqlite"), site.clock)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
