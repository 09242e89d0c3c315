"""Who may send a letter now, and what became of it.

A claim moves `next_at` on by the lease. Whoever dies while sending loses the claim when the lease is over,
and the letter leaves with the same Message-ID: at least once, as over SMTP nobody can promise exactly once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Update, delete, select, update
from sqlalchemy.orm import Session

from app.mail.outbox import log
from app.mail.tables import Letter, LetterEvent

LEASE = timedelta(minutes=5)  # longer than a server can keep one message waiting, answer by answer
WAIT = timedelta(minutes=1)  # for an attachment that is not there yet

# How long after each try that failed the next one comes. After the last, nearly three days on, we give up.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    *(timedelta(hours=4),) * 17,
)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A letter that is ours to send until the lease is over. `tries` counts this one."""

    letter_id: int
    kind: str
    recipient: str
    subject: str
    text: str
    html: str
    attachment: str | None
    stop_url: str | None
    message_id: str
    tries: int
    fleeting: bool


def claim(session: Session, now: datetime) -> Claim | None:
    """The letter that has been due longest, claimed; None where none is due."""
    due = select(Letter.id).where(Letter.next_at <= now).order_by(Letter.next_at, Letter.id).limit(1)
    statement = (
        update(Letter)
        .where(Letter.id == due.with_for_update(skip_locked=True).scalar_subquery())
        .values(next_at=now + LEASE, tries=Letter.tries + 1)
        .returning(Letter)
        .execution_options(synchronize_session=False)
    )
    letter = session.scalars(statement).one_or_none()
    if letter is None:
        return None
    return Claim(
        letter_id=letter.id,
        kind=letter.kind,
        recipient=letter.recipient,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        attachment=letter.attachment,
        stop_url=letter.stop_url,
        message_id=letter.message_id,
        tries=letter.tries,
        fleeting=letter.fleeting,
    )


def mark_sent(session: Session, claimed: Claim, now: datetime) -> None:
    """The server has taken it."""
    _end(session, claimed, sent_at=now)
    _log(session, claimed, "sent", now)


def put_back(session: Session, claimed: Claim, now: datetime) -> None:
    """Its attachment is not there yet: this was not a try."""
    session.execute(_still(claimed).values(next_at=now + WAIT, tries=claimed.tries - 1))


def mark_failed(session: Session, claimed: Claim, words: str, now: datetime) -> bool:
    """It was not taken. True where another try comes; False where that was the last one."""
    if claimed.tries > len(BACK_OFF):
        give_up(session, claimed, words, now)
        return False
    session.execute(_still(claimed).values(next_at=now + BACK_OFF[claimed.tries - 1]))
    _log(session, claimed, "tried", now, words)
    return True


def give_up(session: Session, claimed: Claim, words: str, now: datetime) -> None:
    """It will not be taken. It stays in the outbox, and a person can send it again."""
    _end(session, claimed)
    _log(session, claimed, "given up", now, words)


def take_back_claims(session: Session, now: datetime) -> None:
    """Makes every letter that waits due at once.

    Only for a process that has the outbox to itself, as it starts: whoever held a claim is dead, and a
    restart is a good moment to try the others.
    """
    session.execute(update(Letter).where(Letter.next_at > now).values(next_at=now))


def _end(session: Session, claimed: Claim, **given: datetime | None) -> None:
    """No more tries. What is fleeting is gone with its log."""
    if claimed.fleeting:
        session.execute(delete(LetterEvent).where(LetterEvent.letter_id == claimed.letter_id))
        session.execute(delete(Letter).where(Letter.id == claimed.letter_id))
    else:
        session.execute(_still(claimed).values(next_at=None, **given))


def _log(session: Session, claimed: Claim, kind: str, now: datetime, words: str = "") -> None:
    # It may be gone, as its person may have been erased while it was on its way: then there is no log either.
    there = select(Letter.id).where(Letter.id == claimed.letter_id).with_for_update()
    if session.scalar(there) is not None:
        log(session, claimed.letter_id, kind, now, words)


def _still(claimed: Claim) -> Update:
    # A letter asked for again has another Message-ID, and what became of the old one no longer matters.
    same = (Letter.id == claimed.letter_id, Letter.message_id == claimed.message_id)
    return update(Letter).where(*same).execution_options(synchronize_session=False)
