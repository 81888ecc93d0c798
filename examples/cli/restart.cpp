// SPDX-License-Identifier: MIT
// Restarts studios at the account's pace: a call machine for each, driven by as many threads as calls may begin in a
// second, so that slow answers do not slow the pace down.
// Source: docs/design.md, "Calls over time", "Errors"; curl's own environment variables (curl.1, "ENVIRONMENT").
// Path: restart_arguments -> rc::call_machine over libcurl -> an outcome for each studio -> the account.
#include "account.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "studios.hpp"

#include "../transports/curl_transport.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <mutex>
#include <system_error>
#include <thread>

namespace rc = restartcaster;

namespace {

// What an answer may have; the service's are below 1 KB, a proxy's page may be longer.
constexpr std::size_t answer_room = 256 * 1024;
// How soon an interrupt is noticed during a wait, and how often the time left is shown.
constexpr std::uint64_t longest_sleep_ms = 100;

exit_status status_of(rc::error const& e) {
    if (e.ran != rc::executed::no) return exit_status::unknown;
    switch (e.kind) {
    case rc::error_kind::local: return exit_status::local;
    case rc::error_kind::not_sent: return exit_status::not_sent;
    case rc::error_kind::refused:
        return e.code == rc::service_code::throttling ? exit_status::throttled : exit_status::refused;
    case rc::error_kind::no_answer:
    case rc::error_kind::unreadable: break;
    }
    return exit_status::unknown;
}

std::string code_of(rc::error const& e) {
    switch (e.kind) {
    case rc::error_kind::local: return "local";
    case rc::error_kind::not_sent: return "not_sent";
    case rc::error_kind::no_answer: return "no_answer";
    case rc::error_kind::unreadable: return "unreadable";
    case rc::error_kind::refused: break;
    }
    return visible(e.code_text);
}

/// The library's own sentence, and what only this program knows: where the call went, which option helps.
std::string explained(rc::call_error const& e, rc::endpoint const& to) {
    std::string text = described(e);
    if (e.kind == rc::error_kind::local || e.kind == rc::error_kind::refused) return text;
    text += " Endpoint ";
    string_sink const sink{text};
    to.append_origin(sink);
    if (e.kind != rc::error_kind::not_sent) return text;
    if (e.cause.detail == CURLE_PEER_FAILED_VERIFICATION)
        text += "; --ca-file names an authority of your own";
    if (e.cause.detail == CURLE_SSL_CACERT_BADFILE)
        text += "; the file of --ca-file, CURL_CA_BUNDLE or SSL_CERT_FILE "
                "holds no certificate that can be read";
    return text;
}

/// The file of authorities to trust: the option's, or the environment's as for curl; null for the system's.
char const* ca_file(restart_arguments const& wanted) {
    if (!wanted.ca_file.empty()) return wanted.ca_file.c_str();
    for (char const* const variable : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"})
        if (char const* const file = std::getenv(variable); file != nullptr && *file != '\0') return file;
    return nullptr;
}

/// What the callback of an exchange needs to know.
struct watcher {
    account& told;
    std::size_t at;
    std::uint64_t sent_ms;

    static bool go_on(void* who) noexcept {
        auto const& self = *static_cast<watcher const*>(who);
        self.told.show(self.at, rc::waiting_for::answer, rc::monotonic_now_ms() - self.sent_ms);
        return !interrupt::insisted();
    }
};

/// Everything that the calls of one run share.
template <class Scheme>
struct run {
    restart_arguments const& wanted;
    std::span<std::string const> studios;
    rc::signing_key<Scheme> const& key;
    account& told;
    rc::clock_skew skew = rc::clock_skew();
    rc::pacing pace = rc::pacing({.calls_per_second = wanted.calls_per_second});
    std::mutex order = {};
    std::size_t next = 0;

    /// Takes one studio after the other, as long as there are any.
    void work() {
        while (true) {
            std::unique_lock in_order(order);
            if (told.ends() || next == studios.size()) return;
            std::size_t const at = next++;
            told.add(at, restart(at, in_order));
        }
    }

    /// `in_order` is let go once the call has its turn in the account's pace, so that the turns come in the order of
    /// the studios.
    outcome restart(std::size_t at, std::unique_lock<std::mutex>& in_order) {
        rc::restart_caster const operation{.caster_id = studios[at], .region_id = wanted.region_id};
        rc::call_options const options{.request = wanted.options, .retry = wanted.retry, .skew = &skew, .pace = pace};
        rc::stamp const any{.utc_seconds = rc::utc_now(), .nonce = "00000000-0000-4000-8000-000000000000"};
        auto const size = rc::request_size(operation, key, any, wanted.options);
        std::vector<char> room(size.value_or(0) + answer_room);
        rc::call_machine machine(operation, key, std::span(room), rc::monotonic_now_ms() + wanted.deadline_ms, options);
        while (true) {
            rc::moment const now{rc::utc_now(), rc::monotonic_now_ms()};
            if (told.ends()) machine.abandon(now);
            rc::step const step = machine.next(now, rc::random_nonce);
            if (in_order) in_order.unlock();
            if (step.what == rc::step::done) break;
            if (step.what == rc::step::send) {
                machine.answered(exchange(at, machine, now));
            } else {
                std::uint64_t const left = step.until_ms - now.monotonic_ms;
                told.show(at, step.why, left);
                std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left, longest_sleep_ms)));
            }
        }
        auto const& reply = machine.outcome();
        outcome what{.attempts = machine.attempts(), .waited_ms = machine.waited_ms()};
        if (reply) {
            what.status = exit_status::done;
            what.ran = rc::executed::yes;
            what.request_id = visible(reply->request_id);
            return what;
        }
        what.status = status_of(reply.error());
        what.ran = reply.error().ran;
        what.advice = reply.error().what_to_do;
        what.request_id = visible(reply.error().request_id);
        what.code = code_of(reply.error());
        what.words = explained(reply.error(), wanted.options.to);
        return what;
    }

    rc::result<rc::response> exchange(std::size_t at, rc::call_machine<rc::restart_caster, Scheme> const& machine,
                                      rc::moment const& now) {
        watcher watches{told, at, now.monotonic_ms};
        auto const most_ms = std::min(wanted.timeout_ms, machine.time_left_ms(now));
        curl_transport const http{.ca_file = ca_file(wanted),
                                  .timeout_ms = static_cast<long>(most_ms),
                                  .watch = {&watcher::go_on, &watches}};
        return http.exchange(machine.request(), machine.storage());
    }
};

