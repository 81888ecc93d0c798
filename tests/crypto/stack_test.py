#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Not one word of a key is left on the stack, whichever compiler, flag and kernel put it there: stack.cpp.

usage: stack_test.py [--all]
--all takes every level of optimisation with every kernel; without it those that differ most.

Exit status 77 where no compiler is there whose programs run here.
"""

import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = ["-std=c++20", "-pthread", f"-I{HERE.parents[1] / 'include'}", f"-I{HERE.parent}"]
NATIVE = ["g++", "clang++-14", "clang++-19"]
I686 = "i686-linux-gnu-g++"  # an x86-64 runs what it makes
KERNELS = ["", "-DPORTABLE_KERNEL"]
FEW = ["-O1", "-O2", "-Os -fstack-protector-strong"]
# The last two keep words in other registers, or put them elsewhere; what the processor lacks is compiled and not run.
ALL = ["-O1", "-O2", "-O3", "-Os", "-O2 -fstack-protector-strong", "-O3 -march=haswell", "-O3 -march=skylake-avx512"]


def runs_here(flags):
    if "-march=" not in flags:
        return True
    cpu = pathlib.Path("/proc/cpuinfo").read_text()
    return "avx512f" in cpu if "avx512" in flags else " avx2 " in cpu and " bmi2 " in cpu


def look(number, compiler, flags, folder):
    program = pathlib.Path(folder) / f"program_{number}"
    subprocess.run([compiler, *FLAGS, *flags.split(), str(HERE / "stack.cpp"), "-o", program], check=True)
    if not runs_here(flags):
        return ""
    done = subprocess.run([program], stdout=subprocess.PIPE, text=True)
    program.unlink()
    return "" if done.returncode == 0 else f"{compiler} {flags} ended with {done.returncode}:\n{done.stdout}"


def main():
    levels = ALL if "--all" in sys.argv else FEW
    cases = [(compiler, f"{flags} {kernel}") for compiler in NATIVE if shutil.which(compiler)
             for flags in levels for kernel in (KERNELS if "--all" in sys.argv or flags != "-O1" else KERNELS[1:])]
    if shutil.which(I686):
        cases += [(I686, f"-static {flags}") for flags in levels if "-march" not in flags]
    if not cases:
        return 77
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        every = pool.map(lambda numbered: look(numbered[0], *numbered[1], folder), enumerate(cases))
        wrong = [said for said in every if said]
    print(*wrong, sep="\n")
    print(f"{len(cases)} builds, {len(wrong)} that leave something")
    return 1 if wrong else 0


sys.exit(main())
