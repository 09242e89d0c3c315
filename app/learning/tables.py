"""How far people have come: enrolment, lessons done, answers to blocks, reflections, completions, keys.

And what they are invited to look at again.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, CodeColumn, SlugColumn


class Enrolment(Base):
    """A person has begun a course. `place` is the lesson that "Continue where you left off" opens."""

    __tablename__ = "enrolment"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(SlugColumn, primary_key=True)
    place: Mapped[str] = mapped_column(SlugColumn)
    enrolled_at: Mapped[datetime]
    moved_at: Mapped[datetime]


class LessonDone(Base):
    """A lesson that a person has marked done, once."""

    __tablename__ = "lesson_done"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(SlugColumn, primary_key=True)
    lesson: Mapped[str] = mapped_column(SlugColumn, primary_key=True)
    done_at: Mapped[datetime]


class BlockResponse(Base):
    """A person's latest answer to one block of a lesson. Never marks, never in a report."""

    __tablename__ = "block_response"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(SlugColumn, primary_key=True)
    block: Mapped[str] = mapped_column(SlugColumn, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime]


class Reflection(Base):
    """Private text. It stands apart from other answers so that no report can join it by accident."""

    __tablename__ = "reflection"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(SlugColumn, primary_key=True)
    block: Mapped[str] = mapped_column(SlugColumn, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]


class Completion(Base):
    """A person completed an edition of a course for the nth time (`cycle`, from 1).

    Without a person it was somebody whose account has been erased. The attempt may be gone before that.
    """

    __tablename__ = "completion"
    __table_args__ = (UniqueConstraint("person_id", "course", "edition", "cycle"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    course: Mapped[str] = mapped_column(SlugColumn)
    edition: Mapped[int]
    cycle: Mapped[int]
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempt.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    title: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int]
    completed_at: Mapped[datetime]


class KeyOpening(Base):
    """A person has seen, as an editor, the answers of a course's test.

    `edition` was live then, or the first before there was one. `questions` are the ids of those in sight.
    """

    __tablename__ = "key_opening"
    __table_args__ = (Index(None, "person_id", "course"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(CodeColumn, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course: Mapped[str] = mapped_column(SlugColumn)
    edition: Mapped[int]
    questions: Mapped[list[str]] = mapped_column(JSON)
    opened_at: Mapped[datetime]


class KeyWaiver(Base):
    """A second person lets somebody earn an edition's certificate although they had seen the answers."""

    __tablename__ = "key_waiver"
    __table_args__ = (Index(None, "person_id", "course"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course: Mapped[str] = mapped_column(SlugColumn)
    edition: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    waived_at: Mapped[datetime]
    waived_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Refresher(Base):
    """An invitation to look again at a course whose law changed: to how many people, whose, in which words.

    `address` is a path of this site. Who was invited stands in the outbox, once for a person, course and day.
    """

    __tablename__ = "refresher"

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[str] = mapped_column(SlugColumn, index=True)
    changed_on: Mapped[date]
    address: Mapped[str] = mapped_column(String(200))
    message: Mapped[str] = mapped_column(Text)
    invited: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[datetime]
