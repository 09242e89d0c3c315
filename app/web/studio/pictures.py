"""The pictures of a course's draft: each with its size and where it is used, and a form for another."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.kernel.db import writing
from app.kernel.errors import Refusal
from app.library.course_pictures import CoursePicture, add_picture, pictures_of
from app.library.drafting import open_draft
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import text_of
from app.web.studio.picture_forms import Sending, sent_picture

blueprint = Blueprint("pictures", __name__, template_folder="templates")
DONE = {"retired": "The picture has been taken out of the draft. It stays in the history."}


@blueprint.get("/studio/courses/<slug>/pictures")
def show(slug: str) -> ResponseReturnValue:
    return _page(slug, Sending())


@blueprint.post("/studio/courses/<slug>/pictures")
def upload(slug: str) -> ResponseReturnValue:
    """Keep a picture in the draft, and go on to where it can be put."""
    form = Sending()
    open_draft(db.session(), ("course", slug))
    good = form.validate_on_submit()
    try:
        sent = sent_picture()
    except Refusal as refused:
        form.picture.errors = [str(refused)]
    else:
        if good:
            by_id = signed_in().id
            with writing(db.session) as session:
                name = add_picture(session, ("course", slug), sent, by_id=by_id, now=now())
            there = url_for("picture.show", slug=slug, name=name, words=text_of(form.alt).strip())
            return redirect(there, 303)
    return _page(slug, form), 422


def in_words(picture: CoursePicture) -> str:
    """'640 by 480 pixels, 34 KB', and what is wrong with it."""
    weight = f"{max(1, round(picture.weight / 1000)):,} KB"
    sides = f"{picture.width:,} by {picture.height:,} pixels, " if picture.width else ""
    return f"{sides}{weight}. {picture.fault}" if picture.fault else f"{sides}{weight}"


def _page(slug: str, form: Sending) -> str:
    draft = open_draft(db.session(), ("course", slug))
    return render_template(
        "studio/pictures.html",
        form=form,
        has_errors=bool(form.errors),
        slug=slug,
        pictures=[_row(slug, each) for each in pictures_of(draft)],
        done=DONE.get(request.args.get("done", ""), ""),
    )


def _row(slug: str, picture: CoursePicture) -> dict[str, object]:
    titles = dict.fromkeys(use.title for use in picture.uses)
    return {
        "name": picture.name,
        "href": url_for("picture.show", slug=slug, name=picture.name),
        "src": url_for("draft_picture.show", picture=picture.hash),
        "width": picture.width,
        "height": picture.height,
        "size": in_words(picture),
        "used": f"Used in {', '.join(titles)}." if titles else "Not used yet.",
    }
