from datetime import date

import pypdfium2

from app.certification.document import draw
from app.certification.record_words import record_of_learning
from app.certification.wording import rows
from tests.certification.examples import FACTS, facts, standard_design


def page_two(**changes: object) -> str:
    page = pypdfium2.PdfDocument(draw(facts(**changes), standard_design()))[1]
    return " ".join(page.get_textpage().get_text_bounded().split())


def test_it_says_what_was_learnt_how_it_was_assessed_and_what_is_not_claimed():
    text = page_two()
    for said in (
        "Record of learning Amira Osei-Bonsu Co-production in social housing",
        "• Describe what marks co-production. • Recognise five common pitfalls by name.",
        "Method Assessed e-learning.",
        "Pass rule Every part of the test answered correctly, in three rounds at most.",
        "Result Answered every part of its test correctly.",
        "Edition 3, law as at 1 October 2026, England",
        "Time 30 CPD minutes (0.5 hours)",
        "Completed 22 November 2026, begun 20 November 2026",
        "Code 7K4M Q2XD 9TPA WZ5H 3F8N 0JRC 6B",
        "Type the code at learning.example.org/check, or follow this link.",
        "This is not a Level 4 or 5 qualification under the Competence and Conduct Standard.",
        "Page 2 of 2",
    ):
        assert said in text


def test_what_is_optional_is_printed_where_it_is_given_and_leaves_no_row_where_not():
    given = {"membership": "Chartered Institute of Housing, 1234567", "expires_on": date(2028, 11, 22)}
    for text in (page_two(**given), *_first_page(**given)):
        assert "Membership Chartered Institute of Housing, 1234567" in text
        assert "Valid until 22 November 2028" in text
    for text in (page_two(), *_first_page()):
        assert "Membership" not in text
        assert "Valid until" not in text
        assert "Replaces" not in text
    assert "Replaces 0000 0000 0000 0000 0000 0000 00" in page_two(replaces="0" * 26)
    assert dict(rows(facts(replaces="0" * 26)))["Replaces"] == "0000 0000 0000 0000 0000 0000 00"


def _first_page(**changes: object) -> list[str]:
    page = pypdfium2.PdfDocument(draw(facts(**changes), standard_design()))[0]
    return [" ".join(page.get_textpage().get_text_bounded().split())]


def test_a_membership_is_for_those_who_may_see_the_name():
    told = facts(membership="Chartered Institute of Housing, 1234567")
    assert ("Membership", told.membership) in rows(told)
    assert "Membership" not in dict(rows(told, named=False))


def test_a_specimen_says_so_in_words():
    assert "This is a specimen" in page_two(specimen=True)
    assert "specimen" not in page_two().casefold()


def test_many_outcomes_go_on_over_the_page():
    document = pypdfium2.PdfDocument(draw(facts(outcomes=("Explain it. " * 9,) * 40), standard_design()))
    assert len(document) == 3
    assert "Page 2 of 3" in document[1].get_textpage().get_text_bounded()


def test_a_course_without_outcomes_has_no_heading_for_them():
    headings = [section.heading for section in record_of_learning(facts(outcomes=())).sections]
    assert "What was learnt" not in headings
    assert record_of_learning(FACTS).sections[0].heading == "What was learnt"
