"""Confirming an address: the letter once more, and the page whose button confirms.

Mail scanners open every link in a letter, so opening one changes nothing.
"""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.kernel.db import writing
from app.kernel.errors import NotFound
from app.people.links import Link, Purpose, holds
from app.people.registration import confirm, find_person
from app.people.tables import User
from app.web.mailing import read_letter_link, send_link
from app.web.public.register import LETTER_TO
from app.web.public.sign_in import next_page
from app.web.shared.context import db, now
from app.web.shared.forms import Button, Form, address_field, show_form, text_of


class SendAgain(Form):
    email = address_field()


def again() -> ResponseReturnValue:
    """Send the letter again. The page is the same whether or not there is an account that waits."""
    form = SendAgain()
    if form.validate_on_submit():
        _send(text_of(form.email))
        session[LETTER_TO] = text_of(form.email)
        return redirect(url_for("security.confirmation_sent"), 303)
    return show_form("security/confirm_again.html", form, waiting=request.args.get("waiting") == "yes")


def show(token: str) -> ResponseReturnValue:
    """The button that a confirmation letter leads to."""
    link = read_letter_link(Purpose.CONFIRM, token)
    found = db.session.get(User, link.person_id) if link else None
    if link is None or not holds(link, found):
        return link_over(url_for("security.send_confirmation"))
    form = Button()
    if not form.validate_on_submit():
        return show_form("security/confirm.html", form, person=found, then=next_page())
    if not _confirm(link):
        return link_over(url_for("security.send_confirmation"))
    return redirect(url_for("security.login", confirmed="yes", next=next_page()), 303)


def sent() -> ResponseReturnValue:
    """Look in your mail."""
    return render_template("security/confirm_sent.html", address=session.get(LETTER_TO, ""))


def link_over(again_at: str) -> tuple[str, int]:
    """The page for a letter's link that does not count any more, with the way to a new one."""
    return render_template("security/link_over.html", again_at=again_at), 404


def _confirm(link: Link) -> bool:
    try:
        with writing(db.session) as written:
            confirm(written, link, now())
    except NotFound:
        return False
    return True


def _send(address: str) -> None:
    with writing(db.session) as written:
        found = find_person(written, address)
        if found is not None and found.active and found.confirmed_at is None:
            send_link(written, "confirm", Purpose.CONFIRM, found)
