# SPDX-License-Identifier: MIT
"""The two kinds of answers that are no success: of the gateway in front of the service, and of the service itself.

Source: the vendor's pages on returned values and common error codes.
"""


class Refusal(Exception):
    """An answer of the gateway in front of the service: status, code, message, extra headers."""

    def __init__(self, status, code, message, headers=()):
        super().__init__(code)
        self.status, self.code, self.message, self.headers = status, code, message, headers


class Refused(Exception):
    """An answer of the service itself: HTTP status, code and message."""


def missing(name, label=None):
    return Refusal(400, "Missing" + name, f"{label or name} is mandatory for this action.")


def invalid(name, label=None):
    return Refusal(400, "Invalid" + name, f"Specified parameter {label or name} is not valid.")


def not_carried_out(what):
    """The stand-in's own code: no code of the vendor begins with `StandIn`."""
    return Refused(501, "StandIn.NotImplemented", f"The stand-in checks {what}, but does not carry it out.")
