from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, update

from app.assessment.attempts import ChangedSince, HandedIn, StaleForm, latest, standing
from app.assessment.model import Quiz
from app.assessment.policy import Policy
from app.assessment.questions import BadResponse, CannotGrade
from app.assessment.tables import Attempt, Grade, PaperItem, QuestionVersion, Reading, Response, Round
from app.kernel.db import writing
from app.kernel.errors import Conflict, NotAllowed, NotFound
from tests.assessment.samples import single, slot
from tests.assessment.taking import QUIZ, RIGHT, Taking


def count(taking, table):
    taking.session.rollback()
    return taking.session.scalar(select(func.count()).select_from(table))


# Opening


def test_an_attempt_opens_with_one_question_a_slot_and_pins_what_it_was_drawn_from(taking):
    taking.open()
    view = taking.view
    assert [item.slot for item in view.current.items] == ["room", "meeting", "ladder"]
    assert [item.title for item in view.current.items] == ["About room", "About meeting", "About ladder"]
    assert (view.edition, view.policy, view.printed_name) == (1, Policy(), "Amira Osei-Bonsu")
    assert view.current.revision_id == taking.revision_id
    assert view.is_answering
    assert not view.may_go_on
    assert all(item.step == 0 and item.given is None and item.secured is None for item in view.current.items)


def test_opening_twice_gives_the_same_attempt(taking):
    assert taking.open() == taking.open(seed="another")
    assert count(taking, Attempt) == count(taking, Round) == 1


def test_a_question_is_stored_once_however_often_it_is_drawn(taking, session, clock, cast, revision_id):
    taking.open()
    stored = count(taking, QuestionVersion)
    Taking(session, clock, cast.ben.id, revision_id).open()
    assert stored == count(taking, QuestionVersion) == 3
    assert count(taking, PaperItem) == 6


def test_an_attempt_needs_every_lesson_done(taking):
    with pytest.raises(NotAllowed, match="every lesson"):
        taking.open(lessons_done=False)
    assert count(taking, Attempt) == 0


def test_somebody_else_finds_nothing(taking, cast):
    taking.open()
    ben = cast.ben.id
    with pytest.raises(NotFound):
        standing(taking.session, person_id=ben, code=taking.code)
    for act in (
        lambda: taking.save(1, RIGHT["room"], person_id=ben),
        lambda: taking.hand_in(person_id=ben),
        lambda: taking.read("room", person_id=ben),
        lambda: taking.go_on(person_id=ben),
    ):
        with pytest.raises(NotFound):
            act()
    assert count(taking, Response) == count(taking, Grade) == count(taking, Reading) == 0
    assert latest(taking.session, person_id=ben, course="sample") is None


# Answering


def test_an_answer_is_kept_with_its_time_and_can_be_changed(taking, clock):
    taking.open()
    saved = taking.save(1, {"answer": ["papers"]})
    assert (saved.saved_at, saved.items) == (clock.now, 3)
    clock.move(timedelta(minutes=3))
    taking.save(1, {"answer": ["space"]})
    item = taking.view.current.item(1)
    assert (item.given, item.step, item.saved_at) == ({"chosen": ["space"]}, 2, clock.now)
    assert item.answer == ("The space",)
    assert taking.view.current.saved_at == clock.now


def test_an_answer_can_be_taken_back(taking):
    taking.open()
    taking.save(2, {"answer": ["roles"]})
    taking.save(2, {})
    item = taking.view.current.item(2)
    assert (item.given, item.complete, item.step) == (None, False, 2)


def test_leaving_a_question_empty_writes_nothing(taking):
    taking.open()
    taking.save(1, {})
    assert count(taking, Response) == 0


def test_part_of_an_answer_is_kept_and_known_to_be_a_part(taking):
    taking.open()
    taking.save(3, {"answer-letter": ["none"]})
    item = taking.view.current.item(3)
    assert item.given == {"placed": {"letter": "none"}}
    assert not item.complete


