# SPDX-License-Identifier: MIT
"""The production studios of one account: what can be done to them, and what was done to them how often.

Source: the vendor's pages on the operations of a studio's life (version 2016-11-01). What they leave open is marked "ours".
"""

import calendar
import re
import time
import uuid

import descriptions
from lives import Change, Life, STARTED, STOPPED
from refusals import Refused, invalid, not_carried_out

DEFAULT = {"80787064-1c94-4dc1-85ce-9409960a1234": "streaming"}

_WELL_FORMED = re.compile(r"[A-Za-z0-9_*-]{1,128}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_TAIL = ", please check and try again later."
_GENERAL, _VIRTUAL, _TYPES = 1, 4, (1, 3, 4, 6)             # NormType: general, lightweight carousel, virtual, playlist
_CHARGES = {0: "PrePaid", 1: "PostPaid"}                    # number in a filter: text elsewhere


class Studios:
    """`states` may be changed from outside at any time: a studio that is new there has run for an hour, or was stopped an
    hour ago; one that has another state than before changed now. `durations` says what a change takes: lives.Change."""

    def __init__(self, states, clock=time.time):
        self.states, self.executions, self.durations = dict(states), {}, {}
        self._clock, self._lives, self._created = clock, {}, {}

    def settle(self):
        """Completes the changes that are due, so that `states` is true."""
        for caster_id in list(self._lives):
            self._life(caster_id)

    def _life(self, caster_id):
        now, state, life = self._clock(), self.states.get(caster_id, "absent"), self._lives.get(caster_id)
        if state == "absent":
            self._lives.pop(caster_id, None)
            return None
        if life is None:
            life = self._lives[caster_id] = Life(state, caster_id, now - 86400, now - 3600)
            life.becomes(state, now - 3600)
        elif life.state != state:
            life.becomes(state, now)
        if state.startswith("virtual") != (life.norm_type == _VIRTUAL):
            life.norm_type = _VIRTUAL if state.startswith("virtual") else _GENERAL
        life.complete(now)
        self.states[caster_id] = life.state
        return life

    def _find(self, asked):
        """The id and the life of the studio that was asked for."""
        caster_id = asked["CasterId"]
        life = self._life(caster_id)
        if life is None and caster_id not in self.states and not _WELL_FORMED.fullmatch(caster_id):
            raise Refused(400, "InvalidCasterId.Malformed", "The CasterId is malformed" + _TAIL)
        if life is None:
            raise Refused(404, "InvalidCaster.NotFound", "The production studio does not exist" + _TAIL)
        return caster_id, life

    def _look(self, caster_id, life):
        """To be called after the fields of an answer were made: they show the studio before this look."""
        life.looked_at(self._clock())
        self.states[caster_id] = life.state

    def _change(self, caster_id, life, kind):
        now, takes = self._clock(), self.durations.get(kind, {})
        life.change = Change(kind, now + takes.get("seconds", 0), takes.get("looks", 0), takes.get("offline", 0))
        self._life(caster_id)

    @staticmethod
    def _refuse_while_changing(life):                       # ours: the pages name the code, not its cause
        if life.change:
            raise Refused(400, "IncorrectSceneStatus", "The scene is about to change" + _TAIL)

    def _restart(self, asked):
        caster_id, life = self._find(asked)
        if life.norm_type == _VIRTUAL:
            raise Refused(400, "InvalidNormType.Malformed", "A virtual studio does not support this operation" + _TAIL)
        self._refuse_while_changing(life)
        if not life.is_running:
            raise Refused(400, "IncorrectCasterStatus.Idle", "The production studio is not started" + _TAIL)
        self._change(caster_id, life, "restart")
        return {}

    def _start(self, asked):
        caster_id, life = self._find(asked)
        self._refuse_while_changing(life)
        if life.state in STARTED:
            life.has_scenes = True
            self._change(caster_id, life, "start")
        return descriptions.started(caster_id, self._clock())

    def _stop(self, asked):
        caster_id, life = self._find(asked)
        self._refuse_while_changing(life)
        if life.state in STOPPED:
            self._change(caster_id, life, "stop")
        return {}

    def _create(self, asked):
        token, norm_type, charge_type = asked["ClientToken"], asked["NormType"], asked["ChargeType"]
        if not token.isascii() or len(token) > 64:
            raise invalid("ClientToken")
        if token in self._created:                          # ours: whatever else is asked this time
            return {"CasterId": self._created[token]}
        if norm_type not in _TYPES:
            raise Refused(400, "InvalidNormType.Malformed", "There is no such type of a production studio" + _TAIL)
        if charge_type not in _CHARGES.values():
            raise invalid("ChargeType")
        purchased, expires = _seconds("PurchaseTime", asked), _seconds("ExpireTime", asked)
        now, caster_id = self._clock(), str(uuid.uuid4())
        life = Life("virtual" if norm_type == _VIRTUAL else "idle", asked.get("CasterName", ""), now, now,
                    has_scenes=False, norm_type=norm_type, charge_type=charge_type, client_token=token,
                    tags=[(tag.get("Key", ""), tag.get("Value", "")) for tag in asked.get("Tag", [])])
        life.resource_group = asked.get("ResourceGroupId", life.resource_group)
        if charge_type == "PrePaid":                        # the three have no meaning for the other type
            life.template, life.purchased, life.expires = asked.get("CasterTemplate"), purchased, expires
        self._created[token], self._lives[caster_id], self.states[caster_id] = caster_id, life, life.state
        return {"CasterId": caster_id}

    def _delete(self, asked):
        caster_id, life = self._find(asked)
        if life.charge_type == "PrePaid":                   # spelt so in the vendor's page
            raise Refused(400, "InvaildCaster.Delete", "Caster can not be deleted when ChargeType is Prepaid")
        if life.is_running or life.change:
            raise Refused(400, "IncorrectCasterStatus.Inuse", "The production studio is in use" + _TAIL)
        self.states[caster_id] = "absent"
        self._life(caster_id)
        return {"CasterId": caster_id}

    def _describe_all(self, asked):
        """Ours: filters compare the whole text, and the latest change comes first as the pages suggest."""
        for name in ("StartTime", "EndTime"):               # the pages do not say which time of a studio they are about
            if name in asked:
                raise not_carried_out(f"the parameter {name} of this operation")
        page, size = asked.get("PageNum", 1), asked.get("PageSize", 100)
        order = asked.get("OrderByModifyAsc", "false")
        for name, good in (("PageNum", page >= 1), ("PageSize", size >= 1), ("Status", asked.get("Status", 0) in (0, 1)),
                           ("ChargeType", asked.get("ChargeType", 0) in _CHARGES),
                           ("OrderByModifyAsc", order in ("", "true", "false"))):
            if not good:
                raise invalid(name)
        found = [(caster_id, life) for caster_id in list(self.states)
                 if (life := self._life(caster_id)) and _suits(caster_id, life, asked)]
        found.sort(key=lambda one: one[1].modified, reverse=order != "true")
        shown = found[(page - 1) * size:page * size]
        listed = [descriptions.caster(caster_id, life, self._clock()) for caster_id, life in shown]
        for caster_id, life in shown:
            self._look(caster_id, life)
        return {"CasterList": {"Caster": listed}, "Total": len(found)}

    def _describe_config(self, asked):
        return self._described(asked, descriptions.config)

    def _describe_streams(self, asked):
        listed = self._described(asked, descriptions.streams)
        return {"CasterId": asked["CasterId"], "CasterStreams": {"CasterStream": listed}, "Total": len(listed)}

    def _describe_scenes(self, asked):
        listed = self._described(asked, descriptions.scenes)
        if only := asked.get("SceneId"):
            listed = [scene for scene in listed if scene["SceneId"] == only]
            if not listed:
                raise Refused(404, "InvalidScene.NotFound", "The scene does not exist" + _TAIL)
        return {"SceneList": {"Scene": listed}, "Total": len(listed)}

    def _described(self, asked, describe):
        caster_id, life = self._find(asked)
        fields = describe(caster_id, life, self._clock())
        self._look(caster_id, life)
        return fields

    def _describe_stream_state(self, asked):
        """Ours: a stream that nobody has heard of is offline, and every stream is pushed."""
        online = False
        if (asked["DomainName"], asked["AppName"]) == (descriptions.DOMAIN, descriptions.APPLICATION):
            for caster_id in list(self.states):
                names = [descriptions.stream_name(caster_id, output) for output in descriptions.OUTPUTS]
                if asked["StreamName"] in names and (life := self._life(caster_id)):
                    online = life.is_running and self._clock() >= life.online_from
                    self._look(caster_id, life)
        return {"StreamState": "online" if online else "offline", "Type": "push"}

    ACTIONS = {"CreateCaster": _create, "DeleteCaster": _delete, "StartCaster": _start, "StopCaster": _stop,
               "RestartCaster": _restart, "DescribeCasters": _describe_all, "DescribeCasterConfig": _describe_config,
               "DescribeCasterScenes": _describe_scenes, "DescribeCasterStreamUrl": _describe_streams,
               "DescribeLiveStreamState": _describe_stream_state}

    def execute(self, action, asked):
        """The fields of a success, counted; or Refused or Refusal, and nothing was done. `asked`: see operations.check."""
        if action not in self.ACTIONS:
            raise not_carried_out("the parameters of this operation")
        fields = self.ACTIONS[action](self, asked)
        counts = self.executions.setdefault(asked.get("CasterId", ""), {})
        counts[action] = counts.get(action, 0) + 1
        return fields


def _seconds(name, asked):
    """The Unix time of a parameter; None without it."""
    if name not in asked:
        return None
    try:
        if not _TIME.fullmatch(asked[name]):
            raise ValueError
        return calendar.timegm(time.strptime(asked[name], "%Y-%m-%dT%H:%M:%SZ"))
    except ValueError:
        raise invalid(name) from None


def _suits(caster_id, life, asked):
    """Whether DescribeCasters lists that studio. An empty text is no filter."""
    tags = dict(life.tags)
    return (asked.get("CasterId") in (None, "", caster_id) and asked.get("CasterName") in (None, "", life.name)
            and asked.get("Status", int(life.is_running)) == int(life.is_running)
            and asked.get("NormType") in (None, "", str(life.norm_type))
            and asked.get("ResourceGroupId") in (None, "", life.resource_group)
            and _CHARGES.get(asked.get("ChargeType"), life.charge_type) == life.charge_type
            and all(tag.get("Key") in tags and tag.get("Value", tags[tag["Key"]]) == tags[tag["Key"]]
                    for tag in asked.get("Tag", [])))
