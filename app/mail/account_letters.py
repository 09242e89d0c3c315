"""Letters about an account that nobody uses; the pages that send the other account letters write them."""

from app.mail.letters import LetterText, written


def idle_letter(*, name: str, erased_on: str, account_url: str) -> LetterText:
    """Nothing has been done in the account for long: it goes, unless its owner keeps it."""
    return written("idle", name=name or "there", erased_on=erased_on, account_url=account_url)


def idle_erased_letter() -> LetterText:
    """It has gone."""
    return written("idle-erased")
