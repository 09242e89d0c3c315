"""The `rung` command and what a start does, on a data folder of its own."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app import create_app, serving
from app.certification.seals import read_key, to_pem
from app.cli import main
from app.kernel.clock import utc_now
from app.serving import prepare, take_lock
from app.settings import read_settings
from app.variables import WrongSetting
from tests.cast import make_cast
from tests.certification.awards import award_to
from tests.certification.keys import bought
from tests.conftest import HERE, TestClock
from tests.everything_kept import places_of


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name in [name for name in os.environ if name.startswith("RUNG_")]:
        monkeypatch.delenv(name)
    given = {"RUNG_DATA": str(tmp_path / "data"), "RUNG_SOURCES": str(HERE / "authored" / "good")}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return given


def start(environment: dict[str, str]) -> str:
    """What `rung serve` says before it serves."""
    said: list[str] = []
    prepare(read_settings(environment), said.append)
    return "\n".join(said)


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["rung", *words])
    try:
        main()
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def test_the_first_start_publishes_the_folders_and_prints_a_link_and_the_next_only_a_link(
    environment: dict[str, str],
) -> None:
    first = start(environment)
    assert "The course good-course: published as edition 1." in first
    assert "http://127.0.0.1:8000/welcome/" in first
    second = start(environment)
    assert "published" not in second
    assert second != first, "the link is a new one"


def test_a_person_is_added_written_to_and_made_administrator(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start(environment)
    assert run(monkeypatch, "people", "make-admin", "ada@example.org") == 2
    assert "rung people add ada@example.org" in capsys.readouterr().err
    assert run(monkeypatch, "people", "add", "ada@example.org", "--name", "Ada") == 0
    assert run(monkeypatch, "people", "make-admin", "ada@example.org") == 0
    with create_engine(read_settings(environment).database_url).connect() as connection:
        assert connection.scalar(text("SELECT recipient FROM letter")) == "ada@example.org"
    assert "/welcome/" not in start(environment), "there is an administrator now"
    assert run(monkeypatch, "mail", "deliver") == 0
    assert "http://127.0.0.1:8000/invitations/" in capsys.readouterr().out


def test_somebody_is_erased_once_it_is_said_twice(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start(environment)
    assert run(monkeypatch, "people", "add", "nina@example.org", "--name", "Nina Okoro") == 0
    assert run(monkeypatch, "people", "erase", "nina@example.org") == 0
    said = capsys.readouterr().out
    assert "letter: delete. It has their name and address in it." in said
    assert said.endswith("Nothing has been done. Say --yes to do it.\n")
    engine = create_engine(read_settings(environment).database_url)
    with Session(engine) as session:
        assert places_of(session, "Nina Okoro") != []
    assert run(monkeypatch, "people", "erase", "Nina@Example.org", "--yes") == 0
    assert run(monkeypatch, "people", "erase", "nina@example.org", "--yes") == 2
    assert run(monkeypatch, "mail", "deliver") == 0
    assert "Subject: Your account has been erased" in capsys.readouterr().out
    with Session(engine) as session:
        assert places_of(session, "Nina Okoro", "nina@example.org") == []


def test_what_a_command_refuses_is_one_sentence(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "content", "push") == 2
    assert capsys.readouterr().err.startswith("rung: There is nothing in")
    start(environment)
    assert run(monkeypatch, "certificate", "withdraw", "7K4M", "--reason", "other") == 2
    assert capsys.readouterr().err == "rung: There is no certificate with this code.\n"
    assert run(monkeypatch, "content", "push") == 0
    assert "Folders and shelf are in step." in capsys.readouterr().out


def test_a_second_server_on_one_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PATIENCE", 0.0)
    with take_lock(tmp_path), pytest.raises(WrongSetting, match="Another server is using"):
        take_lock(tmp_path)
    take_lock(tmp_path).close()


def test_a_data_folder_that_cannot_be_made_is_named() -> None:
    with pytest.raises(WrongSetting, match="RUNG_DATA is '/proc/nowhere'"):
        take_lock(Path("/proc/nowhere"))


def test_a_database_without_its_secrets_refuses_to_start(environment: dict[str, str]) -> None:
    start(environment)
    (Path(environment["RUNG_DATA"]) / "secrets" / "session").unlink()
    with pytest.raises(WrongSetting, match="its secrets are not"):
        start(environment)


def test_a_certificate_is_withdrawn_and_reinstated_by_command(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start(environment)
    engine = create_engine(read_settings(environment).database_url)
    with Session(engine, expire_on_commit=False) as session:
        clock = TestClock()
        with create_app(read_settings(environment)).app_context():
            code = award_to(session, make_cast(session, clock.now).amira).code
    reasons = ("withdraw", "not-own-work"), ("reinstate", "looked-at-again")
    for deed, reason in reasons:
        assert run(monkeypatch, "certificate", deed, code, "--reason", reason, "--note", "For us.") == 0
        assert run(monkeypatch, "certificate", deed, code, "--reason", reason) == 2
    said = capsys.readouterr()
    assert "Withdrawn.\n" in said.out
    assert "Reinstated.\n" in said.out
    assert "withdrawn already" in said.err
    assert "is not withdrawn" in said.err
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT kind, note FROM revocation ORDER BY id")).all()
        assert [tuple(row) for row in rows] == [("withdrawn", "For us."), ("reinstated", "For us.")]
        assert (
            connection.scalar(text("SELECT count(*) FROM letter WHERE recipient = 'amira@example.org'")) == 2
        )


def test_another_key_signs_from_the_next_start_and_the_old_certificate_stays_known(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start(environment)
    key = Path(environment["RUNG_DATA"]) / "secrets" / "signing-key.pem"
    old = key.read_text()
    assert run(monkeypatch, "signing", "show") == 0
    (first,) = capsys.readouterr().out.splitlines()
    assert first.endswith(" (in use)")
    assert run(monkeypatch, "signing", "rotate") == 0
    assert "Restart the server" in capsys.readouterr().out
    assert key.read_text() != old
    assert key.stat().st_mode & 0o777 == 0o600
    assert not any(old in path.read_text() for path in key.parent.iterdir())
    start(environment)
    assert run(monkeypatch, "signing", "show") == 0
    before, now = capsys.readouterr().out.splitlines()
    assert before == first.removesuffix(" (in use)")
    assert now.endswith(" (in use)")


def test_a_key_or_certificate_that_is_given_is_not_replaced(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start(environment)
    pem = (Path(environment["RUNG_DATA"]) / "secrets" / "signing-key.pem").read_text()
    leaf, authority = bought(read_key(pem))
    monkeypatch.setenv("RUNG_SIGNING_CERTIFICATE", to_pem(leaf) + to_pem(authority))
    assert run(monkeypatch, "signing", "rotate") == 2
    assert "RUNG_SIGNING_CERTIFICATE belongs to the key of today" in capsys.readouterr().err
    monkeypatch.setenv("RUNG_SIGNING_KEY", pem)
    assert run(monkeypatch, "signing", "rotate") == 2
    assert "given by RUNG_SIGNING_KEY" in capsys.readouterr().err


def test_a_start_notes_the_certificate_that_was_bought(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start(environment)
    pem = (Path(environment["RUNG_DATA"]) / "secrets" / "signing-key.pem").read_text()
    leaf, authority = bought(read_key(pem))
    given = {"RUNG_SIGNING_CERTIFICATE": to_pem(leaf) + to_pem(authority)}
    start({**environment, **given})
    monkeypatch.setenv("RUNG_SIGNING_CERTIFICATE", given["RUNG_SIGNING_CERTIFICATE"])
    assert run(monkeypatch, "signing", "show") == 0
    own, now = capsys.readouterr().out.splitlines()
    assert "vouched for by itself" in own
    assert "Example Homes, 1 November 2026 to 31 October 2028, vouched for by A trusted authority" in now
    assert now.endswith(" (in use)")


def test_a_key_that_others_can_read_refuses_to_start(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start(environment)
    (Path(environment["RUNG_DATA"]) / "secrets" / "signing-key.pem").chmod(0o644)
    with pytest.raises(WrongSetting, match="chmod 600"):
        start(environment)
    assert run(monkeypatch, "doctor") == 1
    assert "chmod 600" in capsys.readouterr().out


def test_the_doctor_tells_of_a_certificate_that_will_run_out(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start(environment)
    run(monkeypatch, "doctor")
    assert "well: PDFs are signed as Rung until " in capsys.readouterr().out
    pem = (Path(environment["RUNG_DATA"]) / "secrets" / "signing-key.pem").read_text()
    soon, _ = bought(read_key(pem), last=utc_now() + timedelta(days=60))
    monkeypatch.setenv("RUNG_SIGNING_CERTIFICATE", to_pem(soon))
    run(monkeypatch, "doctor")
    said = capsys.readouterr().out
    assert "NOT WELL: PDFs are signed as Example Homes until " in said
    assert "Set RUNG_SIGNING_CERTIFICATE to a new one." in said
