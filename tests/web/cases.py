#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes what the signature page must show, as JSON: calls with their stages, refusals with their causes, answers.

usage: cases.py FILE

Source: the vectors in ../vectors (published pages and the vendor's npm clients); for all operations the signer of the
stand-in gateway, ../standin, which shares no line with the library. The causes are those of
docs/how-to/signature-does-not-match.md, and each mistake is planted here.
Data flow: vectors, facts -> cases.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "standin"))
import acs3  # noqa: E402
import percent  # noqa: E402
import rpc_v1  # noqa: E402

FACTS = json.loads((ROOT / "tools" / "live_operations.json").read_text(encoding="utf-8"))
HOST = "live.aliyuncs.com"
FORM_TYPE = "application/x-www-form-urlencoded"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
HEADERS = {
    "x-acs-action": "action",
    "x-acs-version": "version",
    "x-acs-date": "time",
    "x-acs-signature-nonce": "nonce",
    "x-acs-security-token": "token",
}
COMMON = {
    "Action": "action",
    "Version": "version",
    "Timestamp": "time",
    "SignatureNonce": "nonce",
    "AccessKeyId": "keyId",
    "SecurityToken": "token",
    "Format": "format",
}
FIXED = {"SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0"}


# ---- calls: the form, and what an independent signer makes of it


def encoded_names(parameters):
    return {name.encode(): value.encode() for name, value in parameters.items()}


def expected_rpc_v1(form, parameters):
    every = {**parameters, **FIXED, **{name: form[field] for name, field in COMMON.items() if form[field]}}
    method = "GET" if form["placement"] == "get" else "POST"
    text = rpc_v1.string_to_sign(method, encoded_names(every))
    query = percent.canonical(encoded_names(every)).decode()
    signature = rpc_v1.signature(form["secret"].encode(), text).decode()
    return {
        "canonical_query": query,
        "string_to_sign": text.decode(),
        "signature": signature,
        "wire": query + "&Signature=" + percent.encode(signature.encode()).decode(),
    }


def expected_acs3(form, parameters, host=HOST):
    query = percent.canonical(encoded_names(parameters)).decode()
    in_body = form["placement"] == "post_form"
    method = "GET" if form["placement"] == "get" else "POST"
    hashed = acs3.body_hash(query.encode() if in_body else b"")
    headers = [("host", host), ("x-acs-content-sha256", hashed)] + [("content-type", FORM_TYPE)] * in_body
    headers += [(name, form[field]) for name, field in HEADERS.items() if form[field]]
    names = acs3.must_be_signed(headers)
    canonical = acs3.canonical_request(method, {} if in_body else encoded_names(parameters), headers, names, hashed)
    text = acs3.string_to_sign(canonical)
    signature = acs3.signature(form["secret"].encode(), text)
    return {
        "canonical_query": query,
        "canonical_request": canonical,
        "string_to_sign": text,
        "signature": signature,
        "wire": f"Credential={form['keyId']},SignedHeaders={';'.join(names)},Signature={signature}",
    }


def form_of(**given):
    return {
        "scheme": "rpc_v1",
        "placement": "post_form",
        "format": "JSON",
        "endpoint": "https://" + HOST,
        "keyId": "testid",
        "secret": "testsecret",
        "token": "",
        "time": "2026-11-28T09:00:00Z",
        "nonce": "0a1b2c3d-0000-4000-8000-5e6f70819293",
        "version": FACTS["version"],
        **given,
    }


def rpc_vectors():
    for vector in json.loads((ROOT / "tests" / "vectors" / "rpc-1.0.json").read_text(encoding="utf-8")):
        given = dict(vector["params"])
        whole = all(given.get(name) for name in COMMON if name != "SecurityToken")
        if not whole or given["Format"] not in ("JSON", "XML") or not TIME.fullmatch(given["Timestamp"]):
            continue
        taken = {field: given.pop(name, "") for name, field in COMMON.items()}
        for name in FIXED:
            given.pop(name)
        get = vector["method"] == "GET"
        placement = "get" if get else "post_query" if vector["transport"] == "query" else "post_form"
        form = form_of(**taken, secret=vector["secret"], placement=placement)
        yield {
            "name": vector["name"],
            "form": form,
            "parameters": given,
            "expected": {
                **{name: vector[name] for name in ("canonical_query", "string_to_sign", "signature")},
                "wire": vector["form_body"] or vector["url_query"],
            },
        }


