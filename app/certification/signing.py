"""Signing a PDF: one PAdES certification signature over all of it, after which nothing may be added."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from asn1crypto import tsp, x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.certification.seals import Seal
from app.certification.tagged import SIGNATURE
from app.kernel.codes import grouped

CERTIFICATE = "Certificate "  # how the reason on a certificate begins
DIGEST = "sha256"
AROUND = 500  # bytes of a signature besides the key's own, certificates and their issuer, with room to spare


def sign(body: bytes, seal: Seal, now: datetime, reason: str) -> bytes:
    """The PDF with our signature in its field, which is made where there is none. About 7 ms of CPU.

    `reason` is shown by readers of PDF beside the signature. Raises what pyHanko raises on a broken PDF, and
    RuntimeError in a thread that has an event loop.
    """
    writer = IncrementalPdfFileWriter(BytesIO(body))
    writer.register_extension(ESIC_EXTENSION_1)
    signer = _Preloaded(seal)
    embedding = PdfCMSEmbedder(SigFieldSpec(SIGNATURE)).write_cms(SIGNATURE, writer)
    next(embedding)
    placeholder = SignatureObject(
        timestamp=now, subfilter=SigSeedSubFilter.PADES, reason=reason, bytes_reserved=_reserved(seal)
    )
    permission = SigMDPSetup(DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    embedding.send(SigObjSetup(placeholder, mdp_setup=permission))
    prepared, output = embedding.send(SigIOSetup(DIGEST))
    embedding.send(asyncio.run(signer.async_sign(prepared.document_digest, DIGEST, use_pades=True)))
    signed: bytes = output.getvalue()
    return signed


def reason_for(code: str) -> str:
    """The reason that a certificate's own signature gives: the certificate."""
    return f"{CERTIFICATE}{grouped(code)}"


class _Preloaded(Signer):
    """A signer whose key is loaded already: loading and checking it takes longer than signing."""

    def __init__(self, seal: Seal) -> None:
        certificate, *chain = _asn1(seal)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
        store.register_multiple(chain)
        super().__init__(signing_cert=certificate, cert_registry=store)
        self.signed_attr_prov_spec = _WhoseAlone(certificate.dump())
        self._key = seal.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return self._key.sign(data, PKCS1v15(), SHA256())


class _WhoseAlone(SignedAttributeProviderSpec):
    """What PAdES has signed besides the digest: whose certificate it is (ETSI EN 319 142-1, 6.3)."""

    def __init__(self, certificate: bytes) -> None:
        self._whose = _Whose(certificate)

    def signed_attr_providers(
        self, data_digest: bytes, digest_algorithm: str
    ) -> Iterable[CMSAttributeProvider]:
        return (self._whose,)


class _Whose(CMSAttributeProvider):
    """The attribute as bytes that are read again: made anew, it takes half of the time of signing."""

    attribute_type = "signing_certificate_v2"

    def __init__(self, certificate: bytes) -> None:
        self._certificate = certificate

    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
        return tsp.SigningCertificateV2.load(_whose(self._certificate))


@lru_cache(maxsize=8)
def _whose(certificate: bytes) -> bytes:
    made: bytes = as_signing_certificate_v2(x509.Certificate.load(certificate)).dump()
    return made


def _asn1(seal: Seal) -> list[x509.Certificate]:
    return [
        x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in (seal.certificate, *seal.chain)
    ]


def _reserved(seal: Seal) -> int:
    """Hexadecimal digits kept free for the signature: the same for every PDF of one seal."""
    certificates = _asn1(seal)
    issuer = len(certificates[0].issuer.dump())  # named twice
    return 2 * (AROUND + seal.key.key_size // 8 + 2 * issuer + sum(len(each.dump()) for each in certificates))
