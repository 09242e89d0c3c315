"""Every form of the product: who sends it, from where things must stand, and what its own page would send."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.codes import new_code
from app.kernel.db import writing
from app.learning.cpd_tables import Evidence
from app.library.drafting import open_draft
from app.library.packing import pack
from app.people.accounts import add_person, make_admin_link
from app.people.tables import User
from app.web.mailing import send_invitation
from tests.attacks.pictures import with_sides
from tests.cast import PASSWORD, Cast
from tests.certification.awards import award_to
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.learning.keeping import PDF, add
from tests.library.drafts import LESSON, good_files, save_text
from tests.library.drafts import LESSON as DRAFTED
from tests.page import Page
from tests.post_box import PostBox
from tests.web.learner.following import OFFER as FOLLOW_UPS
from tests.web.learner.following import Following, make_plan
from tests.web.learner.taking import ATTEMPTS, COURSE, NAME, RIGHT, Taking, finish_lessons
from tests.web.studio.keys import open_keys
from tests.web.studio.writing import ADDRESS as WRITING
from tests.web.studio.writing import form_on

SHEET = f"content/{COURSE}/course.yml"
OTHER = "violet gate after tea"
PICTURES = f"/studio/courses/{COURSE}/pictures"
DOOR = with_sides(2, 2)
ACTIVITY = {
    "title": "Damp and mould: the first visit",
    "on": "2026-05-06",
    "method": "webinar",
    "hours": "1",
    "minutes": "30",
    "kind": "self-directed",
    "provider": "A housing network",
    "objective": "",
    "outcome": "I now ask about the airing first.",
}


@dataclass(frozen=True, kw_only=True)
class Attacked:
    """A form that would be taken as it is: `fields` are all that its page sends, but for the token."""

    page: Page
    address: str
    fields: Mapping[str, str | list[str]] = field(default_factory=dict)
    answers: int = 303
    may_go: frozenset[str] = frozenset()  # fields whose absence means something, like a box not ticked
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)  # field -> the file's name and bytes


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a form's story is told with."""

    app: Flask
    page: Page
    cast: Cast
    session: Session
    clock: TestClock
    post_box: PostBox

    def amira(self) -> Page:
        return self.page.sign_in(self.cast.amira)

    def edda(self) -> Page:
        return self.page.sign_in(self.cast.edda)

    def taking(self) -> Taking:
        finish_lessons(self.session, self.cast.amira, self.clock)
        return Taking(self.amira())


def register(scene: Scene) -> Attacked:
    fields = {"full_name": "Nina Okoro", "email": "nina@example.org", "password": OTHER}
    return Attacked(page=scene.page, address="/register", fields=fields)


def confirm_again(scene: Scene) -> Attacked:
    registered = register(scene)
    scene.page.post(registered.address, registered.fields)
    return Attacked(page=scene.page, address="/confirm", fields={"email": "nina@example.org"})


def confirm(scene: Scene) -> Attacked:
    registered = register(scene)
    scene.page.post(registered.address, registered.fields)
    return Attacked(page=scene.page, address=scene.post_box.link("nina@example.org"))


def sign_in(scene: Scene) -> Attacked:
    fields = {"email": "amira@example.org", "password": PASSWORD, "remember": "y"}
    return Attacked(page=scene.page, address="/sign-in", fields=fields, may_go=frozenset({"remember"}))


def ask_for_code(scene: Scene) -> Attacked:
    return Attacked(page=scene.page, address="/sign-in/code", fields={"email": "amira@example.org"})


def enter_code(scene: Scene) -> Attacked:
    scene.page.post("/sign-in/code", {"email": "amira@example.org"})
    fields = {"code": scene.post_box.code("amira@example.org"), "remember": "y"}
    return Attacked(
        page=scene.page, address="/sign-in/code/enter", fields=fields, may_go=frozenset({"remember"})
    )


def forgot(scene: Scene) -> Attacked:
    return Attacked(page=scene.page, address="/reset", fields={"email": "amira@example.org"})


def reset(scene: Scene) -> Attacked:
    scene.page.post("/reset", {"email": "amira@example.org"})
    link = scene.post_box.link("amira@example.org")
    return Attacked(page=scene.page, address=link, fields={"password": OTHER})


