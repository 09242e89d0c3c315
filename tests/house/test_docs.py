"""What the documents say is so, and what is so they say."""

import re

import click
import pytest
from sqlalchemy import Table

from app.cli import rung
from app.kernel.db import Base
from app.settings import NAMES
from tests.house.source import APP, ROOT, modules

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAP = (APP / "README.md").read_text(encoding="utf-8")
OURS = re.compile(r"\bRUNG_[A-Z_]+\b")
WORDS_OF_TABLES_ALONE = {
    *(
        "block",
        "version",
        "blob",
        "source",
        "item",
        "file",
        "link",
        "role",
        "person",
        "body",
    ),  # what a row is of
    *("done", "name", "roles", "users", "sign", "in", "code", "entry", "current", "reading"),
    *("limit", "hit", "session", "tree", "document", "opened", "key", "pdf", "event"),
}


def settings_table() -> set[str]:
    rows = [line for line in README.splitlines() if line.startswith("| `RUNG_")]
    return {name for row in rows for name in OURS.findall(row.split("|")[1])}


def test_every_setting_is_in_the_readmes_table_and_nothing_else() -> None:
    assert settings_table() == set(NAMES)


def test_no_document_names_a_setting_that_is_not_there() -> None:
    known = set(NAMES) | {f"{name}_FILE" for name in NAMES} | {"RUNG_TEST_DATABASE", "RUNG_REQUIRE_BROWSER"}
    said = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in [*ROOT.glob("*.md"), *APP.rglob("*.md"), *(ROOT / "content").rglob("*.md")]
        for name in OURS.findall(path.read_text(encoding="utf-8"))
        if name not in known
    }
    assert said == set()


def commands(group: click.Group = rung, above: str = "rung") -> dict[str, click.Command]:
    found = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{above} {name}")
        else:
            found[f"{above} {name}"] = command
    return found


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"^    {command}( |$)", README, re.MULTILINE)


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_says_what_it_does(command: str) -> None:
    said = (commands()[command].help or "").strip()
    assert said.endswith(".")
    assert len(said) > 15


def test_the_readme_names_no_command_that_is_not_there() -> None:
    told = re.findall(r"^    (rung (?:[a-z\-]+ ?)+)", README, re.MULTILINE)
    assert {line.strip() for line in told} == set(commands())


def test_every_make_target_in_the_documents_is_there_and_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z\-]+):", makefile, re.MULTILINE))
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    said = set(re.findall(r"`make ([a-z\-]+)`", README + MAP + contributing))
    assert said - targets == set()
    assert {"run", "test", "check", "screenshots"} <= targets


def glossary() -> set[str]:
    listed = MAP.partition("## Words")[2].partition("\n## ")[0]
    return set(re.findall(r"[a-z]+", listed.lower()))


def test_tables_are_named_in_the_houses_words() -> None:
    tables = [table.name for table in Base.metadata.sorted_tables if isinstance(table, Table)]
    known = glossary() | WORDS_OF_TABLES_ALONE | {"admin", "letter"}
    strange = {name: left for name in tables if (left := set(name.split("_")) - known)}
    assert strange == {}


def test_columns_end_like_what_they_hold() -> None:
    """Times end in _at, dates in _on."""
    endings = {"UTCDateTime": "_at", "Date": "_on"}
    library = {"role", "roles_users", "person"}  # Flask-Security's names
    wrong = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if table.name not in library and not column.name.endswith(endings.get(type(column.type).__name__, ""))
    ]
    assert wrong == []


def test_every_room_and_door_is_on_the_map() -> None:
    packages = {module.name for module in modules() if re.fullmatch(r"app/.+/__init__.py", module.place)}
    rooms = {name.removeprefix("app.") for name in packages if name.count(".") == 1} - {"web"}
    doors = {name.removeprefix("app.").replace(".", "/") for name in packages if name.startswith("app.web.")}
    doors = {door for door in doors if door.count("/") == 1}
    on_the_map = set(re.findall(r"^\| `([\w/]+)` \|", MAP, re.MULTILINE))
    assert on_the_map == rooms | doors


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "SECURITY.md"])
def test_the_documents_of_a_project_stand(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8")) > 200


def test_no_document_claims_an_approval_that_nobody_gave() -> None:
    claims = re.compile(r"\b(approved|accredited|endorsed|certified) by\b", re.IGNORECASE)
    places = [*ROOT.glob("*.md"), *APP.rglob("*.html")]
    places += [path for folder in ("content", "quizzes") for path in (ROOT / folder).rglob("*.*")]
    readable = [path for path in places if path.suffix in {".md", ".yml", ".html"}]
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in readable}
    assert {place: found for place, text in texts.items() if (found := claims.findall(text))} == {}
