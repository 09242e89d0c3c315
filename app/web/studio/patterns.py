"""The pattern page: every component in every state, on made-up words, so that a change can be seen whole."""

from flask import Blueprint, render_template
from wtforms import BooleanField, Form, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

blueprint = Blueprint("patterns", __name__, template_folder="templates")

ROLES = {"officer": "Housing officer", "repairs": "Repairs and maintenance", "other": "Something else"}
LADDER = [
    {"title": "What it is", "href": "/studio/patterns", "state": "done"},
    {"title": "Before you invite anyone", "href": "/studio/patterns", "state": "here", "note": "4 minutes"},
    {"title": "In the room", "href": "/studio/patterns", "state": "ahead"},
    {"title": "The test", "href": "", "state": "ahead"},
]
RULES = [
    {"title": "Lesson 1: What it is", "state": "done", "note": "Marked done.", "href": "/studio/patterns"},
    {"title": "Lesson 2: In the room", "state": "next", "note": "Not marked done yet.", "href": ""},
    {"title": "The certificate is made", "state": "later", "note": "The moment you pass.", "href": ""},
]
CERTIFICATE = {
    "name": "Amira Osei-Bonsu",
    "course": "Co-production in social housing",
    "statement": "and answered every part of its test correctly.",
    "time": "30 CPD minutes",
    "time_note": "0.5 hours, assessed e-learning",
    "rows": [
        ("Completed", "22 November 2026"),
        ("Edition", "1, law as at 1 October 2026"),
        ("Issued by", "Example Homes Learning"),
        ("Code", "7K4M Q2XD 9TPA WZ5H 3F8N 0JRC 6B"),
    ],
    "note": "This is not a Level 4 or 5 qualification under the Competence and Conduct Standard.",
    "specimen": False,
}


class Sample(Form):
    """One field of each kind. Its errors are written by hand: the page shows them, nobody sends it."""

    full_name = StringField("Full name")
    email = StringField("E-mail address")
    password = PasswordField("Password")
    team = StringField("Team", [Optional()])
    thoughts = TextAreaField("What would you change first?")
    role = RadioField("What do you do?", choices=ROLES)
    area = SelectField("Where do you work?", choices={"": "Choose", "north": "North", "south": "South"})
    own_work = BooleanField("This is my own work")


@blueprint.get("/studio/patterns")
def show() -> str:
    return render_template(
        "studio/patterns.html",
        plain=Sample(prefix="plain-"),
        wrong=_wrong_sample(),
        ladder_items=LADDER,
        rules=RULES,
        certificate=CERTIFICATE,
        nameless=CERTIFICATE | {"name": "", "specimen": True},
    )


def _wrong_sample() -> Sample:
    form = Sample(prefix="wrong-", data={"email": "amira.example.org", "team": "Repairs, north"})
    form.full_name.errors = ["Enter your full name, as it should be printed"]
    form.email.errors = ["Enter an e-mail address with an @ in it, such as name@example.org"]
    form.thoughts.errors = ["Write a sentence or two"]
    form.role.errors = ["Choose what you do"]
    form.area.errors = ["Choose where you work"]
    form.own_work.errors = ["Tick to say that this is your own work"]
    return form
