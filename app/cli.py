"""The `rung` command: everything that is not done in the browser."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import create_app
from app.certificate_commands import certificate_commands
from app.checkup import examine
from app.kernel.clock import utc_now
from app.kernel.db import writing
from app.kernel.errors import Refusal
from app.kernel.problems import has_errors
from app.library.publishing import purge
from app.library.sources import check_folders
from app.library.syncing import pull, push
from app.library.told import Told
from app.logs import configure_logs
from app.people.accounts import ROLES, add_person, make_admin
from app.rights_commands import erase_command, retention_command
from app.serving import serve as serve_until_stopped
from app.settings import Settings, read_settings
from app.signing_commands import signing_commands
from app.variables import WrongSetting
from app.web.mailing import send_invitation
from app.web.shared.context import db, running_in


def main() -> None:
    """Run a command; say what was refused in one sentence and exit with 2."""
    try:
        rung(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except (WrongSetting, Refusal) as error:
        click.echo(f"rung: {error}", err=True)
        sys.exit(2)
    except OperationalError as error:
        click.echo(f"rung: The database cannot be used: {str(error.orig).strip()}", err=True)
        sys.exit(2)


def _settings() -> Settings:
    return read_settings(os.environ)


@contextmanager
def _writing() -> Iterator[Session]:
    with _app(_settings()).app_context(), writing(db.session) as session:
        yield session


@contextmanager
def _reading() -> Iterator[Session]:
    with _app(_settings()).app_context():
        yield db.session()


def _app(settings: Settings) -> Flask:
    app = create_app(settings)
    configure_logs(settings.log_format)
    return app


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def rung() -> None:
    """CPD courses, tests and certificates."""


@rung.command()
def serve() -> None:
    """Serve the site, and send its letters."""
    serve_until_stopped(_settings(), click.echo)


@rung.group()
def content() -> None:
    """The folders content/, quizzes/ and certificates/."""


@content.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
def check(folder: Path | None) -> None:
    """Name every problem in the folders. Exits with 1 where one keeps a source from being published."""
    problems = check_folders(folder or _settings().sources)
    for problem in problems:
        click.echo(str(problem))
    errors = sum(problem.level == "error" for problem in problems)
    click.echo(f"{errors} to mend before publishing, {len(problems) - errors} to look at.")
    if has_errors(problems):
        sys.exit(1)


@content.command("push")
@click.option("--relearn", is_flag=True, help="A new edition that people learn again.")
def push_folders(relearn: bool) -> None:
    """Publish what changed in the folders."""
    settings = _settings()
    with _app(settings).app_context():
        _tell(push(db.session, settings.sources, settings.data, relearn=relearn or None, now=utc_now()))


@content.command("pull")
@click.option("--drafts", is_flag=True, help="What is drafted in the studio, published or not.")
def pull_folders(drafts: bool) -> None:
    """Write what changed on the shelf into the folders."""
    settings = _settings()
    with _app(settings).app_context():
        _tell(pull(db.session, settings.sources, settings.data, drafts=drafts))


@content.command("purge")
@click.argument("blob_hash", metavar="HASH")
def purge_file(blob_hash: str) -> None:
    """Remove one file's bytes for good; a marker stays. HASH is its SHA-256."""
    with _writing() as session:
        paths = purge(session, blob_hash, now=utc_now())
    click.echo(f"Removed for good: {', '.join(paths) or 'a file that no revision names'}.")


def _tell(told: Iterable[Told]) -> None:
    """Print what came of each source; exit with 1 where somebody has to do something."""
    found = list(told)
    for each in found:
        click.echo(each.sentence)
    if not found:
        click.echo("Folders and shelf are in step.")
    if not all(each.well for each in found):
        sys.exit(1)


@rung.group()
def mail() -> None:
    """Letters that wait to be sent."""


@mail.command()
@click.option("--forever", is_flag=True, help="Go on, looking again each minute.")
def deliver(forever: bool) -> None:
    """Send the letters that are due."""
    settings = _settings()
    loop = running_in(_app(settings)).loop
    if forever and settings.embedded:
        raise WrongSetting("With the embedded database `rung serve` sends the letters itself.")
    if forever:
        loop.run()
    else:
        click.echo(f"{loop.once()} sent.")


@rung.group()
def people() -> None:
    """Accounts."""


@people.command()
@click.argument("email")
@click.option("--name", default="", help="How the person is addressed.")
@click.option("--role", type=click.Choice(ROLES), default="learner", show_default=True)
def add(email: str, name: str, role: str) -> None:
    """Add an account and send its owner a letter with a link to choose a password."""
    with _writing() as session:
        person, _made = add_person(session, email=email, full_name=name, role=role, now=utc_now())
        send_invitation(session, person)
    click.echo(f"{email} has an account; a letter with a link to choose a password is on its way.")


@people.command("make-admin")
@click.argument("email")
def make_admin_of(email: str) -> None:
    """Make the owner of an account an administrator."""
    with _writing() as session:
        make_admin(session, email=email)
    click.echo(f"{email} is an administrator.")


people.add_command(erase_command(_writing))
rung.add_command(certificate_commands(_writing))
rung.add_command(retention_command(lambda: _app(_settings()).app_context()))
rung.add_command(signing_commands(_reading))


@rung.command()
def doctor() -> None:
    """Say what is well and what is not with this installation. Exits with 1 where something is not."""
    findings = examine(_settings())
    for finding in findings:
        click.echo(f"{'well' if finding.well else 'NOT WELL'}: {finding.sentence}")
    sys.exit(0 if all(finding.well for finding in findings) else 1)
