// SPDX-License-Identifier: MIT
// The page: its form, its stages and its views. Everything about signatures and answers is done by the library.
// Source: page.html; the facts of tools/live_operations.json.
// Data flow: the form -> a call -> library.js -> stages, code, explanation and reply in the document.
import { programs } from "./code.js";
import { formParameters, parameterFields, wrong } from "./form.js";
import { Library, TooLong } from "./library.js";
import { element, stage } from "./view.js";
import { showExplanation, showReply, showStages } from "./show.js";

const byId = (id) => document.getElementById(id);
const chosen = (name) => document.querySelector(`input[name=${name}]:checked`).value;
const { version, operations, themes } = JSON.parse(byId("facts").textContent);
const library = new Library(Uint8Array.from(atob(byId("module").textContent), (c) => c.charCodeAt(0)));
const OTHER = "";

// Time and nonce that the page made, as opposed to those that were typed.
const made = { time: "", nonce: "" };

function renew() {
  made.time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  made.nonce = library.nonce(crypto.getRandomValues(new Uint8Array(16)));
  byId("time").value = made.time;
  byId("nonce").value = made.nonce;
}

// The seconds of a time as the service writes it; -1 for another text.
function secondsOf(time) {
  const seconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time) ? Date.parse(time) / 1000 : NaN;
  return Number.isInteger(seconds) && seconds >= 0 ? seconds : -1;
}

function endpointOf(text) {
  const match = /^(https?):\/\/(.+?)(?::(\d{1,5}))?\/?$/.exec(text.trim());
  return match && { scheme: match[1], host: match[2], port: Number(match[3] ?? 0) };
}

// The call of the form. Its failure is set if the form is not complete.
function callOfForm() {
  const operation = byId("operation").value;
  const fact = operations[operation];
  const call = {
    scheme: chosen("scheme"),
    placement: chosen("placement"),
    format: chosen("format"),
    endpoint: endpointOf(byId("endpoint").value),
    keyId: byId("key-id").value,
    secret: byId("secret").value,
    token: byId("token").value,
    showToken: byId("show-token").checked,
    time: byId("time").value,
    utcSeconds: secondsOf(byId("time").value),
    nonce: byId("nonce").value,
    timeIsMade: byId("time").value === made.time,
    nonceIsMade: byId("nonce").value === made.nonce,
    action: fact ? operation : byId("action").value,
    version: fact ? version : byId("version").value,
    ...formParameters(byId("parameters"), fact),
  };
  if (call.utcSeconds < 0) call.failure ??= wrong("Timestamp", "the time is written as 2026-11-28T09:00:00Z");
  if (!call.endpoint) {
    call.failure ??= wrong("host", "the endpoint is written as https://live.aliyuncs.com");
    call.endpoint = { scheme: "https", host: "", port: 0 };
  }
  return call;
}

// What `work` answers; for a text that is too long, a failure.
function tried(work) {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    return { failure: { code: "too_long", subject: "", sentence: "The text is too long for this page." } };
  }
}

