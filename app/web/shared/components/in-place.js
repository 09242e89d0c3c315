// Answers a block without leaving the page: the same request as the form's own, and the panel that comes back
// takes the place of this one. A form that only reads is asked ahead, as soon as a choice is made.
const SELECTOR = '[data-behaviour~="in-place"]';
const OFFLINE = "There is no connection just now. Your answer is still here: try again in a moment.";
const ahead = new Map();
const plainly = new WeakSet();

const announcer = document.createElement("p");
announcer.className = "hidden";
announcer.setAttribute("role", "status");
document.body.append(announcer);

const reads = (form) => form.getAttribute("method")?.toLowerCase() !== "post";

const answers = (form, pressed) => {
  const given = new URLSearchParams(new FormData(form));
  if (pressed?.name) given.append(pressed.name, pressed.value);
  return given;
};

const address = (form, given) => {
  const url = new URL(form.getAttribute("action") ?? "", location.href);
  url.hash = "";
  if (reads(form)) url.search = given;
  return url.href;
};

const ask = (form, pressed) => {
  const given = answers(form, pressed);
  const url = address(form, given);
  if (!reads(form)) return fetch(url, { method: "POST", body: given });
  if (!ahead.has(url)) ahead.set(url, fetch(url));
  return ahead.get(url).then((response) => response.clone());
};

const settle = (panel, response, page) => {
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById(panel.id);
  if (!fresh) return false;
  if (response.ok) history.replaceState(null, "", `${response.url.split("#")[0]}#${panel.id}`);
  panel.replaceWith(fresh);
  const wrong = fresh.querySelector(".error");
  const newest = wrong ? null : fresh.querySelector("[data-focus]");
  const words = wrong ?? newest ?? fresh.querySelector(".feedback, [data-saved]");
  (newest ?? fresh.querySelector("button") ?? words)?.focus({ preventScroll: true });
  words?.scrollIntoView({ block: "nearest" });
  announcer.textContent = words?.textContent.trim() ?? "";
  return true;
};

// What came back is another page, such as the way in: the browser shows it as it would without this script.
const sendPlainly = (form, pressed) => {
  plainly.add(form);
  form.requestSubmit(pressed);
};

const complain = (panel) => {
  const words = panel.querySelector(".error") ?? document.createElement("p");
  words.className = "error";
  words.setAttribute("role", "alert");
  words.textContent = OFFLINE;
  panel.append(words);
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const panel = form.closest(SELECTOR);
  const elsewhere = event.submitter?.hasAttribute("formaction");
  if (!panel || elsewhere || plainly.has(form) || event.defaultPrevented) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  announcer.textContent = "";
  try {
    const response = await ask(form, event.submitter);
    if (!settle(panel, response, await response.text())) sendPlainly(form, event.submitter);
  } catch {
    ahead.clear();
    complain(panel);
  } finally {
    form.removeAttribute("aria-busy");
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  const button = form?.querySelector("button");
  if (event.target.type === "radio" && button && form.closest(SELECTOR) && reads(form)) {
    ask(form, button).catch(() => ahead.clear());
  }
});
