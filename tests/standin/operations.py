# SPDX-License-Identifier: MIT
"""The operations that are known, and the check of their parameters: the required ones, types, indices of lists.

Source: tools/live_operations.json. The codes are those of the vendor's common error codes: Missing{ParameterName},
Invalid{ParameterName}. A parameter that the operation does not have is ignored, as the service does. Ours: an empty
value is no number and no Boolean; a required text is not empty; a record of a list has no unknown members.
"""

import collections
import json
import pathlib
import re

from refusals import invalid, missing

_FACTS = json.loads((pathlib.Path(__file__).resolve().parents[2] / "tools" / "live_operations.json").read_text("utf-8"))
VERSION = _FACTS["version"]
OPERATIONS = _FACTS["operations"]

_NUMBER = re.compile(r"-?[0-9]{1,19}")
_DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?")
_INDEX = re.compile(r"[1-9][0-9]{0,8}")


def check(action, sent):
    """The parameters of `sent` (names and values in UTF-8) that the operation has, as Python values; or Refusal."""
    return _members(OPERATIONS[action]["parameters"], {name.decode(): value.decode() for name, value in sent.items()})


def _members(described, given, inside=None):
    """`inside` is the name of the parameter that these members are a part of; None for the parameters themselves."""
    single, lists = {}, collections.defaultdict(dict)
    for name, value in given.items():
        head, dot, rest = name.partition(".")
        if dot:
            lists[head][rest] = value
        else:
            single[name] = value
    if inside:
        known = {one["name"] for one in described}
        for name in [*single, *lists]:
            if name not in known:
                raise invalid(inside, f"{inside}.{name}")

    values = {}
    for one in described:
        name, is_list = one["name"], one["type"] in ("texts", "records")
        if name in (single if is_list else lists):
            raise invalid(inside or name, name)
        if is_list:
            value = _elements(one, lists.get(name, {}), inside or name)
        else:
            value = single.get(name)
        if one["required"] and not value:
            raise missing(inside or name, name)
        if value is not None:
            values[name] = value if is_list else _value(one["type"], value, inside or name, name)
    return values


def _elements(one, given, outermost):
    """The list of which `given` holds INDEX or INDEX.REST; None without any."""
    found = collections.defaultdict(dict)
    for name, value in given.items():
        index, dot, rest = name.partition(".")
        if not _INDEX.fullmatch(index) or bool(dot) != (one["type"] == "records"):
            raise invalid(outermost, f"{one['name']}.{name}")
        found[int(index)][rest] = value
    if not found:
        return None
    if max(found) != len(found):
        raise invalid(outermost, f"{one['name']} (its indices are not 1, 2, 3 ... without a gap)")
    if one["type"] == "texts":
        return [found[index][""] for index in sorted(found)]
    return [_members(one["members"], found[index], outermost) for index in sorted(found)]


def _value(kind, value, outermost, name):
    if kind == "number":
        if not _NUMBER.fullmatch(value) or not -1 << 63 <= int(value) < 1 << 63:
            raise invalid(outermost, name)
        return int(value)
    if kind == "boolean":
        if value not in ("true", "false"):
            raise invalid(outermost, name)
        return value == "true"
    if kind == "decimal" and not _DECIMAL.fullmatch(value):
        raise invalid(outermost, name)
    return value
