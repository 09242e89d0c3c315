"""Every page in every state that looks different: who sees it, where, and what they did there.

The measurements and the screenshots both go through this list, so a state is added in one place.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from flask_security.utils import hash_password
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certification.name_requests import ask_for_name
from app.certification.revoking import revoke
from app.kernel.db import writing
from app.learning.keys_opened import open_keys
from app.learning.replacing import Wanted, replace_certificate
from app.learning.tables import KeyOpening
from app.library.answers_in_sight import answers_in_sight
from app.library.packing import pack
from app.people.accounts import give_role, make_admin_link
from app.people.tables import Role, User
from app.web.shared.context import running_in
from tests.house.learner import Learner, Possessions
from tests.page import Page as Visitor
from tests.walkthroughs.checks import NOBODYS_CODE, Checked, choose, issued_pdf, make_checked
from tests.walkthroughs.cpd_states import CPD_IN_ERROR, cpd_states, keep_cpd
from tests.walkthroughs.cpd_states import Kept as CpdKept
from tests.walkthroughs.drawn import draw_table
from tests.walkthroughs.follow_ups import answered, asked_for, stop_path
from tests.walkthroughs.journey import COURSE, GUESS, PASSWORD
from tests.walkthroughs.saves import LESSON, SMALL_COURSE, make_saves
from tests.walkthroughs.site import Form, Site

Act = Callable[[Page], None]
LONG_NAME = "Maximiliana Featherstonehaugh-Cholmondeley of Wolverhampton"
IN_ERROR = {
    *CPD_IN_ERROR,
    *("sign-in-error", "register-error", "reset-error", "account-password-error", "test-intro-error"),
    "account-erase-error",
    *("studio-block-error", "studio-question-error", "studio-settings-error"),
    *("studio-source-error", "studio-import-error"),
    *("question-multiple-error", "check-error", "check-name-error", "check-pdf-error"),
    *("follow-up-error", "follow-up-plan-error"),
    "studio-pictures-error",
    *("studio-design-error", "studio-design-no-room"),
    "studio-kept-text-error",
    "studio-answers-waiver-error",
    *("printed-name-error", "manage-withdrawal-error", "manage-replacement-same"),
}


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
    replaced: Possessions
    checked: Checked
    open: str
    missed: str
    ended: str
    uncertified: str
    opening: str
    welcome: str
    saves: tuple[int, int]
    cpd: CpdKept
    follow_up: str
    answered: str
    stop: str
    stopped: str


def furnish(site: Site) -> Belongings:
    """Make the people of the gallery and what they have. Called once for a site."""
    with Session(site.engine, expire_on_commit=False) as session, site.app.app_context():
        with writing(session):
            welcome = make_admin_link(session, now=site.clock())
        people = _people(session, site.clock())
        learners = {name: Learner(site.app, session, site.clock, person) for name, person in people.items()}
        learners["lowri"].name = LONG_NAME
        for first in ("edda", "olu"):
            _open_answers(session, people[first], site.clock())
        long_named = learners["lowri"].all_the_way(COURSE)
        belongings = Belongings(
            passed=learners["amira"].all_the_way(COURSE),
            withdrawn=learners["hal"].all_the_way(COURSE),
            replaced=learners["nia"].all_the_way(COURSE),
            long_named=long_named,
            checked=make_checked(site, session, long_named.certificate),
            open=_begun(learners["ben"]),
            missed=_missed(learners["cara"]),
            ended=_ended(learners["dev"]),
            uncertified=_passed_with_answers_open(learners["olu"]),
            opening=session.scalars(select(KeyOpening.code).filter_by(person_id=people["olu"].id)).one(),
            welcome=welcome,
            saves=make_saves(session, people["edda"].id, people["ben"].id, site.clock()),
            cpd=keep_cpd(session, people["amira"].id, site.clock()),
            follow_up=asked_for(site, session, people["ines"], 8),
            answered=answered(site, session, people["joan"], asked_for(site, session, people["joan"], 36)),
            stop=stop_path(site, session, people["ines"]),
            stopped=stop_path(site, session, people["joan"]),
        )
        learners["gwen"].read(COURSE)
        _open_answers(session, people["edda"], site.clock())
        draw_table(session, site, people["edda"])
        _ask_and_replace(session, site, belongings, people["lowri"])
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


def _ask_and_replace(session: Session, site: Site, have: Belongings, asks: User) -> None:
    """One holder has asked for another name; another one's certificate has been replaced."""
    code = have.long_named.certificate
    with writing(session):
        ask_for_name(session, person_id=asks.id, code=code, typed="Lowri Cholmondeley", now=site.clock())
    with writing(session):
        replace_certificate(
            session,
            have.replaced.certificate,
            Wanted(printed_name="Nia Price"),
            base_url=site.address,
            loopback=False,
            by_id=None,
            now=site.clock(),
        )