function showFailure(failure) {
  byId("status").textContent = failure ? failure.sentence : "";
  for (const input of document.querySelectorAll("#form :is(input, select)[data-mark]")) {
    if (failure && input.dataset.mark === failure.subject) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

const views = {
  stages(call, signed) {
    byId("stage-list").replaceChildren(...showStages(signed, call));
  },
  code(call, signed) {
    const language = chosen("language");
    const text = signed.failure ? "" : programs[language](call, signed);
    byId("code-stage").replaceChildren(stage(`code-${language}`, "Program", [["", text]]));
  },
  explain(call) {
    const given = {
      answer: byId("refusal").value,
      ours: byId("ours").value.replace(/[\r\n]+$/, ""),
      signature: byId("sent-signature").value.trim(),
    };
    const why = given.answer ? tried(() => library.explain(given, call)) : null;
    byId("explanation").replaceChildren(...showExplanation(why));
  },
  read(call) {
    const answer = byId("answer").value;
    const status = byId("http-status").value;
    const read = answer ? tried(() => library.read(call.action, status, answer)) : null;
    byId("reply").replaceChildren(...showReply(read, call));
  },
};

const selectedTab = () => document.querySelector("[role=tab][aria-selected=true]").getAttribute("aria-controls");

function update() {
  const call = callOfForm();
  const signed = call.failure ? { failure: call.failure } : tried(() => library.sign(call));
  const view = selectedTab();
  showFailure(view === "stages" || view === "code" ? signed.failure : null);
  views[view](call, signed);
  light();
}

function showOperation() {
  const fact = operations[byId("operation").value];
  byId("other").hidden = Boolean(fact);
  byId("sentence").textContent = fact
    ? `${fact.sentence} Permission ${fact.permission}; at most ${fact.calls_per_second} calls per second.`
    : "";
  byId("parameters").replaceChildren(...parameterFields(fact));
  update();
}

function fillExample() {
  byId("operation").value = OTHER;
  byId("action").value = "DescribeLiveSnapshotConfig";
  byId("version").value = "2016-11-01";
  showOperation();
  const values = {
    "key-id": "testid",
    secret: "testsecret",
    token: "",
    time: "2017-06-14T09:51:14Z",
    nonce: "c2fe8fbb-2977-4414-8d39-348d02419c1c",
    endpoint: "https://live.aliyuncs.com",
  };
  for (const [id, value] of Object.entries(values)) byId(id).value = value;
  for (const [name, value] of [
    ["scheme", "rpc_v1"],
    ["placement", "get"],
    ["format", "XML"],
  ])
    document.querySelector(`input[name=${name}][value=${value}]`).checked = true;
  const own = { RegionId: "cn-shanghai", ServiceCode: "live", DomainName: "test.com", AppName: "test" };
  byId("parameters").replaceChildren(...parameterFields(undefined, own));
  update();
}

// ---- light on one parameter

// The parameter under the pointer, that of the focused element, and that of the last click.
let pointed = "",
  focused = "",
  kept = "";

function light() {
  const lit = [pointed, focused, kept].filter((mark) => mark !== "");
  for (const one of document.querySelectorAll("#results [data-mark]"))
    one.classList.toggle("lit", lit.includes(one.dataset.mark));
  for (const button of document.querySelectorAll("button[data-mark]"))
    button.setAttribute("aria-pressed", String(button.dataset.mark === kept));
}

const markOf = (target) => target.closest?.("[data-mark]")?.dataset.mark ?? "";

function point({ target }) {
  pointed = markOf(target);
  light();
}

function focus({ target, type }) {
  focused = type === "focusin" ? markOf(target) : "";
  light();
}

function keep({ target }) {
  const mark = target.closest("#results [data-mark]")?.dataset.mark;
  if (!mark) return;
  kept = kept === mark ? "" : mark;
  light();
}

// ---- tabs: arrow keys go from one to the next (WAI-ARIA Authoring Practices, "Tabs")

const tabs = [...document.querySelectorAll("[role=tab]")];

function select(tab) {
  for (const each of tabs) {
    const is = each === tab;
    each.setAttribute("aria-selected", String(is));
    each.tabIndex = is ? 0 : -1;
    byId(each.getAttribute("aria-controls")).hidden = !is;
  }
  update();
}

function moveTab(event) {
  const steps = {
    ArrowRight: 1,
    ArrowLeft: -1,
    Home: -tabs.indexOf(event.target),
    End: -1 - tabs.indexOf(event.target),
  };
  if (!(event.key in steps)) return;
  event.preventDefault();
  const next = tabs[(tabs.indexOf(event.target) + steps[event.key] + tabs.length) % tabs.length];
  next.focus();
  select(next);
}

// ---- leaving

function erase() {
  for (const id of ["secret", "token", "key-id", "sent-signature", "refusal", "ours", "answer"]) byId(id).value = "";
  for (const id of ["stage-list", "code-stage", "explanation", "reply"]) byId(id).replaceChildren();
  update();
  library.wipe();
}

// ---- begin

function fillOperations() {
  const groups = Object.entries(themes).map(([theme, title]) => {
    const names = Object.keys(operations).filter((name) => operations[name].theme === theme);
    return element("optgroup", { label: title }, ...names.map((name) => element("option", { value: name }, name)));
  });
  byId("operation").replaceChildren(...groups, element("option", { value: OTHER }, "Another action ..."));
  byId("operation").value = "RestartCaster";
}

fillOperations();
renew();
byId("operation").addEventListener("change", showOperation);
byId("renew").addEventListener("click", () => {
  renew();
  update();
});
byId("example").addEventListener("click", fillExample);
document.addEventListener("input", update);
document.addEventListener("form-changed", update);
document.addEventListener("pointerover", point);
for (const event of ["focusin", "focusout"]) document.addEventListener(event, focus);
document.addEventListener("click", keep);
for (const tab of tabs) {
  tab.addEventListener("click", () => select(tab));
  tab.addEventListener("keydown", moveTab);
}
addEventListener("pagehide", erase);
showOperation();
