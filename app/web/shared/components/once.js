// A form that must be sent once is sent once, however often its button is pressed.
const sent = new Set();
document.addEventListener("submit", (event) => {
  if (!event.target.matches('[data-behaviour~="once"]')) return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
});
// The browser's own way back may show the page as it was left: then it may be sent anew.
addEventListener("pageshow", () => sent.clear());
