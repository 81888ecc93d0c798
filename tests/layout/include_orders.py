#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whatever the order in which a program includes the public headers, and whatever macros stood there before, its units
link and sign alike.

usage: include_orders.py COMPILER
Source: tests/vectors/rpc-1.0.json, whose signature every unit has to make.
"""

import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
FLAGS = ["-std=c++20", "-O0", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror", f"-I{INCLUDE}"]
UMBRELLA, OPENSSL = "restartcaster.hpp", "restartcaster/hosted/openssl.hpp"
VECTOR = "restartcaster-post-all-in-form"

# Object-like and function-like macros of windows.h, sys/sysmacros.h, Arduino.h, AssertMacros.h and X.h.
MACROS = """
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define abs(x) ((x) > 0 ? (x) : -(x))
#define round(x) ((long)(x))
#define bit(b) (1UL << (b))
#define check(x) ((void)(x))
#define verify(x) ((void)(x))
#define require(x, label) ((void)(x))
#define major(x) (x)
#define minor(x) (x)
#define interface struct
#define small char
#define near
#define far
#define IN
#define OUT
#define OK 0
#define ERROR 0
#define NO_ERROR 0
#define DELETE 0
#define STRICT 1
#define TRUE 1
#define FALSE 0
#define TEXT(x) L##x
#define HIGH 1
#define LOW 0
#define INPUT 0
#define DEFAULT 1
#define None 0
#define Bool int
#define Status int
#define Success 0
#define linux 1
#define unix 1
#define errno (*errno_of_this_thread())
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


def fronts():
    """What each unit begins with."""
    every = sorted(str(header.relative_to(INCLUDE)) for header in INCLUDE.rglob("*.hpp"))
    parts = [header for header in every if header != UMBRELLA]
    own = [header for header in parts if "/hosted/" not in header]
    orders = [[UMBRELLA], [UMBRELLA, *parts], [*parts, UMBRELLA], every[::-1], [OPENSSL, UMBRELLA], [UMBRELLA, OPENSSL]]
    for seed in range(3):
        orders.append(random.Random(seed).sample(every, len(every)))
    yield from map(including, orders)
    # The standard headers first: the library of GCC takes `min` and `max` back.
    sys.path.insert(0, str(ROOT / "bench" / "measure"))
    import include_cost
    standard = including(include_cost.standard_headers())
    yield standard + MACROS + including([UMBRELLA])
    yield standard + MACROS + including(own[::-1])


def main():
    compiler = sys.argv[1]
    vector = next(one for one in json.loads((ROOT / "tests/vectors/rpc-1.0.json").read_text()) if one["name"] == VECTOR)
    with tempfile.TemporaryDirectory() as folder:
        units = []
        for number, front in enumerate(fronts()):
            unit = pathlib.Path(folder) / f"unit_{number}.cpp"
            unit.write_text(front + UNIT % {"number": number, "name": VECTOR, "body": vector["form_body"],
                                            "caster_id": vector["params"]["CasterId"]})
            units.append(unit)
        numbers = range(len(units))
        program = pathlib.Path(folder) / "main.cpp"
        program.write_text("#include <cstdio>\n" + "".join(f"bool signs_{n}();\n" for n in numbers) + "int main() {\n" +
                           "    int wrong = 0;\n" +
                           "".join(f'    if (!signs_{n}()) ++wrong, std::puts("unit {n} signs otherwise");\n'
                                   for n in numbers) + "    return wrong;\n}\n")
        objects = [unit.with_suffix(".o") for unit in (*units, program)]
        compiling = lambda o: subprocess.run([compiler, *FLAGS, "-c", o.with_suffix(".cpp"), "-o", o]).returncode
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            if any(pool.map(compiling, objects)):
                return 1
        whole = pathlib.Path(folder) / "program"
        if subprocess.run([compiler, *objects, "-lcrypto", "-o", whole]).returncode:
            return 1
        wrong = subprocess.run([whole]).returncode
        print(f"{len(units)} orders of inclusion, {wrong} that sign otherwise")
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
