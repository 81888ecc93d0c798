// SPDX-License-Identifier: MIT
// Layouts: where each video source is on the screen, and how loud each audio source is.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_LAYOUTS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_LAYOUTS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Adds a layout, which tells where each video source is on the screen and how loud each audio source is. At most 10
/// calls per second for an account and all its RAM users together.
struct add_caster_layout {
    /// An element of audio_layer.
    struct audio_layer_element {
        /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
        number fixed_delay_duration = {};
        /// leftChannel, rightChannel or all (default).
        std::string_view valid_channel = {};
        /// The volume as a factor, 0 to 10.0; 1.0 (default) leaves the volume as it is.
        std::string_view volume_rate = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"FixedDelayDuration", &audio_layer_element::fixed_delay_duration, true,
                                        value_rule::identifier>,
            detail::described_parameter<"ValidChannel", &audio_layer_element::valid_channel, true,
                                        value_rule::identifier>,
            detail::described_parameter<"VolumeRate", &audio_layer_element::volume_rate, true,
                                        value_rule::identifier>> parameters{};
    };

    /// An element of video_layer.
    struct video_layer_element {
        /// none (default: the video decides the shape) or fit (the video is scaled into the area and keeps its shape).
        std::string_view fill_mode = {};
        /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
        number fixed_delay_duration = {};
        /// The height as a part of the screen, 0 to 1. 0 keeps the size of the video; fit needs more than 0.
        std::string_view height_normalized = {};
        /// The position as two parts of the screen, x and y, each 0 to 1. Default: 0, 0.
        std::span<std::string_view const> position_normalized = {};
        /// The corner or side from which the position counts: topLeft (default), topCenter, topRight, leftCenter,
        /// center, rightCenter, bottomLeft, bottomCenter or bottomRight.
        std::string_view position_refer = {};
        /// The width as a part of the screen, 0 to 1. 0 keeps the size of the video; fit needs more than 0.
        std::string_view width_normalized = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"FillMode", &video_layer_element::fill_mode, true, value_rule::identifier>,
            detail::described_parameter<"FixedDelayDuration", &video_layer_element::fixed_delay_duration, true,
                                        value_rule::identifier>,
            detail::described_parameter<"HeightNormalized", &video_layer_element::height_normalized, true,
                                        value_rule::identifier>,
            detail::described_parameter<"PositionNormalized", &video_layer_element::position_normalized, true,
                                        value_rule::identifier>,
            detail::described_parameter<"PositionRefer", &video_layer_element::position_refer, true,
                                        value_rule::identifier>,
            detail::described_parameter<"WidthNormalized", &video_layer_element::width_normalized, true,
                                        value_rule::identifier>> parameters{};
    };

    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The sound of each audio source, in the order of MixList.
    std::span<audio_layer_element const> audio_layer;
    /// The location ids (RV01 to RV99) of the video sources, one for each element of VideoLayer.
    std::span<std::string_view const> blend_list;
    /// The location ids (RV01 to RV99) of the audio sources, one for each element of AudioLayer.
    std::span<std::string_view const> mix_list;
    /// The place of each video source, from the lowest to the highest layer, in the order of BlendList.
    std::span<video_layer_element const> video_layer;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddCasterLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:AddCasterLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_caster_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"AudioLayer", &add_caster_layout::audio_layer, false, value_rule::identifier>,
        detail::described_parameter<"BlendList", &add_caster_layout::blend_list, false, value_rule::identifier>,
        detail::described_parameter<"MixList", &add_caster_layout::mix_list, false, value_rule::identifier>,
        detail::described_parameter<"VideoLayer", &add_caster_layout::video_layer, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &add_caster_layout::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The layout's id.
        std::string_view layout_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"LayoutId", &reply::layout_id, false>> fields{};
    };
};

/// Lists the layouts of a studio, or reads one of them. At most 15 calls per second for an account and all its RAM
/// users together.
struct describe_caster_layouts {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// Only the layout with this id. Default: all layouts.
    std::string_view layout_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterLayouts",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterLayouts",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_layouts::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &describe_caster_layouts::layout_id, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_layouts::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of layouts.
    struct layout {
        /// An element of audio_layers.
        struct audio_layer {
            /// The delay in milliseconds.
            number fixed_delay_duration;
            /// leftChannel, rightChannel or all.
            std::string_view valid_channel;
            /// The volume as a factor; 1.0 leaves the volume as it is.
            std::string_view volume_rate;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"FixedDelayDuration", &audio_layer::fixed_delay_duration, false>,
                detail::described_field<"ValidChannel", &audio_layer::valid_channel, false>,
                detail::described_field<"VolumeRate", &audio_layer::volume_rate, false>> fields{};
        };

        /// An element of video_layers.
        struct video_layer {
            /// none (the video decides the shape) or fit (the video is scaled into the area and keeps its shape).
            std::string_view fill_mode;
            /// The delay in milliseconds.
            number fixed_delay_duration;
            /// The height as a part of the screen, 0 to 1.
            std::string_view height_normalized;
            /// The position as two parts of the screen, x and y, each 0 to 1.
            list<std::string_view> positions;
            /// The corner or side from which the position counts, e.g. "topLeft".
            std::string_view position_refer;
            /// The width as a part of the screen, 0 to 1.
            std::string_view width_normalized;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"FillMode", &video_layer::fill_mode, false>,
                detail::described_field<"FixedDelayDuration", &video_layer::fixed_delay_duration, false>,
                detail::described_field<"HeightNormalized", &video_layer::height_normalized, false>,
                detail::described_field<"PositionNormalizeds.Position", &video_layer::positions, false>,
                detail::described_field<"PositionRefer", &video_layer::position_refer, false>,
                detail::described_field<"WidthNormalized", &video_layer::width_normalized, false>> fields{};
        };

