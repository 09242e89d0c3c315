"""The facts of one certificate, frozen when it is awarded. Page, PDF, letter and check page repeat these."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What was so on the day. No later change of the course, the person or the settings reaches it.

    `deed` ends the sentence "Amira completed Co-production and ...". `completed_at` is UTC; the two days are
    those of the site's time zone. `check_url` is the whole address of this certificate's check page.
    `expires_on` is the last day on which it is valid, where its course sets one. `membership` is the
    professional body and number that the person gave. `replaces` is the code of the issue before this one.
    """

    code: str
    check_url: str
    specimen: bool
    printed_name: str
    course: str
    title: str
    summary: str
    nation: str
    edition: int
    revision_id: int
    law_as_at: date
    outcomes: tuple[str, ...]
    minutes: int
    deed: str
    pass_rule: str
    issuer: str
    contact: str
    started_on: date
    completed_on: date
    completed_at: datetime
    expires_on: date | None = None
    membership: str = ""
    replaces: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        plain: dict[str, Any] = _FACTS.dump_python(self, mode="json")
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Facts":
        """The facts as they were stored. Raises ValueError where a row was meddled with."""
        try:
            return _FACTS.validate_python(plain)
        except ValidationError as error:
            # The library's own words quote the values, and a name is not for the log.
            wrong = ", ".join(".".join(map(str, each["loc"])) for each in error.errors(include_input=False))
            raise ValueError(f"these facts cannot be read: {wrong}") from None


_FACTS = TypeAdapter(Facts)
