"""The people and the course with which a design is tried."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.certification.sample import Sample
from app.kernel.patching import put, value_at
from app.library.design_files import sample_file
from app.library.drafting import Draft
from app.web.studio.design_page import Change, DesignForm, base_of, open_design, show_again, take
from app.web.studio.design_page import show as show_form
from app.web.studio.shapes import Faults, Typed, filled, judge, parts_of
from app.web.studio.told import desk_of

blueprint = Blueprint("design_sample", __name__, template_folder="templates")


@blueprint.get("/studio/designs/<slug>/sample")
def show(slug: str) -> ResponseReturnValue:
    page = _page(open_design(slug))
    text = page.draft.files.get(page.path, b"").decode(errors="replace")
    values = value_at(text, (), {})
    return show_form(page, filled(page.parts, values if isinstance(values, dict) else {}))


@blueprint.post("/studio/designs/<slug>/sample")
def change(slug: str) -> ResponseReturnValue:
    """Keep what was changed in the draft."""
    page = _page(open_design(slug))
    return take(page, f"{page.address}?saved")


@blueprint.errorhandler(CSRFError)
def keep_what_was_typed(_error: CSRFError) -> ResponseReturnValue:
    """Nothing typed is lost when the session has gone."""
    return show_again(_page(open_design((request.view_args or {})["slug"])))


def _page(draft: Draft) -> DesignForm:
    parts = parts_of(Sample, "sample")

    def judge_sample(typed: Typed) -> tuple[Change, Faults]:
        values, faults = judge(Sample, parts, typed)

        def change_text(text: str) -> str:
            for name, value in values.items():
                text = put(text, (name,), value)
            return text

        return change_text, faults

    return DesignForm(
        draft=draft,
        path=sample_file(draft.key[1]),
        base_id=base_of(draft),
        parts=parts,
        judge=judge_sample,
        own=lambda text: value_at(text, (), {}),
        in_form=lambda where: where[:1],
        heading="People to try it with",
        address=f"{desk_of(draft.key)}/sample",
        message="Change the people to try it with",
    )
