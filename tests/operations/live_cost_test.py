#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A program pays little for a header of the studio operations: at most 15 ms of g++, counted as 75 million instructions.

usage: live_cost_test.py [THEME...]      exit status 77 without g++ or valgrind
Counted is what the compiler executes for a header of include/restartcaster/operations/live, behind the headers that the
client brings anyway. On the machines of the benchmarks g++ executes about 5 million instructions in a millisecond.

Source: docs/design.md, "Operation"; bench/measure/include_cost.py, which counts.
Data flow: headers -> g++ under callgrind -> instructions, and a failure for each header above the limit.
"""

import pathlib
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "measure"))
import include_cost  # noqa: E402 (the path comes first)

LIMIT = 75  # millions of instructions
BEFORE = "#include <restartcaster/operations/restart_caster.hpp>\n#include <restartcaster/read/fields.hpp>\n"


def main(themes):
    if not shutil.which("g++") or not shutil.which("valgrind"):
        print("g++ or valgrind is not installed, test skipped")
        return 77
    folder_of_headers = ROOT / "include" / "restartcaster" / "operations" / "live"
    themes = themes or sorted(header.stem for header in folder_of_headers.glob("*.hpp"))
    assert themes, "there are no headers"
    with tempfile.TemporaryDirectory() as folder:
        unit = pathlib.Path(folder) / "unit.cpp"

        def counted(text):
            unit.write_text(text)
            return include_cost.instructions("g++", unit, folder)

        before = counted(BEFORE)
        costs = {theme: counted(f"{BEFORE}#include <restartcaster/operations/live/{theme}.hpp>\n") - before for theme in themes}
    for theme, cost in costs.items():
        print(f"{theme:16}{cost:5} million instructions{'  above the limit' if cost > LIMIT else ''}")
    print(f"{len(costs)} headers, limit {LIMIT} million; {before} million before them")
    return 1 if max(costs.values()) > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
