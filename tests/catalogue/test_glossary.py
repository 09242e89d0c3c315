"""Terms explained beside their first use: where that is, where it is not, and that nothing runs."""

import html5lib
import pytest

from app.catalogue.model import Term
from app.catalogue.outline import outline
from app.catalogue.rendering import render

TERM = Term(term="lived experience", meaning="Knowing something because you have been through it.")
NOTE = (
    '<aside class="margin-note" id="term--lived-experience"><strong>Lived experience.</strong> '
    "Knowing something because you have been through it.</aside>"
)
MARK = '<dfn aria-describedby="term--lived-experience">{}</dfn>'


def html(prose: str, *terms: Term) -> str:
    rendered, problems = render("l.md", prose, 0, {}, terms or (TERM,))
    assert problems == []
    return "".join(str(piece) for piece in rendered.pieces)


@pytest.mark.parametrize(
    ("prose", "marked"),
    [
        ("It needs lived experience here.", "lived experience"),
        ("Lived experience comes first.", "Lived experience"),
        ("Of *lived experience* too.", "lived experience"),
        ("Of lived\nexperience too.", "lived\nexperience"),
        ("Their lived experiences differ.", "lived experiences"),
        ("(lived experience)", "lived experience"),
        ("- one\n- lived experience", "lived experience"),
        ("[See here](https://example.org), lived experience.", "lived experience"),
    ],
)
def test_the_first_use_is_marked_and_its_note_stands_right_before(prose: str, marked: str) -> None:
    printed = html(prose)
    assert printed.startswith(NOTE)
    assert MARK.format(marked) in printed


@pytest.mark.parametrize(
    "prose",
    [
        "A relived experience.",
        "Unlived-experience.",
        "lived experiencer",
        "Of `lived experience` typed.",
        "[lived experience](https://example.org)",
        "## Lived experience",
        "> Lived experience, they said.",
        "Nothing of the kind.",
    ],
)
def test_what_is_no_use_of_it_is_left_alone(prose: str) -> None:
    rendered, _ = render("l.md", prose, 0, {}, (TERM,))
    assert "<dfn" not in str(rendered.pieces)
    assert "<aside" not in str(rendered.pieces)
    assert rendered.terms == frozenset()


def test_a_second_use_is_not_marked_again() -> None:
    printed = html("Lived experience first.\n\nThen lived experience again.")
    assert printed.count("<dfn") == 1
    assert printed.count("<aside") == 1


def test_several_terms_of_one_paragraph_have_a_note_each_and_the_longer_wins() -> None:
    rights = Term(term="rights", meaning="What is owed.")
    adviser = Term(term="welfare rights adviser", meaning="Somebody who helps.")
    printed = html("Ask a welfare rights adviser about rights.", rights, adviser)
    assert printed.count("<aside") == 2
    assert printed.index("Welfare rights adviser.") < printed.index("Rights."), "in the order of the text"
    assert ">welfare rights adviser</dfn> about" in printed
    assert 'aria-describedby="term--rights">rights</dfn>.' in printed


def test_what_stands_in_the_margin_is_not_the_lesson_s_own_words() -> None:
    read = outline(html("## A part\n\nIt needs lived experience here."))
    assert [passage.text for passage in read.passages] == ["A part", "It needs lived experience here."]
    assert read.sections[0].text == "It needs lived experience here."


def test_a_hostile_term_or_meaning_is_only_text() -> None:
    evil = Term(term='x" onclick="evil()', meaning="<script>evil()</script> & [a](javascript:b)")
    printed = html('They say x" onclick="evil() there.', evil)
    tree = html5lib.parseFragment(printed, namespaceHTMLElements=False)
    assert {one.tag for one in tree.iter()} == {"DOCUMENT_FRAGMENT", "aside", "strong", "p", "dfn"}
    assert {name for one in tree.iter() for name in one.attrib} == {"class", "id", "aria-describedby"}
    assert "&lt;script&gt;evil()&lt;/script&gt; &amp; [a](javascript:b)" in printed


def test_an_author_cannot_make_a_note_or_borrow_a_class() -> None:
    rendered, _ = render("l.md", "A line.\n{: class=margin-note id=term--x }\n", 0, {}, ())
    assert "margin-note" not in str(rendered.pieces)
