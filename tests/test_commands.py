"""The `rung` command and what a start does, on a data folder of its own."""

import os
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app import serving
from app.cli import main
from app.serving import prepare, take_lock
from app.settings import read_settings
from app.variables import WrongSetting
from tests.conftest import HERE


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
