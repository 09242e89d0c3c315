// Asks somebody who has signed in whether what they did on this device before should become their own.
const SELECTOR = '[data-behaviour~="device-offer"]';

const offer = (count) => {
  const [notice, words, link] = ["aside", "p", "a"].map((tag) => document.createElement(tag));
  notice.className = "notice";
  notice.setAttribute("aria-label", "Kept on this device");
  link.href = "/this-device";
  link.textContent = "Look at what there is";
  words.append(`Add ${count === 1 ? "the activity" : `the ${count} activities`} done on this device? `, link);
  notice.append(words);
  document.getElementById("main").prepend(notice);
};

try {
  const count = Object.keys(localStorage).filter((key) => key.startsWith("rung:")).length;
  if (count && document.querySelector(SELECTOR) && location.pathname !== "/this-device") offer(count);
} catch {
  // Nothing can be kept in this browser.
}
