# SPDX-License-Identifier: MIT
"""The faults that can be asked for: their names, what each needs and does, and how a good answer is spoilt.

Source: what proxies, load balancers and broken networks are seen to do to HTTP/1.1 (RFC 9110, RFC 9112).
"""

import gzip
import random

# name: (fields that must be given, what happens)
KINDS = {
    "latency": (["seconds"], "executed at once, answered after that many seconds"),
    "drop-before": ([], "the connection is closed: not executed, no answer byte"),
    "drop-after": ([], "executed, then the connection is closed: no answer byte"),
    "reset": ([], "the connection is reset (TCP RST): not executed"),
    "reset-after": ([], "executed, then the connection is reset"),
    "bad-gateway": ([], "502 with a proxy's HTML page: not executed"),
    "bad-gateway-after": ([], "executed, then 502 with a proxy's HTML page"),
    "proxy-after": (["status", "text"], "executed, then that status with that text as a proxy's page; `value` is its content "
                                        "type (text/html), `retry_after` the milliseconds of an x-acs-retry-after"),
    "redirect": (["location"], "302 to that location, or `status` if given: not executed"),
    "service-unavailable": ([], "503 ServiceUnavailable of the gateway: not executed, nonce not used up"),
    "throttle": ([], "Throttling.User, nonce not used up; `retry_after` milliseconds (none: no header), "
                     "`status` (400), `code`, `headers` old|new"),
    "error": (["code"], "that service code, `status` (500), `message`: not executed unless `after` is true; "
                        "the nonce is used up"),
    "resent": ([], "the request is taken twice, as when a proxy sends it again; the second answer is sent"),
    "stale": ([], "answered; the next request on this connection is read, then the connection is closed: "
                  "not executed, no answer"),
    "stale-after": ([], "like stale, and the next request is executed before the connection is closed"),
    "close": ([], "answered; then the connection is closed without having said so"),
    "truncate": (["bytes"], "Content-Length of the whole, that many bytes of body, then closed"),
    "stall": (["bytes"], "like truncate, but silent for `pause` seconds (30) before it is closed"),
    "short-body": (["bytes"], "the body is cut to that many bytes and framed as if it were whole"),
    "empty": ([], "an empty body"),
    "garbage": ([], "512 arbitrary bytes as the body"),
    "html": ([], "200 with a web page as the body, as a captive portal sends it; executed"),
    "big": (["bytes"], "a valid body, padded to that many bytes"),
    "gzip": ([], "the body gzipped, Content-Encoding: gzip, asked or not"),
    "chunked": ([], "Transfer-Encoding: chunked"),
    "until-close": ([], "no Content-Length: the body ends with the connection"),
    "drip": ([], "one byte per write, `pause` seconds (0.0005) between them"),
    "content-type": (["value"], "another content type; null: none"),
    "date": (["value"], "another Date header"),
    "no-date": ([], "no Date header"),
    "age": (["value"], "an Age header"),
    "header": (["name", "value"], "any response header set; null: removed"),
    "raw": (["text"], "exactly these bytes (one character is one byte) instead of an answer, then closed; executed"),
}

NOT_EXECUTED = ("drop-before", "reset", "bad-gateway", "redirect")

# A fault delays no call for longer, nor makes a larger body: a test that asks for more is mistaken.
_MOST = {"seconds": 3600, "pause": 3600, "bytes": 64 << 20, "status": 999, "retry_after": 1 << 63}

_TYPES = {"seconds": (int, float), "pause": (int, float), "bytes": int, "location": str, "status": int, "code": str,
          "message": str, "name": str, "text": str, "retry_after": int, "after": bool, "headers": str, "kind": str}


def problem(fault):
    """Why this is not a fault, in one sentence; None when it is (null is: no fault)."""
    if fault is None:
        return None
    if not isinstance(fault, dict) or not isinstance(fault.get("kind"), str) or fault["kind"] not in KINDS:
        return "a fault is null or an object whose kind is one of: " + ", ".join(KINDS)
    for field in KINDS[fault["kind"]][0]:
        if field not in fault:
            return f"the fault {fault['kind']} needs the field {field}"
    for field, value in fault.items():
        if field == "value":
            continue
        if field not in _TYPES:
            return f"no fault has a field {field}"
        if not isinstance(value, _TYPES[field]) or (isinstance(value, bool) and _TYPES[field] is not bool):
            return f"the field {field} of a fault cannot be {value!r}"
        if field in _MOST and not (100 if field == "status" else 0) <= value <= _MOST[field]:
            return f"the field {field} of a fault cannot be {value!r}: it is out of range"
    if any(ord(char) > 255 for char in fault.get("text", "")):
        return "the field text of a fault holds a character above U+00FF: write one character for one byte"
    if isinstance(fault.get("value"), (dict, list)):
        return "the field value of a fault is one text or number"
    for field in ("name", "value", "location"):
        if any(char in "\r\n" for char in str(fault.get(field, ""))):
            return f"the field {field} of a fault holds a line end, which would end the header: use the fault raw"
    return None


def _set(headers, name, value):
    if value is None:
        headers.pop(name, None)
    else:
        headers[name] = str(value)


def spoil(answer, fault):
    """Changes the headers and body of an answer as the fault says, before it is framed."""
    kind = fault["kind"]
    if kind == "short-body":
        answer.body = answer.body[:fault["bytes"]]
    elif kind == "empty":
        answer.body = b""
    elif kind == "garbage":
        source = random.Random(2016)
        answer.body = bytes(source.randrange(256) for _ in range(512))
    elif kind == "html":
        answer.status = 200
        answer.headers["content-type"] = "text/html"
        answer.body = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body>Log in<br></body></html>"
    elif kind == "big":
        answer.body = _padded(answer.body, fault["bytes"])
    elif kind == "gzip":
        answer.headers["content-encoding"] = "gzip"
        answer.body = gzip.compress(answer.body, mtime=0)
    elif kind == "content-type":
        _set(answer.headers, "content-type", fault["value"])
    elif kind in ("date", "age"):
        _set(answer.headers, kind, fault["value"])
    elif kind == "no-date":
        _set(answer.headers, "date", None)
    elif kind == "header":
        _set(answer.headers, fault["name"].lower(), fault["value"])


def _padded(body, size):
    if body.startswith(b"{"):
        start, before, after, end = body[:-1], b',"Padding":"', b'"', b"}"
    else:
        start, _, name = body.rpartition(b"</")
        before, after, end = b"<Padding>", b"</Padding>", b"</" + name
    room = size - len(start) - len(before) - len(after) - len(end)
    return start + before + b"x" * room + after + end if room >= 0 else body
