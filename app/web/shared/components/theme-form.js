// Changes colours and text size in place, and keeps the choice as the form itself would.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const pressed = event.submitter;
  if (!pressed || !form.matches('[data-behaviour~="theme-form"]')) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  body.set(pressed.name, pressed.value);
  fetch("/appearance", { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
  document.documentElement.dataset[pressed.name] = pressed.value;
  for (const button of form.elements) {
    if (button.name === pressed.name) button.setAttribute("aria-pressed", String(button === pressed));
  }
});
