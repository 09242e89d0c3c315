"""Names that are chosen once: a slug from a title, and one that has never been used."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 60


def slug_from(title: str, otherwise: str = "") -> str:
    """The title in small letters, digits and dashes, cut between words; `otherwise` where none are left."""
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    parts = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", bare))
    slug = ""
    for part in parts:
        longer = f"{slug}-{part}" if slug else part[:LONGEST]
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug or otherwise


def unused(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or with the first number behind it that nothing has."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted[: LONGEST - 1 - len(str(number))].rstrip('-')}-{number}"
    return name
