// A button that copies a text. Without it the text is selected by hand.
for (const part of document.querySelectorAll('[data-behaviour~="copy-text"]')) {
  const text = part.querySelector("textarea");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button plain";
  button.textContent = "Copy the text";
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "The text has been copied.";
    } catch {
      text.select();
      said.textContent = "Your browser does not let us copy. The text is selected: copy it yourself.";
    }
  });
  part.append(button, said);
}
