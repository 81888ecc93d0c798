# SPDX-License-Identifier: MIT
"""The operations of the studios, as answered by the stand-in gateway. Run by gateway_test.py.

Source: tools/live_operations.json (fields, types); the vendor's pages on CreateCaster, DeleteCaster,
DescribeCasters, StartCaster and DescribeLiveStreamState (codes, samples of times and URLs).
Longer than 250 lines: one class for each of the answers, the life, the lists and the changes.
"""

import calendar
import json
import os
import re
import threading
import time
import uuid
import xml.etree.ElementTree

from independent_client import (HERE, IDLE, STREAMING, STUDIOS, VIRTUAL, WithGateway, acs3_request, common, encode, exchange,
                                http, sign, stamp)

__all__ = ["Answers", "Life", "Lists", "Changes"]

with open(os.path.join(HERE, "..", "..", "tools", "live_operations.json"), encoding="utf-8") as facts:
    OPERATIONS = json.load(facts)["operations"]

CARRIED_OUT = {"CreateCaster", "DescribeCasters", "DescribeCasterConfig", "StartCaster", "StopCaster", "RestartCaster",
               "DeleteCaster", "DescribeCasterScenes", "DescribeCasterStreamUrl", "DescribeLiveStreamState"}
WAYS = ("get json", "post-query xml", "post-form json", "post-form xml", "acs3-get json", "acs3-query xml", "acs3-form json")
TYPES = {"text": str, "number": int, "decimal": (int, float), "texts": list, "numbers": list, "records": list, "object": dict}
WITH_T, WITH_BLANK = "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S.0"


def asked(way, action, offset=0, **parameters):
    """A signed request of an operation, with the parameters as they are on the wire."""
    parameters = {name: value for name, value in parameters.items() if value is not None}
    placement, form = way.split()
    if placement.startswith("acs3"):
        said = {"x_acs_action": action, "accept": "application/json" if form == "json" else "text/xml",
                "x_acs_date": stamp(offset)}
        if placement == "acs3-form":
            return acs3_request(query={}, body=encode(parameters), **said)
        return acs3_request(method="GET" if placement == "acs3-get" else "POST", query=parameters, **said)
    method = "GET" if placement == "get" else "POST"
    every = {"CasterId": None, **parameters}
    signed = encode(sign(method, common(Action=action, Format=form.upper(), Timestamp=stamp(offset), **every)))
    return http(method, body=signed) if placement == "post-form" else http(method, signed)


def read(described, element):
    """An XML element as the JSON of the same answer, by the types of the facts; fields that are not there are left out."""
    values = {}
    for one in described:
        *outer, last = one["name"].split(".")
        found, where = [element], values
        for name in outer:
            found = [child for parent in found for child in parent if child.tag == name]
            if found:
                where = where.setdefault(name, {})
        if not found:
            continue
        found = [child for parent in found for child in parent if child.tag == last]
        if one["type"] == "records":
            where[last] = [read(one["members"], child) for child in found]
        elif one["type"] == "texts":
            where[last] = [child.text or "" for child in found]
        elif found and one["type"] == "object":
            where[last] = read(one["members"], found[0])
        elif found:
            text = found[0].text or ""
            where[last] = {"number": int, "decimal": float}.get(one["type"], str)(text)
    return values


def names(value, before=""):
    """Every field of an answer with its path."""
    if isinstance(value, list):
        return {name for item in value for name in names(item, before)}
    if not isinstance(value, dict):
        return {before}
    return {before} | {name for key, item in value.items() for name in names(item, before + "/" + key)}


def described_names(described, before=""):
    """Every field that the facts describe, and what it is a part of."""
    found = {before}
    for one in described:
        steps = one["name"].split(".")
        found |= {before + "/" + "/".join(steps[:count]) for count in range(1, len(steps) + 1)}
        found |= described_names(one.get("members", []), before + "/" + "/".join(steps))
    return found


