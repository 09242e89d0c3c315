"""Keys for tests: the installation's, and somebody else's. Made once a run, which takes a moment each."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from app.certification.seals import Seal, SigningKey, new_key, own_certificate, read_key
from app.certification.signers import Signing

MADE_AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
ISSUER = "Example Homes Learning"


@cache
def key_of(_whose: str) -> SigningKey:
    """The key of somebody, the same for the whole run."""
    return read_key(new_key())


@cache
def seal_of(whose: str) -> Seal:
    """Somebody's key with a certificate of their own making."""
    return Seal(key=key_of(whose), certificate=own_certificate(key_of(whose), ISSUER, MADE_AT))


def bought(
    key: SigningKey, *, first: datetime = MADE_AT, last: datetime | None = None, signs: bool = True
) -> tuple[x509.Certificate, x509.Certificate]:
    """A certificate for the key as an authority would sell it, and the authority's own."""
    authority = _authority()
    usage = x509.KeyUsage(signs, signs, not signs, False, False, False, False, False, False)
    leaf = (
        x509.CertificateBuilder()
        .subject_name(_name("Example Homes"))
        .issuer_name(_name("A trusted authority"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last or first + timedelta(days=730))
        .add_extension(usage, critical=True)
        .sign(authority, hashes.SHA256())
    )
    return leaf, _authoritys_own()


@cache
def _authority() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def _authoritys_own() -> x509.Certificate:
    authority, name = _authority(), _name("A trusted authority")
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(authority.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MADE_AT - timedelta(days=365))
        .not_valid_after(MADE_AT + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(authority, hashes.SHA256())
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


SIGNING = Signing(key=key_of("ours"), bought=(), issuer=lambda _session: ISSUER)
