#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles freestanding.cpp with -ffreestanding and compares what the object file needs from its environment.

usage: freestanding_test.py COMPILER...    exit status 77 if one is not installed

Source: README.md, "Limits", which names the six functions. gcc's manual, "Standards", has the first four of them, which gcc
calls by itself; memchr and strlen are those of std::string_view.
Data flow: object files in, undefined symbols that are not expected out.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FUNCTIONS = {"memcpy", "memmove", "memset", "memcmp", "memchr", "strlen"}
# The program's own two, mangled: modem_exchange and console_append.
OUTSIDE = ("_Z14modem_exchange", "_Z14console_append")
# Division and the jump of a switch, for a machine without such instructions: from the compiler's own library, libgcc.
LIBGCC = {"__aeabi_uldivmod", "__aeabi_idiv", "__aeabi_idivmod", "__aeabi_uidiv", "__aeabi_uidivmod",
          *(f"__gnu_thumb1_case_{kind}" for kind in ("uqi", "sqi", "uhi", "shi", "si"))}
FLAGS = "-std=c++20 -ffreestanding -fno-exceptions -fno-rtti -Wall -Wextra -Werror -c".split()


def undefined(compiler, flags, folder):
    made = folder / "freestanding.o"
    subprocess.run([compiler, *FLAGS, *flags, f"-I{ROOT / 'include'}", ROOT / "tests/targets/freestanding.cpp", "-o", made],
                   check=True)
    listed = subprocess.run(["nm", "-u", made], stdout=subprocess.PIPE, text=True, check=True).stdout
    return set(listed.split()) - {"U"}


def main():
    failed = 0
    for compiler in sys.argv[1:]:
        if shutil.which(compiler) is None:
            print(f"skipped: {compiler} is not installed")
            return 77
        arm = pathlib.Path(compiler).name.startswith("arm-")
        flags = ["-Os", "-mcpu=cortex-m0", "-mthumb"] if arm else ["-O2"]
        with tempfile.TemporaryDirectory() as folder:
            symbols = undefined(compiler, flags, pathlib.Path(folder))
        own = {symbol for symbol in symbols if symbol.startswith(OUTSIDE)}
        more = symbols - own - FUNCTIONS - (LIBGCC if arm else set())
        print(f"{compiler} {' '.join(flags)}: {' '.join(sorted(symbols - own))}")
        if more or len(own) != len(OUTSIDE):
            print(f"FAILED: not expected: {sorted(more)}; of the program: {sorted(own)}")
            failed += 1
    return 1 if failed or len(sys.argv) < 2 else 0


sys.exit(main())
