import pytest

from app.certification.design import read_design
from app.certification.document import draw
from app.certification.sample import read_sample
from tests.certification.examples import design_files

PATH = "certificates/standard/design.yml"
LOGO = "  - {kind: logo, file: logo.png, at: [27, 30], height: 8.5}\n"
MANY_ROWS = '      - [Again, "Words"]\n' * 20


def changed(old: str, new: str) -> dict[str, bytes]:
    files = design_files()
    text = files[PATH].decode()
    assert old in text
    return {**files, PATH: text.replace(old, new, 1).encode()}


def test_the_shipped_design_and_its_sample_have_no_problem_and_every_sample_can_be_drawn():
    design, problems = read_design(design_files())
    samples, sample_problems = read_sample(design_files())
    assert design is not None
    assert problems == sample_problems == []
    assert len(samples) >= 5
    for facts in samples:
        assert draw(facts, design).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{deed}", "{deeds}", "There is no placeholder called {deeds}. Did you mean deed?"),
        ('"{issuer}"', '"{issuer} {contract}"', "There is no placeholder called {contract}."),
        (
            "stamp_colour: stamp",
            "stamp_colour: stampy",
            "stampy is not one of the colours in the palette. Did you mean stamp?",
        ),
        (
            "colour: line}",
            "colour: lime}",
            "lime is not one of the colours in the palette. Did you mean line?",
        ),
        ("term_colour: quiet", "term_colour: loud", "loud is not one of the colours in the palette."),
        (
            "Fira Sans SemiBold",
            "Fira Sans Semibold",
            "There is no typeface called Fira Sans Semibold. Did you mean Fira Sans SemiBold?",
        ),
        ("plain: Fira Sans Regular", "plain: Comic Sans", "There is no typeface called Comic Sans."),
        (
            "font: light, size: 42",
            "font: lite, size: 42",
            "lite is not one of the fonts named above. Did you mean light?",
        ),
        ("file: logo.png", "file: sign.png", "There is no file called sign.png here."),
        ("file: logo.png", "file: ../../../etc/passwd", "There is no file called ../../../etc/passwd here."),
        (
            "at: [155, 241]",
            "at: [160, 241]",
            "This field reaches 188 mm across, over the right margin at 183 mm.",
        ),
        (
            "at: [155, 241]",
            "at: [155, 250]",
            "This field reaches 278 mm down, over the bottom margin at 273 mm.",
        ),
        ("size: 28", "size: 20", "size must be 25.0 or more."),
        (
            'ink: "#1d1b18"',
            "ink: black",
            "ink must be a colour such as #8a3116.",
        ),
        ("page: A4", "page: A3", "page must be one of: A4."),
        ("kind: qr", "kind: barcode", "kind must be one of"),
        ("below: 15", "bellow: 15", "There is no field called bellow here. Did you mean below?"),
        ("    below: 15\n", "", "A field needs either at or below, and not both."),
        ('      - [Code, "{code}"]\n', "", "No field prints {code}, and every certificate must."),
        ('text: "{name}"', "text: Somebody", "No field prints {name}, and every certificate must."),
        (
            "  - {kind: qr, at: [155, 241], size: 28, colour: ink}\n",
            "",
            "There is no field of the kind qr, and every certificate must have one.",
        ),
        ("top: 30", "top: 90", "top must be 60.0 or less."),
        (
            'text: "{note}"',
            'text: "{outcomes}{outcomes}{outcomes}"',
            "{outcomes} is printed 4 times, and 3 are the most.",
        ),
        ("    rows:\n", f"    rows:\n{MANY_ROWS}", "rows may have 20 at most, and has 30."),
        ("fields:\n", f"fields:\n{LOGO * 4}", "There may be 4 logos at most."),
        ("title: Standard", "name: Standard", "There is no field called name here."),
    ],
)
def test_a_mistake_in_a_design_is_named_with_its_place(old: str, new: str, said: str):
    design, problems = read_design(changed(old, new))
    assert design is None
    assert any(said in str(problem) for problem in problems), [str(problem) for problem in problems]
    assert all(problem.path == PATH and problem.line > 1 for problem in problems)


def test_a_mistake_stands_at_its_own_line():
    files = changed("{deed}", "{deeds}")
    line = next(
        number for number, text in enumerate(files[PATH].decode().splitlines(), 1) if "{deeds}" in text
    )
    _, problems = read_design(files)
    assert [problem.line for problem in problems] == [line]


@pytest.mark.parametrize("body", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"x" * 300_000])
def test_a_picture_that_cannot_be_read_is_a_problem_and_not_a_crash(body: bytes):
    design, problems = read_design({**design_files(), "certificates/standard/logo.png": body})
    assert design is None
    assert "picture" in problems[0].sentence


def test_a_folder_without_a_design_says_so():
    design, problems = read_design({"certificates/bare/logo.png": b""})
    assert design is None
    assert problems[0].sentence == "There is no design.yml in this folder."


def test_a_sample_name_that_cannot_be_printed_is_a_problem():
    path = "certificates/standard/sample.yml"
    files = design_files()
    samples, problems = read_sample({**files, path: files[path].replace(b"Li Wu", "李".encode())})
    assert samples == []
    assert "cannot print 李" in problems[0].sentence
    design, told = read_design({**files, path: files[path].replace(b"Li Wu", "李".encode())})
    assert (design is not None, told) == (True, problems), "it can be drawn, and not be published"
