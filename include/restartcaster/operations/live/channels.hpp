// SPDX-License-Identifier: MIT
// Channels, which hold the video sources of a studio.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_CHANNELS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_CHANNELS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../../read/reply.hpp"
#include "../operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

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
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &describe_caster_channels::caster_id>,
        optional<"RegionId", &describe_caster_channels::region_id>);

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
        static constexpr auto fields = restartcaster::fields(
            field<"ChannelId", &channel::channel_id>,
            field<"FaceBeauty", &channel::face_beauty>,
            field<"ResourceId", &channel::resource_id>,
            secret_field<"RtmpUrl", &channel::rtmp_url>,
            secret_field<"StreamUrl", &channel::stream_url>);
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
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"Channels.Channel", &reply::channels>,
            field<"Total", &reply::total>);
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
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &set_caster_channel::caster_id>,
        required<"ChannelId", &set_caster_channel::channel_id>,
        optional<"FaceBeauty", &set_caster_channel::face_beauty>,
        optional<"PlayStatus", &set_caster_channel::play_status>,
        optional<"RegionId", &set_caster_channel::region_id>,
        optional<"ResourceId", &set_caster_channel::resource_id>,
        optional<"SeekOffset", &set_caster_channel::seek_offset>);
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}}} // namespace restartcaster::live

#endif