def acs3_vectors():
    known = {*HEADERS, "host", "x-acs-content-sha256"}
    for vector in json.loads((ROOT / "tests" / "vectors" / "acs3.json").read_text(encoding="utf-8")):
        headers = dict(vector["headers"])
        is_form = headers.pop("content-type", None) == FORM_TYPE
        if set(headers) - known or "host" not in headers or ("content-type" in vector["headers"]) != is_form:
            continue
        taken = {field: headers.get(name, "") for name, field in HEADERS.items()}
        placement = "post_form" if is_form else "get" if vector["method"] == "GET" else "post_query"
        form = form_of(
            **taken,
            scheme="acs3",
            secret=vector["secret"],
            keyId=vector["access_key_id"],
            placement=placement,
            endpoint="https://" + headers["host"],
        )
        query = vector["body"] or vector["canonical_query"]
        parameters = {name.decode(): value.decode() for name, value in percent.pairs(query.encode())}
        yield {
            "name": vector["name"],
            "form": form,
            "parameters": parameters,
            "expected": {
                **{name: vector[name] for name in ("canonical_request", "string_to_sign", "signature")},
                "canonical_query": query,
                "wire": vector["authorization"].partition(" ")[2],
            },
        }


def values_of(facts, prefix=""):
    """Values for all parameters of an operation; lists of 11, whose indices sort as 1, 10, 11, 2."""
    found = {}
    for fact in facts:
        name = prefix + fact["name"]
        if fact["type"] == "texts":
            found |= {f"{name}.{i}": f"text {i}" for i in range(1, 12 if not prefix else 3)}
        elif fact["type"] == "records":
            for i in range(1, 3):
                found |= values_of(fact["members"], f"{name}.{i}.")
        else:
            text = "caf\u00e9 +&=%/*'~\U0001f3ac" if fact.get("any_text") else name.lower() + "-1"
            found[name] = {"number": "7", "decimal": "0.25", "boolean": "true", "json": '[{"a": "b c"}]'}.get(
                fact["type"], text
            )
    return found


def operation_cases():
    placements = ["post_form", "get", "post_query"]
    for at, (name, fact) in enumerate(FACTS["operations"].items()):
        parameters = values_of(fact["parameters"])
        for scheme, expected in (("rpc_v1", expected_rpc_v1), ("acs3", expected_acs3)):
            form = form_of(
                scheme=scheme,
                action=name,
                placement=placements[at % 3],
                format=["JSON", "XML"][at % 2],
                token="tok+/==" if at % 5 == 0 else "",
            )
            if (
                scheme == "rpc_v1"
                or form["placement"] == "post_form"
                or len(percent.canonical(encoded_names(parameters))) < 7000
            ):
                yield {
                    "name": f"{name} {scheme}",
                    "typed": True,
                    "form": form,
                    "parameters": parameters,
                    "expected": expected(form, parameters),
                }


# ---- refusals: a mistake planted in the service's text, and its cause

TOLD = "Specified signature is not matched with our calculation. server string to sign is:"


def refusal_cases():
    form = form_of(action="RestartCaster")
    own = {"CasterId": "studio +7~"}
    every = {**own, **FIXED, **{name: form[field] for name, field in COMMON.items() if form[field]}}

    def text(**changes):
        changed = {name: value for name, value in {**every, **changes}.items() if value is not None}
        return rpc_v1.string_to_sign("POST", encoded_names(changed)).decode()

    secret = form["secret"].encode()
    right = rpc_v1.signature(secret, text().encode()).decode()
    without_suffix = base64.b64encode(hmac.new(secret, text().encode(), hashlib.sha1).digest()).decode()
    planted = [
        ("secret", "", 0, text(), ""),
        ("secret", "", 0, text(), right),
        ("key_suffix", "", 0, text(), without_suffix),
        ("parameter_added", "utm", 0, text(utm="1"), ""),
        ("parameter_missing", "CasterId", 0, text(CasterId=None), ""),
        ("value_changed", "CasterId", 0, text(CasterId="Studio +7~"), ""),
        ("plus_for_space", "CasterId", 7, text(CasterId="studio  7~"), ""),
        ("encoded_twice", "CasterId", 6, text(CasterId="studio%20%2B7~"), ""),
        ("method", "method", 0, text().replace("POST", "GET", 1), ""),
        ("time", "Timestamp", 18, text(Timestamp="2026-11-28T09:00:07Z"), ""),
        ("scheme", "", 0, "ACS3-HMAC-SHA256\n" + "0" * 64, ""),
    ]
    for cause, name, offset, theirs, signature in planted:
        for wrapped in (
            TOLD + theirs,
            json.dumps({"Code": "SignatureDoesNotMatch", "Message": TOLD + theirs}),
            f"<Error><Code>SignatureDoesNotMatch</Code><Message>{TOLD}{theirs.replace('&', '&amp;')}</Message></Error>",
        ):
            yield {
                "form": form,
                "parameters": own,
                "answer": wrapped,
                "ours": "",
                "signature": signature,
                "expected": {"cause": cause, "name": name, "offset": offset},
            }
    # Another signer's text, which does not depend on the form.
    for vector in rpc_vectors():
        ours = vector["expected"]["string_to_sign"]
        yield {
            "form": form,
            "parameters": own,
            "answer": TOLD + ours + "%26zz%3D1",
            "ours": ours + "\n",
            "signature": "",
            "expected": {"cause": "parameter_added", "name": "zz", "offset": 0},
        }
    yield {
        "form": form,
        "parameters": own,
        "answer": TOLD + "GET&%2F&A%3Da%2520b%26Version%3D1",
        "ours": "GET&%2F&A%3Da%2Bb%26Version%3D1",
        "signature": "",
        "expected": {
            "cause": "plus_for_space",
            "name": "A",
            "offset": 1,
            "ours": "a+b",
            "theirs": "a%20b",
            "ours_hex": "2B",
            "theirs_hex": "20",
        },
    }
    for answer, words in (
        ('{"Code": "SignatureNonceUsed"}', "earlier request with this nonce arrived"),
        ('{"Code":"IllegalTimestamp"}', "missing or malformed"),
        ('{"Code":"NoPermission"}', "lacks the permission"),
        (
            "HTTP/1.1 400 Bad Request\r\nDate: Sat, 28 Nov 2026 01:00:00 GMT\r\n\r\n"
            '{"Code":"InvalidTimeStamp.Expired"}',
            "8 h 0 min ahead",
        ),
        ("hello", "not a refusal of a signature"),
    ):
        yield {
            "form": form,
            "parameters": own,
            "answer": answer,
            "ours": "",
            "signature": "",
            "expected": {"cause": "not_a_mismatch", "name": "", "offset": 0},
            "words": words,
        }
    # ACS3: the canonical request that a service prints.
    form = form_of(action="RestartCaster", scheme="acs3", placement="post_query")
    arrived = expected_acs3(form, {**own, "Debug": "1"})["canonical_request"]
    yield {
        "form": form,
        "parameters": own,
        "answer": f"server CanonicalRequest is [{arrived}]",
        "ours": "",
        "signature": "",
        "expected": {"cause": "parameter_added", "name": "Debug", "offset": 0},
    }
    arrived = expected_acs3(form, own, host="live.example.com")["canonical_request"]
    yield {
        "form": form,
        "parameters": own,
        "answer": f"server CanonicalRequest is [{arrived}]",
        "ours": "",
        "signature": "",
        "expected": {"cause": "header_changed", "name": "host", "offset": 5},
    }


