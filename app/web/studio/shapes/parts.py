"""What a form asks for, worked out from the pydantic shape by which the authored YAML is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.kernel.fields import Colour, Prose, Slug
from app.web.studio.shapes.wording import OPTIONS, STARTING_ROWS, Words, words_for

Kind = Literal[
    "text", "long", "number", "decimal", "date", "colour", "choose", "tick", "texts", "rows", "name", "fixed"
]
Offer = Sequence[tuple[str, str]]  # value, words

MOST_ROWS = 100
PLAIN: dict[Any, Kind] = {bool: "tick", int: "number", float: "decimal"}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One field of a form. `name` is its name in the YAML, `path` its dotted way there without row numbers.

    `offer` is what a "choose" may be. With `siblings` that are the rows of this same form under that path;
    `offer` then comes before and after them: it is what else may be chosen. `parts` are those of each row.
    """

    name: str
    path: str
    kind: Kind
    words: Words
    optional: bool = False
    offer: tuple[tuple[str, str], ...] = ()
    siblings: str = ""
    parts: tuple["Part", ...] = ()
    fewest: int = 0
    most: int = MOST_ROWS


# Fields that name a row of the same form: where those rows stand.
SIBLINGS = {
    "rows.category": "categories",
    "rungs.band": "bands",
    "decisions.options.next": "decisions",
    "stamp_colour": "palette",
    "frame_colour": "palette",
}


def parts_of(
    model: type[BaseModel],
    shape: str,
    *,
    offers: Mapping[str, Offer] | None = None,
    without: frozenset[str] = frozenset(),
) -> tuple[Part, ...]:
    """The parts of a form for `model`. `shape` is its name in the table of words.

    `offers` are the values for fields that name something of the course, by path; `without` are fields that
    the form leaves alone.
    """
    return tuple(_parts(model, shape, "", offers or {}, without))


def _parts(
    model: type[BaseModel], shape: str, above: str, offers: Mapping[str, Offer], without: frozenset[str]
) -> Iterator[Part]:
    for name, info in model.model_fields.items():
        path = f"{above}{name}"
        if path not in without:
            yield _part(info, shape, name, path, offers)


def _part(info: FieldInfo, shape: str, name: str, path: str, offers: Mapping[str, Offer]) -> Part:
    words = words_for(shape, path) or Words(name)
    part = Part(name=name, path=path, kind="text", words=words, optional=not info.is_required())
    annotation, metadata = _bare(info.annotation, info.metadata)
    if path in offers or path in SIBLINGS:
        offer = tuple(offers.get(path, ()))
        return replace(part, kind="choose", offer=offer, siblings=SIBLINGS.get(path, ""))
    if get_origin(annotation) is Literal:
        values = tuple((str(each), OPTIONS.get(name, {}).get(each, each)) for each in get_args(annotation))
        return replace(part, kind="fixed" if len(values) == 1 else "choose", offer=values)
    if get_origin(annotation) is tuple:
        return _many(part, annotation, metadata, shape, offers)
    return replace(part, kind=_kind(annotation, metadata, name))


def _many(
    part: Part, annotation: Any, metadata: Sequence[Any], shape: str, offers: Mapping[str, Offer]
) -> Part:
    """A list: of groups, each a row, or of texts, each a line."""
    entry, _ = _bare(get_args(annotation)[0], ())
    if not (isinstance(entry, type) and issubclass(entry, BaseModel)):
        return replace(part, kind="texts")
    fewest = next((each.min_length for each in metadata if isinstance(each, MinLen)), 0)
    return replace(
        part,
        kind="rows",
        parts=tuple(_parts(entry, shape, f"{part.path}.", offers, frozenset())),
        fewest=fewest or STARTING_ROWS.get(part.path, 0),
        most=next((each.max_length for each in metadata if isinstance(each, MaxLen)), MOST_ROWS),
    )


def _kind(annotation: Any, metadata: Sequence[Any], name: str) -> Kind:
    if annotation is not str:
        return PLAIN.get(annotation, "date")
    if name == "id" and _is(Slug, metadata):
        return "name"
    if _is(Colour, metadata):
        return "colour"
    return "long" if _is(Prose, metadata) else "text"


def _is(wanted: Any, metadata: Sequence[Any]) -> bool:
    """Whether a field was declared as this type of kernel.fields: its own check says so."""
    check = wanted.__metadata__[-1]
    return any(each == check for each in metadata)


def _bare(annotation: Any, metadata: Sequence[Any]) -> tuple[Any, list[Any]]:
    """The type without `None`, `""` and the checks around it; and the checks."""
    found = list(metadata)
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            found += more
        elif get_origin(annotation) in {Union, UnionType}:
            annotation = next(each for each in get_args(annotation) if each not in {NoneType, Literal[""]})
        else:
            return annotation, found