        /// The sound of each audio source, in the order of MixList.
        list<audio_layer> audio_layers;
        /// The location id of each video source.
        list<std::string_view> blend_list;
        /// The layout's id.
        std::string_view layout_id;
        /// The location id of each audio source.
        list<std::string_view> mix_list;
        /// The place of each video source, from the lowest to the highest layer, in the order of BlendList.
        list<video_layer> video_layers;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"AudioLayers.AudioLayer", &layout::audio_layers, false>,
            detail::described_field<"BlendList.LocationId", &layout::blend_list, false>,
            detail::described_field<"LayoutId", &layout::layout_id, false>,
            detail::described_field<"MixList.LocationId", &layout::mix_list, false>,
            detail::described_field<"VideoLayers.VideoLayer", &layout::video_layers, false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The layouts.
        list<layout> layouts;
        /// The number of entries.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"Layouts.Layout", &reply::layouts, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Changes a layout of a studio. At most 10 calls per second for an account and all its RAM users together.
struct modify_caster_layout {
    /// An element of audio_layer.
    struct audio_layer_element {
        /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
        number fixed_delay_duration = {};
        /// leftChannel, rightChannel or all (default).
        std::string_view valid_channel = {};
        /// The volume as a factor, 0 to 10.0; 1.0 (default) leaves the volume as it is.
        std::string_view volume_rate = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"FixedDelayDuration", &audio_layer_element::fixed_delay_duration, true,
                                        value_rule::identifier>,
            detail::described_parameter<"ValidChannel", &audio_layer_element::valid_channel, true,
                                        value_rule::identifier>,
            detail::described_parameter<"VolumeRate", &audio_layer_element::volume_rate, true,
                                        value_rule::identifier>> parameters{};
    };

    /// An element of video_layer.
    struct video_layer_element {
        /// none (default: the video decides the shape) or fit (the video is scaled into the area and keeps its shape).
        std::string_view fill_mode = {};
        /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
        number fixed_delay_duration = {};
        /// The height as a part of the screen, 0 to 1. 0 keeps the size of the video; fit needs more than 0.
        std::string_view height_normalized = {};
        /// The position as two parts of the screen, x and y, each 0 to 1. Default: 0, 0.
        std::span<std::string_view const> position_normalized = {};
        /// The corner or side from which the position counts: topLeft (default), topCenter, topRight, leftCenter,
        /// center, rightCenter, bottomLeft, bottomCenter or bottomRight.
        std::string_view position_refer = {};
        /// The width as a part of the screen, 0 to 1. 0 keeps the size of the video; fit needs more than 0.
        std::string_view width_normalized = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"FillMode", &video_layer_element::fill_mode, true, value_rule::identifier>,
            detail::described_parameter<"FixedDelayDuration", &video_layer_element::fixed_delay_duration, true,
                                        value_rule::identifier>,
            detail::described_parameter<"HeightNormalized", &video_layer_element::height_normalized, true,
                                        value_rule::identifier>,
            detail::described_parameter<"PositionNormalized", &video_layer_element::position_normalized, true,
                                        value_rule::identifier>,
            detail::described_parameter<"PositionRefer", &video_layer_element::position_refer, true,
                                        value_rule::identifier>,
            detail::described_parameter<"WidthNormalized", &video_layer_element::width_normalized, true,
                                        value_rule::identifier>> parameters{};
    };

    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The sound of each audio source, in the order of MixList.
    std::span<audio_layer_element const> audio_layer;
    /// The location ids (RV01 to RV99) of the video sources, one for each element of VideoLayer.
    std::span<std::string_view const> blend_list;
    /// The layout's id.
    std::string_view layout_id;
    /// The location ids (RV01 to RV99) of the audio sources, one for each element of AudioLayer.
    std::span<std::string_view const> mix_list;
    /// The place of each video source, from the lowest to the highest layer, in the order of BlendList.
    std::span<video_layer_element const> video_layer;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyCasterLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyCasterLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_caster_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"AudioLayer", &modify_caster_layout::audio_layer, false, value_rule::identifier>,
        detail::described_parameter<"BlendList", &modify_caster_layout::blend_list, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &modify_caster_layout::layout_id, false, value_rule::identifier>,
        detail::described_parameter<"MixList", &modify_caster_layout::mix_list, false, value_rule::identifier>,
        detail::described_parameter<"VideoLayer", &modify_caster_layout::video_layer, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &modify_caster_layout::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The layout's id.
        std::string_view layout_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"LayoutId", &reply::layout_id, false>> fields{};
    };
};

/// Deletes a layout of a studio. At most 10 calls per second for an account and all its RAM users together.
struct delete_caster_layout {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The layout's id.
    std::string_view layout_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteCasterLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteCasterLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_caster_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &delete_caster_layout::layout_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_caster_layout::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The layout's id.
        std::string_view layout_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"LayoutId", &reply::layout_id, false>> fields{};
    };
};

}}} // namespace restartcaster::live

#endif
