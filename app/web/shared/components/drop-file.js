// A file may be dropped anywhere on the form, and is then sent.
const SELECTOR = '[data-behaviour~="drop-file"]';
const at = (event) => event.target.closest?.(SELECTOR);
const brings = (event) => event.dataTransfer?.types.includes("Files");

const mark = (form) => {
  for (const other of document.querySelectorAll(`${SELECTOR}[data-over]`)) {
    if (other !== form) delete other.dataset.over;
  }
  if (form) form.dataset.over = "";
};

document.addEventListener("dragover", (event) => {
  if (!brings(event)) return;
  const form = at(event);
  mark(form);
  if (form) event.preventDefault();
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) mark(null);
});
document.addEventListener("drop", (event) => {
  const form = at(event);
  mark(null);
  if (!form || !event.dataTransfer.files.length) return;
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  const one = new DataTransfer();
  one.items.add(file);
  form.querySelector('input[type="file"]').files = one.files;
  form.requestSubmit();
});
