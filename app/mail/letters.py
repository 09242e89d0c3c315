"""What the letters say: one function a letter, one folder of three templates beside it."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "letters"),
    undefined=StrictUndefined,
    autoescape=select_autoescape(["html"]),
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, kw_only=True)
class LetterText:
    """A letter's words. `text` says everything; `html` says the same for those who read HTML."""

    subject: str
    text: str
    html: str = ""


def certificate_letter(
    *, name: str, course_title: str, minutes: int, certificate_url: str, check_url: str, specimen: bool
) -> LetterText:
    """Goes out with the certificate's PDF as soon as somebody has passed."""
    return written(
        "certificate",
        name=name,
        course_title=course_title,
        duration=duration(minutes),
        certificate_url=certificate_url,
        check_url=check_url,
        specimen=specimen,
    )


def duration(minutes: int) -> str:
    """Minutes in words, with hours from 60 on: "95 minutes (1 hour 35 minutes)"."""
    words = _count(minutes, "minute")
    if minutes < 60:
        return words
    hours, rest = divmod(minutes, 60)
    in_hours = _count(hours, "hour") + (f" {_count(rest, 'minute')}" if rest else "")
    return f"{words} ({in_hours})"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def written(letter: str, **facts: object) -> LetterText:
    """The letter of this folder with these facts in it."""

    def part(template: str) -> str:
        return _TEMPLATES.get_template(f"{letter}/{template}").render(facts)

    return LetterText(
        subject=" ".join(part("subject.txt").split()),
        text=part("body.txt").strip() + "\n",
        html=part("body.html").strip() + "\n",
    )
