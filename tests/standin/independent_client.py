# SPDX-License-Identifier: MIT
"""A client of the stand-in gateway for its tests, over real sockets: it shares no line with what it tests.

Source: the vendor's pages named in service.py.
"""

import base64
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
import time
import unittest
import uuid
import xml.etree.ElementTree
from urllib.parse import quote

HERE = os.path.dirname(os.path.abspath(__file__))
STREAMING, IDLE, VIRTUAL, GONE = (f"80787064-1c94-4dc1-85ce-9409960a000{n}" for n in range(4))
STUDIOS = ["--studio", STREAMING + "=streaming", "--studio", IDLE + "=idle",
           "--studio", VIRTUAL + "=virtual", "--studio", GONE + "=absent"]


class Gateway:
    """A gateway process, and its control door."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([sys.executable, "-B", os.path.join(HERE, "gateway.py"), *arguments],
                                        stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().rstrip("\n")
        self.scheme, self.port = self.url.split("://")[0], int(self.url.rpartition(":")[2])
        self.ca_file = None
        if self.scheme == "https":
            self.ca_file = self.process.stdout.readline().rstrip("\n")[len("CA file: "):]

    def stop(self, by=signal.SIGTERM):
        self.process.send_signal(by)
        status = self.process.wait(10)
        self.process.stdout.close()
        return status

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), 10)
        if self.ca_file:
            context = ssl.create_default_context(cafile=self.ca_file)
            connection = context.wrap_socket(connection, server_hostname="localhost")
        return connection

    def door(self, path, value=None):
        body = b"" if value is None else json.dumps(value).encode()
        method = "GET" if value is None else "POST"
        reply = exchange(self, f"{method} /-/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                               f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        return reply.status, json.loads(reply.body)

    def plan(self, *planned):
        status, said = self.door("faults", list(planned))
        assert status == 200, said

    def count(self, caster_id, action="RestartCaster"):
        return self.door("executions")[1]["executions"].get(caster_id, {}).get(action, 0)

    def calls(self):
        return self.door("executions")[1]["calls"]


class Reply:
    """What came back on the wire, split but not interpreted."""

    def __init__(self, raw, ended):
        self.raw, self.ended = raw, ended
        head, _, self.body = raw.partition(b"\r\n\r\n")
        line, *headers = head.decode("latin-1").split("\r\n")
        self.line = line
        self.status = int(line.split(" ")[1]) if line else None
        self.headers = dict(header.split(": ", 1) for header in headers)

    def fields(self):
        if "json" in self.headers["content-type"]:
            return json.loads(self.body)
        root = xml.etree.ElementTree.fromstring(self.body)
        return {child.tag: child.text for child in root}

    @property
    def code(self):
        return self.fields()["Code"]


def read_reply(connection, head_only=False):
    """One reply, by Content-Length, or up to the end of the connection."""
    raw, ended = b"", False
    while True:
        head, gap, body = raw.partition(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: (\d+)", head)
        if gap and (head_only or (length and len(body) >= int(length[1]))):
            break
        try:
            piece = connection.recv(65536)
        except ConnectionResetError:
            return Reply(raw, "reset")
        except ssl.SSLEOFError:
            piece = b""
        if not piece:
            ended = True
            break
        raw += piece
    return Reply(raw, ended)


def exchange(gateway, request, head_only=False):
    with gateway.connect() as connection:
        connection.sendall(request)
        return read_reply(connection, head_only)


def stamp(offset=0):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + offset))


def common(**parameters):
    every = {"Action": "RestartCaster", "Version": "2016-11-01", "Format": "JSON", "AccessKeyId": "testid",
             "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0", "SignatureNonce": str(uuid.uuid4()),
             "Timestamp": stamp(), "CasterId": STREAMING, **parameters}
    return {name: value for name, value in every.items() if value is not None}


def encode(parameters):
    return "&".join(quote(name, safe="-_.~") + "=" + quote(parameters[name], safe="-_.~")
                    for name in sorted(parameters))


def sign(method, parameters, secret="testsecret"):
    text = method + "&%2F&" + quote(encode(parameters), safe="-_.~")
    digest = hmac.new((secret + "&").encode(), text.encode(), "sha1").digest()
    return {**parameters, "Signature": base64.b64encode(digest).decode()}


def http(method="GET", query="", body="", headers=(), host="live.example.com:8080"):
    lines = [f"{method} /{'?' + query if query else ''} HTTP/1.1", "Host: " + host, *headers]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded"]
    if body or method == "POST":
        lines += [f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def restart(placement="get", secret="testsecret", **parameters):
    """A signed request of the independent client."""
    method = "GET" if placement == "get" else "POST"
    signed = sign(method, common(**parameters), secret)
    if placement in ("get", "post-query"):
        return http(method, encode(signed))
    if placement == "post-form":
        return http(method, body=encode(signed))
    caster = {"CasterId": signed.pop("CasterId")}
    return http(method, encode(signed), encode(caster))


def acs3_request(secret="testsecret", method="POST", query=None, body="", drop=(), change=None, **headers):
    query = encode({"CasterId": STREAMING} if query is None else query)
    sent = {"host": "127.0.0.1", "x-acs-action": "RestartCaster", "x-acs-version": "2016-11-01",
            "x-acs-date": stamp(), "x-acs-signature-nonce": str(uuid.uuid4()),
            "x-acs-content-sha256": hashlib.sha256(body.encode()).hexdigest()}
    if body:
        sent["content-type"] = "application/x-www-form-urlencoded"
    sent.update({name.replace("_", "-"): value for name, value in headers.items()})
    signed = ";".join(sorted(name for name in sent if name not in drop))
    canonical = "\n".join([method, "/", query,
                           "".join(f"{name}:{sent[name]}\n" for name in sorted(sent) if name not in drop),
                           signed, hashlib.sha256(body.encode()).hexdigest()])
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(secret.encode(), to_sign.encode(), "sha256").hexdigest()
    sent["authorization"] = f"ACS3-HMAC-SHA256 Credential=testid,SignedHeaders={signed},Signature={signature}"
    sent.update(change or {})
    sent.setdefault("accept", "application/json")
    lines = [f"{method} /{'?' + query if query else ''} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in sent.items() if value is not None]
    return ("\r\n".join([*lines, f"content-length: {len(body)}"]) + "\r\n\r\n" + body).encode()


class WithGateway(unittest.TestCase):
    ARGUMENTS = [*STUDIOS, "--rate", "0"]

    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway(*cls.ARGUMENTS)

    @classmethod
    def tearDownClass(cls):
        cls.gateway.stop()

    def setUp(self):
        self.gateway.door("reset", {})

    def send(self, *arguments, **parameters):
        return exchange(self.gateway, restart(*arguments, **parameters))

    def assert_refused(self, reply, status, code):
        self.assertEqual((reply.status, reply.code), (status, code))
        self.assertEqual(self.gateway.door("executions")[1]["executions"], {})
