"""`rung doctor`: what an operator would look at first, looked at in one go."""

import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from alembic.migration import MigrationContext
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from app import create_app
from app.certification.seals import common_name
from app.certification.signers import Signing, known_certificates
from app.kernel.clock import day_in_words, utc_now
from app.kernel.problems import has_errors
from app.library.sources import check_folders
from app.mail.tables import Letter
from app.secrets import FILES
from app.settings import ROOT, Settings
from app.variables import WrongSetting
from app.web.shared.context import db, running_in

LEAST_FREE = 500_000_000  # bytes: room for the write-ahead log and a backup of a busy year

SOON = timedelta(days=90)  # a certificate that runs out within these is told of


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, and a sentence with what was seen."""

    well: bool
    sentence: str


def examine(settings: Settings) -> list[Finding]:
    """Everything looked at, in the order in which it would be mended."""
    findings = [*_data_folder(settings), *_folders(settings), _smtp(settings)]
    try:
        app = create_app(settings)
    except WrongSetting as refused:
        return [*findings, Finding(False, str(refused))]
    with app.app_context():
        return [*findings, *_database(), *_signing(running_in(app).signing)]


def _data_folder(settings: Settings) -> Iterator[Finding]:
    if not settings.data.is_dir():
        yield Finding(False, f"{settings.data} is not there yet; `rung serve` makes it.")
        return
    yield Finding(os.access(settings.data, os.W_OK), f"The data folder is {settings.data}.")
    free = shutil.disk_usage(settings.data).free
    yield Finding(free > LEAST_FREE, f"{free // 1_000_000:,} MB are free there.")
    for file in FILES.values():
        path = settings.data / "secrets" / file
        if path.exists() and path.stat().st_mode & 0o077:
            yield Finding(False, f"{path} can be read by others: chmod 600 it.")


def _folders(settings: Settings) -> Iterator[Finding]:
    problems = check_folders(settings.sources)
    count = sum(problem.level == "error" for problem in problems)
    yield Finding(
        not has_errors(problems), f"Problems to mend in the folders of {settings.sources}: {count}."
    )


def _smtp(settings: Settings) -> Finding:
    if settings.smtp is None:
        return Finding(True, "Letters are shown on the console: RUNG_SMTP_HOST is not set.")
    place = f"{settings.smtp.host}:{settings.smtp.port}"
    try:
        socket.create_connection((settings.smtp.host, settings.smtp.port), timeout=5).close()
    except OSError as error:
        return Finding(False, f"The mail server {place} does not answer ({error}).")
    return Finding(True, f"The mail server {place} answers.")


def _signing(signing: Signing) -> Iterator[Finding]:
    try:
        known = list(signing.bought[:1]) or [
            each for each in known_certificates(db.session()) if signing.is_in_use(each)
        ]
    except SQLAlchemyError:
        return  # told already
    for certificate in known[-1:]:
        last = certificate.not_valid_after_utc
        well = last - utc_now() > SOON
        mend = "" if well or not signing.bought else " Set RUNG_SIGNING_CERTIFICATE to a new one."
        who = common_name(certificate.subject)
        yield Finding(well, f"PDFs are signed as {who} until {day_in_words(last.date())}.{mend}")


def _database() -> Iterator[Finding]:
    try:
        with db.engine.connect() as connection:
            stands = MigrationContext.configure(connection).get_current_revision()
            waiting = connection.scalar(select(func.count(Letter.next_at)))
            given_up = connection.scalar(
                select(func.count()).where(Letter.sent_at.is_(None), Letter.next_at.is_(None))
            )
    except SQLAlchemyError as error:
        yield Finding(
            False, f"The database cannot be read ({type(error).__name__}). `rung serve` makes its tables."
        )
        return
    head = (ROOT / "migrations" / "head.txt").read_text().strip()
    yield Finding(stands == head, f"The tables are at {stands}, the program at {head}.")
    yield Finding(True, f"Letters that wait to be sent: {waiting}.")
    yield Finding(not given_up, f"Letters that no mail server would take: {given_up}.")
