# SPDX-License-Identifier: MIT
"""The fields of answers that describe a studio: in a list, its settings, its scenes, its streams.

Source: the vendor's pages on DescribeCasters, DescribeCasterConfig, DescribeCasterScenes, DescribeCasterStreamUrl and
StartCaster; the vendor's page on URL signing (type A) for `auth_key`. Ours: the values where the pages leave them open,
settings that are the same for every studio, and URLs for running scenes only.
"""

import hashlib
import uuid

import lives

DOMAIN, APPLICATION = "play.example.com", "caster"
PREVIEW, PROGRAM = OUTPUTS = ("0", "1")                     # the field OutputType: PVW, PGM

_SCENES = uuid.UUID("7b0f3a52-52a8-4c0d-9d0c-6c7d2f7c1a10")  # a name space for ids: a studio keeps its scenes
_URL_KEY, _URL_SECONDS = "standin", 1800


def scene_id(caster_id, output):
    return str(uuid.uuid5(_SCENES, output + caster_id))


def stream_name(caster_id, output):
    return hashlib.md5((output + caster_id).encode()).hexdigest()


def _url(scheme, ending, caster_id, output, now):
    path = f"/{APPLICATION}/{stream_name(caster_id, output)}{ending}"
    until = int(now) + _URL_SECONDS
    key = hashlib.md5(f"{path}-{until}-0-0-{_URL_KEY}".encode()).hexdigest()
    return f"{scheme}://{DOMAIN}{path}?auth_key={until}-0-0-{key}"


def caster(caster_id, life, now):
    fields = {
        "CasterId": caster_id,
        "CasterName": life.name,
        "CasterTemplate": life.template,
        "ChannelEnable": 1,
        "ChargeType": life.charge_type,
        "ClientTokenId": life.client_token,
        "CreateTime": lives.with_blank(life.created),
        "Duration": lives.hours(now - life.started) if life.is_running else None,
        "ExpireTime": None if life.expires is None else lives.with_blank(life.expires),
        "LastModified": lives.with_t(life.modified),
        "NormType": life.norm_type,
        "PurchaseTime": None if life.purchased is None else lives.with_blank(life.purchased),
        "ResourceGroupId": life.resource_group,
        "StartTime": lives.with_blank(life.started) if life.is_running else None,
        "Status": int(life.is_running),
        "Tags": {"tag": [{"TagKey": key, "TagValue": value} for key, value in life.tags]},
    }
    return {name: value for name, value in fields.items() if value is not None}


def stream_infos(caster_id, output, now):
    return {"StreamInfo": [{"OutputStreamUrl": _url("http", "_lld.flv", caster_id, output, now),
                            "TranscodeConfig": "lld", "VideoFormat": "flv"}]}


def started(caster_id, now):
    """What StartCaster answers: PVW has no StreamInfos in the vendor's pages."""
    def scene(output):
        return {"SceneId": scene_id(caster_id, output), "StreamUrl": _url("rtmp", "", caster_id, output, now)}
    program = {**scene(PROGRAM), "StreamInfos": stream_infos(caster_id, PROGRAM, now)}
    return {"PgmSceneInfos": {"SceneInfo": [program]}, "PvwSceneInfos": {"SceneInfo": [scene(PREVIEW)]}}


def scenes(caster_id, life, now):
    listed = []
    for output in OUTPUTS if life.has_scenes else ():
        scene = {"SceneId": scene_id(caster_id, output), "SceneName": "scene" + output, "OutputType": output,
                 "LayoutId": str(uuid.uuid5(_SCENES, "layout" + caster_id)), "Status": int(life.is_running),
                 "ComponentIds": {"componentId": [str(uuid.uuid5(_SCENES, "component" + caster_id))]},
                 "StreamInfos": {"StreamInfo": []}}
        if life.is_running:
            scene["StreamUrl"] = _url("rtmp", "", caster_id, output, now)
            scene["StreamInfos"] = stream_infos(caster_id, output, now)
        listed.append(scene)
    return listed


def streams(caster_id, life, now):
    """OutputType is a number here, and text in the scenes."""
    return [{"OutputType": int(output), "SceneId": scene_id(caster_id, output),
             "StreamUrl": _url("http", ".flv", caster_id, output, now),
             "RtmpUrl": _url("rtmp", "", caster_id, output, now),
             "StreamInfos": stream_infos(caster_id, output, now)} for output in OUTPUTS if life.is_running]


def config(caster_id, life, now):
    side = _url("rtmp", "_side", caster_id, PROGRAM, now)
    recording = {"Format": "m3u8", "CycleDuration": 3600, "OssObjectPrefix": "record/{AppName}/{StreamName}",
                 "SliceOssObjectPrefix": "record/{AppName}/{StreamName}/{UnixTimestamp}"}
    return {
        "CasterId": caster_id, "CasterName": life.name, "ChannelEnable": 1, "DomainName": DOMAIN, "Delay": 2.5,
        "ProgramEffect": 0, "ProgramName": "program", "CallbackUrl": "http://callback.example.com/caster",
        "AudioMixerMode": "", "AutoSwitchUrgentOn": "true", "AutoSwitchUrgentConfig": '{"eofThres":3}',
        "UrgentMaterialId": "", "UrgentImageId": "", "UrgentImageUrl": "http://images.example.com/urgent.jpg",
        "UrgentLiveStreamUrl": "rtmp://urgent.example.com/live/stream",
        "SideOutputUrl": side, "SideOutputUrlList": side,
        "RecordConfig": {"OnDemand": 0, "OssBucket": "recordings", "OssEndpoint": "oss.example.com",
                         "RecordFormat": {"RecordFormat": [recording]}},
        "SyncGroupsConfig": {"SyncGroup": [{"Mode": 0, "HostResourceId": "resource-1",
                                            "ResourceIds": {"ResourceId": ["resource-2", "resource-3"]}}]},
        "TranscodeConfig": {"CasterTemplate": life.template or "lp_hd", "LiveTemplateIds": {"LocationId": ["lld"]},
                            "CustomParams": {"video": {"bitrate": 2500, "fps": 25, "height": 720, "width": 1280}}},
    }