def invitation(scene: Scene) -> Attacked:
    with scene.app.test_request_context(), writing(scene.session) as session:
        invited, _made = add_person(session, email="nina@example.org", now=scene.clock.now)
        send_invitation(session, invited)
    fields = {"full_name": "Nina Okoro", "password": OTHER}
    return Attacked(page=scene.page, address=scene.post_box.link("nina@example.org"), fields=fields)


def welcome(scene: Scene) -> Attacked:
    with writing(scene.session) as session:
        admin = session.get_one(User, scene.cast.ada.id)
        admin.roles.clear()
        session.flush()
        token = make_admin_link(session, now=scene.clock.now)
    fields = {"full_name": "Nina Okoro", "email": "nina@example.org", "password": OTHER}
    return Attacked(page=scene.page, address=f"/welcome/{token}", fields=fields)


def sign_out(scene: Scene) -> Attacked:
    return Attacked(page=scene.amira(), address="/sign-out")


def account_name(scene: Scene) -> Attacked:
    return Attacked(page=scene.amira(), address="/account/name", fields={"full_name": "Amira Bonsu"})


def account_password(scene: Scene) -> Attacked:
    fields = {"password": PASSWORD, "new_password": OTHER}
    return Attacked(page=scene.amira(), address="/account/password", fields=fields)


def account_address(scene: Scene) -> Attacked:
    fields = {"email": "amira.new@example.org", "password": PASSWORD}
    return Attacked(page=scene.amira(), address="/account/address", fields=fields)


def confirm_address(scene: Scene) -> Attacked:
    asked = account_address(scene)
    asked.page.post(asked.address, asked.fields)
    return replace(asked, address=scene.post_box.link("amira.new@example.org"), fields={})


def sign_outs(scene: Scene) -> Attacked:
    return Attacked(page=scene.amira(), address="/account/sign-outs")


def keeping(scene: Scene) -> Attacked:
    return Attacked(page=scene.amira(), address="/account/keeping")


def export(scene: Scene) -> Attacked:
    return Attacked(page=scene.amira(), address="/account/export", answers=200)


def erasure(scene: Scene) -> Attacked:
    return Attacked(page=scene.amira(), address="/account/erasure", fields={"password": PASSWORD})


def erasure_code(scene: Scene) -> Attacked:
    with writing(scene.session) as session:
        session.get_one(User, scene.cast.amira.id).password = None
    return Attacked(page=scene.amira(), address="/account/erasure/code")


def erasure_by_code(scene: Scene) -> Attacked:
    asked = erasure_code(scene)
    asked.page.post(asked.address)
    code = scene.post_box.code("amira@example.org")
    return Attacked(page=asked.page, address="/account/erasure", fields={"code": code})


def done(scene: Scene) -> Attacked:
    return Attacked(page=scene.amira(), address=f"/courses/{COURSE}/first-steps/done")


def practice(scene: Scene) -> Attacked:
    address = f"/courses/{COURSE}/first-steps/responses/say-back"
    return Attacked(page=scene.amira(), address=address, fields={"answer-say-back": "a"})


def reflection(scene: Scene) -> Attacked:
    address = f"/courses/{COURSE}/next-steps/responses/your-call"
    fields = {"your-call-text": "I would say sorry first."}
    return Attacked(page=scene.amira(), address=address, fields=fields)


def device(scene: Scene) -> Attacked:
    fields = {"kept": [f"{COURSE}/first-steps/say-back?answer-say-back=a"]}
    return Attacked(page=scene.amira(), address="/this-device", fields=fields)


def completion(scene: Scene) -> Attacked:
    page = scene.amira()
    page.post(f"/courses/{COURSE}/first-steps/responses/say-back", {"answer-say-back": "b"})
    return Attacked(page=page, address=f"/courses/{COURSE}/completion")


def start(scene: Scene) -> Attacked:
    fields = {"printed_name": NAME, "pledge": "y"}
    return Attacked(page=scene.taking().page, address=ATTEMPTS, fields=fields)


