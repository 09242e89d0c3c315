"""How often somebody may knock at the account doors, and ask about a certificate; no other page has a limit.

Counted by account (guessing one person's password), by address (one office shares one, so this is wide) and
for the whole site; the letters that they send, by account and day; names that are compared, by certificate.
The counts are in memory, for each process its own.
"""

import math
import time
from collections.abc import Callable
from typing import cast

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from flask_limiter.util import get_remote_address

from app.kernel.codes import read_code
from app.people.addresses import read_address
from app.web.shared.context import person

BY_ACCOUNT = "10 per 5 minutes"
BY_ADDRESS = "300 per 5 minutes"
BY_SITE = "1000 per 5 minutes"
LETTERS = "20 per day"  # about one account: nobody's mail is flooded from here, however patiently
COSTLY = "10 per hour"  # what takes a server some seconds
NAMES = "10 per 5 minutes; 50 per day"  # compared with one certificate's: nobody goes through a list of staff
WINDOW = 300  # seconds
WHY = {"check": "So that nobody finds out a name by trying many"}  # blueprint -> what its limits are for
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


def seldom(view: View) -> View:
    """The view for what costs the server much: so often for one account, whatever comes of it."""
    by_account = limiter.limit(COSTLY, key_func=own_account, methods=["POST"])
    return cast(View, by_account(view))


def checks_limited(view: View) -> View:
    """The view of an anonymous question, limited by address."""
    return limiter.shared_limit(BY_ADDRESS, "check", key_func=get_remote_address, methods=["POST"])(view)


def names_limited(view: View) -> View:
    """The same for a name that is compared with a certificate's, which is limited by certificate as well."""
    by_certificate = limiter.shared_limit(NAMES, "name", key_func=asked_certificate, methods=["POST"])
    return checks_limited(by_certificate(view))


def asked_certificate() -> str:
    """The certificate that a page is about, however its code is spelt. All that are none count as one."""
    return f"certificate {read_code((request.view_args or {}).get('code', ''))}"


def refuse(error: RateLimitExceeded) -> tuple[str, int, dict[str, str]]:
    """The page that says how long to wait."""
    breached = limiter.current_limit
    window = breached.limit.get_expiry() if breached else WINDOW
    wait = math.ceil(breached.reset_at - time.time()) if breached else WINDOW
    seconds = min(max(wait, 1), window)
    why = WHY.get(request.blueprint or "", "To keep accounts safe")
    sentence = f"{why} we stop for a little while after many tries. Try again in {_pause(seconds)}."
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
