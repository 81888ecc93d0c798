#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plants one fault at a time in a copy of the headers and expects the tests of that header to notice.

usage: mutate.py [--compiler CXX] [--list] [--only NUMBER...]

A fault is noticed by a test that fails, that does not end, or whose static_assert does not hold. One that the compiler
refuses for any other reason is no fault but a mistake in the table. One whose place is gone, or is no longer the only
one, is told before anything is built; --list looks for all of them and builds nothing.

Source: R. DeMillo, R. Lipton, F. Sayward, "Hints on Test Data Selection", 1978; the table in mutants.py.
Data flow: include/ with one change in; a build and a run of a few tests each; `killed K of N` out.
"""

import argparse
import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile

import planting
from mutants import mutants

TESTS = pathlib.Path(__file__).resolve().parents[1]
ROOT = TESTS.parent

HEADERS = ROOT / "include" / "restartcaster"

FLAGS = ["-std=c++20", "-w", "-O0", f"-I{TESTS}", f'-DRESTARTCASTER_CORPORA_DIR="{ROOT}/../shared/corpora"',
         f'-DRESTARTCASTER_VECTORS_DIR="{TESTS}/vectors"']
# The stack is looked at in optimised builds only.
OPTIMISED = {"crypto/wipe.cpp"}


def run(*command, timeout=300):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, errors="replace",
                          timeout=timeout)


def prepared(compiler, folder):
    """What is compiled once: how to include what all tests include (with clang), and how to link the main of Catch2,
    which is a source of version 2 and a library of version 3."""
    include, headers = [], folder / "headers.pch"
    compiled = run(compiler, *FLAGS, "-x", "c++-header", TESTS / "corpora.hpp", "-o", headers)
    if "clang" in compiler and compiled.returncode == 0:
        include = ["-include-pch", headers]
    source, program = folder / "main.cpp", folder / "main.o"
    source.write_text("#define CATCH_CONFIG_MAIN\n#include <catch2/catch.hpp>\n")
    if run(compiler, "-std=c++20", "-c", source, "-o", program).returncode == 0:
        return include, [program]
    return include, ["-lCatch2Main", "-lCatch2"]


def has_main(test):
    return "\nint main(" in (TESTS / test).read_text()


def verdict(compiler, headers, libraries, folder, mutant):
    """killed, survived or wrong, and by what."""
    include = folder / "include"
    shutil.copytree(ROOT / "include", include)
    planting.plant(include / "restartcaster", *mutant[:4])
    for test in mutant.tests:
        program = folder / "test"
        options = ["-DRESTARTCASTER_SMALL=1"] if mutant.small else ["-O1"] if test in OPTIMISED else headers
        linked = [library for library in libraries if not has_main(test) or not str(library).endswith(".o")]
        built = run(compiler, *FLAGS, *options, f"-I{include}", TESTS / test, "-o", program, *linked)
        if built.returncode != 0:
            said = [line for line in built.stderr.splitlines() if "error" in line]
            if any("static" in line or "constant expression" in line for line in said):
                return "killed", f"static_assert, {test}"
            return "wrong", said[0] if said else "it does not compile"
        try:
            ran = run(program, "--abort", timeout=120)  # one failure is enough
        except subprocess.TimeoutExpired:
            return "killed", f"{test} does not end"
        if ran.returncode != 0:
            return "killed", test
    return "survived", ", ".join(mutant.tests)


def told(mutant):
    return f"{mutant.header}, {mutant.name}: {mutant.pattern!r} -> {mutant.replacement!r}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default="clang++")
    parser.add_argument("--list", action="store_true",
                        help="the faults with their numbers; fails where the place of one is not there")
    parser.add_argument("--only", type=int, nargs="+", metavar="NUMBER")
    given = parser.parse_args()
    chosen = [(number, mutant) for number, mutant in enumerate(mutants(), 1) if not given.only or number in given.only]
    if given.list:
        for number, mutant in chosen:
            print(f"{number:4} {told(mutant)}{f'  ({mutant.reason})' if mutant.reason else ''}")
    wrong = planting.stale(HEADERS, (mutant[:4] for _, mutant in chosen))
    if wrong:
        sys.exit("\n".join(["", *wrong]))
    if given.list:
        return
    killed = explained = failed = 0
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(2) as pool:
        folder = pathlib.Path(name)
        headers, libraries = prepared(given.compiler, folder)
        libraries += ["-lcrypto", "-lpthread"]

        def judge(number, mutant):
            place = folder / str(number)
            place.mkdir()
            try:
                return verdict(given.compiler, headers, libraries, place, mutant)
            finally:
                shutil.rmtree(place)

        jobs = {pool.submit(judge, number, mutant): (number, mutant) for number, mutant in chosen}
        for job in concurrent.futures.as_completed(jobs):
            number, mutant = jobs[job]
            what, by = job.result()
            killed += what == "killed"
            explained += what == "survived" and mutant.reason is not None
            good = what == ("survived" if mutant.reason else "killed")
            failed += not good
            print(f"{'ok  ' if good else 'FAIL'} {number:4} {told(mutant)}: {what}, {mutant.reason or by}", flush=True)
    print(f"{explained} survived as explained, {failed} not as they should")
    print(f"killed {killed} of {len(chosen)}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