class Studio(WithGateway):
    ARGUMENTS = [*STUDIOS, "--rate", "0"]

    def setUp(self):
        super().setUp()
        self.offset = 0

    def ask(self, action, way="get json", **parameters):
        return exchange(self.gateway, asked(way, action, self.offset, **parameters))

    def answer(self, action, way="get json", **parameters):
        """The fields of a success, XML as the JSON of the same answer."""
        reply = self.ask(action, way, **parameters)
        self.assertEqual(reply.status, 200, (action, parameters, reply.body))
        if way.endswith("json"):
            return json.loads(reply.body)
        root = xml.etree.ElementTree.fromstring(reply.body)
        self.assertEqual(root.tag, action + "Response")
        return read(OPERATIONS[action]["reply"], root)

    def refused(self, action, status, code, **parameters):
        reply = self.ask(action, **parameters)
        self.assertEqual((reply.status, reply.code), (status, code), (action, parameters))
        return reply

    def listed(self, **filters):
        return self.answer("DescribeCasters", **filters)["CasterList"]["Caster"]

    def studio(self, caster_id):
        [fields] = self.listed(CasterId=caster_id)
        return fields

    def create(self, **parameters):
        every = {"ClientToken": str(uuid.uuid4()), "NormType": "1", "ChargeType": "PostPaid", **parameters}
        return self.answer("CreateCaster", **every)["CasterId"]

    def set_clock(self, text):
        """The stand-in's clock shows that time, and so do the requests from now on."""
        self.offset = calendar.timegm(time.strptime(text, WITH_T)) - time.time() + 0.01
        self.assertEqual(self.gateway.door("clock", {"offset": self.offset})[0], 200)

    def assert_time(self, text, layout, expected):
        late = calendar.timegm(time.strptime(text, layout)) - calendar.timegm(time.strptime(expected, WITH_T))
        self.assertIn(late, (0, 1, 2), text)                # the clock runs while the test does