def question(position: int) -> Callable[[Scene], Attacked]:
    def story(scene: Scene) -> Attacked:
        taking = scene.taking().start()
        answer = RIGHT[taking.slots[position - 1]]
        form = taking.form(position, answer)
        # A question may be left open, and so may a part of one.
        return Attacked(
            page=taking.page,
            address=taking.at("questions", position),
            fields=form,
            may_go=frozenset(answer),
        )

    story.__name__ = f"question_{position}"
    return story


def submission(scene: Scene) -> Attacked:
    taking = scene.taking().start().answer("hear")
    taking.page.get(taking.at("answers"))
    fields = {"round": taking.hidden("round"), "saves": taking.hidden("saves")}
    return Attacked(page=taking.page, address=taking.at("submission"), fields=fields)


def reading(scene: Scene) -> Attacked:
    taking = scene.taking().start().miss("hear")
    return Attacked(page=taking.page, address=taking.at("readings", "hear"))


def next_round(scene: Scene) -> Attacked:
    taking = scene.taking().start().miss("hear")
    taking.read("hear")
    return Attacked(page=taking.page, address=taking.at("rounds"), fields={"after": "1"})


def certificate_name(scene: Scene) -> Attacked:
    hers = Learner(scene.app, scene.session, scene.clock, scene.cast.amira).all_the_way(COURSE)
    address = f"/certificates/{hers.certificate}/name"
    return Attacked(page=scene.amira(), address=address, fields={"shown": "yes"})


def cpd_add(scene: Scene) -> Attacked:
    return Attacked(page=scene.amira(), address="/my-cpd/add", fields={"code": new_code(), **ACTIVITY})


def cpd_change(scene: Scene) -> Attacked:
    code = add(scene.session, scene.cast.amira)
    return Attacked(page=scene.amira(), address=f"/my-cpd/entries/{code}/change", fields=ACTIVITY)


def cpd_note(scene: Scene) -> Attacked:
    hers = Learner(scene.app, scene.session, scene.clock, scene.cast.amira).all_the_way(COURSE)
    fields = {"outcome": "I let callers finish.", "objective": "Hear it all.", "kind": "structured"}
    return Attacked(page=scene.amira(), address=f"/my-cpd/entries/{hers.attempt}/change", fields=fields)


def cpd_removal(scene: Scene) -> Attacked:
    code = add(scene.session, scene.cast.amira)
    return Attacked(page=scene.amira(), address=f"/my-cpd/entries/{code}/removal")


def cpd_evidence(scene: Scene) -> Attacked:
    code = add(scene.session, scene.cast.amira)
    address = f"/my-cpd/entries/{code}/evidence"
    return Attacked(page=scene.amira(), address=address, files={"file": ("programme.pdf", PDF)})


def cpd_evidence_removal(scene: Scene) -> Attacked:
    sent = cpd_evidence(scene)
    send_files(sent)
    file = scene.session.scalars(select(Evidence.code)).one()
    return replace(sent, address=f"{sent.address}/{file}/removal", files={})


def cpd_goal(scene: Scene) -> Attacked:
    fields = {"hours": "20", "minutes": "30", "first_month": "4"}
    return Attacked(page=scene.amira(), address="/my-cpd/goal", fields=fields)


def cpd_membership(scene: Scene) -> Attacked:
    fields = {"body": "Royal Institution of Chartered Surveyors", "number": "1234567"}
    return Attacked(page=scene.amira(), address="/my-cpd/membership", fields=fields)


def cpd_pdf(scene: Scene) -> Attacked:
    add(scene.session, scene.cast.amira)
    return Attacked(page=scene.amira(), address="/my-cpd/export/pdf", fields={"year": "2026"}, answers=200)


def _asked_for(scene: Scene) -> Following:
    return Following(scene.app, scene.session, scene.clock, scene.cast, scene.page).ask()


def follow_up_asked_for(scene: Scene) -> Attacked:
    Learner(scene.app, scene.session, scene.clock, scene.cast.amira).all_the_way(COURSE)
    return Attacked(page=scene.amira(), address=FOLLOW_UPS, fields={"back": "/account"})


def follow_up_stopped(scene: Scene) -> Attacked:
    asked, fields = _asked_for(scene), {"back": "/account"}
    return Attacked(page=asked.page, address=f"{FOLLOW_UPS}/end", fields=fields)


