"""Telling a colleague: plain links to the places where people do. Nothing is loaded from any of them."""

from urllib.parse import quote, urlencode

from app.catalogue.model import Course


def share_links(course: Course, address: str) -> list[tuple[str, str]]:
    """Name and address of each. LinkedIn and Facebook take no words, and show those of the page itself."""
    text = course.share_text
    return [
        ("LinkedIn", _link("https://www.linkedin.com/sharing/share-offsite/", url=address)),
        ("Bluesky", _link("https://bsky.app/intent/compose", text=f"{text} {address}")),
        ("Threads", _link("https://www.threads.com/intent/post", text=text, url=address)),
        ("X", _link("https://x.com/intent/post", text=text, url=address)),
        ("Facebook", _link("https://www.facebook.com/sharer/sharer.php", u=address)),
        ("E-mail", _link("mailto:", subject=course.title, body=f"{text}\r\n\r\n{address}")),
    ]


def _link(base: str, **query: str) -> str:
    # Spaces as %20: a + in the address of a letter stands for itself (RFC 6068), and everybody reads %20.
    return f"{base}?{urlencode(query, quote_via=quote, safe='')}"
