"""Two ways to use the same pages: by the keyboard alone, and by pointing, without scripts."""

from collections.abc import Mapping
from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_STOPS = 150  # presses of Tab; the longest page has about forty stops

# Is the focused element where a person can see it, not under a bar and not outside the window?
STOP = """target => {
  const element = document.activeElement;
  if (!element || element === document.body) return { there: false, seen: true, name: "the page" };
  const shown = element.closest("label") ?? element;
  const box = shown.getBoundingClientRect();
  const middle = [box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height, 40) / 2];
  const inside = middle[0] >= 0 && middle[0] <= innerWidth && middle[1] >= 0 && middle[1] <= innerHeight;
  const top = inside ? document.elementFromPoint(...middle) : null;
  const covered = !top || !(shown.contains(top) || top.contains(shown));
  const name = (element.getAttribute("aria-label") || shown.innerText || element.name || "").trim();
  return { there: element === target, seen: !covered, name: `${element.tagName} ${name.slice(0, 60)}` };
}"""


class Hands(Protocol):
    """What a person does to a page."""

    page: Page

    def follow(self, name: str) -> None:
        """Go where the link with these words leads."""

    def press(self, name: str) -> None:
        """Press the button with these words, which leads to another page."""

    def check_answer(self, panel: Locator) -> None:
        """Press the button of a practice question."""

    def type(self, label: str, text: str) -> None:
        """Fill in the field with this label."""

    def tick(self, label: str) -> None:
        """Tick the box with this label."""

    def choose(self, form: Mapping[str, list[str]]) -> None:
        """Answer a question: the controls' names, and what is chosen of each."""


class Keyboard:
    """Tab, arrows, space and return. Every stop on the way must be in sight."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, name: str) -> None:
        self._to(self.page.get_by_role("link", name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, name: str) -> None:
        self._to(self.page.get_by_role("button", name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def check_answer(self, panel: Locator) -> None:
        self._to(panel.get_by_role("button").first)
        self.page.keyboard.press("Space")

    def type(self, label: str, text: str) -> None:
        self._to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        self._to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Space")

    def choose(self, form: Mapping[str, list[str]]) -> None:
        for name, values in form.items():
            controls = self.page.locator(f"[name='{name}']")
            kind = controls.first.get_attribute("type") or "select"
            {"radio": self._turn_to, "checkbox": self._tick_all, "select": self._select}[kind](name, values)

    def _turn_to(self, name: str, values: list[str]) -> None:
        group = self.page.locator(f"[name='{name}']")
        chosen = self.page.locator(f"[name='{name}']:checked")
        self._to(chosen if chosen.count() else group.first)
        self.page.keyboard.press("Space")
        wanted = self.page.locator(f"[name='{name}'][value='{values[0]}']")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert wanted.is_checked()

    def _tick_all(self, name: str, values: list[str]) -> None:
        for box in self.page.locator(f"[name='{name}']").all():
            if box.is_checked() != (box.get_attribute("value") in values):
                self._to(box)
                self.page.keyboard.press("Space")

    def _select(self, name: str, values: list[str]) -> None:
        field = self.page.locator(f"[name='{name}']")
        self._to(field)
        self.page.keyboard.press("Home")
        for _ in range(field.locator("option").count()):
            if field.input_value() == values[0]:
                return
            self.page.keyboard.press("ArrowDown")
        assert field.input_value() == values[0]

    def _to(self, target: Locator) -> None:
        """Press Tab until the target has the focus, from wherever the focus is."""
        handle = target.element_handle()
        stops = []
        for _ in range(MOST_STOPS):
            stop = self.page.evaluate(STOP, handle)
            if stop["there"]:
                return
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(STOP, handle)
            assert stop["seen"], f"{self.page.url}: the focus is out of sight on {stop['name']}"
            stops.append(stop["name"])
        raise AssertionError(f"{self.page.url}: Tab does not reach {target}; it stopped at {stops}")


class Pointer:
    """Clicks and types, as a person does whose browser runs no scripts."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def check_answer(self, panel: Locator) -> None:
        panel.get_by_role("button").first.click()

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    def choose(self, form: Mapping[str, list[str]]) -> None:
        for name, values in form.items():
            for control in self.page.locator(f"[name='{name}']").all():
                value = control.get_attribute("value")
                if control.get_attribute("type") is None:
                    control.select_option(values[0])
                elif value in values:
                    control.check()
                elif control.get_attribute("type") == "checkbox":
                    control.uncheck()