def _administer(site: Site, who: str) -> None:
    """Ada is an administrator only while she looks: a welcome link holds as long as there is none."""
    with Session(site.engine) as session, writing(session):
        ada = session.query(User).filter(User.email == "ada@homes.example").one()
        ada.roles.clear()
        session.flush()
        if who == "ada":
            give_role(session, ada, "admin")


def sign_in(site: Site, context: BrowserContext, who: str) -> None:
    """Give this browser the session of one of the people, as signing in would."""
    _administer(site, who)
    if who == "guest":
        return
    with Session(site.engine) as session:
        sign_in_person(site, context, session.query(User).filter_by(email=f"{who}@homes.example").one())


def sign_in_person(site: Site, context: BrowserContext, person: User) -> None:
    """The same for anybody with an account."""
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
        *_checks(site, have),
        *_follow_ups(have),
        *_saves(have),
        *_answers(have),
        *_managed(have),
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
        State(name="account-export", path="/account/export", who="amira"),
        State(name="account-erase", path="/account/erasure", who="edda"),
        State(name="account-erase-error", path="/account/erasure", who="amira", act=_press_first),
        State(name="account-erase-code", path="/account/erasure?sent=yes", who="otto"),
        State(name="account-erased", path="/account/erased"),
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
    mine = have.passed.certificate
    return [
        State(name="certificate", path=f"/certificates/{mine}", who="amira"),
        State(name="certificate-long", path=f"/certificates/{have.long_named.certificate}", who="lowri"),
        State(name="certificate-withdrawn", path=f"/certificates/{have.withdrawn.certificate}", who="hal"),
        State(name="my-cpd", path="/my-cpd", who="amira"),
        State(name="my-cpd-empty", path="/my-cpd", who="finn"),
    ]


def _checks(site: Site, have: Belongings) -> list[State]:
    mine, withdrawn = f"/check/{have.passed.certificate}", f"/check/{have.withdrawn.certificate}"
    states = {name: f"/check/{code}" for name, code in asdict(have.checked).items()}

    def drop(change: Callable[[bytes], bytes]) -> Act:
        return lambda page: choose(page, change(issued_pdf(site, have.passed.certificate)))

    return [
        *(
            State(name=name, path=path, who=who, act=act)
            for name, path, who, act in cpd_states(have.cpd, have.passed.attempt)
        ),
        State(name="check", path="/check"),
        State(name="check-error", path="/check?code=seven", status=422),
        State(name="check-pdf-error", path="/check", act=lambda page: choose(page, b"PK", "a.docx")),
        State(name="check-valid", path=mine),
        State(name="check-match", path=mine, act=_compare("Amira Osei-Bonsu")),
        State(name="check-no-match", path=mine, act=_compare("Somebody Else")),
        State(name="check-name-error", path=mine, act=_compare("")),
        State(name="check-withdrawn", path=withdrawn),
        *(State(name=f"check-{name}", path=path) for name, path in states.items()),
        State(name="check-unknown", path=f"/check/{NOBODYS_CODE}", status=404),
        State(name="check-pdf-untouched", path="/check", act=drop(lambda body: body)),
        State(name="check-pdf-elsewhere", path=withdrawn, act=drop(lambda body: body)),
        State(name="check-pdf-changed", path=mine, act=drop(lambda body: body + b"\n")),
        State(name="check-pdf-not-ours", path=mine, act=drop(lambda body: body[:-9])),
    ]


