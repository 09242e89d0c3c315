import hashlib
import logging
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.certification.design import Design
from app.certification.document import draw
from app.certification.facts import Facts
from app.certification.holding import stored_pdf
from app.certification.making import make_pending
from app.certification.seals import Seal
from app.certification.signing import sign
from app.certification.tables import Certificate, CertificatePdf
from app.kernel.codes import grouped
from app.kernel.db import writing
from app.kernel.errors import Refusal
from tests.cast import Cast
from tests.certification.awards import PASSED_AT, award_to, make_all
from tests.certification.examples import facts, standard_design
from tests.certification.keys import SIGNING


def test_the_pdf_is_made_once_and_stored_with_its_hash(session: Session, cast: Cast):
    certificate = award_to(session, cast.amira)
    assert make_all(session) == 1
    assert make_all(session) == 0
    pdf = stored_pdf(session, code=certificate.code)
    assert pdf is not None
    assert pdf.body.startswith(draw(Facts.from_json(certificate.facts), standard_design()))
    assert f"(Certificate {grouped(certificate.code)})".encode() in pdf.body
    assert pdf.hash == hashlib.sha256(pdf.body).hexdigest()
    assert pdf.file_name == "certificate-co-production-2026-11-22.pdf"


def test_one_that_cannot_be_drawn_is_logged_and_holds_up_no_other(
    session: Session, cast: Cast, caplog: pytest.LogCaptureFixture
):
    broken = award_to(session, cast.amira)
    with writing(session):
        session.get_one(Certificate, broken.id).facts = {"printed_name": "half a row"}
    whole = award_to(session, cast.ben)
    with caplog.at_level(logging.ERROR):
        assert make_all(session) == 1
    assert stored_pdf(session, code=whole.code) is not None
    assert f"certificate {broken.id} cannot be made" in caplog.text
    assert "half a row" not in caplog.text


def test_one_that_cannot_be_signed_is_logged_holds_up_no_other_and_is_tried_again(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    first, second = (award_to(session, person).code for person in (cast.amira, cast.ben))

    def failing(body: bytes, seal: Seal, now: datetime, reason: str) -> bytes:
        if grouped(first) in reason:
            raise RuntimeError("the key is gone")
        return sign(body, seal, now, reason)

    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr("app.certification.making.sign", failing)
        assert make_all(session) == 1
    assert "cannot be made" in caplog.text
    assert stored_pdf(session, code=first) is None
    assert stored_pdf(session, code=second) is not None
    session.rollback()
    assert make_all(session) == 1
    assert stored_pdf(session, code=first) is not None


def test_without_anything_to_sign_with_all_wait(session: Session, cast: Cast):
    award_to(session, cast.amira)

    def none(_session: Session, _now: datetime) -> Seal:
        raise Refusal("RUNG_SIGNING_CERTIFICATE has run out.")

    with pytest.raises(Refusal):
        make_pending(session, lambda *_: standard_design(), none, PASSED_AT)
    assert make_all(session) == 1


def test_it_is_drawn_with_the_design_that_it_was_awarded_with(session: Session, cast: Cast):
    asked: list[int] = []

    def design_at(_session: Session, revision_id: int) -> Design:
        asked.append(revision_id)
        return standard_design()

    certificates = [award_to(session, person) for person in (cast.amira, cast.ben)]
    expected = certificates[0].design_revision_id
    make_pending(session, design_at, SIGNING.seal, PASSED_AT)
    assert asked == [expected]  # read once for both


def test_no_transaction_is_open_while_drawing_and_signing(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    award_to(session, cast.amira)
    open_meanwhile = []

    def watched(told: Facts, design: Design) -> bytes:
        open_meanwhile.append(session.in_transaction())
        return draw(told, design)

    def signed(body: bytes, seal: Seal, now: datetime, reason: str) -> bytes:
        open_meanwhile.append(session.in_transaction())
        return sign(body, seal, now, reason)

    monkeypatch.setattr("app.certification.making.draw", watched)
    monkeypatch.setattr("app.certification.making.sign", signed)
    assert make_pending(session, lambda *_: standard_design(), SIGNING.seal, PASSED_AT) == 1
    assert open_meanwhile == [False, False]


def test_of_two_that_make_the_same_one_the_first_is_kept(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    certificate = award_to(session, cast.amira)

    def overtaken(told: Facts, design: Design) -> bytes:
        with Session(session.get_bind()) as other, writing(other):
            body = draw(facts(title="Drawn elsewhere"), design)
            other.add(
                CertificatePdf(certificate_id=certificate.id, body=body, hash="a" * 64, made_at=PASSED_AT)
            )
        return draw(told, design)

    monkeypatch.setattr("app.certification.making.draw", overtaken)
    assert make_all(session) == 0
    assert session.scalar(select(func.count()).select_from(CertificatePdf)) == 1
    pdf = stored_pdf(session, code=certificate.code)
    assert pdf is not None
    assert pdf.hash == "a" * 64
