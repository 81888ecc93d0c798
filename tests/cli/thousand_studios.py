#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A thousand studios at the account's pace, against a gateway that is strict and against one that throttles at random.

Source: the vendor's limit, 10 calls a second; the pace that the client documents, one call every 101 ms.
Usage: thousand_studios.py PATH_OF_RESTARTCASTER [COUNT]      It takes about four minutes. The pace leaves a call
a hundredth of a second to be late: on a busy machine run it under `chrt -f 1`.
"""

import collections
import json
import subprocess
import sys

sys.dont_write_bytecode = True                              # the source tree stays as it is

import harness

SPACING_MS = 101


def run(what, count, *gateway_options):
    gateway = harness.Gateway("--rate", "10", *gateway_options)
    try:
        names = [f"studio-{number:04}" for number in range(count)]
        gateway.door("studios", dict.fromkeys(names, "streaming"))
        done = subprocess.run([sys.argv[1], "restart", *harness.PLAINLY, *harness.to(gateway), "--json", "-"], stdout=subprocess.PIPE,
                              input="".join(name + "\n" for name in names), env=harness.variables({}), text=True)
        *told, summary = map(json.loads, done.stdout.splitlines())
        answers = gateway.door("executions")
    finally:
        gateway.stop()
    executions = {name: counts["RestartCaster"] for name, counts in answers["executions"].items()}
    codes = collections.Counter(call["code"] for call in answers["calls"])
    took_ms, ideal_ms = summary["summary"]["took_ms"], (count - 1) * SPACING_MS
    print(f"{what}: {summary['summary']}; codes at the gateway: {dict(codes)}; "
          f"{took_ms / ideal_ms:.4f} times the ideal {ideal_ms / 1000} s", flush=True)
    checks = {"exit status 0": done.returncode == 0,
              "a line for each, in order": [line["id"] for line in told] == names,
              "each executed once": executions == dict.fromkeys(names, 1)}
    if not gateway_options:
        checks |= {"no throttling": set(codes) == {None}, "within 2 % of the ideal": took_ms <= ideal_ms * 1.02,
                   "not faster than the pace": took_ms >= ideal_ms}
    else:
        checks["throttled at all"] = codes["Throttling.User"] > 0
    for name, good in checks.items():
        print(("passed: " if good else "FAILED: ") + name)
    return list(checks.values())


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: thousand_studios.py PATH_OF_RESTARTCASTER [COUNT]")
    count = int(sys.argv[2]) if len(sys.argv) == 3 else 1000
    results = run("strict", count) + run("throttling at random", count, "--throttle-randomly", "0.1", "--seed", "1")
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
