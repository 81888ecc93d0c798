// SPDX-License-Identifier: MIT
// The studios of the gateway's account, and the operations on them: RestartCaster, StartCaster, StopCaster, DescribeCasters.
// Source: the vendor's pages on these operations (2016-11-01), "Error codes".
// Data flow: a checked call in; studios changed, and the fields of the answer out.
#ifndef RESTARTCASTER_TESTING_TEST_ACCOUNT_HPP
#define RESTARTCASTER_TESTING_TEST_ACCOUNT_HPP
#pragma once

#include "answer_body.hpp"
#include "answer_headers.hpp"
#include "served_call.hpp"
#include "test_studio.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// A whole number of at most nine digits.
[[nodiscard]] inline bool read_whole_number(std::string_view text, std::size_t& number) noexcept {
    number = 0;
    for (char const c : text) {
        if (!is_digit(c) || text.size() > 9) return false;
        number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    return !text.empty();
}

/// The studios of an account.
class test_account {
public:
    using state = testing::studio_state;

    test_account(std::span<testing::test_studio> studios, testing::test_clock const& clock) noexcept
        : studios_(studios), clock_(clock) {}

    [[nodiscard]] testing::test_studio* find(std::string_view id) const noexcept {
        for (testing::test_studio& each : studios_.first(count_))
            if (each.id() == id) return &each;
        return nullptr;
    }
    [[nodiscard]] testing::test_studio& find_or_add(std::string_view id) noexcept {
        if (testing::test_studio* const found = find(id)) return *found;
        bool const room = count_ != studios_.size();
        if (!room) report_failure("restartcaster: the studio "sv, id, " is one more than gateway_limits::studios = "sv, count_);
        if (id.size() > testing::test_studio::id_limit)
            report_failure("restartcaster: an id of a studio has at most 128 bytes: "sv, id);
        if (room) ++count_;
        studios_[count_ - 1].set_up(part(id, 0, testing::test_studio::id_limit), clock_);
        return studios_[count_ - 1];
    }

    /// How often an action ran for a studio.
    [[nodiscard]] std::size_t runs(test_action which, std::string_view id) const noexcept {
        if (which == test_action::other) return 0;
        if (id.empty()) return which == test_action::describe ? lists_ : 0;
        testing::test_studio const* const found = find(id);
        return found == nullptr ? 0 : found->runs_[static_cast<std::size_t>(which)];
    }

    [[nodiscard]] service_verdict carry_out(served_call const& one) noexcept {
        test_action const which = action_named(one.action().text);
        if (which == test_action::other) return not_carried_out("", one.action().text);
        if (which == test_action::describe) return describe(one);
        std::string_view const id = one.caster_id();
        if (id.empty()) return missing_parameter("CasterId"sv);
        testing::test_studio* const studio = find(id);
        if (studio == nullptr && !is_caster_id(id)) return of_studio("InvalidCasterId.Malformed", "The CasterId is malformed");
        if (studio == nullptr || studio->state() == state::absent)
            return of_studio("InvalidCaster.NotFound", "The production studio does not exist", 404);
        service_verdict const said = change(*studio, which);
        if (!said.refused()) ++studio->runs_[static_cast<std::size_t>(which)];
        return said;
    }

    /// Writes the fields of a success.
    void write_fields(answer_body& out, served_call const& one) const noexcept {
        switch (action_named(one.action().text)) {
        case test_action::describe: return write_list(out, one);
        case test_action::start: return write_scenes(out, one.caster_id());
        default: return;
        }
    }

private:
    [[nodiscard]] static service_verdict of_studio(std::string_view code, std::string_view said,
                                                    std::uint16_t status = 400) noexcept {
        return service_refusal(code, said, ", please check and try again later."sv, status);
    }
    [[nodiscard]] static service_verdict not_carried_out(std::string_view what, std::string_view name) noexcept {
        service_verdict out = service_refusal("Testing.NotImplemented"sv, "The gateway for tests does not carry out "sv, "."sv,
                                              501);
        out.said_before_name = what;
        out.name = name;
        return out;
    }
    [[nodiscard]] static bool is_caster_id(std::string_view id) noexcept {
        for (char const c : id)
            if ((!is_unreserved(c) && c != '*') || c == '.' || c == '~') return false;
        return id.size() <= testing::test_studio::id_limit;
    }

    [[nodiscard]] static service_verdict change(testing::test_studio& studio, test_action which) noexcept {
        bool const restart = which == test_action::restart;
        if (restart && studio.virtual_)
            return of_studio("InvalidNormType.Malformed", "A virtual studio does not support this operation");
        if (studio.changing_) return of_studio("IncorrectSceneStatus", "The scene is about to change");
        if (restart && !studio.running_) return of_studio("IncorrectCasterStatus.Idle", "The production studio is not started");
        if (restart || studio.running_ == (which == test_action::stop)) studio.begin(which);
        return {};
    }

    // A filter that is not carried out is refused: an answer that ignores a filter would mislead the test.
    [[nodiscard]] service_verdict describe(served_call const& one) noexcept {
        for (std::string_view const name :
             {"CasterName"sv, "ChargeType"sv, "EndTime"sv, "OrderByModifyAsc"sv, "ResourceGroupId"sv, "StartTime"sv})
            if (!one.parameters.find(name).text.empty()) return not_carried_out("the parameter "sv, name);
        for (std::string_view const name : {"PageNum"sv, "PageSize"sv, "Status"sv}) {
            testing::sent_text const sent = one.parameters.find(name);
            std::size_t number = 0;
            bool const good = read_whole_number(sent.text, number) && (name == "Status"sv ? number < 2 : number != 0);
            if (sent.sent && !good) return invalid_parameter(name);
        }
        if (testing::test_studio* const studio = find(one.caster_id()))
            ++studio->runs_[static_cast<std::size_t>(test_action::describe)];
        else if (one.caster_id().empty())
            ++lists_;
        return {};
    }
    [[nodiscard]] static std::size_t number_or(served_call const& one, std::string_view name, std::size_t otherwise) noexcept {
        std::size_t number = 0;
        return read_whole_number(one.parameters.find(name).text, number) ? number : otherwise;
    }
    [[nodiscard]] static bool is_listed(served_call const& one, testing::test_studio& studio) noexcept {
        std::string_view const id = one.caster_id(), type = one.parameters.find("NormType"sv).text;
        if (studio.state() == state::absent || (!id.empty() && id != studio.id())) return false;
        if (!type.empty() && type != (studio.virtual_ ? "4"sv : "1"sv)) return false;
        std::size_t const running = studio.running_ ? 1 : 0;
        return number_or(one, "Status"sv, running) == running;
    }

    void write_list(answer_body& out, served_call const& one) const noexcept {
        std::size_t const size = number_or(one, "PageSize"sv, 100);
        std::size_t const first = (number_or(one, "PageNum"sv, 1) - 1) * size;
        std::size_t total = 0;
        out.begin_object("CasterList"sv);
        out.begin_list("Caster"sv);
        for (testing::test_studio& each : studios_.first(count_)) {
            if (!is_listed(one, each)) continue;
            if (total >= first && total - first < size) write_studio(out, each);
            ++total;
        }
        out.end_list();
        out.end_object("CasterList"sv);
        out.number("Total"sv, total);
    }
    static void write_studio(answer_body& out, testing::test_studio const& studio) noexcept {
        out.begin_element("Caster"sv);
        out.text("CasterId"sv, studio.id());
        out.number("Status"sv, studio.running_ ? 1 : 0);
        out.number("NormType"sv, studio.virtual_ ? 4 : 1);
        auto const modified = utc_time(shown_seconds(studio.modified_ms_)).text();
        out.text("LastModified"sv, text_of(modified));
        if (studio.running_) {
            auto const started = utc_time(shown_seconds(studio.started_ms_)).text();
            out.field("StartTime"sv, [&](escaping_sink& to) {
                for (std::string_view const each : {part(text_of(started), 0, 10), " "sv, part(text_of(started), 11, 8), ".0"sv})
                    to.append(each);
            });
        }
        out.end_element("Caster"sv);
    }
    static void write_scenes(answer_body& out, std::string_view id) noexcept {
        for (std::string_view const name : {"PvwSceneInfos"sv, "PgmSceneInfos"sv}) {
            out.begin_object(name);
            out.begin_list("SceneInfo"sv);
            out.begin_element("SceneInfo"sv);
            out.text("SceneId"sv, name == "PvwSceneInfos"sv ? "scene-0"sv : "scene-1"sv);
            out.field("StreamUrl"sv, [&](escaping_sink& to) {
                to.append("rtmp://play.example.com/caster/"sv);
                to.append(id);
            });
            out.end_element("SceneInfo"sv);
            out.end_list();
            out.end_object(name);
        }
    }

    std::span<testing::test_studio> studios_;
    testing::test_clock const& clock_;
    std::size_t count_ = 0, lists_ = 0;
};

}}} // namespace restartcaster::detail

#endif
