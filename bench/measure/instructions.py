#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Instructions executed by one signature or one reading, counted by callgrind on an emulated processor.

Usage: bench/measure/instructions.py      prints the table
The processor that valgrind emulates has no SHA instructions: signing is counted with the portable kernels.
"""
import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPILER = "g++"
TURNS = 100
WHAT = {
    "sign_rpc_v1": "sign, version 1.0, portable kernel",
    "sign_acs3": "sign, ACS3, portable kernel",
    "json_ok": "read JSON, success (52 bytes)",
    "json_error": "read JSON, error (305 bytes)",
    "xml_ok": "read XML, success (106 bytes)",
    "xml_error": "read XML, error (399 bytes)",
}


def run(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"failed: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def build(folder):
    program = Path(folder) / "instructions"
    run(COMPILER, "-std=c++20", "-O2", "-DNDEBUG", f"-I{ROOT / 'include'}", ROOT / "bench" / "instructions.cpp", "-o",
        program)
    return program


def count(program, what, folder):
    out = Path(folder) / f"{what}.callgrind"
    run("valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--toggle-collect=counted", program, what)
    found = re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.M)
    if not found or int(found[1]) == 0:
        raise SystemExit(f"callgrind counted nothing for {what}")
    return round(int(found[1]) / TURNS)


def measure():
    with tempfile.TemporaryDirectory() as folder:
        program = build(folder)
        return {what: count(program, what, folder) for what in WHAT}


if __name__ == "__main__":
    for name, counted in measure().items():
        print(f"{WHAT[name]:40} {counted:7}")
