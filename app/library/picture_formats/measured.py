"""What following a picture from part to part gives."""

from dataclasses import dataclass


class Broken(Exception):
    """The bytes are not the whole picture that they begin as."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """`kind` is the ending of its name. Sides are in pixels, as it is shown; `body` is the tidy copy."""

    kind: str
    width: int
    height: int
    body: bytes


def piece(body: bytes, start: int, length: int) -> bytes:
    """The bytes from `start`. Raises Broken where they end too early."""
    found = body[start : start + length]
    if len(found) != length:
        raise Broken
    return found
