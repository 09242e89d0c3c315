"""`make lighthouse`: the scores that Lighthouse gives the main pages, on a phone, with its default settings.

The product serves the shipped course from a temporary folder on 127.0.0.1, as `rung serve` does anywhere.
Each page is measured three times and the run in the middle is printed. Exits with 1 where a score is too low,
or the lesson too late on a slow line; no test asks it.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from tests.bench.journeys import begin
from tests.bench.node import install
from tests.bench.pages import LESSON
from tests.bench.product import COURSE, Product
from tests.bench.report import Row, table
from tests.bench.server import HOST
from tests.walkthroughs.browsing import MISSING, find_chromium

RUNS = 3
TRIES = 4  # of each run
HEAD = ("page", "performance / accessibility / best practices", "what costs points", "", "at least", "")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}
FLAGS = [  # none may hold a space: what comes after it would be opened as a page of its own
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SLOW_GOAL = 1.8  # seconds until the largest thing on the page is painted
# A train in the country: 400 kbit/s, 400 ms there and back. The browser is held to it, request by request.
HELD = [
    *("--throttling-method=devtools", "--throttling.requestLatencyMs=400"),
    *("--throttling.downloadThroughputKbps=400", "--throttling.uploadThroughputKbps=400"),
    "--throttling.cpuSlowdownMultiplier=1",
]
# The same line as Lighthouse works it out from a fast visit, with looking up the name and connecting.
WORKED_OUT = [
    *("--throttling-method=simulate", "--throttling.rttMs=400", "--throttling.throughputKbps=400"),
    "--throttling.cpuSlowdownMultiplier=1",
]


@dataclass(frozen=True, kw_only=True)
class Scores:
    """What Lighthouse found on one page. `failed` names the audits that cost a score that must be full."""

    scores: Mapping[str, int]
    lcp: float
    failed: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return all(self.scores[name] >= least for name, least in LEAST.items())


def read_report(report: Mapping[str, Any]) -> Scores:
    """A JSON report put into figures. Raises RuntimeError where Lighthouse could not measure."""
    if report.get("runtimeError"):
        raise RuntimeError(f"Lighthouse could not measure: {report['runtimeError']['message']}")
    categories, audits = report["categories"], report["audits"]
    marks = {name: categories[name]["score"] for name in LEAST}
    if None in marks.values():
        raise RuntimeError(f"Lighthouse gave no score: {marks}")
    strict = [
        each["id"]
        for name in ("accessibility", "best-practices")
        for each in categories[name]["auditRefs"]
        if each["weight"] and audits[each["id"]]["score"] not in {None, 1}
    ]
    return Scores(
        scores={name: int(mark * 100 + 0.5) for name, mark in marks.items()},
        lcp=audits["largest-contentful-paint"]["numericValue"] / 1000,
        failed=tuple(strict),
    )


def page_row(what: str, found: Scores) -> Row:
    """One page beside what it must reach."""
    return Row(
        what=what,
        product=f"{' / '.join(str(found.scores[name]) for name in LEAST)}, LCP {found.lcp:.2f} s",
        floor=" ".join(found.failed),
        budget=" / ".join(map(str, LEAST.values())),
        holds=found.holds,
    )


def held_row(found: Scores) -> Row:
    """The lesson on the slow line, beside the goal."""
    holds = found.lcp < SLOW_GOAL
    return Row(
        what="lesson, 400 kbit/s and 400 ms a request",
        product=f"LCP {found.lcp:.2f} s",
        budget=f"< {SLOW_GOAL} s",
        holds=holds,
    )


def worked_out_row(found: Scores) -> Row:
    """The lesson on the slow line with everything before the first request: a figure without a goal."""
    return Row(what="the same, worked out with name and connection", product=f"LCP {found.lcp:.2f} s")


def main() -> int:
    """Prints the table. 0 where every page reaches its scores."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    chromium = find_chromium()
    if chromium is None:
        print(MISSING, file=sys.stderr)
        return 1
    command, path = install()
    with tempfile.TemporaryDirectory(prefix="rung-lighthouse-", ignore_cleanup_errors=True) as folder:
        rows = list(_measured(Path(folder), str(command), {**os.environ, **path, "CHROME_PATH": chromium}))
    print(table(rows, HEAD))
    return 1 if any(row.holds is False for row in rows) else 0


def _measured(folder: Path, command: str, environment: Mapping[str, str]) -> Iterator[Row]:
    product = Product(folder, RUNG_LOG_FORMAT="json")
    try:
        product.server.start()
        for what, path, cookie in _pages(product):
            address = f"http://{HOST}:{product.server.port}{path}"
            options = ["--extra-headers", json.dumps({"Cookie": cookie})] if cookie else []
            found = _middle(command, address, options, environment)
            yield page_row(what, found)
            if path == LESSON and not cookie:
                yield held_row(_middle(command, address, [*options, *HELD], environment))
                yield worked_out_row(_middle(command, address, [*options, *WORKED_OUT], environment))
    finally:
        product.close()


def _pages(product: Product) -> Iterator[tuple[str, str, str]]:
    """What each page is called, its address, and the cookie that it is asked for with."""
    yield "front", "/", ""
    yield "course", f"/courses/{COURSE}", ""
    yield "lesson", LESSON, ""
    learner = product.learners(1)[0]
    with product.visitor(learner) as visitor:
        _code, question = begin(visitor)
    yield "lesson, signed in", LESSON, learner.cookie
    yield "question of the test", question, learner.cookie


def _middle(command: str, address: str, options: Sequence[str], environment: Mapping[str, str]) -> Scores:
    """The run in the middle of three, by performance and then by speed."""
    found = [_run_again(command, address, options, environment) for _ in range(RUNS)]
    return sorted(found, key=lambda each: (each.scores["performance"], -each.lcp))[RUNS // 2]


def _run_again(command: str, address: str, options: Sequence[str], environment: Mapping[str, str]) -> Scores:
    """One run. Chromium now and then gives no trace of a page, and Lighthouse asks to be run again."""
    for _ in range(TRIES - 1):
        try:
            return _run(command, address, options, environment)
        except RuntimeError as error:
            print(f"    {error}", file=sys.stderr, flush=True)
    return _run(command, address, options, environment)


def _run(command: str, address: str, options: Sequence[str], environment: Mapping[str, str]) -> Scores:
    print(f"  {address} ...", file=sys.stderr, flush=True)
    asked = [f"--only-categories={','.join(LEAST)}", f"--chrome-flags={' '.join(FLAGS)}", *options]
    with tempfile.TemporaryDirectory(prefix="rung-lighthouse-") as folder:
        report = Path(folder) / "report.json"  # what goes through a pipe may be cut short
        output = ["--quiet", "--output=json", f"--output-path={report}", "--no-enable-error-reporting"]
        done = subprocess.run(
            [command, address, *output, *asked],
            check=False,  # a report may have been written all the same, and says more
            env=dict(environment),
            capture_output=True,
            text=True,
            timeout=180,
        )
        if not report.exists():
            raise RuntimeError(f"Lighthouse did not finish:\n{done.stderr[-2000:]}")
        return read_report(json.loads(report.read_text(encoding="utf-8")))


if __name__ == "__main__":
    sys.exit(main())
