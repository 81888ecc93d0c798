#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The facts about the studio operations agree with the vendor's tables, and the generated headers with the facts.

Source: the vendor's metadata and TypeScript SDK for ApsaraVideo Live 2016-11-01, read a second time: TABLE was made from
the tables of the documents, the facts from the metadata.
Data flow: tools/live_operations.json in, a failure for each difference out. The table makes this file long.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
REFERENCE = ROOT.parent / "shared" / "reference" / "caster-operations.md"
FACTS = json.loads((ROOT / "tools" / "live_operations.json").read_text(encoding="ascii"))
OPERATIONS = FACTS["operations"]

# Operation; calls per second; parameters and fields, without those that only contain others; required parameters.
TABLE = """
AddCasterComponent               10  12   2  CasterId ComponentLayer ComponentType LocationId
AddCasterEpisode                  4   9   2  CasterId EndTime EpisodeType StartTime SwitchType
AddCasterEpisodeGroup             4   9   3  CallbackUrl ClientToken DomainName Item RepeatNum SideOutputUrl StartTime
AddCasterEpisodeGroupContent      4   3   3  ClientToken Content
AddCasterLayout                  10  13   2  AudioLayer BlendList CasterId MixList VideoLayer
AddCasterProgram                 10   9   2  CasterId Episode
AddCasterVideoResource           10  14   2  CasterId ResourceName
CopyCaster                       10   4   2  CasterName ClientToken SrcCasterId
CopyCasterSceneConfig            10   4   1  CasterId FromSceneId ToSceneId
CreateCaster                     10  11   2  ChargeType ClientToken NormType
DeleteCaster                     10   2   2  CasterId
DeleteCasterComponent            10   3   3  CasterId ComponentId
DeleteCasterEpisode               4   3   3  CasterId EpisodeId
DeleteCasterEpisodeGroup          4   2   1  ProgramId
DeleteCasterLayout               10   3   3  CasterId LayoutId
DeleteCasterProgram               4   2   2  CasterId
DeleteCasterSceneConfig          10   4   1  CasterId SceneId Type
DeleteCasterVideoResource        10   3   1  CasterId ResourceId
DescribeCasterChannels           15   2   7  CasterId
DescribeCasterComponents         15   3  33  CasterId
DescribeCasterConfig             15   2  34  CasterId
DescribeCasterLayouts            15   3  14  CasterId
DescribeCasterProgram             4   9  14  CasterId
DescribeCasterSceneAudio         15   3   7  CasterId SceneId
DescribeCasterScenes             15   3  12  CasterId
DescribeCasterStreamUrl           5   2  10  CasterId
DescribeCasterVideoResources     15   2  15  CasterId
DescribeCasters                  15  14  19
EffectCasterUrgent               10   3   1  CasterId SceneId
EffectCasterVideoResource        10   4   1  CasterId ResourceId SceneId
ModifyCasterComponent            10  10   2  CasterId ComponentId
ModifyCasterEpisode               4   9   3  CasterId EpisodeId
ModifyCasterLayout               10  14   2  AudioLayer BlendList CasterId LayoutId MixList VideoLayer
ModifyCasterProgram               4  10   2  CasterId Episode
ModifyCasterVideoResource        10  13   3  CasterId ResourceId
RestartCaster                    10   2   1  CasterId
SetCasterChannel                 10   7   1  CasterId ChannelId
SetCasterConfig                  10  20   2  CasterId
SetCasterSceneConfig             10   5   1  CasterId SceneId
StartCaster                      10   2   8  CasterId
StartCasterScene                 10   3   2  CasterId SceneId
StopCaster                       10   2   1  CasterId
StopCasterScene                  10   3   1  CasterId SceneId
UpdateCasterResourceGroup        10   3   1  CasterId NewResourceGroupId
UpdateCasterSceneAudio           10   9   1  CasterId SceneId
UpdateCasterSceneConfig          10   5   1  CasterId LayoutId SceneId
AddShowIntoShowList              10  18   4  CasterId
DescribeShowList                 10   2  16  CasterId
ModifyShowList                   10   7   1  CasterId
RemoveShowFromShowList           10   5   4  CasterId
PlayChoosenShow                  10   3   2  CasterId ShowId
SetShowListBackground            10   5   1  CasterId
DescribeAutoShowListTasks        10   2   2
EditShowAndReplace               10   7   2  CasterId ShowId
GetEditingJobInfo                10   3   3  CasterId
AddPlaylistItems                 10   5   6  CasterId ProgramItems
AddStudioLayout                  10   9   2  CasterId LayoutName LayoutType
DescribeStudioLayouts            15   3  35  CasterId
ModifyStudioLayout               10   9   1  CasterId LayoutId
DeleteStudioLayout               10   3   1  CasterId LayoutId
DescribeLiveStreamState         100   4   3  AppName DomainName StreamName
"""
ROWS = {name: (int(calls), int(parameters), int(fields), set(required)) for name, calls, parameters, fields, *required in
        (line.split() for line in TABLE.strip().splitlines())}


