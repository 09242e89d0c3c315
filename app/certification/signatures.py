"""Finding our own signature in a file that a stranger sent. Pure, and it reads no PDF.

A signature names the ranges of bytes that it covers, and stands in the gap between them. Both are written
plainly in every PDF that we sign, so they are found as bytes: nothing is unpacked, no table is followed, and
a file made to hurt readers of PDF meets none.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from asn1crypto import cms
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

MOST = 10  # signatures looked at in one file
LARGEST_GAP = 100_000  # bytes; ours are below 20,000 even with a long chain
_RANGES = re.compile(
    rb"/ByteRange\s{0,80}\[\s{0,80}0\s{1,80}(\d{1,9})\s{1,80}(\d{1,9})\s{1,80}(\d{1,9})\s{0,80}\]"
)
_GAP = re.compile(rb"<((?:[0-9A-F]{2})+)>")
_REASON = re.compile(rb"/Reason \(([^()\\]{1,100})\)")


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A signature that a key of ours made. `end` is how far into the file it reaches.

    `fits` says that the bytes that it covers are those that were signed. `reason` is what stands beside it,
    and is ours only where it fits.
    """

    end: int
    fits: bool
    reason: str


def signatures_of_ours(body: bytes, certificates: Sequence[x509.Certificate]) -> Iterator[Signature]:
    """Every signature in a file that the key of one of these certificates made, in the order of the file."""
    ours = [asn1.Certificate.load(each.public_bytes(Encoding.DER)) for each in certificates]
    for found in islice(_RANGES.finditer(body), MOST):
        start, resumed, rest = map(int, found.groups())
        end = resumed + rest
        gap = _GAP.fullmatch(body, start, resumed) if 0 < resumed - start <= LARGEST_GAP else None
        if gap is None or end > len(body):
            continue
        covered = hashlib.sha256(body[:start] + body[resumed:end]).digest()
        fits = _fits(bytes.fromhex(gap[1].decode("ascii")), covered, ours)
        if fits is not None:
            reason = _REASON.search(body, resumed, end)
            yield Signature(end=end, fits=fits, reason=reason[1].decode("latin-1") if reason else "")


def _fits(signature: bytes, covered: bytes, ours: Sequence[asn1.Certificate]) -> bool | None:
    """Whether a signature that one of our keys made is over these bytes; None where none of them made it."""
    try:
        (signer,) = cms.ContentInfo.load(signature)["content"]["signer_infos"]
        serial = signer["sid"].chosen["serial_number"].native
        for certificate in ours:
            if certificate.serial_number == serial:
                fits, made_with_it = validate_sig_integrity(signer, certificate, "data", covered)
                return bool(fits) if made_with_it else None
    except Exception:  # a stranger's bytes make a reader of ASN.1 raise anything: we did not write them
        return None
    return None
