"""Reading a reveal block: its paragraphs are Markdown, kept safe, and judged like prose."""

from app.catalogue.blocks import Reveal, read_block

GOOD = "id: more\nsummary: More about this\ntext: |\n  One *thing*.\n\n  [Another](https://example.org/a).\n"


def read(options: str) -> tuple[Reveal | None, list[str]]:
    block, problems = read_block("reveal", options, "l.md", 10, {})
    assert block is None or isinstance(block, Reveal)
    return block, [f"{problem.line}: {problem.sentence}" for problem in problems]


def test_its_paragraphs_are_markdown() -> None:
    block, faults = read(GOOD)
    assert faults == []
    assert block is not None
    assert block.text_html.startswith("<p>One <em>thing</em>.</p>")
    assert 'href="https://example.org/a"' in block.text_html
    assert block.passages == ("One thing.", "Another.")


def test_what_is_extra_costs_no_minutes() -> None:
    block, _ = read(GOOD)
    assert block is not None
    assert sum(block.load) == 0


def test_html_headings_and_unsafe_links_are_refused_at_the_line_of_the_text() -> None:
    faults = read("id: more\nsummary: More\ntext: |\n  <b>x</b>\n\n  ## Big\n\n  [y](javascript:z)\n")[1]
    assert {fault.partition(":")[0] for fault in faults} == {"13"}
    said = " ".join(faults)
    assert "HTML is not used" in said
    assert "heading" in said
    assert "is not safe" in said
