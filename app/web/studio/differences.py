"""Any two versions of a course or a design side by side."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.library.drafting import open_draft
from app.library.folders import Key
from app.library.health import title_of
from app.library.revisions import Save, history, newest_save, save_at, version
from app.web.shared.context import db
from app.web.studio.changes import rows
from app.web.studio.told import desk_of
from app.web.studio.versions import ask_before, named_in, names_for, titled, when, who

blueprint = Blueprint("differences", __name__, template_folder="templates")


@blueprint.get("/studio/<source:key>/differences")
def show(key: Key) -> ResponseReturnValue:
    """From one version to another; without their numbers, from what is live to the draft."""
    session = db.session()
    draft = open_draft(session, key)
    first = _chosen(key, "from") or save_at(
        session, key, draft.live.revision_id if draft.live else draft.revision_id
    )
    second = _chosen(key, "to") or newest_save(session, key)
    before, after = version(session, first.revision_id), version(session, second.revision_id)
    if asked := ask_before(key[1], before, after, first.revision_id, second.revision_id):
        return asked
    return render_template(
        "studio/differences.html",
        title=title_of(key, draft.files),
        desk=desk_of(key),
        changes=rows(before, after),
        choices=_choices(key, first, second),
        first=first.revision_id,
        second=second.revision_id,
    )


def _chosen(key: Key, name: str) -> Save | None:
    typed = request.args.get(name, "")
    return save_at(db.session(), key, named_in(typed)) if typed else None


def _choices(key: Key, *chosen: Save) -> list[tuple[int, str]]:
    """The newest saves and those that were chosen, the newest first."""
    saves = {save.revision_id: save for save in (*history(db.session(), key).saves, *chosen)}
    names = names_for(saves.values())
    return [
        (number, f"{when(saves[number].made_at)}, {who(saves[number], names)}: {titled(saves[number])}"[:120])
        for number in sorted(saves, reverse=True)
    ]
