"""A certificate's facts for machines to read: what is printed, and nothing else."""

import json
from typing import Any

from app.certification.facts import Facts
from app.certification.metadata import Attachment
from app.certification.wording import KIND, METHOD, NOTE

NAME = "certificate.json"
DESCRIPTION = "The facts that this certificate prints, for machines to read"


def facts_file(facts: Facts) -> Attachment:
    """The file that lies in the PDF."""
    told = json.dumps(_told(facts), ensure_ascii=False, indent=1)
    return Attachment(name=NAME, body=told.encode(), media_type="application/json", description=DESCRIPTION)


def _told(facts: Facts) -> dict[str, Any]:
    """Plain values, days as ISO 8601. What is not there has no key."""
    told = {
        "kind": KIND,
        "code": facts.code,
        "check_at": facts.check_url,
        "specimen": facts.specimen,
        "name": facts.printed_name,
        "membership": facts.membership,
        "course": facts.title,
        "summary": facts.summary,
        "outcomes": list(facts.outcomes),
        "edition": facts.edition,
        "law_as_at": facts.law_as_at.isoformat(),
        "nation": facts.nation,
        "minutes": facts.minutes,
        "method": METHOD,
        "pass_rule": facts.pass_rule,
        "result": facts.deed,
        "begun_on": facts.started_on.isoformat(),
        "completed_on": facts.completed_on.isoformat(),
        "expires_on": facts.expires_on.isoformat() if facts.expires_on else "",
        "replaces": facts.replaces,
        "issuer": facts.issuer,
        "contact": facts.contact,
        "note": NOTE,
    }
    return {key: value for key, value in told.items() if value not in ("", [])}
