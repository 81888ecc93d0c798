// SPDX-License-Identifier: MIT
// The show list of a studio in playlist mode, and the playlist of one in light carousel mode.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_SHOWS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_SHOWS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../../read/reply.hpp"
#include "../operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Adds one show, or many at once, to the show list of a studio in playlist mode. A show list holds at most 1000 shows.
/// At most 10 calls per second for an account and all its RAM users together.
struct add_show_into_show_list {
    /// An element of show_list.
    struct show_list_element {
        /// For how many seconds the show is on air. A live stream needs it; other shows have it or repeatTimes.
        number duration = {};
        /// A number of your own that marks the kind of show.
        number live_input_type = {};
        /// How often the show repeats: 0 (default) plays it once, 1 plays it twice.
        number repeat_times = {};
        /// The id of the file in ApsaraVideo VOD.
        std::string_view resource_id = {};
        /// live, vod (a video file) or pic (a picture).
        std::string_view resource_type = {};
        /// The URL of the stream or file.
        std::string_view resource_url = {};
        /// The name of the show, for people.
        std::string_view show_name = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr auto parameters = restartcaster::parameters(
            optional<"duration", &show_list_element::duration>,
            optional<"liveInputType", &show_list_element::live_input_type>,
            optional<"repeatTimes", &show_list_element::repeat_times>,
            optional<"resourceId", &show_list_element::resource_id>,
            optional<"resourceType", &show_list_element::resource_type>,
            optional<"resourceUrl", &show_list_element::resource_url>,
            optional<"showName", &show_list_element::show_name, value_rule::any_text>);
    };

    /// The id of a studio in playlist mode.
    std::string_view caster_id;
    /// For how many seconds the show is on air. A live stream needs it; other shows have it or RepeatTimes.
    number duration = {};
    /// true: many shows in one call, from the list. false (default): one show.
    boolean is_batch_mode = {};
    /// A number of your own that marks the kind of show.
    number live_input_type = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// How often the show repeats: 0 (default) plays it once, -1 repeats it for ever.
    number repeat_times = {};
    /// The id of the file in ApsaraVideo VOD.
    std::string_view resource_id = {};
    /// live, vod (a video file) or pic (a picture).
    std::string_view resource_type = {};
    /// The URL of the stream or file.
    std::string_view resource_url = {};
    /// The shows, for a call with isBatchMode true.
    std::span<show_list_element const> show_list = {};
    /// The name of the show, for people.
    std::string_view show_name = {};
    /// The position in the list, counted from 0. Default: the end.
    number spot = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddShowIntoShowList",
                                           .version = "2016-11-01",
                                           .permission = "live:AddShowIntoShowList",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &add_show_into_show_list::caster_id>,
        optional<"Duration", &add_show_into_show_list::duration>,
        optional<"isBatchMode", &add_show_into_show_list::is_batch_mode>,
        optional<"LiveInputType", &add_show_into_show_list::live_input_type>,
        optional<"RegionId", &add_show_into_show_list::region_id>,
        optional<"RepeatTimes", &add_show_into_show_list::repeat_times>,
        optional<"ResourceId", &add_show_into_show_list::resource_id>,
        optional<"ResourceType", &add_show_into_show_list::resource_type>,
        optional<"ResourceUrl", &add_show_into_show_list::resource_url>,
        optional<"showList", &add_show_into_show_list::show_list>,
        optional<"ShowName", &add_show_into_show_list::show_name, value_rule::any_text>,
        optional<"Spot", &add_show_into_show_list::spot>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The new show's id.
        std::string_view show_id;
        /// For many shows: the shows that were not added, and why.
        std::string_view failed_list;
        /// For many shows: the ids of the new shows, separated by commas.
        std::string_view successful_show_ids;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"ShowId", &reply::show_id>,
            field<"failedList", &reply::failed_list>,
            field<"successfulShowIds", &reply::successful_show_ids>);
    };
};

