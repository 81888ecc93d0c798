#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a switch promises to leave out is left out, and every compiler and every flag that is here compiles the rest
without a warning.

usage: switches.py COMPILER
Source: docs/design.md, "Switches"; GCC manual, "-Wpsabi", "x86 Options"; tests/vectors/rpc-1.0.json.
"""

import concurrent.futures
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
FLAGS = ["-std=c++20", f"-I{INCLUDE}"]
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
VECTOR = next(one for one in json.loads((ROOT / "tests/vectors/rpc-1.0.json").read_text())
              if one["name"] == "restartcaster-post-all-in-form")

UNIT = """
#include <restartcaster.hpp>
#if __STDC_HOSTED__ && !defined(__arm__)
#include <restartcaster/hosted/nonce_generator.hpp>
#endif
namespace rc = restartcaster;
bool all_is_well(rc::response const& answer) {
    rc::credentials const from{"testid", "testsecret"};
    rc::signing_key<rc::rpc_v1> const key(from);
    rc::signing_key<rc::acs3> const other(from);
    rc::storage<1024> room, more;
    rc::stamp const when{.utc_seconds = 1709020800, .nonce = "nonce-%(name)s"};
    rc::restart_caster const op{.caster_id = "%(caster_id)s"};
    auto const made = rc::make_request(op, key, when, room);
    return made && made->body == "%(body)s" && rc::make_request(op, other, when, more) &&
           rc::read_reply<rc::restart_caster>(answer);
}
int main() {
    char body[] = "{\\"RequestId\\":\\"6EBD1AC4-C34D-4AE1-963E-B688A228BE31\\"}";
    rc::response answer{.status = 200, .body = {body, sizeof body - 1}};
    return all_is_well(answer) ? 0 : 1;
}
""" % {"name": VECTOR["name"], "body": VECTOR["form_body"], "caster_id": VECTOR["params"]["CasterId"]}

# Every spelling of a vector type, of a `target` attribute, and of an instruction that not every processor has.
PORTABLE = re.compile(r"vector_size|ext_vector|neon_vector|\b__target__|\btarget\(|__builtin_ia32_(?!rdtsc)|builtin_shuffle"
                      r"|cpuid|auxval|arch_extension|mmintrin|arm_neon")
# Every spelling of what only gcc and clang have.
STANDARD = re.compile(r"__gnu__|__attribute|__builtin|__atomic|__sync|\b(__)?asm|__extension__|__int128|#pragma GCC|\btypeof")

MODULE = """module;
#include <restartcaster.hpp>
export module restart;
export bool sign(restartcaster::signing_key<> const& key, restartcaster::room to) {
    return restartcaster::make_request(restartcaster::restart_caster{.caster_id = "1"}, key, {0, "n"}, to).has_value();
}
"""

X86 = [[], ["-mno-sse"], ["-msha", "-mssse3", "-msse4.1"], ["-march=native"]]
# Where the target is not the compiler's own. gcc's -mgeneral-regs-only takes long double away; clang's library needs it.
CROSS = {
    "i686-linux-gnu-g++": [[], ["-mno-sse"], ["-mgeneral-regs-only"], ["-msse2"], ["-march=i486"], ["-march=native"]],
    "powerpc-linux-gnu-g++": [[], ["-maltivec"]],
    "s390x-linux-gnu-g++": [[]],
    "aarch64-linux-gnu-g++": [[], ["-mgeneral-regs-only"]],
    "arm-linux-gnueabihf-g++": [[], ["-mfpu=neon"]],
    "arm-none-eabi-g++": [["-mcpu=cortex-m4", "-fno-exceptions", "-fno-rtti"]],
    "x86_64-w64-mingw32-g++": [[]],
}
RUNS = {"i686-linux-gnu-g++": [], "powerpc-linux-gnu-g++": ["qemu-ppc"], "s390x-linux-gnu-g++": ["qemu-s390x"],
        "aarch64-linux-gnu-g++": ["qemu-aarch64"]}


def run(*words, text=None):
    done = subprocess.run([str(word) for word in words], input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)
    return done.returncode, done.stdout


def compiles(compiler, *flags):
    status, said = run(compiler, *FLAGS, *WARNINGS, *flags, "-c", "-x", "c++", "-", "-o", "/dev/null", text=UNIT)
    return "" if status == 0 else said


def runs(compiler, runner, *flags):
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "program"
        status, said = run(compiler, *FLAGS, *flags, "-static", "-x", "c++", "-", "-o", program, text=UNIT)
        if status == 0:
            status, said = run(*runner, program)
    return "" if status == 0 else f"{status}: {said}"


def own_text(compiler, *flags):
    """What the preprocessor leaves of our own headers."""
    status, said = run(compiler, *FLAGS, *flags, "-E", "-x", "c++", "-", text=UNIT)
    if status != 0:
        return said
    ours, lines = False, []
    for line in said.splitlines():
        if marker := re.match(r'# \d+ "([^"]*)"', line):
            ours = str(INCLUDE) in marker[1]
        elif ours:
            lines.append(line)
    return "\n".join(lines).replace("__attribute__((dllimport))", "")  # MinGW's __declspec, which is Windows' own


def lacks(pattern, compiler, *flags):
    return ", ".join(sorted({found[0] for found in pattern.finditer(own_text(compiler, *flags))}))


def has(pattern, compiler, *flags):
    return "" if pattern.search(own_text(compiler, *flags)) else "the search finds nothing where there is something"


def survives(compiler):
    """A warning may be what it wants; a compiler that crashes over one has no error to show."""
    status, said = run(compiler, *FLAGS, "-Weverything", "-fsyntax-only", "-x", "c++", "-", text=UNIT)
    return "" if status == 0 else said[-2000:]


def writes_module(compiler):
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "m.cpp").write_text(MODULE)
        done = subprocess.run([compiler, *FLAGS, "-fmodules-ts", "-DRESTARTCASTER_PORTABLE_ONLY=1", "-c", "m.cpp"],
                              cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return "" if done.returncode == 0 else done.stdout


def mixes(compiler, reverse):
    """A unit for a processor with SHA instructions beside one for any, on a processor that has none."""
    with tempfile.TemporaryDirectory() as folder:
        units = {"main": UNIT, "other": UNIT.replace("all_is_well", "as_well").replace("int main", "int never")}
        objects = []
        for (name, text), flags in zip(units.items(), ([], ["-msha", "-mssse3", "-msse4.1"])):
            objects.append(pathlib.Path(folder) / f"{name}.o")
            status, said = run(compiler, *FLAGS, "-O0", *flags, "-c", "-x", "c++", "-", "-o", objects[-1], text=text)
            if status != 0:
                return said
        program = pathlib.Path(folder) / "program"
        status, said = run(compiler, "-static", *(objects[::-1] if reverse else objects), "-o", program)
        if status == 0:
            status, said = run("qemu-x86_64", "-cpu", "Nehalem", program)
    return "" if status == 0 else f"{status}: {said}"


def refused_by_microsoft(compiler, *flags):
    """What clang in the dialect of Visual C++ calls an error in our headers. Its standard library is not there; MinGW's
    has errors of its own in that dialect, which are passed over."""
    library = sorted(pathlib.Path("/usr/lib/gcc/x86_64-w64-mingw32").glob("*/include/c++"))
    if not library:
        return ""
    _, said = run(compiler, *FLAGS, "--target=x86_64-pc-windows-msvc", "-fms-extensions", "-fms-compatibility", "-isystem",
                  library[0], "-isystem", library[0] / "x86_64-w64-mingw32", "-isystem", "/usr/x86_64-w64-mingw32/include",
                  "-D__GCC_ATOMIC_TEST_AND_SET_TRUEVAL=1", "-fsyntax-only", "-ferror-limit=0", *flags, "-x", "c++", "-",
                  text=UNIT)
    ours = [line for line in said.splitlines() if line.startswith(str(INCLUDE)) and " error: " in line]
    return "\n".join(ours) if ours or "error" in said or "warning" in said else f"it did not get to the headers: {said}"


def questions(own):
    is_clang = "clang" in run(own, "--version")[1]
    is_x86 = "__x86_64__" in run(own, "-dM", "-E", "-x", "c++", "-", text="")[1]
    targets = {own: X86 if is_x86 else [[]], **{name: flags for name, flags in CROSS.items() if shutil.which(name)}}
    if is_x86 and not is_clang:
        targets[own] = [*X86, ["-mgeneral-regs-only"]]
    for compiler, variants in targets.items():
        for flags in variants:
            yield compiles, compiler, "-O2", *flags
        for switch in ("-DRESTARTCASTER_PORTABLE_ONLY=1", "-DRESTARTCASTER_GNU=0"):
            yield compiles, compiler, "-O2", switch
            yield compiles, compiler, "-O1", switch, "-DRESTARTCASTER_SMALL=1"
            yield lacks, PORTABLE, compiler, switch
        yield lacks, STANDARD, compiler, "-DRESTARTCASTER_GNU=0"
        if compiler in RUNS and all(map(shutil.which, RUNS[compiler])):
            yield runs, compiler, RUNS[compiler], "-O2"
    if is_x86:
        yield has, PORTABLE, own
        for flags in (["-mno-sse"], ["-DRESTARTCASTER_PORTABLE_ONLY=1"]):
            yield lacks, PORTABLE, own, *flags
        yield has, STANDARD, own, "-DRESTARTCASTER_PORTABLE_ONLY=1"
        if shutil.which("qemu-x86_64"):
            yield mixes, own, False
            yield mixes, own, True
    if is_clang:
        # What Visual C++ takes for an error and these two take for an extension of GNU, or of Microsoft.
        for switch in ([], ["-DRESTARTCASTER_GNU=0"]):
            yield compiles, own, "-fms-extensions", "-fms-compatibility", "-Wmicrosoft", \
                "-Wgnu", "-Wno-unused-command-line-argument", *switch
            yield refused_by_microsoft, own, *switch
        yield survives, own
        for name in ("clang++-14", "clang++-15"):
            if shutil.which(name):
                yield survives, name
    elif "g++" in own and is_x86:
        yield writes_module, own


def main():
    every = list(questions(sys.argv[1]))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        complaints = list(pool.map(lambda question: question[0](*question[1:]), every))
    wrong = 0
    for (function, *arguments), said in zip(every, complaints):
        if said:
            wrong += 1
            words = " ".join(str(one) for one in arguments if isinstance(one, str))
            print(f"{function.__name__} {words}: {said}")
    print(f"{len(every)} questions, {wrong} wrong answers")
    return 1 if wrong or not every else 0


sys.exit(main())