def _follow_ups(have: Belongings) -> list[State]:
    """Questions some weeks after the pass: as they come, refused, explained; and the ways to stop them."""
    page = f"/follow-ups/{have.follow_up}"
    return [
        State(name="completion-asked", path=f"/courses/{COURSE}/completion", who="ines"),
        State(name="account-letters", path="/account", who="ines"),
        State(name="follow-up", path=page, who="ines"),
        State(name="follow-up-error", path=page, who="ines", act=_answer_nothing),
        State(name="follow-up-plan-error", path=page, who="ines", act=_say_nothing),
        State(name="follow-up-answered", path=f"/follow-ups/{have.answered}", who="joan"),
        State(name="my-cpd-follow-ups", path="/my-cpd", who="joan"),
        State(name="stop", path=have.stop),
        State(name="stop-stopped", path=have.stopped),
        State(name="stop-unknown", path=f"/stop/{NOBODYS_CODE}", status=404),
    ]


def _answer_nothing(page: Page) -> None:
    page.get_by_role("button", name="Answer question 1", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()


def _say_nothing(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()


def _saves(have: Belongings) -> list[State]:
    """What was saved of a course, and what of it can be had back."""
    course, (first, kept) = f"/studio/courses/{SMALL_COURSE}", have.saves
    history = f"{course}/history"
    return [
        State(name="studio-history", path=history, who="edda"),
        State(name="studio-revision", path=f"{history}/{first}", who="edda"),
        State(name="studio-revision-file", path=f"{history}/{first}/files/{LESSON}", who="edda"),
        State(name="studio-differences", path=f"{course}/differences?from={kept}&to={first}", who="edda"),
        State(name="studio-kept-text", path=f"{course}/kept/{kept}", who="edda"),
        State(name="studio-kept-text-error", path=f"{course}/kept/{kept}", who="edda", act=_write_nothing),
    ]


def _answers(have: Belongings) -> list[State]:
    """Answers opened by editors: what it costs them, and who lets that go."""
    course, answers = f"/courses/{COURSE}", f"/studio/courses/{COURSE}/answers"
    waiver = f"{answers}/{have.opening}/waiver"
    return [
        State(name="test-answers-open", path=f"{course}/test", who="edda"),
        State(name="result-uncertified", path=f"/attempts/{have.uncertified}", who="olu"),
        State(name="completion-uncertified", path=f"{course}/completion", who="olu"),
        State(name="my-cpd-uncertified", path="/my-cpd", who="olu"),
        State(name="studio-answers-ask", path=f"/studio/courses/{COURSE}/questions", who="pia"),
        State(name="studio-answers", path=answers, who="edda"),
        State(name="studio-answers-waiver", path=waiver, who="edda"),
        State(name="studio-answers-waiver-error", path=waiver, who="edda", act=_press_first),
    ]


def _managed(have: Belongings) -> list[State]:
    """Certificates as whoever answers for them sees them, and what their holders see of that."""
    managed = "/manage/certificates"
    hers, named = f"{managed}/{have.passed.certificate}", f"{managed}/{have.long_named.certificate}"
    gone, law = f"{managed}/{have.withdrawn.certificate}", "/manage/law-changes"
    asked, named_so = f"{law}?course={COURSE}&changed_on=2039-01-01", f"{hers}/replacement?printed_name="
    own = f"/certificates/{have.long_named.certificate}"
    return [
        State(name="certificate-name-asked", path=own, who="lowri"),
        State(name="certificate-replaced", path=f"/certificates/{have.replaced.certificate}", who="nia"),
        State(name="printed-name", path=f"{own}/printed-name", who="lowri"),
        State(name="printed-name-error", path=f"{own}/printed-name", who="lowri", act=_name_nothing),
        State(name="manage-certificates", path=managed, who="ada"),
        State(name="manage-certificates-none", path=f"{managed}?q=nobody", who="ada"),
        State(name="manage-dossier", path=hers, who="ada"),
        State(name="manage-dossier-asked", path=named, who="ada"),
        State(name="manage-dossier-withdrawn", path=gone, who="ada"),
        State(name="manage-withdrawal", path=f"{hers}/withdrawal", who="ada"),
        State(name="manage-withdrawal-error", path=f"{hers}/withdrawal", who="ada", act=_press_first),
        State(name="manage-reinstatement", path=f"{gone}/reinstatement", who="ada"),
        State(name="manage-replacement", path=f"{hers}/replacement", who="ada"),
        State(name="manage-replacement-changes", path=f"{named_so}Amira+Bonsu", who="ada"),
        State(name="manage-replacement-same", path=named_so, who="ada", status=422),
        State(name="manage-name-request", path=f"{named}/name-request", who="ada"),
        State(name="manage-law-changes", path=law, who="ada"),
        State(name="manage-law-changes-found", path=asked, who="ada"),
        State(name="manage-refresher-letter", path=asked, who="ada", act=_look_at_letter),
    ]


def _name_nothing(page: Page) -> None:
    page.get_by_label("Name to print").fill("")
    _press_first(page)


def _look_at_letter(page: Page) -> None:
    page.get_by_role("button", name="Look at the letter").click()
    expect(page.locator("h1")).to_have_text("The letter before it is sent")


def _staff_and_errors() -> list[State]:
    play = f"/studio/courses/{COURSE}/play"
    course = "/studio/courses/co-production"
    return [
        State(name="studio-problems", path="/studio", who="edda"),
        State(name="studio-new-course", path="/studio/courses/new", who="edda"),
        State(name="studio-new-lesson", path=f"{course}/lessons/new", who="edda"),
        State(name="studio-move-lesson", path=f"{course}/lessons/in-the-room/move", who="edda"),
        State(name="studio-retire-lesson", path=f"{course}/lessons/in-the-room/retire", who="edda"),
        State(name="studio-patterns", path="/studio/patterns", who="edda"),
        *_forms(),
        State(name="play-asked", path=f"{play}/evening-lounge", who="edda"),
        State(name="play-wrong", path=f"{play}/evening-lounge", who="edda", act=_play("See a wrong answer")),
        State(name="play-right", path=f"{play}/evening-lounge", who="edda", act=_play("See a right answer")),
        State(
            name="play-practice", path=f"{play}/which-principle", who="edda", act=_play("See a wrong answer")
        ),
        State(name="preview", path=f"/studio/courses/{COURSE}/preview", who="edda"),
        State(name="preview-begun", path=f"/studio/courses/{COURSE}/preview", who="edda", act=_press_first),
        State(
            name="preview-dark",
            path=f"/studio/courses/{COURSE}/preview?page=what-it-is&width=tablet&look=dark&scripts=none",
            who="edda",
            act=_press_first,
        ),
        State(name="preview-lesson", path=f"/studio/courses/{COURSE}/preview", who="edda", act=_see_draft),
        *_files(f"/studio/courses/{COURSE}"),
        *_pictures(),
        *_designs("/studio/designs/standard"),
        State(name="error-403", path="/studio", who="ben", status=403),
        State(name="error-404", path="/nowhere", status=404),
    ]


def _forms() -> list[State]:
    """The forms of the studio."""
    lesson = f"/studio/courses/{COURSE}/lessons/putting-it-right/blocks"
    return [
        State(name="studio-block-kinds", path=f"{lesson}/new", who="edda"),
        State(name="studio-block-new", path=f"{lesson}/new?kind=figure", who="edda"),
        State(name="studio-block-error", path=f"{lesson}/new?kind=scenario", who="edda", act=_save_form),
        State(name="studio-block", path=f"{lesson}/repairs-panel", who="edda"),
        State(name="studio-settings", path=f"/studio/courses/{COURSE}/settings", who="edda"),
        State(
            name="studio-settings-error", path=f"/studio/courses/{COURSE}/settings", who="edda", act=_no_title
        ),
        *_writing(),
        *_questions(f"/studio/courses/{COURSE}"),
    ]


def _files(course: str) -> list[State]:
    """A course as files: its source, and one brought in."""
    file = f"{course}/source/content/{COURSE}/course.yml"
    return [
        State(name="studio-source", path=f"{course}/source", who="edda"),
        State(name="studio-source-file", path=file, who="edda"),
        State(name="studio-source-error", path=file, who="edda", act=_save_nothing),
        State(name="studio-import", path="/studio/import", who="edda"),
        State(name="studio-import-error", path="/studio/import", who="edda", act=_press_first),
        State(name="studio-import-compare", path="/studio/import", who="edda", act=_bring_in),
    ]


def _writing() -> list[State]:
    """A lesson while it is written. What is saved is the sample course: the shipped one stays as it is."""
    lesson = f"/studio/courses/{COURSE}/lessons/in-the-room"
    sample = "/studio/courses/clear-letters/lessons/the-answer-first"
    return [
        State(name="studio-lesson", path=lesson, who="edda"),
        State(name="studio-lesson-problems", path=lesson, who="edda", act=_mistype),
        State(name="studio-lesson-preview", path=lesson, who="edda", act=_preview),
        State(name="studio-lesson-shown", path=f"{lesson}/shown", who="edda"),
        State(name="studio-lesson-clash", path=sample, who="edda", act=_save_at_once),
    ]


def _mistype(page: Page) -> None:
    page.get_by_label("Minutes").evaluate("field => { field.value = 'many'; }")
    page.get_by_label("Text of the lesson").fill("## One\n\n<b>Loud</b>\n")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("Checked.")).to_be_visible()


def _preview(page: Page) -> None:
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator(".lesson-shown")).to_be_visible()


