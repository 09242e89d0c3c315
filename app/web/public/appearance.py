"""The one change a guest can make: colours and text size.

The form is on pages that are cached for everyone, so it cannot carry a token. Instead the browser must say
that the request comes from this site, and the only thing that can change is a cookie of two known words.
"""

import re

from flask import Blueprint, abort, redirect, request
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from app.web.shared.appearance import COOKIE, SIZES, THEMES, read_cookie, safe_path, write_cookie
from app.web.shared.context import settings

blueprint = Blueprint("appearance", __name__)
ADDRESS = re.compile(r"https?://([^/?#]+)")
YEAR = 365 * 24 * 60 * 60


@blueprint.post("/appearance")
def save() -> Response:
    ours = {request.host, _host(settings().base_url)}
    if not comes_from(request.headers, ours):
        abort(403)
    theme, size = read_cookie(request.cookies.get(COOKIE, ""))
    theme = _one_of(THEMES, request.form.get("theme", theme))
    size = _one_of(SIZES, request.form.get("size", size))
    response = redirect(safe_path(request.form.get("return", "/")).split("#")[0] + "#appearance", code=303)
    _keep(response, theme, size)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def comes_from(headers: Headers, hosts: set[str]) -> bool:
    """Every header that says where the request comes from names this site, and at least one does say.

    A proxy may pass on another Host than the one people see, so `hosts` also holds the site's own address.
    """
    said = [_host(headers[name]) in hosts for name in ("Origin", "Referer") if name in headers]
    if "Sec-Fetch-Site" in headers:
        said.append(headers["Sec-Fetch-Site"] == "same-origin")
    return bool(said) and all(said)


def _host(address: str) -> str:
    """The host and port of an address, or "" where it has none."""
    found = ADDRESS.match(address)
    return found[1] if found else ""


def _one_of(known: tuple[str, ...], value: str) -> str:
    if value not in known:
        abort(400)
    return value


def _keep(response: Response, theme: str, size: str) -> None:
    """The plain appearance needs no cookie, and a guest without one shares the cached pages."""
    if (theme, size) == (THEMES[0], SIZES[0]):
        response.delete_cookie(COOKIE, secure=request.is_secure, httponly=True, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE,
            write_cookie(theme, size),
            max_age=YEAR,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
