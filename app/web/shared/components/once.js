// A form that must be sent once is sent once, however often its button is pressed.
const sent = new WeakSet();
document.addEventListener("submit", (event) => {
  if (!event.target.matches('[data-behaviour~="once"]')) return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
});
// Coming back by the browser's own button may show the same page again, ready to be sent anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
