"""Forms from shapes: what stands in them, rows by buttons, back to plain values, faults at their fields."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.assessment.questions import SOURCES
from app.assessment.reading import SlotSource
from app.catalogue.blocks import SHAPES
from app.catalogue.reading import CourseFile
from app.web.studio.shapes import (
    NotWhole,
    Part,
    Typed,
    filled,
    judge,
    parts_of,
    read,
    show_parts,
    slug_of,
    started,
    summary,
    values_of,
)
from app.web.studio.shapes.wording import words_for

LEFT_ALONE = frozenset({"slug", "edition", "quiz", "design", "pass_policy", "questions"})
EVERY = {**SHAPES, **SOURCES, "course": CourseFile, "slot": SlotSource}
QUESTION = {
    "id": "leak",
    "type": "single-choice",
    "stem": "What comes first?",
    "choices": [
        {"id": "a", "text": "Listen.", "reason": "It may come last.", "correct": True},
        {"id": "b", "text": "Ask.", "reason": "It is cut short."},
        {"id": "c", "text": "Book.", "reason": "You do not know yet."},
    ],
}
STORY = {
    "id": "damp",
    "title": "Damp",
    "intro": "It begins.",
    "decisions": [
        {
            "id": "call",
            "situation": "She calls.",
            "options": [
                {"id": "hear", "text": "Hear", "quality": "best", "consequence": "Good.", "next": "visit"},
                {"id": "book", "text": "Book", "quality": "poor", "consequence": "Bad.", "next": "end"},
            ],
        },
        {
            "id": "visit",
            "situation": "You visit.",
            "options": [
                {"id": "look", "text": "Look", "quality": "best", "consequence": "Good."},
                {"id": "go", "text": "Go", "quality": "poor", "consequence": "Bad."},
            ],
        },
    ],
    "look_back": "It ends.",
}


def question_parts() -> tuple[Part, ...]:
    return parts_of(SOURCES["single-choice"], "single-choice")


def story_parts() -> tuple[Part, ...]:
    return parts_of(SHAPES["scenario"], "scenario")


def sent(parts: Sequence[Part], typed: Typed, **more: str) -> "MultiDict[str, str]":
    """What a browser sends of a form in which this stands."""
    return MultiDict({**dict(_fields(parts, typed, "")), "do": "save", **more})


def _fields(parts: Sequence[Part], typed: Typed, above: str) -> Iterator[tuple[str, str]]:
    for part in parts:
        name, value = f"{above}{part.name}", typed[part.name]
        if part.kind == "rows":
            yield f"{name}.rows", str(len(value))
            for at, row in enumerate(value):
                yield from _fields(part.parts, row, f"{name}.{at}.")
        elif part.kind != "fixed" and (part.kind != "tick" or value):
            yield name, "yes" if part.kind == "tick" else value


def every_part(parts: Sequence[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from every_part(part.parts)


@pytest.mark.parametrize("shape", EVERY)
def test_every_field_of_every_shape_has_words(shape: str) -> None:
    parts = list(every_part(parts_of(EVERY[shape], shape, without=LEFT_ALONE)))
    assert parts
    assert [part.path for part in parts if part.kind != "fixed" and not words_for(shape, part.path)] == []
    assert [part.path for part in parts if part.kind == "rows" and not part.words.one] == []


@pytest.mark.parametrize(("shape", "values"), [("single-choice", QUESTION), ("scenario", STORY)])
def test_what_is_filled_in_comes_back_as_it_was(shape: str, values: dict[str, Any]) -> None:
    parts = parts_of(EVERY[shape], shape)
    again = read(parts, sent(parts, filled(parts, values)))
    assert again.saves
    assert judge(EVERY[shape], parts, again.typed) == (values, {})


def test_numbers_days_and_ticks_become_what_the_yaml_would_hold() -> None:
    parts = parts_of(CourseFile, "course", without=LEFT_ALONE)
    typed = filled(parts, {"minutes": 30, "law_as_at": "2026-10-01", "second_person": True})
    values = values_of(parts, typed)
    assert (values["minutes"], values["law_as_at"], values["second_person"]) == (30, "2026-10-01", True)
    assert "glossary" not in values
    assert values_of(parts, {**typed, "minutes": "half an hour"})["minutes"] == "half an hour"


def test_a_row_is_added_moved_and_taken_out_and_everything_typed_stays() -> None:
    parts = question_parts()
    typed = filled(parts, QUESTION)
    typed["choices"][1]["text"] = "  Just typed  "
    added = read(parts, sent(parts, typed, do="add choices"))
    assert not added.saves
    assert added.focus == "choices.3"
    assert added.typed["choices"][1]["text"] == "  Just typed  "
    assert added.typed["choices"][3] == {"id": "new-1", "text": "", "reason": "", "correct": False}
    moved = read(parts, sent(parts, typed, do="up choices.1"))
    assert [row["id"] for row in moved.typed["choices"]] == ["b", "a", "c"]
    out = read(parts, sent(parts, typed, do="out choices.0"))
    assert [row["id"] for row in out.typed["choices"]] == ["b", "c"]


def test_rows_within_rows_are_reached() -> None:
    parts = story_parts()
    typed = filled(parts, STORY)
    moved = read(parts, sent(parts, typed, do="down decisions.1.options.0"))
    assert [row["id"] for row in moved.typed["decisions"][1]["options"]] == ["go", "look"]
    assert moved.focus == "decisions.1.options.1"
    added = read(parts, sent(parts, typed, do="add decisions"))
    assert [row["id"] for row in added.typed["decisions"][2]["options"]] == ["new-2", "new-3"]


def test_no_more_rows_are_added_than_the_shape_allows() -> None:
    parts = story_parts()
    typed = filled(parts, STORY)
    for _ in range(10):
        typed = read(parts, sent(parts, typed, do="add decisions.0.options")).typed
    assert len(typed["decisions"][0]["options"]) == 4


@pytest.mark.parametrize(
    "deed",
    [
        "",
        "burn choices",
        "add stem",
        "add choices.0",
        "up choices",
        "up choices.9",
        "out nothing.0",
        "add id.0.x",
    ],
)
def test_a_deed_that_no_button_has_is_refused(deed: str) -> None:
    parts = question_parts()
    with pytest.raises(NotWhole):
        read(parts, sent(parts, filled(parts, QUESTION), do=deed))


@pytest.mark.parametrize("lost", ["stem", "choices.rows", "choices.1.text", "choices.2.id"])
def test_a_form_that_lacks_a_field_is_refused(lost: str) -> None:
    parts = question_parts()
    form = sent(parts, filled(parts, QUESTION))
    del form[lost]
    with pytest.raises(NotWhole):
        read(parts, form)


@pytest.mark.parametrize("count", ["", "-1", "101", "9999999999", "two", "٣"])
def test_a_number_of_rows_that_no_page_has_is_refused(count: str) -> None:
    parts = question_parts()
    with pytest.raises(NotWhole):
        read(parts, sent(parts, filled(parts, QUESTION), **{"choices.rows": count}))


def test_each_fault_stands_at_its_field_in_plain_words() -> None:
    parts = question_parts()
    typed = filled(parts, QUESTION)
    typed["stem"], typed["choices"][1]["text"], typed["choices"][2]["reason"] = "", "x" * 301, "a\x00b"
    _, faults = judge(SOURCES["single-choice"], parts, typed)
    assert faults == {
        ("stem",): "Question is empty.",
        ("choices", 1, "text"): "Choice must have 300 characters or fewer.",
        ("choices", 2, "reason"): "This holds a character that cannot be kept. Type it again.",
    }
    shown = show_parts(parts, typed, faults)
    assert [place for _, place in summary(shown, faults)] == [
        "field-stem",
        "field-choices-1-text",
        "field-choices-2-reason",
    ]


def test_a_list_that_is_too_short_and_a_group_that_does_not_fit_are_said() -> None:
    parts = parts_of(CourseFile, "course", without=LEFT_ALONE)
    typed = filled(parts, {"related": [{"title": "Only a title"}], "minutes": "many", "law_as_at": "May"})
    _, faults = judge(CourseFile, parts, typed)
    assert faults[("outcomes",)] == "Outcomes needs 1 or more, and has 0."
    assert faults[("related", 0)] == "Related thing 1 needs a course, or a title, a url and a kind."
    assert faults[("minutes",)] == "Minutes must be a whole number."
    assert faults[("law_as_at",)] == "Law as at must be a day such as 2026-10-01."
    assert faults[("review_by",)] == "Review by is empty."
    assert faults[("programme",)] == "Programme is empty."
    assert not [where for where in faults if where[:1] == ("slug",)]


def test_rows_in_which_nothing_was_typed_are_passed_over_as_far_as_they_may() -> None:
    parts = question_parts()
    typed = read(parts, sent(parts, filled(parts, QUESTION), do="add choices")).typed
    values, faults = judge(SOURCES["single-choice"], parts, typed)
    assert (len(values["choices"]), faults) == (3, {})
    _, faults = judge(SOURCES["single-choice"], parts, started(parts))
    assert faults[("choices", 0, "text")] == "Choice is empty."


def test_what_is_new_is_named_after_its_words_and_what_names_it_follows() -> None:
    parts = story_parts()
    typed = started(parts)
    typed = read(parts, sent(parts, typed, do="add decisions")).typed
    first, second = typed["decisions"]
    typed["title"] = "Damp in the flats"
    second["situation"] = "The surveyor calls back"
    first["options"][0] |= {"text": "The right thing: listen", "next": second["id"]}
    first["options"][1]["text"] = "The right thing: listen"
    values, _ = judge(SHAPES["scenario"], parts, typed, frozenset({"damp-flats"}))
    assert values["id"] == "damp-flats-2"
    options = values["decisions"][0]["options"]
    assert [option["id"] for option in options] == ["thing-listen", "thing-listen-2"]
    assert options[0]["next"] == values["decisions"][1]["id"] == "surveyor-calls-back"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The tenant's own words", "tenants-own-words"),
        ("Élan vital!", "elan-vital"),
        ("你好", "part"),
        ("", "part"),
    ],
)
def test_slugs_are_short_and_plain(text: str, slug: str) -> None:
    assert slug_of(text) == slug


def test_a_field_that_names_a_row_offers_the_rows_that_there_are_and_keeps_what_is_gone() -> None:
    parts = parts_of(SOURCES["classify"], "classify")
    typed = filled(
        parts,
        {
            "categories": [{"id": "a", "text": "Repair"}, {"id": "new-1", "text": ""}],
            "rows": [{"id": "r", "text": "x", "category": "lost"}],
        },
    )
    rows = next(part for part in show_parts(parts, typed, {}) if part.name == "rows")
    category = next(part for part in rows.rows[0].parts if part.label == "Group that it belongs to")
    assert category.offer == (
        ("", "Choose"),
        ("a", "1: Repair"),
        ("new-1", "2: (nothing typed yet)"),
        ("lost", "lost (not there any more)"),
    )


@settings(max_examples=60, deadline=None)
@given(
    form=st.dictionaries(
        st.sampled_from(
            ["id", "stem", "teaches", "choices.rows", "choices.0.text", "choices.0.id", "do", "x"]
        ),
        st.text(max_size=40),
    )
)
def test_whatever_is_sent_is_read_or_refused(form: dict[str, str]) -> None:
    parts = question_parts()
    try:
        typed = read(parts, MultiDict(form)).typed
    except NotWhole:
        return
    judge(SOURCES["single-choice"], parts, typed)
    show_parts(parts, typed, {})


def test_ids_in_the_page_are_plain() -> None:
    parts = story_parts()
    shown = show_parts(parts, started(parts), {})
    assert all(re.fullmatch(r"field-[a-z0-9-]+", part.id) for part in shown)
