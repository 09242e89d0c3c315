"""Every form of the product: who sends it, from where things must stand, and what its own page would send."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from flask import Flask
from sqlalchemy.orm import Session

from app.kernel.db import writing
from app.people.accounts import add_person, make_admin_link
from app.people.tables import User
from app.web.mailing import send_invitation
from tests.cast import PASSWORD, Cast
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.page import Page
from tests.post_box import PostBox
from tests.web.learner.taking import ATTEMPTS, COURSE, NAME, RIGHT, Taking, finish_lessons

OTHER = "violet gate after tea"


@dataclass(frozen=True, kw_only=True)
class Attacked:
    """A form that would be taken as it is: `fields` are all that its page sends, but for the token."""

    page: Page
    address: str
    fields: Mapping[str, str | list[str]] = field(default_factory=dict)
    may_go: frozenset[str] = frozenset()  # fields whose absence means something, like a box not ticked


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
)
