"""What a door asks the running app for: the database session, the clock, the settings, the person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import Flask, current_app, g
from flask_login import current_user
from flask_sqlalchemy import SQLAlchemy

from app.certification.signers import Signing
from app.kernel.clock import Clock, local_day
from app.kernel.db import Base
from app.library.shelf import Shelf
from app.mail.delivery import DeliveryLoop
from app.people.tables import User
from app.settings import Settings

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


@dataclass(frozen=True, kw_only=True)
class Running:
    """What create_app wires once and the doors use."""

    settings: Settings
    clock: Clock
    shelf: Shelf
    signing: Signing
    loop: DeliveryLoop


def running_in(app: Flask) -> Running:
    """The wiring of this app."""
    return cast(Running, app.extensions["rung"])


def running() -> Running:
    """The wiring of the app that serves this request."""
    return running_in(current_app)


def settings() -> Settings:
    return running().settings


def shelf() -> Shelf:
    """The shelf. Where this request shows a draft, the draft stands on it in the place of what is live."""
    return cast(Shelf, g.get("shelf") or running().shelf)


def now() -> datetime:
    """One moment for the whole request, so that two lines of a page never disagree."""
    if "now" not in g:
        g.now = running().clock()
    return cast(datetime, g.now)


def today() -> date:
    """The day of this request, where the site is."""
    return local_day(now(), settings().time_zone)


def person() -> User | None:
    """Who is signed in, or None for a guest."""
    return cast(User, current_user) if current_user.is_authenticated else None


def signed_in() -> User:
    """Who is signed in, on a page that the access table keeps from guests."""
    found = person()
    assert found is not None, "the access table lets only people with an account come here"
    return found
