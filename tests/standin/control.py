# SPDX-License-Identifier: MIT
"""The control door `/-/`: how a test plans faults, sets clock, studios and rate, and asks what happened.

Source: this project. It never touches what the service itself would know about a call.
"""

import json
import math
import time

import callbacks
import faults
import lives
from wire import Answer

HELP = """\
control door (same port; JSON in, JSON out; anything unknown is answered 400 or 404 with {"error": ...}):
  POST /-/faults      [FAULT, ...]  appended to the plan: one for each of the next calls, null = none
  GET  /-/faults      the plan that is left
  GET  /-/executions  {"executions": {CASTER_ID: {ACTION: COUNT}}, "calls": [CALL, ...]}; only calls that
                      succeeded count, those without a CasterId under "". A CALL, in order of arrival: time
                      (Unix seconds of the server's clock), action, caster_id, executed, code and status (null
                      when no answer of the service was made), method, placement (query, form, split),
                      signature (RPC-1.0, ACS3-HMAC-SHA256), nonce, fault
  GET  /-/requests    [{"line", "headers": [[NAME, VALUE], ...], "body"}, ...] as they arrived;
                      text is latin-1: one character is one byte
  POST /-/studios     {CASTER_ID: STATE, ...}  added to the studios, or changes them
  GET  /-/studios     the studios and their states
  POST /-/durations   {CHANGE: TAKES, ...}  how long a start, stop or restart takes from now on; TAKES is {} (it is
                      complete at once), {"seconds": NUMBER} of the server's clock, or {"looks": NUMBER} answers
                      that still show the studio's former state; "offline": NUMBER in any of them is the seconds
                      for which the studio's streams are offline when the change is complete
  GET  /-/durations   the durations that were set
  POST /-/callbacks   {"url": "http://127.0.0.1:PORT/", "posts": [POST, ...]}  what is posted there for each start,
                      stop and restart that is carried out from now on; without posts: one. {}: nothing. A POST may
                      have "after": SECONDS after the call, "request_id" and "caster_id" of another, "code"
                      (Success), "message", or a whole "body"
  GET  /-/callbacks   the plan of callbacks
  POST /-/clock       {"offset": SECONDS}
  POST /-/rate        {"rate": CALLS_PER_SECOND}
  POST /-/reset       as after the start, with no faults planned
"""


def answer(stand_in, request):
    route = (request.method, request.path)
    try:
        if route not in _ROUTES:
            return _words(404, {"error": f"there is no {request.method} {request.path} here; see --help"})
        value = None
        if request.method == "POST" and request.body:
            value = json.loads(request.body, parse_constant=_no_number)
        with stand_in.service.lock:
            return _words(200, _ROUTES[route](stand_in, value))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        return _words(400, {"error": f"{type(error).__name__}: {error}"})


def _no_number(text):
    raise ValueError(f"{text} is no JSON number")


def clock_problem(offset):
    """Why a clock cannot be set that far off, in one sentence; None when it can."""
    if not math.isfinite(offset):
        return "the clock's offset is not a finite number of seconds"
    if not 0 <= time.time() + offset < 253402300800 - 86400:
        return "with that offset the clock would be outside the years 1970 to 9999"
    return None


def _words(status, value):
    body = json.dumps(value).encode() + b"\n"
    return Answer(status, {"content-type": "application/json"}, body)


def _plan(stand_in, planned):
    for fault in planned:
        if reason := faults.problem(fault):
            raise ValueError(reason)
    stand_in.planned.extend(planned)
    return {"planned": len(stand_in.planned)}


def _executions(stand_in, _):
    return {"executions": stand_in.service.studios.executions, "calls": stand_in.service.calls}


def _studios(stand_in, _):
    stand_in.service.studios.settle()
    return stand_in.service.studios.states


def _set_studios(stand_in, states):
    for name, state in states.items():
        name.encode()                                       # half of a surrogate pair is no text that a call could send
        if state not in lives.STATES:
            raise ValueError(f"the state of {name} is not one of: " + ", ".join(lives.STATES))
    stand_in.service.studios.settle()
    stand_in.service.studios.states.update(states)
    return _studios(stand_in, None)


def _set_durations(stand_in, durations):
    if reason := lives.duration_problem(durations):
        raise ValueError(reason)
    stand_in.service.studios.durations.update(durations)
    return stand_in.service.studios.durations


def _set_callbacks(stand_in, plan):
    if reason := callbacks.problem(plan):
        raise ValueError(reason)
    stand_in.service.callbacks = plan
    return plan


def _set_clock(stand_in, value):
    offset = float(value["offset"])
    if reason := clock_problem(offset):
        raise ValueError(reason)
    stand_in.service.clock_offset = offset
    return {"offset": stand_in.service.clock_offset}


def _set_rate(stand_in, value):
    if type(value["rate"]) is not int or not 0 <= value["rate"] <= 1_000_000:
        raise ValueError("the rate is a whole number of calls per second up to 1000000, 0 for no limit")
    stand_in.service.rate = value["rate"]
    return {"rate": stand_in.service.rate}


def _reset(stand_in, _):
    stand_in.service.reset()
    stand_in.planned.clear()
    stand_in.requests.clear()
    return {}


_ROUTES = {
    ("POST", "/-/faults"): _plan,
    ("GET", "/-/faults"): lambda stand_in, _: list(stand_in.planned),
    ("GET", "/-/executions"): _executions,
    ("GET", "/-/requests"): lambda stand_in, _: [request.as_json() for request in stand_in.requests],
    ("POST", "/-/studios"): _set_studios,
    ("GET", "/-/studios"): _studios,
    ("POST", "/-/durations"): _set_durations,
    ("GET", "/-/durations"): lambda stand_in, _: stand_in.service.studios.durations,
    ("POST", "/-/callbacks"): _set_callbacks,
    ("GET", "/-/callbacks"): lambda stand_in, _: stand_in.service.callbacks,
    ("POST", "/-/clock"): _set_clock,
    ("POST", "/-/rate"): _set_rate,
    ("POST", "/-/reset"): _reset,
}