class Answers(Studio):
    """Fields, names and types of the answers, in both formats and under both signatures."""

    def assert_types(self, described, fields):
        for one in described:
            value = fields
            for step in one["name"].split("."):
                value = value.get(step) if value is not None else None
            if value is None:
                continue
            self.assertIsInstance(value, TYPES[one["type"]], one["name"])
            self.assertNotIsInstance(value, bool, one["name"])
            if one["type"] == "texts":
                self.assertTrue(all(isinstance(item, str) for item in value), one["name"])
            for part in value if one["type"] == "records" else [value] if one["type"] == "object" else []:
                self.assert_types(one["members"], part)

    def parameters(self, action):
        if action == "DescribeLiveStreamState":
            return {"DomainName": "d", "AppName": "a", "StreamName": "s"}
        if action == "CreateCaster":
            return {"ClientToken": str(uuid.uuid4()), "NormType": "1", "ChargeType": "PostPaid"}
        return {} if action == "DescribeCasters" else {"CasterId": IDLE if action == "DeleteCaster" else STREAMING}

    def test_every_field_and_type_is_the_vendors(self):
        tagged = {"Tag.1.Key": "TestKey", "Tag.1.Value": "TestValue"}
        prepaid = {"ChargeType": "PrePaid", "PurchaseTime": "2017-08-20T12:10:10Z", "ExpireTime": "2018-08-20T12:10:10Z",
                   "CasterTemplate": "lp_sd", **tagged}
        for action in sorted(CARRIED_OUT):
            for way in WAYS:
                with self.subTest(action=action, way=way):
                    self.gateway.door("reset", {})
                    self.create(**prepaid)
                    fields = self.answer(action, way, **self.parameters(action))
                    described = OPERATIONS[action]["reply"]
                    self.assertEqual(names(fields), described_names(described))
                    self.assert_types(described, fields)

    def test_both_formats_and_signatures_say_the_same(self):
        self.create(CasterName="\u5bfc\u64ad <1> & \"2\"", **{"Tag.1.Key": "k", "Tag.1.Value": "", "Tag.2.Key": "\U0001f3ac"})
        for action in sorted(name for name in CARRIED_OUT if name.startswith("Describe")):
            said = []
            for way in WAYS:
                fields = {**self.answer(action, way, **self.parameters(action)), "RequestId": ""}
                text = re.sub(r"auth_key=\d+-0-0-[0-9a-f]{32}", "auth_key=", json.dumps(fields, sort_keys=True))
                said.append(re.sub(r'"Duration": "[0-9:]+"', "", text))
            self.assertEqual(said, [said[0]] * len(WAYS), action)

    def test_text_that_xml_cannot_carry_leaves_the_answer_well_formed(self):
        caster_id = self.create(CasterName="a\x00\x01\x1f\ufffe\r\n\tb")
        root = xml.etree.ElementTree.fromstring(self.ask("DescribeCasters", "get xml", CasterId=caster_id).body)
        self.assertEqual(root.find("./CasterList/Caster/CasterName").text, "a" + "\ufffd" * 4 + "\r\n\tb")
        self.assertEqual(self.studio(caster_id)["CasterName"], "a\x00\x01\x1f\ufffe\r\n\tb")

    def test_list_wrappers_are_where_the_vendor_has_them(self):
        self.gateway.door("studios", {IDLE: "absent", VIRTUAL: "absent", STREAMING: "absent"})
        body = self.ask("DescribeCasters", "get xml").body
        self.assertIn(b"<CasterList></CasterList><Total>0</Total>", body)
        self.create(**{"Tag.1.Key": "a", "Tag.1.Value": "b"})
        body = self.ask("DescribeCasters", "get xml").body
        self.assertIn(b"<Tags><tag><TagKey>a</TagKey><TagValue>b</TagValue></tag></Tags>", body)

    def test_urls_carry_a_key_with_an_end(self):
        self.set_clock("2020-12-26T03:09:04Z")              # the Unix time 1608952144
        self.assertEqual(self.ask("StartCaster", CasterId=IDLE).status, 200)
        for action in ("StartCaster", "DescribeCasterScenes", "DescribeCasterStreamUrl", "DescribeCasterConfig"):
            text = self.ask(action, CasterId=IDLE).body.decode()
            urls = re.findall(r'"(?:[a-z]+)://[^"]+\?auth_key=(\d+)-0-0-[0-9a-f]{32}"', text)
            self.assertGreaterEqual(len(urls), 2, text)
            self.assertTrue(all(1608952144 < int(until) < 1608952144 + 86400 for until in urls), urls)

    def test_output_type_is_text_in_scenes_and_a_number_in_streams(self):
        scenes = self.answer("DescribeCasterScenes", CasterId=STREAMING)["SceneList"]["Scene"]
        streams = self.answer("DescribeCasterStreamUrl", CasterId=STREAMING)["CasterStreams"]["CasterStream"]
        self.assertEqual({scene["OutputType"] for scene in scenes}, {"0", "1"})
        self.assertEqual({stream["OutputType"] for stream in streams}, {0, 1})
        self.assertEqual({scene["SceneId"] for scene in scenes}, {stream["SceneId"] for stream in streams})


