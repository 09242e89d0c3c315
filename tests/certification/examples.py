"""Facts and a design for tests."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.certification.design import Design, read_design
from app.certification.facts import Facts

ROOT = Path(__file__).parents[2]
CODE = "7K4MQ2XD9TPAWZ5H3F8N0JRC6B"

FACTS = Facts(
    code=CODE,
    check_url=f"https://learning.example.org/check/{CODE}",
    specimen=False,
    printed_name="Amira Osei-Bonsu",
    course="co-production",
    title="Co-production in social housing",
    summary="How to recognise co-production.",
    nation="England",
    edition=3,
    revision_id=17,
    law_as_at=date(2026, 10, 1),
    outcomes=("Describe what marks co-production.", "Recognise five common pitfalls by name."),
    minutes=30,
    deed="answered every part of its test correctly",
    pass_rule="Every part of the test answered correctly, in three rounds at most.",
    issuer="Example Homes Learning",
    contact="learning@example.org",
    started_on=date(2026, 11, 20),
    completed_on=date(2026, 11, 22),
    completed_at=datetime(2026, 11, 22, 14, 2, tzinfo=UTC),
)


def facts(**changes: Any) -> Facts:
    return replace(FACTS, **changes)


def design_files(name: str = "standard") -> dict[str, bytes]:
    folder = ROOT / "certificates" / name
    return {f"certificates/{name}/{path.name}": path.read_bytes() for path in folder.iterdir()}


def standard_design() -> Design:
    design, problems = read_design(design_files())
    assert design is not None, problems
    return design
