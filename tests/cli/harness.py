# SPDX-License-Identifier: MIT
"""What the tests of the command-line client share: the program, its gateways, and what no output may ever hold.

Source: the stand-in gateway's own account of what it executed; signatures computed here with Python's hmac.
"""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import select
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import types
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
STANDIN = ROOT / "tests" / "standin"
sys.dont_write_bytecode = True
sys.path.insert(0, str(STANDIN))

LIVE, IDLE, VIRTUAL, ABSENT = (f"80787064-1c94-4dc1-85ce-9409960a000{n}" for n in range(4))
STUDIOS = {LIVE: "streaming", IDLE: "idle", VIRTUAL: "virtual", ABSENT: "absent"}
DONE, OUTPUT_LOST, USAGE, LOCAL, NOT_SENT, UNKNOWN, REFUSED, THROTTLED, LATE = range(9)
INTERRUPTED = 130

# Canaries: whatever happens, no output may hold one of these.
KEY_ID, SECRET = "canaryKeyId7Rw2", "canarySecret+9/Zt&41"
TOKEN = "canaryToken+/" + "Qk8".ljust(8192 - 15, "x") + "=="

ID, KEY, STS = (f"ALIBABA_CLOUD_{name}" for name in ("ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN"))
CREDENTIALS = {ID: KEY_ID, KEY: SECRET}
ONCE = ["--attempts", "1"]
# A restart without the question and the look, so that its one request is the subject of a test.
PLAINLY = ("--yes", "--no-look")
REQUEST_ID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\n")


def encoded(text):
    """RFC 3986, written apart from both the library and Python's quote()."""
    plain = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    return "".join(chr(byte) if byte in plain else f"%{byte:02X}" for byte in os.fsencode(text))


def signed(method, parameters, secret):
    """Every stage of signature version 1.0, as --show json has them."""
    order = sorted(parameters, key=str.encode)
    canonical = "&".join(f"{encoded(name)}={encoded(parameters[name])}" for name in order)
    to_sign = f"{method}&%2F&{encoded(canonical)}"
    digest = hmac.new(f"{secret}&".encode(), to_sign.encode(), hashlib.sha1).digest()
    signature = base64.b64encode(digest).decode()
    return {"canonical_query": canonical, "string_to_sign": to_sign, "signature": signature,
            "query": f"{canonical}&Signature={encoded(signature)}"}


def variables(more):
    """The environment of the client: this one without what would change its behaviour, and credentials."""
    plain = {name: value for name, value in os.environ.items()
             if not name.startswith("ALIBABA_") and not name.lower().endswith("_proxy")
             and name not in ("CURL_CA_BUNDLE", "SSL_CERT_FILE")}
    # No server of this machine is asked for a key, and no file of the person who runs the tests is read.
    away = {"ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true", "HOME": "/nonexistent"}
    return plain | away | CREDENTIALS | more


def aborted_by_openssl(out):
    """Whether OpenSSL ended the process itself: 3.5 does so when the first allocation of a thread fails."""
    return out.status == -signal.SIGABRT and "OpenSSL internal error" in out.err


class Gateway:
    """A gateway process, and its control door."""

    def __init__(self, *arguments):
        studios = [word for name, state in STUDIOS.items() for word in ("--studio", f"{name}={state}")]
        self.process = subprocess.Popen(
            [sys.executable, "-B", STANDIN / "gateway.py", "--rate", "0", "--access-key-id", KEY_ID,
             "--access-key-secret", SECRET, *studios, *arguments], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        self.ca_file = None
        if self.url.startswith("https:"):
            self.ca_file = self.process.stdout.readline().strip().partition(": ")[2]
        self.door_context = ssl.create_default_context()
        self.door_context.check_hostname, self.door_context.verify_mode = False, ssl.CERT_NONE

    def door(self, path, value=None):
        request = urllib.request.Request(f"{self.url}/-/{path}", None if value is None else json.dumps(value).encode())
        https = urllib.request.HTTPSHandler(context=self.door_context)
        with urllib.request.build_opener(https, urllib.request.ProxyHandler({})).open(request, timeout=10) as reply:
            return json.load(reply)

    def reset(self, *planned):
        self.door("reset", {})
        if planned:
            self.door("faults", list(planned))

    def executed(self, caster_id=LIVE):
        return self.door("executions")["executions"].get(caster_id, {}).get("RestartCaster", 0)

    def requests(self):
        return self.door("requests")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
        self.process.stdout.close()


class Proxy:
    """A proxy for one CONNECT, which it answers as told."""

    def __init__(self, gateway, answer):
        self.gateway, self.answer, self.asked = gateway, answer, b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve)

    def serve(self):
        port = int(self.gateway.url.rpartition(":")[2])
        with self.listener.accept()[0] as client, socket.create_connection(("127.0.0.1", port)) as server:
            while b"\r\n\r\n" not in self.asked:
                self.asked += client.recv(4096)
            client.sendall(self.answer)
            other = {client: server, server: client}
            while True:
                for ready in select.select(list(other), [], [], 10)[0] or [client]:
                    piece = ready.recv(65536)
                    if not piece:
                        return
                    other[ready].sendall(piece)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.thread.join()
        self.listener.close()


