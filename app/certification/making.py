"""Making each certificate's PDF once, after the award is committed. Those bytes are then kept for ever."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from functools import cache, partial

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.certification.design import Design
from app.certification.document import draw
from app.certification.facts import Facts
from app.certification.tables import Certificate, CertificatePdf
from app.kernel.db import writing
from app.kernel.upsert import insert_new

DesignAt = Callable[[Session, int], Design]  # (session, design revision id)

logger = logging.getLogger(__name__)


def make_pending(session: Session, design_at: DesignAt, now: datetime) -> int:
    """Draw and store the PDF of every certificate that has none; how many were stored.

    It owns its transactions, since drawing stays outside them. One that cannot be drawn is logged, holds up
    no other, and is tried again next time. Of two processes that draw the same one, the first to store wins.
    """
    design = cache(partial(design_at, session))
    made = 0
    for certificate_id in _pending(session):
        try:
            body = _drawn(session, certificate_id, design)
        except Exception:
            logger.exception("The PDF of certificate %d cannot be made.", certificate_id)
            continue
        with writing(session):
            made += _store(session, certificate_id, body, now)
    return made


def _pending(session: Session) -> list[int]:
    drawn = exists().where(CertificatePdf.certificate_id == Certificate.id)
    wanted = select(Certificate.id).where(~drawn).order_by(Certificate.id)
    return list(session.scalars(wanted))


def _drawn(session: Session, certificate_id: int, design: Callable[[int], Design]) -> bytes:
    certificate = session.get_one(Certificate, certificate_id)
    facts, revision_id = Facts.from_json(certificate.facts), certificate.design_revision_id
    found = design(revision_id)
    session.rollback()  # nothing is left open while drawing
    return draw(facts, found)


def _store(session: Session, certificate_id: int, body: bytes, now: datetime) -> bool:
    row = {
        "certificate_id": certificate_id,
        "body": body,
        "hash": hashlib.sha256(body).hexdigest(),
        "made_at": now,
    }
    return insert_new(session, CertificatePdf, row)
