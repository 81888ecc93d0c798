#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The servers that give keys, on loopback: the metadata server of an ECS instance, a credentials URI, and the Security
Token Service (AssumeRole, AssumeRoleWithOIDC), all at one port.

Source: the vendor's pages "Instance metadata" (token mode), "AssumeRole" and "AssumeRoleWithOIDC"; credentials-go (URI).
Usage: key_servers.py [--port PORT]   prints the base URL; a program in Python uses KeyServers itself
"""

import argparse
import calendar
import itertools
import json
import re
import secrets
import socket
import sys
import threading
import time

sys.dont_write_bytecode = True

import percent
import rpc_v1
import wire

STS_VERSION = b"2015-04-01"
ROLE_PATH = "/latest/meta-data/ram/security-credentials/"
ARN = re.compile(rb"acs:ram::\d{1,16}:role/[A-Za-z0-9.@_-]{1,64}")
SESSION = re.compile(rb"[A-Za-z0-9.@_-]{2,64}")
SIGNED = {b"AccessKeyId", b"SignatureMethod", b"SignatureNonce", b"SignatureVersion", b"Signature"}
HOUR, QUARTER_HOUR, LONGEST = 3600, 900, 43200


class Refused(Exception):
    """A refusal of the Security Token Service: HTTP status, code and message."""


def utc_text(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


class KeyServers:
    """What the servers know, what they gave out, and what arrived."""

    def __init__(self, port=0):
        self.lock = threading.Lock()
        self.keys = {"testid": ("testsecret", "")}          # key id -> secret, token
        self.role = "operator"                              # of the instance; None: no role is bound
        self.lives = HOUR                                   # seconds of a key from the metadata server and the URI
        self.clock_ahead = 0                                # seconds by which the clock of the servers is ahead
        self.oidc_token = "eyJ" + secrets.token_urlsafe(120)
        self.metadata_mode = "token or none"                # "token only"; "no tokens", as older servers
        self.answers = {}                                   # path, or action -> (status, body) in place of the answer
        self.delay = 0                                      # seconds before each answer
        self.external_id = ""                               # that every role asks for
        self.given, self.tokens, self.nonces, self.requests = [], [], set(), []
        self.count = itertools.count(1)
        self.listener = socket.create_server(("127.0.0.1", port), backlog=64)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        """Ends the waiting accept(), too, which would otherwise take one more connection."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def now(self):
        return time.time() + self.clock_ahead

    def new_key(self, lives):
        """A temporary key as the vendor's look: an id that begins with STS., a secret, a token, its end."""
        with self.lock:
            key = {"AccessKeyId": f"STS.N{next(self.count):04d}" + secrets.token_hex(8).upper(),
                   "AccessKeySecret": secrets.token_urlsafe(33).replace("-", "x").replace("_", "y"),
                   "SecurityToken": "CAIS" + secrets.token_urlsafe(500) + "+/==",
                   "Expiration": utc_text(self.now() + lives)}
            self.keys[key["AccessKeyId"]] = (key["AccessKeySecret"], key["SecurityToken"])
            self.given.append(key)
            return key

    def secrets(self):
        """Every text that may stand in no output."""
        with self.lock:
            fixed = [self.oidc_token, *self.tokens, *(secret for secret, _ in self.keys.values())]
            return fixed + [token for _, token in self.keys.values() if token]

    # ---- connections

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection:
            connection.settimeout(wire.IDLE_SECONDS)
            try:
                request = wire.Reader(connection).request()
                with self.lock:
                    self.requests.append(request)
                answer = self.answer(request)
                answer.headers.update({"content-length": len(answer.body), "connection": "close",
                                       "date": time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(self.now()))})
                time.sleep(self.delay)
                connection.sendall(answer.head() + answer.body)
            except wire.Malformed as reason:
                connection.sendall(wire.text_answer(400, reason))
            except (EOFError, OSError):
                pass

    def answer(self, request):
        if request.path == "/" and request.method == "POST":
            return self.sts(request)
        planned = self.answers.get(request.path)
        if planned:
            return wire.Answer(planned[0], {"content-type": "text/plain"}, planned[1].encode())
        if request.path == "/latest/api/token":
            return self.metadata_token(request)
        if request.path.startswith(ROLE_PATH) and request.method == "GET":
            return self.metadata(request)
        if request.path == "/credentials" and request.method == "GET":
            return as_json(200, {"Code": "Success", **self.new_key(self.lives)})
        return wire.page(404)

    # ---- the metadata server

    def metadata_token(self, request):
        ttl = request.header("x-aliyun-ecs-metadata-token-ttl-seconds", "")
        if self.metadata_mode == "no tokens":
            return wire.page(404)
        if request.method != "PUT" or not ttl.isdigit() or not 1 <= int(ttl) <= 21600:
            return wire.page(400)
        token = secrets.token_urlsafe(42)
        self.tokens.append(token)
        return wire.Answer(200, {"content-type": "text/plain"}, token.encode())

    def metadata(self, request):
        token = request.header("x-aliyun-ecs-metadata-token")
        if token not in ([None] if self.metadata_mode == "no tokens" else self.tokens + [None]):
            return wire.page(403)
        if token is None and self.metadata_mode == "token only":
            return wire.page(403)
        asked = request.path[len(ROLE_PATH):]
        if self.role is None or asked not in ("", self.role):
            return wire.page(404)
        if not asked:
            return wire.Answer(200, {"content-type": "text/plain"}, self.role.encode())
        key = self.new_key(self.lives)
        return as_json(200, {**key, "LastUpdated": utc_text(self.now()), "Code": "Success"})

    # ---- the Security Token Service

    def sts(self, request):
        request_id = secrets.token_hex(16).upper()
        try:
            pairs = percent.pairs(request.query.encode("latin-1"))
            if request.is_form():
                pairs += percent.pairs(request.body)
            parameters = dict(pairs)
            if len(parameters) != len(pairs):
                raise Refused(400, "InvalidParameter", "A parameter is given twice.")
            action = parameters.get(b"Action", b"").decode("latin-1")
            if action in self.answers:
                status, body = self.answers[action]
                return wire.Answer(status, {"content-type": "application/json"}, body.encode())
            key = self.assume(request.method, action, parameters)
            user = {"Arn": "acs:ram::1:assumed-role/x/y", "AssumedRoleId": "3000:y"}
            return as_json(200, {"RequestId": request_id, "AssumedRoleUser": user, "Credentials": key})
        except Refused as refused:
            status, code, message = refused.args
            return as_json(status, {"RequestId": request_id, "HostId": "sts.aliyuncs.com", "Code": code, "Message": message})

    def assume(self, method, action, parameters):
        if parameters.get(b"Version") != STS_VERSION or parameters.get(b"Format") != b"JSON":
            raise Refused(400, "InvalidVersion", "Specified parameter Version or Format is not valid.")
        if action not in ("AssumeRole", "AssumeRoleWithOIDC"):
            raise Refused(404, "InvalidAction.NotFound", "Specified api is not found.")
        self.check_time(parameters.get(b"Timestamp", b""))
        if action == "AssumeRole":
            self.check_signature(method, parameters)
            if self.external_id and parameters.get(b"ExternalId") != self.external_id.encode():
                raise Refused(403, "NoPermission", "You are not authorized to do this action.")
        else:
            self.check_oidc(parameters)
        seconds = parameters.get(b"DurationSeconds", b"3600")
        if not seconds.isdigit() or not QUARTER_HOUR <= int(seconds) <= LONGEST:
            raise Refused(400, "InvalidParameter.DurationSeconds", "The Min/Max value of DurationSeconds is 15min/12hr.")
        if not SESSION.fullmatch(parameters.get(b"RoleSessionName", b"")):
            raise Refused(400, "InvalidParameter.RoleSessionName", "The parameter RoleSessionName is wrongly formed.")
        if not ARN.fullmatch(parameters.get(b"RoleArn", b"")):
            raise Refused(400, "InvalidParameter.RoleArn", "The parameter RoleArn is wrongly formed.")
        if parameters[b"RoleArn"].endswith(b"/absent"):
            raise Refused(404, "EntityNotExist.Role", "The role does not exist.")
        if b"Policy" in parameters:
            json.loads(parameters[b"Policy"])
        return self.new_key(int(seconds))

    def check_time(self, text):
        try:
            signed = calendar.timegm(time.strptime(text.decode("latin-1"), "%Y-%m-%dT%H:%M:%SZ"))
        except ValueError:
            raise Refused(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.")
        if abs(signed - self.now()) > 900:
            raise Refused(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")

    def check_signature(self, method, parameters):
        known = self.keys.get(parameters.get(b"AccessKeyId", b"").decode("latin-1"))
        if known is None:
            raise Refused(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
        if parameters.get(b"SecurityToken", b"").decode("latin-1") != known[1]:
            raise Refused(400, "InvalidSecurityToken.MismatchWithAccessKey", "Specified SecurityToken mismatches.")
        if (parameters.get(b"SignatureMethod"), parameters.get(b"SignatureVersion")) != (b"HMAC-SHA1", b"1.0"):
            raise Refused(400, "InvalidParameter", "Specified signature method or version is not valid.")
        text = rpc_v1.string_to_sign(method, parameters)
        if parameters.get(b"Signature") != rpc_v1.signature(known[0].encode(), text):
            # The service repeats the string to sign, with key id and token.
            raise Refused(400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation. "
                          f"server string to sign is:{text.decode('latin-1')}")
        with self.lock:
            if parameters.get(b"SignatureNonce", b"") in self.nonces | {b""}:
                raise Refused(400, "SignatureNonceUsed", "Specified signature nonce was used already.")
            self.nonces.add(parameters[b"SignatureNonce"])

    def check_oidc(self, parameters):
        if SIGNED & parameters.keys() or b"SecurityToken" in parameters:
            raise Refused(400, "InvalidParameter", "The call is not signed.")
        if not parameters.get(b"OIDCProviderArn", b"").startswith(b"acs:ram::"):
            raise Refused(400, "InvalidParameter.OIDCProviderArn", "The parameter OIDCProviderArn is wrongly formed.")
        if parameters.get(b"OIDCToken", b"").decode("latin-1") != self.oidc_token:
            # A server that repeats what it got must not make the client print it.
            given = parameters.get(b"OIDCToken", b"").decode("latin-1")
            raise Refused(400, "AuthenticationFail.OIDCToken.Invalid", f"This OIDC token {given} is invalid.")


def as_json(status, content):
    return wire.Answer(status, {"content-type": "application/json"}, json.dumps(content).encode())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    servers = KeyServers(parser.parse_args().port)
    print(servers.url, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
