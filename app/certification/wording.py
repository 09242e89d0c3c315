"""How each fact is worded. The page, the PDF and the check page take their words from here, so they agree."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import urlsplit

from app.certification.facts import Facts
from app.kernel.clock import day_in_words
from app.kernel.codes import grouped

KIND = "Certificate of continuing professional development"
METHOD = "assessed e-learning"
STAMP = "SPECIMEN"
NOTE = "This is not a Level 4 or 5 qualification under the Competence and Conduct Standard."

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = frozenset(
    {
        "name",
        "course",
        "summary",
        "deed",
        "time",
        "hours",
        "method",
        "completed",
        "edition",
        "outcomes",
        "pass_rule",
    }
    | {"issuer", "code", "check_address", "kind", "note", "expires", "membership", "replaces"}
)
OPTIONAL = frozenset({"expires", "membership", "replaces"})  # a certificate need not have these


def printed(facts: Facts) -> dict[str, str]:
    """The words for every placeholder that a design may use. A newline begins a new line in print.

    All are composed (NFC), since a typeface has the letter é and not the accent that is typed after an e.
    """
    return {name: normalize("NFC", words) for name, words in _words(facts).items()}


def _words(facts: Facts) -> dict[str, str]:
    return {
        "name": facts.printed_name,
        "course": facts.title,
        "summary": facts.summary,
        "deed": facts.deed,
        "time": f"{facts.minutes} CPD {'minute' if facts.minutes == 1 else 'minutes'}",
        "hours": hours(facts.minutes),
        "method": METHOD,
        "completed": _completed(facts),
        "edition": f"{facts.edition}, law as at {day_in_words(facts.law_as_at)}, {facts.nation}",
        "outcomes": "\n".join(facts.outcomes),
        "pass_rule": facts.pass_rule,
        "issuer": f"{facts.issuer}, {facts.contact}",
        "code": grouped(facts.code),
        "check_address": check_address(facts),
        "kind": KIND,
        "note": NOTE,
        "expires": day_in_words(facts.expires_on) if facts.expires_on else "",
        "membership": facts.membership,
        "replaces": grouped(facts.replaces) if facts.replaces else "",
    }


def left_out(text: str, words: Mapping[str, str]) -> bool:
    """Whether an authored text is not printed at all: it names something optional that is not there."""
    return any(name in OPTIONAL and not words[name] for name in PLACEHOLDER.findall(text))


def rows(facts: Facts, *, named: bool = True) -> tuple[tuple[str, str], ...]:
    """The quiet list under the name, the course and the time: term and description.

    A membership number tells who somebody is as much as a name does: it is left out where not `named`.
    """
    words = printed(facts)
    told = (
        ("Completed", words["completed"]),
        ("Valid until", words["expires"]),
        ("Membership", words["membership"] if named else ""),
        ("Edition", words["edition"]),
        ("About", words["summary"]),
        ("Outcomes", words["outcomes"]),
        ("Pass rule", words["pass_rule"]),
        ("Issued by", words["issuer"]),
        ("Code", words["code"]),
        ("Replaces", words["replaces"]),
        ("Check at", words["check_address"]),
    )
    return tuple((term, description) for term, description in told if description)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A certificate's words as a page shows them. `statement` follows "completed <course>"."""

    name: str
    course: str
    statement: str
    time: str
    time_note: str
    rows: tuple[tuple[str, str], ...]
    note: str
    specimen: bool


def on_screen(facts: Facts, *, named: bool = False) -> Sheet:
    """Every printed fact, worded as in print; the membership only where the reader may see whose it is."""
    words = printed(facts)
    return Sheet(
        name=words["name"],
        course=words["course"],
        statement=f"and {words['deed']}.",
        time=words["time"],
        time_note=f"({words['hours']}), {words['method']}",
        rows=rows(facts, named=named),
        note=words["note"],
        specimen=facts.specimen,
    )


def hours(minutes: int) -> str:
    """Minutes as decimal hours: 30 is 0.5 hours, 60 is 1 hour, 10 is 0.17 hours."""
    figure = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return f"{figure} {'hour' if figure == '1' else 'hours'}"


def check_address(facts: Facts) -> str:
    """Where to type the code, as a person would write it: learning.example.org/check."""
    parts = urlsplit(facts.check_url)
    return f"{parts.netloc}{parts.path.removesuffix('/' + facts.code)}"


def _completed(facts: Facts) -> str:
    if facts.started_on == facts.completed_on:
        return day_in_words(facts.completed_on)
    return f"{day_in_words(facts.completed_on)}, begun {day_in_words(facts.started_on)}"
