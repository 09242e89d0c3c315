"""What an operator does with what is kept about people: erase somebody, and let go of what had its time."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import click
from sqlalchemy.orm import Session

from app.kernel.clock import utc_now
from app.kernel.errors import NotFound
from app.kernel.forgetting import let_go_of_the_past
from app.learning.erasing import DECISIONS, erase
from app.learning.idling import idle, let_idle_go, to_warn
from app.learning.retention import delete_overdue, overdue
from app.people.addresses import read_address
from app.people.registration import find_person
from app.web.mailing import send_letter
from app.web.shared.context import db, settings

Writing = Callable[[], AbstractContextManager[Session]]


def erase_command(writing: Writing) -> click.Command:
    """`rung people erase`. `writing` opens one whole write, in the context of the app."""

    @click.command("erase")
    @click.argument("email")
    @click.option("--yes", is_flag=True, help="Do it. Without this it is only said what would happen.")
    def erase_one(email: str, yes: bool) -> None:
        """Erase the account of somebody who asked for it, for good, and send them one last letter."""
        with writing() as session:
            person = find_person(session, read_address(email) or "")
            if person is None:
                raise NotFound(f"Nobody has an account with {email}.")
            if not yes:
                _tell(email)
                return
            erased = erase(session, person.id)
            send_letter(session, "erased", erased.address, person=None, certificates=erased.certificates)
        click.echo(f"Erased. Certificates that go on to answer, and name nobody: {erased.certificates}.")

    return erase_one


def retention_command(running: Callable[[], AbstractContextManager[object]]) -> click.Command:
    """`rung retention`. `running` is the context of the app."""

    @click.command("retention")
    @click.option("--apply", is_flag=True, help="Delete it. Without this it is only said what would go.")
    def retention(apply: bool) -> None:
        """Say, for each kind of record, how many have been kept for their time; or delete those."""
        with running():
            does = delete_overdue if apply else overdue
            for each in does(db.session(), settings().keep, utc_now()):
                click.echo(each.sentence)
            db.session.rollback()
            _tell_idle(apply)
            if apply:
                let_go_of_the_past(db.engine)
        click.echo("These have been deleted." if apply else "Nothing has been done. Say --apply to do it.")

    return retention


def _tell_idle(apply: bool) -> None:
    days, now, session = settings().keep["idle"], utc_now(), db.session()
    if not days:
        click.echo("Accounts in which nothing is done: kept for ever.")
        return
    if apply:
        base_url, zone = settings().base_url, settings().time_zone
        found = let_idle_go(session, days, base_url=base_url, zone=zone, now=now)
        erased, warned = found.erased, found.warned
    else:
        erased, warned = (len(session.scalars(who).all()) for who in (idle(days, now), to_warn(days, now)))
        session.rollback()
    click.echo(f"Accounts in which nothing was done for {days} days: {erased}. To be written to: {warned}.")


def _tell(email: str) -> None:
    click.echo(f"This would erase the account of {email} for good:")
    for table, decision in DECISIONS.items():
        click.echo(f"  {table}: {decision.outcome}. {decision.why}")
    click.echo("Nothing has been done. Say --yes to do it.")
