"""People, their roles, and the one-time links that make an administrator.

Flask-Security needs its classes to be called User and Role; it is the one library that this room may import.
"""

from datetime import datetime

from flask_security.models import sqla
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Base, HashColumn

sqla.FsModels.set_db_info(base_model=Base, user_table_name="person", role_table_name="role")


class Role(Base, sqla.FsRoleMixin):
    """learner, editor, manager or admin. A person without a row is a learner."""

    __tablename__ = "role"


class User(Base, sqla.FsUserMixin):
    """A person with an account. `full_name` is how we address them; a certificate has its own printed name."""

    __tablename__ = "person"

    full_name: Mapped[str] = mapped_column(String(120), default="")


class AdminLink(Base):
    """A one-time link that makes an administrator. Only the hash of its token is kept."""

    __tablename__ = "admin_link"

    token_hash: Mapped[str] = mapped_column(HashColumn, primary_key=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
