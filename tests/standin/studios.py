# SPDX-License-Identifier: MIT
"""The production studios of one account: their states, and what was done to them how often.

Source: the vendor's pages on RestartCaster, StartCaster, StopCaster and DescribeCasters (version 2016-11-01).
"""

import re

VERSION = "2016-11-01"
STATES = ("streaming", "idle", "virtual", "absent")
DEFAULT = {"80787064-1c94-4dc1-85ce-9409960a1234": "streaming"}

_WELL_FORMED = re.compile(r"[A-Za-z0-9_*-]{1,128}")
_TAIL = ", please check and try again later."


class Refused(Exception):
    """An answer of the service itself: HTTP status, code and message."""


class Studios:
    def __init__(self, states):
        self.states = dict(states)
        self.executions = {}

    def _find(self, caster_id):
        state = self.states.get(caster_id)
        if state is None and not _WELL_FORMED.fullmatch(caster_id):
            raise Refused(400, "InvalidCasterId.Malformed", "The CasterId is malformed" + _TAIL)
        if state in (None, "absent"):
            raise Refused(404, "InvalidCaster.NotFound", "The production studio does not exist" + _TAIL)
        return state

    def _restart(self, caster_id):
        state = self._find(caster_id)
        if state == "idle":
            raise Refused(400, "IncorrectCasterStatus.Idle", "The production studio is not started" + _TAIL)
        if state == "virtual":
            raise Refused(400, "InvalidNormType.Malformed", "A virtual studio does not support this operation" + _TAIL)
        return {}

    def _start(self, caster_id):
        if self._find(caster_id) == "idle":
            self.states[caster_id] = "streaming"
        scene = {"SceneInfo": [{"SceneId": "scene-1", "StreamUrl": "rtmp://localhost/" + caster_id}]}
        return {"PvwSceneInfos": scene, "PgmSceneInfos": scene}

    def _stop(self, caster_id):
        if self._find(caster_id) == "streaming":
            self.states[caster_id] = "idle"
        return {}

    def _describe(self, caster_id):
        listed = [{"CasterId": name, "Status": int(state == "streaming"), "NormType": 4 if state == "virtual" else 1}
                  for name, state in self.states.items() if state != "absent" and caster_id in ("", name)]
        return {"CasterList": {"Caster": listed}, "Total": len(listed)}

    ACTIONS = {"RestartCaster": _restart, "StartCaster": _start, "StopCaster": _stop, "DescribeCasters": _describe}

    def execute(self, action, caster_id):
        """The fields of a success, counted; or Refused, and nothing was done."""
        fields = self.ACTIONS[action](self, caster_id)
        counts = self.executions.setdefault(caster_id, {})
        counts[action] = counts.get(action, 0) + 1
        return fields
