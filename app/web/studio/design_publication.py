"""Publishing a design: what changes, and how certificates look then. Those already made stay as they are."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from app.kernel.db import writing
from app.kernel.errors import Conflict
from app.library.health import title_of
from app.library.publishing_drafts import MOVED_ON, Outlook, outlook, publish_draft
from app.library.revisions import version
from app.web.shared.context import db, now, signed_in
from app.web.shared.forms import Form, show_form
from app.web.studio.changes import rows
from app.web.studio.design_desk import used_by
from app.web.studio.design_specimens import saved_specimens
from app.web.studio.design_told import to_mend
from app.web.studio.numbers import number_in
from app.web.studio.told import desk_of

blueprint = Blueprint("design_publication", __name__, template_folder="templates")


class PublishingDesign(Form):
    """Which version was looked at."""

    revision = HiddenField()


@blueprint.get("/studio/designs/<slug>/publication")
def show(slug: str) -> ResponseReturnValue:
    """What publishing would come to, said before it is done."""
    seen = outlook(db.session(), ("design", slug))
    return _page(seen, PublishingDesign(revision=str(seen.draft.revision_id)))


@blueprint.post("/studio/designs/<slug>/publication")
def publish(slug: str) -> ResponseReturnValue:
    """Make the draft live."""
    form, key = PublishingDesign(), ("design", slug)
    seen = outlook(db.session(), key)  # tried before the write begins, so that nobody waits for it
    if not form.validate():
        return _page(seen, form)
    revision_id, by_id = number_in(form.revision.data or ""), signed_in().id
    if revision_id is None:
        raise Conflict(MOVED_ON)
    with writing(db.session) as session:
        publish_draft(session, key, revision_id=revision_id, relearn=False, by_id=by_id, now=now())
    return redirect(url_for("design_desk.show", slug=slug, done="published"), 303)


def _page(seen: Outlook, form: PublishingDesign) -> ResponseReturnValue:
    draft, session = seen.draft, db.session()
    slug, live = draft.key[1], draft.live.revision_id if draft.live else None
    return show_form(
        "studio/design-publication.html",
        form,
        seen=seen,
        title=title_of(draft.key, draft.files),
        desk=desk_of(draft.key),
        changes=rows(version(session, live), version(session, draft.revision_id)),
        problems=to_mend(draft.files, slug, seen.problems),
        specimens=saved_specimens(draft),
        used=used_by(slug),
    )