SOMEBODY_ELSE = """async (form) => {
  const given = new URLSearchParams(new FormData(form));
  given.set("text", `${given.get("text")}\\nFrom somebody else, ${Date.now()}.\\n`);
  given.set("deed", "save");
  await fetch(location.pathname, { method: "POST", body: given });
}"""


def _save_at_once(page: Page) -> None:
    page.locator("form[data-check]").evaluate(SOMEBODY_ELSE)
    page.get_by_label("Text of the lesson").fill("## Mine\n\nAnother text.\n")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two texts of")


def _questions(course: str) -> list[State]:
    questions, slot = f"{course}/questions", f"{course}/slots"
    new = f"{questions}/new?slot=missing-principle&type=multiple-response"
    return [
        State(name="studio-questions", path=questions, who="edda"),
        State(name="studio-question-types", path=f"{questions}/new?slot=missing-principle", who="edda"),
        State(name="studio-question-error", path=new, who="edda", act=_save_form),
        State(name="studio-question", path=f"{questions}/empty-homes", who="edda"),
        State(name="studio-question-move", path=f"{questions}/empty-homes/move", who="edda"),
        State(name="studio-question-retire", path=f"{questions}/empty-homes/retirement", who="edda"),
        State(name="studio-slot", path=f"{slot}/missing-principle", who="edda"),
        State(name="studio-slot-new", path=f"{slot}/new?type=single-choice", who="edda"),
    ]


