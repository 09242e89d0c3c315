"""Keys and their X.509 certificates: read, matched, and made where none was bought. Pure, but for chance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

KEY_SIZE = 3072  # bits, at least
YEARS = 20  # that a certificate of our own lasts: longer than anybody keeps a key
LONGEST_NAME = 64  # bytes; X.520 says characters, and counts differ
NOT_A_KEY = f"must be an RSA private key of at least {KEY_SIZE} bits in PEM, without a password"

SigningKey = rsa.RSAPrivateKey


@dataclass(frozen=True, kw_only=True, repr=False)
class Seal:
    """What a PDF is signed with: a private key, its certificate, and the certificates of who issued that."""

    key: SigningKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


def new_key() -> str:
    """A fresh private key, in PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_SIZE)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).decode("ascii")


def read_key(pem: str) -> SigningKey:
    """A private key from PEM. Raises ValueError with what it must be."""
    try:
        # Its arithmetic is not checked again: that takes a tenth of a second at every start.
        key = serialization.load_pem_private_key(pem.encode(), None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < KEY_SIZE:
        raise ValueError(NOT_A_KEY)
    return key


def read_certificates(pem: str, key: SigningKey) -> tuple[x509.Certificate, ...]:
    """A key's certificate, then its chain, from PEM in any order. Raises ValueError saying what is wrong."""
    try:
        found = x509.load_pem_x509_certificates(pem.encode())
        belongs = [each for each in found if each.public_key() == key.public_key()]
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("must be a certificate in PEM, followed by its chain") from None
    if not belongs:
        raise ValueError("must hold the certificate of the signing key, and holds those of other keys")
    if not _may_sign(belongs[0]):
        raise ValueError("must be a certificate for signing, and this one is for something else")
    return (belongs[0], *(each for each in found if each is not belongs[0]))


def own_certificate(key: SigningKey, issuer: str, now: datetime) -> x509.Certificate:
    """A certificate for the key that says who signs, signed by itself."""
    who = issuer.encode()[:LONGEST_NAME].decode(errors="ignore")
    name = x509.Name(
        [x509.NameAttribute(oid, who) for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)]
    )
    public = key.public_key()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # clocks of readers may be behind
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_FOR_SIGNING, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    return made.sign(key, hashes.SHA256())


def to_pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def from_pem(pem: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem.encode("ascii"))


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate, in hexadecimal: what certificate stores and readers of PDF show."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def common_name(name: x509.Name) -> str:
    """Who a certificate speaks of, in a word or two."""
    found: Iterable[x509.NameAttribute[str | bytes]] = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return next((str(each.value) for each in found), name.rfc4514_string())


def is_valid(certificate: x509.Certificate, moment: datetime) -> bool:
    """Whether the moment falls within the time for which the certificate was made."""
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


_FOR_SIGNING = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
