#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The gateway of restartcaster/testing and the stand-in gateway in Python give the same answers to the same bytes.

usage: faithful_test.py SERVED_GATEWAY
One table: good requests and requests broken in many ways, with both signatures, in every placement; and every fault. Both
gateways get the bytes over a socket. Compared: whether an answer comes, status, header fields, every field of the body but
ids and URLs, the studios afterwards, and what both remember of each call.

Source: tests/standin, which shares no code with the library; it signs the requests of this table as well.
"""

import json
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time
import types
import xml.etree.ElementTree

HERE = pathlib.Path(__file__).resolve().parent
STANDIN = pathlib.Path(os.environ.get("RESTARTCASTER_STANDIN", HERE.parent / "standin"))
sys.dont_write_bytecode = True
sys.path.insert(0, str(STANDIN))

import acs3
import gateway
import percent
import rpc_v1
import service
import studios

NOW = 1795368979                                            # 2026-11-22T17:36:19Z
LIVE, IDLE, VIRTUAL, GONE = "live-1", "idle-1", "virtual-1", "gone-1"
STATES = {LIVE: "streaming", IDLE: "idle", VIRTUAL: "virtual", GONE: "absent"}
SECRET, TOKEN = "testsecret", "tok+/=="
KNOWS_FILTERS = (STANDIN / "operations.py").exists()


def stamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


# ---- requests

def in_bytes(parameters):
    return {(k if isinstance(k, bytes) else k.encode()): (v if isinstance(v, bytes) else v.encode())
            for k, v in parameters.items() if v is not None}


def raw(method, target, headers, body=b""):
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    head = f"{method} {target} HTTP/1.1\r\n{lines}content-length: {len(body)}\r\nconnection: close\r\n\r\n"
    return head.encode("latin-1") + body


FORM = ("content-type", "application/x-www-form-urlencoded")
PLACES = {"form": "POST", "query": "GET", "post_query": "POST", "split": "POST"}


def rpc(place, change=(), secret=SECRET, after=(), signed_method=None, method=None, path="/", wire=lambda text: text,
        headers=None):
    """A request with signature version 1.0. `change` is signed, `after` changes the signed parameters, `wire` the encoded."""
    sent = {"AccessKeyId": "testid", "Action": "RestartCaster", "Format": "JSON", "SignatureMethod": "HMAC-SHA1",
            "SignatureNonce": "n-1", "SignatureVersion": "1.0", "Timestamp": stamp(NOW), "Version": "2016-11-01",
            "CasterId": LIVE, **dict(change)}
    method = method or PLACES[place]
    sent = in_bytes(sent)
    to_sign = rpc_v1.string_to_sign(signed_method or method, sent)
    sent = {**sent, b"Signature": rpc_v1.signature(secret.encode(), to_sign), **dict(after)}
    sent = in_bytes(sent)
    pairs = [percent.encode(name) + b"=" + percent.encode(value) for name, value in sent.items()]
    half = {"form": 0, "split": 3}.get(place, len(pairs))
    query, body = wire(b"&".join(pairs[:half])), wire(b"&".join(pairs[half:]))
    if headers is None:
        headers = [("Host", "live.aliyuncs.com")] + ([FORM] if body else [])
    return raw(method, path + ("?" + query.decode("latin-1") if query else ""), headers, body)


def v3(place, change=(), parameters=(), secret=SECRET, after=(), drop=(), unsigned=(), method=None, path="/", body=None,
       authorization=lambda text: text, more=(), names=lambda names: names, wire=lambda text: text):
    """A request with ACS3. `change` and `parameters` are signed; `after`, `drop` and `more` change what was signed."""
    method = method or PLACES[place]
    own = in_bytes({"CasterId": LIVE, **dict(parameters)})
    encoded = b"&".join(percent.encode(name) + b"=" + percent.encode(value) for name, value in own.items())
    query, form = (b"", encoded) if place == "form" else (encoded, b"")
    form = form if body is None else body
    fields = {"host": "live.aliyuncs.com", "x-acs-action": "RestartCaster", "x-acs-version": "2016-11-01",
              "x-acs-date": stamp(NOW), "x-acs-signature-nonce": "n-1", "accept": "application/json",
              "x-acs-content-sha256": acs3.body_hash(form), **({"content-type": FORM[1]} if form else {}), **dict(change)}
    fields = [[name, value] for name, value in fields.items() if value is not None]
    signed = names([name for name in acs3.must_be_signed(fields) if name not in unsigned])
    request = acs3.canonical_request(method, dict(percent.pairs(query)), fields, signed, acs3.body_hash(form))
    signature = acs3.signature(secret.encode(), acs3.string_to_sign(request))
    fields.append(["Authorization", authorization(
        f"ACS3-HMAC-SHA256 Credential=testid,SignedHeaders={';'.join(signed)},Signature={signature}")])
    fields = [[name, dict(after).get(name, value)] for name, value in fields if name not in drop] + list(more)
    query = wire(query)
    return raw(method, path + ("?" + query.decode("latin-1") if query else ""), fields, form)


ODD = " a+b*c~d%e&=/!'()\u00e9\u76f4\U0001f3ac\"\\<>"
ACTIONS = [{"Action": action, "CasterId": studio} for action in ("StartCaster", "StopCaster", "DescribeCasters", "RestartCaster")
           for studio in (LIVE, IDLE, VIRTUAL, GONE, "nobody", "b@d", "", None, "x" * 129)
           if (action, studio) != ("StartCaster", VIRTUAL)]  # the stand-in's older version leaves a virtual studio alone
TIMES = [stamp(NOW + 900), stamp(NOW + 901), stamp(NOW - 900), stamp(NOW - 901), "", "2026-11-22 17:36:19", "2026-11-22T17:36:19",
         "2026-11-22T17:36:60Z", "2026-11-22T24:00:00Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z",
         "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2026-11-22T17:36:19.5Z", "2026-11-22T17:36:19z", "tomorrow", None]


def rpc_rows(place):
    yield from (({"action": each}, rpc(place, each)) for each in ACTIONS)
    yield from (({"time": each}, rpc(place, {"Timestamp": each})) for each in TIMES)
    for name in ("AccessKeyId", "Action", "Version", "SignatureMethod", "SignatureNonce", "SignatureVersion", "Format"):
        for value in (None, "", "wrong", "\u76f4"):
            if (name, value) not in (("Action", ""), ("Action", "wrong"), ("Action", "\u76f4"), ("SignatureNonce", "wrong")):
                yield {name: value}, rpc(place, {name: value})
    for value in ("json", "XML", "xml", "Json", "yaml"):
        yield {"Format": value}, rpc(place, {"Format": value})
    for value in ("", "BEARERTOKEN"):
        yield {"SignatureType": value}, rpc(place, {"SignatureType": value})
    for value in ("", TOKEN, "a b", "\u76f4", "other"):
        yield {"token": value}, rpc(place, {"SecurityToken": value})
    for value in (None, "", "wrong", "A" * 27 + "=", "A" * 28, "A" * 26 + "==", "A" * 27 + "!"):
        yield {"Signature": value}, rpc(place, after={"Signature": value})
        yield {"Signature": value, "xml": 1}, rpc(place, {"Format": "XML"}, after={"Signature": value})
    for name in ("\u76f4", "Odd", "a b", "A", "~", "Tag.10.Key", "Tag.2.Key"):
        yield {"odd name": name}, rpc(place, {name: ODD})
        yield {"odd name, wrong secret": name}, rpc(place, {name: ODD}, secret="other")
        yield {"odd name, wrong secret, XML": name}, rpc(place, {name: ODD, "Format": "XML"}, secret="other")
    yield "signed for another method", rpc(place, signed_method="PUT")
    yield "changed after signing", rpc(place, after={"CasterId": IDLE})
    yield "added after signing", rpc(place, after={"More": "1"})
    for wire in (b"&%zz=1", b"&a=%", b"&a=%4", b"&%ff=1", b"&a=%ff", b"&A=1&A=2", b"&A=1&B=1&B=2&A=2&A=3", b"&&&", b"&a", b"&=v",
                 b"&CasterId=x", b"&Format=XML", b"&a=%C3%28", b"&a=%ED%A0%80"):
        yield {"on the wire": wire}, rpc(place, wire=lambda text, wire=wire: text + wire if text else text)
    yield "a star that is not encoded", rpc(place, {"CasterId": "live*"}, wire=lambda text: text.replace(b"%2A", b"*"))
    yield "a space as a plus", rpc(place, {"Note": "a b"}, wire=lambda text: text.replace(b"%20", b"+"))
    yield "escapes in lower case", rpc(place, {"Note": "/"}, wire=lambda text: text.replace(b"%2F", b"%2f"))
    for path in ("/x", "//", "/x/"):
        yield {"path": path}, rpc(place, path=path)
    for method in ("PUT", "DELETE", "get", "OPTIONS"):
        yield {"method": method}, rpc(place, method=method)
    for kind in ("text/plain", "application/x-www-form-urlencoded; charset=utf-8", "APPLICATION/X-WWW-FORM-URLENCODED", ""):
        yield {"content-type": kind}, rpc(place, headers=[("Host", "h:81"), ("content-type", kind)])
    for name in ("content-type", "accept", "x-acs-date"):
        yield {"twice": name}, rpc(place, headers=[("Host", "h"), FORM, (name, FORM[1]), (name.upper(), FORM[1])])
    yield "another host", rpc(place, secret="other", headers=[("Host", "a.b-c:8080"), FORM])


def v3_rows(place):
    for each in ACTIONS:
        yield {"action": each}, v3(place, {"x-acs-action": each["Action"]}, {"CasterId": each["CasterId"]})
    yield from (({"time": each}, v3(place, {"x-acs-date": each})) for each in TIMES if each != "")
    for name in ("x-acs-action", "x-acs-version", "x-acs-signature-nonce", "x-acs-content-sha256", "x-acs-date", "accept"):
        yield {"dropped": name}, v3(place, {name: None})
        yield {"dropped after signing": name}, v3(place, drop=[name])
        yield {"not signed": name}, v3(place, unsigned=[name])
        if name != "x-acs-action":                          # an action that is not carried out: differs_as_described()
            yield {"changed after signing": name}, v3(place, after={name: "wrong"})
        yield {"twice": name}, v3(place, more=[(name, "more")])
    yield "a wrong version", v3(place, {"x-acs-version": "2016-11-02"})
    yield "host not signed", v3(place, unsigned=["host"])
    yield "two not signed", v3(place, unsigned=["x-acs-version", "host", "x-acs-action"])
    for value in ("application/xml", "application/JSON", "text/json, */*", "*/*"):
        yield {"accept": value}, v3(place, {"accept": value})
        yield {"accept, wrong secret": value}, v3(place, {"accept": value}, secret="other")
    for value in (TOKEN, "a b", "other", "\u00e9"):
        yield {"token": value}, v3(place, {"x-acs-security-token": value})
    for change in (lambda t: t.replace("SHA256", "SM3"), lambda t: t + " ", lambda t: t.replace(",", ", "), lambda t: t[:-1],
                   lambda t: t[:-1] + "G", lambda t: t.upper(), lambda t: t.replace("Credential", "credential"),
                   lambda t: t.replace("testid", ""), lambda t: t.replace("testid", "nobody"), lambda t: "ACS3-HMAC-SHA256",
                   lambda t: t[:-64] + "0" * 64, lambda t: "Bearer x", lambda t: t + "0"):
        text = change("ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=a;b,Signature=" + "0" * 64)
        yield {"Authorization": text}, v3(place, authorization=change)
    for change in (lambda n: n[::-1], lambda n: n + ["x-acs-zzz"], lambda n: [n[0]] + n, lambda n: [n[0].upper()] + n[1:],
                   lambda n: [""] + n, lambda n: sorted(n + ["accept"])):
        yield {"signed names": change(["a", "b"])}, v3(place, names=change)
    for name in ("\u76f4", "a b", "Tag.10.Key"):
        yield {"odd name": name}, v3(place, parameters={name: ODD})
        yield {"odd name, wrong secret": name}, v3(place, parameters={name: ODD}, secret="other")
    yield "a field of Latin-1", v3(place, {"x-acs-more": "caf\u00e9"}, secret="other")
    yield "a field that is there twice", v3(place, secret="other", more=[("x-acs-more", "2"), ("X-Acs-More", "1")],
                                            names=lambda names: names + ["x-acs-more"])
    yield "a body that nobody asked for", v3(place, body=b"CasterId=x")
    yield "a body that differs", v3(place, body=b"abc", after={"x-acs-content-sha256": "0" * 64})
    for wire in (b"&%zz=1", b"&a=%ff", b"&A=1&A=2", b"&a=1"):
        yield {"on the wire": wire}, v3(place, wire=lambda text, wire=wire: text + wire if text else text)
    yield "Format in the query", v3(place, parameters={"Format": "XML"})
    yield "another Format in the query", v3(place, parameters={"Format": "yaml"})
    for path in ("/x", "//"):
        yield {"path": path}, v3(place, path=path)
    yield "method PUT", v3(place, method="PUT")


PAGE = "<html><body>Bad Gateway</body></html>"
# the stand-in's fault; the command for the gateway: KIND STATUS NUMBER TEXT
FAULTS = [
    ({"kind": "latency", "seconds": 0.01}, "slow 0 10"),
    ({"kind": "drop-before"}, "lose_request 0 0"),
    ({"kind": "drop-after"}, "lose_answer 0 0"),
    ({"kind": "reset"}, "lose_request 0 0"),
    ({"kind": "reset-after"}, "lose_answer 0 0"),
    ({"kind": "proxy-after", "status": 502, "text": PAGE}, f"http_after 502 0 {PAGE}"),
    ({"kind": "proxy-after", "status": 200, "text": PAGE}, f"http_after 200 0 {PAGE}"),
    ({"kind": "redirect", "location": "https://elsewhere.example.com/x"}, "redirect 302 0 https://elsewhere.example.com/x"),
    ({"kind": "redirect", "location": "/x", "status": 307}, "redirect 307 0 /x"),
    ({"kind": "service-unavailable"}, "unavailable 0 0"),
    ({"kind": "throttle"}, "throttle 0 -1"),
    ({"kind": "throttle", "retry_after": 1500}, "throttle 400 1500 Throttling.User"),
    ({"kind": "throttle", "retry_after": 1, "status": 429, "code": "Throttling.Api"}, "throttle 429 1 Throttling.Api"),
    ({"kind": "throttle", "retry_after": 7, "status": 503, "code": "Throttling"}, "throttle 503 7 Throttling"),
    ({"kind": "error", "code": "InternalError"}, "error 500 0 InternalError"),
    ({"kind": "error", "code": "InternalError", "after": True}, "error_after 500 0 InternalError"),
    ({"kind": "error", "code": "Forbidden.RAM", "status": 403}, "error 403 0 Forbidden.RAM"),
    ({"kind": "resent"}, "repeat_request 0 0"),
    ({"kind": "truncate", "bytes": 17}, "cut_body 0 17"),
    ({"kind": "truncate", "bytes": 0}, "cut_body 0 0"),
    ({"kind": "short-body", "bytes": 17}, "shorten_body 0 17"),
    ({"kind": "short-body", "bytes": 100000}, "shorten_body 0 100000"),
    ({"kind": "empty"}, "shorten_body 0 0"),
    ({"kind": "big", "bytes": 3000}, "pad_body 0 3000"),
    ({"kind": "big", "bytes": 20}, "pad_body 0 20"),
    ({"kind": "content-type", "value": "text/plain"}, "header 0 0 content-type:text/plain"),
    ({"kind": "content-type", "value": None}, "without_header 0 0 content-type"),
    ({"kind": "no-date"}, "without_header 0 0 date"),
    ({"kind": "date", "value": "Thu, 01 Jan 1970 00:00:00 GMT"}, "header 0 0 date:Thu, 01 Jan 1970 00:00:00 GMT"),
    ({"kind": "age", "value": "5"}, "header 0 0 age:5"),
    ({"kind": "header", "name": "content-encoding", "value": "br"}, "header 0 0 content-encoding:br"),
    ({"kind": "header", "name": "x-acs-retry-after", "value": "5"}, "header 0 0 x-acs-retry-after:5"),
]


# ---- the two gateways

class Fixed(service.Service):
    """The stand-in's service with a clock that stands still."""

    def now(self):
        return NOW