def follow_up_answer(scene: Scene) -> Attacked:
    asked = _asked_for(scene)
    address = asked.after(7)
    return Attacked(page=asked.page, address=f"{address}/answers/1", fields=asked.forms()[1][0])


def follow_up_plan(scene: Scene) -> Attacked:
    make_plan(scene.session, scene.clock, scene.cast)
    asked = _asked_for(scene)
    fields = {"happened": "not-yet", "line": "The week was full.", "new_on": "2026-12-09"}
    address = f"{asked.after(7)}/plan"
    return Attacked(page=asked.page, address=address, fields=fields, may_go=frozenset({"line", "new_on"}))


def answer_keys(scene: Scene) -> Attacked:
    address = f"/studio/courses/{COURSE}/answers"
    return Attacked(page=scene.edda(), address=address, fields={"back": address})


def edited(scene: Scene, *, second_person: bool = False) -> tuple[Page, str]:
    """Edda's page, and the revision of a draft that she saved."""
    if second_person:
        save_text(scene.session, SHEET, good_files()[SHEET] + b"second_person: true\n", by=scene.cast.ada.id)
    body = good_files()[DRAFTED].replace(b"Most calls begin", b"Many calls begin")
    saved = save_text(scene.session, DRAFTED, body, by=scene.cast.edda.id)
    return scene.page.sign_in(scene.cast.edda), str(saved.revision_id)


def publication(scene: Scene) -> Attacked:
    page, revision = edited(scene)
    fields = {"revision": revision, "kind": "minor"}
    return Attacked(page=page, address=f"/studio/courses/{COURSE}/publication", fields=fields)


def publication_request(scene: Scene) -> Attacked:
    page, revision = edited(scene, second_person=True)
    fields = {"revision": revision, "kind": "relearn"}
    return Attacked(page=page, address=f"/studio/courses/{COURSE}/publication/request", fields=fields)


def lesson_text(scene: Scene) -> Attacked:
    page = scene.page.sign_in(scene.cast.edda)
    page.get(WRITING)
    fields = form_on(page, message="Said shorter", title="The first steps")
    return Attacked(page=page, address=WRITING, fields=fields, may_go=frozenset({"outcomes", "whole"}))


def _studio_base(scene: Scene) -> str:
    return str(open_draft(scene.session, ("course", COURSE)).revision_id)


def new_block(scene: Scene) -> Attacked:
    address = f"/studio/courses/{COURSE}/lessons/first-steps/blocks/new?kind=reflection"
    fields = {
        "id": "new-1",
        "prompt": "Whose call comes back to you?",
        "hint": "Name nobody.",
        "place": "1",
        "base": _studio_base(scene),
        "do": "save",
        "message": "Ask for a call",
    }
    may_go = frozenset({"do", "message"})
    return Attacked(page=scene.edda(), address=address, fields=fields, may_go=may_go)


def changed_block(scene: Scene) -> Attacked:
    address = f"/studio/courses/{COURSE}/lessons/next-steps/blocks/your-call"
    fields = {
        "id": "your-call",
        "prompt": "Which call would you take again?",
        "hint": "",
        "base": _studio_base(scene),
        "do": "save",
        "message": "",
    }
    may_go = frozenset({"do", "message"})
    return Attacked(page=scene.edda(), address=address, fields=fields, may_go=may_go)


def new_course(scene: Scene) -> Attacked:
    fields = {"title": "Damp", "slug": "damp", "programme": "essential-insights", "nation": "Wales"}
    fields |= {"law_as_at": "2026-10-01", "review_by": "2027-10-01"}
    return Attacked(
        page=scene.edda(), address="/studio/courses/new", fields=fields, may_go=frozenset({"slug"})
    )


def new_lesson(scene: Scene) -> Attacked:
    fields = {"title": "Ending well", "place": "after-first-steps"}
    return Attacked(page=scene.edda(), address=f"/studio/courses/{COURSE}/lessons/new", fields=fields)


def lesson_move(scene: Scene) -> Attacked:
    address = f"/studio/courses/{COURSE}/lessons/first-steps/move"
    return Attacked(page=scene.edda(), address=address, fields={"place": "after-next-steps"})


