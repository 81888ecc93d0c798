// SPDX-License-Identifier: MIT
// Finds a key, blocking: a loop over key_search with the user's transport and clock and the files of this machine.
// Source: docs/design.md, "Keys".
// Data flow: transport, clock and files in; a key and a report out.
#ifndef RESTARTCASTER_HOSTED_FIND_KEY_HPP
#define RESTARTCASTER_HOSTED_FIND_KEY_HPP
#pragma once

#include "../client/client.hpp"
#include "key_search.hpp"
#include "machine_files.hpp"
#include "rotating_key.hpp"

#include <concepts>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Anything with read_file() as that of machine_files.
template <class T>
concept key_files = requires(T& files, char const* path, std::span<char> to) {
    { files.read_file(path, to) } noexcept -> std::same_as<key_file>;
};

/// Finds a key where the vendor's clients find it, and copies it to `to`.
/// `files` reads files, and runs commands if it has run_command(); without it, profiles with the mode External give no key.
/// A transport with `void time_left_ms(std::uint32_t) noexcept` gets the time limit of every request.
/// Storage: `space` is written to, and overwritten with zeros at the end; 16 KB are enough for usual files.
/// Errors: report.found is false, `to` is empty, and report.faults say why.
/// Cost: no allocation. Blocks for at most `time_limit_ms`, if the transport keeps its time limit.
template <transport Transport, waiting_clock Clock, nonce_source Nonces, key_files Files>
[[nodiscard]] key_report find_key(Transport& over, Clock& clock, Nonces& nonces, Files&& files,
                                  key_environment const& environment, room space, credentials_text& to,
                                  key_search_options const& options = {}, std::uint32_t time_limit_ms = 30'000) noexcept {
    auto const now = [&clock] { return moment{clock.utc_seconds(), clock.monotonic_ms()}; };
    key_search search(environment, space, to, detail::later(clock.monotonic_ms(), time_limit_ms), options);
    for (;;) {
        moment const at = now();
        key_step const next = search.next(at, nonces);
        switch (next.what) {
        case key_step::send:
            if constexpr (requires { over.time_left_ms(std::uint32_t{}); }) over.time_left_ms(search.time_left_ms(at));
            search.answered(over.exchange(search.request(), search.storage()));
            break;
        case key_step::wait: {
            std::uint64_t const left = next.until_ms > at.monotonic_ms ? next.until_ms - at.monotonic_ms : 0;
            clock.sleep_ms(detail::in_32_bits(left));
            break;
        }
        case key_step::read_file: search.file_read(files.read_file(search.path().data(), search.storage())); break;
        case key_step::run_command:
            if constexpr (requires { files.run_command(search.arguments(), search.storage()); })
                search.command_ran(files.run_command(search.arguments(), search.storage()));
            else
                search.command_ran({.status = key_file::missing});
            break;
        case key_step::done: return search.report();
        }
    }
}

/// Renews a key that threads share, if it is due: at first, and then before its end. Call it before every call or from a thread
/// of its own. One thread renews, the others return at once and go on with the old key; without a key that can be used, they
/// wait for the thread that renews. After the first key, only its place is asked again.
/// Returns the report of a renewal by this thread; nothing if there was nothing to do.
/// Storage, errors and cost: as find_key(); without a renewal, two atomic loads and a look at the clock.
template <class Scheme, transport Transport, waiting_clock Clock, nonce_source Nonces, key_files Files>
std::optional<key_report> renew_key(rotating_key<Scheme>& key, Transport& over, Clock& clock, Nonces& nonces, Files&& files,
                                    key_environment const& environment, room space, key_search_options options = {},
                                    std::uint32_t time_limit_ms = 30'000) noexcept {
    if (!key.take_renewal()) {
        constexpr std::uint32_t pause_ms = 20;
        std::uint64_t const until_ms = detail::later(clock.monotonic_ms(), time_limit_ms);
        while (key.is_renewing() && !key.valid() && clock.monotonic_ms() < until_ms) clock.sleep_ms(pause_ms);
        return std::nullopt;
    }
    if (auto const source = key.source()) options.sources = only(*source);
    std::uint64_t const asked_ms = key.monotonic_ms();
    std::int64_t const asked_utc_s = clock.utc_seconds();
    credentials_text fresh;
    key_report const report = find_key(over, clock, nonces, files, environment, space, fresh, options, time_limit_ms);
    if (report.found)
        key.publish(fresh, report, asked_ms, asked_utc_s);
    else
        key.give_up();
    return report;
}

}} // namespace restartcaster

#endif
