#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whatever the order in which a program includes the public headers, and whatever other headers it includes before or
behind them, its units compile without a warning, link, and sign alike.

usage: include_orders.py COMPILER
Families of headers that are not installed are skipped, and macro_names.py says which.

Source: tests/vectors/rpc-1.0.json, whose signature every unit has to make; real_headers.py.
"""

import concurrent.futures
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import real_headers

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
FLAGS = ["-std=c++20", "-O0", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror", f"-I{INCLUDE}"]
SMALL = ["-DRESTARTCASTER_SMALL=1"]
UMBRELLA, OPENSSL = "restartcaster.hpp", "restartcaster/hosted/openssl.hpp"
SINGLE = ROOT / "single_include" / "restartcaster.hpp"
VECTOR = "restartcaster-post-all-in-form"

# Whether it signs as it should, asked of the compiler: a second less for each unit than to build it.
CONSTANT = """
consteval bool signs() {
    namespace rc = restartcaster;
    rc::storage<1024> room{};
    rc::signing_key<rc::rpc_v1> const key({"testid", "testsecret"});
    auto const made = rc::make_request(rc::restart_caster{.caster_id = "%(caster_id)s"}, key,
                                       {.utc_seconds = 1709020800, .nonce = "nonce-%(name)s"}, room);
    return made && made->body == "%(body)s";
}
static_assert(signs());
"""

UNIT = """
bool signs_%(number)d();
bool signs_%(number)d() {
    namespace rc = restartcaster;
    rc::storage<1024> room;
    rc::stamp const when{.utc_seconds = 1709020800, .nonce = "nonce-%(name)s"};
    rc::restart_caster const op{.caster_id = "%(caster_id)s"};
    auto const right = [](auto const& made) { return made && made->body == "%(body)s"; };
    rc::credentials const from{"testid", "testsecret"};
    bool good = right(rc::make_request(op, rc::signing_key<rc::rpc_v1>(from), when, room));
#ifdef RESTARTCASTER_HOSTED_OPENSSL_HPP
    good = good && right(rc::make_request(op, rc::signing_key<rc::openssl::rpc_v1>(from), when, room));
#endif
    return good;
}
"""


def including(headers):
    return "".join(f"#include <{header}>\n" for header in headers)


def every_macro(standard):
    """A macro of every name that a header could take away, but for those that are the compiler's and the library's own.
    What stands in the standard headers stands there already."""
    names = {}
    for family in [*real_headers.listed_names().values(), *map(real_headers.names_of, real_headers.FAMILIES.values())]:
        names |= family or {}
    text = including(standard)
    for name, parenthesis in sorted(names.items()):
        if not re.match(r"_[_A-Z]|(bool|true|false|static_assert|inline)$", name):
            text += f"#undef {name}\n#define {name}{'(...)' * parenthesis} a macro took {name}\n"
    return text


def units(folder):
    """What each unit begins with, the options that it is compiled with, and whether it becomes part of the program."""
    every = sorted(str(header.relative_to(INCLUDE)) for header in INCLUDE.rglob("*.hpp"))
    parts = [header for header in every if header != UMBRELLA]
    hosted = [header for header in parts if "/hosted/" in header]
    library = [UMBRELLA, *hosted]
    orders = [[UMBRELLA, *parts], [*parts, UMBRELLA], every[::-1], [OPENSSL, UMBRELLA], [UMBRELLA, OPENSSL]]
    for seed in range(3):
        orders.append(random.Random(seed).sample(every, len(every)))
    for order in orders:
        yield including(order), [], True

    copied = [ROOT / "examples" / "transports" / name for name in ("http1_answer.hpp", "polled_exchange.hpp")]
    standard = sorted({header for file in [*INCLUDE.rglob("*.hpp"), *copied]
                       for header in re.findall(r"^#include <(.+)>", file.read_text(), re.MULTILINE)} - {UMBRELLA})
    everything = every_macro(standard) + including(library) + "".join(f'#include "{file}"\n' for file in copied)
    for shape in [], SMALL:
        yield everything, shape, True

    for family in real_headers.FAMILIES.values():
        if not family.with_library or real_headers.names_of(family) is None:
            continue
        options = family.flags(folder)
        if family.languages[-1] == "gnu++20":
            options.append("-std=gnu++20")
        # Not the hosted headers, whose standard headers lwIP's macros break: every_macro stands for the family there.
        yield family.text() + including([UMBRELLA]), options, False
        yield family.text() + f'#include "{SINGLE}"\n', options + SMALL, True
        yield including(library) + family.text(), options, False


def main():
    compiler = sys.argv[1]
    vector = next(one for one in json.loads((ROOT / "tests/vectors/rpc-1.0.json").read_text()) if one["name"] == VECTOR)
    facts = {"name": VECTOR, "body": vector["form_body"], "caster_id": vector["params"]["CasterId"]}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        todo, linked = [], []
        for number, (front, options, is_linked) in enumerate(units(folder)):
            unit = folder / f"unit_{number}.cpp"
            unit.write_text(front + (UNIT if is_linked else CONSTANT) % (facts | {"number": number}))
            todo.append([unit, *options, *(["-c", "-o", unit.with_suffix(".o")] if is_linked else ["-fsyntax-only"])])
            if is_linked:
                linked.append(number)
        program = folder / "main.cpp"
        program.write_text("#include <cstdio>\n" + "".join(f"bool signs_{n}();\n" for n in linked) +
                           "int main() {\n    int wrong = 0;\n" +
                           "".join(f'    if (!signs_{n}()) ++wrong, std::puts("unit {n} signs otherwise");\n'
                                   for n in linked) + "    return wrong;\n}\n")
        compiling = lambda arguments: subprocess.run([compiler, *FLAGS, *arguments]).returncode
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            if any(pool.map(compiling, todo)):
                return 1
        objects = [folder / f"unit_{number}.o" for number in linked]
        if subprocess.run([compiler, *FLAGS, program, *objects, "-lcrypto", "-o", folder / "program"]).returncode:
            return 1
        wrong = subprocess.run([folder / "program"]).returncode
        print(f"{len(todo)} orders of inclusion, {wrong} that sign otherwise")
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