class Peer:
    def exchange(self, request):
        with socket.create_connection(("127.0.0.1", self.port), 20) as connection:
            connection.sendall(request)
            received = b""
            try:
                while piece := connection.recv(65536):
                    received += piece
            except ConnectionResetError:
                pass
        return received

    def door(self, path, body=b""):
        reply = self.exchange(raw("POST" if body else "GET", path, [("Host", "x")], body))
        return reply.partition(b"\r\n\r\n")[2]


class Python(Peer):
    def __init__(self):
        self.service = Fixed("testid", SECRET, "", STATES, 0, 0, "new", 0, 1)
        self.stand_in = gateway.StandIn(self.service, [], None, 0)
        self.port = int(self.stand_in.url.rpartition(":")[2])
        threading.Thread(target=self.stand_in.accept_forever, daemon=True).start()

    def reset(self, token, rate, older, fault):
        self.service._at_start = (STATES, rate, 0)
        self.service.token, self.service.rate_headers = token.encode(), "old" if older else "new"
        self.service.reset()
        self.stand_in.planned.clear()
        if fault:
            self.stand_in.planned.append(fault)

    def effects(self):
        counts = self.service.studios.executions
        return ([[(0 if name == "status" else "") if call[name] is None else call[name] for name in CALL]
                 for call in self.service.calls],
                {name: [self.service.studios.states[name]] + [counts.get(name, {}).get(action, 0) for action in COUNTED]
                 for name in (LIVE, IDLE, GONE)})


