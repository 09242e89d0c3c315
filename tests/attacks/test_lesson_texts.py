"""Hostile text typed into a lesson: checked, shown or saved it stays text, and no page waits for it long."""

import time
from xml.etree.ElementTree import Element

import pytest

from tests.attacks.forms import Scene
from tests.attacks.test_authored import ALIASES, BOMBS, LESSON
from tests.page import Page
from tests.web.studio.writing import ADDRESS, form_on

SECONDS = 24.0  # each text is read three times, and one reading may take eight
OUT_OF_PLACE = {"script", "iframe", "object", "embed", "style", "svg", "math", "base", "meta", "link"}
TEXTS = {
    "a script": "<script>evil()</script>",
    "a handler": '<img src=x onerror="evil()">',
    "a running link": "[here](javascript:evil()) and [there](JaVaScRiPt&colon;evil())",
    "a link of data": "[a](data:text/html;base64,PHNjcmlwdD4=) <data:text/html,x> <javascript:evil()>",
    "a link that breaks out": '[here](https://example.org/"onmouseover="evil()"x="){: onclick="evil()" }',
    "attributes": '## Title {: onclick="evil()" style="x" class="bar" id="text" }',
    "names of the page": "## One {#text}\n\n## Two {#main}\n\n## Three {#title}\n\n## Four {#base_id}",
    "the end of the text area": "</textarea></form><script>evil()</script>",
    "a template": "{{ config }} {% include 'x' %} {{ 7 * 191 }}",
    "a drawing": "<svg onload=evil()><a xlink:href='javascript:evil()'>",
    "a block with a script": "/// reveal\nid: fold\nsummary: <script>x()</script>\ntext: <b>x</b>\n///",
    "a quotation that runs": "/// quote\nid: said\ntext: x\nwho: y\nurl: javascript:evil()\n///",
    "a picture from elsewhere": "![x](//evil.example/x.png) ![y](../../../etc/passwd)",
    "marks of the scanner": "\x1ablock-0\x1a\n\n/// practice\nid: a\nquestion: say-back\n///",
    "text that turns round": "\u202etxet\u2066 \ufeff\u200b",
    "no end": "x" * 199_000,
    "lines": "\n" * 60_000,
    "aliases in a block": f"/// reveal\n{ALIASES}///",
    "an object in a block": "/// reveal\n!!python/object/apply:os.system ['true']\n///",
    **{
        f"bomb, {name}": text
        for name, (path, text) in BOMBS.items()
        if path == LESSON and len(text) < 180_000
    },
}
TOPS = {
    "aliases": f"---\n{ALIASES}---\n",
    "deep": "---\ntitle: " + "[" * 3000 + "\n---\n",
    "an object": "---\ntitle: !!python/object/apply:os.system ['true']\n---\n",
    "twice": "---\ntitle: a\ntitle: b\n---\n",
    "merged": "---\n<<: {title: a}\n---\n",
}


def foreign(page: Page, inside: str) -> list[str]:
    """What a lesson may never bring onto a page, within the element of this tag that holds it."""
    holder = next(one for one in page.elements(inside) if inside != "fieldset" or "disabled" in one.attrib)
    return [found for one in holder.iter() for found in faults(one)]


def faults(one: Element) -> list[str]:
    found = [str(one.tag)] if one.tag in OUT_OF_PLACE and not drawn_by_us(one) else []
    for name, value in one.attrib.items():
        running = str(value).strip().lower().startswith(("javascript:", "data:", "vbscript:", "//"))
        if str(name).startswith("on") or str(name) == "style" or running:
            found.append(f"{one.tag} {name}={value}")
    return found


def drawn_by_us(one: Element) -> bool:
    return one.tag == "svg" and "aria-hidden" in one.attrib


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_inert_wherever_it_is_shown(scene: Scene, name: str) -> None:
    page = scene.page.sign_in(scene.cast.edda)
    page.get(ADDRESS)
    form = form_on(page, text=TEXTS[name])
    began = time.process_time()
    preview = page._open("POST", ADDRESS, data={"csrf_token": page.token(), **form, "deed": "preview"})
    assert preview.status_code in {200, 422}
    assert "1337" not in preview.text
    if any("disabled" in one.attrib for one in page.elements("fieldset")):
        assert foreign(page, "fieldset") == []
    shown = page._open("POST", f"{ADDRESS}/shown", data={"csrf_token": page.token(), **form})
    assert shown.status_code == 200
    assert foreign(page, "main") == []
    told = page._open("POST", f"{ADDRESS}/problems", data={"csrf_token": page.token(), **form})
    assert told.status_code == 200
    assert "<" not in told.text
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", ["a script", "the end of the text area", "attributes", "lines"])
def test_hostile_text_that_is_saved_stands_in_the_form_again(scene: Scene, name: str) -> None:
    page = scene.page.sign_in(scene.cast.edda)
    page.get(ADDRESS)
    page.post(ADDRESS, form_on(page, text=TEXTS[name]))
    page.get(ADDRESS)
    assert str(form_on(page)["text"]).rstrip("\n") == TEXTS[name].rstrip("\n")
    page.post("/studio/courses/good-course/preview")
    page._open("GET", "/courses/good-course/first-steps")
    assert "You are looking at the draft" in page.text()
    assert foreign(page, "main") == []


@pytest.mark.parametrize("name", TOPS)
def test_a_hostile_top_of_a_lesson_is_told_and_can_be_mended(scene: Scene, name: str) -> None:
    page = scene.page.sign_in(scene.cast.edda)
    page.get(ADDRESS)
    began = time.process_time()
    page.follow(page.post(ADDRESS, form_on(page, whole="yes", text=TOPS[name])))
    assert str(form_on(page)["text"]).strip() == TOPS[name].strip()
    assert form_on(page)["whole"] == "yes"
    assert time.process_time() - began < SECONDS
