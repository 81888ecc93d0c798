#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every mode of a profile, as the vendor's client writes the files, over real sockets against servers that verify each call.

Source: credentials-go and aliyun-cli (files, variables, order); tests/standin/key_servers.py.
Usage: keys_test.py PROGRAM, which is socket_keys
"""

import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "standin"))

import key_servers
import percent
import rpc_v1

PROGRAM = sys.argv[1]
ARN = "acs:ram::1234567890123456:role/operator"
OFF = {"ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"}


def profile(name, mode, **more):
    """A profile as `aliyun configure` writes it: the fields that every profile has, and those of its mode."""
    return {"name": name, "mode": mode, **more, "region_id": "cn-shanghai", "output_format": "json", "language": "en",
            "site": "", "retry_timeout": 0, "connect_timeout": 0, "retry_count": 0, "process_command": more.get("process_command", "")}


AK = profile("ak", "AK", access_key_id="testid", access_key_secret="testsecret")


class Keys(unittest.TestCase):
    def setUp(self):
        self.servers = key_servers.KeyServers()
        self.addCleanup(self.servers.close)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)
        self.canaries = ["testsecret"]

    def write(self, path, text, mode=0o600):
        file = self.home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)
        return str(file)

    def write_profiles(self, *profiles, current=None):
        # Go's encoder, which the vendor's client uses, escapes & < > and indents by a tab.
        text = json.dumps({"current": current or profiles[-1]["name"], "profiles": profiles, "meta_path": ""}, indent="\t")
        return self.write(".aliyun/config.json", text.replace("&", "\\u0026").replace("<", "\\u003c"))

    def run_program(self, name="-", **environment):
        variables = {f"ALIBABA_CLOUD_{key}": value for key, value in environment.items()}
        done = subprocess.run([PROGRAM, self.servers.url, self.servers.url, name], capture_output=True, text=True,
                              env={"HOME": str(self.home), "PATH": os.environ["PATH"], **OFF, **variables}, timeout=60)
        self.assertEqual(done.stderr, "")
        lines = done.stdout.split("\n")
        request = next((line[8:] for line in lines if line.startswith("request ")), None)
        for canary in self.canaries + self.servers.secrets():
            self.assertNotIn(canary, "\n".join(line for line in lines if not line.startswith("request ")))
        self.assertEqual(done.returncode == 0, request is not None)
        return lines, request

    def found(self, name="-", **environment):
        """The report of a search that succeeds. The signature is verified with the secret that the servers know."""
        lines, request = self.run_program(name, **environment)
        self.assertIsNotNone(request, lines)
        parameters = dict(percent.pairs(request.encode()))
        key_id = parameters[b"AccessKeyId"].decode()
        secret, token = self.servers.keys[key_id]
        self.assertEqual(parameters.get(b"SecurityToken", b"").decode(), token)
        self.assertEqual(parameters[b"Signature"], rpc_v1.signature(secret.encode(), rpc_v1.string_to_sign("POST", parameters)))
        self.used = [line for line in lines if line.startswith("1 ")]
        return lines[0], key_id

    def fault(self, name="-", **environment):
        """The faults of the places that are used on this machine, of a search that finds nothing."""
        lines, request = self.run_program(name, **environment)
        self.assertIsNone(request)
        return "\n".join(line[2:] for line in lines if line.startswith("1 "))

    def paths(self):
        return [(request.method, request.path) for request in self.servers.requests]

    # ---- modes of the CLI's file

    def test_ak(self):
        path = self.write_profiles(AK)
        report, key_id = self.found()
        self.assertEqual(report, f"CLI profile {path}, profile ak, mode AK: key te***")
        self.assertEqual(key_id, "testid")
        self.assertEqual(self.paths(), [])

    def test_sts_token(self):
        key = self.servers.new_key(3600)
        self.write_profiles(profile("sts", "StsToken", access_key_id=key["AccessKeyId"],
                                    access_key_secret=key["AccessKeySecret"], sts_token=key["SecurityToken"]))
        self.assertEqual(self.found()[1], key["AccessKeyId"])

    def test_ram_role_arn(self):
        self.servers.external_id = "a&b<c>"
        self.write_profiles(profile("role", "RamRoleArn", access_key_id="testid", access_key_secret="testsecret",
                                    ram_role_arn=ARN, ram_session_name="evening-show", expired_seconds=900,
                                    external_id="a&b<c>", policy='{"Version":"1","Statement":[{"Effect":"Allow"}]}'))
        report, key_id = self.found()
        self.assertIn(", mode RamRoleArn, by 127.0.0.1: key STS.N000***, valid until 20", report)
        self.assertEqual(key_id, self.servers.given[0]["AccessKeyId"])
        sent = dict(percent.pairs(self.servers.requests[0].body))
        self.assertEqual(sent[b"RoleSessionName"], b"evening-show")
        self.assertEqual(sent[b"DurationSeconds"], b"900")
        self.assertEqual(json.loads(sent[b"Policy"])["Statement"][0]["Effect"], "Allow")

    def test_ram_role_arn_with_the_least_fields(self):
        self.write_profiles(profile("role", "RamRoleArn", access_key_id="testid", access_key_secret="testsecret",
                                    ram_role_arn=ARN, ram_session_name="", expired_seconds=0))
        self.found()
        sent = dict(percent.pairs(self.servers.requests[0].body))
        self.assertEqual((sent[b"RoleSessionName"], sent[b"DurationSeconds"]), (b"restartcaster", b"3600"))
        self.assertNotIn(b"Policy", sent)
        self.assertNotIn(b"ExternalId", sent)

    def test_chainable_ram_role_arn(self):
        self.write_profiles(AK,
                            profile("one", "ChainableRamRoleArn", source_profile="ak", ram_role_arn=ARN + "-1"),
                            profile("two", "ChainableRamRoleArn", source_profile="one", ram_role_arn=ARN + "-2"))
        key_id = self.found()[1]
        sent = [dict(percent.pairs(request.body)) for request in self.servers.requests]
        self.assertEqual([each[b"RoleArn"].decode() for each in sent], [ARN + "-1", ARN + "-2"])
        first, second = (given["AccessKeyId"] for given in self.servers.given)
        self.assertEqual([each[b"AccessKeyId"].decode() for each in sent], ["testid", first])
        self.assertEqual(key_id, second)

    def test_a_chain_in_a_circle(self):
        self.write_profiles(profile("a", "ChainableRamRoleArn", source_profile="b", ram_role_arn=ARN),
                            profile("b", "ChainableRamRoleArn", source_profile="a", ram_role_arn=ARN))
        self.assertIn("source_profile leads through too many profiles, or in a circle", self.fault())

    def test_ecs_ram_role(self):
        for role in ("operator", ""):
            with self.subTest(role=role):
                self.servers.requests.clear()
                self.write_profiles(profile("ecs", "EcsRamRole", ram_role_name=role))
                report, key_id = self.found()
                self.assertEqual(key_id, self.servers.given[-1]["AccessKeyId"])
                asked = [key_servers.ROLE_PATH] if not role else []
                self.assertEqual(self.paths(), [("PUT", "/latest/api/token")] +
                                 [("GET", path) for path in asked + [key_servers.ROLE_PATH + "operator"]])
                self.assertEqual(self.servers.requests[-1].header("x-aliyun-ecs-metadata-token"), self.servers.tokens[-1])
                self.assertEqual(self.servers.requests[0].header("x-aliyun-ecs-metadata-token-ttl-seconds"), "21600")

    def test_oidc(self):
        token = self.write("token", self.servers.oidc_token + "\n")
        self.write_profiles(profile("oidc", "OIDC", ram_role_arn=ARN, oidc_provider_arn="acs:ram::1:oidc-provider/k8s",
                                    oidc_token_file=token, ram_session_name="pod-1"))
        report, key_id = self.found()
        self.assertEqual(key_id, self.servers.given[0]["AccessKeyId"])

    def test_external(self):
        for output, wanted in (({"mode": "AK", "access_key_id": "testid", "access_key_secret": "testsecret"}, "testid"),
                               (None, "STS.")):
            key = self.servers.new_key(3600)
            output = output or {"mode": "StsToken", "access_key_id": key["AccessKeyId"], "access_key_secret": key["AccessKeySecret"],
                                "sts_token": key["SecurityToken"], "expiration": key["Expiration"]}
            file = self.write("output", json.dumps(output))
            self.write_profiles(profile("external", "External", process_command=f"  cat   {file} "))
            report, key_id = self.found()
            self.assertTrue(key_id.startswith(wanted))
            self.assertEqual("valid until" in report, wanted == "STS.")

    def test_external_that_fails(self):
        for command in ("false", "no-such-program-anywhere"):
            self.write_profiles(profile("external", "External", process_command=command))
            self.assertIn("process_command: the command of process_command was not run or failed", self.fault())
        self.write_profiles(profile("external", "External", process_command="echo words"))
        self.assertIn("the answer of the server is not a key", self.fault())

    def test_modes_that_are_not_supported(self):
        for mode in ("CloudSSO", "OAuth", "RsaKeyPair", "ak"):
            self.write_profiles(profile("x", mode, access_key_id="testid", access_key_secret="testsecret"))
            said = self.fault()
            self.assertIn("the mode is not supported; use AK, StsToken", said)
            self.assertIn(mode, said)

    # ---- which profile, which place

    def test_the_named_profile(self):
        second = profile("second", "AK", access_key_id="second", access_key_secret="secret-2")
        self.servers.keys["second"] = ("secret-2", "")
        self.write_profiles(second, AK)
        self.assertEqual(self.found()[1], "testid")
        self.assertEqual(self.found("second")[1], "second")
        self.assertEqual(self.found(PROFILE="second")[1], "second")
        self.assertEqual(self.found("ak", PROFILE="second")[1], "testid")
        self.assertIn("profile absent: the file has no such profile", self.fault("absent"))
        # A profile that is named by the program comes before the environment; otherwise the environment comes first.
        self.servers.keys["other"] = ("secret-3", "")
        by_environment = {"ACCESS_KEY_ID": "other", "ACCESS_KEY_SECRET": "secret-3"}
        self.assertEqual(self.found(**by_environment)[1], "other")
        self.assertEqual(self.found("ak", **by_environment)[1], "testid")

    def test_the_order_of_the_places(self):
        key = self.servers.new_key(3600)
        ini = self.write(".alibabacloud/credentials", "[default]\ntype = access_key\naccess_key_id = ini\naccess_key_secret = secret-4\n")
        self.servers.keys["ini"] = ("secret-4", "")
        self.write_profiles(AK)
        oidc = {"ROLE_ARN": ARN, "OIDC_PROVIDER_ARN": "acs:ram::1:oidc-provider/x",
                "OIDC_TOKEN_FILE": self.write("token", self.servers.oidc_token)}
        variables = {"ACCESS_KEY_ID": key["AccessKeyId"], "ACCESS_KEY_SECRET": key["AccessKeySecret"],
                     "SECURITY_TOKEN": key["SecurityToken"], **oidc, "ECS_METADATA_DISABLED": "",
                     "CREDENTIALS_URI": self.servers.url + "/credentials"}
        self.assertTrue(self.found(**variables)[0].startswith("environment: key STS."))
        for name in list(variables)[:3]:
            del variables[name]
        self.assertTrue(self.found(**variables)[0].startswith("OIDC role"))
        del variables["OIDC_TOKEN_FILE"], variables["OIDC_PROVIDER_ARN"], variables["ROLE_ARN"]
        self.assertTrue(self.found(**variables)[0].startswith("CLI profile"))
        variables["CLI_PROFILE_DISABLED"] = "true"
        self.assertEqual(self.found(**variables)[0], f"credentials file {ini}, profile default, mode access_key: key i***")
        os.unlink(ini)
        self.assertTrue(self.found(**variables)[0].startswith("ECS RAM role, by 127.0.0.1: key STS."))
        variables["ECS_METADATA_DISABLED"] = "True"
        self.assertTrue(self.found(**variables)[0].startswith("credentials URI, by 127.0.0.1: key STS."))
        del variables["CREDENTIALS_URI"]
        self.assertEqual(self.fault(**variables), "")

    def test_a_place_that_is_broken_is_passed_over_aloud(self):
        self.write_profiles(profile("x", "AK", access_key_id="testid", access_key_secret=""))
        self.found(ECS_METADATA_DISABLED="")
        self.assertEqual(len(self.used), 1)
        self.assertIn("profile x: access_key_secret is missing or empty", self.used[0])

    def test_files_in_other_places(self):
        moved = self.write("elsewhere.json", json.dumps({"current": "ak", "profiles": [AK]}))
        self.assertIn(moved, self.found(CONFIG_FILE=moved)[0])
        moved = self.write("elsewhere.ini", "[default]\ntype=access_key\naccess_key_id=testid\naccess_key_secret=testsecret")
        self.assertIn(moved, self.found(CREDENTIALS_FILE=moved)[0])

    def test_a_file_that_others_can_read_earns_a_warning(self):
        path = self.write_profiles(AK)
        for mode, warned in ((0o600, False), (0o400, False), (0o640, True), (0o604, True), (0o644, True)):
            os.chmod(path, mode)
            self.assertEqual("others can read the file" in self.run_program()[0], warned)

    # ---- the credentials file

    def test_types_of_the_ini_file(self):
        self.write(".alibabacloud/credentials", f"""\ufeff# written by hand
