# SPDX-License-Identifier: MIT
"""The check of the parameters of every known operation by the stand-in gateway. Run by gateway_test.py.

Source: tools/live_operations.json (required parameters, types); the vendor's common error codes Missing{ParameterName}
and Invalid{ParameterName}; the vendor's page on request parameters (lists are Name.1, Name.2 and Name.1.Key).
"""

import itertools
import random

from studio_tests import CARRIED_OUT, OPERATIONS, STREAMING, Studio, WAYS

__all__ = ["Parameters"]


class Parameters(Studio):
    """Every operation of the facts: what has to be there, of which type, and how lists are numbered."""

    SAMPLES = {"text": "a", "json": "{}", "number": "1", "decimal": "0.5", "boolean": "true"}

    def samples(self, described, only_required=True):
        """Parameters as on the wire, good enough for the check."""
        found = {}
        for one in described:
            if only_required and not one["required"]:
                continue
            name = one["name"]
            if one["type"] == "texts":
                found.update({name + ".1": "a", name + ".2": "b"})
            elif one["type"] == "records":
                for number in range(1, 13):
                    inner = self.samples(one["members"], only_required=False)
                    found.update({f"{name}.{number}.{member}": value for member, value in inner.items()})
            else:
                found[name] = self.SAMPLES[one["type"]]
        return found

    def test_the_facts_are_those_of_sixty_one_operations(self):
        self.assertEqual(len(OPERATIONS), 61)
        self.assertLessEqual(CARRIED_OUT, set(OPERATIONS))

    def test_what_is_well_formed_and_not_carried_out_has_a_code_of_its_own(self):
        for action in sorted(set(OPERATIONS) - CARRIED_OUT):
            for only_required in (True, False):
                reply = self.ask(action, "post-form json", **self.samples(OPERATIONS[action]["parameters"], only_required))
                self.assertEqual((reply.status, reply.code), (501, "StandIn.NotImplemented"), (action, reply.body))
        self.assertTrue(all(not call["executed"] for call in self.gateway.calls()))
        self.assertEqual(self.gateway.door("executions")[1]["executions"], {})
        vendors = {one["code"] for operation in OPERATIONS.values() for one in operation["codes"]}
        self.assertNotIn("StandIn.NotImplemented", vendors)

    def test_it_is_said_in_both_formats_under_both_signatures(self):
        for way in WAYS:
            reply = self.ask("StartCasterScene", way, CasterId="a", SceneId="b")
            self.assertEqual((reply.status, reply.code), (501, "StandIn.NotImplemented"), way)

    def test_every_required_parameter_is_missed(self):
        checked = 0
        for action, operation in OPERATIONS.items():
            good = self.samples(operation["parameters"])
            for one in (one for one in operation["parameters"] if one["required"]):
                without = {name: value for name, value in good.items() if name.partition(".")[0] != one["name"]}
                self.refused(action, 400, "Missing" + one["name"], **without)
                if one["type"] not in ("texts", "records"):
                    self.refused(action, 400, "Missing" + one["name"], **{**without, one["name"]: ""})
                checked += 1
        self.assertGreater(checked, 61)
        self.assertEqual(self.gateway.door("executions")[1]["executions"], {})

    def test_every_type_is_checked(self):
        """Each number, Boolean and decimal is given one wrong value, in turn."""
        wrong = {"number": itertools.cycle(("x", "1.5", "0x1", "9223372036854775808", "\u0661", "-", "")),
                 "boolean": itertools.cycle(("1", "True", "")),
                 "decimal": itertools.cycle(("x", "1,5", ".", "1e", "NaN", "Infinity", "1.", ""))}
        checked = 0
        for action, operation in OPERATIONS.items():
            good = self.samples(operation["parameters"])
            optional = [(one["name"], one) for one in operation["parameters"] if not one["required"]]
            members = [(f"{one['name']}.1.{member['name']}", member) for one in operation["parameters"]
                       for member in one.get("members", ())]
            for name, one in [*optional, *members]:
                if one["type"] in wrong:
                    code = "Invalid" + name.partition(".")[0]
                    self.refused(action, 400, code, **{**good, name: next(wrong[one["type"]])})
                    checked += 1
        self.assertGreater(checked, 30)

    def test_numbers_that_are_good(self):
        for value in ("0", "-1", "007", "9223372036854775807", "-9223372036854775808"):
            self.refused("SetCasterChannel", 501, "StandIn.NotImplemented", CasterId="a", ChannelId="b", SeekOffset=value)

    def test_how_lists_are_numbered(self):
        """The indices begin with 1 and have no gaps; a part of a record has a name that the operation knows."""
        layout = self.samples(OPERATIONS["AddCasterLayout"]["parameters"])
        for name in ("Tag", "Tag.1", "Tag.", "Tag.0.Key", "Tag.2.Key", "Tag.01.Key", "Tag.-1.Key", "Tag.1e0.Key",
                     "Tag.x.Key", "Tag..Key", "Tag.1.", "Tag.1.Colour", "Tag.1.Key.1", "Tag.1.key",
                     "Tag.99999999999999999999.Key", "Tag.\u0661.Key"):
            self.refused("DescribeCasters", 400, "InvalidTag", **{name: "a"})
        self.refused("DescribeCasters", 400, "InvalidTag", **{"Tag.1.Key": "a", "Tag.3.Key": "b"})
        for name in ("MixList", "MixList.4", "MixList.0", "MixList.1.Name", "MixList.1."):
            self.refused("AddCasterLayout", 400, "InvalidMixList", **{**layout, name: "a"})
        for name in ("VideoLayer.1.PositionNormalized.4", "VideoLayer.1.PositionNormalized", "VideoLayer.14.FillMode"):
            self.refused("AddCasterLayout", 400, "InvalidVideoLayer", **{**layout, name: "a"})
        self.refused("AddCasterLayout", 501, "StandIn.NotImplemented",
                     **{**layout, "VideoLayer.1.PositionNormalized.3": "0.5", "VideoLayer.13.FillMode": "none", "MixList.3": "c"})

    def test_what_an_operation_does_not_have_is_ignored(self):
        for name in ("Odd", "Odd.1", "Odd.1.Key", "OwnerId", "", ".", "..1"):
            self.assertEqual(self.ask("DescribeCasterConfig", CasterId=STREAMING, **{name: "x"}).status, 200, name)
        self.refused("DescribeCasterConfig", 400, "InvalidCasterId", **{"CasterId": STREAMING, "CasterId.1": "x"})

    def test_no_other_operation_is_known(self):
        for action in ("DescribeLiveDomains", "describecasters", "", "__class__", "../x"):
            self.refused(action, 404, "InvalidApi.NotFound")

    def test_hostile_parameters_are_answered_and_survived(self):
        chance, pieces = random.Random(61), ["", "0", "1", "2", "01", "-1", "9" * 30, "Key", "x", "\u76f4", "\x00", "%", "&", " "]
        values = ["", "1", "-1", "true", "9" * 5000, "x" * 10000, "[" * 20000, "\x00", "\ud7ff\ufffe", "1e999", "'\"<>&"]
        for _ in range(400):
            action = chance.choice(sorted(OPERATIONS))
            described = OPERATIONS[action]["parameters"]
            sent = self.samples(described, chance.random() < 0.5)
            for _ in range(chance.randrange(6)):
                name = ".".join([chance.choice(described)["name"], *chance.choices(pieces, k=chance.randrange(4))])
                sent[name] = chance.choice(values)
            sent.pop(chance.choice(sorted(sent) or [""]), None)
            reply = self.ask(action, chance.choice(("post-form json", "post-form xml")), **sent)
            self.assertIn(reply.status, (200, 400, 404, 501), (action, sent, reply.body))
            self.assertEqual(reply.fields()["RequestId"], reply.headers["x-acs-request-id"])
        many = {f"Tag.{number}.Key": "a" for number in range(1, 30001)}
        self.assertEqual(self.ask("DescribeCasters", "post-form json", **many).status, 200)
        many.pop("Tag.15000.Key")
        self.assertEqual(self.ask("DescribeCasters", "post-form json", **many).code, "InvalidTag")
