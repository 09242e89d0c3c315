"""E-mail addresses and names as people type them, and who may make an account."""

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
LONGEST_NAME = 120
UNSHOWN = "\ufffd"
LINK = re.compile(r"://|@|(?i:www\.)|\w\.[a-z]{2,}|\w\.\w+/")  # what mail programs turn into a link
JOINERS = "\u200c\u200d"  # invisible, but some scripts are misspelt without them


def read_address(typed: str) -> str | None:
    """The address in the one spelling that we store and look up, or None where it cannot be one.

    All of it is lower case: nobody's mail differs by case, and two accounts for one person would.
    """
    bare = typed.strip()
    if len(bare) > LONGEST_ADDRESS:
        return None
    try:
        read = validate_email(bare, check_deliverability=False)
    except EmailNotValidError:
        return None
    address = read.normalized.lower()
    # A quoted local part may hold spaces and brackets, which a letter's header must not.
    return address if '"' not in address and len(address) <= LONGEST_ADDRESS else None


def read_name(typed: str) -> str:
    """The name with its white space folded, in composed form; what cannot be shown is marked as such."""
    name = unicodedata.normalize("NFC", " ".join(typed.split()))
    return "".join(UNSHOWN if _is_hidden(character) else character for character in name)


def name_problem(name: str) -> str | None:
    """What keeps this from being a person's name, in a sentence; None where nothing does."""
    if not name:
        return "Enter your name."
    if len(name) > LONGEST_NAME:
        return f"Your name must be {LONGEST_NAME} characters or fewer."
    if UNSHOWN in name:
        return "Your name has a character in it that cannot be shown. Type it again."
    if LINK.search(name):
        # It stands in letters: an address in it would make our letter carry somebody else's message.
        return "Your name must not have an address in it."
    return None


def may_register(address: str, registration: str, domains: tuple[str, ...]) -> bool:
    """Whether this address may make an account. `registration` is anyone, domains or invited."""
    if registration == "domains":
        return address.rpartition("@")[2] in domains
    return registration == "anyone"


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"} and character not in JOINERS
