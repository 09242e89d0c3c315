"""My CPD beside the completions: notes on them, what was done elsewhere, evidence, goal, membership."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, CodeColumn


class CpdNote(Base):
    """What a person says of a completion of theirs, in place of what is suggested. Empty: nothing said."""

    __tablename__ = "cpd_note"

    completion_id: Mapped[int] = mapped_column(ForeignKey("completion.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    objective: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    saved_at: Mapped[datetime]


class CpdActivity(Base):
    """Something that a person did elsewhere. `method` is one of the model's, `minutes` is what they say."""

    __tablename__ = "cpd_activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(CodeColumn, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(120))
    method: Mapped[str] = mapped_column(String(20))
    done_on: Mapped[date]
    minutes: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    objective: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]


class Evidence(Base):
    """A file that shows that an activity took place. It is reached through its activity's person alone."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(CodeColumn, unique=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("cpd_activity.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    type: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime]


class CpdGoal(Base):
    """How many minutes a person wants to do in a CPD year, and the month in which their year begins."""

    __tablename__ = "cpd_goal"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    minutes: Mapped[int]
    first_month: Mapped[int]
    saved_at: Mapped[datetime]


class Membership(Base):
    """The professional body that a person belongs to, and their number there."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    body: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(40))
    saved_at: Mapped[datetime]
