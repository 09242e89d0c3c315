"""The pattern page: every component in every state, on made-up words, so that a change can be seen whole."""

from flask import Blueprint, render_template
from wtforms import (
    BooleanField,
    FileField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from app.catalogue.blocks import SHAPES
from app.web.studio.changes import rows
from app.web.studio.design_patterns import sample_colours
from app.web.studio.questions import Line, Variant
from app.web.studio.record_samples import CERTIFICATE, CPD, FOLLOW_UPS, OFFER
from app.web.studio.shapes import Shown, parts_of, show_parts, started

blueprint = Blueprint("patterns", __name__, template_folder="templates")

ROLES = {"officer": "Housing officer", "repairs": "Repairs and maintenance", "other": "Something else"}
LADDER = [
    {"title": "What it is", "href": "/studio/patterns", "state": "done"},
    {"title": "Before you invite anyone", "href": "/studio/patterns", "state": "here", "note": "4 minutes"},
    {"title": "In the room", "href": "/studio/patterns", "state": "ahead"},
    {"title": "The test", "href": "", "state": "ahead"},
]
SOURCE = "title: A course  # how it is called\nminutes: thirty\nedition: 1"
RULES = [
    {"title": "Lesson 1: What it is", "state": "done", "note": "Marked done.", "href": "/studio/patterns"},
    {"title": "Lesson 2: In the room", "state": "next", "note": "Not marked done yet.", "href": ""},
    {"title": "The certificate is made", "state": "later", "note": "The moment you pass.", "href": ""},
]
VARIANTS = [
    Variant(
        id="leak",
        type="One right choice",
        stem="A caller begins with a leak. What comes first?",
        lines=(
            Line(text="Listen to the end.", right=True, reason="The rest may come last."),
            Line(text="Ask for the flat.", reason="It cuts the story short."),
        ),
        teaches="Let the caller tell the whole story.",
    ),
    Variant(
        id="steps",
        type="Lines to sort",
        stem="Which kind of next step is each of these?",
        lines=(Line(text="A tap.", group="A repair", reason="Somebody comes."),),
        miss="Ask who acts.",
    ),
]
HEALTH = [
    {
        "title": "Damp and mould",
        "href": "/studio/patterns",
        "calls": ["Edda Lind asks for a second person to publish it."],
        "said": [
            "Edition 2, live since 1 October 2026.",
            "Law as at 1 May 2026. To be reviewed by 1 May 2027.",
        ],
    },
    {"title": "The site", "href": "", "calls": [], "said": ["Live since 1 October 2026."]},
]
LESSON = (
    "---\ntitle: In the room\n---\n## Space and power\n\n{}\n\nPick a room without a head of the table.\n"
)
SECOND = b"---\ntitle: What it is\n---\nMost of it is settled early.\n"
BEFORE: dict[str, bytes | None] = {
    "content/made-up/10-first.md": LESSON.format("Send the papers a week earlier.").encode(),
    "content/made-up/20-second.md": SECOND,
    "content/made-up/30-third.md": b"---\ntitle: An older lesson\n---\nThis is told elsewhere now.\n",
}
AFTER: dict[str, bytes | None] = {
    "content/made-up/10-first.md": (
        LESSON.format("Send the papers two weeks earlier, in plain words.") + "\nAsk what they bring.\n"
    ).encode(),
    "content/made-up/15-second.md": SECOND,
    "content/made-up/images/table.dat": b"0" * 1200,
    "content/made-up/notes.txt": None,
}


PROBLEMS = [
    {
        "place": "Minutes",
        "target": "plain-thoughts",
        "line": 0,
        "level": "error",
        "sentence": "minutes must be a whole number.",
        "fix": "",
        "quote": "",
    },
    {
        "place": "Line 12",
        "target": "plain-thoughts",
        "line": 12,
        "level": "warning",
        "sentence": "This sentence has 31 words: Most of what makes the work ...",
        "fix": "Split it up: 28 at most read well.",
        "quote": "Most of what makes the work succeed is settled before the",
    },
]
SHOWN = {
    "title": "In the room",
    "outcomes": ["Outcome 2: name what successful co-production needs"],
    "text_html": "<h3>Choose the space</h3><p>A boardroom tells people whose ground they are on.</p>",
}


class Sample(Form):
    """One field of each kind. Its errors are written by hand: the page shows them, nobody sends it."""

    full_name = StringField("Full name")
    email = StringField("E-mail address")
    password = PasswordField("Password")
    team = StringField("Team", [Optional()])
    pdf = FileField("The certificate's PDF")
    thoughts = TextAreaField("What would you change first?")
    role = RadioField("What do you do?", choices=ROLES)
    area = SelectField("Where do you work?", choices={"": "Choose", "north": "North", "south": "South"})
    change = RadioField("What kind of change is it?", choices={"minor": "Small", "relearn": "Learnt again"})
    source = TextAreaField("The file", default=SOURCE)
    own_work = BooleanField("This is my own work")
    markdown = TextAreaField("Text of the lesson", default="## In the room\n\nGo where residents meet.")


@blueprint.get("/studio/patterns")
def show() -> str:
    return render_template(
        "studio/patterns.html",
        plain=Sample(prefix="plain-"),
        wrong=_wrong_sample(),
        ladder_items=LADDER,
        rules=RULES,
        offered=OFFER,
        asked_for=OFFER | {"coming": OFFER["days"]},
        follow_ups=FOLLOW_UPS,
        health=HEALTH,
        source=SOURCE.split("\n"),
        problems=PROBLEMS,
        shown=SHOWN,
        certificate=CERTIFICATE,
        cpd=CPD,
        changes=rows(BEFORE, AFTER),
        nameless=CERTIFICATE | {"name": "", "specimen": True},
        shape_parts=_sample_shape(),
        sample_variants=VARIANTS,
        colour_parts=sample_colours(),
    )


def _wrong_sample() -> Sample:
    form = Sample(prefix="wrong-", data={"email": "amira.example.org", "team": "Repairs, north"})
    form.full_name.errors = ["Enter your full name, as it should be printed"]
    form.email.errors = ["Enter an e-mail address with an @ in it, such as name@example.org"]
    form.thoughts.errors = ["Write a sentence or two"]
    form.role.errors = ["Choose what you do"]
    form.area.errors = ["Choose where you work"]
    form.markdown.errors = ["Line 3 holds a character that cannot be kept"]
    form.own_work.errors = ["Tick to say that this is your own work"]
    return form


def _sample_shape() -> tuple[Shown, ...]:
    parts = parts_of(SHAPES["scenario"], "scenario")
    return show_parts(parts, started(parts), {})
