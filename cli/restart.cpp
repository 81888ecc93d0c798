// SPDX-License-Identifier: MIT
// Restarts studios within the rate limit of the account: one call machine per studio, driven by as many threads as calls
// may start per second, so that slow answers do not lower the rate.
// Source: docs/design.md, "Calls over time", "Errors"; curl's own environment variables (curl.1, "ENVIRONMENT").
// Data flow: restart_arguments -> rc::call_machine over libcurl -> an outcome for each studio -> the report (report.hpp).
#include "report.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "studios.hpp"

#include "../examples/transports/curl_transport.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <new>
#include <thread>

namespace rc = restartcaster;

namespace {

// Bytes for request and answer. The service's answers are below 1 KB; a proxy's page may be longer.
constexpr std::size_t answer_room = 256 * 1024;
// How soon a wait notices an interrupt, and how often it shows the remaining time.
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

/// How to fix a failure that stops every request of this run; null for a failure that may be temporary.
char const* remedy(rc::failure const& cause, unsigned attempts) {
    // A busy name server is temporary, so a name is looked up in several attempts first.
    constexpr unsigned enough_lookups = 3;
    if (cause.code != rc::errc::not_sent) return nullptr;
    switch (cause.detail) {
    case CURLE_PEER_FAILED_VERIFICATION:
        return "check endpoint, network and clock; --ca-file names an authority of your own";
    case CURLE_SSL_CACERT_BADFILE:
        return "the file of --ca-file, CURL_CA_BUNDLE or SSL_CERT_FILE holds no certificate that can be read";
    case CURLE_COULDNT_RESOLVE_HOST:
        return attempts < enough_lookups ? nullptr : "check --endpoint, --region and the network's name server";
    case CURLE_COULDNT_RESOLVE_PROXY:
        return attempts < enough_lookups ? nullptr : "check https_proxy and the network's name server";
    default: return nullptr;
    }
}

/// The library's sentence, with the facts that only this program knows: the endpoint, and how to fix the failure.
std::string explained(rc::call_error const& e, rc::endpoint const& to, char const* mend) {
    std::string text;
    if (mend != nullptr) {
        text = "not sent, " + described(e.cause) + ". RestartCaster did not run; " + mend + ", then call again.";
    } else if (e.retry_after_ms == ~std::uint32_t{0}) { // or more than 32 bits can count
        rc::call_error silent = e;
        silent.retry_after_ms = 0;
        text = described(silent) + " (the service asks for a wait of more than 49 days)";
    } else {
        text = described(e);
    }
    if (e.kind == rc::error_kind::local || e.kind == rc::error_kind::refused) return text;
    return text + " Endpoint " + text_of([&](auto& sink) { to.append_origin(sink); });
}

/// The file of certificate authorities: from the option, or from the environment as for curl; null: the system's.
struct authorities {
    char const* named_by = nullptr;
    char const* file = nullptr;
};
authorities authorities_of(restart_arguments const& wanted) {
    if (!wanted.ca_file.empty()) return {"--ca-file", wanted.ca_file.c_str()};
    for (char const* const variable : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"})
        if (char const* const file = std::getenv(variable); file != nullptr && *file != '\0') return {variable, file};
    return {};
}

/// Checks that a file contains a certificate; libcurl checks only after it has connected.
exit_status check(authorities const& from) {
    std::error_code none;
    if (from.file == nullptr || std::filesystem::is_other(from.file, none)) // a pipe can be read only once
        return exit_status::done;
    std::string text, why = "it is no PEM file";
    std::FILE* const file = std::fopen(from.file, "rb");
    if (file == nullptr || !read_all(file, text)) why = std::strerror(errno);
    if (file != nullptr) std::fclose(file);
    if (text.find("CERTIFICATE-----") != text.npos) return exit_status::done;
    return complain(exit_status::not_sent,
                    "not sent, " + std::string(from.named_by) + ": " + why +
                        ". RestartCaster did not run; the file holds no certificate that can be read: name another one");
}

/// The data for the callback of an exchange.
struct watcher {
    report& told;
    std::size_t at;
    std::uint64_t sent_ms;

    static bool go_on(void* who) noexcept {
        auto const& self = *static_cast<watcher const*>(who);
        self.told.show(self.at, rc::waiting_for::answer, rc::monotonic_now_ms() - self.sent_ms);
        return !interrupt::insisted();
    }
};

/// The data that all calls of one run share.
template <class Scheme>
struct run {
    using machine = rc::call_machine<rc::restart_caster, Scheme>;

    restart_arguments const& wanted;
    std::span<std::string const> studios;
    rc::signing_key<Scheme> const& key;
    report& told;
    char const* ca_file = authorities_of(wanted).file;
    rc::clock_skew skew = rc::clock_skew();
    rc::pacing pace = rc::pacing({.calls_per_second = wanted.calls_per_second});
    std::mutex order = {};
    std::size_t next = 0;
    /// The first studio that met a failure that stops all requests.
    static constexpr std::size_t nobody = ~std::size_t{0};
    std::atomic<std::size_t> hindered = nobody;

    [[nodiscard]] bool ends() const noexcept { return told.ends() || hindered != nobody; }

    /// Takes one studio after the other until none is left.
    void work() noexcept {
        while (true) {
            std::unique_lock in_order(order);
            if (ends() || next == studios.size()) return;
            std::size_t const at = next++;
            told.add(at, restart(at, in_order));
        }
    }

    /// `in_order` is unlocked as soon as the call has its turn of the pacing, so that turns are in the order of the studios.
    outcome restart(std::size_t at, std::unique_lock<std::mutex>& in_order) noexcept {
        rc::restart_caster const operation{.caster_id = studios[at], .region_id = wanted.region_id};
        rc::call_options const options{.request = wanted.options, .retry = wanted.retry, .skew = &skew, .pace = pace};
        rc::stamp const any{.utc_seconds = rc::utc_now(), .nonce = "00000000-0000-4000-8000-000000000000"};
        auto const size = rc::request_size(operation, key, any, wanted.options);
        outcome what;
        std::vector<char> room;
        try {
            // Reserved before sending: memory for the answer and for its request id.
            room.resize(size.value_or(0) + answer_room);
            what.request_id.reserve(64);
        } catch (std::bad_alloc const&) {
            what.code = outcome::no_memory;
            return what;
        }
        machine call(operation, key, std::span(room), rc::monotonic_now_ms() + wanted.deadline_ms, options);
        while (true) {
            rc::moment const now{rc::utc_now(), rc::monotonic_now_ms()};
            if (ends()) call.abandon(now);
            rc::step const step = call.next(now, rc::random_nonce);
            if (in_order) in_order.unlock();
            if (step.what == rc::step::done) break;
            if (step.what == rc::step::send) {
                exchange(at, call, now);
            } else {
                std::uint64_t const left = step.until_ms - now.monotonic_ms;
                told.show(at, step.why, left);
                std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left, longest_sleep_ms)));
            }
        }
        what.attempts = call.attempts();
        what.waited_ms = call.waited_ms();
        auto const& reply = call.outcome();
        what.status = reply ? exit_status::done : status_of(reply.error());
        what.ran = reply ? rc::executed::yes : reply.error().ran;
        put_foreign(what.request_id, reply ? reply->request_id : reply.error().request_id);
        try {
            if (!reply) explain(at, reply.error(), what);
        } catch (std::bad_alloc const&) {
            what.code = outcome::no_memory;
            what.words.clear();
        }
        return what;
    }

    void exchange(std::size_t at, machine& call, rc::moment const& now) noexcept {
        watcher watches{told, at, now.monotonic_ms};
        auto const most_ms = std::min(wanted.timeout_ms, call.time_left_ms(now));
        curl_transport const http{.ca_file = ca_file,
                                  .timeout_ms = static_cast<long>(most_ms),
                                  .watch = {&watcher::go_on, &watches}};
        auto const answer = http.exchange(call.request(), call.storage());
        call.answered(answer);
        if (answer || remedy(answer.error(), call.attempts()) == nullptr) return;
        std::size_t first = nobody;
        hindered.compare_exchange_strong(first, at);
    }

    void explain(std::size_t at, rc::call_error const& e, outcome& what) const {
        char const* const mend = e.ran == rc::executed::no ? remedy(e.cause, e.attempts) : nullptr;
        std::size_t const first = hindered;
        what.advice = mend == nullptr ? e.what_to_do : rc::advice::fix_transport;
        // A failure that stops all requests is reported once.
        if (first != nobody && first != at && what.status == exit_status::not_sent)
            what.words = "not sent. RestartCaster did not run; mend what is said of " + studios[first] + ", then call again.";
        else
            what.words = explained(e, wanted.options.to, mend);
        put_foreign(what.code, e.kind == rc::error_kind::refused ? e.code_text : name(e.kind));
    }
};

template <class Scheme>
exit_status restart_all(restart_arguments const& wanted, std::span<std::string const> studios,
                        rc::credentials const& credentials) {
    rc::signing_key<Scheme> const key(credentials);
    report told(wanted, studios);
    run<Scheme> all{.wanted = wanted, .studios = studios, .key = key, .told = told};
    std::vector<std::thread> others;
    try {
        others.reserve(wanted.calls_per_second);
        while (others.size() + 1 < std::min<std::size_t>(studios.size(), wanted.calls_per_second))
            others.emplace_back([&all] { all.work(); });
    } catch (std::exception const&) {
        // Fewer threads work too, only slower.
    }
    all.work();
    for (std::thread& other : others) other.join();
    return told.close();
}

} // namespace

exit_status restart(restart_arguments const& wanted) {
    if (wanted.options.to.scheme() == rc::url_scheme::https)
        if (auto const checked = check(authorities_of(wanted)); checked != exit_status::done) return checked;
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
