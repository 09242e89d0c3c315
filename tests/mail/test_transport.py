"""How a mail server's answers are understood, on real servers, and what the console shows."""

import contextlib
import dataclasses
import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from app.mail.composing import Attachment, compose
from app.mail.transport import ConsoleTransport, Delayed, Refused, SMTPTransport, Unreachable, transport_for
from app.settings import SMTP, read_settings
from tests.mail.conftest import MONDAY
from tests.mail.post_office import SENDER, PostOffice, free_port


class Words:
    """A letter as composing sees it."""

    recipient = "amira@example.org"
    subject = "Your certificate"
    text = "Hello Amira."
    html = ""
    stop_url: str | None = None
    message_id = "rung.1"


def message(attachment: Attachment | None = None, recipient: str = Words.recipient) -> EmailMessage:
    letter = Words()
    letter.recipient = recipient
    return compose(letter, sender=SENDER, attachment=attachment, now=MONDAY)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("550 Nobody", Refused), ("554 Not wanted", Refused), ("450 Later", Delayed), ("421 Closing", Delayed)],
)
def test_an_answer_about_the_recipient_says_whether_to_try_again(
    answer: str, expected: type[Exception], post_office: PostOffice
) -> None:
    post_office.answer_recipient = lambda _address: answer
    with pytest.raises(expected, match=answer):
        SMTPTransport(post_office.settings, SENDER).send(message())


@pytest.mark.parametrize(("answer", "expected"), [("554 Looks like spam", Refused), ("451 Busy", Delayed)])
def test_an_answer_about_the_message_says_whether_to_try_again(
    answer: str, expected: type[Exception], post_office: PostOffice
) -> None:
    post_office.answer_message = lambda: answer
    with pytest.raises(expected, match=answer):
        SMTPTransport(post_office.settings, SENDER).send(message())


def test_a_sender_refused_is_ours_to_put_right_and_costs_no_letter(post_office: PostOffice) -> None:
    post_office.answer_sender = lambda _address: "550 This sender may not"
    with pytest.raises(Unreachable, match="550 This sender may not"):
        SMTPTransport(post_office.settings, SENDER).send(message())


def test_a_message_too_large_is_refused_for_good(post_office: PostOffice) -> None:
    post_office.answer_sender = lambda _address: "552 Too large"
    with pytest.raises(Refused, match="552 Too large"):
        SMTPTransport(post_office.settings, SENDER).send(message())


def test_nobody_listening_is_unreachable() -> None:
    smtp = SMTP(host="127.0.0.1", port=free_port(), security="none", user=None, password=None)
    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        SMTPTransport(smtp, SENDER).send(message())


@contextmanager
def one_connection(talk: Callable[[socket.socket], None]) -> Iterator[SMTP]:
    """A server that answers one connection by `talk`."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = server.getsockname()[1]
        yield SMTP(host="127.0.0.1", port=port, security="none", user=None, password=None)
        thread.join(5)


def test_a_server_that_says_nothing_is_unreachable_in_good_time() -> None:
    def wait_for_the_end(connection: socket.socket) -> None:
        connection.recv(1)

    with one_connection(wait_for_the_end) as smtp, pytest.raises(Unreachable, match="timed out"):
        SMTPTransport(smtp, SENDER, timeout=0.2).send(message())


def test_a_server_that_vanishes_after_taking_the_message_has_taken_it() -> None:
    heard: list[bytes] = []

    def take_and_vanish(connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        connection.sendall(b"220 post\r\n")
        for answer in (b"250 post", b"250 OK", b"250 OK", b"354 Go on"):
            heard.append(lines.readline())
            connection.sendall(answer + b"\r\n")
        while lines.readline() != b".\r\n":
            pass
        connection.sendall(b"250 Taken\r\n")

    with one_connection(take_and_vanish) as smtp:
        SMTPTransport(smtp, SENDER, timeout=2).send(message())
    assert [line[:4].upper() for line in heard] == [b"EHLO", b"MAIL", b"RCPT", b"DATA"]
    assert heard[0] == b"ehlo example.org\r\n"


def test_a_server_that_vanishes_before_taking_the_message_has_not() -> None:
    def vanish(connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        connection.sendall(b"220 post\r\n")
        lines.readline()
        connection.sendall(b"250 post\r\n")

    with one_connection(vanish) as smtp, pytest.raises((Delayed, Unreachable)):
        SMTPTransport(smtp, SENDER, timeout=2).send(message())


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_password_that_is_wrong_is_ours_to_put_right() -> None:
    def refuse(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False)

    controller = Controller(
        PostOffice(),
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=refuse,
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()
    try:
        smtp = SMTP(host="127.0.0.1", port=controller.port, security="none", user="rung", password="wrong")
        with pytest.raises(Unreachable, match="535"):
            SMTPTransport(smtp, SENDER).send(message())
    finally:
        controller.stop()


def test_a_server_without_tls_gets_neither_password_nor_letter(post_office: PostOffice) -> None:
    smtp = SMTP(host="127.0.0.1", port=post_office.port, security="starttls", user="rung", password="secret")
    with pytest.raises(Unreachable, match="STARTTLS"):
        SMTPTransport(smtp, SENDER).send(message())
    assert post_office.taken == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    security: str, self_signed: ssl.SSLContext
) -> None:
    heard: list[bytes] = []

    def offer_tls(connection: socket.socket) -> None:
        if security == "starttls":
            lines = connection.makefile("rb")
            for answer in (b"220 post", b"250-post\r\n250 STARTTLS", b"220 Go on"):
                connection.sendall(answer + b"\r\n")
                if not answer.startswith(b"220 Go"):
                    lines.readline()
        with contextlib.suppress(OSError), self_signed.wrap_socket(connection, server_side=True) as safe:
            heard.append(safe.recv(100))

    with one_connection(offer_tls) as smtp, pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
        SMTPTransport(dataclasses.replace(smtp, security=security), SENDER).send(message())
    assert heard == []


def test_the_console_shows_the_letter_and_names_what_goes_with_it() -> None:
    console = io.StringIO()
    pdf = Attachment(filename="certificate.pdf", media_type="application/pdf", content=b"x" * 34120)
    ConsoleTransport(SENDER, console).send(message(pdf))
    assert console.getvalue().splitlines() == [
        "-- A letter. RUNG_SMTP_HOST is not set, so it is only shown here. --",
        "From: Rung <learning@example.org>",
        "To: amira@example.org",
        "Subject: Your certificate",
        "",
        "Hello Amira.",
        "",
        "Attached: certificate.pdf (34,120 bytes)",
        "-- End of the letter. --",
    ]


def test_letters_go_to_the_console_until_a_mail_server_is_set() -> None:
    assert isinstance(transport_for(read_settings({})), ConsoleTransport)
    assert isinstance(transport_for(read_settings({"RUNG_SMTP_HOST": "post.example.org"})), SMTPTransport)


def test_a_long_sender_domain_leaves_the_message_id_whole() -> None:
    letter = Words()
    letter.message_id = "rung." + "a" * 40
    domain = ".".join(["long-domain-name"] * 4) + ".example.org"
    composed = compose(letter, sender=f"learning@{domain}", attachment=None, now=MONDAY)
    assert f"Message-ID: <rung.{'a' * 40}@{domain}>\r\n".encode() in composed.as_bytes()
