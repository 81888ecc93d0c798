#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every studio operation with every parameter set to odd values: the signed form is what Python computes, and what the
vendor's @alicloud/pop-core sends.

usage: live_queries_test.py "COMPILER [OPTION...]" BUILD_FOLDER [OFFICIAL_CLIENT_FOLDER]
For each header in include/restartcaster/operations/live the test writes a C++ program into BUILD_FOLDER, compiles and runs
it. OFFICIAL_CLIENT_FOLDER is the build folder of tests/standin/official_client_test.sh; without the client in it, only
Python's own flattening is compared.

Source: the vendor's "Request signatures" of RPC 1.0 and ACS3; RepeatList (Name.N.Key) of the vendor's SDKs; RFC 3986.
Data flow: tools/live_operations.json -> values -> C++ programs, Python, Node.js -> the forms, which must be equal.
"""

import base64
import concurrent.futures
import hashlib
import hmac
import json
import os
import pathlib
import shutil
import subprocess
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
FACTS = json.loads((ROOT / "tools" / "live_operations.json").read_text(encoding="ascii"))
KEY_ID, SECRET, NONCE, TIME, SECONDS = "testid", "testsecret", "n-1~", "2026-11-28T09:00:00Z", 1795856400
LENGTH = 12  # of every list: 10, 11 and 12 sort before 2

NUMBERS = (0, -1, 7, 2**63 - 1, -(2**63), 65536)
DECIMALS = ("-0.125", "1e-5", "10.0", "0")
TEXTS = ("a b+c*d~e%2F", "\u76f4\u64ad\U0001f3ac\u00e9", "x&y=z?#/@:,;$!'()[]", "k.1.\\\"z")
FREE_TEXTS = (" \t{\"Key\": \"\u00fc\"}\r\n", "'\u200b\ufeff\"", "\x01\x7f ")


# ---- values: the same facts always get the same values

def value(entry, path, count):
    number = int.from_bytes(hashlib.sha256(path.encode()).digest()[:4], "big")
    kind = entry["type"]
    if kind == "texts":
        return [f"{TEXTS[(number + i) % len(TEXTS)]}{i}" for i in range(count)]
    if kind == "records":
        return [values(entry["members"], f"{path}.{i}", count, True) for i in range(count)]
    if kind == "number":
        return NUMBERS[number % len(NUMBERS)]
    if kind == "boolean":
        return number % 2 == 0
    if kind == "decimal":
        return DECIMALS[number % len(DECIMALS)]
    if kind == "json" or entry.get("any_text"):
        return FREE_TEXTS[number % len(FREE_TEXTS)]
    return f"{TEXTS[number % len(TEXTS)]}{path[-3:]}"


def values(entries, path, count, everything):
    return {entry["name"]: value(entry, f"{path}.{entry['name']}", count) for entry in entries
            if everything or entry["required"]}


# ---- what Python makes of them

def flat(name, given):
    if isinstance(given, dict):
        return [pair for key, each in given.items() for pair in flat(f"{name}.{key}" if name else key, each)]
    if isinstance(given, list):
        return [pair for i, each in enumerate(given, 1) for pair in flat(f"{name}.{i}", each)]
    return [(name, {True: "true", False: "false"}[given] if isinstance(given, bool) else str(given))]


def encoded(text):
    return urllib.parse.quote(text, safe="-_.~")


def canonical(pairs):
    ordered = sorted((name.encode(), text) for name, text in pairs)
    return "&".join(f"{encoded(name)}={encoded(text)}" for name, text in ordered)


def signed_form(action, given):
    common = {"AccessKeyId": KEY_ID, "Action": action, "Format": "JSON", "SignatureMethod": "HMAC-SHA1",
              "SignatureNonce": NONCE, "SignatureVersion": "1.0", "Timestamp": TIME, "Version": FACTS["version"]}
    query = canonical([*flat("", given), *common.items()])
    mac = hmac.new(f"{SECRET}&".encode(), f"POST&%2F&{encoded(query)}".encode(), hashlib.sha1).digest()
    return f"{query}&Signature={encoded(base64.b64encode(mac).decode())}"


# ---- what the library makes of them

def cpp_name(name):
    made = "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")
    return {"p_t_s": "pts"}.get(made, made)


def cpp_text(text):
    return '"' + "".join(f"\\{byte:03o}" for byte in text.encode()) + '"'


class Arrays:
    """The definitions of the arrays to which the spans of a call refer."""

    def __init__(self, operation):
        self.operation, self.lines = operation, []

    def literal(self, given, record):
        if isinstance(given, bool):
            return "true" if given else "false"
        if isinstance(given, int):
            return f"std::int64_t({given + 1}) - 1" if given == -(2**63) else f"std::int64_t({given})"
        if isinstance(given, str):
            return cpp_text(given)
        if isinstance(given, dict):
            return "{" + self.members(given, record) + "}"
        kind = f"live::{record}" if isinstance(given[0], dict) else "std::string_view"
        elements = ", ".join(self.literal(each, record) for each in given)
        self.lines.append(f"    static constexpr {kind} list_{len(self.lines)}[]{{{elements}}};")
        return f"list_{len(self.lines) - 1}"

    def members(self, given, scope):
        # Members are named, and the order of their declarations is the library's: required ones first.
        return ", ".join(f".{cpp_name(name)} = {self.literal(each, f'{scope}::{cpp_name(name)}_element')}"
                         for name, each in sorted(given.items(), key=lambda pair: self.order(scope, pair[0])))

    def order(self, scope, name):
        entries = self.operation["parameters"]
        for part in scope.split("::")[1:]:
            entries = next(entry["members"] for entry in entries if cpp_name(entry["name"]) + "_element" == part)
        required = {entry["name"] for entry in entries if entry["required"]}
        return name not in required, name != "CasterId" or name not in required, cpp_name(name)


def program(theme, operations, cases):
    lines = [f"#include <restartcaster/operations/live/{theme}.hpp>", "#include <restartcaster/operations/make_request.hpp>",
             "#include <restartcaster/sign/acs3.hpp>", "#include <cstdio>", "#include <string>",
             "namespace rc = restartcaster;", "namespace live = restartcaster::live;",
             "struct text_sink { std::string text; void append(std::string_view more) { text += more; } };",
             "static rc::storage<1 << 18> room;",
             "template <class Operation> void print(Operation const& op) {",
             f'    rc::stamp const when{{.utc_seconds = {SECONDS}, .nonce = "{NONCE}"}};',
             f'    rc::signing_key<> const key({{"{KEY_ID}", "{SECRET}"}});',
             f'    rc::signing_key<rc::acs3> const key_of_acs3({{"{KEY_ID}", "{SECRET}"}});',
             "    auto const made = rc::make_request(op, key, when, room);",
             '    std::printf("%.*s\\n", made ? int(made->body.size()) : 0, made ? made->body.data() : "");',
             "    text_sink asked;",
             "    (void)rc::canonical_request(asked, op, key_of_acs3, when, {.parameters = rc::placement::get});",
             '    std::printf("%s\\n", asked.text.c_str());',
             '    std::puts("-- end");', "}"]
    for index, (name, given) in enumerate(cases):
        arrays = Arrays(operations[name])
        call = arrays.members(given, cpp_name(name))
        lines += [f"static void call_{index}() {{", *arrays.lines, f"    print(live::{cpp_name(name)}{{{call}}});", "}"]
    return "\n".join([*lines, "int main() {", *(f"    call_{index}();" for index in range(len(cases))), "}", ""])


def run_theme(compiler, folder, theme, cases):
    source, binary = folder / f"live_{theme}.cpp", folder / f"live_{theme}"
    text = program(theme, FACTS["operations"], cases)
    if not source.exists() or source.read_text() != text:
        source.write_text(text)
    launcher = [shutil.which("ccache")] if shutil.which("ccache") else []
    command = [*compiler, "-std=c++20", "-Wall", "-Wextra", "-Werror", f"-I{ROOT / 'include'}"]
    subprocess.run([*launcher, *command, "-c", source, "-o", f"{binary}.o"], check=True)
    subprocess.run([*compiler, f"{binary}.o", "-o", binary], check=True)
    answers = subprocess.run([binary], check=True, capture_output=True, text=True).stdout.split("-- end\n")[:-1]
    return [tuple(answer.split("\n")[:4]) for answer in answers]


# ---- what the vendor's client makes of them

def official_forms(folder, cases):
    script = ROOT / "tests" / "operations" / "live_queries_official.mjs"
    setting = {"keyId": KEY_ID, "secret": SECRET, "nonce": NONCE, "time": TIME, "version": FACTS["version"]}
    # JavaScript has no exact number of 63 bits: the client gets numbers as text.
    texts = [(name, json.loads(json.dumps(given), parse_int=str)) for name, given in cases]
    done = subprocess.run(["node", script, folder], input=json.dumps({**setting, "cases": texts}), check=True,
                          capture_output=True, text=True)
    return done.stdout.splitlines()


def main(compiler, build, official=""):
    folder = pathlib.Path(build)
    folder.mkdir(parents=True, exist_ok=True)
    themes = {}
    for name, fact in FACTS["operations"].items():
        for count, everything in ((LENGTH, True), (1, True), (1, False)):
            themes.setdefault(fact["theme"], []).append((name, values(fact["parameters"], name, count, everything)))
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        made = list(pool.map(lambda theme: run_theme(compiler.split(), folder, theme, themes[theme]), themes))
    failed = compared = official_compared = 0
    cases = [case for theme in themes.values() for case in theme]
    forms = [form for theme in made for form in theme]
    assert len(forms) == len(cases) == 3 * 61, f"{len(forms)} forms of {len(cases)} calls"
    client = pathlib.Path(official, "node_modules", "@alicloud", "pop-core")
    vendor = official_forms(official, cases) if official and client.is_dir() and shutil.which("node") else []
    for at, ((name, given), (form, method, path, query)) in enumerate(zip(cases, forms)):
        wanted = [("RPC 1.0, Python", form, signed_form(name, given)), ("ACS3, Python", f"{method} {path} {query}",
                                                                        f"GET / {canonical(flat('', given))}")]
        wanted += [("RPC 1.0, pop-core", form, vendor[at])] if vendor else []
        for what, ours, theirs in wanted:
            compared += 1
            official_compared += "pop-core" in what
            if ours != theirs:
                failed += 1
                print(f"{name}: {what}:\n  ours   {ours}\n  theirs {theirs}")
    print(f"{len(cases)} calls of {len(FACTS['operations'])} operations, {compared} forms compared, {official_compared} of them "
          f"with pop-core, {failed} differ")
    if not vendor:
        print(f"pop-core is not in {official or 'a folder that was named'}: compared with Python only")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
