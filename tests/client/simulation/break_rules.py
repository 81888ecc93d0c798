#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Breaks the rules of the client floor one by one, in a copy of the headers, and expects the simulation to notice.

usage: break_rules.py [--compiler CXX] [--seeds N] [NAME...]

Source: docs/design.md, "The simulation".
Data flow: a copy of include/ with one change each in; a build and a run of the simulation each; who survived, out.
"""

import argparse
import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
HEADERS = ROOT / "include" / "restartcaster"
sys.path.append(str(ROOT / "tests" / "mutation"))
import planting

# name, header, declaration, tokens that stand there exactly once, tokens that take their place: planting.py
RULES = [
    ("a throttled call is given up", "client/retry.hpp", "attempt_after", "throttled(e) ||", ""),
    ("a request that was not sent is given up", "client/retry.hpp", "attempt_after",
     "kind == error_kind::not_sent || e.", ""),
    ("a refusal is tried again", "client/retry.hpp", "attempt_after", "if (!passing) ...;", ""),
    ("what may have run is signed again by default", "client/retry.hpp", "attempt_after", "break",
     "return next_attempt::signed_again"),
    ("at_most_once signs again", "client/retry.hpp", "attempt_after",
     "for_time ? next_attempt::none : next_attempt::same_bytes", "next_attempt::signed_again"),
    ("at_most_once signs again when its bytes are too old", "client/retry.hpp", "attempt_after", "none :",
     "signed_again :"),
    ("at_most_once gives up", "client/retry.hpp", "attempt_after",
     "for_time ? next_attempt::none : next_attempt::same_bytes", "next_attempt::none"),
    ("idempotent gives up", "client/retry.hpp", "attempt_after", ": return next_attempt::signed_again", ": break"),
    ("idempotent sends the same bytes", "client/retry.hpp", "attempt_after", "signed_again; }", "same_bytes; }"),
    ("a used nonce is signed again", "client/retry.hpp", "attempt_after",
     "if (e.code == service_code::signature_nonce_used) ...;", ""),
    ("the same bytes go out for an hour", "client/retry.hpp", "same_bytes_for_ms", "14 * 60 * 1000", "3600000"),
    ("back-offs are not random", "client/retry.hpp", "back_off_ms", "(bound + 1) * random >> 32", "bound"),
    ("back-offs are not bounded", "client/retry.hpp", "back_off_ms", "if ...;", ""),
    ("the service's wait is not obeyed", "client/call_machine.hpp", "settle", "last_.retry_after_ms;", "0;"),
    ("a wait is kept after a throttling only", "client/call_machine.hpp", "settle", "told =", "told = slow &&"),
    ("a later refusal makes it `no`", "client/call_machine.hpp", "report", "unsure_ && last_.ran == executed::no",
     "false"),
    ("a last attempt that stayed here speaks for the whole call", "client/call_machine.hpp", "report", "e.kind ...;",
     ""),
    ("a request that is out is not known of", "client/call_machine.hpp", "prepare",
     'no_answer_by("the request is out"); report();', ""),
    ("an outcome is made at the end only", "client/call_machine.hpp", "answered", "report();", ""),
    ("an earlier doubt is forgotten", "client/call_machine.hpp", "answered", "unsure_ ||", ""),
    ("a failing service is believed", "read/judge.hpp", "proves_refusal",
     "== 503) return meaning.code == service_code::throttling", ">= 500) return true"),
    ("a proxy is believed", "read/judge.hpp", "proves_refusal", "|| !said.code_in_own_field || signs < 2", ""),
    ("a redirect is believed", "read/judge.hpp", "proves_refusal", "from.status / 100 == 2 &&", ""),
    ("a throttle under a status of success is believed", "read/judge.hpp", "proves_refusal",
     "meaning.what_to_do != advice::wait && meaning.what_to_do != advice::fix_clock", "true"),
    ("an answer is waited for beyond the deadline", "client/call_machine.hpp", "next",
     "if (now.monotonic_ms < deadline_ms_)", ""),
    ("a wait beyond the deadline is begun", "client/call_machine.hpp", "settle", "due_ms_ >= deadline_ms_ ||", ""),
    ("a request goes out after the deadline", "client/call_machine.hpp", "prepare",
     "now.monotonic_ms >= deadline_ms_) return finish(now); if (", ""),
    ("attempts are not counted", "client/call_machine.hpp", "settle", "|| attempts_ >= options_.retry.attempts", ""),
    ("waits are not counted", "client/call_machine.hpp", "count_rest", "waited_ms_,", "0,"),
    ("the pace is not asked", "client/call_machine.hpp", "take_turn",
     "left == 0 ? 0 : options_.pace.reserve(now.monotonic_ms, left - 1)", "0"),
    ("a turn beyond the deadline is waited for", "client/call_machine.hpp", "take_turn", "ahead >= left", "left == 0"),
    ("the turn is not waited for", "client/call_machine.hpp", "take_turn", "detail::later(now.monotonic_ms, ahead)",
     "now.monotonic_ms"),
    ("what was learned of the time is not used", "client/call_machine.hpp", "time_to_sign",
     "options_.skew == nullptr ? now.utc_seconds : options_.skew->utc_seconds(now)", "now.utc_seconds"),
    ("the clock is corrected again and again", "client/call_machine.hpp", "time_is_mended", "!time_mended_ &&", ""),
    ("a hopeless time is signed again", "client/call_machine.hpp", "settle", "for_time && !time_is_mended(now)",
     "false"),
    ("a cached Date is believed", "client/clock_skew.hpp", "learn", "|| from.has_age", ""),
    ("a Date of 1970 is believed", "client/clock_skew.hpp", "learn", "|| from.date < earliest", ""),
    ("a Date over plain HTTP is believed", "client/clock_skew.hpp", "learn", "if (!believes(over)) return false",
     "static_cast<void>(over)"),
    ("a Date after a slow round trip is believed", "client/clock_skew.hpp", "learn",
     "if (received_ms - sent_ms > options_.longest_round_trip_ms) return false;", ""),
    ("calls are spaced too closely", "client/pacing.hpp", "reserve", ", next", ", next - 30"),
    ("a moment is handed out twice", "client/pacing.hpp", "reserve", "if (free_.replace(free, next)) return",
     "return static_cast<void>(next),"),
]


def outcome(rule, folder, compiler, seeds):
    """The last words of the simulation with one rule broken (with none, when there is no rule)."""
    include = folder / "include"
    shutil.copytree(ROOT / "include", include)
    if rule:
        planting.plant(include / "restartcaster", *rule[1:])
    program = folder / "simulate"
    build = subprocess.run([compiler, "-std=c++20", "-O1", f"-I{include}", str(HERE / "simulate.cpp"), "-o", str(program)],
                           capture_output=True, text=True)
    if build.returncode != 0:
        return "unbuilt", build.stderr.splitlines()[0] if build.stderr else "no message"
    try:
        run = subprocess.run([str(program), "--seeds", str(seeds)], capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return "noticed", "it never ended"
    if run.returncode == 0:
        return "unnoticed", run.stdout.splitlines()[-1]
    return "noticed", next((line.partition(": ")[2] for line in run.stdout.splitlines() if line.startswith("seed ")),
                           run.stdout.splitlines()[0] if run.stdout else f"exit {run.returncode}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--seeds", type=int, default=3000)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    for name in set(given.names) - {rule[0] for rule in RULES}:
        parser.error(f"there is no rule {name!r}")
    rules = [rule for rule in RULES if not given.names or rule[0] in given.names]
    wrong = planting.stale(HEADERS, (rule[1:] for rule in rules))
    if wrong:
        sys.exit("\n".join(wrong))
    failed = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [(rule, pool.submit(outcome, rule, pathlib.Path(folder) / str(i), given.compiler, given.seeds))
                for i, rule in enumerate([None, *rules])]
        for rule, job in jobs:
            what, words = job.result()
            good = what == ("noticed" if rule else "unnoticed")
            failed += not good
            print(f"{'ok  ' if good else 'FAIL'} {rule[0] if rule else 'nothing broken'}: {what}, {words}", flush=True)
    print(f"{len(rules) + 1 - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
