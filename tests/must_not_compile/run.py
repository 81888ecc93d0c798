#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Misuse does not compile, and the compiler says why.

usage: run.py COMPILER
Each case names the message in a line `// expect: REGEX`. As it stands it must fail with that message; with
GOOD defined it must compile, so that it cannot fail for another reason. `// expect with clang: REGEX` is for what clang alone
sees: a view that outlives what it looks at, which it warns of.
"""

import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = ["-std=c++20", "-Wall", "-Wextra", "-Werror", f"-I{HERE.parents[1] / 'include'}", "-fsyntax-only"]

IS_CLANG = "clang" in subprocess.run([sys.argv[1], "--version"], capture_output=True, text=True, check=True).stdout


def compile_case(case, *more):
    run = subprocess.run([sys.argv[1], *FLAGS, *more, str(case)], stderr=subprocess.PIPE, text=True)
    return run.returncode == 0, run.stderr


def complaint(case):
    """What is wrong with the case; empty when it is as it should be."""
    _, only_clang, expected = re.search(r"^// (expect( with clang)?): (.+)$", case.read_text(), re.MULTILINE).groups()
    compiled, said = compile_case(case, "-DGOOD")
    if not compiled:
        return f"does not compile with GOOD:\n{said}"
    if only_clang and not IS_CLANG:
        return ""
    compiled, said = compile_case(case)
    if compiled:
        return "compiles"
    return "" if re.search(expected, said) else f"fails without saying `{expected}`:\n{said}"


cases = sorted(HERE.glob("*.cpp"))
wrong = {case.name: why for case in cases if (why := complaint(case))}
for name, why in wrong.items():
    print(f"{name} {why}")
print(f"{len(cases)} cases, {len(wrong)} wrong")
sys.exit(1 if wrong or not cases else 0)
