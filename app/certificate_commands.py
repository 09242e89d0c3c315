"""`rung certificate`: what an operator does with certificates that have been awarded."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import click
from sqlalchemy.orm import Session

from app.certification.revoking import REASONS, REASONS_TO_REINSTATE
from app.kernel.clock import utc_now
from app.learning.withdrawing import put_back, withdraw
from app.web.shared.context import settings

INSIDE = "Kept inside; the holder does not read it."


def certificate_commands(writing: Callable[[], AbstractContextManager[Session]]) -> click.Group:
    """The group. `writing` opens one whole write, in the context of the app."""

    @click.group()
    def certificate() -> None:
        """Certificates that have been awarded."""

    def change(how: Callable[..., None], code: str, reason: str, note: str) -> None:
        with writing() as session:
            base_url = settings().base_url
            how(session, code, reason=reason, note=note, by_id=None, base_url=base_url, now=utc_now())

    @certificate.command("withdraw")
    @click.argument("code")
    @click.option("--reason", type=click.Choice(list(REASONS)), required=True)
    @click.option("--note", default="", help=INSIDE)
    def withdraw_one(code: str, reason: str, note: str) -> None:
        """Withdraw a certificate. Its check page says so from now on, and its holder gets a letter."""
        change(withdraw, code, reason, note)
        click.echo("Withdrawn.")

    @certificate.command("reinstate")
    @click.argument("code")
    @click.option("--reason", type=click.Choice(list(REASONS_TO_REINSTATE)), required=True)
    @click.option("--note", default="", help=INSIDE)
    def reinstate_one(code: str, reason: str, note: str) -> None:
        """Let a certificate that was withdrawn hold again. Its holder gets a letter."""
        change(put_back, code, reason, note)
        click.echo("Reinstated.")

    return certificate
