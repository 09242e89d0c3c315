"""A visitor to a real server: cookies, forms with their tokens, and the time that each request took."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from tests.bench.server import HOST

TIMEOUT = 30.0
Fields = Mapping[str, str | list[str]]


@dataclass
class Form:
    """A form of a page: where it goes and what it would send as it stands."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)  # every value that a name could have


@dataclass
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes
    seconds: float
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()

    def form(self, action_ends: str) -> Form:
        """The form whose action ends so. Raises LookupError."""
        parser = _Forms()
        parser.feed(self.text)
        for form in parser.forms:
            if urlsplit(form.action).path.endswith(action_ends):
                return form
        raise LookupError(f"no form to …{action_ends}, only {[form.action for form in parser.forms]}")


class Visitor:
    """One person's browser, kept connected. Redirects are not followed: each request is seen."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port = port
        self.cookies = dict(pair.split("=", 1) for pair in cookie.split("; ") if pair)
        self.connection = HTTPConnection(HOST, port, timeout=TIMEOUT)
        self.seconds = 0.0

    def get(self, path: str) -> Answer:
        return self._send("GET", path, None)

    def post(self, path: str, fields: Fields) -> Answer:
        return self._send("POST", path, urlencode(fields, doseq=True))

    def submit(self, form: Form, **fields: str | list[str]) -> Answer:
        """Sends a form as it stands, but for these fields."""
        return self.post(form.action, {**form.fields, **fields})

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self.connection.request(method, path, body, headers if self.cookies or body is not None else {})
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - started
        self.seconds += seconds
        for set_cookie in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(set_cookie).items()}
        place = urlsplit(response.headers.get("Location", ""))
        location = place.path + (f"?{place.query}" if place.query else "")
        return Answer(response.status, location, content, seconds, dict(response.headers))


class _Forms(HTMLParser):
    """The forms of a page as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
            self._inside = True
        elif self._inside and tag == "input":
            self._input(given)
        elif self._inside and tag == "textarea":
            self.forms[-1].fields.setdefault(given.get("name", ""), [""])
        elif self._inside and tag == "select":
            self._select = given.get("name", "")
        elif self._inside and tag == "option" and self._select:
            self._choice(self._select, given.get("value", ""), "selected" in given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "select":
            self._select = ""

    def _input(self, given: Mapping[str, str]) -> None:
        kind, name, value = given.get("type", "text"), given.get("name", ""), given.get("value", "")
        if kind in {"radio", "checkbox"}:
            self._choice(name, value or "on", "checked" in given)
        elif kind not in {"submit", "button"} and name:
            self.forms[-1].fields.setdefault(name, []).append(value)

    def _choice(self, name: str, value: str, chosen: bool) -> None:
        self.forms[-1].choices.setdefault(name, []).append(value)
        if chosen:
            self.forms[-1].fields.setdefault(name, []).append(value)
