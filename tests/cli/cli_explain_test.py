#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command `explain`: real refusals of the stand-in gateway, behind a proxy that changes the request, and pasted texts.

Source: the vectors in ../vectors, whose texts were captured from the vendor's npm clients; the change that the proxy made.
Usage: cli_explain_test.py PATH_OF_RESTARTCASTER
"""

import json
import os
import pathlib
import pty
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import types
import unittest
import urllib.parse

sys.dont_write_bytecode = True                              # the source tree stays as it is

import harness
from harness import *

FIELDS = ["cause", "name", "offset", "ours", "theirs", "ours_hex", "theirs_hex", "differences", "hint"]
NOT_A_MISMATCH = 3


def read_message(connection):
    """Head and body of one HTTP message with a Content-Length."""
    text = b""
    while b"\r\n\r\n" not in text:
        piece = connection.recv(65536)
        if not piece:
            return text, b""
        text += piece
    head, _, body = text.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    while length and len(body) < int(length[1]):
        body += connection.recv(65536)
    return head, body


class RewritingProxy:
    """Passes each request on to the gateway after `change(head, body)`, and keeps the last answer."""

    def __init__(self, gateway, change):
        self.gateway, self.change, self.answer = gateway, change, b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(60)                        # a client that does not come ends the test
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve)

    def serve(self):
        port = int(self.gateway.url.rpartition(":")[2])
        with self.listener.accept()[0] as client, socket.create_connection(("127.0.0.1", port)) as server:
            head, body = self.change(*read_message(client))
            head = re.sub(rb"(?i)content-length: *\d+", b"Content-Length: %d" % len(body), head)
            server.sendall(head + b"\r\n\r\n" + body)
            head, self.answer = read_message(server)
            client.sendall(head + b"\r\n\r\n" + self.answer)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.thread.join()
        self.listener.close()


def pairs_again(body, change=lambda pairs: pairs, quote=encoded):
    """A form that was decoded, changed and encoded again."""
    pairs = urllib.parse.parse_qsl(body.decode(), keep_blank_values=True, separator="&")
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in change(pairs)).encode()


def without(name):
    return lambda pairs: [pair for pair in pairs if pair[0] != name]


class Explain(Case):
    def explain(self, text, *arguments, **environment):
        """Runs `explain` with a text on standard input; secrets must not be in what it prints."""
        done = subprocess.run([harness.binary, "explain", *arguments], env=variables(environment),
                              input=text if isinstance(text, bytes) else text.encode(), capture_output=True, timeout=60)
        out = types.SimpleNamespace(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())
        for canary in (SECRET, KEY_ID, TOKEN[:40], encoded(SECRET)):
            self.assertNotIn(canary, out.out + out.err)
        self.assertIsNone(re.search(r"[0-9A-Za-z+/]{27}=|[0-9a-f]{64}", out.out + out.err), "a signature is shown")
        return out

    def as_json(self, text, *arguments, status=DONE, **environment):
        done = self.explain(text, "--json", *arguments, **environment)
        self.assertEqual((done.status, done.err), (status, ""))
        found = json.loads(done.out)
        self.assertEqual(list(found), FIELDS)
        self.assertTrue(found["hint"])
        return found

    def finds(self, text, cause, name, offset, *arguments, **environment):
        found = self.as_json(text, *arguments, **environment)
        self.assertEqual((found["cause"], found["name"], found["offset"]), (cause, name, offset))
        return found

    def refused(self, change, *options, caster_id=LIVE, **environment):
        """The gateway's answer to this client, behind a proxy."""
        with RewritingProxy(gateways[0], change) as proxy:
            done = self.run_client("restart", "--endpoint", proxy.url, *ONCE, *options, "--", caster_id, **environment)
        self.assertEqual(done.status, REFUSED, done.err)
        self.assertIn("SignatureDoesNotMatch", done.err)
        return proxy.answer

    OWN = ["Action=RestartCaster", f"CasterId={LIVE}"]

    def test_a_proxy_that_adds_a_parameter_and_a_wrong_secret_are_told_apart(self):
        for formats in (["--format", "json"], ["--format", "xml"]):
            added = self.refused(lambda head, body: (head, body + b"&utm=1"), *formats)
            found = self.finds(added, "parameter_added", "utm", 0, *self.OWN)
            self.assertEqual((found["ours"], found["theirs"], found["theirs_hex"], found["differences"]), ("", "1", "31", 0))
            secret = self.refused(lambda head, body: (head, body), *formats, **{KEY: "canarySecretTypo"})
            other = self.finds(secret, "secret", "", 0, *self.OWN)
            self.assertNotEqual(found["hint"], other["hint"])
            self.assertIn("secret", other["hint"])

    def test_what_a_proxy_changes_is_named(self):
        odd = "studio +7~"
        own = ["Action=RestartCaster", f"CasterId={odd}"]
        cases = [
            ("parameter_missing", "CasterId", 0, lambda body: pairs_again(body, without("CasterId"))),
            ("parameter_added", "Extra", 0, lambda body: b"Extra=&" + body),
            ("plus_for_space", "CasterId", 7, lambda body: body.replace(b"%20%2B7", b"%20+7")),
            ("encoded_twice", "CasterId", 6,
             lambda body: pairs_again(body, lambda pairs: [(n, encoded(v) if n == "CasterId" else v) for n, v in pairs])),
            ("value_changed", "CasterId", 0,
             lambda body: pairs_again(body, lambda pairs: [(n, v.upper() if n == "CasterId" else v) for n, v in pairs])),
        ]
        for cause, name, offset, change in cases:
            with self.subTest(cause):
                answer = self.refused(lambda head, body: (head, change(body)), caster_id=odd)
                self.finds(answer, cause, name, offset, *own)
        # A proxy that decodes and encodes again, each time in the right way, changes nothing.
        with RewritingProxy(gateways[0], lambda head, body: (head, pairs_again(body))) as proxy:
            self.run_client("restart", "--endpoint", proxy.url, *ONCE, "--", LIVE)
        self.assertEqual(gateways[0].executed(), 1)

    def test_a_redirect_that_changes_the_method_is_named(self):
        def as_get(head, body):
            return head.replace(b"POST / ", b"GET /?" + body + b" ", 1), b""

        answer = self.refused(as_get)
        self.finds(answer, "method", "method", 0, "--method", "post", *self.OWN)

    def test_acs3_is_explained(self):
        acs3 = ["--signature", "acs3"]
        body = self.refused(lambda head, body: (head, body.replace(b"80787064", b"80787065")), *acs3)
        found = self.as_json(body, *self.OWN)
        self.assertEqual((found["cause"], found["name"], found["differences"]), ("body_changed", "x-acs-content-sha256", 0))
        query = self.refused(lambda head, body: (head.replace(b"POST /?", b"POST /?Debug=1&", 1), body), *acs3, "--method", "post-query")
        self.finds(query, "parameter_added", "Debug", 0, *self.OWN)
        host = self.refused(lambda head, body: (re.sub(rb"(?i)host: [^\r]*", b"Host: live.example.com", head), body), *acs3)
        self.finds(host, "header_changed", "host", 0, *self.OWN, "host=127.0.0.1:1")
        secret = self.refused(lambda head, body: (head, body), *acs3, **{KEY: "canarySecretTypo"})
        self.finds(secret, "secret", "", 0, *self.OWN)

    def test_the_npm_clients_themselves_are_explained(self):
        """What the vendor's clients sign, as --ours, and what they print when the gateway refuses them."""
        modules = npm_clients()
        for client, begin in (("pop-core", "POST&%2F&"), ("openapi-client", "POST\n/\n")):
            for title, secret, change, expected in (
                    ("a wrong secret", "canarySecretTypo", lambda head, body: (head, body), ("secret", "", 0)),
                    ("a parameter added", SECRET, added_everywhere, ("parameter_added", "utm", 0))):
                with self.subTest(client, what=title), tempfile.TemporaryDirectory() as folder:
                    with RewritingProxy(gateways[0], change) as proxy:
                        ran = subprocess.run(["node", ROOT / "tests/cli/explain_npm.mjs", modules, client, proxy.url, KEY_ID, secret, LIVE],
                                             capture_output=True, text=True, timeout=60, check=True)
                    told = json.loads(ran.stdout)
                    self.assertIn("SignatureDoesNotMatch", told["refusal"])
                    ours = os.path.join(folder, "ours.txt")
                    write(ours, next(text for text in told["texts"] if text.startswith(begin)))
                    self.finds(told["refusal"], *expected, "--ours", ours)
                    self.finds(proxy.answer, *expected, "--ours", ours)

    def test_texts_of_the_npm_clients_can_be_pasted(self):
        pasted = 0
        with tempfile.TemporaryDirectory() as folder:
            ours = os.path.join(folder, "ours.txt")
            for vector in json.loads((ROOT / "tests/vectors/rpc-1.0.json").read_text()):
                text = vector["string_to_sign"]
                write(ours, text + "\n")
                told = "Specified signature is not matched with our calculation. server string to sign is:"
                with self.subTest(vector["name"]):
                    signature = vector["signature"]
                    equal = self.as_json(json.dumps({"Message": told + text}), "--ours", ours, "Signature=" + signature,
                                         **{KEY: vector["secret"]})
                    self.assertEqual(equal["cause"], "secret")
                    self.assertIn("do not belong together", equal["hint"])
                    suffix = base64.b64encode(hmac.new(vector["secret"].encode(), text.encode(), hashlib.sha1).digest()).decode()
                    self.finds(told + text, "key_suffix", "", 0, "--ours", ours, "Signature=" + suffix, **{KEY: vector["secret"]})
                    self.finds(told + text + "%26zz%3D1", "parameter_added", "zz", 0, "--ours", ours)
                pasted += 1
        self.assertGreater(pasted, 30)

    def test_lines_have_a_caret_under_the_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            ours = os.path.join(folder, "ours.txt")
            write(ours, "GET&%2F&A%3Da%2Bb%26Version%3D1")
            done = self.explain("server string to sign is:GET&%2F&A%3Da%2520b%26Version%3D1", "--ours", ours)
            self.assertEqual(done.status, DONE)
            lines = done.out.splitlines()
            self.assertEqual(lines[:6], ["cause: plus_for_space", "place: A, byte 1", "signed:  a+b", "          ^ 0x2B",
                                         "service: a%20b", "          ^ 0x20"])
            self.assertNotIn("\x1b", done.out)
            for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
                terminal, theirs = pty.openpty()
                subprocess.run([harness.binary, "explain", "--ours", ours], stdout=theirs, timeout=60, check=True,
                               input=b"server string to sign is:GET&%2F&A%3Da%2520b%26Version%3D1", env=variables(environment))
                os.close(theirs)
                shown = os.read(terminal, 65536)
                os.close(terminal)
                self.assertEqual(b"\x1b[" in shown, coloured, shown)

    def test_misleading_refusals_are_translated(self):
        cases = [
            (json.dumps({"Code": "SignatureNonceUsed", "Message": "Specified signature nonce was used already."}), [],
             "earlier request with this nonce arrived"),
            ("HTTP/1.1 400 Bad Request\r\nDate: Sun, 22 Nov 2026 09:36:19 GMT\r\n\r\n"
             '{"Code":"InvalidTimeStamp.Expired"}', ["Timestamp=2026-11-22T17:36:19Z"], "8 h 0 min ahead.*time zone"),
            ('{"Code":"IllegalTimestamp"}', [], "missing or malformed"),
            ("<Error><Code>InvalidAccessKeyId.NotFound</Code></Error>", ["AccessKeyId=LTAI5t\u200bexample"], "byte 6.*no key id has"),
            ('{"Code":"IncompleteSignature","Message":"The signed header x-acs-date was not sent."}', [], "x-acs-date"),
            ('{"Code":"NoPermission"}', [], "lacks the permission"),
            ("hello", [], "not a refusal of a signature"),
            ("", [], "not a refusal of a signature"),
        ]
        for text, arguments, words in cases:
            with self.subTest(text):
                found = self.as_json(text, *arguments, status=NOT_A_MISMATCH)
                self.assertEqual(found["cause"], "not_a_mismatch")
                self.assertRegex(found["hint"], words)
                self.assertRegex(self.explain(text, *arguments).out, words)

    def test_a_message_alone_is_enough(self):
        for text, words in (("Specified signature nonce was used already.", "earlier request with this nonce"),
                            ("Specified time stamp or date value is expired.", "the clock is wrong"),
                            ("Specified time stamp or date value is not well formatted.", "malformed"),
                            ("Specified access key is not found.", "key id is unknown"),
                            ("The request signature does not conform to Aliyun standards.", "was cut"),
                            ("User not authorized to operate on the specified resource.", "lacks the permission")):
            with self.subTest(text):
                self.assertRegex(self.as_json(text, status=NOT_A_MISMATCH)["hint"], words)
        for text in ("Specified signature is not matched with our calculation.",
                     "Specified signature does not match our calculation."):
            self.finds(text, "cut", "", 0, "A=1")

    BASE = [("AccessKeyId", KEY_ID), ("Action", "RestartCaster"), ("CasterId", "c1"), ("SecurityToken", TOKEN[:40]), ("Version", "1")]
    TOLD = "Specified signature is not matched with our calculation. server string to sign is:"

    def surroundings(self, message):
        """A message as it is found in answers, logs and reports."""
        body = json.dumps({"Message": message, "Code": "SignatureDoesNotMatch"})
        xml = "<Error><Code>SignatureDoesNotMatch</Code><Message>%s</Message></Error>" % message.replace("&", "&amp;")
        return {
            "JSON": body, "JSON with \\u0026": body.replace("&", "\\u0026"), "JSON in JSON": json.dumps({"answer": body}),
            "JSON three deep": json.dumps([json.dumps({"answer": body})]),
            "JSON with a byte order mark": b"\xef\xbb\xbf" + body.encode(), "the second answer is another": body + "\n" + self.other(),
            "two lines": message + "\n" + self.TOLD + "GET&%2F&",
            "XML": xml, "XML with &#38;": xml.replace("&amp;", "&#38;"), "XML in JSON": json.dumps({"body": xml}),
            "XML in a web page": xml.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            "a dump of HTTP": "HTTP/1.1 400 Bad Request\r\nX: [a]\r\n\r\n" + body + "\r\n* Connection left intact\r\n",
            "a log": "INFO [x] start\nERROR " + message + "\nINFO [x] & end=1\n",
            "a log of Windows": ("INFO [x] start\nERROR " + message + "\nINFO [x] & end\n").replace("\n", "\r\n"),
            "the Python SDK": "HTTP Status: 400 Error:SignatureDoesNotMatch " + message + " RequestID: 7B2C-AA",
            "the Node.js SDK": "SignatureDoesNotMatchError: code: 400, " + message + ", URL: http://127.0.0.1/\n    at request",
            "an exception": "ServerException('SignatureDoesNotMatch', '" + message + "')",
            "a table": "2026\t\"x\"\tERROR\t" + message + "\tend=1\n", "a report": "I get `" + message + "` today",
            "colours": "\x1b[31m" + message + "\x1b[0m\n", "a NUL": message + "\0", "blanks": "   " + message + "  \n\n",
            "noise around": NOISE + b"\n" + body.encode() + b"\n" + NOISE,
        }

    def other(self):
        return json.dumps({"Message": self.TOLD + signed([("A", "1"), ("Version", "1")]), "Code": "SignatureDoesNotMatch"})

    def test_the_text_of_the_service_is_found_in_any_surroundings(self):
        with tempfile.TemporaryDirectory() as folder:
            ours = os.path.join(folder, "ours.txt")
            write(ours, signed(self.BASE))
            for title, text in self.surroundings(self.TOLD + signed(self.BASE + [("utm", "1")])).items():
                with self.subTest(title):
                    found = self.finds(text, "parameter_added", "utm", 0, "--ours", ours)
                    self.assertEqual((found["theirs"], found["differences"]), ("1", 0))
            for title, text in self.surroundings(self.TOLD + signed(self.BASE)).items():
                with self.subTest(title):
                    self.finds(text, "secret", "", 0, "--ours", ours)
            write(ours, canonical("live.aliyuncs.com"))
            for host, cause, name in (("[::1]:80", "header_changed", "host"), ("live.aliyuncs.com", "secret", "")):
                theirs = canonical(host)
                digest = hashlib.sha256(theirs.encode()).hexdigest()
                message = ("Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n"
                           f"{digest}] server CanonicalRequest is [{theirs}]")
                for title, text in self.surroundings(message).items():
                    with self.subTest(title, host=host):
                        self.finds(text, cause, name, 0, "--ours", ours)
                self.finds("code: 400, server canonical request is: " + theirs + " request id: 7B\n[x]\n", cause, name, 0, "--ours", ours)

    def test_every_prefix_of_an_answer_is_explained_in_one_object(self):
        with tempfile.TemporaryDirectory() as folder:
            ours = os.path.join(folder, "ours.txt")
            write(ours, signed(self.BASE))
            whole = self.TOLD + signed(self.BASE + [("utm", "1")])
            for text in (self.surroundings(whole)["JSON"], self.surroundings(whole)["XML"]):
                causes = set()
                for size in range(len(text)):
                    known = "SignatureDoesNotMatch" in text[:size] or "with our calculation" in text[:size]
                    found = self.as_json(text[:size], "--ours", ours, status=DONE if known else NOT_A_MISMATCH)
                    self.assertIn(found["cause"], ("cut", "parameter_added") if known else ("not_a_mismatch",))
                    causes.add(found["cause"])
                self.assertEqual(causes, {"cut", "parameter_added", "not_a_mismatch"})

    def test_files_of_editors_are_read_and_other_files_refused(self):
        theirs = canonical("live.aliyuncs.com")
        message = f"server CanonicalRequest is [{theirs}]"
        with tempfile.TemporaryDirectory() as folder:
            ours = os.path.join(folder, "ours.txt")
            for text in (theirs.replace("\n", "\r\n") + "\r\n", "\ufeff" + theirs, theirs + "\n\n"):
                write(ours, text)
                self.finds(message, "secret", "", 0, "--ours", ours)
            for text, words in (("", "neither"), ("\n", "neither"), (" " + theirs, "neither"), ("POST / HTTP/1.1\n", "neither"),
                                ("9B+baIAbmQBu2XB16tLCZOIbd9E=", "neither")):
                write(ours, text)
                done = self.explain(message, "--ours", ours)
                self.assertEqual((done.status, done.out), (USAGE, ""))
                self.assertIn(words, done.err)
            with open(ours, "wb") as file:
                file.write(theirs.encode("utf-16"))
            self.assertIn("UTF-16", self.explain(message, "--ours", ours).err)
            write(ours, theirs)
            done = self.explain(message.encode("utf-16"), "--ours", ours)
            self.assertEqual(done.status, USAGE)
            self.assertIn("UTF-16", done.err)

    def test_arguments_that_make_no_sense_are_refused(self):
        message = "server string to sign is:GET&%2F&A%3D1"
        for arguments in ([], ["--ours", "/nonexistent/file"], ["--ours", ""], ["--ours", "x", "A=1"], ["A"], ["--method", "put", "A=1"],
                          ["--signature", "v4", "A=1"], ["AccessKeySecret=x"], ["--colour"]):
            with self.subTest(arguments):
                done = self.explain(message, *arguments)
                self.assertEqual((done.status, done.out), (USAGE, ""))
                self.assertRegex(done.err, r"\Arestartcaster: [^\n]+\n\Z")


