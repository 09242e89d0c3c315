"""A chooser of further reading within a lesson: asked by address, for everybody, and kept for nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.assessment.questions import Form
from app.assessment.wording import in_words
from app.catalogue.blocks.reading import Reading
from app.catalogue.model import FurtherReading
from app.web.shared.blocks.parts import Asked, BlockDoor, Panel, answer_field, is_tried, own_fields
from app.web.shared.contents import reading_by_need

ANY = "any"
TIMES = {"15": "15 minutes or less", "60": "Up to an hour", ANY: "Any time at all"}
STRANGE = "This form does not fit the list any more. Choose again."


@dataclass(frozen=True, kw_only=True)
class ReadingPanel(Panel):
    """The form, and the entries by need: all of them, or those that fit. `said` is how many do, in words."""

    kind: ClassVar[str] = "reading"
    title: str
    prompt: str
    need_field: str
    time_field: str
    needs: tuple[tuple[str, str], ...]
    times: tuple[tuple[str, str], ...]
    need: str
    time: str
    groups: tuple[tuple[str, tuple[FurtherReading, ...]], ...]
    said: str = ""


def reading_panel(block: Reading, asked: Asked) -> ReadingPanel:
    """Everything, or what fits the need and the time that the address names."""
    entries = asked.compiled.course.further_reading
    needs = {str(number): need for number, need in enumerate(reading_by_need(entries), 1)} | {ANY: "Anything"}
    if not is_tried(asked.query, block.id):
        return _panel(block, needs, entries)
    need, time = (_one(block, asked.query, part) for part in ("need", "time"))
    own = {f"{answer_field(block.id)}-{part}" for part in ("need", "time")}
    if need not in needs or time not in TIMES or own_fields(asked.query, block.id).keys() - own:
        return _panel(block, needs, entries, complaint=STRANGE, readable=False)
    wanted = [entry for entry in entries if need == ANY or entry.need == needs[need]]
    fitting = sorted((each for each in wanted if time == ANY or each.minutes <= int(time)), key=_minutes)
    said = _how_many(len(fitting))
    if not fitting:
        said = "Nothing here is as short as that. This is the shortest."
        fitting = sorted(wanted, key=_minutes)[:1]
    return _panel(block, needs, fitting, need=need, time=time, said=said)


DOOR = BlockDoor(panel=reading_panel, by_address=True)


def _panel(
    block: Reading,
    needs: dict[str, str],
    entries: Sequence[FurtherReading],
    *,
    need: str = ANY,
    time: str = ANY,
    said: str = "",
    complaint: str = "",
    readable: bool = True,
) -> ReadingPanel:
    field = answer_field(block.id)
    return ReadingPanel(
        id=block.id,
        title=block.title,
        prompt=block.prompt,
        need_field=f"{field}-need",
        time_field=f"{field}-time",
        needs=tuple(needs.items()),
        times=tuple(TIMES.items()),
        need=need,
        time=time,
        groups=tuple((name, tuple(found)) for name, found in reading_by_need(entries).items()),
        said=said,
        complaint=complaint,
        readable=readable,
    )


def _one(block: Reading, query: Form, part: str) -> str:
    given = query.get(f"{answer_field(block.id)}-{part}", [ANY])
    return given[0] if len(given) == 1 else ""


def _minutes(entry: FurtherReading) -> int:
    return entry.minutes


def _how_many(count: int) -> str:
    return (
        "One thing fits." if count == 1 else f"{in_words(count).capitalize()} things fit, the shortest first."
    )
