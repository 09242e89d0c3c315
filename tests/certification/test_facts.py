from datetime import date

import pytest

from app.certification.facts import Facts
from app.certification.wording import PLACEHOLDERS, hours, printed, rows
from tests.certification.examples import FACTS, facts


def test_facts_survive_the_database_unchanged():
    assert Facts.from_json(FACTS.to_json()) == FACTS


def test_facts_stored_with_a_field_of_a_later_release_can_still_be_read():
    assert Facts.from_json({**FACTS.to_json(), "of_a_later_release": "CIH 123"}) == FACTS


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "0.02 hours"),
        (10, "0.17 hours"),
        (30, "0.5 hours"),
        (45, "0.75 hours"),
        (60, "1 hour"),
        (100, "1.67 hours"),
    ],
)
def test_minutes_are_also_told_as_decimal_hours(minutes: int, words: str):
    assert hours(minutes) == words


def test_one_minute_is_not_minutes():
    assert printed(facts(minutes=1))["time"] == "1 CPD minute"
    assert printed(facts(minutes=30))["time"] == "30 CPD minutes"


def test_the_day_begun_is_told_where_it_is_another_day():
    assert printed(FACTS)["completed"] == "22 November 2026, begun 20 November 2026"
    assert printed(facts(started_on=date(2026, 11, 22)))["completed"] == "22 November 2026"


def test_the_check_address_is_what_a_person_would_type():
    assert printed(FACTS)["check_address"] == "learning.example.org/check"
    local = facts(check_url=f"http://127.0.0.1:8000/check/{FACTS.code}")
    assert printed(local)["check_address"] == "127.0.0.1:8000/check"


def test_every_placeholder_has_words_and_every_word_a_placeholder():
    assert printed(FACTS).keys() == PLACEHOLDERS


def test_the_list_tells_version_rule_issuer_and_code():
    assert dict(rows(FACTS)) == {
        "Completed": "22 November 2026, begun 20 November 2026",
        "Edition": "3, law as at 1 October 2026, England",
        "About": "How to recognise co-production.",
        "Outcomes": "Describe what marks co-production.\nRecognise five common pitfalls by name.",
        "Pass rule": "Every part of the test answered correctly, in three rounds at most.",
        "Issued by": "Example Homes Learning, learning@example.org",
        "Code": "7K4M Q2XD 9TPA WZ5H 3F8N 0JRC 6B",
        "Check at": "learning.example.org/check",
    }
