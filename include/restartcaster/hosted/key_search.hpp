// SPDX-License-Identifier: MIT
// Finds a key where the vendor's clients find it, as a state machine that does no I/O, reads no clock and does not block.
// Source: credentials-go (the order of the places, and what each needs); docs/design.md, "Keys".
// Data flow: the environment, files, outputs of commands and answers in; "read this file", "run this command", "send this
//   request", "wait" or "done" out; at the end a key, its end, and a report of the places.
//
// How the machine works. It goes through the places in the vendor's order. A place gives a recipe (key_recipe.hpp): where the
// first key comes from, and the roles that are assumed with it. Each key of a recipe replaces the key before it in `to`.
//
//   opening -> (file) -> first key: text, or a file, a command or requests -> roles -> done
//      ^                                    | a fault at any point
//      `------------------------------------'
//
// A fault is kept in the report, and the next place is tried, as the vendor's clients do. Files and the output of a command
// stay at the start of the room while their texts are needed; requests and answers are behind them. At the end the whole room
// is overwritten with zeros.
// Long, because it is one class: the public functions come first, then the places, the recipe, and the answers.
#ifndef RESTARTCASTER_HOSTED_KEY_SEARCH_HPP
#define RESTARTCASTER_HOSTED_KEY_SEARCH_HPP
#pragma once

#include "../client/call_machine.hpp"
#include "../operations/make_request.hpp"
#include "assume_role.hpp"
#include "credentials_text.hpp"
#include "ini_profile.hpp"
#include "key_environment.hpp"
#include "key_file.hpp"
#include "key_requests.hpp"
#include "unsigned_rpc.hpp"

#include <optional>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The host of the metadata server of an ECS instance.
inline constexpr endpoint ecs_metadata_endpoint{"100.100.100.200"sv, url_scheme::http};

/// A set of places, as one bit for each.
enum class key_sources : std::uint8_t { all = 0x3F };
/// The set of one place.
[[nodiscard]] constexpr key_sources only(key_source one) noexcept {
    return static_cast<key_sources>(1u << static_cast<unsigned>(one));
}

/// The options of a search.
struct key_search_options {
    /// The profile to use. If it is set, the two files are the only places. Empty: ALIBABA_CLOUD_PROFILE, and without it the
    /// profile that the CLI's file calls current, or the section "default" of the credentials file.
    std::string_view profile = {};
    /// The places to look at.
    key_sources sources = key_sources::all;
    /// How often a call of the Security Token Service is tried, and how soon.
    retry_options retry = {};
    /// Corrects the time that the calls of the Security Token Service are signed with; may be null.
    clock_skew* skew = nullptr;
    /// The longest time for one call of the Security Token Service or of the credentials URI, in milliseconds.
    std::uint32_t call_limit_ms = 10'000;
    /// The longest time for one request to the metadata server, in milliseconds: on other machines nobody answers.
    std::uint32_t metadata_limit_ms = 2'000;
    /// The metadata server.
    endpoint metadata = ecs_metadata_endpoint;
    /// The Security Token Service; null: by the region of the profile (sts_host).
    endpoint const* sts = nullptr;
};

/// What the driver of a search has to do next.
struct key_step {
    /// The five things that a search can ask for.
    enum action_type : std::uint8_t {
        /// Send key_search::request(), and give the result to answered().
        send,
        /// Call next() again at `until_ms` of the monotonic clock at the latest; see step::wait.
        wait,
        /// key_search::report() is final.
        done,
        /// Read the file key_search::path() into storage(), and give the result to file_read().
        read_file,
        /// Run the command key_search::arguments() without a shell, and give its standard output to command_ran().
        run_command,
    };
    /// What to do.
    action_type what;
    /// With wait: the moment in milliseconds of the monotonic clock.
    std::uint64_t until_ms = 0;
};

/// Looks for a key. The driver is a loop like that of a call_machine; find_key() is a blocking one.
/// Storage: files, requests and answers are in the room, 16 KB of which are enough for usual files. The environment, `to` and
///   the texts and objects of the options must outlive the machine. Room and `to` hold secrets: the machine overwrites the room
///   at its end, and `to` if there is no key.
/// Cost: no allocation, no clock, no lock. One thread at a time.
class key_search {
public:
    /// The key is written to `to`. After `deadline_ms` of the monotonic clock nothing is sent and nothing is waited for.
    key_search(key_environment const& environment, room files RESTARTCASTER_LIFETIMEBOUND,
               credentials_text& to RESTARTCASTER_LIFETIMEBOUND, std::uint64_t deadline_ms,
               key_search_options const& options = {}) noexcept
        : environment_(environment), room_(files.span()), to_(to), deadline_ms_(deadline_ms), options_(options) {
        to_.forget();
        report_ = {};
    }
    key_search(key_search const&) = delete;
    key_search& operator=(key_search const&) = delete;
    ~key_search() {
        wipe(room_);
        wipe(metadata_token_);
    }

