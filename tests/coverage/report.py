#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Line and branch coverage of include/, and whether what is not covered is exactly what has its reason.

usage: report.py LLVM_COV PROGRAM PROFILE [PROGRAM PROFILE...]

A line or the outcome of a branch is covered when one instantiation in one program reaches it. Lines without code of
their own (comments, braces, directives), which the compiler's regions span, do not count.

A reason is a comment in the header, `// unreached: NAME`, and unreachable.txt says what the name means. Behind code it is
for its line, on a line of its own for the statement, the block or the function below it. It moves with the code, and is
wrong once everything that it is for is reached. Constant expressions need none: consteval functions, and blocks under
is_constant_evaluated().

Source: Clang, "Source-based Code Coverage"; llvm-cov export.
Data flow: what each program ran in; a table by header, what is unexplained, and `lines X% branches Y%` out.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
UNREACHABLE = pathlib.Path(__file__).with_name("unreachable.txt")
CONSTANT = "constant"


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


def reasons():
    """The names of unreachable.txt, each with whether the machine may reach what it is for all the same."""
    rows = re.findall(r"^(\w+)( \(perhaps\))?: ", UNREACHABLE.read_text(), re.MULTILINE)
    return {name: bool(perhaps) for name, perhaps in rows}


def end_below(code, first):
    """The index of the last line of what begins at the index `first`: a statement, or a block with what is in front."""
    depth = 0
    for at in range(first, len(code)):
        for byte in code[at]:
            depth += (byte in "({") - (byte in ")}")
            if depth <= 0 and byte in ";}":
                return at - code[at].lstrip().startswith("}")
    return first


def explained(source):
    """Names by number of line."""
    code = [re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])+\'', '""', line).split("//")[0] for line in source]
    names = {}
    for at, line in enumerate(source):
        marker = re.search(r"// unreached: (\w+)", line)
        if re.search(r"\bconsteval\b|\bif \([^!]*is_constant_evaluated\(\)\)", code[at]):
            names.update(dict.fromkeys(range(at + 1, end_below(code, at) + 2), CONSTANT))
        elif marker and code[at].strip():
            names[at + 1] = marker[1]
        elif marker:
            names.update(dict.fromkeys(range(at + 2, end_below(code, at + 1) + 2), marker[1]))
    return names


def percent(covered, of):
    return f"{100 * covered / of:.2f}%" if of else "-"


def main():
    tool, *rest = sys.argv[1:]
    lines, branches = measure(tool, list(zip(rest[::2], rest[1::2])))
    names, stale, unexplained = reasons(), [], []
    totals = [0, 0, 0, 0]
    print(f"{'header':48} {'lines':>13} {'branches':>13}")
    for header in sorted(lines):
        source = (INCLUDE / header).read_text().splitlines()
        lines[header] = {line: count for line, count in lines[header].items() if has_code(source[line - 1])}
        missed = [("line", source[line - 1].strip(), line) for line, count in lines[header].items() if count == 0]
        missed += [(outcome, " ".join(text_of(source, place).split()), place[0])
                   for (place, outcome), count in branches[header].items() if count == 0]
        reason_of = explained(source)
        used = {reason_of.get(line) for _, _, line in missed}
        for what, text, line in sorted(missed, key=lambda one: one[2]):
            if reason_of.get(line) not in names:
                unexplained.append(f"  {header}:{line}: {what}: {text}")
        stale += [f"  {header}: {name}" for name in {*reason_of.values()} - used
                  if name != CONSTANT and not names.get(name, False)]
        row = [sum(map(bool, lines[header].values())), len(lines[header]),
               sum(map(bool, branches[header].values())), len(branches[header])]
        totals = [a + b for a, b in zip(totals, row)]
        print(f"{header:48} {row[0]:6}/{row[1]:<6} {row[2]:6}/{row[3]:<6}")
    if stale:
        print("\nmarked as unreached, and reached:", *sorted(stale), sep="\n")
    if unexplained:
        print("\nnot covered, and without a reason:", *unexplained, sep="\n")
    print(f"\n{totals[1] - totals[0]} lines and {totals[3] - totals[2]} outcomes of branches are not covered, "
          f"{len(unexplained)} of them unexplained")
    print(f"lines {percent(*totals[:2])} branches {percent(*totals[2:])}")
    sys.exit(1 if stale or unexplained else 0)


if __name__ == "__main__":
    main()
