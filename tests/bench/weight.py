"""What a first visit weighs in a real browser, and how many statements each request takes."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, sync_playwright
from sqlalchemy import event
from sqlalchemy.pool import Pool
from werkzeug.test import TestResponse

from tests.bench.journeys import begin
from tests.bench.pages import LESSON
from tests.bench.product import COURSE, Learner, Product
from tests.bench.report import Row
from tests.bench.server import HOST
from tests.bench.visitor import Visitor

FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
KIB = 1024


@dataclass
class Wire:
    """What a browser asked for, and how many bytes came over the wire for each."""

    addresses: dict[str, str] = field(default_factory=dict)
    bytes_: dict[str, float] = field(default_factory=dict)

    def watch(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._finished)

    def _asked(self, told: dict[str, Any]) -> None:
        if not told["request"]["url"].startswith("data:"):
            self.addresses[told["requestId"]] = told["request"]["url"]

    def _finished(self, told: dict[str, Any]) -> None:
        self.bytes_[told["requestId"]] = told["encodedDataLength"]

    def of(self, ending: str) -> float:
        return sum(self.bytes_.get(each, 0) for each, url in self.addresses.items() if url.endswith(ending))

    @property
    def total(self) -> float:
        return sum(self.bytes_.values())

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(url).hostname or "" for url in self.addresses.values()}


def visit_rows(product: Product) -> list[Row]:
    """A first visit to a lesson with an empty cache, and the next page. No rows where there is no browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return [Row(what="first visit", product="not measured: there is no Chromium here")]
    base = f"http://{HOST}:{product.server.port}"
    first, following = Wire(), Wire()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        first.watch(session)
        page.goto(base + LESSON, wait_until="networkidle")
        following.watch(page.context.new_cdp_session(page))
        seen = set(first.addresses)
        page.goto(f"{base}/courses/{COURSE}/before-you-invite", wait_until="networkidle")
        browser.close()
    first.addresses = {each: url for each, url in first.addresses.items() if each in seen}
    first.bytes_ = {each: size for each, size in first.bytes_.items() if each in seen}
    return [_first(first), _next(following)]


def _first(wire: Wire) -> Row:
    css = wire.of(".css") / KIB
    light = len(wire.addresses) <= 6 and wire.total <= 60 * KIB and css <= 15
    return Row(
        what="first visit to a lesson",
        product=f"{len(wire.addresses)} requests, {wire.total / KIB:.1f} KB, CSS {css:.1f} KB",
        budget="<= 6 requests, <= 60 KB, CSS <= 15 KB, no outside host",
        holds=light and wire.hosts == {HOST},
    )


def _next(wire: Wire) -> Row:
    asked = [each for each in wire.addresses if wire.bytes_.get(each)]
    return Row(
        what="the next page",
        product=f"{len(asked)} request{'s' if len(asked) > 1 else ''}, {wire.total / KIB:.1f} KB",
        budget="1 request, <= 12 KB",
        holds=len(asked) == 1 and wire.total <= 12 * KIB,
    )


def statement_rows(product: Product, learner: Learner) -> list[Row]:
    """Statements of single requests, counted in an app beside the server, on the same database."""
    visitor = Visitor(product.server.port, learner.cookie)
    code, place = begin(visitor)
    form = visitor.get(place).form("/questions/1")
    fields = {**form.fields, **product.right_answer(code, 1, 1)}
    client = product.app.test_client()
    first = _statements("first view", lambda: client.get(LESSON))
    rows = [_at_most("SQL, guest lesson page", 1, lambda: client.get(LESSON))]
    rows.append(Row(what="(its first view since a publication)", product=str(first)))
    for name, value in visitor.cookies.items():
        client.set_cookie(name, value, domain="localhost")
    client.get(LESSON)  # the course is compiled once a process
    rows.append(_at_most("SQL, lesson page, signed in", 5, lambda: client.get(LESSON)))
    rows.append(_at_most("SQL, a question of the test", 5, lambda: client.get(place)))
    rows.append(_at_most("SQL, saving one answer", 6, lambda: client.post(form.action, data=fields)))
    visitor.close()
    return rows


def _at_most(what: str, budget: int, ask: Callable[[], TestResponse]) -> Row:
    count = _statements(what, ask)
    return Row(what=what, product=str(count), budget=f"<= {budget}", holds=count <= budget)


def _statements(what: str, ask: Callable[[], TestResponse]) -> int:
    """How many statements SQLite itself is given, those sent past SQLAlchemy among them."""
    statements: list[str] = []

    def note(statement: str) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            statements.append(statement)

    def follow(connection: sqlite3.Connection, *_rest: object) -> None:
        connection.set_trace_callback(note)

    event.listen(Pool, "checkout", follow)
    try:
        answer = ask()
    finally:
        event.remove(Pool, "checkout", follow)
    if answer.status_code not in {200, 303}:
        raise RuntimeError(f"{what}: {answer.status}")
    return len(statements)