    /// Returns what the driver has to do now. Call it at the start, after each result, and after every wait.
    template <nonce_source Nonces>
    [[nodiscard]] key_step next(moment const& now, Nonces&& nonces) noexcept {
        while (stage_ != stage::done) {
            if (now.monotonic_ms >= deadline_ms_) {
                note(key_problem::out_of_time);
                end(false);
                break;
            }
            switch (stage_) {
            case stage::opening: open_place(); break;
            case stage::wants_file:
            case stage::wants_token: return {key_step::read_file};
            case stage::wants_command: return {key_step::run_command};
            case stage::has_file: take_file(now); break;
            case stage::asking:
                if (!ask(now)) break;
                stage_ = stage::asked;
                return {key_step::send};
            case stage::asked:
                if (now.monotonic_ms < until_ms_) return {key_step::wait, until_ms_};
                answer_ = unexpected(failure{.code = errc::no_answer, .subject = "deadline"sv});
                stage_ = stage::has_answer;
                break;
            case stage::has_answer: take_answer(now); break;
            case stage::next_role: call_next_role(now); break;
            case stage::calling: {
                step const asked = open_call_ ? open_call_->next(now, nonces) : signed_call_->next(now, nonces);
                if (asked.what == step::send) return {key_step::send};
                if (asked.what == step::wait) return {key_step::wait, asked.until_ms};
                take_reply(now);
                break;
            }
            case stage::done: break;
            }
        }
        return {key_step::done};
    }

    /// The file to read: an absolute path, or one from the environment or a profile. Ends with a NUL byte.
    [[nodiscard]] std::string_view path() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return detail::text_at(path_.data(), path_size_);
    }
    /// The program and its arguments, with a null pointer at the end, as execvp() takes them.
    [[nodiscard]] char const* const* arguments() const noexcept RESTARTCASTER_LIFETIMEBOUND { return words_.data(); }
    /// The bytes to read a file, an output or an answer into.
    [[nodiscard]] std::span<char> storage() const noexcept {
        return room_.subspan(used_ + (stage_ == stage::asked || stage_ == stage::calling ? request().storage_used : 0));
    }
    /// Takes the file that next() asked for.
    void file_read(key_file const& file) noexcept {
        if (stage_ != stage::wants_file && stage_ != stage::wants_token) return;
        file_ = file;
        of_ = stage_;
        stage_ = stage::has_file;
    }
    /// Takes the output of the command that next() asked for.
    void command_ran(key_file const& output) noexcept {
        if (stage_ != stage::wants_command) return;
        file_ = output;
        of_ = stage_;
        stage_ = stage::has_file;
    }
    /// The request to send.
    [[nodiscard]] restartcaster::request const& request() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        if (open_call_) return open_call_->request();
        if (signed_call_) return signed_call_->request();
        return request_;
    }
    /// Takes the result of the exchange that next() asked for.
    void answered(result<response> const& answer) noexcept {
        date_ = answer && !answer->has_age ? answer->date : utc_time::none;
        if (stage_ == stage::calling && open_call_) open_call_->answered(answer);
        if (stage_ == stage::calling && signed_call_) signed_call_->answered(answer);
        if (stage_ != stage::asked) return;
        answer_ = answer;
        stage_ = stage::has_answer;
    }
    /// The longest time for the exchange in milliseconds.
    [[nodiscard]] std::uint32_t time_left_ms(moment const& now) const noexcept {
        if (open_call_) return open_call_->time_left_ms(now);
        if (signed_call_) return signed_call_->time_left_ms(now);
        return now.monotonic_ms >= until_ms_ ? 0 : detail::in_32_bits(until_ms_ - now.monotonic_ms);
    }
    /// What was found, and why other places gave nothing; final after next() returned key_step::done.
    [[nodiscard]] key_report const& report() const noexcept RESTARTCASTER_LIFETIMEBOUND { return report_; }