def _pictures() -> list[State]:
    pictures = f"/studio/courses/{COURSE}/pictures"
    table = f"{pictures}/round-table.svg?words=A round table with six places and no head"
    return [
        State(name="studio-pictures", path=pictures, who="edda"),
        State(name="studio-pictures-error", path=pictures, who="edda", act=_add_nothing),
        State(name="studio-picture", path=table, who="edda"),
    ]


def _designs(design: str) -> list[State]:
    """A certificate's design. What is typed is not saved: certificates of the gallery use it."""
    name = f"{design}/fields/3"
    return [
        State(name="studio-design", path=design, who="edda"),
        State(name="studio-design-new", path="/studio/designs/new", who="edda"),
        State(name="studio-design-look", path=f"{design}/look", who="edda"),
        State(name="studio-design-field", path=name, who="edda"),
        State(name="studio-design-preview", path=name, who="edda", act=_preview_design(size="30")),
        State(name="studio-design-error", path=name, who="edda", act=_preview_design(size="huge")),
        State(name="studio-design-no-room", path=name, who="edda", act=_preview_design(smallest="40")),
        State(name="studio-design-list", path=f"{design}/fields/7", who="edda"),
        State(name="studio-design-kinds", path=f"{design}/fields/new", who="edda"),
        State(name="studio-design-new-field", path=f"{design}/fields/new?kind=text", who="edda"),
        State(name="studio-design-sample", path=f"{design}/sample", who="edda"),
        State(name="studio-design-pictures", path=f"{design}/pictures", who="edda"),
        State(name="studio-design-publication", path=f"{design}/publication", who="edda"),
    ]


