#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Code size, RAM and stack of the library on a Cortex-M, from linked images.

Usage: bench/measure/firmware.py [--list-symbols IMAGE]     prints the tables
Needs arm-none-eabi-g++ with newlib-nano; qemu-system-arm for the stack.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "bench" / "code_size"
COMPILER = "arm-none-eabi-g++"
FLAGS = ("-std=c++20 -Os -mthumb -fno-exceptions -fno-rtti -ffunction-sections -fdata-sections "
         "-fno-threadsafe-statics").split()
LINK = "--specs=nano.specs --specs=nosys.specs -Wl,--gc-sections".split()
CORES = ("cortex-m4", "cortex-m0plus")
IMAGES = {
    "sign_rpc_v1": "signing, version 1.0",
    "sign_acs3": "signing, ACS3",
    "sign_action": "signing of a run-time `action`, version 1.0",
    "read_json_xml": "reading JSON and XML",
    "everything": "signing, JSON, XML, errors, `call`",
    "everything_described": "the same with `describe`",
}
PEERS = {"peer_rapidjson": ("rapidjson: one field of JSON", "rapidjson"),
         "peer_nlohmann": ("nlohmann/json: one field of JSON", "nlohmann")}
# Boards of the emulator; it has no Cortex-M0+, whose instructions are the M0's.
BOARDS = {"cortex-m0": "microbit", "cortex-m3": "lm3s6965evb", "cortex-m4": "mps2-an386", "cortex-m7": "mps2-an500"}
BARE_METAL = ROOT / "examples" / "firmware"
HEAP = re.compile(r"malloc|calloc|realloc|free(_r)?$|_sbrk|operator new|operator delete|__cxa_|_Unwind|atomic")


def missing(*tools):
    """The first of the tools that is not installed."""
    return next((tool for tool in tools if shutil.which(tool) is None), None)