def test_a_stale_form_is_refused_with_both_answers_and_changes_nothing(taking):
    taking.open()
    taking.save(1, {"answer": ["papers"]})
    with pytest.raises(StaleForm) as refusal:
        taking.save(1, {"answer": ["numbers"]}, step=0)
    assert refusal.value.theirs == {"chosen": ["papers"]}
    assert refusal.value.yours == {"chosen": ["numbers"]}
    assert refusal.value.theirs_in_words == ("The papers",)
    assert refusal.value.yours_in_words == ("The numbers",)
    assert taking.view.current.item(1).given == {"chosen": ["papers"]}


@pytest.mark.parametrize("step", [-1, 2, 10**30])
def test_a_step_that_never_was_is_stale(taking, step):
    taking.open()
    taking.save(1, {"answer": ["papers"]})
    with pytest.raises(StaleForm):
        taking.save(1, {"answer": ["numbers"]}, step=step)


def test_sending_the_same_answer_again_is_no_conflict_and_no_second_save(taking, clock):
    taking.open()
    first = taking.save(1, {"answer": ["papers"]})
    clock.move(timedelta(minutes=1))
    assert taking.save(1, {"answer": ["papers"]}, step=0) == first
    assert taking.view.current.item(1).step == 1


def test_an_answer_to_another_question_is_refused_and_nothing_is_kept(taking):
    taking.open()
    with pytest.raises(BadResponse):
        taking.save(1, RIGHT["ladder"])
    assert count(taking, Response) == 0


@pytest.mark.parametrize("position", [0, 4, -1, 10**6])
def test_there_is_no_question_beyond_the_paper(taking, position):
    taking.open()
    with pytest.raises(NotFound):
        taking.save(position, {"answer": ["space"]}, step=0)


def test_answers_are_refused_after_the_hand_in(taking):
    taking.open()
    taking.miss_round("room")
    with pytest.raises(HandedIn):
        taking.save(1, {"answer": ["numbers"]})
    assert taking.view.current.item(1).given == {"chosen": ["papers"]}


def test_a_form_of_an_earlier_round_cannot_answer_the_next(taking):
    taking.open()
    taking.miss_and_go_on("room")
    with pytest.raises(HandedIn):
        taking.save(1, {"answer": ["space"]}, step=0, round_number=1)
    assert taking.view.current.item(1).given is None


# Handing in


def test_full_marks_in_every_slot_pass_and_close_the_attempt(taking, clock):
    taking.open()
    taking.answer()
    result = taking.hand_in()
    assert (result.passed, result.first_time, result.round_number) == (True, True, 1)
    assert result.revision_id == taking.revision_id
    view = taking.view
    assert (view.passed, view.closed_at) == (True, clock.now)
    assert all(item.explanation and item.explanation.verdict == "Yes." for item in view.current.items)


def test_handing_in_again_gives_the_same_result_and_no_second_grade(taking, clock):
    taking.open()
    first = taking.miss_round("room")
    clock.move(timedelta(hours=1))
    again = taking.hand_in(round_number=1)
    assert (first.first_time, again.first_time) == (True, False)
    assert (again.passed, again.handed_in_at) == (first.passed, first.handed_in_at)
    assert count(taking, Grade) == 3


def test_the_result_of_an_earlier_round_stays_what_it_was(taking):
    taking.open()
    taking.miss_and_go_on("room")
    taking.answer()
    assert taking.hand_in().passed
    assert not taking.hand_in(round_number=1).passed


def test_part_of_the_marks_does_not_secure_a_slot(taking):
    taking.open()
    taking.answer()
    taking.save(2, {"answer": ["roles"]})
    assert not taking.hand_in().passed
    assert [item.slot for item in taking.view.current.missed] == ["meeting"]
    grades = taking.session.scalars(select(Grade).order_by(Grade.item_id))
    assert [(each.marks, each.full_marks, each.secured) for each in grades] == [
        (1, 1, True),
        (1, 2, False),
        (2, 2, True),
    ]


