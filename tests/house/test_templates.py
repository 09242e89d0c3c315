"""Every template is whole, is used, and keeps the rules of the house: nothing inline, plain calm words."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes

from tests.house.source import APP, ROOT, WEB, modules, strings

LETTERS, LETTER_FOLDER = re.compile(r"app/mail/\w*letters\.py"), APP / "mail" / "letters"
LETTER_PARTS = {"subject.txt", "body.txt", "body.html"}
FOLDERS = sorted([*WEB.glob("*/templates"), LETTER_FOLDER])
COMPONENTS = WEB / "shared" / "components"
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# They are opened from disk, where there is no sheet to link to: it stands in them, and nothing else inline.
FILES_TO_KEEP = {"public/offline.html", "learner/account_export_file.html"}
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["'{]|javascript:|<script(?![^>]*\bsrc=)""", re.IGNORECASE
)
EXCLAIMED = re.compile(r"[\w)\"'’”]!(?=$|[\s\"'’”)<])")


@cache
def templates() -> dict[str, Path]:
    """Every template by the name it is loaded by."""
    found = {
        path.relative_to(folder).as_posix(): path
        for folder in FOLDERS
        for path in folder.rglob("*")
        if path.is_file()
    }
    found |= {path.relative_to(COMPONENTS.parent).as_posix(): path for path in COMPONENTS.rglob("*.html")}
    return found


PAGES = {name: path for name, path in templates().items() if path.suffix == ".html" and WEB in path.parents}
every_template = pytest.mark.parametrize("name", sorted(templates()))
every_page = pytest.mark.parametrize("name", sorted(PAGES))


def test_there_are_templates_to_look_at() -> None:
    assert {"base.html", "errors/500.html", "components/button.html"} <= PAGES.keys()


@every_page
def test_every_page_compiles_in_the_app(app: Flask, name: str) -> None:
    assert app.jinja_env.undefined is StrictUndefined
    app.jinja_env.get_template(name)


@every_page
def test_every_page_is_used(name: str) -> None:
    assert name in used(), f"nothing asks for {name}"


def test_every_template_asked_for_is_there() -> None:
    missing = sorted(asked for asked in asked_for() - {"body.html", "index.html"} if not matching(asked))
    assert missing == []


def test_every_letter_is_a_folder_of_three_and_is_written_by_a_function() -> None:
    written = [module for module in modules() if LETTERS.fullmatch(module.place)]
    names = {text for module in written for _, text in strings(module.tree)}
    folders = {
        path.name: {part.name for part in path.iterdir()} for path in LETTER_FOLDER.iterdir() if path.is_dir()
    }
    assert folders
    assert {name: parts for name, parts in folders.items() if parts != LETTER_PARTS} == {}
    assert folders.keys() - names == set()


@pytest.mark.parametrize("name", [name for name in sorted(PAGES) if not name.startswith("questions/")])
def test_no_template_imports_a_macro_in_vain(name: str) -> None:
    # A question's template hands on macros that it shares with another type.
    tree = parsed(templates()[name])
    imported = {
        alias if isinstance(alias, str) else alias[1]
        for node in tree.find_all(nodes.FromImport)
        for alias in node.names
    }
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    assert imported - used == set()


@every_page
def test_nothing_is_inline(name: str) -> None:
    found = [match.group() for match in INLINE.finditer(PAGES[name].read_text(encoding="utf-8"))]
    assert found == (["<style"] if name in FILES_TO_KEEP else [])


@every_template
def test_no_template_trusts_what_it_is_given(name: str) -> None:
    text = templates()[name].read_text(encoding="utf-8")
    filters = [node for node in parsed(templates()[name]).find_all(nodes.Filter) if node.name == "safe"]
    trusted = [attribute(node.node) for node in filters]
    assert [one for one in trusted if not one.endswith("html")] == [], "only sanitised text may stand as HTML"
    assert "autoescape" not in text


def attribute(node: nodes.Expr | None) -> str:
    if isinstance(node, nodes.Const):
        return "our own html"
    return node.attr if isinstance(node, nodes.Getattr) else "something worked out here"


@every_template
def test_no_exclamation_mark_on_screen(name: str) -> None:
    text = templates()[name].read_text(encoding="utf-8")
    assert exclaimed(words(text)) == []
    assert [one for one in jinja_strings(text) if EXCLAIMED.search(one)] == []


