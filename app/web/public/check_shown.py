"""What a checker is shown of a certificate: on a page, and as JSON for programs. Both say the same."""

from datetime import date, datetime
from typing import Any

from app.certification.facts import Facts
from app.certification.verification import Verdict
from app.certification.wording import NOTE, on_screen
from app.kernel.clock import day_in_words, local_day
from app.web.shared.context import settings

PERSONAL = ("printed_name", "membership")  # facts that name the holder
INSIDE = (
    "code",
    "check_url",
    "specimen",
    "revision_id",
    "completed_at",
    "expires_on",
)  # or told otherwise

HEADINGS = {
    "valid": "This certificate is valid",
    "expired": "This certificate has expired",
    "replaced": "This certificate has been replaced",
    "withdrawn": "This certificate has been withdrawn",
    "erased": "We issued this certificate, and no longer know to whom",
    "specimen": "This is a specimen",
    "unknown": "We know no certificate with this code",
}


def sentences(found: Verdict) -> list[str]:
    """How a certificate stands, in words: the state first, then whatever else is true of it."""
    facts = found.facts
    if facts is None:
        return []
    told = {
        "valid": "We issued it, and it stands.",
        "expired": f"We issued it. It was valid until {_expiry(facts)}, and is not any more.",
        "replaced": f"We issued it, and on {_day(found.replaced_at)} issued a newer one in its place. "
        "Ask its holder for that one.",
        "withdrawn": f"We withdrew it on {_day(found.withdrawn_at)}. {found.reason} "
        "It no longer shows that anything was learned.",
        "erased": "We issued a certificate with this code for what stands below. What we knew of its holder "
        "has since been erased, so we can neither show nor compare a name.",
        "specimen": "It comes from a trial installation, and is not a record of learning.",
    }
    more = []
    if found.state == "valid" and facts.expires_on:
        more.append(f"It is valid until {_expiry(facts)}.")
    if found.state == "erased" and facts.expires_on:
        more.append(f"It is dated as valid until {_expiry(facts)}.")
    if found.reinstated_at and found.state != "withdrawn":
        more.append(f"It had been withdrawn, and has stood again since {_day(found.reinstated_at)}.")
    if found.erased and found.state != "erased":
        more.append("Its holder's name has since been erased, so we can neither show nor compare one.")
    return [told[found.state], *more]


def rows(found: Verdict) -> list[tuple[str, str]]:
    """Every printed fact, so that a changed document can be told; whose it is only if that may be shown."""
    if found.facts is None:
        return []
    sheet = on_screen(found.facts, named=found.name_shown)
    return [
        *([("Name", sheet.name)] if found.name_shown else []),
        ("Course", sheet.course),
        ("Result", f"Completed {sheet.statement}"),
        ("CPD time", f"{sheet.time} {sheet.time_note}"),
        *sheet.rows,
    ]


def as_json(found: Verdict) -> dict[str, Any]:
    """The same for programs. The README says what each key means."""
    if found.facts is None:
        return {"state": found.state}
    facts = found.facts.to_json()
    shown = facts.keys() - {*INSIDE, *(() if found.name_shown else PERSONAL)}
    return {
        "state": found.state,
        "code": found.code,
        "expires_on": facts["expires_on"],
        "withdrawn_on": _iso(found.withdrawn_at),
        "reason": found.reason or None,
        "reinstated_on": _iso(found.reinstated_at),
        "replaced_on": _iso(found.replaced_at),
        "holder_erased": found.erased,
        "certificate": {name: facts[name] for name in sorted(shown)} | {"note": NOTE},
    }


def _expiry(facts: Facts) -> str:
    return day_in_words(facts.expires_on) if facts.expires_on else ""


def _day(moment: datetime | None) -> str:
    return day_in_words(_local(moment)) if moment else ""


def _iso(moment: datetime | None) -> str | None:
    return _local(moment).isoformat() if moment else None


def _local(moment: datetime) -> date:
    return local_day(moment, settings().time_zone)
