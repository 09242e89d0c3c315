"""What every request gets: an id in its log lines and headers, security headers, and a cache rule."""

import re
import secrets
import time
from typing import cast

import structlog
from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from secure import ContentSecurityPolicy, PermissionsPolicy, ReferrerPolicy, Secure, StrictTransportSecurity
from secure.headers import CrossOriginOpenerPolicy, XContentTypeOptions, XFrameOptions

log = structlog.get_logger("rung.request")
EARLY = {"assets.serve", "health.live", "images.show"}
GIVEN_ID = re.compile(r"[A-Za-z0-9\-]{8,64}")

CSP = (
    ContentSecurityPolicy()
    .default_src("'none'")
    .script_src("'self'")
    .style_src("'self'")
    .img_src("'self'", "data:")
    .connect_src("'self'")
    .form_action("'self'")
    .base_uri("'none'")
    .frame_ancestors("'none'")
)
HSTS = StrictTransportSecurity().max_age(31_536_000).include_subdomains()


FRAMED = {  # what a page carries that our own pages, and nobody else's, may show in a frame
    "Content-Security-Policy": CSP.header_value.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "X-Frame-Options": "SAMEORIGIN",
}
FRAMING = {"Content-Security-Policy": f"{CSP.header_value}; frame-src 'self'"}  # a page with such a frame


def security_headers(*, https: bool) -> dict[str, str]:
    """The headers that every response carries. HSTS only where the base address is https."""
    headers = Secure(
        csp=CSP,
        coop=CrossOriginOpenerPolicy().same_origin(),
        hsts=HSTS if https else None,
        permissions=PermissionsPolicy().camera().geolocation().microphone(),
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions(),
        xfo=XFrameOptions().deny(),
    )
    return dict(headers.headers)


def register_requests(app: Flask, *, https: bool) -> None:
    """Give each request its id first and its headers last."""
    headers = security_headers(https=https) | {"Cache-Control": "private, no-store"}

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
        g.started = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.before_request
    def answer_early() -> ResponseReturnValue | None:
        # Before anything loads a session: these answers are the same for everybody.
        if request.endpoint in EARLY:
            view = app.ensure_sync(app.view_functions[request.endpoint])
            return cast(ResponseReturnValue, view(**(request.view_args or {})))
        return None

    @app.after_request
    def finish(response: Response) -> Response:
        # One look at what is there: asking the headers for each name walks all of them each time.
        there = {name for name, _ in response.headers}
        response.headers.extend((name, value) for name, value in headers.items() if name not in there)
        response.headers["X-Request-ID"] = g.get("request_id", "")
        _log(response)
        return response


def _log(response: Response) -> None:
    # The rule, not the address: a query may hold what somebody typed, and a letter's link ends in a token.
    if request.endpoint in EARLY | {"health.ready"}:
        return
    milliseconds = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1)
    rule = request.url_rule.rule if request.url_rule else "unknown"
    log.info("request", method=request.method, route=rule, status=response.status_code, ms=milliseconds)
