// A colour is picked or typed: each of the two follows the other.
const COLOUR = /^#[0-9a-f]{6}$/;

document.addEventListener("input", (event) => {
  const pair = event.target.closest('[data-behaviour~="colour-pair"]');
  if (!pair) return;
  const [picked, typed] = pair.querySelectorAll("input");
  if (event.target === picked) {
    typed.value = picked.value;
    return;
  }
  const meant = typed.value.trim().toLowerCase();
  if (COLOUR.test(meant)) picked.value = meant;
});
