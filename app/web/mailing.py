"""Account letters: rendered from security/email, queued with the change that they tell of.

A letter's template is its subject, an empty line, and its text. The HTML beside it is the same text.
Links are built on the base address, never on what a request says its host is.
"""

import hashlib
from urllib.parse import urlsplit

from flask import current_app, render_template
from sqlalchemy.orm import Session

from app.mail.letters import LetterText
from app.mail.outbox import queue
from app.people.links import Link, Purpose, make_link, read_link
from app.people.tables import User
from app.web.shared.context import now, settings

PAGES = {
    Purpose.CONFIRM: "security.confirm_email",
    Purpose.RESET: "security.reset_password",
    Purpose.INVITE: "security.accept_invitation",
    Purpose.CHANGE_ADDRESS: "account.confirm_address",
}


def send_letter(
    session: Session, name: str, recipient: str, *, person: User | None, **values: object
) -> None:
    """Queue the letter `name` for this address. The same letter with the same values is queued once.

    `person` is whose letter it is: it goes with their account. One that is nobody's goes once it is sent.
    """
    rendered = render_template(f"security/email/{name}.txt", person=person, **values)
    subject, _, text = rendered.partition("\n\n")
    paragraphs = [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]
    html = render_template("security/email/letter.html", subject=subject, paragraphs=paragraphs)
    digest = hashlib.sha256(f"{recipient}\n{text}\n{now().isoformat()}".encode()).hexdigest()
    queue(
        session,
        LetterText(subject=subject, text="\n\n".join(paragraphs) + "\n", html=html),
        dedupe_key=f"account:{name}:{digest}",
        kind=f"account-{name}",
        recipient=recipient,
        person_id=person.id if person else None,
        fleeting=person is None,
        now=now(),
    )


def send_link(
    session: Session,
    name: str,
    purpose: Purpose,
    person: User,
    *,
    to: str = "",
    then: str = "",
    **values: object,
) -> None:
    """Queue a letter with a link for this person; `to` another address where the link is about that one."""
    token = make_link(_secret(), purpose, person, now(), to)
    link = address_of(PAGES[purpose], token=token, **({"next": then} if then else {}))
    send_letter(session, name, to or person.email, person=person, link=link, **values)


def read_letter_link(purpose: Purpose, token: str) -> Link | None:
    """What the token of a letter's link says, or None where it does not count (any more)."""
    return read_link(_secret(), purpose, token[:1000], now())


def send_invitation(session: Session, person: User) -> None:
    """Queue the letter by which somebody who was added sets a password."""
    send_link(session, "invitation", Purpose.INVITE, person)


def address_of(endpoint: str, **values: str) -> str:
    """The full address of a page, on the base address."""
    base = urlsplit(settings().base_url)
    adapter = current_app.url_map.bind(base.netloc, url_scheme=base.scheme)
    return adapter.build(endpoint, values, force_external=True)


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