def test_no_exclamation_mark_in_a_sentence_of_the_program() -> None:
    found = [
        f"{module}:{line}: {text}"
        for module in modules()
        for line, text in strings(module.tree)
        if EXCLAIMED.search(text) and " " in text
    ]
    assert found == []


def test_no_exclamation_mark_in_what_we_wrote_for_people() -> None:
    authored = [*(ROOT / "content").rglob("*.md"), *(ROOT / "content").rglob("*.yml")]
    authored += [*(ROOT / "quizzes").rglob("*.yml"), *ROOT.glob("*.md"), *APP.rglob("*.md")]
    assert {
        path.name: found for path in authored if (found := exclaimed(path.read_text(encoding="utf-8")))
    } == {}


def test_the_check_finds_an_exclamation_mark() -> None:
    assert exclaimed("Well done! You have it.") == ["Well done! You have it."]
    assert exclaimed("<!doctype html> a != b") == []


def test_no_colour_or_shadow_outside_the_tokens() -> None:
    colour = re.compile(
        r"#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|oklch|oklab|lab)a?\(|\bbox-shadow:(?!\s*(?:none|var))"
    )
    sheets = [path for path in WEB.rglob("*.css") if path.name not in {"tokens.css", "print.css"}]
    found = {
        f"{path.name}:{number}": line.strip()
        for path in sheets
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if colour.search(re.sub(r"/\*.*?\*/|url\([^)]*\)", "", line))
    }
    assert found == {}


def test_no_sheet_forces_its_way() -> None:
    forced = {path.name for path in WEB.rglob("*.css") if "!important" in path.read_text(encoding="utf-8")}
    assert forced == set()


def test_no_script_is_longer_than_its_one_behaviour() -> None:
    lengths = {path.name: path.read_text(encoding="utf-8").count("\n") for path in WEB.rglob("*.js")}
    assert {name: lines for name, lines in lengths.items() if lines > 100} == {}


def test_no_script_reaches_another_host_or_runs_text() -> None:
    risky = re.compile(r"https?://|\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write")
    found = {
        path.name: sorted(set(risky.findall(path.read_text(encoding="utf-8"))))
        for path in WEB.rglob("*.js")
        if risky.search(path.read_text(encoding="utf-8"))
    }
    assert found == {}


@every_page
def test_a_page_template_does_no_sums(name: str) -> None:
    sums = (nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
    assert [type(node).__name__ for node in parsed(PAGES[name]).find_all(sums)] == []


def environment() -> Environment:
    return Environment(loader=FileSystemLoader([*FOLDERS, COMPONENTS.parent]), autoescape=True)


def parsed(path: Path) -> nodes.Template:
    return environment().parse(path.read_text(encoding="utf-8"))


@cache
def asked_for() -> frozenset[str]:
    """Every template name that code or a template asks for, with * where a part is filled in."""
    names = set()
    for module in modules():
        names |= {text for _, text in strings(module.tree) if re.fullmatch(r"[\w\-/]+\.html", text)}
        names |= {joined(node) for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr)}
    for path in templates().values():
        tree = parsed(path)
        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            names.add(template_name(node.template))  # type: ignore[attr-defined]
    return frozenset(name for name in names if re.fullmatch(r"[\w\-/*]*[\w*]\.html", name))


def joined(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)


def template_name(node: nodes.Expr) -> str:
    if isinstance(node, nodes.Const):
        return str(node.value)
    if isinstance(node, nodes.Concat):
        return "".join(template_name(part) for part in node.nodes)
    if isinstance(node, nodes.Add):
        return template_name(node.left) + template_name(node.right)
    return "*"


@cache
def used() -> frozenset[str]:
    """Every template that something asks for."""
    return frozenset(name for asked in asked_for() for name in matching(asked))


def matching(asked: str) -> set[str]:
    pattern = re.compile(".*".join(re.escape(part) for part in asked.split("*")))
    return {name for name in templates() if pattern.fullmatch(name)}


def words(html: str) -> str:
    """What a person reads of a template: text, and the attributes that are read out."""
    reader = _Words()
    reader.feed(JINJA.sub(" ", html))
    return "\n".join(reader.found)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value for name, value in attrs if value and name in {"aria-label", "alt", "title", "placeholder"}
        ]


def jinja_strings(text: str) -> Iterator[str]:
    for node in environment().parse(text).find_all(nodes.Const):
        if isinstance(node.value, str):
            yield node.value


def exclaimed(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if EXCLAIMED.search(line)]
