// Asks for the check while somebody types, and tells what has changed. The text itself is never touched.
const form = document.querySelector('[data-behaviour~="lesson-check"]');
const QUIET = 700; // milliseconds without a key
const AWAY = "You are signed out. Your text is kept on this device: sign in again in another tab, then press Save.";
const LOST = "There is no connection just now, so nothing is checked. Go on writing.";

const made = (tag, text, name) => {
  const element = document.createElement(tag);
  element.textContent = text;
  if (name) element.className = name;
  return element;
};

const entry = (one) => {
  const item = made("li", "", one.level);
  const link = made("a", one.place);
  link.href = `#${one.target}`;
  if (one.line) link.dataset.line = one.line;
  item.append(link, one.level === "warning" ? made("span", " to look at", "quiet") : "", made("p", `${one.sentence} ${one.fix}`));
  if (one.quote) item.append(made("p", one.quote, "quiet"));
  return item;
};

const count = (problems) => {
  if (!problems.length) return "Nothing to mend in this lesson.";
  return problems.length === 1 ? "One problem in this lesson." : `${problems.length} problems in this lesson.`;
};

const start = () => {
  const [list, elsewhere, figures, status] = ["problems", "elsewhere", "figures", "status"].map((name) => document.querySelector(`[data-told="${name}"]`));
  let timer;
  let asked = 0;

  const tell = (said) => {
    if (status.textContent !== said) status.textContent = said;
  };

  const show = (told) => {
    const problems = told.complaint
      ? [{ place: "Title", target: "title", line: 0, level: "error", sentence: told.complaint, fix: "", quote: "" }, ...told.problems]
      : told.problems;
    const entries = made("ol", "", "problem-list");
    entries.append(...problems.map(entry));
    list.replaceChildren(problems.length ? entries : made("p", count(problems)));
    elsewhere.textContent = told.elsewhere;
    figures.querySelector("dl").replaceChildren(...told.figures.map(([term, words]) => {
      const row = document.createElement("div");
      row.append(made("dt", term), made("dd", words));
      return row;
    }));
    tell(count(problems));
  };

  const check = async () => {
    asked += 1;
    const mine = asked;
    try {
      const response = await fetch(form.dataset.check, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (mine !== asked) return;
      if (response.headers.get("Content-Type") === "application/json") show(await response.json());
      else tell(response.redirected ? AWAY : "");
    } catch {
      tell(LOST);
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, QUIET);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
};

if (form) start();