/// Reads the show list of a studio in playlist mode. At most 10 calls per second for an account and all its RAM users
/// together.
struct describe_show_list {
    /// The id of a studio in playlist mode.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeShowList",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeShowList",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &describe_show_list::caster_id>,
        optional<"RegionId", &describe_show_list::region_id>);

    /// The object show_list_info.
    struct show_list_info_object {
        /// An element of shows.
        struct show {
            /// The object resource_info.
            struct resource_info_object {
                /// The number that marks the kind of show.
                number live_input_type;
                /// The id of the file in ApsaraVideo VOD.
                std::string_view resource_id;
                /// live, vod (a video file) or pic (a picture).
                std::string_view resource_type;
                /// The URL of the stream or file. Whoever has it can watch: it may contain an auth_key.
                std::string_view resource_url;

                /// The fields, with their names on the wire.
                static constexpr auto fields = restartcaster::fields(
                    field<"LiveInputType", &resource_info_object::live_input_type>,
                    field<"ResourceId", &resource_info_object::resource_id>,
                    field<"ResourceType", &resource_info_object::resource_type>,
                    secret_field<"ResourceUrl", &resource_info_object::resource_url>);
            };

            /// For how many seconds the show is on air.
            number duration;
            /// How often the show repeats: 0 plays it once.
            number repeat_times;
            /// The stream or file of the show.
            resource_info_object resource_info;
            /// The show's id.
            std::string_view show_id;
            /// The name of the show, for people.
            std::string_view show_name;

            /// The fields, with their names on the wire.
            static constexpr auto fields = restartcaster::fields(
                field<"Duration", &show::duration>,
                field<"RepeatTimes", &show::repeat_times>,
                field<"ResourceInfo", &show::resource_info>,
                field<"ShowId", &show::show_id>,
                field<"ShowName", &show::show_name>);
        };

        /// The background as JSON; it may contain a URL with an auth_key.
        std::string_view background;
        /// The id of the show that is on air.
        std::string_view current_show_id;
        /// The id of the show that has priority.
        std::string_view high_priority_show_id;
        /// When the show with priority interrupts the others, as 2021-11-23T12:30:00.
        std::string_view high_priority_show_start_time;
        /// The shows, in the order of playing.
        list<show> shows;
        /// Always 0.
        number show_list_repeat_times;
        /// How often the whole list repeats.
        number total_show_list_repeat_times;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            secret_field<"Background", &show_list_info_object::background>,
            field<"CurrentShowId", &show_list_info_object::current_show_id>,
            field<"HighPriorityShowId", &show_list_info_object::high_priority_show_id>,
            field<"HighPriorityShowStartTime", &show_list_info_object::high_priority_show_start_time>,
            field<"ShowList.Show", &show_list_info_object::shows>,
            field<"ShowListRepeatTimes", &show_list_info_object::show_list_repeat_times>,
            field<"TotalShowListRepeatTimes", &show_list_info_object::total_show_list_repeat_times>);
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The shows as one text; it may contain URLs with an auth_key. ShowListInfo has the shows as fields.
        std::string_view show_list;
        /// The show list.
        show_list_info_object show_list_info;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            secret_field<"ShowList", &reply::show_list>,
            field<"ShowListInfo", &reply::show_list_info>);
    };
};

/// Moves a show in the show list, or sets how often the list repeats and which show has priority at a given time. At
/// most 10 calls per second for an account and all its RAM users together.
struct modify_show_list {
    /// The id of a studio in playlist mode.
    std::string_view caster_id;
    /// The id of the show that has priority. It can be set only before the list starts.
    std::string_view high_priority_show_id = {};
    /// When the show with priority interrupts the others, as 2026-11-28T09:00:00. It can be set only before the list
    /// starts.
    std::string_view high_priority_show_start_time = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// How often the whole list repeats: 0 plays it once, -1 repeats it for ever.
    number repeat_times = {};
    /// The id of the show that moves.
    std::string_view show_id = {};
    /// The new position of the show, from 0 to the number of shows.
    number spot = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyShowList",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyShowList",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &modify_show_list::caster_id>,
        optional<"HighPriorityShowId", &modify_show_list::high_priority_show_id>,
        optional<"HighPriorityShowStartTime", &modify_show_list::high_priority_show_start_time>,
        optional<"RegionId", &modify_show_list::region_id>,
        optional<"RepeatTimes", &modify_show_list::repeat_times>,
        optional<"ShowId", &modify_show_list::show_id>,
        optional<"Spot", &modify_show_list::spot>);
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Removes one show, or many at once, from the show list. At most 10 calls per second for an account and all its RAM
/// users together.
struct remove_show_from_show_list {
    /// The id of a studio in playlist mode.
    std::string_view caster_id;
    /// true: many shows in one call, from the list. false (default): one show.
    boolean is_batch_mode = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The show's id.
    std::string_view show_id = {};
    /// The ids of the shows, for a call with isBatchMode true.
    std::span<std::string_view const> show_id_list = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "RemoveShowFromShowList",
                                           .version = "2016-11-01",
                                           .permission = "live:RemoveShowFromShowList",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &remove_show_from_show_list::caster_id>,
        optional<"isBatchMode", &remove_show_from_show_list::is_batch_mode>,
        optional<"RegionId", &remove_show_from_show_list::region_id>,
        optional<"ShowId", &remove_show_from_show_list::show_id>,
        optional<"showIdList", &remove_show_from_show_list::show_id_list>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The show's id.
        std::string_view show_id;
        /// For many shows: the shows that were not removed, and why.
        std::string_view failed_list;
        /// For many shows: the ids of the removed shows, separated by commas.
        std::string_view successful_show_ids;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"ShowId", &reply::show_id>,
            field<"failedList", &reply::failed_list>,
            field<"successfulShowIds", &reply::successful_show_ids>);
    };
};

