// Keeps what a guest does in a lesson on their own device, under its place, as the form would have been sent.
// Nothing leaves the device by itself: device-offer.js asks once they have signed in, device-page.js sends.
const SELECTOR = '[data-behaviour~="device"]';
// An editor looks at a draft: what they try is no learner's work.
const trial = document.querySelector("[data-draft]");
const OURS = new Set(["csrf_token", "practice"]);

const place = (form) => `rung:${form.dataset.device}`;
const line = (form) => form.querySelector("[data-device-line]");
const fields = (form) => new URLSearchParams([...new FormData(form)].filter(([name]) => !OURS.has(name) && !name.endsWith("--at")));

const keep = (form) => {
  if (trial) return undefined;
  const typed = fields(form);
  if (![...typed.values()].some((value) => value.trim())) return localStorage.removeItem(place(form));
  const title = document.querySelector("h1").textContent.trim();
  return localStorage.setItem(place(form), JSON.stringify({ title, form: typed.toString(), at: Date.now() }));
};

const fill = (form, typed) => {
  const left = new Map([...typed.keys()].map((name) => [name, typed.getAll(name)]));
  for (const control of form.elements) {
    const values = left.get(control.name);
    if (!values || control.type === "hidden") continue;
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values.shift() ?? "";
  }
};

const begin = (form) => {
  const kept = !trial && localStorage.getItem(place(form));
  if (kept && !form.querySelector(".feedback")) fill(form, new URLSearchParams(JSON.parse(kept).form));
  if (!line(form)) return;
  form.hidden = false;
  // What stands beside the form is for browsers without scripts.
  for (const beside of [form.previousElementSibling, form.nextElementSibling]) {
    if (beside?.matches("[data-words], [data-sign-in]")) beside.hidden = true;
  }
};

const start = () => {
  document.querySelectorAll(SELECTOR).forEach(begin);
  document.addEventListener("input", ({ target }) => {
    if (target.form?.matches(SELECTOR) && line(target.form)) keep(target.form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(SELECTOR)) return;
    keep(form);
    if (!line(form) || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    line(form).querySelector("[data-device-kept]").hidden = false;
  });
};

try {
  start();
} catch {
  // A browser that was told to keep nothing: the page stands as it does without scripts.
}
