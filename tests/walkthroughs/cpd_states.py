"""My CPD in every state: a record of two years with files, a goal and a membership; each of its forms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from app.kernel.codes import new_code
from app.kernel.db import writing
from app.learning.cpd import Goal, Kind, Membership
from app.learning.cpd_activities import Activity, add_activity
from app.learning.evidence import keep_evidence
from app.learning.evidence_files import read_file
from app.learning.goals import save_goal
from app.learning.membership import save_membership

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CPD_IN_ERROR = {"cpd-add-error", "cpd-evidence-error", "cpd-membership-error", "cpd-goal-error"}
DONE = (
    ("Damp and mould: the first visit", "webinar", date(2026, 5, 6), 90, "structured"),
    (
        "Listening well when somebody is angry, and what to do with what you hear",
        "reading",
        date(2026, 3, 2),
        45,
        "self-directed",
    ),
    ("Regional housing conference", "conference", date(2025, 10, 14), 330, "structured"),
    ("Shadowing the repairs team", "mentoring", date(2025, 6, 3), 180, "self-directed"),
)


@dataclass(frozen=True)
class Kept:
    """What is in addresses: an activity with a file."""

    activity: str
    file: str


def keep_cpd(session: Session, person_id: int, now: datetime) -> Kept:
    """Amira's record besides her course."""
    mine = {"person_id": person_id, "now": now}
    with writing(session):
        codes = [_add(session, mine, *told) for told in DONE]
        files = [
            keep_evidence(session, code=codes[0], file=read_file(name, PDF), **mine)
            for name in ("The programme.pdf", "門の鍵.pdf", "x" * 80)
        ]
        save_goal(session, goal=Goal(minutes=1200), **mine)
        body = "CIH"
        save_membership(session, membership=Membership(body=body, number="0012345"), **mine)
    return Kept(codes[0], files[0])


def _add(session: Session, mine: dict, title: str, method: str, day: date, minutes: int, kind: Kind) -> str:
    told = Activity(
        title=title,
        provider="A housing network",
        method=method,
        done_on=day,
        minutes=minutes,
        kind=kind,
        objective="Know what to look for, and what to say.",
        outcome="I now ask about the airing last, and about the leak first.",
    )
    return add_activity(session, code=new_code(), told=told, today=mine["now"].date(), **mine)


def cpd_states(kept: Kept, attempt: str) -> list[tuple[str, str, str, Callable[[Page], None] | None]]:
    """Name, path, who, and what is done there."""
    entry, course = f"/my-cpd/entries/{kept.activity}", f"/my-cpd/entries/{attempt}"
    return [
        ("my-cpd", "/my-cpd", "amira", None),
        ("my-cpd-empty", "/my-cpd", "finn", None),
        ("cpd-add", "/my-cpd/add", "amira", None),
        ("cpd-add-error", "/my-cpd/add", "amira", _press("Add to my record")),
        ("cpd-entry", entry, "amira", None),
        ("cpd-entry-course", course, "amira", None),
        ("cpd-change", f"{entry}/change", "amira", None),
        ("cpd-note", f"{course}/change", "amira", None),
        ("cpd-removal", f"{entry}/removal", "amira", None),
        ("cpd-evidence", f"{entry}/evidence", "amira", None),
        ("cpd-evidence-error", f"{entry}/evidence", "amira", _press("Add the file")),
        ("cpd-evidence-removal", f"{entry}/evidence/{kept.file}/removal", "amira", None),
        ("cpd-goal", "/my-cpd/goal", "amira", None),
        ("cpd-goal-error", "/my-cpd/goal", "amira", _type("Hours", "many", "Save the goal")),
        ("cpd-membership", "/my-cpd/membership", "amira", None),
        ("cpd-membership-error", "/my-cpd/membership", "amira", _type("Membership number", "", "Save")),
        ("cpd-export", "/my-cpd/export", "amira", None),
    ]


def _press(button: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("alert")).to_be_visible()

    return act


def _type(field: str, text: str, button: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_label(field, exact=True).fill(text)
        _press(button)(page)

    return act