/// Switches a running studio to another show of its list. For an idle studio the service answers IncorrectCasterStatus.
/// At most 10 calls per second for an account and all its RAM users together.
/// Errors: the service documents IncorrectCasterStatus (400).
struct play_choosen_show {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of the show to which the studio switches.
    std::string_view show_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "PlayChoosenShow",
                                           .version = "2016-11-01",
                                           .permission = "live:PlayChoosenShow",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &play_choosen_show::caster_id>,
        required<"ShowId", &play_choosen_show::show_id>,
        optional<"RegionId", &play_choosen_show::region_id>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The id of the show that is on air now.
        std::string_view show_id;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"ShowId", &reply::show_id>);
    };
};

/// Sets the background of a studio in playlist mode; a call without ResourceType, ResourceUrl and MaterialId removes
/// it. At most 10 calls per second for an account and all its RAM users together.
struct set_show_list_background {
    /// The id of a studio in playlist mode.
    std::string_view caster_id;
    /// The id of the file in ApsaraVideo VOD; a call has this or ResourceUrl.
    std::string_view material_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// LIVE, VOD (a video file) or PIC (a picture).
    std::string_view resource_type = {};
    /// The URL of a file or stream elsewhere; a call has this or MaterialId.
    std::string_view resource_url = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "SetShowListBackground",
                                           .version = "2016-11-01",
                                           .permission = "live:SetShowListBackground",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &set_show_list_background::caster_id>,
        optional<"MaterialId", &set_show_list_background::material_id>,
        optional<"RegionId", &set_show_list_background::region_id>,
        optional<"ResourceType", &set_show_list_background::resource_type>,
        optional<"ResourceUrl", &set_show_list_background::resource_url>);
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Lists the tasks that start and stop studios at set times. At most 10 calls per second for an account and all its RAM
/// users together.
struct describe_auto_show_list_tasks {
    /// Only tasks of the studio with this id. Default: all tasks of the account.
    std::string_view caster_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeAutoShowListTasks",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeAutoShowListTasks",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        optional<"CasterId", &describe_auto_show_list_tasks::caster_id>,
        optional<"RegionId", &describe_auto_show_list_tasks::region_id>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The tasks as JSON: CasterId, Status (0 paused, 1 started), TranscodeConfig and LiveTemplate.
        std::string_view auto_show_list_tasks;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"AutoShowListTasks", &reply::auto_show_list_tasks>);
    };
};

