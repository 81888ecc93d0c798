#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs every measurement and says what came out: tables on the terminal, docs/performance.md, docs/charts/*.svg and,
when asked for, one flat JSON object.

Usage: bench/measure/report.py --folder FOLDER_OF_THE_PROGRAMS [--quick] [--json FILE]      see tools/bench
"""
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import charts
import firmware
import include_cost
import instructions
import speed

ROOT = Path(__file__).resolve().parents[2]

# Key of the flat object, what it is, and at most how much it should be.
TARGETS = (
    ("sign_over_floor", "a signed POST form over its seven compressions", 1.35),
    ("sign_get_over_floor", "a signed GET over its seven compressions", 1.35),
    ("sign_portable_over_floor", "the same with the portable kernel, over its own compressions", 1.35),
    ("sign_over_openssl_oneshot", "over OpenSSL's one-shot HMAC of the finished string alone", 0.35),
    ("sign_over_evp_mac_reused", "over OpenSSL's reused EVP_MAC of the finished string alone", 1.0),
    ("sign_own_nonce_over_floor", "with nonce and clock of this process, over the compressions", 1.7),
    ("action_over_typed", "an `action` of ten run-time parameters over a typed operation of ten", 1.3),
    ("acs3_over_floor", "ACS3, POST form, over its mandatory compressions", 1.35),
    ("acs3_get_over_floor", "ACS3, GET, over its mandatory compressions", 1.35),
    ("acs3_portable_over_floor", "ACS3 with the portable kernel, over its own compressions", 1.35),
    ("sign_allocations", "allocations of a signed request", 0),
    ("growth_64k_over_1k", "cost of a byte of value, at 64 KB over at 1 KB", 1.1),
    ("threads_2_over_1", "processor time of a request with two threads on one key over one thread", 1.1),
    ("json_ok_over_simdjson", "JSON success over simdjson on-demand with its padded copy", 1.0),
    ("json_error_over_simdjson", "JSON error of five fields, likewise", 1.0),
    ("xml_ok_over_pugixml", "XML success over pugixml", 0.5),
    ("xml_error_over_pugixml", "XML error of five fields, likewise", 0.5),
    ("read_allocations", "allocations of reading", 0),
    ("list_json_over_simdjson", "JSON list of 100 studios, six fields each, over simdjson on-demand with its padded copy", 1.0),
    ("list_xml_over_pugixml", "the same list in XML over pugixml", 0.6),
    ("list_allocations", "allocations of reading a list", 0),
    ("json_1mb_ns_per_byte", "ns per byte of 1 MB of JSON (2.5 is 400 MB/s)", 2.5),
    ("xml_1mb_ns_per_byte", "ns per byte of 1 MB of XML (2.5 is 400 MB/s)", 2.5),
    ("hostile_worst_growth", "worst growth of a hostile body's cost per byte, 1 MB over 16 KB", 1.5),
    ("m4_sign_bytes", "Cortex-M4: signing alone, bytes of flash", 2253),
    ("m4_all_bytes", "Cortex-M4: signing, JSON, XML, errors and `call`", 7168),
    ("m4_stack_bytes", "Cortex-M4: deepest stack of a call beyond the caller's storage", 700),
    ("m4_ram_bytes", "Cortex-M4: static RAM", 0),
    ("include_over_std", "the include over its own standard headers, the worst compiler", 1.35),
    ("include_beside_std_ms", "or instead the milliseconds that it takes beside them, likewise", 60),
    ("include_over_nlohmann", "the include over nlohmann/json, the worst compiler", 0.15),
)

# Where the second target is met, the first need not be.
INSTEAD = {"include_over_std": "include_beside_std_ms"}

# What stands behind a missed target; said only while it is missed.
NOTES = {
    "sign_own_nonce_over_floor": "a nonce is a SHA-256 block, its digits and a reading of a clock, and the request reads "
                                 "another: no system call is among them.",
    "include_over_std": "the text of the headers has to be parsed, and hardly more than that is left.",
    "include_beside_std_ms": "milliseconds of this machine, at its pace of that moment: the standard headers beside them tell it.",
    "include_over_nlohmann": "the standard headers alone, nearly all of them brought by `<string_view>`, take most of what is allowed, "
                             "and clang's own start, `an empty file` in the table below, a part of it. Without that start on both "
                             "sides it is the last line of the table behind it.",
    "m4_sign_bytes": "the parameters' names and texts, a UTF-8 check of every identifier, the date, and a SHA-1 of its own; "
                     "`bench/measure/firmware.py --list-symbols sign_rpc_v1` lists them.",
    "m4_all_bytes": "two complete readers, each of which checks its whole format, are more than half of it.",
}


def output(*command):
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def machine():
    model = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    sha = "with" if "sha_ni" in Path("/proc/cpuinfo").read_text() else "without"
    package = lambda name: output("dpkg-query", "-W", "-f", "${source:Upstream-Version}", name) or "?"
    system = next((line.split("=", 1)[1].strip('"') for line in Path("/etc/os-release").read_text().splitlines()
                   if line.startswith("PRETTY_NAME")), platform.system())
    libraries = ", ".join(f"{title} {package(name)}" for title, name in (
        ("OpenSSL", "libssl-dev"), ("simdjson", "libsimdjson-dev"), ("rapidjson", "rapidjson-dev"),
        ("nlohmann/json", "nlohmann-json3-dev"), ("pugixml", "libpugixml-dev"), ("tinyxml2", "libtinyxml2-dev"),
        ("Google Benchmark", "libbenchmark-dev")))
    return [f"{model}, {os.cpu_count()} processors, {sha} SHA instructions; {system}",
            f"g++ {output('g++', '-dumpfullversion').strip()} -O3 -DNDEBUG (CMake's Release); "
            f"{firmware.COMPILER} {firmware.compiler_version()} -Os",
            f"Beside it: {libraries}"]


class Measured:
    def __init__(self, folder, quick):
        say = lambda text: print(f"-- {text}", file=sys.stderr, flush=True)
        say("speed")
        self.times = speed.measure(folder, quick)
        say("allocations")
        self.allocations = speed.allocations(folder)
        say("instructions")
        self.instructions = instructions.measure()
        say("images for the Cortex-M")
        with tempfile.TemporaryDirectory() as temporary:
            self.images = {(core, image): firmware.over_empty(image, core, temporary)
                           for core in firmware.CORES for image in firmware.IMAGES}
            self.peers = {image: firmware.over_empty_of_peer(image, "cortex-m4", temporary) for image in firmware.PEERS}
            self.heap = {image: firmware.heap_symbols(image, "cortex-m4", temporary) for image in firmware.IMAGES}
            self.stacks = {core: firmware.stack(core, temporary) for core in firmware.CORES}
            self.sites = {
                (what, name): firmware.bytes_per_call_site(compiler, flags, temporary, *more)
                for what, more in (("make_request", ()), ("call", ("-DCALLS",)))
                for name, compiler, flags in (("Cortex-M4 -Os", firmware.COMPILER, [*firmware.FLAGS, "-mcpu=cortex-m4"]),
                                              ("this machine -O2", "g++", ["-O2"]))}
        say("includes")
        self.includes = {compiler: include_cost.measure(compiler, 6 if quick else 30)
                         for compiler in include_cost.compilers()}
        self.include_instructions = {} if quick else {
            compiler: include_cost.instructions_of_both(compiler) for compiler in self.includes}

    def ns(self, name):
        return self.times[name].cpu

    def ratio(self, ours, theirs):
        return self.ns(ours) / self.ns(theirs)

    def per_byte(self, size, kind="plain"):
        """Nanoseconds that a byte of value costs beyond what a request costs anyway."""
        return (self.ns(f"growth/{kind}/{size}") - self.ns(f"growth/{kind}/36")) / (size - 36)

    def hostile(self):
        """Name, and nanoseconds per byte in 16 KB and in 1 MB."""
        names = sorted({name.rsplit("/", 1)[0] for name in self.times if name.startswith("hostile/")})
        return {name: tuple(self.ns(f"{name}/{size}") / size for size in (1 << 14, 1 << 20)) for name in names}

    def figures(self):
        depth = {core: {name: bytes_ for name, bytes_ in found.items()} for core, found in self.stacks.items()}
        mb = 1 << 20
        return {
            "sign_over_floor": self.ratio("sign/form", "floor/form"),
            "sign_get_over_floor": self.ratio("sign/get", "floor/get"),
            "sign_portable_over_floor": self.ratio("sign/form_portable", "floor/form_portable"),
            "sign_over_openssl_oneshot": self.ratio("sign/form", "openssl/hmac_oneshot"),
            "sign_over_evp_mac_reused": self.ratio("sign/form", "openssl/evp_mac_reused"),
            "sign_own_nonce_over_floor": self.ratio("sign/own_nonce", "floor/form"),
            "action_over_typed": self.ratio("action/ten", "action/ten_typed"),
            "action_with_list_over_typed": self.ratio("action/ten_with_list", "action/ten_typed"),
            "acs3_over_floor": self.ratio("acs3/form", "acs3_floor/form"),
            "acs3_get_over_floor": self.ratio("acs3/get", "acs3_floor/get"),
            "acs3_portable_over_floor": self.ratio("acs3/form_portable", "acs3_floor/form_portable"),
            "sign_allocations": self.allocations["sign_allocations"],
            "growth_64k_over_1k": self.per_byte(65536) / self.per_byte(1024),
            "threads_2_over_1": self.ratio("threads/real_time/threads:2", "threads/real_time/threads:1"),
            "sha1_over_openssl": self.ratio("sha1/best/1024", "sha1/openssl/1024"),
            "sha256_over_openssl": self.ratio("sha256/best/1024", "sha256/openssl/1024"),
            "json_ok_over_simdjson": self.ratio("json_ok/ours", "json_ok/simdjson_padded_string"),
            "json_error_over_simdjson": self.ratio("json_error/ours", "json_error/simdjson_padded_string"),
            "json_ok_over_simdjson_kept_buffer": self.ratio("json_ok/ours", "json_ok/simdjson_kept_buffer"),
            "json_error_over_simdjson_kept_buffer": self.ratio("json_error/ours", "json_error/simdjson_kept_buffer"),
            "xml_ok_over_pugixml": self.ratio("xml_ok/ours", "xml_ok/pugixml"),
            "xml_error_over_pugixml": self.ratio("xml_error/ours", "xml_error/pugixml"),
            "read_allocations": self.allocations["read_allocations"],
            "list_json_over_simdjson": self.ratio("list_json/ours", "list_json/simdjson_padded_string"),
            "list_xml_over_pugixml": self.ratio("list_xml/ours", "list_xml/pugixml"),
            "list_allocations": self.allocations["list_allocations"],
            "json_1mb_ns_per_byte": self.ns("json_1mb/ours") / mb,
            "xml_1mb_ns_per_byte": self.ns("xml_1mb/ours") / mb,
            "hostile_worst_growth": max(big / small for small, big in self.hostile().values()),
            "m4_sign_bytes": self.images["cortex-m4", "sign_rpc_v1"]["flash"],
            "m4_sign_acs3_bytes": self.images["cortex-m4", "sign_acs3"]["flash"],
            "m4_read_bytes": self.images["cortex-m4", "read_json_xml"]["flash"],
            "m4_all_bytes": self.images["cortex-m4", "everything"]["flash"],
            "m4_all_described_bytes": self.images["cortex-m4", "everything_described"]["flash"],
            "m4_stack_bytes": max(depth["cortex-m4"][name] for name in depth["cortex-m4"] if "acs3" not in name),
            "m4_stack_acs3_bytes": depth["cortex-m4"]["sign_acs3"],
            "m4_ram_bytes": max(found["ram"] for (core, _), found in self.images.items() if core == "cortex-m4"),
            "m0plus_sign_bytes": self.images["cortex-m0plus", "sign_rpc_v1"]["flash"],
            "m0plus_sign_acs3_bytes": self.images["cortex-m0plus", "sign_acs3"]["flash"],
            "m0plus_all_bytes": self.images["cortex-m0plus", "everything"]["flash"],
            "m0plus_stack_bytes": max(depth["cortex-m0plus"][name] for name in depth["cortex-m0plus"] if "acs3" not in name),
            "include_over_std": max(found["umbrella"]["over"] for found in self.includes.values()),
            "include_beside_std_ms": 1000 * max(found["umbrella"]["beside"] for found in self.includes.values()),
            "include_over_nlohmann": max(found["umbrella"]["over_nlohmann"] for found in self.includes.values()),
            "include_read_over_nlohmann": max(found["umbrella"]["read_over_nlohmann"] for found in self.includes.values()),
            "include_lines": max(found["umbrella"]["lines"] - found["standard"]["lines"] for found in self.includes.values()),
            **{f"instructions_{name}": count for name, count in self.instructions.items()},
            **({"official_sdk_over_sign": self.ratio("official_sdk/sign", "official_sdk/ours")}
               if "official_sdk/sign" in self.times else {}),
        }


def shown(value):
    if isinstance(value, int):
        return f"{value}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def table(head, rows):
    rows = [[str(cell) for cell in row] for row in rows]
    right = lambda i: i != 0
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---:" if right(i) else "---" for i in range(len(head))) + " |"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def document(measured):
    figures = measured.figures()
    time = lambda name: f"{measured.ns(name):.0f} ({measured.times[name].low:.0f} to {measured.times[name].high:.0f})"
    parts = []
    add = lambda *texts: parts.append("\n\n".join(texts))

    add("# Performance",
        "Written by `tools/bench`, which measures all of it again; do not edit. Every ratio is ours divided by theirs, "
        "so smaller is better, and both sides come from one run of one program.",
        "\n".join(f"- {line}" for line in machine()))

    rows, missed, limits = [], [], {key: limit for key, _, limit in TARGETS}
    for key, title, limit in TARGETS:
        word = "met"
        if figures[key] > limit:
            other = INSTEAD.get(key)
            word = "the next instead" if other and figures[other] <= limits[other] else "**missed**"
        if word == "**missed**":
            missed.append(key)
        rows.append((title, f"`{key}`", shown(figures[key]), f"{limit:g}", word))
    add("## Against the targets", table(("figure", "key", "measured", "at most", ""), rows))
    notes = [f"- `{key}`: {NOTES[key]}" for key in missed if key in NOTES]
    if notes:
        add("What is behind a miss:", "\n".join(notes))

    add("## Signing", "![signing](charts/signing.svg)",
        "The call is RestartCaster with CasterId and RegionId; the key id has 24 characters, the secret 30, the studio's "
        "id 32, the nonce 36; the string to sign has "
        f"{measured.times['floor/form'].compressions - 1} blocks. *Floor* is what no implementation can leave out: the inner "
        "blocks in one call of the same kernel, then the outer block, which needs their result. Every signature was "
        "compared with OpenSSL's HMAC over an independently made string to sign before anything was timed. "
        "Nanoseconds of processor time; in parentheses the quartiles.")
    over = lambda name, floor: f"{measured.ratio(name, floor):.2f}"
    add(table(("", "ns", "over its floor"), [
        ("floor: 7 SHA-1 compressions", time("floor/form"), ""),
        ("**typed request, POST form**", time("sign/form"), over("sign/form", "floor/form")),
        ("the same with the options given, not the default ones", time("sign/form_options_given"),
         over("sign/form_options_given", "floor/form")),
        ("typed request, GET", time("sign/get"), over("sign/get", "floor/get")),
        ("typed request, own nonce and clock", time("sign/own_nonce"), over("sign/own_nonce", "floor/form")),
        ("`action`, the same two parameters", time("action/two"), over("action/two", "floor/form")),
        ("typed request by OpenSSL's hashes, `openssl::rpc_v1`", time("sign/form_by_openssl"),
         over("sign/form_by_openssl", "floor/form")),
        ("OpenSSL `HMAC()` over the finished string alone", time("openssl/hmac_oneshot"),
         over("openssl/hmac_oneshot", "floor/form")),
        ("OpenSSL `EVP_MAC`, reused, over the finished string alone", time("openssl/evp_mac_reused"),
         over("openssl/evp_mac_reused", "floor/form")),
        ("floor, portable kernel", time("floor/form_portable"), ""),
        ("typed request, portable kernel", time("sign/form_portable"), over("sign/form_portable", "floor/form_portable")),
        ("typed, ten parameters", time("action/ten_typed"), ""),
        ("`action`, the same ten, list at hand", time("action/ten"), ""),
        ("`action`, the same ten, list made each time", time("action/ten_with_list"), ""),
        ("a `signing_key`, made once", time("key"), ""),
        (f"floor of ACS3, POST form: {measured.times['acs3_floor/form'].compressions} SHA-256 compressions",
         time("acs3_floor/form"), ""),
        ("**ACS3, POST form**", time("acs3/form"), over("acs3/form", "acs3_floor/form")),
        ("ACS3 by OpenSSL's hashes, `openssl::acs3`", time("acs3/form_by_openssl"),
         over("acs3/form_by_openssl", "acs3_floor/form")),
        (f"floor of ACS3, GET: {measured.times['acs3_floor/get'].compressions} compressions", time("acs3_floor/get"), ""),
        ("ACS3, GET", time("acs3/get"), over("acs3/get", "acs3_floor/get")),
        ("floor of ACS3, POST form, portable kernel", time("acs3_floor/form_portable"), ""),
        ("ACS3, POST form, portable kernel", time("acs3/form_portable"),
         over("acs3/form_portable", "acs3_floor/form_portable")),
        *([("the vendor's C++ SDK, a signed `CommonRequest`", time("official_sdk/sign"), "")]
          if "official_sdk/sign" in measured.times else []),
    ]))
    add("A value of growing length, nanoseconds per further byte (a byte that must be escaped is five bytes of the string "
        "to sign):", table(("bytes of value", "plain", "every byte escaped"), [
            (size, f"{measured.per_byte(size):.2f}", f"{measured.per_byte(size, 'escaped'):.2f}")
            for size in (1024, 4096, 16384, 65536)]))
    add("One block of each kernel in ns, in runs of 1, 6 and 1024 blocks; OpenSSL's one-shot functions in runs of 1024:",
        table(("", "1", "6", "1024", "OpenSSL, 1024"), [
            (f"{title}, {kernel}", *(f"{measured.ns(f'{hash_}/{which}/{n}') / n:.1f}" for n in (1, 6, 1024)),
             f"{measured.ns(f'{hash_}/openssl/1024') / 1024:.1f}" if which == "best" else "")
            for hash_, title in (("sha1", "SHA-1"), ("sha256", "SHA-256"))
            for which, kernel in (("best", "this processor's best"), ("portable", "portable"))]))
    add("Allocations of one signed request: "
        f"{measured.allocations['sign/rpc_v1']} (version 1.0), {measured.allocations['sign/acs3']} (ACS3), "
        f"{measured.allocations['sign/rpc_v1_by_openssl']} and {measured.allocations['sign/acs3_by_openssl']} by OpenSSL's "
        f"hashes, {measured.allocations['sign/openssl_hmac_oneshot']} in OpenSSL's `HMAC()` alone.",
        "Commands:", "\n".join(f"    {speed.command(*run[:4])}" for run in speed.RUNS if run[0] in ("sign", "crypto")) +
        "\n    build-bench/allocations")

    add("## Reading", "![reading](charts/reading.svg)",
        "Each reader delivers the request id of a success (JSON 52 bytes, XML 106) or the five fields of an error (305 and "
        "399), all found equal before anything was timed. Ours checks the whole document and decides what happened, whether "
        "the call ran and what helps; simdjson on demand checks what it visits. Ours decodes escapes in place: where there "
        "are any (*with escapes*) each turn begins with a fresh copy of the body, timed with it; elsewhere nothing is "
        "changed, which is checked, and nothing copied. simdjson needs bytes to spare behind the body: a copy into a "
        "`padded_string` or into a buffer that is kept; `padded already` is for a transport that left the room. Its parser "
        "is reused. Nanoseconds of processor time.")
    bodies = (("ok", "success"), ("error", "error"), ("escaped", "error with escapes"), ("1mb", "1 MB, one field asked for"))
    for kind, readers in (("json", (("ours", "**restartcaster**"), ("simdjson_padded_string", "simdjson, `padded_string`"),
                                    ("simdjson_kept_buffer", "simdjson, kept buffer"),
                                    ("simdjson_padded_already", "simdjson, padded already"), ("rapidjson", "rapidjson"),
                                    ("nlohmann", "nlohmann/json"))),
                          ("xml", (("ours", "**restartcaster**"), ("pugixml", "pugixml, `load_buffer`"),
                                   ("tinyxml2", "tinyxml2, document reused")))):
        add(table((kind.upper(), *(title for _, title in bodies)),
                  [(title, *(f"{measured.ns(f'{kind}_{body}/{reader}'):.0f}" for body, _ in bodies))
                   for reader, title in readers]))
    add(f"Throughput skipping 1 MB: {1 / figures['json_1mb_ns_per_byte']:.2f} GB/s of JSON, "
        f"{1 / figures['xml_1mb_ns_per_byte']:.2f} GB/s of XML. Allocations of reading: {figures['read_allocations']}; simdjson "
        f"with `padded_string` {measured.allocations['json_error/simdjson_padded_string']}, rapidjson "
        f"{measured.allocations['json_error/rapidjson']}, nlohmann/json {measured.allocations['json_error/nlohmann']}, pugixml "
        f"{measured.allocations['xml_error/pugixml']}, tinyxml2 {measured.allocations['xml_error/tinyxml2']} for the error.")
    add("A list: DescribeCasters of 100 studios, six fields each, into typed records, all found equal before anything was timed. "
        "Each turn of ours begins with a fresh copy of the body, timed with it. Nanoseconds of processor time.",
        table(("", "nanoseconds"), [(title, f"{measured.ns(name):.0f}") for title, name in (
            ("**restartcaster**, JSON", "list_json/ours"), ("simdjson, `padded_string`", "list_json/simdjson_padded_string"),
            ("**restartcaster**, XML", "list_xml/ours"), ("pugixml, `load_buffer`", "list_xml/pugixml"))]))
    add("Bodies made to be slow, nanoseconds per byte; the cost grows with the length and no faster:",
        table(("shape", "16 KB", "1 MB"), [(name.removeprefix("hostile/").replace("_", " "), f"{small:.2f}", f"{big:.2f}")
                                            for name, (small, big) in measured.hostile().items()]),
        "Commands:", "\n".join(f"    {speed.command(*run[:4])}" for run in speed.RUNS if run[0].startswith("read")))

    add("## Instructions", "Executed by one call on an emulated processor without SHA instructions; the same on every "
        "machine with this compiler, and held by `tests/budgets`.",
        table(("", "instructions"), [(instructions.WHAT[name], count) for name, count in measured.instructions.items()]),
        "Command:", "    bench/measure/instructions.py")

    add("## Code size, RAM and stack", "![code size](charts/code_size.svg)",
        "Linked images (newlib-nano, `--gc-sections`) over one with an empty `main`: bytes of flash. Whatever of the C library "
        "an image needs, `memcpy` for instance, is counted.",
        table(("", *firmware.CORES), [(title, *(measured.images[core, image]["flash"] for core in firmware.CORES))
                                       for image, title in firmware.IMAGES.items()] +
              [(f"{firmware.PEERS[image][0]}, same flags", found["flash"], "") for image, found in measured.peers.items()
               if found]))
    heap = {name for found in measured.heap.values() for name in found}
    add(f"Static RAM (`.data` and `.bss`) beyond that of an empty `main`: {figures['m4_ram_bytes']} bytes. What "
        f"an image has of an allocator, of exceptions or of atomics that an empty one has not: {', '.join(sorted(heap)) or 'nothing'}.")
    add("Stack below the caller, keys and storage being the caller's; seen in what a painted stack has left, under "
        "qemu-system-arm (it has no Cortex-M0+; the same instructions run on its Cortex-M0):",
        table(("", *firmware.CORES), [(f"`{name}`", *(measured.stacks[core][name] for core in firmware.CORES))
                                       for name in measured.stacks["cortex-m4"] if name != "nothing"]))
    add("What each further place in a program costs that signs or calls, bytes:",
        table(("", "1 place", "20 places", "each further"), [
            (f"`{what}`, {name}", one, twenty, f"{each:.0f}") for (what, name), (one, twenty, each) in measured.sites.items()]),
        "Commands:", f"    {firmware.size_command('cortex-m4')}\n    bench/measure/firmware.py\n"
        "    bench/measure/firmware.py --list-symbols everything cortex-m4")

    add("## Including it", "Processor time of the compiler for a unit that only includes, and its preprocessed lines:",
        table(("", *(f"{compiler}, ms" for compiler in measured.includes), "lines"), [
            (title, *(f"{found[unit]['seconds'] * 1000:.0f}" for found in measured.includes.values()),
             next(iter(measured.includes.values()))[unit]["lines"]) for unit, title in include_cost.UNITS.items()]),
        table(("`<restartcaster.hpp>`", *measured.includes), [
            (title, *(f"{found['umbrella'][key] * scale:.{digits}f}" for found in measured.includes.values()))
            for title, key, scale, digits in (
                ("milliseconds beside its standard headers", "beside", 1000, 0),
                ("over its standard headers", "over", 1, 2),
                ("over `<nlohmann/json.hpp>`", "over_nlohmann", 1, 3),
                ("the same, both without an empty file's time", "read_over_nlohmann", 1, 3))]),
        "Command:", "    bench/measure/include_cost.py")
    if measured.include_instructions:
        add("Millions of instructions that the compilers execute for that, which depend on nothing else:",
            table(("", *measured.include_instructions), [
                (title, *(found[index] for found in measured.include_instructions.values()))
                for index, title in enumerate(("the standard headers", "the library behind them"))]),
            "Command:", "    bench/measure/include_cost.py --instructions")
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n", figures


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--folder", required=True)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--json")
    given = arguments.parse_args()
    measured = Measured(given.folder, given.quick)
    text, figures = document(measured)
    print(text)
    if given.json:
        Path(given.json).write_text(json.dumps({key: round(value, 4) for key, value in figures.items()}, indent=2) + "\n")
    if not given.quick:
        (ROOT / "docs" / "performance.md").write_text(text)
        folder = ROOT / "docs" / "charts"
        folder.mkdir(exist_ok=True)
        for name, drawing in charts.draw(measured).items():
            (folder / f"{name}.svg").write_text(drawing)


if __name__ == "__main__":
    main()
