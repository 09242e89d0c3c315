"""Every page in every state, measured in a real browser: access, reach, room, and what stays in sight."""

import pytest
from playwright.sync_api import Browser

from tests.walkthroughs.gallery import IN_ERROR, State
from tests.walkthroughs.measuring import Measured, measure
from tests.walkthroughs.site import Site

pytestmark = pytest.mark.browser

PROSE = {"lesson", "lesson-learner", "course", "policy-privacy", "policy-help"}
NAMES = (
    *("front", "front-learner", "course", "course-learner", "lesson", "lesson-learner"),
    *("lesson-practice-right", "lesson-practice-wrong", "lesson-practice-empty", "lesson-practice-saved"),
    *("lesson-practice-sorted", "lesson-reflection-saved", "whole-course", "sample-lesson"),
    *("lesson-checklist", "lesson-checklist-learner", "lesson-in-the-room", "lesson-story"),
    *("lesson-story-decided", "lesson-story-learner", "lesson-ladder", "lesson-ladder-learner"),
    *("lesson-last", "lesson-last-learner", "completion", "completion-complete", "looking-back"),
    *("looking-back-missed", "this-device"),
    *("policy-privacy", "policy-accessibility", "policy-terms", "policy-help"),
    *("sign-in", "sign-in-error", "sign-in-code", "register", "register-error", "register-sent"),
    *("confirm-again", "confirm-over", "reset", "reset-error", "reset-sent", "welcome", "sign-out"),
    *("account-export", "account-erase", "account-erase-error", "account-erase-code", "account-erased"),
    *("account", "account-name", "account-password", "account-password-error", "account-address"),
    *("test-shut", "test-intro", "test-intro-error", "test-open", "test-passed", "test-tomorrow"),
    *("question-single", "question-multiple", "question-multiple-error", "question-classify", "answers"),
    *("result-missed", "result-ended", "result-passed"),
    *("certificate", "certificate-long", "certificate-withdrawn", "my-cpd", "my-cpd-empty"),
    *("cpd-add", "cpd-add-error", "cpd-entry", "cpd-entry-course", "cpd-change", "cpd-note", "cpd-removal"),
    *("cpd-evidence", "cpd-evidence-error", "cpd-evidence-removal", "cpd-goal", "cpd-goal-error"),
    *("cpd-membership", "cpd-membership-error", "cpd-export"),
    *("check", "check-error", "check-valid", "check-match", "check-no-match", "check-name-error"),
    *("check-withdrawn", "check-expired", "check-replaced", "check-reinstated", "check-erased"),
    *("check-specimen", "check-unknown", "check-pdf-untouched", "check-pdf-elsewhere", "check-pdf-changed"),
    *("check-pdf-not-ours", "check-pdf-error"),
    *("completion-asked", "account-letters", "follow-up", "follow-up-error", "follow-up-plan-error"),
    *("follow-up-answered", "my-cpd-follow-ups", "stop", "stop-stopped", "stop-unknown"),
    *("certificate-name-asked", "certificate-replaced", "printed-name", "printed-name-error"),
    *("manage-certificates", "manage-certificates-none", "manage-dossier", "manage-dossier-asked"),
    *("manage-dossier-withdrawn", "manage-withdrawal", "manage-withdrawal-error", "manage-reinstatement"),
    *("manage-replacement", "manage-replacement-changes", "manage-replacement-same"),
    *("manage-name-request", "manage-law-changes", "manage-law-changes-found", "manage-refresher-letter"),
    *("studio-block-kinds", "studio-block-new", "studio-block-error", "studio-block"),
    *("studio-settings", "studio-settings-error", "studio-questions", "studio-question-types"),
    *("studio-question-error", "studio-question", "studio-question-move", "studio-question-retire"),
    *("studio-slot", "studio-slot-new"),
    *("studio-source", "studio-source-file", "studio-source-error"),
    *("studio-import", "studio-import-error", "studio-import-compare"),
    *("studio-problems", "studio-patterns", "preview", "preview-begun", "preview-dark", "preview-lesson"),
    *("play-asked", "play-wrong", "play-right", "play-practice"),
    *("error-403", "error-404"),
    *("studio-new-course", "studio-new-lesson", "studio-move-lesson", "studio-retire-lesson"),
    *("studio-history", "studio-revision", "studio-revision-file", "studio-differences"),
    *("studio-kept-text", "studio-kept-text-error"),
    *("studio-pictures", "studio-pictures-error", "studio-picture"),
    *("studio-design", "studio-design-new", "studio-design-look", "studio-design-field"),
    *("studio-design-preview", "studio-design-error", "studio-design-no-room", "studio-design-list"),
    *("studio-design-kinds", "studio-design-new-field", "studio-design-sample", "studio-design-pictures"),
    "studio-design-publication",
    *("studio-lesson", "studio-lesson-problems", "studio-lesson-preview", "studio-lesson-shown"),
    "studio-lesson-clash",
    *("test-answers-open", "result-uncertified", "completion-uncertified", "my-cpd-uncertified"),
    *("studio-answers-ask", "studio-answers", "studio-answers-waiver", "studio-answers-waiver-error"),
)
every_page = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def seen() -> dict[str, Measured]:
    """Each page is opened once; every test then asks what was seen there."""
    return {}


