// SPDX-License-Identifier: MIT
// What the library answers, as elements: the stages, an explanation, a reply.
// Source: stages.hpp, explaining.hpp, reading.hpp, which write these objects.
// Data flow: an object of library.js -> elements for page.js.
import { element, stage } from "./view.js";

const HIDDEN = "\u2022\u2022\u2022\u2022";

// The pieces of a stage, with dots in place of a security token.
const without = (token) => (pieces) =>
  pieces.map(([mark, text]) => [
    mark,
    mark !== "SecurityToken" || token
      ? text
      : text.replace(/(=|%3D|:).*/s, (_, sign) => sign + HIDDEN) + (text.endsWith("\n") ? "\n" : ""),
  ]);

function parameterTable(parameters, showToken, ...notes) {
  const rows = parameters.map(({ name, value, of_action }) =>
    element(
      "tr",
      { class: of_action ? "own" : "" },
      element("td", {}, element("button", { type: "button", "data-mark": name, class: "mono" }, name)),
      element(
        "td",
        { class: "mono" },
        element("span", { "data-mark": name }, name === "SecurityToken" && !showToken ? HIDDEN : value),
      ),
    ),
  );
  const head = element("tr", {}, element("th", { scope: "col" }, "Name"), element("th", { scope: "col" }, "Value"));
  return element(
    "div",
    { class: "stage" },
    element("h3", {}, "1. Parameters, sorted by the bytes of their names"),
    ...notes.map((note) => element("p", { class: "hint" }, note)),
    element("table", { id: "stage-parameters" }, element("thead", {}, head), element("tbody", {}, ...rows)),
  );
}

export function showStages(signed, call) {
  if (signed.failure) return [];
  const { showToken } = call;
  const hide = without(showToken);
  const acs3 = call.scheme === "acs3";
  const stages = [
    parameterTable(
      signed.parameters,
      showToken,
      acs3
        ? "Those of the action. Headers have the rest."
        : "Those of the action are bold; the signature adds the rest.",
    ),
  ];
  const add = (id, title, pieces, ...notes) =>
    stages.push(stage(`stage-${id}`, `${stages.length + 1}. ${title}`, pieces, ...notes));
  add("query", "Canonical query", hide(signed.canonical_query), "Names and values, percent-encoded once.");
  if (acs3)
    add(
      "canonical-request",
      "Canonical request",
      hide(signed.canonical_request),
      "Method, path, query, signed headers, their names, and the SHA-256 of the body.",
    );
  add(
    "string-to-sign",
    "String to sign",
    hide(signed.string_to_sign),
    acs3
      ? "The algorithm, and the SHA-256 of the canonical request."
      : "Method, path and canonical query; the query is encoded a second time.",
  );
  if (!signed.signature)
    return [...stages, element("p", { id: "no-secret" }, "Enter the secret to see the signature and the request.")];
  add(
    "hmac",
    acs3 ? "HMAC-SHA256" : "HMAC-SHA1",
    [["Signature", signed.digest]],
    acs3
      ? "Of the string to sign; the key is the secret."
      : "Of the string to sign; the key is the secret and the character &.",
  );
  add(
    "signature",
    "Signature",
    [["Signature", signed.signature]],
    acs3 ? "The HMAC in hexadecimal." : "The HMAC in Base64.",
  );
  const request = signed.request.flatMap((piece, i, all) =>
    // The value of a header is a piece of its own.
    all[i - 1]?.[1] === ": " && piece[0] === "SecurityToken" && !showToken ? [[piece[0], HIDDEN]] : [piece],
  );
  add("request", "Request", hide(request), "As HTTP/1.1 sends it.");
  return stages;
}

function comparedText(id, title, [before, byte, rest, after]) {
  const heading = element("h3", { id: `h-${id}` }, title);
  const text = element(
    "pre",
    { id, tabindex: "0", role: "group", "aria-labelledby": `h-${id}` },
    before,
    element("mark", { class: "byte" }, byte || "\u2402"),
    element("mark", {}, rest),
    after,
  );
  return element("div", { class: "stage" }, heading, text);
}

function explanationRows(why) {
  const rows = [
    ["Place", why.name && `${why.name}, byte ${why.offset}`],
    ["Signed", why.ours],
    ["Service", why.theirs],
    [
      "Bytes",
      (why.ours_hex || why.theirs_hex) && `${why.ours_hex || "end"} signed, ${why.theirs_hex || "end"} at the service`,
    ],
    ["Further differences", why.differences ? String(why.differences) : ""],
  ];
  return rows
    .filter(([, value]) => value)
    .map(([name, value]) =>
      element("tr", {}, element("th", { scope: "row" }, name), element("td", { class: "mono" }, value)),
    );
}

export function showExplanation(why) {
  if (!why) return [];
  if (why.failure) return [element("p", { class: "cause" }, why.failure.sentence)];
  const mismatch = why.cause !== "not_a_mismatch";
  const parts = [
    element("p", { class: "cause", id: "cause", "data-cause": why.cause }, why.cause.replaceAll("_", " ")),
    element("p", { id: "hint" }, mismatch ? `${why.hint}.` : why.sentence),
    element("table", { id: "difference" }, element("tbody", {}, ...explanationRows(why))),
  ];
  const differ = why.ours_text && (why.ours_text[1] || why.theirs_text[1]);
  if (differ)
    parts.push(
      comparedText("ours-text", "Text that was signed", why.ours_text),
      comparedText("theirs-text", "Text of the service", why.theirs_text),
    );
  return parts;
}

function tree(value) {
  if (value === null) return [element("span", { class: "absent" }, "absent")];
  if (typeof value !== "object") return [element("span", { class: "mono" }, String(value))];
  const items = Array.isArray(value)
    ? value.map((one, i) => element("li", {}, `${i + 1}. `, ...tree(one)))
    : Object.entries(value).map(([name, one]) => element("li", {}, element("b", {}, name), ": ", ...tree(one)));
  return items.length ? [element("ul", { class: "tree" }, ...items)] : [element("span", { class: "absent" }, "empty")];
}

export function showReply(read, call) {
  if (!read) return [];
  if (read.failure) return [element("p", { class: "cause" }, read.failure.sentence)];
  if (read.error) {
    const { sentence, ran, what_to_do, kind, code } = read.error;
    return [
      element("p", { class: "cause", id: "error-sentence" }, sentence),
      ...tree({ kind, code, "did the operation run": ran, "what to do": what_to_do, "HTTP status": read.status }),
    ];
  }
  const type = read.typed && call.typed ? `${call.typed.cpp}::reply` : "rc::body_reply";
  return [element("p", { class: "cause", id: "reply-type" }, type), ...tree(read.reply)];
}
