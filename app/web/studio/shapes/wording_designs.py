"""The words for the fields of a certificate's design: label, hint, what one row is called, room for words."""

_Words = tuple[str, str, str, bool]

BRACES = "Words in {braces} are filled in for each certificate: the list below says with what."


def _said(label: str, hint: str = "", one: str = "", *, roomy: bool = False) -> _Words:
    return label, hint, one, roomy


WORDS: dict[str, _Words] = {
    "design.title": _said("What this design is called", "Editors see it. It is not printed."),
    "design.palette": _said("Colours", "Everything printed chooses one of these.", one="Colour"),
    "design.palette.name": _said("Name of the colour"),
    "design.palette.colour": _said("Colour", "Pick it, or write it, such as #8a3116."),
    "design.fonts": _said("Typefaces", "Words choose one of these.", one="Typeface"),
    "design.fonts.name": _said("Name for it here", "What it is for, such as: strong."),
    "design.fonts.typeface": _said("Typeface"),
    "design.stamp_colour": _said(
        "Colour of SPECIMEN", "Printed across certificates of a trial installation. Choose a pale one."
    ),
    "design.frame": _said(
        "Lines round the page",
        "How many millimetres each stands in from the edge, such as: 9 and 11.5. Leave it empty for none.",
    ),
    "design.frame_colour": _said("Colour of these lines"),
    "design.top": _said("Margin at the top", "Millimetres. Nothing may be printed in the margins."),
    "design.right": _said("Margin on the right", "Millimetres."),
    "design.bottom": _said("Margin at the bottom", "Millimetres."),
    "design.left": _said("Margin on the left", "Millimetres."),
    "design-field.text": _said(
        "Words", f"{BRACES} Two stars on each side of words print them **strong**.", roomy=True
    ),
    "design-field.rows": _said("The list", BRACES, one="Line"),
    "design-field.rows.term": _said("On the left", "Such as: Issued by"),
    "design-field.rows.description": _said("On the right", "Such as: {issuer}", roomy=True),
    "design-field.file": _said("Picture", "Upload new ones under Logo, then choose them here."),
    "design-field.alt": _said("Words for people who cannot see it"),
    "design-field.stands": _said("Where it stands"),
    "design-field.across": _said("Across", "Millimetres from the left edge, for a place of its own."),
    "design-field.down": _said("Down", "Millimetres from the top edge, for a place of its own."),
    "design-field.below": _said("Gap above it", "Millimetres, where it stands under the field before it."),
    "design-field.after": _said("Read after", "The order in which somebody hears the certificate read."),
    "design-field.width": _said("Width", "Millimetres: the most room that it may take."),
    "design-field.height": _said("Height", "Millimetres."),
    "design-code.size": _said("Size", "Millimetres. Phones have trouble with less than 25."),
    "design-code.colour": _said("Colour", "Choose a dark one, or phones cannot read it."),
    "design-field.size": _said("Size", "Points, such as 12."),
    "design-field.smallest": _said(
        "Smallest size", "Points. Long words shrink to this, then take another line. 6 if left empty."
    ),
    "design-field.lines": _said("Most lines", "1 if left empty."),
    "design-field.font": _said("Typeface"),
    "design-field.strong": _said("Typeface of strong words"),
    "design-field.colour": _said("Colour"),
    "design-field.term_colour": _said("Colour on the left"),
    "design-field.term_width": _said("Width on the left", "Millimetres."),
    "design-field.lowest": _said(
        "Lowest place", "Millimetres from the top edge. A long list shrinks rather than pass it."
    ),
    "design-field.gap": _said("Gap between its lines", "Millimetres. 1 if left empty."),
    "sample.names": _said(
        "Names", "One a line: short, long, and in other scripts. Each is tried.", roomy=True
    ),
    "sample.course": _said("Title of the course"),
    "sample.minutes": _said("Minutes"),
    "sample.outcomes": _said("Outcomes", "One a line.", roomy=True),
    "sample.issuer": _said("Who issues it"),
    "sample.contact": _said("How to reach them"),
}
