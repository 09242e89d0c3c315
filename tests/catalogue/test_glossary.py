"""Terms explained beside their first use: where that is, where it is not, and that nothing runs."""

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.model import Term
from app.catalogue.outline import outline
from app.catalogue.rendering import render
from app.catalogue.scanner import mark_of
from tests.catalogue.test_rendering import assert_safe

TERM = Term(term="lived experience", meaning="Knowing something because you have been through it.")
NOTE = (
    '<aside class="margin-note" id="term--1" role="note"><strong>Lived experience.</strong> '
    "Knowing something because you have been through it.</aside>"
)
MARK = '<dfn aria-describedby="term--1">{}</dfn>'
RIGHTS = Term(term="rights", meaning="What is owed.")
ADVISER = Term(term="welfare rights adviser", meaning="Somebody who helps.")


def html(prose: str, *terms: Term) -> str:
    rendered, problems = render("l.md", prose, 0, {}, terms or (TERM,))
    assert problems == []
    return "".join(str(piece) for piece in rendered.pieces)


def marked(printed: str) -> list[str]:
    return re.findall(r"<dfn[^>]*>(.*?)</dfn>", printed)


def noted(printed: str) -> list[str]:
    return re.findall(r"<strong>(.*?)\.</strong>", printed)


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        ("It needs lived experience here.", "lived experience"),
        ("Lived experience comes first.", "Lived experience"),
        ("Of *lived experience* too.", "lived experience"),
        ("Of lived\nexperience too.", "lived\nexperience"),
        ("Their lived experiences differ.", "lived experiences"),
        ("(lived experience)", "lived experience"),
        ("Lived experience's worth.", "Lived experience"),
        ("- one\n- lived experience", "lived experience"),
        ("1. one\n    - *two* lived experience", "lived experience"),
        ("[See here](https://example.org), lived experience.", "lived experience"),
        ("`x` is lived experience.", "lived experience"),
    ],
)
def test_the_first_use_is_marked_and_its_note_stands_right_before(prose: str, words: str) -> None:
    printed = html(prose)
    assert printed.startswith(NOTE)
    assert MARK.format(words) in printed


@pytest.mark.parametrize(
    "prose",
    [
        "A relived experience.",
        "Unlived-experience.",
        "lived experience-led",
        "lived experiencer",
        "Of `lived experience` typed.",
        "[lived experience](https://example.org)",
        "[*lived experience*](https://example.org)",
        "## Lived experience",
        "> Lived experience, they said.",
        "- > Lived experience, they said.",
        "    lived experience",
        "|lived experience|b|\n|-|-|\n|lived experience|2|",
        "Nothing of the kind.",
    ],
)
def test_what_is_no_use_of_it_is_left_alone(prose: str) -> None:
    rendered, _ = render("l.md", prose, 0, {}, (TERM,))
    assert rendered.pieces == render("l.md", prose, 0, {})[0].pieces
    assert rendered.terms == frozenset()


def test_a_second_use_is_not_marked_again() -> None:
    printed = html("Lived experience, lived experience.\n\nThen lived experience again.")
    assert marked(printed) == ["Lived experience"]
    assert printed.count("<aside") == 1


def test_the_note_stands_before_the_paragraph_or_list_with_the_use_and_no_other() -> None:
    printed = html("First.\n\n- one\n- lived experience\n\nLast.")
    listed = f"<ul>\n<li>one</li>\n<li>{MARK.format('lived experience')}</li>\n</ul>"
    assert printed == f"<p>First.</p>\n{NOTE}\n{listed}\n<p>Last.</p>"


def test_notes_stand_in_the_order_of_the_text_and_each_describes_its_own_term() -> None:
    printed = html("Of rights, then of a *welfare rights adviser*.", ADVISER, RIGHTS)
    assert noted(printed) == ["Rights", "Welfare rights adviser"]
    assert re.findall(r' id="(.*?)"', printed) == re.findall(r'aria-describedby="(.*?)"', printed)


@pytest.mark.parametrize(
    "prose",
    [
        "Ask a welfare rights adviser about rights.",
        "Ask a welfare rights adviser. A welfare rights adviser knows about rights.",
        "Ask a welfare rights adviser.\n\nThe welfare rights adviser knows about rights.",
    ],
)
def test_a_short_term_is_not_looked_for_within_a_longer_one(prose: str) -> None:
    assert marked(html(prose, RIGHTS, ADVISER)) == ["welfare rights adviser", "rights"]


def test_terms_that_look_alike_in_an_address_have_notes_of_their_own() -> None:
    terms = [Term(term=term, meaning="What it is.") for term in ("C", "C++", "第一", "第二")]
    printed = html("C and C++ and 第一 and 第二.", *terms)
    assert marked(printed) == ["C", "C++", "第一", "第二"]
    assert len(set(re.findall(r' id="(.*?)"', printed))) == 4


@pytest.mark.parametrize("term", ["tenants' panel", "tenants’ panel"])
@pytest.mark.parametrize("typed", ["tenants' panel", "tenants’ panel"])
def test_an_apostrophe_may_be_straight_or_curled(term: str, typed: str) -> None:
    assert marked(html(f"Ask the {typed}.", Term(term=term, meaning="A group."))) == [typed]


def test_what_stands_in_the_margin_is_not_the_lesson_s_own_words() -> None:
    prose = "## A part\n\nIt needs lived experience here.\n\n- lived\n- of rights"
    read = outline(html(prose, TERM, RIGHTS))
    assert read == outline(html(prose, Term(term="unused", meaning="x")))
    assert read.sections[0].text == "It needs lived experience here. lived of rights"


def test_a_hostile_term_or_meaning_is_only_text() -> None:
    evil = Term(term='x" onclick="evil()', meaning="<script>evil()</script> & &lt; [a](javascript:b) *c*")
    printed = html('They say x" onclick="evil() there.', evil)
    tree = html5lib.parseFragment(printed, namespaceHTMLElements=False)
    assert {one.tag for one in tree.iter()} == {"DOCUMENT_FRAGMENT", "aside", "strong", "p", "dfn"}
    assert {name for one in tree.iter() for name in one.attrib} == {"class", "id", "role", "aria-describedby"}
    assert "".join(tree.find("aside").itertext()).endswith(f". {evil.meaning}")


@pytest.mark.parametrize("term", ["block", "0", "block-0", "0\x1a"])
def test_a_term_like_the_mark_of_a_block_takes_no_block_away(term: str) -> None:
    meaning = f"Something{mark_of(0)} to do."
    rendered, _ = render(
        "l.md", f"One.\n\n{mark_of(0)}\n\nTwo.", 1, {}, (Term.model_construct(term=term, meaning=meaning),)
    )
    assert rendered.pieces == ("<p>One.</p>", 0, "<p>Two.</p>")


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab<>&\"'\\*`[]() \x02\x1a;#3"), min_size=1), st.text(max_size=60))
def test_nothing_active_is_printed_whatever_the_glossary_says(term: str, meaning: str) -> None:
    terms = (Term.model_construct(term=term.strip() or "a", meaning=meaning or "b"),)
    rendered, _ = render("l.md", f"Some {term} and more.\n\n- {term}", 0, {}, terms)
    printed = "".join(str(piece) for piece in rendered.pieces)
    assert_safe(printed.replace(' class="margin-note"', "").replace(' role="note"', ""))


def test_an_author_cannot_make_a_note_or_borrow_a_class() -> None:
    prose = "A line.\n{: class=margin-note id=term--1 role=note aria-describedby=main }\n"
    assert html(prose) == "<p>A line.</p>"
