# SPDX-License-Identifier: MIT
"""Signature version 1.0 (HMAC-SHA1) as the service computes it, from decoded parameters.

Source: the vendor's "Signature mechanism" page (help document 50286); RFC 2104.
"""

import base64
import hashlib
import hmac
import re

import percent

_WELL_FORMED = re.compile(rb"[A-Za-z0-9+/]{27}=")


def string_to_sign(method, parameters):
    """`parameters`: every query and form parameter, names and values as decoded bytes."""
    signed = {name: value for name, value in parameters.items() if name != b"Signature"}
    return method.encode("latin-1") + b"&%2F&" + percent.encode(percent.canonical(signed))


def signature(secret, text):
    """The key is the secret followed by `&`."""
    return base64.b64encode(hmac.new(secret + b"&", text, hashlib.sha1).digest())


def is_well_formed(candidate):
    """Whether it could be any HMAC-SHA1 in base64 at all."""
    return _WELL_FORMED.fullmatch(candidate) is not None
