"""The rules that every sheet keeps, whoever writes it."""

import re
from pathlib import Path

import pytest

from app.web.shared.assets import HERE
from tests.web.shared.sheets import SHEETS, TOKENS, declarations, plain

ELSEWHERE = [path for path in SHEETS if path != TOKENS]
NAMED_COLOURS = (
    "red|blue|green|white|black|gr[ae]y|brown|orange|yellow|pink|purple|beige|ivory|silver|gold|navy"
)
COLOUR = re.compile(
    rf"#[0-9a-f]{{3,8}}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|color-mix)\(|\b(?:{NAMED_COLOURS})\b"
)
LENGTH = re.compile(r"(?<![\w.#-])\d*\.?\d+(?:px|rem|pt|cm|mm|pc|in)\b")
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
CONDITION = re.compile(r"@(?:media|container|supports)[^{]*|@page[^}]*\}")
SELECTOR = re.compile(r"([^{};]+)\{")


def rules(path: Path) -> str:
    """The sheet without its comments and conditions, which cannot use tokens."""
    return CONDITION.sub("", plain(path))


def name(path: Path) -> str:
    return str(path.relative_to(HERE))


def test_the_sheets_are_found() -> None:
    assert {"tokens.css", "button.css", "ladder.css", "print.css"} <= {path.name for path in SHEETS}


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_no_rule_shouts_another_down(path: Path) -> None:
    assert "!important" not in plain(path)


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_no_selector_names_an_id(path: Path) -> None:
    assert [one.strip() for one in SELECTOR.findall(rules(path)) if re.search(r"#[A-Za-z]", one)] == []


@pytest.mark.parametrize("path", ELSEWHERE, ids=name)
def test_colours_stand_in_the_tokens_alone(path: Path) -> None:
    values = " ".join(re.findall(r":\s*([^;{}]+);", rules(path)))
    assert COLOUR.findall(values) == []


@pytest.mark.parametrize("path", ELSEWHERE, ids=name)
def test_sizes_stand_in_the_tokens_alone(path: Path) -> None:
    assert LENGTH.findall(rules(path)) == []


@pytest.mark.parametrize("path", ELSEWHERE, ids=name)
def test_shadows_stand_in_the_tokens_alone(path: Path) -> None:
    assert [
        one for one in re.findall(r"box-shadow:\s*([^;]+);", plain(path)) if not one.startswith("var(")
    ] == []


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_directions_are_those_of_the_text(path: Path) -> None:
    assert PHYSICAL.findall(rules(path)) == []


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_nothing_is_fetched_from_anywhere(path: Path) -> None:
    assert re.findall(r"url\(|@import|@font-face", plain(path)) == []


def test_every_token_that_is_used_is_there_and_every_role_is_used() -> None:
    everything = "\n".join(plain(path) for path in SHEETS)
    used = set(re.findall(r"var\((--[\w-]+)", everything))
    assert used - declarations(everything).keys() == set()
    assert declarations(plain(TOKENS)).keys() - used == set()


def test_braces_close_in_every_sheet() -> None:
    assert [path.name for path in SHEETS if plain(path).count("{") != plain(path).count("}")] == []


def test_every_class_that_a_template_uses_is_in_a_sheet() -> None:
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", "\n".join(plain(path) for path in SHEETS)))
    unknown = {
        f"{path.name}: {name}"
        for path in HERE.parent.glob("**/*.html")
        for used in re.findall(r'class="([^"]*)"', path.read_text())
        for name in re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", used).split()
        if name not in known
    }
    assert unknown == set()


def test_a_component_that_is_only_a_sheet_is_used_by_a_template() -> None:
    templates = "\n".join(path.read_text() for path in HERE.parent.glob("**/*.html"))
    bare = {path.stem for path in HERE.glob("components/**/*.css") if not path.with_suffix(".html").exists()}
    assert {name for name in bare if not re.search(rf'class="[^"]*\b{name}\b', templates)} == set()


def test_every_behaviour_is_bound_by_its_own_name() -> None:
    for path in HERE.glob("components/**/*.js"):
        assert f'[data-behaviour~="{path.stem}"]' in path.read_text(), path.name
