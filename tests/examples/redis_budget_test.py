#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Eight processes share one account's budget of calls over a real Redis server, which goes away and comes back: turns are
handed out at the pace of the budget, no call comes before its turn, and every studio restarts once.

On a busy machine a process may be held up between its turn and its call. Such a call is late, and two late calls may
meet the gateway's limit; the throttled one did not run and is made again. No test here depends on when a process runs.

Source: the vendor's table of limits (10 calls in any second, account and operation); examples/redis_budget.hpp.
Usage: redis_budget_test.py PROGRAM
"""

import collections
import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "standin"))

import gateway
import service

LIMIT = 10
PROCESSES = 8
SPACING_MS = 113                                            # nine in a second and a hundredth
ALONE_S = 1.25
ENVIRONMENT = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret"}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Redis:
    """A server without persistence, killed at the end."""

    def __init__(self, port):
        self.port = port

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
             "--dir", self.folder.name], stdout=subprocess.DEVNULL)
        while self.process.poll() is None:
            with contextlib.suppress(OSError):
                if self.ask("PING") == "+PONG\r\n":
                    return self
            time.sleep(0.02)
        raise OSError("redis-server ended")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()

    def ask(self, command):
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(command.encode() + b"\r\nQUIT\r\n")
            said = b""
            while piece := connection.recv(65536):
                said += piece
        return said.decode().removesuffix("+OK\r\n")

    @contextlib.contextmanager
    def turns(self):
        """A list that fills with the moments from which on the next turn is free, as the script sets them; in ms."""
        moments = []

        def watch(source):
            for line in source:
                if found := re.search(rb'lua\] "SET" "restartcaster:my-account:RestartCaster" "(\d+)" "PX"', line, re.I):
                    moments.append(int(found[1]))

        with socket.create_connection(("127.0.0.1", self.port)) as monitor, monitor.makefile("rb") as source:
            monitor.sendall(b"MONITOR\r\n")
            source.readline()
            watcher = threading.Thread(target=watch, args=(source,), daemon=True)
            watcher.start()
            yield moments
            self.ask("SET end 1")
            monitor.sendall(b"QUIT\r\n")
            watcher.join(60)


def drip(connection, text, pause):
    """A byte at a time, for two minutes."""
    began = time.monotonic()
    while time.monotonic() - began < 120:
        for byte in text:
            connection.sendall(bytes([byte]))
            time.sleep(pause)


# What may stand where a reply should, and goes on for longer than anybody waits.
NO_REPLIES = [
    lambda connection: drip(connection, b":1" + b"0" * 2000, 0.15),
    lambda connection: drip(connection, b"+OK", 0.15),
    lambda connection: drip(connection, b"*1\r\n", 0.15),
    lambda connection: drip(connection, b"0" * 2000, 0),
    lambda connection: connection.sendall(b"*2000000000\r\n"),
    lambda connection: connection.sendall(b"$536870912\r\n"),
    lambda connection: connection.sendall(b"-ERR no such command\r\n"),
    lambda connection: connection.sendall(b"$2\r\n10\r\n"),
    lambda connection: connection.sendall(b":x\r\n"),
    lambda connection: connection.sendall(b":\r\n"),
    lambda connection: connection.sendall(b":99999999999999999999\r\n"),
    lambda connection: connection.sendall(b":0\r\n:0\r\n"),
]


class NoRedis:
    """Accepts, and does that instead of answering."""

    def __init__(self, instead):
        self.listener, self.instead = socket.create_server(("127.0.0.1", 0)), instead
        threading.Thread(target=self._accept_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _accept_forever(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            connection.recv(65536)
            self.instead(connection)
            while connection.recv(65536):
                pass


class Budget(unittest.TestCase):
    def setUp(self):
        self.port = free_port()
        self.service = service.Service("testid", "testsecret", "", {}, LIMIT, 0, "new", 0, 1)
        self.stand_in = gateway.StandIn(self.service, [], None, 0)
        threading.Thread(target=self.stand_in.accept_forever, daemon=True).start()

    def start(self, processes, studios):
        """Processes with so many studios each."""
        clean = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        self.names = [[f"studio-{process}-{at}" for at in range(studios)] for process in range(processes)]
        self.service.studios.states.update((name, "streaming") for names in self.names for name in names)
        self.running = [subprocess.Popen([sys.argv[1], self.stand_in.url, f"127.0.0.1:{self.port}", *names],
                                         env={**clean, **ENVIRONMENT}, text=True, stdout=subprocess.PIPE,
                                         stderr=subprocess.PIPE) for names in self.names]
        for process in self.running:
            self.addCleanup(process.kill)

    def comes_not_before(self, moments):
        """The calls in their order, each held against the earliest moment that the call of this number may have."""
        for at, (call, moment) in enumerate(zip(self.service.calls, moments)):
            self.assertGreater(call["time"], moment - 0.002, f"call {at} came early")  # clocks in whole milliseconds

    def wait_for_calls(self, count):
        while len(self.service.calls) < count and any(process.poll() is None for process in self.running):
            time.sleep(0.005)

    def all_done_once(self):
        for process in self.running:
            printed, said = process.communicate(timeout=120)
            self.assertEqual((process.returncode, said), (0, ""), printed)
        codes = collections.Counter(call["code"] for call in self.service.calls)
        codes.pop("Throttling.User", 0)
        self.assertEqual(codes, {None: sum(map(len, self.names))})
        self.assertEqual(self.service.studios.executions,
                         {name: {"RestartCaster": 1} for names in self.names for name in names})

    def test_eight_processes_keep_to_one_budget(self):
        with Redis(self.port) as redis, redis.turns() as free_after:
            self.start(PROCESSES, 8)
            self.all_done_once()
        self.assertGreater(len(free_after), PROCESSES)
        for one, next_one in zip(free_after, free_after[1:]):
            self.assertGreaterEqual(next_one - one, SPACING_MS)
        if len(free_after) < len(self.service.calls):
            return print("Redis itself was held up: a process went on alone, without a turn", file=sys.stderr)
        self.comes_not_before([(free - SPACING_MS) / 1000 for free in free_after])

    def test_a_process_alone_makes_a_call_every_so_often(self):
        began = time.time()
        self.start(1, 4)
        self.all_done_once()
        self.comes_not_before([began + at * ALONE_S for at in range(4)])

    def test_each_goes_on_alone_when_redis_dies(self):
        with Redis(self.port) as redis:
            self.start(PROCESSES, 4)
            self.wait_for_calls(10)
            redis.process.kill()
            self.all_done_once()

    def test_each_goes_on_alone_when_redis_accepts_and_says_nothing(self):
        with Redis(self.port) as redis:
            redis.process.send_signal(signal.SIGSTOP)
            self.start(PROCESSES, 3)
            self.all_done_once()

    def test_each_goes_on_alone_when_something_else_comes_than_a_reply(self):
        for at, instead in enumerate(NO_REPLIES):
            with self.subTest(at=at), NoRedis(instead) as redis:
                self.port = redis.listener.getsockname()[1]
                self.service.reset()
                began = time.monotonic()
                self.start(1, 2)
                self.all_done_once()
                self.assertLess(time.monotonic() - began, 60)

    def test_a_redis_that_comes_back_is_asked_again(self):
        self.start(1, 6)
        self.wait_for_calls(2)
        with Redis(self.port) as redis, redis.turns() as free_after:
            self.all_done_once()
        self.assertTrue(free_after)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: redis_budget_test.py PROGRAM")
    if not os.path.exists(sys.argv[1]) or not shutil.which("redis-server"):
        print("SKIPPED: needs hiredis and a Redis server (apt-get install libhiredis-dev redis-server)")
        sys.exit(1 if os.environ.get("CI") == "true" else 77)
    unittest.main(argv=sys.argv[:1], verbosity=2)
