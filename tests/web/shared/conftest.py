"""A real browser on the real app, for what only a browser can show."""

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from app.people.tables import User
from tests.page import Page as Visitor

Opened = Callable[..., Page]


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the app, served to a browser."""
    server = make_server("localhost", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def opened(app: Flask, browser: Browser, site: str) -> Iterator[Opened]:
    """Open a path: `opened("/check", width=390, person=cast.edda, scheme="dark", scripts=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(
        path: str,
        *,
        width: int = 1280,
        height: int = 900,
        person: User | None = None,
        scheme: str = "light",
        scripts: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        if person is not None:
            visitor = Visitor(app).sign_in(person)
            cookie = visitor.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
            assert cookie is not None
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
