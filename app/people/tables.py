"""People, their roles, the codes that sign them in, and the one-time links that make an administrator.

Flask-Security needs its classes to be called User and Role; it is the one library that this room may import.
"""

from datetime import datetime

from flask_security.models import sqla
from sqlalchemy import ForeignKey, String, func
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, HashColumn

sqla.FsModels.set_db_info(base_model=Base, user_table_name="person", role_table_name="role")  # type: ignore[no-untyped-call]


class Role(Base, sqla.FsRoleMixin):
    """learner, editor, manager or admin. A person without a row is a learner."""

    __tablename__ = "role"

    # The library's own default for this column is a naive moment, which our column type refuses.
    update_datetime: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class User(Base, sqla.FsUserMixin):
    """A person with an account. `full_name` is how we address them; a certificate has its own printed name.

    `registered_at` is when they last sent the registration form; None where somebody else added them.
    `fs_uniquifier` is what a session holds: a new one ends every session of this person.
    """

    __tablename__ = "person"

    full_name: Mapped[str] = mapped_column(String(120), default="")
    registered_at: Mapped[datetime | None]
    update_datetime: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class SignInCode(Base):
    """The code last e-mailed to a person to sign in with, as a hash. Once used, it is gone."""

    __tablename__ = "sign_in_code"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(HashColumn)
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)


class AdminLink(Base):
    """A one-time link that makes an administrator. Only the hash of its token is kept."""

    __tablename__ = "admin_link"

    token_hash: Mapped[str] = mapped_column(HashColumn, primary_key=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
