"""The test from its first page to the result, over HTTP, on the product and on the floor."""

from collections.abc import Callable
from urllib.parse import urlsplit

from tests.bench.product import COURSE, Product
from tests.bench.visitor import Answer, Fields, Visitor

RightAnswer = Callable[[str, int, int], Fields]


def expect(answer: Answer, status: int, what: str) -> Answer:
    """The answer, where its status is this one. Raises RuntimeError with what the page says."""
    if answer.status != status:
        raise RuntimeError(f"{what}: {answer.status} instead of {status}\n{answer.text[:1500]}")
    return answer


def begin(visitor: Visitor) -> tuple[str, str]:
    """Starts the test; the attempt's code and the address of the first question."""
    page = expect(visitor.get(f"/courses/{COURSE}/test"), 200, "the page before the test")
    form = page.form("/attempts")
    ticked = {name: values[0] for name, values in form.choices.items()}
    started = expect(visitor.submit(form, printed_name="Learner One", **ticked), 303, "starting")
    return started.location.split("/")[2], started.location


def where_it_stands(visitor: Visitor, attempt: str) -> tuple[str, str]:
    """The code of the attempt at this address, and the address of the question that it has come to."""
    return attempt.split("/")[2], expect(visitor.get(attempt), 303, "where the attempt stands").location


def answer_all(visitor: Visitor, code: str, place: str, right_answer: RightAnswer) -> None:
    """Answers every question of the first round rightly; ends at the page that hands in."""
    while "/questions/" in place:
        page = expect(visitor.get(place), 200, "a question")
        position = int(urlsplit(place).path.rpartition("/")[2])
        fields = right_answer(code, 1, position)
        place = expect(visitor.submit(page.form(f"/questions/{position}"), **fields), 303, "saving").location


def hand_in(visitor: Visitor, code: str) -> str:
    """Hands in from the page that shows every answer; the address of the result."""
    page = expect(visitor.get(f"/attempts/{code}/answers"), 200, "the answers")
    return expect(visitor.submit(page.form("/submission")), 303, "handing in").location


def sit(visitor: Visitor, product: Product) -> tuple[str, float]:
    """The whole test, passed. The attempt's code, and the seconds that its requests took."""
    before = visitor.seconds
    code, place = begin(visitor)
    answer_all(visitor, code, place, product.right_answer)
    expect(visitor.get(hand_in(visitor, code)), 200, "the result")
    return code, visitor.seconds - before


def sit_on_floor(visitor: Visitor, items: int) -> float:
    """The same requests on the floor. The seconds that they took."""
    before = visitor.seconds
    visitor.get("/test")
    place = visitor.post("/attempts", {"items": str(items)}).location
    code = place.split("/")[2]
    for position in range(1, items + 1):
        expect(visitor.get(f"/attempts/{code}/questions/{position}"), 200, "a question")
        expect(visitor.post(f"/attempts/{code}/questions/{position}", {"answer": "power"}), 303, "saving")
    visitor.get(f"/attempts/{code}/answers")
    result = expect(visitor.post(f"/attempts/{code}/submission", {}), 303, "handing in").location
    expect(visitor.get(result), 200, "the result")
    return visitor.seconds - before
