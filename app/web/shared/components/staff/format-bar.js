// Writes Markdown around or before what is chosen in a text area, as typing would: the browser's undo takes it back.
const SELECTOR = '[data-behaviour~="format-bar"]';
const AROUND = { bold: ["**", "words in bold"], italic: ["*", "words in italics"] };
const BEFORE = { heading: "## ", list: "- ", quote: "> " };

const write = (area, text, start, end) => {
  area.focus();
  area.setSelectionRange(start, end);
  if (text ? document.execCommand("insertText", false, text) : document.execCommand("delete")) return;
  area.setRangeText(text, start, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

const around = (area, [mark, words]) => {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const size = mark.length;
  if (chosen && value.slice(start - size, start) === mark && value.slice(end, end + size) === mark) {
    write(area, chosen, start - size, end + size);
    return area.setSelectionRange(start - size, end - size);
  }
  const inner = chosen.trim() || words;
  write(area, chosen.trim() ? chosen.replace(inner, () => mark + inner + mark) : mark + inner + mark, start, end);
  const at = area.value.indexOf(inner, start);
  return area.setSelectionRange(at, at + inner.length);
};

const before = (area, mark) => {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = value.indexOf("\n", Math.max(area.selectionStart, area.selectionEnd - 1));
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const marked = lines.every((line) => line.startsWith(mark));
  const made = lines.map((line) => (marked ? line.slice(mark.length) : mark + line.replace(/^(#+|-|>) +/, ""))).join("\n");
  // Markdown wants an empty line above a list, a heading or a quotation.
  const gap = !marked && start > 1 && value.slice(start - 2, start) !== "\n\n" ? "\n" : "";
  write(area, gap + made, start, end);
  area.setSelectionRange(start + gap.length + (lines.length > 1 ? 0 : made.length), start + gap.length + made.length);
};

const link = (area, address) => {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end).trim() || "words";
  write(area, `[${words}](${address})`, start, end);
  const at = start + words.length + 3;
  area.setSelectionRange(at, at + address.length);
};

const press = (button) => {
  const area = document.getElementById(button.closest(SELECTOR).dataset.area);
  const { mark } = button.dataset;
  if (mark === "link") link(area, button.dataset.address);
  else if (mark in AROUND) around(area, AROUND[mark]);
  else before(area, BEFORE[mark]);
};

for (const bar of document.querySelectorAll(SELECTOR)) {
  bar.hidden = false;
  const area = document.getElementById(bar.dataset.area);
  area?.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const button = bar.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    press(button);
  });
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-mark]");
  if (button) press(button);
});
