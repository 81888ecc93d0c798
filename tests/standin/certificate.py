# SPDX-License-Identifier: MIT
"""A self-signed TLS certificate (ECDSA P-256, SHA-256) that is its own authority, made without any tool.

Source: RFC 5280 (certificate), RFC 5480 and RFC 5915 (keys), FIPS 186-4 (the curve and the signature).
For tests on loopback only: the arithmetic is neither fast nor constant-time.
"""

import base64
import hashlib
import ipaddress
import secrets
import time

_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_A = _P - 3
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_BASE = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
         0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def _add(p, q):
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % _P == 0:
            return None
        slope = (3 * p[0] * p[0] + _A) * pow(2 * p[1], -1, _P)
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, _P)
    x = (slope * slope - p[0] - q[0]) % _P
    return x, (slope * (p[0] - x) - p[1]) % _P


def _multiply(factor, point):
    total = None
    while factor:
        if factor & 1:
            total = _add(total, point)
        point = _add(point, point)
        factor >>= 1
    return total


def _sign(private, message):
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    while True:
        k = secrets.randbelow(_ORDER - 1) + 1
        r = _multiply(k, _BASE)[0] % _ORDER
        s = pow(k, -1, _ORDER) * (digest + r * private) % _ORDER
        if r and s:
            return _sequence(_integer(r), _integer(s))


def _tlv(tag, content):
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _sequence(*parts):
    return _tlv(0x30, b"".join(parts))


def _integer(value):
    return _tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _bits(content, unused=0):
    return _tlv(0x03, bytes([unused]) + content)


def _octets(content):
    return _tlv(0x04, content)


def _oid(dotted):
    numbers = [int(part) for part in dotted.split(".")]
    out = bytes([numbers[0] * 40 + numbers[1]])
    for number in numbers[2:]:
        group = [number & 0x7F]
        while number := number >> 7:
            group.append(0x80 | number & 0x7F)
        out += bytes(reversed(group))
    return _tlv(0x06, out)


def _utc_time(seconds):
    return _tlv(0x17, time.strftime("%y%m%d%H%M%SZ", time.gmtime(seconds)).encode())


def _extension(dotted, content, critical=False):
    return _sequence(_oid(dotted), _tlv(0x01, b"\xff") if critical else b"", _octets(content))


def _alternative_name(name):
    try:
        return _tlv(0x87, ipaddress.ip_address(name).packed)
    except ValueError:
        return _tlv(0x82, name.encode("ascii"))


def _pem(label, der):
    text = base64.b64encode(der).decode()
    lines = "\n".join(text[at:at + 64] for at in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"


def make(names=("localhost", "127.0.0.1"), not_before=None, not_after=None):
    """(certificate, private key), both PEM text; valid for `names` from an hour ago for a week unless told."""
    not_before = time.time() - 3600 if not_before is None else not_before
    not_after = time.time() + 7 * 86400 if not_after is None else not_after

    private = secrets.randbelow(_ORDER - 1) + 1
    x, y = _multiply(private, _BASE)
    point = b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")

    curve = _oid("1.2.840.10045.3.1.7")
    public_key = _sequence(_sequence(_oid("1.2.840.10045.2.1"), curve), _bits(point))
    ecdsa_sha256 = _sequence(_oid("1.2.840.10045.4.3.2"))
    subject = _sequence(_tlv(0x31, _sequence(_oid("2.5.4.3"), _tlv(0x0C, names[0].encode()))))
    extensions = _sequence(
        _extension("2.5.29.19", _sequence(_tlv(0x01, b"\xff")), critical=True),     # its own authority
        _extension("2.5.29.15", _bits(b"\x84", unused=2), critical=True),           # digitalSignature, keyCertSign
        _extension("2.5.29.37", _sequence(_oid("1.3.6.1.5.5.7.3.1"))),              # serverAuth
        _extension("2.5.29.17", _sequence(*(_alternative_name(name) for name in names))),
        _extension("2.5.29.14", _octets(hashlib.sha1(point).digest())))
    body = _sequence(
        _tlv(0xA0, _integer(2)),
        _integer(secrets.randbits(120)),
        ecdsa_sha256,
        subject,
        _sequence(_utc_time(not_before), _utc_time(not_after)),
        subject,
        public_key,
        _tlv(0xA3, extensions))
    certificate = _sequence(body, ecdsa_sha256, _bits(_sign(private, body)))
    key = _sequence(_integer(1), _octets(private.to_bytes(32, "big")), _tlv(0xA0, curve), _tlv(0xA1, _bits(point)))
    return _pem("CERTIFICATE", certificate), _pem("EC PRIVATE KEY", key)
