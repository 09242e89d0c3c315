"""The words for the fields of blocks: label, hint, what one row is called, whether it wants room."""

_Words = tuple[str, str, str, bool]


def _said(label: str, hint: str = "", one: str = "", *, roomy: bool = False) -> _Words:
    return label, hint, one, roomy


KINDS = {
    "practice": ("Practice question", "A question that is answered at once and counts for nothing."),
    "reflection": ("Reflection", "A question to think about, with room for private words."),
    "scenario": ("Story with decisions", "A situation, what may be done in it, and what comes of it."),
    "checklist": ("Checklist", "A list to tick, to add to and to print."),
    "plan": ("Plan", "A sentence to complete: When ..., I will ..., and tell ..."),
    "figure": ("Picture", "A picture of this course, with words for people who cannot see it."),
    "quote": ("Quotation", "What somebody said, in their own words."),
    "reveal": ("Something folded away", "An extra that opens when somebody wants it."),
    "ladder": ("Ladder", "A scale of rungs in bands, drawn as a ladder."),
    "placement": ("Place on a ladder", "People place a project of their own on a ladder of this course."),
    "reading": ("Chooser of further reading", "People choose by need and by time."),
}

WORDS: dict[str, _Words] = {
    "practice.question": _said("Practice question", "Write new ones under Questions, then choose them here."),
    "checklist.prompt": _said("What the list is for"),
    "checklist.items": _said("Things to tick", one="Thing"),
    "checklist.items.text": _said("Thing to tick", roomy=True),
    "checklist.own_lines": _said("Empty lines for people's own", "None to five."),
    "figure.image": _said("Picture", "Upload new ones under Pictures, then choose them here."),
    "figure.alt": _said(
        "Words for people who cannot see it",
        "What the picture tells, as you would say it on the telephone.",
        roomy=True,
    ),
    "figure.caption": _said("Caption", "Stands under the picture.", roomy=True),
    "figure.credit": _said("Credit", "Who made it, and who allows its use."),
    "ladder.caption": _said("Caption", roomy=True),
    "ladder.bands": _said("Bands", "Names for rungs that stand next to each other.", one="Band"),
    "ladder.bands.title": _said("Name of the band"),
    "ladder.rungs": _said("Rungs", "The lowest one first.", one="Rung"),
    "ladder.rungs.title": _said("Name of the rung"),
    "ladder.rungs.band": _said("Band"),
    "ladder.rungs.meaning": _said("What standing here means", roomy=True),
    "placement.ladder": _said("Ladder"),
    "placement.evidence": _said("Question about evidence", "Such as: What did you see or hear?", roomy=True),
    "placement.change": _said(
        "Question about one change", "Such as: What would move it up a rung?", roomy=True
    ),
    "plan.when": _said("Example for: When ...", "Such as: the next repair is planned", roomy=True),
    "plan.will": _said("Example for: I will ...", "Such as: ask two residents first", roomy=True),
    "plan.tell": _said("Example for: and tell ...", "Such as: my manager"),
    "quote.text": _said("What was said", "An empty line begins another paragraph.", roomy=True),
    "quote.who": _said("Who said it"),
    "quote.source": _said("Where it stands", "Such as the title and the year."),
    "quote.url": _said("Web address"),
    "reading.prompt": _said("Words above it"),
    "reveal.summary": _said("Line to press", "Says what opens."),
    "reveal.text": _said("What opens", "Markdown, as in the lesson itself."),
    "scenario.intro": _said("How the story begins"),
    "scenario.look_back": _said("Looking back", "Shown at the end, whichever way was taken."),
    "scenario.decisions": _said("Decisions", one="Decision"),
    "scenario.decisions.situation": _said("Situation"),
    "scenario.decisions.options": _said("What may be done", "One of them must be the best.", one="Way"),
    "scenario.decisions.options.text": _said("What is done", roomy=True),
    "scenario.decisions.options.quality": _said("How good it is"),
    "scenario.decisions.options.consequence": _said("What comes of it"),
    "scenario.decisions.options.next": _said("What follows"),
}
