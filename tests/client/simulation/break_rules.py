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
CLIENT = pathlib.Path("restartcaster/client")

# name, header, what stands there exactly once, what stands there instead
RULES = [
    ("a throttled call is given up", "retry.hpp", "bool const passing = throttled(e) || ", "bool const passing = "),
    ("a request that was not sent is given up", "retry.hpp", "e.kind == error_kind::not_sent || e.ran", "e.ran"),
    ("a refusal is tried again", "retry.hpp", "if (!passing) return next_attempt::none;", ""),
    ("what may have run is signed again by default", "retry.hpp", "case retry_policy::certain: break;",
     "case retry_policy::certain: return next_attempt::signed_again;"),
    ("at_most_once signs again", "retry.hpp",
     "return for_time ? next_attempt::none : next_attempt::same_bytes;", "return next_attempt::signed_again;"),
    ("at_most_once signs again when its bytes are too old", "retry.hpp",
     "return for_time ? next_attempt::none :", "return for_time ? next_attempt::signed_again :"),
    ("at_most_once gives up", "retry.hpp",
     "return for_time ? next_attempt::none : next_attempt::same_bytes;", "return next_attempt::none;"),
    ("idempotent gives up", "retry.hpp",
     "case retry_policy::idempotent: return next_attempt::signed_again;", "case retry_policy::idempotent: break;"),
    ("idempotent sends the same bytes", "retry.hpp",
     "case retry_policy::idempotent: return next_attempt::signed_again;",
     "case retry_policy::idempotent: return next_attempt::same_bytes;"),
    ("a used nonce is signed again", "retry.hpp",
     "if (e.code == service_code::signature_nonce_used) return next_attempt::none;", ""),
    ("the same bytes go out for an hour", "retry.hpp", "same_bytes_for_ms = 14 * 60 * 1000", "same_bytes_for_ms = 3600000"),
    ("back-offs are not random", "retry.hpp", "(bound + 1) * random >> 32", "bound"),
    ("back-offs are not bounded", "retry.hpp",
     "if (bound > options.longest_back_off_ms) bound = options.longest_back_off_ms;", ""),
    ("the service's wait is not obeyed", "call_machine.hpp", "rest = last_.retry_after_ms;", "rest = 0;"),
    ("a wait is kept after a throttling only", "call_machine.hpp",
     "bool const told = last_.retry_after_ms != 0;", "bool const told = slow && last_.retry_after_ms != 0;"),
    ("a later refusal makes it `no`", "call_machine.hpp", "if (unsure_ && last_.ran == executed::no) {", "if (false) {"),
    ("a last attempt that stayed here speaks for the whole call", "call_machine.hpp",
     "            case error_kind::local:\n            case error_kind::not_sent:\n                e.kind = doubt_.kind;",
     "            case error_kind::local:\n            case error_kind::not_sent:"),
    ("a request that is out is not known of", "call_machine.hpp",
     "        no_answer_by(\"the request is out\");\n        report();", ""),
    ("an outcome is made at the end only", "call_machine.hpp",
     "unsure_ = unsure_ || last_.ran != executed::no;\n        report();", "unsure_ = unsure_ || last_.ran != executed::no;"),
    ("an earlier doubt is forgotten", "call_machine.hpp",
     "unsure_ = unsure_ || last_.ran != executed::no;", "unsure_ = last_.ran != executed::no;"),
    ("a failing service is believed", "../read/judge.hpp",
     "if (from.status == 503) return meaning.code == service_code::throttling;", "if (from.status >= 500) return true;"),
    ("a proxy is believed", "../read/judge.hpp", " || !said.code_in_own_field || signs < 2) return false;", ") return false;"),
    ("a redirect is believed", "../read/judge.hpp", "return from.status / 100 == 2 && meaning", "return meaning"),
    ("a throttle under a status of success is believed", "../read/judge.hpp",
     "meaning.what_to_do != advice::wait && meaning.what_to_do != advice::fix_clock", "true"),
    ("an answer is waited for beyond the deadline", "call_machine.hpp",
     "if (now.monotonic_ms < deadline_ms_) return {step::wait, waiting_for::answer, deadline_ms_};",
     "return {step::wait, waiting_for::answer, deadline_ms_};"),
    ("a wait beyond the deadline is begun", "call_machine.hpp", "if (due_ms_ >= deadline_ms_ || ", "if ("),
    ("a request goes out after the deadline", "call_machine.hpp",
     "if (now.monotonic_ms >= deadline_ms_) return finish(now);\n        if (same_bytes_)", "if (same_bytes_)"),
    ("attempts are not counted", "call_machine.hpp", " || attempts_ >= options_.retry.attempts)", ")"),
    ("waits are not counted", "call_machine.hpp", "detail::later(waited_ms_, now", "detail::later(0, now"),
    ("the pace is not asked", "call_machine.hpp",
     "left == 0 ? 0 : options_.pace.reserve(now.monotonic_ms, left - 1)", "0"),
    ("a turn beyond the deadline is waited for", "call_machine.hpp", "if (ahead >= left) {", "if (left == 0) {"),
    ("the turn is not waited for", "call_machine.hpp", "detail::later(now.monotonic_ms, ahead)", "now.monotonic_ms"),
    ("what was learned of the time is not used", "call_machine.hpp",
     "return options_.skew == nullptr ? now.utc_seconds : options_.skew->utc_seconds(now);", "return now.utc_seconds;"),
    ("the clock is corrected again and again", "call_machine.hpp", "bool const mended = !time_mended_ && ", "bool const mended = "),
    ("a hopeless time is signed again", "call_machine.hpp", "for_time && !time_is_mended(now);", "false;"),
    ("a cached Date is believed", "clock_skew.hpp", " || from.has_age", ""),
    ("a Date of 1970 is believed", "clock_skew.hpp", " || from.date < earliest", ""),
    ("a Date over plain HTTP is believed", "clock_skew.hpp", "if (!believes(over)) return false;", "static_cast<void>(over);"),
    ("a Date after a slow round trip is believed", "clock_skew.hpp",
     "if (received_ms - sent_ms > options_.longest_round_trip_ms) return false;", ""),
    ("calls are spaced too closely", "pacing.hpp", "free_.replace(free, next)", "free_.replace(free, next - 30)"),
    ("a moment is handed out twice", "pacing.hpp", "if (free_.replace(free, next)) return wait;", "return static_cast<void>(next), wait;"),
]


def plant(include, header, before, after):
    """One change in a copy of the headers. Answers why not, where the text does not stand there exactly once."""
    text = (include / header).read_text()
    if text.count(before) != 1:
        return f"the text stands {text.count(before)} times in {header}, not once"
    (include / header).write_text(text.replace(before, after))
    return None


def outcome(rule, folder, compiler, seeds):
    """The last words of the simulation with one rule broken (with none, when there is no rule)."""
    include = folder / "include"
    shutil.copytree(ROOT / "include", include)
    if rule:
        stale = plant(include, CLIENT / rule[1], rule[2], rule[3])
        if stale:
            return "stale", stale
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
    rules = [rule for rule in RULES if not given.names or rule[0] in given.names]
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