def test_an_unanswered_question_is_missed(taking):
    taking.open()
    taking.save(1, RIGHT["room"])
    taking.hand_in()
    missed = taking.view.current.missed
    assert [item.slot for item in missed] == ["meeting", "ladder"]
    assert missed[0].miss.own == ()
    assert missed[0].miss.why == ("You left this one empty.",)


def test_a_round_that_is_not_there_cannot_be_handed_in(taking):
    taking.open()
    for number in (-1, 2, 10**30):
        with pytest.raises(NotFound):
            taking.hand_in(round_number=number)


def test_what_cannot_be_graded_is_not_wrong(taking):
    taking.open()
    taking.answer()
    with writing(taking.session) as session:
        session.execute(update(QuestionVersion).values(body='{"type":"essay"}'))
    with pytest.raises(CannotGrade):
        taking.hand_in(round_number=1)
    assert count(taking, Grade) == 0
    assert taking.session.scalar(select(Round.handed_in_at)) is None
    assert taking.session.scalar(select(Attempt.closed_at)) is None


def test_one_answer_that_cannot_be_read_leaves_the_whole_round_ungraded(taking):
    taking.open()
    taking.answer()
    with writing(taking.session) as session:
        last = session.scalar(select(func.max(Response.item_id)))
        session.execute(update(Response).where(Response.item_id == last).values(body={"chosen": ["gone"]}))
    with pytest.raises(CannotGrade):
        taking.hand_in(round_number=1)
    assert count(taking, Grade) == 0


def test_a_page_that_does_not_show_the_newest_answers_cannot_hand_them_in(taking):
    taking.open()
    taking.answer()
    seen = taking.view.current.saves
    taking.save(1, {"answer": ["numbers"]})

    with pytest.raises(ChangedSince):
        taking.hand_in(saves=seen)
    assert taking.view.is_answering
    assert taking.hand_in(saves=taking.view.current.saves).first_time
    assert not taking.hand_in(saves=seen).first_time  # a replay is not stale: it has its one effect already


# Rounds


def test_a_miss_tells_the_own_choice_and_its_reason_but_no_key(taking):
    taking.open()
    taking.miss_round("room", "ladder")
    room, ladder = taking.view.current.missed
    assert (room.miss.own, room.miss.why) == (("The papers",), ("Because of the papers.",))
    assert ladder.miss.why == ("Look at who can say no.",)
    assert all(item.explanation is None for item in taking.view.current.items)


def test_the_next_round_opens_when_every_missed_section_was_opened(taking):
    taking.open()
    taking.miss_round("room", "ladder")
    with pytest.raises(NotAllowed, match="Open the section"):
        taking.go_on()
    assert taking.read("room") == "lesson-one#room"
    assert not taking.view.may_go_on
    with pytest.raises(NotAllowed):
        taking.go_on()
    taking.read("ladder")
    taking.read("ladder")
    assert taking.view.may_go_on
    assert taking.go_on() == 2
    assert [item.slot for item in taking.view.current.items] == ["room", "ladder"]
    assert count(taking, Reading) == 2


def test_opening_the_next_round_twice_opens_one(taking):
    taking.open()
    taking.miss_round("room")
    taking.read("room")
    assert taking.go_on(after=1) == taking.go_on(after=1, seed="again") == 2
    taking.miss_round("room")
    taking.read("room")
    assert taking.go_on(after=1) == 2, "a page of the first round does not open the third"
    assert count(taking, Round) == 2


def test_secured_slots_never_return_and_a_missed_one_asks_another_question(taking):
    taking.open()
    taking.miss_and_go_on("room", "ladder")
    taking.miss_and_go_on("ladder", seed="third")
    view = taking.view
    assert [[item.slot for item in each.items] for each in view.rounds] == [
        ["room", "meeting", "ladder"],
        ["room", "ladder"],
        ["ladder"],
    ]
    asked = list(taking.session.scalars(select(PaperItem.question).where(PaperItem.slot == "ladder")))
    assert len(set(asked)) == 3
    assert view.slots_after(1) == (("room", False), ("meeting", True), ("ladder", False))
    assert view.slots_after(2) == (("room", True), ("meeting", True), ("ladder", False))


