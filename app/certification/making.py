"""Making each certificate's PDF once, after the award is committed: drawn, signed, stored, kept for ever."""

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
from app.certification.seals import Seal
from app.certification.signing import reason_for, sign
from app.certification.tables import Certificate, CertificatePdf
from app.kernel.db import writing
from app.kernel.upsert import insert_new

DesignAt = Callable[[Session, int], Design]  # (session, design revision id)
SealAt = Callable[[Session, datetime], Seal]

logger = logging.getLogger(__name__)


def make_pending(session: Session, design_at: DesignAt, seal_at: SealAt, now: datetime) -> int:
    """Draw, sign and store the PDF of every certificate that has none and has a holder; how many were stored.

    It owns its transactions, since drawing and signing stay outside them. One that cannot be made is logged,
    holds up no other, and is tried again next time; so are all, where there is nothing to sign with. Of two
    processes that make the same one, the first to store wins.
    """
    waiting = _pending(session)
    if not waiting:
        return 0
    seal, design = seal_at(session, now), cache(partial(design_at, session))
    made = 0
    for certificate_id in waiting:
        try:
            body = _made(session, certificate_id, design, seal, now)
        except Exception:
            logger.exception("The PDF of certificate %d cannot be made.", certificate_id)
            continue
        with writing(session):
            made += _store(session, certificate_id, body, now)
    return made


def _pending(session: Session) -> list[int]:
    drawn = exists().where(CertificatePdf.certificate_id == Certificate.id)
    wanted = select(Certificate.id).where(~drawn, Certificate.person_id.is_not(None)).order_by(Certificate.id)
    return list(session.scalars(wanted))


def _made(
    session: Session, certificate_id: int, design: Callable[[int], Design], seal: Seal, now: datetime
) -> bytes:
    certificate = session.get_one(Certificate, certificate_id)
    facts, revision_id = Facts.from_json(certificate.facts), certificate.design_revision_id
    found = design(revision_id)
    session.rollback()  # nothing is left open while drawing
    return sign(draw(facts, found), seal, now, reason=reason_for(facts.code))


def _store(session: Session, certificate_id: int, body: bytes, now: datetime) -> bool:
    # Locked: whoever is erased while their PDF is drawn is named by neither.
    holder = select(Certificate.person_id).where(Certificate.id == certificate_id).with_for_update()
    if session.scalar(holder) is None:
        return False
    row = {
        "certificate_id": certificate_id,
        "body": body,
        "hash": hashlib.sha256(body).hexdigest(),
        "made_at": now,
    }
    return insert_new(session, CertificatePdf, row)
