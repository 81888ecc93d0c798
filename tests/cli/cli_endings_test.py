#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""However a run ends, its account is true: signals, no memory, nobody to tell, and what cannot work at all.

Source: the stand-in gateway's own account of what it executed; signal(7); RFC 6761 (.invalid). Usage:
cli_endings_test.py PATH_OF_RESTARTCASTER
"""

import json
import os
import pathlib
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import types

sys.dont_write_bytecode = True                              # the source tree stays as it is

import harness
from harness import *

# All that end a program by default and can be caught, but for SIGPIPE, SIGXFSZ (a write that fails) and SIGINT,
# SIGTERM (cli_studios_test.py); two stand for the real-time signals. A sanitizer takes the second row for itself.
ENDING = ["HUP", "QUIT", "ABRT", "ALRM", "USR1", "USR2", "VTALRM", "PROF", "XCPU", "IO", "PWR", "STKFLT", "RTMIN", "RTMAX"]
FAULTS = ["ILL", "TRAP", "BUS", "FPE", "SEGV", "SYS"]


def sanitized():
    return b"__asan_init" in pathlib.Path(harness.binary).read_bytes()


class Signals(ListCase):
    def test_every_signal_that_would_end_the_run_lets_calls_that_are_out_finish_and_the_account_is_told(self):
        for name in ENDING + ([] if sanitized() else FAULTS):
            number = getattr(signal, f"SIG{name}", None)    # some systems lack some
            if number is None:
                continue
            with self.subTest(name):
                PLAIN.reset(*[{"kind": "latency", "seconds": 0.5}] * 40)
                names = studios(40)
                process = self.begin(PLAIN, *names)
                self.interrupt(process, number)
                done = self.end(process)
                told = self.check_account(done, names)
                self.assertEqual({name for name, word, *_ in told if word == "done"}, set(executed(PLAIN)))
                self.assertEqual((done.status, done.err), (INTERRUPTED, ""))

    def test_two_of_them_give_up_what_is_out(self):
        PLAIN.reset(*[{"kind": "latency", "seconds": 30}] * 40)
        names = studios(40)
        process = self.begin(PLAIN, *names, "--timeout", "60")
        self.interrupt(process, signal.SIGHUP, signal.SIGQUIT)
        done = self.end(process)
        told = self.check_account(done, names)
        self.assertEqual({word for _, word, *_ in told}, {"unknown", "not sent"})
        self.assertEqual(done.status, UNKNOWN)

    def test_one_studio_is_told_of_after_a_signal_too(self):
        PLAIN.reset({"kind": "throttle", "retry_after": 50_000})
        process = self.begin(PLAIN, LIVE)
        self.interrupt(process, signal.SIGHUP, sent=1)
        done = self.end(process)
        self.assertRegex(done.err, r"\Arestartcaster: refused with Throttling\.User: .*RestartCaster did not run")
        self.assertEqual((done.status, done.out, PLAIN.executed()), (INTERRUPTED, "", 0))

    def test_what_is_ignored_at_the_start_stays_ignored(self):
        PLAIN.reset(*[{"kind": "latency", "seconds": 0.5}] * 8)
        names = studios(8)
        process = self.begin(PLAIN, *names, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        self.interrupt(process, signal.SIGHUP)
        done = self.end(process)
        self.assertEqual((done.status, executed(PLAIN)), (DONE, dict.fromkeys(names, 1)))


class Memory(ListCase):
    def test_a_run_without_memory_ends_with_a_true_account(self):
        if sanitized():
            self.skipTest("the sanitizer has an allocator of its own")
        with tempfile.TemporaryDirectory() as folder:
            shim = os.path.join(folder, "no_memory.so")
            subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC",
                            pathlib.Path(__file__).with_name("no_memory.c"), "-o", shim], check=True)

            def run(allocations):
                PLAIN.reset()
                names = studios(6)
                environment = {"LD_PRELOAD": shim, "ALLOCATIONS": str(allocations)}
                return names, self.end(self.begin(PLAIN, "--pace", "100", *names, environment=environment))

            enough = 256
            while run(enough)[1].status != DONE:
                enough *= 2
            statuses = set()
            for allocations in range(enough // 2, enough, enough // 60):
                with self.subTest(allocations):
                    names, done = run(allocations)
                    statuses.add(done.status)
                    if aborted_by_openssl(done): # nobody can write a report then, and there must be nothing to tell
                        self.assertEqual(done.out, "")
                        self.nothing_sent()
                        continue
                    if done.out == "":
                        self.assertRegex(done.err, "nothing was sent|is not set")
                        self.nothing_sent()
                        continue
                    told, _ = account(done.out)
                    truth = executed(PLAIN)
                    self.assertEqual([line[0] for line in told], names)
                    for name, word, _, again in told:
                        self.assertEqual(again, word == "not sent", name)
                        self.assertIn(word, ("done", "unknown") if name in truth else ("not sent", "unknown"), name)
            self.assertGreater(len(statuses), 1, "memory was never short")


class NobodyToTell(ListCase):
    def restarts_to(self, stdout, *arguments, **more):
        done = self.end(self.begin(PLAIN, *arguments, stdout=stdout, **more))
        first, *rest = done.err.splitlines()
        self.assertEqual(first, "restartcaster: standard output could not be written; the report goes on here")
        return done, *account("\n".join(rest))

    def test_the_exit_status_of_lost_output_says_what_became_of_the_studios(self):
        refused = socket.create_server(("127.0.0.1", 0))
        nobody = types.SimpleNamespace(url="http://127.0.0.1:%d" % refused.getsockname()[1], ca_file=None)
        refused.close()
        with open("/dev/full", "wb") as full:
            for gateway, names, status in ((nobody, ["a", "b"], NOT_SENT), (PLAIN, ["a", "b"], REFUSED),
                                           (PLAIN, [LIVE, "a"], OUTPUT_LOST)):
                with self.subTest(names, status=status):
                    done = self.end(self.begin(gateway, *names, *ONCE, stdout=full))
                    first, *rest = done.err.splitlines()
                    self.assertIn("the report goes on here", first)
                    told, summary = account("\n".join(rest))
                    self.assertEqual([line[0] for line in told], names)
                    self.assertRegex(summary, f" {1 if status == OUTPUT_LOST else 0} done, ")
                    self.assertEqual(done.status, status)
            self.assertEqual(self.end(self.begin(PLAIN, "a", *ONCE, stdout=full)).status, REFUSED)

    def test_a_lost_request_id_is_told_on_standard_error(self):
        with open("/dev/full", "wb") as full:
            done = self.end(self.begin(PLAIN, LIVE, stdout=full))
        self.assertRegex(done.err, r"\Arestartcaster: done, but standard output could not be written; request id [-\w]{36}\n\Z")
        self.assertEqual((done.status, PLAIN.executed()), (OUTPUT_LOST, 1))

    def test_a_standard_output_that_is_closed_is_lost_and_no_socket_takes_its_place(self):
        names = studios(3)
        done, told, _ = self.restarts_to(None, *names, preexec_fn=lambda: os.close(1))
        self.assertEqual([line[0] for line in told], names)
        self.assertEqual({name: 1 for name, word, *_ in told if word == "done"}, executed(PLAIN))
        self.assertEqual(done.status, OUTPUT_LOST)
        done = self.end(self.begin(PLAIN, LIVE, stdout=None, preexec_fn=lambda: os.close(1)))
        self.assertIn("standard output could not be written; request id", done.err)
        for command in (["sign", "Action=A"], ["--help"], ["version"]):
            done = subprocess.run([harness.binary, *command], env=variables({}), stderr=subprocess.PIPE,
                                  preexec_fn=lambda: os.close(1))
            self.assertEqual(done.returncode, OUTPUT_LOST)

    def test_a_standard_input_or_error_that_is_closed_takes_nothing_away(self):
        names = studios(3)

        def close():
            os.close(0)
            os.close(2)
        done = self.end(self.begin(PLAIN, *names, stdin=None, stderr=None, preexec_fn=close))
        self.assertEqual([line[:2] for line in account(done.out)[0]], [(name, "done") for name in names])
        done = self.end(self.begin(PLAIN, "-", stdin=None, preexec_fn=lambda: os.close(0)))
        self.assertIn("standard input could not be read; nothing was sent", done.err)
        self.assertEqual(done.status, USAGE)

    def test_a_file_at_its_limit_is_lost_output(self):
        names = studios(8)
        with tempfile.TemporaryFile() as file:
            process = self.begin(PLAIN, *names, stdout=file,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))
            done = self.end(process)
            file.seek(0)
            written = file.read().decode()
        self.assertIn("standard output could not be written; the report goes on here", done.err)
        told = account("\n".join(done.err.splitlines()[1:]))[0]
        self.assertEqual({line.split("\t")[0].removeprefix("# ") for line in written.splitlines()} |
                         {line[0] for line in told}, set(names))
        self.assertEqual(done.status, OUTPUT_LOST)


class Hopeless(ListCase):
    """What cannot work is not tried for long, and is named once for the whole run, with what to do."""

    def named_once(self, endpoint, told, attempts):
        names = studios(30)
        gateway = types.SimpleNamespace(url=endpoint, ca_file=None)
        for options in ([], ["--pace", "1"]):               # several studios at once, and one after the other
            done = self.restart_list(gateway, "-", "--json", *options, text=lines(names))
            *read, last = map(json.loads, done.out.splitlines())
            self.assertEqual([line["id"] for line in read], names)
            self.assertEqual(sum(re.search(told, line["message"]) is not None for line in read), 1, done.out)
            for line in read:
                self.assertEqual((line["outcome"], line["ran"], line["again"]), ("not sent", "no", True))
                self.assertIn("RestartCaster did not run", line["message"])
                self.assertLessEqual(line["attempts"], attempts)
            self.assertEqual((last["summary"]["not_sent"], done.status), (30, NOT_SENT))
        self.assertEqual(sum(line["attempts"] for line in read), attempts, "only the first studio was tried")

    def test_an_unknown_authority(self):
        self.named_once(TLS.url, "unknown authority .* --ca-file names an authority of your own, then call again", 1)

    def test_a_host_name_that_is_not_found(self):
        self.named_once("https://no-such-host.invalid", "check --endpoint, --region and .*name server", 3)

    def test_nobody_listens_at_the_endpoint(self):
        names = studios(30)
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        gateway = types.SimpleNamespace(url=f"http://127.0.0.1:{port}", ca_file=None)
        done = self.restart_list(gateway, "-", *ONCE, "--pace", "1", text=lines(names))
        told, _ = account(done.out)
        self.assertEqual([line[0] for line in told], names)
        self.assertEqual(["not begun" in line[2] for line in told], [False] * 3 + [True] * 27,
                         "the run ends after three studios in a row")
        self.assertEqual(done.status, NOT_SENT)

    def test_studios_that_are_refused_one_after_the_other_end_nothing(self):
        PLAIN.reset(*[{"kind": "throttle"}] * 6)
        names = studios(6)
        done = self.restart_list(PLAIN, "-", *ONCE, "--pace", "50", text=lines(names))
        self.assertEqual((len(PLAIN.requests()), done.status), (6, THROTTLED))

    def test_a_file_of_authorities_without_a_certificate_is_named_before_anything(self):
        with tempfile.NamedTemporaryFile(suffix=".pem") as empty:
            for file in (empty.name, "/nonexistent.pem", "/"):
                for options, environment, name in ((["--ca-file", file], {}, "--ca-file"),
                                                   ([], {"CURL_CA_BUNDLE": file}, "CURL_CA_BUNDLE"),
                                                   ([], {"SSL_CERT_FILE": file}, "SSL_CERT_FILE")):
                    with self.subTest(file, name=name):
                        gateway = types.SimpleNamespace(url="https://127.0.0.1:1", ca_file=None)
                        process = self.begin(gateway, *options, "-", environment=environment)
                        process.wait(60)                        # although the list has no end yet
                        done = self.end(process)
                        self.assertRegex(done.err, rf"\Arestartcaster: not sent, {name}: .*RestartCaster did not run; the file holds "
                                                   r"no certificate that can be read.*\n\Z")
                        self.assertEqual((done.status, done.out), (NOT_SENT, ""))
        self.restarts(PLAIN, LIVE, CURL_CA_BUNDLE="/nonexistent.pem")    # plain http needs none


def setUpModule():
    global PLAIN, TLS
    PLAIN, TLS = harness.start(), harness.start("--tls")


def tearDownModule():
    harness.stop_all()


if __name__ == "__main__":
    harness.main()
