#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A stand-in for the vendor's API gateway on loopback, so that calls can be tried without an account.

Source: the vendor's pages on RPC requests, ApsaraVideo Live and RestartCaster; see the files beside this one.
Longer than 250 lines: the help that a person reads, and what carries it out, stay together.
"""

import argparse
import collections
import json
import os
import signal
import socket
import ssl
import sys
import tempfile
import textwrap
import threading
import time
import traceback

sys.dont_write_bytecode = True                              # the source tree stays as it is

import certificate
import control
import faults
import lives
import studios
import wire
from service import Service

EXPLAINED = """\
what it does:
  Verifies every call from the bytes on the wire: signature version 1.0 (HMAC-SHA1; GET, POST with the
  parameters in a form, in the query, or in both) and, when the Authorization header begins with ACS3,
  ACS3-HMAC-SHA256. Answers as XML, or as JSON when Format (ACS3: the Accept header) says json.
  Knows the operations of tools/live_operations.json (version 2016-11-01) and checks their parameters. Carries out
  {carried_out}.
  Every other one is refused with 501 StandIn.NotImplemented, a code that the vendor does not have.
  The first line on standard output is the base URL, once calls are taken. It stops at SIGTERM or SIGINT
  and exits with 0.

studios:
  RestartCaster on a studio that is   streaming          succeeds
                                      idle               400 IncorrectCasterStatus.Idle
                                      virtual            400 InvalidNormType.Malformed
                                      virtual-streaming  400 InvalidNormType.Malformed
                                      absent             404 InvalidCaster.NotFound, as is any id not named
  An id that is not named and is not 1 to 128 of A-Z a-z 0-9 _ - * is 400 InvalidCasterId.Malformed.
  StartCaster turns idle into streaming, virtual into virtual-streaming; StopCaster turns them back. A studio that is
  not idle is not deleted (400 IncorrectCasterStatus.Inuse). A change is complete at once, unless POST /-/durations said
  what it takes: until it is complete, the studio is as before, and start, stop, restart are 400 IncorrectSceneStatus.
  Without --studio there is one: {default} = streaming.

order of the checks:
  method, parameters (well encoded, UTF-8, none twice), Format, Action, Version, key id, token, signature
  method and version, time (15 minutes), nonce present, signature, nonce used before, rate, the operation's
  parameters, studio.
  A nonce is used up once a call has passed the rate check, whatever the studio then says. Nonces are never
  forgotten. The rate is counted for each action, over a sliding second; refused calls do not count.

{control}
faults (objects with the field kind; planned with --fault or POST /-/faults, one for each call;
"seconds" in any of them delays the answer; executed and answered unless it says otherwise):
{faults}
example:
  python3 gateway.py --port 8080 --fault '{{"kind": "drop-after"}}' &
  curl -d '[{{"kind": "latency", "seconds": 2}}, null, {{"kind": "bad-gateway"}}]' http://127.0.0.1:8080/-/faults
  curl http://127.0.0.1:8080/-/executions
