"""A design's pages as their own forms would be sent."""

from xml.etree.ElementTree import Element

from tests.page import Page, classes


def form_on(page: Page, **changes: str) -> dict[str, str]:
    """What the form of the page that was opened last would send, with these fields changed.

    Dots in names are written as two underscores.
    """
    form = next(one for one in page.elements("form") if one.get("id") == "design-form")
    fields = {one.get("name", ""): _value(one) for one in form.iter() if one.tag in CONTROLS}
    sent = {name: value for name, value in fields.items() if name not in {"", "csrf_token", "do"}}
    return {**sent, "do": "save", **{name.replace("__", "."): value for name, value in changes.items()}}


def faults_on(page: Page) -> dict[str, str]:
    """The summary of what is wrong: each sentence and the field that it leads to."""
    found = [one for one in page.elements("div") if "error-summary" in classes(one)]
    return {"".join(one.itertext()): one.get("href", "") for box in found for one in box.iter("a")}


CONTROLS = {"input", "textarea", "select", "button"}


def _value(one: Element) -> str:
    if one.tag == "textarea":
        return (one.text or "").removeprefix("\n")
    if one.tag == "select":
        chosen = next((each for each in one.iter("option") if "selected" in each.attrib), None)
        first = next(one.iter("option"))
        return (first if chosen is None else chosen).get("value", "")
    return one.get("value", "")
