#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/release in two clones, with other users' settings: the same bytes; checksums, the SBOM and the manifests with
checksums fit the archive. Exit status 77 outside a git checkout.

Source: SPDX 2.3, sections 7.9 (verification code) and 8; docs/packaging.md, "A release".
Data flow: the last commit in, released files out, which sha256sum, tarfile and hashlib check.
"""

import base64
import configparser
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(*words, **options):
    return subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)


def checked(*words, **options):
    done = run(*words, **options)
    if done.returncode != 0:
        raise AssertionError(f"{words}\n{done.stdout}")
    return done.stdout


def contents(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


class Release(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.work.cleanup)
        cls.top = pathlib.Path(cls.work.name)
        cls.made = []
        for name, mask, zone in (("first", 0o022, "UTC"), ("second_clone", 0o077, "Asia/Shanghai")):
            clone = cls.top / name
            checked("git", "clone", "-q", ROOT, clone, umask=mask)
            checked("git", "-C", clone, "config", "tar.umask", oct(mask)[2:])
            checked(sys.executable, clone / "tools/release", cls.top / f"{name}_out", umask=mask,
                    env={**os.environ, "TZ": zone, "LC_ALL": "C"})
            cls.made.append(cls.top / f"{name}_out")
        cls.out = cls.made[0]
        cls.archive, = (file for file in cls.out.glob("restartcaster-*.tar.gz") if re.fullmatch(r"restartcaster-[\d.]+\.tar\.gz", file.name))

    def test_two_clones_make_the_same_bytes(self):
        first, second = map(contents, self.made)
        self.assertEqual(sorted(second), sorted(first))
        for name, data in first.items():
            self.assertEqual(hashlib.sha256(data).hexdigest(), hashlib.sha256(second[name]).hexdigest(), name)

    def test_the_archive_has_the_files_of_the_commit(self):
        names = set(checked("git", "-C", ROOT, "ls-tree", "-r", "--name-only", "HEAD").splitlines())
        with tarfile.open(self.archive) as archive:
            files = [member for member in archive if member.isfile()]
        self.assertEqual({member.name.split("/", 1)[1] for member in files}, names)
        self.assertEqual({member.mode for member in files}, {0o644, 0o755})
        self.assertEqual({(member.uid, member.gid) for member in files}, {(0, 0)})

    def test_sha256sum_confirms_every_file(self):
        checked("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=self.out)
        listed = {line.split()[1] for line in (self.out / "SHA256SUMS").read_text().splitlines()}
        self.assertEqual(listed, {file.name for file in self.out.iterdir() if file.is_file()} - {"SHA256SUMS"})

    def test_the_sbom_describes_the_archive(self):
        sbom = json.loads(next(self.out.glob("*.spdx.json")).read_text())
        package, = sbom["packages"]
        with tarfile.open(self.archive) as archive:
            data = {member.name.split("/", 1)[1]: archive.extractfile(member).read() for member in archive if member.isfile()}
        code = hashlib.sha1("".join(sorted(hashlib.sha1(text).hexdigest() for text in data.values())).encode()).hexdigest()
        self.assertEqual(package["packageVerificationCode"]["packageVerificationCodeValue"], code)
        self.assertEqual(package["checksums"], [{"algorithm": "SHA256", "checksumValue":
                                                 hashlib.sha256(self.archive.read_bytes()).hexdigest()}])
        self.assertEqual({entry["fileName"] for entry in sbom["files"]}, {f"./{name}" for name in data})
        for entry in sbom["files"]:
            sums = {one["algorithm"]: one["checksumValue"] for one in entry["checksums"]}
            self.assertEqual(sums["SHA256"], hashlib.sha256(data[entry["fileName"][2:]]).hexdigest(), entry["fileName"])
        identifiers = [entry["SPDXID"] for entry in sbom["files"]]
        self.assertEqual(len(set(identifiers)), len(identifiers))
        for identifier in identifiers:
            self.assertRegex(identifier, r"\ASPDXRef-[a-zA-Z0-9.-]+\Z")
        self.assertRegex(sbom["creationInfo"]["created"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")

    def test_registry_manifests_have_the_checksums_of_the_archive(self):
        data, registries = self.archive.read_bytes(), self.out / "registries"
        for file in registries.rglob("*"):
            if file.is_file():
                self.assertNotRegex(file.read_text(), r"@[A-Z0-9_]+@", file.name)
        wrap = configparser.ConfigParser()
        wrap.read(registries / "wrapdb/restartcaster.wrap")
        sha256 = hashlib.sha256(data)
        self.assertEqual(wrap["wrap-file"]["source_hash"], sha256.hexdigest())
        self.assertEqual(wrap["wrap-file"]["source_filename"], self.archive.name)
        source = json.loads((registries / "bcr/source.json").read_text())
        self.assertEqual(source["integrity"], "sha256-" + base64.b64encode(sha256.digest()).decode())
        for name, integrity in source["overlay"].items():
            digest = hashlib.sha256((registries / "bcr/overlay" / name).read_bytes()).digest()
            self.assertEqual(integrity, "sha256-" + base64.b64encode(digest).decode(), name)
        self.assertIn(f"SHA512 {hashlib.sha512(data).hexdigest()}", (registries / "vcpkg/portfile.cmake").read_text())
        for name in ("conan/all/conandata.yml", "xmake/xmake.lua"):
            self.assertIn(f'"{sha256.hexdigest()}"', (registries / name).read_text())

    def test_device_archives_have_every_header_and_the_licence(self):
        listed = checked("git", "-C", ROOT, "ls-tree", "-r", "--name-only", "HEAD", "include").split()
        headers = {name.removeprefix("include/") for name in listed}
        for name, folder in (("arduino", "src"), ("esp-idf", "include"), ("platformio", "include"), ("zephyr", "include")):
            package, = self.out.glob(f"restartcaster-*-{name}.tar.gz")
            with tarfile.open(package) as archive:
                names = set(archive.getnames())
            self.assertLessEqual({f"restartcaster/{folder}/{header}" for header in headers}, names, name)
            self.assertIn("restartcaster/LICENSE", names)

    def test_a_change_that_is_not_committed_is_refused(self):
        clone = self.top / "first"
        (clone / "include/restartcaster/added.hpp").touch()
        try:
            refused = run(sys.executable, clone / "tools/release", self.top / "refused")
        finally:
            (clone / "include/restartcaster/added.hpp").unlink()
        self.assertEqual(refused.returncode, 1)
        self.assertIn("not committed", refused.stdout)
        self.assertFalse((self.top / "refused").exists())


if __name__ == "__main__":
    if run("git", "-C", ROOT, "rev-parse", "HEAD").returncode != 0:
        print("skipped: not a git checkout")
        sys.exit(77)
    unittest.main()
