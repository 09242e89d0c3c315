import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.questions import (
    BadResponse,
    CannotGrade,
    TooMany,
    choice_order,
    explain,
    from_json,
    grade,
    miss,
    parse,
    present,
    question_hash,
    read_body,
    to_json,
)
from tests.assessment.samples import RIGHT, SAMPLES, WRONG, several, single, sorting

each_type = pytest.mark.parametrize("question", SAMPLES, ids=lambda each: each.type)


@each_type
def test_the_right_answer_earns_every_mark(question):
    marks = grade(question, parse(question, RIGHT[question.type]))
    assert marks.secured
    assert marks.marks == marks.full_marks


@each_type
def test_a_wrong_answer_does_not_secure(question):
    assert not grade(question, parse(question, WRONG[question.type])).secured


@each_type
def test_an_empty_form_is_an_empty_answer_that_earns_nothing(question):
    assert parse(question, {"csrf_token": ["x"], "step": ["0"]}) is None
    assert grade(question, None).marks == 0
    assert miss(question, None).own == ()


@pytest.mark.parametrize(
    ("question", "form", "marks", "full"),
    [
        (single(), {"answer": ["papers"]}, 0, 1),
        (several(), {"answer": ["roles"]}, 1, 2),
        (several(), {"answer": ["roles", "logo"]}, 1, 2),
        (several(), {"answer": ["prizes", "logo"]}, 0, 2),
        (sorting(), {"answer-budget": ["power"]}, 1, 2),
        (sorting(), {"answer-letter": ["power"], "answer-budget": ["power"]}, 1, 2),
        (sorting(), {"answer-letter": ["none"], "answer-budget": [""]}, 0, 2),
    ],
)
def test_marks_are_whole_and_counted_by_choice_or_row(question, form, marks, full):
    earned = grade(question, parse(question, form))
    assert (earned.marks, earned.full_marks) == (marks, full)


@pytest.mark.parametrize(
    ("question", "form"),
    [
        (single(), {"answer": ["space", "papers"]}),
        (single(), {"answer": ["space", "space"]}),
        (single(), {"answer": ["space\0"]}),
        (single(), {"answer": ["budget"]}),
        (single(), {"answer": ["Space"]}),
        (single(), {"answer": ["9" * 10_000]}),
        (single(), {"answer": ["space"], "answer-letter": ["power"]}),
        (several(), {"answer": ["roles", "roles"]}),
        (several(), {"answer": ["roles", "space"]}),
        (sorting(), {"answer": ["letter"]}),
        (sorting(), {"answer-letter": ["power", "tokenism"]}),
        (sorting(), {"answer-letter": ["letter"]}),
        (sorting(), {"answer-kitchen": ["power"]}),
        (sorting(), {"answer-letter[]": ["power"]}),
    ],
)
def test_what_the_page_could_not_have_sent_is_refused(question, form):
    with pytest.raises(BadResponse) as refusal:
        parse(question, form)
    assert not isinstance(refusal.value, TooMany)


def test_ticking_too_many_is_refused_in_words_and_keeps_the_ticks():
    with pytest.raises(
        TooMany, match=r"Choose two[.] You have chosen three, so take some away[.]"
    ) as refusal:
        parse(several(), {"answer": ["roles", "words", "logo"]})
    assert refusal.value.body == {"chosen": ["roles", "words", "logo"]}


@each_type
def test_a_presented_question_holds_neither_key_nor_reason(question):
    moved = {"single-choice": single(key="papers"), "multiple-response": several(keys=("prizes", "logo"))}
    other = moved.get(question.type) or sorting(newsletter="none")
    assert question_hash(other) != question_hash(question)
    assert present(other, choice_order(other, "s")) == present(question, choice_order(question, "s"))
    shown = repr(present(question, choice_order(question, "s")))
    assert "correct" not in shown
    assert "Because" not in shown
    assert "About the" not in shown
    assert question.teaches not in shown


@each_type
def test_a_miss_tells_the_own_answer_and_never_another(question):
    told = miss(question, parse(question, WRONG[question.type]))
    words = str(told)
    if question.type == "single-choice":
        assert told.own == ("The papers",)
        assert told.why == ("Because of the papers.",)
        assert "space" not in words
    else:
        assert told.why == (question.miss,)
        assert "About the" not in words
        assert "It only informs." not in words


def test_an_explanation_lays_everything_open():
    opened = explain(sorting(), {"placed": {"letter": "power"}})
    assert (opened.verdict, opened.secured) == ("Not quite.", False)
    letter, budget = opened.options
    assert (letter.category, letter.given, letter.right, letter.chosen) == (
        "Tokenism",
        "Citizen power",
        False,
        True,
    )
    assert (budget.category, budget.given, budget.right, budget.chosen) == ("Citizen power", "", False, False)
    chosen = explain(single(), {"chosen": ["space"]})
    assert chosen.verdict == "Yes."
    assert [(each.id, each.right, each.chosen) for each in chosen.options] == [
        ("space", True, True),
        ("papers", False, False),
        ("numbers", False, False),
    ]


@each_type
def test_canonical_json_returns_the_same_question_and_the_same_characters(question):
    stored = to_json(question)
    assert from_json(stored) == question
    assert to_json(from_json(stored)) == stored
    assert stored == json.dumps(json.loads(stored), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"type":"essay"}', '{"type":"classify","id":"x"}', "null", "9" * 5000]
)
def test_a_stored_question_that_cannot_be_read_cannot_be_graded(body):
    with pytest.raises(CannotGrade):
        from_json(body)


@pytest.mark.parametrize(
    ("question", "stored"),
    [
        (single(), {"chosen": ["gone"]}),
        (single(), {"chosen": ["space", "papers"]}),
        (single(), {"placed": {"letter": "power"}}),
        (several(), {"chosen": ["roles", "words", "logo"]}),
        (several(), {"chosen": ["roles", "roles"]}),
        (sorting(), {"placed": {"letter": "gone"}}),
        (sorting(), {"placed": {"gone": "power"}}),
        (sorting(), {"chosen": ["power"]}),
        (sorting(), {"placed": 3}),
        (single(), None),
        (single(), ["space"]),
    ],
)
def test_a_stored_answer_that_does_not_fit_cannot_be_graded(question, stored):
    with pytest.raises(CannotGrade):
        read_body(question, stored)


@given(
    st.sampled_from(SAMPLES),
    st.dictionaries(
        st.sampled_from(["answer", "answer-letter", "answer-budget", "x"]),
        st.lists(
            st.sampled_from(["space", "papers", "roles", "words", "power", "none", "", "zzz"]), max_size=4
        ),
    ),
)
def test_any_form_is_refused_or_comes_back_from_storage_with_the_same_marks(question, form):
    try:
        body = parse(question, form)
    except BadResponse:
        return
    kept = read_body(question, json.loads(json.dumps(body or {})))
    assert kept == body
    marks = grade(question, kept)
    assert 0 <= marks.marks <= marks.full_marks
    assert explain(question, kept).secured == marks.secured
    assert not marks.secured or question.is_complete(kept)


@given(st.sampled_from(SAMPLES), st.text(max_size=20))
def test_an_order_holds_every_id_once_and_follows_the_seed(question, seed):
    order = choice_order(question, seed)
    assert order == choice_order(question, seed)
    assert sorted(order) == sorted(each.id for each in present(question, order).options)


def test_orders_differ_between_seeds():
    assert len({choice_order(single(), f"seed {number}") for number in range(50)}) == 6
