#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Breaks the rules of the client floor one by one, in a copy of the headers, and expects the simulations to notice.

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
    ("a proxy is believed", "read/judge.hpp", "proves_refusal", "|| !refusal.code_in_own_field || signs < 2", ""),
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

# The same for goals, noticed by explore.cpp.
GOAL = "client/goal_machine.hpp"
LOOK = "client/studio_look.hpp"
GOAL_RULES = [
    ("the policy for retries of the user is applied to a restart", GOAL, "begin",
     "options.retry.policy = retry_policy::by_operation;", "options.retry.policy = retry_policy::idempotent;"),
    ("a restart may be repeated", GOAL, "begin", "? repeatable::no", "? repeatable::yes"),
    ("a look that shows nothing new leads to another restart", GOAL, "after_look",
     "if (changed()) return after_later_look(now, seen, is_there);", ""),
    ("a virtual studio is restarted", GOAL, "after_look", "if (seen.is_virtual) return finish(now, goal_end::is_virtual);",
     ""),
    ("an idle studio is restarted", GOAL, "after_look",
     "if (seen.state == studio_state::idle) return finish(now, goal_end::is_idle);", ""),
    ("a studio that is not there counts as found", LOOK, "look_of", "seen.found = true;", ""),
    ("a running studio is started", GOAL, "after_look", "&& is_there", "&& false"),
    ("the outcome of a change is made at its end only", GOAL, "answered", "note_change();", ""),
    ("a change that is out is not known of", GOAL, "next", "note_change();", ""),
    ("a success without a request id is believed", GOAL, "note_change",
     "said->request_id.empty() ? executed::maybe : executed::yes", "executed::yes"),
    ("the deadline of the goal is not that of its calls", GOAL, "begin", "if (until_ms > deadline_ms_) ...;", ""),
    ("a rest leads past the deadline", GOAL, "rest", "if (due_ms_ >= deadline_ms_) ...;", ""),
    ("looks follow each other without a rest", GOAL, "rest",
     "at_once ? 0 : options_.look_every_ms", "0"),
    ("a callback that came during a call is forgotten", GOAL, "rest", "hinted_ && !hint_used_", "false"),
    ("the goal gives up after the change", GOAL, "after_change",
     "outcome_.request_id = kept_id::of(said->request_id); return rest(now);", "return finish(now, goal_end::out_of_time);"),
    ("a restart that may have run counts as on air again", GOAL, "after_later_look", "outcome_.change.ran != executed::yes ||",
     ""),
    ("streaming is enough", GOAL, "is_proven", "if (goal_.change != studio_change::restart)", ""),
    ("a studio counts as steady at once", GOAL, "is_proven", ">= options_.steady_after_ms", ">= 0"),
    ("any callback confirms", GOAL, "is_proven", "hint_id_.text() == outcome_.request_id.text() &&", ""),
    ("another state than the wanted one is enough", GOAL, "after_later_look", "|| !is_there ||", "||"),
    ("the stream is not asked for", GOAL, "after_wanted_state",
     "goal_.wanted != studio_state::streaming || goal_.stream.name.empty()", "true"),
    ("a stream that is offline is enough", GOAL, "after_stream", 'reply->stream_state == "online"sv',
     '!reply->stream_state.empty()'),
    ("times are not compared", GOAL, "after_later_look", "outcome_.change = compare(seen, is_there);", ""),
    ("times are compared although nobody asked for it", GOAL, "after_change", "|| !options_.reconcile", ""),
    ("a start that was seen is not believed", GOAL, "compare", "if (is_there) ...;", ""),
    ("the time from the first look counts", GOAL, "note_sending", "is(goal_phase::changing) ? change_sent_ms_ : sent_ms_",
     "sent_ms_"),
    ("`no` is said too early", LOOK, "compare_restart", "if (after_ms < unchanged_after_ms) ...;", ""),
    ("`no` is said of a studio that was started in the same second", LOOK, "compare_restart",
     "if (sent_utc_s - clock_error_s <= before.modified) ...;", ""),
    ("`no` is said of times that moved", LOOK, "compare_restart", "after.started > before.started", "false"),
    ("`yes` is said of a change that is no start", LOOK, "compare_restart",
     "if (after.modified > before.modified) return {executed::maybe,", "if (after.modified > before.modified) return {executed::yes,"),
    ("`yes` is said of the same StartTime", LOOK, "compare_restart", "after.started > before.started",
     "after.started >= before.started"),
    ("`no` is said of a studio that is idle", LOOK, "compare_restart",
     "if (after.state != studio_state::streaming) return {executed::maybe,",
     "if (after.state != studio_state::streaming) return {executed::no,"),
]
PROGRAMS = {"simulate": lambda seeds: ["--seeds", str(seeds)], "explore": lambda _: ["--events", "3", "--seeds", "500"]}


def outcome(name, rule, folder, compiler, seeds):
    """The last words of a program with one rule broken (with none, when there is no rule)."""
    include = folder / "include"
    shutil.copytree(ROOT / "include", include)
    if rule:
        planting.plant(include / "restartcaster", *rule[1:])
    program = folder / name
    build = subprocess.run([compiler, "-std=c++20", "-O1", f"-I{include}", str(HERE / f"{name}.cpp"), "-o",
                            str(program)], capture_output=True, text=True)
    if build.returncode != 0:
        return "unbuilt", build.stderr.splitlines()[0] if build.stderr else "no message"
    try:
        run = subprocess.run([str(program), *PROGRAMS[name](seeds)], capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return "noticed", "it never ended"
    if run.returncode == 0:
        return "unnoticed", run.stdout.splitlines()[-1]
    broken = [line.partition(": ")[2] for line in run.stdout.splitlines() if line.startswith("seed ") or ", schedule " in line]
    return "noticed", (broken or run.stdout.splitlines() or [f"exit {run.returncode}"])[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--seeds", type=int, default=3000)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    for name in set(given.names) - {rule[0] for rule in RULES + GOAL_RULES}:
        parser.error(f"there is no rule {name!r}")
    plans = [(program, rule) for program, rules in (("simulate", RULES), ("explore", GOAL_RULES)) for rule in rules
             if not given.names or rule[0] in given.names]
    wrong = planting.stale(HEADERS, (rule[1:] for _, rule in plans))
    if wrong:
        sys.exit("\n".join(wrong))
    failed = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        plans = [*((program, None) for program in PROGRAMS), *plans]
        jobs = [(rule, pool.submit(outcome, program, rule, pathlib.Path(folder) / str(i), given.compiler, given.seeds))
                for i, (program, rule) in enumerate(plans)]
        for rule, job in jobs:
            what, words = job.result()
            good = what == ("noticed" if rule else "unnoticed")
            failed += not good
            print(f"{'ok  ' if good else 'FAIL'} {rule[0] if rule else 'nothing broken'}: {what}, {words}", flush=True)
    print(f"{len(plans) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
