#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The rules of the house that a compiler does not check: floors, allowed includes, file heads.

Source: docs/design.md, "Floors"; CONTRIBUTING.md, "Rules".
"""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
LIBRARY = INCLUDE / "restartcaster"

# From the ground up. A header includes headers of its own floor or of lower ones.
FLOORS = ["", "core", "encode", "crypto", "message", "sign", "read", "operations", "explain", "client", "hosted", "testing"]
# What the umbrella's headers may include of the standard library; the two floors above are free.
ALLOWED = {"array", "bit", "concepts", "cstddef", "cstdint", "cstring", "limits", "span", "string_view",
           "type_traits", "utility"}
# Large, and for compilers without the built-ins of gcc and clang alone.
ONLY_WITHOUT_BUILT_INS = "#if !RESTARTCASTER_GNU\n#include <atomic>\n#endif\n"

HEAD = re.compile(r"\A// SPDX-License-Identifier: MIT\n// \S.*\n(//.*\n)*?// Source: .*\n(//.*\n)*?// Data flow:.*\n(//.*\n)*#")


def headers():
    return sorted(INCLUDE.rglob("*.hpp"))


def floor(header):
    parts = header.relative_to(LIBRARY).parts
    if parts == ("live.hpp",): # all headers of operations/live/
        return FLOORS.index("operations")
    if parts == ("goals.hpp",): # headers of the client floor that are not in the umbrella
        return FLOORS.index("client")
    if parts == ("testing.hpp",):
        return FLOORS.index("testing")
    return FLOORS.index(parts[0] if len(parts) > 1 else "")


def included(header, opening, closing):
    return re.findall(rf"^\s*#\s*include\s*{opening}([^{closing}]+){closing}", header.read_text(), re.MULTILINE)


class Layout(unittest.TestCase):
    def test_a_header_includes_its_own_floor_or_lower_ones(self):
        for header in LIBRARY.rglob("*.hpp"):
            for name in included(header, '"', '"'):
                with self.subTest(header=str(header.relative_to(INCLUDE)), includes=name):
                    other = (header.parent / name).resolve()
                    self.assertTrue(other.is_file(), "there is no such header")
                    self.assertLessEqual(floor(other), floor(header), "a higher floor")

    def test_the_umbrella_leaves_the_hosted_floor_out(self):
        for name in included(INCLUDE / "restartcaster.hpp", '"', '"'):
            self.assertLess(floor(INCLUDE / name), FLOORS.index("hosted"), name)

    def test_the_umbrella_includes_cheap_standard_headers_only(self):
        for header in headers():
            if header.parent.name in ("hosted", "testing"):
                continue
            with self.subTest(header=str(header.relative_to(INCLUDE))):
                more = {"atomic"} if ONLY_WITHOUT_BUILT_INS in header.read_text() else set()
                self.assertEqual(set(included(header, "<", ">")) - ALLOWED, more)

    def test_the_module_has_every_standard_header_before_it(self):
        text = (ROOT / "modules" / "restartcaster.cppm").read_text()
        before = text[:text.index("\nexport module restartcaster;")]
        self.assertEqual(set(re.findall(r"^#include <(.*)>$", before, re.MULTILINE)), ALLOWED)

    def test_a_header_is_ascii_and_says_what_it_is(self):
        for header in headers():
            with self.subTest(header=str(header.relative_to(INCLUDE))):
                self.assertTrue(header.read_bytes().isascii(), "a byte that is not ASCII")
                self.assertTrue(HEAD.match(header.read_text()), "the head is not licence, sentence, Source, Path")

    def test_a_long_file_says_why(self):
        for source in [*LIBRARY.rglob("*.hpp"), *(ROOT / "cli").glob("*.?pp")]:
            lines = source.read_text().splitlines()
            if source.parent.name == "live": # generated from data
                continue
            with self.subTest(source=str(source.relative_to(ROOT)), lines=len(lines)):
                head = " ".join(line for line in lines if line.startswith("//"))
                self.assertTrue(len(lines) <= 250 or re.search(r"\b[Ll]ong, because\b", head), "over 250 lines without a reason")

    def test_an_include_guard_is_the_path(self):
        for header in headers():
            guard = re.sub(r"[^A-Z0-9]", "_", str(header.relative_to(INCLUDE)).upper())
            with self.subTest(header=str(header.relative_to(INCLUDE))):
                guards = f"\n#ifndef {guard}\n#define {guard}\n#pragma once\n"
                self.assertTrue(guards in header.read_text(), f"no guard {guard}, or no #pragma once behind it")

    def test_every_enumerator_that_a_program_may_log_has_its_name(self):
        named = (LIBRARY / "read" / "names.hpp").read_text()
        for header, enumeration in (("core/failure", "errc"), ("read/error", "error_kind"),
                                    ("read/code_meaning", "executed"), ("read/code_meaning", "advice"),
                                    ("read/code_meaning", "service_code")):
            text = re.sub("//.*", "", (LIBRARY / f"{header}.hpp").read_text())
            body = re.search(rf"enum class {enumeration} : std::uint8_t {{(.*?)}};", text, re.DOTALL)[1]
            enumerators = [name.strip() for name in body.split(",") if name.strip()]
            self.assertEqual(re.findall(rf'case {enumeration}::(\w+): return "\1";', named), enumerators)

    def test_every_test_of_a_floor_is_in_the_list_of_sources(self):
        tests = ROOT / "tests"
        there = {f"{folder}/{source.name}" for folder in FLOORS[1:] for source in (tests / folder).glob("*.cpp")
                 if "int main(" not in source.read_text()}
        self.assertEqual(there, set((tests / "sources.txt").read_text().split()))

    def test_the_program_in_the_readme_is_the_example(self):
        shown = re.search(r"^```cpp\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)[1]
        program = (ROOT / "examples" / "readme.cpp").read_text()
        self.assertEqual(shown, re.sub(r"\A(//.*\n)+", "", program))

    def test_the_test_in_the_readme_is_in_an_example(self):
        shown = re.search(r"^```cpp\n(TEST_CASE.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)[1]
        self.assertIn(shown, (ROOT / "examples" / "catch2_test.cpp").read_text())
        self.assertLessEqual(len(shown.splitlines()), 12)


if __name__ == "__main__":
    unittest.main()
