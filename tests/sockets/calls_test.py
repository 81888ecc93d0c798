#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The blocking client over real sockets, HTTP and TLS, against every fault that the stand-in gateway knows: never two
restarts unless the call was declared idempotent, and what is said to have run is what the gateway executed.

Source: docs/design.md, "Calls over time" (the table) and "The transport contract"; tests/standin/faults.py.
Usage: calls_test.py PROGRAM..., each a program of calls.hpp
"""

import itertools
import os
import pathlib
import subprocess
import sys
import threading
import time
import types
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "standin"))

import faults
import gateway
import service

PROGRAMS = sys.argv[1:]
POLICIES = ["certain", "at_most_once", "idempotent"]
PLACEMENTS = {"get": ("GET", "query"), "post_form": ("POST", "form"), "post_query": ("POST", "query")}
ATTEMPTS = 5
PATIENT_MS, HASTY_MS = 20_000, 400
MOVED = {"kind": "redirect", "location": "/?moved"}

# What a fault makes of a call whose first request meets it: what is said to have run, how many requests the gateway
# sees, how often the studio restarts; under each policy. The table of "Calls over time", worked out by hand.
ALL_GOOD = dict.fromkeys(POLICIES, ("yes", 1, 1))
SECOND_GOOD = dict.fromkeys(POLICIES, ("yes", 2, 1))
REFUSED = dict.fromkeys(POLICIES, ("no", 1, 0))
COPY_CAME_BEFORE = dict.fromkeys(POLICIES, ("maybe", 1, 0))
COPY_RAN_BEFORE = dict.fromkeys(POLICIES, ("maybe", 1, 1))
REQUEST_LOST = {"certain": ("maybe", 1, 0), "at_most_once": ("yes", 2, 1), "idempotent": ("yes", 2, 1)}
ANSWER_LOST = {"certain": ("maybe", 1, 1), "at_most_once": ("maybe", 2, 1), "idempotent": ("yes", 2, 2)}
NONCE_LOST = {"certain": ("maybe", 1, 0), "at_most_once": ("maybe", 2, 0), "idempotent": ("yes", 2, 1)}

FAULTS = [
    (None, ALL_GOOD),
    ({"kind": "latency", "seconds": 0.02}, ALL_GOOD),
    ({"kind": "drop-before"}, REQUEST_LOST),
    ({"kind": "drop-after"}, ANSWER_LOST),
    ({"kind": "reset"}, REQUEST_LOST),
    ({"kind": "reset-after"}, ANSWER_LOST),
    ({"kind": "bad-gateway"}, REQUEST_LOST),
    ({"kind": "bad-gateway-after"}, ANSWER_LOST),
    ({"kind": "proxy-after", "status": 408, "text": "<p>The upstream <code>live</code> was slow</p>"}, ANSWER_LOST),
    ({"kind": "proxy-after", "status": 408, "text": '{"code":408,"message":"slow"}', "value": "application/json"},
     ANSWER_LOST),
    ({"kind": "proxy-after", "status": 499, "text": '{"status":499,"code":"closed","requestId":"1"}',
      "value": "application/problem+json", "retry_after": 50}, ANSWER_LOST),
    ({"kind": "proxy-after", "status": 500, "text": '{"Code":"IncorrectCasterStatus","RequestId":"1"}',
      "value": "application/json", "retry_after": 50}, ANSWER_LOST),
    (MOVED, REQUEST_LOST),
    ({**MOVED, "status": 307}, REQUEST_LOST),
    ({**MOVED, "status": 308}, REQUEST_LOST),
    ({"kind": "service-unavailable"}, REQUEST_LOST),
    ({"kind": "throttle"}, SECOND_GOOD),
    ({"kind": "throttle", "retry_after": 10, "status": 429, "headers": "old"}, SECOND_GOOD),
    ({"kind": "throttle", "retry_after": 10, "status": 503, "code": "Throttling"}, SECOND_GOOD),
    ({"kind": "error", "code": "InternalError"}, NONCE_LOST),
    ({"kind": "error", "code": "InternalError", "after": True}, ANSWER_LOST),
    ({"kind": "error", "code": "SignatureNonceUsed", "status": 400}, COPY_CAME_BEFORE),
    ({"kind": "error", "code": "Forbidden.RAM", "status": 403}, REFUSED),
    ({"kind": "resent"}, COPY_RAN_BEFORE),
    ({"kind": "stale"}, ALL_GOOD),
    ({"kind": "stale-after"}, ALL_GOOD),
    ({"kind": "close"}, ALL_GOOD),
    ({"kind": "truncate", "bytes": 0}, ANSWER_LOST),
    ({"kind": "truncate", "bytes": 20}, ANSWER_LOST),
    ({"kind": "short-body", "bytes": 20}, ANSWER_LOST),
    ({"kind": "empty"}, ANSWER_LOST),
    ({"kind": "garbage"}, ANSWER_LOST),
    ({"kind": "html"}, ANSWER_LOST),
    ({"kind": "big", "bytes": 1500}, ALL_GOOD),
    ({"kind": "big", "bytes": 100_000}, ANSWER_LOST),
    ({"kind": "gzip"}, ANSWER_LOST),
    ({"kind": "chunked"}, ALL_GOOD),
    ({"kind": "drip", "pause": 0}, ALL_GOOD),
    ({"kind": "content-type", "value": None}, ALL_GOOD),
    ({"kind": "date", "value": "yesterday"}, ALL_GOOD),
    ({"kind": "no-date"}, ALL_GOOD),
    ({"kind": "age", "value": "60"}, ALL_GOOD),
    ({"kind": "header", "name": "connection", "value": "close"}, ALL_GOOD),
    ({"kind": "raw", "text": "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n"}, ANSWER_LOST),
    ({"kind": "raw", "text": "not HTTP at all\r\n\r\n"}, ANSWER_LOST),
]
# Over TLS the end of the connection alone proves nothing.
PLAIN_FAULTS = [({"kind": "until-close"}, ALL_GOOD)]
# The answer takes longer than the call has.
SLOW_FAULTS = [{"kind": "latency", "seconds": 10}, {"kind": "stall", "bytes": 20, "pause": 10},
               {"kind": "drip", "pause": 0.1}]


class Gateway:
    """The stand-in in this process, so that what it executed can be asked for."""

    studios = itertools.count()

    def __init__(self, tls_name=None, tls=True):
        context, self.ca_file = gateway.tls_context(types.SimpleNamespace(
            tls_name=tls_name, tls_expired=False, ca_file=None))
        self.service = service.Service("testid", "testsecret", "", {}, 0, 0, "new", 0, 1)
        self.stand_in = gateway.StandIn(self.service, [], context if tls else None, 0)
        self.url = self.stand_in.url
        threading.Thread(target=self.stand_in.accept_forever, daemon=True).start()

    def plan(self, planned, clock_offset=0):
        """A new studio; what comes late of an earlier call is none of its business."""
        studio = f"studio-{next(self.studios)}"
        with self.service.lock:
            self.service.studios.states[studio] = "streaming"
            self.service.clock_offset = clock_offset
            self.stand_in.planned.clear()
            self.stand_in.planned.extend(planned)
            self.stand_in.requests.clear()
        return studio

    def restarts(self, studio):
        return self.service.studios.executions.get(studio, {}).get("RestartCaster", 0)


class Program:
    """A program of calls.hpp, kept for many calls."""

    def __init__(self, path, argument):
        clean = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        self.process = subprocess.Popen([path, argument], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env=clean)

    def call(self, url, policy, placement, studio, time_limit_ms=PATIENT_MS):
        """What is said to have run, how many exchanges it took, how many milliseconds, and the sentence."""
        print(url, policy, placement, studio, time_limit_ms, file=self.process.stdin, flush=True)
        ran, exchanges, took_ms, sentence = self.process.stdout.readline().rstrip("\n").split(" ", 3)
        return ran, int(exchanges), int(took_ms), sentence

    def end(self):
        self.process.communicate()
        return self.process.returncode


def setUpModule():
    global GATEWAYS, ELSEWHERE
    GATEWAYS = {"http": Gateway(tls=False), "https": Gateway()}
    ELSEWHERE = Gateway("elsewhere.invalid")


def tearDownModule():
    for server in [*GATEWAYS.values(), ELSEWHERE]:
        os.unlink(server.ca_file)


class Calls(unittest.TestCase):
    def each(self, policies=POLICIES, placements=PLACEMENTS):
        """Every program over HTTP and TLS, under every policy, with the parameters in every place."""
        for path, (scheme, server) in itertools.product(PROGRAMS, GATEWAYS.items()):
            if scheme == "https" and pathlib.Path(path).name == "socket_calls":
                continue
            program = Program(path, server.ca_file)
            for policy, placement in itertools.product(policies, placements):
                yield f"{pathlib.Path(path).name}, {scheme}, {policy}, {placement}", server, program, policy, placement
            self.assertEqual(program.end(), 0)

    def hold_true(self, ran, restarts, policy):
        if policy != "idempotent":
            self.assertLessEqual(restarts, 1, "restarted twice")
        if ran != "maybe":
            self.assertEqual(restarts > 0, ran == "yes", "said to have run")

    def test_every_fault_has_its_row(self):
        rows = [fault for fault, _ in FAULTS + PLAIN_FAULTS] + SLOW_FAULTS
        self.assertEqual({fault["kind"] for fault in rows if fault}, set(faults.KINDS))

    def test_a_fault_met_once(self):
        for case, server, program, policy, placement in self.each():
            for fault, outcome in FAULTS + (PLAIN_FAULTS if server.url.startswith("http:") else []):
                with self.subTest(case=case, fault=fault):
                    studio = server.plan([fault])
                    ran, exchanges, _, sentence = program.call(server.url, policy, placement, studio)
                    self.assertEqual((ran, exchanges, server.restarts(studio)), outcome[policy], sentence)
                    self.hold_true(ran, server.restarts(studio), policy)
                    self.assertEqual(len(server.stand_in.requests), exchanges, "requests that the gateway saw")
                    made = server.service.calls[-1]
                    self.assertEqual((made["method"], made["placement"]), PLACEMENTS[placement])

    def test_a_fault_that_stays(self):
        for case, server, program, policy, placement in self.each():
            for fault, outcome in FAULTS:
                with self.subTest(case=case, fault=fault):
                    studio = server.plan([fault] * ATTEMPTS)
                    ran, exchanges, _, sentence = program.call(server.url, policy, placement, studio)
                    self.hold_true(ran, server.restarts(studio), policy)
                    self.assertEqual(len(server.stand_in.requests), exchanges, "requests that the gateway saw")
                    if outcome in (ALL_GOOD, REFUSED, COPY_CAME_BEFORE, COPY_RAN_BEFORE) or policy == "certain":
                        self.assertEqual(exchanges, ATTEMPTS if outcome is SECOND_GOOD else 1, sentence)
                    if outcome is SECOND_GOOD:
                        self.assertEqual((ran, exchanges), ("no", ATTEMPTS), sentence)
                    if outcome is REQUEST_LOST and policy != "certain":
                        self.assertEqual((ran, exchanges), ("maybe", ATTEMPTS), sentence)

    def test_an_answer_that_takes_longer_than_the_call_has(self):
        for case, server, program, policy, placement in self.each(["idempotent"], ["post_form"]):
            for fault in SLOW_FAULTS:
                with self.subTest(case=case, fault=fault):
                    studio = server.plan([fault] * ATTEMPTS)
                    ran, _, took_ms, sentence = program.call(server.url, policy, placement, studio, HASTY_MS)
                    self.assertEqual(ran, "maybe", sentence)
                    self.assertLess(took_ms, 5000)

    def test_what_never_left_is_tried_again_and_did_not_run(self):
        for case, server, program, policy, placement in self.each(placements=["post_form"]):
            studio = ELSEWHERE.plan([])
            for url in ["http://127.0.0.1:1", ELSEWHERE.url]:
                with self.subTest(case=case, url=url):
                    ran, exchanges, _, sentence = program.call(url, policy, placement, studio)
                    self.assertEqual((ran, exchanges), ("no", ATTEMPTS), sentence)
                    self.assertEqual(ELSEWHERE.stand_in.requests, [])

    def test_a_wrong_clock_is_set_right_by_an_answer_that_can_be_believed(self):
        for case, server, program, policy, placement in self.each(placements=["post_form"]):
            with self.subTest(case=case):
                studio = server.plan([], clock_offset=3600)
                ran, exchanges, _, sentence = program.call(server.url, policy, placement, studio)
                believed = server.url.startswith("https:")
                self.assertEqual((ran, exchanges), ("yes", 2) if believed else ("no", 1), sentence)
                self.hold_true(ran, server.restarts(studio), policy)

    def test_a_connection_that_goes_stale_is_not_met_again(self):
        for case, server, program, policy, placement in self.each():
            for kind in ["stale", "stale-after", "close"]:
                with self.subTest(case=case, kind=kind):
                    for planned in [[{"kind": kind}], []]:
                        studio = server.plan(planned)
                        ran, exchanges, _, sentence = program.call(server.url, policy, placement, studio)
                        self.assertEqual((ran, exchanges, server.restarts(studio)), ("yes", 1, 1), sentence)
                        self.assertEqual(len(server.stand_in.requests), 1)


class KeptConnection(unittest.TestCase):
    """What the switches of curl_transport are for: with its defaults libcurl sends a request again by itself when a
    kept connection closes under it. The gateway sees two copies of one exchange; what is said is true even so."""

    def test_libcurl_sends_again_over_a_connection_that_went_stale(self):
        server = GATEWAYS["http"]
        for path in PROGRAMS:
            if pathlib.Path(path).name != "curl_calls":
                continue
            for kind, policy, placement in itertools.product(["stale", "stale-after"], POLICIES, PLACEMENTS):
                with self.subTest(kind=kind, policy=policy, placement=placement):
                    program = Program(path, "kept")
                    self.assertEqual(program.call(server.url, policy, placement, server.plan([{"kind": kind}]))[:2],
                                     ("yes", 1))
                    studio = server.plan([])
                    ran, exchanges, _, sentence = program.call(server.url, policy, placement, studio)
                    copies = len(server.stand_in.requests)
                    self.assertEqual((exchanges, copies, server.restarts(studio)), (1, 2, 1), sentence)
                    self.assertEqual(ran, "yes" if kind == "stale" else "maybe", sentence)
                    self.assertEqual(program.end(), 0)


if __name__ == "__main__":
    if not PROGRAMS:
        sys.exit("usage: calls_test.py PROGRAM...")
    unittest.main(argv=sys.argv[:1])
