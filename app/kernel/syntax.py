"""What the YAML parser's complaints mean, in plain words for somebody who knows housing rather than YAML."""

import re

YAML_MEANINGS = (
    (
        r"aliases are not used",
        "Text cannot begin with & or * here.",
        "Put it in quotes, or write the text out again.",
    ),
    (r"tags are not used", "Text cannot begin with ! here.", "Put it in quotes."),
    (r"too many parts", "There is too much in this file.", "Split it up."),
    (r"maximum depth", "This is nested too deeply.", "Bring it up by a few steps of indentation."),
    (r"character '\\t'", "There is a tab here.", "Use spaces instead."),
    (r"found character '(?P<mark>[^']*)'", "Text cannot begin with {mark} here.", "Put it in quotes."),
    (
        r"mapping values are not allowed",
        "There is a second colon here, or this line is indented by too much.",
        "If the colon belongs to the text, put the whole text in straight quotes.",
    ),
    (
        r"could not find expected ':'",
        "A colon is missing after the name of a field.",
        "Write it as `name: text`.",
    ),
    (r"quoted scalar.*unexpected end", "A quotation mark is opened here and never closed.", "Close it."),
    (
        r"unknown escape",
        "A backslash in double quotes has a special meaning.",
        "Use single quotes around this text.",
    ),
    (
        r"quoted scalar",
        "This text in quotes cannot be read.",
        "Close the quotation mark, or use single quotes.",
    ),
    (
        r"flow (sequence|mapping)",
        "A bracket is opened and not closed, or a text in brackets holds a colon or a comma.",
        "Close it, or put the text in quotes.",
    ),
    (
        r"(block mapping|block collection|block sequence|sequence entries)",
        "This line is not in step with those above, or an apostrophe has ended a text in single quotes.",
        "Indent it like its neighbours, or use double quotes.",
    ),
    (
        r"another document|document (start|end)|<document",
        "A line of three dashes or dots is not allowed here.",
        "Take it out.",
    ),
    (
        r"special characters|unacceptable character",
        "There is an invisible control character here.",
        "Take it out.",
    ),
    (r"directive|incompatible YAML", "A line cannot begin with % here.", "Take it out."),
    (r"the name of a field", "The name of a field must be text.", "Begin this line with a name and a colon."),
    (r"for merging", "The name << has a special meaning and is not used here.", "Take it out."),
)


def about_yaml(said: str) -> tuple[str, str]:
    """A sentence and a fix for what the YAML parser said."""
    for pattern, sentence, fix in YAML_MEANINGS:
        if found := re.search(pattern, said, re.DOTALL):
            return sentence.format(**found.groupdict()), fix
    return "This cannot be read.", "Compare it with a file that works, line by line."