def lesson_retire(scene: Scene) -> Attacked:
    return Attacked(page=scene.edda(), address=f"/studio/courses/{COURSE}/lessons/first-steps/retire")


def keys_waiver(scene: Scene) -> Attacked:
    open_keys(scene.edda())
    page = scene.page.sign_in(scene.cast.ada)
    page.get(f"/studio/courses/{COURSE}/answers")
    address = next(href for href in page.links().values() if href.endswith("/waiver"))
    fields = {"edition": "1", "reason": "She mended two typing errors."}
    return Attacked(page=page, address=address, fields=fields)


def _bank(scene: Scene, address: str, fields: dict[str, str], *may_go: str) -> Attacked:
    """A form about questions, by an editor who has opened the answers."""
    page, questions = scene.edda(), f"/studio/courses/{COURSE}/questions"
    page.post(f"/studio/courses/{COURSE}/answers", {"back": questions})
    sent = {**fields, "base": _studio_base(scene)}
    there = f"/studio/courses/{COURSE}/{address}"
    return Attacked(page=page, address=there, fields=sent, may_go=frozenset({"do", "message", *may_go}))


_CHOICES = {
    "choices.rows": "3",
    **{f"choices.{at}.id": name for at, name in enumerate("abc")},
    **{f"choices.{at}.text": f"Listen {name}." for at, name in enumerate("abc")},
    **{f"choices.{at}.reason": f"Because {name}." for at, name in enumerate("abc")},
    "choices.1.correct": "yes",
}
_QUESTION = {
    "id": "hear-a",
    "stem": "What comes first?",
    "teaches": "Let the caller speak.",
    "do": "save",
    "message": "",
    **_CHOICES,
}
_SLOT = {"id": "hear", "title": "Hearing it", "outcome": "listen", "section": "first-steps#hear-it-all"}


def changed_question(scene: Scene) -> Attacked:
    return _bank(scene, "questions/hear-a", _QUESTION, "choices.1.correct")


def new_question(scene: Scene) -> Attacked:
    address = "questions/new?type=single-choice"
    return _bank(scene, address, {**_QUESTION, "id": "new-1"}, "choices.1.correct")


def moved_question(scene: Scene) -> Attacked:
    return _bank(scene, "questions/hear-b/move", {"place": "note 1"})


def retired_question(scene: Scene) -> Attacked:
    return _bank(scene, "questions/hear-b/retirement", {"message": "Too near to another"})


def changed_slot(scene: Scene) -> Attacked:
    return _bank(scene, "slots/hear", {**_SLOT, "do": "save", "message": ""})


def new_slot(scene: Scene) -> Attacked:
    slot = {f"slot.{name}": value for name, value in _SLOT.items()}
    return _bank(scene, "slots/new?type=single-choice", {**_QUESTION, **slot}, "choices.1.correct")


def moved_slot(scene: Scene) -> Attacked:
    return _bank(scene, "slots/hear/move", {"place": "2"})


def retired_slot(scene: Scene) -> Attacked:
    return _bank(scene, "slots/hear/retirement", {"message": "Shown elsewhere"})


def settings(scene: Scene) -> Attacked:
    fields = {
        "title": "A better course",
        "summary": "How to answer a repair call.",
        "programme": "essential-insights",
        "design": "standard",
        "minutes": "4",
        "law_as_at": "2026-10-01",
        "review_by": "2027-10-01",
        "nation": "England",
        "credit": "Written for tests.",
        "share_text": "I have worked through a course.",
        "valid_for": "12",
        "outcomes.rows": "1",
        "outcomes.0.id": "listen",
        "outcomes.0.text": "Listen.",
        "outcomes.0.shown_by": "test",
        "further_reading.rows": "0",
        "related.rows": "0",
        "glossary.rows": "0",
        "second_person": "yes",
        "base": _studio_base(scene),
        "do": "save",
        "message": "",
    }
    may_go = frozenset({"do", "message", "second_person"})
    address = f"/studio/courses/{COURSE}/settings"
    return Attacked(page=scene.edda(), address=address, fields=fields, may_go=may_go)


