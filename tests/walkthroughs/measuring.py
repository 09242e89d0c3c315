"""What a machine can measure of a page: each state of the gallery is opened once and looked at all round."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.walkthroughs.gallery import State, sign_in
from tests.walkthroughs.site import Site

AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
MOST_STOPS = 120

WIDER = "() => document.documentElement.scrollWidth - innerWidth"

# Elements that stick out on the right, to name what makes a page scroll sideways.
STICKING_OUT = """() => [...document.querySelectorAll("body *")]
  .filter(one => getComputedStyle(one).position !== "absolute")
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 4).map(one => `${one.tagName}.${one.className}`)"""

# Characters on each full line of prose: words by the height they stand at, the last line left out.
LINES = """() => [...document.querySelectorAll("article > p:not(.ui, .quiet, .lead)")].flatMap(paragraph => {
  const lines = new Map();
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (const word of node.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const box = range.getClientRects()[0];
      const height = Math.round((box.top + box.bottom) / 16);
      lines.set(height, (lines.get(height) ?? -1) + word[0].length + 1);
    }
  }
  return [...lines.values()].slice(0, -1);
})"""

# Everything that is pressed or typed into, with the size of what answers to a finger.
TARGETS = """() => {
  const shown = one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  return [...document.querySelectorAll(pressed)].filter(shown).map(one => {
    const label = one.labels?.[0];
    const ticked = ["radio", "checkbox"].includes(one.type);
    const box = (ticked && label ? label : one).getBoundingClientRect();
    const text = one.parentElement.innerText?.trim() ?? "";
    const sentence = one.tagName === "A" && getComputedStyle(one).display === "inline"
      && text.length > (one.innerText?.trim().length ?? 0) + 1;
    return {
      name: `${one.tagName} ${(one.innerText || one.name || "").trim().slice(0, 40)}`,
      control: one.matches("button, input, select, textarea, .button"),
      skip: one.classList.contains("skip"), sentence,
      width: Math.round(box.width * 10) / 10, height: Math.round(box.height * 10) / 10,
    };
  });
}"""

# What shows that the focus is here: the widest outline or ring on the element or on the row that holds it.
FOCUSED = """() => {
  // Within a frame the focus is where that page has it; on the frame itself, where it has none.
  const inside = document.activeElement?.contentDocument;
  const page = inside && inside.activeElement !== inside.body ? inside : document;
  const one = page.activeElement;
  if (!one || one === document.body) return null;
  const rows = [one, one.closest("label"), one.closest(".choice")].filter(Boolean);
  const widths = rows.map(row => {
    const style = getComputedStyle(row);
    return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  });
  const box = (one.closest("label") ?? one).getBoundingClientRect();
  const x = Math.max(0, Math.min(page.defaultView.innerWidth - 1, box.left + Math.min(box.width / 2, 40)));
  const y = box.top + Math.min(box.height / 2, 20);
  const top = y >= 0 && y < page.defaultView.innerHeight ? page.elementFromPoint(x, y) : null;
  const shown = one.closest("label") ?? one;
  const name = (one.innerText || one.getAttribute("aria-label") || one.name || "").trim().slice(0, 40);
  return {
    name: `${one.tagName} ${name}`,
    width: Math.max(...widths), covered: !top || !(shown.contains(top) || top.contains(shown)),
  };
}"""

# WCAG 1.4.12, as a sheet that page authors cannot refuse.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
CLIPPED = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(one => {
  const style = getComputedStyle(one);
  const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
  const tiny = one.clientWidth <= 1 || one.clientHeight <= 1;
  return hides && !tiny && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map(one => `${one.tagName}.${one.className}`)"""

MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one);
  const milliseconds = part => parseFloat(part) * (part.includes("ms") ? 1 : 1000);
  const longest = value => Math.max(...value.split(",").map(milliseconds));
  return longest(style.transitionDuration) > 20 || longest(style.animationDuration) > 20
    || style.scrollBehavior === "smooth";
}).slice(0, 4).map(one => `${one.tagName}.${one.className}`)"""

STUCK = """() => [...document.querySelectorAll("*")].filter(one =>
  ["fixed", "sticky"].includes(getComputedStyle(one).position) && one.checkVisibility()
).reduce((most, one) => Math.max(most, one.getBoundingClientRect().height), 0)"""


@dataclass
class Measured:
    """What was found on one state of one page. Empty lists are good."""

    title: str = ""
    axe: dict[str, list[str]] = field(default_factory=dict)
    wider: dict[str, list[str]] = field(default_factory=dict)
    lines: list[float] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)
    stops: list[dict[str, Any]] = field(default_factory=list)
    clipped: list[str] = field(default_factory=list)
    moving: list[str] = field(default_factory=list)
    stuck: float = 0


def measure(browser: Browser, site: Site, state: State) -> Measured:
    """Open the state once and look at it in every way. 320 x 256 CSS pixels are 1280 x 1024 at 400 %."""
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
        locale="en-GB",
    )
    context.set_default_timeout(20_000)
    sign_in(site, context, state.who)
    page = context.new_page()
    answer = page.goto(state.path)
    assert answer is not None
    assert answer.status == state.status, f"{state.name} answers {answer.status}"
    if state.act:
        state.act(page)
    found = Measured(title=page.title())
    try:
        _look(page, found)
    finally:
        context.close()
    return found


def _look(page: Page, found: Measured) -> None:
    found.lines = page.evaluate(LINES)
    found.moving = page.evaluate(MOVING)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        found.axe[scheme] = _violations(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found.stops = _stops(page)
    for name, (width, height) in {"390": (390, 844), "320": (320, 640), "400 %": (320, 256)}.items():
        page.set_viewport_size({"width": width, "height": height})
        found.wider[name] = _sticking_out(page)
        if name == "390":
            found.targets = page.evaluate(TARGETS)
    found.stuck = page.evaluate(STUCK)
    page.evaluate(SPACED)
    found.wider["spaced, 320"] = _sticking_out(page)
    found.clipped = page.evaluate(CLIPPED)
    page.set_viewport_size({"width": 1280, "height": 900})
    found.wider["spaced, 1280"] = _sticking_out(page)


def _violations(page: Page) -> list[str]:
    results = Axe().run(page, options=AXE)
    return [
        f"{rule['id']}: {node['html'][:110]} {node['failureSummary'][:160]}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]


def _sticking_out(page: Page) -> list[str]:
    return page.evaluate(STICKING_OUT) or ["something"] if page.evaluate(WIDER) > 0 else []


def _stops(page: Page) -> list[dict[str, Any]]:
    """Every stop of the Tab key from the top of the page, in order."""
    page.evaluate("() => { scrollTo(0, 0); document.activeElement?.blur(); }")
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    return stops