class Life(Studio):
    """What is done to a studio, and what is seen of it afterwards."""

    def stream_state(self, caster_id, url=None):
        url = url or self.answer("DescribeCasterStreamUrl", CasterId=caster_id)["CasterStreams"]["CasterStream"][0]["RtmpUrl"]
        domain, app, stream = re.fullmatch(r"rtmp://([^/]+)/([^/]+)/([^/?]+)\?.*", url).groups()
        return self.answer("DescribeLiveStreamState", DomainName=domain, AppName=app, StreamName=stream)["StreamState"], url

    def test_from_its_creation_to_its_end(self):
        self.set_clock("2017-08-30T12:02:57Z")
        caster_id = self.create(CasterName="liveCaster")
        studio = self.studio(caster_id)
        self.assertEqual((studio["Status"], studio["CasterName"], studio["NormType"]), (0, "liveCaster", 1))
        self.assert_time(studio["CreateTime"], WITH_BLANK, "2017-08-30T12:02:57Z")
        self.assert_time(studio["LastModified"], WITH_T, "2017-08-30T12:02:57Z")
        self.assertNotIn("StartTime", studio)
        self.assertNotIn("Duration", studio)
        self.assertEqual(self.answer("DescribeCasterScenes", CasterId=caster_id)["Total"], 0)
        self.assertEqual(self.gateway.door("studios")[1][caster_id], "idle")
        self.refused("RestartCaster", 400, "IncorrectCasterStatus.Idle", CasterId=caster_id)

        self.set_clock("2017-08-30T18:02:57Z")
        started = self.answer("StartCaster", CasterId=caster_id)
        self.set_clock("2017-08-30T19:05:30Z")              # 1:02:33 later
        studio = self.studio(caster_id)
        self.assertEqual(studio["Status"], 1)
        self.assert_time(studio["StartTime"], WITH_BLANK, "2017-08-30T18:02:57Z")
        self.assert_time(studio["LastModified"], WITH_T, "2017-08-30T18:02:57Z")
        self.assert_time(studio["CreateTime"], WITH_BLANK, "2017-08-30T12:02:57Z")
        self.assertRegex(studio["Duration"], "^1:02:3[2345]$")
        scenes = self.answer("DescribeCasterScenes", CasterId=caster_id)
        self.assertEqual((scenes["Total"], [scene["Status"] for scene in scenes["SceneList"]["Scene"]]), (2, [1, 1]))
        self.assertEqual({scene["SceneId"] for scene in scenes["SceneList"]["Scene"]},
                         {started[name]["SceneInfo"][0]["SceneId"] for name in ("PgmSceneInfos", "PvwSceneInfos")})
        state, url = self.stream_state(caster_id)
        self.assertEqual(state, "online")

        self.assertEqual(self.ask("RestartCaster", CasterId=caster_id).status, 200)
        studio = self.studio(caster_id)
        self.assert_time(studio["StartTime"], WITH_BLANK, "2017-08-30T19:05:30Z")
        self.assert_time(studio["LastModified"], WITH_T, "2017-08-30T19:05:30Z")

        self.set_clock("2021-12-01T05:08:45Z")
        self.refused("DeleteCaster", 400, "IncorrectCasterStatus.Inuse", CasterId=caster_id)
        self.assertEqual(self.ask("StopCaster", CasterId=caster_id).status, 200)
        studio = self.studio(caster_id)
        self.assertEqual(studio["Status"], 0)
        self.assert_time(studio["LastModified"], WITH_T, "2021-12-01T05:08:45Z")
        self.assertNotIn("StartTime", studio)
        self.assertEqual(self.stream_state(caster_id, url)[0], "offline")
        scenes = self.answer("DescribeCasterScenes", CasterId=caster_id)
        self.assertEqual([scene["Status"] for scene in scenes["SceneList"]["Scene"]], [0, 0])

        self.assertEqual(self.answer("DeleteCaster", CasterId=caster_id)["CasterId"], caster_id)
        self.assertEqual(self.listed(CasterId=caster_id), [])
        for action in ("DeleteCaster", "StartCaster", "StopCaster", "RestartCaster", "DescribeCasterConfig",
                       "DescribeCasterScenes", "DescribeCasterStreamUrl"):
            self.refused(action, 404, "InvalidCaster.NotFound", CasterId=caster_id)
        self.assertEqual(self.gateway.door("executions")[1]["executions"][caster_id],
                         {"DescribeCasters": 5, "DescribeCasterScenes": 3, "StartCaster": 1, "DescribeCasterStreamUrl": 1,
                          "RestartCaster": 1, "StopCaster": 1, "DeleteCaster": 1})

    def test_nothing_moves_when_nothing_changes(self):
        before = {studio["CasterId"]: studio for studio in self.listed()}
        self.assertEqual(self.ask("StartCaster", CasterId=STREAMING).status, 200)
        self.assertEqual(self.ask("StopCaster", CasterId=IDLE).status, 200)
        for caster_id in (STREAMING, IDLE):
            after = self.studio(caster_id)
            for field in ("Status", "LastModified", "StartTime"):
                self.assertEqual(after.get(field), before[caster_id].get(field), field)

    def test_a_restart_soon_after_the_start_of_the_gateway_moves_the_times(self):
        before = self.studio(STREAMING)
        self.ask("RestartCaster", CasterId=STREAMING)
        after = self.studio(STREAMING)
        self.assertGreater(after["LastModified"], before["LastModified"])
        self.assertGreater(after["StartTime"], before["StartTime"])

    def test_a_client_token_creates_one_studio(self):
        token = "53200b81-b761-4c10-842a-a0726d970000"
        caster_id = self.create(ClientToken=token)
        self.assertEqual(self.create(ClientToken=token), caster_id)
        self.assertEqual(self.studio(caster_id)["ClientTokenId"], token)
        self.assertNotEqual(self.create(), caster_id)
        self.assertEqual(len(self.gateway.door("studios")[1]), len(STUDIOS) // 2 + 2)

    def test_many_threads_with_one_token_create_one_studio(self):
        made = []
        threads = [threading.Thread(target=lambda: made.append(self.create(ClientToken="t"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((len(made), len(set(made))), (8, 1))

    def test_what_cannot_be_created(self):
        good = {"ClientToken": "a", "NormType": "1", "ChargeType": "PostPaid"}
        for name, value, code in (
                ("ClientToken", "a" * 65, "InvalidClientToken"), ("ClientToken", "\u76f4", "InvalidClientToken"),
                ("ChargeType", "Free", "InvalidChargeType"), ("NormType", "2", "InvalidNormType.Malformed"),
                ("NormType", "one", "InvalidNormType"), ("PurchaseTime", "2017-08-20 12:10:10", "InvalidPurchaseTime"),
                ("ExpireTime", "2017-02-30T12:10:10Z", "InvalidExpireTime"), ("ExpireTime", "", "InvalidExpireTime")):
            self.refused("CreateCaster", 400, code, **{**good, name: value})
        self.assertEqual(len(self.gateway.door("studios")[1]), len(STUDIOS) // 2)

    def test_a_prepaid_studio_has_its_times_and_is_not_deleted(self):
        caster_id = self.create(ChargeType="PrePaid", PurchaseTime="2017-08-30T12:02:57Z", ExpireTime="2018-08-30T12:02:57Z",
                                CasterTemplate="lp_ld")
        studio = self.studio(caster_id)
        self.assertEqual([studio[name] for name in ("ChargeType", "PurchaseTime", "ExpireTime", "CasterTemplate")],
                         ["PrePaid", "2017-08-30 12:02:57.0", "2018-08-30 12:02:57.0", "lp_ld"])
        self.refused("DeleteCaster", 400, "InvaildCaster.Delete", CasterId=caster_id)

    def test_a_virtual_studio_starts_and_stops_and_does_not_restart(self):
        for caster_id in (VIRTUAL, self.create(NormType="4")):
            self.assertEqual(self.studio(caster_id)["NormType"], 4)
            self.assertEqual(self.ask("StartCaster", CasterId=caster_id).status, 200)
            self.assertEqual(self.studio(caster_id)["Status"], 1)
            self.refused("RestartCaster", 400, "InvalidNormType.Malformed", CasterId=caster_id)
            self.assertEqual(self.ask("StopCaster", CasterId=caster_id).status, 200)
            self.assertEqual(self.studio(caster_id)["Status"], 0)

    def test_the_control_door_changes_a_studio_with_its_times(self):
        before = self.studio(IDLE)
        self.gateway.door("studios", {IDLE: "streaming"})
        after = self.studio(IDLE)
        self.assertEqual((after["Status"], "StartTime" in before, "StartTime" in after), (1, False, True))
        self.assertGreater(after["LastModified"], before["LastModified"])
        self.gateway.door("studios", {IDLE: "virtual"})
        self.assertEqual((self.studio(IDLE)["Status"], self.studio(IDLE)["NormType"]), (0, 4))

    def test_a_scene_by_its_id(self):
        scenes = self.answer("DescribeCasterScenes", CasterId=STREAMING)["SceneList"]["Scene"]
        one = self.answer("DescribeCasterScenes", CasterId=STREAMING, SceneId=scenes[1]["SceneId"])
        self.assertEqual((one["Total"], one["SceneList"]["Scene"][0]["SceneName"]), (1, scenes[1]["SceneName"]))
        self.refused("DescribeCasterScenes", 404, "InvalidScene.NotFound", CasterId=STREAMING, SceneId="nowhere")

    def test_a_stream_that_nobody_knows_is_offline(self):
        said = self.answer("DescribeLiveStreamState", DomainName="demo.example.com", AppName="liveApp", StreamName="liveStream")
        self.assertEqual(said["StreamState"], "offline")


class Lists(Studio):
    """DescribeCasters: pages and filters."""

    def test_pages(self):
        every = {f"studio-{number:03}": "idle" for number in range(250)}
        self.gateway.door("studios", {**every, STREAMING: "absent", IDLE: "absent", VIRTUAL: "absent"})
        for size, expected in ((None, [100, 100, 50, 0]), (100, [100, 100, 50, 0]), (120, [120, 120, 10, 0]), (250, [250, 0])):
            found = []
            for page, count in enumerate(expected, 1):
                said = self.answer("DescribeCasters", PageNum=str(page), PageSize=None if size is None else str(size))
                self.assertEqual((len(said["CasterList"]["Caster"]), said["Total"]), (count, 250))
                found += [studio["CasterId"] for studio in said["CasterList"]["Caster"]]
            self.assertEqual(sorted(found), sorted(every))
        self.assertEqual(self.listed(), self.listed(PageNum="1"))
        self.assertEqual(self.listed(PageNum="9223372036854775807", PageSize="9223372036854775807"), [])

    def test_pages_that_cannot_be(self):
        for name in ("PageNum", "PageSize"):
            for value in ("0", "-1", "", "x", "1.0", "\uff11", "1e2", " 1", "9" * 19, "9" * 5000):
                self.refused("DescribeCasters", 400, "Invalid" + name, **{name: value})

    def test_filters(self):
        named = self.create(CasterName="liveCaster", ResourceGroupId="rg-aekzw000000",
                            **{"Tag.1.Key": "team", "Tag.1.Value": "news", "Tag.2.Key": "floor", "Tag.2.Value": "2"})
        prepaid = self.create(ChargeType="PrePaid", NormType="6")
        everything = {STREAMING, IDLE, VIRTUAL, named, prepaid}
        for filters, expected in (
                ({}, everything), ({"CasterId": IDLE}, {IDLE}), ({"CasterId": "nobody"}, set()), ({"CasterId": ""}, everything),
                ({"CasterName": "liveCaster"}, {named}), ({"CasterName": "live"}, set()), ({"Status": "1"}, {STREAMING}),
                ({"Status": "0"}, everything - {STREAMING}), ({"ChargeType": "0"}, {prepaid}),
                ({"ChargeType": "1"}, everything - {prepaid}), ({"NormType": "6"}, {prepaid}), ({"NormType": "4"}, {VIRTUAL}),
                ({"ResourceGroupId": "rg-aekzw000000"}, {named}), ({"Tag.1.Key": "team", "Tag.1.Value": "news"}, {named}),
                ({"Tag.1.Key": "floor", "Tag.2.Key": "team"}, {named}), ({"Tag.1.Key": "team", "Tag.1.Value": "sport"}, set()),
                ({"Tag.1.Value": "news"}, set()), ({"Status": "0", "NormType": "6"}, {prepaid})):
            with self.subTest(filters):
                self.assertEqual({studio["CasterId"] for studio in self.listed(**filters)}, expected)
        self.refused("DescribeCasters", 400, "InvalidStatus", Status="2")
        self.refused("DescribeCasters", 400, "InvalidChargeType", ChargeType="2")
        self.refused("DescribeCasters", 400, "InvalidOrderByModifyAsc", OrderByModifyAsc="maybe")
        for name in ("StartTime", "EndTime"):
            self.refused("DescribeCasters", 501, "StandIn.NotImplemented", **{name: "2016-06-29T09:00:00Z"})

    def test_the_latest_change_comes_first_unless_asked_otherwise(self):
        self.set_clock("2100-01-01T00:00:00Z")
        self.ask("StartCaster", CasterId=IDLE)
        self.assertEqual(self.listed()[0]["CasterId"], IDLE)
        self.assertEqual(self.listed(OrderByModifyAsc="true")[-1]["CasterId"], IDLE)


class Changes(Studio):
    """A start, a stop, a restart that take seconds of the clock, or looks."""

    def take(self, **durations):
        status, said = self.gateway.door("durations", durations)
        self.assertEqual(status, 200, said)

    def statuses(self, caster_id, count):
        return [self.studio(caster_id)["Status"] for _ in range(count)]

    def test_a_start_and_a_stop_take_looks(self):
        self.take(start={"looks": 2}, stop={"looks": 1})
        before = self.studio(IDLE)
        self.assertIn("PgmSceneInfos", self.answer("StartCaster", CasterId=IDLE))
        self.assertEqual(self.gateway.door("studios")[1][IDLE], "idle")
        self.assertEqual(self.studio(IDLE)["LastModified"], before["LastModified"])
        self.assertEqual(self.statuses(IDLE, 3), [0, 1, 1])
        self.assertEqual(self.gateway.door("studios")[1][IDLE], "streaming")
        self.assertGreater(self.studio(IDLE)["LastModified"], before["LastModified"])
        self.assertEqual(self.ask("StopCaster", CasterId=IDLE).status, 200)
        self.assertEqual(self.statuses(IDLE, 3), [1, 0, 0])

    def test_a_restart_takes_looks_and_then_moves_the_times_once(self):
        self.take(restart={"looks": 3})
        before = self.studio(STREAMING)
        self.assertEqual(self.ask("RestartCaster", CasterId=STREAMING).status, 200)
        seen = [self.studio(STREAMING) for _ in range(5)]
        self.assertEqual([studio["Status"] for studio in seen], [1] * 5)
        self.assertEqual([studio["StartTime"] == before["StartTime"] for studio in seen], [True] * 3 + [False] * 2)
        self.assertEqual([studio["LastModified"] == before["LastModified"] for studio in seen], [True] * 3 + [False] * 2)
        self.assertEqual(seen[3]["StartTime"], seen[4]["StartTime"])

    def test_a_change_takes_seconds_of_the_stand_ins_clock(self):
        self.take(start={"seconds": 30}, restart={"seconds": 60}, stop={"seconds": 3600})
        self.set_clock("2017-08-30T18:02:27Z")
        self.assertEqual(self.ask("StartCaster", CasterId=IDLE).status, 200)
        self.set_clock("2017-08-30T18:02:50Z")
        self.assertEqual(self.statuses(IDLE, 3), [0, 0, 0])
        self.set_clock("2017-08-30T18:05:00Z")              # the studio has been on air since 18:02:57
        studio = self.studio(IDLE)
        self.assertEqual(studio["Status"], 1)
        self.assert_time(studio["StartTime"], WITH_BLANK, "2017-08-30T18:02:57Z")
        self.assertEqual(self.ask("RestartCaster", CasterId=IDLE).status, 200)
        self.assert_time(self.studio(IDLE)["StartTime"], WITH_BLANK, "2017-08-30T18:02:57Z")
        self.set_clock("2017-08-30T18:10:00Z")
        self.assert_time(self.studio(IDLE)["StartTime"], WITH_BLANK, "2017-08-30T18:06:00Z")
        self.assertEqual(self.ask("StopCaster", CasterId=IDLE).status, 200)
        self.assertEqual(self.gateway.door("studios")[1][IDLE], "streaming")
        self.set_clock("2017-08-30T20:00:00Z")
        self.assertEqual(self.gateway.door("studios")[1][IDLE], "idle")
        self.assert_time(self.studio(IDLE)["LastModified"], WITH_T, "2017-08-30T19:10:00Z")

    def test_every_describe_of_the_studio_is_a_look_and_no_other_call_is(self):
        url = self.answer("DescribeCasterStreamUrl", CasterId=STREAMING)["CasterStreams"]["CasterStream"][1]["RtmpUrl"]
        domain, app, stream = re.fullmatch(r"rtmp://([^/]+)/([^/]+)/([^/?]+)\?.*", url).groups()
        looks = [("DescribeCasters", {}), ("DescribeCasters", {"CasterId": STREAMING}),
                 ("DescribeCasterConfig", {"CasterId": STREAMING}), ("DescribeCasterScenes", {"CasterId": STREAMING}),
                 ("DescribeCasterStreamUrl", {"CasterId": STREAMING}),
                 ("DescribeLiveStreamState", {"DomainName": domain, "AppName": app, "StreamName": stream})]
        for action, parameters in looks:
            with self.subTest(action):
                self.gateway.door("reset", {})
                self.take(stop={"looks": 1})
                self.ask("StopCaster", CasterId=STREAMING)
                self.ask("RestartCaster", CasterId=STREAMING)
                self.ask("DescribeCasters", CasterId=IDLE)
                self.ask("DescribeCasterScenes", CasterId=IDLE)
                self.ask("SetCasterConfig", CasterId=STREAMING)
                self.assertEqual(self.gateway.door("studios")[1][STREAMING], "streaming")
                self.assertEqual(self.ask(action, **parameters).status, 200)
                self.assertEqual(self.gateway.door("studios")[1][STREAMING], "idle")

    def test_a_page_that_does_not_show_a_studio_is_no_look_at_it(self):
        self.take(stop={"looks": 1})
        self.ask("StopCaster", CasterId=STREAMING)
        order = [studio["CasterId"] for studio in self.listed(Status="0")]
        self.assertNotIn(STREAMING, order)
        self.assertEqual(self.listed(PageSize="1", PageNum="4"), [])
        self.assertEqual(self.gateway.door("studios")[1][STREAMING], "streaming")

    def test_a_studio_that_changes_takes_no_other_command(self):
        self.take(start={"looks": 1}, restart={"looks": 1})
        self.ask("StartCaster", CasterId=IDLE)
        self.ask("RestartCaster", CasterId=STREAMING)
        for caster_id in (IDLE, STREAMING):
            for action in ("StartCaster", "StopCaster", "RestartCaster"):
                self.refused(action, 400, "IncorrectSceneStatus", CasterId=caster_id)
            self.refused("DeleteCaster", 400, "IncorrectCasterStatus.Inuse", CasterId=caster_id)
        self.assertEqual(self.gateway.count(STREAMING), 1)
        self.studio(IDLE), self.studio(STREAMING)
        for caster_id in (IDLE, STREAMING):
            self.assertEqual(self.ask("RestartCaster", CasterId=caster_id).status, 200)

    def test_the_control_door_overrides_a_change_and_reset_forgets_the_durations(self):
        self.take(start={"looks": 5})
        self.assertEqual(self.gateway.door("durations")[1], {"start": {"looks": 5}})
        self.ask("StartCaster", CasterId=IDLE)
        self.gateway.door("studios", {IDLE: "streaming"})
        self.assertEqual(self.studio(IDLE)["Status"], 1)
        self.assertEqual(self.ask("RestartCaster", CasterId=IDLE).status, 200)
        self.gateway.door("reset", {})
        self.assertEqual(self.gateway.door("durations")[1], {})
        self.ask("StartCaster", CasterId=IDLE)
        self.assertEqual(self.studio(IDLE)["Status"], 1)

    def test_durations_that_make_no_sense(self):
        for durations in ([], None, {"wait": {}}, {"start": 3}, {"start": {"seconds": 1, "looks": 1}}, {"start": {"minutes": 1}},
                          {"start": {"seconds": -1}}, {"start": {"seconds": 1e300}}, {"start": {"seconds": True}},
                          {"start": {"seconds": "1"}}, {"stop": {"looks": 1.5}}, {"stop": {"looks": -1}},
                          {"stop": {"looks": 10**30}}, {"restart": {"looks": None}}, {"start": {"offline": -1}}, {"stop": {"offline": "1"}}):
            body = json.dumps(durations).encode()
            reply = exchange(self.gateway, b"POST /-/durations HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                           b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self.assertEqual((reply.status, list(json.loads(reply.body))), (400, ["error"]), durations)
        status, said = self.gateway.door("studios", {"\ud800": "idle"})
        self.assertEqual((status, list(said)), (400, ["error"]))