def run(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"failed: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def compiler_version():
    return run(COMPILER, "-dumpfullversion").strip()


def size_command(core, image="sign_rpc_v1"):
    return " ".join([COMPILER, *FLAGS, f"-mcpu={core}", "-Iinclude", f"bench/code_size/{image}.cpp", *LINK,
                     "-o image.elf", "&& arm-none-eabi-size image.elf"])


def build(image, core, folder, *more):
    elf = Path(folder) / f"{image}-{core}.elf"
    run(COMPILER, *FLAGS, f"-mcpu={core}", f"-I{ROOT / 'include'}", *more, SOURCES / f"{image}.cpp", *LINK, "-o", elf)
    return elf


def over_empty_of_peer(image, core, folder):
    """The same for a header-only peer installed for this machine; None where it is not."""
    name = PEERS[image][1]
    headers = Path("/usr/include") / name
    if not headers.exists():
        return None
    # By a link of its own: this machine's other headers are none for a Cortex-M.
    link = Path(folder) / "peers" / name
    link.parent.mkdir(exist_ok=True)
    if not link.exists():
        link.symlink_to(headers)
    return over_empty(image, core, folder, f"-I{link.parent}")


def size_of(elf):
    """text, data and bss as `size` counts them."""
    return tuple(map(int, run("arm-none-eabi-size", elf).splitlines()[1].split()[:3]))


def symbols(elf):
    return set(line.split(maxsplit=2)[2] for line in run("arm-none-eabi-nm", "-C", "--defined-only", elf).splitlines())


def over_empty(image, core, folder, *more):
    """Bytes that an image takes beyond one with an empty main: of flash, and of RAM that is never free."""
    with_it = size_of(build(image, core, folder, *more))
    without = size_of(build("empty", core, folder))
    return {"flash": with_it[0] + with_it[1] - without[0] - without[1],
            "ram": with_it[1] + with_it[2] - without[1] - without[2]}


def heap_symbols(image, core, folder):
    """What an image has of an allocator or of exceptions and an empty one has not."""
    added = symbols(build(image, core, folder)) - symbols(build("empty", core, folder))
    return sorted(name for name in added if HEAP.search(name) and not name.startswith("restartcaster::"))


def biggest(image, core, folder, count=30):
    elf = build(image, core, folder)
    empty = symbols(build("empty", core, folder))
    rows = []
    for line in run("arm-none-eabi-nm", "-S", "--size-sort", "-C", elf).splitlines():
        _, size, _, name = line.split(maxsplit=3)
        rows.append((int(size, 16), name, name in empty))
    return sorted(rows, reverse=True)[:count]


def object_size(source, compiler, flags, folder):
    """Bytes of code and constants in one object file."""
    out = Path(folder) / "object.o"
    run(compiler, "-std=c++20", *flags, f"-I{ROOT / 'include'}", "-c", source, "-o", out)
    tool = "arm-none-eabi-size" if compiler.startswith("arm") else "size"
    return int(run(tool, out).splitlines()[1].split()[0])


def bytes_per_call_site(compiler, flags, folder, *more):
    """What each further place costs that signs or calls: 20 places against 1."""
    one, twenty = (object_size(SOURCES / "call_sites.cpp", compiler, [*flags, *more, f"-DSITES={sites}"], folder)
                   for sites in (1, 20))
    return one, twenty, (twenty - one) / 19


def build_bare(elf, core, *words):
    """Links a program that starts by itself, without an operating system."""
    run(COMPILER, *FLAGS, f"-mcpu={core}", f"-I{ROOT / 'include'}", BARE_METAL / "start.cpp",
        *words, "-T", BARE_METAL / "layout.ld", "-nostartfiles", *LINK, "-o", elf)


def emulate(elf, core, serial="none", seconds=60):
    """Runs it on an emulated board; gives the exit status and what it said."""
    done = subprocess.run(["qemu-system-arm", "-M", BOARDS[core], "-display", "none", "-monitor", "none",
                           "-serial", serial, "-chardev", "stdio,id=console",
                           "-semihosting-config", "enable=on,target=native,chardev=console", "-kernel", str(elf)],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
                          timeout=seconds)
    return done.returncode, done.stdout or done.stderr


def stack(core, folder):
    """Bytes of stack below the caller, seen by painting it under the emulator; those of a call by version 1.0."""
    runs_on = core.removesuffix("plus")
    depths = {}
    for scheme, more in (("acs3", ["-DSTACK_OF_ACS3"]), ("rpc_v1", [])):
        elf = Path(folder) / f"stack-{scheme}-{core}.elf"
        build_bare(elf, runs_on, *more, ROOT / "bench" / "stack" / "stack.cpp")
        status, said = emulate(elf, runs_on)
        if status != 0:
            raise SystemExit(f"the stack program ended with {status}:\n{said}")
        found = {name: int(depth) for name, depth in (line.split() for line in said.splitlines())}
        depths |= {f"make_{scheme}_key": found.pop("make_key"), f"sign_{scheme}": found.pop("sign")} | found
    return depths


def main():
    tool = missing(COMPILER)
    if tool:
        raise SystemExit(f"{tool} is not installed")
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1:2] == ["--list-symbols"]:
            for size, name, in_empty in biggest(sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else CORES[0], folder):
                print(f"{size:6} {name}{'   (empty main has it too)' if in_empty else ''}")
            return
        print(f"{COMPILER} {compiler_version()}, bytes over an empty main: flash, static RAM")
        for core in CORES:
            for image, title in IMAGES.items():
                bytes_ = over_empty(image, core, folder)
                print(f"{core:14} {title:50} {bytes_['flash']:6} {bytes_['ram']:4}"
                      f"  heap symbols: {' '.join(heap_symbols(image, core, folder)) or 'none'}")
        for what, more in (("make_request", ()), ("call", ("-DCALLS",))):
            for name, compiler, flags in (("cortex-m4 -Os", COMPILER, [*FLAGS, "-mcpu=cortex-m4"]),
                                          ("x86-64 -O2", "g++", ["-O2"])):
                one, twenty, each = bytes_per_call_site(compiler, flags, folder, *more)
                print(f"call sites of {what}, {name}: 1 takes {one}, 20 take {twenty}: {each:.0f} each further")
        if missing("qemu-system-arm"):
            print("qemu-system-arm is not installed: no stack figures")
            return
        for core in CORES:
            for name, depth in stack(core, folder).items():
                print(f"{core:14} stack of {name:30} {depth:5}")


if __name__ == "__main__":
    main()
