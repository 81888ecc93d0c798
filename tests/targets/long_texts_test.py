#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A request that needs more than 4 GiB is refused where a size has 32 bits: long_texts.cpp, in both shapes.

Exit status 77 where no compiler for such a machine is installed, or its programs do not run here.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
COMPILER = "i686-linux-gnu-g++"  # Debian's g++-i686-linux-gnu; an x86-64 runs what it makes

if not shutil.which(COMPILER):
    print(f"{COMPILER} is not installed, test skipped")
    sys.exit(77)
with tempfile.TemporaryDirectory() as folder:
    program = pathlib.Path(folder) / "program"
    for shape in ("-O2", "-O2 -DRESTARTCASTER_SMALL=1"):
        subprocess.run([COMPILER, "-std=c++20", *shape.split(), "-Wall", "-Wextra", "-Werror", "-static",
                        f"-I{HERE.parents[1] / 'include'}", str(HERE / "long_texts.cpp"), "-o", program], check=True)
        try:
            status = subprocess.run([program]).returncode
        except OSError as reason:
            print(f"{reason}, test skipped")
            sys.exit(77)
        if status != 0:
            sys.exit(f"long_texts with {shape} ended with {status}")
