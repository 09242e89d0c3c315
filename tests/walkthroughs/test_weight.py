"""What a visit costs on the wire, headers and all, as a browser counts it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.walkthroughs.conftest import NewContext
from tests.walkthroughs.gallery import State, sign_in
from tests.walkthroughs.site import Site

pytestmark = pytest.mark.browser

FIRST_REQUESTS, FIRST_BYTES = 6, 60_000
NEXT_REQUESTS, NEXT_BYTES = 1, 12_000
STYLES = 15_000
FIRST = ("front", "course", "lesson", "sign-in", "check", "check-valid")
NEXT = (
    *("front", "course", "lesson", "lesson-learner", "sign-in", "register", "account", "test-intro"),
    *("question-single", "question-multiple", "question-classify", "answers", "result-missed"),
    *("result-passed", "certificate", "my-cpd", "check", "check-valid", "studio-problems", "error-404"),
)


@dataclass
class Wire:
    """What went over the wire since the last `clear`: address -> bytes, headers and body."""

    sizes: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    cached: set[str] = field(default_factory=set)

    def listen(self, context: BrowserContext, page: Page) -> "Wire":
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", self._asked)
        network.on("Network.requestServedFromCache", lambda told: self.cached.add(told["requestId"]))
        network.on("Network.responseReceived", self._answered)
        network.on("Network.loadingFinished", self._finished)
        return self

    def clear(self) -> None:
        self.sizes.clear()
        self.addresses.clear()
        self.cached.clear()

    def loaded(self) -> dict[str, int]:
        """What was really sent for, by address."""
        return {self.addresses[one]: size for one, size in self.sizes.items() if one not in self.cached}

    def hosts(self) -> set[str]:
        return {urlsplit(address).netloc for address in self.addresses.values()}

    def _asked(self, told: dict[str, Any]) -> None:
        self.addresses[told["requestId"]] = told["request"]["url"]

    def _answered(self, told: dict[str, Any]) -> None:
        if told["response"].get("fromDiskCache"):
            self.cached.add(told["requestId"])

    def _finished(self, told: dict[str, Any]) -> None:
        self.sizes[told["requestId"]] = int(told["encodedDataLength"])


@pytest.mark.parametrize("name", FIRST)
def test_a_first_visit_is_light(
    site: Site, gallery: dict[str, State], new_context: NewContext, name: str
) -> None:
    context = new_context(width=390)
    page = context.new_page()
    wire = Wire().listen(context, page)
    page.goto(gallery[name].path, wait_until="networkidle")
    loaded = wire.loaded()
    assert len(loaded) <= FIRST_REQUESTS, loaded
    assert sum(loaded.values()) <= FIRST_BYTES, loaded
    assert wire.hosts() == {urlsplit(site.address).netloc}
    styles = [size for address, size in loaded.items() if ".css" in address]
    assert len(styles) == 1
    assert styles[0] <= STYLES


@pytest.mark.parametrize("name", NEXT)
def test_the_next_page_is_one_small_request(
    site: Site, gallery: dict[str, State], new_context: NewContext, name: str
) -> None:
    context = new_context(width=390)
    sign_in(site, context, gallery[name].who)
    page = context.new_page()
    page.goto("/studio/patterns" if gallery[name].who == "edda" else "/reset", wait_until="networkidle")
    wire = Wire().listen(context, page)
    page.goto(gallery[name].path, wait_until="networkidle")
    loaded = {address: size for address, size in wire.loaded().items() if size}
    assert sum(loaded.values()) <= NEXT_BYTES, loaded
    assert len(loaded) <= NEXT_REQUESTS, loaded
