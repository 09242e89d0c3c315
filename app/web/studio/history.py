"""Every save of a course or a design: who, when, why, and which of them went live."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request

from app.library.drafting import open_draft
from app.library.folders import Key
from app.library.health import title_of
from app.library.revisions import Save, history
from app.web.shared.context import db
from app.web.studio.told import desk_of
from app.web.studio.versions import THE_FOLDERS, named_in, names_for, standing, titled, when, who

blueprint = Blueprint("history", __name__, template_folder="templates")


@blueprint.get("/studio/<source:key>/history")
def show(key: Key) -> str:
    session = db.session()
    found = history(session, key, page=named_in(request.args.get("page", "1")))
    names, there = names_for(found.saves), f"{desk_of(key)}/history"
    return render_template(
        "studio/history.html",
        title=title_of(key, open_draft(session, key).files),
        desk=desk_of(key),
        rows=[
            (
                titled(save),
                f"{there}/{save.revision_id}",
                f"{_author(save, names)}{when(save.made_at)}. {standing(key, save)}".strip(),
                _deeds(key, save),
            )
            for save in found.saves
        ],
        newer=f"{there}?page={found.page - 1}" if found.page > 1 else "",
        older=f"{there}?page={found.page + 1}" if found.page < found.pages else "",
        page=found.page,
        pages=found.pages,
    )


def _author(save: Save, names: Mapping[int | None, str]) -> str:
    by = who(save, names)
    return "" if by == THE_FOLDERS else f"{by}, "


def _deeds(key: Key, save: Save) -> list[tuple[str, str]]:
    if save.beside_id is None:
        return []
    return [("Choose between the two", f"{desk_of(key)}/kept/{save.revision_id}")]
