"""Signed PDFs, judged by two readers that are not ours: pyHanko and, where it is there, pdfsig."""

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from app.certification.document import draw
from app.certification.seals import Seal, own_certificate
from app.certification.signing import sign
from tests.certification.examples import FACTS, standard_design
from tests.certification.keys import ISSUER, bought, key_of, seal_of

NOW = datetime(2026, 11, 22, 14, 3, tzinfo=UTC)
BODY = draw(FACTS, standard_design())
REASON = "Certificate 7K4M Q2XD"
LEAF, AUTHORITY = bought(key_of("ours"))
BOUGHT = Seal(key=key_of("ours"), certificate=LEAF, chain=(AUTHORITY,))


@pytest.fixture(params=["our own", "bought"])
def seal(request: pytest.FixtureRequest) -> Seal:
    return BOUGHT if request.param == "bought" else seal_of("ours")


def test_the_signature_holds_covers_everything_and_allows_no_change(seal: Seal):
    signature = PdfFileReader(BytesIO(sign(BODY, seal, NOW, REASON))).embedded_signatures[0]
    root = (seal.chain or (seal.certificate,))[-1]
    trusted = ValidationContext(
        trust_roots=[asn1.Certificate.load(root.public_bytes(Encoding.DER))], moment=NOW
    )
    status = validate_pdf_signature(signature, trusted)
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert signature.docmdp_level is MDPPerm.NO_CHANGES
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == REASON
    assert signature.field_name == "Signature"
    assert signature.self_reported_timestamp == NOW
    assert status.md_algorithm == "sha256"
    assert len(list(signature.other_embedded_certs)) == len(seal.chain)


def test_pdfsig_agrees(seal: Seal, tmp_path: Path):
    reader = shutil.which("pdfsig")
    if reader is None:
        pytest.skip("poppler's pdfsig is not here")
    path = tmp_path / "signed.pdf"
    path.write_bytes(sign(BODY, seal, NOW, REASON))
    told = subprocess.run([reader, "-nocert", path], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid." in told
    assert "Total document signed" in told


def test_signing_draws_nothing_and_changes_no_byte_of_what_was_drawn(seal: Seal):
    signed = sign(BODY, seal, NOW, REASON)
    assert signed.startswith(BODY)
    before, after = (pypdfium2.PdfDocument(body)[0].render().to_pil() for body in (BODY, signed))
    assert before.tobytes() == after.tobytes()


def test_as_much_room_is_kept_for_every_signature_of_one_seal(seal: Seal):
    sizes = {
        len(kept)
        for reason in ("", "x" * 90)
        for kept in re.findall(rb"/Contents <([0-9A-F]+)>", sign(BODY, seal, NOW, reason))
    }
    assert len(sizes) == 1
    if seal.chain:
        assert sizes.pop() > 4096


@pytest.mark.parametrize("size", [3072, 4096])
def test_there_is_room_for_a_large_key_and_an_issuer_with_a_long_name(size: int):
    key = rsa.generate_private_key(public_exponent=65537, key_size=size)
    parts = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME)
    name = x509.Name([x509.NameAttribute(each, "Ω" * 32) for each in (*parts, *parts, *parts)])
    made = own_certificate(key, ISSUER, NOW)
    certificate = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name)
        .public_key(key.public_key())
        .serial_number((1 << 159) - 1)
        .not_valid_before(made.not_valid_before_utc)
        .not_valid_after(made.not_valid_after_utc)
        .sign(key, hashes.SHA512())
    )
    assert sign(BODY, Seal(key=key, certificate=certificate), NOW, REASON).startswith(BODY)


def test_eight_threads_sign_at_once():
    def signed(number: int) -> bytes:
        return sign(BODY, seal_of("ours"), NOW, f"Certificate {number}")

    with ThreadPoolExecutor(8) as pool:
        for number, body in enumerate(pool.map(signed, range(32))):
            signature = PdfFileReader(BytesIO(body)).embedded_signatures[0]
            assert signature.sig_object["/Reason"] == f"Certificate {number}"
            signature.compute_integrity_info()
            assert signature.coverage is SignatureCoverageLevel.ENTIRE_FILE
