"""The floor: a bare Flask and SQLAlchemy app that answers the same requests with the same reads and writes.

FROZEN. It has no accounts, tokens, access rules, headers, compression or logs, so nothing that serves these
pages with these libraries can be much faster. The product's figures are ratios to it: do not edit it.

FLOOR_DATABASE_URL names its database, FLOOR_GUEST_PAGE a file whose bytes the guest page returns.
`python -m tests.bench.floor 80` makes the tables and 80 learners.
"""

import os
import secrets
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, redirect, request, session
from jinja2 import Environment
from sqlalchemy import JSON, Engine, ForeignKey, Text, UniqueConstraint, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

LESSONS = 8
PARAGRAPH = (
    "Co-production means that the people who use a service share the power to plan, run and judge it. "
)
CHOICES = ("power", "purpose", "place", "price")


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Enrolment(Base):
    __tablename__ = "enrolment"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str]


class Lesson(Base):
    __tablename__ = "lesson"
    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    html: Mapped[str] = mapped_column(Text)


class LessonDone(Base):
    __tablename__ = "lesson_done"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    lesson: Mapped[str] = mapped_column(primary_key=True)


class Question(Base):
    __tablename__ = "question"
    hash: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class Attempt(Base):
    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    closed_at: Mapped[datetime | None]


class Item(Base):
    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("attempt_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    position: Mapped[int]
    question_hash: Mapped[str] = mapped_column(ForeignKey("question.hash"))


class Answer(Base):
    __tablename__ = "answer"
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime]


class Grade(Base):
    __tablename__ = "grade"
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    marks: Mapped[int]


class Completion(Base):
    __tablename__ = "completion"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), unique=True)


class Certificate(Base):
    __tablename__ = "certificate"
    id: Mapped[int] = mapped_column(primary_key=True)
    completion_id: Mapped[int] = mapped_column(ForeignKey("completion.id"), unique=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class Letter(Base):
    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str] = mapped_column(Text)


LESSON = """<!doctype html><html lang="en-GB"><head><title>{{ lesson.title }}</title></head><body>
<header>{{ person.name }}</header><nav><ol>{% for each in contents %}
<li><a href="/lessons/{{ each.slug }}">{{ each.title }}</a>{% if each.slug in done %} done{% endif %}</li>
{% endfor %}</ol></nav><main><h1>{{ lesson.title }}</h1>{{ lesson.html|safe }}</main>
<footer>{{ enrolment.place }}</footer></body></html>"""

TEST = """<!doctype html><html lang="en-GB"><head><title>{{ title }}</title></head><body>
<header>{{ person.name }}</header><main><h1>{{ title }}</h1><form method="post">{% for line in lines %}
<fieldset><legend>{{ line.stem }}</legend>{% for choice in line.choices %}
<label><input type="radio" name="answer" value="{{ choice }}"{% if choice == line.given %} checked{% endif %}>
{{ choice }}: what it stands for in a sentence of ordinary length</label>{% endfor %}</fieldset>
{% endfor %}<button>{{ button }}</button></form></main></body></html>"""


PAGES = {"lesson": LESSON, "test": TEST}
TEMPLATES = {name: Environment(autoescape=True).from_string(source) for name, source in PAGES.items()}

floor = Blueprint("floor", __name__)


def create_floor() -> Flask:
    """The app. Its tables and rows are made by `fill`."""
    app = Flask(__name__)
    app.secret_key = "floor"
    app.register_blueprint(floor)
    app.extensions["engine"] = open_engine(os.environ["FLOOR_DATABASE_URL"])
    app.extensions["guest page"] = Path(os.environ["FLOOR_GUEST_PAGE"]).read_bytes()
    return app


def page(name: str, **facts: Any) -> str:
    return TEMPLATES[name].render(facts)


def reading() -> Session:
    return Session(current_app.extensions["engine"])


def writing() -> Session:
    engine = current_app.extensions["engine"].execution_options(sqlite_begin="IMMEDIATE")
    return Session(engine, expire_on_commit=False)


@floor.get("/hello")
def hello() -> str:
    return "hello"


@floor.get("/guest")
def guest() -> Response:
    return Response(current_app.extensions["guest page"], mimetype="text/html")


@floor.post("/sign-in")
def sign_in() -> Any:
    session["person"] = int(request.form["person"])
    return redirect("/hello", 303)


@floor.get("/lessons/<slug>")
def lesson(slug: str) -> str:
    with reading() as db:
        person = db.get(Person, session["person"])
        enrolment = db.get(Enrolment, (session["person"], "co-production"))
        own = db.scalars(select(Lesson).where(Lesson.slug == slug)).one()
        contents = db.execute(select(Lesson.slug, Lesson.title).order_by(Lesson.position)).all()
        done = set(db.scalars(select(LessonDone.lesson).where(LessonDone.person_id == session["person"])))
        facts = {"person": person, "enrolment": enrolment, "lesson": own}
        return page("lesson", contents=contents, done=done, **facts)


@floor.get("/test")
def intro() -> str:
    with reading() as db:
        person = db.get(Person, session["person"])
        db.get(Enrolment, (session["person"], "co-production"))
        db.scalars(select(LessonDone.lesson).where(LessonDone.person_id == session["person"])).all()
        db.scalars(select(Attempt).where(Attempt.person_id == session["person"])).all()
        return page("test", title="The test", person=person, lines=[], button="Start")


