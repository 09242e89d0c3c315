// The form of a new block opens above the text, and what it makes is typed in at the cursor. Nothing is saved.
const dialog = document.querySelector('[data-behaviour~="block-menu"]');
const NEW = "block-";
const POINTING = ["id", "for", "aria-describedby", "aria-labelledby", "list"];

const area = () => document.querySelector("textarea[name=text]");

// The page has ids of its own, so those of the form are told apart.
const apart = (form) => {
  for (const element of form.querySelectorAll("*")) {
    for (const name of POINTING) {
      const value = element.getAttribute(name);
      if (value && !value.startsWith(NEW)) element.setAttribute(name, value.split(" ").map((one) => NEW + one).join(" "));
    }
  }
};

const put = (block) => {
  const text = area();
  const { selectionEnd: at, value } = text;
  const line = value.indexOf("\n", at) < 0 ? value.length : value.indexOf("\n", at);
  const before = value.slice(0, line).trimEnd();
  const after = value.slice(line).replace(/^\s+/, "");
  text.focus();
  text.setSelectionRange(before.length, value.length - after.length);
  const made = `${before ? "\n\n" : ""}${block.trim()}\n${after ? "\n" : ""}`;
  if (document.execCommand("insertText", false, made)) return;
  text.setRangeText(made, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
};

const show = (page, address) => {
  const found = new DOMParser().parseFromString(page, "text/html");
  const form = found.getElementById("block-form");
  if (!form) return false;
  const [title, summary] = [found.querySelector("h1"), found.querySelector(".error-summary")];
  form.action = address;
  form.querySelector("[name=place]")?.closest(".field").remove();
  form.querySelector("[name=message]")?.closest(".field").remove();
  const away = form.querySelector(".row a");
  const leave = document.createElement("button");
  Object.assign(leave, { type: "button", className: "button plain", textContent: "Leave it" });
  leave.addEventListener("click", () => dialog.close());
  away?.replaceWith(leave);
  apart(form);
  for (const link of summary?.querySelectorAll("a") ?? []) link.hash = NEW + link.hash.slice(1);
  const heading = document.createElement("h2");
  heading.textContent = title.textContent;
  dialog.replaceChildren(heading, ...(summary ? [summary] : []), form);
  if (!dialog.open) dialog.showModal();
  (summary ?? form.querySelector("input:not([type=hidden]), textarea, select"))?.focus();
  return true;
};

const open = async (button) => {
  const kind = encodeURIComponent(button.value.slice(NEW.length));
  const address = `${location.pathname}/blocks/new?kind=${kind}`;
  const response = await fetch(address);
  if (response.redirected || !show(await response.text(), address)) throw new Error("another page");
};

const send = async (form, button) => {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.append(button.name, button.value);
  const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/plain" } });
  const answer = await response.text();
  if (!response.headers.get("Content-Type").startsWith("text/plain")) return show(answer, form.action);
  dialog.close();
  return put(answer);
};

const start = () => {
  for (const words of document.querySelectorAll(".block-menu [data-plain-words]")) words.remove();
  dialog.addEventListener("change", ({ target }) => { if (target.matches("form")) apart(target); });
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    const row = /^(add|up|down|out) /.test(submitter?.value ?? "");
    const opens = submitter?.name === "deed" && submitter.value.startsWith(NEW) && !submitter.dataset.plainly;
    if (opens) {
      event.preventDefault();
      open(submitter).catch(() => { submitter.dataset.plainly = "yes"; target.requestSubmit(submitter); });
    } else if (dialog.contains(target) && !row) {
      event.preventDefault();
      send(target, submitter).catch(() => {});
    }
  }, true);
};

if (dialog) start();
