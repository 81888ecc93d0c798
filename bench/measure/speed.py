#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the benchmark programs and keeps medians of processor time.

Usage: bench/measure/speed.py FOLDER_OF_THE_PROGRAMS [--quick]      prints every median in nanoseconds
The repetitions of all the benchmarks of one program are run in random order, so that whatever else the machine does
falls on all of them alike; what is compared comes from one run of one program.
"""
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

# program, filter, seconds of one repetition, repetitions, repetitions when in a hurry
RUNS = (
    ("sign", "^(floor|sign|openssl|action|key|acs3)", 0.02, 31, 9),
    ("sign", "^growth", 0.01, 11, 5),
    ("sign", "^threads", 0.05, 21, 7),
    ("crypto", ".", 0.01, 15, 5),
    ("read", "^(json|xml)_(ok|error|escaped)/", 0.01, 31, 9),
    ("read", "^(json|xml)_1mb/", 0.05, 11, 3),
    ("read", "^hostile/", 0.01, 7, 3),
    ("read_list", ".", 0.02, 31, 9),
    ("official_sdk", ".", 0.05, 15, 5),  # where CMake was pointed at one
)
FLAGS = "--benchmark_enable_random_interleaving=true"


class Median:
    """Processor time of one benchmark in nanoseconds."""

    def __init__(self, entries):
        times = sorted(entry["cpu_time"] for entry in entries)
        self.cpu = statistics.median(times)
        self.low, _, self.high = statistics.quantiles(times, n=4) if len(times) > 1 else (times[0],) * 3
        self.wall = statistics.median(entry["real_time"] for entry in entries)
        self.compressions = round(entries[0].get("compressions", 0))


def command(program, selected, seconds, repetitions):
    return (f"build-bench/{program} --benchmark_filter='{selected}' --benchmark_min_time={seconds} "
            f"--benchmark_repetitions={repetitions} {FLAGS}")


def run(folder, program, selected, seconds, repetitions):
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        done = subprocess.run([Path(folder) / program, f"--benchmark_filter={selected}",
                               f"--benchmark_min_time={seconds}", f"--benchmark_repetitions={repetitions}", FLAGS,
                               f"--benchmark_out={out.name}", "--benchmark_out_format=json"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{program}: {done.stderr}")
        report = json.load(open(out.name, encoding="utf-8"))
    entries = {}
    for entry in report["benchmarks"]:
        if entry["run_type"] == "iteration":
            assert entry["time_unit"] == "ns"
            entries.setdefault(entry["run_name"], []).append(entry)
    return {name: Median(found) for name, found in entries.items()}


def measure(folder, quick):
    found = {}
    for program, selected, seconds, repetitions, hurried in RUNS:
        if program == "official_sdk" and not (Path(folder) / program).exists():
            continue
        found.update(run(folder, program, selected, seconds, hurried if quick else repetitions))
    return found


def allocations(folder):
    done = subprocess.run([Path(folder) / "allocations"], check=True, stdout=subprocess.PIPE, text=True)
    return {name: int(count) for name, count in (line.rsplit(maxsplit=1) for line in done.stdout.splitlines())}


if __name__ == "__main__":
    for name, median in measure(sys.argv[1], "--quick" in sys.argv).items():
        print(f"{name:44} {median.cpu:12.1f} ({median.low:.1f} to {median.high:.1f})")
