"""What one person did in one test: attempts, rounds, papers, responses, grades; and what came after."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, CodeColumn, HashColumn, SlugColumn


class QuestionVersion(Base):
    """A question's canonical JSON, stored once under its SHA-256. Grading reads this and never recompiles."""

    __tablename__ = "question_version"

    hash: Mapped[str] = mapped_column(HashColumn, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    stored_at: Mapped[datetime]


class Attempt(Base):
    """One person's try at one edition of a course's test. At most one is open for a person and course."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index(
            "uq_attempt_open",
            "person_id",
            "course",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_attempt_person_id_course", "person_id", "course"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(CodeColumn, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course: Mapped[str] = mapped_column(SlugColumn)
    edition: Mapped[int]
    policy: Mapped[dict[str, Any]] = mapped_column(JSON)
    printed_name: Mapped[str] = mapped_column(String(60))
    pledged_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Round(Base):
    """One paper within an attempt. It pins the revision that it was drawn from; `handed_in_at` closes it."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    seed: Mapped[str] = mapped_column(String(32))
    opened_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]


class PaperItem(Base):
    """One question on a paper: which variant of which slot, by hash, and the order its choices stand in.

    `slot_title` and `section` ("lesson#anchor") are copied at the draw, so that a result outlives an edit.
    """

    __tablename__ = "paper_item"
    __table_args__ = (UniqueConstraint("round_id", "position"), UniqueConstraint("round_id", "slot"))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    position: Mapped[int]
    slot: Mapped[str] = mapped_column(SlugColumn)
    slot_title: Mapped[str] = mapped_column(String(200))
    section: Mapped[str] = mapped_column(String(161))
    question: Mapped[str] = mapped_column(SlugColumn)
    question_hash: Mapped[str] = mapped_column(ForeignKey("question_version.hash"), index=True)
    choice_order: Mapped[list[str]] = mapped_column(JSON)


class Response(Base):
    """The answer that stands for one item. `step` counts its saves: a form with an older step is stale."""

    __tablename__ = "response"

    item_id: Mapped[int] = mapped_column(ForeignKey("paper_item.id"), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    step: Mapped[int]
    saved_at: Mapped[datetime]


class Grade(Base):
    """What one handed-in item earned. Marks are whole, one a choice or row; `secured` means full marks."""

    __tablename__ = "grade"

    item_id: Mapped[int] = mapped_column(ForeignKey("paper_item.id"), primary_key=True)
    marks: Mapped[int]
    full_marks: Mapped[int]
    secured: Mapped[bool]
    graded_at: Mapped[datetime]


class Reading(Base):
    """The section behind a missed item, opened after the miss: it lets the next round begin."""

    __tablename__ = "reading"

    item_id: Mapped[int] = mapped_column(ForeignKey("paper_item.id"), primary_key=True)
    opened_at: Mapped[datetime]


class FollowUp(Base):
    """Three questions that a person asked for, to come `day` days after a completion.

    It is drawn when its letter is written: until then `revision_id`, `seed` and `drawn_at` are None.
    `skipped` says why no letter was written. What is stopped before that is deleted. Of the code that stops
    letters, only the hash is kept.
    """

    __tablename__ = "follow_up"
    __table_args__ = (UniqueConstraint("completion_id", "day"), Index(None, "person_id", "course"))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(CodeColumn, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course: Mapped[str] = mapped_column(SlugColumn)
    completion_id: Mapped[int] = mapped_column(ForeignKey("completion.id"))
    day: Mapped[int]
    due_on: Mapped[date] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    stop_hash: Mapped[str | None] = mapped_column(HashColumn, unique=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    seed: Mapped[str | None] = mapped_column(String(32))
    drawn_at: Mapped[datetime | None]
    skipped: Mapped[str | None] = mapped_column(String(20))


class FollowUpItem(Base):
    """One question of a follow-up, pinned as on a paper. It is answered once, and graded with that."""

    __tablename__ = "follow_up_item"
    __table_args__ = (UniqueConstraint("follow_up_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id"))
    position: Mapped[int]
    slot: Mapped[str] = mapped_column(SlugColumn)
    slot_title: Mapped[str] = mapped_column(String(200))
    section: Mapped[str] = mapped_column(String(161))
    question: Mapped[str] = mapped_column(SlugColumn)
    question_hash: Mapped[str] = mapped_column(ForeignKey("question_version.hash"), index=True)
    choice_order: Mapped[list[str]] = mapped_column(JSON)
    response: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    marks: Mapped[int | None]
    full_marks: Mapped[int | None]
    secured: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
