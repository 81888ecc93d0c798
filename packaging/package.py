# SPDX-License-Identifier: MIT
"""What every package of the library is made of: version, description, licence, files; and the source archive of a commit.

Source: include/restartcaster/version.hpp, CMakeLists.txt (description), LICENSE; the formats are those of docs/packaging.md.
Data flow: the repository in; values, package folders and the bytes of an archive out. tools/manifests, tools/packages and
tools/release use them.
"""

import base64
import gzip
import hashlib
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "packaging"
INCLUDE = ROOT / "include"
# The project has no public address yet. RFC 6761 reserves .example, so that nobody can own this one.
HOME = "https://restartcaster.example"
LICENCE = "MIT"
# Packages that consist of the headers and the files of packaging/NAME: the folder that the package has its headers in.
WITH_HEADERS = {"arduino": "src", "esp-idf": "include", "platformio": "include", "zephyr": "include"}


def version():
    text = (INCLUDE / "restartcaster" / "version.hpp").read_text(encoding="ascii")
    return ".".join(re.search(rf"#define RESTARTCASTER_VERSION_{part} (\d+)", text)[1]
                    for part in ("MAJOR", "MINOR", "PATCH"))


def description():
    return re.search(r'^ *DESCRIPTION "(.*)"$', (ROOT / "CMakeLists.txt").read_text(encoding="ascii"), re.MULTILINE)[1]


def entry_headers():
    """The headers that a program includes by name, the umbrella header first."""
    more = {header.name for header in (INCLUDE / "restartcaster").glob("*.hpp")} - {"version.hpp", "config.hpp"}
    return ["restartcaster.hpp", *(f"restartcaster/{name}" for name in sorted(more))]


def folder_name():
    """The one folder in a source archive, and the start of the names of a release's files."""
    return f"restartcaster-{version()}"


def archive_name():
    return f"{folder_name()}.tar.gz"


def archive_url():
    return f"{HOME}/releases/{archive_name()}"


def with_headers(name, folder):
    """Makes the package `name` of WITH_HEADERS in `folder`, which does not exist yet."""
    shutil.copytree(PACKAGING / name, folder)
    shutil.copytree(INCLUDE, folder / WITH_HEADERS[name], dirs_exist_ok=True)
    for text in ("LICENSE", "README.md"):
        shutil.copy(ROOT / text, folder)


def git(*words):
    return subprocess.run(["git", "-C", ROOT, *words], stdout=subprocess.PIPE, check=True).stdout


def source_tar():
    """The files of the commit that is checked out, with the time of the commit and modes that no user's setting changes."""
    return git("-c", "tar.umask=0022", "archive", "--format=tar", f"--prefix={folder_name()}/", "HEAD")


def compressed(data):
    """gzip without a time and without a name."""
    return gzip.compress(data, mtime=0)


def integrity(data):
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def with_checksums(text, archive):
    """A manifest whose checksums are those of `archive`, and of the files that Bazel lays over it."""
    overlay = PACKAGING / "bcr" / "overlay"
    values = {"SHA256": hashlib.sha256(archive).hexdigest(), "SHA512": hashlib.sha512(archive).hexdigest(),
              "SHA256_BASE64": integrity(archive), "BUILD_SHA256_BASE64": integrity((overlay / "BUILD.bazel").read_bytes()),
              "MODULE_SHA256_BASE64": integrity((overlay / "MODULE.bazel").read_bytes())}
    return re.sub(r"@(\w+)@", lambda found: values[found[1]], text)


def registry_files(archive, folder):
    """Copies packaging/ without the packages WITH_HEADERS to `folder`, with the checksums of `archive`."""
    for source in sorted(PACKAGING.rglob("*")):
        part = source.relative_to(PACKAGING)
        if len(part.parts) == 1 or part.parts[0] in WITH_HEADERS or not source.is_file() or "__pycache__" in part.parts:
            continue
        made = folder / part
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(with_checksums(source.read_text(encoding="ascii"), archive), encoding="ascii")
    shutil.copy(ROOT / "tests" / "consumers" / "sign.cpp", folder / "conan" / "all" / "test_package" / "test_package.cpp")
