"""How long the test takes a learner, and eight of them who hand in at the same moment."""

import threading
import time
from functools import partial
from statistics import median

from tests.bench.journeys import answer_all, begin, expect, sit, sit_on_floor
from tests.bench.load import at_once, percentile
from tests.bench.product import PASSWORD, Learner, Product
from tests.bench.report import Row
from tests.bench.server import Server
from tests.bench.visitor import Visitor

ATTEMPTS = 12
RUNS = 5
LEARNERS = 8
SIGN_INS = 40
SIGN_IN_EVERY = 1 / 8  # seconds
LONGEST_SAVE = 0.25  # seconds


def attempt_row(product: Product, floor: Server, learners: list[Learner], where: str) -> Row:
    """One learner, from the page before the test to the result. The first attempt of each warms up."""
    mine, theirs = [], []
    computed = [0.0, 0.0]
    for number, learner in enumerate(learners[: ATTEMPTS + 1]):
        before = product.server.cpu_seconds(), floor.cpu_seconds()
        visitor, other = Visitor(product.server.port, learner.cookie), floor_visitor(floor, number + 1)
        _code, seconds = sit(visitor, product)
        mine.append(seconds)
        theirs.append(sit_on_floor(other, product.items))
        visitor.close()
        other.close()
        if number:
            computed[0] += product.server.cpu_seconds() - before[0]
            computed[1] += floor.cpu_seconds() - before[1]
    ratio = median(one / other for one, other in zip(mine[1:], theirs[1:], strict=True))
    cpu = [seconds / ATTEMPTS * 1000 for seconds in computed]
    return Row(
        what=f"attempt, start to result, {product.items} questions, {where}",
        product=f"{median(mine[1:]) * 1000:.0f} ms ({cpu[0]:.0f} ms CPU with its letter)",
        floor=f"{median(theirs[1:]) * 1000:.0f} ms ({cpu[1]:.0f} ms CPU)",
        ratio=f"{ratio:.2f}",
        budget="<= 2.5 x the floor",
        holds=ratio <= 2.5,
    )


def together_row(product: Product, floor: Server, learners: list[Learner], where: str) -> Row:
    """Eight learners hand in at once, five times over; the floor's do the same in between."""
    mine, theirs = [], []
    for run in range(RUNS):
        group = learners[run * LEARNERS : (run + 1) * LEARNERS]
        mine.append(_hand_in_together(product, group))
        theirs.append(_floor_hands_in_together(floor, run * LEARNERS + 1, product.items))
    ratio = median(mine) / median(theirs)
    has_budget = where == "SQLite"
    return Row(
        what=f"{LEARNERS} learners handing in at once, p99, {where}",
        product=f"{median(mine) * 1000:.0f} ms",
        floor=f"{median(theirs) * 1000:.0f} ms",
        ratio=f"{ratio:.2f}",
        budget="<= 2 x the floor, no error" if has_budget else "no error",
        holds=ratio <= 2 or not has_budget,
    )


def sign_in_row(product: Product, learners: list[Learner], where: str) -> Row:
    """Eight sign-ins a second by password, while two learners go on saving answers."""
    over = threading.Event()
    saves: list[float] = []
    savers = [threading.Thread(target=_save, args=(product, each, over, saves)) for each in learners[:2]]
    for thread in savers:
        thread.start()
    try:
        times = at_once([partial(_sign_in, product, learners[2:], number) for number in range(SIGN_INS)])
    finally:
        over.set()
        for thread in savers:
            thread.join(30)
    return Row(
        what=f"{len(saves)} saves during 8 sign-ins a second, {where}",
        product=f"longest {max(saves) * 1000:.0f} ms (p50 {percentile(saves, 0.5) * 1000:.0f} ms)",
        floor=f"(a sign-in: p50 {percentile(times, 0.5) * 1000:.0f} ms)",
        budget="no save over 250 ms",
        holds=max(saves) <= LONGEST_SAVE,
    )


def floor_visitor(floor: Server, person: int) -> Visitor:
    """Somebody signed in on the floor."""
    visitor = Visitor(floor.port)
    expect(visitor.post("/sign-in", {"person": str(person)}), 303, "signing in on the floor")
    return visitor


def _hand_in_together(product: Product, learners: list[Learner]) -> float:
    visitors = [Visitor(product.server.port, learner.cookie) for learner in learners]
    ready = []
    for visitor in visitors:
        code, place = begin(visitor)
        answer_all(visitor, code, place, product.right_answer)
        form = expect(visitor.get(f"/attempts/{code}/answers"), 200, "the answers").form("/submission")
        ready.append(partial(_timed, visitor, form.action, form.fields))
    seconds = at_once(ready)
    for visitor in visitors:
        visitor.close()
    return percentile(seconds, 0.99)


def _floor_hands_in_together(floor: Server, first: int, items: int) -> float:
    visitors = [floor_visitor(floor, first + number) for number in range(LEARNERS)]
    ready = []
    for visitor in visitors:
        code = visitor.post("/attempts", {"items": str(items)}).location.split("/")[2]
        for position in range(1, items + 1):
            visitor.post(f"/attempts/{code}/questions/{position}", {"answer": "power"})
        ready.append(partial(_timed, visitor, f"/attempts/{code}/submission", {}))
    seconds = at_once(ready)
    for visitor in visitors:
        visitor.close()
    return percentile(seconds, 0.99)


def _timed(visitor: Visitor, action: str, fields: dict[str, list[str]]) -> float:
    return expect(visitor.post(action, fields), 303, "handing in").seconds


def _save(product: Product, learner: Learner, over: threading.Event, saves: list[float]) -> None:
    visitor = Visitor(product.server.port, learner.cookie)
    code, place = begin(visitor)
    right = product.right_answer(code, 1, 1)
    while not over.is_set():
        form = expect(visitor.get(place), 200, "a question").form("/questions/1")
        for fields in ({}, right):  # emptied and answered by turns, so that each is a change
            left_out = {name: [] for name in right} | fields
            saves.append(expect(visitor.submit(form, **left_out), 303, "saving").seconds)
            form = expect(visitor.get(place), 200, "a question").form("/questions/1")
    visitor.close()


def _sign_in(product: Product, learners: list[Learner], number: int) -> float:
    time.sleep(number * SIGN_IN_EVERY)
    visitor = Visitor(product.server.port)
    form = expect(visitor.get("/sign-in"), 200, "the sign-in page").form("/sign-in")
    learner = learners[number % len(learners)]
    answer = expect(visitor.submit(form, email=learner.email, password=PASSWORD), 303, "signing in")
    visitor.close()
    return answer.seconds
