# SPDX-License-Identifier: MIT
"""The callbacks that the stand-in gateway posts, and streams that stay offline after a change. Run by gateway_test.py.

Source: ApsaraVideo Live, "Production studio callbacks"; callbacks.py, which names what the page leaves open.
"""

import http.server
import json
import queue
import threading

from independent_client import IDLE, STREAMING, exchange
from studio_tests import Studio

__all__ = ["Callbacks", "OfflineStreams"]


class Receiver:
    """A server that keeps what is posted to it."""

    def __init__(self):
        bodies = self.bodies = queue.Queue()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                bodies.put(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/callback"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Callbacks(Studio):
    def setUp(self):
        super().setUp()
        self.receiver = Receiver()
        self.addCleanup(self.receiver.stop)

    def plan(self, *posts):
        plan = {"url": self.receiver.url, **({"posts": list(posts)} if posts else {})}
        self.assertEqual(self.gateway.door("callbacks", plan), (200, plan))

    def posted(self):
        return self.receiver.bodies.get(timeout=60)

    def test_each_change_is_posted_with_the_request_id_of_its_call(self):
        self.plan()
        for action, studio in (("RestartCaster", STREAMING), ("StartCaster", IDLE), ("StopCaster", STREAMING)):
            request_id = self.answer(action, CasterId=studio)["RequestId"]
            self.assertEqual(self.posted(), {"CasterId": studio, "EventType": "OperateCallback",
                                             "EventMessage": {"RequestId": request_id, "Code": "Success", "Message": ""}})

    def test_what_was_not_carried_out_is_not_posted(self):
        self.plan()
        self.refused("RestartCaster", 400, "IncorrectCasterStatus.Idle", CasterId=IDLE)
        self.studio(STREAMING)
        self.gateway.door("faults", [{"kind": "drop-before"}])
        self.assertEqual(self.ask("RestartCaster", CasterId=STREAMING).raw, b"")
        last = self.answer("RestartCaster", CasterId=STREAMING)["RequestId"]
        self.assertEqual(self.posted()["EventMessage"]["RequestId"], last)
        self.assertTrue(self.receiver.bodies.empty())

    def test_twice_late_and_for_another(self):
        self.plan({"after": 0.2, "code": "Late"}, {"request_id": "another"}, {"caster_id": "another"}, {"body": '"x"'}, {})
        request_id = self.answer("RestartCaster", CasterId=STREAMING)["RequestId"]
        all_posted = [self.posted() for _ in range(5)]
        told = sorted((each["CasterId"], each["EventMessage"]["RequestId"], each["EventMessage"]["Code"])
                      for each in all_posted if each != "x")
        self.assertEqual(told, sorted([(STREAMING, request_id, "Late"), (STREAMING, "another", "Success"),
                                       ("another", request_id, "Success"), (STREAMING, request_id, "Success")]))

    def test_never(self):
        self.plan({})
        self.gateway.door("callbacks", {})
        self.answer("RestartCaster", CasterId=STREAMING)
        self.gateway.door("callbacks", {"url": self.receiver.url, "posts": []})
        self.answer("RestartCaster", CasterId=STREAMING)
        self.gateway.door("reset", {})
        self.answer("RestartCaster", CasterId=STREAMING)
        self.plan()
        last = self.answer("RestartCaster", CasterId=STREAMING)["RequestId"]
        self.assertEqual(self.posted()["EventMessage"]["RequestId"], last)
        self.assertTrue(self.receiver.bodies.empty())

    def test_an_answer_that_is_lost_has_its_callback(self):
        self.plan()
        self.gateway.door("faults", [{"kind": "drop-after"}])
        self.assertEqual(self.ask("RestartCaster", CasterId=STREAMING).raw, b"")
        self.assertEqual(self.posted()["CasterId"], STREAMING)

    def test_plans_that_make_no_sense(self):
        good = self.receiver.url
        for plan in ([], None, {"posts": []}, {"url": "http://example.com/"}, {"url": "http://127.0.0.1:0x/"}, {"url": "https://127.0.0.1:1/"},
                     {"url": 7}, {"url": good, "posts": {}}, {"url": good, "posts": [{}] * 101}, {"url": good, "posts": ["x"]},
                     {"url": good, "posts": [{"after": -1}]}, {"url": good, "posts": [{"after": True}]},
                     {"url": good, "posts": [{"before": 1}]}, {"url": good, "posts": [{"code": 7}]}, {"url": good, "more": 1}):
            body = json.dumps(plan).encode()
            reply = exchange(self.gateway, b"POST /-/callbacks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                           b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self.assertEqual((reply.status, list(json.loads(reply.body))), (400, ["error"]), plan)
        self.assertEqual(self.gateway.door("callbacks")[1], {})


class OfflineStreams(Studio):
    def stream(self, caster_id):
        [fields] = [one for one in self.answer("DescribeCasterStreamUrl", CasterId=caster_id)["CasterStreams"]["CasterStream"]
                    if one["OutputType"] == 1]
        domain, app, name = fields["RtmpUrl"].removeprefix("rtmp://").partition("?")[0].split("/")
        return self.answer("DescribeLiveStreamState", DomainName=domain, AppName=app, StreamName=name)["StreamState"]

    def test_a_stream_is_offline_for_seconds_after_the_restart_is_complete(self):
        self.gateway.door("durations", {"restart": {"seconds": 100, "offline": 50}})
        self.assertEqual(self.stream(STREAMING), "online")
        self.answer("RestartCaster", CasterId=STREAMING)
        for offset, state in ((90, "online"), (110, "offline"), (140, "offline"), (160, "online")):
            self.gateway.door("clock", {"offset": offset})
            self.offset = offset
            self.assertEqual(self.stream(STREAMING), state, offset)
