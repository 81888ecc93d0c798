// SPDX-License-Identifier: MIT
// The layouts of a virtual studio, which puts people in front of a background.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_VIRTUAL_STUDIOS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_VIRTUAL_STUDIOS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../../read/reply.hpp"
#include "../operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Adds a layout to a virtual studio. At most 10 calls per second for an account and all its RAM users together.
struct add_studio_layout {
    /// The id of a virtual studio.
    std::string_view caster_id;
    /// The name of the layout, for people.
    std::string_view layout_name;
    /// common (one picture) or studio (people in front of a background).
    std::string_view layout_type;
    /// The background as JSON. A layout of type studio needs it.
    std::string_view bg_image_config = {};
    /// The channel of the only picture as JSON, e.g. {"ChannelId":"RV01"}. A layout of type common needs it.
    std::string_view common_config = {};
    /// The order of background and media as JSON, from the lowest to the highest layer.
    std::string_view layer_order_config_list = {};
    /// Videos and pictures in a layout of type studio, as JSON.
    std::string_view media_input_config_list = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The sources with a green or blue screen, as JSON. A layout of type studio needs them.
    std::string_view screen_input_config_list = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddStudioLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:AddStudioLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_studio_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutName", &add_studio_layout::layout_name, false, value_rule::any_text>,
        detail::described_parameter<"LayoutType", &add_studio_layout::layout_type, false, value_rule::identifier>,
        detail::described_parameter<"BgImageConfig", &add_studio_layout::bg_image_config, true, value_rule::any_text>,
        detail::described_parameter<"CommonConfig", &add_studio_layout::common_config, true, value_rule::any_text>,
        detail::described_parameter<"LayerOrderConfigList", &add_studio_layout::layer_order_config_list, true,
                                    value_rule::any_text>,
        detail::described_parameter<"MediaInputConfigList", &add_studio_layout::media_input_config_list, true,
                                    value_rule::any_text>,
        detail::described_parameter<"RegionId", &add_studio_layout::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ScreenInputConfigList", &add_studio_layout::screen_input_config_list, true,
                                    value_rule::any_text>> parameters{};

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

/// Lists the layouts of a virtual studio. For another kind of studio the service answers InvalidCaster.NotFound. At
/// most 15 calls per second for an account and all its RAM users together.
struct describe_studio_layouts {
    /// The id of a virtual studio.
    std::string_view caster_id;
    /// Only the layouts with these ids, separated by commas. Default: all layouts.
    std::string_view layout_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeStudioLayouts",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeStudioLayouts",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_studio_layouts::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &describe_studio_layouts::layout_id, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_studio_layouts::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of studio_layouts.
    struct studio_layout {
        /// The object bg_image_config.
        struct bg_image_config_object {
            /// The id of the background in this layout.
            std::string_view id;
            /// The URL of the picture.
            std::string_view image_url;
            /// The location id of the background.
            std::string_view location_id;
            /// The id of the picture in ApsaraVideo VOD.
            std::string_view material_id;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"Id", &bg_image_config_object::id, false>,
                detail::described_field<"ImageUrl", &bg_image_config_object::image_url, false>,
                detail::described_field<"LocationId", &bg_image_config_object::location_id, false>,
                detail::described_field<"MaterialId", &bg_image_config_object::material_id, false>> fields{};
        };

        /// The object common_config.
        struct common_config_object {
            /// The channel with the video source, e.g. "RV01".
            std::string_view channel_id;
            /// The video source's id.
            std::string_view video_resource_id;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"ChannelId", &common_config_object::channel_id, false>,
                detail::described_field<"VideoResourceId", &common_config_object::video_resource_id, false>> fields{};
        };

        /// An element of layer_order_config_list.
        struct layer_order_config {
            /// The id of the background or medium in this layout.
            std::string_view id;
            /// background or media.
            std::string_view type;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"Id", &layer_order_config::id, false>,
                detail::described_field<"Type", &layer_order_config::type, false>> fields{};
        };

