"""The key is nowhere before the hand-in: the same journey is taken twice, and only the key differs."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.assessment.tables import PaperItem
from app.kernel.db import writing
from app.library.folders import read_folders
from app.library.publishing import publish
from app.web.learner import result, test_intro
from app.web.shared.context import db, running_in
from tests.cast import make_cast
from tests.conftest import NOON, TestClock
from tests.databases import TestDatabase
from tests.page import Page
from tests.web.learner.taking import ATTEMPTS, TEST, Taking, finish_lessons

GOOD = Path(__file__).parents[2] / "authored" / "good"
COURSE, QUIZ = ("course", "good-course"), "quizzes/good-course/test.yml"
SEED = "0123456789abcdef0123456789abcdef"
KEY = ", correct: true"
CATEGORIES = ("repair", "referral", "reply")

NORMALISED = (
    (re.compile(r'(name="csrf_token"[^>]* value=")[^"]*'), r"\1token"),
    (re.compile(r"(?<=/attempts/)[0-9A-Z]{26}"), "code"),
    (re.compile(r"^rung=[^;]*; Expires=[^;]*"), "rung=session"),  # signed with the hour, which runs on
)


@dataclass(frozen=True)
class Seen:
    """One answer of the app, as far as anybody outside can see it."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str


def moved(text: str, step: int) -> str:
    """The quiz with every key moved on by `step` choices, or categories, and nothing else changed."""
    lines: list[str] = []
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        if re.match(r"\s+- \{id: [a-e], ", line):
            block.append(line)
            continue
        keys = [KEY in one for one in block]
        for number, one in enumerate(block):
            bare = one.replace(KEY, "")
            lines.append(bare[:-1] + KEY + "}" if keys[(number - step) % len(block)] else bare)
        block = []
        lines.append(re.sub(r"(?<=category: )\w+", lambda found: _next(found[0], step), line))
    return "\n".join(lines)


def _next(category: str, step: int) -> str:
    return CATEGORIES[(CATEGORIES.index(category) + step) % len(CATEGORIES)]


