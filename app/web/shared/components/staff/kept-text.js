// Keeps what is typed and not saved yet on this device, offers it again, and asks before it would be lost.
const form = document.querySelector('[data-behaviour~="kept-text"]');
const LEFT_OUT = new Set(["csrf_token"]);
const PAUSE = 400; // milliseconds

const start = () => {
  const place = `rung-writing:${location.pathname}`;
  const offer = form.querySelector("[data-kept]");
  const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name)));
  // Line ends and spaces at the very end do not count: saving puts them in order.
  const same = (one, other) => {
    const plain = (given) => [...given].filter(([name]) => name !== "base_id" && name !== "message").map(([name, value]) => `${name}=${value.replace(/\r\n?/g, "\n").trimEnd()}`).join("&");
    return plain(one) === plain(other);
  };
  const began = typed();
  const unsaved = form.dataset.unsaved !== undefined;
  let leaving = false;
  let timer;

  const keep = () => {
    if (!unsaved && same(typed(), began)) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify({ form: typed().toString(), at: Date.now() }));
  };

  const fill = (given) => {
    for (const control of form.elements) {
      if (!control.name || control.type === "submit" || LEFT_OUT.has(control.name)) continue;
      if (control.type === "checkbox") control.checked = given.getAll(control.name).includes(control.value);
      else if (given.has(control.name)) control.value = given.get(control.name);
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const ask = ({ form: given, at }) => {
    const kept = new URLSearchParams(given);
    if (same(kept, began)) return localStorage.removeItem(place);
    const day = new Date(at);
    offer.querySelector("[data-kept-at]").textContent = day.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
    offer.hidden = false;
    offer.querySelector("[data-put-back]").addEventListener("click", () => {
      fill(kept);
      offer.hidden = true;
      form.elements.text.focus();
    });
    return offer.querySelector("[data-let-go]").addEventListener("click", () => {
      localStorage.removeItem(place);
      offer.hidden = true;
      form.elements.text.focus();
    });
  };

  const found = localStorage.getItem(place);
  if (form.dataset.saved !== undefined) localStorage.removeItem(place);
  else if (found && !unsaved) ask(JSON.parse(found));

  form.addEventListener("input", () => {
    // What was kept before stays until it is put back or let go.
    if (!offer.hidden) return;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    if (offer.hidden) keep();
    leaving = true;
  });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => {
    if (!leaving && (unsaved || !same(typed(), began))) event.preventDefault();
  });
};

try {
  if (form) start();
} catch {
  // A browser that was told to keep nothing: the page works as it does without scripts.
}
