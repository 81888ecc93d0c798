// SPDX-License-Identifier: MIT
// What a search for a key found and what was wrong on its way: places and reasons, never a value.
// Source: docs/design.md, "Keys".
// Data flow: filled by key_search; a program prints it with describe().
#ifndef RESTARTCASTER_HOSTED_KEY_REPORT_HPP
#define RESTARTCASTER_HOSTED_KEY_REPORT_HPP
#pragma once

#include "../core/foreign_text.hpp"
#include "../core/utc_time.hpp"
#include "kept_text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The places where a key can be, in the order of the vendor's chain.
enum class key_source : std::uint8_t { environment, oidc, cli_profile, ini_profile, ecs_ram_role, credentials_uri };

/// The number of places.
inline constexpr std::size_t key_source_count = 6;

/// The name of a place for people.
[[nodiscard]] constexpr std::string_view name(key_source source) noexcept {
    switch (source) {
    case key_source::environment: return "environment"sv;
    case key_source::oidc: return "OIDC role"sv;
    case key_source::cli_profile: return "CLI profile"sv;
    case key_source::ini_profile: return "credentials file"sv;
    case key_source::ecs_ram_role: return "ECS RAM role"sv;
    default: return "credentials URI"sv;
    }
}

/// Why a place gave no key.
enum class key_problem : std::uint8_t {
    /// The place is not used on this machine: a variable is not set, a file is not there, a switch turns the place off.
    variable_not_set,
    switched_off,
    no_home,
    file_not_there,
    /// The place is used, and what is there cannot be used.
    file_unreadable,
    file_too_long,
    file_malformed,
    profile_not_there,
    profile_disabled,
    field_missing,
    field_malformed,
    mode_not_supported,
    chain_too_long,
    command_not_run,
    /// A server was asked, and gave no key.
    not_reached,
    refused,
    answer_malformed,
    key_ended,
    /// The search came to its deadline.
    out_of_time,
    /// The request could not be made on this machine.
    not_signed,
};

/// Why one place gave no key. Trivially copyable, without secrets.
struct key_fault {
    /// The place, and what was wrong there.
    key_source source = key_source::environment;
    key_problem problem = key_problem::variable_not_set;
    /// The reason of a malformed file, field or answer and of a failed request; parameter_missing if nothing more is known.
    errc cause = errc::parameter_missing;
    /// The HTTP status of an answer; otherwise 0.
    std::uint16_t http_status = 0;
    /// With file_malformed and answer_malformed the byte offset; with file_too_long and field_malformed a number of bytes.
    std::size_t detail = 0;
    /// The variable or the field at fault: static text.
    std::string_view field = {};
    /// The file, the host that was asked and the profile in the file; each may be empty.
    kept_text<200> where = {};
    kept_text<127> host = {};
    kept_text<63> profile = {};
    /// With mode_not_supported the mode, with refused the code of the service; without secrets.
    kept_text<63> mode_or_code = {};

    /// Whether the place is used on this machine and did not work: worth a warning even if another place gave the key.
    [[nodiscard]] constexpr bool is_used() const noexcept { return problem > key_problem::file_not_there; }
};

/// What a search found.
struct key_report {
    /// Whether there is a key, and the place that gave it.
    bool found = false;
    key_source source = key_source::environment;
    /// Whether other users of this machine can read the file with the key (POSIX permissions; always false on other systems).
    bool others_can_read = false;
    /// How many roles were assumed with the key that stands in the place.
    std::uint8_t roles = 0;
    /// The end of a temporary key in UTC seconds; utc_time::none for a permanent key.
    std::int64_t expires_at = utc_time::none;
    /// Milliseconds from the answer with the key until its end, by the clock of the server; 0 for a permanent key.
    std::uint64_t lifetime_ms = 0;
    /// The file, the host that gave the key, the profile in the file, and its mode; each may be empty.
    kept_text<200> where = {};
    kept_text<127> host = {};
    kept_text<63> profile = {};
    kept_text<31> mode = {};
    /// The region of the profile; may be empty.
    kept_text<63> region = {};
    /// The first bytes of the key id and three asterisks.
    kept_text<15> key_id = {};
    /// Why each place before gave no key, in the order of the search.
    std::array<key_fault, key_source_count> faults = {};
    std::uint8_t fault_count = 0;
};

