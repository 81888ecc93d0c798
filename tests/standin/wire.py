# SPDX-License-Identifier: MIT
"""HTTP/1.1 on a socket: requests read strictly and kept as raw bytes, answers built to the byte.

Source: RFC 9110, RFC 9112. Stricter than most servers, so that a client's framing mistake is seen.
"""

import re
import socket
import struct

IDLE_SECONDS = 25
MOST_BYTES = 4 << 20                                        # of a header section, and of a body
MOST_HEADERS = 100                                          # of a header section, and of a trailer section

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_TARGET = re.compile(r"/[!\"$-~]*")
_VALUE = re.compile(r"[\t -~\x80-\xff]*")

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 307: "Temporary Redirect", 308: "Permanent Redirect",
           400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests",
           500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable"}


class Malformed(Exception):
    """Not an HTTP request that this server reads; the text says why."""


class Request:
    """One request as it arrived: text is latin-1, so one character is one byte."""

    def __init__(self, line, headers, body):
        self.line, self.headers, self.body = line, headers, body
        self.method, self.target, self.version = line.split(" ")
        self.path, _, self.query = self.target.partition("?")

    def header(self, name, default=None):
        return next((value for given, value in self.headers if given.lower() == name), default)

    def wants_close(self):
        said = self.header("connection", "").lower()
        return "close" in said or (self.version == "HTTP/1.0" and "keep-alive" not in said)

    def is_form(self):
        kind = self.header("content-type", "").partition(";")[0].strip().lower()
        return kind == "application/x-www-form-urlencoded"

    def as_json(self):
        return {"line": self.line, "headers": self.headers, "body": self.body.decode("latin-1")}


class Reader:
    """Reads requests off one connection."""

    def __init__(self, connection):
        self.connection = connection
        self.buffer = b""
        self.left = MOST_BYTES                              # of the section that is being read

    def _more(self):
        piece = self.connection.recv(65536)
        if not piece:
            raise EOFError
        self.buffer += piece

    def _line(self):
        while b"\r\n" not in self.buffer:
            if len(self.buffer) > self.left:
                raise Malformed("the header section is too long")
            self._more()
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        self.left -= len(line)
        if self.left < 0:
            raise Malformed("the header section is too long")
        if b"\n" in line or b"\r" in line or b"\0" in line:
            raise Malformed("a line holds a bare CR, LF or NUL")
        return line.decode("latin-1")

    def _exactly(self, count):
        if count > MOST_BYTES:
            raise Malformed("the body is too long")
        while len(self.buffer) < count:
            self._more()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def _chunks(self):
        body = bytearray()
        while True:
            size = self._line().partition(";")[0].strip()
            if not size or any(digit not in "0123456789abcdefABCDEF" for digit in size):
                raise Malformed("a chunk size is not a number")
            if len(body) + int(size, 16) > MOST_BYTES:
                raise Malformed("the body is too long")
            chunk = self._exactly(int(size, 16))
            if not chunk:
                self._fields()                              # the trailer section says nothing to this server
                return bytes(body)
            body += chunk
            if self._exactly(2) != b"\r\n":
                raise Malformed("a chunk does not end with CRLF")

    def _fields(self):
        """The lines up to an empty one, as [name, value]."""
        fields = []
        while line := self._line():
            name, colon, value = line.partition(":")
            if not colon or not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
                raise Malformed("a header is not NAME: VALUE")
            fields.append([name, value.strip(" \t")])
            if len(fields) > MOST_HEADERS:
                raise Malformed(f"more than {MOST_HEADERS} headers")
        return fields

    def request(self):
        """The next request; EOFError when the peer closed, socket.timeout when it is idle too long."""
        self.left = MOST_BYTES
        line = self._line()
        parts = line.split(" ")
        if len(parts) != 3 or parts[2] not in ("HTTP/1.0", "HTTP/1.1") or not _TOKEN.fullmatch(parts[0]):
            raise Malformed("the request line is not METHOD TARGET HTTP/1.1")
        if not _TARGET.fullmatch(parts[1]):
            raise Malformed("the target is not a path and query in visible ASCII")
        headers = self._fields()
        request = Request(line, headers, b"")
        names = [name.lower() for name, _ in headers]
        if names.count("host") > 1 or (request.version == "HTTP/1.1" and "host" not in names):
            raise Malformed("there is not exactly one Host header")
        request.body = self._body(request, names)
        return request

    def _body(self, request, names):
        if names.count("content-length") + names.count("transfer-encoding") > 1:
            raise Malformed("the length of the body is stated twice")
        length = request.header("content-length", "0")
        coding = request.header("transfer-encoding")
        if not (length.isascii() and length.isdigit()) or coding not in (None, "chunked"):
            raise Malformed("the length of the body cannot be understood")
        if request.header("expect", "").lower() == "100-continue":
            self.connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.left = MOST_BYTES
        # Python refuses to read a number of more than 4,300 digits.
        return self._chunks() if coding else self._exactly(int(length) if len(length) < 20 else MOST_BYTES + 1)


class Answer:
    """A response before it is put on the wire: header names are lower-case and unique."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, dict(headers), body

    def head(self):
        lines = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'Unknown')}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def text_answer(status, reason):
    """A whole answer in plain text, after which the connection is closed."""
    body = f"{reason}\n".encode()
    headers = {"content-type": "text/plain", "content-length": len(body), "connection": "close"}
    return Answer(status, headers, body).head() + body


def page(status):
    """What a proxy such as nginx says about a failure of its own."""
    title = f"{status} {REASONS[status]}"
    body = (f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
            "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n").encode()
    return Answer(status, {"server": "nginx", "content-type": "text/html"}, body)


def let_it_arrive(connection):
    """Reads on for a moment: closed with bytes unread, a connection is reset, and the answer lost with it."""
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(1)
    for _ in range(2 * MOST_BYTES // 65536):
        if not connection.recv(65536):
            return


def reset(connection):
    """Close with a TCP reset instead of an orderly end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