def plainly(arguments):
    """The arguments of a restart with those of PLAINLY, unless they say how they want it."""
    options = arguments[:arguments.index("--")] if "--" in arguments else arguments
    if "restart" not in arguments or {"--yes", "--look", "help", "--help", "-h", "-V"} & set(options):
        return tuple(word for word in arguments if word != "--look")
    at = arguments.index("restart") + 1
    return (*arguments[:at], *PLAINLY, *arguments[at:])


class Case(unittest.TestCase):
    """Runs the client; every run is searched for what must not be shown."""

    def setUp(self):
        for gateway in gateways:
            gateway.reset()

    def nothing_sent(self):
        for gateway in gateways:
            self.assertEqual(gateway.requests(), [], "something was sent")

    def run_client(self, *arguments, stdout=subprocess.PIPE, **environment):
        """Runs the client for one studio or one signature; what it prints is one line on one of the two streams."""
        arguments = plainly(arguments)
        done = subprocess.run([binary, *arguments], env=variables(environment), stdin=subprocess.DEVNULL, stdout=stdout,
                              stderr=subprocess.PIPE, timeout=60)
        out = types.SimpleNamespace(status=done.returncode, out=(done.stdout or b"").decode(),
                                    err=done.stderr.decode())
        self.check_secrets(arguments, out, environment)
        if out.status != DONE:
            self.assertEqual(out.out, "", "a failure prints nothing on standard output")
            self.assertRegex(out.err, r"\Arestartcaster: [^\n]+\n\Z", "a failure is one line")
            self.assertTrue(out.err.rstrip("\n").isprintable(), out.err)
        else:
            self.assertEqual(out.err, "")
        return out

    def check_secrets(self, arguments, out, environment):
        if not aborted_by_openssl(out):
            self.assertIn(out.status, (*range(9), INTERRUPTED), f"an exit status that is not documented; {out.err}")
        given = variables(environment)
        signs = arguments[:1] == ("sign",) and out.status == DONE       # is asked for id, token and signature
        for canary in {SECRET, given[KEY]} | (set() if signs else {KEY_ID, TOKEN, given.get(STS, "")}):
            for form in (canary, encoded(canary), encoded(encoded(canary))):
                self.assertFalse(len(form) > 5 and form in out.out + out.err, "a secret is shown")
        if not signs:
            self.assertIsNone(re.search(r"Signature(=(?!VALUE|MASKED)|%3D)|[0-9A-Za-z+/]{27}(=|%3D)|[0-9a-f]{64}|%25",
                                        out.out + out.err), "a signature is shown")

    def fails(self, status, told, *arguments, **more):
        done = self.run_client(*arguments, **more)
        self.assertRegex(done.err, told)
        self.assertEqual(done.status, status, done.err)
        return done

    def restart(self, gateway, caster_id=LIVE, *options, **more):
        """One attempt at one studio."""
        return self.run_client("restart", *to(gateway), *ONCE, *options, "--", caster_id, **more)

    def restarts(self, gateway, *arguments, **more):
        done = self.restart(gateway, *arguments, **more)
        self.assertEqual((done.status, done.err), (DONE, ""))
        self.assertRegex(done.out, REQUEST_ID)
        return done

    def restart_fails(self, status, told, gateway, *arguments, **more):
        done = self.restart(gateway, *arguments, **more)
        self.assertRegex(done.err, told)
        self.assertEqual(done.status, status, done.err)
        return done

    def sign(self, *arguments, **more):
        done = self.run_client("sign", *arguments, **more)
        self.assertEqual(done.status, DONE, done.err)
        return done.out.removesuffix("\n")

    def sign_json(self, *arguments, **more):
        return json.loads(self.sign("--show", "json", *arguments, **more))


