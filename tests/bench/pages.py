"""How fast lesson pages are: requests in a second, in runs that take turns with the floor's."""

from collections.abc import Iterator
from statistics import median

from tests.bench.load import Load, ask, percentile
from tests.bench.product import COURSE, Learner, Product
from tests.bench.report import Row
from tests.bench.server import Server

LESSON = f"/courses/{COURSE}/what-it-is"
FLOOR_LESSON = "/lessons/lesson-3"
TURNS = 5
SECONDS = 1.2


def page_rows(
    product: Product, floor: Server, learner: Learner, floor_cookie: str, where: str
) -> Iterator[Row]:
    """The lesson page, signed in and as a guest; and the floor beside a route that does nothing."""
    for clients in (1, 16):
        mine, theirs = _turns(
            (product.server.port, LESSON, learner.cookie), (floor.port, FLOOR_LESSON, floor_cookie), clients
        )
        what = f"lesson page, signed in, {clients} client{'s' if clients > 1 else ''}, {where}"
        yield _at_least_half(what, mine, theirs)
    mine, theirs = _turns((product.server.port, LESSON, ""), (floor.port, "/guest", ""), 1)
    yield _at_least_half(f"guest lesson page, {where}", mine, theirs)
    bare, hello = _turns((floor.port, FLOOR_LESSON, floor_cookie), (floor.port, "/hello", ""), 1)
    ratio = _ratio(bare, hello)
    yield Row(
        what="(the floor's lesson beside a bare hello)",
        product=_rate(bare),
        floor=_rate(hello),
        ratio=f"{ratio:.2f}",
    )


Target = tuple[int, str, str]  # port, path, cookie


def _turns(product: Target, floor: Target, clients: int) -> tuple[list[Load], list[Load]]:
    loads: tuple[list[Load], list[Load]] = ([], [])
    for turn in range(TURNS + 1):
        for taken, (port, path, cookie) in zip(loads, (product, floor), strict=True):
            load = ask(port, path, cookie=cookie, clients=clients, seconds=SECONDS if turn else 0.5)
            if turn:  # the first turn warms up
                taken.append(load)
    return loads


def _at_least_half(what: str, mine: list[Load], theirs: list[Load]) -> Row:
    ratio = _ratio(mine, theirs)
    return Row(
        what=what,
        product=_rate(mine),
        floor=_rate(theirs),
        ratio=f"{ratio:.2f}",
        budget=">= 0.5 x the floor",
        holds=ratio >= 0.5,
    )


def _ratio(mine: list[Load], theirs: list[Load]) -> float:
    # Of neighbouring runs, so that whatever else the machine does weighs on both.
    return median(one.per_second / other.per_second for one, other in zip(mine, theirs, strict=True))


def _rate(loads: list[Load]) -> str:
    per_second = median(load.per_second for load in loads)
    times = [each for load in loads for each in load.seconds]
    half, most = percentile(times, 0.5) * 1000, percentile(times, 0.99) * 1000
    return f"{per_second:,.0f}/s, p50 {half:.1f} ms, p99 {most:.0f} ms"