def walk(entries, path=""):
    """Every parameter or field with its path; those with members before their members."""
    for entry in entries:
        yield path + entry["name"], entry
        yield from walk(entry.get("members", []), path + entry["name"] + "/")


def everything():
    for name, fact in OPERATIONS.items():
        yield name, fact
        for part in ("parameters", "reply"):
            for path, entry in walk(fact[part]):
                yield f"{name} {part} {path}", entry


def plain(text):
    return " ".join(re.findall("[a-z0-9]+", text.lower()))


class Facts(unittest.TestCase):
    def test_the_operations_are_the_60_of_a_studio_and_one_more(self):
        self.assertEqual(len(ROWS), 61)
        self.assertEqual(set(OPERATIONS), set(ROWS))
        self.assertEqual(FACTS["version"], "2016-11-01")

    def test_limits_and_numbers_of_parameters_and_fields_are_those_of_the_tables(self):
        for name, (calls, parameters, fields, _) in ROWS.items():
            with self.subTest(name):
                leaves = [sum("members" not in entry for _, entry in walk(OPERATIONS[name][part]))
                          for part in ("parameters", "reply")]
                self.assertEqual((OPERATIONS[name]["calls_per_second"], *leaves), (calls, parameters, fields))

    def test_required_parameters_are_those_of_the_tables(self):
        for name, row in ROWS.items():
            with self.subTest(name):
                self.assertEqual({entry["name"] for entry in OPERATIONS[name]["parameters"] if entry["required"]}, row[3])

    def test_no_member_of_a_list_is_required(self):  # the metadata requires none
        for name, fact in OPERATIONS.items():
            self.assertFalse([path for path, entry in walk(fact["parameters"]) if "/" in path and entry["required"]], name)

    def test_names_are_unique(self):
        for where, entry in [*everything(), *((name, {"members": fact[part]}) for name, fact in OPERATIONS.items()
                                              for part in ("parameters", "reply"))]:
            names = [member["name"] for member in entry.get("members", [])]
            self.assertEqual(len(names), len(set(names)), where)

    def test_only_the_vendors_lower_case_names_begin_with_a_lower_case_letter(self):
        lower = {path.split("/")[0] for fact in OPERATIONS.values() for path, _ in walk(fact["parameters"]) if path[0].islower()}
        self.assertEqual(lower, {"isBatchMode", "showList", "showIdList"})
        members = {path.split("/")[1] for path, _ in walk(OPERATIONS["AddShowIntoShowList"]["parameters"]) if "/" in path}
        self.assertEqual(members, {"duration", "liveInputType", "repeatTimes", "resourceId", "resourceType", "resourceUrl",
                                   "showName"})
        reply = {path.split("/")[-1] for fact in OPERATIONS.values() for path, _ in walk(fact["reply"])
                 if path.split("/")[-1].split(".")[-1][0].islower()}
        self.assertEqual(reply, {"Tags.tag", "ComponentIds.componentId", "failedList", "successfulShowIds", "video", "bitrate",
                                 "fps", "height", "width"})

    def test_decimals_and_booleans_of_requests_are_those_of_the_metadata(self):
        def of_type(kind):
            return {f"{name}.{path}" for name, fact in OPERATIONS.items() for path, entry in walk(fact["parameters"])
                    if entry["type"] == kind}

        layer = {f"{name}.VideoLayer/{part}Normalized" for name in ("AddCasterLayout", "ModifyCasterLayout")
                 for part in ("Height", "Width")}
        sound = {f"{name}.AudioLayer/VolumeRate" for name in ("AddCasterLayout", "ModifyCasterLayout", "UpdateCasterSceneAudio")}
        self.assertEqual(of_type("decimal"), {"SetCasterConfig.Delay", "EditShowAndReplace.StartTime",
                                              "EditShowAndReplace.EndTime"} | layer | sound)
        self.assertEqual(of_type("boolean"), {"SetCasterConfig.AutoSwitchUrgentOn", "AddShowIntoShowList.isBatchMode",
                                              "RemoveShowFromShowList.isBatchMode"})

    def test_a_number_that_the_vendor_shows_as_text_or_with_a_fraction_is_no_number(self):
        for where, entry in everything():
            if re.search(r"(ResourceGroupId|Normalized|Position|VolumeRate|Transparency|/?Delay)$", where):
                self.assertNotIn(entry["type"], ("number", "numbers"), where)

    def test_every_url_with_which_a_stream_can_be_watched_is_a_secret(self):
        for name, fact in OPERATIONS.items():
            for path, entry in walk(fact["reply"]):
                last = path.split("/")[-1]
                url = re.search(r"Url(List)?$", last) and "Image" not in last
                document = last in ("ShowList", "Background")  # JSON that contains such URLs
                self.assertEqual(bool(entry.get("secret")), bool(url or document), f"{name} {path}")

    def test_what_may_be_repeated_follows_from_the_name_and_the_client_token(self):
        for name, fact in OPERATIONS.items():
            token = any(entry["name"] == "ClientToken" for entry in fact["parameters"])
            reads = name.startswith(("Describe", "Get"))
            self.assertEqual(fact["repeat"], "yes" if reads else "with_client_token" if token else "no", name)
            self.assertEqual(fact["permission"], f"live:{name}")

    def test_codes_of_restart_caster_are_the_nine_of_its_document(self):
        codes = {(entry["status"], entry["code"]) for entry in OPERATIONS["RestartCaster"]["codes"]}
        self.assertEqual(codes, {(400, "IncorrectSceneStatus"), (400, "IncorrectCasterStatus"),
                                 (400, "IncorrectCasterStatus.Idle"), (400, "InvalidCasterId.Malformed"),
                                 (400, "InvalidNormType.Malformed"), (401, "IllegalOperation"), (404, "InvalidCaster.NotFound"),
                                 (404, "InvalidScene.NotFound"), (500, "InternalError")})
        for name, fact in OPERATIONS.items():
            for entry in fact["codes"]:
                self.assertRegex(f"{entry['status']} {entry['code']}", r"^[45]\d\d [A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)?$", name)