        /// An element of media_input_config_list.
        struct media_input_config {
            /// The channel with the video source, e.g. "RV01".
            std::string_view channel_id;
            /// none (the video decides the shape) or fit (the video is scaled into the area and keeps its shape).
            std::string_view fill_mode;
            /// The height as a part of the background, 0 to 1.
            std::string_view height_normalized;
            /// The id of the medium in this layout.
            std::string_view id;
            /// The id of a picture in ApsaraVideo VOD.
            std::string_view image_material_id;
            /// A number for display; the service does not use it.
            number index;
            /// The position as two parts of the background, x and y, each 0 to 1.
            list<std::string_view> position_normalizeds;
            /// The corner or side from which the position counts, e.g. "topLeft".
            std::string_view position_refer;
            /// The video source's id.
            std::string_view video_resource_id;
            /// The width as a part of the background, 0 to 1.
            std::string_view width_normalized;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"ChannelId", &media_input_config::channel_id, false>,
                detail::described_field<"FillMode", &media_input_config::fill_mode, false>,
                detail::described_field<"HeightNormalized", &media_input_config::height_normalized, false>,
                detail::described_field<"Id", &media_input_config::id, false>,
                detail::described_field<"ImageMaterialId", &media_input_config::image_material_id, false>,
                detail::described_field<"Index", &media_input_config::index, false>,
                detail::described_field<"PositionNormalized", &media_input_config::position_normalizeds, false>,
                detail::described_field<"PositionRefer", &media_input_config::position_refer, false>,
                detail::described_field<"VideoResourceId", &media_input_config::video_resource_id, false>,
                detail::described_field<"WidthNormalized", &media_input_config::width_normalized, false>> fields{};
        };

        /// An element of screen_input_config_list.
        struct screen_input_config {
            /// The object audio_config.
            struct audio_config_object {
                /// The sound channel that is used.
                std::string_view valid_channel;
                /// The volume as a factor; 1.0 leaves the volume as it is.
                std::string_view volume_rate;

                /// The fields, with their names on the wire.
                static constexpr restartcaster::fields<
                    detail::described_field<"ValidChannel", &audio_config_object::valid_channel, false>,
                    detail::described_field<"VolumeRate", &audio_config_object::volume_rate, false>> fields{};
            };

            /// The sound of the source.
            audio_config_object audio_config;
            /// The channel with the video source, e.g. "RV01".
            std::string_view channel_id;
            /// The background that is cut out: green, blue, auto (found by the service) or complex (any scene).
            std::string_view color;
            /// The height of the person as a part of the background, 0 to 1.
            std::string_view height_normalized;
            /// The id of the source in this layout.
            std::string_view id;
            /// A number for display; the service does not use it.
            number index;
            /// Whether only the sound of the source is used.
            boolean only_audio;
            /// The person is shown 0 to the waist, 1 from head to foot.
            number portrait_type;
            /// The position from the left, as a part of the background, 0 to 1.
            std::string_view position_x;
            /// The position from the top, as a part of the background, 0 to 1.
            std::string_view position_y;
            /// The video source's id.
            std::string_view video_resource_id;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"AudioConfig", &screen_input_config::audio_config, false>,
                detail::described_field<"ChannelId", &screen_input_config::channel_id, false>,
                detail::described_field<"Color", &screen_input_config::color, false>,
                detail::described_field<"HeightNormalized", &screen_input_config::height_normalized, false>,
                detail::described_field<"Id", &screen_input_config::id, false>,
                detail::described_field<"Index", &screen_input_config::index, false>,
                detail::described_field<"OnlyAudio", &screen_input_config::only_audio, false>,
                detail::described_field<"PortraitType", &screen_input_config::portrait_type, false>,
                detail::described_field<"PositionX", &screen_input_config::position_x, false>,
                detail::described_field<"PositionY", &screen_input_config::position_y, false>,
                detail::described_field<"VideoResourceId", &screen_input_config::video_resource_id, false>> fields{};
        };

