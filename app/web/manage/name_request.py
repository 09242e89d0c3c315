"""A holder has asked for another name: print it, or keep the one that is there and say why."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.learning.certificate_history import history_of
from app.learning.certificate_list import certificate_at
from app.learning.replacing import LONGEST_ANSWER, keep_name
from app.web.manage.told import words_field
from app.web.shared.context import db, now, settings, signed_in, today
from app.web.shared.forms import Form, show_form, text_of

blueprint = Blueprint("name_request", __name__, template_folder="templates")


class Keep(Form):
    answer = words_field(
        "What to tell the holder", "Say why, and what would help. The holder reads it.", LONGEST_ANSWER
    )


@blueprint.get("/manage/certificates/<code>/name-request")
def show(code: str) -> ResponseReturnValue:
    """Both names, and the two ways on."""
    return _page(code, Keep())


@blueprint.post("/manage/certificates/<code>/name-request")
def keep(code: str) -> ResponseReturnValue:
    """Keep the name that is printed, and write to the holder."""
    form = Keep()
    if not form.validate_on_submit():
        return _page(code, form)
    by_id = signed_in().id
    with writing(db.session) as session:
        keep_name(
            session, code, answer=text_of(form.answer), base_url=settings().base_url, by_id=by_id, now=now()
        )
    return redirect(url_for("certificates.show"), 303)


def _page(code: str, form: Keep) -> ResponseReturnValue:
    this = certificate_at(db.session(), code, today())
    asked = history_of(db.session(), this.code).name_asked
    if not asked:
        raise NotFound("Nobody has asked for another name on this certificate.")
    return show_form("manage/name-request.html", form, this=this, asked=asked)
