#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Follows the README as a newcomer does: its program and its commands, word for word, in an empty folder.

Source: README.md; the stand-in gateway's own account of what it executed. Exit status 77 without libcurl.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "standin"))

import gateway
import service


def main():
    text = (ROOT / "README.md").read_text()
    program = re.search(r"^```cpp\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[1]
    commands, = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    copy, build, export, run = commands.splitlines()
    curl = subprocess.run(["c++", "-E", "-x", "c++", "-"], input="#include <curl/curl.h>", text=True, capture_output=True)
    if curl.returncode != 0:
        print("skipped: libcurl's headers are not installed")
        sys.exit(77)

    studio = shlex.split(run)[1]
    standin = gateway.StandIn(service.Service("testid", "testsecret", "", {studio: "streaming"}, 0, 0, "new", 0, 1), [],
                              None, 0)
    threading.Thread(target=standin.accept_forever, daemon=True).start()
    export = export.replace("KEY_ID=...", "KEY_ID=testid").replace("KEY_SECRET=...", "KEY_SECRET=testsecret")
    port = standin.url.rpartition(":")[2]
    with tempfile.TemporaryDirectory() as parent:
        folder = pathlib.Path(parent)
        (folder / "restart.cpp").write_text(program)
        (folder / "restartcaster").symlink_to(ROOT)
        subprocess.run(copy, shell=True, cwd=folder, check=True)
        (folder / "restartcaster").unlink()                 # what was not copied is not there
        subprocess.run(build, shell=True, cwd=folder, check=True)
        plain = {name: value for name, value in os.environ.items() if not name.startswith("ALIBABA_")}
        done = subprocess.run(f"{export}\n{run} {port}", shell=True, cwd=folder, env=plain, text=True, capture_output=True)
        unset = subprocess.run(f"{run} {port}", shell=True, cwd=folder, env=plain, text=True, capture_output=True)
    restarts = standin.service.studios.executions[studio]["RestartCaster"]
    checks = {"exit status 0": done.returncode == 0, "one restart": restarts == 1,
              "a request id": re.fullmatch(r"[0-9A-F-]{36}\n", done.stdout) is not None,
              "without a key the key is named": "AccessKeyId: a required value is missing" in unset.stdout and
                                                "RestartCaster did not run" in unset.stdout and unset.returncode == 1}
    for name, good in checks.items():
        print(("passed: " if good else "FAILED: ") + name)
    print(f"{sum(checks.values())} passed, {len(checks) - sum(checks.values())} failed")
    sys.exit(0 if all(checks.values()) else 1)


if __name__ == "__main__":
    main()
