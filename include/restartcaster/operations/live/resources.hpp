// SPDX-License-Identifier: MIT
// The video sources of a studio (live streams, video files, pictures), and the channels that hold them.
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_caster_video_resource::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ResourceName", &add_caster_video_resource::resource_name, false,
                                    value_rule::any_text>,
        detail::described_parameter<"BeginOffset", &add_caster_video_resource::begin_offset, true,
                                    value_rule::identifier>,
        detail::described_parameter<"EndOffset", &add_caster_video_resource::end_offset, true, value_rule::identifier>,
        detail::described_parameter<"FixedDelayDuration", &add_caster_video_resource::fixed_delay_duration, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ImageId", &add_caster_video_resource::image_id, true, value_rule::identifier>,
        detail::described_parameter<"ImageUrl", &add_caster_video_resource::image_url, true, value_rule::identifier>,
        detail::described_parameter<"LiveStreamUrl", &add_caster_video_resource::live_stream_url, true,
                                    value_rule::identifier>,
        detail::described_parameter<"LocationId", &add_caster_video_resource::location_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"MaterialId", &add_caster_video_resource::material_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"PtsCallbackInterval", &add_caster_video_resource::pts_callback_interval, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &add_caster_video_resource::region_id, true, value_rule::identifier>,
        detail::described_parameter<"RepeatNum", &add_caster_video_resource::repeat_num, true, value_rule::identifier>,
        detail::described_parameter<"VodUrl", &add_caster_video_resource::vod_url, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The video source's id.
        std::string_view resource_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ResourceId", &reply::resource_id, false>> fields{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_video_resources::caster_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_video_resources::region_id, true,
                                    value_rule::identifier>> parameters{};

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
        static constexpr restartcaster::fields<
            detail::described_field<"BeginOffset", &video_resource::begin_offset, false>,
            detail::described_field<"EndOffset", &video_resource::end_offset, false>,
            detail::described_field<"FlvUrl", &video_resource::flv_url, true>,
            detail::described_field<"ImageId", &video_resource::image_id, false>,
            detail::described_field<"ImageUrl", &video_resource::image_url, false>,
            detail::described_field<"LiveStreamUrl", &video_resource::live_stream_url, true>,
            detail::described_field<"LocationId", &video_resource::location_id, false>,
            detail::described_field<"MaterialId", &video_resource::material_id, false>,
            detail::described_field<"PtsCallbackInterval", &video_resource::pts_callback_interval, false>,
            detail::described_field<"RepeatNum", &video_resource::repeat_num, false>,
            detail::described_field<"ResourceId", &video_resource::resource_id, false>,
            detail::described_field<"ResourceName", &video_resource::resource_name, false>,
            detail::described_field<"VodUrl", &video_resource::vod_url, true>> fields{};
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
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"Total", &reply::total, false>,
            detail::described_field<"VideoResources.VideoResource", &reply::video_resources, false>> fields{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_caster_video_resource::caster_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceId", &modify_caster_video_resource::resource_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"BeginOffset", &modify_caster_video_resource::begin_offset, true,
                                    value_rule::identifier>,
        detail::described_parameter<"EndOffset", &modify_caster_video_resource::end_offset, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ImageId", &modify_caster_video_resource::image_id, true, value_rule::identifier>,
        detail::described_parameter<"ImageUrl", &modify_caster_video_resource::image_url, true, value_rule::identifier>,
        detail::described_parameter<"LiveStreamUrl", &modify_caster_video_resource::live_stream_url, true,
                                    value_rule::identifier>,
        detail::described_parameter<"MaterialId", &modify_caster_video_resource::material_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"PtsCallbackInterval", &modify_caster_video_resource::pts_callback_interval, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &modify_caster_video_resource::region_id, true, value_rule::identifier>,
        detail::described_parameter<"RepeatNum", &modify_caster_video_resource::repeat_num, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceName", &modify_caster_video_resource::resource_name, true,
                                    value_rule::any_text>,
        detail::described_parameter<"VodUrl", &modify_caster_video_resource::vod_url, true,
                                    value_rule::identifier>> parameters{};

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
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"ResourceId", &reply::resource_id, false>> fields{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_caster_video_resource::caster_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceId", &delete_caster_video_resource::resource_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_caster_video_resource::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Lists the channels of a studio and the video source in each. At most 15 calls per second for an account and all its
/// RAM users together.
/// Errors: the service documents PermissionDenied (401), InvalidCaster.NotFound (404), InternalError (500).
struct describe_caster_channels {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterChannels",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterChannels",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_channels::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_channels::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of channels.
    struct channel {
        /// The channel, RV01 to RV12.
        std::string_view channel_id;
        /// The setting of the retouching of faces.
        std::string_view face_beauty;
        /// The id of the video source in the channel.
        std::string_view resource_id;
        /// The RTMP URL at which the channel can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view rtmp_url;
        /// The URL at which the channel can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view stream_url;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"ChannelId", &channel::channel_id, false>,
            detail::described_field<"FaceBeauty", &channel::face_beauty, false>,
            detail::described_field<"ResourceId", &channel::resource_id, false>,
            detail::described_field<"RtmpUrl", &channel::rtmp_url, true>,
            detail::described_field<"StreamUrl", &channel::stream_url, true>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The channels.
        list<channel> channels;
        /// The number of entries.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"Channels.Channel", &reply::channels, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Puts a video source into a channel, and sets its position and whether it plays. At most 10 calls per second for an
/// account and all its RAM users together.
struct set_caster_channel {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The channel, RV01 to RV12. A studio gets its number of channels when it is created.
    std::string_view channel_id;
    /// Retouching of faces: 0 all, 1 smoother skin, 2 whiter skin, 3 no dark circles, 4 no nose folds.
    std::string_view face_beauty = {};
    /// For a file: 1 (default) plays, 0 pauses.
    number play_status = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The video source's id.
    std::string_view resource_id = {};
    /// For a file: where playing goes on, in milliseconds from the first frame; at least 0.
    number seek_offset = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "SetCasterChannel",
                                           .version = "2016-11-01",
                                           .permission = "live:SetCasterChannel",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &set_caster_channel::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ChannelId", &set_caster_channel::channel_id, false, value_rule::identifier>,
        detail::described_parameter<"FaceBeauty", &set_caster_channel::face_beauty, true, value_rule::identifier>,
        detail::described_parameter<"PlayStatus", &set_caster_channel::play_status, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &set_caster_channel::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ResourceId", &set_caster_channel::resource_id, true, value_rule::identifier>,
        detail::described_parameter<"SeekOffset", &set_caster_channel::seek_offset, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}}} // namespace restartcaster::live

#endif
