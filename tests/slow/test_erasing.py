"""Erasing while something else happens to the same person, and kill -9 in its middle: all, or nothing."""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPException

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.certification.tables import Certificate, CertificatePdf
from app.kernel.db import Base
from app.learning.tables import Completion
from app.mail.tables import Letter
from app.people.tables import User
from app.web.shared.context import db
from tests.bench.journeys import answer_all, begin, expect
from tests.bench.load import at_once
from tests.bench.product import PASSWORD, Learner, Product
from tests.bench.visitor import Answer, Form, Visitor
from tests.everything_kept import places_of
from tests.mail.post_office import PostOffice
from tests.slow.conftest import Install

pytestmark = pytest.mark.slow

PATIENCE = 60.0
ERASE = "/account/erasure"
# Seconds by which handing in comes after the erasing, which hashes a password first. Below zero: before.
MEETINGS = (-0.6, -0.3, -0.15, 0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2)
DEATHS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 2.0)  # seconds after which the server is killed


def ready(product: Product, visitor: Visitor) -> Form:
    code, place = begin(visitor)
    answer_all(visitor, code, place, product.right_answer)
    return expect(visitor.get(f"/attempts/{code}/answers"), 200, "the answers").form("/submission")


def erase_form(visitor: Visitor) -> Form:
    return expect(visitor.get(ERASE), 200, "the page that erases").form(ERASE)


def later(seconds: float, deed: Callable[[], Answer]) -> Callable[[], Answer]:
    def do() -> Answer:
        time.sleep(max(0.0, seconds))
        return deed()

    return do


def meet(product: Product, learner: Learner, gap: float) -> list[Answer]:
    """Hand in and erase at nearly the same moment, from two browsers."""
    with ExitStack() as stack:
        hands_in = stack.enter_context(product.visitor(learner))
        erases = stack.enter_context(product.visitor(learner))
        test, erasure = ready(product, hands_in), erase_form(erases)
        return at_once(
            [
                later(gap, lambda: hands_in.submit(test)),
                later(-gap, lambda: erases.submit(erasure, password=PASSWORD)),
            ]
        )


def race(product: Product, post_office: PostOffice) -> None:
    product.server.start()
    learners = product.learners(len(MEETINGS))
    for learner, gap in zip(learners, MEETINGS, strict=True):
        answers = meet(product, learner, gap)
        assert [each.text[:500] for each in answers if each.status >= 500] == []
        assert "/account/erased" in {each.location for each in answers}
    wait_until(lambda: letters_left(product) == 0)
    with product.app.app_context():
        session = db.session()
        assert places_of(session, *(learner.email for learner in learners), "Learner One") == []
        assert session.scalar(select(func.count()).select_from(User)) == 0
        buried = session.execute(
            select(Certificate.facts, CertificatePdf.body).outerjoin(
                CertificatePdf, CertificatePdf.certificate_id == Certificate.id
            )
        ).all()
        assert len(buried) == session.scalar(select(func.count()).select_from(Completion))
        assert {(facts["printed_name"], body) for facts, body in buried} <= {("", None)}
        db.session.remove()
    farewells = [letter for letter in post_office.taken if "erased" in str(letter["Subject"])]
    assert len(farewells) == len(learners)


def test_erasing_meets_handing_in_and_the_letter_in_one_process_on_sqlite(
    install: Install, post_office: PostOffice
) -> None:
    race(install(), post_office)


def test_erasing_meets_handing_in_and_the_letter_in_two_processes_on_postgresql(
    install: Install, post_office: PostOffice, postgresql: str
) -> None:
    race(install(database_url=postgresql, RUNG_PROCESSES="2"), post_office)


def test_a_kill_while_erasing_leaves_all_or_nothing(install: Install) -> None:
    product = install()
    product.server.start()
    learners = product.learners(len(DEATHS))
    whole = 0
    for learner, delay in zip(learners, DEATHS, strict=True):
        with product.visitor(learner) as visitor:
            expect(visitor.submit(ready(product, visitor)), 303, "handing in")
            form = erase_form(visitor)
            before = rows_of(product, learner)
            answers: list[Answer] = []
            posting = threading.Thread(target=submit_quietly, args=(visitor, form, answers))
            posting.start()
            time.sleep(delay)
            product.server.kill()
            posting.join(30)
        after = rows_of(product, learner)
        assert after in (before, 0), "some of it"
        assert after == 0 or not answers, "what was answered is done"
        whole += after == 0
        product.server.start()
    assert 0 < whole < len(DEATHS), f"every kill came at one side of it: {whole} of {len(DEATHS)}"


def rows_of(product: Product, learner: Learner) -> int:
    """How many rows lead straight to the person, letters aside, which come and go by themselves."""
    with product.app.app_context():
        session: Session = db.session()
        count = session.scalar(select(func.count()).where(User.id == learner.person_id)) or 0
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.column.table.name == "person" and table.name != "letter":
                    mine = select(func.count()).select_from(table).where(key.parent == learner.person_id)
                    count += session.scalar(mine) or 0
        db.session.remove()
        return count


def letters_left(product: Product) -> int:
    with product.app.app_context():
        found = db.session.scalar(select(func.count()).select_from(Letter)) or 0
        db.session.remove()
        return found


def wait_until(so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not so() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert so()


def submit_quietly(visitor: Visitor, form: Form, answers: list[Answer]) -> None:
    try:
        answers.append(visitor.submit(form, password=PASSWORD))
    except (OSError, HTTPException):
        return  # the server was killed before it answered