@pytest.fixture
def measured(
    browser: Browser, site: Site, gallery: dict[str, State], seen: dict[str, Measured], name: str
) -> Measured:
    if name not in seen:
        seen[name] = measure(browser, site, gallery[name])
    return seen[name]


def test_the_list_of_pages_is_the_gallery(gallery: dict[str, State]) -> None:
    assert set(NAMES) == gallery.keys()


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(measured: Measured, name: str, scheme: str) -> None:
    assert measured.axe[scheme] == []


@every_page
@pytest.mark.parametrize("way", ["390", "320", "400 %", "spaced, 320", "spaced, 1280"])
def test_nothing_needs_sideways_scrolling(measured: Measured, name: str, way: str) -> None:
    assert measured.wider[way] == []


@every_page
def test_wider_spacing_hides_nothing(measured: Measured, name: str) -> None:
    assert measured.clipped == []


@every_page
def test_controls_are_big_enough_for_a_thumb(measured: Measured, name: str) -> None:
    small = [one for one in measured.targets if one["control"] and not one["skip"] and one["height"] < 44]
    assert small == []


@every_page
def test_no_target_is_smaller_than_24_pixels(measured: Measured, name: str) -> None:
    others = [one for one in measured.targets if not one["sentence"] and not one["skip"]]
    assert [one for one in others if min(one["width"], one["height"]) < 24] == []


@every_page
def test_the_focus_is_seen_wherever_it_goes(measured: Measured, name: str) -> None:
    assert measured.stops, "Tab stops nowhere"
    assert [one for one in measured.stops if one["width"] < 3] == []


@every_page
def test_the_focus_is_never_covered(measured: Measured, name: str) -> None:
    assert [one for one in measured.stops if one["covered"]] == []


@every_page
def test_nothing_moves_for_those_who_asked_for_stillness(measured: Measured, name: str) -> None:
    assert measured.moving == []


@every_page
def test_at_400_percent_what_sticks_leaves_room_to_read(measured: Measured, name: str) -> None:
    assert measured.stuck <= 256 / 3


@pytest.mark.parametrize("name", sorted(PROSE))
def test_a_line_of_prose_has_60_to_75_characters(measured: Measured, name: str) -> None:
    assert len(measured.lines) > 3, "there is too little prose to measure"
    full = sorted(measured.lines)[len(measured.lines) // 2]  # half the lines have more
    assert 60 <= full <= 75


@every_page
def test_the_title_says_error_only_where_there_is_one(measured: Measured, name: str) -> None:
    assert measured.title.startswith("Error: ") == (name in IN_ERROR)
