"""A certificate in ten years: a new name, course, edition, site, logo or key changes nothing about it."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.certification.design import read_design
from app.certification.making import make_pending
from app.certification.signers import Signing
from app.certification.tables import Certificate, CertificatePdf
from app.kernel.db import writing
from app.library.folders import Key, read_folders
from app.library.publishing import publish
from app.library.shelf import Shelf
from app.people.tables import User
from app.settings import Settings
from tests.cast import Cast
from tests.certification.keys import ISSUER, SIGNING, key_of
from tests.conftest import TestClock
from tests.house.learner import Learner
from tests.page import Page

COURSE = "good-course"
SHEET = f"content/{COURSE}/course.yml"
ANOTHER_KEY = Signing(key=key_of("the next one"), bought=(), issuer=lambda _session: ISSUER)


@dataclass(frozen=True)
class Told:
    """Everything that a certificate is to anybody."""

    facts: dict[str, Any]
    pdf: bytes
    hash: str
    checked: str
    downloaded: bytes


@dataclass(frozen=True)
class Story:
    """What the changes are told with."""

    app: Flask
    session: Session
    cast: Cast
    clock: TestClock
    settings: Settings

    def publish(self, key: Key, *changes: tuple[str, str, str]) -> None:
        files = dict(read_folders(self.settings.sources)[key])
        for path, old, new in changes:
            assert old.encode() in files[path]
            files[path] = files[path].replace(old.encode(), new.encode())
        with writing(self.session):
            assert publish(self.session, *key, files, by_id=None, now=self.clock.now)


def renamed(story: Story) -> None:
    with writing(story.session):
        person = story.session.get_one(User, story.cast.amira.id)
        person.full_name, person.email = "Amira Jones", "jones@example.org"


def corrected(story: Story) -> None:
    changes = ("title: A good", "title: Another"), ("minutes: 4", "minutes: 5"), ("2026-10-01", "2026-11-01")
    story.publish(("course", COURSE), *[(SHEET, old, new) for old, new in changes])


def expiring(story: Story) -> None:
    story.publish(("course", COURSE), (SHEET, "edition: 1", "edition: 1\nvalid_for: 1"))


def a_new_edition(story: Story) -> None:
    story.publish(("course", COURSE), (SHEET, "edition: 1", "edition: 2"))


def retired(story: Story) -> None:
    story.publish(("course", COURSE), (SHEET, "edition: 1", "edition: 1\nretired: true"))


def another_issuer(story: Story) -> None:
    story.publish(("site", "site"), ("content/site.yml", "name: Rung", "name: Ladder"))


def another_logo(story: Story) -> None:
    files = dict(read_folders(story.settings.sources)["design", "standard"])
    picture = BytesIO()
    Image.new("RGB", (60, 40), "darkgreen").save(picture, "PNG")
    files["certificates/standard/logo.png"] = picture.getvalue()
    with writing(story.session):
        assert publish(story.session, "design", "standard", files, by_id=None, now=story.clock.now)


def nothing_but_time(story: Story) -> None:
    story.clock.move(timedelta(days=3650))


CHANGES = (
    renamed,
    corrected,
    expiring,
    a_new_edition,
    retired,
    another_issuer,
    another_logo,
    nothing_but_time,
)


@pytest.fixture
def story(app: Flask, session: Session, cast: Cast, clock: TestClock, settings: Settings) -> Story:
    return Story(app, session, cast, clock, settings)


@pytest.fixture
def code(story: Story) -> str:
    earned = Learner(story.app, story.session, story.clock, story.cast.amira).all_the_way(COURSE)
    assert make(story, SIGNING) == 1
    return earned.certificate


def make(story: Story, signing: Signing) -> int:
    def design_at(session: Session, revision_id: int) -> Any:
        design, problems = read_design(Shelf().design_at(session, revision_id))
        assert design is not None, problems
        return design

    with Session(story.session.get_bind()) as own:
        return make_pending(own, design_at, signing.seal, story.clock.now)


def told(story: Story, code: str) -> Told:
    story.session.rollback()
    story.session.expire_all()
    certificate = story.session.scalars(select(Certificate).filter_by(code=code)).one()
    stored = story.session.get_one(CertificatePdf, certificate.id)
    page = Page(story.app)
    page.get(f"/check/{code}")
    main = next(each for each in page.elements("main"))
    checked = " ".join("".join(main.itertext()).split())
    holder = Page(story.app).sign_in(story.session.get_one(User, story.cast.amira.id))
    downloaded = holder.get(f"/certificates/{code}.pdf").data
    return Told(dict(certificate.facts), bytes(stored.body or b""), stored.hash, checked, downloaded)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_nothing_about_it_changes(story: Story, code: str, change: Any) -> None:
    before = told(story, code)
    assert before.downloaded == before.pdf
    assert hashlib.sha256(before.pdf).hexdigest() == before.hash
    change(story)
    assert make(story, SIGNING) == 0
    assert told(story, code) == before


def test_nor_do_all_of_them_together_with_a_new_key(story: Story, code: str) -> None:
    before = told(story, code)
    for change in (renamed, another_issuer, another_logo, a_new_edition):
        change(story)
    make(story, ANOTHER_KEY)
    assert told(story, code) == before
    assert story.session.scalar(select(func.count()).select_from(Certificate)) == 1
