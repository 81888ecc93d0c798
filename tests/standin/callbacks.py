# SPDX-License-Identifier: MIT
"""The messages that the service posts to the CallbackUrl of a studio, on time or wrongly, as a test plans them.

Source: ApsaraVideo Live, "Production studio callbacks" (OperateCallback). The page does not say when a message comes, nor
which operations have one. Ours: one plan for all studios, for each start, stop and restart that was carried out.
Data flow: a plan and an executed change in; HTTP requests to the URL of the plan out, by threads of their own.
"""

import http.client
import json
import math
import threading
import urllib.parse

_MOST_POSTS, _MOST_SECONDS = 100, 3600
_TEXTS = ("request_id", "caster_id", "code", "message", "body")


def problem(plan):
    """Why this is no plan of callbacks, in one sentence; None when it is."""
    if not isinstance(plan, dict) or not plan.keys() <= {"url", "posts"}:
        return 'callbacks are {} or {"url": URL, "posts": [POST, ...]}'
    url, posts = plan.get("url", ""), plan.get("posts", [{}])
    if plan and (type(url) is not str or not url.startswith("http://127.0.0.1:") or not _port(url)):
        return "the url of callbacks is http://127.0.0.1:PORT/..."
    if type(posts) is not list or len(posts) > _MOST_POSTS:
        return f"the posts of callbacks are a list of at most {_MOST_POSTS}"
    for post in posts:
        if not isinstance(post, dict) or not post.keys() <= {"after", *_TEXTS}:
            return "a post is an object with some of the fields after, " + ", ".join(_TEXTS)
        after = post.get("after", 0)
        if type(after) not in (int, float) or not math.isfinite(after) or not 0 <= after <= _MOST_SECONDS:
            return f"the seconds before a post are a number from 0 to {_MOST_SECONDS}"
        if any(type(post[name]) is not str for name in _TEXTS if name in post):
            return "the texts of a post are texts"
    return None


def _port(url):
    try:
        return urllib.parse.urlsplit(url).port
    except ValueError:
        return None


def start(plan, caster_id, request_id):
    """Posts what the plan says about a change of this studio that was carried out."""
    for post in plan.get("posts", [{}]) if plan else ():
        body = post.get("body")
        if body is None:
            body = json.dumps({"CasterId": post.get("caster_id", caster_id), "EventType": "OperateCallback",
                               "EventMessage": {"RequestId": post.get("request_id", request_id),
                                                "Code": post.get("code", "Success"), "Message": post.get("message", "")}})
        timer = threading.Timer(post.get("after", 0), _post, (plan["url"], body.encode()))
        timer.daemon = True
        timer.start()


def _post(url, body):
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        connection.request("POST", parts.path or "/", body, {"content-type": "application/json"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        pass                                                # nobody listens (any more)
    finally:
        connection.close()
