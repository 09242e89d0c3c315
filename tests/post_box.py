"""The letters that people got: read from the outbox, newest last."""

import re
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.mail.tables import Letter


class PostBox:
    """What is in the outbox, by who it is for."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def letters(self, address: str) -> list[Letter]:
        """Every letter to this address, oldest first."""
        self.session.rollback()
        return list(
            self.session.scalars(select(Letter).where(Letter.recipient == address).order_by(Letter.id))
        )

    def subjects(self, address: str) -> list[str]:
        return [letter.subject for letter in self.letters(address)]

    def newest(self, address: str) -> Letter:
        return self.letters(address)[-1]

    def link(self, address: str) -> str:
        """The path of the first link in the newest letter to this address."""
        link = urlsplit(re.search(r"https?://\S+", self.newest(address).text)[0])  # type: ignore[index]
        return f"{link.path}?{link.query}" if link.query else link.path

    def code(self, address: str) -> str:
        """The sign-in code in the newest letter to this address."""
        return re.search(r"^\d{4} \d{4}$", self.newest(address).text, re.MULTILINE)[0]  # type: ignore[index]

    def count(self) -> int:
        self.session.rollback()
        return len(self.session.scalars(select(Letter.id)).all())
