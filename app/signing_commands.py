"""`rung signing`: the certificates that PDFs are signed under, and another key in the place of today's."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import click
from cryptography import x509
from sqlalchemy.orm import Session

from app.certification.seals import common_name, fingerprint, new_key, read_key
from app.certification.signers import known_certificates
from app.kernel.clock import day_in_words, utc_now
from app.secrets import replace_signing_key
from app.settings import Settings
from app.variables import WrongSetting
from app.web.shared.context import running, settings

GIVEN_KEY = (
    "The signing key is given by RUNG_SIGNING_KEY. Give another: the next start notes its certificate."
)
GIVEN_CERTIFICATE = "RUNG_SIGNING_CERTIFICATE belongs to the key of today. Take that setting away first."


def signing_commands(reading: Callable[[], AbstractContextManager[Session]]) -> click.Group:
    """The group. `reading` opens a session, in the context of the app."""

    @click.group("signing")
    def group() -> None:
        """The key that signs certificates."""

    @group.command()
    def show() -> None:
        """List every certificate that PDFs were signed under. All of them stay known for ever."""
        with reading() as session:
            in_use = running().signing.is_in_use
            found = known_certificates(session)
        for certificate in found:
            click.echo(described(certificate) + (" (in use)" if in_use(certificate) else ""))
        if not found:
            click.echo("No PDF has been signed yet.")

    @group.command()
    def rotate() -> None:
        """Make another signing key. Nothing of the old one is kept; what it signed stays ours."""
        pem = new_key()
        with reading() as session:
            refuse_what_is_given(settings())
            signing = running().signing
            signing.seal(session, utc_now())  # so that the old key's certificate is known
            seal = replace(signing, key=read_key(pem)).seal(session, utc_now())
            replace_signing_key(settings(), pem)
        click.echo(f"{described(seal.certificate)} (in use)")
        click.echo("Restart the server, which signs with the old key until then.")

    return group


def described(certificate: x509.Certificate) -> str:
    """A certificate in a line: who for, from and until when, made by whom, and its fingerprint."""
    first, last = certificate.not_valid_before_utc.date(), certificate.not_valid_after_utc.date()
    issuer = "itself" if certificate.issuer == certificate.subject else common_name(certificate.issuer)
    days = f"{day_in_words(first)} to {day_in_words(last)}"
    return (
        f"{common_name(certificate.subject)}, {days}, vouched for by {issuer}, "
        f"SHA-256 {fingerprint(certificate)}"
    )


def refuse_what_is_given(chosen: Settings) -> None:
    """Raises WrongSetting where the key is not ours to replace."""
    if chosen.secrets.signing_key is not None:
        raise WrongSetting(GIVEN_KEY)
    if chosen.secrets.signing_certificate is not None:
        raise WrongSetting(GIVEN_CERTIFICATE)
