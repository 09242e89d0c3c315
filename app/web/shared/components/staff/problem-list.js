// A problem's link leads into the text: the cursor goes to the line, and the line comes into sight.
const top = (area, upTo) => {
  const twin = area.cloneNode();
  twin.removeAttribute("id");
  twin.rows = 1;
  Object.assign(twin.style, { position: "absolute", visibility: "hidden", minBlockSize: "0", blockSize: "0", inlineSize: `${area.offsetWidth}px` });
  twin.value = upTo;
  area.after(twin);
  const height = twin.scrollHeight;
  twin.remove();
  return height;
};

const goTo = (area, number) => {
  const lines = area.value.split("\n");
  const line = Math.min(number, lines.length) - 1;
  const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, start + lines[line].length);
  area.scrollTop = Math.max(0, top(area, area.value.slice(0, start)) - area.clientHeight / 2);
  area.scrollIntoView({ block: "nearest" });
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(`[data-behaviour~="problem-list"] a`);
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  target.closest("details")?.setAttribute("open", "");
  if (link.dataset.line && target.matches("textarea")) return goTo(target, Number(link.dataset.line));
  (target.matches("input, textarea, select") ? target : target.querySelector("input"))?.focus();
});
