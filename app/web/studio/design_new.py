"""A new design: a copy of one that is there, under a name of its own."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from app.kernel.db import writing
from app.kernel.errors import Refusal
from app.library.design_files import copied_design, title_in
from app.library.drafting import begin
from app.library.health import drafts_of
from app.library.naming import slug_from
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Form, show_form, shown, text_of
from app.web.studio.lines import line_field

blueprint = Blueprint("design_new", __name__, template_folder="templates")


class NewDesign(Form):
    title = line_field("Title", "Enter a title.", 200)
    slug = StringField("Short name", [Optional()], filters=[shown])
    copied = SelectField("Begin with a copy of")


@blueprint.route("/studio/designs/new", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Ask what the design is called; then the copy becomes a draft, and its desk is shown."""
    form = NewDesign()
    drafts = {draft.key[1]: draft for draft in drafts_of(db.session(), "design")}
    form.copied.choices = {slug: title_in(slug, draft.files) for slug, draft in drafts.items()}
    if form.validate_on_submit():
        slug = text_of(form.slug).strip() or slug_from(text_of(form.title), "design")
        copied, by_id = form.copied.data, signed_in().id
        message = f"A new design, from a copy of {title_in(copied, drafts[copied].files)}"
        try:
            files = copied_design(drafts[copied].files, copied, slug, text_of(form.title))
            with writing(db.session) as session:
                begin(session, ("design", slug), files, by_id=by_id, message=message, now=now())
            return redirect(url_for("design_desk.show", slug=slug), 303)
        except Refusal as refused:
            form.slug.errors = [str(refused)]
    return show_form("studio/design-new.html", form)
