// SPDX-License-Identifier: MIT
// A call as a program: curl, C++ with this library, Python and JavaScript with their standard libraries.
// Source: help documents 50286 and 2593177. tests/web runs the programs against the stand-in gateway.
// Data flow: a call of the form -> the text of a program, which takes the key from the environment.
//
// The file is long, because each program is a text of its own.

const KEY = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const TOKEN = "ALIBABA_CLOUD_SECURITY_TOKEN";

const origin = ({ endpoint: { scheme, host, port } }) => `${scheme}://${host}${port ? `:${port}` : ""}`;
const authority = ({ endpoint: { host, port } }) => host + (port ? `:${port}` : "");

// ---- curl

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

// The signed request. It has no secret; its signature is valid for one use, and for 15 minutes.
function curl(call, signed) {
  if (!signed.url) return "# Enter the secret: the command contains the signature.\n";
  if (call.token && !call.showToken)
    return "# The command contains the security token: allow the page to show the token.\n";
  const words = [`curl ${shell(signed.url)}`];
  if (call.placement !== "get") words.push(`--data ${shell(signed.body)}`);
  if (call.placement === "post_query") words.push("--header 'Content-Type:'"); // curl sends it even without a body
  for (const [name, value] of signed.headers) words.push(`--header ${shell(`${name}: ${value}`)}`);
  return `# The signature is valid once, for 15 minutes from ${call.time}.\n${words.join(" \\\n  ")}\n`;
}

// ---- C++

