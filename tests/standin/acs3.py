# SPDX-License-Identifier: MIT
"""Signature ACS3-HMAC-SHA256 as the service computes it, from the request's own headers and body.

Source: the vendor's "V3 request structure and signature" page (help document 2593177).
"""

import hashlib
import hmac
import re

import percent

ALGORITHM = "ACS3-HMAC-SHA256"
_AUTHORIZATION = re.compile(r"ACS3-HMAC-SHA256 Credential=([^,\s]+),SignedHeaders=([^,\s]+),Signature=([0-9a-f]{64})")


def read_authorization(value):
    """(key id, [signed header names], signature) of a well-formed Authorization value, or None."""
    match = _AUTHORIZATION.fullmatch(value)
    return (match[1], match[2].split(";"), match[3]) if match else None


def must_be_signed(headers):
    """Names of the headers that a signature has to cover: host, content-type and every x-acs-*."""
    names = {name.lower() for name, _ in headers}
    return sorted(name for name in names if name in ("host", "content-type") or name.startswith("x-acs-"))


def canonical_headers(headers, signed_names):
    """One `name:value` line each; headers of one name are merged, their values sorted and joined by a comma."""
    lines = []
    for name in signed_names:
        values = sorted(value.strip(" \t") for given, value in headers if given.lower() == name)
        lines.append(name + ":" + ",".join(values) + "\n")
    return "".join(lines)


def body_hash(body):
    return hashlib.sha256(body).hexdigest()


def canonical_request(method, parameters, headers, signed_names, hashed_body):
    """`parameters`: the query's, names and values as decoded bytes. The path is always `/`."""
    return "\n".join([
        method,
        "/",
        percent.canonical(parameters).decode("ascii"),
        canonical_headers(headers, signed_names),
        ";".join(signed_names),
        hashed_body,
    ])


def string_to_sign(request):
    return ALGORITHM + "\n" + hashlib.sha256(request.encode("latin-1")).hexdigest()


def signature(secret, text):
    """The key is the secret itself: no `&` after it."""
    return hmac.new(secret, text.encode("ascii"), hashlib.sha256).hexdigest()
