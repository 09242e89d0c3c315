"""A design is tried before it can be published: nothing may stay empty, and everything needs room."""

import pytest
from pypdfium2 import PdfDocument

from app.certification.document import draw
from app.certification.rendering import WIDE, render_page
from app.certification.sample import hard_cases
from app.certification.trying import specimens, words_on
from app.library.compiling import compile_design
from tests.certification.examples import design_files, standard_design

PATH = "certificates/standard/design.yml"
SAMPLE = "certificates/standard/sample.yml"
BY_SAMPLE = "Tried with Maximiliana Konstantinopoulou-Featherstonehaugh de la Torres."


def changed(old: str, new: str, path: str = PATH) -> dict[str, bytes]:
    files = design_files()
    text = files[path].decode()
    assert old in text
    return {**files, path: text.replace(old, new, 1).encode()}


def told(files: dict[str, bytes]) -> list[tuple[str, int, str]]:
    design, problems = compile_design(files)
    assert (design is None) == any(each.level == "error" for each in problems)
    return [(each.path, each.line, each.sentence) for each in problems]


def line_of(files: dict[str, bytes], words: str) -> int:
    return next(number for number, line in enumerate(files[PATH].decode().split("\n"), 1) if words in line)


def test_the_standard_design_bears_its_sample_and_every_hard_case() -> None:
    assert told(design_files()) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("size: 42, smallest: 24", "size: 42, smallest: 40", BY_SAMPLE),
        ("width: 134, lines: 4", "width: 134, lines: 2", "Tried with a course title of 200 characters."),
        ("    lowest: 234", "    lowest: 190", "Tried with 8 outcomes of 78 characters each."),
        ("term_width: 29", "term_width: 9", "Tried with Li Wu."),
        ("at: [27, 257.5]", "at: [27, 270]", "Tried with Li Wu."),
    ],
)
def test_a_field_without_room_is_named_with_the_person_who_shows_it(old: str, new: str, said: str) -> None:
    files = changed(old, new)
    assert [sentence for _, _, sentence in told(files) if sentence.endswith(said)]


def test_the_place_is_that_of_the_words() -> None:
    files = changed("size: 42, smallest: 24", "size: 42, smallest: 40")
    ((path, line, sentence),) = told(files)
    assert (path, line) == (PATH, line_of(files, '"{name}"'))
    assert sentence.startswith("These words are too long for 2 lines")


def test_a_field_that_stays_empty_is_named() -> None:
    files = changed("outcomes:\n", "outcomes: []\nunused:\n", SAMPLE)
    files[SAMPLE] = files[SAMPLE].split(b"unused:")[0] + b"issuer: A\ncontact: B\n"
    files[PATH] += (
        b'  - {kind: text, text: "{outcomes}", at: [27, 40], width: 100, font: plain, size: 8, colour: ink}\n'
    )
    sentence = "There are no words for {outcomes}. Tried with Li Wu."
    assert [said for _, _, said in told(files)] == [sentence, sentence]  # of the list, and of this field


def test_a_design_without_a_sample_is_tried_all_the_same() -> None:
    files = {path: body for path, body in design_files().items() if path != SAMPLE}
    assert told(files) == []
    assert [each.printed_name for each in specimens(files)] == ["Li Wu"]


def test_hard_cases_are_as_hard_as_they_say() -> None:
    (name, named), (title, titled), _, (many, full) = hard_cases(specimens(design_files())[0])
    assert (len(named.printed_name), len(titled.title), len(full.outcomes)) == (60, 200, 8)
    assert ("60" in name, "200" in title, many[:1]) == (True, True, "8")


def test_the_words_of_a_specimen_are_those_in_its_document() -> None:
    design, facts = standard_design(), specimens(design_files())[0]
    page = PdfDocument(draw(facts, design))[0]
    printed = " ".join(page.get_textpage().get_text_range().split())
    said = words_on(design.sheet, facts)
    assert said[:3] == ["A logo", "Certificate of continuing professional development", "Li Wu"]
    for words in (said[3], said[5], said[-1]):
        assert words in printed


def test_a_page_becomes_a_picture_of_its_shape() -> None:
    body, width, height = render_page(draw(specimens(design_files())[0], standard_design()))
    assert body.startswith(b"\x89PNG")
    assert (width, round(height / width, 3)) == (WIDE, 1.414)
    assert len(body) < 100_000


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('"{kind}"', '"{kind} \U0001f600"', PATH),
        ("[Completed, ", '["Done 門", ', PATH),
        ("course: Co-production", "course: 門 Co-production", SAMPLE),
        ("issuer: Example", "issuer: 門 Example", SAMPLE),
    ],
)
def test_words_that_no_typeface_has_are_named_before_anything_is_drawn(old: str, new: str, path: str) -> None:
    ((where, line, sentence),) = told(changed(old, new, path))
    assert (where, line > 1) == (path, True)
    assert sentence.startswith(("Certificates cannot print 門.", "Certificates cannot print \U0001f600."))
