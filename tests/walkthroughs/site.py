"""The product served to a browser: the shipped course, a database of its own, letters to a real mail server.

Its base address is not this machine's, so that certificates are real ones: the browser is told where HOST is.
"""

import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from app.assessment.questions import to_json
from app.assessment.tables import Attempt, PaperItem, QuestionVersion, Round
from app.catalogue.blocks import Practice
from app.certification.tables import Certificate
from app.secrets import FILES, VARIABLES, make_secrets
from app.settings import ROOT, Settings, read_settings
from app.web.shared.context import db, running_in
from tests.databases import TestDatabase, open_database
from tests.house.learner import answers
from tests.mail.post_office import PostOffice, free_port
from tests.walkthroughs.browsing import HOST

PATIENCE = 15.0  # seconds; drawing a PDF and handing over a letter take well under one
Form = dict[str, list[str]]


class MovingClock:
    """The real time, moved ahead by as much as a test says."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Quiet(WSGIRequestHandler):
    """The server's own log lines stay out of the tests' output. HTTP/1.1, as browsers meet it."""

    protocol_version = "HTTP/1.1"

    def log(self, *_: object) -> None:
        pass


class Site:
    """The product while it is served. `address` is its base address."""

    def __init__(self, app: Flask, settings: Settings, clock: MovingClock, post_office: PostOffice) -> None:
        self.app, self.settings, self.clock, self.post_office = app, settings, clock, post_office
        self.address = settings.base_url
        with app.app_context():
            self.engine = db.engine

    def letters(self, address: str) -> list[EmailMessage]:
        """The letters that the mail server has taken for this address, oldest first."""
        pairs = zip(self.post_office.recipients, self.post_office.taken, strict=True)
        return [letter for recipients, letter in pairs if address in recipients]

    def wait_for_letter(self, address: str, subject: str) -> EmailMessage:
        """The newest letter to this address whose subject has `subject` in it, once it has come."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = [one for one in self.letters(address) if subject.lower() in str(one["Subject"]).lower()]
            if found:
                return found[-1]
            time.sleep(0.05)
        got = [str(letter["Subject"]) for letter in self.letters(address)]
        raise AssertionError(f"no letter about {subject!r} came to {address}; these did: {got}")

    def link_in(self, letter: EmailMessage) -> str:
        """The first link in a letter's plain text, as a path."""
        body = letter.get_body(("plain",))
        assert body is not None
        link = re.search(r"https?://\S+", body.get_content())
        assert link is not None
        parts = urlsplit(link[0])
        assert link[0].startswith(self.address), "links begin with the base address"
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def answers(self, code: str, position: int) -> tuple[Form, Form]:
        """A right and a wrong answer to a question of the newest round, as a form sends them."""
        newest = select(func.max(Round.number)).join(Attempt).where(Attempt.code == code).scalar_subquery()
        with Session(self.engine) as session:
            body = session.scalars(
                select(QuestionVersion.body)
                .join(PaperItem, PaperItem.question_hash == QuestionVersion.hash)
                .join(Round, Round.id == PaperItem.round_id)
                .join(Attempt, Attempt.id == Round.attempt_id)
                .where(Attempt.code == code, Round.number == newest, PaperItem.position == position)
            ).one()
        return answers(body)

    def practice(self, course: str, block: str) -> tuple[Form, Form]:
        """A right and a wrong answer to a practice question, as its form sends them."""
        with Session(self.engine) as session:
            compiled = running_in(self.app).shelf.course(session, course)
        asked = next(lesson.blocks[block] for lesson in compiled.course.lessons if block in lesson.blocks)
        assert isinstance(asked, Practice)
        both = answers(to_json(compiled.practice[asked.question]))
        right, wrong = ({f"answer-{block}{name[6:]}": values for name, values in one.items()} for one in both)
        return right, wrong

    def certificates(self) -> int:
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).select_from(Certificate)) or 0


@contextmanager
def open_site(folder: Path, kind: str = "", sources: Path = ROOT) -> Iterator[Site]:
    """Serve the product from a fresh database in `folder` until the end of the block."""
    post_office = PostOffice()
    post_office.open()
    try:
        with open_database(kind or os.environ.get("RUNG_TEST_DATABASE", "sqlite"), folder) as database:
            yield from _serve(folder, database, post_office, sources)
    finally:
        post_office.close()


def _serve(folder: Path, database: TestDatabase, post_office: PostOffice, sources: Path) -> Iterator[Site]:
    port, clock = free_port(), MovingClock()
    settings = _settings(folder, database, port, post_office, sources)
    app = create_app(settings, clock)
    with app.app_context():
        database.keep_template(db.engine, settings)
    loop = running_in(app).loop
    with served(app, port):
        loop.start()
        try:
            yield Site(app, settings, clock, post_office)
        finally:
            loop.stop()
    with app.app_context():
        db.engine.dispose()


@contextmanager
def served(app: Flask, port: int) -> Iterator[None]:
    """The app answers on this port of this machine until the end of the block."""
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _settings(
    folder: Path, database: TestDatabase, port: int, post_office: PostOffice, sources: Path
) -> Settings:
    make_secrets(read_settings({"RUNG_DATA": str(folder)}))
    secrets = {
        f"{variable}_FILE": str(folder / "secrets" / FILES[name]) for name, variable in VARIABLES.items()
    }
    return read_settings(
        {
            "RUNG_DATA": str(folder),
            "RUNG_DATABASE_URL": database.url,
            "RUNG_SOURCES": str(sources),
            "RUNG_BASE_URL": f"http://{HOST}:{port}",
            "RUNG_MAIL_FROM": "Rung <learning@example.org>",
            "RUNG_SMTP_HOST": "127.0.0.1",
            "RUNG_SMTP_PORT": str(post_office.port),
            "RUNG_SMTP_SECURITY": "none",
            **secrets,
        }
    )
