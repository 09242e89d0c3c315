"""What came of a source when folders, shelf and studio were compared, in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.library.folders import Key

MOST_NAMED = 5  # files


@dataclass(frozen=True, kw_only=True)
class Told:
    """What came of one source, in a sentence. `well` is false where somebody has to do something."""

    sentence: str
    well: bool = True


def tell(key: Key, sentence: str, *, well: bool = True) -> Told:
    """The sentence under the name of its source."""
    return Told(sentence=f"{named(key)}: {sentence}", well=well)


def named(key: Key) -> str:
    """How a source is called at the head of a sentence."""
    return "The site" if key[0] == "site" else f"The {key[0]} {key[1]}"


def listed(paths: Sequence[str]) -> str:
    """The first files by name, and how many more there are."""
    shown = ", ".join(paths[:MOST_NAMED])
    return shown if len(paths) <= MOST_NAMED else f"{shown} and {len(paths) - MOST_NAMED} more"
