"""The pages that site.yml lists, such as privacy and help. The foot of every page leads here."""

from flask import Blueprint, render_template

from app.kernel.errors import NotFound
from app.people.addresses import read_address
from app.web.shared.context import db, shelf

blueprint = Blueprint("policy", __name__, template_folder="templates")


@blueprint.get("/pages/<slug>")
def show(slug: str) -> str:
    site = shelf().site(db.session())
    page = site.page(slug)
    if page is None:
        raise NotFound("There is no such page here.")
    return render_template(
        "public/policy.html", page=page, issuer=site.issuer, contact_href=contact_href(site.issuer.contact)
    )


def contact_href(contact: str) -> str:
    """Where a link on the contact leads, or "" for one that is neither an e-mail nor a web address."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if read_address(contact) else ""
