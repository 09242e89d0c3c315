"""Public codes: 26 Crockford base-32 characters (130 bits), printed in groups of four.

Reading is forgiving: case, spaces and dashes do not matter, O is 0, I and L are 1.
Source of the alphabet: Douglas Crockford, "Base 32", crockford.com/base32.html.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
GROUP = 4

_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]+")


def new_code() -> str:
    """A fresh unguessable code, 26 characters without separators."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_seed() -> str:
    """What a paper is drawn from. Nobody can know it beforehand."""
    return secrets.token_hex(16)


def read_code(typed: str) -> str | None:
    """The code that somebody meant by `typed`, or None where it cannot be one."""
    bare = _SEPARATORS.sub("", typed[:200]).upper().translate(_FORGIVEN)
    if len(bare) != LENGTH or any(character not in ALPHABET for character in bare):
        return None
    return bare


def grouped(code: str) -> str:
    """The code as printed: groups of four with spaces between them."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