def setUpModule():
    harness.start()


def tearDownModule():
    harness.stop_all()


def added_everywhere(head, body):
    """The form, or the query, with another parameter at its end."""
    if b"?" in head.partition(b"\r\n")[0]:
        return head.replace(b" HTTP/1.1", b"&utm=1 HTTP/1.1", 1), body
    return head, body + b"&utm=1"


def npm_clients():
    """The folder beside the program into which the vendor's npm clients are installed, once."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise unittest.SkipTest("node and npm are not installed: the vendor's npm clients cannot run")
    folder = pathlib.Path(harness.binary).parent / "npm_clients"
    folder.mkdir(exist_ok=True)
    if not (folder / "installed").exists():
        shutil.copy(ROOT / "tests/standin/package.json", folder)
        options = "--no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error --fetch-retries=0".split()
        if subprocess.run(["npm", "install", "--prefix", folder, *options], timeout=300).returncode != 0:
            raise unittest.SkipTest("npm could not install the vendor's clients (is there a network?)")
        (folder / "installed").touch()
    return folder


NOISE = bytes(random.Random(18).randbytes(1 << 20))


def signed(pairs):
    """A string to sign of version 1.0; Python's own encoding is the independent one."""
    return "POST&%2F&" + encoded("&".join(f"{encoded(name)}={encoded(value)}" for name, value in pairs))


def canonical(host):
    """A canonical request of ACS3."""
    hashed = hashlib.sha256(b"").hexdigest()
    headers = f"host:{host}\nx-acs-action:RestartCaster\nx-acs-content-sha256:{hashed}\n"
    return f"POST\n/\nCasterId=c1\n{headers}\nhost;x-acs-action;x-acs-content-sha256\n{hashed}"


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


if __name__ == "__main__":
    harness.main()
