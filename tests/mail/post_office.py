"""A real mail server in a thread, which keeps what it takes and can be told to misbehave."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from app.settings import SMTP

SENDER = "Rung <learning@example.org>"


@dataclass
class PostOffice:
    """The `answer_...` parts say how the server answers; None is a yes."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answer_recipient: Callable[[str], str | None] = lambda _address: None
    answer_sender: Callable[[str], str | None] = lambda _address: None
    answer_message: Callable[[], str | None] = lambda: None
    controller: Controller | None = None

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answer_sender(address)
        if answer is None:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answer_recipient(address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answer_message()
        if answer is None:
            self.taken.append(cast(EmailMessage, message_from_bytes(envelope.content, policy=default)))
            self.raw.append(cast(bytes, envelope.content))
            self.recipients.append(list(envelope.rcpt_tos))
        return answer or "250 Taken"

    def open(self) -> None:
        port = self.port or free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=port, server_hostname="post")
        self.controller.start()
        self.port = self.controller.port

    def close(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    @property
    def settings(self) -> SMTP:
        return SMTP(host="127.0.0.1", port=self.port, security="none", user=None, password=None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
