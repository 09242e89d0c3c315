"""Reading a quote block: somebody's own words are read, and nobody is told to shorten them."""

from app.catalogue.blocks import Quote, read_block

GOOD = "id: said\ntext: |\n  We stopped asking\n  people to come.\n\n  *We* went.\nwho: A tenant\n"


def read(options: str) -> tuple[Quote | None, list[str]]:
    block, problems = read_block("quote", options, "l.md", 10, {})
    assert block is None or isinstance(block, Quote)
    return block, [f"{problem.line}: {problem.sentence}" for problem in problems]


def test_an_empty_line_begins_a_paragraph_and_marks_stay_as_typed() -> None:
    block, faults = read(GOOD)
    assert faults == []
    assert block is not None
    assert block.text == ("We stopped asking people to come.", "*We* went.")
    assert block.load.words == 8


def test_somebody_elses_words_are_not_judged() -> None:
    block, _ = read(GOOD)
    assert block is not None
    assert block.passages == ()


def test_a_quote_says_who_and_leads_only_to_the_web() -> None:
    assert read("id: said\ntext: We went.\nurl: javascript:alert(1)\n")[1] == [
        "11: who is missing.",
        "13: url must be a web address that begins with https://.",
    ]
