#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command-line client: what it signs, what it sends, what it tells, and what it never shows.

Source: the vectors in ../vectors and the corpora's sign/rpc_v1; the stand-in gateway's own account of what it
executed; signatures computed apart in harness.py. Usage: cli_test.py PATH_OF_RESTARTCASTER
"""

import contextlib
import email.utils
import json
import os
import pathlib
import re
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import urllib.request

sys.dont_write_bytecode = True                              # the source tree stays as it is

import harness
from harness import *

import certificate
import faults


def corpora(case, folder):
    root = pathlib.Path(os.environ.get("RESTARTCASTER_CORPORA") or ROOT.parent / "shared" / "corpora")
    if not (root / folder).is_dir():
        if os.environ.get("CI") == "true":
            case.fail(f"corpora missing: {root / folder}")
        print(f"corpora missing, test skipped: {root / folder}", file=sys.stderr)
        case.skipTest("corpora missing")
    return root / folder


class Vectors(Case):
    """`sign --raw` gives every stage of the published vectors."""

    def gives(self, vector, secret):
        texts = [f"{name}={value}" for name, value in vector["params"].items()]
        if any("\0" in text for text in texts):
            return 0                                        # no argument can carry it
        expected = {stage: vector[stage] for stage in ("canonical_query", "string_to_sign", "signature")}
        expected["query"] = f"{vector['canonical_query']}&Signature={encoded(vector['signature'])}"
        with self.subTest(vector.get("name", vector["signature"])):
            options = ["--raw", "--method", vector["method"]]
            environment = {KEY: secret, ID: ""}
            given = self.sign_json(*options, "--", *texts, **environment)
            for stage, value in expected.items():
                self.assertEqual(given[stage], value, stage)
            self.assertEqual(list(given), list(expected))
            self.assertEqual(self.sign_json(*options, *texts, **environment), given, "without --")
            self.assertEqual(self.sign("--show", "url", *options, *texts, **environment),
                             "https://live.aliyuncs.com/?" + expected["query"])
        return 1

    def test_the_vectors_of_this_project_are_given_stage_by_stage(self):
        vectors = json.loads((ROOT / "tests/vectors/rpc-1.0.json").read_text())
        self.assertGreaterEqual(sum(self.gives(vector, vector["secret"]) for vector in vectors), len(vectors) - 1)

    def test_the_corpora_are_given_stage_by_stage(self):
        folder = corpora(self, "sign/rpc_v1")
        for name in ("published.jsonl", "generated.jsonl"):
            vectors = [json.loads(line) for line in (folder / name).read_text().splitlines()]
            carried = sum(self.gives(vector, vector["access_key_secret"]) for vector in vectors)
            self.assertGreater(carried, len(vectors) // 2, name)


ODD = {"Action": "DescribeCasters", "Empty": "", "Odd": " +*~%&=/?#\"'\\", "Emoji": "\U0001f3ac", "中文": "直播",
       "Control": "a\tb\nc\x01\x7f", "Long": "%+ " * 1400, "a.1.Key": "1", "a.10.Key": "2", "B": "b", "_": "=="}
STAMP = {"SignatureNonce": "n-1", "Timestamp": "2026-11-22T17:36:19Z"}
FIXED = ["--nonce", STAMP["SignatureNonce"], "--timestamp", STAMP["Timestamp"]]
COMMON = {"AccessKeyId": KEY_ID, "Format": "JSON", "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0",
          "Version": "2016-11-01", **STAMP}


def assignments(parameters):
    return [f"{name}={value}" for name, value in parameters.items()]


class Sign(Case):
    def test_the_common_parameters_are_added(self):
        for method, text in (("get", "GET"), ("post", "POST"), ("post-query", "POST"), ("GET", "GET"),
                             ("Post", "POST")):
            with self.subTest(method):
                self.assertEqual(self.sign_json("--method", method, *FIXED, *assignments(ODD)),
                                 signed(text, COMMON | ODD, SECRET))

    def test_it_is_get_unless_told(self):
        self.assertEqual(self.sign_json(*FIXED, "Action=A"), signed("GET", COMMON | {"Action": "A"}, SECRET))

    def test_a_token_in_the_environment_is_added(self):
        expected = signed("GET", COMMON | {"Action": "A", "SecurityToken": TOKEN}, SECRET)
        self.assertEqual(self.sign_json(*FIXED, "Action=A", **{STS: TOKEN}), expected)

    def test_an_empty_token_in_the_environment_is_none(self):
        self.assertNotIn("SecurityToken", self.sign("--show", "canonical", "Action=A", **{STS: ""}))

    def test_common_parameters_that_are_given_are_taken(self):
        own = {"Action": "A", "AccessKeyId": "other", "Format": "xml", "SecurityToken": "t", "Version": "1",
               "SignatureMethod": "HMAC-SHA1", "SignatureNonce": "mine", "SignatureVersion": "1.0",
               "Timestamp": "1970-01-01T00:00:00Z"}
        given = self.sign_json(*assignments(own), **{ID: "", STS: TOKEN})
        self.assertEqual(given, signed("GET", own, SECRET))

    def test_the_format_can_be_chosen(self):
        for option, value in (("json", "JSON"), ("xml", "XML"), ("XML", "XML")):
            expected = signed("GET", COMMON | {"Action": "A", "Format": value}, SECRET)
            self.assertEqual(self.sign_json(*FIXED, "--format", option, "Action=A"), expected)

    def test_every_stage_can_be_shown(self):
        for method in ("get", "post"):
            given = signed(method.upper(), COMMON | ODD, SECRET)
            expected = {"canonical": given["canonical_query"], "string-to-sign": given["string_to_sign"],
                        "signature": given["signature"], "url": "https://live.aliyuncs.com/?" + given["query"]}
            if method == "post":
                expected["form"] = given["query"]
            for what, text in expected.items():
                with self.subTest(what, method=method):
                    shown = self.sign("--show", what, "--method", method, *FIXED, *assignments(ODD))
                    self.assertEqual(shown, text)
        self.assertEqual(self.sign(*FIXED, *assignments(ODD)),
                         "https://live.aliyuncs.com/?" + signed("GET", COMMON | ODD, SECRET)["query"], "the default")

    def test_a_form_is_signed_for_post(self):
        expected = signed("POST", COMMON | {"Action": "A"}, SECRET)["query"]
        self.assertEqual(self.sign(*FIXED, "--show", "form", "Action=A"), expected)

    def test_the_url_has_the_endpoint_that_was_given(self):
        for given, origin in (("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
                              ("https://example.org:443/", "https://example.org"),
                              ("http://[::1]:1/", "http://[::1]:1"), ("http://example.org", "http://example.org")):
            self.assertEqual(self.sign("--endpoint", given, *FIXED, "Action=A"),
                             f"{origin}/?" + signed("GET", COMMON | {"Action": "A"}, SECRET)["query"])

    def test_nonce_and_time_are_new_and_right_when_none_are_given(self):
        nonces = set()
        for _ in range(3):
            query = urllib.parse.parse_qs(self.sign("--show", "canonical", "Action=A"))
            nonces.add(query["SignatureNonce"][0])
            self.assertRegex(query["SignatureNonce"][0],
                             r"\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")
            signed_at = time.mktime(time.strptime(query["Timestamp"][0], "%Y-%m-%dT%H:%M:%SZ")) - time.timezone
            self.assertLess(abs(signed_at - time.time()), 60)
        self.assertEqual(len(nonces), 3)

    def test_raw_signs_exactly_what_is_given(self):
        for method, text in (("", ""), ("PUT", "PUT"), ("put", "put"), ("get", "GET"), ("post-query", "POST"),
                             ("a \"\\\n\x01é", "a \"\\\n\x01é")):
            with self.subTest(method):
                self.assertEqual(self.sign_json("--raw", "--method", method, *assignments(ODD), **{ID: ""}),
                                 signed(text, ODD, SECRET))
        self.assertEqual(self.sign_json("--raw", **{STS: TOKEN})["string_to_sign"], "GET&%2F&")

    def test_raw_takes_names_that_begin_with_a_dash(self):
        names = {"-x": "1", "--raw": "2", "--": "3", "-": "4"}
        self.assertEqual(self.sign_json("--raw", "--", *assignments(names)), signed("GET", names, SECRET))
        self.assertEqual(self.sign_json("--raw", "-x=1", "-=4"), signed("GET", {"-x": "1", "-": "4"}, SECRET))

    def test_a_name_ends_at_the_first_equals_sign(self):
        self.assertEqual(self.sign_json("--raw", "a==b=c"), signed("GET", {"a": "=b=c"}, SECRET))

    def test_megabytes_of_parameters_are_signed(self):
        big = {f"P{n}": chr(33 + n) * 120_000 for n in range(15)}
        self.assertEqual(self.sign_json("--raw", *assignments(big)), signed("GET", big, SECRET))

    def test_what_is_signed_is_accepted(self):
        for show, method in (("form", "post"), ("url", "get"), ("url", "post-query")):
            PLAIN.reset()
            text = self.sign("--show", show, "--method", method, "--endpoint", PLAIN.url, "Action=RestartCaster",
                             f"CasterId={LIVE}")
            post = method != "get"
            url, body = (PLAIN.url, text) if show == "form" else (text, "" if post else None)
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(url, None if body is None else body.encode(), timeout=10) as reply:
                self.assertIn("RequestId", json.load(reply))
            self.assertEqual(PLAIN.executed(), 1)

    def test_a_parameter_that_cannot_be_signed_is_named(self):
        for told, arguments in {
                r"Odd: not UTF-8": [b"Action=A", b"Odd=\xff"],
                r"Cut: not UTF-8": [b"Action=A", b"Cut=\xe4\xb8"],
                r"\?x: not UTF-8": [b"Action=A", b"\xffx=1"],
                r"Twice: the parameter is given twice": ["Action=A", "Twice=1", "Twice=2"],
                r"a parameter without a name": ["Action=A", "=x"],
                r"Signature: the parameter is set by the signature itself": ["Action=A", "Signature=x"],
                r"Action: a required value is missing or empty": ["CasterId=x"],
                r"Action: a required value is missing or empty\n": ["Action="],
                r"Action: blanks at an end": ["Action=A "],
                r"Version: a required value is missing": ["Action=A", "Version="],
                r"AccessKeyId: a required value is missing": ["Action=A", "AccessKeyId="],
                r"SignatureNonce: a required value is missing": ["Action=A", "--nonce", ""],
                r"SignatureNonce: a control character": ["Action=A", "SignatureNonce=a\x01b"],
                r"SignatureNonce: the parameter is given twice": ["Action=A", "SignatureNonce=a", "--nonce=b"],
                r"Timestamp: the parameter is given twice": ["Action=A", "Timestamp=2026-11-22T17:36:19Z", *FIXED],
                r"Format: the parameter is given twice": ["Action=A", "Format=JSON", "--format=json"],
                r"SignatureMethod: the parameter is set by the signature itself": ["Action=A", "SignatureMethod=x"],
                r"SignatureVersion: the parameter is set by the signature itself": ["Action=A", "SignatureVersion=2"],
                r"P\d+: more parameters than the list has room for": ["--raw", *(f"P{n}=" for n in range(256))],
        }.items():
            with self.subTest(arguments=arguments[:3]):
                self.fails(LOCAL, told, "sign", *arguments)

    def test_credentials_that_cannot_work_are_named(self):
        for told, arguments, environment in (
                (f"{ID}: the environment variable is not set", ["Action=A"], {ID: ""}),
                (f"{KEY}: the environment variable is not set", ["Action=A"], {KEY: ""}),
                (f"{KEY}: the environment variable is not set", ["--raw", "A=1"], {KEY: ""}),
                (f"{KEY}: the environment variable is not set", ["Action=A", "AccessKeyId=x"], {KEY: ""}),
                ("AccessKeySecret: blanks at an end", ["Action=A"], {KEY: SECRET + " "}),
                ("AccessKeySecret: blanks at an end", ["--raw", "A=1"], {KEY: SECRET + "\n"}),
                ("AccessKeyId: blanks at an end", ["Action=A"], {ID: " x"}),
                ("SecurityToken: a control character", ["Action=A"], {STS: "a\x02b"})):
            with self.subTest(told, arguments=arguments):
                self.fails(LOCAL, told, "sign", *arguments, **environment)


COMMANDS = ["list", "status", "restart", "start", "stop", "wait", "call", "sign", "explain", "doctor", "completion", "help",
            "version"]


class Arguments(Case):
    """What makes no sense is refused before anything is sent, and without repeating what may be a secret."""

    def test_usage_errors_name_the_option(self):
        at = ["--endpoint", PLAIN.url]
        sign = ["sign", "Action=A"]
        for told, arguments in [
                ("a command is missing", []),
                ("the command is not known", [SECRET]),
                ("the command is not known", [""]),
                ("a command is missing, such as list, status or restart", at),
                (r"unknown command 'restrat' \(did you mean restart\?\)", ["restrat", LIVE]),
                (r"unknown command 'SIGN' \(did you mean sign\?\)", ["SIGN"]),
                (r"unknown command 'sing' \(did you mean sign\?\)", [*at, "sing"]),
                ("unknown command 'frobnicate'", ["frobnicate"]),
                ("the command is not known", ["CANARY"]),
                ("the command is not known", [LIVE]),
                ("help takes the name of a command, or nothing", ["help", SECRET]),
                (r"--endpont is not known here \(did you mean --endpoint\?\)", ["restart", "--endpont", at[1], LIVE]),
                (r"--endpont is not known here \(did you mean --endpoint\?\)", ["--endpont", at[1], "restart", LIVE]),
                (r"--Json is not known here \(did you mean --json\?\)", ["restart", *at, "--Json", LIVE]),
                (r"--time is not known here \(did you mean --timeout\?\)", ["restart", *at, "--time", "1", LIVE]),
                (r"--sow is not known here \(did you mean --show\?\)", [*sign, "--sow=url"]),
                (r"CASTER_ID number 2: CasterId: .*U\+FEFF", ["restart", *at, "a", "\ufeffb"]),
                (r"restart needs a CASTER_ID.*\(parameter CasterId\)", ["restart", *at]),
                ("- is the list on standard input and stands alone", ["restart", *at, LIVE, "-"]),
                ("CASTER_ID number 2: the same studio as CASTER_ID number 1; nothing was sent",
                 ["restart", *at, LIVE, LIVE.upper()]),
                ("CASTER_ID number 2: CasterId: blanks at an end", ["restart", *at, LIVE, SECRET + " "]),
                ("CASTER_ID number 1: an id that begins with a #", ["restart", *at, "#" + SECRET, LIVE]),
                ("--signature takes rpc-1.0 or acs3", ["restart", *at, LIVE, "--signature", SECRET]),
                ("--pace takes calls per second", ["restart", *at, LIVE, "--pace", "0"]),
                ("--pace takes calls per second", ["restart", *at, LIVE, "--pace", "101"]),
                ("--pace takes calls per second", ["restart", *at, LIVE, "--pace", "1.5"]),
                ("--attempts takes a whole number", ["restart", *at, LIVE, "--attempts", SECRET]),
                ("--retry takes certain or at-most-once", ["restart", *at, LIVE, "--retry", "idempotent"]),
                ("--deadline takes seconds", ["restart", *at, LIVE, "--deadline", "0"]),
                ("--verbose is not known here", ["restart", *at, "--verbose", LIVE]),
                ("-v is not known here", ["restart", *at, "-v", LIVE]),
                ("an option is not known here", ["restart", *at, "--" + SECRET.lower().replace("secret", ""), LIVE]),
                ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ["--access-key-secret", SECRET]),
                ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ["restart", *at, "--access-key-secret", SECRET, LIVE]),
                ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ["restart", *at, f"--access-key-secret={SECRET}", LIVE]),
                ("ALIBABA_CLOUD_ACCESS_KEY_ID", ["restart", *at, f"--access-key-id={KEY_ID}", LIVE]),
                ("ALIBABA_CLOUD_SECURITY_TOKEN", ["restart", *at, f"--SecurityToken={TOKEN}", LIVE]),
                ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", [*sign, f"-secret={SECRET}"]),
                ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", [*sign, f"--secret={SECRET}"]),
                ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", [*sign, f"AccessKeySecret={SECRET}"]),
                ("--region needs a value", ["restart", *at, LIVE, "--region"]),
                ("--region needs a value", ["restart", *at, "--region", "--format", "json", LIVE]),
                (r"--region has an empty value \(parameter RegionId\)", ["restart", *at, LIVE, "--region="]),
                ("--region is given twice", ["restart", *at, "--region=a", "--region", SECRET, LIVE]),
                ("--ca-file has an empty value", ["restart", *at, LIVE, "--ca-file", ""]),
                ("--insecure-http takes no value", ["restart", *at, LIVE, f"--insecure-http={SECRET}"]),
                ("--method takes get, post or post-query", ["restart", *at, LIVE, "--method", SECRET]),
                ("--method takes get, post or post-query", ["restart", *at, LIVE, "--method", ""]),
                ("--format takes json or xml", ["restart", *at, LIVE, "--format", SECRET]),
                ("--raw is not known here", ["restart", *at, LIVE, "--raw"]),
                ("sign needs parameters", ["sign"]),
                ("parameter number 2 has no '='", [*sign, SECRET]),
                ("--show takes canonical, ", [*sign, "--show", SECRET]),
                ("--method takes get, post or post-query; any other text needs --raw", [*sign, "--method", SECRET]),
                ("--method takes get, post or post-query; any other text needs --raw", [*sign, "--method", ""]),
                ("--method is not UTF-8", [*sign, "--raw", "--method", b"\xff"]),
                ("--show form is the body of a POST", [*sign, "--show", "form", "--method", "get"]),
                ("--endpoint takes http:// or https://", [*sign, "--endpoint", SECRET]),
                ("--format takes json or xml", [*sign, "--format", SECRET]),
                ("--raw adds no parameter", [*sign, "--raw", "--nonce", SECRET]),
                ("--raw adds no parameter", [*sign, "--raw", "--timestamp", SECRET]),
                ("--raw adds no parameter", [*sign, "--raw", "--format", "json"]),
                ("--timeout is not known here", [*sign, "--timeout", "1"]),
                ("--signature takes rpc-1.0 or acs3", [*sign, "--signature", SECRET]),
                *((f"--show {stage} is of --signature acs3", [*sign, "--show", stage])
                  for stage in ("canonical-request", "authorization", "headers")),
                ("--show takes headers, canonical, canonical-request, ",
                 [*sign, "--signature=acs3", "--show", SECRET]),
                ("--method takes get, post or post-query", [*sign, "--signature=acs3", "--method", "PUT"]),
                ("--show form is of --method post",
                 [*sign, "--signature=acs3", "--show", "form", "--method", "post-query"]),
                ("--raw is for --signature rpc-1.0", [*sign, "--signature=acs3", "--raw"]),
                ("Format= takes json or xml", [*sign, "--signature=acs3", "Format=yaml"])]:
            with self.subTest(told, arguments=arguments[:4]):
                self.fails(USAGE, told + ".*; restartcaster --help tells more", *arguments)
        self.nothing_sent()

    def test_a_timestamp_must_be_the_services_form_of_a_real_time(self):
        for bad in ("", "now", "2026-11-22", "2026-11-22 17:36:19Z", "2026-11-22T17:36:19", "2026-11-22T17:36:19z",
                    "2026-11-22T17:36:19+00:00", "2026-02-29T00:00:00Z", "2026-00-01T00:00:00Z",
                    "2026-13-01T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-22T24:00:00Z",
                    "2026-11-22T00:60:00Z", "2026-11-22T00:00:60Z", "1969-12-31T23:59:59Z",
                    "10000-01-01T00:00:00Z", "2026-11-22T17:36:1 Z", " 2026-11-22T17:36:19Z",
                    "\uff12026-11-22T17:36:19Z"):
            with self.subTest(bad):
                self.fails(USAGE, "--timestamp is not a time .*Timestamp", "sign", "Action=A", "--timestamp", bad)
                self.fails(USAGE, "Timestamp= is not a time", "sign", "Action=A", f"Timestamp={bad}")
        for good in ("1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "9999-12-31T23:59:59Z"):
            self.assertIn(encoded(good), self.sign("Action=A", "--timestamp", good))
        self.assertEqual(self.sign("--raw", "--show", "canonical", "Timestamp=now"), "Timestamp=now")

    def test_an_endpoint_is_scheme_host_and_port_and_nothing_else(self):
        for bad in ("", "127.0.0.1", "127.0.0.1:80", "//127.0.0.1", "ftp://127.0.0.1", "HTTP://127.0.0.1",
                    "http:/127.0.0.1", "http://", "http:///", "https://:443", "http://127.0.0.1:",
                    "http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.1:+80", "http://127.0.0.1:8 ",
                    "http://127.0.0.1:80:80", "http://127.0.0.1//", "http://127.0.0.1/path", "http://127.0.0.1?x",
                    "http://127.0.0.1#x", f"http://{SECRET}@127.0.0.1", f"http://u:{SECRET}@127.0.0.1",
                    "http://127.0.0.1\r\nX: y", "http://127.0.0.1\n", "http://127.0.0.1\\", "http://127.0.0.1%2f",
                    "http:// 127.0.0.1", "http://::1", "http://[::1", "http://[::1]x", "http://[]",
                    "http://[127.0.0.1]@x", "http://127.0.0.1.", "http://127.1", "http://127.0.0.01", "http://127.0.0.256", "http://2130706433",
                    "http://x..\u00e4", "https://" + "a" * 254, b"http://\xff"):
            with self.subTest(bad):
                self.fails(USAGE, "--endpoint takes http:// or https://, a host and perhaps :PORT",
                           "restart", LIVE, "--endpoint", bad)

    def test_a_timeout_is_a_number_of_seconds(self):
        for bad in ("", "0", "0.0", "0.0001", "-1", "+1", "1.", ".5", "1.2345", "1.2.3", "1e3", "1s", "inf", "nan",
                    "0x1", "86401", "9" * 30, " 1", "1.-5"):
            with self.subTest(bad):
                self.fails(USAGE, "--timeout takes seconds",
                           "restart", LIVE, "--endpoint", PLAIN.url, f"--timeout={bad}")
        for good in ("1", "86400", "2.5", "1.125", "007"):
            PLAIN.reset()
            self.restarts(PLAIN, LIVE, "--timeout", good)

    def test_plain_http_to_another_machine_needs_permission(self):
        for host in ("live.aliyuncs.com", "127.0.0.1.example.org", "0.0.0.0", "126.0.0.1", "128.0.0.1", "localhost.example.org", "xlocalhost",
                     "[::2]", "[::ffff:10.0.0.1]"):
            with self.subTest(host):
                self.fails(USAGE, "--endpoint is plain http to another machine.*--insecure-http",
                           "restart", LIVE, *ONCE, "--endpoint", f"http://{host}")
        self.fails(NOT_SENT, r"the request was not sent\. RestartCaster did not run; .*http://no-such-host\.invalid",
                   "restart", LIVE, *ONCE, "--endpoint", "http://no-such-host.invalid", "--insecure-http")

    def test_plain_http_to_this_machine_needs_none(self):
        port = PLAIN.url.rpartition(":")[2]
        for host in ("localhost", "LOCALHOST", "127.0.0.1"):
            PLAIN.reset()
            done = self.run_client("restart", LIVE, *ONCE, "--endpoint", f"http://{host}:{port}/")
            self.assertEqual((done.status, PLAIN.executed()), (DONE, 1), done.err)
        for host in ("127.255.255.254", "[::1]"):
            self.fails(NOT_SENT, "RestartCaster did not run", "restart", LIVE, *ONCE, "--endpoint", f"http://{host}:1")

    def test_options_stand_before_and_behind_and_with_an_equals_sign(self):
        for arguments in ([LIVE, "--endpoint", PLAIN.url, "--format", "xml", "--method", "get"],
                          [f"--endpoint={PLAIN.url}", LIVE, "--method=GET", "--format=XML"],
                          [f"--endpoint={PLAIN.url}", "--method=GET", "--format=XML", "--", LIVE]):
            arguments.insert(0, "restart")
            self.options_are_taken(arguments)
        self.options_are_taken(["--endpoint", PLAIN.url, "--format", "xml", "restart", LIVE, "--method=get"])
        self.options_are_taken([f"--endpoint={PLAIN.url}", "--insecure-http", "--method", "get", "--format", "xml",
                                "restart", LIVE])

    def options_are_taken(self, arguments):
        PLAIN.reset()
        self.assertEqual(self.run_client(*arguments).status, DONE)
        line = PLAIN.requests()[0]["line"]
        self.assertTrue(line.startswith("GET ") and "Format=XML" in line, "the options were not taken")

    def test_help_and_version_are_printed(self):
        whole = self.run_client("--help").out
        for words in (ID, KEY, STS, "ALIBABA_CLOUD_REGION_ID", "ALIBABA_CLOUD_ENDPOINT", "CURL_CA_BUNDLE", "SSL_CERT_FILE",
                      "https_proxy", "NO_COLOR", "live:RestartCaster", "examples:", "\n  130  ",
                      *(f"\n  {status}  " for status in range(9)), *(f"\n  {command} " for command in COMMANDS)):
            self.assertIn(words, whole)
        each = "".join(self.run_client("help", command).out for command in COMMANDS)
        for words in ("restart CASTER_ID", "sign NAME=VALUE", "--region", "--endpoint", "--method", "--format",
                      "--timeout", "--ca-file", "--insecure-http", "--raw", "--show", "--nonce", "--timestamp",
                      "--signature", "--pace", "--deadline", "--attempts", "--retry", "--json", "Ctrl-C"):
            self.assertIn(words, each)
        self.assertLessEqual(max(map(len, each.splitlines())), 118)
        self.assertLessEqual(max(map(len, whole.splitlines())), 118)
        for arguments in (["restart", "--help"], ["restart", "-h"], ["restart", "--help", LIVE],
                          ["restart", "--format=?", "--help"]):
            done = self.run_client(*arguments)
            self.assertIn("usage: restartcaster restart CASTER_ID", done.out)
            self.assertNotIn("--raw", done.out)
        self.assertNotIn("--timeout SECONDS", self.run_client("sign", "--help").out)
        for all_of_it in (["-h"], ["help"], ["--json", "--help"]):
            self.assertEqual(self.run_client(*all_of_it).out, whole)
        for command in COMMANDS:
            about = self.run_client(command, "--help").out
            for arguments in (["help", command], ["--help", command], ["-h", command]):
                self.assertEqual(self.run_client(*arguments).out, about)
        self.assertEqual(self.run_client("--help", **{ID: "", KEY: ""}).out, whole)
        version = re.findall(r"#define RESTARTCASTER_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)",
                             (ROOT / "include/restartcaster/version.hpp").read_text())
        for arguments in (["--version"], ["-V"], ["version"], ["restart", "--version"], ["sign", "-V"]):
            self.assertEqual(self.run_client(*arguments).out, f"restartcaster {'.'.join(version)}\n")


class Restart(Case):
    def test_a_studio_restarts_over_every_way(self):
        for gateway in (PLAIN, TLS):
            for method, placement in (("get", "query"), ("post", "form"), ("post-query", "query")):
                for form in ("json", "xml"):
                    with self.subTest(gateway.url, method=method, format=form):
                        gateway.reset()
                        self.restarts(gateway, LIVE, "--method", method, "--format", form, "--region", "cn-shanghai")
                        [call] = gateway.door("executions")["calls"]
                        self.assertEqual((call["executed"], call["placement"], call["method"]),
                                         (True, placement, "GET" if method == "get" else "POST"))
                        [request] = gateway.requests()
                        sent = request["line"] + request["body"]
                        self.assertIn(f"Format={form.upper()}&RegionId=cn-shanghai&", sent)

    def test_the_request_id_that_the_service_gave_is_printed(self):
        for form in ("json", "xml"):
            PLAIN.reset({"kind": "header", "name": "x", "value": "y"})
            done = self.restarts(PLAIN, LIVE, "--format", form)
            self.assertEqual(done.out.count("\n"), 1)

    def test_post_form_and_json_are_the_default(self):
        self.restarts(PLAIN)
        [request] = PLAIN.requests()
        self.assertEqual(request["line"], "POST / HTTP/1.1")
        self.assertIn("&Format=JSON&", request["body"])
        self.assertNotIn("RegionId", request["body"])

    def test_only_the_headers_of_the_request_are_sent(self):
        for method, own in (("post", {"Accept-Encoding", "Content-Type", "Content-Length"}),
                            ("get", {"Accept-Encoding"}), ("post-query", {"Accept-Encoding", "Content-Length"})):
            PLAIN.reset()
            self.restarts(PLAIN, LIVE, "--method", method)
            [request] = PLAIN.requests()
            self.assertEqual({name for name, _ in request["headers"]}, own | {"Host"}, method)
            self.assertIn(["Accept-Encoding", "identity"], request["headers"])

    def test_a_security_token_of_8_kilobytes_goes_with_the_call(self):
        self.restarts(STS_ONLY, **{STS: TOKEN})
        self.assertEqual(STS_ONLY.executed(), 1)

    def test_legal_and_odd_ids_arrive_as_they_are(self):
        for caster_id in ("a b+c*d~e%f&g=h/i?j#k", "直播-\U0001f3ac", "-n", "--help", "x" * 4096, "x'\"\\<>x",
                          "a\u0301"):
            for method in ("post", "get", "post-query"):
                with self.subTest(caster_id[:20], method=method):
                    PLAIN.reset()
                    PLAIN.door("studios", {caster_id: "streaming"})
                    self.restarts(PLAIN, caster_id, "--method", method)
                    self.assertEqual(PLAIN.executed(caster_id), 1)

    def test_a_studio_id_that_cannot_be_one_is_named_and_nothing_is_sent(self):
        for bad, told in (("", "a required value is missing or empty"), (" x", "blanks at an end"),
                          ("x ", "blanks at an end"), ("\tx", "blanks at an end"), ("x\n", "blanks at an end"),
                          ("x\x01y", "a control character"), ("x\x7fy", "a control character"),
                          ("x\r\nHost: y", "a control character"), (b"x\xff", "not UTF-8")):
            with self.subTest(bad):
                self.fails(LOCAL, rf"not sent, CasterId: {told}.*RestartCaster did not run; ",
                           "restart", "--endpoint", PLAIN.url, bad)
        for bad in "\u0085\u00ad\u061c\u200b\u200e\u2028\u202e\u2066\ufeff\U000e0041":
            self.fails(LOCAL, rf"not sent, CasterId: .*U\+{ord(bad):04X}.*RestartCaster did not run; ",
                       "restart", "--endpoint", PLAIN.url, f"a{bad}b")
        for bad, told in ((" x", "blanks at an end"), ("x\x01y", "a control character"), (b"\xff", "not UTF-8")):
            self.fails(LOCAL, rf"not sent, RegionId: {told}", "restart", LIVE, "--endpoint", PLAIN.url, "--region", bad)
        self.nothing_sent()

    def test_a_url_over_the_limit_is_refused_with_get_and_fine_with_post(self):
        long = "x" * 9000
        self.fails(LOCAL, r"not sent, URL: the URL is longer than the limit; send with POST \(its bytes: 9\d\d\d\)",
                   "restart", long, "--endpoint", PLAIN.url, "--method", "get")
        self.nothing_sent()
        PLAIN.door("studios", {long: "streaming"})
        self.restarts(PLAIN, long)

    def test_credentials_that_cannot_work_are_named_and_nothing_is_sent(self):
        for told, environment in ((f"{ID}: the environment variable is not set or empty; export it first", {ID: ""}),
                                  (f"{KEY}: the environment variable is not set or empty", {KEY: ""}),
                                  ("not sent, AccessKeyId: blanks at an end", {ID: KEY_ID + " "}),
                                  ("not sent, AccessKeyId: a control character", {ID: "a\x01b"}),
                                  ("not sent, AccessKeySecret: blanks at an end", {KEY: " " + SECRET}),
                                  ("not sent, AccessKeySecret: blanks at an end", {KEY: SECRET + "\n"}),
                                  ("not sent, AccessKeySecret: not UTF-8", {KEY: "canarySecret\udcff"}),
                                  ("not sent, SecurityToken: blanks at an end", {STS: "canaryToken "})):
            with self.subTest(told):
                self.restart_fails(LOCAL, rf"\Arestartcaster: {told}", PLAIN, **environment)
        self.nothing_sent()

    def test_each_refusal_says_what_to_do_and_nothing_runs(self):
        token = {STS: TOKEN}
        for status, told, gateway, caster_id, environment in (
                (REFUSED, r"InvalidAccessKeyId\.NotFound: .*check the access key id", PLAIN, LIVE, {ID: "other"}),
                (REFUSED, r"SignatureDoesNotMatch: Specified signature is not matched with our calculation\. .*"
                          r"\(HTTP 400\)\. RestartCaster did not run; check the access key",
                 PLAIN, LIVE, {KEY: "canarySecret-other"}),
                (REFUSED, r"SignatureDoesNotMatch: .*check the access key",
                 STS_ONLY, LIVE, token | {KEY: "canarySecret-other"}),
                (REFUSED, r"MissingSecurityToken.*security token", STS_ONLY, LIVE, {}),
                (REFUSED, r"InvalidSecurityToken\.\w+: .*security token",
                 STS_ONLY, LIVE, {STS: "canaryToken-other"}),
                (REFUSED, r"InvalidSecurityToken\.\w+: .*security token", PLAIN, LIVE, {STS: "canaryToken"}),
                (REFUSED, r"IncorrectCasterStatus\.Idle: .*call StartCaster", PLAIN, IDLE, {}),
                (REFUSED, r"InvalidNormType\.Malformed: .*this kind of studio does not take this operation", PLAIN, VIRTUAL, {}),
                (REFUSED, r"InvalidCaster\.NotFound: .*\(HTTP 404\).*correct the request", PLAIN, ABSENT, {}),
                (REFUSED, r"InvalidCaster\.NotFound: ", PLAIN, "nowhere", {}),
                (REFUSED, r"InvalidCasterId\.Malformed: .*correct the request", PLAIN, "not an id", {})):
            for form in ("json", "xml"):
                for method in ("get", "post") if gateway is PLAIN else ("post",):
                    with self.subTest(told, format=form, method=method):
                        gateway.reset()
                        done = self.restart_fails(status, rf"\Arestartcaster: refused with {told}", gateway,
                                                  caster_id, "--format", form, "--method", method, **environment)
                        self.assertIn("RestartCaster did not run", done.err)
                        self.assertRegex(done.err, r"Request id [0-9A-F-]{36}\n")
                        self.assertEqual(gateway.door("executions")["executions"], {})
                        self.assertEqual(len(gateway.requests()), 1)

    def test_a_clock_that_is_off_is_said_to_be(self):
        for offset in (3600, -3600):
            PLAIN.reset()
            PLAIN.door("clock", {"offset": offset})
            self.restart_fails(REFUSED, r"InvalidTimeStamp\.Expired: .*RestartCaster did not run; set the clock", PLAIN)
            self.assertEqual(PLAIN.executed(), 0)

    def test_a_throttled_call_says_how_long_to_wait(self):
        PLAIN.door("rate", {"rate": 1})
        self.restarts(PLAIN)
        self.restart_fails(THROTTLED,
                           r"Throttling\.User: .*RestartCaster did not run; .*wait, then call again \(after \d+ ms\)", PLAIN)
        self.assertEqual(PLAIN.executed(), 1)

    def test_every_fault_is_told_for_what_it_is(self):
        self.assertEqual({fault["kind"] for fault, *_ in FAULTS}, set(faults.KINDS), "a fault is missing here")
        for gateway in (PLAIN, TLS):
            for fault, status, told, executed in FAULTS:
                if gateway is TLS and fault["kind"] == "until-close":
                    continue                                # the end of a connection alone proves nothing there
                with self.subTest(gateway.url, fault=fault):
                    gateway.reset({key: value.format(url=gateway.url) if key == "location" else value
                                   for key, value in fault.items()})
                    options = ["--timeout", "1"] if fault["kind"] in ("latency", "stall") else []
                    if status == DONE:
                        self.restarts(gateway, LIVE, *options)
                    else:
                        done = self.restart_fails(status, told, gateway, LIVE, *options)
                        self.assertIn("RestartCaster may have run; " if status == UNKNOWN else "RestartCaster did not run; ", done.err)
                    self.assertEqual(gateway.executed(), executed, "executed")
                    self.assertEqual(len(gateway.requests()), 1, "requests")

    def test_fields_of_interim_answers_and_trailers_are_passed_over(self):
        body = '{"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31"}'
        for raw in ("HTTP/1.1 103 Early Hints\r\nContent-Encoding: gzip\r\n\r\n"
                    f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    f"{len(body):x}\r\n{body}\r\n0\r\nContent-Encoding: gzip\r\n\r\n"):
            PLAIN.reset({"kind": "raw", "text": raw})
            self.restarts(PLAIN)

    def test_text_from_the_network_commands_no_terminal(self):
        body = '{"RequestId":"a\\u001b[31m\\n\u00c2\u009b b"}'
        PLAIN.reset({"kind": "raw", "text": f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}"})
        self.assertEqual(self.restart(PLAIN).out, "a?[31m????b\n")    # ESC, LF, the two bytes of U+009B, a blank
        PLAIN.reset({"kind": "error", "code": "Bad\x1b[2J", "status": 400, "message": "x\ny\x9bz\x07"})
        self.restart_fails(REFUSED, r"refused with Bad\?\[2J: x\?y\?z\? \(HTTP 400\)", PLAIN)

    def test_text_from_the_network_has_no_character_that_no_screen_shows(self):
        unseen = [*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
                  *range(0x2066, 0x206A), 0xFEFF, *range(0xE0000, 0xE0080)]
        for first in range(0, len(unseen), 40):             # a message is cut short after 200 bytes
            part = unseen[first:first + 40]
            fault = {"kind": "error", "code": "Bad", "status": 400, "message": "a" + "".join(map(chr, part)) + "直播z"}
            PLAIN.reset(fault)
            self.restart_fails(REFUSED, rf": a\?{{{len(part)}}}直播z \(HTTP 400\)", PLAIN)
            PLAIN.reset(fault)

    def test_a_wait_beyond_what_is_counted_is_told_as_such(self):
        for wait in (2 ** 32 - 1, 2 ** 32, 10 ** 15):
            PLAIN.reset({"kind": "throttle", "retry_after": wait})
            done = self.restart_fails(THROTTLED, "a wait of more than 49 days", PLAIN)
            self.assertNotIn("4294967295", done.err)

    def test_a_lost_request_id_is_told(self):
        with open("/dev/full", "wb") as full:
            done = self.restart(PLAIN, stdout=full)
        self.assertEqual((done.status, PLAIN.executed()), (OUTPUT_LOST, 1))
        self.assertIn("done, but standard output could not be written", done.err)

    def test_nobody_listening_is_not_sent(self):
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        for scheme in ("http", "https"):
            self.fails(NOT_SENT, rf"not sent, .*RestartCaster did not run; call again\. Endpoint {scheme}://127\.0\.0\.1:{port}",
                       "restart", LIVE, *ONCE, "--endpoint", f"{scheme}://127.0.0.1:{port}")

    def test_a_name_that_does_not_exist_is_not_sent(self):
        self.fails(NOT_SENT, r"not sent, .*host.*RestartCaster did not run",
                   "restart", LIVE, *ONCE, "--endpoint", "https://no-such-host.invalid")

    def test_silence_before_the_request_is_not_sent_and_after_it_is_no_answer(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:    # takes connections and says nothing
            authority = "127.0.0.1:%d" % listener.getsockname()[1]
            for scheme, status, told in (("https", NOT_SENT, "RestartCaster did not run"), ("http", UNKNOWN, "RestartCaster may have run")):
                begun = time.monotonic()
                self.fails(status, told, "restart", LIVE, *ONCE, "--endpoint", f"{scheme}://{authority}",
                           "--timeout", "0.5")
                self.assertLess(time.monotonic() - begun, 60)

    def test_a_tls_peer_that_hangs_up_in_the_handshake_has_not_seen_the_request(self):
        self.fails(NOT_SENT, "RestartCaster did not run", "restart", LIVE, *ONCE, "--timeout", "1",
                   "--endpoint", PLAIN.url.replace("http:", "https:"))
        with socket.create_server(("127.0.0.1", 0)) as listener:
            def hang_up():
                with contextlib.closing(listener.accept()[0]) as connection:
                    connection.recv(1)
            thread = threading.Thread(target=hang_up)
            thread.start()
            self.fails(NOT_SENT, "RestartCaster did not run", "restart", LIVE, *ONCE, "--endpoint",
                       "https://127.0.0.1:%d" % listener.getsockname()[1])
            thread.join()

    def test_a_tls_peer_that_hangs_up_after_the_handshake_may_have_seen_the_request(self):
        public, private = certificate.make()
        with (tempfile.NamedTemporaryFile("w", suffix=".pem") as both,
              socket.create_server(("127.0.0.1", 0)) as listener):
            both.write(public + private)
            both.flush()
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(both.name)

            def hang_up():
                with contextlib.closing(context.wrap_socket(listener.accept()[0], server_side=True)) as connection:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))   # with a reset

            for _ in range(3):
                thread = threading.Thread(target=hang_up)
                thread.start()
                self.fails(UNKNOWN, "RestartCaster may have run", "restart", LIVE, *ONCE, "--ca-file", both.name, "--endpoint",
                           "https://127.0.0.1:%d" % listener.getsockname()[1])
                thread.join()

    def test_an_unknown_authority_is_refused(self):
        told = (r"not sent, the server's certificate is of an unknown authority or for another name: .*"
                r"RestartCaster did not run; .*--ca-file")
        self.fails(NOT_SENT, told, "restart", LIVE, *ONCE, "--endpoint", TLS.url)
        self.fails(NOT_SENT, told, "restart", LIVE, *ONCE, "--endpoint", TLS.url, "--ca-file", EXPIRED.ca_file)
        self.fails(NOT_SENT, told, "restart", LIVE, *ONCE, "--endpoint", TLS.url, "--insecure-http")
        self.nothing_sent()

    def test_a_certificate_for_another_name_is_refused(self):
        self.restart_fails(NOT_SENT, "the server's certificate is of an unknown authority or for another name",
                           OTHER_NAME)
        self.nothing_sent()

    def test_an_expired_certificate_is_refused(self):
        self.restart_fails(NOT_SENT, "not sent, the server's certificate has expired", EXPIRED)
        self.nothing_sent()

    def test_the_authorities_can_come_from_the_environment(self):
        for variable in ("CURL_CA_BUNDLE", "SSL_CERT_FILE"):
            TLS.reset()
            done = self.run_client("restart", LIVE, *ONCE, "--endpoint", TLS.url, **{variable: TLS.ca_file})
            self.assertEqual((done.status, TLS.executed()), (DONE, 1), done.err)
            self.restarts(TLS, **{variable: EXPIRED.ca_file})   # the option counts for more

    def test_a_ca_file_that_cannot_be_read_is_told(self):
        with tempfile.NamedTemporaryFile(suffix=".pem") as empty:
            for file in (empty.name, "/nonexistent.pem"):
                self.fails(NOT_SENT, "not sent, .*RestartCaster did not run.*holds no certificate that can be read",
                           "restart", LIVE, *ONCE, "--endpoint", TLS.url, "--ca-file", file)
        self.nothing_sent()

    def test_plain_http_never_goes_through_a_proxy_and_https_does(self):
        dead = {name: "http://127.0.0.1:1"
                for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")}
        self.restarts(PLAIN, **dead)
        self.restart_fails(NOT_SENT, "RestartCaster did not run", TLS, **dead)
        self.assertEqual(TLS.requests(), [])

    def test_a_proxy_tunnels_https_and_its_own_words_count_for_nothing(self):
        for answer, status, told in ((b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", DONE, r"\A\Z"),
                                     (b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", NOT_SENT, "RestartCaster did not run")):
            TLS.reset()
            with Proxy(TLS, answer) as proxy:
                done = self.restart(TLS, https_proxy=proxy.url)
            self.assertEqual((done.status, TLS.executed()), (status, status == DONE), done.err)
            self.assertRegex(done.err, told)
            self.assertTrue(proxy.asked.startswith(b"CONNECT 127.0.0.1:"), "not tunnelled")

    def test_a_core_dump_would_hold_nothing(self):
        PLAIN.reset({"kind": "latency", "seconds": 1})
        process = subprocess.Popen([harness.binary, "restart", LIVE, *PLAINLY, *to(PLAIN)], env=variables({}),
                                   stdout=subprocess.DEVNULL)
        while not PLAIN.requests():
            time.sleep(0.02)
        limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
        self.assertEqual(process.wait(10), DONE)
        self.assertRegex(limits, r"Max core file size +0 +0 ")


LOOK = r".*\. RestartCaster may have run; find out the present state before you call again"
NO_ANSWER = r"\Arestartcaster: no answer, .*: the request was sent and no whole answer came"
UNREADABLE = r"\Arestartcaster: no readable answer, "
PROXY = r" \(HTTP 502\)" + LOOK
# The fault, the exit status, what is told, and how often the studio was restarted in truth.
FAULTS = [
    ({"kind": "latency", "seconds": 0.3}, DONE, None, 1),
    ({"kind": "latency", "seconds": 3}, UNKNOWN, NO_ANSWER + LOOK, 1),
    ({"kind": "drop-before"}, UNKNOWN, NO_ANSWER + LOOK, 0),
    ({"kind": "drop-after"}, UNKNOWN, NO_ANSWER + LOOK, 1),
    ({"kind": "reset"}, UNKNOWN, NO_ANSWER + LOOK, 0),
    ({"kind": "reset-after"}, UNKNOWN, NO_ANSWER + LOOK, 1),
    ({"kind": "bad-gateway"}, UNKNOWN, UNREADABLE + "the body is neither JSON nor XML of the service" + PROXY, 0),
    ({"kind": "bad-gateway-after"}, UNKNOWN, UNREADABLE + "the body is neither JSON nor XML of the service" + PROXY, 1),
    ({"kind": "proxy-after", "status": 408, "text": "<p>The upstream <code>live</code> was slow</p>"}, UNKNOWN,
     UNREADABLE + r".* \(HTTP 408\)\. RestartCaster may have run", 1),
    ({"kind": "proxy-after", "status": 500, "text": '{"Code":"IncorrectCasterStatus","RequestId":"1"}',
      "value": "application/json", "retry_after": 50}, UNKNOWN, r"\(HTTP 500\)" + LOOK + r" \(after 50 ms\)", 1),
    *(({"kind": "redirect", "location": "{url}/?moved", "status": status}, UNKNOWN, UNREADABLE +
       rf"a redirect, which was not followed \(to host 127\.0\.0\.1\) \(HTTP {status}\)\. RestartCaster may have run; check the way", 0) for status in (301, 302, 303, 307, 308)),
    ({"kind": "service-unavailable"}, UNKNOWN, r"refused with ServiceUnavailable: .* \(HTTP 503\)" + LOOK, 0),
    ({"kind": "throttle", "retry_after": 1500}, THROTTLED,
     r"refused with Throttling\.User: Request was denied due to user flow control\. \(HTTP 400\)\. RestartCaster did not run; "
     r"wait, then call again \(after 1500 ms\)", 0),
    ({"kind": "throttle", "retry_after": 700, "status": 429, "headers": "old"}, THROTTLED,
     r"\(HTTP 429\).*\(after 700 ms\)", 0),
    ({"kind": "throttle", "status": 503, "code": "Throttling.Api"}, THROTTLED, r"Throttling\.Api: .*\(HTTP 503\)", 0),
    ({"kind": "error", "code": "InternalError"}, UNKNOWN, r"refused with InternalError: .* \(HTTP 500\)" + LOOK, 0),
    ({"kind": "error", "code": "InternalError", "after": True}, UNKNOWN, r"refused with InternalError: .*" + LOOK, 1),
    ({"kind": "error", "code": "Forbidden.RAM", "status": 403}, REFUSED,
     r"Forbidden\.RAM: .*ask the account's owner", 0),
    ({"kind": "error", "code": "SomethingNew", "status": 400}, REFUSED, r"SomethingNew: .*correct the request", 0),
    ({"kind": "resent"}, UNKNOWN, r"refused with SignatureNonceUsed: .*" + LOOK, 1),
    ({"kind": "stale"}, DONE, None, 1),
    ({"kind": "stale-after"}, DONE, None, 1),
    ({"kind": "close"}, DONE, None, 1),
    ({"kind": "truncate", "bytes": 0}, UNKNOWN, NO_ANSWER + r" \(HTTP 200\)" + LOOK, 1),
    ({"kind": "truncate", "bytes": 20}, UNKNOWN, NO_ANSWER + r" \(HTTP 200\)" + LOOK, 1),
    ({"kind": "stall", "bytes": 20, "pause": 3}, UNKNOWN, NO_ANSWER + r" \(HTTP 200\)" + LOOK, 1),
    ({"kind": "short-body", "bytes": 20}, UNKNOWN,
     UNREADABLE + r"the body ends too early \(byte 20\) \(HTTP 200\)" + LOOK, 1),
    ({"kind": "empty"}, UNKNOWN, UNREADABLE + r"the answer has no body \(HTTP 200\)" + LOOK, 1),
    ({"kind": "garbage"}, UNKNOWN, UNREADABLE + r".*\(HTTP 200\)" + LOOK, 1),
    ({"kind": "html"}, UNKNOWN, UNREADABLE + r".*\(HTTP 200\)" + LOOK, 1),
    ({"kind": "big", "bytes": 200_000}, DONE, None, 1),
    ({"kind": "big", "bytes": 2_000_000}, UNKNOWN,
     r"no answer, the answer is longer than the storage left for it \(HTTP 200\)" + LOOK, 1),
    ({"kind": "gzip"}, UNKNOWN,
     UNREADABLE + r"the body is compressed although nobody asked for it \(HTTP 200\)" + LOOK, 1),
    ({"kind": "chunked"}, DONE, None, 1),
    ({"kind": "until-close"}, DONE, None, 1),
    ({"kind": "drip"}, DONE, None, 1),
    ({"kind": "content-type", "value": "text/html"}, DONE, None, 1),
    ({"kind": "content-type", "value": None}, DONE, None, 1),
    ({"kind": "date", "value": email.utils.formatdate(0, usegmt=True)}, DONE, None, 1),
    ({"kind": "no-date"}, DONE, None, 1),
    ({"kind": "age", "value": "100"}, DONE, None, 1),
    ({"kind": "header", "name": "x-long", "value": "y" * 20_000}, DONE, None, 1),
    ({"kind": "raw", "text": ""}, UNKNOWN, NO_ANSWER + LOOK, 1),
    ({"kind": "raw", "text": "not HTTP at all\r\n\r\n"}, UNKNOWN, NO_ANSWER + LOOK, 1),
    ({"kind": "raw", "text": "HTTP/1.1 100 Continue\r\n\r\n"}, UNKNOWN, NO_ANSWER + r"\. RestartCaster may", 1),
    ({"kind": "raw", "text": "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n"}, UNKNOWN, NO_ANSWER + LOOK, 1),
    ({"kind": "raw", "text": "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n"}, UNKNOWN,
     UNREADABLE + r".*\(HTTP 417\)", 1),
    ({"kind": "raw", "text": "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"},
     UNKNOWN, UNREADABLE + r".*\(HTTP 401\)", 1),
]


def setUpModule():
    global PLAIN, TLS, STS_ONLY, OTHER_NAME, EXPIRED
    PLAIN, TLS = harness.start(), harness.start("--tls")
    STS_ONLY = harness.start("--security-token", TOKEN)
    OTHER_NAME = harness.start("--tls", "--tls-name", "elsewhere.invalid")
    EXPIRED = harness.start("--tls", "--tls-expired")


def tearDownModule():
    harness.stop_all()


if __name__ == "__main__":
    harness.main()
