"""The same form sent by twenty requests at the same moment, fifty times over."""

from contextlib import ExitStack
from functools import partial

import pytest
from sqlalchemy import func, select

from app.learning.tables import Completion
from app.mail.tables import Letter
from app.web.shared.context import db
from tests.bench.journeys import answer_all, begin, expect, where_it_stands
from tests.bench.load import at_once
from tests.bench.product import COURSE, Learner, Product
from tests.mail.post_office import PostOffice
from tests.slow.awards import Awards, wait_until_sent
from tests.slow.conftest import Install

pytestmark = pytest.mark.slow

ROUNDS = 50
STARTS = 10
AT_ONCE = 20


def hand_in_at_once(product: Product, learner: Learner, attempt: str | None) -> set[str]:
    """The addresses that twenty identical hand-ins of a new attempt, or of this one, were sent on to."""
    with ExitStack() as stack:
        visitor = stack.enter_context(product.visitor(learner))
        code, place = where_it_stands(visitor, attempt) if attempt else begin(visitor)
        answer_all(visitor, code, place, product.right_answer)
        form = expect(visitor.get(f"/attempts/{code}/answers"), 200, "the answers").form("/submission")
        visitors = [stack.enter_context(product.visitor(learner)) for _ in range(AT_ONCE)]
        for each in visitors:
            each.cookies = dict(visitor.cookies)
        answers = at_once([partial(each.post, form.action, form.fields) for each in visitors])
    return {expect(answer, 303, "one of twenty hand-ins").location for answer in answers}


def start_at_once(product: Product, learner: Learner) -> set[str]:
    """The addresses of the attempts that twenty identical starts led to."""
    with ExitStack() as stack:
        visitors = [stack.enter_context(product.visitor(learner)) for _ in range(AT_ONCE)]
        page = expect(visitors[0].get(f"/courses/{COURSE}/test"), 200, "the page before the test")
        form = page.form("/attempts")
        ticked = {name: values[0] for name, values in form.choices.items()}
        for each in visitors:
            each.cookies = dict(visitors[0].cookies)
        fields = {**form.fields, "printed_name": "Amira Begum", **ticked}
        answers = at_once([partial(each.post, form.action, fields) for each in visitors])
    places = {expect(answer, 303, "one of twenty starts").location for answer in answers}
    return {place.removesuffix("/questions/1") for place in places}


def race(product: Product, post_office: PostOffice) -> None:
    product.server.start()
    learners = product.learners(ROUNDS)
    started = {learner: start_at_once(product, learner) for learner in learners[:STARTS]}
    assert {len(attempts) for attempts in started.values()} == {1}
    for learner in learners:
        attempt = min(started.get(learner, set()), default=None)
        assert len(hand_in_at_once(product, learner, attempt)) == 1
    expected = Awards(completions=ROUNDS, certificates=ROUNDS, letters=ROUNDS, sent=ROUNDS)
    assert wait_until_sent(product, ROUNDS) == expected
    assert sorted(recipient for [recipient] in post_office.recipients) == sorted(
        each.email for each in learners
    )
    with product.app.app_context():
        twice = select(Completion.person_id).group_by(Completion.person_id).having(func.count() > 1)
        assert db.session.scalars(twice).all() == []
        assert db.session.scalar(select(func.count(func.distinct(Letter.recipient)))) == ROUNDS


def test_twenty_identical_hand_ins_award_once_in_one_process_on_sqlite(
    install: Install, post_office: PostOffice
) -> None:
    race(install(), post_office)


def test_twenty_identical_hand_ins_award_once_in_two_processes_on_postgresql(
    install: Install, post_office: PostOffice, postgresql: str
) -> None:
    race(install(database_url=postgresql, RUNG_PROCESSES="2"), post_office)