def preview(scene: Scene) -> Attacked:
    page = scene.page.sign_in(scene.cast.edda)
    return Attacked(page=page, address=f"/studio/courses/{COURSE}/preview")


def preview_end(scene: Scene) -> Attacked:
    started = preview(scene)
    started.page.post(started.address)
    return replace(started, address=f"{started.address}/end")


def bring_in(scene: Scene) -> Attacked:
    files = {path.replace(COURSE, "brought"): body for path, body in good_files().items()}
    return Attacked(page=scene.edda(), address="/studio/import", files={"zip": ("brought.zip", pack(files))})


def take_over(scene: Scene) -> Attacked:
    page, files = scene.edda(), {**good_files(), LESSON: b"---\ntitle: Other\n---\n"}
    sent = (BytesIO(pack(files)), "good-course.zip")
    address = page.post("/studio/import", {}, files={"zip": sent}).headers["Location"]
    page.get(address)
    seen = next(one for one in page.elements("input") if one.get("name") == "seen")
    return Attacked(page=page, address=address, fields={"seen": seen.get("value", "")})


def bring_back(scene: Scene) -> Attacked:
    page, first = edited(scene)
    saved = save_text(scene.session, DRAFTED, b"Other words.", by=scene.cast.edda.id)
    address = f"/studio/courses/{COURSE}/history/{first}"
    return Attacked(page=page, address=address, fields={"base": str(saved.revision_id)})


def kept_text(scene: Scene) -> Attacked:
    start = open_draft(scene.session, ("course", COURSE)).revision_id
    head = save_text(scene.session, DRAFTED, b"Quicker.", base=start, by=scene.cast.ada.id)
    kept = save_text(scene.session, DRAFTED, b"Slower.", base=start, by=scene.cast.edda.id)
    fields = {"base": str(head.revision_id), "file": DRAFTED, "choice": "own", "text": "A third text."}
    address = f"/studio/courses/{COURSE}/kept/{kept.revision_id}"
    return Attacked(page=scene.page.sign_in(scene.cast.edda), address=address, fields=fields)


def raw_source(scene: Scene) -> Attacked:
    page = scene.edda()
    address = f"/studio/courses/{COURSE}/source/{LESSON}"
    page.get(address)
    fields = {
        "text": good_files()[LESSON].decode().replace("First steps", "First small steps"),
        "message": "A smaller title",
        "base_id": next(
            one.get("value", "") for one in page.elements("input") if one.get("name") == "base_id"
        ),
        "deed": "save",
    }
    return Attacked(page=page, address=address, fields=fields, may_go=frozenset({"message"}))


def lesson_typed(part: str) -> Callable[[Scene], Attacked]:
    def story(scene: Scene) -> Attacked:
        written = lesson_text(scene)
        fields = {name: value for name, value in written.fields.items() if name != "deed"}
        return replace(written, address=f"{WRITING}/{part}", fields=fields, answers=200)

    story.__name__ = f"lesson_{part}"
    return story


def picture(scene: Scene) -> Attacked:
    fields = {"alt": "A door that stands open"}
    return Attacked(page=scene.edda(), address=PICTURES, fields=fields, files={"picture": ("door.png", DOOR)})


def picture_place(scene: Scene) -> Attacked:
    page = scene.edda()
    fields = {"alt": "A hand", "caption": "Write it down.", "credit": "Ours", "place": "first-steps:1"}
    may_go = frozenset({"caption", "credit"})
    return Attacked(page=page, address=f"{PICTURES}/note.png/place", fields=fields, may_go=may_go)


def picture_replace(scene: Scene) -> Attacked:
    sent = picture(scene)
    send_files(sent)
    fields = {"seen": sha256(DOOR).hexdigest()}
    files = {"picture": ("other.png", with_sides(3, 3))}
    return replace(sent, address=f"{PICTURES}/door.png/replace", fields=fields, files=files)


def picture_retire(scene: Scene) -> Attacked:
    sent = picture(scene)
    send_files(sent)
    fields = {"seen": sha256(DOOR).hexdigest()}
    return replace(sent, address=f"{PICTURES}/door.png/retire", fields=fields, files={})


