// Adds, moves and takes out rows without leaving the page: the same request as the button's own, and the form
// that comes back takes the place of this one. Saving goes the browser's own way, once.
let busy = new WeakSet();
addEventListener("pageshow", () => { busy = new WeakSet(); });

const isDeed = (button) => button?.name === "do" && /^(add|up|down|out) /.test(button.value);

const show = (form, page) => {
  // A field may be called "id" and would then stand in for the form's own.
  const id = form.getAttribute("id");
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById(id);
  if (!fresh) return false;
  form.replaceWith(fresh);
  const next = fresh.querySelector("[autofocus]");
  const field = next?.querySelector("input:not([type=hidden]), textarea, select");
  (field ?? next)?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  // For others that follow what is typed here.
  fresh.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches('[data-behaviour~="shape-form"]') || event.defaultPrevented) return;
  if (busy.has(form)) return event.preventDefault();
  busy.add(form);
  if (!isDeed(button)) return;
  event.preventDefault();
  const sent = new URLSearchParams(new FormData(form));
  sent.append(button.name, button.value);
  try {
    const response = await fetch(form.getAttribute("action") || location.href, { method: "POST", body: sent });
    if (show(form, await response.text())) return;
  } catch {
    // No connection, or another page: the browser says so in its own way.
  }
  busy.delete(form);
  form.dataset.behaviour = "";
  form.requestSubmit(button);
});