[default]                          ; the first
enable = true
type = access_key                  # a pair
access_key_id = "testid"
access_key_secret = 'testsecret'

[role]
type = ram_role_arn
access_key_id = testid
access_key_secret = testsecret
role_arn = {ARN}
role_session_name = session
policy = {{"Version": "1"}}

[instance]
type = ecs_ram_role
role_name = operator

[off]
enable = false
type = access_key
[pair]
type = rsa_key_pair
[empty]
[half]
type=access_key
access_key_id=testid
""")
        self.assertEqual(self.found()[1], "testid")
        self.assertIn("mode ram_role_arn", self.found("role")[0])
        self.assertIn("mode ecs_ram_role", self.found("instance")[0])
        for name, said in (("off", "the profile says enable = false"), ("empty", "type is missing or empty"),
                           ("pair", "the mode is not supported"), ("half", "access_key_secret is missing or empty"),
                           ("none", "no such profile")):
            self.assertIn(said, self.fault(name), name)

    # ---- what goes wrong

    def test_missing_fields(self):
        whole = [profile("x", "StsToken", access_key_id="testid", access_key_secret="s", sts_token="t"),
                 profile("x", "RamRoleArn", access_key_id="testid", access_key_secret="s", ram_role_arn=ARN),
                 profile("x", "ChainableRamRoleArn", source_profile="ak", ram_role_arn=ARN),
                 profile("x", "OIDC", ram_role_arn=ARN, oidc_provider_arn="acs:ram::1:o", oidc_token_file="/f"),
                 profile("x", "External", process_command="true"), {**AK, "name": "x"}]
        optional = {"name", "region_id", "output_format", "language", "site", "retry_timeout", "connect_timeout", "retry_count"}
        tried = 0
        for each in whole:
            for field in each.keys() - optional:
                if field == "process_command" and each["mode"] != "External":
                    continue
                for wrong in (None, "", [], {"a": "b"}):
                    self.write_profiles(AK, {**each, field: wrong})
                    self.assertIn(f"profile x: {field} is missing or empty", self.fault())
                    tried += 1
        self.assertGreater(tried, 70)

    def test_malformed_files(self):
        path = self.write_profiles(AK)
        text = pathlib.Path(path).read_text()
        for size in (0, 1, 20, len(text) // 2, len(text) - 1):
            self.write(".aliyun/config.json", text[:size])
            self.assertIn("the file is malformed", self.fault())
        for wrong in ("[]", "{}", '{"current":"a"}', '{"current":"a","profiles":{}}', '{"current":7,"profiles":[]}', "<a/>",
                      '"words"', "\0", '{"current":"a","profiles":[{"name":"b"}]}', "[" * 1000):
            self.write(".aliyun/config.json", wrong)
            self.assertNotEqual(self.fault(), "", wrong)
        self.write(".aliyun/config.json", " " * 20_000)
        self.assertIn("the file does not fit into the storage", self.fault())
        os.unlink(path)
        os.mkdir(path)
        self.assertIn("the file cannot be read", self.fault())

    def test_refusals_of_the_token_service(self):
        def role(**more):
            return profile("x", "RamRoleArn", **{"access_key_id": "testid", "access_key_secret": "testsecret",
                                                 "ram_role_arn": ARN, **more})
        self.canaries.append("canary-of-a-wrong-secret")
        for changed, said in (({"ram_role_arn": ARN + "/absent"}, "InvalidParameter.RoleArn"),
                              ({"ram_role_arn": "acs:ram::1:role/absent"}, "refused"),
                              ({"access_key_id": "unknown"}, "InvalidAccessKeyId.NotFound"),
                              ({"access_key_secret": "canary-of-a-wrong-secret"}, "SignatureDoesNotMatch"),
                              ({"expired_seconds": 50000}, "InvalidParameter.DurationSeconds"),
                              ({"expired_seconds": 899}, "expired_seconds cannot be right"),
                              ({"sts_region": "evil.example.com/"}, "sts_region cannot be right")):
            self.write_profiles(role(**changed))
            self.assertIn(said, self.fault())

    def test_answers_that_are_no_key(self):
        self.write_profiles(profile("x", "RamRoleArn", access_key_id="testid", access_key_secret="testsecret", ram_role_arn=ARN))
        key = self.servers.new_key(3600)
        whole = {"RequestId": "4A1B", "Credentials": key}
        self.servers.answers["AssumeRole"] = (200, json.dumps(whole))
        self.found()
        for missing in key:
            part = {name: value for name, value in key.items() if name != missing}
            self.servers.answers["AssumeRole"] = (200, json.dumps({**whole, "Credentials": part}))
            self.assertIn(f"{missing}: the answer of the server is not a key", self.fault())
        for wrong in ("tomorrow", "2026-13-01T00:00:00Z", "2026-11-28T14:05:09+08:00", ""):
            self.servers.answers["AssumeRole"] = (200, json.dumps({**whole, "Credentials": {**key, "Expiration": wrong}}))
            self.assertIn("Expiration: the answer of the server is not a key", self.fault())
        for status, body in ((200, "{}"), (200, ""), (502, "<html></html>"), (200, json.dumps(whole)[:-200])):
            self.servers.answers["AssumeRole"] = (status, body)
            self.assertIn("the answer of the server is not a key", self.fault())
        past = {**key, "Expiration": key_servers.utc_text(self.servers.now() - 1)}
        self.servers.answers["AssumeRole"] = (200, json.dumps({**whole, "Credentials": past}))
        self.assertIn("the key has ended", self.fault())

    def test_a_wrong_clock_is_corrected(self):
        self.servers.clock_ahead = 7 * 3600
        self.write_profiles(profile("x", "RamRoleArn", access_key_id="testid", access_key_secret="testsecret", ram_role_arn=ARN))
        self.found()
        self.servers.clock_ahead = -7 * 3600                # by this machine's clock, the key has ended long ago
        self.found()

    def test_the_metadata_server(self):
        on = {"ECS_METADATA_DISABLED": ""}
        for mode, no_older, works in (("token or none", "", True), ("token only", "true", True), ("no tokens", "", True),
                                      ("no tokens", "true", False)):
            self.servers.metadata_mode = mode
            said = (self.found if works else self.fault)(**on, IMDSV1_DISABLED=no_older)
            if not works:
                self.assertIn("ECS RAM role: the server refused (127.0.0.1), HTTP status 404", said)
        self.servers.metadata_mode = "token or none"
        self.found(**on, ECS_METADATA="operator")
        for path, answer in (("/latest/api/token", (200, "a b")), (key_servers.ROLE_PATH, (200, "two\nroles")),
                             (key_servers.ROLE_PATH, (200, "../../user-data")), (key_servers.ROLE_PATH, (200, "")),
                             (key_servers.ROLE_PATH + "operator", (200, '{"Code":"Success"}')),
                             (key_servers.ROLE_PATH + "operator", (200, '{"Code":"Failed"}')),
                             (key_servers.ROLE_PATH + "operator", (200, "not JSON")),
                             (key_servers.ROLE_PATH + "operator", (500, "x"))):
            self.servers.answers = {path: answer}
            self.assertNotEqual(self.fault(**on), "", answer)
        self.servers.answers = {}
        self.servers.role = None
        self.assertIn("HTTP status 404", self.fault(**on))

    def test_the_credentials_uri(self):
        for uri in (self.servers.url + "/credentials", self.servers.url + "/credentials?who=me"):
            self.found(CREDENTIALS_URI=uri)
        self.assertEqual(self.servers.requests[-1].query, "who=me")
        self.canaries.append("canary")
        for uri in ("ftp://127.0.0.1/canary", "http://user:canary@127.0.0.1/", "http://", "http://127.0.0.1:0/canary",
                    "http://127.0.0.1:99999/canary", "http://a b/canary", self.servers.url + "/credentials#canary", "canary"):
            self.assertIn("ALIBABA_CLOUD_CREDENTIALS_URI cannot be right", self.fault(CREDENTIALS_URI=uri))
        self.assertIn("HTTP status 404", self.fault(CREDENTIALS_URI=self.servers.url + "/canary"))
        key = self.servers.new_key(3600)
        session = {("SessionToken" if name == "SecurityToken" else name): value for name, value in key.items()}
        self.servers.answers["/credentials"] = (200, json.dumps(session))
        self.found(CREDENTIALS_URI=self.servers.url + "/credentials")
        self.assertIn("the server did not answer", self.fault(CREDENTIALS_URI="http://127.0.0.1:1/canary"))

    def test_oidc_by_the_environment(self):
        token = self.write("token", self.servers.oidc_token)
        whole = {"ROLE_ARN": ARN, "OIDC_PROVIDER_ARN": "acs:ram::1:oidc-provider/x", "OIDC_TOKEN_FILE": token}
        self.found(**whole, ROLE_SESSION_NAME="pod-7")
        sent = dict(percent.pairs(self.servers.requests[0].body))
        self.assertEqual(sent[b"RoleSessionName"], b"pod-7")
        self.assertIn("ALIBABA_CLOUD_ROLE_ARN is missing", self.fault(**{**whole, "ROLE_ARN": ""}))
        self.assertIn("oidc_token_file: the file cannot be read", self.fault(**{**whole, "OIDC_TOKEN_FILE": "/absent"}))
        wrong = "eyJhbGciOiJSUzI1NiJ9canary0of1a2wrong3token"
        self.canaries.append(wrong)
        self.assertIn("the server refused", self.fault(**{**whole, "OIDC_TOKEN_FILE": self.write("token", wrong)}))
        self.assertIn("oidc_token_file is missing", self.fault(**{**whole, "OIDC_TOKEN_FILE": self.write("token", " \n")}))

    def test_a_code_that_repeats_the_token(self):
        token = self.write("token", self.servers.oidc_token)
        self.servers.answers["AssumeRoleWithOIDC"] = (400, json.dumps({"RequestId": "1", "Code": self.servers.oidc_token}))
        self.assertIn("the server refused", self.fault(ROLE_ARN=ARN, OIDC_PROVIDER_ARN="acs:ram::1:o", OIDC_TOKEN_FILE=token))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
