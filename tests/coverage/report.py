#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Line and branch coverage of include/, and whether what is not covered is exactly what unreachable.txt explains.

usage: report.py LLVM_COV PROGRAM PROFILE [PROGRAM PROFILE...]

A line or the outcome of a branch is covered when one instantiation in one program reaches it. Lines without code of
their own (comments, braces, directives), which the compiler's regions span, do not count.

Source: Clang, "Source-based Code Coverage"; llvm-cov export.
Path: what each program ran in; a table by header, what is unexplained, and `lines X% branches Y%` out.
"""

import collections
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
UNREACHABLE = pathlib.Path(__file__).with_name("unreachable.txt")


def header_of(path):
    path = pathlib.Path(path).resolve()
    return str(path.relative_to(INCLUDE)) if path.is_relative_to(INCLUDE) else None


def export(tool, program, profile, form):
    return subprocess.run([tool, "export", f"-format={form}", "-instr-profile", profile, program],
                          capture_output=True, text=True, check=True).stdout


def has_code(line):
    return not line.strip().startswith(("//", "#")) and line.strip() not in ("", "{", "}", "};", "} else {")


def measure(tool, runs):
    """Counts by header: of lines by number, of branch outcomes by (place of the condition, outcome)."""
    lines = collections.defaultdict(collections.Counter)
    branches = collections.defaultdict(collections.Counter)
    for program, profile in runs:
        header = None
        for row in export(tool, program, profile, "lcov").splitlines():
            kind, _, rest = row.partition(":")
            if kind == "SF":
                header = header_of(rest)
            elif kind == "DA" and header:
                line, count = rest.split(",")[:2]
                lines[header][int(line)] += int(count)
        for function in json.loads(export(tool, program, profile, "text"))["data"][0]["functions"]:
            for row, column, end_row, end_column, taken, passed, file, *_ in function["branches"]:
                header = header_of(function["filenames"][file])
                if header:
                    place = row, column, end_row, end_column
                    branches[header][place, "true"] += taken
                    branches[header][place, "false"] += passed
    return lines, branches


def text_of(source, place):
    row, column, end_row, end_column = place
    if row == end_row:
        return source[row - 1][column - 1:end_column - 1]
    return " ".join([source[row - 1][column - 1:], *source[row:end_row - 1], source[end_row - 1][:end_column - 1]])


def explained():
    """Entries of unreachable.txt, as (header, what, text), and whether the machine may reach them all the same."""
    entries, perhaps = {}, False
    for row in UNREACHABLE.read_text().splitlines():
        if row.startswith("#") or not row:
            continue
        if not row.startswith(" "):
            perhaps = row.startswith("Perhaps:")
            continue
        entries[tuple(row.split(None, 2))] = perhaps
    return entries


def percent(covered, of):
    return f"{100 * covered / of:.2f}%" if of else "-"


def main():
    tool, *rest = sys.argv[1:]
    lines, branches = measure(tool, list(zip(rest[::2], rest[1::2])))
    entries, used, unexplained = explained(), set(), []
    totals = [0, 0, 0, 0]
    print(f"{'header':48} {'lines':>13} {'branches':>13}")
    for header in sorted(lines):
        source = (INCLUDE / header).read_text().splitlines()
        lines[header] = {line: count for line, count in lines[header].items() if has_code(source[line - 1])}
        missed = [("line", source[line - 1].strip(), line) for line, count in lines[header].items() if count == 0]
        missed += [(outcome, " ".join(text_of(source, place).split()), place[0])
                   for (place, outcome), count in branches[header].items() if count == 0]
        for what, text, line in sorted(missed, key=lambda one: one[2]):
            key = header.removeprefix("restartcaster/"), what, text
            if key in entries:
                used.add(key)
            else:
                unexplained.append(f"  {key[0]} {what} {text}    (line {line})")
        row = [sum(map(bool, lines[header].values())), len(lines[header]),
               sum(map(bool, branches[header].values())), len(branches[header])]
        totals = [a + b for a, b in zip(totals, row)]
        print(f"{header:48} {row[0]:6}/{row[1]:<6} {row[2]:6}/{row[3]:<6}")
    stale = [f"  {' '.join(key)}" for key, perhaps in entries.items() if key not in used and not perhaps]
    if stale:
        print("\nexplained in unreachable.txt, and reached or gone:", *stale, sep="\n")
    if unexplained:
        print("\nnot covered, and not explained in unreachable.txt:", *unexplained, sep="\n")
    print(f"\n{totals[1] - totals[0]} lines and {totals[3] - totals[2]} outcomes of branches are not covered, "
          f"{len(unexplained)} of them unexplained")
    print(f"lines {percent(*totals[:2])} branches {percent(*totals[2:])}")
    sys.exit(1 if stale or unexplained else 0)


if __name__ == "__main__":
    main()
