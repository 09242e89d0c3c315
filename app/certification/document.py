"""Drawing a certificate: its page, the record of learning behind it, and its facts for machines to read.

The same facts and the same design give the same bytes, in any process. Nobody has signed them yet.
"""

from app.certification.design import Design
from app.certification.facts import Facts
from app.certification.facts_file import facts_file
from app.certification.front_page import front_page
from app.certification.metadata import Particulars
from app.certification.record_page import record_pages
from app.certification.structure import Element
from app.certification.tagged import Leaves, compose


def draw(facts: Facts, design: Design) -> bytes:
    """The PDF, unsigned. About 9 ms and 37 KB. Raises ValueError for a letter that no typeface has."""
    root = Element("Document")
    pages = [front_page(root, facts, design), *record_pages(root, facts, design)]
    particulars = Particulars(
        title=f"Certificate: {facts.title}",
        author=facts.issuer,
        subject=f"Certificate {facts.code}",
        made_at=facts.completed_at,
    )
    first_font = next(iter(design.sheet.fonts.values()))
    return compose(particulars, Leaves(root, pages), [facts_file(facts)], first_font)