const octal = (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, "0")}`;
const cppText = (text) =>
  `"${text
    .replace(/["\\]/g, "\\$&")
    .replace(/[\0-\x1f\x7f]/g, octal)
    .replaceAll("??", '?""?')}"`;

const cppValue = (type, value) => (type === "number" || type === "boolean" ? value : cppText(value));

function cppMembers(to, type, members, lines) {
  for (const { fact, value } of members) {
    const place = `${to}.${fact.cpp}`;
    const list = `${to.replace(/\W+/g, "_").replace(/^operation_?|_$/g, "")}_${fact.cpp}`.replace(/^_/, "");
    if (fact.type === "texts") {
      lines.push(`std::array<std::string_view, ${value.length}> const ${list}{${value.map(cppText).join(", ")}};`);
      lines.push(`${place} = ${list};`);
    } else if (fact.type === "records") {
      lines.push(`std::array<${type}::${fact.cpp}_element, ${value.length}> ${list};`);
      value.forEach((record, i) => cppMembers(`${list}[${i}]`, type, record, lines));
      lines.push(`${place} = ${list};`);
    } else {
      lines.push(`${place} = ${cppValue(fact.type, value)};`);
    }
  }
}

function cppOperation(call) {
  const lines = [];
  if (call.typed) {
    lines.push(`${call.typed.cpp} operation;`);
    cppMembers("operation", call.typed.cpp, call.typed.members, lines);
  } else {
    lines.push(`rc::parameter_list<${Math.max(call.parameters.length, 1)}> list;`);
    for (const { name, value } of call.parameters)
      lines.push(`if (!list.append(${cppText(name)}, ${cppText(value)})) return 1;`);
    lines.push(
      `rc::action const operation{`,
      `    .name = ${cppText(call.action)}, .version = ${cppText(call.version)}, .parameters = list};`,
    );
  }
  return lines.map((line) => `    ${line}\n`).join("");
}

function cpp(call) {
  const { scheme, host, port } = call.endpoint;
  return `// Needs the single headers of single_include/ and examples/transports/curl_transport.hpp; link with -lcurl.
#include "curl_transport.hpp"
#include "restartcaster.hpp"
#include "restartcaster_live.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

namespace rc = restartcaster;

struct printer {
    void append(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
};

std::string_view variable(char const* name) {
    char const* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

int main() {
    std::signal(SIGPIPE, SIG_IGN); // report a closed connection as an error, not as a signal
${cppOperation(call)}
    rc::signing_key<rc::${call.scheme}> const key({.access_key_id = variable("${KEY}"),
                                         .access_key_secret = variable("${SECRET}"),
                                         .security_token = variable("${TOKEN}")});
    std::random_device entropy;
    std::array<unsigned char, rc::nonce::random_size> random;
    for (auto& byte : random) byte = static_cast<unsigned char>(entropy());
    rc::nonce const nonce(random); // different for every request
    rc::stamp const stamp{.utc_seconds = std::time(nullptr), .nonce = nonce.text()};
    rc::request_options const options{.parameters = rc::placement::${call.placement},
                                      .answer = rc::format::${call.format.toLowerCase()},
                                      .to = {${cppText(host)}, rc::url_scheme::${scheme}, ${port}}};

    curl_transport http;
    static rc::storage<65536> room; // for the request and the answer
    auto const reply = rc::call(http, operation, key, stamp, room, options);
    printer out;
    if (reply)
        rc::append_foreign(out, reply->request_id);
    else
        rc::describe(out, reply.error()); // what failed, whether the operation ran, what to do
    out.append("\\n");
    return reply ? 0 : 1;
}
`;
}

// ---- Python and JavaScript, whose programs are alike

// A JSON text is a text of both languages.
const quoted = JSON.stringify;
const entries = (call, indent) =>
  call.parameters.map(({ name, value }) => `${indent}${quoted(name)}: ${quoted(value)},\n`).join("");

const pythonSign = {
  rpc_v1: (call) => `parameters |= {
    "AccessKeyId": os.environ["${KEY}"],
    "Action": ${quoted(call.action)},
    "Format": ${quoted(call.format)},
    "SignatureMethod": "HMAC-SHA1",
    "SignatureNonce": str(uuid.uuid4()),
    "SignatureVersion": "1.0",
    "Timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    "Version": ${quoted(call.version)},
}
if os.environ.get("${TOKEN}"):
    parameters["SecurityToken"] = os.environ["${TOKEN}"]
to_sign = METHOD + "&%2F&" + encoded(query_of(parameters))
key = (os.environ["${SECRET}"] + "&").encode()
parameters["Signature"] = base64.b64encode(hmac.new(key, to_sign.encode(), hashlib.sha1).digest()).decode()
sent = query_of(parameters)
headers = {}
`,
  acs3: (call) => `sent = query_of(parameters)
body = sent if IN_BODY else ""
headers = {
    "host": ${quoted(authority(call))},
    "x-acs-action": ${quoted(call.action)},
    "x-acs-content-sha256": hashlib.sha256(body.encode()).hexdigest(),
    "x-acs-date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    "x-acs-signature-nonce": str(uuid.uuid4()),
    "x-acs-version": ${quoted(call.version)},
}
if IN_BODY:
    headers["content-type"] = "application/x-www-form-urlencoded"
if os.environ.get("${TOKEN}"):
    headers["x-acs-security-token"] = os.environ["${TOKEN}"]
names = ";".join(sorted(headers))
lines = "".join(f"{name}:{headers[name]}\\n" for name in sorted(headers))
canonical = "\\n".join([METHOD, "/", "" if IN_BODY else sent, lines, names, headers["x-acs-content-sha256"]])
to_sign = "ACS3-HMAC-SHA256\\n" + hashlib.sha256(canonical.encode()).hexdigest()
signature = hmac.new(os.environ["${SECRET}"].encode(), to_sign.encode(), hashlib.sha256).hexdigest()
headers["authorization"] = (f"ACS3-HMAC-SHA256 Credential={os.environ['${KEY}']},"
                            f"SignedHeaders={names},Signature={signature}")
headers["accept"] = "application/${call.format.toLowerCase()}"
`,
};

function python(call) {
  const get = call.placement === "get";
  return `import base64
import hashlib
import hmac
import os
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

METHOD = ${get ? '"GET"' : '"POST"'}
IN_BODY = ${call.placement === "post_form" ? "True" : "False"}


def encoded(text):
    return urllib.parse.quote(text, safe="-_.~")


def query_of(parameters):
    names = sorted(parameters, key=lambda name: name.encode())
    return "&".join(encoded(name) + "=" + encoded(parameters[name]) for name in names)


parameters = {
${entries(call, "    ")}}
${pythonSign[call.scheme](call)}
url = ${quoted(`${origin(call)}/`)} + ("" if IN_BODY else "?" + sent)
data = sent.encode() if IN_BODY else None
request = urllib.request.Request(url, data=data, headers=headers, method=METHOD)
try:
    with urllib.request.urlopen(request, timeout=30) as answer:
        print(answer.status, answer.read().decode())
except urllib.error.HTTPError as refusal:
    print(refusal.code, refusal.read().decode())
`;
}

const javascriptSign = {
  rpc_v1: (call) => `Object.assign(parameters, {
  AccessKeyId: process.env.${KEY},
  Action: ${quoted(call.action)},
  Format: ${quoted(call.format)},
  SignatureMethod: "HMAC-SHA1",
  SignatureNonce: randomUUID(),
  SignatureVersion: "1.0",
  Timestamp: now,
  Version: ${quoted(call.version)},
});
if (process.env.${TOKEN}) parameters.SecurityToken = process.env.${TOKEN};
const toSign = \`\${METHOD}&%2F&\${encoded(queryOf(parameters))}\`;
parameters.Signature = createHmac("sha1", \`\${process.env.${SECRET}}&\`).update(toSign).digest("base64");
const sent = queryOf(parameters);
const headers = {};
`,
  acs3: (call) => `const sent = queryOf(parameters);
const headers = {
  host: ${quoted(authority(call))},
  "x-acs-action": ${quoted(call.action)},
  "x-acs-content-sha256": createHash("sha256").update(IN_BODY ? sent : "").digest("hex"),
  "x-acs-date": now,
  "x-acs-signature-nonce": randomUUID(),
  "x-acs-version": ${quoted(call.version)},
};
if (IN_BODY) headers["content-type"] = "application/x-www-form-urlencoded";
if (process.env.${TOKEN}) headers["x-acs-security-token"] = process.env.${TOKEN};
const names = Object.keys(headers).sort();
const lines = names.map((name) => \`\${name}:\${headers[name]}\\n\`).join("");
const hash = headers["x-acs-content-sha256"];
const canonical = [METHOD, "/", IN_BODY ? "" : sent, lines, names.join(";"), hash].join("\\n");
const toSign = \`ACS3-HMAC-SHA256\\n\${createHash("sha256").update(canonical).digest("hex")}\`;
const signature = createHmac("sha256", process.env.${SECRET}).update(toSign).digest("hex");
headers.authorization =
  \`ACS3-HMAC-SHA256 Credential=\${process.env.${KEY}},SignedHeaders=\${names.join(";")},Signature=\${signature}\`;
headers.accept = "application/${call.format.toLowerCase()}";
delete headers.host; // fetch sends the host of the URL
`,
};

function javascript(call) {
  const get = call.placement === "get";
  return `// Save as call.mjs; run with Node.js 18 or later.
import { createHash, createHmac, randomUUID } from "node:crypto";

const METHOD = ${get ? '"GET"' : '"POST"'};
const IN_BODY = ${call.placement === "post_form"};

// encodeURIComponent leaves !'()* unescaped.
const escape = (c) => \`%\${c.charCodeAt(0).toString(16).toUpperCase()}\`;
const encoded = (text) => encodeURIComponent(text).replace(/[!'()*]/g, escape);
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const pair = ([name, value]) => \`\${encoded(name)}=\${encoded(value)}\`;
const queryOf = (all) => Object.entries(all).sort(([a], [b]) => byBytes(a, b)).map(pair).join("&");

const now = new Date().toISOString().replace(/\\.\\d+Z$/, "Z");
const parameters = {
${entries(call, "  ")}};
${javascriptSign[call.scheme](call)}
const url = ${quoted(`${origin(call)}/`)} + (IN_BODY ? "" : \`?\${sent}\`);
const body = IN_BODY ? sent : undefined;
if (IN_BODY) headers["content-type"] = "application/x-www-form-urlencoded";
const answer = await fetch(url, { method: METHOD, headers, body });
console.log(answer.status, await answer.text());
`;
}

// The languages, by the names that the form has.
export const programs = { curl, cpp, python, javascript };
