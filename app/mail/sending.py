"""Sending what is due. No transaction is open while a message is on its way."""

import logging
from collections.abc import Callable

from sqlalchemy.orm import Session

from app.kernel.clock import Clock
from app.kernel.db import writing
from app.mail.claiming import Claim, claim, give_up, mark_failed, mark_sent, put_back
from app.mail.composing import Attachment, compose
from app.mail.transport import Refused, Transport, TransportError, Unreachable

Sessions = Callable[[], Session]
FindAttachment = Callable[[Session, str], Attachment | None]

logger = logging.getLogger(__name__)


def deliver_due(
    sessions: Sessions,
    transport: Transport,
    *,
    attachment: FindAttachment,
    clock: Clock,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Sends the letters that are due, one after the other, and returns how many were taken.

    A server that takes nothing at all ends the round.
    """
    sent = 0
    while not stopping():
        with sessions() as session, writing(session):
            claimed = claim(session, clock())
        if claimed is None:
            break
        try:
            sent += _deliver(sessions, transport, claimed, attachment, clock)
        except Unreachable:
            break
    return sent


def _deliver(
    sessions: Sessions, transport: Transport, claimed: Claim, attachment: FindAttachment, clock: Clock
) -> bool:
    """True where the letter was taken. Raises Unreachable, once that is written down; nothing else."""
    try:
        enclosed = _enclosed(sessions, claimed, attachment)
        if claimed.attachment is not None and enclosed is None:
            with sessions() as session, writing(session):
                put_back(session, claimed, clock())
            return False
        _send(transport, claimed, enclosed, clock)
    except Exception as error:
        _write_down(sessions, claimed, error, clock)
        if isinstance(error, Unreachable):
            raise
        return False
    with sessions() as session, writing(session):
        mark_sent(session, claimed, clock())
    return True


def _enclosed(sessions: Sessions, claimed: Claim, attachment: FindAttachment) -> Attachment | None:
    if claimed.attachment is None:
        return None
    with sessions() as session:
        return attachment(session, claimed.attachment)


def _send(transport: Transport, claimed: Claim, enclosed: Attachment | None, clock: Clock) -> None:
    try:
        message = compose(claimed, sender=transport.sender, attachment=enclosed, now=clock())
    except ValueError as error:
        raise Refused(f"It cannot be put into a message: {error}") from error
    transport.send(message)


def _write_down(sessions: Sessions, claimed: Claim, error: Exception, clock: Clock) -> None:
    # The recipient is a person: the log names the letter, and the outbox knows whose it is.
    words = str(error) if isinstance(error, TransportError) else f"{type(error).__name__}: {error}"
    with sessions() as session, writing(session):
        if isinstance(error, Refused):
            give_up(session, claimed, words, clock())
            again = False
        else:
            again = mark_failed(session, claimed, words, clock())
    if again:
        ours = None if isinstance(error, TransportError) else error
        logger.warning(
            "Letter %d (%s) was not sent: %s", claimed.letter_id, claimed.kind, words, exc_info=ours
        )
    else:
        logger.error("Letter %d (%s) was given up: %s", claimed.letter_id, claimed.kind, words)
