// SPDX-License-Identifier: MIT
// Streams: where the output of a studio is played, and whether a stream is on air.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_STREAMS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_STREAMS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Lists the addresses at which the output of a studio can be played. At most 5 calls per second for an account and all
/// its RAM users together.
/// Errors: the service documents IllegalOperation (401), InvalidCaster.NotFound (404), InvalidScene.NotFound (404),
///   InternalError (500).
struct describe_caster_stream_url {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterStreamUrl",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterStreamUrl",
                                           .calls_per_second = 5,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_stream_url::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_stream_url::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of caster_streams.
    struct caster_stream {
        /// An element of stream_infos.
        struct stream_info {
            /// The URL of this format. Whoever has it can watch: it may contain an auth_key.
            std::string_view output_stream_url;
            /// The name of the transcoding template of this format.
            std::string_view transcode_config;
            /// The container format of the stream.
            std::string_view video_format;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"OutputStreamUrl", &stream_info::output_stream_url, true>,
                detail::described_field<"TranscodeConfig", &stream_info::transcode_config, false>,
                detail::described_field<"VideoFormat", &stream_info::video_format, false>> fields{};
        };

        /// 0 preview (PVW), 1 programme (PGM).
        number output_type;
        /// The RTMP URL at which the output can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view rtmp_url;
        /// The scene's id.
        std::string_view scene_id;
        /// The streams of the scene, one for each output format.
        list<stream_info> stream_infos;
        /// The URL at which the output can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view stream_url;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"OutputType", &caster_stream::output_type, false>,
            detail::described_field<"RtmpUrl", &caster_stream::rtmp_url, true>,
            detail::described_field<"SceneId", &caster_stream::scene_id, false>,
            detail::described_field<"StreamInfos.StreamInfo", &caster_stream::stream_infos, false>,
            detail::described_field<"StreamUrl", &caster_stream::stream_url, true>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The output of each scene.
        list<caster_stream> caster_streams;
        /// The number of entries.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"CasterStreams.CasterStream", &reply::caster_streams, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Tells whether a stream is on air at this moment. At most 100 calls per second for an account and all its RAM users
/// together.
/// Errors: the service documents InvalidParam (400), InternalError (500).
struct describe_live_stream_state {
    /// The application name in the URL of the stream.
    std::string_view app_name;
    /// The domain name of the stream.
    std::string_view domain_name;
    /// The name of the stream.
    std::string_view stream_name;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeLiveStreamState",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeLiveStreamState",
                                           .calls_per_second = 100,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"AppName", &describe_live_stream_state::app_name, false, value_rule::identifier>,
        detail::described_parameter<"DomainName", &describe_live_stream_state::domain_name, false,
                                    value_rule::identifier>,
        detail::described_parameter<"StreamName", &describe_live_stream_state::stream_name, false,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_live_stream_state::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// online or offline. Older documents list forbidden too.
        std::string_view stream_state;
        /// How the stream comes in: push or pull.
        std::string_view type;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"StreamState", &reply::stream_state, false>,
            detail::described_field<"Type", &reply::type, false>> fields{};
    };
};

}}} // namespace restartcaster::live

#endif