class Recorder(Page):
    """A page client that keeps everything that came back."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.seen: list[Seen] = []

    def _open(self, method: str, address: str, **options: object) -> TestResponse:
        response = super()._open(method, address, **options)
        headers = tuple(
            (name, normalised(value)) for name, value in response.headers.items() if name != "X-Request-ID"
        )
        self.seen.append(Seen(normalised(address), response.status_code, headers, normalised(response.text)))
        return response


def normalised(text: str) -> str:
    for pattern, word in NORMALISED:
        text = pattern.sub(word, text)
    return text


Journey = Callable[[int], tuple[Taking, Recorder]]


@pytest.fixture
def begin(
    app: Flask, database: TestDatabase, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Journey]:
    """Somebody before the start, on a fresh database where the keys stand `step` places further on."""
    for door in (test_intro, result):
        monkeypatch.setattr(door, "new_seed", lambda: SEED)
    sessions: list[Session] = []

    def run(step: int) -> tuple[Taking, Recorder]:
        for session in sessions:
            session.close()
        with app.app_context():
            engine = db.engine
        engine.dispose()
        database.renew()
        session = Session(engine, expire_on_commit=False)
        sessions.append(session)
        files = dict(read_folders(GOOD)[COURSE])
        files[QUIZ] = moved(files[QUIZ].decode(), step).encode()
        with writing(session):
            published = publish(session, *COURSE, files, by_id=None, now=NOON)
            assert published
        # The other run published another course under this number, which a process would never see happen.
        running_in(app).shelf.forget(published.revision_id)
        with app.app_context():
            cast = make_cast(session, clock.now)
        finish_lessons(session, cast.amira, clock)
        recorder = Recorder(app)
        taking = Taking(recorder.sign_in(cast.amira))
        return taking, recorder

    yield run
    for session in sessions:
        session.close()


def journey(taking: Taking, page: Recorder) -> list[Seen]:
    """Everything that can be done with the first round before it is handed in."""
    page.get("/courses/good-course")
    page.get(TEST)
    page.post(ATTEMPTS, {"printed_name": " "}, status=422)
    taking.start()
    page.get(taking.at(), status=303)
    for position in (1, 2, 3):
        page.get(taking.at("questions", position))
    taking.save(1, {"answer": "e"}, status=400)
    stale = taking.form(1, {"answer": "d"})
    for choice in "abcd":
        taking.save(1, {"answer": choice})
    page.post(taking.at("questions", 1), stale | {"answer": "a"}, status=409)
    taking.save(2, {"answer": ["a", "b", "c"]}, status=422)
    for pair in ("ab", "bc", "cd", "de", "a"):
        taking.save(2, {"answer": list(pair)})
    for category in CATEGORIES:
        taking.save(3, dict.fromkeys(("answer-r1", "answer-r2", "answer-r3"), category))
    page.get(taking.at("answers"))
    page.get(taking.at("questions", 1) + "?from=answers")
    page.get(taking.at("rounds", 1), status=303)
    page.post(taking.at("readings", "hear"), status=404)
    page.post(taking.at("submission"), {"round": "1", "saves": "0"}, status=409)
    page.post(taking.at("submission"), {"round": "1", "saves": "0", "csrf_token": ""}, status=400)
    page.get(TEST)
    page.get("/my-cpd")
    return page.seen


def drawn(app: Flask) -> list[tuple[str, list[str], str]]:
    with app.app_context(), Session(db.engine) as session:
        items = session.scalars(select(PaperItem).order_by(PaperItem.position))
        return [(item.question, item.choice_order, item.question_hash) for item in items]


def test_every_answer_is_the_same_to_the_byte_wherever_the_key_stands(app: Flask, begin: Journey) -> None:
    first = journey(*begin(1))
    first_paper = drawn(app)
    second = journey(*begin(2))
    second_paper = drawn(app)
    assert [line[:2] for line in first_paper] == [line[:2] for line in second_paper]
    assert not {line[2] for line in first_paper} & {line[2] for line in second_paper}, (
        "the keys were not moved"
    )
    assert len(first) == len(second) > 40
    for one, other in zip(first, second, strict=True):
        assert one.headers == other.headers, one.address
        assert one == other, one.address


def test_the_same_journey_ends_differently_so_the_keys_were_really_moved(begin: Journey) -> None:
    headings = []
    for step in (1, 2):
        taking, page = begin(step)
        taking.start()
        taking.save(1, {"answer": "b"})
        taking.save(2, {"answer": ["b", "c"]})
        taking.save(3, {"answer-r1": "referral", "answer-r2": "reply", "answer-r3": "repair"})
        page.follow(taking.hand_in())
        headings.append(page.text()[:20].split(" secured")[0])
    assert headings == ["All three", "0 of 3"]


def secrets_of(text: str) -> set[str]:
    """Every reason, miss and teaching sentence of the quiz."""
    found = set(re.findall(r"reason: (.*?)(?:, correct: true)?\}", text))
    return found | set(re.findall(r"(?:miss|teaches): (.*)", text))


def test_no_reason_no_miss_and_no_hash_is_in_any_answer_before_the_hand_in(
    app: Flask, begin: Journey
) -> None:
    taking, page = begin(1)
    secrets = secrets_of((GOOD / QUIZ).read_text(encoding="utf-8"))
    assert len(secrets) > 15
    seen = journey(taking, page)
    hashes = {line[2] for line in drawn(app)}
    scripts = set(re.findall(r'/assets/[^"]+', "".join(one.body for one in seen)))
    for script in sorted(scripts):
        page.client.get(script)
        seen.append(Seen(script, 200, (), page.client.get(script).text))
    for one in seen:
        everything = one.body + repr(one.headers)
        assert not [secret for secret in secrets | hashes if secret in everything], one.address
        if one.address not in scripts:
            assert not re.search(r"correct(?!ly)|\bkey\b|secured=|data-answer", one.body), one.address


@pytest.mark.parametrize("step", [1, 2])
def test_after_a_miss_only_the_own_choice_is_explained(begin: Journey, step: int) -> None:
    taking, page = begin(step)
    taking.start()
    taking.save(1, {"answer": "a"})
    taking.save(2, {"answer": ["a", "e"]})
    taking.save(3, dict.fromkeys(("answer-r1", "answer-r2", "answer-r3"), "repair"))
    page.follow(taking.hand_in())
    body = page.seen[-1].body
    told = {secret for secret in secrets_of((GOOD / QUIZ).read_text(encoding="utf-8")) if secret in body}
    assert told == {
        "The part that matters may come last.",
        "Think of who reads the note later, and what they need.",
        "Ask who ends up with the call.",
    }
    for text in (
        "Book a visit",
        "Ask for the flat",
        "Put the caller",
        "the caller saw",
        "guess at",
        "A joke",
    ):
        assert text not in body