# ---- answers


def answer_cases():
    listed = {
        "RequestId": "R1",
        "Total": 2,
        "CasterList": {
            "Caster": [{"CasterId": "a", "CasterName": "caf\u00e9 <1>", "Status": 1}, {"CasterId": "b", "Status": 0}]
        },
    }
    as_xml = (
        "<DescribeCastersResponse><RequestId>R1</RequestId><Total>2</Total><CasterList><Caster><CasterId>a</CasterId>"
        "<CasterName>caf\u00e9 &lt;1&gt;</CasterName><Status>1</Status></Caster>"
        "<Caster><CasterId>b</CasterId><Status>0</Status>"
        "</Caster></CasterList></DescribeCastersResponse>"
    )
    shown = {
        "RequestId": "R1",
        "Total": 2,
        "CasterList.Caster": [
            {"CasterId": "a", "CasterName": "caf\u00e9 <1>", "Status": 1},
            {"CasterId": "b", "CasterName": None, "Status": 0},
        ],
    }
    for text in (
        json.dumps(listed),
        as_xml,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + json.dumps(listed),
    ):
        yield {
            "action": "DescribeCasters",
            "status": "200",
            "answer": text,
            "reply": shown,
            "type": "rc::live::describe_casters::reply",
        }
    refused = json.dumps({"RequestId": "R2", "HostId": "h", "Code": "IncorrectCasterStatus.Idle", "Message": "idle"})
    for status, text in (("400", refused), ("200", "HTTP/1.1 400 Bad Request\n\n" + refused)):
        yield {
            "action": "RestartCaster",
            "status": status,
            "answer": text,
            "error": {"kind": "refused", "ran": "no", "what_to_do": "start_caster", "http_status": 400},
        }
    yield {
        "action": "RestartCaster",
        "status": "200",
        "answer": '{"RequestId":',
        "error": {"kind": "unreadable", "ran": "maybe"},
    }
    yield {
        "action": "RestartCaster",
        "status": "200",
        "answer": '{"RequestId":"R3"}',
        "reply": {"RequestId": "R3"},
        "type": "rc::restart_caster::reply",
    }
    yield {
        "action": "DescribeAnything",
        "status": "200",
        "answer": '{"RequestId":"R4","X":[1]}',
        "reply": {"RequestId": "R4", "body": '{"RequestId":"R4","X":[1]}'},
        "type": "rc::body_reply",
    }


def main(path):
    vectors = [*rpc_vectors(), *acs3_vectors()]
    cases = {
        "vectors": vectors,
        "operations": [*operation_cases()],
        "refusals": [*refusal_cases()],
        "answers": [*answer_cases()],
    }
    pathlib.Path(path).write_text(json.dumps(cases), encoding="utf-8")
    print(", ".join(f"{len(them)} {kind}" for kind, them in cases.items()))


if __name__ == "__main__":
    main(*sys.argv[1:])
