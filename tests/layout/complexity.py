#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No function of the library is harder to follow than a cognitive complexity of 25, as clang-tidy counts it. The
kernels, which are straight lines of arithmetic, count little and need no exception.

usage: complexity.py
Source: G. A. Campbell, "Cognitive Complexity", SonarSource, 2018; clang-tidy, readability-function-cognitive-complexity.
Data flow: every public header in both shapes in; the functions over the limit out.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
LIMIT = 25
CHECK = "readability-function-cognitive-complexity"
OPTIONS = f"{{CheckOptions: [{{key: {CHECK}.Threshold, value: {LIMIT}}}, {{key: {CHECK}.DescribeBasicIncrements, value: false}}]}}"


def too_complex(folder, text, *flags):
    unit = pathlib.Path(folder) / "unit.cpp"
    unit.write_text(text)
    done = subprocess.run(["clang-tidy", "--quiet", f"-checks=-*,{CHECK}", f"-config={OPTIONS}", "--header-filter=.*", unit, "--",
                           "-std=c++20", f"-I{INCLUDE}", *flags], capture_output=True, text=True)
    if "error:" in done.stdout or (done.returncode != 0 and "warning:" not in done.stdout):
        sys.exit(f"clang-tidy does not read the headers:\n{done.stdout}{done.stderr}")
    return {(pathlib.Path(path).name, name, int(figure))
            for path, name, figure in re.findall(r"^(\S+?):\d+:\d+: warning: function '(.*)' has cognitive complexity of (\d+)",
                                                 done.stdout, re.M)}


def main():
    if not shutil.which("clang-tidy"):
        print("clang-tidy is not installed, test skipped")
        return 1 if os.environ.get("CI") == "true" else 77
    headers = [path.relative_to(INCLUDE) for path in sorted(INCLUDE.rglob("*.hpp"))]
    fast, small = ("".join(f"#include <{header}>\n" for header in headers if not header.stem.endswith(other))
                   for other in ("_small", "_fast"))
    with tempfile.TemporaryDirectory() as folder:
        # The check itself is tried: a function that is over the limit has to be found.
        nested = "".join("if (n > %d) " % i for i in range(8))
        if not too_complex(folder, f"int f(int n) {{ {nested} return 1; return 0; }}\n"):
            sys.exit("clang-tidy finds nothing in a function that is too complex")
        found = too_complex(folder, fast) | too_complex(folder, small, "-DRESTARTCASTER_SMALL=1")
    for header, name, figure in sorted(found):
        print(f"{header}: {name}: cognitive complexity {figure}, more than {LIMIT}")
    print(f"{len(headers)} headers, {len(found)} functions over {LIMIT}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
