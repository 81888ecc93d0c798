// SPDX-License-Identifier: MIT
// The show list of a studio in playlist mode.
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
        static constexpr restartcaster::parameters<
            detail::described_parameter<"duration", &show_list_element::duration, true, value_rule::identifier>,
            detail::described_parameter<"liveInputType", &show_list_element::live_input_type, true,
                                        value_rule::identifier>,
            detail::described_parameter<"repeatTimes", &show_list_element::repeat_times, true, value_rule::identifier>,
            detail::described_parameter<"resourceId", &show_list_element::resource_id, true, value_rule::identifier>,
            detail::described_parameter<"resourceType", &show_list_element::resource_type, true,
                                        value_rule::identifier>,
            detail::described_parameter<"resourceUrl", &show_list_element::resource_url, true, value_rule::identifier>,
            detail::described_parameter<"showName", &show_list_element::show_name, true,
                                        value_rule::any_text>> parameters{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_show_into_show_list::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"Duration", &add_show_into_show_list::duration, true, value_rule::identifier>,
        detail::described_parameter<"isBatchMode", &add_show_into_show_list::is_batch_mode, true,
                                    value_rule::identifier>,
        detail::described_parameter<"LiveInputType", &add_show_into_show_list::live_input_type, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &add_show_into_show_list::region_id, true, value_rule::identifier>,
        detail::described_parameter<"RepeatTimes", &add_show_into_show_list::repeat_times, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceId", &add_show_into_show_list::resource_id, true, value_rule::identifier>,
        detail::described_parameter<"ResourceType", &add_show_into_show_list::resource_type, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceUrl", &add_show_into_show_list::resource_url, true,
                                    value_rule::identifier>,
        detail::described_parameter<"showList", &add_show_into_show_list::show_list, true, value_rule::identifier>,
        detail::described_parameter<"ShowName", &add_show_into_show_list::show_name, true, value_rule::any_text>,
        detail::described_parameter<"Spot", &add_show_into_show_list::spot, true, value_rule::identifier>> parameters{};

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
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ShowId", &reply::show_id, false>,
            detail::described_field<"failedList", &reply::failed_list, false>,
            detail::described_field<"successfulShowIds", &reply::successful_show_ids, false>> fields{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_show_list::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_show_list::region_id, true,
                                    value_rule::identifier>> parameters{};

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
                static constexpr restartcaster::fields<
                    detail::described_field<"LiveInputType", &resource_info_object::live_input_type, false>,
                    detail::described_field<"ResourceId", &resource_info_object::resource_id, false>,
                    detail::described_field<"ResourceType", &resource_info_object::resource_type, false>,
                    detail::described_field<"ResourceUrl", &resource_info_object::resource_url, true>> fields{};
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
            static constexpr restartcaster::fields<
                detail::described_field<"Duration", &show::duration, false>,
                detail::described_field<"RepeatTimes", &show::repeat_times, false>,
                detail::described_field<"ResourceInfo", &show::resource_info, false>,
                detail::described_field<"ShowId", &show::show_id, false>,
                detail::described_field<"ShowName", &show::show_name, false>> fields{};
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
        static constexpr restartcaster::fields<
            detail::described_field<"Background", &show_list_info_object::background, true>,
            detail::described_field<"CurrentShowId", &show_list_info_object::current_show_id, false>,
            detail::described_field<"HighPriorityShowId", &show_list_info_object::high_priority_show_id, false>,
            detail::described_field<"HighPriorityShowStartTime", &show_list_info_object::high_priority_show_start_time,
                                    false>,
            detail::described_field<"ShowList.Show", &show_list_info_object::shows, false>,
            detail::described_field<"ShowListRepeatTimes", &show_list_info_object::show_list_repeat_times, false>,
            detail::described_field<"TotalShowListRepeatTimes", &show_list_info_object::total_show_list_repeat_times,
                                    false>> fields{};
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
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ShowList", &reply::show_list, true>,
            detail::described_field<"ShowListInfo", &reply::show_list_info, false>> fields{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_show_list::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"HighPriorityShowId", &modify_show_list::high_priority_show_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"HighPriorityShowStartTime", &modify_show_list::high_priority_show_start_time,
                                    true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &modify_show_list::region_id, true, value_rule::identifier>,
        detail::described_parameter<"RepeatTimes", &modify_show_list::repeat_times, true, value_rule::identifier>,
        detail::described_parameter<"ShowId", &modify_show_list::show_id, true, value_rule::identifier>,
        detail::described_parameter<"Spot", &modify_show_list::spot, true, value_rule::identifier>> parameters{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &remove_show_from_show_list::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"isBatchMode", &remove_show_from_show_list::is_batch_mode, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &remove_show_from_show_list::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ShowId", &remove_show_from_show_list::show_id, true, value_rule::identifier>,
        detail::described_parameter<"showIdList", &remove_show_from_show_list::show_id_list, true,
                                    value_rule::identifier>> parameters{};

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
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ShowId", &reply::show_id, false>,
            detail::described_field<"failedList", &reply::failed_list, false>,
            detail::described_field<"successfulShowIds", &reply::successful_show_ids, false>> fields{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &play_choosen_show::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ShowId", &play_choosen_show::show_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &play_choosen_show::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The id of the show that is on air now.
        std::string_view show_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ShowId", &reply::show_id, false>> fields{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &set_show_list_background::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"MaterialId", &set_show_list_background::material_id, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &set_show_list_background::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ResourceType", &set_show_list_background::resource_type, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceUrl", &set_show_list_background::resource_url, true,
                                    value_rule::identifier>> parameters{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_auto_show_list_tasks::caster_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_auto_show_list_tasks::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The tasks as JSON: CasterId, Status (0 paused, 1 started), TranscodeConfig and LiveTemplate.
        std::string_view auto_show_list_tasks;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"AutoShowListTasks", &reply::auto_show_list_tasks, false>> fields{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &edit_show_and_replace::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ShowId", &edit_show_and_replace::show_id, false, value_rule::identifier>,
        detail::described_parameter<"EndTime", &edit_show_and_replace::end_time, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &edit_show_and_replace::region_id, true, value_rule::identifier>,
        detail::described_parameter<"StartTime", &edit_show_and_replace::start_time, true, value_rule::identifier>,
        detail::described_parameter<"StorageInfo", &edit_show_and_replace::storage_info, true, value_rule::any_text>,
        detail::described_parameter<"UserData", &edit_show_and_replace::user_data, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The job as JSON: jobId, vodId and mediaid.
        std::string_view job_info;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"JobInfo", &reply::job_info, false>> fields{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &get_editing_job_info::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &get_editing_job_info::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ShowId", &get_editing_job_info::show_id, true,
                                    value_rule::identifier>> parameters{};

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
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"EditingTasksInfo", &reply::editing_tasks_info, false>> fields{};
    };
};

}}} // namespace restartcaster::live

#endif
