// SPDX-License-Identifier: MIT
// A connection to the service: the key, the transport and the loop that drives call machines and goals.
// Source: docs/design.md, "Calls over time".
// Data flow: connection_arguments -> key and transport -> steps of a machine -> its outcome.
#ifndef RESTARTCASTER_CLI_SESSION_HPP
#define RESTARTCASTER_CLI_SESSION_HPP

#include "failures.hpp"
#include "interrupt.hpp"
#include "keys.hpp"
#include "output.hpp"
#include "regions.hpp"

#include "../examples/transports/curl_transport.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <thread>

/// How soon a wait notices an interrupt, and how often it shows the remaining time. Units: milliseconds.
inline constexpr std::uint64_t longest_sleep_ms = 100;

inline rc::moment moment_now() noexcept {
    return {rc::utc_now(), rc::monotonic_now_ms()};
}

/// The loop of one machine. `Watch` has
///   bool ends(): no further request; bool gives_up(): cancel the exchange;
///   void waits(rc::waiting_for why, std::uint64_t ms): for an answer the time that has passed, else the remaining time.
template <class Watch>
struct driver {
    connection_arguments const& at;
    char const* ca_file;
    Watch& watch;
    std::uint64_t sent_ms = 0;

    /// Drives the machine to its end. `begun` is called after the first step: the turn of the pacing is taken.
    template <class Machine>
    void drive(Machine& machine, auto&& begun) noexcept {
        for (;;) {
            rc::moment const now = moment_now();
            if (watch.ends()) machine.abandon(now);
            rc::step const step = machine.next(now, rc::random_nonce);
            begun();
            if (step.what == rc::step::done) return;
            if (step.what == rc::step::send) {
                machine.answered(exchange(machine.request(), machine.storage(), machine.time_left_ms(now)));
            } else {
                std::uint64_t const left = step.until_ms > now.monotonic_ms ? step.until_ms - now.monotonic_ms : 0;
                watch.waits(step.why, left);
                std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left, longest_sleep_ms)));
            }
        }
    }

    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage, std::uint32_t left_ms) noexcept {
        sent_ms = rc::monotonic_now_ms();
        curl_transport const http{.ca_file = ca_file,
                                  .timeout_ms = static_cast<long>(std::min(at.timeout_ms, left_ms)),
                                  .watch = {&driver::go_on, this}};
        auto answer = http.exchange(out, storage);
        if constexpr (requires { watch.exchanged(answer); }) watch.exchanged(answer);
        return answer;
    }

    static bool go_on(void* who) noexcept {
        auto& self = *static_cast<driver*>(who);
        self.watch.waits(rc::waiting_for::answer, rc::monotonic_now_ms() - self.sent_ms);
        return !self.watch.gives_up();
    }
};

/// Calls one after the other, for commands that only look: an interrupt ends them at once. Has the interface of a client for
/// rc::pages.
template <class Scheme>
class session {
public:
    using scheme = Scheme;

    session(connection_arguments const& with, found_key const& from) noexcept : at(with), key_source(from), key(from.who) {}

    connection_arguments const& at;
    found_key const& key_source;
    rc::signing_key<Scheme> const key;
    rc::clock_skew skew;

    [[nodiscard]] char const* ca_file() const { return authorities_of(at).file; }
    [[nodiscard]] rc::call_options options() noexcept { return {.request = at.request(), .retry = at.retry, .skew = &skew}; }
    [[nodiscard]] std::uint64_t deadline_ms() const noexcept { return rc::monotonic_now_ms() + at.deadline_ms; }

    template <class Operation>
    rc::result<typename Operation::reply, rc::call_error> call(Operation const& op, rc::room to) noexcept {
        return call_until(deadline_ms(), op, to);
    }
    template <class Operation>
    rc::result<typename Operation::reply, rc::call_error> call_until(std::uint64_t deadline_ms, Operation const& op,
                                                                     rc::room to) noexcept {
        rc::pacing& pace = pace_of(op);
        rc::call_options with = options();
        with.pace = pace;
        rc::call_machine<Operation, Scheme> machine(op, key, to, deadline_ms, with);
        struct quiet {
            static bool ends() noexcept { return interrupt::asked(); }
            static bool gives_up() noexcept { return interrupt::asked(); }
            static void waits(rc::waiting_for, std::uint64_t) noexcept {}
        } watch;
        driver<quiet>{at, ca_file(), watch}.drive(machine, [] {});
        return machine.outcome();
    }

private:
    // The service counts per operation. One object for each type of operation is enough: actions by name are single calls.
    template <class Operation>
    rc::pacing& pace_of(Operation const&) {
        static rc::pacing pace = [] {
            if constexpr (requires { Operation::description; })
                return rc::pacing(rc::pacing_of(Operation::description));
            else
                return rc::pacing();
        }();
        return pace;
    }
};

/// Prepares the process and calls `act` with a session of the wanted scheme.
/// The region of the key's profile is the default region.
exit_status connected(connection_arguments& at, auto const& act) {
    if (at.to().scheme() == rc::url_scheme::https)
        if (auto const checked = check(authorities_of(at)); checked != exit_status::done) return checked;
    found_key key;
    if (auto const fault = find_key(at, key); !fault.empty()) return complain(exit_status::local, fault);
    if (at.region_id.empty()) at.region_id = key.report.region.text();
    if (key.report.others_can_read)
        complain(exit_status::done, "others can read the file with the key: chmod 600 " + std::string(key.report.where.text()));
    if (auto const remark = remark_about(at.region_id); !remark.empty() && at.endpoint.empty())
        complain(exit_status::done, remark);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (at.scheme == signature_scheme::acs3) {
        session<rc::acs3> over(at, key);
        return act(over);
    }
    session<rc::rpc_v1> over(at, key);
    return act(over);
}

#endif