WORDS = {"done", "refused", "unknown", "not sent", "late"}


def studios(count):
    names = [f"studio-{number:04}" for number in range(count)]
    gateways[0].door("studios", dict.fromkeys(names, "streaming"))
    return names


def lines(names):
    return "".join(name + "\n" for name in names)


def executed(gateway):
    """How often each studio was restarted in truth."""
    return {name: counts["RestartCaster"] for name, counts in gateway.door("executions")["executions"].items()
            if "RestartCaster" in counts}


def account(out):
    """[(id, word, words, whether a second run may take it)] and the summary of the lines for people."""
    *told, summary = out.splitlines()
    read = []
    for line in told:
        name, word, words = line.removeprefix("# ").split("\t")
        assert word in WORDS, line
        read.append((name, word, words, not line.startswith("#")))
    return read, summary


class ListCase(Case):
    """Runs the client for several studios, at the gateway that was started first unless another one is named."""

    def restart_list(self, gateway, *options, text=None, **environment):
        """Runs the client to its end, with `text` as its standard input."""
        process = self.begin(gateway, *options, environment=environment)
        return self.end(process, text)

    def begin(self, gateway, *options, **more):
        # A shell that runs things in the background has them ignore SIGINT and SIGQUIT, and they hand that down.
        before = [signal.signal(signal.SIGINT, signal.default_int_handler),
                  signal.signal(signal.SIGQUIT, signal.SIG_DFL)]
        try:
            process = subprocess.Popen([binary, *plainly(("restart", *to(gateway), *options))],
                                       env=variables(more.get("environment", {})),
                                       preexec_fn=more.get("preexec_fn"), stdin=more.get("stdin", subprocess.PIPE),
                                       stdout=more.get("stdout", subprocess.PIPE),
                                       stderr=more.get("stderr", subprocess.PIPE))
        finally:
            signal.signal(signal.SIGINT, before[0])
            signal.signal(signal.SIGQUIT, before[1])
        self.addCleanup(process.kill)
        return process

    def end(self, process, text=None):
        out, err = process.communicate(None if text is None else text.encode(), timeout=120)
        done = types.SimpleNamespace(status=process.returncode, out=(out or b"").decode(), err=(err or b"").decode())
        self.check_secrets(("restart",), done, {})
        return done

    def wait_until(self, truth):
        while not truth():
            time.sleep(0.02)

    def interrupt(self, process, *signals, sent=3):
        """Sends signals of different kinds, which are never taken for one, once `sent` requests are out."""
        self.wait_until(lambda: len(gateways[0].requests()) >= sent)
        for number in signals:
            process.send_signal(number)

    def check_account(self, done, names):
        """Every studio stands there once, and everything that is said of it is true."""
        told, summary = account(done.out)
        self.assertEqual([line[0] for line in told], names)
        truth = executed(gateways[0])
        for name, word, words, again in told:
            if word == "done":
                self.assertEqual(truth.get(name), 1, name)
            elif word != "unknown":
                self.assertNotIn(name, truth)
                self.assertIn("RestartCaster did not run", words)
            self.assertEqual(again, word == "not sent", name)
        self.assertLessEqual(max(truth.values(), default=0), 1)
        self.assertTrue(summary.endswith("; interrupted"), summary)
        return told


def to(gateway):
    return ["--endpoint", gateway.url] + (["--ca-file", gateway.ca_file] if gateway.ca_file else [])


binary = None
gateways = []                                               # reset before every test


def start(*arguments):
    """A gateway that runs until the end of the tests."""
    gateways.append(Gateway(*arguments))
    return gateways[-1]


def stop_all():
    while gateways:
        gateways.pop().stop()


def main():
    global binary
    if len(sys.argv) < 2:
        sys.exit(f"usage: {os.path.basename(sys.argv[0])} PATH_OF_RESTARTCASTER [NAME_OF_TEST...]")
    binary = os.path.abspath(sys.argv.pop(1))
    run = unittest.main(module="__main__", exit=False).result
    failed = {str(getattr(case, "test_case", case)) for case, _ in run.failures + run.errors}
    skipped = len(run.skipped)
    passed = run.testsRun - len(failed) - skipped
    print(f"{passed} passed, {len(failed)} failed, {skipped} skipped")
    sys.exit(1 if failed or passed <= 0 else 0)
