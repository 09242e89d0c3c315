// What is wrong is read out first: the summary takes the focus.
document.querySelector('[data-behaviour~="error-summary"]')?.focus();