def _preview_design(**typed: str) -> Act:
    def act(page: Page) -> None:
        for name, value in typed.items():
            page.locator(f"#design-form [name='{name}']").fill(value)
        page.locator("#design-form").get_by_role("button", name="Preview", exact=True).click()
        expect(page.locator(".error-summary, .notice").first).to_be_visible()

    return act


def _add_nothing(page: Page) -> None:
    page.get_by_role("button", name="Add the picture").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _people(session: Session, now: datetime) -> dict[str, User]:
    names = {
        "ada": "Ada Fenwick",
        "amira": "Amira Osei-Bonsu",
        "ben": "Ben Whitlock",
        "cara": "Cara Nwosu",
        "dev": "Dev Patel",
        "edda": "Edda Lind",
        "eve": "Eve Marlowe",
        "finn": "Finn Gallagher",
        "gwen": "Gwen Price",
        "ines": "Ines Duarte",
        "joan": "Joan Whitaker",
        "hal": "Hal Okafor",
        "lowri": "Lowri Featherstonehaugh",
        "nia": "Nia Bevan",
        "olu": "Olu Adeyemi",
        "otto": "Otto Brandt",
        "pia": "Pia Novak",
    }
    hashed = str(hash_password(PASSWORD))
    with writing(session):
        people = {first: _person(first, name, hashed, now) for first, name in names.items()}
        editor = Role(name="editor")
        for first in ("edda", "olu", "pia"):
            people[first].roles.append(editor)
        people["otto"].password = None
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


def _open_answers(session: Session, editor: User, now: datetime) -> None:
    """The editor has seen the answers of the test."""
    seen = answers_in_sight(session, COURSE)
    with writing(session):
        open_keys(
            session,
            person_id=editor.id,
            course=COURSE,
            edition=seen.edition,
            questions=seen.questions,
            now=now,
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


def _write_nothing(page: Page) -> None:
    page.get_by_label("Or put the best of both together").fill("")
    with page.expect_navigation():
        page.get_by_role("button", name="Use the text that I wrote").click()


def _passed_with_answers_open(learner: Learner) -> str:
    """An attempt that was passed at once."""
    learner.read(COURSE)
    code = learner.begin(COURSE)
    assert learner.hand_in(COURSE, code, learner.answer(code)).passed
    return code


def _press_first(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button").first.click()


def _save_form(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form .row button[value=save]").last.click()


def _no_title(page: Page) -> None:
    page.get_by_label("Title", exact=True).first.fill("")
    _save_form(page)


def _play(words: str) -> Act:
    def play(page: Page) -> None:
        page.get_by_role("link", name=words).click()

    return play


def _see_draft(page: Page) -> None:
    _press_first(page)
    page.get_by_role("link", name="Open this page by itself").click()
    page.locator(".draft-banner").wait_for()


def _save_nothing(page: Page) -> None:
    page.get_by_label("The file", exact=True).fill("")
    _press_first(page)


def _bring_in(page: Page) -> None:
    """A course of the same name, of which only the first file is left."""
    first = pack({f"content/{COURSE}/course.yml": b"title: Brought in\n"})
    file = {"name": "course.zip", "mimeType": "application/zip", "buffer": first}
    page.get_by_label("The course, as one zip file", exact=True).set_input_files([file])
    _press_first(page)


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
