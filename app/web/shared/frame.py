"""What every frame asks for: the site's name and pages, whether somebody is signed in, a form's token."""

from typing import cast

from flask import Flask, current_app, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from app.catalogue.model import PolicyPage, Site
from app.kernel.errors import NotFound
from app.people.tables import User
from app.web.shared.context import db, person, shelf
from app.web.shared.drafts import shown_draft

UNNAMED = "Rung"  # the site, until its site.yml is live


def register_frame(app: Flask) -> None:
    """Give templates `site_name()`, `site_pages()`, `csrf_field()`, `is_signed_in()`, `shown_draft()`."""
    app.jinja_env.globals.update(
        site_name=site_name,
        site_pages=site_pages,
        csrf_field=csrf_field,
        is_signed_in=is_signed_in,
        shown_draft=shown_draft,
    )


def site_name() -> str:
    """The name in the bar."""
    site = _site()
    return site.name if site else UNNAMED


def site_pages() -> tuple[PolicyPage, ...]:
    """The pages that the foot links to, in the order of site.yml."""
    site = _site()
    return site.pages if site else ()


def _site() -> Site | None:
    """A page that needs nothing of the database does not ask it for its frame either."""
    try:
        return shelf().site_last_asked_for(db.session())
    except (NotFound, SQLAlchemyError):
        return None


def csrf_field() -> Markup:
    """The hidden field of a form that changes something. It opens the session: not for cached pages."""
    if "csrf_field" not in g:
        field = Markup('<input type="hidden" name="csrf_token" value="{}">')
        g.csrf_field = field.format(generate_csrf())
    return cast(Markup, g.csrf_field)


def is_signed_in() -> bool:
    """Whether the bar shows a person's own pages."""
    return reader() is not None


def reader() -> User | None:
    """Who reads a page that is open to anybody: nobody known, where an editor looks at a draft as a guest.

    Without a session cookie nothing is looked up.
    """
    if shown_draft():
        return None
    return person() if current_app.config["SESSION_COOKIE_NAME"] in request.cookies else None
