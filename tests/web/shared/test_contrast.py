"""Contrast by the formula of WCAG 2.2 for every pair of roles that meet on a page, in each colour scheme."""

import pytest

from tests.web.shared.sheets import SCHEMES, TOKENS, block, declarations, plain, scheme

BODY, TEXT, PART = 12.0, 7.0, 3.0
PAIRS = [
    ("--text", "--page", BODY),
    ("--text", "--panel", BODY),
    ("--text", "--field", BODY),
    ("--quiet", "--page", TEXT),
    ("--quiet", "--panel", TEXT),
    ("--quiet", "--field", TEXT),
    ("--accent", "--page", TEXT),
    ("--accent", "--panel", TEXT),
    ("--accent", "--field", TEXT),
    ("--accent-strong", "--page", TEXT),
    ("--accent-strong", "--panel", TEXT),
    ("--on-accent", "--accent", TEXT),
    ("--on-accent", "--accent-strong", TEXT),
    ("--good", "--page", TEXT),
    ("--good", "--panel", TEXT),
    ("--edge", "--page", PART),
    ("--edge", "--panel", PART),
    ("--edge", "--field", PART),
]


def luminance(colour: str) -> float:
    """Relative luminance of "#rgb" or "#rrggbb", by https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_known_ratios() -> None:
    assert ratio("#000", "#ffffff") == pytest.approx(21)
    assert ratio("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_roles_that_meet_can_be_told_apart(name: str, front: str, back: str, least: float) -> None:
    roles = scheme(name)
    assert ratio(roles[front], roles[back]) >= least


def test_dark_is_the_same_whether_the_device_or_the_person_asks() -> None:
    device, choice = list(SCHEMES.values())[1:]
    text = plain(TOKENS)
    assert declarations(block(text, device[1])) == declarations(block(text, choice[1]))


def test_a_dark_scheme_changes_every_colour_that_light_shows() -> None:
    light, dark = scheme("light"), scheme("dark by choice")
    shown = {role for pair in PAIRS for role in pair[:2]} | {"--line"}
    assert [role for role in shown if light[role] == dark[role]] == []
