"""Handing a message over: to a mail server, or to the console until one is set."""

import smtplib
import ssl
import sys
from email.message import EmailMessage, MIMEPart
from typing import Protocol, TextIO

from app.mail.composing import domain_of
from app.settings import SMTP, Settings

TIMEOUT = 20.0  # seconds for each answer of the server
TOO_LARGE = 552


class TransportError(Exception):
    """The message was not taken. `str()` is what the server said."""


class Refused(TransportError):
    """The server will never take this message: trying again would not help."""


class Delayed(TransportError):
    """The server did not take this message now."""


class Unreachable(TransportError):
    """The server takes no message at all now: it is down, or our access to it is wrong."""


class Transport(Protocol):
    """A way for letters to leave. `sender` is the From line."""

    sender: str

    def send(self, message: EmailMessage) -> None:
        """Hands the message over. Raises Refused, Delayed or Unreachable."""


def transport_for(settings: Settings) -> Transport:
    """The mail server of the settings, or the console where none is set."""
    if settings.smtp is None:
        return ConsoleTransport(settings.mail_from)
    return SMTPTransport(settings.smtp, settings.mail_from)


class SMTPTransport:
    """A mail server, one connection a message."""

    def __init__(self, smtp: SMTP, sender: str, timeout: float = TIMEOUT) -> None:
        self.sender = sender
        self._smtp = smtp
        self._timeout = timeout

    def send(self, message: EmailMessage) -> None:
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(_said(error)) from error
        try:
            _hand_over(server, message)
        finally:
            _leave(server)

    def _connect(self) -> smtplib.SMTP:
        given, ours = self._smtp, domain_of(self.sender)
        tls = ssl.create_default_context()
        server: smtplib.SMTP
        if given.security == "tls":
            server = smtplib.SMTP_SSL(given.host, given.port, ours, timeout=self._timeout, context=tls)
        else:
            server = smtplib.SMTP(given.host, given.port, ours, timeout=self._timeout)
        try:
            if given.security == "starttls":
                server.starttls(context=tls)
            if given.user and given.password:
                server.login(given.user, given.password)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Codes from 500 are for good, except about the sender: that is ours to put right."""
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _refused_or_delayed(code, words) from error
    except smtplib.SMTPSenderRefused as error:
        if error.smtp_code == TOO_LARGE:
            raise Refused(_said(error)) from error
        raise Unreachable(_said(error)) from error
    except smtplib.SMTPDataError as error:
        raise _refused_or_delayed(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(_said(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Delayed(_said(error)) from error


def _refused_or_delayed(code: int, words: bytes | str) -> TransportError:
    said = f"{code} {_text(words)}"
    return Refused(said) if code >= 500 else Delayed(said)


def _leave(server: smtplib.SMTP) -> None:
    # The message has been taken or not by now; a server that is gone at goodbye must not change that.
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


class ConsoleTransport:
    """Shows each letter on the console. For trying Rung out, before a mail server is set."""

    def __init__(self, sender: str, console: TextIO | None = None) -> None:
        self.sender = sender
        self._console = console or sys.stdout

    def send(self, message: EmailMessage) -> None:
        body = message.get_body(("plain",))
        lines = [
            "-- A letter. RUNG_SMTP_HOST is not set, so it is only shown here. --",
            *(f"{name}: {message[name]}" for name in ("From", "To", "Subject")),
            "",
            str(body.get_content()).rstrip() if body else "",
            *(f"\nAttached: {_name_and_size(part)}" for part in message.iter_attachments()),
            "-- End of the letter. --",
            "",
        ]
        self._console.write("\n".join(lines))
        self._console.flush()


def _name_and_size(part: MIMEPart) -> str:
    content = part.get_payload(decode=True)
    size = len(content) if isinstance(content, bytes) else 0
    return f"{part.get_filename()} ({size:,} bytes)"
