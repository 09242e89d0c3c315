"""A PDF that a checker brings: whether it is, byte for byte, one that we issued. Nothing of it is kept."""

import hashlib
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.signatures import Signature, signatures_of_ours
from app.certification.signers import known_certificates
from app.certification.signing import CERTIFICATE
from app.certification.tables import Certificate, CertificatePdf
from app.kernel.codes import read_code

LARGEST = 2_000_000  # bytes; the PDFs that we make are below 100,000

Kind = Literal["untouched", "changed", "signed", "not ours"]


@dataclass(frozen=True)
class Dropped:
    """What a file is.

    *untouched*: exactly the PDF that we issued for the certificate with `code`. *changed*: it carries our
    signature, but is not what we issued; `code` is the certificate that it was, or claims to be, if there is
    one. *signed*: we signed all of it, and it is no certificate. *not ours*: none of these.
    """

    kind: Kind
    code: str | None = None


def examine(session: Session, body: bytes) -> Dropped:
    """What this file is. Only the hash of a stored PDF makes it untouched: a signature alone never does."""
    code = _code_of(session, body)
    if code:
        return Dropped("untouched", code)
    for signature in signatures_of_ours(body, known_certificates(session)):
        named = signature.reason.startswith(CERTIFICATE)
        if signature.fits and not named and signature.end == len(body):
            return Dropped("signed")
        code = _code_of(session, body[: signature.end]) or _named(session, signature)
        return Dropped("changed", code)
    return Dropped("not ours")


def looks_like_pdf(body: bytes) -> bool:
    """Whether the file says of itself that it is a PDF, as readers ask: near its beginning."""
    return b"%PDF-" in body[:1024]


def _code_of(session: Session, body: bytes) -> str | None:
    """The code of the certificate whose stored PDF has exactly these bytes."""
    digest = hashlib.sha256(body).hexdigest()
    wanted = select(Certificate.code).join(CertificatePdf, CertificatePdf.certificate_id == Certificate.id)
    return session.scalars(wanted.where(CertificatePdf.hash == digest)).first()


def _named(session: Session, signature: Signature) -> str | None:
    code = read_code(signature.reason.removeprefix(CERTIFICATE))
    return session.scalars(select(Certificate.code).where(Certificate.code == code)).first() if code else None
