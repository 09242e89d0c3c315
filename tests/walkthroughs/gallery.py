"""Every page in every state that looks different: who sees it, where, and what they did there.

The measurements and the screenshots both go through this list, so a state is added in one place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_security.utils import hash_password
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from app.certification.revoking import revoke
from app.kernel.db import writing
from app.people.accounts import make_admin_link
from app.people.tables import Role, User
from app.web.shared.context import running_in
from tests.house.learner import Learner, Possessions
from tests.page import Page as Visitor
from tests.walkthroughs.journey import COURSE, GUESS, PASSWORD
from tests.walkthroughs.site import Form, Site

Act = Callable[[Page], None]
LONG_NAME = "Maximiliana Featherstonehaugh-Cholmondeley of Wolverhampton"
IN_ERROR = {
    *("sign-in-error", "register-error", "reset-error", "account-password-error", "test-intro-error"),
    *("question-multiple-error", "check-error", "check-name-error"),
}
NOBODYS_CODE = "0123456789ABCDEFGHJKMNPQRS"


@dataclass(frozen=True, kw_only=True)
class State:
    """One state of one page. `act` is done there; `status` is what the address answers before that."""

    name: str
    path: str
    who: str = "guest"
    act: Act | None = None
    status: int = 200

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Belongings:
    """What the people of the gallery have, as it stands in addresses."""

    passed: Possessions
    withdrawn: Possessions
    long_named: Possessions
    open: str
    missed: str
    ended: str
    welcome: str


def furnish(site: Site) -> Belongings:
    """Make the people of the gallery and what they have. Called once for a site."""
    with Session(site.engine, expire_on_commit=False) as session, site.app.app_context():
        with writing(session):
            welcome = make_admin_link(session, now=site.clock())
        people = _people(session, site.clock())
        learners = {name: Learner(site.app, session, site.clock, person) for name, person in people.items()}
        learners["lowri"].name = LONG_NAME
        belongings = Belongings(
            passed=learners["amira"].all_the_way(COURSE),
            withdrawn=learners["hal"].all_the_way(COURSE),
            long_named=learners["lowri"].all_the_way(COURSE),
            open=_begun(learners["ben"]),
            missed=_missed(learners["cara"]),
            ended=_ended(learners["dev"]),
            welcome=welcome,
        )
        learners["gwen"].read(COURSE)
        with writing(session):
            revoke(
                session,
                belongings.withdrawn.certificate,
                reason="awarded-in-error",
                by_id=None,
                now=site.clock(),
            )
    running_in(site.app).loop.wake()
    return belongings


def sign_in(site: Site, context: BrowserContext, who: str) -> None:
    """Give this browser the session of one of the people, as signing in would."""
    if who == "guest":
        return
    with Session(site.engine) as session:
        person = session.query(User).filter(User.email == f"{who}@homes.example").one()
        visitor = Visitor(site.app).sign_in(person)
    cookie = visitor.client.get_cookie(site.app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.address}])


def states(site: Site, have: Belongings) -> list[State]:
    """The whole gallery, in the order of the journeys."""
    return [
        *_reading(site),
        *_accounts(have),
        *_test(have),
        *_afterwards(have),
        *_staff_and_errors(),
    ]


def _reading(site: Site) -> list[State]:
    course = f"/courses/{COURSE}"
    lesson, fourth = f"{course}/what-it-is", f"{course}/what-goes-wrong"
    story, ladder, last = f"{course}/putting-it-right", f"{course}/the-ladder", f"{course}/your-next-step"
    right, wrong = site.practice(COURSE, GUESS)
    sort_right, sort_wrong = site.practice(COURSE, "ten-lines")
    decided = {"answer-repairs-panel-who-to-ask": ["partners"]}
    return [
        State(name="front", path="/"),
        State(name="front-learner", path="/", who="ben"),
        State(name="course", path=f"/courses/{COURSE}"),
        State(name="whole-course", path=f"/courses/{COURSE}/print"),
        State(name="course-learner", path=f"/courses/{COURSE}", who="ben"),
        State(name="lesson", path=lesson),
        State(name="lesson-learner", path=fourth, who="ben"),
        State(name="lesson-practice-right", path=lesson, act=_practise(GUESS, right)),
        State(name="lesson-practice-wrong", path=lesson, act=_practise(GUESS, wrong)),
        State(name="lesson-practice-empty", path=lesson, act=_practise(GUESS, {})),
        State(name="lesson-practice-saved", path=fourth, who="eve", act=_practise("ten-lines", sort_right)),
        State(name="lesson-practice-sorted", path=fourth, act=_practise("ten-lines", sort_wrong)),
        State(name="lesson-reflection-saved", path=f"{fourth}#your-project", who="amira"),
        State(name="lesson-checklist", path=f"{course}/before-you-invite"),
        State(name="lesson-checklist-learner", path=f"{course}/before-you-invite", who="amira"),
        State(name="lesson-in-the-room", path=f"{course}/in-the-room"),
        State(name="lesson-story", path=story),
        State(name="lesson-story-decided", path=story, act=_practise("repairs-panel", decided)),
        State(name="lesson-story-learner", path=story, who="eve"),
        State(name="lesson-ladder", path=ladder),
        State(name="lesson-ladder-learner", path=ladder, who="amira"),
        State(name="lesson-last", path=last),
        State(name="lesson-last-learner", path=last, who="amira"),
        State(name="completion", path=f"{course}/completion", who="cara"),
        State(name="completion-complete", path=f"{course}/completion", who="amira"),
        State(name="looking-back", path=f"{course}/looking-back", who="amira"),
        State(name="looking-back-missed", path=f"{course}/looking-back", who="cara"),
        State(name="this-device", path="/this-device"),
        State(name="sample-lesson", path="/courses/clear-letters/the-answer-first"),
        State(name="policy-privacy", path="/pages/privacy"),
        State(name="policy-accessibility", path="/pages/accessibility"),
        State(name="policy-terms", path="/pages/terms", who="ben"),
        State(name="policy-help", path="/pages/help"),
    ]


def _accounts(have: Belongings) -> list[State]:
    return [
        State(name="sign-in", path="/sign-in"),
        State(name="sign-in-error", path="/sign-in", act=_wrong_password),
        State(name="sign-in-code", path="/sign-in/code"),
        State(name="register", path="/register"),
        State(name="register-error", path="/register", act=_press_first),
        State(name="register-sent", path="/register", act=_register),
        State(name="confirm-again", path="/confirm"),
        State(name="confirm-over", path="/confirm/nonsense", status=404),
        State(name="reset", path="/reset"),
        State(name="reset-error", path="/reset", act=_press_first),
        State(name="reset-sent", path="/reset/sent"),
        State(name="welcome", path=f"/welcome/{have.welcome}"),
        State(name="sign-out", path="/sign-out", who="ben"),
        State(name="account", path="/account", who="amira"),
        State(name="account-name", path="/account/name", who="amira"),
        State(name="account-password", path="/account/password", who="amira"),
        State(name="account-password-error", path="/account/password", who="amira", act=_press_first),
        State(name="account-address", path="/account/address", who="amira"),
    ]


def _test(have: Belongings) -> list[State]:
    test, asked = f"/courses/{COURSE}/test", f"/attempts/{have.open}/questions"
    return [
        State(name="test-shut", path=test, who="finn"),
        State(name="test-intro", path=test, who="gwen"),
        State(name="test-intro-error", path=test, who="gwen", act=_start_without_pledge),
        State(name="test-open", path=test, who="ben"),
        State(name="test-passed", path=test, who="amira"),
        State(name="test-tomorrow", path=test, who="dev"),
        State(name="question-single", path=f"{asked}/1", who="ben"),
        State(name="question-multiple", path=f"{asked}/3", who="ben"),
        State(name="question-multiple-error", path=f"{asked}/3", who="ben", act=_choose_too_many),
        State(name="question-classify", path=f"{asked}/5", who="ben"),
        State(name="answers", path=f"/attempts/{have.open}/answers", who="ben"),
        State(name="result-missed", path=f"/attempts/{have.missed}", who="cara"),
        State(name="result-ended", path=f"/attempts/{have.ended}", who="dev"),
        State(name="result-passed", path=f"/attempts/{have.passed.attempt}", who="amira"),
    ]


def _afterwards(have: Belongings) -> list[State]:
    mine, check = have.passed.certificate, f"/check/{have.passed.certificate}"
    return [
        State(name="certificate", path=f"/certificates/{mine}", who="amira"),
        State(name="certificate-long", path=f"/certificates/{have.long_named.certificate}", who="lowri"),
        State(name="certificate-withdrawn", path=f"/certificates/{have.withdrawn.certificate}", who="hal"),
        State(name="my-cpd", path="/my-cpd", who="amira"),
        State(name="my-cpd-empty", path="/my-cpd", who="finn"),
        State(name="check", path="/check"),
        State(name="check-error", path="/check?code=seven", status=422),
        State(name="check-valid", path=check),
        State(name="check-match", path=check, act=_compare("Amira Osei-Bonsu")),
        State(name="check-no-match", path=check, act=_compare("Somebody Else")),
        State(name="check-name-error", path=check, act=_compare("")),
        State(name="check-withdrawn", path=f"/check/{have.withdrawn.certificate}"),
        State(name="check-unknown", path=f"/check/{NOBODYS_CODE}", status=404),
    ]


def _staff_and_errors() -> list[State]:
    return [
        State(name="studio-problems", path="/studio", who="edda"),
        State(name="studio-patterns", path="/studio/patterns", who="edda"),
        State(name="error-403", path="/studio", who="ben", status=403),
        State(name="error-404", path="/nowhere", status=404),
    ]


def _people(session: Session, now: datetime) -> dict[str, User]:
    names = {
        "amira": "Amira Osei-Bonsu",
        "ben": "Ben Whitlock",
        "cara": "Cara Nwosu",
        "dev": "Dev Patel",
        "edda": "Edda Lind",
        "eve": "Eve Marlowe",
        "finn": "Finn Gallagher",
        "gwen": "Gwen Price",
        "hal": "Hal Okafor",
        "lowri": "Lowri Featherstonehaugh",
    }
    hashed = str(hash_password(PASSWORD))
    with writing(session):
        people = {first: _person(first, name, hashed, now) for first, name in names.items()}
        people["edda"].roles.append(Role(name="editor"))
        session.add_all(people.values())
    return people


def _person(first: str, name: str, hashed: str, now: datetime) -> User:
    return User(
        full_name=name,
        email=f"{first}@homes.example",
        password=hashed,
        active=True,
        fs_uniquifier=f"{first}-of-the-gallery",
        confirmed_at=now,
        us_totp_secrets=None,
    )


def _begun(learner: Learner) -> str:
    """An open attempt with its first question answered."""
    learner.read(COURSE)
    code = learner.begin(COURSE)
    learner.answer(code, only=1)
    return code


def _missed(learner: Learner) -> str:
    """An attempt after a first round with two misses."""
    learner.read(COURSE)
    code = learner.begin(COURSE)
    learner.hand_in(COURSE, code, learner.answer(code, 2, 3))
    return code


def _ended(learner: Learner) -> str:
    """An attempt that ended with its third round."""
    learner.read(COURSE)
    code = learner.begin(COURSE)
    for last in (False, False, True):
        learner.hand_in(COURSE, code, learner.answer(code, 1))
        if not last:
            learner.read_again_and_go_on(COURSE, code)
    return code


def _press_first(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button").first.click()


def _wrong_password(page: Page) -> None:
    page.get_by_label("E-mail address", exact=True).fill("amira@homes.example")
    page.get_by_label("Password", exact=True).fill("not this one")
    _press_first(page)


def _register(page: Page) -> None:
    page.get_by_label("Your full name", exact=True).fill("Nia Bowen")
    page.get_by_label("E-mail address", exact=True).fill("nia@homes.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    _press_first(page)


def _start_without_pledge(page: Page) -> None:
    page.get_by_label("Name to print on your certificate", exact=True).fill("")
    _press_first(page)


def _choose_too_many(page: Page) -> None:
    for box in page.get_by_role("checkbox").all():
        box.check()
    _press_first(page)


def _compare(name: str) -> Act:
    def compare(page: Page) -> None:
        page.get_by_label("Name on the certificate", exact=True).fill(name)
        _press_first(page)

    return compare


def _practise(block: str, form: Form) -> Act:
    def practise(page: Page) -> None:
        panel = page.locator(f"[id='{block}']")
        for name, values in form.items():
            for value in values:
                ticked = panel.locator(f"[name='{name}'][value='{value}']")
                if ticked.count():
                    ticked.check()
                else:
                    panel.locator(f"[name='{name}']").select_option(value)
        panel.get_by_role("button").first.click()
        page.locator(f"[id='{block}'] :is(.feedback, .error)").first.wait_for()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)

    return practise
