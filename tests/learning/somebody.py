"""Somebody who has left a trace in every table that leads to a person, in words that nobody else uses."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import JSON, Column, Date, Integer, LargeBinary, String, Table, func, insert, select
from sqlalchemy.orm import Session

from app.certification.revoking import revoke
from app.kernel.db import Base, UTCDateTime, writing
from app.learning.erasing import tables_about_people
from app.learning.keys_opened import open_keys
from app.learning.responses import save_block_response
from app.learning.tables import KeyWaiver, Reflection
from app.library.answers_in_sight import answers_in_sight
from app.library.tables import ApprovalRequest, Publication, Revision
from app.mail.letters import LetterText
from app.mail.outbox import log, queue
from app.mail.tables import Letter
from app.people.accounts import give_role
from app.people.sign_in_codes import keep_code
from app.people.tables import AdminLink, User
from app.web.shared.context import running_in
from tests.cast import Cast
from tests.conftest import TestClock
from tests.house.learner import Learner, Possessions

COURSE = "good-course"
NAME, ADDRESS, OLD_ADDRESS = "Zephyrine Quillfeather", "zephyrine@quillfeather.example", "zq@before.example"
TYPED = ("heron under the viaduct", "marmalade at the hearing", "teal ledger", "because of the wombat")
NEEDLES = (NAME, ADDRESS, OLD_ADDRESS, "zephyrine-session-identifier", *TYPED)


# What somebody writes for others stays, whatever they wrote: nobody can look for names in it.
WORDS_FOR_OTHERS = {"refresher.message", "refresher.address"}


@dataclass(frozen=True)
class Traces:
    """Who it is, and what they have."""

    person: User
    possessions: Possessions


def make_somebody(app: Flask, session: Session, clock: TestClock, cast: Cast) -> Traces:
    """They learn, pass, edit, waive, wait for a code, and have had letters at two addresses."""
    with writing(session):
        person = _person(session, cast, clock)
    learner = Learner(app, session, clock, person)
    possessions = learner.all_the_way(COURSE)
    running_in(app).loop.once()
    clock.move(timedelta(minutes=1))
    with writing(session):
        _write(session, person, clock)
        _edit(session, person, cast, clock)
        note = f"{NAME} rang us."
        revoke(session, possessions.certificate, reason="other", note=note, by_id=person.id, now=clock.now)
        _fill_the_rest(session, person, clock)
    return Traces(person=person, possessions=possessions)


def _person(session: Session, cast: Cast, clock: TestClock) -> User:
    person = User(
        full_name=NAME,
        email=ADDRESS,
        password=cast.amira.password,
        active=True,
        fs_uniquifier="zephyrine-session-identifier",
        confirmed_at=clock.now,
        us_totp_secrets=None,
    )
    session.add(person)
    session.flush()
    give_role(session, person, "editor")
    keep_code(session, secret="secret", person_id=person.id, code="12345678", now=clock.now)
    used = {"used_at": clock.now, "used_by_id": person.id}
    session.add(AdminLink(token_hash="h" * 64, made_at=clock.now, expires_at=clock.now, **used))
    return person


def _write(session: Session, person: User, clock: TestClock) -> None:
    """Their own words, and letters."""
    session.execute(
        insert(Base.metadata.tables[Reflection.__tablename__]),
        {
            "person_id": person.id,
            "course": COURSE,
            "block": "another",
            "body": f"{TYPED[0]} – naïve",
            "saved_at": clock.now,
        },
    )
    save_block_response(
        session,
        person_id=person.id,
        course=COURSE,
        lesson="first-steps",
        block="plan-it",
        kind="plan",
        body={"then": TYPED[1]},
        now=clock.now,
    )
    save_block_response(
        session,
        person_id=person.id,
        course=COURSE,
        lesson="first-steps",
        block="say-back",
        kind="single-choice",
        body={"chosen": ["a"]},
        now=clock.now,
    )
    for number, (whose, address) in enumerate(((person.id, OLD_ADDRESS), (None, ADDRESS))):
        queue(
            session,
            LetterText(subject=f"For {NAME}", text=TYPED[2]),
            dedupe_key=f"letter {number}",
            kind="account-code",
            recipient=address,
            person_id=whose,
            now=clock.now,
        )
    for letter_id in session.scalars(select(Letter.id).where(Letter.recipient == ADDRESS)).all():
        log(session, letter_id, "tried", clock.now, f"550 <{ADDRESS}> is full")


def _edit(session: Session, person: User, cast: Cast, clock: TestClock) -> None:
    """What they did as an editor, for themselves and for Ben."""
    seen = answers_in_sight(session, COURSE)
    for whose in (person, cast.ben):
        open_keys(
            session,
            person_id=whose.id,
            course=COURSE,
            edition=seen.edition,
            questions=seen.questions,
            now=clock.now,
        )
    for whose, by, reason in ((person, cast.edda, TYPED[3]), (cast.ben, person, "He was new.")):
        session.add(
            KeyWaiver(
                person_id=whose.id,
                course=COURSE,
                edition=1,
                reason=reason,
                waived_at=clock.now,
                waived_by_id=by.id,
            )
        )
    live = session.scalars(select(Publication).order_by(Publication.id.desc())).first()
    assert live is not None
    revision = session.get_one(Revision, live.revision_id)
    revision.made_by_id = live.published_by_id = person.id
    session.add(
        ApprovalRequest(
            source_id=live.source_id,
            revision_id=live.revision_id,
            kind="minor",
            asked_at=clock.now,
            asked_by_id=person.id,
        )
    )


def _fill_the_rest(session: Session, person: User, clock: TestClock) -> None:
    """A row of theirs in every other table that leads to a person, with their words wherever words fit."""
    session.flush()
    for table in tables_about_people():
        if not session.scalar(select(func.count()).select_from(table)):
            given = {column.name: _value(session, column, table, person, clock) for column in table.columns}
            session.execute(
                insert(table), {name: value for name, value in given.items() if value is not None}
            )


def _value(session: Session, column: Column[Any], table: Table, person: User, clock: TestClock) -> Any:
    if column.foreign_keys:
        [key] = column.foreign_keys
        # The newest row of a table is theirs: they came last.
        newest = select(key.column).order_by(key.column.desc()).limit(1)
        return person.id if key.column.table.name == "person" else session.scalar(newest)
    kinds = {Integer: 1, Date: clock.now.date(), UTCDateTime: clock.now, LargeBinary: TYPED[2].encode()}
    if column.primary_key and isinstance(column.type, Integer):
        return None
    if column.name == "course":
        return COURSE
    if isinstance(column.type, String):
        fits = (column.type.length or 4000) >= len(TYPED[2]) + 10
        return TYPED[2] if fits and f"{table.name}.{column.name}" not in WORDS_FOR_OTHERS else "short"
    if isinstance(column.type, JSON):
        return [TYPED[2]]
    return next((value for kind, value in kinds.items() if isinstance(column.type, kind)), None)
