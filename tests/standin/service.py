# SPDX-License-Identifier: MIT
"""The service behind the wire: checks one call in the vendor's order, executes it, and words the answer.

Source: the vendor's "Request structure", "Common parameters", "Returned values" and error code pages for
ApsaraVideo Live, and archived answers of its gateway. Where the pages leave a name or an order open, the
choice is marked "ours". Longer than 250 lines: the checks of one call are read in the order in which they are made.
"""

import calendar
import collections
import email.utils
import hmac
import json
import math
import random
import re
import threading
import time
import uuid
from xml.sax.saxutils import escape

import acs3
import callbacks
import operations
import percent
import rpc_v1
from refusals import Refusal, Refused, invalid, missing
from studios import Studios
from wire import Answer

WINDOW_SECONDS = 15 * 60
NOT_MATCHED = "Specified signature is not matched with our calculation. "
TO_SIGN = "server string to sign is:"
NOT_STANDARD = "The request signature does not conform to Aliyun standards. "

_TIME = re.compile(rb"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z")
_TOKEN = re.compile(rb"[A-Za-z0-9+/=_.~-]+")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What ACS3 puts into a header instead of a parameter.
_ACS3_HEADERS = {"Action": "x-acs-action", "Version": "x-acs-version", "SecurityToken": "x-acs-security-token",
                 "Timestamp": "x-acs-date", "SignatureNonce": "x-acs-signature-nonce"}


class Call:
    """What could be understood of one request; fields stay None when it was refused before they were read."""

    def __init__(self, request, now):
        self.time, self.method = now, request.method
        self.action = self.caster_id = self.nonce = self.code = None
        self.executed, self.status, self.json = False, None, False
        self.is_acs3 = request.header("authorization", "").startswith("ACS3-")
        self.signature = acs3.ALGORITHM if self.is_acs3 else "RPC-1.0"
        form = request.method == "POST" and bool(request.body)
        self.placement = ("split" if request.query else "form") if form else "query"
        self.parameters = {}

    def common(self, request, name):
        """A common parameter's bytes, wherever the signature scheme puts it; None when it was not sent."""
        if not self.is_acs3:
            return self.parameters.get(name.encode())
        value = request.header(_ACS3_HEADERS[name])
        return None if value is None else value.encode("latin-1")

    def label(self, name):
        return _ACS3_HEADERS[name] if self.is_acs3 else name

    def as_json(self, fault):
        fields = ("time", "action", "caster_id", "executed", "code", "status", "method", "placement", "signature",
                  "nonce")
        return {**{field: getattr(self, field) for field in fields}, "fault": fault}


def text(value):
    return value.decode("utf-8", "replace")


def xml(name, value):
    if isinstance(value, list):
        return "".join(xml(name, item) for item in value)
    if isinstance(value, dict):
        inner = "".join(xml(key, item) for key, item in value.items())
    else:
        inner = escape(_NOT_IN_XML.sub("\ufffd", str(value)), {"\r": "&#13;"})
    return f"<{name}>{inner}</{name}>"


