// What is wrong is read out first: the summary takes the focus, also from the part that the address names.
const summary = document.querySelector('[data-behaviour~="error-summary"]');
summary?.focus();
if (summary && location.hash) addEventListener("load", () => requestAnimationFrame(() => summary.focus()));
