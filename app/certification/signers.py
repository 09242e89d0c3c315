"""The certificates that this installation signs under: the one of today, and all that it ever had."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.seals import Seal, SigningKey, fingerprint, from_pem, is_valid, own_certificate, to_pem
from app.certification.tables import Signer
from app.kernel.clock import day_in_words
from app.kernel.db import writing
from app.kernel.errors import Refusal
from app.kernel.upsert import insert_new


@dataclass(frozen=True, kw_only=True, repr=False)
class Signing:
    """How this installation signs.

    `bought` is the key's certificate and its chain; empty where the key goes by a certificate of our own, for
    which `issuer` then finds the name.
    """

    key: SigningKey
    bought: tuple[x509.Certificate, ...]
    issuer: Callable[[Session], str]

    def seal(self, session: Session, now: datetime) -> Seal:
        """What to sign with now. Its certificate is noted for ever first, in a transaction of its own.

        Raises Refusal where the certificate that was bought is not valid now: PDFs then wait.
        """
        known = known_certificates(session)
        if self.bought:
            certificate, *chain = self.bought
            if not is_valid(certificate, now):
                raise Refusal(_not_now(certificate))
        else:
            certificate, chain = self._own(session, known, now), []
        if certificate not in known:
            with writing(session):
                note(session, certificate, now)
        return Seal(key=self.key, certificate=certificate, chain=tuple(chain))

    def is_in_use(self, certificate: x509.Certificate) -> bool:
        """Whether PDFs are signed under this certificate, for as long as it is valid."""
        if self.bought:
            return certificate == self.bought[0]
        return certificate.issuer == certificate.subject and certificate.public_key() == self.key.public_key()

    def _own(self, session: Session, known: list[x509.Certificate], now: datetime) -> x509.Certificate:
        for each in known:
            if self.is_in_use(each) and is_valid(each, now):
                return each
        return own_certificate(self.key, self.issuer(session), now)


def known_certificates(session: Session) -> list[x509.Certificate]:
    """Every certificate that PDFs were ever signed under here, oldest first."""
    return [from_pem(pem) for pem in session.scalars(select(Signer.certificate).order_by(Signer.id))]


def note(session: Session, certificate: x509.Certificate, now: datetime) -> None:
    """Keep a certificate for ever, so that what is signed under it stays known as ours."""
    row = {"fingerprint": fingerprint(certificate), "certificate": to_pem(certificate), "noted_at": now}
    insert_new(session, Signer, row)


def _not_now(certificate: x509.Certificate) -> str:
    first, last = certificate.not_valid_before_utc.date(), certificate.not_valid_after_utc.date()
    return (
        f"RUNG_SIGNING_CERTIFICATE is valid from {day_in_words(first)} to {day_in_words(last)}. "
        "PDFs wait until another one is given."
    )
