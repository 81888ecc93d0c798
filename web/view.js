// SPDX-License-Identifier: MIT
// Elements of the document: what every view is made of.
// Source: -
// Data flow: texts -> elements. Texts become text nodes, never markup.

// An element with attributes and children. A child is an element or a text.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// Pieces [name of the parameter, text] as spans.
const marked = (pieces) => pieces.map(([mark, text]) => (mark ? element("span", { "data-mark": mark }, text) : text));

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // a browser that gives files no clipboard
    const area = element("textarea", { "aria-label": "Text to copy" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.textContent = "Copied";
  setTimeout(() => {
    button.textContent = "Copy";
  }, 1500);
}

// A text with a title and a button that copies it.
export function stage(id, title, pieces, ...notes) {
  const text = pieces.map(([, part]) => part).join("");
  const button = element(
    "button",
    { type: "button", "aria-label": `Copy: ${title}`, onclick: () => copy(text, button) },
    "Copy",
  );
  const heading = element("div", { class: "head" }, element("h3", { id: `h-${id}` }, title), button);
  const body = element("pre", { id, tabindex: "0", "aria-labelledby": `h-${id}`, role: "group" }, ...marked(pieces));
  return element(
    "div",
    { class: "stage" },
    heading,
    ...notes.map((note) => element("p", { class: "hint" }, note)),
    body,
  );
}
