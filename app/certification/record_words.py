"""How the record of learning behind a certificate is worded, section by section."""

from dataclasses import dataclass

from app.certification.facts import Facts
from app.certification.wording import METHOD, NOTE, printed
from app.kernel.codes import grouped

TITLE = "Record of learning"
NOT_CLAIMED = (
    "It says what one person learnt by one day, under the law as it then stood. It is not a licence, and not "
    "a reference: it does not say how they do their work."
)
SPECIMEN_NOTE = "This is a specimen from a trial installation. It is nobody’s certificate."
ATTACHED = "The same facts are attached to this file for machines to read."


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it: a list, rows of term and description, paragraphs, a link."""

    heading: str
    listed: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    address: str = ""
    address_words: str = ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """The page's words. `footer` stands at its foot, beside the number of the page."""

    title: str
    opening: str
    sections: tuple[Section, ...]
    footer: str


def record_of_learning(facts: Facts) -> Record:
    """Every fact of the certificate in its place; no row for what is not there."""
    words = printed(facts)
    sections = (
        Section(heading="What was learnt", listed=tuple(words["outcomes"].split("\n"))),
        Section(heading="How it was assessed", rows=_assessed(words)),
        Section(heading="The course", rows=_course(words)),
        Section(heading="The certificate", rows=_certificate(words)),
        Section(
            heading="How to check it",
            paragraphs=(ATTACHED,),
            address=facts.check_url,
            address_words=f"Type the code at {words['check_address']}, or follow this link.",
        ),
        Section(heading="What it does not claim", paragraphs=_not_claimed(facts)),
    )
    return Record(
        title=TITLE,
        opening=f"{words['name']}\n{words['course']}",
        sections=tuple(each for each in sections if each.rows or each.paragraphs or any(each.listed)),
        footer=f"Certificate {grouped(facts.code)}",
    )


def _assessed(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return _filled(
        ("Method", _sentence(METHOD)),
        ("Pass rule", words["pass_rule"]),
        ("Result", _sentence(words["deed"])),
    )


def _course(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return _filled(
        ("Edition", words["edition"]),
        ("Time", f"{words['time']} ({words['hours']})"),
        ("Completed", words["completed"]),
        ("Valid until", words["expires"]),
    )


def _certificate(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return _filled(
        ("Membership", words["membership"]),
        ("Issued by", words["issuer"]),
        ("Code", words["code"]),
        ("Replaces", words["replaces"]),
    )


def _not_claimed(facts: Facts) -> tuple[str, ...]:
    return ((SPECIMEN_NOTE,) if facts.specimen else ()) + (NOTE, NOT_CLAIMED)


def _filled(*rows: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((term, description) for term, description in rows if description)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
