"""Turning a letter's row into the message that a mail server takes."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Protocol

from app.mail.outbox import one_address


@dataclass(frozen=True)
class Attachment:
    """What goes with a letter: `media_type` such as application/pdf, and the very bytes."""

    filename: str
    media_type: str
    content: bytes


class Written(Protocol):
    """What composing needs of a letter."""

    @property
    def recipient(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def message_id(self) -> str: ...


def compose(letter: Written, *, sender: str, attachment: Attachment | None, now: datetime) -> EmailMessage:
    """The message: plain text first, HTML beside it, the attachment last.

    Raises ValueError where the recipient or a header would carry more than it should.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = one_address(letter.recipient)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.message_id}@{domain_of(sender)}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps holiday replies from answering
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    if attachment is not None:
        main, sub = attachment.media_type.split("/")
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.filename)
    return message


def domain_of(sender: str) -> str:
    """The domain of `Rung <learning@example.org>`: example.org."""
    return parseaddr(sender)[1].rpartition("@")[2]
