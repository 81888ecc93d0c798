#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What including the umbrella costs: compiler time and preprocessed lines, beside its own standard headers alone,
beside <nlohmann/json.hpp> and beside an empty file.

Usage: bench/measure/include_cost.py [REPETITIONS]      prints the table
       bench/measure/include_cost.py --instructions     prints millions of the compiler's own instructions instead
Times are processor time of the compiler (user and system), medians of interleaved runs, with -fsyntax-only, so that
what is compared is reading the headers.
"""
import os
import random
import re
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "bench" / "include_cost"
COMPILERS = ("g++", "clang++-14", "clang++-19")
FLAGS = ("-std=c++20", "-O2")
UNITS = {
    "empty": "an empty file",
    "standard": "the standard headers that it includes",
    "umbrella": "`<restartcaster.hpp>`",
    "nlohmann": "`<nlohmann/json.hpp>`",
}


def compilers():
    found = [name for name in COMPILERS if shutil.which(name)]
    return found or [name for name in ("c++",) if shutil.which(name)]


def standard_headers():
    """The standard headers that the umbrella includes, by itself or through its own headers."""
    todo, seen, found = [ROOT / "include" / "restartcaster.hpp"], set(), set()
    while todo:
        header = todo.pop()
        if header in seen:
            continue
        seen.add(header)
        text = header.read_text().replace("#if !RESTARTCASTER_GNU\n#include <atomic>\n", "")
        for quoted, angled in re.findall(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', text, re.M):
            if quoted:
                todo.append((header.parent / quoted).resolve())
            else:
                found.add(angled)
    return sorted(found)


def units(folder):
    standard, empty = Path(folder) / "standard.cpp", Path(folder) / "empty.cpp"
    empty.write_text("")
    standard.write_text("".join(f"#include <{name}>\n" for name in standard_headers()))
    return {"empty": empty, "standard": standard, "umbrella": FOLDER / "umbrella.cpp", "nlohmann": FOLDER / "nlohmann.cpp"}


def command(compiler, source, *more):
    return [compiler, *FLAGS, f"-I{ROOT / 'include'}", *more, str(source)]


def seconds(words):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, "CCACHE_DISABLE": "1"})
    if done.returncode != 0:
        raise SystemExit(f"failed: {' '.join(words)}\n{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def instructions(compiler, source, folder):
    """Millions of instructions that the compiler proper executes for a unit, counted by callgrind: they are the same
    again tomorrow, where its time depends on what else the machine does."""
    told = subprocess.run(command(compiler, source, "-fsyntax-only", "-###"), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True).stderr
    proper = next(line for line in told.splitlines() if re.search(r"cc1plus|-cc1", line) and line[:1] in " \"")
    out = Path(folder) / "callgrind.out"
    subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *shlex.split(proper)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return round(int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.M)[1]) / 1e6)


def lines(compiler, source):
    """Lines of the preprocessed unit that are not empty and not the preprocessor's own."""
    done = subprocess.run(command(compiler, source, "-E", "-P"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return sum(1 for line in done.stdout.splitlines() if line.strip())


def measure(compiler, repetitions):
    """Median seconds of each unit, and its lines. `beside` and `over` are the medians of what the umbrella took more
    than its standard headers a moment before or after: the machine's other work changes between moments.
    `read_over_nlohmann` leaves out what the compiler takes to start and to end, as it does for an empty file."""
    with tempfile.TemporaryDirectory() as folder:
        every = units(folder)
        taken = {name: [] for name in every}
        for turn in range(repetitions + 1):
            order = ["standard", "umbrella"]
            random.shuffle(order)
            if turn < 2 or turn % 3 == 0:  # it takes ten times as long as the others
                order += ["nlohmann", "empty"]
            for name in order:
                spent = seconds(command(compiler, every[name], "-fsyntax-only"))
                if turn != 0:  # the first only warms the file cache
                    taken[name].append(spent)
        found = {name: {"seconds": statistics.median(taken[name]), "lines": lines(compiler, source)}
                 for name, source in every.items()}
        pairs = list(zip(taken["umbrella"], taken["standard"]))
        found["umbrella"]["beside"] = statistics.median(umbrella - standard for umbrella, standard in pairs)
        found["umbrella"]["over"] = statistics.median(umbrella / standard for umbrella, standard in pairs)
        start = found["empty"]["seconds"]
        found["umbrella"]["over_nlohmann"] = found["umbrella"]["seconds"] / found["nlohmann"]["seconds"]
        found["umbrella"]["read_over_nlohmann"] = ((found["umbrella"]["seconds"] - start)
                                                   / (found["nlohmann"]["seconds"] - start))
        return found


def instructions_of_both(compiler):
    """Those of the standard headers, and those of the library behind them."""
    with tempfile.TemporaryDirectory() as folder:
        every = units(folder)
        standard, umbrella = (instructions(compiler, every[name], folder) for name in ("standard", "umbrella"))
        return standard, umbrella - standard


def main():
    if sys.argv[1:] == ["--instructions"]:
        for compiler in compilers():
            standard, ours = instructions_of_both(compiler)
            print(f"{compiler:12} {UNITS['standard']} {standard}, the library {ours} behind them")
        return
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    for compiler in compilers():
        found = measure(compiler, repetitions)
        for name, title in UNITS.items():
            print(f"{compiler:12} {title:42} {found[name]['seconds'] * 1000:7.0f} ms {found[name]['lines']:7} lines")
        umbrella = found["umbrella"]
        print(f"{compiler:12} umbrella beside standard {umbrella['beside'] * 1000:.0f} ms, over it {umbrella['over']:.2f},"
              f" over nlohmann {umbrella['over_nlohmann']:.3f}, without an empty file's {umbrella['read_over_nlohmann']:.3f}")


if __name__ == "__main__":
    main()
