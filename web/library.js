// SPDX-License-Identifier: MIT
// The library's WebAssembly module as functions of JavaScript. The module does the work; this file moves texts only.
// Source: interface.hpp, signer.cpp.
// Data flow: texts -> fields in the module's memory -> a function of the module -> its JSON as an object.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// A function of the module finds a text too long.
export class TooLong extends Error {}

export class Library {
  constructor(bytes) {
    this.exports = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports;
  }

  memory(at, size) {
    return new Uint8Array(this.exports.memory.buffer, at, size);
  }

  answer(size) {
    if (size === 0) throw new TooLong();
    return JSON.parse(decoder.decode(this.memory(this.exports.output(), size)));
  }

  // Calls the function `name` of the module with `texts` as its fields.
  call(name, texts) {
    const fields = texts.map((text) => encoder.encode(text));
    const size = fields.reduce((sum, field) => sum + 4 + field.length, 0);
    if (size > this.exports.input_limit()) throw new TooLong();
    const input = this.memory(this.exports.input(), size);
    let at = 0;
    for (const field of fields) {
      new DataView(input.buffer, input.byteOffset + at).setUint32(0, field.length, true);
      input.set(field, at + 4);
      at += 4 + field.length;
      field.fill(0); // it may be the secret
    }
    return this.answer(this.exports[name](size));
  }

  // The fields of a call, in the order of call.hpp.
  static fields(call) {
    return [
      call.scheme,
      call.placement,
      call.format,
      call.endpoint.scheme,
      call.endpoint.host,
      String(call.endpoint.port),
      call.keyId,
      call.secret,
      call.token,
      String(call.utcSeconds),
      call.nonce,
      call.action,
      call.version,
      ...call.parameters.flatMap(({ rule, name, value }) => [rule, name, value]),
    ];
  }

  // All stages of a call, or { failure }.
  sign(call) {
    return this.call("sign", Library.fields(call));
  }

  // The explanation of a refusal, or { failure }.
  explain({ answer, ours, signature }, call) {
    const flags = [call.timeIsMade, call.nonceIsMade].map((made) => (made ? "1" : ""));
    return this.call("explain", [answer, ours, signature, ...flags, ...Library.fields(call)]);
  }

  // An answer as { reply } or { error }.
  read(action, status, answer) {
    return this.call("read", [action, String(status), answer]);
  }

  // A nonce from 16 random bytes.
  nonce(random) {
    this.memory(this.exports.input(), random.length).set(random);
    return this.answer(this.exports.nonce());
  }

  wipe() {
    this.exports.wipe();
  }
}
