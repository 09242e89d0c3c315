"""The record as JSON, in a shape with a version, which `cpd-record.md` beside this explains. Pure."""

import json
from typing import Any

from app.learning.cpd import KINDS, Entry, Year
from app.learning.cpd_export import Export

FORMAT, VERSION = "rung-cpd-record", 1


def as_json(export: Export) -> bytes:
    """The file, in UTF-8."""
    return (json.dumps(shape(export), ensure_ascii=False, indent=2) + "\n").encode()


def shape(export: Export) -> dict[str, Any]:
    """The record in plain values."""
    member = export.membership
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_on": export.made_on.isoformat(),
        "person": {
            "name": export.name,
            "membership": {"body": member.body, "number": member.number} if member else None,
        },
        "goal_minutes": export.goal.minutes or None,
        "years": [_year(year) for year in export.years],
        "entries": [_entry(entry) for entry in export.entries],
    }


def _year(year: Year) -> dict[str, Any]:
    return {
        "title": year.title,
        "first_on": year.first_on.isoformat(),
        "minutes": year.minutes,
        "minutes_by_type": {kind: year.minutes_of(kind) for kind in KINDS},
    }


def _entry(entry: Entry) -> dict[str, Any]:
    proof = entry.proof
    return {
        "code": entry.code,
        "source": "course" if entry.course else "elsewhere",
        "course": entry.course or None,
        "edition": entry.edition,
        "subject": entry.title,
        "provider": entry.provider,
        "method": entry.method,
        "done_on": entry.on.isoformat(),
        "minutes": entry.minutes,
        "minutes_counted": entry.counted,
        "type": entry.kind,
        "type_decided": entry.decided,
        "objective": entry.objective,
        "outcome": entry.outcome,
        "certificate": {
            "code": proof.code,
            "state": entry.state,
            "check_url": proof.check_url,
            "completed_on": proof.completed_on.isoformat(),
            "expires_on": proof.expires_on.isoformat() if proof.expires_on else None,
            "specimen": proof.specimen,
        }
        if proof
        else None,
        "evidence": [{"code": file.code, "name": file.name, "bytes": file.size} for file in entry.evidence],
    }
