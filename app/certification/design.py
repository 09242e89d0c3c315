"""A certificate's design: design.yml and its pictures, read so that every mistake has its line."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.certification.fonts import NAMES
from app.certification.picture import Picture, read_picture
from app.certification.printable import words_problem
from app.certification.sample import read_sample
from app.certification.sheet import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    CodeField,
    Field,
    LogoField,
    RowsField,
    Sheet,
    TextField,
)
from app.certification.wording import PLACEHOLDER, PLACEHOLDERS
from app.kernel.authored import decode, load_yaml, place, validate
from app.kernel.problems import Problem, has_errors
from app.kernel.sentences import did_you_mean

MOST_LOGOS = 4
MOST_TIMES = 3  # that a placeholder is filled in: the longest of them are pages of words
NEEDED = ("name", "course", "time", "completed", "code", "check_address")

Where = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Design:
    """A design that can be drawn: every colour, typeface, placeholder and picture that it names is there."""

    sheet: Sheet
    pictures: Mapping[str, Picture]


def read_design(files: Mapping[str, bytes]) -> tuple[Design | None, list[Problem]]:
    """The design in a folder's files (path -> bytes), or None; with every mistake at its line."""
    path = sheet_file(files)
    if not path:
        where = next(iter(sorted(files)), "certificates")
        return None, [Problem(path=where, line=1, sentence="There is no design.yml in this folder.")]
    text, problems = decode(path, files[path])
    if text is None:
        return None, problems
    node, problems = load_yaml(path, text)
    if node is None:
        return None, problems
    sheet, problems = validate(Sheet, node, path)
    if sheet is None:
        return None, problems
    pictures, problems = _pictures(sheet, node, path, files)
    problems += _unknown_names(sheet, node, path) + _outside_margins(sheet, node, path)
    problems += _left_out(sheet, node, path)
    design = None if has_errors(problems) else Design(sheet=sheet, pictures=pictures)
    return design, sorted(problems + read_sample(files)[1])  # nobody's certificate waits for a sample


def sheet_file(files: Iterable[str]) -> str:
    """The path of design.yml among these, or ""."""
    return next((name for name in sorted(files) if name.rpartition("/")[2] == "design.yml"), "")


def _pictures(
    sheet: Sheet, node: Any, path: str, files: Mapping[str, bytes]
) -> tuple[dict[str, Picture], list[Problem]]:
    pictures, report = {}, Report(node, path)
    folder = path.removesuffix("design.yml")
    logos = [(index, field) for index, field in enumerate(sheet.fields) if isinstance(field, LogoField)]
    for index, _ in logos[MOST_LOGOS:]:
        report.add(("fields", index), f"There may be {MOST_LOGOS} logos at most.")
    for index, field in logos[:MOST_LOGOS]:
        body = files.get(folder + field.file)
        if body is None:
            report.add(("fields", index, "file"), f"There is no file called {field.file} here.")
            continue
        picture, sentence = read_picture(body)
        if picture is None:
            report.add(("fields", index, "file"), sentence)
        else:
            pictures[field.file] = picture
    return pictures, report.problems


def _unknown_names(sheet: Sheet, node: Any, path: str) -> list[Problem]:
    """Colours, typefaces and placeholders that are used and not there, each at its place."""
    report = Report(node, path)
    for name, typeface in sheet.fonts.items():
        if typeface not in NAMES:
            report.add(("fonts", name), f"There is no typeface called {typeface}.", typeface, NAMES)
    _check_colour(report, ("stamp_colour",), sheet.stamp_colour, sheet)
    if sheet.frame:
        _check_colour(report, ("frame", "colour"), sheet.frame.colour, sheet)
    for index, field in enumerate(sheet.fields):
        for key, value in field:
            _check_value(report, ("fields", index, key), value, sheet)
    return report.problems


def _check_value(report: "Report", where: Where, value: Any, sheet: Sheet) -> None:
    key = where[-1]
    if key in {"colour", "term_colour"}:
        _check_colour(report, where, value, sheet)
    elif key in {"font", "strong"} and value is not None and value not in sheet.fonts:
        report.add(where, f"{value} is not one of the fonts named above.", value, sheet.fonts)
    elif key == "text":
        _check_words(report, where, value)
    elif key == "rows":
        for number, row in enumerate(value):
            _check_words(report, (*where, number), " ".join(row))


def _check_colour(report: "Report", where: Where, name: str, sheet: Sheet) -> None:
    if name not in sheet.palette:
        report.add(where, f"{name} is not one of the colours in the palette.", name, sheet.palette)


def _check_words(report: "Report", where: Where, text: str) -> None:
    if sentence := words_problem(text):
        report.add(where, sentence)
    for name in PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            report.add(where, f"There is no placeholder called {{{name}}}.", name, PLACEHOLDERS)


def _left_out(sheet: Sheet, node: Any, path: str) -> list[Problem]:
    """What every certificate has to print, or nobody could tell whose it is; and what it prints too often."""
    report = Report(node, path)
    texts = [field.text for field in sheet.fields if isinstance(field, TextField)]
    texts += [" ".join(row) for field in sheet.fields if isinstance(field, RowsField) for row in field.rows]
    used = Counter(name for text in texts for name in PLACEHOLDER.findall(text))
    for name, times in used.items():
        if times > MOST_TIMES:
            report.add(("fields",), f"{{{name}}} is printed {times} times, and {MOST_TIMES} are the most.")
    for name in NEEDED:
        if name not in used:
            report.add(("fields",), f"No field prints {{{name}}}, and every certificate must.")
    if not any(isinstance(field, CodeField) for field in sheet.fields):
        report.add(("fields",), "There is no field of the kind qr, and every certificate must have one.")
    return report.problems


def _outside_margins(sheet: Sheet, node: Any, path: str) -> list[Problem]:
    """Fields placed or sized so that they reach into a margin."""
    report = Report(node, path)
    right, bottom = PAGE_WIDTH - sheet.margins.right, PAGE_HEIGHT - sheet.margins.bottom
    for index, field in enumerate(sheet.fields):
        across, down = field.at or (sheet.margins.left, 0)
        wide, high = _extent(field)
        if across + wide > right:
            end = f"{across + wide:g} mm across, over the right margin at {right:g} mm"
            report.add(("fields", index), f"This field reaches {end}.")
        if down + high > bottom:
            end = f"{down + high:g} mm down, over the bottom margin at {bottom:g} mm"
            report.add(("fields", index), f"This field reaches {end}.")
    return report.problems


def _extent(field: Field) -> tuple[float, float]:
    """The width and height that a field is known to need before any words are in it."""
    if isinstance(field, CodeField):
        return field.size, field.size
    if isinstance(field, LogoField):
        return 0, field.height
    return field.width, 0


class Report:
    """Problems of one file, each found by the way to it in the tree."""

    def __init__(self, node: Any, path: str) -> None:
        self._node, self._path = node, path
        self.problems: list[Problem] = []

    def add(self, where: Where, sentence: str, typed: str = "", known: Iterable[str] = ()) -> None:
        """Note a mistake, with the nearest of the `known` names as its fix."""
        line, column = place(self._node, where)
        fix = did_you_mean(typed, known)
        self.problems.append(Problem(path=self._path, line=line, column=column, sentence=sentence, fix=fix))
