// Open beside the lesson where there is room, folded over it on a phone.
const room = matchMedia("(min-width: 64.01em)");
const fit = () => {
  for (const contents of document.querySelectorAll('[data-behaviour~="contents"]')) contents.open = room.matches;
};
room.addEventListener("change", fit);
fit();
