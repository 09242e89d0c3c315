"""The outbox. A letter is queued with the change that it tells of, and leaves after the commit."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base


class Letter(Base):
    """One letter to one person. `dedupe_key` makes queueing it twice the same as once.

    `attachment` names what goes with it ("certificate:<code>"); the letter waits until that can be had.
    `stop_url` is where its reader stops such letters without signing in, for their mail program's own button.
    `next_at` is when to try (a claim moves it on by the lease); None after it has been sent or given up.
    `person_id` is whose letter it is, wherever it went. A `fleeting` one is not kept once it has left.
    """

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_due", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    attachment: Mapped[str | None] = mapped_column(String(80))
    stop_url: Mapped[str | None] = mapped_column(String(300))
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    queued_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    fleeting: Mapped[bool] = mapped_column(default=False)


class LetterEvent(Base):
    """The log of a letter: queued, tried, sent, given up, queued again; and what the server said."""

    __tablename__ = "letter_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text, default="")
    happened_at: Mapped[datetime]
