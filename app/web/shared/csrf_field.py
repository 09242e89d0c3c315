"""The hidden field that every form which changes something carries."""

from flask import Flask
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup


def register_csrf_field(app: Flask) -> None:
    """Give templates `csrf_field()`. Calling it opens the session, so a guest's cacheable page must not."""
    app.jinja_env.globals["csrf_field"] = csrf_field


def csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())
