# SPDX-License-Identifier: MIT
"""Percent decoding and encoding on bytes, written here so that no library's habits slip into the check.

Source: RFC 3986 section 2; HTML form encoding for `+`; the vendor's rule that A-Z a-z 0-9 - _ . ~ stay bare.
"""

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")
_HEX_DIGITS = b"0123456789ABCDEFabcdef"


def encode(raw):
    """Bytes to canonical text: uppercase hex, every byte but the unreserved ones."""
    return b"".join(bytes([byte]) if byte in _UNRESERVED else b"%%%02X" % byte for byte in raw)


def decode(text):
    """What a query or form means: `%XX` to its byte, `+` to a space. ValueError when a `%` stands alone."""
    out = bytearray()
    at = 0
    while at < len(text):
        byte = text[at]
        if byte == ord("%"):
            digits = text[at + 1:at + 3]
            if len(digits) != 2 or any(digit not in _HEX_DIGITS for digit in digits):
                raise ValueError("a % is not followed by two hex digits")
            out.append(int(digits, 16))
            at += 3
        else:
            out.append(ord(" ") if byte == ord("+") else byte)
            at += 1
    return bytes(out)


def pairs(text):
    """A query or form as (name, value) pairs of decoded bytes, in the order of the wire."""
    found = []
    for piece in text.split(b"&"):
        if piece:
            name, _, value = piece.partition(b"=")
            found.append((decode(name), decode(value)))
    return found


def canonical(parameters):
    """A dict of decoded bytes as the canonical query: sorted by raw name, encoded, joined."""
    return b"&".join(encode(name) + b"=" + encode(parameters[name]) for name in sorted(parameters))