@floor.post("/attempts")
def start() -> Any:
    with writing() as db:
        db.get(Person, session["person"])
        db.get(Enrolment, (session["person"], "co-production"))
        db.scalars(select(LessonDone.lesson).where(LessonDone.person_id == session["person"])).all()
        db.scalars(select(Attempt).where(Attempt.person_id == session["person"])).all()
        hashes = db.scalars(select(Question.hash).limit(int(request.form["items"]))).all()
        attempt = Attempt(code=secrets.token_hex(13), person_id=session["person"], closed_at=None)
        db.add(attempt)
        db.flush()
        lines = enumerate(hashes, 1)
        db.add_all(Item(attempt_id=attempt.id, position=place, question_hash=each) for place, each in lines)
        db.commit()
        return redirect(f"/attempts/{attempt.code}/questions/1", 303)


@floor.get("/attempts/<code>/questions/<int:position>")
def question(code: str, position: int) -> str:
    with reading() as db:
        person, attempt = own_attempt(db, code)
        item = item_at(db, attempt, position)
        asked = db.get_one(Question, item.question_hash)
        given = db.get(Answer, item.id)
        lines = [page_line(asked, given)]
        return page("test", title="Question", person=person, lines=lines, button="Next")


@floor.post("/attempts/<code>/questions/<int:position>")
def save(code: str, position: int) -> Any:
    with writing() as db:
        _person, attempt = own_attempt(db, code)
        item = item_at(db, attempt, position)
        db.get_one(Question, item.question_hash)
        answer = db.get(Answer, item.id) or Answer(item_id=item.id)
        answer.body, answer.saved_at = {"chosen": request.form["answer"]}, datetime.now(UTC)
        db.add(answer)
        db.commit()
        return redirect(f"/attempts/{code}/questions/{position + 1}", 303)


@floor.get("/attempts/<code>/answers")
def answers(code: str) -> str:
    with reading() as db:
        person, attempt = own_attempt(db, code)
        lines = [page_line(asked, given) for _item, asked, given in whole_paper(db, attempt)]
        return page("test", title="Answers", person=person, lines=lines, button="Hand in")


@floor.post("/attempts/<code>/submission")
def submission(code: str) -> Any:
    with writing() as db:
        person, attempt = own_attempt(db, code)
        for item, asked, given in whole_paper(db, attempt):
            right = given is not None and given.body["chosen"] == asked.body["key"]
            db.add(Grade(item_id=item.id, marks=int(right)))
        attempt.closed_at = datetime.now(UTC)
        completion = Completion(person_id=person.id, attempt_id=attempt.id)
        db.add(completion)
        db.flush()
        certificate = Certificate(completion_id=completion.id, facts={"name": person.name})
        db.add(certificate)
        db.flush()
        db.add(Letter(dedupe_key=f"certificate:{certificate.id}", text=PARAGRAPH))
        db.commit()
        return redirect(f"/attempts/{code}/result", 303)


@floor.get("/attempts/<code>/result")
def result(code: str) -> str:
    with reading() as db:
        person, attempt = own_attempt(db, code)
        lines = [page_line(asked, given) for _item, asked, given in whole_paper(db, attempt)]
        db.scalars(select(Grade).join(Item).where(Item.attempt_id == attempt.id)).all()
        certificate = select(Certificate).join(Completion).where(Completion.attempt_id == attempt.id)
        db.scalars(certificate).one()
        return page("test", title="Result", person=person, lines=lines, button="Done")


def own_attempt(db: Session, code: str) -> tuple[Person, Attempt]:
    person = db.get_one(Person, session["person"])
    own = select(Attempt).where(Attempt.code == code, Attempt.person_id == person.id)
    return person, db.scalars(own).one()


def item_at(db: Session, attempt: Attempt, position: int) -> Item:
    return db.scalars(select(Item).where(Item.attempt_id == attempt.id, Item.position == position)).one()


def whole_paper(db: Session, attempt: Attempt) -> list[Any]:
    lines = (
        select(Item, Question, Answer).join(Question).outerjoin(Answer).where(Item.attempt_id == attempt.id)
    )
    return list(db.execute(lines.order_by(Item.position)))


def page_line(asked: Question, given: Answer | None) -> dict[str, Any]:
    return {"stem": asked.body["stem"], "choices": CHOICES, "given": given.body["chosen"] if given else None}


def open_engine(url: str) -> Engine:
    """SQLite with the product's own durability: WAL, synchronous=FULL, writers begin IMMEDIATE."""
    engine = create_engine(url, pool_size=10, max_overflow=2)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.isolation_level = None
            for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=FULL"):
                connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        if connection.dialect.name == "sqlite":
            mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
            connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def fill(url: str, people: int) -> None:
    """Make the tables, `people` learners enrolled, the lessons and twelve questions."""
    engine = open_engine(url)
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    slugs = [f"lesson-{number}" for number in range(1, LESSONS + 1)]
    html = "".join(f"<h2>Part {part}</h2><p>{PARAGRAPH * 14}</p>" for part in range(1, 8))
    with Session(engine) as db:
        db.add_all(Person(id=number, name=f"Learner {number}") for number in range(1, people + 1))
        db.add_all(
            Lesson(position=at, slug=each, title=f"Title of {each}", html=html)
            for at, each in enumerate(slugs)
        )
        for number in range(12):
            body = {"stem": PARAGRAPH, "choices": list(CHOICES), "key": "power"}
            db.add(Question(hash=f"{number:064x}", body=body))
        db.flush()
        for number in range(1, people + 1):
            db.add(Enrolment(person_id=number, course="co-production", place="lesson-1"))
            db.add_all(LessonDone(person_id=number, lesson=each) for each in slugs)
        db.commit()
    engine.dispose()


if __name__ == "__main__":
    fill(os.environ["FLOOR_DATABASE_URL"], int(sys.argv[1]))
