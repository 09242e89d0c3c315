"""The record of learning behind a certificate: what was learnt, how it was assessed, what is not claimed."""

from app.certification.design import Design
from app.certification.facts import Facts
from app.certification.flowing import Flow
from app.certification.front_page import frame, stamp
from app.certification.marking import Mark, Page
from app.certification.record_words import record_of_learning
from app.certification.sheet import RowsField, TextField
from app.certification.structure import Element
from app.certification.styles import Style
from app.certification.tabular import set_terms


def record_pages(root: Element, facts: Facts, design: Design) -> list[Page]:
    """One page, or more where a course has many outcomes, its elements put under `root`."""
    told = record_of_learning(facts)
    under = frame(design)
    if facts.specimen:
        under.append(Mark(None, stamp(design)))
    flow = Flow(_style(design), footer=told.footer, root=root, under=under, pages_before=1)
    flow.heading(told.title, 2)
    flow.paragraph(told.opening, opening=True)
    for section in told.sections:
        flow.heading(section.heading, 3)
        if section.listed:
            flow.bullets(section.listed)
        if section.rows:
            set_terms(flow, section.rows)
        if section.address:
            flow.paragraph(section.address_words, address=section.address)
        for paragraph in section.paragraphs:
            flow.paragraph(paragraph)
    return list(flow.leaves().pages)


def _style(design: Design) -> Style:
    """The certificate's own typefaces, colours and margins, at the sizes of a quiet page."""
    sheet = design.sheet
    texts = [field for field in sheet.fields if isinstance(field, TextField)]
    rows = next((field for field in sheet.fields if isinstance(field, RowsField)), None)
    name = next((field for field in texts if "{name}" in field.text), texts[0])
    plain = sheet.fonts[rows.font if rows else name.font]
    strong = next((sheet.fonts[field.strong] for field in texts if field.strong), plain)
    ink = sheet.palette[rows.colour if rows else name.colour]
    margins = sheet.margins
    return Style(
        light=sheet.fonts[name.font],
        plain=plain,
        strong=strong,
        size=10,
        sizes=(26, 26, 10.5),
        ink=ink,
        quiet=sheet.palette[rows.term_colour] if rows else ink,
        line=sheet.palette[sheet.frame.colour] if sheet.frame else ink,
        margins=(max(margins.top, 15), margins.right, max(margins.bottom, 20), margins.left),
    )
