#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds code size, stack, include lines and executed instructions against limits.json; never the time on a clock.

Usage: budgets_test.py code_size|stack|schemes|explain|call_sites|include_lines|
                       include_instructions|include_instructions_clang|instructions
       budgets_test.py --update      writes what is measured now, with a little slack, as the new limits

What only a tool that is missing could measure, or one of another version than the limits were made with, is said aloud
and skipped (exit status 77); with CI=true it is a failure.
"""
import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "measure"))
import firmware  # noqa: E402
import include_cost  # noqa: E402
import instructions  # noqa: E402

LIMITS = Path(__file__).resolve().parent / "limits.json"
SLACK = 1.02
GCC = "12"
CLANG = "14"
CORE = "cortex-m4"


class Skipped(Exception):
    pass


def need(*tools):
    tool = firmware.missing(*tools)
    if tool:
        raise Skipped(f"{tool} is not installed")


def need_gcc(compiler):
    """Sizes and counts belong to one version of the compiler."""
    need(compiler)
    version = firmware.run(compiler, "-dumpversion").strip().split(".")[0]
    if version != GCC:
        raise Skipped(f"{compiler} is version {version}, the limits were made with {GCC}")


def code_size(folder):
    need_gcc(firmware.COMPILER)
    for core in firmware.CORES:
        for image in firmware.IMAGES:
            found = firmware.over_empty(image, core, folder)
            yield f"{core} {image}: flash", found["flash"]
            yield f"{core} {image}: static RAM", found["ram"]
    for image in firmware.IMAGES:
        heap = firmware.heap_symbols(image, CORE, folder)
        assert not heap, f"{image} links what it must not: {', '.join(heap)}"


def stack(folder):
    need_gcc(firmware.COMPILER)
    need("qemu-system-arm")
    for core in firmware.CORES:
        for name, depth in firmware.stack(core, folder).items():
            yield f"{core} stack of {name}", depth


def schemes(folder):
    """Who uses one scheme has no byte of the other, whether its header is included or not."""
    need_gcc(firmware.COMPILER)
    others = {"sign_rpc_v1": ("restartcaster/sign/acs3.hpp", ("acs3", "sha256")),
              "sign_acs3": ("restartcaster/sign/rpc_v1.hpp", ("rpc_v1", "sha1"))}
    for image, (header, words) in others.items():
        alone = firmware.size_of(firmware.build(image, CORE, folder))
        beside = firmware.build(image, CORE, folder, "-include", header)
        # A few bytes either way are the compiler's, whose choices depend on the order of what it reads.
        grown = sum(firmware.size_of(beside)) - sum(alone)
        assert abs(grown) <= 16, f"{image} grows by {grown} bytes when {header} is included"
        strange = [name for name in firmware.symbols(beside) if any(word in name for word in words)]
        assert not strange, f"{image} contains {', '.join(strange)}"
        yield f"{CORE} {image}: flash, beside the other scheme's header", firmware.over_empty(
            image, CORE, folder, "-include", header)["flash"]


def explain(folder):
    """An image that includes the explanation of a refused signature and does not call it has no byte of it."""
    need_gcc(firmware.COMPILER)
    for core in firmware.CORES:
        alone = sum(firmware.size_of(firmware.build("everything_described", core, folder))[:2])
        beside = firmware.build("everything_described", core, folder, "-include", "restartcaster/explain/explain.hpp")
        # A few bytes more are the compiler's, whose choices depend on the order of what it reads.
        grown = sum(firmware.size_of(beside)[:2]) - alone
        assert grown <= 16, f"{core}: an image that does not explain grows by {grown} bytes when explain/ is included"
        strange = [name for name in firmware.symbols(beside) if "expla" in name or "service_text" in name]
        assert not strange, f"{core}: an image that does not explain contains {', '.join(strange)}"
        called = firmware.build("everything_explained", core, folder)
        assert any("explain" in name for name in firmware.symbols(called)), "the names of functions are in the image"
        yield f"{core}: flash of explain and its sentences, when called", sum(firmware.size_of(called)[:2]) - alone
    heap = firmware.heap_symbols("everything_explained", CORE, folder)
    assert not heap, f"everything_explained links what it must not: {', '.join(heap)}"


def call_sites(folder):
    for what, more in (("make_request", ()), ("call", ("-DCALLS",))):
        for name, compiler, flags in ((f"{CORE} -Os", firmware.COMPILER, [*firmware.FLAGS, f"-mcpu={CORE}"]),
                                      ("x86-64 -O2", "g++", ["-O2"])):
            need_gcc(compiler)
            if compiler == "g++" and not firmware.run(compiler, "-dumpmachine").startswith("x86_64"):
                print(f"not on this machine: {name}")
                continue
            yield f"{name}: each further place that uses {what}", round(
                firmware.bytes_per_call_site(compiler, flags, folder, *more)[2])


def include_lines(folder):
    need_gcc("g++")
    units = include_cost.units(folder)
    standard, umbrella = (include_cost.lines("g++", units[name]) for name in ("standard", "umbrella"))
    yield "lines of the library itself behind the umbrella", umbrella - standard
    yield "lines of all that the umbrella includes", umbrella


def of_including(compiler, version):
    """What a compiler does to read the library and its standard headers."""
    need_gcc("g++")  # the standard headers are its own, with clang too
    need("valgrind", compiler)
    if not firmware.run("g++", "-dumpmachine").startswith("x86_64"):
        raise Skipped("the limits are x86-64's")
    found = firmware.run(compiler, "-dumpversion").strip().split(".")[0]
    if found != version:
        raise Skipped(f"{compiler} is version {found}, the limits were made with {version}")
    standard, library = include_cost.instructions_of_both(compiler)
    yield f"millions of instructions of {compiler} to include the library", library
    yield f"millions of instructions of {compiler} to include the standard headers that it needs", standard


def include_instructions(_):
    return of_including("g++", GCC)


def include_instructions_clang(_):
    return of_including("clang++", CLANG)


def instruction_counts(folder):
    need_gcc("g++")
    need("valgrind")
    if not firmware.run("g++", "-dumpmachine").startswith("x86_64"):
        raise Skipped("the limits are x86-64's")
    program = instructions.build(folder)
    for what, title in instructions.WHAT.items():
        yield f"instructions: {title}", instructions.count(program, what, folder)


BUDGETS = {"code_size": code_size, "stack": stack, "schemes": schemes, "explain": explain, "call_sites": call_sites,
           "include_lines": include_lines, "include_instructions": include_instructions,
           "include_instructions_clang": include_instructions_clang, "instructions": instruction_counts}


def check(name):
    limits, over = json.loads(LIMITS.read_text())[name], []
    with tempfile.TemporaryDirectory() as folder:
        measured = dict(BUDGETS[name](folder))
    for what, value in measured.items():
        limit = limits.get(what)
        print(f"{what:70} {value:8} of {limit}")
        if limit is None or value > limit:
            over.append(what)
        elif value < 0.9 * limit:
            print("  well below its limit: budgets_test.py --update keeps the gain")
    for what in over:
        print(f"over its budget: {what}", file=sys.stderr)
    return 1 if over else 0


def update():
    limits = {}
    for name, budget in BUDGETS.items():
        with tempfile.TemporaryDirectory() as folder:
            limits[name] = {what: int(value * SLACK) for what, value in budget(folder)}
    LIMITS.write_text(json.dumps(limits, indent=2) + "\n")
    return 0


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in {*BUDGETS, "--update"}:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return update() if sys.argv[1] == "--update" else check(sys.argv[1])
    except AssertionError as wrong:
        print(f"over its budget: {wrong}", file=sys.stderr)
        return 1
    except Skipped as why:
        print(f"NOT CHECKED: {why}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 77


if __name__ == "__main__":
    sys.exit(main())
