"""Prose to HTML: safe whatever is typed, cut where blocks stand, with anchors, links and pictures."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.images import Image
from app.catalogue.outline import outline
from app.catalogue.rendering import ATTRIBUTES, SCHEMES, TAGS, Rendered, render, render_paragraph
from app.catalogue.scanner import mark_of

IMAGES = {"images/note.png": Image("/images/abc", 300, 200)}


def rendered(prose: str, blocks: int = 0) -> tuple[Rendered, list[str]]:
    result, problems = render("l.md", prose, blocks, IMAGES)
    return result, [f"{problem.line}:{problem.column} {problem.sentence}" for problem in problems]


def html(prose: str) -> str:
    return "".join(str(piece) for piece in rendered(prose)[0].pieces)


def faults(prose: str) -> list[str]:
    return rendered(prose)[1]


def assert_safe(printed: str) -> None:
    """Read as a browser would: only listed tags and attributes, and addresses of listed schemes."""
    tree = html5lib.parseFragment(printed, namespaceHTMLElements=False)
    for element in tree.iter():
        if element is tree or not isinstance(element.tag, str):
            continue
        assert element.tag in TAGS | {"tbody"}, printed
        for name, value in element.attrib.items():
            assert name in ATTRIBUTES.get(element.tag, set()), printed
            if name in {"href", "src"}:
                scheme = value.partition(":")[0].lower() if ":" in value.partition("/")[0] else ""
                assert scheme in SCHEMES | {""}, printed


@pytest.mark.parametrize(
    "prose",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&#115;cript:alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "![a](javascript:alert(1))",
        "![a](data:image/svg+xml,<svg onload=alert(1)>)",
        "[a](https://a.org){onclick=alert(1) style=color:red}",
        "## a {#b onclick=alert(1) class=bar}",
        "[a][b]\n\n[b]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "`<script>`",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "> <iframe src=//evil>",
        "|a|\n|-|\n|<svg/onload=alert(1)>|",
        "[a](//evil.example)",
        "[a](vbscript:x)",
        "[a](\x01javascript:alert(1))",
        "*<b*onclick=x>",
    ],
)
def test_nothing_active_is_printed(prose: str) -> None:
    assert_safe(html(prose))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"<>()[]{}!*_`#|:-&;\"'/= \n\\", "javascript:", "script", "a", "on", "{#x}", "![", "](", "1. "]
        ),
        max_size=60,
    )
)
def test_nothing_active_is_printed_whatever_is_typed(parts: list[str]) -> None:
    assert_safe(html("".join(parts)))


def test_html_is_printed_as_the_characters_that_were_typed() -> None:
    assert html("Some <b>bold</b> words.") == "<p>Some &lt;b&gt;bold&lt;/b&gt; words.</p>"
    assert html("<div>\nA block.\n</div>") == "<p>&lt;div&gt;\nA block.\n&lt;/div&gt;</p>"


def test_prose_is_cut_where_blocks_stand() -> None:
    result, problems = rendered(f"- a\n{mark_of(0)}\n\nb\n\n{mark_of(1)}\n\nc", 2)
    assert problems == []
    assert result.pieces == ("<ul>\n<li>a</li>\n</ul>", 0, "<p>b</p>", 1, "<p>c</p>")


def test_headings_get_anchors_from_their_titles_or_their_braces() -> None:
    assert html("## What's new & old?\n\n### Part {#the-part}") == (
        '<h2 id="whats-new-old">What\'s new &amp; old?</h2>\n<h3 id="the-part">Part</h3>'
    )


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("# One", "1:1 A heading in a lesson begins with ##"),
        ("## One\n\n#### Two", "3:1 This heading skips a level."),
        ("### One", "1:1 This heading skips a level."),
        ("## One\n\n### Two\n\n#### Three\n\n##### Four", "7:1 This heading is too deep."),
        ("## One\n\n## One", "3:1 The anchor one is taken."),
        ("## One {#main}", "1:1 The anchor main is taken."),
        ("## 第一", "1:1 This heading needs an anchor"),
        ("## One {#The_One}", "1:1 This heading needs an anchor"),
        ("a [b](javascript:c)", "1:7 A link that begins with javascript: is not safe."),
        ("a [b](//c.org)", "1:7 A link that begins with // is not safe."),
        ("a [](https://c.org)", "1:6 This link has no words."),
        ("a [b](/c)", "1:7 The link to /c leads nowhere that can be checked."),
        ("a [b](http://[c)", "1:7 This link is not a web address."),
        ("x\n\n![a](images/none.png)", "3:6 There is no image called images/none.png in this course."),
        ("![](images/note.png)", "1:5 This image has no words"),
    ],
)
def test_a_mistake_is_named_where_it_stands(prose: str, expected: str) -> None:
    assert any(fault.startswith(expected) for fault in faults(prose)), faults(prose)


def test_the_same_mistake_made_twice_is_named_twice() -> None:
    assert [fault.partition(" ")[0] for fault in faults("[a](/c)\n\n[b](/c)")] == ["1:5", "3:5"]


@pytest.mark.parametrize(
    ("target", "lesson", "anchor", "address"),
    [
        ("next-steps", "next-steps", "", "next-steps"),
        ("next-steps#a-day", "next-steps", "a-day", "next-steps#a-day"),
        ("20-next-steps.md#a-day", "next-steps", "a-day", "next-steps#a-day"),
        ("#a-day", "", "a-day", "#a-day"),
    ],
)
def test_links_within_the_course_are_handed_on_to_be_checked(
    target: str, lesson: str, anchor: str, address: str
) -> None:
    result, problems = rendered(f"Read [it]({target}).")
    [link] = result.links
    assert (problems, link.lesson, link.anchor) == ([], lesson, anchor)
    assert result.pieces == (f'<p>Read <a href="{address}">it</a>.</p>',)


def test_links_to_elsewhere_carry_no_favours() -> None:
    assert html("[a](https://a.org)") == '<p><a href="https://a.org" rel="external noopener">a</a></p>'


def test_pictures_are_shown_under_their_hash() -> None:
    tag = '<img alt="A note" height="200" loading="lazy" src="/images/abc" width="300">'
    assert html("![A note](images/note.png)") == f"<p>{tag}</p>"
    assert html('![A note](images/note.png){width="9" height="x"}') == f"<p>{tag}</p>"


def test_the_columns_of_a_table_are_named_for_screen_readers() -> None:
    assert '<th scope="col">a</th>' in html("|a|b|\n|:-:|-|\n|1|2|")


def test_a_paragraph_from_a_field_is_one_paragraph_without_links_into_lessons() -> None:
    assert render_paragraph("c.yml", 3, "By *us*,\n  [them](https://a.org).") == (
        'By <em>us</em>, <a href="https://a.org" rel="external noopener">them</a>.',
        [],
    )
    for text in ("# Title", "[a](lesson#b)", "- a list", "<b>bold</b>"):
        assert [problem.line for problem in render_paragraph("c.yml", 3, text)[1]], text


def test_sections_hold_their_own_words_and_no_others() -> None:
    one = "## One\n\nFirst *words* &amp; more.\n\n- a\n- b\n\n### Within\n\nInner."
    found = outline(html(f"Before.\n\n{one}\n\n## Two\n\nLast."))
    assert [(section.anchor, section.title, section.text) for section in found.sections] == [
        ("one", "One", "First words & more. a b Within Inner."),
        ("two", "Two", "Last."),
    ]
    assert [passage.text for passage in found.passages if not passage.heading] == [
        "Before.",
        "First words & more.",
        "a",
        "b",
        "Inner.",
        "Last.",
    ]
