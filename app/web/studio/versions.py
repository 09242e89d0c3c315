"""What the pages on a source's saves share: who and when in words, and the version that an address names."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from flask.typing import ResponseReturnValue

from app.kernel.clock import day_in_words, local_day
from app.kernel.errors import NotFound
from app.library.differing import Version
from app.library.folders import Key
from app.library.revisions import Save, holds_answers
from app.people.names import names_of
from app.web.shared.context import db, settings
from app.web.studio.answer_keys import keys_open_or_ask
from app.web.studio.changes import shown
from app.web.studio.numbers import number_in

THE_FOLDERS = "the folders"


def names_for(saves: Iterable[Save]) -> Mapping[int | None, str]:
    """What the authors of these saves are called."""
    return names_of(db.session(), [save.by_id for save in saves])


def who(save: Save, names: Mapping[int | None, str]) -> str:
    """Who saved it. What came from the folders has neither an author nor a message."""
    return THE_FOLDERS if save.by_id is None and not save.message else shown(names[save.by_id])


def when(moment: datetime) -> str:
    """'5 October 2026 at 14:02'."""
    zone = settings().time_zone
    return f"{day_in_words(local_day(moment, zone))} at {moment.astimezone(zone):%H:%M}"


def titled(save: Save) -> str:
    """What its author said of it."""
    if save.message:
        return shown(save.message)
    return "Taken from the folders" if save.by_id is None else "Saved without a word"


def standing(key: Key, save: Save) -> str:
    """'Live as edition 2.', 'The draft.' and the like, or "". Only courses have editions."""
    editions = f" as edition {' and '.join(map(str, save.editions))}" if key[0] == "course" else ""
    said = [
        f"Live now{',' if editions else ''}{editions}."
        if save.live
        else f"Was live{editions}."
        if save.editions
        else "",
        "This is the draft." if save.head and not save.live else "",
        "Kept aside: somebody else had saved at the same time." if save.beside_id else "",
    ]
    return " ".join(filter(None, said))


def named_in(typed: str) -> int:
    """The number of a version, as an address or a form gives it. Raises NotFound for what is none."""
    number = number_in(typed)
    if number is None:
        raise NotFound("There is no such version.")
    return number


def ask_before(
    slug: str, before: Version, after: Version, *revisions: int | None
) -> ResponseReturnValue | None:
    """The page that asks first, where telling these apart would show answers of the test.

    `revisions` are the numbers of both, None for one that is not there.
    """
    if not holds_answers(("course", slug), before, after):
        return None
    return keys_open_or_ask(slug, also=[each for each in revisions if each is not None])
