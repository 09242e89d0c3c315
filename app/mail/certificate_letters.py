"""What holders are told of a certificate's life. Days come as words, addresses whole."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from app.mail.letters import LetterText, written


@dataclass(frozen=True, kw_only=True)
class About:
    """The certificate that a letter is about, and whom to ask."""

    name: str
    course_title: str
    completed_on: str
    certificate_url: str
    check_url: str
    contact: str


def withdrawn_letter(about: About, *, reason: str) -> LetterText:
    """It has been withdrawn. `reason` is a sentence to the holder."""
    return written("withdrawn", **asdict(about), reason=reason)


def reinstated_letter(about: About, *, reason: str) -> LetterText:
    """The withdrawal has been undone."""
    return written("reinstated", **asdict(about), reason=reason)


def replaced_letter(about: About, *, changes: Sequence[str], old_code: str, specimen: bool) -> LetterText:
    """Goes out with the new issue's PDF. `about` is the new issue, `old_code` the older one's."""
    return written("replaced", **asdict(about), changes=list(changes), old_code=old_code, specimen=specimen)


def name_kept_letter(about: About, *, asked_name: str, answer: str) -> LetterText:
    """The name that the holder asked for is not printed; `answer` says why."""
    return written("name-kept", **asdict(about), asked_name=asked_name, answer=answer)


def expiry_letter(about: About, *, expires_on: str, over: bool, course_url: str) -> LetterText:
    """It expires soon, or has expired (`over`)."""
    return written("expiry", **asdict(about), expires_on=expires_on, over=over, course_url=course_url)


def refresher_letter(
    about: About, *, message: str, law_as_at: str, refresher_title: str, refresher_url: str
) -> LetterText:
    """The law behind the course has changed: an invitation to something short."""
    return written(
        "refresher",
        **asdict(about),
        message=message,
        law_as_at=law_as_at,
        refresher_title=refresher_title,
        refresher_url=refresher_url,
    )
