"""kill -9 at the worst moments: what the learner was told stands, and it happened once."""

import threading
import time
from http.client import HTTPException

import pytest

from tests.bench.journeys import answer_all, begin, expect, hand_in
from tests.bench.product import Product
from tests.bench.visitor import Answer, Form, Visitor
from tests.mail.post_office import PostOffice
from tests.slow.awards import Awards, awards, stored_pdfs, wait_until_sent
from tests.slow.conftest import Install

pytestmark = pytest.mark.slow

DELAYS = (0.0, 0.003, 0.01, 0.03, 0.1)  # seconds after which the server is killed


def ready_to_hand_in(product: Product, visitor: Visitor) -> tuple[str, Form]:
    code, place = begin(visitor)
    answer_all(visitor, code, place, product.right_answer)
    page = expect(visitor.get(f"/attempts/{code}/answers"), 200, "the answers")
    return code, page.form("/submission")


def one_each(number: int) -> Awards:
    return Awards(completions=number, certificates=number, letters=number, sent=number)


def test_a_pass_that_was_answered_survives_a_kill_with_one_certificate_and_its_letter(
    install: Install, post_office: PostOffice
) -> None:
    product = install()
    product.server.start()
    learners = product.learners(len(DELAYS))
    for learner, delay in zip(learners, DELAYS, strict=True):
        with product.visitor(learner) as visitor:
            _code, form = ready_to_hand_in(product, visitor)
            result = expect(visitor.submit(form), 303, "handing in").location
        time.sleep(delay)
        product.server.kill()
        product.server.start()
        with product.visitor(learner) as visitor:
            expect(visitor.get(result), 200, "the result after the restart")
    assert wait_until_sent(product, len(DELAYS)) == one_each(len(DELAYS))
    assert len({message["Message-ID"] for message in post_office.taken}) == len(DELAYS)
    assert {recipient for [recipient] in post_office.recipients} == {learner.email for learner in learners}
    assert enclosed(post_office) == stored_pdfs(product)


def test_a_kill_while_handing_in_leaves_all_or_nothing_and_handing_in_again_completes_it(
    install: Install,
) -> None:
    product = install()
    product.server.start()
    learners = product.learners(len(DELAYS))
    for number, (learner, delay) in enumerate(zip(learners, DELAYS, strict=True), 1):
        answers: list[Answer] = []
        with product.visitor(learner) as visitor:
            code, form = ready_to_hand_in(product, visitor)
            posting = threading.Thread(target=submit_quietly, args=(visitor, form, answers))
            posting.start()
            time.sleep(delay)
            product.server.kill()
            posting.join(30)
        found = awards(product)
        assert found.completions == found.certificates == found.letters
        assert found.completions == number or not answers  # what was answered is there
        product.server.start()
        with product.visitor(learner) as visitor:
            if found.completions < number:
                hand_in(visitor, code)
            expect(visitor.get(f"/attempts/{code}/rounds/1"), 200, "the result")
    assert wait_until_sent(product, len(DELAYS)) == one_each(len(DELAYS))


@pytest.mark.parametrize("taken", [True, False], ids=["the server had taken it", "the server had not"])
def test_a_kill_while_the_letter_is_on_its_way_leads_to_one_letter(
    taken: bool, install: Install, post_office: PostOffice
) -> None:
    on_its_way, go_on = threading.Event(), threading.Event()

    def slow() -> str | None:
        if on_its_way.is_set():
            return None
        on_its_way.set()
        go_on.wait(30)
        return None if taken else "451 Not now"

    post_office.answer_message = slow
    product = install()
    product.server.start()
    [learner] = product.learners(1)
    with product.visitor(learner) as visitor:
        _code, form = ready_to_hand_in(product, visitor)
        expect(visitor.submit(form), 303, "handing in")
    assert on_its_way.wait(30)
    product.server.kill()
    go_on.set()
    product.server.start()
    assert wait_until_sent(product, 1) == one_each(1)
    # At least once: a server that had taken it gets it again, under the same Message-ID.
    assert len(post_office.taken) == (2 if taken else 1)
    assert len({message["Message-ID"] for message in post_office.taken}) == 1
    assert enclosed(post_office) == stored_pdfs(product)


def test_an_answer_shown_as_saved_survives_a_kill(install: Install) -> None:
    product = install()
    product.server.start()
    [learner] = product.learners(1)
    with product.visitor(learner) as visitor:
        code, place = begin(visitor)
        fields = product.right_answer(code, 1, 1)
        form = expect(visitor.get(place), 200, "a question").form("/questions/1")
        expect(visitor.submit(form, **fields), 303, "saving")
    product.server.kill()
    product.server.start()
    with product.visitor(learner) as visitor:
        kept = expect(visitor.get(place), 200, "the question after the restart").form("/questions/1").fields
    assert {name: kept.get(name) for name in fields} == {
        name: values if isinstance(values, list) else [values] for name, values in fields.items()
    }


def submit_quietly(visitor: Visitor, form: Form, answers: list[Answer]) -> None:
    try:
        answers.append(visitor.submit(form))
    except (OSError, HTTPException):
        return  # the server was killed before it answered


def enclosed(post_office: PostOffice) -> set[bytes]:
    """The certificates that came with the letters."""
    return {part.get_content() for message in post_office.taken for part in message.iter_attachments()}
