#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Goals over real sockets, with every fault of the stand-in gateway at each of their calls: never two restarts, and what is
said to have run is what the gateway executed.

Source: docs/design.md, "Goals"; tests/standin/lives.py (how long a change takes).
Usage: goals_test.py PROGRAM, which is socket_goals
"""

import pathlib
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "standin"))

import calls_test
import descriptions

REACHED, TIME_OUT = "the studio is in the wanted state", "the deadline has come"
CHANGES = ("RestartCaster", "StartCaster", "StopCaster")
PATIENT_MS = 20_000
HOSTILE = ("", "{", "<x/>", "[" * 5000, "[]", "7", '{"CasterId":7,"EventType":"OperateCallback","EventMessage":[]}', "x" * 60000)


class Goals(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = calls_test.Gateway(tls=False)
        cls.process = subprocess.Popen([calls_test.PROGRAMS[0]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        cls.callback_url = cls.process.stdout.readline().rstrip("\n")

    @classmethod
    def tearDownClass(cls):
        cls.process.communicate()
        calls_test.os.unlink(cls.server.ca_file)

    def pursue(self, goal, planned=(), state="streaming", seconds=0.0, stream="-", limit_ms=PATIENT_MS, offline=0.0, posts=(),
               steady_ms=1000):
        """What is said to have run, the requests of the change, the sentence, and how often each action was executed."""
        studio = self.server.plan(planned)
        with self.server.service.lock:
            self.server.service.studios.states[studio] = state
            self.server.service.studios.durations = {change: {"seconds": seconds, "offline": offline}
                                                     for change in ("start", "stop", "restart")}
            self.server.service.callbacks = {"url": self.callback_url, "posts": posts}
        stream = descriptions.stream_name(studio, stream) if stream != "-" else stream
        print(self.server.url, goal, studio, stream, limit_ms, steady_ms, file=self.process.stdin, flush=True)
        ran, changes, took_ms, sentence = self.process.stdout.readline().rstrip("\n").split(" ", 3)
        self.assertLess(int(took_ms), limit_ms + 500, "the deadline")
        done = dict(self.server.service.studios.executions.get(studio, {}))
        return ran, int(changes), sentence, {action: done[action] for action in CHANGES if action in done}

    def test_every_fault_at_every_call(self):
        for place, seconds in ((0, 0.0), (1, 0.0), (1, 0.2), (2, 0.0), (3, 0.2)):
            for fault, outcome in calls_test.FAULTS + calls_test.PLAIN_FAULTS:
                with self.subTest(place=place, seconds=seconds, fault=fault):
                    ran, changes, sentence, done = self.pursue("restart_studio", [None] * place + [fault], seconds=seconds)
                    restarts = done.get("RestartCaster", 0)
                    self.assertLessEqual(restarts, 1, "restarted twice")
                    # Each is resolved: the stand-in moves the times, and its studios were started an hour ago.
                    self.assertEqual(ran, "yes" if restarts else "no", sentence)
                    self.assertEqual(sentence.startswith(REACHED), restarts == 1, sentence)
                    if place == 1:
                        self.assertEqual((changes, restarts), outcome["certain"][1:], sentence)

    def test_a_fault_that_stays(self):
        for fault, _ in calls_test.FAULTS:
            with self.subTest(fault=fault):
                ran, _, sentence, done = self.pursue("restart_studio", [None] + [fault] * 40, limit_ms=1500)
                restarts = done.get("RestartCaster", 0)
                self.assertLessEqual(restarts, 1, "restarted twice")
                if ran != "maybe":
                    self.assertEqual(ran, "yes" if restarts else "no", sentence)

    def test_slow_answers_end_at_the_deadline(self):
        for place in range(3):
            for fault in calls_test.SLOW_FAULTS:
                with self.subTest(place=place, fault=fault):
                    ran, _, sentence, done = self.pursue("restart_studio", [None] * place + [fault], limit_ms=400)
                    self.assertIn(ran, ("no", "maybe") if not done else ("yes", "maybe"), sentence)
                    self.assertLessEqual(done.get("RestartCaster", 0), 1)

    def test_the_states_that_rule_a_restart_out(self):
        for state, words in (("idle", "the studio is idle"), ("virtual", "a virtual studio"), ("virtual-streaming", "a virtual studio"),
                             ("absent", "the account has no such studio")):
            ran, changes, sentence, done = self.pursue("restart_studio", state=state)
            self.assertEqual((ran, changes, done), ("no", 0, {}), sentence)
            self.assertTrue(sentence.startswith(words), sentence)

    def test_running_and_stopped(self):
        for goal, state, action in (("ensure_running", "idle", "StartCaster"), ("ensure_stopped", "streaming", "StopCaster")):
            for lost in (None, {"kind": "drop-after"}):
                ran, changes, sentence, done = self.pursue(goal, [None, lost], state=state, seconds=0.2)
                self.assertEqual((ran, changes, done), ("yes", 1, {action: 1}), sentence)
                self.assertTrue(sentence.startswith(REACHED), sentence)
        for goal, state in (("ensure_running", "streaming"), ("ensure_stopped", "idle"), ("wait_until_idle", "idle")):
            self.assertEqual(self.pursue(goal, state=state), ("no", 0, REACHED, {}))
        ran, changes, sentence, done = self.pursue("wait_until_idle", limit_ms=300)
        self.assertEqual((ran, changes, done), ("no", 0, {}))
        self.assertTrue(sentence.startswith(TIME_OUT), sentence)

    def test_the_stream_is_verified(self):
        ran, _, sentence, done = self.pursue("restart_studio", stream=descriptions.PROGRAM)
        self.assertEqual((ran, done), ("yes", {"RestartCaster": 1}), sentence)
        self.assertTrue(sentence.startswith(REACHED), sentence)
        self.assertEqual(self.server.service.calls[-1]["action"], "DescribeLiveStreamState")
        ran, _, sentence, _ = self.pursue("restart_studio", stream="another", limit_ms=600)
        self.assertEqual(ran, "yes")
        self.assertTrue(sentence.startswith(TIME_OUT), sentence)

    def test_a_stream_that_is_offline_after_the_restart(self):
        began = time.monotonic()
        ran, _, sentence, done = self.pursue("restart_studio", stream=descriptions.PROGRAM, offline=1.0)
        self.assertGreaterEqual(time.monotonic() - began, 1.0)
        self.assertEqual((ran, done), ("yes", {"RestartCaster": 1}), sentence)
        self.assertTrue(sentence.startswith(REACHED), sentence)
        self.assertGreater(sum(call["action"] == "DescribeLiveStreamState" for call in self.server.service.calls[-40:]), 1)
        ran, _, sentence, done = self.pursue("restart_studio", stream=descriptions.PROGRAM, offline=60.0, limit_ms=600)
        self.assertEqual((ran, done), ("yes", {"RestartCaster": 1}), sentence)
        self.assertTrue(sentence.startswith(TIME_OUT), sentence)

    # With a restart that takes longer than the goal, StartTime stays: a callback is the only proof, or 1 s of streaming.

    def test_callbacks_that_prove_it(self):
        forged = [{"request_id": "another"}] * 20 + [{"body": body} for body in HOSTILE]
        for name, posts in (("once", [{}]), ("twice", [{}, {}]), ("late", [{"after": 1.5}]), ("after forged ones", forged + [{"after": 0.3}]),
                            ("after a fault", [{"code": "StreamInterrupt"}, {"after": 0.3}])):
            with self.subTest(name):
                ran, _, sentence, done = self.pursue("restart_studio", seconds=60.0, posts=posts, steady_ms=60_000)
                self.assertEqual((ran, done), ("yes", {"RestartCaster": 1}), sentence)
                self.assertIn("on air again (a callback says so)", sentence)

    def test_callbacks_that_prove_nothing(self):
        for name, posts in (("never", []), ("another request id", [{"request_id": "another"}]), ("another studio", [{"caster_id": "another"}]),
                            ("no request id", [{"request_id": ""}]), ("a fault", [{"code": "StreamInterrupt"}]),
                            ("hostile bodies", [{"body": body} for body in HOSTILE]), ("long after the end", [{"after": 3.0}])):
            with self.subTest(name):
                ran, _, sentence, done = self.pursue("restart_studio", seconds=60.0, posts=posts)
                self.assertEqual((ran, done), ("yes", {"RestartCaster": 1}), sentence)
                self.assertIn("on air again (it was streaming all the time)", sentence)

    def test_a_callback_is_no_proof_that_a_restart_ran(self):
        for posts in ([], [{}], [{"request_id": "another"}]):
            ran, changes, sentence, done = self.pursue("restart_studio", [None, {"kind": "drop-after"}], seconds=60.0, posts=posts,
                                                       limit_ms=700)
            self.assertEqual((ran, changes, done), ("maybe", 1, {"RestartCaster": 1}), sentence)
            self.assertTrue(sentence.startswith(TIME_OUT), sentence)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
