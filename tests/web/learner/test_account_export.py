"""Downloading everything: all that is kept of a person is in it, and nothing of anybody else."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.certification.tables import Certificate, CertificatePdf
from app.kernel.db import Base, writing
from app.learning.cpd_tables import Evidence
from app.learning.erasing import DECISIONS
from app.learning.exporting.archive import KINDS
from app.learning.keys_opened import open_keys
from app.people.tables import User
from app.web.learner import account_export
from tests.cast import Cast
from tests.conftest import TestClock
from tests.everything_kept import bytes_with
from tests.house.learner import REFLECTION, Learner
from tests.learning.keeping import add
from tests.learning.somebody import ADDRESS, COURSE, NAME, OLD_ADDRESS, TYPED, Traces, make_somebody
from tests.page import Page, checked_page

EXPORT = "/account/export"
OUTSIDE = "A walk with the harbour master"


@pytest.fixture
def somebody(app: Flask, session: Session, clock: TestClock, cast: Cast) -> Traces:
    """Somebody with everything, beside Amira and Ben who have something too."""
    Learner(app, session, clock, cast.amira).all_the_way(COURSE)
    made = make_somebody(app, session, clock, cast)
    add(session, made.person, title=OUTSIDE, outcome="=1+1")
    add(session, cast.ben, title="Ben's own webinar")
    with writing(session):
        session.execute(
            update(Evidence).where(Evidence.person_id == made.person.id).values(body=b"%PDF-1.7 hers")
        )
    return made


def export(page: Page, person: User) -> zipfile.ZipFile:
    response = page.sign_in(person).post(EXPORT, status=200)
    return zipfile.ZipFile(io.BytesIO(response.data))


def records(archive: zipfile.ZipFile, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(archive.read(f"json/{kind}.json"))["records"]
    return found


def contents(archive: zipfile.ZipFile) -> list[bytes]:
    return [archive.read(name) for name in archive.namelist()] + [" ".join(archive.namelist()).encode()]


def test_it_takes_three_clicks_from_the_account(page: Page, cast: Cast) -> None:
    page.sign_in(cast.amira).get("/account")
    page.get(page.links()["Download what we keep about you"])
    response = page.post(EXPORT, status=200)
    assert response.mimetype == "application/zip"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Disposition"] == 'attachment; filename="what-is-kept-2026-11-23.zip"'
    assert response.content_length == len(response.data)


def test_everything_that_they_wrote_is_in_it(page: Page, somebody: Traces) -> None:
    archive = export(page, somebody.person)
    everything = contents(archive)
    wanted = (NAME, ADDRESS, OLD_ADDRESS, *TYPED, REFLECTION, OUTSIDE, "naïve")
    assert bytes_with(everything, *wanted) == list(wanted)


def test_the_page_tells_what_the_json_holds(page: Page, somebody: Traces) -> None:
    archive = export(page, somebody.person)
    html = archive.read("index.html").decode()
    wanted = (
        NAME,
        ADDRESS,
        TYPED[0],
        TYPED[2],
        TYPED[3],
        REFLECTION,
        OUTSIDE,
        somebody.possessions.certificate,
    )
    assert bytes_with([html.encode()], *wanted) == list(wanted)
    before, _, rest = html.partition("<style>")
    tree = checked_page(before + rest.partition("</style>")[2], "index.html")
    assert not list(tree.iter("script"))
    assert not list(tree.iter("link"))
    assert not list(tree.iter("img"))


def test_nothing_of_anybody_else_is_in_it(page: Page, cast: Cast, somebody: Traces) -> None:
    everything = contents(export(page, somebody.person))
    for other in (cast.amira, cast.ben, cast.edda, cast.malik, cast.ada):
        assert bytes_with(everything, other.full_name, other.email) == []
    assert bytes_with(everything, "Ben's own webinar", "He was new.") == []


def test_what_staff_noted_inside_and_what_would_let_others_in_is_not_in_it(
    page: Page, session: Session, somebody: Traces
) -> None:
    person = session.get_one(User, somebody.person.id)
    everything = contents(export(page, person))
    assert bytes_with(everything, f"{NAME} rang us", str(person.password), person.fs_uniquifier) == []


def test_the_pdf_is_the_very_one_that_is_stored(page: Page, session: Session, somebody: Traces) -> None:
    archive = export(page, somebody.person)
    stored = session.scalars(
        select(CertificatePdf.body)
        .join(Certificate, Certificate.id == CertificatePdf.certificate_id)
        .where(Certificate.person_id == somebody.person.id)
    ).one()
    [certificate] = records(archive, "certificates")
    assert archive.read(certificate["file"]) == stored
    assert certificate["file"] == f"certificates/2026-11-23-good-course-{certificate['code']}.pdf"


def test_a_large_file_is_sent_piece_by_piece(
    page: Page, session: Session, somebody: Traces, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account_export, "IN_MEMORY", 1000)
    response = page.sign_in(somebody.person).post(EXPORT, status=200)
    assert response.content_length == len(response.data) > 1000
    assert zipfile.ZipFile(io.BytesIO(response.data)).testzip() is None


def test_evidence_is_in_it_as_it_was_sent(page: Page, somebody: Traces) -> None:
    archive = export(page, somebody.person)
    [name] = [name for name in archive.namelist() if name.startswith("evidence/")]
    assert archive.read(name) == b"%PDF-1.7 hers"


def test_every_field_is_explained(page: Page, somebody: Traces) -> None:
    archive = export(page, somebody.person)
    for kind in KINDS:
        found = records(archive, kind.name)
        assert found or kind.name == "plans", f"there is nothing to look at in {kind.name}"
        assert {name for record in found for name in names_in(record)} <= kind.fields.keys(), kind.name
        for record in found:
            assert list(record) == [name for name in kind.fields if "." not in name], kind.name


def names_in(record: dict[str, Any], above: str = "") -> Iterator[str]:
    for name, value in record.items():
        yield above + name
        if isinstance(value, list):
            for each in value:
                if isinstance(each, dict):
                    yield from names_in(each, f"{above}{name}.")


def test_keys_and_reasons_are_in_it_only_after_the_pass(
    app: Flask, page: Page, session: Session, clock: TestClock, cast: Cast
) -> None:
    learner = Learner(app, session, clock, cast.ben)
    learner.read(COURSE)
    code = learner.begin(COURSE)
    learner.hand_in(COURSE, code, learner.answer(code, 1))
    [test] = records(export(page, cast.ben), "tests")
    questions = test["rounds"][0]["questions"]
    assert [question["explained"] for question in questions] == [[], [], []]
    assert questions[0]["secured"] is False
    assert questions[0]["why_missed"] != []
    learner.read_again_and_go_on(COURSE, code)
    assert learner.hand_in(COURSE, code, learner.answer(code)).passed
    [test] = records(export(page, cast.ben), "tests")
    assert all(question["explained"] for its_round in test["rounds"] for question in its_round["questions"])


def test_a_test_that_is_open_tells_no_more_than_its_page(
    app: Flask, page: Page, session: Session, clock: TestClock, cast: Cast
) -> None:
    learner = Learner(app, session, clock, cast.ben)
    learner.read(COURSE)
    learner.answer(learner.begin(COURSE), only=1)
    [test] = records(export(page, cast.ben), "tests")
    assert [question["secured"] for question in test["rounds"][0]["questions"]] == [None, None, None]
    assert all(
        not question["explained"] + question["why_missed"] for question in test["rounds"][0]["questions"]
    )


def test_a_table_opens_in_a_spreadsheet_and_holds_no_formula(page: Page, somebody: Traces) -> None:
    archive = export(page, somebody.person)
    rows = list(csv.DictReader(io.StringIO(archive.read("tables/cpd.csv").decode("utf-8-sig"))))
    [mine] = [row for row in rows if row["Subject"] == OUTSIDE]
    assert mine["Outcome"] == "'=1+1"
    assert archive.read("tables/cpd.csv").startswith(b"\xef\xbb\xbf")


def test_somebody_with_nothing_has_a_file_too(page: Page, cast: Cast) -> None:
    archive = export(page, cast.malik)
    assert records(archive, "account")[0]["name"] == "Malik Rahman"
    assert "Nothing of this kind is kept." in archive.read("index.html").decode()
    assert {name for name in archive.namelist() if name.startswith("json/")} == {
        f"json/{kind.name}.json" for kind in KINDS
    }


def test_the_same_things_at_the_same_moment_give_the_same_bytes(page: Page, somebody: Traces) -> None:
    first = page.sign_in(somebody.person).post(EXPORT, status=200).data
    assert page.post(EXPORT, status=200).data == first


def test_it_changes_nothing(page: Page, session: Session, somebody: Traces) -> None:
    page.sign_in(somebody.person).post(EXPORT, status=200)
    assert [one for one in page.statements if one.startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_it_can_be_made_ten_times_an_hour(page: Page, cast: Cast) -> None:
    page.sign_in(cast.malik)
    for _ in range(10):
        page.post(EXPORT, status=200)
    page.post(EXPORT, status=429)


def test_every_table_of_a_persons_own_is_in_it(page: Page, session: Session, somebody: Traces) -> None:
    """What is deleted with somebody was theirs: it must be had before. It is told by a moment of each row."""
    left_out = {  # what is told by another row, or is a way in
        *("person", "roles_users", "sign_in_code", "round", "paper_item", "response", "grade", "reading"),
        *(
            "letter_event",
            "evidence",
            "plan_report",
            "follow_up_item",
            "key_waiver",
            "membership",
            "cpd_goal",
        ),
        *("cpd_note", "name_request", "cpd_activity"),
    }
    deleted = {name for name, decision in DECISIONS.items() if decision.outcome == "delete"}
    told = {
        "letter",
        "enrolment",
        "lesson_done",
        "block_response",
        "reflection",
        "attempt",
        "key_opening",
        "follow_up",
    }
    assert deleted - left_out == told
    archive, moments = export(page, somebody.person), Base.metadata.tables
    everything = b" ".join(contents(archive)).decode(errors="replace")
    for name in sorted(told):
        column = next(each for each in moments[name].columns if isinstance(each.type, sa.types.TypeDecorator))
        mine = select(column).where(moments[name].c.person_id == somebody.person.id)
        for moment in session.scalars(mine):
            assert moment.isoformat() in everything, name


def test_answers_opened_are_told_without_naming_the_second_person(
    page: Page, session: Session, clock: TestClock, cast: Cast
) -> None:
    with writing(session):
        open_keys(
            session, person_id=cast.edda.id, course=COURSE, edition=1, questions=["hear-a"], now=clock.now
        )
    [opened] = records(export(page, cast.edda), "answers-opened")
    assert (opened["what"], opened["questions"]) == ("answers opened", 1)
