#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every public header compiles with nothing before it, without a warning.

usage: headers_alone.py COMPILER
Source: CONTRIBUTING.md, "Rules".
"""

import concurrent.futures
import pathlib
import subprocess
import sys

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include"
FLAGS = ["-std=c++20", "-fno-exceptions", "-fno-rtti", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow",
         "-Werror", f"-I{INCLUDE}", "-fsyntax-only", "-x", "c++", "-"]


def compiles(header):
    shape = ["-DRESTARTCASTER_SMALL=1"] if header.stem.endswith("_small") else []
    run = subprocess.run([sys.argv[1], *FLAGS, *shape], input=f"#include <{header.relative_to(INCLUDE)}>\n", text=True)
    return run.returncode == 0


headers = sorted(INCLUDE.rglob("*.hpp"))
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    failed = [str(header.relative_to(INCLUDE)) for header, good in zip(headers, pool.map(compiles, headers)) if not good]
print(f"{len(headers)} headers, {len(failed)} that do not compile alone: {' '.join(failed)}")
sys.exit(1 if failed or not headers else 0)
