#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Several studios at once: each line of the account is true, whatever happens, and nothing is restarted twice.

Source: the stand-in gateway's own account of what it executed. Usage: cli_studios_test.py PATH_OF_RESTARTCASTER
"""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
import types

sys.dont_write_bytecode = True                              # the source tree stays as it is

import harness
from harness import *

FIELDS = ["id", "outcome", "ran", "again", "attempts", "waited_ms", "request_id"]
MORE_FIELDS = ["code", "advice", "message"]
ADVICE = {"try_again", "wait", "look_first", "fix_clock", "fix_credentials", "fix_request", "ask_permission",
          "start_caster", "give_up", "fix_transport", "fix_signature", "fix_machine"}


class Studios(ListCase):
    # ---- the account

    def test_each_studio_has_its_line_in_the_order_given(self):
        done = self.restart_list(PLAIN, VIRTUAL, LIVE, "--pace", "50", IDLE, "nowhere")
        told, summary = account(done.out)
        self.assertEqual([(name, word, again) for name, word, _, again in told],
                         [(VIRTUAL, "refused", False), (LIVE, "done", False), (IDLE, "refused", False),
                          ("nowhere", "refused", False)])
        self.assertRegex(told[1][2] + "\n", REQUEST_ID)
        for place, words in ((0, "this kind of studio does not take this operation"), (2, "call StartCaster"),
                             (3, r"InvalidCaster\.NotFound: .*RestartCaster did not run")):
            self.assertRegex(told[place][2], words)
        self.assertRegex(summary, r"\A# 4 studios in \d+\.\d s: 1 done, 3 refused, 0 unknown, 0 not sent\Z")
        self.assertEqual((done.status, done.err), (REFUSED, ""))
        self.assertEqual(executed(PLAIN), {LIVE: 1})

    def test_a_list_comes_from_standard_input(self):
        names = studios(3)
        PLAIN.door("studios", {"直播": "streaming"})
        text = f"\ufeff# studios\n\n{names[0]}\n  \n{names[1]}\r\n{names[2]}\tnot sent\tas told before\n#x\n直播"
        done = self.restart_list(PLAIN, "-", "--pace", "50", text=text)
        self.assertEqual((done.status, done.err), (DONE, ""))
        self.assertEqual([line[:2] for line in account(done.out)[0]], [(name, "done") for name in [*names, "直播"]])
        self.assertEqual(executed(PLAIN), dict.fromkeys([*names, "直播"], 1))

    def test_a_list_of_one_is_a_list(self):
        done = self.restart_list(PLAIN, "-", text=LIVE)
        told, summary = account(done.out)
        self.assertEqual([line[:2] for line in told], [(LIVE, "done")])
        self.assertRegex(summary, r"\A# 1 studio in \d+\.\d s: 1 done, 0 refused, 0 unknown, 0 not sent\Z")

    def test_blanks_at_the_end_of_a_line_are_no_error(self):
        names = studios(5)
        text = f"{names[0]} \n{names[1]}\t\n{names[2]} \r\n{names[3]}\tnot sent\t \n \t\n{names[4]}\r"
        done = self.restart_list(PLAIN, "-", "--pace", "50", text=text)
        self.assertEqual((done.status, executed(PLAIN)), (DONE, dict.fromkeys(names, 1)))

    def test_nothing_left_to_do_is_a_success(self):
        for text in ("# a\n", "# a\tdone\t6EBD1AC4\n# 1 studio in 0.1 s: 1 done\n"):
            done = self.restart_list(PLAIN, "-", text=text)
            self.assertRegex(done.out, r"\A# nothing to do: [^\n]+\n\Z")
            self.assertEqual((done.status, done.err), (DONE, ""))
            done = self.restart_list(PLAIN, "-", "--json", text=text)
            self.assertEqual((self.read_json(done.out)[1]["studios"], done.status), (0, DONE))
        self.nothing_sent()

    def test_a_list_from_a_terminal_is_asked_for_and_ends_at_one_end_of_file(self):
        names = studios(2)
        for typed, status in ((lines(names) + "\x04", DONE), ("\x04", USAGE)):
            master, slave = pty.openpty()
            process = self.begin(PLAIN, "-", stdin=slave)
            os.close(slave)
            asked = process.stderr.readline().decode()
            self.assertRegex(asked, r"reading studio ids from the terminal, one a line; end with Ctrl-D\n")
            os.write(master, typed.encode())
            self.assertEqual(self.end(process).status, status)
            os.close(master)
        self.assertEqual(executed(PLAIN), dict.fromkeys(names, 1))

    def test_a_bad_list_is_refused_with_the_number_of_the_line_and_nothing_is_sent(self):
        for text, told in ((" a", "line 1: CasterId: blanks at an end"),
                           ("\ta\nb\n", "line 1: CasterId: blanks at an end"),
                           ("a\n \tb", "line 2: CasterId: blanks at an end"),
                           ("a\n # b", "line 2: CasterId: blanks at an end"),
                           ("a\tb\n", r"line 1: CasterId: a control character.* \(a tab: one id a line"),
                           ("a\tdone?\tb\n", "line 1: CasterId: a control character"),
                           ("\tnot sent\tb\n", "line 1: CasterId: a required value is missing"),
                           ("a \tnot sent\tb\n", "line 1: CasterId: blanks at an end"),
                           ("a\nb\ufeffc", r"line 2: CasterId: .*U\+FEFF"),
                           ("a\n\ufeffb", r"line 2: CasterId: .*U\+FEFF"),
                           ("a\u0085b", r"line 1: CasterId: .*U\+0085"),
                           ("a\u202eb", r"line 1: CasterId: .*U\+202E"),
                           ("a\u2069b", r"line 1: CasterId: .*U\+2069"),
                           ("a\u200bb", r"line 1: CasterId: .*U\+200B"),
                           ("ab\u00ad", r"line 1: CasterId: .*U\+00AD"),
                           ("a\u2028b", r"line 1: CasterId: .*U\+2028"),
                           ("a\U000e0041", r"line 1: CasterId: .*U\+E0041"),
                           ('{"id": "a", "again": true}', "line 1: JSON is no list"),
                           ("a\nb\x01c", "line 2: CasterId: a control character"),
                           ("a\n\rb\n", "line 2: CasterId: a control character|line 2: CasterId: blanks"),
                           ("a\0\n", "line 1: CasterId: "),
                           ("a\nb\n# a\na\n", "line 4: the same studio as standard input, line 1"),
                           (f"{LIVE}\n80787064-1C94-4DC1-85CE-9409960A0000\n", "line 2: the same studio as .*line 1"),
                           ("a\nb\na\tnot sent\tx\n", "line 3: the same studio as standard input, line 1"),
                           ("", "standard input has no studio"), ("\n \n", "standard input has no studio")):
            with self.subTest(text):
                done = self.restart_list(PLAIN, "-", text=text)
                self.assertRegex(done.err, rf"\Arestartcaster: (standard input, )?({told}).*; nothing was sent; .*\n\Z")
                self.assertEqual((done.status, done.out), (USAGE, ""))
        process = self.begin(PLAIN, "-")
        process.stdin.write(b"a\nb\xff\n")
        done = self.end(process)
        self.assertRegex(done.err, r"standard input, line 2: CasterId: not UTF-8")
        folder = os.open("/", os.O_RDONLY)
        self.addCleanup(os.close, folder)
        done = self.end(self.begin(PLAIN, "-", stdin=folder))
        self.assertRegex(done.err, r"\Arestartcaster: standard input could not be read; nothing was sent")
        self.assertEqual(done.status, USAGE)
        self.nothing_sent()

    def test_what_stands_in_the_way_of_all_ends_the_run(self):
        names = studios(30)
        process = subprocess.run([harness.binary, "restart", *PLAINLY, *to(PLAIN), "-"], input=lines(names).encode(),
                                 env=variables({KEY: "canarySecret-other"}), capture_output=True, timeout=60)
        told, summary = account(process.stdout.decode())
        self.assertEqual([line[0] for line in told], names)
        self.assertEqual([line[1] for line in told], ["refused"] + ["not sent"] * 29)
        self.assertTrue(all(again for *_, again in told), "after the secret is mended all are to be called")
        self.assertEqual(process.returncode, REFUSED)
        self.assertEqual(len(PLAIN.requests()), 1)

    def test_the_most_serious_outcome_is_the_exit_status(self):
        names = studios(4)
        error = {"kind": "error", "status": 400, "code": "Forbidden.RAM"}
        throttle = {"kind": "throttle"}
        for planned, status in (([None, None], DONE), ([throttle, None], THROTTLED), ([throttle, error], REFUSED),
                                ([error, {"kind": "drop-after"}], UNKNOWN), ([{"kind": "reset"}, throttle], UNKNOWN)):
            with self.subTest(planned):
                PLAIN.reset(*planned)
                studios(4)
                done = self.restart_list(PLAIN, *names[:2], *ONCE)
                self.assertEqual(done.status, status, done.out)

    def test_nothing_is_restarted_once_nobody_can_be_told(self):
        names = studios(30)
        with open("/dev/full", "wb") as full:
            done = subprocess.run([harness.binary, "restart", *PLAINLY, *to(PLAIN), "-"], input=lines(names).encode(),
                                  env=variables({}), stdout=full, stderr=subprocess.PIPE, timeout=60)
        first, *rest = done.stderr.decode().splitlines()
        self.assertEqual(first, "restartcaster: standard output could not be written; the report goes on here")
        told, summary = account("\n".join(rest))
        self.assertEqual([line[0] for line in told], names)
        self.assertEqual({line[0]: 1 for line in told if line[1] == "done"}, executed(PLAIN))
        self.assertLess(len(executed(PLAIN)), 30)
        self.assertEqual(done.returncode, OUTPUT_LOST)

    # ---- JSON

    def read_json(self, out):
        *told, last = map(json.loads, out.splitlines())
        for line in told:
            good = line["outcome"] == "done"
            self.assertEqual(list(line), FIELDS if good else FIELDS + MORE_FIELDS)
            self.assertEqual(line["ran"], {"done": "yes", "unknown": "maybe"}.get(line["outcome"], "no"))
            self.assertIn(line.get("advice", "wait"), ADVICE)
        self.assertEqual(list(last), ["summary"])
        summary = last["summary"]
        self.assertEqual(list(summary), ["studios", "done", "refused", "unknown", "not_sent", "late", "interrupted",
                                         "took_ms", "exit_status"])
        for word in WORDS:
            self.assertEqual(summary[word.replace(" ", "_")], sum(line["outcome"] == word for line in told), word)
        self.assertEqual(summary["studios"], len(told))
        return told, summary

    def test_json_has_one_object_a_studio_and_a_summary(self):
        odd = 'a "\\ 直播'
        PLAIN.door("studios", {odd: "streaming"})
        PLAIN.door("faults", [None, {"kind": "drop-after"}, {"kind": "throttle", "retry_after": 10}])
        done = self.restart_list(PLAIN, "--json", "--pace", "1", odd, LIVE, IDLE)
        told, summary = self.read_json(done.out)
        self.assertEqual([line["id"] for line in told], [odd, LIVE, IDLE])
        self.assertEqual([line["outcome"] for line in told], ["done", "unknown", "refused"])
        self.assertEqual([line["attempts"] for line in told], [1, 1, 2])
        self.assertEqual([line["again"] for line in told], [False, False, False])
        self.assertRegex(told[0]["request_id"] + "\n", REQUEST_ID)
        self.assertEqual([line.get("code") for line in told], [None, "no_answer", "IncorrectCasterStatus.Idle"])
        self.assertEqual([line.get("advice") for line in told], [None, "look_first", "start_caster"])
        self.assertGreaterEqual(told[2]["waited_ms"], 1000, "the pace is one a second")
        self.assertEqual((done.status, done.err, summary["exit_status"]), (UNKNOWN, "", UNKNOWN))

    def test_json_has_no_character_of_the_service_that_no_screen_shows(self):
        unseen = "\u202e\u2066\u2028\u200b\ufeff\u00ad\U000e0041\u0085\x07"
        PLAIN.reset({"kind": "error", "code": f"Bad{unseen}", "status": 400, "message": f"a{unseen}直播"})
        [line], _ = self.read_json(self.restart_list(PLAIN, "--json", LIVE).out)
        self.assertRegex(line["code"], r"\ABad\?+\Z")
        self.assertIn(": a" + "?" * len(unseen) + "直播 (HTTP 400)", line["message"])

    def test_json_of_one_studio_has_its_failure_on_standard_output_too(self):
        done = self.restart_list(PLAIN, "--json", IDLE)
        [line], summary = self.read_json(done.out)
        self.assertEqual((line["code"], done.status, done.err), ("IncorrectCasterStatus.Idle", REFUSED, ""))
        self.assertEqual(self.restart_list(PLAIN, "--json", "x ").status, USAGE)

    # ---- pace, attempts, retries

    def test_a_throttled_call_is_made_again_and_runs_once(self):
        for options in ([], ["--signature", "acs3"]):
            PLAIN.reset({"kind": "throttle", "retry_after": 50}, {"kind": "throttle"})
            done = self.run_client("restart", LIVE, *to(PLAIN), *options)
            self.assertEqual((done.status, PLAIN.executed(), len(PLAIN.requests())), (DONE, 1, 3))

    def test_a_call_that_may_have_run_is_made_again_only_with_the_same_bytes(self):
        for policy, status, requests in (("certain", UNKNOWN, 1), ("at-most-once", UNKNOWN, 2)):
            PLAIN.reset({"kind": "drop-after"})
            done = self.run_client("restart", LIVE, *to(PLAIN), "--retry", policy)
            self.assertEqual((done.status, PLAIN.executed(), len(PLAIN.requests())), (status, 1, requests))
        PLAIN.reset({"kind": "drop-before"})
        done = self.run_client("restart", LIVE, *to(PLAIN), "--retry", "at-most-once")
        self.assertEqual((done.status, PLAIN.executed()), (DONE, 1))
        bodies = [request["body"] for request in PLAIN.requests()]
        self.assertEqual((len(bodies), len(set(bodies))), (2, 1))

    def test_the_clock_is_put_right_over_https_only(self):
        for offset in (3600, -3600):
            TLS.reset()
            TLS.door("clock", {"offset": offset})
            done = self.run_client("restart", LIVE, *to(TLS))
            self.assertEqual((done.status, TLS.executed()), (DONE, 1), done.err)

    def test_the_deadline_bounds_a_studio_with_all_its_attempts(self):
        PLAIN.reset(*[{"kind": "throttle", "retry_after": 400}] * 50)
        done = self.run_client("restart", LIVE, *to(PLAIN), "--deadline", "1", "--attempts", "50")
        self.assertEqual((done.status, PLAIN.executed()), (THROTTLED, 0))
        self.assertLess(len(PLAIN.requests()), 5)
        PLAIN.reset({"kind": "latency", "seconds": 3})
        done = self.run_client("restart", LIVE, *to(PLAIN), "--deadline", "0.5")
        self.assertEqual((done.status, PLAIN.executed()), (UNKNOWN, 1))

    def test_sixty_studios_at_the_limit_of_the_account_are_all_restarted_once(self):
        PLAIN.door("rate", {"rate": 20})
        names = studios(60)
        done = self.restart_list(PLAIN, "-", "--pace", "20", "--json", text=lines(names))
        told, summary = self.read_json(done.out)
        self.assertEqual([(line["id"], line["outcome"]) for line in told], [(name, "done") for name in names])
        self.assertEqual(executed(PLAIN), dict.fromkeys(names, 1))
        self.assertGreaterEqual(summary["took_ms"], 59 * 50, "faster than the account's pace")
        self.assertEqual(done.status, DONE)

    def test_sixty_studios_at_a_gateway_that_throttles_at_random_are_all_restarted_once(self):
        names = studios(60)
        RANDOM.door("studios", dict.fromkeys(names, "streaming"))
        done = self.restart_list(RANDOM, "-", "--pace", "50", "--json", text=lines(names))
        told, summary = self.read_json(done.out)
        self.assertEqual((summary["done"], done.status), (60, DONE), done.out)
        self.assertEqual(executed(RANDOM), dict.fromkeys(names, 1))
        refused = sum(call["code"] is not None for call in RANDOM.door("executions")["calls"])
        self.assertGreater(refused, 0)
        self.assertEqual(sum(line["attempts"] for line in told), 60 + refused)

    def test_slow_answers_do_not_slow_the_pace_down(self):
        names = studios(8)
        PLAIN.door("faults", [{"kind": "latency", "seconds": 4}] * 8)
        process = self.begin(PLAIN, *names)
        self.wait_until(lambda: len(PLAIN.requests()) >= 5)
        self.assertIsNone(process.poll())
        self.assertEqual(select.select([process.stdout], [], [], 0)[0], [], "the fifth call waited for an answer")
        self.assertEqual(self.end(process).status, DONE)
        self.assertEqual(executed(PLAIN), dict.fromkeys(names, 1))

    # ---- the end that the user asks for

    def test_an_interrupt_leaves_what_is_out_to_finish_and_begins_nothing(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            PLAIN.reset(*[{"kind": "latency", "seconds": 1}] * 100)
            names = studios(100)
            process = self.begin(PLAIN, *names)
            self.interrupt(process, number)
            done = self.end(process)
            told = self.check_account(done, names)
            self.assertEqual({word for _, word, *_ in told}, {"done", "not sent"})
            self.assertEqual({name for name, word, *_ in told if word == "done"}, set(executed(PLAIN)))
            self.assertEqual((done.status, done.err), (INTERRUPTED, ""))

    def test_a_second_interrupt_gives_up_what_is_out_and_says_that_it_may_have_run(self):
        for fault in ("latency", "drop-before"):
            with self.subTest(fault):
                PLAIN.reset(*[{"kind": fault, "seconds": 30}] * 40)
                names = studios(40)
                process = self.begin(PLAIN, *names, "--timeout", "60")
                self.interrupt(process, signal.SIGINT, signal.SIGTERM)
                told = self.check_account(done := self.end(process), names)
                unknown = {name for name, word, *_ in told if word == "unknown"}
                self.assertLessEqual(set(executed(PLAIN)), unknown)
                self.assertGreaterEqual(len(unknown), 3)
                self.assertEqual({word for _, word, *_ in told}, {"unknown", "not sent"})
                self.assertEqual(done.status, UNKNOWN)

    def test_an_interrupt_during_a_wait_ends_it(self):
        PLAIN.reset({"kind": "throttle", "retry_after": 50_000})
        process = self.begin(PLAIN, LIVE)
        self.interrupt(process, signal.SIGINT, sent=1)
        done = self.end(process)
        self.assertRegex(done.err, r"\Arestartcaster: refused with Throttling\.User: .*RestartCaster did not run")
        self.assertEqual((done.status, done.out, PLAIN.executed()), (INTERRUPTED, "", 0))

    def test_an_interrupt_that_comes_when_all_is_out_changes_nothing(self):
        PLAIN.reset({"kind": "latency", "seconds": 1})
        process = self.begin(PLAIN, LIVE)
        self.interrupt(process, signal.SIGINT, sent=1)
        done = self.end(process)
        self.assertRegex(done.out, REQUEST_ID)
        self.assertEqual((done.status, done.err, PLAIN.executed()), (DONE, "", 1))

    def test_an_interrupt_while_a_connection_is_made_has_sent_nothing(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:      # takes connections and says nothing
            process = self.begin(types.SimpleNamespace(url="https://127.0.0.1:%d" % silent.getsockname()[1],
                                                       ca_file=None), LIVE)
            with silent.accept()[0] as connection:
                connection.recv(1)                                  # the handshake has begun
                process.send_signal(signal.SIGINT)
                process.send_signal(signal.SIGTERM)
                done = self.end(process)
        self.assertRegex(done.err, r"\Arestartcaster: not sent, given up: .*RestartCaster did not run")
        self.assertEqual(done.status, INTERRUPTED)

    def test_a_second_run_takes_the_account_of_the_first_and_restarts_nothing_twice(self):
        for form in ("lines", "json"):
            with self.subTest(form):
                PLAIN.reset(*[{"kind": "latency", "seconds": 0.5}] * 5)
                names = studios(40)
                options = ["--json"] if form == "json" else []
                process = self.begin(PLAIN, "-", *options)
                process.stdin.write(lines(names).encode())
                process.stdin.close()
                process.stdin = None
                self.interrupt(process, signal.SIGINT, sent=6)
                first = self.end(process)
                self.assertEqual(first.status, INTERRUPTED)
                ran = set(executed(PLAIN))
                self.assertTrue(0 < len(ran) < 40)
                left = first.out
                if form == "json":
                    left = lines(line["id"] for line in map(json.loads, left.splitlines()) if line.get("again"))
                second = self.restart_list(PLAIN, "-", text=left)
                self.assertEqual(second.status, DONE, second.out)
                self.assertEqual([line[0] for line in account(second.out)[0]],
                                 [name for name in names if name not in ran])
                self.assertEqual(executed(PLAIN), dict.fromkeys(names, 1))
                third = self.restart_list(PLAIN, "-", text=second.out)
                self.assertEqual((third.status, third.err), (DONE, ""))
                self.assertRegex(third.out, r"\A# nothing to do: [^\n]+\n\Z")
                self.assertEqual(executed(PLAIN), dict.fromkeys(names, 1))

    # ---- progress

    def on_terminal(self, *options, until):
        """Standard error as a terminal shows it, taken until the text was seen; and the rest of the run."""
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        process = self.begin(PLAIN, *options, stderr=slave)
        os.close(slave)
        seen = b""
        while until.encode() not in seen:
            seen += os.read(master, 4096)
        return process, seen, master

    def screen(self, written):
        """What is left to see of one line after all its rewriting."""
        line = ""
        for piece in written.split("\r"):
            line = piece + line[len(piece):]
        return line

    def finish(self, process, seen, master):
        done = self.end(process)
        try:
            while piece := os.read(master, 4096):
                seen += piece
        except OSError:                                     # the other side is closed
            pass
        text = re.sub(r"restartcaster: .*\r\n\Z", "", seen.decode())      # what a failure is told with
        self.assertNotIn("\n", text)
        self.assertNotIn("\x1b", text)
        self.assertLess(max(map(len, text.split("\r"))), 80)
        self.assertEqual(self.screen(text).strip(), "", "the line is taken away at the end")
        return done, text

    def test_a_terminal_shows_what_is_waited_for_and_how_long(self):
        for planned, shown in (([{"kind": "latency", "seconds": 2.5}], "waiting for the answer, 1."),
                               ([{"kind": "throttle", "retry_after": 1500}], "throttled, again in 1."),
                               ([{"kind": "throttle"}] * 3, "failed, again in 0.")):
            with self.subTest(planned):
                PLAIN.reset(*planned)
                done, text = self.finish(*self.on_terminal(LIVE, until=shown))
                self.assertRegex(done.out, REQUEST_ID)
                self.assertEqual((done.status, PLAIN.executed()), (DONE, 1))

    def test_a_terminal_shows_how_far_a_list_has_come(self):
        names = studios(3)
        until = "2 of 3 told; at the account's pace, in"
        done, text = self.finish(*self.on_terminal("--pace", "1", *names, until=until))
        self.assertEqual([line[:2] for line in account(done.out)[0]], [(name, "done") for name in names])
        self.assertIn("1 of 3 told; ", text)

    def test_a_terminal_says_that_a_second_interrupt_gives_up_and_it_does(self):
        for again, status in ((False, DONE), (True, UNKNOWN)):
            PLAIN.reset({"kind": "latency", "seconds": 3})
            process, seen, master = self.on_terminal(LIVE, until="waiting for the answer, ")
            process.send_signal(signal.SIGINT)
            while b"interrupted; waiting for the answer, " not in seen:
                seen += os.read(master, 4096)
            if again:
                self.interrupt(process, signal.SIGINT, sent=1)
            done, text = self.finish(process, seen, master)
            self.assertIn("; Ctrl-C again gives it up", text)
            self.assertEqual((done.status, PLAIN.executed()), (status, 1))

    def test_without_a_terminal_nothing_is_shown(self):
        PLAIN.reset({"kind": "latency", "seconds": 1.5}, {"kind": "throttle", "retry_after": 500})
        names = studios(2)
        done = self.restart_list(PLAIN, *names, "--pace", "1")
        self.assertEqual((done.status, done.err), (DONE, ""))


def setUpModule():
    global PLAIN, TLS, RANDOM
    PLAIN, TLS = harness.start(), harness.start("--tls")
    RANDOM = harness.start("--throttle-randomly", "0.2", "--seed", "7")


def tearDownModule():
    harness.stop_all()


if __name__ == "__main__":
    harness.main()