namespace detail {

/// The sentence of a problem, and what to do.
[[nodiscard]] constexpr std::string_view words(key_problem problem) noexcept {
    switch (problem) {
    case key_problem::variable_not_set: return "is not set"sv;
    case key_problem::switched_off: return "switches this place off"sv;
    case key_problem::no_home: return "the home folder is not known; set HOME"sv;
    case key_problem::file_not_there: return "there is no such file"sv;
    case key_problem::file_unreadable: return "the file cannot be read; look at its permissions"sv;
    case key_problem::file_too_long: return "the file does not fit into the storage"sv;
    case key_problem::file_malformed: return "the file is malformed; correct it or write it again with `aliyun configure`"sv;
    case key_problem::profile_not_there: return "the file has no such profile; look at the names with `aliyun configure list`"sv;
    case key_problem::profile_disabled: return "the profile says enable = false"sv;
    case key_problem::field_missing: return "is missing or empty"sv;
    case key_problem::field_malformed: return "cannot be right"sv;
    case key_problem::mode_not_supported:
        return "the mode is not supported; use AK, StsToken, RamRoleArn, EcsRamRole, OIDC, ChainableRamRoleArn or External"sv;
    case key_problem::chain_too_long: return "source_profile leads through too many profiles, or in a circle"sv;
    case key_problem::command_not_run: return "the command of process_command was not run or failed"sv;
    case key_problem::not_reached: return "the server did not answer"sv;
    case key_problem::refused: return "the server refused"sv;
    case key_problem::answer_malformed: return "the answer of the server is not a key"sv;
    case key_problem::key_ended: return "the key has ended; get a new one, and look at the clock of this machine"sv;
    case key_problem::out_of_time: return "the time limit came before an answer"sv;
    case key_problem::not_signed: return "the request to the server could not be made"sv;
    }
    return ""sv;
}

/// Appends a name from the configuration of this machine: in full, because it names a place and is no value, and with "?" in
/// place of control and invisible characters and of bytes that are not UTF-8.
template <byte_sink Sink>
constexpr void append_name(Sink& sink, std::string_view text) noexcept {
    for (std::size_t at = 0; at != text.size();) {
        char32_t code = 0;
        std::size_t const length = utf8_character(text.data() + at, text.size() - at, code);
        append_to(sink, length != 0 && is_shown(code) ? part(text, at, length) : "?"sv);
        at += length == 0 ? 1 : length;
    }
}

template <byte_sink Sink>
constexpr void append_place(Sink& sink, key_source source, std::string_view where, std::string_view profile) noexcept {
    append_to(sink, name(source));
    if (!where.empty()) {
        append_to(sink, " "sv);
        append_name(sink, where);
    }
    if (profile.empty()) return;
    append_to(sink, ", profile "sv);
    append_name(sink, profile);
}

} // namespace detail

/// Appends one sentence without a full stop: the place, what is wrong and what to do. It has no value of a key.
template <byte_sink Sink>
constexpr void describe(Sink& sink, key_fault const& fault) noexcept {
    detail::append_place(sink, fault.source, fault.where.text(), fault.profile.text());
    detail::append_to(sink, ": "sv);
    if (!fault.field.empty()) {
        detail::append_to(sink, fault.field);
        detail::append_to(sink, fault.problem == key_problem::file_unreadable || fault.problem >= key_problem::command_not_run ? ": "sv : " "sv);
    }
    detail::append_to(sink, detail::words(fault.problem));
    if (!fault.host.text().empty()) {
        detail::append_to(sink, " ("sv);
        detail::append_name(sink, fault.host.text());
        detail::append_to(sink, ")"sv);
    }
    if (!fault.mode_or_code.text().empty()) {
        detail::append_to(sink, ": "sv);
        detail::append_to(sink, fault.mode_or_code.text());
    }
    if (fault.http_status != 0) {
        detail::append_to(sink, ", HTTP status "sv);
        detail::append_number(sink, fault.http_status);
    }
    if (fault.cause == errc::parameter_missing) return;
    detail::append_to(sink, ": "sv);
    detail::append_to(sink, message(fault.cause));
    if (fault.problem != key_problem::file_malformed && fault.problem != key_problem::answer_malformed) return;
    detail::append_to(sink, ", at byte "sv);
    detail::append_number(sink, fault.detail);
}

/// Appends one sentence without a full stop: where the key was found, for whom and until when. It has no value of a key except
/// the first bytes of the key id. Without a key: the faults of the places that are used on this machine.
template <byte_sink Sink>
constexpr void describe(Sink& sink, key_report const& report) noexcept {
    if (report.found) {
        detail::append_place(sink, report.source, report.where.text(), report.profile.text());
        if (!report.mode.text().empty()) {
            detail::append_to(sink, ", mode "sv);
            detail::append_name(sink, report.mode.text());
        }
        if (!report.host.text().empty()) {
            detail::append_to(sink, ", by "sv);
            detail::append_name(sink, report.host.text());
        }
        detail::append_to(sink, ": key "sv);
        detail::append_to(sink, report.key_id.text());
        if (report.expires_at == utc_time::none) return;
        auto const until = utc_time::of(report.expires_at);
        if (!until) return;
        auto const text = until->text();
        detail::append_to(sink, ", valid until "sv);
        detail::append_to(sink, detail::text_at(text.data(), text.size()));
        return;
    }
    detail::append_to(sink, "no key was found"sv);
    for (std::size_t i = 0; i != report.fault_count; ++i) {
        if (!report.faults[i].is_used()) continue;
        detail::append_to(sink, "; "sv);
        describe(sink, report.faults[i]);
    }
}

}} // namespace restartcaster

#endif
