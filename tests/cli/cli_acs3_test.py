#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command-line client under ACS3-HMAC-SHA256: every stage that it shows, every way that it calls.

Source: the vectors in ../vectors; the gateway's implementation, ../standin/acs3.py, for what has no vector.
Usage: cli_acs3_test.py PATH_OF_RESTARTCASTER
"""

import contextlib
import http.client
import json
import sys
import urllib.parse

sys.dont_write_bytecode = True                              # the source tree stays as it is

import harness
from harness import *

import acs3

ACS3 = ["--signature", "acs3"]
STAMP = ["--nonce", "n-1", "--timestamp", "2026-11-22T17:36:19Z"]
OWN_HEADERS = {"content-type", "host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-security-token",
               "x-acs-signature-nonce", "x-acs-version"}
STAGES = {"canonical": "canonical_query", "canonical-request": "canonical_request",
          "string-to-sign": "string_to_sign", "signature": "signature", "authorization": "authorization"}


class Sign(Case):
    def test_the_vectors_are_given_stage_by_stage(self):
        given = 0
        for vector in json.loads((ROOT / "tests/vectors/acs3.json").read_text()):
            headers = vector["headers"]
            form = headers.get("content-type") == "application/x-www-form-urlencoded"
            if not set(headers) <= OWN_HEADERS or vector["method"] != "POST" or (vector["body"] and not form):
                continue                                    # not made of an operation and its parameters
            own = dict(urllib.parse.parse_qsl(vector["body"], keep_blank_values=True)) | vector["query_params"]
            arguments = [*ACS3, "--method", "post" if form else "post-query",
                         "--endpoint", "https://" + headers["host"],
                         "--nonce", headers["x-acs-signature-nonce"], "--timestamp", headers["x-acs-date"],
                         f"Action={headers['x-acs-action']}", f"Version={headers['x-acs-version']}",
                         *(f"{name}={value}" for name, value in own.items())]
            environment = {ID: vector["access_key_id"], KEY: vector["secret"],
                           STS: headers.get("x-acs-security-token", "")}
            with self.subTest(vector["name"]):
                for what, stage in STAGES.items():
                    expected = vector["body"] if form and what == "canonical" else vector[stage]
                    self.assertEqual(self.sign("--show", what, *arguments, **environment), expected, what)
                shown = self.sign_json(*arguments, **environment)
                self.assertEqual({stage: shown[stage] for stage in STAGES.values() if stage != "canonical_query"},
                                 {stage: vector[stage] for stage in STAGES.values() if stage != "canonical_query"})
                self.assertEqual(shown["body"], vector["body"])
                self.assertEqual(shown["headers"], headers | {"accept": "application/json",
                                                              "authorization": vector["authorization"]})
            given += 1
        self.assertGreaterEqual(given, 9)

    def test_odd_parameters_are_signed_as_the_gateway_signs_them(self):
        odd = {"Empty": "", "Odd": " +*~%&=/?#\"'\\", "中文": "\U0001f3ac", "Control": "a\tb\n\x7f", "a.10.Key": "2",
               "a.1.Key": "1", "B": "b", "_": "=="}
        for method, text in (("get", "GET"), ("post-query", "POST"), ("post", "POST")):
            shown = self.sign_json(*ACS3, *STAMP, "--method", method, "Action=A",
                                   *(f"{name}={value}" for name, value in odd.items()), **{STS: TOKEN})
            query = {} if method == "post" else {name.encode(): value.encode() for name, value in odd.items()}
            headers = [item for item in shown["headers"].items() if item[0] not in ("accept", "authorization")]
            body = "&".join(f"{encoded(name)}={encoded(odd[name])}" for name in sorted(odd, key=str.encode))
            self.assertEqual(shown["body"], body if method == "post" else "")
            request = acs3.canonical_request(text, query, headers, acs3.must_be_signed(headers),
                                             acs3.body_hash(shown["body"].encode()))
            self.assertEqual(shown["canonical_request"], request)
            self.assertEqual(shown["signature"], acs3.signature(SECRET.encode(), acs3.string_to_sign(request)))

    def test_what_is_shown_is_accepted(self):
        for method, verb in (("get", "GET"), ("post", "POST"), ("post-query", "POST")):
            for form in ("json", "xml"):
                PLAIN.reset()
                shown = self.sign_json(*ACS3, "--method", method, "--format", form, "--endpoint", PLAIN.url,
                                       "Action=RestartCaster", f"CasterId={LIVE}")
                self.assertEqual(shown["method"], verb)
                self.assertIn(form, send(shown)[1])
                [call] = PLAIN.door("executions")["calls"]
                self.assertEqual((call["executed"], call["signature"]), (True, "ACS3-HMAC-SHA256"))

    def test_headers_are_the_default_and_go_into_curl_as_they_are(self):
        shown = self.sign_json(*ACS3, *STAMP, "Action=A", "B=c", **{STS: TOKEN})
        text = self.sign(*ACS3, *STAMP, "Action=A", "B=c", **{STS: TOKEN})
        self.assertEqual(dict(line.split(": ", 1) for line in text.splitlines()), shown["headers"])
        self.assertEqual(self.sign(*ACS3, *STAMP, "--show", "headers", "Action=A", "B=c", **{STS: TOKEN}), text)
        self.assertEqual(self.sign(*ACS3, "--show", "url", "Action=A", "B=c"), "https://live.aliyuncs.com/?B=c")
        self.assertEqual(self.sign(*ACS3, "--show", "url", "Action=A"), "https://live.aliyuncs.com/")
        self.assertEqual(self.sign(*ACS3, "--show", "form", "Action=A", "B=c d"), "B=c%20d")

    def test_common_parameters_that_are_given_are_taken(self):
        shown = self.sign_json(*ACS3, "Action=A", "Version=1", "AccessKeyId=other", "SecurityToken=t", "Format=XML",
                               "SignatureNonce=mine", "Timestamp=1970-01-01T00:00:00Z", **{ID: "", STS: TOKEN})
        self.assertEqual(shown["canonical_query"], "")
        self.assertIn("Credential=other,", shown["authorization"])
        expected = {"accept": "application/xml", "x-acs-version": "1", "x-acs-security-token": "t",
                    "x-acs-signature-nonce": "mine", "x-acs-date": "1970-01-01T00:00:00Z"}
        self.assertEqual({name: shown["headers"][name] for name in expected}, expected)

    def test_what_cannot_stand_in_a_header_is_named(self):
        for told, arguments in (("Action: a required value is missing", ["B=c"]),
                                ("Action: a control character", ["Action=a\r\nx: y"]),
                                ("SecurityToken: a control character", ["Action=A", "SecurityToken=a\nb"]),
                                ("SignatureNonce: a control character", ["Action=A", "--nonce=a\nb"]),
                                ("SignatureMethod: the parameter is set by", ["Action=A", "SignatureMethod=HMAC-SHA1"]),
                                ("SignatureVersion: the parameter is set by", ["Action=A", "SignatureVersion=1.0"]),
                                ("Action: the parameter is given twice", ["Action=A", "Action=A"]),
                                ("SignatureNonce: the parameter is given twice",
                                 ["Action=A", "SignatureNonce=a", "--nonce=a"])):
            with self.subTest(told):
                self.fails(LOCAL, told, "sign", *ACS3, *arguments)


def send(shown):
    """Sends what `sign --show json` gave: the status, the type and the text of the answer."""
    url = urllib.parse.urlsplit(shown["url"])
    with contextlib.closing(http.client.HTTPConnection(url.netloc, timeout=10)) as connection:
        connection.request(shown["method"], f"{url.path}?{url.query}", shown["body"], shown["headers"])
        reply = connection.getresponse()
        return reply.status, reply.headers["content-type"], reply.read().decode()


class Restart(Case):
    def test_a_studio_restarts_over_every_way(self):
        for gateway in (PLAIN, TLS):
            for method, placement in (("get", "query"), ("post", "form"), ("post-query", "query")):
                for form in ("json", "xml"):
                    with self.subTest(gateway.url, method=method, format=form):
                        gateway.reset()
                        self.restarts(gateway, LIVE, *ACS3, "--method", method, "--format", form,
                                      "--region", "cn-shanghai")
                        [call] = gateway.door("executions")["calls"]
                        self.assertEqual((call["executed"], call["placement"], call["method"], call["signature"]),
                                         (True, placement, "GET" if method == "get" else "POST", "ACS3-HMAC-SHA256"))
                        [request] = gateway.requests()
                        self.assertIn(["accept", f"application/{form}"], request["headers"])
                        self.assertIn(f"CasterId={LIVE}&RegionId=cn-shanghai", request["line"] + request["body"])

    def test_rpc_1_0_is_the_default_and_can_be_named(self):
        for options in ([], ["--signature", "rpc-1.0"], ["--signature=RPC-1.0"]):
            PLAIN.reset()
            self.restarts(PLAIN, LIVE, *options)
            self.assertEqual(PLAIN.door("executions")["calls"][0]["signature"], "RPC-1.0")

    def test_a_security_token_of_8_kilobytes_goes_with_the_call(self):
        for method in ("get", "post"):
            STS_ONLY.reset()
            self.restarts(STS_ONLY, LIVE, *ACS3, "--method", method, **{STS: TOKEN})
            self.assertEqual(STS_ONLY.executed(), 1)

    def test_each_refusal_says_what_to_do_and_shows_nothing_of_the_request(self):
        check = "check the access key"
        for told, gateway, caster_id, environment in (
                (rf"InvalidAccessKeyId\.NotFound: .*{check}", PLAIN, LIVE, {ID: "other"}),
                (rf"SignatureDoesNotMatch: Specified signature is not matched with our calculation\. .*\(HTTP 400\)\. "
                 rf".*{check}", PLAIN, LIVE, {KEY: "canarySecret-other"}),
                (rf"SignatureDoesNotMatch: .*{check}", STS_ONLY, LIVE, {STS: TOKEN, KEY: "canarySecret-other"}),
                (r"MissingSecurityToken.*security token", STS_ONLY, LIVE, {}),
                (r"InvalidSecurityToken\.\w+: .*security token", PLAIN, LIVE, {STS: "canaryToken"}),
                (r"IncorrectCasterStatus\.Idle: .*call StartCaster", PLAIN, IDLE, {}),
                (r"InvalidCaster\.NotFound: ", PLAIN, "nowhere", {})):
            for form in ("json", "xml"):
                for method in ("get", "post"):
                    with self.subTest(told, format=form, method=method):
                        gateway.reset()
                        done = self.restart_fails(REFUSED, rf"\Arestartcaster: refused with {told}", gateway, caster_id,
                                                  *ACS3, "--format", form, "--method", method, **environment)
                        self.assertIn("RestartCaster did not run", done.err)
                        self.assertEqual(gateway.door("executions")["executions"], {})

    def test_what_earns_a_wrong_scheme_body_or_header_is_explained(self):
        """The gateway's own answers to spoilt requests are what the client is then answered with."""
        signature = r"check the access key"
        scheme = "the service does not take this kind of signature"
        way = "check the way to the service"
        for spoil, told in ((authorization("-SHA256", "-SM3"), rf"InvalidSignatureMethod: .*{scheme}"),
                            (authorization("Signature=", "Signatur="), rf"IncompleteSignature: .*{signature}"),
                            (authorization("x-acs-date;", ""), rf"IncompleteSignature: .*{signature}"),
                            (lambda shown: shown.update(body=shown["body"] + "&RegionId=x"),
                             rf"SignatureDoesNotMatch: .*{signature}"),
                            (header("x-acs-content-sha256", "0" * 64), rf"SignatureDoesNotMatch: .*{signature}"),
                            (header("x-acs-content-sha256"), rf"IncompleteSignature: .*{signature}"),
                            (header("x-acs-signature-nonce"), rf"MissingSignatureNonce: .*{way}"),
                            (header("x-acs-date"), rf"MissingTimestamp: .*{way}"),
                            (header("x-acs-action"), rf"MissingAction: .*{way}"),
                            (header("x-acs-version"), rf"MissingVersion: .*{way}")):
            with self.subTest(told):
                PLAIN.reset()
                shown = self.sign_json(*ACS3, "--method", "post", "--endpoint", PLAIN.url, "Action=RestartCaster",
                                       f"CasterId={LIVE}")
                spoil(shown)
                status, _, answer = send(shown)
                self.assertEqual(PLAIN.executed(), 0)
                answer = json.loads(answer)
                PLAIN.reset({"kind": "error", "status": status, "code": answer["Code"], "message": answer["Message"]})
                done = self.restart_fails(REFUSED, rf"refused with {told}", PLAIN, LIVE, *ACS3)
                self.assertIn("RestartCaster did not run", done.err)
                self.assertNotRegex(done.err, r"\n.|x-acs-signature-nonce:")


def authorization(old, new):
    return lambda shown: shown["headers"].update(authorization=shown["headers"]["authorization"].replace(old, new))


def header(name, value=None):
    return lambda shown: shown["headers"].update({name: value}) if value else shown["headers"].pop(name)


def setUpModule():
    global PLAIN, TLS, STS_ONLY
    PLAIN, TLS = harness.start(), harness.start("--tls")
    STS_ONLY = harness.start("--security-token", TOKEN)


def tearDownModule():
    harness.stop_all()


if __name__ == "__main__":
    harness.main()
