// SPDX-License-Identifier: MIT
// The video sources of a studio: live streams, video files and pictures.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_RESOURCES_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_RESOURCES_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../../read/reply.hpp"
#include "../operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Adds a video source to a studio: a live stream, a video file or a picture. The studio has room for as many as it has
/// input channels. At most 10 calls per second for an account and all its RAM users together.
/// Errors: the service documents IllegalOperation (401), InvalidParameter.Malformed (400),
///   InvalidLiveStreamUrl.Malformed (400), InvalidMaterialId.Malformed (400), InvalidCaster.NotFound (404),
///   DuplicateLocationID (400), ResourceNumberExceed (400), InternalError (500).
struct add_caster_video_resource {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The name of the video source, for people.
    std::string_view resource_name;
    /// For a file: where playing starts, in milliseconds from the first frame.
    number begin_offset = {};
    /// For a file: where playing ends, in milliseconds; positive from the first frame, negative from the last.
    number end_offset = {};
    /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
    number fixed_delay_duration = {};
    /// For a picture: its id in the media library.
    std::string_view image_id = {};
    /// For a picture outside the media library: its URL. JPG or PNG, at most 10 MB.
    std::string_view image_url = {};
    /// For a live stream: its URL. Other sources have none.
    std::string_view live_stream_url = {};
    /// A free place for the source, RV01 to RV99, by which layouts refer to it. The service requires it, although its
    /// metadata does not.
    std::string_view location_id = {};
    /// For a file in the media library: its id there.
    std::string_view material_id = {};
    /// How often the service reports the position in the video, in milliseconds.
    number pts_callback_interval = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// How often the file repeats: 0 (default) plays it once, -1 repeats it for ever.
    number repeat_num = {};
    /// For a file outside the media library: its URL. MP4, FLV or TS.
    std::string_view vod_url = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddCasterVideoResource",
                                           .version = "2016-11-01",
                                           .permission = "live:AddCasterVideoResource",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &add_caster_video_resource::caster_id>,
        required<"ResourceName", &add_caster_video_resource::resource_name, value_rule::any_text>,
        optional<"BeginOffset", &add_caster_video_resource::begin_offset>,
        optional<"EndOffset", &add_caster_video_resource::end_offset>,
        optional<"FixedDelayDuration", &add_caster_video_resource::fixed_delay_duration>,
        optional<"ImageId", &add_caster_video_resource::image_id>,
        optional<"ImageUrl", &add_caster_video_resource::image_url>,
        optional<"LiveStreamUrl", &add_caster_video_resource::live_stream_url>,
        optional<"LocationId", &add_caster_video_resource::location_id>,
        optional<"MaterialId", &add_caster_video_resource::material_id>,
        optional<"PtsCallbackInterval", &add_caster_video_resource::pts_callback_interval>,
        optional<"RegionId", &add_caster_video_resource::region_id>,
        optional<"RepeatNum", &add_caster_video_resource::repeat_num>,
        optional<"VodUrl", &add_caster_video_resource::vod_url>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The video source's id.
        std::string_view resource_id;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"ResourceId", &reply::resource_id>);
    };
};