class Cpp(Peer):
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().rpartition(":")[2])

    def reset(self, token, rate, older, fault):
        lines = [f"now {NOW * 1000}", f"token {token}", f"rate {rate}", f"older {int(older)}", "reset"]
        lines += [f"studio {name} {state}" for name, state in STATES.items()]
        assert self.door("/-/do", "\n".join(lines + [f"fault {fault}"] * bool(fault)).encode()) == b"ok"

    def effects(self):
        told = json.loads(self.door(f"/-/executions?{LIVE},{IDLE},{GONE}"))
        return ([[call[name] for name in CALL] for call in told["calls"]],
                {name: [one["state"]] + [one[action] for action in COUNTED] for name, one in told["studios"].items()})


CALL = ("action", "caster_id", "executed", "code", "status", "method", "placement", "signature")
COUNTED = ("RestartCaster", "StartCaster", "StopCaster", "DescribeCasters")
HEADERS = ("date", "content-type", "x-acs-retry-after", "x-ratelimit-user", "location", "age", "content-encoding")


def fields_of(body):
    """The fields of a body as plain values; its bytes if it is no document."""
    try:
        if body.startswith(b"{"):
            return dict(json.loads(body), root="json")
        def value(element):
            return [(child.tag, value(child)) for child in element] or element.text or ""
        root = xml.etree.ElementTree.fromstring(body)
        return {"root": root.tag, **{child.tag: value(child) for child in root}}
    except (ValueError, xml.etree.ElementTree.ParseError):
        return body


