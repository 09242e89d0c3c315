"""A deed of an administrator sent by twelve requests at the same moment is done once, and told once."""

from collections import Counter
from contextlib import ExitStack
from functools import partial

import pytest
from sqlalchemy import select

from app.certification.tables import Certificate, Revocation
from app.kernel.db import writing
from app.mail.tables import Letter
from app.people.accounts import give_role
from app.people.tables import User
from app.web.shared.context import db
from tests.bench.journeys import expect, sit
from tests.bench.load import at_once
from tests.bench.product import Learner, Product
from tests.slow.conftest import Install

pytestmark = pytest.mark.slow

ROUNDS = 10
AT_ONCE = 12


def race(product: Product) -> None:
    product.server.start()
    admin, *holders = product.learners(1 + ROUNDS)
    with product.app.app_context(), writing(db.session) as session:
        give_role(session, session.get_one(User, admin.person_id), "admin")
    for holder in holders:
        with product.visitor(holder) as visitor:
            sit(visitor, product)
        code = code_of(product, holder)
        do_at_once(product, admin, f"{code}/withdrawal", reason="awarded-in-error", note="Twelve times.")
        do_at_once(product, admin, f"{code}/reinstatement", reason="withdrawn-in-error", note="Twelve times.")
        do_at_once(product, admin, f"{code}/replacement", printed_name="Somebody Else", revision="", law="")
    with product.app.app_context():
        session = db.session()
        turns = Counter(session.scalars(select(Revocation.kind)))
        issues = Counter(session.scalars(select(Certificate.issue)))
        letters = Counter(session.scalars(select(Letter.kind)))
        db.session.remove()
    assert turns == {"withdrawn": ROUNDS, "reinstated": ROUNDS}
    assert issues == {1: ROUNDS, 2: ROUNDS}
    told = {kind: letters[f"certificate-{kind}"] for kind in ("withdrawn", "reinstated", "replaced")}
    assert told == {"withdrawn": ROUNDS, "reinstated": ROUNDS, "replaced": ROUNDS}


def do_at_once(product: Product, admin: Learner, path: str, **fields: str) -> None:
    """Every request is answered: one with what came of it, the others with what stands in their way."""
    address = f"/manage/certificates/{path}"
    with ExitStack() as stack:
        visitors = [stack.enter_context(product.visitor(admin)) for _ in range(AT_ONCE)]
        expect(visitors[0].get(address), 200, address)
        form = expect(visitors[0].get("/account"), 200, "the account").form("/sign-out")
        for each in visitors:
            each.cookies = dict(visitors[0].cookies)
        sent = {**fields, "csrf_token": form.fields["csrf_token"]}
        answers = at_once([partial(each.post, address, sent) for each in visitors])
    assert Counter(answer.status for answer in answers) == {303: 1, 409: AT_ONCE - 1}, path


def code_of(product: Product, holder: Learner) -> str:
    with product.app.app_context():
        code = db.session.scalars(select(Certificate.code).filter_by(person_id=holder.person_id)).one()
        db.session.remove()
        return code


def test_a_deed_of_staff_is_done_once_in_one_process_on_sqlite(install: Install) -> None:
    race(install())


def test_a_deed_of_staff_is_done_once_in_two_processes_on_postgresql(
    install: Install, postgresql: str
) -> None:
    race(install(database_url=postgresql, RUNG_PROCESSES="2"))