class Sentences(unittest.TestCase):
    def test_everything_has_a_sentence_of_at_most_200_characters(self):
        for where, entry in everything():
            with self.subTest(where):
                self.assertRegex(entry["sentence"], r"^[A-Za-z0-9\"].{4,198}\.$")

    @unittest.skipUnless(REFERENCE.exists(), "the vendor's sentences are missing")
    def test_no_sentence_is_the_vendors(self):
        vendor = {plain(part) for line in REFERENCE.read_text(encoding="utf-8").splitlines()
                  for part in re.split(r"(?<=[.])\s+|\|", line) if len(part.split()) > 3}
        self.assertIn("restarts a production studio", vendor)
        for where, entry in everything():
            for part in re.split(r"(?<=[.])\s+", entry["sentence"]):
                self.assertNotIn(plain(part), vendor, where)


class Drift(unittest.TestCase):
    """tools/operations --check, on a copy of the headers."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.copy = pathlib.Path(folder.name)
        for name in ("tools/operations", "tools/live_operations.json", "include/restartcaster/live.hpp"):
            (self.copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.copy / name)
        self.headers = self.copy / "include" / "restartcaster" / "operations" / "live"
        shutil.copytree(ROOT / "include" / "restartcaster" / "operations" / "live", self.headers)

    def run_tool(self, *arguments):
        return subprocess.run([sys.executable, self.copy / "tools" / "operations", *arguments], text=True, capture_output=True)

    def test_the_headers_are_what_the_facts_make(self):
        done = self.run_tool("--check")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_changed_line_is_named(self):
        header = self.headers / "scenes.hpp"
        lines = header.read_text().splitlines(keepends=True)
        lines[20] = "changed\n"
        header.write_text("".join(lines))
        done = self.run_tool("--check")
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.startswith("include/restartcaster/operations/live/scenes.hpp:21: is 'changed'"), done.stderr)

    def test_a_missing_end_a_missing_header_and_a_surplus_header_are_named(self):
        scenes = (self.headers / "scenes.hpp").read_text().splitlines(keepends=True)
        (self.headers / "scenes.hpp").write_text("".join(scenes[:-1]))
        (self.headers / "shows.hpp").unlink()
        (self.headers / "more.hpp").write_text("")
        done = self.run_tool("--check")
        self.assertEqual(done.returncode, 1)
        for expected in (f"scenes.hpp:{len(scenes)}: is None", "shows.hpp:1: is None", "more.hpp: no facts make this file"):
            self.assertIn(expected, done.stderr)

    def test_writing_repairs_them(self):
        (self.headers / "shows.hpp").write_text("")
        (self.headers / "more.hpp").write_text("")
        self.assertEqual(self.run_tool().returncode, 0)
        self.assertEqual(self.run_tool("--check").returncode, 0)


if __name__ == "__main__":
    unittest.main()
