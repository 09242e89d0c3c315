"""Guests' pages, answered from memory before anybody asks who is there.

A guest sends no cookie, so everybody may share what they are shown: for a minute in caches elsewhere, and
here until the next publication. One who only chose how pages look gets them in that look, for themselves.
Whoever sends any other cookie is left to the rest of the app.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response as AnyResponse

from app.kernel.db import read_alone
from app.library.tables import Publication
from app.web.shared.appearance import COOKIE, read_cookie
from app.web.shared.context import db
from app.web.shared.kept_pages import KeptPage, KeptPages, encoded

GUEST_PAGES = {
    *("front.show", "course.show", "lesson.show", "whole_course.show", "offline.show", "policy.show"),
}
ANSWERED = "lesson.show"  # the one of them that reads its query: an answer to one block
LONGEST_QUERY = 500  # characters; a longer one is answered, but not kept
MOST_PAGES = 500  # about 20 KB each in its three encodings, so 10 MB at most
SHARED = "public, max-age=60"
PERSONAL = "private, no-store"
VARY = "Accept-Encoding, Cookie"
NO_COOKIES: Mapping[str, str] = {}
PUBLICATIONS = f"SELECT count(*) FROM {Publication.__tablename__}"  # noqa: S608  (a name of our own)


class Key(NamedTuple):
    """What a guest's page depends on. `publications` is how many there are: each makes every page anew."""

    publications: int
    path: str
    query: bytes
    look: tuple[str, str]


def register_guest_pages(app: Flask) -> None:
    """Called before accounts are wired, so that nothing of them runs for a page that is here already."""
    app.extensions["guest_pages"] = KeptPages(MOST_PAGES)
    app.before_request(_answer_guest)


def _answer_guest() -> AnyResponse | None:
    if request.endpoint not in GUEST_PAGES or request.method not in {"GET", "HEAD"}:
        return None
    cookies = request.cookies if "Cookie" in request.headers else NO_COOKIES
    if cookies.keys() - {COOKIE}:
        return None
    pages: KeptPages = current_app.extensions["guest_pages"]
    look = read_cookie(cookies.get(COOKIE, ""))
    publications = _publications()
    if publications is None:
        return None  # the rest of the app says better what the matter is
    key = Key(publications, request.path, request.query_string, look)
    kept = pages.get(key)
    if kept is None:
        made = current_app.make_response(_view())
        if "Cache-Control" in made.headers:
            return made  # it knows of a reason why nobody should keep it
        if made.status_code != 200 or not _may_keep(key):
            made.headers.update(_cache_rules(shared=not cookies and made.status_code == 200))
            return made
        kept = encoded(made.get_data(), made.headers.get("Content-Disposition", ""))
        pages.keep(key, kept)
    return _answer(kept, shared=not cookies)


def _publications() -> int | None:
    """How many there are, or None where the database does not say."""
    try:
        # Asked on every view: through a session it would cost five times as much.
        return int(read_alone(db.engine, PUBLICATIONS))
    except db.engine.dialect.loaded_dbapi.Error:
        return None


def _view() -> ResponseReturnValue:
    view = current_app.view_functions[str(request.endpoint)]
    shown: ResponseReturnValue = current_app.ensure_sync(view)(**(request.view_args or {}))
    return shown


def _may_keep(key: Key) -> bool:
    """Only addresses that the pages themselves lead to: made-up ones must not push the others out.

    An answer is of one block, which says what of it is misread: then the page is not one to keep.
    """
    if not key.query:
        return True
    tried = request.args.getlist("practice")
    if request.endpoint != ANSWERED or len(tried) != 1 or len(key.query) > LONGEST_QUERY:
        return False
    return all(name == "practice" or name.startswith(f"answer-{tried[0]}") for name in request.args)


def _cache_rules(*, shared: bool) -> dict[str, str]:
    """What caches may do with a page. One that says what went wrong is nobody's to keep."""
    return {"Cache-Control": SHARED if shared else PERSONAL, "Vary": VARY}


def _answer(page: KeptPage, *, shared: bool) -> AnyResponse:
    encoding = _best_encoding(request.headers.get("Accept-Encoding", ""))
    headers = _cache_rules(shared=shared)
    if page.disposition:
        headers["Content-Disposition"] = page.disposition
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    if shared:
        headers["ETag"] = f'"{page.tags[encoding]}"'
    response = Response(page.bodies[encoding], mimetype="text/html", headers=headers)
    if shared and "If-None-Match" in request.headers:
        response.make_conditional(request)
    return response


@lru_cache(maxsize=256)
def _best_encoding(accepted: str) -> str:
    weights = parse_accept_header(accepted, Accept)
    return next((name for name in ("br", "gzip") if weights[name] > 0), "identity")
