#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The stand-in gateway over real sockets, against published vectors and a client written apart from it.

Source: the vectors in ../vectors; the vendor's pages named in service.py. The operations: studio_tests.py,
parameter_tests.py.
Longer than 250 lines: one class of tests for each part of the wire, the checks, the faults and the process.
"""

import base64
import calendar
import gzip
import hashlib
import hmac
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import uuid
import xml.etree.ElementTree
from email.utils import parsedate_to_datetime
from urllib.parse import quote

HERE = os.path.dirname(os.path.abspath(__file__))
VECTORS = os.path.join(HERE, "..", "vectors")
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)

import acs3
import faults
import percent
import rpc_v1
from callback_tests import *
from independent_client import (Gateway, GONE, IDLE, STREAMING, STUDIOS, VIRTUAL, WithGateway, acs3_request, common, encode,
                                exchange, http, read_reply, restart, sign, stamp)
from parameter_tests import *
from studio_tests import *

XML_DECLARATION = b"<?xml version='1.0' encoding='UTF-8'?>"


def vectors(name):
    with open(os.path.join(VECTORS, name), encoding="ascii") as file:
        return json.load(file)


class Vectors(unittest.TestCase):
    def test_rpc_v1_reproduces_every_vector(self):
        for vector in vectors("rpc-1.0.json"):
            with self.subTest(vector["name"]):
                parameters = {name.encode(): value.encode() for name, value in vector["params"].items()}
                self.assertEqual(percent.canonical(parameters).decode(), vector["canonical_query"])
                text = rpc_v1.string_to_sign(vector["method"], parameters)
                self.assertEqual(text.decode(), vector["string_to_sign"])
                signature = rpc_v1.signature(vector["secret"].encode(), text)
                self.assertEqual(signature.decode(), vector["signature"])

    def test_rpc_v1_accepts_every_vector_as_it_is_on_the_wire(self):
        for vector in vectors("rpc-1.0.json"):
            with self.subTest(vector["name"]):
                wire = dict(percent.pairs(vector["url_query"].encode()) + percent.pairs(vector["form_body"].encode()))
                self.assertEqual(wire.pop(b"Signature").decode(), vector["signature"])
                self.assertEqual(rpc_v1.string_to_sign(vector["method"], wire).decode(), vector["string_to_sign"])

    def test_hmac_sha1_vectors(self):
        for vector in vectors("hmac-sha1.json"):
            with self.subTest(vector["name"]):
                digest = hmac.new(vector["key"].encode(), vector["message"].encode(), "sha1").digest()
                self.assertEqual(base64.b64encode(digest).decode(), vector["expected"])
                if vector["key"].endswith("&"):
                    signature = rpc_v1.signature(vector["key"][:-1].encode(), vector["message"].encode())
                    self.assertEqual(signature.decode(), vector["expected"])

    def test_acs3_reproduces_every_vector(self):
        for vector in vectors("acs3.json"):
            with self.subTest(vector["name"]):
                query = {name.encode(): value.encode() for name, value in vector["query_params"].items()}
                headers, signed = list(vector["headers"].items()), vector["signed_headers"].split(";")
                self.assertEqual(acs3.must_be_signed(headers), signed)
                if "openapi-" not in vector["name"] or "e2e" in vector["name"]:     # those two state another hash
                    self.assertEqual(acs3.body_hash(vector["body"].encode()), vector["hashed_payload"])
                request = acs3.canonical_request(vector["method"], query, headers, signed, vector["hashed_payload"])
                self.assertEqual(request, vector["canonical_request"])
                text = acs3.string_to_sign(request)
                self.assertEqual(text, vector["string_to_sign"])
                self.assertEqual(acs3.signature(vector["secret"].encode(), text), vector["signature"])
                self.assertEqual(acs3.read_authorization(vector["authorization"]),
                                 (vector["access_key_id"], signed, vector["signature"]))


class Replays(unittest.TestCase):
    """Vectors sent as they are to a gateway that has their key, their studio and the clock of their time."""

    def replay(self, vector, token, studio, when, request):
        then = calendar.timegm(time.strptime(when, "%Y-%m-%dT%H:%M:%SZ"))
        gateway = Gateway("--access-key-id", vector["access_key_id"], "--access-key-secret", vector["secret"],
                          "--security-token", token, "--studio", studio + "=streaming",
                          "--clock-offset", str(then - time.time()))
        try:
            reply = exchange(gateway, request)
        finally:
            gateway.stop()
        self.assertEqual(reply.status, 200, reply.body)

    def run_all(self, every, suited, replay):
        for vector in filter(suited, every):
            with self.subTest(vector["name"]):
                replay(vector)
        print("not for this service, so not replayed:",
              ", ".join(vector["name"] for vector in every if not suited(vector)))

    def test_rpc_v1(self):
        def replay(vector):
            parameters = vector["params"]
            self.replay(vector, parameters.get("SecurityToken", ""), parameters["CasterId"], parameters["Timestamp"],
                        http(vector["method"], vector["url_query"], vector["form_body"]))
        self.run_all(vectors("rpc-1.0.json"), lambda vector: vector["params"].get("Action") == "RestartCaster", replay)

    def test_acs3(self):
        def replay(vector):
            headers = vector["headers"]
            lines = [f"{vector['method']} /?{vector['canonical_query']} HTTP/1.1",
                     *(name + ": " + value for name, value in headers.items()),
                     "Authorization: " + vector["authorization"], "Content-Length: 0"]
            self.replay(vector, headers.get("x-acs-security-token", ""), vector["query_params"]["CasterId"],
                        headers["x-acs-date"], ("\r\n".join(lines) + "\r\n\r\n").encode())
        self.run_all(vectors("acs3.json"),
                     lambda vector: vector["headers"].get("x-acs-action") == "RestartCaster", replay)


class Successes(WithGateway):
    def test_every_placement_restarts_once(self):
        for placement in ("get", "post-form", "post-query", "post-split"):
            with self.subTest(placement):
                self.assertEqual(self.send(placement).status, 200)
        self.assertEqual(self.gateway.count(STREAMING), 4)
        self.assertEqual([(call["method"], call["placement"], call["executed"]) for call in self.gateway.calls()],
                         [("GET", "query", True), ("POST", "form", True), ("POST", "query", True),
                          ("POST", "split", True)])

    def test_json_and_its_headers(self):
        reply = self.send()
        self.assertEqual(reply.line, "HTTP/1.1 200 OK")
        self.assertRegex(reply.body, rb'^\{"RequestId":"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}"\}$')
        self.assertEqual(reply.headers["content-type"], "application/json;charset=utf-8")
        self.assertEqual(reply.headers["x-acs-request-id"], reply.fields()["RequestId"])
        self.assertRegex(reply.headers["x-acs-trace-id"], "^[0-9a-f]{32}$")
        for name, value in (("connection", "keep-alive"), ("keep-alive", "timeout=25"), ("vary", "Accept-Encoding"),
                            ("access-control-allow-origin", "*"), ("access-control-expose-headers", "*")):
            self.assertEqual(reply.headers[name], value)
        self.assertLess(abs(parsedate_to_datetime(reply.headers["date"]).timestamp() - time.time()), 5)

    def test_xml_is_the_default_and_has_no_white_space(self):
        for form in (None, "XML", "xml"):
            reply = self.send(Format=form)
            self.assertEqual(reply.headers["content-type"], "text/xml;charset=utf-8")
            request_id = reply.headers["x-acs-request-id"].encode()
            self.assertEqual(reply.body, XML_DECLARATION + b"<RestartCasterResponse><RequestId>" + request_id +
                             b"</RequestId></RestartCasterResponse>")

    def test_odd_values_are_signed_and_decoded_as_bytes(self):
        odd = "\x00\x01 a+b*c~d%e&=/\u76f4\u64ad\U0001f3ac"
        for placement in ("get", "post-form"):
            self.assertEqual(self.send(placement, Odd=odd, Empty="").status, 200)

    def test_a_form_may_write_plus_for_a_space_and_leave_a_star_bare(self):
        signed = encode(sign("POST", common(Note="a b*c")))
        self.assertEqual(exchange(self.gateway, http("POST", body=signed.replace("a%20b%2Ac", "a+b*c"))).status, 200)

    def test_an_empty_token_is_as_good_as_none(self):
        self.assertEqual(self.send(SecurityToken="").status, 200)

    def test_signature_method_may_be_omitted(self):
        self.assertEqual(self.send(SignatureMethod=None).status, 200)

    def test_long_urls_and_bodies(self):
        for placement in ("get", "post-form"):
            self.assertEqual(self.send(placement, Note="\u76f4" * 4096).status, 200)

    def test_one_connection_carries_many_calls(self):
        with self.gateway.connect() as connection:
            for _ in range(5):
                connection.sendall(restart())
                self.assertEqual(read_reply(connection).status, 200)

    def test_connection_close_is_obeyed(self):
        request = http("GET", encode(sign("GET", common())), headers=["Connection: close"])
        with self.gateway.connect() as connection:
            connection.sendall(request)
            self.assertEqual(read_reply(connection).headers["connection"], "close")
            self.assertEqual(connection.recv(1), b"")

    def test_a_chunked_request_body_and_expect_continue(self):
        body = encode(sign("POST", common())).encode()
        with self.gateway.connect() as connection:
            connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                               b"Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n")
            self.assertEqual(connection.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
            connection.sendall(b"5\r\n" + body[:5] + b"\r\n%x\r\n" % len(body[5:]) + body[5:] + b"\r\n0\r\n\r\n")
            self.assertEqual(read_reply(connection).status, 200)

    def test_start_and_stop_change_the_state(self):
        self.assertEqual(self.send(CasterId=IDLE).code, "IncorrectCasterStatus.Idle")
        started = self.send(Action="StartCaster", CasterId=IDLE).fields()
        self.assertIn("PvwSceneInfos", started)
        self.assertEqual(self.send(CasterId=IDLE).status, 200)
        self.assertEqual(self.send(Action="StopCaster", CasterId=IDLE).status, 200)
        self.assertEqual(self.send(CasterId=IDLE).code, "IncorrectCasterStatus.Idle")
        self.assertEqual(self.gateway.door("executions")[1]["executions"],
                         {IDLE: {"StartCaster": 1, "RestartCaster": 1, "StopCaster": 1}})

    def test_describe_lists_the_studios(self):
        said = self.send(Action="DescribeCasters", CasterId=None).fields()
        self.assertEqual(said["Total"], 3)
        self.assertEqual({caster["CasterId"]: caster["Status"] for caster in said["CasterList"]["Caster"]},
                         {STREAMING: 1, IDLE: 0, VIRTUAL: 0})
        said = self.send(Action="DescribeCasters", CasterId=None, Format="XML").body
        self.assertEqual(said.count(b"<Caster><CasterId>"), 3)


class Refusals(WithGateway):
    def test_a_gateway_error_in_xml(self):
        reply = self.send(AccessKeyId="nobody", Format="XML")
        self.assert_refused(reply, 404, "InvalidAccessKeyId.NotFound")
        self.assertEqual(reply.body, XML_DECLARATION + b"<Error><RequestId>"
                         + reply.headers["x-acs-request-id"].encode() + b"</RequestId><HostId>live.example.com</HostId>"
                         b"<Code>InvalidAccessKeyId.NotFound</Code>"
                         b"<Message>Specified access key is not found.</Message><Recommend><![CDATA[https://error-center.aliyun.com/status/search?"
                         b"Keyword=InvalidAccessKeyId.NotFound&source=PopGw]]></Recommend></Error>")

    def test_a_gateway_error_in_json(self):
        fields = self.send(AccessKeyId="nobody").fields()
        self.assertEqual(list(fields), ["Recommend", "RequestId", "HostId", "Code", "Message"])

    def test_an_error_of_the_service_has_four_fields(self):
        for form in ("JSON", "XML"):
            reply = self.send(CasterId=IDLE, Format=form)
            self.assert_refused(reply, 400, "IncorrectCasterStatus.Idle")
            self.assertEqual(sorted(reply.fields()), ["Code", "HostId", "Message", "RequestId"])

    def test_a_wrong_secret_is_told_the_string_to_sign(self):
        parameters = common(Format="XML")
        query = encode(sign("GET", parameters, "wrong"))
        reply = exchange(self.gateway, http("GET", query))
        self.assert_refused(reply, 400, "SignatureDoesNotMatch")
        to_sign = "GET&%2F&" + quote(encode(parameters), safe="-_.~")
        said = "Specified signature is not matched with our calculation. server string to sign is:" + to_sign
        self.assertEqual(reply.fields()["Message"], said)
        self.assertIn(said.replace("&", "&amp;").encode(), reply.body)

    def test_the_signature_covers_the_method(self):
        self.assert_refused(exchange(self.gateway, http("POST", encode(sign("GET", common())))),
                            400, "SignatureDoesNotMatch")

    def test_a_space_signed_as_plus_is_refused(self):
        query = encode(sign("GET", common(Note="a b")))
        self.assert_refused(exchange(self.gateway, http("GET", query.replace("a%20b", "a%2Bb"))),
                            400, "SignatureDoesNotMatch")

    def test_a_signature_that_cannot_be_one(self):
        for signature in ("", "abc", "x" * 28):
            query = encode({**common(), "Signature": signature})
            self.assert_refused(exchange(self.gateway, http("GET", query)), 400, "IncompleteSignature")

    def test_missing_and_wrong_parameters(self):
        for name, value, status, code in (
                ("Action", None, 400, "MissingAction"),
                ("Action", "restartcaster", 404, "InvalidApi.NotFound"),
                ("Version", None, 400, "MissingVersion"),
                ("Version", "2016-11-02", 400, "InvalidVersion"),
                ("Format", "yaml", 400, "InvalidParameter.Format"),
                ("AccessKeyId", None, 400, "MissingAccessKeyId"),
                ("AccessKeyId", "testid ", 404, "InvalidAccessKeyId.NotFound"),
                ("SecurityToken", "token", 400, "InvalidSecurityToken.MismatchWithAccessKey"),
                ("SecurityToken", "to ken", 400, "InvalidSecurityToken.Malformed"),
                ("SignatureMethod", "HMAC-SHA256", 400, "InvalidSignatureMethod"),
                ("SignatureType", "BEARERTOKEN", 400, "InvalidSignatureType"),
                ("SignatureVersion", None, 400, "MissingSignatureVersion"),
                ("SignatureVersion", "2.0", 400, "InvalidSignatureVersion"),
                ("Timestamp", None, 400, "MissingTimestamp"),
                ("Timestamp", "2024-02-27 08:00:00", 400, "InvalidTimeStamp.Format"),
                ("Timestamp", "2024-02-30T08:00:00Z", 400, "InvalidTimeStamp.Format"),
                ("Timestamp", "1970-01-01T00:00:00Z", 400, "InvalidTimeStamp.Expired"),
                ("SignatureNonce", None, 400, "MissingSignatureNonce"),
                ("SignatureNonce", "", 400, "MissingSignatureNonce"),
                ("CasterId", None, 400, "MissingCasterId"),
                ("CasterId", "", 400, "MissingCasterId"),
                ("CasterId", " " + STREAMING, 400, "InvalidCasterId.Malformed"),
                ("CasterId", "\u76f4\u64ad", 400, "InvalidCasterId.Malformed"),
                ("CasterId", VIRTUAL, 400, "InvalidNormType.Malformed"),
                ("CasterId", GONE, 404, "InvalidCaster.NotFound"),
                ("CasterId", "LIVEPRODUCER_POST-cn-0pp1czt0000", 404, "InvalidCaster.NotFound")):
            with self.subTest(name=name, value=value):
                self.assert_refused(self.send(**{name: value}), status, code)

    def test_no_signature_at_all(self):
        self.assert_refused(exchange(self.gateway, http("GET", encode(common()))), 400, "MissingSignature")
        self.assertEqual(exchange(self.gateway, http("GET")).code, "MissingAction")

    def test_the_window_is_fifteen_minutes_either_way(self):
        for seconds, good in ((-880, True), (880, True), (-920, False), (920, False)):
            reply = self.send(Timestamp=stamp(seconds))
            self.assertEqual(reply.status, 200 if good else 400)
            if not good:
                self.assertEqual(reply.code, "InvalidTimeStamp.Expired")

    def test_a_nonce_serves_once(self):
        request = restart()
        self.assertEqual(exchange(self.gateway, request).status, 200)
        again = exchange(self.gateway, request)
        self.assertEqual((again.status, again.code), (400, "SignatureNonceUsed"))
        self.assertEqual(self.gateway.count(STREAMING), 1)

    def test_a_nonce_is_kept_only_for_calls_that_reached_the_service(self):
        nonce = str(uuid.uuid4())
        self.assertEqual(self.send(secret="wrong", SignatureNonce=nonce).code, "SignatureDoesNotMatch")
        self.assertEqual(self.send(SignatureNonce=nonce, Timestamp=stamp(-1000)).code, "InvalidTimeStamp.Expired")
        self.assertEqual(self.send(SignatureNonce=nonce, CasterId=IDLE).code, "IncorrectCasterStatus.Idle")
        self.assertEqual(self.send(SignatureNonce=nonce).code, "SignatureNonceUsed")

    def test_a_parameter_given_twice(self):
        query = encode(sign("POST", common()))
        for request in (http("GET", query + "&CasterId=" + STREAMING),
                        http("POST", query, "CasterId=" + STREAMING),
                        http("POST", query, "Signature=x")):
            self.assert_refused(exchange(self.gateway, request), 400, "InvalidParameter")

    def test_parameters_that_cannot_be_decoded(self):
        for piece in ("&a=%", "&a=%4", "&a=%zz", "&a=%ff"):
            query = encode(sign("GET", common())) + piece
            self.assert_refused(exchange(self.gateway, http("GET", query)), 400, "InvalidParameter")

    def test_other_methods_and_paths(self):
        for method in ("PUT", "DELETE", "PATCH"):
            reply = exchange(self.gateway, http(method, encode(sign(method, common()))))
            self.assert_refused(reply, 400, "UnsupportedHTTPMethod")
        reply = exchange(self.gateway, http("HEAD", encode(sign("HEAD", common()))), head_only=True)
        self.assertEqual((reply.status, reply.body), (400, b""))
        request = restart().replace(b"GET /?", b"GET /api?", 1)
        self.assert_refused(exchange(self.gateway, request), 404, "InvalidApi.NotFound")

    def test_a_form_needs_its_content_type(self):
        request = restart("post-form").replace(b"application/x-www-form-urlencoded", b"text/plain")
        self.assert_refused(exchange(self.gateway, request), 400, "MissingAction")

    def test_bytes_that_are_not_http(self):
        good = restart()
        for request in (b"hello\r\n\r\n", good.replace(b"Host: live.example.com:8080\r\n", b""),
                        good.replace(b"Host:", b"Host: a\r\nHost:"), good.replace(b"\r\n\r\n", b"\r\nX : y\r\n\r\n"),
                        good.replace(b"CasterId=", b"CasterId= "), good.replace(b"\r\n\r\n", b"\r\nX: a\nY: b\r\n\r\n"),
                        good.replace(b"GET /?", b"GET http://x/?"), good.replace(b"/?", b"/?\xc3\xa9", 1),
                        restart("post-form").replace(b"Content-Length", b"Content-Length: 1\r\nContent-Length")):
            reply = exchange(self.gateway, request)
            self.assertEqual((reply.status, reply.headers["connection"]), (400, "close"), request)
        self.assertEqual(self.gateway.calls(), [])


class Hostile(WithGateway):
    """Requests that try to end the server: each is answered with 4xx, and the next call is served."""
    ARGUMENTS = [*STUDIOS, "--rate", "0"]

    def assert_refused_and_alive(self, request, words):
        reply = exchange(self.gateway, request)
        self.assertEqual((reply.status, reply.headers["connection"]), (400, "close"), request[:80])
        self.assertIn(words, reply.body.decode())
        self.assertEqual(self.send().status, 200)

    def test_lengths_that_no_machine_has_room_for(self):
        head = b"POST / HTTP/1.1\r\nHost: x\r\n"
        for length in (b"9" * 5000, b"9" * 19, b"0" * 5000 + b"9" * 19, b"4194305"):
            self.assert_refused_and_alive(head + b"Content-Length: " + length + b"\r\n\r\n", "the body is too long")
        for size in (b"f" * 5000, b"400001", b"400000\r\n" + b"x" * 0x400000 + b"\r\n1"):
            self.assert_refused_and_alive(head + b"Transfer-Encoding: chunked\r\n\r\n" + size + b"\r\n",
                                          "the body is too long")

    def test_header_sections_without_an_end(self):
        start = b"GET / HTTP/1.1\r\nHost: x\r\n"
        self.assert_refused_and_alive(start + b"A: b\r\n" * 100 + b"\r\n", "more than 100 headers")
        self.assert_refused_and_alive(start + b"A: " + b"b" * (4 << 20), "the header section is too long")
        self.assert_refused_and_alive(start + (b"A: " + b"b" * (1 << 20) + b"\r\n") * 4 + b"\r\n",
                                      "the header section is too long")
        trailers = b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"A: b\r\n" * 101 + b"\r\n"
        self.assert_refused_and_alive(start + trailers, "more than 100 headers")
        self.assert_refused_and_alive(start + b"A: \x01\r\n\r\n", "a header is not NAME: VALUE")

    def test_a_header_that_the_signature_reads_is_given_once(self):
        request = acs3_request()
        for name in (b"Authorization", b"x-acs-date", b"x-acs-action", b"X-ACS-Signature-Nonce"):
            line = next(one for one in request.split(b"\r\n") if one.lower().startswith(name.lower() + b":"))
            reply = exchange(self.gateway, request.replace(line, line + b"\r\n" + line.swapcase()))
            self.assert_refused(reply, 400, "InvalidParameter")
        basic = request.replace(b"\r\n\r\n", b"\r\nAuthorization: Basic YTpi\r\n\r\n", 1)
        self.assert_refused(exchange(self.gateway, basic), 400, "InvalidParameter")
        self.assertEqual(exchange(self.gateway, request).status, 200)

    def test_a_name_given_twice_is_found_in_time_that_grows_with_the_request(self):
        names = b"&".join(b"n%d=" % number for number in range(200_000))
        request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n" \
                  b"Content-Length: %d\r\n\r\n" % (len(names) + 10)
        reply = exchange(self.gateway, request + names + b"&n199999=x")
        self.assert_refused(reply, 400, "InvalidParameter")

    def test_control_bodies_that_are_no_plain_values(self):
        for path, body in (("faults", b"[" * 200_000), ("studios", b'{"a":' * 100_000), ("clock", b'{"offset": NaN}'),
                           ("clock", b'{"offset": 1e999}'), ("clock", b'{"offset": -Infinity}'),
                           ("clock", b'{"offset": 1e12}'), ("clock", b'{"offset": -2e9}'),
                           ("clock", b'{"offset": ' + b"9" * 400 + b"}"), ("rate", b'{"rate": 1e999}'),
                           ("rate", b'{"rate": true}'), ("rate", b'{"rate": ' + b"9" * 5000 + b"}"),
                           ("faults", b'[{"kind": []}]'), ("faults", b'[{"kind": "latency", "seconds": 1e999}]'),
                           ("faults", b'[{"kind": "latency", "seconds": 1e300}]'),
                           ("faults", b'[{"kind": "big", "bytes": 1000000000000}]'),
                           ("faults", b'[{"kind": "big", "bytes": true}]'),
                           ("faults", b'[{"kind": "throttle", "status": 0}]'),
                           ("faults", b'[{"kind": "header", "name": "a", "value": "b\\r\\nc: d"}]'),
                           ("faults", b'[{"kind": "header", "name": "a", "value": [1]}]'), ("faults", b"\xff")):
            reply = exchange(self.gateway, f"POST /-/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                             f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            self.assertEqual((reply.status, list(json.loads(reply.body))), (400, ["error"]), (path, body[:60]))
        self.assertEqual(self.send().status, 200)

    def test_more_connections_than_it_serves_are_turned_away_and_then_served_again(self):
        held = [self.gateway.connect() for _ in range(520)]
        try:
            turned_away = 0
            for connection in held[500:]:
                try:
                    turned_away += connection.recv(12) == b"HTTP/1.1 503"
                except ConnectionResetError:                # turned away before it was looked at
                    turned_away += 1
            self.assertGreaterEqual(turned_away, 20)
        finally:
            for connection in held:
                connection.close()
        for _ in range(100):                                # until the server has seen them close
            reply = exchange(self.gateway, restart())
            if reply.status == 200:
                break
            time.sleep(0.1)
        self.assertEqual(reply.status, 200)


class Token(WithGateway):
    ARGUMENTS = [*STUDIOS, "--rate", "0", "--security-token", "tok+/=="]

    def test_the_token_has_to_come_with_the_key(self):
        self.assertEqual(self.send(SecurityToken="tok+/==").status, 200)
        self.assertEqual(self.send().code, "MissingSecurityToken")
        self.assertEqual(self.send(SecurityToken="").code, "MissingSecurityToken")
        self.assertEqual(self.send(SecurityToken="other").code, "InvalidSecurityToken.MismatchWithAccessKey")

    def test_acs3_has_it_in_a_header(self):
        self.assertEqual(exchange(self.gateway, acs3_request(x_acs_security_token="tok+/==")).status, 200)
        self.assertEqual(exchange(self.gateway, acs3_request()).code, "MissingSecurityToken")


class Rate(WithGateway):
    ARGUMENTS = STUDIOS

    def test_the_eleventh_call_within_a_second_waits(self):
        for _ in range(10):
            self.assertEqual(self.send().status, 200)
        request = restart()
        reply = exchange(self.gateway, request)
        self.assertEqual((reply.status, reply.code), (400, "Throttling.User"))
        self.assertEqual(reply.fields()["Message"], "Request was denied due to user flow control.")
        self.assertEqual(self.send(Action="DescribeCasters").status, 200)       # the limit is per action
        wait = int(reply.headers["x-acs-retry-after"])
        self.assertTrue(0 < wait <= 1000, wait)
        time.sleep(wait / 1000 + 0.01)
        self.assertEqual(exchange(self.gateway, request).status, 200, "a throttled call does not use up its nonce")
        self.assertEqual(self.gateway.count(STREAMING), 11)

    def test_the_rate_can_be_changed(self):
        self.gateway.door("rate", {"rate": 1})
        self.assertEqual([self.send().status for _ in range(3)], [200, 400, 400])
        self.gateway.door("rate", {"rate": 0})
        self.assertEqual([self.send().status for _ in range(20)], [200] * 20)

    def test_many_threads_share_one_limit(self):
        replies = []
        threads = [threading.Thread(target=lambda: replies.append(self.send().status)) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(replies.count(200), self.gateway.count(STREAMING))
        self.assertEqual(len(replies), len(self.gateway.calls()))
        self.assertGreaterEqual(replies.count(200), 10)


class OlderRateHeaders(WithGateway):
    ARGUMENTS = [*STUDIOS, "--rate", "1", "--rate-headers", "old"]

    def test_time_left_is_in_the_older_header(self):
        self.send()
        reply = self.send()
        self.assertNotIn("x-acs-retry-after", reply.headers)
        self.assertRegex(reply.headers["X-RateLimit-User"], r"^Limit:1,Remain:0,TimeLeft:\d{1,4},Reset:\d+$")


class RandomThrottling(WithGateway):
    ARGUMENTS = [*STUDIOS, "--rate", "0", "--throttle-randomly", "0.5", "--seed", "7"]

    def test_about_that_share_is_refused_and_the_seed_repeats_it(self):
        def run():
            return [self.send().status for _ in range(60)]
        first = run()
        self.assertTrue(15 < first.count(400) < 45, first.count(400))
        self.gateway.door("reset", {})
        self.assertEqual(run(), first)


class Clock(WithGateway):
    ARGUMENTS = [*STUDIOS, "--rate", "0", "--clock-offset", "3600"]

    def test_date_and_window_follow_the_server_clock(self):
        reply = self.send()
        self.assertEqual(reply.code, "InvalidTimeStamp.Expired")
        self.assertLess(abs(parsedate_to_datetime(reply.headers["date"]).timestamp() - time.time() - 3600), 5)
        self.assertEqual(self.send(Timestamp=stamp(3600)).status, 200)
        self.gateway.door("clock", {"offset": 0})
        self.assertEqual(self.send().status, 200)


class Acs3(WithGateway):
    def test_query_form_and_get_are_accepted(self):
        for request in (acs3_request(), acs3_request(method="GET"),
                        acs3_request(query={}, body="CasterId=" + STREAMING),
                        acs3_request(query={"CasterId": STREAMING, "Odd": "a b*~\u76f4"})):
            reply = exchange(self.gateway, request)
            self.assertEqual(reply.status, 200, reply.body)
        self.assertEqual([call["signature"] for call in self.gateway.calls()], ["ACS3-HMAC-SHA256"] * 4)
        self.assertEqual(self.gateway.count(STREAMING), 4)

    def test_accept_chooses_the_format(self):
        self.assertIn("json", exchange(self.gateway, acs3_request()).headers["content-type"])
        self.assertIn("xml", exchange(self.gateway, acs3_request(change={"accept": "*/*"})).headers["content-type"])

    def test_a_wrong_secret_is_told_the_canonical_request(self):
        reply = exchange(self.gateway, acs3_request(secret="testsecret&"))
        self.assert_refused(reply, 400, "SignatureDoesNotMatch")
        message = reply.fields()["Message"]
        canonical, to_sign = re.search("canonical request is:(.*) server string to sign is:(.*)", message,
                                       re.DOTALL).groups()
        self.assertEqual(to_sign, "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest())

    def test_a_wrong_body_hash(self):
        request = acs3_request(x_acs_content_sha256="0" * 64)
        self.assert_refused(exchange(self.gateway, request), 400, "SignatureDoesNotMatch")

    def test_a_header_that_is_not_signed(self):
        for name in ("host", "x-acs-action", "x-acs-content-sha256", "x-acs-extra"):
            reply = exchange(self.gateway, acs3_request(x_acs_extra="1", drop=[name]))
            self.assert_refused(reply, 400, "IncompleteSignature")
            self.assertIn(f"The header {name} must be signed", reply.fields()["Message"])
        reply = exchange(self.gateway, acs3_request(query={}, body="CasterId=" + STREAMING, drop=["content-type"]))
        self.assert_refused(reply, 400, "IncompleteSignature")

    def test_a_header_that_is_not_sent(self):
        for header, code in (("x-acs-action", "MissingAction"), ("x-acs-version", "MissingVersion"),
                             ("x-acs-date", "MissingTimestamp"), ("x-acs-signature-nonce", "MissingSignatureNonce"),
                             ("x-acs-content-sha256", "IncompleteSignature")):
            reply = exchange(self.gateway, acs3_request(change={header: None}))
            self.assert_refused(reply, 400, code)
            self.assertIn(header, reply.fields()["Message"])

    def test_an_authorization_that_is_not_one(self):
        for value, code in (("ACS3-HMAC-SM3 x", "InvalidSignatureMethod"),
                            ("ACS3-HMAC-SHA256 x", "IncompleteSignature"),
                            ("ACS3-HMAC-SHA256 Credential=nobody,SignedHeaders=host,Signature=" + "0" * 64,
                             "InvalidAccessKeyId.NotFound"),
                            ("ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=x-acs-date;host,Signature=" + "0" * 64,
                             "IncompleteSignature")):
            reply = exchange(self.gateway, acs3_request(change={"authorization": value}))
            self.assertEqual(reply.code, code)

    def test_time_and_nonce_count_as_ever(self):
        reply = exchange(self.gateway, acs3_request(x_acs_date=stamp(-1000)))
        self.assert_refused(reply, 400, "InvalidTimeStamp.Expired")
        request = acs3_request()
        self.assertEqual(exchange(self.gateway, request).status, 200)
        self.assertEqual(exchange(self.gateway, request).code, "SignatureNonceUsed")


class Faults(WithGateway):
    def under(self, fault, form="JSON"):
        self.gateway.plan(fault)
        return self.send(Format=form)

    def assert_ran(self, times):
        self.assertEqual(self.gateway.count(STREAMING), times)
        self.assertEqual(self.gateway.door("faults")[1], [], "the fault was used")

    def test_every_kind_is_tested_here(self):
        with open(os.path.abspath(__file__), encoding="ascii") as file:
            text = file.read()
        self.assertEqual([kind for kind in faults.KINDS if f'"kind": "{kind}"' not in text], [])

    def test_faults_are_used_one_a_call_in_order(self):
        self.gateway.plan({"kind": "bad-gateway"}, None, {"kind": "empty"})
        self.assertEqual([self.send().status for _ in range(4)], [502, 200, 200, 200])
        self.assertEqual([call["fault"] for call in self.gateway.calls()], ["bad-gateway", None, "empty", None])

    def test_latency(self):
        began = time.monotonic()
        self.assertEqual(self.under({"kind": "latency", "seconds": 0.3}).status, 200)
        self.assertGreaterEqual(time.monotonic() - began, 0.3)
        self.assert_ran(1)

    def test_seconds_delay_any_fault(self):
        began = time.monotonic()
        self.assertEqual(self.under({"kind": "bad-gateway", "seconds": 0.2}).status, 502)
        self.assertGreaterEqual(time.monotonic() - began, 0.2)

    def test_drop_before(self):
        reply = self.under({"kind": "drop-before"})
        self.assertEqual((reply.raw, reply.ended), (b"", True))
        self.assert_ran(0)
        self.assertEqual(self.gateway.calls()[0]["caster_id"], STREAMING)

    def test_drop_after(self):
        reply = self.under({"kind": "drop-after"})
        self.assertEqual((reply.raw, reply.ended), (b"", True))
        self.assert_ran(1)

    def test_reset(self):
        self.assertEqual(self.under({"kind": "reset"}).ended, "reset")
        self.assert_ran(0)

    def test_reset_after(self):
        self.assertEqual(self.under({"kind": "reset-after"}).ended, "reset")
        self.assert_ran(1)

    def test_bad_gateway(self):
        reply = self.under({"kind": "bad-gateway"})
        self.assertEqual((reply.status, reply.headers["content-type"]), (502, "text/html"))
        self.assertIn(b"<h1>502 Bad Gateway</h1>", reply.body)
        self.assert_ran(0)

    def test_bad_gateway_after(self):
        self.assertEqual(self.under({"kind": "bad-gateway-after"}).status, 502)
        self.assert_ran(1)

    def test_proxy_after(self):
        reply = self.under({"kind": "proxy-after", "status": 499, "text": '{"status":499}',
                            "value": "application/problem+json", "retry_after": 50})
        self.assertEqual((reply.status, reply.body), (499, b'{"status":499}'))
        self.assertEqual(reply.headers["content-type"], "application/problem+json")
        self.assertEqual(reply.headers["x-acs-retry-after"], "50")
        self.assert_ran(1)
        self.assertEqual(self.under({"kind": "proxy-after", "status": 408, "text": "<p>slow</p>"}).headers["content-type"],
                         "text/html")

    def test_redirect(self):
        reply = self.under({"kind": "redirect", "location": "http://127.0.0.1:1/"})
        self.assertEqual((reply.status, reply.headers["location"]), (302, "http://127.0.0.1:1/"))
        self.assertEqual(self.under({"kind": "redirect", "location": "/x", "status": 307}).status, 307)
        self.assert_ran(0)

    def test_service_unavailable_keeps_the_nonce(self):
        self.gateway.plan({"kind": "service-unavailable"})
        request = restart()
        reply = exchange(self.gateway, request)
        self.assertEqual((reply.status, reply.code), (503, "ServiceUnavailable"))
        self.assertEqual(exchange(self.gateway, request).status, 200)
        self.assert_ran(1)

    def test_throttle(self):
        reply = self.under({"kind": "throttle", "retry_after": 123})
        self.assertEqual((reply.status, reply.code), (400, "Throttling.User"))
        self.assertEqual(reply.headers["x-acs-retry-after"], "123")
        reply = self.under({"kind": "throttle", "retry_after": 50, "headers": "old", "status": 429,
                            "code": "Throttling.Api"})
        self.assertEqual((reply.status, reply.code), (429, "Throttling.Api"))
        self.assertIn("TimeLeft:50,", reply.headers["X-RateLimit-User"])
        reply = self.under({"kind": "throttle"})
        self.assertEqual([name for name in reply.headers if "retry" in name.lower() or "rate" in name.lower()], [])
        self.assert_ran(0)

    def test_error(self):
        reply = self.under({"kind": "error", "code": "InternalError"})
        self.assertEqual((reply.status, reply.code), (500, "InternalError"))
        self.assert_ran(0)
        self.gateway.plan({"kind": "error", "code": "IllegalOperation", "status": 401, "message": "no <b>",
                           "after": True})
        request = restart(Format="XML")
        reply = exchange(self.gateway, request)
        self.assertEqual((reply.status, reply.code), (401, "IllegalOperation"))
        self.assertIn(b"<Message>no &lt;b&gt;</Message>", reply.body)
        self.assertEqual(exchange(self.gateway, request).code, "SignatureNonceUsed")
        self.assert_ran(1)

    def test_resent(self):
        self.assertEqual(self.under({"kind": "resent"}).code, "SignatureNonceUsed")
        self.assert_ran(1)

    def test_stale(self):
        self.gateway.plan({"kind": "stale"})
        with self.gateway.connect() as connection:
            connection.sendall(restart())
            self.assertEqual(read_reply(connection).status, 200)
            connection.sendall(restart())
            self.assertEqual(read_reply(connection).raw, b"")
        self.assert_ran(1)
        self.assertEqual(len(self.gateway.door("requests")[1]), 2)

    def test_stale_after(self):
        self.gateway.plan({"kind": "stale-after"})
        with self.gateway.connect() as connection:
            connection.sendall(restart())
            self.assertEqual(read_reply(connection).status, 200)
            request = restart()
            connection.sendall(request)
            self.assertEqual(read_reply(connection).raw, b"")
        self.assertEqual(exchange(self.gateway, request).code, "SignatureNonceUsed")
        self.assert_ran(2)

    def test_close(self):
        self.gateway.plan({"kind": "close"})
        with self.gateway.connect() as connection:
            connection.sendall(restart())
            reply = read_reply(connection)
            self.assertEqual((reply.status, reply.headers["connection"]), (200, "keep-alive"))
            self.assertEqual(connection.recv(1), b"")
        self.assert_ran(1)

    def test_truncate(self):
        reply = self.under({"kind": "truncate", "bytes": 20})
        self.assertEqual((len(reply.body), reply.headers["content-length"], reply.ended), (20, "52", True))
        self.assert_ran(1)

    def test_stall(self):
        began = time.monotonic()
        reply = self.under({"kind": "stall", "bytes": 20, "pause": 0.3})
        self.assertGreaterEqual(time.monotonic() - began, 0.3)
        self.assertEqual((len(reply.body), reply.headers["content-length"], reply.ended), (20, "52", True))

    def test_short_body(self):
        reply = self.under({"kind": "short-body", "bytes": 20})
        self.assertEqual((len(reply.body), reply.headers["content-length"], reply.ended), (20, "20", False))

    def test_empty(self):
        reply = self.under({"kind": "empty"})
        self.assertEqual((reply.status, reply.body, reply.headers["content-length"]), (200, b"", "0"))

    def test_garbage(self):
        reply = self.under({"kind": "garbage"})
        self.assertEqual((reply.status, len(reply.body)), (200, 512))
        self.assertEqual(reply.body, self.under({"kind": "garbage"}).body)

    def test_html(self):
        reply = self.under({"kind": "html"})
        self.assertEqual((reply.status, reply.headers["content-type"]), (200, "text/html"))
        self.assertIn(b"<html>", reply.body)

    def test_big(self):
        for form in ("JSON", "XML"):
            reply = self.under({"kind": "big", "bytes": 100000}, form)
            self.assertEqual(len(reply.body), 100000)
            self.assertEqual(reply.fields()["RequestId"], reply.headers["x-acs-request-id"])

    def test_gzip(self):
        reply = self.under({"kind": "gzip"})
        self.assertEqual(reply.headers["content-encoding"], "gzip")
        self.assertIn("RequestId", json.loads(gzip.decompress(reply.body)))

    def test_chunked(self):
        self.gateway.plan({"kind": "chunked"})
        request = http("GET", encode(sign("GET", common())), headers=["Connection: close"])
        reply = exchange(self.gateway, request)
        self.assertEqual(reply.headers["transfer-encoding"], "chunked")
        self.assertNotIn("content-length", reply.headers)
        self.assertRegex(reply.body, rb'^1\r\n\{\r\n7\r\n"Reques\r\n2c\r\n.{44}\r\n0\r\n\r\n$')

    def test_until_close(self):
        reply = self.under({"kind": "until-close"})
        self.assertNotIn("content-length", reply.headers)
        self.assertIn("RequestId", reply.fields())
        self.assertTrue(reply.ended)

    def test_drip(self):
        began = time.monotonic()
        reply = self.under({"kind": "drip", "pause": 0.001})
        self.assertGreater(time.monotonic() - began, len(reply.raw) * 0.001)
        self.assertIn("RequestId", reply.fields())

    def test_content_type(self):
        reply = self.under({"kind": "content-type", "value": "text/plain"})
        self.assertEqual(reply.headers["content-type"], "text/plain")
        self.assertNotIn("content-type", self.under({"kind": "content-type", "value": None}).headers)

    def test_date_headers(self):
        self.assertNotIn("date", self.under({"kind": "no-date"}).headers)
        value = "Thu, 01 Jan 1970 00:00:00 GMT"
        self.assertEqual(self.under({"kind": "date", "value": value}).headers["date"], value)
        self.assertEqual(self.under({"kind": "age", "value": 30}).headers["age"], "30")

    def test_header(self):
        reply = self.under({"kind": "header", "name": "X-Acs-Retry-After", "value": "9" * 30})
        self.assertEqual(reply.headers["x-acs-retry-after"], "9" * 30)
        self.assertNotIn("x-acs-request-id",
                         self.under({"kind": "header", "name": "x-acs-request-id", "value": None}).headers)

    def test_raw(self):
        text = "HTTP/1.1 200 \u00ff\r\n\r\n"
        self.assertEqual(self.under({"kind": "raw", "text": text}).raw, text.encode("latin-1"))
        self.assert_ran(1)


class Door(WithGateway):
    def test_requests_are_kept_as_they_arrived(self):
        request = restart("post-form")
        exchange(self.gateway, request)
        kept = self.gateway.door("requests")[1][0]
        lines = [kept["line"], *(name + ": " + value for name, value in kept["headers"])]
        self.assertEqual(("\r\n".join(lines) + "\r\n\r\n" + kept["body"]).encode("latin-1"), request)

    def test_studios_can_be_changed(self):
        self.assertEqual(self.gateway.door("studios", {"new": "idle"})[0], 200)
        self.assertEqual(self.send(CasterId="new").code, "IncorrectCasterStatus.Idle")
        self.assertEqual(self.gateway.door("studios")[1]["new"], "idle")

    def test_reset_forgets(self):
        request = restart()
        exchange(self.gateway, request)
        self.gateway.plan({"kind": "empty"})
        self.gateway.door("reset", {})
        self.assertEqual(self.gateway.door("executions")[1], {"executions": {}, "calls": []})
        self.assertEqual(self.gateway.door("requests")[1], [])
        self.assertEqual(exchange(self.gateway, request).status, 200)

    def test_mistakes_are_told(self):
        for path, value, status in (("faults", [{"kind": "nonsense"}], 400), ("faults", [{"kind": "latency"}], 400),
                                    ("faults", [{"kind": "big", "bytes": -1}], 400), ("faults", {"kind": "empty"}, 400),
                                    ("faults", [{"kind": "empty", "colour": 1}], 400),
                                    ("studios", {"a": "asleep"}, 400), ("clock", {}, 400), ("rate", {"rate": "x"}, 400),
                                    ("nowhere", {}, 404)):
            got, said = self.gateway.door(path, value)
            self.assertEqual((got, list(said)), (status, ["error"]), (path, value))


class Process(unittest.TestCase):
    def test_the_first_line_is_the_url_and_both_signals_end_it_well(self):
        for by in (signal.SIGTERM, signal.SIGINT):
            gateway = Gateway()
            self.assertRegex(gateway.url, r"^http://127\.0\.0\.1:\d+$")
            self.assertEqual(gateway.stop(by), 0)

    def test_the_default_studio_and_planned_faults(self):
        gateway = Gateway("--fault", '{"kind": "empty"}', "--fault", "null")
        self.addCleanup(gateway.stop)
        default = "80787064-1c94-4dc1-85ce-9409960a1234"
        self.assertEqual(exchange(gateway, restart(CasterId=default)).body, b"")
        self.assertEqual(exchange(gateway, restart(CasterId=default)).status, 200)
        self.assertEqual(exchange(gateway, restart()).code, "InvalidCaster.NotFound")

    def test_the_key_is_chosen_by_the_options(self):
        gateway = Gateway("--access-key-id", "other", "--access-key-secret", "s" * 100, *STUDIOS)
        self.addCleanup(gateway.stop)
        self.assertEqual(exchange(gateway, restart(AccessKeyId="other", secret="s" * 100)).status, 200)

    def test_arguments_that_make_no_sense(self):
        for arguments in (["--studio", "a=asleep"], ["--fault", "{"], ["--fault", '{"kind": "x"}'], ["--rate", "-1"],
                          ["--port", "99999"], ["--port", "-1"], ["--port", "x"], ["--clock-offset", "nan"],
                          ["--clock-offset", "1e300"], ["--throttle-randomly", "2"], ["--throttle-randomly", "nan"],
                          ["--fault", "[" * 100_000], ["--access-key-secret", b"\xff"], ["--studio", b"\xff=idle"]):
            run = subprocess.run([sys.executable, "-B", os.path.join(HERE, "gateway.py"), *arguments],
                                 capture_output=True, text=True, timeout=10)
            self.assertEqual(run.returncode, 2)
            self.assertIn("error: argument", run.stderr)

    def test_help_names_every_fault_and_route(self):
        said = subprocess.run([sys.executable, "-B", os.path.join(HERE, "gateway.py"), "--help"],
                              capture_output=True, text=True, check=True).stdout
        for name in [*faults.KINDS, "/-/faults", "/-/executions", "/-/requests", "/-/studios", "/-/clock", "/-/rate",
                     "/-/reset"]:
            self.assertIn(name, said)


class Tls(unittest.TestCase):
    def start(self, *arguments):
        gateway = Gateway("--tls", *STUDIOS, *arguments)
        self.addCleanup(gateway.stop)
        return gateway

    def test_who_trusts_the_file_is_served(self):
        gateway = self.start()
        self.assertTrue(gateway.url.startswith("https://127.0.0.1:"))
        for placement in ("get", "post-form"):
            self.assertEqual(exchange(gateway, restart(placement)).status, 200)
        gateway.plan({"kind": "drop-after"}, {"kind": "truncate", "bytes": 5})
        self.assertEqual(exchange(gateway, restart()).raw, b"")
        self.assertEqual(len(exchange(gateway, restart()).body), 5)
        self.assertEqual(gateway.count(STREAMING), 4)

    def test_both_names_are_in_the_certificate(self):
        gateway = self.start()
        context = ssl.create_default_context(cafile=gateway.ca_file)
        for name in ("localhost", "127.0.0.1"):
            with socket.create_connection(("127.0.0.1", gateway.port)) as plain:
                with context.wrap_socket(plain, server_hostname=name):
                    pass

    def assert_certificate_refused(self, gateway, reason, ca_file=None):
        context = ssl.create_default_context(cafile=ca_file)
        with socket.create_connection(("127.0.0.1", gateway.port)) as plain:
            with self.assertRaises(ssl.SSLCertVerificationError) as caught:
                context.wrap_socket(plain, server_hostname="localhost")
        self.assertIn(reason, str(caught.exception))

    def test_who_does_not_trust_it_refuses(self):
        self.assert_certificate_refused(self.start(), "CERTIFICATE_VERIFY_FAILED")

    def test_another_name_is_refused(self):
        gateway = self.start("--tls-name", "live.example.com")
        self.assert_certificate_refused(gateway, "Hostname mismatch", gateway.ca_file)

    def test_an_expired_certificate_is_refused(self):
        gateway = self.start("--tls-expired")
        self.assert_certificate_refused(gateway, "certificate has expired", gateway.ca_file)

    def test_the_file_is_where_it_was_asked_for_and_holds_no_key(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "ca.pem")
            gateway = self.start("--ca-file", path)
            self.assertEqual(gateway.ca_file, path)
            with open(path, encoding="ascii") as file:
                self.assertNotIn("PRIVATE", file.read())

    def test_the_temporary_file_goes_with_the_process(self):
        gateway = Gateway("--tls")
        self.assertTrue(os.path.exists(gateway.ca_file))
        gateway.stop()
        self.assertFalse(os.path.exists(gateway.ca_file))


if __name__ == "__main__":
    program = unittest.main(exit=False)
    result = program.result
    failed = len(result.failures) + len(result.errors)
    print(f"gateway_test: {result.testsRun} run, {failed} failed")
    sys.exit(failed != 0)