        /// The background.
        bg_image_config_object bg_image_config;
        /// The only picture of a layout of type common.
        common_config_object common_config;
        /// Background and media, from the lowest to the highest layer.
        list<layer_order_config> layer_order_config_list;
        /// The layout's id.
        std::string_view layout_id;
        /// The name of the layout, for people.
        std::string_view layout_name;
        /// common (one picture) or studio (people in front of a background).
        std::string_view layout_type;
        /// Videos and pictures of a layout of type studio.
        list<media_input_config> media_input_config_list;
        /// The sources with a green or blue screen.
        list<screen_input_config> screen_input_config_list;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"BgImageConfig", &studio_layout::bg_image_config, false>,
            detail::described_field<"CommonConfig", &studio_layout::common_config, false>,
            detail::described_field<"LayerOrderConfigList", &studio_layout::layer_order_config_list, false>,
            detail::described_field<"LayoutId", &studio_layout::layout_id, false>,
            detail::described_field<"LayoutName", &studio_layout::layout_name, false>,
            detail::described_field<"LayoutType", &studio_layout::layout_type, false>,
            detail::described_field<"MediaInputConfigList", &studio_layout::media_input_config_list, false>,
            detail::described_field<"ScreenInputConfigList", &studio_layout::screen_input_config_list, false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The layouts.
        list<studio_layout> studio_layouts;
        /// The number of entries.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"StudioLayouts", &reply::studio_layouts, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Changes a layout of a virtual studio; a setting that the call leaves out stays as it is. At most 10 calls per second
/// for an account and all its RAM users together.
struct modify_studio_layout {
    /// The id of a virtual studio.
    std::string_view caster_id;
    /// The layout's id.
    std::string_view layout_id;
    /// The background as JSON. A layout of type studio needs it.
    std::string_view bg_image_config = {};
    /// The channel of the only picture as JSON, e.g. {"ChannelId":"RV01"}. A layout of type common needs it.
    std::string_view common_config = {};
    /// The order of background and media as JSON, from the lowest to the highest layer.
    std::string_view layer_order_config_list = {};
    /// The name of the layout, for people.
    std::string_view layout_name = {};
    /// Videos and pictures in a layout of type studio, as JSON.
    std::string_view media_input_config_list = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The sources with a green or blue screen, as JSON. A layout of type studio needs them.
    std::string_view screen_input_config_list = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyStudioLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyStudioLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_studio_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &modify_studio_layout::layout_id, false, value_rule::identifier>,
        detail::described_parameter<"BgImageConfig", &modify_studio_layout::bg_image_config, true,
                                    value_rule::any_text>,
        detail::described_parameter<"CommonConfig", &modify_studio_layout::common_config, true, value_rule::any_text>,
        detail::described_parameter<"LayerOrderConfigList", &modify_studio_layout::layer_order_config_list, true,
                                    value_rule::any_text>,
        detail::described_parameter<"LayoutName", &modify_studio_layout::layout_name, true, value_rule::any_text>,
        detail::described_parameter<"MediaInputConfigList", &modify_studio_layout::media_input_config_list, true,
                                    value_rule::any_text>,
        detail::described_parameter<"RegionId", &modify_studio_layout::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ScreenInputConfigList", &modify_studio_layout::screen_input_config_list, true,
                                    value_rule::any_text>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Deletes one layout of a virtual studio. At most 10 calls per second for an account and all its RAM users together.
struct delete_studio_layout {
    /// The id of a virtual studio.
    std::string_view caster_id;
    /// The layout's id.
    std::string_view layout_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteStudioLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteStudioLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_studio_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &delete_studio_layout::layout_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_studio_layout::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}}} // namespace restartcaster::live

#endif