private:
    enum class stage : std::uint8_t {
        opening, wants_file, wants_token, wants_command, has_file, asking, asked, has_answer, next_role, calling, done,
    };
    // What a request without a signature asks for.
    enum class question : std::uint8_t { metadata_token, role_name, role_key, uri };

    // ---- places

    [[nodiscard]] bool is_wanted(key_source source) const noexcept {
        bool const is_file = source == key_source::cli_profile || source == key_source::ini_profile;
        if (!options_.profile.empty() && !is_file) return false;
        return (static_cast<unsigned>(options_.sources) >> static_cast<unsigned>(source) & 1) != 0;
    }

    void open_place() noexcept {
        if (next_place_ == key_source_count) return end(false);
        place_ = static_cast<key_source>(next_place_++);
        if (!is_wanted(place_)) return;
        recipe_ = {};
        where_ = {};
        host_ = {};
        report_.expires_at = date_ = utc_time::none;
        report_.lifetime_ms = 0;
        used_ = 0;
        step_ = 0;
        others_can_read_ = false;
        to_.forget();
        switch (place_) {
        case key_source::environment: return open_environment();
        case key_source::oidc: return open_oidc();
        case key_source::cli_profile:
            if (environment_.cli_profile_disabled == "true"sv)
                return note(key_problem::switched_off, "ALIBABA_CLOUD_CLI_PROFILE_DISABLED"sv);
            return open_file(environment_.config_file, "/.aliyun/config.json"sv);
        case key_source::ini_profile: return open_file(environment_.credentials_file, "/.alibabacloud/credentials"sv);
        case key_source::ecs_ram_role:
            if (detail::equal_ignoring_case(environment_.ecs_metadata_disabled, "true"sv))
                return note(key_problem::switched_off, "ALIBABA_CLOUD_ECS_METADATA_DISABLED"sv);
            recipe_.first = first_key::ecs_ram_role;
            return begin_recipe();
        case key_source::credentials_uri:
            if (environment_.credentials_uri.empty())
                return note(key_problem::variable_not_set, "ALIBABA_CLOUD_CREDENTIALS_URI"sv);
            recipe_.first = first_key::uri;
            recipe_.url = environment_.credentials_uri;
            return begin_recipe();
        }
    }
    void open_environment() noexcept {
        constexpr std::string_view id = "ALIBABA_CLOUD_ACCESS_KEY_ID"sv, secret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET"sv;
        bool const has_id = !environment_.access_key_id.empty(), has_secret = !environment_.access_key_secret.empty();
        if (!has_id && !has_secret) return note(key_problem::variable_not_set, id);
        if (!has_id || !has_secret) return note(key_problem::field_missing, has_id ? secret : id);
        recipe_.access_key_id = environment_.access_key_id;
        recipe_.access_key_secret = environment_.access_key_secret;
        recipe_.security_token = environment_.security_token;
        begin_recipe();
    }
    void open_oidc() noexcept {
        auto const& e = environment_;
        std::string_view const missing = e.oidc_token_file.empty()     ? "ALIBABA_CLOUD_OIDC_TOKEN_FILE"sv
                                         : e.oidc_provider_arn.empty() ? "ALIBABA_CLOUD_OIDC_PROVIDER_ARN"sv
                                         : e.role_arn.empty()          ? "ALIBABA_CLOUD_ROLE_ARN"sv
                                                                       : ""sv;
        bool const any = !e.oidc_token_file.empty() || !e.oidc_provider_arn.empty();
        if (!missing.empty()) return note(any ? key_problem::field_missing : key_problem::variable_not_set, missing);
        recipe_.first = first_key::oidc;
        recipe_.oidc_provider_arn = e.oidc_provider_arn;
        recipe_.oidc_token_file = e.oidc_token_file;
        (void)recipe_.add_first({.arn = e.role_arn});
        begin_recipe();
    }
    void open_file(std::string_view named, std::string_view in_home) noexcept {
        if (named.empty() && environment_.home.empty()) return note(key_problem::no_home);
        set_path(named.empty() ? environment_.home : named, named.empty() ? in_home : std::string_view(), stage::wants_file);
    }
    void set_path(std::string_view first, std::string_view second, stage wanted) noexcept {
        buffer_sink to(path_);
        to.append(first);
        to.append(second);
        path_size_ = to.needed();
        detail::append_byte(to, '\0');
        if (!to.fits()) {
            path_size_ = 0;
            return note(key_problem::field_malformed, "path"sv, to.needed());
        }
        if (wanted == stage::wants_file) where_ = kept_text<200>(path());
        stage_ = wanted;
    }

    // ---- files

    void take_file(moment const& now) noexcept {
        if (of_ == stage::wants_command) return take_output(now);
        if (of_ == stage::wants_token && file_.status != key_file::whole) {
            where_ = kept_text<200>(path());
            return note(file_.status == key_file::too_long ? key_problem::file_too_long : key_problem::file_unreadable,
                        "oidc_token_file"sv, file_.size);
        }
        switch (file_.status) {
        case key_file::missing: return note(key_problem::file_not_there);
        case key_file::unreadable: return note(key_problem::file_unreadable);
        case key_file::too_long: return note(key_problem::file_too_long, {}, file_.size);
        case key_file::whole: break;
        }
        if (file_.size > storage().size()) return note(key_problem::file_too_long, {}, file_.size);
        std::span<char> const text = storage().first(file_.size);
        used_ += text.size();
        others_can_read_ = others_can_read_ || file_.others_can_read;
        if (of_ == stage::wants_token) return take_token(now, detail::text_at(text.data(), text.size()));
        std::string_view const name = options_.profile.empty() ? environment_.profile : options_.profile;
        auto const recipe = place_ == key_source::cli_profile
                                ? read_cli_profile(text, name)
                                : read_ini_profile(detail::text_at(text.data(), text.size()),
                                                   name.empty() ? "default"sv : name);
        if (!recipe) return note(recipe.error());
        recipe_ = *recipe;
        begin_recipe();
    }

    // ---- the first key

    void begin_recipe() noexcept {
        switch (recipe_.first) {
        case first_key::text:
            return take_key({.access_key_id = recipe_.access_key_id,
                             .access_key_secret = recipe_.access_key_secret,
                             .security_token = recipe_.security_token},
                            utc_time::none);
        case first_key::oidc: return set_path(recipe_.oidc_token_file, {}, stage::wants_token);
        case first_key::command: return begin_command();
        case first_key::ecs_ram_role:
            return begin_metadata(recipe_.role_name.empty() ? environment_.ecs_metadata : recipe_.role_name);
        case first_key::uri: return begin_question(question::uri);
        }
    }

    void begin_metadata(std::string_view role) noexcept {
        if (!role.empty() && !detail::is_plain_name(role)) return note(key_problem::field_malformed, "role name"sv);
        wipe(metadata_token_);
        role_name_ = kept_text<64>(role);
        begin_question(question::metadata_token);
    }

    // Copies the command behind the file and ends each word with a NUL byte.
    void begin_command() noexcept {
        std::span<char> const to = room_.subspan(used_);
        if (to.size() <= recipe_.command.size()) return note(key_problem::file_too_long, "process_command"sv);
        std::size_t count = 0;
        for (std::size_t i = 0; i != recipe_.command.size(); ++i) {
            bool const blank = detail::is_blank(recipe_.command[i]);
            bool const begins = !blank && (i == 0 || detail::is_blank(recipe_.command[i - 1]));
            if (begins && count == words_.size() - 1) return note(key_problem::field_malformed, "process_command"sv);
            if (begins) words_[count++] = to.data() + i;
            to[i] = blank ? '\0' : recipe_.command[i];
        }
        to[recipe_.command.size()] = '\0';
        words_[count] = nullptr;
        if (count == 0) return note(key_problem::field_missing, "process_command"sv);
        used_ += recipe_.command.size() + 1;
        stage_ = stage::wants_command;
    }
    void take_output(moment const& now) noexcept {
        if (file_.status != key_file::whole || file_.size > storage().size())
            return note(file_.status == key_file::missing || file_.status == key_file::unreadable
                            ? key_problem::command_not_run
                            : key_problem::file_too_long,
                        "process_command"sv, file_.size);
        std::span<char> const text = storage().first(file_.size);
        auto const output = detail::read_record<detail::command_answer>(text);
        if (!output) return note_answer(output.error());
        take_read_key(now, detail::key_of(*output), utc_time::none);
    }

    // ---- requests without a signature

    void begin_question(question asked) noexcept {
        question_ = asked;
        stage_ = stage::asking;
    }
    // Builds the request. False: a fault was noted.
    [[nodiscard]] bool ask(moment const& now) noexcept {
        constexpr std::string_view roles = "/latest/meta-data/ram/security-credentials/"sv;
        detail::plain_request one{.to = options_.metadata, .target = roles};
        if (!metadata_token_.text().empty()) {
            one.name = "X-aliyun-ecs-metadata-token"sv;
            one.value = metadata_token_.text();
        }
        switch (question_) {
        case question::metadata_token:
            one = {.method = http_method::put,
                   .to = options_.metadata,
                   .target = "/latest/api/token"sv,
                   .name = "X-aliyun-ecs-metadata-token-ttl-seconds"sv,
                   .value = "21600"sv};
            break;
        case question::role_name: break;
        case question::role_key: one.more_target = role_name_.text(); break;
        case question::uri:
            auto const url = detail::parts_of_url(recipe_.url);
            if (!url) {
                note(key_problem::field_malformed, "ALIBABA_CLOUD_CREDENTIALS_URI"sv);
                return false;
            }
            one = {.to = url->to, .target = url->target};
            break;
        }
        host_ = kept_text<127>(one.to.host());
        auto const made = detail::make_plain_request(one, room_.subspan(used_));
        if (!made) {
            note_request(made.error());
            return false;
        }
        request_ = *made;
        until_ms_ = detail::later(now.monotonic_ms, question_ == question::uri ? options_.call_limit_ms : options_.metadata_limit_ms);
        if (until_ms_ > deadline_ms_) until_ms_ = deadline_ms_;
        return true;
    }
    void take_answer(moment const& now) noexcept {
        if (!answer_) return note_request(answer_.error());
        std::span<char> const body = answer_->body;
        std::string_view text = detail::text_at(body.data(), body.size());
        if (answer_->status != 200) {
            // Older metadata servers have no tokens.
            bool const older = question_ == question::metadata_token && answer_->status != 403 &&
                               !detail::equal_ignoring_case(environment_.imdsv1_disabled, "true"sv);
            if (older) return after_token();
            return note_refusal(answer_->status, {});
        }
        detail::trim(text);
        switch (question_) {
        case question::metadata_token:
            if (text.empty() || text.size() > 200 || !detail::is_visible(text)) return note_answer({.code = errc::body_not_recognised});
            metadata_token_ = kept_text<200>(text);
            return after_token();
        case question::role_name:
            if (!detail::is_plain_name(text)) return note_answer({.code = errc::body_not_recognised});
            role_name_ = kept_text<64>(text);
            return begin_question(question::role_key);
        case question::role_key:
        case question::uri: break;
        }
        auto const answer = detail::read_record<detail::key_answer>(body);
        if (!answer) return note_answer(answer.error());
        if (!answer->code.empty() && answer->code != "Success"sv) return note_refusal(answer_->status, answer->code);
        take_read_key(now, detail::complete_key(answer->access_key_id, answer->access_key_secret,
                                                answer->security_token.empty() ? answer->session_token : answer->security_token,
                                                answer->expiration),
                      date_);
    }
    void after_token() noexcept {
        if (role_name_.text().empty()) return begin_question(question::role_name);
        begin_question(question::role_key);
    }
    void take_read_key(moment const& now, detail::read_key const& read, std::int64_t date) noexcept {
        if (!read.field.empty()) return note(key_problem::answer_malformed, read.field);
        set_end(now, read.expires_at, date);
        if (read.expires_at != utc_time::none && report_.lifetime_ms == 0) return note(key_problem::key_ended);
        take_key(read.key, read.expires_at);
    }
    // By the clock of the server, if it says its time: the clock of this machine may be wrong.
    void set_end(moment const& now, std::int64_t expires_at, std::int64_t date) noexcept {
        std::int64_t const server_now = date != utc_time::none ? date : now.utc_seconds;
        bool const lives = expires_at > server_now;
        report_.lifetime_ms = lives ? (static_cast<std::uint64_t>(expires_at) - static_cast<std::uint64_t>(server_now)) * 1000 : 0;
        report_.expires_at = expires_at;
    }

    // ---- roles

    [[nodiscard]] call_options sts_options(endpoint const& to) const noexcept {
        call_options options{.request = {.to = to}, .retry = options_.retry, .skew = options_.skew};
        options.retry.policy = retry_policy::by_operation;
        return options;
    }
    // Checks a role and chooses the host. False: a fault was noted.
    [[nodiscard]] bool begin_role(role_to_assume& role) noexcept {
        if (role.session_name.empty()) role.session_name = environment_.role_session_name;
        if (role.session_name.empty()) role.session_name = "restartcaster"sv;
        if (!role.duration_seconds.has_value()) role.duration_seconds = 3600;
        if (role.sts_region.empty()) role.sts_region = environment_.sts_region;
        bool const vpc = role.vpc || detail::equal_ignoring_case(environment_.vpc_endpoint_enabled, "true"sv);
        std::string_view const wrong =
            role.duration_seconds.value() < 900                                           ? "expired_seconds"sv
            : !role.sts_region.empty() && !detail::is_plain_name(role.sts_region)         ? "sts_region"sv
            : role.sts_region.find_first_of(".@_"sv) != std::string_view::npos            ? "sts_region"sv
                                                                                          : ""sv;
        if (!wrong.empty()) {
            note(key_problem::field_malformed, wrong);
            return false;
        }
        host_ = options_.sts == nullptr ? sts_host(role.sts_region, vpc) : kept_text<127>(options_.sts->host());
        return true;
    }
    [[nodiscard]] endpoint sts() const noexcept { return options_.sts == nullptr ? endpoint(host_.text()) : *options_.sts; }
    [[nodiscard]] std::uint64_t call_until(moment const& now) const noexcept {
        std::uint64_t const until = detail::later(now.monotonic_ms, options_.call_limit_ms);
        return until > deadline_ms_ ? deadline_ms_ : until;
    }

    void take_token(moment const& now, std::string_view token) noexcept {
        detail::trim(token);
        if (token.empty()) return note(key_problem::field_missing, "oidc_token_file"sv);
        role_to_assume& role = recipe_.roles[0];
        if (!begin_role(role)) return;
        open_call_.emplace(assume_role_with_oidc{.role_arn = role.arn,
                                                 .oidc_provider_arn = recipe_.oidc_provider_arn,
                                                 .oidc_token = token,
                                                 .role_session_name = role.session_name,
                                                 .duration_seconds = role.duration_seconds,
                                                 .policy = role.policy},
                           no_key_, room_.subspan(used_), call_until(now), sts_options(sts()));
        ++step_;
        stage_ = stage::calling;
    }
    void call_next_role(moment const& now) noexcept {
        role_to_assume& role = recipe_.roles[step_++];
        if (!begin_role(role)) return;
        key_.emplace(to_.view());
        if (auto const valid = key_->valid(); !valid) return note_request(valid.error());
        signed_call_.emplace(assume_role{.role_arn = role.arn,
                                         .role_session_name = role.session_name,
                                         .duration_seconds = role.duration_seconds,
                                         .policy = role.policy,
                                         .external_id = role.external_id},
                             *key_, room_.subspan(used_), call_until(now), sts_options(sts()));
        stage_ = stage::calling;
    }
    void take_reply(moment const& now) noexcept {
        auto const& outcome = open_call_ ? open_call_->outcome() : signed_call_->outcome();
        if (!outcome) return note_call(outcome.error());
        auto const read = detail::complete_key(outcome->access_key_id, outcome->access_key_secret, outcome->security_token,
                                               outcome->expiration);
        take_read_key(now, read, date_);
    }

    // ---- results

    // Keeps the key, which may be the last one or the one that assumes the next role.
    void take_key(credentials const& key, std::int64_t expires_at) noexcept {
        end_calls();
        if (auto const kept = to_.assign(key, expires_at); !kept)
            return note(key_problem::field_malformed, kept.error().subject, kept.error().detail);
        signing_key<> const checked(to_.view());
        if (auto const valid = checked.valid(); !valid) {
            note(key_problem::field_malformed, valid.error().subject, valid.error().detail, valid.error().code);
            return;
        }
        if (step_ != recipe_.role_count) {
            stage_ = stage::next_role;
            return;
        }
        end(true);
    }
    void end_calls() noexcept {
        open_call_.reset();
        signed_call_.reset();
        key_.reset();
    }

    void end(bool found) noexcept {
        end_calls();
        report_.found = found;
        if (found) {
            std::string_view const id = to_.view().access_key_id;
            report_.source = place_;
            report_.others_can_read = others_can_read_;
            report_.roles = static_cast<std::uint8_t>(recipe_.role_count);
            report_.where = where_;
            report_.host = host_;
            report_.profile = kept_text<63>(recipe_.profile);
            report_.mode = kept_text<31>(recipe_.mode);
            report_.region = kept_text<63>(recipe_.region);
            report_.key_id = kept_text<15>(detail::part(id, 0, id.size() < 24 ? id.size() / 3 : 8));
            report_.key_id.append("***"sv);
        } else {
            to_.forget();
        }
        wipe(room_);
        wipe(metadata_token_);
        stage_ = stage::done;
    }

    // Keeps a fault of the place; the next place follows.
    void note(key_fault fault) noexcept {
        fault.source = place_;
        fault.where = where_;
        fault.host = host_;
        if (fault.profile.text().empty()) fault.profile = kept_text<63>(recipe_.profile);
        if (report_.fault_count != report_.faults.size()) report_.faults[report_.fault_count++] = fault;
        end_calls();
        to_.forget();
        stage_ = stage::opening;
    }
    void note(key_problem problem, std::string_view field = {}, std::size_t detail = 0,
              errc cause = errc::parameter_missing) noexcept {
        note(key_fault{.problem = problem, .cause = cause, .detail = detail, .field = field});
    }
    void note(profile_fault const& fault) noexcept {
        note(key_fault{.problem = fault.problem,
                       .cause = fault.cause,
                       .detail = fault.detail,
                       .field = fault.field,
                       .profile = kept_text<63>(fault.profile),
                       .mode_or_code = safe(fault.mode)});
    }
    // A request that was not made, not sent or not answered.
    void note_request(failure const& why) noexcept {
        bool const transport = why.code == errc::not_sent || why.code == errc::no_answer || why.code == errc::answer_too_long;
        note(key_fault{.problem = transport ? key_problem::not_reached : key_problem::not_signed,
                       .cause = why.code,
                       .http_status = why.http_status,
                       .detail = why.detail,
                       .field = transport ? ""sv : why.subject});
    }
    void note_refusal(std::uint16_t status, std::string_view code) noexcept {
        note(key_fault{.problem = key_problem::refused, .http_status = status, .mode_or_code = safe(code)});
    }
    void note_answer(failure const& why) noexcept {
        note(key_fault{.problem = key_problem::answer_malformed, .cause = why.code, .detail = why.detail});
    }
    void note_call(call_error const& e) noexcept {
        if (e.kind == error_kind::refused) return note_refusal(e.http_status, e.code_text);
        if (e.kind != error_kind::unreadable) return note_request(e.cause);
        note(key_fault{.problem = key_problem::answer_malformed,
                       .cause = e.cause.code,
                       .http_status = e.http_status,
                       .detail = e.cause.detail});
    }
    // A text from outside, without the secrets of the request that it answers.
    [[nodiscard]] kept_text<63> safe(std::string_view text) const noexcept {
        kept_text<63> shown;
        append_foreign(shown, text, request_bytes(request()));
        return shown;
    }

    key_environment environment_;
    std::span<char> room_;
    credentials_text& to_;
    std::uint64_t deadline_ms_;
    key_search_options options_;

    key_report report_ = {};
    stage stage_ = stage::opening;
    question question_ = question::metadata_token;
    key_source place_ = key_source::environment;
    std::size_t next_place_ = 0;
    key_recipe recipe_ = {};
    // The next role of the recipe.
    std::size_t step_ = 0;
    // Bytes at the start of the room whose texts are in use.
    std::size_t used_ = 0;
    key_file file_ = {};
    // The stage that asked for the file.
    stage of_ = stage::wants_file;
    bool others_can_read_ = false;
    std::array<char, 1024> path_ = {};
    std::size_t path_size_ = 0;
    std::array<char const*, 33> words_ = {};
    kept_text<200> where_ = {};
    kept_text<127> host_ = {};
    kept_text<200> metadata_token_ = {};
    kept_text<64> role_name_ = {};

    std::uint64_t until_ms_ = 0;
    std::int64_t date_ = utc_time::none;
    restartcaster::request request_ = {};
    result<response> answer_ = unexpected(failure{.code = errc::no_answer});
    std::optional<signing_key<rpc_v1>> key_;
    signing_key<unsigned_rpc> no_key_;
    std::optional<call_machine<assume_role, rpc_v1>> signed_call_;
    std::optional<call_machine<assume_role_with_oidc, unsigned_rpc>> open_call_;
};

}} // namespace restartcaster

#endif
