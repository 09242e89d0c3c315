"""The pictures that a certificate may print: each with the field that prints it, and a form for another."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, HiddenField, SelectField

from app.kernel.db import writing
from app.kernel.errors import Refusal
from app.library.design_pictures import (
    DesignPicture,
    add_logo,
    logo_fields,
    pictures_in,
    read_logo,
    take_out_picture,
)
from app.library.drafting import Draft
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Form
from app.web.studio.design_page import open_design
from app.web.studio.picture_forms import sent_picture
from app.web.studio.saving import base_sent
from app.web.studio.told import desk_of

blueprint = Blueprint("design_pictures", __name__, template_folder="templates")

DONE = {
    "added": "The picture is in the draft. Certificates that were made keep the one they have.",
    "out": "The picture has been taken out of the draft. It stays in the history.",
}


class Logo(Form):
    """A new picture, and the number of the field that prints it from now on; 0 for none yet."""

    picture = FileField("Picture", render_kw={"accept": "image/png,image/jpeg"})
    field = SelectField("Where is it printed?", coerce=int)
    base = HiddenField()


@blueprint.get("/studio/designs/<slug>/pictures")
def show(slug: str) -> ResponseReturnValue:
    return _page(open_design(slug))


@blueprint.post("/studio/designs/<slug>/pictures")
def upload(slug: str) -> ResponseReturnValue:
    """Keep a picture in the draft, and print it where its editor says."""
    draft, seen, by_id = open_design(slug), base_sent(request.form), signed_in().id
    form = _form(draft)
    good = form.validate()
    try:
        sent = sent_picture(read_logo)
    except Refusal as refused:
        form.picture.errors = [str(refused)]
        return _page(draft, form)
    if not good:
        form.field.errors = ["Choose one of those that there are."]
        return _page(draft, form)
    with writing(db.session) as session:
        add_logo(session, draft.key, sent, field=form.field.data, seen=seen, by_id=by_id, now=now())
    return redirect(url_for(".show", slug=slug, done="added"), 303)


@blueprint.post("/studio/designs/<slug>/pictures/<name>/removal")
def take_out(slug: str, name: str) -> ResponseReturnValue:
    """Take a picture out of the draft, unless a field prints it."""
    draft, seen, by_id = open_design(slug), base_sent(request.form), signed_in().id
    with writing(db.session) as session:
        take_out_picture(session, draft.key, name, seen=seen, by_id=by_id, now=now())
    return redirect(url_for(".show", slug=slug, done="out"), 303)


def _form(draft: Draft) -> Logo:
    form = Logo()
    fields = logo_fields(draft.files, draft.key[1])
    printed = [(number, f"In place of {file}") for number, file in fields.items()]
    form.field.choices = [*printed, (0, "Nowhere yet")]
    return form


def _page(draft: Draft, form: Logo | None = None) -> ResponseReturnValue:
    form, pictures = form or _form(draft), pictures_in(draft)
    html = render_template(
        "studio/design-pictures.html",
        form=form,
        has_errors=bool(form.errors),
        desk=desk_of(draft.key),
        base=draft.revision_id,
        pictures=[_row(draft, each) for each in pictures],
        unused=[each.name for each in pictures if not each.fields],
        done=DONE.get(request.args.get("done", ""), ""),
    )
    return html, 422 if form.errors else 200


def _row(draft: Draft, picture: DesignPicture) -> dict[str, Any]:
    weight = f"{max(1, round(picture.weight / 1000)):,} KB"
    sides = f"{picture.width:,} by {picture.height:,} pixels, {weight}" if picture.width else weight
    href = f"{desk_of(draft.key)}/fields/{picture.fields[0]}" if picture.fields else ""
    return {
        "name": picture.name,
        "href": href or f"{desk_of(draft.key)}/fields/new?kind=logo",
        "src": url_for("draft_picture.show", picture=picture.hash),
        "width": picture.width,
        "height": picture.height,
        "size": f"{sides}. {picture.fault}".strip(),
        "used": "Printed on the certificate." if picture.fields else "No field prints it yet.",
    }
