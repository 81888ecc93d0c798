// SPDX-License-Identifier: MIT
// The page's WebAssembly module, without a browser: stages, explanations and replies are those of cases.py.
// Source: cases.py. Run by page_test.sh: node module_test.mjs FOLDER, which has signer.wasm and cases.json.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { Library, TooLong } from "../../web/library.js";

const folder = process.argv.at(-1);
const cases = JSON.parse(readFileSync(path.join(folder, "cases.json"), "utf8"));
const bytes = readFileSync(path.join(folder, "signer.wasm"));
const library = new Library(bytes);

function callOf({ form, parameters }) {
  const { protocol, hostname, port } = new URL(form.endpoint);
  return {
    ...form,
    utcSeconds: Date.parse(form.time) / 1000,
    endpoint: { scheme: protocol.slice(0, -1), host: hostname, port: Number(port) },
    parameters: Object.entries(parameters).map(([name, value]) => ({ rule: "text", name, value })),
  };
}
const joined = (pieces) => pieces.map(([, text]) => text).join("");

function checkStages(one) {
  const signed = library.sign(callOf(one));
  assert.equal(signed.failure, undefined, one.name);
  for (const [stage, text] of Object.entries(one.expected)) {
    if (stage === "wire")
      assert.ok(joined(signed.request).includes(text), `${one.name}: ${joined(signed.request)} has no ${text}`);
    else if (stage === "signature") assert.equal(signed.signature, text, one.name);
    else assert.equal(joined(signed[stage]), text, `${one.name}: ${stage}`);
  }
}

test("the module imports nothing", () => {
  assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(bytes)), []);
});

test("vectors", () => {
  assert.ok(cases.vectors.length > 30);
  cases.vectors.forEach(checkStages);
});

test("all operations, both schemes", () => {
  assert.equal(new Set(cases.operations.map(({ form }) => form.action)).size, 61);
  cases.operations.forEach(checkStages);
});

test("each piece of a stage names its parameter", () => {
  const one = cases.operations.find(({ form }) => form.action === "CreateCaster" && form.scheme === "rpc_v1");
  const { string_to_sign: stage } = library.sign(callOf(one));
  for (const [name, text] of stage.filter(([, each]) => each.includes("%3D")))
    assert.equal(decodeURIComponent(decodeURIComponent(text.split("%3D")[0])), name);
});

test("explanations", () => {
  for (const one of cases.refusals) {
    const why = library.explain(
      { answer: one.answer, ours: one.ours.trimEnd(), signature: one.signature },
      callOf(one),
    );
    const found = Object.fromEntries(Object.keys(one.expected).map((key) => [key, why[key]]));
    assert.deepEqual(found, one.expected, JSON.stringify([one, why]));
    if (one.words) assert.ok(why.sentence.includes(one.words), why.sentence);
  }
});

test("time and nonce that the page makes are taken from the service's text", () => {
  for (const { cause, scheme } of [
    { cause: "secret", scheme: "rpc_v1" },
    { cause: "secret", scheme: "acs3" },
  ]) {
    const call = callOf(cases.operations.find(({ form }) => form.action === "RestartCaster" && form.scheme === scheme));
    const signed = library.sign(call);
    const answer =
      scheme === "acs3"
        ? `server CanonicalRequest is [${joined(signed.canonical_request)}]`
        : `server string to sign is:${joined(signed.string_to_sign)}`;
    const later = { ...call, utcSeconds: call.utcSeconds + 60, nonce: "another", timeIsMade: true, nonceIsMade: true };
    assert.equal(library.explain({ answer, ours: "", signature: "" }, later).cause, cause);
    assert.equal(
      library.explain({ answer, ours: "", signature: "" }, { ...later, timeIsMade: false }).name,
      scheme === "acs3" ? "x-acs-date" : "Timestamp",
    );
  }
});

const includes = (found, expected) => {
  for (const [key, value] of Object.entries(expected)) {
    if (value !== null && typeof value === "object") includes(found[key], value);
    else assert.equal(found[key], value, key);
  }
};

test("answers", () => {
  for (const one of cases.answers) {
    const read = library.read(one.action, one.status, one.answer);
    includes(read.reply ?? read.error, one.reply ?? one.error);
  }
});

test("a call that cannot be signed has a failure, whose subject is the parameter", () => {
  const good = callOf(cases.operations[0]);
  const failing = [
    [{ keyId: "" }, "AccessKeyId"],
    [{ nonce: "" }, "SignatureNonce"],
    [{ action: "" }, "Action"],
    [{ endpoint: { scheme: "https", host: "a b", port: 0 } }, "host"],
    [{ parameters: [{ rule: "identifier", name: "CasterId", value: "" }] }, "CasterId"],
    [{ parameters: [{ rule: "text", name: "Action", value: "x" }] }, "Action"],
  ];
  for (const [change, subject] of failing) {
    const { failure } = library.sign({ ...good, ...change });
    assert.equal(failure?.subject, subject, JSON.stringify([change, failure]));
    assert.ok(failure.sentence.length > 10);
  }
  assert.throws(() => library.sign({ ...good, nonce: "x".repeat(300000) }), TooLong);
});

test("without a secret there are the stages before the signature", () => {
  const signed = library.sign({ ...callOf(cases.operations[0]), secret: "" });
  assert.ok(signed.string_to_sign);
  assert.equal(signed.signature ?? signed.request ?? signed.digest, undefined);
});

test("the secret is not kept in the module", () => {
  const secret = "canarySecret0123456789";
  library.sign({ ...callOf(cases.operations[0]), secret, token: "canaryToken0123456789" });
  library.wipe();
  const memory = Buffer.from(library.exports.memory.buffer);
  assert.equal(memory.includes(secret), false);
  assert.equal(memory.includes("canaryToken0123456789"), false);
});

test("a nonce is a UUID of version 4", () => {
  assert.equal(library.nonce(new Uint8Array(16).fill(255)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  assert.equal(library.nonce(new Uint8Array(16)), "00000000-0000-4000-8000-000000000000");
});
