"""Turning a letter's row into the message that a mail server takes."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr
from typing import Protocol

from app.mail.outbox import one_address, one_web_address


class AddressLine(UnstructuredHeader):
    """A header that is one web address. The library would encode a long one, beyond recognition."""

    def fold(self, *, policy: Policy) -> str:
        """The whole on one line; a line may have 998 characters."""
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", AddressLine)  # type: ignore[arg-type]
_POLICY = SMTP.clone(header_factory=_HEADERS)


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
    def stop_url(self) -> str | None: ...
    @property
    def message_id(self) -> str: ...


def compose(letter: Written, *, sender: str, attachment: Attachment | None, now: datetime) -> EmailMessage:
    """The message: plain text first, HTML beside it, the attachment last.

    Raises ValueError where the recipient or a header would carry more than it should.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = one_address(letter.recipient)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.message_id}@{domain_of(sender)}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps holiday replies from answering
    if letter.stop_url is not None:
        # RFC 8058: a mail program may stop such letters by one POST, without a page and without signing in.
        message["List-Unsubscribe"] = f"<{one_web_address(letter.stop_url)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
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
