#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every field of every reply of the studio operations arrives, from JSON and from XML, in lists of 12 and of none.

usage: live_replies_test.py "COMPILER [OPTION...]" BUILD_FOLDER
For each header in include/restartcaster/operations/live the test writes a C++ program into BUILD_FOLDER. The program reads
the answers that Python writes from the facts, and prints all members with their paths.

Source: tools/live_operations.json; the vendor's "Responses": JSON, and XML with the root <ACTIONResponse>.
Data flow: facts -> answers -> the programs, Python -> paths and values, which must be equal.
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
import live_queries_test as queries  # noqa: E402 (no cache beside the sources)

PRINTER = """
#include <restartcaster/read/reply.hpp>
#include <restartcaster/read/fields.hpp>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>
namespace rc = restartcaster;
namespace live = restartcaster::live;
inline void leaf(std::string const& path, char kind, std::string const& text) {
    std::printf("%s %c", path.c_str(), kind);
    for (unsigned char const c : text) std::printf("%02x", c);
    std::puts("");
}
inline void show(std::string const& path, std::string_view value) {
    leaf(path, value.data() ? 't' : '-', std::string(value));
}
inline void show(std::string const& path, rc::number value) {
    leaf(path, value.has_value() ? 'n' : '-', value.has_value() ? std::to_string(value.value()) : "");
}
inline void show(std::string const& path, rc::boolean value) {
    leaf(path, value.has_value() ? 'b' : '-', value.has_value() ? (value.value() ? "true" : "false") : "");
}
template <class T>
void show(std::string const& path, rc::list<T> const& each);
template <class Record>
    requires requires { Record::fields; }
void show(std::string const& path, Record const& record) {
    rc::for_each_field(record, [&path](std::string_view name, auto const& member, bool secret) {
        show(path + "/" + std::string(name) + (secret ? "!" : ""), member);
    });
}
inline void show(std::string const& path, rc::request_id_reply const& reply) { show(path + "/RequestId", reply.request_id); }
template <class T>
void show(std::string const& path, rc::list<T> const& all) {
    std::size_t at = 0;
    for (auto const& each : all) show(path + "[" + std::to_string(at++) + "]", each);
    leaf(path, 'l', std::to_string(all.size()));
}
template <class Operation>
void read(std::string body) {
    auto const reply = rc::read_reply<Operation>({.status = 200, .body = body});
    if (reply) show("", *reply);
    else leaf("failed", 'f', "");
    std::puts("end");
}
int main() {
    std::string all((std::istreambuf_iterator<char>(std::cin)), {}), body;
    auto const next = [&all] {
        std::string const one = all.substr(0, all.find('\\0'));
        all.erase(0, one.size() + 1);
        return one;
    };
"""


# ---- answers

def value(entry, path, count):
    kind = entry["type"]
    if kind == "object":
        return {each["name"]: value(each, f"{path}.{each['name']}", count) for each in entry["members"]}
    if kind == "records":
        return [{each["name"]: value(each, f"{path}.{i}.{each['name']}", count) for each in entry["members"]}
                for i in range(count)]
    return queries.value(entry | {"any_text": False}, path, count)


def nested(record):
    """Puts the value of "CasterList.Caster" into an object "CasterList"."""
    out = {}
    for name, given in record.items():
        *wrappers, last = name.split(".")
        inside = out
        for wrapper in wrappers:
            inside = inside.setdefault(wrapper, {})
        inside[last] = (nested(given) if isinstance(given, dict) else
                        [nested(each) if isinstance(each, dict) else each for each in given] if isinstance(given, list) else given)
    return out


def as_json(given):
    if isinstance(given, dict):
        return "{" + ", ".join(f'"{name}": {as_json(each)}' for name, each in given.items()) + "}"
    if isinstance(given, list):
        return "[" + ",".join(as_json(each) for each in given) + "]"
    return given if isinstance(given, str) and given in queries.DECIMALS else queries.json.dumps(given)


def as_xml(name, given):
    if isinstance(given, list):
        return "".join(as_xml(name, each) for each in given)
    inside = ("".join(as_xml(*each) for each in given.items()) if isinstance(given, dict) else
              escape(given) if isinstance(given, str) else str(given).lower())
    return f"<{name}>{inside}</{name}>"


# ---- what must arrive

def leaves(entries, record, path):
    for entry in entries:
        name, given = entry["name"], record[entry["name"]]
        at = f"{path}/{name}{'!' if entry.get('secret') else ''}"
        if isinstance(given, dict):
            yield from leaves(entry["members"], given, at)
        elif isinstance(given, list):
            for i, each in enumerate(given):
                yield from (leaves(entry["members"], each, f"{at}[{i}]") if isinstance(each, dict) else
                            [f"{at}[{i}] t{each.encode().hex()}"])
            yield f"{at} l{str(len(given)).encode().hex()}"
        else:
            mark = "b" if isinstance(given, bool) else "n" if isinstance(given, int) else "t"
            text = str(given).lower() if isinstance(given, bool) else str(given)
            yield f"{at} {mark}{text.encode().hex()}"


def run_theme(command, folder, theme, answers):
    source, binary = folder / f"live_replies_{theme}.cpp", folder / f"live_replies_{theme}"
    calls = "".join(f"    read<live::{queries.cpp_name(name)}>(next());\n" for name, *_ in answers)
    source.write_text(f"#include <restartcaster/operations/live/{theme}.hpp>{PRINTER}{calls}}}\n")
    subprocess.run([*command, "-std=c++20", "-Wall", "-Wextra", "-Werror", f"-I{queries.ROOT / 'include'}", source, "-o", binary],
                   check=True)
    bodies = "\0".join(body for _, _, body, _ in answers)
    return subprocess.run([binary], input=bodies.encode(), check=True, capture_output=True).stdout.decode().split("end\n")[:-1]


def main(command, build):
    folder = pathlib.Path(build)
    folder.mkdir(parents=True, exist_ok=True)
    themes = {}
    for name, fact in queries.FACTS["operations"].items():
        for count in (queries.LENGTH, 0):
            record = {entry["name"]: value(entry, f"{name}.{entry['name']}", count) for entry in fact["reply"]}
            wanted = sorted(leaves(fact["reply"], record, ""))
            answer = nested(record)
            for format_name, body in (("JSON", as_json(answer)), ("XML", as_xml(f"{name}Response", answer))):
                themes.setdefault(fact["theme"], []).append((name, f"{format_name}, lists of {count}", body, wanted))
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        made = list(pool.map(lambda theme: run_theme(command.split(), folder, theme, themes[theme]), themes))
    failed = total = fields = 0
    for theme, answers in zip(made, themes.values()):
        assert len(theme) == len(answers), f"{len(theme)} of {len(answers)} answers were read"
        for printed, (name, what, body, wanted) in zip(theme, answers):
            total, fields = total + 1, fields + len(wanted)
            differ = set(printed.splitlines()) ^ set(wanted)
            if differ or len(printed.splitlines()) != len(wanted):
                failed += 1
                print(f"{name}, {what}: {sorted(differ)[:4]} of {body[:300]}")
    print(f"{total} answers with {fields} values read, {failed} differ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