def test_what_is_left_can_still_pass_in_the_last_round(taking):
    taking.open()
    taking.miss_and_go_on("room", "meeting", "ladder")
    taking.miss_and_go_on("ladder", seed="third")
    taking.answer()
    assert taking.hand_in().passed
    assert taking.view.closed_at is not None


def test_reading_needs_a_miss(taking):
    taking.open()
    with pytest.raises(NotFound):
        taking.read("room")
    taking.miss_round("room")
    for other in ("meeting", "nowhere", "room\0"):
        with pytest.raises(NotFound):
            taking.read(other)
    assert count(taking, Reading) == 0


def test_one_section_behind_two_misses_is_read_once(taking):
    slots = (slot(name, *(single(f"{name}-{number}") for number in range(3))) for name in ("one", "two"))
    same = tuple(replace(each, section="lesson-one#same") for each in slots)
    taking.open(quiz=Quiz(title="A test", slots=same, places={}))
    taking.hand_in()
    taking.read("one")
    assert taking.view.may_go_on


def test_a_slot_gone_from_the_quiz_stops_the_next_round(taking):
    taking.open()
    taking.miss_round("room")
    taking.read("room")
    with pytest.raises(Conflict, match="has changed"):
        taking.go_on(quiz=Quiz(title="A test", slots=QUIZ.slots[1:], places={}))


def test_the_third_miss_ends_the_attempt_and_tomorrow_opens_another(taking, clock):
    first = taking.open()
    taking.miss_and_go_on("room")
    taking.miss_and_go_on("room", seed="third")
    assert not taking.miss_round("room").passed
    assert taking.view.closed_at == clock.now
    taking.read("room")
    with pytest.raises(Conflict, match="ended"):
        taking.go_on()
    with pytest.raises(NotAllowed, match="tomorrow"):
        taking.open()
    clock.move(timedelta(hours=11, minutes=59, seconds=59))  # noon to just before midnight in London
    with pytest.raises(NotAllowed, match="tomorrow"):
        taking.open()
    clock.move(timedelta(seconds=1))
    assert taking.open(seed="new") != first
    assert [item.slot for item in taking.view.current.items] == ["room", "meeting", "ladder"]
    rooms = select(PaperItem.question).where(PaperItem.slot == "room").order_by(PaperItem.id)
    assert len(set(taking.session.scalars(rooms))) == 4, "unseen questions come first in a new attempt too"


def test_a_passed_edition_is_not_taken_again_but_a_new_one_is(taking):
    taking.open()
    taking.answer()
    taking.hand_in()
    with pytest.raises(Conflict, match="passed"):
        taking.open()
    taking.open(edition=2)
    assert taking.view.edition == 2


# Other policies


def test_one_clean_sitting_ends_with_its_first_round(taking):
    taking.open(policy=Policy(kind="one-sitting", rounds=1))
    assert not taking.miss_round("room").passed
    assert taking.view.closed_at is not None
    with pytest.raises(NotAllowed, match="tomorrow"):
        taking.open()


def test_a_percentage_passes_with_a_miss_and_then_explains_it(taking):
    taking.open(policy=Policy(kind="percentage", rounds=1, percent=60))
    assert taking.miss_round("room").passed
    room = taking.view.current.item(1)
    assert room.miss is None
    assert room.explanation.verdict == "Not quite."
    assert count(taking, Attempt) == 1


# The cost


def test_a_whole_attempt_is_read_in_one_statement(taking):
    taking.open()
    taking.miss_and_go_on("room", "ladder")
    taking.session.rollback()
    statements = []

    def note(*call):
        statements.append(call[2])

    event.listen(taking.session.get_bind(), "before_cursor_execute", note)
    standing(taking.session, person_id=taking.person_id, code=taking.code)
    event.remove(taking.session.get_bind(), "before_cursor_execute", note)
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
