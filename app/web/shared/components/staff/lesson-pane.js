// Shows the lesson as it will be read while somebody types. The frame runs no scripts, and keeps its place.
const form = document.querySelector("[data-shown]");
const frame = document.querySelector('[data-behaviour~="lesson-pane"]');
const QUIET = 900; // milliseconds without a key

const start = () => {
  let timer;
  let asked = 0;

  const put = (page) => {
    const old = frame.contentDocument?.querySelector("main");
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("main");
    if (old && fresh) old.replaceWith(frame.contentDocument.adoptNode(fresh));
    else if (!old) frame.src = form.dataset.shown; // a link was followed in it
  };

  const show = async () => {
    asked += 1;
    const mine = asked;
    try {
      const response = await fetch(form.dataset.shown, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const page = await response.text();
      if (mine === asked && response.ok && !response.redirected) put(page);
    } catch {
      // Without a connection the last sight of it stays.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, QUIET);
  });
  frame.addEventListener("load", () => {
    if (form.dataset.unsaved !== undefined) show();
  }, { once: true });
  // No browser styles a frame whose own page has the focus and nothing in it to hold it.
  addEventListener("blur", () => frame.classList.toggle("focused", document.activeElement === frame));
  addEventListener("focus", () => frame.classList.remove("focused"));
  frame.src = form.dataset.shown;
  frame.closest("[hidden]")?.removeAttribute("hidden");
};

if (form && frame) start();
