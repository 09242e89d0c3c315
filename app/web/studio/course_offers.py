"""What fields that name something of a course may be: outcomes, sections, pictures, questions, ladders."""

from collections.abc import Iterator

from app.assessment.reading import read_practice
from app.catalogue.images import Image
from app.catalogue.lessons import ReadLesson, read_lesson
from app.catalogue.scanner import BlockSource, scan
from app.kernel.authored import decode, load_yaml
from app.kernel.patching import CannotPatch, value_at
from app.library.course_files import course_file, practice_file
from app.library.drafting import Draft
from app.library.lesson_files import lesson_files
from app.library.pictures import read_pictures
from app.web.studio.shapes import Offer

LONGEST = 80  # characters of what stands in a select


def pictures(draft: Draft) -> dict[str, Image]:
    """The pictures of the course, by the name that lessons use."""
    return read_pictures(f"content/{draft.key[1]}", draft.files, draft.purged)[0]


def picture_offer(draft: Draft) -> Offer:
    return [(name, name.removeprefix("images/")) for name in sorted(pictures(draft))]


def practice_offer(draft: Draft) -> Offer:
    """The practice questions that can be used."""
    path = practice_file(draft.key[1])
    text, _ = decode(path, draft.files.get(path, b""))
    questions, _ = read_practice(path, text or "")
    return [(each.id, shortened(each.stem)) for each in questions.values()]


def ladder_offer(draft: Draft) -> Offer:
    """The ladders in all lessons, by caption."""
    return [
        (name, shortened(str(_value(block, "caption") or name)))
        for block in blocks_of(draft)
        if block.kind == "ladder" and (name := name_of(block))
    ]


def outcome_offer(draft: Draft) -> Offer:
    """The outcomes in course.yml, sound or not."""
    path = course_file(draft.key[1])
    text, _ = decode(path, draft.files.get(path, b""))
    node, _ = load_yaml(path, text or "")
    outcomes = node.get("outcomes") if isinstance(node, dict) else None
    entries = [each for each in outcomes if isinstance(each, dict)] if isinstance(outcomes, list) else []
    return [(str(each["id"]), shortened(str(each.get("text", "")))) for each in entries if "id" in each]


def section_offer(draft: Draft) -> Offer:
    """Every section of every lesson, as slots name them."""
    return [
        (f"{each.lesson.slug}#{section.anchor}", shortened(f"{each.lesson.title}: {section.title}"))
        for each in lessons_of(draft)
        for section in each.lesson.sections
    ]


def lessons_of(draft: Draft) -> Iterator[ReadLesson]:
    """The lessons that can be read, in their order."""
    images = pictures(draft)
    for each in lesson_files(draft.files, draft.key[1]):
        read, _ = read_lesson(each.path, draft.files[each.path], images)
        if read is not None:
            yield read


def blocks_of(draft: Draft) -> Iterator[BlockSource]:
    """Every block of every lesson, sound or not."""
    for each in lesson_files(draft.files, draft.key[1]):
        text, _ = decode(each.path, draft.files[each.path])
        source, _ = scan(each.path, text or "")
        yield from source.blocks if source else ()


def name_of(block: BlockSource) -> str:
    """The block's id, "" where it has none that can be read."""
    return str(_value(block, "id") or "")


def question_of(block: BlockSource) -> str:
    """The practice question that a block shows, "" where it is another block."""
    return str(_value(block, "question") or "") if block.kind == "practice" else ""


def shortened(words: str) -> str:
    """Words for a select: one line, not too long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def _value(block: BlockSource, name: str) -> object:
    try:
        found: object = value_at(block.options, (name,))
    except CannotPatch:
        return None
    return found
