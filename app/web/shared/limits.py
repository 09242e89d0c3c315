"""How often somebody may knock at the account doors; no other page has a limit.

Counted by account (guessing one person's password), by address (one office shares one, so this is wide) and
for the whole site; the letters that they send, by account and day. The counts are in memory, for each
process its own.
"""

import math
import time
from collections.abc import Callable

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from flask_limiter.util import get_remote_address

from app.people.addresses import read_address
from app.web.shared.context import person

BY_ACCOUNT = "10 per 5 minutes"
BY_ADDRESS = "300 per 5 minutes"
BY_SITE = "1000 per 5 minutes"
LETTERS = "20 per day"  # about one account: nobody's mail is flooded from here, however patiently
WINDOW = 300  # seconds
HOUR = 3600

limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")

View = Callable[..., ResponseReturnValue]


def typed_account() -> str:
    """The account that a form is about: however its address is spelt, it is counted once."""
    typed = request.form.get("email", "")
    return f"account {read_address(typed) or typed.strip().lower()[:254]}"


def own_account() -> str:
    """The account of who is signed in."""
    who = person()
    return f"account {who.email}" if who else f"guest {get_remote_address()}"


def linked_account() -> str:
    """The account that a letter's link is about."""
    return f"link {(request.view_args or {}).get('token', '')[:300]}"


def limited(
    view: View,
    account: Callable[[], str] = typed_account,
    *,
    failures_only: bool = False,
    sends_letter: bool = False,
) -> View:
    """The view with the three limits on its POSTs. `failures_only`: what succeeds is not counted.

    `sends_letter`: what succeeds queues a letter, and those are counted by the day as well.
    """
    counted = _failed if failures_only else None
    for limit, scope, key in (
        (BY_SITE, "site", lambda: "site"),
        (BY_ADDRESS, "address", get_remote_address),
        (BY_ACCOUNT, "account", account),
    ):
        view = limiter.shared_limit(limit, scope, key_func=key, methods=["POST"], deduct_when=counted)(view)
    if sends_letter:
        by_day = limiter.shared_limit(
            LETTERS, "letters", key_func=account, methods=["POST"], deduct_when=_succeeded
        )
        view = by_day(view)
    return view


def refuse(error: RateLimitExceeded) -> tuple[str, int, dict[str, str]]:
    """The page that says how long to wait."""
    breached = limiter.current_limit
    window = breached.limit.get_expiry() if breached else WINDOW
    wait = math.ceil(breached.reset_at - time.time()) if breached else WINDOW
    seconds = min(max(wait, 1), window)
    sentence = (
        f"To keep accounts safe we stop for a little while after many tries. Try again in {_pause(seconds)}."
    )
    return render_template("errors/429.html", sentence=sentence), 429, {"Retry-After": str(seconds)}


def _pause(seconds: int) -> str:
    count, unit = math.ceil(seconds / HOUR), "hour"
    if seconds <= HOUR:
        count, unit = math.ceil(seconds / 60), "minute"
    return f"{'an' if unit == 'hour' else 'a'} {unit}" if count == 1 else f"{count} {unit}s"


def _succeeded(response: Response) -> bool:
    return response.status_code == 303


def _failed(response: Response) -> bool:
    return not _succeeded(response)
