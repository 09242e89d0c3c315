"""Evidence: what is kept of what is sent, how much of it, and for whom."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.kernel.codes import new_code
from app.kernel.db import writing
from app.kernel.errors import NotFound, Refusal
from app.learning import evidence
from app.learning.cpd_activities import remove_activity
from app.learning.cpd_tables import Evidence
from app.learning.evidence import keep_evidence, remove_evidence, stored_evidence
from app.learning.evidence_files import LARGEST, read_file
from app.people.tables import User
from tests.attacks.evidence import KEPT, NAMES, REFUSED
from tests.cast import Cast
from tests.conftest import NOON
from tests.learning.keeping import PDF, PNG, add


@pytest.mark.parametrize("what", KEPT)
def test_a_file_is_kept_under_the_type_that_its_bytes_say(what: str) -> None:
    body, kind = KEPT[what]
    for name in ("notes.pdf", "notes.exe", "notes"):
        sent = read_file(name, body)
        assert (sent.name, sent.type, sent.body) == (f"notes.{kind}", kind, body)


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_none_of_these_is_refused_in_a_sentence(what: str) -> None:
    for name in ("notes.pdf", "notes.docx", "photo.jpg"):
        with pytest.raises(Refusal) as refused:
            read_file(name, REFUSED[what])
        assert str(refused.value).endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_becomes_a_plain_one(name: str) -> None:
    if NAMES[name] is None:
        with pytest.raises(Refusal):
            read_file(name, PDF)
    else:
        assert read_file(name, PDF).name == NAMES[name]


def test_five_megabytes_are_kept_and_a_byte_more_is_not() -> None:
    fits = PDF[:-7] + b" " * (LARGEST - len(PDF)) + PDF[-7:]
    assert len(read_file("notes.pdf", fits).body) == LARGEST
    with pytest.raises(Refusal, match=r"5\.0 MB, and 5 MB is the most"):
        read_file("notes.pdf", fits[:-7] + b" " + fits[-7:])


def keep(session: Session, person: User, code: str, body: bytes = PDF) -> str:
    with writing(session):
        sent = read_file("notes.pdf", body)
        return keep_evidence(session, person_id=person.id, code=code, file=sent, now=NOON)


def test_what_was_sent_comes_back_byte_by_byte_to_its_owner_alone(session: Session, cast: Cast) -> None:
    code, other = add(session, cast.amira), add(session, cast.amira)
    file = keep(session, cast.amira, code)
    found = stored_evidence(session, person_id=cast.amira.id, code=code, file=file)
    assert (found.name, found.media_type, found.body) == ("notes.pdf", "application/pdf", PDF)
    strangers = (
        {"person_id": cast.ben.id, "code": code, "file": file},
        {"person_id": cast.amira.id, "code": other, "file": file},
        {"person_id": cast.amira.id, "code": code, "file": new_code()},
        {"person_id": cast.amira.id, "code": code, "file": "nonsense"},
    )
    for asked in strangers:
        with pytest.raises(NotFound):
            stored_evidence(session, **asked)
        with pytest.raises(NotFound), writing(session):
            remove_evidence(session, **asked)
    with pytest.raises(NotFound):
        keep(session, cast.ben, code)
    with writing(session):
        remove_evidence(session, person_id=cast.amira.id, code=code, file=file)
    with pytest.raises(NotFound):
        stored_evidence(session, person_id=cast.amira.id, code=code, file=file)


def test_an_entry_holds_five_files_and_another_entry_five_more(session: Session, cast: Cast) -> None:
    code, other = add(session, cast.amira), add(session, cast.amira)
    for _ in range(evidence.MOST_FILES):
        keep(session, cast.amira, code)
    with pytest.raises(Refusal, match="5 files at most"):
        keep(session, cast.amira, code)
    keep(session, cast.amira, other)
    assert session.scalar(select(func.count()).select_from(Evidence)) == evidence.MOST_FILES + 1


def test_a_person_keeps_a_hundred_megabytes_in_all(session: Session, cast: Cast) -> None:
    code, bens = add(session, cast.amira), add(session, cast.ben)
    keep(session, cast.amira, code)
    with writing(session):  # as if that file were as large as all of them together may be
        session.execute(update(Evidence).values(size=evidence.MOST_BYTES - len(PNG)))
    keep(session, cast.amira, code, PNG)
    with pytest.raises(Refusal, match="100 MB"):
        keep(session, cast.amira, add(session, cast.amira), PNG)
    keep(session, cast.ben, bens)


def test_removing_an_activity_removes_its_files(session: Session, cast: Cast) -> None:
    code, other = add(session, cast.amira), add(session, cast.amira)
    keep(session, cast.amira, code)
    kept = keep(session, cast.amira, other)
    with writing(session):
        remove_activity(session, person_id=cast.amira.id, code=code)
    assert session.scalars(select(Evidence.code)).all() == [kept]


def test_files_sent_at_once_do_not_outgrow_the_entry(app: Flask, session: Session, cast: Cast) -> None:
    code, engine, gate = add(session, cast.amira), session.get_bind(), Barrier(8)

    def send(_number: int) -> bool:
        with Session(engine) as own:
            gate.wait()
            try:
                keep(own, cast.amira, code)
            except Refusal:
                return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(send, range(8))) == evidence.MOST_FILES
    assert session.scalar(select(func.count()).select_from(Evidence)) == evidence.MOST_FILES
