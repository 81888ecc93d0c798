#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A test program pays at most 500 ms of g++ for the gateway, counted as 2500 million instructions.

usage: testing_cost_test.py      exit status 77 without g++ or valgrind
Counted is what the compiler executes for examples/unit_test.cpp, code generation at -O0 included, without what it executes
for the umbrella header alone. The difference has the calls of the example too. On the machines of the benchmarks g++
executes about 5 million instructions in a millisecond.

Source: docs/how-to/test-your-code.md; bench/measure/include_cost.py, which counts.
Data flow: two units -> g++ under callgrind -> instructions, and a failure above the limit.
"""

import pathlib
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "bench" / "measure"))
import include_cost  # noqa: E402 (the path comes first)

LIMIT = 2500  # millions of instructions


def main():
    if not shutil.which("g++") or not shutil.which("valgrind"):
        print("g++ or valgrind is not installed, test skipped")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        umbrella = pathlib.Path(folder) / "umbrella.cpp"
        umbrella.write_text("#include <restartcaster.hpp>\nint main() {}\n")
        before, whole = (include_cost.instructions("g++", unit, folder, "-O0", "-S", "-o", f"{folder}/unit.s")
                         for unit in (umbrella, ROOT / "examples" / "unit_test.cpp"))
    print(f"{whole - before} million instructions over the umbrella's {before} million, limit {LIMIT} million")
    return 0 if whole - before <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
