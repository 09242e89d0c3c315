// Lists what this device keeps, adds it to the record of whoever is signed in, or lets go of it.
const SELECTOR = '[data-behaviour~="device-page"]';
const PREFIX = "rung:";

// What was damaged is still listed, so that it can be removed.
const read = (key) => {
  try {
    return { title: "Something that cannot be read", form: "", ...JSON.parse(localStorage.getItem(key)), key };
  } catch {
    return { title: "Something that cannot be read", form: "", key };
  }
};

const list = (form) => {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  const kept = keys.map(read).sort((one, other) => (one.at ?? 0) - (other.at ?? 0));
  const counts = new Map();
  for (const { title } of kept) counts.set(title, (counts.get(title) ?? 0) + 1);
  form.querySelector("[data-device-list]").replaceChildren(
    ...[...counts].map(([title, count]) => {
      const entry = document.createElement("li");
      entry.textContent = `${title}: ${count === 1 ? "one activity" : `${count} activities`}`;
      return entry;
    }),
  );
  form.hidden = !kept.length;
  document.querySelector("[data-device-nothing]").hidden = kept.length > 0;
  return kept;
};

const remove = (kept) => kept.forEach(({ key }) => localStorage.removeItem(key));

const add = async (form, kept) => {
  const sent = new URLSearchParams(new FormData(form));
  for (const { key, form: typed } of kept) sent.append("kept", `${key.slice(PREFIX.length)}?${typed}`);
  try {
    const response = await fetch(form.action, { method: "POST", body: sent });
    if (!response.ok) throw new Error(response.status);
    // Only what was added leaves the device. Any other page, such as the way in, has added nothing.
    const answer = new URL(response.url);
    const left = (answer.searchParams.get("left") ?? "").split(",");
    if (answer.pathname === new URL(form.action).pathname) remove(kept.filter((_, at) => !left.includes(`${at}`)));
    location.assign(response.url);
  } catch {
    form.querySelector("[data-device-trouble]").hidden = false;
  }
};

const start = (form) => {
  const kept = list(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name !== "remove") return add(form, kept);
    remove(kept);
    return list(form);
  });
};

try {
  document.querySelectorAll(SELECTOR).forEach(start);
} catch {
  // Nothing can be kept in this browser.
}
