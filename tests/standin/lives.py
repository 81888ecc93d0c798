# SPDX-License-Identifier: MIT
"""The life of one studio: what is known of it, when it was started and modified, and a change that takes its time.

Source: the vendor's page on DescribeCasters (the two time formats; StartTime exists while a studio is streaming).
The pages say nothing about how long a change takes and what is seen meanwhile. Ours: the former state, until the change
is complete; then the state, LastModified and StartTime become new at once. Times are in UTC.
"""

import dataclasses
import math
import time

CHANGES = ("start", "stop", "restart")
STARTED = {"idle": "streaming", "virtual": "virtual-streaming"}
STOPPED = {running: stopped for stopped, running in STARTED.items()}
STATES = ("streaming", "idle", "virtual", "virtual-streaming", "absent")

_MOST_SECONDS = 366 * 86400
_MOST_LOOKS = 1_000_000


def with_t(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def with_blank(seconds):
    return time.strftime("%Y-%m-%d %H:%M:%S.0", time.gmtime(seconds))


def hours(seconds):
    """h:mm:ss"""
    minutes, seconds = divmod(max(int(seconds), 0), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def duration_problem(durations):
    """Why these are no durations of changes, in one sentence; None when they are."""
    if not isinstance(durations, dict):
        return "the durations of changes are an object"
    for change, takes in durations.items():
        if change not in CHANGES:
            return f"{change} is not one of the changes " + ", ".join(CHANGES)
        if not isinstance(takes, dict) or not takes.keys() <= {"seconds", "looks", "offline"} or {"seconds", "looks"} <= takes.keys():
            return 'a change takes {} or {"seconds": NUMBER} or {"looks": NUMBER}, each of them with or without "offline": NUMBER'
        looks = takes.get("looks", 0)
        for seconds in (takes.get("seconds", 0), takes.get("offline", 0)):
            if type(seconds) not in (int, float) or not math.isfinite(seconds) or not 0 <= seconds <= _MOST_SECONDS:
                return f"the seconds of a change are a number from 0 to {_MOST_SECONDS}"
        if type(looks) is not int or not 0 <= looks <= _MOST_LOOKS:
            return f"the looks of a change are a whole number from 0 to {_MOST_LOOKS}"
    return None


@dataclasses.dataclass
class Change:
    """A start, stop or restart that was accepted: it is complete at a time, or after a number of looks. Then the streams of
    the studio are offline for some seconds."""
    kind: str
    ends: float
    looks: int
    offline: float = 0

    def completed(self, now):
        """The time at which it was completed; None while it is under way."""
        if self.looks > 0 or now < self.ends:
            return None
        return self.ends


@dataclasses.dataclass
class Life:
    """One studio. `state` is the last one that was seen in Studios.states."""
    state: str
    name: str
    created: float
    modified: float
    started: float = None
    has_scenes: bool = True
    norm_type: int = 1
    charge_type: str = "PostPaid"
    client_token: str = ""
    template: str = None
    purchased: float = None
    expires: float = None
    resource_group: str = "rg-standin"
    tags: tuple = ()
    change: Change = None
    online_from: float = 0

    @property
    def is_running(self):
        return self.state in STOPPED

    def becomes(self, state, when):
        """Started, restarted or stopped at that time."""
        self.state, self.modified, self.change = state, when, None
        self.started = when if self.is_running else None
        self.has_scenes = self.has_scenes or self.is_running

    def complete(self, now):
        """Does what is due of a change."""
        when = self.change.completed(now) if self.change else None
        if when is not None:
            turn = {"start": STARTED, "stop": STOPPED, "restart": {}}[self.change.kind]
            self.online_from = when + self.change.offline
            self.becomes(turn.get(self.state, self.state), when)

    def looked_at(self, now):
        if self.change and self.change.looks > 0:
            self.change.looks -= 1
            self.change.ends = now
            self.complete(now)