class Service:
    """One account with its key, its studios, its clock and its limit. Safe to call from many threads."""

    def __init__(self, key_id, secret, token, studios, rate, clock_offset, rate_headers, throttle_probability, seed):
        self.key_id, self.secret, self.token = key_id.encode(), secret.encode(), token.encode()
        self.rate_headers, self.throttle_probability, self.seed = rate_headers, throttle_probability, seed
        self._at_start = (studios, rate, clock_offset)
        self.lock = threading.RLock()
        self.reset()

    def reset(self):
        with self.lock:
            states, self.rate, self.clock_offset = self._at_start
            self.studios = Studios(states, self.now)
            self.calls, self.callbacks = [], {}
            self._nonces = set()
            self._admitted = collections.defaultdict(collections.deque)
            self._chance = random.Random(self.seed)

    def now(self):
        return time.time() + self.clock_offset

    def call(self, request, fault):
        """The answer to one request; its date is left to be filled in when it is sent."""
        with self.lock:
            call = Call(request, self.now())
            request_id = str(uuid.uuid4()).upper()
            host = request.header("host", "").partition(":")[0]
            headers, recommend = (), None
            try:
                fields = self._serve(call, request, fault)
                call.status = 200
            except Refusal as refusal:
                call.status, call.code, message, headers = (refusal.status, refusal.code, refusal.message,
                                                            refusal.headers)
                recommend = ("https://error-center.aliyun.com/status/search?Keyword="
                             + refusal.code + "&source=PopGw")
            except Refused as refused:
                call.status, call.code, message = refused.args
            if call.code is None:
                fields = {"RequestId": request_id, **fields}
                body = self._words(call, call.action + "Response", fields)
            else:
                fields = {"RequestId": request_id, "HostId": host, "Code": call.code, "Message": message}
                body = self._words(call, "Error", fields, recommend)
            self.calls.append(call.as_json(fault and fault["kind"]))
            if call.executed and call.action in ("StartCaster", "StopCaster", "RestartCaster"):
                callbacks.start(self.callbacks, call.caster_id, request_id)
        return Answer(call.status, {
            "date": "",
            "content-type": "application/json;charset=utf-8" if call.json else "text/xml;charset=utf-8",
            "connection": "keep-alive",
            "keep-alive": "timeout=25",
            "access-control-allow-origin": "*",
            "access-control-expose-headers": "*",
            "x-acs-request-id": request_id,
            "x-acs-trace-id": uuid.uuid4().hex,
            "vary": "Accept-Encoding",
            **dict(headers)}, body)

    def overlook(self, request, fault_kind):
        """Records a call that a fault kept from the service."""
        with self.lock:
            call = Call(request, self.now())
            try:
                self._read_parameters(call, request)
            except Refusal:
                pass
            for field, name in (("action", "Action"), ("nonce", "SignatureNonce")):
                value = call.common(request, name)
                setattr(call, field, None if value is None else text(value))
            self.calls.append(call.as_json(fault_kind))

    def date(self):
        return email.utils.formatdate(self.now(), usegmt=True)

    @staticmethod
    def _words(call, root, fields, recommend=None):
        if call.json:
            fields = {"Recommend": recommend, **fields} if recommend else fields
            return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        inner = "".join(xml(name, value) for name, value in fields.items())
        if recommend:
            inner += f"<Recommend><![CDATA[{recommend}]]></Recommend>"
        return f"<?xml version='1.0' encoding='UTF-8'?><{root}>{inner}</{root}>".encode()

    # The checks, in the order in which they are made.

    def _serve(self, call, request, fault):
        accept = request.header("accept", "").lower()
        call.json = call.is_acs3 and "json" in accept
        if request.method not in ("GET", "POST"):
            raise Refusal(400, "UnsupportedHTTPMethod", "This http method is not supported.")
        for name in ("authorization", "content-type", "accept", "x-acs-content-sha256", *_ACS3_HEADERS.values()):
            if sum(given.lower() == name for given, _ in request.headers) > 1:
                raise Refusal(400, "InvalidParameter", f"The header {name} is given more than once.")  # ours
        self._read_parameters(call, request)
        self._check_operation(call, request)
        if call.is_acs3:
            signed_names, given = self._check_authorization(request)
        else:
            self._check_key(call.parameters.get(b"AccessKeyId"))
        self._check_token(call, request)
        if not call.is_acs3:
            self._check_scheme(call)
        self._check_time(call, request)
        nonce = call.common(request, "SignatureNonce")
        if not nonce:
            raise missing("SignatureNonce", call.label("SignatureNonce"))
        call.nonce = text(nonce)
        if call.is_acs3:
            self._verify_acs3(call, request, signed_names, given)
        else:
            self._verify_rpc_v1(call, request)
        if nonce in self._nonces:
            raise Refusal(400, "SignatureNonceUsed", "Specified signature nonce was used already.")
        self._admit(call.action, fault)
        self._nonces.add(nonce)
        return self._execute(call, fault)

    def _read_parameters(self, call, request):
        try:
            sent = percent.pairs(request.query.encode("latin-1"))
            if request.method == "POST" and request.is_form():
                sent += percent.pairs(request.body)
        except ValueError as error:
            raise Refusal(400, "InvalidParameter", f"The parameters cannot be decoded: {error}.")     # ours
        call.parameters = dict(sent)
        form = call.parameters.get(b"Format", b"xml").lower()
        if not call.is_acs3:
            call.json = form == b"json"
        if len(call.parameters) != len(sent):
            twice, _ = collections.Counter(name for name, _ in sent).most_common(1)[0]
            raise Refusal(400, "InvalidParameter",                                                    # ours
                          f"Specified parameter {percent.encode(twice).decode()} is given more than once.")
        for name, value in sent:
            try:
                name.decode(), value.decode()
            except UnicodeDecodeError:
                raise Refusal(400, "InvalidParameter",                                                # ours
                              f"Specified parameter {percent.encode(name).decode()} is not UTF-8.")
        if form not in (b"json", b"xml"):
            raise Refusal(400, "InvalidParameter.Format", "Specified parameter format is not valid.")
        caster_id = call.parameters.get(b"CasterId")
        call.caster_id = None if caster_id is None else text(caster_id)

    def _check_operation(self, call, request):
        action, version = call.common(request, "Action"), call.common(request, "Version")
        if action is None:
            raise missing("Action", call.label("Action"))
        call.action = text(action)
        if request.path != "/" or call.action not in operations.OPERATIONS:
            raise Refusal(404, "InvalidApi.NotFound", "Specified api is not found,please check your url and method.")
        if version is None:
            raise missing("Version", call.label("Version"))
        if version != operations.VERSION.encode():
            raise invalid("Version")

    def _check_authorization(self, request):
        value = request.header("authorization")
        if value.split(" ")[0] != acs3.ALGORITHM:
            raise Refusal(400, "InvalidSignatureMethod", "Specified signature method is not valid.")
        parts = acs3.read_authorization(value)
        if parts is None:
            raise Refusal(400, "IncompleteSignature", NOT_STANDARD + "Authorization is not "
                          "ACS3-HMAC-SHA256 Credential=ID,SignedHeaders=A;B,Signature=64 lower-case hex digits.")
        key_id, signed_names, given = parts
        self._check_key(key_id.encode("latin-1"))
        return signed_names, given

    def _check_key(self, key_id):
        if key_id is None:
            raise missing("AccessKeyId")
        if key_id != self.key_id:
            raise Refusal(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")

    def _check_token(self, call, request):
        token = call.common(request, "SecurityToken") or b""
        if token == self.token:
            return
        if not token:
            raise missing("SecurityToken", call.label("SecurityToken"))
        if not _TOKEN.fullmatch(token):
            raise Refusal(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.")
        raise Refusal(400, "InvalidSecurityToken.MismatchWithAccessKey",
                      "Specified SecurityToken mismatch with the AccessKey.")

    @staticmethod
    def _check_scheme(call):
        if call.parameters.get(b"SignatureMethod", b"HMAC-SHA1") != b"HMAC-SHA1":
            raise Refusal(400, "InvalidSignatureMethod", "Specified signature method is not valid.")
        if call.parameters.get(b"SignatureType", b"") != b"":
            raise invalid("SignatureType")
        if b"SignatureVersion" not in call.parameters:
            raise missing("SignatureVersion")
        if call.parameters[b"SignatureVersion"] != b"1.0":
            raise invalid("SignatureVersion")

    def _check_time(self, call, request):
        stamp = call.common(request, "Timestamp")
        if stamp is None:
            raise missing("Timestamp", call.label("Timestamp"))
        match = _TIME.fullmatch(stamp)
        try:
            parts = time.strptime(match[0].decode(), "%Y-%m-%dT%H:%M:%SZ") if match else None
        except ValueError:
            parts = None
        if parts is None or parts.tm_sec > 59:
            raise Refusal(400, "InvalidTimeStamp.Format",
                          "Specified time stamp or date value is not well formatted.")
        if abs(calendar.timegm(parts) - self.now()) > WINDOW_SECONDS:
            raise Refusal(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")

    def _verify_rpc_v1(self, call, request):
        given = call.parameters.get(b"Signature")
        if given is None:
            raise missing("Signature")
        to_sign = rpc_v1.string_to_sign(request.method, call.parameters)
        if not rpc_v1.is_well_formed(given):
            raise Refusal(400, "IncompleteSignature", NOT_STANDARD + TO_SIGN + to_sign.decode())
        if not hmac.compare_digest(given, rpc_v1.signature(self.secret, to_sign)):
            raise Refusal(400, "SignatureDoesNotMatch", NOT_MATCHED + TO_SIGN + to_sign.decode())

    def _verify_acs3(self, call, request, signed_names, given):
        sent = {name.lower() for name, _ in request.headers}
        if signed_names != sorted(set(signed_names)) or any(name != name.lower() for name in signed_names):
            raise Refusal(400, "IncompleteSignature", NOT_STANDARD + "SignedHeaders is not lower-case and sorted.")
        for name in signed_names:
            if name not in sent:
                raise Refusal(400, "IncompleteSignature", NOT_STANDARD + f"The signed header {name} was not sent.")
        for name in [*acs3.must_be_signed(request.headers), "x-acs-content-sha256"]:
            if name not in signed_names:
                raise Refusal(400, "IncompleteSignature", NOT_STANDARD + f"The header {name} must be signed.")
        query = dict(percent.pairs(request.query.encode("latin-1")))
        canonical = acs3.canonical_request(request.method, query, request.headers, signed_names,
                                           acs3.body_hash(request.body))
        to_sign = acs3.string_to_sign(canonical)
        expected = acs3.signature(self.secret, to_sign)
        stated = request.header("x-acs-content-sha256")
        if stated != acs3.body_hash(request.body) or not hmac.compare_digest(given, expected):
            raise Refusal(400, "SignatureDoesNotMatch",                        # the canonical request in it: ours
                          NOT_MATCHED + f"server canonical request is:{canonical} " + TO_SIGN + to_sign)

    def _admit(self, action, fault):
        """The limit of the vendor's table: calls per second, account and operation; only admitted calls count."""
        kind = fault["kind"] if fault else None
        if kind == "throttle":
            self._throttle(fault.get("retry_after"), fault.get("status", 400), fault.get("code", "Throttling.User"),
                           fault.get("headers", self.rate_headers))
        if kind == "service-unavailable":
            raise Refusal(503, "ServiceUnavailable",
                          "The request has failed due to a temporary failure of the server.")
        if self._chance.random() < self.throttle_probability:
            self._throttle(self._chance.randint(20, 500))
        now = time.monotonic()
        recent = self._admitted[action]
        while recent and now - recent[0] >= 1:
            recent.popleft()
        if self.rate and len(recent) >= self.rate:
            self._throttle(math.ceil((recent[-self.rate] + 1 - now) * 1000))
        recent.append(now)

    def _throttle(self, wait_ms, status=400, code="Throttling.User", style=None):
        headers = {}
        if wait_ms is not None and (style or self.rate_headers) == "old":
            headers["X-RateLimit-User"] = (f"Limit:{self.rate},Remain:0,TimeLeft:{wait_ms},"
                                           f"Reset:{math.ceil(self.now() + wait_ms / 1000)}")
        elif wait_ms is not None:
            headers["x-acs-retry-after"] = str(wait_ms)
        reason = {"Throttling": "request throttling", "Throttling.Api": "api flow control"}.get(code,
                                                                                               "user flow control")
        raise Refusal(status, code, f"Request was denied due to {reason}.", headers)

    def _execute(self, call, fault):
        planned = fault if fault and fault["kind"] == "error" else None
        if not planned or planned.get("after"):
            fields = self.studios.execute(call.action, operations.check(call.action, call.parameters))
            call.executed = True
        if planned:
            raise Refused(planned.get("status", 500), planned["code"],
                          planned.get("message", "The request processing has failed due to some unknown error."))
        return fields
