"""A lesson of the good course, as its editor's page sends it."""

from tests.page import Page, classes

COURSE, LESSON = "good-course", "first-steps"
ADDRESS = f"/studio/courses/{COURSE}/lessons/{LESSON}"
PATH = f"content/{COURSE}/10-{LESSON}.md"


def form_on(page: Page, **changes: str | list[str]) -> dict[str, str | list[str]]:
    """What the form on the page that was opened last would send, with these fields changed."""
    fields: dict[str, str | list[str]] = {}
    own = next(form for form in page.elements("form") if form.get("action") == ADDRESS)
    for one in [*own.iter("input"), *own.iter("textarea")]:
        name, kind = one.get("name", ""), one.get("type", "")
        if kind in {"checkbox", "radio"} and "checked" not in one.attrib:
            continue
        if name and name != "csrf_token":
            value = (one.text or "") if one.tag == "textarea" else one.get("value", "")
            fields[name] = [*fields.get(name, []), value] if kind == "checkbox" else value
    return {**fields, "deed": "save", **changes}


def told(page: Page) -> list[str]:
    """The problems on the page."""
    lists = [one for one in page.elements("ol") if "problem-list" in classes(one)]
    return [" ".join(" ".join(item.itertext()).split()) for one in lists for item in one.iter("li")]