def comparable(fields):
    """Without what is new in every answer: ids and URLs, and fields of a studio that only one of the two has."""
    if not isinstance(fields, dict):
        return [len(fields), fields[:14]]                   # a body that was cut may end in its request id
    fields = dict(fields)
    if "RequestId" in fields:
        fields["RequestId"] = len(fields["RequestId"])
    for name in ("PvwSceneInfos", "PgmSceneInfos"):
        if name in fields:
            fields[name] = "scenes"
    if "CasterList" in fields:
        listed = fields["CasterList"]
        listed = listed["Caster"] if isinstance(listed, dict) else [dict(each) for _, each in listed or []]
        fields["CasterList"] = sorted([str(one[name]) for name in ("CasterId", "Status", "NormType")] for one in listed)
    return fields


def seen(received):
    head, gap, body = received.partition(b"\r\n\r\n")
    if not gap:
        return "no answer"
    line, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
    status = int(line.split(" ")[1])
    if int(headers.get("content-length", len(body))) != len(body):
        return ["incomplete", status]
    return [status, [headers.get(name) for name in HEADERS], comparable(fields_of(body))]


class Comparison:
    def __init__(self, program):
        self.peers = [Python(), Cpp(program)]
        self.rows, self.codes, self.failed = 0, set(), 0

    def row(self, name, requests, token="", rate=0, older=False, faults=(None, None)):
        self.rows += 1
        outcomes = []
        for peer, fault in zip(self.peers, faults):
            peer.reset(token, rate, older, fault)
            outcomes.append([[seen(peer.exchange(request)) for request in requests], *peer.effects()])
        for answer in outcomes[0][0]:
            if isinstance(answer[-1], dict):
                self.codes.add(answer[-1].get("Code", "success"))
        # The stand-in remembers an action and an id once it has checked them, the gateway as soon as they are decoded.
        for ours, theirs in zip(outcomes[1][1], outcomes[0][1]):
            ours[:2] = [mine if known else "" for mine, known in zip(ours[:2], theirs[:2])]
        if outcomes[0] != outcomes[1]:
            self.failed += 1
            if self.failed <= 20:
                print(f"DIFFERENT  {name}")
                for one, other in zip(*outcomes):
                    if one != other:
                        print(f"  stand-in {one}\n  gateway  {other}")

    def differs_as_described(self, name, request, code_of_stand_in, code_of_gateway):
        """The differences that are meant."""
        self.rows += 1
        codes = []
        for peer in self.peers:
            peer.reset("", 0, False, None)
            codes.append(seen(peer.exchange(request))[-1]["Code"])
        if codes != [code_of_stand_in, code_of_gateway]:
            self.failed += 1
            print(f"DIFFERENT  {name}: {codes}")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: faithful_test.py SERVED_GATEWAY")
    # The stand-in counts its rate by the time of the machine; here it stands still, like that of the gateway.
    service.time = types.SimpleNamespace(monotonic=lambda: 1000.0, strptime=time.strptime, time=lambda: NOW, gmtime=time.gmtime,
                                         strftime=time.strftime)
    run = Comparison(sys.argv[1])
    try:
        for make, rows, places in ((rpc, rpc_rows, PLACES), (v3, v3_rows, ("form", "query", "post_query"))):
            for place in places:
                title = f"{make.__name__} {place}"
                for name, request in rows(place):
                    run.row(f"{title} {name}", [request])
                    if isinstance(name, dict) and name.keys() & {"token", "SecurityToken"}:
                        run.row(f"{title} {name}, a token is needed", [request], token=TOKEN)
                nonce = {"x-acs-signature-nonce": "n-2"} if make is v3 else {"SignatureNonce": "n-2"}
                run.row(f"{title} a nonce twice", [make(place), make(place), make(place, nonce)])
                run.row(f"{title} a nonce twice, refused first", [make(place, secret="other"), make(place)])
                for older in (False, True):
                    three = [make(place, {list(nonce)[0]: f"n-{n}"}) for n in range(3)]
                    run.row(f"{title} too fast, older={older}", three, rate=2, older=older)
                    run.row(f"{title} throttled, older={older}", three[:2], older=older, faults=FAULTS[11])
                for fault, command in FAULTS:
                    xml_too = {"accept": "*/*"} if make is v3 else {"Format": "XML"}
                    for change in ({}, xml_too):
                        run.row(f"{title} {fault} {change}", [make(place, change), make(place, {**change, **nonce})],
                                faults=(fault, command))
                    run.row(f"{title} {fault} the same bytes again", [make(place), make(place)], faults=(fault, command))
                if KNOWS_FILTERS:
                    for filters in ({"PageNum": "2", "PageSize": "1"}, {"PageNum": "0"}, {"PageSize": "x"}, {"Status": "1"},
                                    {"Status": "0"}, {"Status": "2"}, {"NormType": "4"}, {"NormType": "1"}, {"PageSize": "0"}):
                        asked = {"CasterId": None, **filters}
                        run.row(f"{title} {filters}", [v3(place, {"x-acs-action": "DescribeCasters"}, asked) if make is v3 else
                                                       rpc(place, {"Action": "DescribeCasters", **asked})])
        for action in ("", "restartcaster", "\u76f4"):
            run.differs_as_described(f"the action {action!r}", rpc("form", {"Action": action}), "InvalidApi.NotFound",
                                     "Testing.NotImplemented")
    finally:
        run.peers[1].process.terminate()
        run.peers[1].process.stdout.close()
        run.peers[1].process.wait()
    print(f"{run.rows} rows, {len(run.codes)} codes, {run.failed} different")
    # A table that reaches few codes would compare little.
    sys.exit(1 if run.failed or run.rows < 1000 or len(run.codes) < 25 else 0)


if __name__ == "__main__":
    main()
