"""A page that changes one file of a design's draft by a form: shown, tried as it is typed, saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.kernel.patching import CannotPatch
from app.library.checked import check
from app.library.drafting import Draft, open_draft
from app.web.shared.context import db
from app.web.studio import saving
from app.web.studio.design_specimens import Specimen, people_in, saved_specimens, typed_specimen
from app.web.studio.design_told import braces, to_mend, where_in
from app.web.studio.numbers import number_in
from app.web.studio.shapes import Faults, Part, Typed, posted, read, show_parts, summary
from app.web.studio.shapes.faults import Where
from app.web.studio.told import desk_of

PREVIEW = "preview"
Change = Callable[[str], str]  # a text of the file -> the text as it is meant; raises CannotPatch


@dataclass(frozen=True, kw_only=True)
class DesignForm:
    """What a page changes. `judge` turns what was typed into a change and its faults.

    `own` is the part of a text that the form changes, `in_form` where in the form a place of the file is, or
    None for a place that it leaves alone. `message` says what is done. `placed`: it is a field that can be
    moved and taken out.
    """

    draft: Draft
    path: str
    base_id: int
    parts: tuple[Part, ...]
    judge: Callable[[Typed], tuple[Change, Faults]]
    own: Callable[[str], Any]
    in_form: Callable[[Where], Where | None]
    heading: str
    address: str
    message: str
    placed: bool = False

    @property
    def slug(self) -> str:
        """The design's."""
        return self.draft.key[1]


def open_design(slug: str) -> Draft:
    """The draft of a design. Raises NotFound."""
    return open_draft(db.session(), ("design", slug))


def base_of(draft: Draft) -> int:
    """The revision that the author of this page saw: the one sent, or the newest. Raises BadRequest."""
    return saving.base_sent(request.form) if request.method == "POST" else draft.revision_id


def show(page: DesignForm, typed: Typed) -> ResponseReturnValue:
    """The form as the draft has it, with what has to be mended in it."""
    faults, elsewhere = _told(page, page.draft.files)
    people = saved_specimens(page.draft)
    specimen = people[min(_person(), len(people) - 1)] if people else None
    return _page(page, typed, faults, specimen=specimen, elsewhere=elsewhere, saved="saved" in request.args)


def take(page: DesignForm, there: str) -> ResponseReturnValue:
    """Save what was sent and go on to `there`; or try it, or change a row, and show the form again."""
    tries = request.form.get("do") == PREVIEW
    if tries:
        typed = posted(page.parts, request.form)
    else:
        typed, saves, focus = read(page.parts, request.form)
        if not saves:
            return _page(page, typed, {}, focus=focus)
    change, faults = page.judge(typed)
    if faults:
        return _page(page, typed, faults, status=422)
    base = _start_from(page)
    try:
        text = change(base.text)
    except CannotPatch as error:
        return _page(page, typed, {(): str(error)}, status=422)
    if tries:
        return _tried(page, typed, text)
    message = saving.message_sent(request.form, page.message)
    saved = saving.save_text(page.draft.key, page.path, text, base_id=base.revision_id, message=message)
    return saving.after_saving(saved, page.draft.key, there)


def _start_from(page: DesignForm) -> saving.Base:
    """What the form changes; nothing, for a file that is not there yet."""
    if page.path not in page.draft.files:
        return saving.Base("", page.draft.revision_id)
    return saving.start_from(db.session(), page.draft.key, page.path, page.base_id, page.own)


def show_again(page: DesignForm) -> ResponseReturnValue:
    """The form with everything typed, where the session has gone."""
    typed = read(page.parts, request.form if request.form.get("do") != PREVIEW else _as_saving()).typed
    return _page(page, typed, {(): saving.RENEWED}, status=400)


def _as_saving() -> Any:
    sent = request.form.copy()
    sent["do"] = "save"
    return sent


def _tried(page: DesignForm, typed: Typed, text: str) -> ResponseReturnValue:
    files = {**page.draft.files, page.path: text.encode()}
    faults, elsewhere = _told(page, files)
    return _page(
        page, typed, faults, specimen=typed_specimen(files, _person()), elsewhere=elsewhere, tried=True
    )


def _told(page: DesignForm, files: Mapping[str, bytes]) -> tuple[Faults, list[Any]]:
    """What keeps these files from being published: at its field in the form, and elsewhere as rows."""
    text = files.get(page.path, b"").decode(errors="replace")
    faults: Faults = {}
    elsewhere = []
    for problem in check("design", files).problems:
        where = page.in_form(where_in(text, problem)) if problem.path == page.path else None
        if where is None:
            elsewhere.append(problem)
        else:
            faults.setdefault(where, f"{problem.sentence} {problem.fix}".strip())
    return faults, to_mend(files, page.slug, elsewhere)


def _person() -> int:
    """Who of the sample is shown: by number, as an address or a form gives it."""
    return number_in(request.values.get("person", "0")) or 0


def _page(
    page: DesignForm,
    typed: Typed,
    faults: Faults,
    *,
    focus: str = "",
    specimen: Specimen | None = None,
    elsewhere: list[Any] | None = None,
    saved: bool = False,
    tried: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    parts = show_parts(page.parts, typed, faults, focus)
    html = render_template(
        "studio/design-form.html",
        desk=desk_of(page.draft.key),
        heading=page.heading,
        address=page.address,
        placed=page.placed,
        parts=parts,
        errors=summary(parts, faults),
        has_errors=bool(faults),
        refused=status != 200,
        specimen=specimen,
        elsewhere=elsewhere or [],
        saved=saved,
        tried=tried,
        people=list(enumerate(people_in(page.draft.files))),
        person=_person(),
        braces=braces(),
        base=page.base_id,
        message=request.form.get("message", ""),
    )
    return html, status
