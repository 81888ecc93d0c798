#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The operator's commands: what they look at, refuse, send and tell, in a pipe as scripts use them.

Source: the stand-in gateway's own account of what it executed; the vendor's page on DescribeCasters; bash(1). Usage:
cli_operate_test.py PATH_OF_RESTARTCASTER
"""

import calendar
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import types

sys.dont_write_bytecode = True                              # the source tree stays as it is

import harness
from harness import *

import descriptions

ROW = ["id", "state", "kind", "since", "region", "name", "last_modified"]
SUFFIX = r".*RestartCaster did not run"
SENTENCE = {IDLE: "the studio is idle", VIRTUAL: "a virtual studio cannot be restarted", ABSENT: "the account has no such studio"}


def actions(gateway):
    return [call["action"] for call in gateway.door("executions")["calls"]]


class OperateCase(ListCase):
    def client(self, *arguments, text=None, **environment):
        """Runs any command to its end; what it prints is searched for secrets."""
        done = subprocess.run([harness.binary, *arguments], input=(text or "").encode(), env=variables(environment),
                              capture_output=True, timeout=120)
        out = types.SimpleNamespace(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())
        self.check_secrets(arguments, out, environment)
        return out

    def at(self, command, *arguments, **more):
        return self.client(command, *to(PLAIN), *arguments, **more)


class Looks(OperateCase):
    def test_list_has_a_line_for_each_studio_and_json_has_stable_keys(self):
        PLAIN.door("studios", {"直播": "streaming"})
        done = self.at("list", "--region", "cn-shanghai")
        rows = {line.split("\t")[0]: line.split("\t") for line in done.out.splitlines()}
        self.assertEqual(set(rows), {LIVE, IDLE, VIRTUAL, "直播"})
        self.assertEqual([rows[name][1:3] for name in (LIVE, IDLE, VIRTUAL)],
                         [["on air", "general"], ["idle", "general"], ["idle", "virtual"]])
        self.assertRegex(rows[LIVE][3], r"\A\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.0\Z")       # StartTime
        self.assertRegex(rows[IDLE][3], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")         # LastModified
        self.assertEqual(rows[LIVE][4], "cn-shanghai")
        self.assertEqual((done.status, done.err), (DONE, ""))
        told = json.loads(self.at("list", "--json").out)
        self.assertEqual((list(told), told["total"]), (["studios", "total"], 4))
        self.assertEqual({studio["id"]: studio["state"] for studio in told["studios"]},
                         {LIVE: "on air", IDLE: "idle", VIRTUAL: "idle", "直播": "on air"})
        self.assertTrue(all(list(studio) == ROW for studio in told["studios"]))

    def test_ten_thousand_studios_are_listed_and_looked_at_by_pages(self):
        names = [f"studio-{number:05}" for number in range(10_000)]
        PLAIN.door("studios", dict.fromkeys(names, "streaming") | dict.fromkeys(names[::10], "idle"))
        told = json.loads(self.at("list", "--json").out)
        states = {studio["id"]: studio["state"] for studio in told["studios"]}
        self.assertEqual([states[name] for name in names], ["idle" if at % 10 == 0 else "on air" for at in range(10_000)])
        self.assertLessEqual(len(PLAIN.requests()), 101, "a page has 100 studios")
        self.assertEqual(len(self.at("list").out.splitlines()), told["total"])
        before = len(PLAIN.requests())
        done = self.at("restart", "-", "--dry-run", text=lines(names))
        read, summary = account(done.out)
        self.assertEqual([line[:2] for line in read], [(name, "refused" if at % 10 == 0 else "not sent")
                                                       for at, name in enumerate(names)])
        self.assertLessEqual(len(PLAIN.requests()) - before, 101)
        self.assertEqual((done.status, executed(PLAIN)), (REFUSED, {}))

    def test_status_shows_scenes_and_streams_and_no_key_of_a_url(self):
        done = self.at("status", LIVE, IDLE)
        for output in descriptions.OUTPUTS:
            stream = f"{descriptions.DOMAIN}/{descriptions.APPLICATION}/{descriptions.stream_name(LIVE, output)}"
            self.assertIn(f"  stream {stream}\tonline\n", done.out)
            self.assertIn(f"  scene {descriptions.scene_id(IDLE, output)}\t", done.out)
        self.assertEqual((done.status, done.err), (DONE, ""))
        told = json.loads(self.at("status", LIVE, "nowhere", "--json").out)["studios"]
        self.assertEqual([list(studio) for studio in told], [ROW + ["scenes"]] * 2)
        self.assertEqual([scene["stream_state"] for scene in told[0]["scenes"]], ["online"] * 2)
        self.assertEqual([scene["output"] for scene in told[0]["scenes"]], ["preview", "programme"])
        self.assertEqual((told[1]["state"], told[1]["scenes"]), ("not found", []))
        missing = self.at("status", "nowhere")
        self.assertEqual((missing.status, missing.out.split("\t")[:2]), (REFUSED, ["nowhere", "not found"]))
        for word in ("auth_key", "-0-0-"):
            self.assertNotIn(word, done.out + json.dumps(told))

    def test_a_look_that_fails_says_why_and_json_has_the_failure(self):
        for command in (["list"], ["status", LIVE], ["call", "DescribeCasters"]):
            PLAIN.reset({"kind": "error", "code": "Forbidden.RAM", "status": 403})
            done = self.at(*command)
            self.assertRegex(done.err, r"\Arestartcaster: refused with Forbidden\.RAM: .*DescribeCasters did not run; .*\n\Z")
            self.assertEqual((done.status, done.out), (REFUSED, ""))
            PLAIN.reset({"kind": "error", "code": "Forbidden.RAM", "status": 403})
            done = self.at(*command, "--json")
            error = json.loads(done.out)["error"]
            self.assertEqual(list(error), ["code", "ran", "advice", "message", "request_id"])
            self.assertEqual((error["code"], error["advice"], done.status), ("Forbidden.RAM", "ask_permission", REFUSED))

    def test_watch_looks_again_and_ends_with_an_interrupt(self):
        process = subprocess.Popen([harness.binary, "list", *to(PLAIN), "--watch", "--every", "0.1"], env=variables({}),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.kill)
        self.wait_until(lambda: len(PLAIN.requests()) >= 2)
        PLAIN.door("studios", {"new": "idle"})
        seen = b""
        while b"new\tidle" not in seen:
            seen += process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertNotIn(b"\x1b", seen + out)
        self.assertGreaterEqual((seen + out).count(b"# 20"), 2, "each look has its time")
        self.assertEqual((process.returncode, err), (DONE, b""))


class LookFirst(OperateCase):
    def test_what_cannot_be_restarted_is_refused_without_sending(self):
        for name, why in SENTENCE.items():
            PLAIN.reset()
            done = self.at("restart", name, "--yes")
            self.assertRegex(done.err, rf"\Arestartcaster: refused before sending: {why}\.{SUFFIX}")
            self.assertEqual((done.status, done.out, actions(PLAIN)), (REFUSED, "", ["DescribeCasters"]))
        PLAIN.reset()
        done = self.at("restart", IDLE, LIVE, ABSENT, "--yes", "--json")
        *told, last = map(json.loads, done.out.splitlines())
        self.assertEqual([line.get("code") for line in told], ["is_idle", None, "not_found"])
        self.assertEqual(([line["again"] for line in told], executed(PLAIN)), ([False] * 3, {LIVE: 1}))

    def test_a_pipe_without_yes_is_refused(self):
        for command in (["restart", LIVE], ["stop", LIVE], ["restart", "-"], ["restart", LIVE, "--no-look"]):
            done = self.at(*command, text=LIVE)
            self.assertRegex(done.err, "nobody can be asked here: say --yes; nothing was sent")
            self.assertEqual(done.status, USAGE)
        self.nothing_sent()

    def test_a_look_that_fails_sends_nothing_else_and_each_studio_is_told_of(self):
        for fault, word, status in (({"kind": "error", "code": "Forbidden.RAM", "status": 403}, "refused", REFUSED),
                                    ({"kind": "drop-after"}, "not sent", NOT_SENT)):
            PLAIN.reset(fault)
            done = self.at("restart", LIVE, IDLE, "--yes", *ONCE)
            told, _ = account(done.out)
            self.assertEqual([line[:2] for line in told], [(LIVE, word), (IDLE, word)])
            self.assertIn("Nothing was sent that changes a studio.", told[0][2])
            self.assertEqual((done.status, PLAIN.executed()), (status, 0))
            self.assertEqual(word == "refused", "--no-look" in done.out)

    def test_a_dry_run_only_looks_and_its_report_is_a_list(self):
        for scheme in ("rpc-1.0", "acs3"):
            PLAIN.reset()
            done = self.at("restart", LIVE, IDLE, "--dry-run", "--signature", scheme, **{STS: TOKEN} if scheme == "acs3" else {})
            if scheme == "rpc-1.0":
                self.assertEqual(actions(PLAIN), ["DescribeCasters"] * 2)
                self.assertRegex(done.out, rf"(?m)^{LIVE}\tnot sent\twould be sent: POST {PLAIN.url}/ \| .*CasterId={LIVE}.*Signature")
                self.assertEqual((done.status, executed(PLAIN)), (REFUSED, {}))
                report = done.out
        self.assertEqual(self.at("restart", "-", "--yes", text=report).status, DONE)
        self.assertEqual(executed(PLAIN), {LIVE: 1})
        one = self.at("restart", LIVE, "--dry-run", "--signature", "acs3")
        self.assertRegex(one.out, r"\Awould be sent: POST .*x-acs-action: RestartCaster")
        self.assertEqual((one.status, one.err), (DONE, ""))

    def test_wait_and_verify_end_when_the_studio_is_on_air_again(self):
        PLAIN.door("durations", {"restart": {"looks": 1}})
        done = self.at("restart", LIVE, "--yes", "--wait")
        self.assertRegex(done.out, r"\A[0-9A-F-]{36}\t.*on air again \(StartTime is later than before\)\n\Z")
        self.assertEqual((done.status, PLAIN.executed(), done.err), (DONE, 1, ""))
        PLAIN.reset()
        done = self.at("restart", LIVE, "--yes", "--verify")
        self.assertIn("on air again", done.out)
        self.assertEqual((done.status, actions(PLAIN)[-1]), (DONE, "DescribeLiveStreamState"))

    def test_a_studio_that_is_not_on_air_in_time_is_late(self):
        PLAIN.door("durations", {"restart": {"seconds": 3600}})
        done = self.at("restart", LIVE, "--yes", "--wait", "--deadline", "2")
        self.assertRegex(done.err, r"\Arestartcaster: the deadline has come; the change ran")
        self.assertEqual((done.status, PLAIN.executed(), done.out), (LATE, 1, ""))

    def test_an_answer_that_is_lost_is_unknown_with_wait_too(self):
        PLAIN.reset(None, None, {"kind": "drop-after"})     # two looks come first
        done = self.at("restart", LIVE, "--yes", "--wait")
        self.assertIn("the change may have run", done.err)
        self.assertEqual((done.status, PLAIN.executed()), (UNKNOWN, 1))

    def test_failures_end_a_fleet_when_that_is_wanted(self):
        names = studios(6)
        PLAIN.door("faults", [*[None] * 6, *[{"kind": "error", "code": "Bad", "status": 400}] * 6])
        done = self.at("restart", *names, "--yes", "--stop-after", "2", "--pace", "1")
        told, summary = account(done.out)
        self.assertEqual([line[1] for line in told], ["refused"] * 2 + ["not sent"] * 4)
        self.assertEqual((done.status, executed(PLAIN)), (REFUSED, {}))

    def test_a_run_begins_at_the_time_that_is_wanted(self):
        begin = int(time.time()) + 2
        done = self.at("restart", LIVE, "--yes", "--at", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(begin)))
        [call] = [call for call in PLAIN.door("executions")["calls"] if call["action"] == "RestartCaster"]
        self.assertGreaterEqual(call["time"], begin)
        self.assertEqual(done.status, DONE)
        done = self.at("restart", LIVE, "--yes", "--at", "2020-01-01T00:00:00Z")
        self.assertRegex(done.err, "--at is in the past .*nothing was sent")
        process = self.begin(PLAIN, LIVE, "--yes", "--at", "9000-01-01T00:00:00Z", stdin=subprocess.DEVNULL)
        self.wait_until(lambda: actions(PLAIN)[-1] == "DescribeCasters")
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        self.assertEqual((self.end(process).status, PLAIN.executed()), (INTERRUPTED, 1))


class Audit(OperateCase):
    def test_each_studio_has_a_line_and_no_line_has_a_secret(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "audit.jsonl")
            self.at("restart", LIVE, IDLE, "--yes", "--audit", file)
            self.at("stop", LIVE, "--yes", "--audit", file)
            self.at("start", LIVE, "--audit", file)
            text = file.read_text()
        for canary in (KEY_ID, SECRET, "ignature"):
            self.assertNotIn(canary, text)
        told = [json.loads(line) for line in text.splitlines()]
        self.assertTrue(all(list(line) == ["time", "action", "id", "key_id", "outcome", "ran", "request_id", "before", "after"]
                            for line in told))
        self.assertEqual([(line["action"], line["id"], line["outcome"]) for line in told],
                         [("RestartCaster", IDLE, "refused"), ("RestartCaster", LIVE, "done"), ("StopCaster", LIVE, "done"),
                          ("StartCaster", LIVE, "done")])
        self.assertEqual([line["before"] and line["before"]["state"] for line in told], ["idle", "on air", "on air", None])
        self.assertEqual([line["after"] and line["after"]["state"] for line in told], [None, None, "idle", "on air"])
        self.assertEqual({line["key_id"] for line in told}, {KEY_ID[:2] + "***" + KEY_ID[-2:]})
        for line in told:
            self.assertLess(abs(calendar.timegm(time.strptime(line["time"], "%Y-%m-%dT%H:%M:%SZ")) - time.time()), 600)

    def test_an_audit_that_cannot_be_written_ends_the_run(self):
        done = self.at("restart", LIVE, "--yes", "--audit", "/nonexistent/file")
        self.assertRegex(done.err, "--audit: the file cannot be opened for appending; nothing was sent")
        self.assertEqual((done.status, actions(PLAIN)), (LOCAL, []))
        names = studios(5)
        done = self.at("restart", *names, "--yes", "--pace", "1", "--audit", "/dev/full")
        self.assertIn("the audit file could not be written; no further call begins", done.err)
        self.assertEqual((done.status, len(executed(PLAIN))), (OUTPUT_LOST, 1))


class Goals(OperateCase):
    def test_start_stop_and_wait_reach_their_state_and_send_nothing_for_what_is_there(self):
        for command, name, sent in ((["start"], IDLE, "StartCaster"), (["stop", "--yes"], LIVE, "StopCaster")):
            PLAIN.reset()
            done = self.at(*command, name)
            self.assertRegex(done.out, r"\A[0-9A-F-]{36}\tthe studio is in the wanted state; the change ran")
            self.assertEqual((done.status, actions(PLAIN).count(sent)), (DONE, 1))
            done = self.at(*command, name)
            self.assertEqual((done.status, done.out, actions(PLAIN).count(sent)), (DONE, "in the wanted state already\n", 1))
        done = self.at("wait", LIVE, "--until", "idle")
        self.assertEqual((done.status, done.out), (DONE, "in the wanted state\n"))
        [other] = studios(1)
        done = self.at("wait", LIVE, other, "--until", "on-air", "--deadline", "1")
        self.assertEqual([line[1:2] for line in account(done.out)[0]], [("late",), ("done",)])
        self.assertEqual(done.status, LATE)
        self.assertRegex(self.at("start", "nowhere").err, "refused before sending: the account has no such studio")

    def test_operators_share_the_pace_of_an_account(self):
        if shutil.which("redis-server") is None:
            self.skipTest("redis-server is not installed")
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        server = subprocess.Popen(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
                                  stdout=subprocess.DEVNULL)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)

        def listens():
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0
        self.wait_until(listens)
        names = studios(10)
        budget = ["--yes", "--no-look", "--budget", f"redis://127.0.0.1:{port}/operators"]
        processes = [self.begin(PLAIN, *names[half::2], *budget, "--signature", "rpc-1.0") for half in (0, 1)]
        self.assertEqual([self.end(process).status for process in processes], [DONE] * 2)
        times = sorted(call["time"] for call in PLAIN.door("executions")["calls"])
        self.assertEqual(executed(PLAIN), dict.fromkeys(names, 1))
        self.assertGreaterEqual(times[-1] - times[0], 9 * 0.1, "the two kept one pace of nine a second")
        for bad in ("redis://", "redis://h", "redis://h/", "http://h/x", "redis://h/a/b", SECRET):
            done = self.at("restart", LIVE, "--yes", "--budget", bad)
            self.assertRegex(done.err, r"--budget takes redis://host\[:port\]/name; ")


class Call(OperateCase):
    def test_the_body_is_printed_as_it_came(self):
        done = self.at("call", "DescribeCasters", "PageSize=1", "PageNum=2", "--region", "cn-shanghai")
        self.assertEqual(json.loads(done.out)["Total"], 3)
        [request] = PLAIN.requests()
        for sent in ("Action=DescribeCasters", "PageNum=2", "PageSize=1", "RegionId=cn-shanghai", "Version=2016-11-01"):
            self.assertIn(sent, request["body"])
        body = '{ "RequestId" :"6EBD1AC4-C34D-4AE1-963E-B688A228BE31","a":[1.50, "直播"]}'
        reply = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body.encode())}\r\n\r\n{body.encode().decode('latin-1')}"
        for options, printed in (([], body), (["--query", "a[1]"], "直播"), (["--query", "a[0]"], "1.50")):
            PLAIN.reset({"kind": "raw", "text": reply})
            self.assertEqual(self.at("call", "A", "--version", "2014-05-26", *options).out, printed + "\n")
            self.assertIn("Version=2014-05-26", PLAIN.requests()[0]["body"])
        PLAIN.reset({"kind": "raw", "text": reply})
        done = self.at("call", "A", "--query", "nowhere")
        self.assertRegex(done.err, r"\Arestartcaster: --query: the answer has no text, number or Boolean there; the call was made\n\Z")

    def test_a_change_that_may_have_run_is_not_sent_again_and_a_look_is(self):
        for action, requests, status in (("StopCaster", 1, UNKNOWN), ("DescribeCasterScenes", 2, DONE)):
            PLAIN.reset({"kind": "drop-after"})
            done = self.at("call", action, f"CasterId={LIVE}")
            self.assertEqual((len(PLAIN.requests()), done.status), (requests, status), done.err)

    def test_arguments_that_make_no_sense(self):
        for told, arguments in (("call needs the name of an action", []), ("call needs the name of an action", ["A=1"]),
                                ("parameter number 1 has no '='", ["A", SECRET]), ("--version needs a value", ["A", "--version"])):
            self.assertRegex(self.at("call", *arguments).err, told)
        self.nothing_sent()


class Doctor(OperateCase):
    def checks(self, gateway, *options, **environment):
        done = self.client("doctor", *to(gateway), *options, "--json", **environment)
        found = json.loads(done.out)["checks"]
        self.assertTrue(all(list(each) == ["check", "result", "message"] for each in found))
        return done.status, {each["check"]: each["result"] for each in found}, done.out

    def test_all_is_well(self):
        status, found, out = self.checks(TLS)
        self.assertEqual((status, set(found.values())), (DONE, {"ok"}), out)
        for check in ("key", "endpoint", "proxy", "network", "TLS", "clock", "RestartCaster", "StartCaster", "StopCaster",
                      "DescribeCasters", "DescribeCasterScenes", "DescribeLiveStreamState"):
            self.assertIn(check, found)
        self.assertIn(KEY_ID[:2] + "***" + KEY_ID[-2:], out)
        self.assertEqual(TLS.executed(), 0)
        done = self.client("doctor", *to(TLS))
        self.assertEqual({line.split()[0] for line in done.out.splitlines()}, {"ok"})

    def test_each_fault_is_found(self):
        TLS.door("clock", {"offset": 3600})
        status, found, out = self.checks(TLS)
        self.assertEqual((status, found["clock"]), (LOCAL, "bad"))
        self.assertRegex(out, r"3[56]\d\d s behind the service's Date; set this machine's clock")
        TLS.reset()
        status, found, out = self.checks(TLS, **{KEY: "canarySecret-other"})
        self.assertEqual((status, found["network"], found["DescribeCasters"]), (LOCAL, "ok", "bad"))
        status, found, out = self.checks(TLS, **{KEY: ""})
        self.assertEqual((status, found), (LOCAL, {"key": "bad"}))
        TLS.reset(None, None, {"kind": "error", "code": "NoPermission", "status": 403})
        status, found, out = self.checks(TLS)
        self.assertEqual((found["RestartCaster"], found["StopCaster"]), ("bad", "ok"))
        self.assertIn("live:RestartCaster", out)
        nobody = types.SimpleNamespace(url="https://no-such-host.invalid", ca_file=None)
        status, found, out = self.checks(nobody)
        self.assertEqual(found["name resolution"], "bad")
        status, found, out = self.checks(types.SimpleNamespace(url=TLS.url, ca_file=None))
        self.assertEqual(found["TLS"], "bad")


class Environment(OperateCase):
    def test_region_and_endpoint_can_come_from_the_environment(self):
        at = {"ALIBABA_CLOUD_ENDPOINT": PLAIN.url, "ALIBABA_CLOUD_REGION_ID": "cn-beijing"}
        self.assertEqual(self.client("list", **at).status, DONE)
        self.assertEqual(self.client("list", "--region", "cn-shanghai", **at).status, DONE)
        self.assertEqual([re.search(r"RegionId=([\w-]+)", request["body"])[1] for request in PLAIN.requests()],
                         ["cn-beijing", "cn-shanghai"])
        for bad, told in (("ftp://x", "ALIBABA_CLOUD_ENDPOINT takes a host"), (f"a b{SECRET}", "ALIBABA_CLOUD_ENDPOINT takes a host"),
                          ("http://example.org", "ALIBABA_CLOUD_ENDPOINT is plain http to another machine")):
            done = self.client("list", ALIBABA_CLOUD_ENDPOINT=bad)
            self.assertRegex(done.err, told)
            self.assertEqual(done.status, USAGE)

    def test_the_endpoint_is_that_of_the_region_and_an_unknown_region_is_said(self):
        dead = {"https_proxy": "http://127.0.0.1:1"}        # nothing leaves this machine
        for region, host in (("cn-shanghai", "live.aliyuncs.com"), ("me-central-1", "live.aliyuncs.com"),
                             ("ap-southeast-1", "live.ap-southeast-1.aliyuncs.com"),
                             ("eu-central-1", "live.eu-central-1.aliyuncs.com")):
            done = self.client("list", "--region", region, *ONCE, **dead)
            self.assertRegex(done.err, rf"\Arestartcaster: not sent, .*Endpoint https://{re.escape(host)}\n\Z")
        done = self.client("list", "--region", "cn-shanghay", *ONCE, **dead)
        self.assertRegex(done.err, r"\Arestartcaster: the region is not one of ApsaraVideo Live's that are known here "
                                   r"\(did you mean cn-shanghai\?\); live\.aliyuncs\.com is called\n")


class Keys(OperateCase):
    """Keys of profiles; the places themselves are tested in ../hosted."""

    NONE = {ID: "", KEY: ""}

    def config(self, mode=0o600, **profiles):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        file = pathlib.Path(folder.name, "config.json")
        file.write_text(json.dumps({"current": "main", "profiles": [{"name": name, **fields} for name, fields in profiles.items()]}))
        file.chmod(mode)
        return {**self.NONE, "ALIBABA_CLOUD_CONFIG_FILE": str(file)}

    def test_the_key_and_the_region_of_a_profile_are_taken(self):
        good = {"mode": "AK", "access_key_id": KEY_ID, "access_key_secret": SECRET, "region_id": "cn-beijing"}
        program = [sys.executable, "-c", "import json; print(json.dumps(" +
                   repr({"mode": "AK", "access_key_id": KEY_ID, "access_key_secret": SECRET}) + "))"]
        command = pathlib.Path(tempfile.mkdtemp(), "key")
        self.addCleanup(shutil.rmtree, command.parent)
        command.write_text(f"#!/bin/sh\nexec {program[0]} -c {json.dumps(program[2])}\n")
        command.chmod(0o700)
        environment = self.config(main=good, wrong=good | {"access_key_secret": "canarySecret-other"},
                                  outside={"mode": "External", "process_command": str(command)})
        done = self.at("list", **environment)
        self.assertEqual((done.status, done.err), (DONE, ""))
        self.assertIn("RegionId=cn-beijing", PLAIN.requests()[0]["body"])
        self.assertEqual(self.at("list", "--profile", "wrong", **environment).status, REFUSED)
        self.assertEqual(self.at("list", "--profile", "outside", **environment).status, DONE)
        self.assertEqual(self.at("list", **environment | {"ALIBABA_CLOUD_PROFILE": "wrong"}).status, REFUSED)
        self.assertEqual(self.at("list", "--profile", "main", **environment | {ID: "other", KEY: "canarySecret-other"}).status, DONE)
        told = json.loads(self.at("doctor", "--json", **environment).out)["checks"][0]
        self.assertEqual((told["check"], told["result"]), ("key", "ok"))
        self.assertIn("config.json", told["message"])

    def test_a_file_that_others_can_read_is_said(self):
        environment = self.config(0o644, main={"mode": "AK", "access_key_id": KEY_ID, "access_key_secret": SECRET})
        done = self.at("list", **environment)
        self.assertRegex(done.err, r"\Arestartcaster: others can read the file with the key: chmod 600 /[^\n]+\n\Z")
        self.assertEqual(done.status, DONE)

    def test_without_a_key_nothing_is_sent(self):
        for environment in (self.NONE, {ID: KEY_ID, KEY: ""}, {ID: "", KEY: SECRET}, self.config(main={"mode": "AK"})):
            done = self.at("list", **environment)
            self.assertRegex(done.err, r"\Arestartcaster: [^\n]+\n\Z")
            self.assertEqual(done.status, LOCAL)
        self.nothing_sent()


class Files(OperateCase):
    def test_manual_and_completions_are_those_of_the_program_and_are_well_formed(self):
        subprocess.run([sys.executable, ROOT / "tools/manual", harness.binary, "--check"], check=True)
        share = ROOT / "cli/share"
        for tool, *options in (["mandoc", "-T", "lint", share / "restartcaster.1"], ["bash", "-n", share / "restartcaster.bash"],
                               ["zsh", "-n", share / "_restartcaster"], ["fish", "-n", share / "restartcaster.fish"]):
            if shutil.which(tool) is None:
                print(f"{tool} is not installed, its check is left out", file=sys.stderr)
                continue
            done = subprocess.run([tool, *options], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""), tool)

    def test_bash_completes_commands_options_and_their_words(self):
        def completed(*words):
            script = f"source {ROOT}/cli/share/restartcaster.bash; COMP_WORDS=(restartcaster \"$@\"); COMP_CWORD=$#; " \
                     "_restartcaster; printf '%s\\n' \"${COMPREPLY[@]}\""
            return subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, text=True, check=True).stdout.split()
        self.assertEqual(completed("re"), ["restart"])
        self.assertEqual(completed("restart", "--dr"), ["--dry-run"])
        self.assertEqual(completed("list", "--region", "eu"), ["eu-central-1"])
        self.assertEqual(completed("wait", "--until", ""), ["on-air", "idle"])
        self.assertEqual(completed("completion", "z"), ["zsh"])
        self.assertEqual(completed("help", "do"), ["doctor"])


def setUpModule():
    global PLAIN, TLS
    PLAIN, TLS = harness.start(), harness.start("--tls")


def tearDownModule():
    harness.stop_all()


if __name__ == "__main__":
    harness.main()
