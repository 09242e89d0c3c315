"""Keeping an account that would be erased because nobody uses it: one button, of which a letter speaks."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.kernel.db import writing
from app.learning.idling import keep_account
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Button

blueprint = Blueprint("account_keep", __name__)


@blueprint.post("/account/keeping")
def keep() -> ResponseReturnValue:
    """The account stays."""
    if Button().validate_on_submit():
        with writing(db.session) as written:
            keep_account(written, signed_in().id, now())
    return redirect(url_for("account.show", done="kept"), 303)
