"""Chromium for the tests: started quietly, and never fetching anything of its own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

HOST = "learning.example.org"  # where the browser takes this machine to be

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
)
MISSING = "There is no Chromium on this machine, so nothing was looked at in a browser."


class NoBrowser(Exception):
    """There is no Chromium, and RUNG_REQUIRE_BROWSER=1 says that there must be one."""


def find_chromium() -> str | None:
    """Where Chromium is, or None. Raises NoBrowser where one is required."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None and os.environ.get("RUNG_REQUIRE_BROWSER") == "1":
        raise NoBrowser(f"{MISSING} RUNG_REQUIRE_BROWSER=1 makes that an error.")
    return path


@contextmanager
def open_browser(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
