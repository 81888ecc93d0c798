// SPDX-License-Identifier: MIT
// The parameters of an operation as fields of the form, and back.
// Source: tools/live_operations.json, which page.js has as facts.
// Data flow: facts -> fields; fields -> parameters with the names of the wire, and members with the names of C++.
import { element } from "./view.js";

// A failure that the form itself finds, like those of the library.
export const wrong = (subject, what) => ({ code: "form", subject, sentence: `${subject}: ${what}` });

const changed = () => document.dispatchEvent(new Event("form-changed"));
const patterns = { number: "-?[0-9]+", decimal: "-?[0-9]+(\\.[0-9]+)?" };
let count = 0;

// One field. `name` is the parameter's name on the wire.
function field(fact, name, value = "") {
  const id = `parameter-${++count}`;
  const attributes = {
    id,
    "data-mark": name,
    "data-name": name,
    "aria-required": String(fact.required),
    "aria-describedby": `${id}-hint`,
  };
  const input =
    fact.type === "boolean"
      ? element(
          "select",
          attributes,
          ...["", "true", "false"].map((text) => element("option", { value: text }, text || "(not sent)")),
        )
      : element("input", {
          ...attributes,
          autocomplete: "off",
          spellcheck: "false",
          inputmode: fact.type in patterns ? "numeric" : undefined,
          pattern: patterns[fact.type],
        });
  input.value = value;
  const note =
    fact.type === "text" || fact.type === "texts" ? "" : ` (${fact.type === "json" ? "JSON text" : fact.type})`;
  const label = element(
    "label",
    { for: id },
    name,
    note,
    ...(fact.required ? [element("span", { class: "required" }, " required")] : []),
  );
  return element(
    "div",
    { class: "field" },
    label,
    input,
    element("p", { class: "hint", id: `${id}-hint` }, fact.sentence ?? ""),
  );
}

// A list, with buttons that add and remove elements. `fields(name)` makes the fields of one element.
function list(fact, name, fields) {
  const items = element("div");
  const remove = element(
    "button",
    {
      type: "button",
      "aria-label": `Remove the last element of ${name}`,
      hidden: true,
      onclick: () => {
        items.lastElementChild.remove();
        remove.hidden = !items.childElementCount;
        changed();
      },
    },
    "Remove",
  );
  const add = element(
    "button",
    {
      type: "button",
      "aria-label": `Add an element of ${name}`,
      onclick: () => {
        items.append(
          element(
            "fieldset",
            {},
            element("legend", {}, `${name}.${items.childElementCount + 1}`),
            ...fields(`${name}.${items.childElementCount + 1}`),
          ),
        );
        remove.hidden = false;
        changed();
        items.lastElementChild.querySelector("input, select, button")?.focus();
      },
    },
    "Add",
  );
  const legend = element(
    "legend",
    {},
    `${name} (list)`,
    ...(fact.required ? [element("span", { class: "required" }, " required")] : []),
  );
  return element(
    "fieldset",
    { class: "list", "data-list": name },
    legend,
    element("p", { class: "hint" }, fact.sentence),
    items,
    add,
    " ",
    remove,
  );
}

function fieldsOf(fact, name) {
  if (fact.type === "texts") return list(fact, name, (each) => [field({ ...fact, required: true }, each)]);
  if (fact.type === "records")
    return list(fact, name, (each) => fact.members.map((member) => fieldsOf(member, `${each}.${member.name}`)));
  return field(fact, name);
}

// A parameter of an action for which the library has no type: its name is a field too.
function freeRow(name = "", value = "") {
  const id = `free-${++count}`;
  const input = (part, text, more) => {
    const made = element("input", { id: `${id}-${part}`, autocomplete: "off", spellcheck: "false", ...more });
    made.value = text;
    return made;
  };
  const of = input("value", value, { "data-mark": name });
  const named = input("name", name, {
    oninput: () => {
      of.dataset.mark = named.value;
    },
  });
  const labelled = (label, its) => element("div", {}, element("label", { for: its.id }, label), its);
  return element(
    "fieldset",
    { class: "free" },
    labelled("Name", named),
    labelled("Value", of),
    element(
      "button",
      {
        type: "button",
        "aria-label": "Remove this parameter",
        onclick: ({ target }) => {
          target.closest(".free").remove();
          changed();
        },
      },
      "Remove",
    ),
  );
}

// The fields of an operation. Without a fact, rows of names and values.
export function parameterFields(fact, values = {}) {
  if (!fact) {
    const rows = element(
      "div",
      { id: "free-rows" },
      ...Object.entries(values).map(([name, value]) => freeRow(name, value)),
    );
    const add = element(
      "button",
      {
        type: "button",
        onclick: () => {
          rows.append(freeRow());
          rows.lastElementChild.querySelector("input").focus();
        },
      },
      "Add a parameter",
    );
    return [rows, add];
  }
  const sorted = [...fact.parameters].sort((a, b) => Number(b.required) - Number(a.required));
  return sorted.map((each) => fieldsOf(each, each.name));
}

const rule = (fact) => (fact.type === "text" && !fact.any_text ? "identifier" : "text");

// Collects one member: into `all`, as the wire has it; the answer is the value for C++, or undefined if it is not sent.
function collect(root, fact, name, all) {
  if (fact.type === "records" || fact.type === "texts") {
    const elements = [];
    for (
      let i = 1;
      root.querySelector(`[data-name^="${CSS.escape(`${name}.${i}`)}"], [data-list^="${CSS.escape(`${name}.${i}`)}"]`);
      ++i
    ) {
      const each = `${name}.${i}`;
      elements.push(
        fact.type === "texts"
          ? collect(root, { ...fact, type: "text", required: true }, each, all)
          : members(root, fact.members, `${each}.`, all),
      );
    }
    if (!elements.length && fact.required) all.wrong ??= wrong(name, "at least one element is required");
    return elements.length ? elements : undefined;
  }
  const input = root.querySelector(`[data-name="${CSS.escape(name)}"]`);
  if (!input) return undefined;
  if (!input.checkValidity()) all.wrong ??= wrong(name, "a number is expected");
  if (input.value === "" && !fact.required) return undefined;
  all.push({ rule: fact.required && fact.type !== "text" ? "identifier" : rule(fact), name, value: input.value });
  return input.value;
}

function members(root, facts, prefix, all) {
  const found = [];
  for (const fact of facts) {
    const value = collect(root, fact, prefix + fact.name, all);
    if (value !== undefined) found.push({ fact, value });
  }
  return found;
}

// The parameters of the form: { parameters, typed, failure }.
export function formParameters(root, fact) {
  if (!fact) {
    const rows = [...root.querySelectorAll(".free")].map((row) =>
      [...row.querySelectorAll("input")].map((input) => input.value),
    );
    return { parameters: rows.filter(([name]) => name !== "").map(([name, value]) => ({ rule: "text", name, value })) };
  }
  const all = [];
  const found = members(root, fact.parameters, "", all);
  return { parameters: all, typed: { cpp: fact.cpp, members: found }, failure: all.wrong };
}
