"""Trying a design: with its own sample people, and with what every design has to bear."""

from collections.abc import Iterator, Mapping

from app.certification.design import Design, Report, sheet_file
from app.certification.facts import Facts
from app.certification.fitting import overflowing
from app.certification.sample import hard_cases, read_sample, stand_in
from app.certification.shaping import measure
from app.certification.sheet import Field, LogoField, RowsField, Sheet, TextField
from app.certification.wording import PLACEHOLDER, left_out, printed
from app.kernel.authored import decode, load_yaml
from app.kernel.problems import Problem


def specimens(files: Mapping[str, bytes]) -> list[Facts]:
    """The people with whom a design is tried: those of its sample, or one of ours where it has none."""
    return read_sample(files)[0] or [stand_in()]


def words_on(sheet: Sheet, facts: Facts) -> list[str]:
    """What a certificate says, field by field in reading order."""
    words = printed(facts)
    return [said for field in sheet.fields if (said := _said(field, words))]


def about_trial(files: Mapping[str, bytes], design: Design) -> list[Problem]:
    """An error for every field that stays empty or has no room, with the first person for whom that is so."""
    path = sheet_file(files)
    text, _ = decode(path, files[path])
    node, _ = load_yaml(path, text or "")
    report, told = Report(node, path), set()
    for who, facts in _people(files):
        for index, key, sentence in _faults(design.sheet, facts):
            if index not in told:
                told.add(index)
                report.add(("fields", index, key), f"{sentence} Tried with {who}.")
    return sorted(report.problems)


def _people(files: Mapping[str, bytes]) -> Iterator[tuple[str, Facts]]:
    own = specimens(files)
    yield from ((facts.printed_name, facts) for facts in own)
    yield from hard_cases(own[0])


def _faults(sheet: Sheet, facts: Facts) -> Iterator[tuple[int, str, str]]:
    """The number of a field, the part of it to look at, and what is wrong."""
    for index, sentence in overflowing(sheet, printed(facts), measure):
        yield index, "rows" if isinstance(sheet.fields[index], RowsField) else "text", sentence


def _said(field: Field, words: Mapping[str, str]) -> str:
    if isinstance(field, TextField):
        return "" if left_out(field.text, words) else _filled(field.text, words)
    if isinstance(field, RowsField):
        shown = [row for row in field.rows if not left_out(row[1], words)]
        rows = [(_filled(term, words), _filled(description, words)) for term, description in shown]
        return ". ".join(f"{term}: {said}" for term, said in rows if said)
    return "A logo" if isinstance(field, LogoField) else "A code to scan"


def _filled(text: str, words: Mapping[str, str]) -> str:
    filled = PLACEHOLDER.sub(lambda found: words[found[1]], text.replace("**", ""))
    return " ".join(filled.split())
