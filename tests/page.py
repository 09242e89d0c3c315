"""The page client: every HTML page fetched in any test is also checked against the rules of all pages."""

import re
import time
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask import session as fresh
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from app.people.tables import User

LABELLED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}
# A file to keep carries its sheet, since it is opened where there is no other file. That is all it may carry.
OWN_SHEET = re.compile(r"<style>.*?</style>", re.DOTALL)
Form = Mapping[str, str | list[str]]


class Page:
    """One visitor's browser without a browser. `soup` is the last page's tree, `statements` its SQL."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.statements: list[str] = []
        self.soup: Element | None = None

    def sign_in(self, person: User) -> "Page":
        """Make the visitor this person, as signing in by password would."""
        with self.client.session_transaction() as session:
            session["_user_id"] = person.fs_uniquifier
            session["_fresh"] = True
            session["fs_paa"] = time.time()
            session["fs_cc"] = "set"
            session.permanent = True
        return self

    def get(self, address: str, *, status: int = 200, **options: Any) -> TestResponse:
        """Fetch an address. A page is checked; a GET must write nothing."""
        response = self._open("GET", address, **options)
        assert response.status_code == status, f"{address}: {response.status_code}\n{response.text[:2000]}"
        written = [one for one in self.statements if one.split(None, 1)[0] in {"INSERT", "UPDATE", "DELETE"}]
        assert not written, f"GET {address} wrote: {written}"
        return response

    def post(
        self,
        address: str,
        form: Form | None = None,
        *,
        status: int = 303,
        files: Mapping[str, tuple[BinaryIO, str]] | None = None,
        **options: Any,
    ) -> TestResponse:
        """Send a form, with a good token unless `csrf_token` is given in it; each file with its name."""
        fields = {"csrf_token": self.token(), **(form or {}), **(files or {})}
        response = self._open("POST", address, data=fields, **options)
        assert response.status_code == status, f"{address}: {response.status_code}\n{response.text[:2000]}"
        return response

    def follow(self, response: TestResponse) -> TestResponse:
        """The page that a redirect leads to."""
        return self.get(response.headers["Location"])

    def token(self) -> str:
        """A token that the app made for this visitor."""
        with self.client.session_transaction() as session:
            raw = session.get("csrf_token")
        with self.app.test_request_context():
            if raw:
                fresh["csrf_token"] = raw
            token = generate_csrf()
            raw = fresh["csrf_token"]
        with self.client.session_transaction() as session:
            session["csrf_token"] = raw
        return token

    def text(self, css_class: str | None = None) -> str:
        """What the last page says, white space folded; or one element's, by class."""
        assert self.soup is not None
        found = (
            self.soup
            if css_class is None
            else next(one for one in self.soup.iter() if css_class in classes(one))
        )
        return " ".join("".join(found.itertext()).split())

    def elements(self, tag: str) -> list[Element]:
        """Every element of the last page with this tag."""
        assert self.soup is not None
        return list(self.soup.iter(tag))

    def links(self) -> dict[str, str]:
        """The last page's links: words -> address."""
        return {" ".join("".join(one.itertext()).split()): one.get("href", "") for one in self.elements("a")}

    def _open(self, method: str, address: str, **options: Any) -> TestResponse:
        self.statements = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK", "PRAGMA")):
                self.statements.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            response = self.client.open(address, method=method, **options)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 308}:
            html = response.text
            if response.headers.get("Content-Disposition", "").startswith("attachment"):
                html = OWN_SHEET.sub("", html, count=1)
            self.soup = checked_page(html, f"{method} {address}")
        return response


def checked_page(html: str, where: str) -> Element:
    """The page's tree, once it has kept every rule. Raises AssertionError saying which it broke."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    assert not parser.errors, f"{where}: HTML {[(place, code) for place, code, _ in parser.errors][:5]}"
    faults = [
        *_heading_faults(tree),
        *_id_faults(tree),
        *_field_faults(tree),
        *_form_faults(tree),
        *_script_faults(tree),
    ]
    faults += ["an address has None in it"] if re.search(r'(href|action|src)="[^"]*\bNone\b', html) else []
    assert not faults, f"{where}: {faults}"
    return tree


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _heading_faults(tree: Element) -> list[str]:
    faults = []
    headings = [element for element in tree.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    if sum(heading.tag == "h1" for heading in headings) != 1:
        faults.append("not exactly one h1")
    levels = [int(str(heading.tag)[1]) for heading in headings]
    if any(after > before + 1 for before, after in pairwise(levels)):
        faults.append(f"a heading level is skipped: {levels}")
    title = tree.find("head/title")
    if title is None or not (title.text or "").strip():
        faults.append("no title")
    html = tree if tree.tag == "html" else tree.find("html")
    if html is None or html.get("lang") != "en-GB":
        faults.append("no language")
    return faults


def _id_faults(tree: Element) -> list[str]:
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    known = Counter(ids)
    twice = sorted(str(one) for one, times in known.items() if times > 1)
    faults = [f"id twice: {one}" for one in twice]
    for element in tree.iter():
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            named = (element.get(attribute) or "").split()
            faults += [f"{attribute} names no id: {one}" for one in named if one not in known]
    return faults


def _field_faults(tree: Element) -> list[str]:
    named = {label.get("for") for label in tree.iter("label")}
    inside = {id(field) for label in tree.iter("label") for field in label.iter() if field.tag in LABELLED}
    return [
        f"no label: {field.get('name')}"
        for field in tree.iter()
        if field.tag in LABELLED
        and field.get("type") not in UNLABELLED_TYPES
        and field.get("id") not in named
        and id(field) not in inside
        and not field.get("aria-label")
        and not field.get("aria-labelledby")
    ]


def _form_faults(tree: Element) -> list[str]:
    faults = []
    for form in tree.iter("form"):
        posts = form.get("method", "get").lower() == "post"
        token = any(field.get("name") == "csrf_token" for field in form.iter("input"))
        # Forms on pages that caches share: the look of pages, the name and the PDF that a checker brings. The
        # last is sent by mail programs on their own.
        tokenless = re.fullmatch(
            r"/appearance|/check(/[0-9A-Z]{26}(/pdf)?)?|/stop/[0-9A-Z]{26}", form.get("action", "")
        )
        if posts and not token and not tokenless:
            faults.append(f"no token: {form.get('action')}")
        if not posts and token:
            faults.append(f"a token in a GET form: {form.get('action')}")
    return faults


def _script_faults(tree: Element) -> list[str]:
    faults = [
        "script that is not ours"
        for one in tree.iter("script")
        if not one.get("src", "").startswith("/assets/")
    ]
    faults += ["style element" for _ in tree.iter("style")]
    for element in tree.iter():
        faults += [
            f"inline {name}" for name in element.attrib if name == "style" or str(name).startswith("on")
        ]
        address = element.get("src") or (element.get("href", "") if element.tag == "link" else "")
        if "//" in address and not address.startswith("data:image/png;base64,"):
            faults.append(f"foreign address: {address}")
    return faults
