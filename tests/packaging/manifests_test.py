#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/manifests in a copy of the repository with another version: --check refuses, and each manifest, read by a reader of
its own format, has the new version and the description afterwards.

Source: docs/packaging.md, "One version".
Data flow: a copy of the repository's texts in; exit statuses and values of the manifests out.
"""

import ast
import configparser
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION, DESCRIPTION = "27.18.28", "A description of this test"
# The library's own, each at its only place.
OLD_DESCRIPTION = "Signs Alibaba Cloud RPC calls and reads the answers; the transport is yours"


def properties(text):
    return dict(line.split("=", 1) for line in text.splitlines() if line)


def simple_yaml(text):
    """Top-level `name: "text"` lines."""
    return dict(re.findall(r'^(\w+): "(.*)"$', text, re.MULTILINE))


def module_call(text):
    """The arguments of module() in MODULE.bazel, whose syntax is that of Python."""
    call = next(node.value for node in ast.parse(text).body if node.value.func.id == "module")
    return {argument.arg: ast.literal_eval(argument.value) for argument in call.keywords}


class Manifests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.copy = pathlib.Path(folder.name)
        for name in ("packaging", "include"):
            shutil.copytree(ROOT / name, self.copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        (self.copy / "tools").mkdir()
        for name in ("tools/manifests", "CMakeLists.txt", "meson.build"):
            shutil.copy(ROOT / name, self.copy / name)

    def change(self, name, pattern, text):
        made, count = re.subn(pattern, text, self.text(name))
        self.assertGreater(count, 0, f"{name} lacks {pattern}")
        (self.copy / name).write_text(made)

    def text(self, name):
        return (self.copy / name).read_text()

    def run_tool(self, *arguments):
        return subprocess.run([sys.executable, self.copy / "tools/manifests", *arguments], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)

    def test_a_new_version_and_description_reach_every_manifest(self):
        self.assertEqual(self.run_tool("--check").returncode, 0)
        for part, number in zip(("MAJOR", "MINOR", "PATCH"), VERSION.split(".")):
            self.change("include/restartcaster/version.hpp", rf"(VERSION_{part}) \d+", rf"\1 {number}")
        self.change("CMakeLists.txt", OLD_DESCRIPTION, DESCRIPTION)
        (self.copy / "include/restartcaster/added.hpp").touch()
        refused = self.run_tool("--check")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("packaging/vcpkg/vcpkg.json", refused.stdout)
        self.assertEqual(self.run_tool().returncode, 0)
        self.assertEqual(self.run_tool("--check").returncode, 0)

        vcpkg = json.loads(self.text("packaging/vcpkg/vcpkg.json"))
        platformio = json.loads(self.text("packaging/platformio/library.json"))
        arduino = properties(self.text("packaging/arduino/library.properties"))
        esp = simple_yaml(self.text("packaging/esp-idf/idf_component.yml"))
        for name, version, description in (("vcpkg", vcpkg["version"], vcpkg["description"]),
                                           ("platformio", platformio["version"], platformio["description"]),
                                           ("arduino", arduino["version"], arduino["sentence"]),
                                           ("esp-idf", esp["version"], esp["description"])):
            with self.subTest(manifest=name):
                self.assertEqual((version, description), (VERSION, DESCRIPTION))
        self.assertIn("restartcaster/added.hpp", platformio["headers"])
        self.assertEqual(json.loads(self.text("packaging/bcr/metadata.json"))["versions"], [VERSION])
        self.assertEqual(module_call(self.text("packaging/bcr/overlay/MODULE.bazel"))["version"], VERSION)
        wrap = configparser.ConfigParser()
        wrap.read_string(self.text("packaging/wrapdb/restartcaster.wrap"))
        self.assertEqual(wrap["wrap-file"]["directory"], f"restartcaster-{VERSION}")

    def test_no_file_keeps_the_old_version_or_description(self):
        old = ".".join(re.search(rf"VERSION_{part} (\d+)", self.text("include/restartcaster/version.hpp"))[1]
                       for part in ("MAJOR", "MINOR", "PATCH"))
        for part, number in zip(("MAJOR", "MINOR", "PATCH"), VERSION.split(".")):
            self.change("include/restartcaster/version.hpp", rf"(VERSION_{part}) \d+", rf"\1 {number}")
        self.change("CMakeLists.txt", OLD_DESCRIPTION, DESCRIPTION)
        self.assertEqual(self.run_tool().returncode, 0)
        for file in [*(self.copy / "packaging").rglob("*"), self.copy / "meson.build"]:
            if file.is_file() and file.suffix != ".pyc":
                with self.subTest(file=str(file.relative_to(self.copy))):
                    text = file.read_text().replace("bazel_dep(name = \"rules_cc\", version = \"0.1.1\")", "")
                    self.assertNotRegex(text, rf"(?<![\d.]){re.escape(old)}(?![\d.])")
                    self.assertNotIn(OLD_DESCRIPTION, text)

    def test_a_field_that_is_gone_is_named(self):
        self.change("packaging/vcpkg/vcpkg.json", r' *"version": .*\n', "")
        self.assertIn("packaging/vcpkg/vcpkg.json", self.run_tool("--check").stdout)


if __name__ == "__main__":
    unittest.main()