def send_files(sent: Attacked) -> None:
    files = {name: (BytesIO(body), named) for name, (named, body) in sent.files.items()}
    sent.page.post(sent.address, sent.fields, files=files)


def _managed(scene: Scene, **changes: Any) -> tuple[Page, str]:
    """Ada, who answers for certificates, and the code of one of Amira's."""
    told = {"course": COURSE, "edition": 1, "law_as_at": date(2026, 1, 1), **changes}
    code = award_to(scene.session, scene.cast.amira, **told).code
    return scene.page.sign_in(scene.cast.ada), code


def withdrawal(scene: Scene) -> Attacked:
    page, code = _managed(scene)
    fields = {"reason": "other", "note": "Two papers were alike."}
    return Attacked(page=page, address=f"/manage/certificates/{code}/withdrawal", fields=fields)


def reinstatement(scene: Scene) -> Attacked:
    withdrawn = withdrawal(scene)
    withdrawn.page.post(withdrawn.address, withdrawn.fields)
    address = withdrawn.address.replace("withdrawal", "reinstatement")
    return replace(withdrawn, address=address)


def replacement(scene: Scene) -> Attacked:
    page, code = _managed(scene)
    fields = {"printed_name": "Amira Bonsu", "revision": "", "law": ""}
    return Attacked(page=page, address=f"/manage/certificates/{code}/replacement", fields=fields)


def printed_name(scene: Scene) -> Attacked:
    _, code = _managed(scene)
    fields = {"printed_name": "Amira Bonsu"}
    return Attacked(page=scene.amira(), address=f"/certificates/{code}/printed-name", fields=fields)


def name_request(scene: Scene) -> Attacked:
    asked = printed_name(scene)
    asked.page.post(asked.address, asked.fields)
    address = f"/manage{asked.address}".replace("printed-name", "name-request")
    fields = {"answer": "This is not the name that we know you by."}
    return Attacked(page=scene.page.sign_in(scene.cast.ada), address=address, fields=fields)


def refresher_letter(scene: Scene) -> Attacked:
    page, _ = _managed(scene)
    fields = {"course": COURSE, "changed_on": "2026-10-01", "address": f"/courses/{COURSE}"}
    fields["message"] = "The law has changed."
    return Attacked(page=page, address="/manage/law-changes/letter", fields=fields, answers=200)


def refresher(scene: Scene) -> Attacked:
    shown = refresher_letter(scene)
    return replace(shown, address="/manage/law-changes/invitations", answers=303)


STORIES: tuple[Callable[[Scene], Attacked], ...] = (
    register,
    confirm_again,
    confirm,
    sign_in,
    ask_for_code,
    enter_code,
    forgot,
    reset,
    invitation,
    welcome,
    sign_out,
    account_name,
    account_password,
    account_address,
    confirm_address,
    sign_outs,
    keeping,
    export,
    erasure,
    erasure_code,
    erasure_by_code,
    done,
    practice,
    reflection,
    device,
    completion,
    start,
    question(1),
    question(2),
    question(3),
    submission,
    reading,
    next_round,
    certificate_name,
    cpd_add,
    cpd_change,
    cpd_note,
    cpd_removal,
    cpd_evidence,
    cpd_evidence_removal,
    cpd_goal,
    cpd_membership,
    cpd_pdf,
    follow_up_asked_for,
    follow_up_stopped,
    follow_up_answer,
    follow_up_plan,
    picture,
    picture_place,
    picture_replace,
    picture_retire,
    answer_keys,
    new_block,
    changed_block,
    settings,
    changed_question,
    new_question,
    moved_question,
    retired_question,
    changed_slot,
    new_slot,
    moved_slot,
    retired_slot,
    publication,
    publication_request,
    preview,
    preview_end,
    bring_in,
    take_over,
    raw_source,
    lesson_text,
    lesson_typed("problems"),
    lesson_typed("shown"),
    new_course,
    new_lesson,
    lesson_move,
    lesson_retire,
    keys_waiver,
    bring_back,
    kept_text,
    withdrawal,
    reinstatement,
    replacement,
    printed_name,
    name_request,
    refresher_letter,
    refresher,
)