template <class Scheme>
exit_status restart_all(restart_arguments const& wanted, std::span<std::string const> studios,
                        rc::credentials const& credentials) {
    rc::signing_key<Scheme> const key(credentials);
    account told(wanted, studios);
    run<Scheme> all{.wanted = wanted, .studios = studios, .key = key, .told = told};
    std::vector<std::thread> others;
    try {
        while (others.size() + 1 < std::min<std::size_t>(studios.size(), wanted.calls_per_second))
            others.emplace_back([&all] { all.work(); });
    } catch (std::system_error const&) {
        // Fewer threads do as well, only slower.
    }
    all.work();
    for (std::thread& other : others) other.join();
    return told.close();
}

} // namespace

exit_status restart(restart_arguments const& wanted) {
    auto const credentials = rc::environment_credentials();
    if (!credentials) return complain(credentials.error());
    auto const studios = studios_of(wanted);
    if (auto const* const wrong = std::get_if<usage_error>(&studios)) return complain(*wrong);
    auto const& ids = std::get<std::vector<std::string>>(studios);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    interrupt::watch();
    return wanted.scheme == signature_scheme::acs3 ? restart_all<rc::acs3>(wanted, ids, *credentials)
                                                   : restart_all<rc::rpc_v1>(wanted, ids, *credentials);
}