/// Cuts a part out of the video file of a show. GetEditingJobInfo tells how far the job is; the end is not announced.
/// At most 10 calls per second for an account and all its RAM users together.
struct edit_show_and_replace {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of a show whose resource is a file in ApsaraVideo VOD.
    std::string_view show_id;
    /// Where the part ends, in seconds from the start of the file, e.g. "5.0". Default: the end of the file.
    std::string_view end_time = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// Where the part starts, in seconds from the start of the file, e.g. "2.0". Default: the start. A call has this or
    /// EndTime or both.
    std::string_view start_time = {};
    /// Where the new file goes, as JSON: StorageLocation and FileName. The service requires it, although its metadata
    /// does not.
    std::string_view storage_info = {};
    /// A text of your own that stays with the job.
    std::string_view user_data = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "EditShowAndReplace",
                                           .version = "2016-11-01",
                                           .permission = "live:EditShowAndReplace",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &edit_show_and_replace::caster_id>,
        required<"ShowId", &edit_show_and_replace::show_id>,
        optional<"EndTime", &edit_show_and_replace::end_time>,
        optional<"RegionId", &edit_show_and_replace::region_id>,
        optional<"StartTime", &edit_show_and_replace::start_time>,
        optional<"StorageInfo", &edit_show_and_replace::storage_info, value_rule::any_text>,
        optional<"UserData", &edit_show_and_replace::user_data>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The job as JSON: jobId, vodId and mediaid.
        std::string_view job_info;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"JobInfo", &reply::job_info>);
    };
};

/// Reads the state of the cutting jobs of one show, or of the whole show list of a studio in playlist mode. At most 10
/// calls per second for an account and all its RAM users together.
struct get_editing_job_info {
    /// The id of a studio in playlist mode. For another kind of studio the service answers InvalidShowList.NotFound.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// Only the jobs of this show. Default: the jobs of the whole list.
    std::string_view show_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "GetEditingJobInfo",
                                           .version = "2016-11-01",
                                           .permission = "live:GetEditingJobInfo",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &get_editing_job_info::caster_id>,
        optional<"RegionId", &get_editing_job_info::region_id>,
        optional<"ShowId", &get_editing_job_info::show_id>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The jobs as JSON: ShowId, OutputVodId, StorageInfo and TaskStatus (-1 failed, 0 new, 1 cutting, 2 uploading,
        /// 3 done).
        std::string_view editing_tasks_info;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"CasterId", &reply::caster_id>,
            field<"EditingTasksInfo", &reply::editing_tasks_info>);
    };
};

/// Adds items to a playlist of a studio in light carousel mode, and creates the playlist if there is none. At most 10
/// calls per second for an account and all its RAM users together.
struct add_playlist_items {
    /// The id of a studio in light carousel mode, without channels and with its programme in use.
    std::string_view caster_id;
    /// The items as a JSON list: ItemName, ResourceType and ResourceValue of each.
    std::string_view program_items;
    /// The settings of a new playlist as JSON: RepeatNumber and ProgramName.
    std::string_view program_config = {};
    /// The id of the playlist, if the studio has one.
    std::string_view program_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddPlaylistItems",
                                           .version = "2016-11-01",
                                           .permission = "live:AddPlaylistItems",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &add_playlist_items::caster_id>,
        required<"ProgramItems", &add_playlist_items::program_items, value_rule::any_text>,
        optional<"ProgramConfig", &add_playlist_items::program_config, value_rule::any_text>,
        optional<"ProgramId", &add_playlist_items::program_id>,
        optional<"RegionId", &add_playlist_items::region_id>);

    /// The object items.
    struct items_object {
        /// An element of failed_items.
        struct failed_item {
            /// The item's id.
            std::string_view item_id;
            /// The name of the item, for people.
            std::string_view item_name;

            /// The fields, with their names on the wire.
            static constexpr auto fields = restartcaster::fields(
                field<"ItemId", &failed_item::item_id>,
                field<"ItemName", &failed_item::item_name>);
        };

        /// An element of success_items.
        struct success_item {
            /// The item's id.
            std::string_view item_id;
            /// The name of the item, for people.
            std::string_view item_name;

            /// The fields, with their names on the wire.
            static constexpr auto fields = restartcaster::fields(
                field<"ItemId", &success_item::item_id>,
                field<"ItemName", &success_item::item_name>);
        };

        /// The items that were not added.
        list<failed_item> failed_items;
        /// The items that were added.
        list<success_item> success_items;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"FailedItems", &items_object::failed_items>,
            field<"SuccessItems", &items_object::success_items>);
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// What became of the items.
        items_object items;
        /// The playlist's id.
        std::string_view program_id;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"Items", &reply::items>,
            field<"ProgramId", &reply::program_id>);
    };
};

}}} // namespace restartcaster::live

#endif