/// Lists the video sources of a studio. At most 15 calls per second for an account and all its RAM users together.
struct describe_caster_video_resources {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterVideoResources",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterVideoResources",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &describe_caster_video_resources::caster_id>,
        optional<"RegionId", &describe_caster_video_resources::region_id>);

    /// An element of video_resources.
    struct video_resource {
        /// For a file: where playing starts, in milliseconds from the first frame.
        number begin_offset;
        /// For a file: where playing ends, in milliseconds; positive from the first frame, negative from the last.
        number end_offset;
        /// The URL of the source as FLV. Whoever has it can watch: it may contain an auth_key.
        std::string_view flv_url;
        /// For a picture: its id in the media library.
        std::string_view image_id;
        /// For a picture outside the media library: its URL.
        std::string_view image_url;
        /// For a live stream: its URL. Whoever has it can watch: it may contain an auth_key.
        std::string_view live_stream_url;
        /// The place of the source, RV01 to RV99, by which layouts refer to it.
        std::string_view location_id;
        /// For a file in the media library: its id there.
        std::string_view material_id;
        /// How often the service reports the position in the video, in milliseconds.
        number pts_callback_interval;
        /// How often the file repeats: 0 plays it once, -1 repeats it for ever.
        number repeat_num;
        /// The video source's id.
        std::string_view resource_id;
        /// The name of the video source, for people.
        std::string_view resource_name;
        /// For a file outside the media library: its URL. It may contain an auth_key.
        std::string_view vod_url;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"BeginOffset", &video_resource::begin_offset>,
            field<"EndOffset", &video_resource::end_offset>,
            secret_field<"FlvUrl", &video_resource::flv_url>,
            field<"ImageId", &video_resource::image_id>,
            field<"ImageUrl", &video_resource::image_url>,
            secret_field<"LiveStreamUrl", &video_resource::live_stream_url>,
            field<"LocationId", &video_resource::location_id>,
            field<"MaterialId", &video_resource::material_id>,
            field<"PtsCallbackInterval", &video_resource::pts_callback_interval>,
            field<"RepeatNum", &video_resource::repeat_num>,
            field<"ResourceId", &video_resource::resource_id>,
            field<"ResourceName", &video_resource::resource_name>,
            secret_field<"VodUrl", &video_resource::vod_url>);
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The number of entries.
        number total;
        /// The video sources.
        list<video_resource> video_resources;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"Total", &reply::total>,
            field<"VideoResources.VideoResource", &reply::video_resources>);
    };
};

/// Changes a video source of a studio. At most 10 calls per second for an account and all its RAM users together.
struct modify_caster_video_resource {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The video source's id.
    std::string_view resource_id;
    /// For a file: where playing starts, in milliseconds from the first frame.
    number begin_offset = {};
    /// For a file: where playing ends, in milliseconds; positive from the first frame, negative from the last.
    number end_offset = {};
    /// For a picture: its id in the media library.
    std::string_view image_id = {};
    /// For a picture outside the media library: its URL. JPG or PNG, at most 10 MB.
    std::string_view image_url = {};
    /// For a live stream: its URL. Other sources have none.
    std::string_view live_stream_url = {};
    /// For a file in the media library: its id there.
    std::string_view material_id = {};
    /// For a file: how often the service reports the position in the video, in milliseconds.
    number pts_callback_interval = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// How often the file repeats: 0 (default) plays it once, -1 repeats it for ever.
    number repeat_num = {};
    /// The name of the video source, for people.
    std::string_view resource_name = {};
    /// For a file outside the media library: its URL. MP4, FLV or TS.
    std::string_view vod_url = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyCasterVideoResource",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyCasterVideoResource",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &modify_caster_video_resource::caster_id>,
        required<"ResourceId", &modify_caster_video_resource::resource_id>,
        optional<"BeginOffset", &modify_caster_video_resource::begin_offset>,
        optional<"EndOffset", &modify_caster_video_resource::end_offset>,
        optional<"ImageId", &modify_caster_video_resource::image_id>,
        optional<"ImageUrl", &modify_caster_video_resource::image_url>,
        optional<"LiveStreamUrl", &modify_caster_video_resource::live_stream_url>,
        optional<"MaterialId", &modify_caster_video_resource::material_id>,
        optional<"PtsCallbackInterval", &modify_caster_video_resource::pts_callback_interval>,
        optional<"RegionId", &modify_caster_video_resource::region_id>,
        optional<"RepeatNum", &modify_caster_video_resource::repeat_num>,
        optional<"ResourceName", &modify_caster_video_resource::resource_name, value_rule::any_text>,
        optional<"VodUrl", &modify_caster_video_resource::vod_url>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The video source's id.
        std::string_view resource_id;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"CasterId", &reply::caster_id>,
            field<"ResourceId", &reply::resource_id>);
    };
};

/// Removes a video source from a studio. At most 10 calls per second for an account and all its RAM users together.
struct delete_caster_video_resource {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The video source's id.
    std::string_view resource_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteCasterVideoResource",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteCasterVideoResource",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &delete_caster_video_resource::caster_id>,
        required<"ResourceId", &delete_caster_video_resource::resource_id>,
        optional<"RegionId", &delete_caster_video_resource::region_id>);
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}}} // namespace restartcaster::live

#endif
