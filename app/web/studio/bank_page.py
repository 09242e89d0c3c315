"""What every page about questions begins with: the draft, its two files of questions, and their names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from app.assessment.bank import SlotSeen, Values, find_question, find_slot, questions_in, slots_in
from app.kernel.errors import NotFound
from app.library.course_files import practice_file, test_file
from app.library.drafting import Draft, open_draft
from app.library.ids_used import ids_ever_live
from app.library.left_hanging import left_hanging_by
from app.library.storing import files_at
from app.web.shared.context import db
from app.web.studio import saving
from app.web.studio.told import desk_path

TYPES = {
    "single-choice": ("One right choice", "Three choices or more, and a reason for each."),
    "multiple-response": ("Several right choices", "People are told how many to choose."),
    "classify": ("Lines to sort", "Each line belongs to one group."),
}


@dataclass(frozen=True)
class Bank:
    """The questions of a course's draft."""

    draft: Draft

    @property
    def slug(self) -> str:
        return self.draft.key[1]

    @property
    def there(self) -> str:
        """The page on which all of them stand."""
        return f"{desk_path(self.slug)}/questions"

    @property
    def test_path(self) -> str:
        return test_file(self.slug)

    @property
    def practice_path(self) -> str:
        return practice_file(self.slug)

    @cached_property
    def test(self) -> str:
        """The text of test.yml. Raises NotFound."""
        return saving.text_of_file(self.draft.files, self.test_path)

    @cached_property
    def practice(self) -> str:
        """The text of practice.yml, "" where there is none."""
        has_some = self.practice_path in self.draft.files
        return saving.text_of_file(self.draft.files, self.practice_path) if has_some else ""

    @cached_property
    def slots(self) -> tuple[SlotSeen, ...]:
        return slots_in(self.test)

    @property
    def names(self) -> frozenset[str]:
        """The ids that nothing new may have: of slots and questions, and of all that was ever live."""
        every = (*questions_in(self.test), *(questions_in(self.practice) if self.practice else ()))
        own = {str(each.get("id", "")) for each in every} | {slot.id for slot in self.slots} | {"new"}
        return ids_ever_live(db.session(), self.draft.key) | own

    def left_hanging(self, path: str, text: str) -> tuple[str, ...]:
        """What would be wrong in the course with this text in the file, and is not now; "" is no file."""
        found = left_hanging_by(self.draft.files, {path: text.encode() if text else None})
        return tuple(f"{each.sentence} {each.fix}".strip() for each in found if each.level == "error")

    def path_of(self, question: str) -> str:
        """The file in which the question stands. Raises NotFound."""
        return self.test_path if has(find_question, self.test, question) else self._practice_path(question)

    def slot_of(self, question: str) -> SlotSeen | None:
        """The slot of a question of the test, None for practice."""
        found = (slot for slot in self.slots if any(each.get("id") == question for each in slot.questions))
        return next(found, None)

    def slot(self, slot: str) -> SlotSeen:
        """The slot with this id. Raises NotFound."""
        find_slot(self.test, slot)
        return next(each for each in self.slots if each.id == slot)

    def is_live(self, slot_or_question: str) -> bool:
        """Whether people who take the test as it is live may meet it."""
        if self.draft.live is None:
            return False
        live, _ = files_at(db.session(), self.draft.live.revision_id)
        text = saving.text_of_file(live, self.test_path) if self.test_path in live else ""
        return bool(text) and (
            has(find_slot, text, slot_or_question) or has(find_question, text, slot_or_question)
        )

    def _practice_path(self, question: str) -> str:
        if not self.practice:
            raise NotFound("There is no such question.")
        find_question(self.practice, question)
        return self.practice_path


def open_bank(slug: str) -> Bank:
    """The questions of this course as they were last saved. Raises NotFound."""
    return Bank(open_draft(db.session(), saving.course_key(slug)))


def has(find: Callable[[str, str], object], text: str, name: str) -> bool:
    """Whether the finder finds it."""
    try:
        find(text, name)
    except NotFound:
        return False
    return True


def type_of(values: Values) -> str:
    """The type of a question. Raises NotFound where there is no form for it."""
    kind = values.get("type")
    if kind not in TYPES:
        raise NotFound("This question has a type that there is no form for. Mend it in the source.")
    return str(kind)