"""


MOST_CONNECTIONS = 500


class HangUp(Exception):
    """This connection is over."""


class StandIn:
    """The listening socket, the plan of faults, and what arrived."""

    def __init__(self, service, planned, tls, port):
        self.service, self.planned, self.tls = service, collections.deque(planned), tls
        self.requests = []
        self.listener = socket.create_server(("127.0.0.1", port), backlog=256)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.listener.getsockname()[1]}"

    def accept_forever(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:                                 # out of file descriptors: some will come back
                time.sleep(0.05)
                continue
            try:
                if threading.active_count() > MOST_CONNECTIONS:
                    raise RuntimeError
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()
            except RuntimeError:                            # also when the system has no thread left
                self._turn_away(connection)

    @staticmethod
    def _turn_away(connection):
        """Says so to a connection that nobody is there to serve. Over TLS it is closed without a word."""
        try:
            connection.setblocking(False)
            connection.sendall(wire.Answer(503, {"content-length": 0, "connection": "close"}, b"").head())
        except OSError:
            pass
        finally:
            connection.close()

    def _serve(self, connection):
        try:
            connection.settimeout(wire.IDLE_SECONDS)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            Conversation(self, connection).run()
        except (HangUp, EOFError, OSError):
            pass                                            # OSError: the peer left, or was idle for too long
        except Exception:                                   # a mistake in this program: never a silent end
            traceback.print_exc()
            try:
                connection.sendall(wire.text_answer(500, "a mistake in the stand-in: see its standard error"))
            except OSError:
                pass
        finally:
            connection.close()


class Conversation:
    """One connection: requests in, answers out, faults in between. It ends with an exception."""

    def __init__(self, stand_in, connection):
        self.stand_in, self.service, self.connection = stand_in, stand_in.service, connection
        self.stale = None

    def run(self):
        reader = wire.Reader(self.connection)
        while True:
            try:
                request = reader.request()
            except wire.Malformed as reason:
                self.connection.sendall(wire.text_answer(400, reason))
                wire.let_it_arrive(self.connection)
                raise HangUp
            if request.path.startswith("/-/"):
                self._send(control.answer(self.stand_in, request), request.wants_close())
            else:
                self._call(request)

    def _call(self, request):
        with self.service.lock:
            self.stand_in.requests.append(request)
            if self.stale:
                self._end_stale(request)
            fault = (self.stand_in.planned.popleft() if self.stand_in.planned else None) or {"kind": None}
        kind = fault["kind"]
        if kind in faults.NOT_EXECUTED:
            self.service.overlook(request, kind)
        else:
            answer = self.service.call(request, fault)
        if kind == "resent":
            answer = self.service.call(request, fault)

        time.sleep(fault.get("seconds", 0))
        if kind in ("drop-before", "drop-after"):
            raise HangUp
        if kind in ("reset", "reset-after"):
            wire.reset(self.connection)
            raise HangUp
        if kind == "raw":
            self.connection.sendall(fault["text"].encode("latin-1"))
            raise HangUp
        if kind in ("bad-gateway", "bad-gateway-after"):
            answer = wire.page(502)
        if kind == "proxy-after":
            answer = wire.Answer(fault["status"], {"content-type": fault.get("value", "text/html")},
                                 fault["text"].encode("latin-1"))
            if "retry_after" in fault:
                answer.headers["x-acs-retry-after"] = fault["retry_after"]
        if kind == "redirect":
            answer = wire.Answer(fault.get("status", 302), {"location": fault["location"]}, b"")
        answer.headers["date"] = self.service.date()
        faults.spoil(answer, fault)
        self._send(answer, request.wants_close(), fault, request.method == "HEAD")
        if kind in ("stale", "stale-after"):
            self.stale = kind

    def _end_stale(self, request):
        if self.stale == "stale-after":
            self.service.call(request, {"kind": self.stale})
        else:
            self.service.overlook(request, self.stale)
        raise HangUp

    def _send(self, answer, close, fault=None, head_only=False):
        fault = fault or {"kind": None}
        kind = fault["kind"]
        body = answer.body
        if kind == "chunked":
            answer.headers["transfer-encoding"] = "chunked"
            body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (body[:1], body[1:8], body[8:])
                            if piece) + b"0\r\n\r\n"
        elif kind != "until-close":
            answer.headers.setdefault("content-length", len(body))
        if close:
            answer.headers["connection"] = "close"
            answer.headers.pop("keep-alive", None)
        if kind in ("truncate", "stall"):
            body = body[:fault["bytes"]]
        whole = answer.head() + (b"" if head_only else body)
        if kind == "drip":
            for at in range(len(whole)):
                self.connection.sendall(whole[at:at + 1])
                time.sleep(fault.get("pause", 0.0005))
        else:
            self.connection.sendall(whole)
        if kind == "stall":
            time.sleep(fault.get("pause", 30))
        if close or kind in ("truncate", "stall", "close", "until-close"):
            raise HangUp


def studio(text):
    name, equals, state = utf8(text).rpartition("=")
    if not equals or state not in lives.STATES:
        raise argparse.ArgumentTypeError("a studio is ID=STATE, the state one of " + ", ".join(lives.STATES))
    return name, state


def fault(text):
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise argparse.ArgumentTypeError(f"a fault is JSON: {error}")
    if reason := faults.problem(value):
        raise argparse.ArgumentTypeError(reason)
    return value


def whole_number(text):
    value = int(text)
    if value < 0:
        raise ValueError
    return value


def port(text):
    value = int(text)
    if not 0 <= value <= 65535:
        raise ValueError
    return value


def probability(text):
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError
    return value


def clock_offset(text):
    value = float(text)
    if reason := control.clock_problem(value):
        raise argparse.ArgumentTypeError(reason)
    return value


def utf8(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("not UTF-8")
    return text


def described_faults():
    lines = []
    for name, (needed, what) in faults.KINDS.items():
        head = f"  {name} {' '.join(needed)}".ljust(24)
        lines += textwrap.wrap(what, 108, initial_indent=head + " ", subsequent_indent=" " * 25)
    return "\n".join(lines) + "\n"


def carried_out():
    return textwrap.fill(", ".join(studios.Studios.ACTIONS), 108, subsequent_indent="  ")


def arguments():
    default_id = next(iter(studios.DEFAULT))
    parser = argparse.ArgumentParser(
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
        description=__doc__.splitlines()[0],
        epilog=EXPLAINED.format(default=default_id, carried_out=carried_out(), control=control.HELP, faults=described_faults()))
    add = parser.add_argument
    add("--port", type=port, default=0, help="TCP port on 127.0.0.1; 0, the default: any free one")
    add("--access-key-id", type=utf8, default="testid", metavar="ID", help="the one key id known (default testid)")
    add("--access-key-secret", type=utf8, default="testsecret", metavar="SECRET", help="its secret (default testsecret)")
    add("--security-token", type=utf8, default="", metavar="TOKEN", help="the token that has to come with the key (default none)")
    add("--studio", type=studio, action="append", metavar="ID=STATE", help="a studio; see below (repeatable)")
    add("--rate", type=whole_number, default=10, metavar="N", help="calls per second (default 10; 0: no limit)")
    add("--rate-headers", choices=("new", "old"), default="new",
        help="what a throttled call is told: x-acs-retry-after (new) or X-RateLimit-User (old)")
    add("--throttle-randomly", type=probability, default=0, metavar="PROBABILITY",
        help="refuse that share of good calls as Throttling.User, with 20 to 500 ms to wait")
    add("--seed", type=int, default=1, metavar="N", help="of the random refusals (default 1)")
    add("--clock-offset", type=clock_offset, default=0, metavar="SECONDS", help="the server's clock minus the real one")
    add("--fault", type=fault, action="append", default=[], metavar="JSON",
        help="plan a fault for the next call without one; see below (repeatable)")
    add("--tls", action="store_true", help="speak HTTPS with a certificate made at the start")
    add("--ca-file", metavar="PATH", help="where to write the certificate that clients have to trust (default: a "
        "temporary file, removed at the end); with --tls the second line on standard output is CA file: PATH")
    add("--tls-name", type=utf8, metavar="NAME", help="make the certificate for this name only, not for localhost and 127.0.0.1")
    add("--tls-expired", action="store_true", help="make the certificate one that expired yesterday")
    return parser.parse_args()


def tls_context(options):
    """A server context with a new certificate, and the path of the file that clients have to trust."""
    now = time.time()
    names = (options.tls_name,) if options.tls_name else ("localhost", "127.0.0.1")
    validity = (now - 2 * 86400, now - 86400) if options.tls_expired else (None, None)
    public, private = certificate.make(names, *validity)
    if options.ca_file:
        ca_file, out = options.ca_file, open(options.ca_file, "w")
    else:
        handle, ca_file = tempfile.mkstemp(prefix="standin-ca-", suffix=".pem")
        out = os.fdopen(handle, "w")
    with out:
        out.write(public)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as both:
        both.write(public + private)
        both.flush()
        context.load_cert_chain(both.name)
    return context, ca_file


def main():
    options = arguments()
    service = Service(options.access_key_id, options.access_key_secret, options.security_token,
                      dict(options.studio or studios.DEFAULT), options.rate, options.clock_offset,
                      options.rate_headers, options.throttle_randomly, options.seed)
    stop = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)          # before any thread, so that sigwait gets them
    tls = ca_file = None
    try:
        if options.tls:
            tls, ca_file = tls_context(options)
        stand_in = StandIn(service, options.fault, tls, options.port)
        threading.Thread(target=stand_in.accept_forever, daemon=True).start()
        print(stand_in.url)
        if tls:
            print("CA file:", ca_file)
        sys.stdout.flush()
        signal.sigwait(stop)
    except OSError as error:
        sys.exit(f"gateway.py: {error}")
    finally:
        if tls and not options.ca_file:
            os.unlink(ca_file)


if __name__ == "__main__":
    main()
