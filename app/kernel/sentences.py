"""What a pydantic error means, in plain words for somebody who knows housing rather than YAML."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

FIELD_MEANINGS = {
    "missing": "{name} is missing.",
    "string_type": "{name} must be text.",
    "string_too_short": "{name} must have {min_length} characters or more.",
    "string_too_long": "{name} must have {max_length} characters or fewer.",
    "int_type": "{name} must be a whole number.",
    "int_parsing": "{name} must be a whole number.",
    "int_parsing_size": "{name} must be a whole number.",
    "int_from_float": "{name} must be a whole number.",
    "float_type": "{name} must be a number.",
    "float_parsing": "{name} must be a number.",
    "finite_number": "{name} must be a number.",
    "bool_type": "{name} must be true or false.",
    "bool_parsing": "{name} must be true or false.",
    "date_type": "{name} must be a day such as 2026-10-01.",
    "date_parsing": "{name} must be a day such as 2026-10-01.",
    "date_from_datetime_parsing": "{name} must be a day such as 2026-10-01.",
    "date_from_datetime_inexact": "{name} must be a day such as 2026-10-01.",
    "list_type": "{name} must be a list, each entry on its own line after a dash.",
    "tuple_type": "{name} must be a list, each entry on its own line after a dash.",
    "dict_type": "{name} must be a group of fields, each on its own line.",
    "model_type": "{name} must be a group of fields, each on its own line.",
    "model_attributes_type": "{name} must be a group of fields, each on its own line.",
    "dataclass_type": "{name} must be a group of fields, each on its own line.",
    "too_short": "{name} needs {min_length} or more, and has {actual_length}.",
    "too_long": "{name} may have {max_length} at most, and has {actual_length}.",
    "greater_than": "{name} must be more than {gt}.",
    "greater_than_equal": "{name} must be {ge} or more.",
    "less_than": "{name} must be less than {lt}.",
    "less_than_equal": "{name} must be {le} or less.",
    "literal_error": "{name} must be one of: {expected}.",
    "enum": "{name} must be one of: {expected}.",
    "string_pattern_mismatch": "{name} is not written as it must be.",
    "invalid_key": "The name of a field must be text.",
    "union_tag_invalid": "{discriminator} must be one of: {expected_tags}.",
    "union_tag_not_found": "{discriminator} is missing.",
    "recursion_loop": "{name} contains itself.",
}


def about_field(model: type[BaseModel], error: ErrorDetails) -> tuple[str, str]:
    """A sentence and a fix for one pydantic error.

    A check of our own says its sentence itself; if that begins in lower case, the field's name is put
    before it.
    """
    kind, name = error["type"], _name(error["loc"])
    if kind == "extra_forbidden":
        return _unknown_field(model, error["loc"])
    if error.get("input", "") is None and kind != "missing":
        return f"{name} is empty.", ""
    if kind in FIELD_MEANINGS:
        words = {**error.get("ctx", {}), "name": name}
        sentence = FIELD_MEANINGS[kind].format_map({key: _plain(value) for key, value in words.items()})
        return sentence, _fix(error)
    said = error["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    own = kind == "value_error" or not kind.startswith(("url", "string", "date", "time", "is_", "union"))
    if not own:
        return f"{name} cannot be used as it stands.", ""
    return (f"{name} {said}" if said[:1].islower() else said), ""


def without_misspelt(model: type[BaseModel], errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors, less a field that is missing only because its name is misspelt right there."""
    meant = {
        (error["loc"][:-1], closest)
        for error in errors
        if error["type"] == "extra_forbidden"
        and (closest := _closest(str(error["loc"][-1]), _fields_at(model, error["loc"])))
    }
    return [
        error
        for error in errors
        if error["type"] != "missing" or (error["loc"][:-1], error["loc"][-1]) not in meant
    ]


def _fix(error: ErrorDetails) -> str:
    kind, given = error["type"], error.get("input")
    if kind == "string_type" and isinstance(given, bool | int | float):
        return f'Put it in quotes: "{str(given).lower() if isinstance(given, bool) else given}".'
    if kind in {"bool_type", "bool_parsing"} and str(given).lower() in {"yes", "on", "y"}:
        return "Write true."
    if kind in {"bool_type", "bool_parsing"} and str(given).lower() in {"no", "off", "n"}:
        return "Write false."
    if kind == "union_tag_invalid":
        tags = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected_tags", "")))
        return did_you_mean(str(error.get("ctx", {}).get("tag", "")), tags)
    return ""


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """A question that names the closest known word, or nothing where none is close."""
    close = _closest(typed, known)
    return f"Did you mean {close}?" if close else ""


def _closest(typed: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(typed, list(known), n=1, cutoff=0.6)), "")


def _unknown_field(model: type[BaseModel], where: tuple[int | str, ...]) -> tuple[str, str]:
    typed = str(where[-1])
    return f"There is no field called {typed} here.", did_you_mean(typed, _fields_at(model, where))


def _fields_at(model: type[BaseModel], where: tuple[int | str, ...]) -> list[str]:
    """The fields that might stand where the last part of `where` does."""
    models = {model}
    for part in where[:-1]:
        inner = {found for each in models for found in _models_of_field(each, part)}
        models = inner or models
    return sorted({name for each in models for name in each.model_fields})


def _models_of_field(model: type[BaseModel], part: int | str) -> set[type[BaseModel]]:
    field = model.model_fields.get(str(part))
    return _models_in(field.annotation) if field else set()


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {found for inner in get_args(annotation) for found in _models_in(inner)}


def _name(where: tuple[int | str, ...]) -> str:
    """`outcomes`, `text` of `outcomes`' second entry as "text", an entry itself as "entry 2 of outcomes"."""
    if not where:
        return "This"
    if isinstance(where[-1], str):
        return where[-1]
    above = next((part for part in reversed(where) if isinstance(part, str)), "")
    return f"Entry {where[-1] + 1} of {above}" if above else f"Entry {where[-1] + 1}"


def _plain(value: Any) -> str:
    return str(value).replace("'", "").replace('"', "")
