#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the example programs against the stand-in gateway, over HTTP and HTTPS, with every fault that it knows.

Source: the transport contract in include/restartcaster/message/transport.hpp; tests/standin.
Data flow: run_examples.py DIR, the folder of the built examples; an example that is not there is skipped aloud.
"""

import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import types

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "standin"))

import gateway
import service

LIVE, IDLE, VIRTUAL = "live-1", "idle-1", "virtual-1"
STUDIOS = {LIVE: "streaming", IDLE: "idle", VIRTUAL: "virtual"}
TRANSPORTS = ["curl", "cpp_httplib", "beast", "posix_socket"]
DRIVERS = ["beast_coroutine", "beast_callbacks", "superloop"]  # of the call machine: they try again where that is safe
WITHOUT_TLS = ["posix_socket", "readme", "superloop"]
ENVIRONMENT = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret"}

# What a person is told, in the words of describe().
LOOK = r"RestartCaster may have run; find out the present state before you call again\."
NO_ANSWER = r"no answer, (\S.*: )?the request was sent and no whole answer came"
UNREADABLE = r"no readable answer, "

# fault: what is told (None: the request id is printed), how often the studio restarts
FAULTS = [
    (None, None, 1),
    ({"kind": "latency", "seconds": 0.3}, None, 1),
    ({"kind": "drop-before"}, NO_ANSWER + r"\. " + LOOK, 0),
    ({"kind": "drop-after"}, NO_ANSWER + r"\. " + LOOK, 1),
    ({"kind": "reset"}, NO_ANSWER + r"\. " + LOOK, 0),
    ({"kind": "reset-after"}, NO_ANSWER + r"\. " + LOOK, 1),
    ({"kind": "bad-gateway"}, UNREADABLE + r".* \(HTTP 502\)\. " + LOOK, 0),
    ({"kind": "bad-gateway-after"}, UNREADABLE + r".* \(HTTP 502\)\. " + LOOK, 1),
    ({"kind": "redirect", "location": "{url}/?moved"}, UNREADABLE + r".* \(HTTP 302\)\. ", 0),
    ({"kind": "redirect", "location": "{url}/?moved", "status": 307}, UNREADABLE + r".* \(HTTP 307\)\. ", 0),
    ({"kind": "redirect", "location": "{url}/?moved", "status": 308}, UNREADABLE + r".* \(HTTP 308\)\. ", 0),
    ({"kind": "service-unavailable"}, r"refused with ServiceUnavailable: .* \(HTTP 503\)\. " + LOOK, 0),
    ({"kind": "throttle", "retry_after": 300},
     r"refused with Throttling\.User: Request was denied due to user flow control\. \(HTTP 400\)\. RestartCaster did not run; "
     r".*wait, then call again \(after 300 ms\)\.", 0),
    ({"kind": "throttle", "retry_after": 200, "status": 429, "headers": "old"},
     r"refused with Throttling\.User: .* \(HTTP 429\)\. RestartCaster did not run; .*wait.*\(after 200 ms\)\.", 0),
    ({"kind": "error", "code": "InternalError", "after": True}, r"refused with InternalError: .* \(HTTP 500\)\. " + LOOK,
     1),
    ({"kind": "error", "code": "SignatureNonceUsed", "status": 400}, r"refused with SignatureNonceUsed: .*" + LOOK, 0),
    ({"kind": "error", "code": "Forbidden.RAM", "status": 403, "message": "no\u0085\u001b[31m"},
     r"refused with Forbidden\.RAM: no\?\?\[31m \(HTTP 403\)\. RestartCaster did not run; ask the account's owner", 0),
    ({"kind": "stale"}, None, 1),
    ({"kind": "close"}, None, 1),
    ({"kind": "truncate", "bytes": 20}, NO_ANSWER + r" \(HTTP 200\)\. " + LOOK, 1),
    ({"kind": "truncate", "bytes": 0}, NO_ANSWER + r" \(HTTP 200\)\. " + LOOK, 1),
    ({"kind": "short-body", "bytes": 20}, UNREADABLE + r"the body ends too early \(byte 20\) \(HTTP 200\)\. " + LOOK, 1),
    ({"kind": "empty"}, UNREADABLE + r"the answer has no body \(HTTP 200\)\. " + LOOK, 1),
    ({"kind": "garbage"}, UNREADABLE + r".*\(HTTP 200\)\. " + LOOK, 1),
    ({"kind": "html"}, UNREADABLE + r".*\(HTTP 200\)\. ", 1),
    ({"kind": "big", "bytes": 1500}, None, 1),
    ({"kind": "big", "bytes": 100000},
     r"no answer, (\S.*: )?the answer is longer than the storage left for it.* \(HTTP 200\)\. " + LOOK, 1),
    ({"kind": "gzip"}, UNREADABLE + r"the body is compressed although nobody asked for it \(HTTP 200\)\. " + LOOK, 1),
    ({"kind": "chunked"}, None, 1),
    ({"kind": "drip"}, None, 1),
    ({"kind": "content-type", "value": "text/xml"}, None, 1),
    ({"kind": "content-type", "value": "text/html"}, None, 1),
    ({"kind": "content-type", "value": None}, None, 1),
    ({"kind": "no-date"}, None, 1),
    ({"kind": "raw", "text": "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n"}, NO_ANSWER + r".*" + LOOK, 1),
    ({"kind": "raw", "text": "not HTTP at all\r\n\r\n"}, NO_ANSWER + r".*" + LOOK, 1),
]
# Over TLS the end of the connection alone proves nothing, so a body without a length is asked for in plain only.
PLAIN_FAULTS = [({"kind": "until-close"}, None, 1)]


class Recorder(service.Service):
    """Remembers the request ids that it gave out: what a client prints has to be one of them."""

    def call(self, request, fault):
        answer = super().call(request, fault)
        self.request_ids.append(answer.headers["x-acs-request-id"])
        return answer


class Gateway:
    """The stand-in in this process, so that what it answered can be asked for."""

    def __init__(self, tls=None):
        self.ca_file = None
        if tls:
            options = types.SimpleNamespace(tls_name=tls.get("name"), tls_expired=tls.get("expired"), ca_file=None)
            context, self.ca_file = gateway.tls_context(options)
        self.service = Recorder("testid", "testsecret", "", STUDIOS, 0, 0, "new", 0, 1)
        self.stand_in = gateway.StandIn(self.service, [], context if tls else None, 0)
        self.url = self.stand_in.url
        threading.Thread(target=self.stand_in.accept_forever, daemon=True).start()
        self.reset()

    def reset(self, *planned):
        with self.service.lock:
            self.service.reset()
            self.service.request_ids = []
            self.stand_in.requests.clear()
            self.stand_in.planned.clear()
            self.stand_in.planned.extend(planned)

    def restarts(self):
        return sum(actions.get("RestartCaster", 0) for actions in self.service.studios.executions.values())


class Run:
    def __init__(self, folder):
        self.folder, self.passed, self.failed, self.skipped = folder, 0, 0, 0

    def there(self, name):
        if (self.folder / name).exists():
            return True
        print(f"SKIPPED: {name} is not built")
        self.skipped += 1
        return False

    def check(self, what, *problems):
        problems = [problem for problem in problems if problem]
        self.passed += not problems
        self.failed += bool(problems)
        for problem in problems:
            print(f"FAILED: {what}: {problem}")

    def program(self, name, *arguments, environment=ENVIRONMENT):
        clean = {key: value for key, value in os.environ.items()
                 if not key.startswith("ALIBABA_") and not key.lower().endswith("_proxy")}
        return subprocess.run([self.folder / name, *arguments], env={**clean, **environment}, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=90)

    def refused(self, what, done, told, *problems):
        """One line on standard error that tells this, nothing on standard output, exit status 1, no secret."""
        self.check(what, done.returncode != 1 and f"exit status {done.returncode}",
                   done.stdout and f"printed {done.stdout!r}",
                   not re.fullmatch(told + r"[^\n]*\n", done.stderr) and f"told {done.stderr!r}, expected {told!r}",
                   "testsecret" in done.stderr + done.stdout and "the secret is shown",
                   re.search(r"Signature=|AccessKeyId(=|%3D)", done.stderr) and "the request is shown", *problems)

    def succeeded(self, what, done, server, *problems):
        self.check(what, done.returncode != 0 and f"exit status {done.returncode}: {done.stderr!r}",
                   done.stdout.split() != server.service.request_ids[-1:] and
                   f"printed {done.stdout!r}, the gateway gave {server.service.request_ids}", *problems)


def answers(run, name, server):
    """Success, refusals and every fault over one gateway."""
    what = f"{name} over {server.url.partition(':')[0]}"
    ca = [server.ca_file] if server.ca_file else []
    for fault, told, restarts in FAULTS + ([] if ca else PLAIN_FAULTS):
        if fault and "location" in fault:
            fault = {**fault, "location": fault["location"].format(url=server.url)}
        requests = 1
        waits = name in DRIVERS and fault and fault.get("retry_after")
        if waits:
            told, restarts, requests = None, 1, 2
        server.reset(fault)
        done = run.program(name, server.url, LIVE, *ca)
        problems = [server.restarts() != restarts and f"{server.restarts()} restarts instead of {restarts}",
                    len(server.stand_in.requests) != requests and
                    f"{len(server.stand_in.requests)} requests instead of {requests}"]
        if waits:
            first, last = (server.service.calls[at]["time"] for at in (0, -1))
            problems.append(last - first < waits / 1000 and f"came back after {last - first} s")
        label = f"{what}, {'no fault' if fault is None else fault}"
        if told is None:
            run.succeeded(label, done, server, *problems)
        else:
            run.refused(label, done, told, *problems)
    for studio, told in [(IDLE, r"refused with IncorrectCasterStatus\.Idle: .* \(HTTP 400\)\. RestartCaster did not run; the studio "
                                r"is idle: call StartCaster, .* Request id {id}"),
                         (VIRTUAL, r"refused with InvalidNormType\.Malformed: .* \(HTTP 400\)\. RestartCaster did not run; this kind "
                                   r"of studio does not take this operation\. Request id {id}"),
                         ("absent", r"refused with InvalidCaster\.NotFound: .* \(HTTP 404\)\. RestartCaster did not run; "
                                    r"correct the request.* Request id {id}")]:
        server.reset()
        done = run.program(name, server.url, studio, *ca)
        run.refused(f"{what}, {studio}", done, told.format(id=server.service.request_ids[0]),
                    server.restarts() and "restarted")
    server.reset()
    wrong = {**ENVIRONMENT, "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "another"}
    run.refused(f"{what}, wrong secret", run.program(name, server.url, LIVE, *ca, environment=wrong),
                r"refused with SignatureDoesNotMatch: Specified signature is not matched with our calculation\. .*"
                r"\(HTTP 400\)\. RestartCaster did not run; check the access key", server.restarts() and "restarted")


def hostile_text(run, name, server):
    """A request id that would command a terminal: it is shown without."""
    body = r'{"RequestId":"a\u001b[31m\u0007\n\u202e\u200b\u2028b"}'
    server.reset({"kind": "raw", "text": f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}"})
    done = run.program(name, server.url, LIVE)
    run.check(f"{name}, a hostile request id", done.returncode != 0 and f"exit status {done.returncode}",
              not re.fullmatch(r"a\?\[31m\?\?.*b\n", done.stdout) and f"printed {done.stdout!r}",
              any(ord(c) < 32 for c in done.stdout[:-1]) and f"printed {done.stdout!r}")


def studios_on_air(run, server):
    """The list of studios that are on air, and a start that waits for what the list says."""
    def said(what, wanted, *arguments, status=0, **more):
        done = run.program("on_air", *arguments, **more)
        run.check(f"on_air, {what}", done.returncode != status and f"exit status {done.returncode}: {done.stderr!r}",
                  not re.fullmatch(wanted, done.stdout) and f"printed {done.stdout!r}",
                  "testsecret" in done.stdout + done.stderr and "the secret is shown")
        return done

    server.reset()
    said("the list", f"{LIVE}  .*\n", server.url)
    said("a start of what is on air", "on air already\n", server.url, LIVE)
    said("no such studio", "there is no such studio\n", server.url, "absent", status=1)
    said("a start", "started\n", server.url, IDLE)
    starts = server.service.studios.executions[IDLE].get("StartCaster")
    run.check("on_air, starts", starts != 1 and f"{starts} starts")
    server.reset()
    done = said("a wrong secret", "", server.url, status=1,
                environment={**ENVIRONMENT, "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "another"})
    run.check("on_air, a wrong secret", "DescribeCasters did not run" not in done.stderr and f"told {done.stderr!r}")


def on_air_again(run, server):
    """A restart that takes its time at the stand-in, and the callback that this program posts in place of the service."""
    def port():
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return free.getsockname()[1]

    def post(port, body):
        """Returns the status; None if nobody listens yet."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("POST", "/", body)
            return connection.getresponse().status
        except ConnectionRefusedError:
            return None
        finally:
            connection.close()

    def callback(request_id, caster_id=LIVE):
        return json.dumps({"CasterId": caster_id, "EventType": "OperateCallback",
                           "EventMessage": {"RequestId": request_id, "Code": "Success", "Message": ""}})

    def said(what, wanted, planned=(), studio=LIVE, seconds=1, least=0, most=60, status=0, post_it=None):
        server.reset(*planned)
        server.service.studios.durations["restart"] = {"seconds": seconds} if seconds else {}
        at, began = port(), time.monotonic()
        with subprocess.Popen([run.folder / "beast_on_air", server.url, studio, str(at)], env={**os.environ, **ENVIRONMENT},
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            if post_it:
                while not server.restarts() and process.poll() is None:
                    time.sleep(0.01)
                time.sleep(0.3) # the answer reaches the program
                post_it(at)
            printed, complained = process.communicate(timeout=90)
        took = time.monotonic() - began
        run.check(f"beast_on_air, {what}", process.returncode != status and f"exit status {process.returncode}: {complained!r}",
                  not re.fullmatch(wanted + r"\n", printed) and f"printed {printed!r}",
                  not least <= took <= most and f"took {took} s",
                  server.restarts() > 1 and f"{server.restarts()} restarts")

    again = r"the studio is in the wanted state; the change ran \({}\); on air again \({}\)"
    later = r"StartTime is later than before"
    said("no callback", again.format("as the answer says", later), least=5)
    said("an answer that was lost", again.format(later, later), [None, {"kind": "drop-after"}], least=5)
    said("a virtual studio", "a virtual studio cannot be restarted", studio=VIRTUAL, status=1, most=5)
    said("an idle studio", "the studio is idle: start it", studio=IDLE, status=1, most=5)

    def hostile_and_right(at):
        for body, status in [("{", 400), ("<x/>", 400), ("[" * 5000, 400), (callback("another"), 200),
                             (callback(server.service.request_ids[1], "another"), 200),
                             (callback(server.service.request_ids[1]), 200)]:
            got = post(at, body)
            run.check(f"beast_on_air, the callback {body[:20]}", got != status and f"status {got}")
    # The studio is restarted at once, so that the look after the callback shows it streaming.
    said("a callback", again.format("as the answer says", "(a callback says so|" + later + ")"), seconds=0, most=4,
         post_it=hostile_and_right)


def mistakes(run, name, server):
    """What never leaves the machine."""
    def nothing_sent():
        return server.stand_in.requests and "a request was sent"
    ca = [server.ca_file] if server.ca_file else []
    for variable in ENVIRONMENT:
        server.reset()
        done = run.program(name, server.url, LIVE, *ca, environment={**ENVIRONMENT, variable: ""})
        run.refused(f"{name} without {variable}", done, rf"{variable}: the environment variable is not set",
                    nothing_sent())
    for caster_id, why in [("", "a required value is missing or empty"), (" x", "blanks at an end"),
                           ("x\ny", "a control character")]:
        server.reset()
        done = run.program(name, server.url, caster_id, *ca)
        run.refused(f"{name} with CasterId {caster_id!r}", done, rf"not sent, CasterId: {why}", nothing_sent())
    server.reset()
    run.refused(f"{name} with a path in the endpoint", run.program(name, server.url + "/x", LIVE, *ca),
                "not sent, host: not a host name", nothing_sent())


def no_way_there(run, name, servers):
    told = r"not sent, (\S.*: )?the request was not sent\. RestartCaster did not run; call again\."
    if name in DRIVERS:
        told += r" \(5 attempts, \d+ ms of waiting\)"
    run.refused(f"{name}, nobody listens", run.program(name, "http://127.0.0.1:1", LIVE), told)
    if name in DRIVERS:
        return
    run.refused(f"{name}, no such host", run.program(name, "http://no-such-host.invalid", LIVE), told)
    if name in WITHOUT_TLS:
        run.refused(f"{name}, HTTPS", run.program(name, servers["https"].url, LIVE), told)
        return
    for what, server in servers.items():
        if what in ("http", "https"):
            continue
        server.reset()
        run.refused(f"{name}, {what}", run.program(name, server.url, LIVE, server.ca_file), told,
                    server.stand_in.requests and "a request was sent")
    servers["https"].reset()
    run.refused(f"{name}, unknown CA", run.program(name, servers["https"].url, LIVE), told,
                servers["https"].stand_in.requests and "a request was sent")
    with tempfile.NamedTemporaryFile(suffix=".pem") as empty:
        done = run.program(name, servers["https"].url, LIVE, empty.name)
    run.check(f"{name}, a CA file without a certificate", done.returncode != 1 and f"exit status {done.returncode}",
              done.stdout and f"printed {done.stdout!r}", servers["https"].stand_in.requests and "a request was sent")


def given_up(run, name, server):
    """Ctrl-C while the answer is awaited."""
    server.reset({"kind": "latency", "seconds": 30})
    with subprocess.Popen([run.folder / name, server.url, LIVE], env={**os.environ, **ENVIRONMENT}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not server.restarts() and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        printed, said = process.communicate(timeout=90)
    run.refused(f"{name}, interrupted", subprocess.CompletedProcess(name, process.returncode, printed, said),
                r"no answer, abandoned: the request was sent and no whole answer came\. " + LOOK)


def is_a_driver(run, name):
    """What is promised of the examples that drive the call machine: short, and the superloop without a heap."""
    source = pathlib.Path(__file__).resolve().parents[2] / "examples" / f"{name}.cpp"
    lines = len(source.read_text().splitlines())
    run.check(source.name, lines >= 60 and f"{lines} lines")
    if name == "superloop":
        needed = subprocess.run(["nm", "--undefined-only", run.folder / name], stdout=subprocess.PIPE, check=True,
                                text=True)
        heap = re.findall(r" U (\w*alloc|_Zn\w+)", needed.stdout)
        run.check(name, heap and f"uses {heap}")


def readme_is_current(run):
    """Every piece of C++ in the README stands, word for word, in an example that is built and run."""
    root = pathlib.Path(__file__).resolve().parent.parent.parent
    blocks = re.findall(r"^```cpp\n(.*?)^```", (root / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    examples = ("readme.cpp", "on_air.cpp", "catch2_test.cpp")
    code = "".join((root / "examples" / name).read_text() for name in examples)
    run.check("README.md", not blocks and "shows no program",
              *(f"this is in none of the examples {', '.join(examples)}: {block[:60]!r}" for block in blocks
                if not block.strip() or block not in code))


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: run_examples.py DIR")
    run = Run(pathlib.Path(sys.argv[1]).resolve())
    servers = {"http": Gateway(), "https": Gateway({"name": None}),
               "a certificate for another name": Gateway({"name": "elsewhere.invalid"}),
               "a certificate that expired": Gateway({"expired": True})}
    try:
        for name in filter(run.there, TRANSPORTS + DRIVERS):
            for scheme in ["http"] + ["https"] * (name not in WITHOUT_TLS):
                answers(run, name, servers[scheme])
            hostile_text(run, name, servers["http"])
            mistakes(run, name, servers["http"])
            no_way_there(run, name, servers)
            if name in DRIVERS:
                is_a_driver(run, name)
            if name == "beast_callbacks":
                given_up(run, name, servers["http"])
        if run.there("readme"):
            server = servers["http"]
            port = server.url.rpartition(":")[2]
            server.reset()
            run.succeeded("readme", run.program("readme", LIVE, port), server)
            done = run.program("readme", IDLE, port)
            run.check("readme, idle", done.returncode != 1 and f"exit status {done.returncode}",
                      "call StartCaster" not in done.stdout and f"told {done.stdout!r}")
        if run.there("on_air"):
            studios_on_air(run, servers["http"])
        if run.there("beast_on_air"):
            on_air_again(run, servers["http"])
        readme_is_current(run)
        for name in filter(run.there, ["unit_test", "catch2_test", "googletest_test"]):
            done = run.program(name, environment={})
            run.check(name, done.returncode != 0 and f"exit status {done.returncode}: {done.stdout}",
                      name == "unit_test" and done.stdout and f"printed {done.stdout!r}")
    finally:
        for server in servers.values():
            if server.ca_file:
                os.unlink(server.ca_file)
    print(f"{run.passed} passed, {run.failed} failed, {run.skipped} skipped")
    sys.exit(1 if run.failed or not run.passed else 0)


if __name__ == "__main__":
    main()
