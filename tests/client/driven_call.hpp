// SPDX-License-Identifier: MIT
// A call driven by hand: a virtual clock, answers laid out beforehand, and a record of all that was sent.
// Source: docs/design.md, "Calls over time".
// Data flow: the tests of the client floor say what the network does and look at what the machine does.
#ifndef RESTARTCASTER_TESTS_CLIENT_DRIVEN_CALL_HPP
#define RESTARTCASTER_TESTS_CLIENT_DRIVEN_CALL_HPP

#include <restartcaster/client/call_machine.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace driven {

namespace rc = restartcaster;

/// What the network does with one request.
struct fate {
    bool sent = true;
    bool answered = true;
    std::uint16_t status = 200;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    /// How long the exchange takes.
    std::uint64_t takes_ms = 40;
};

inline fate success() { return {.body = R"({"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31"})", .headers = {}}; }
inline fate refusal(std::uint16_t status, std::string const& code,
                    std::vector<std::pair<std::string, std::string>> headers = {}) {
    return {.status = status,
            .body = R"({"RequestId":"R","HostId":"live.aliyuncs.com","Code":")" + code + R"(","Message":"said"})",
            .headers = std::move(headers)};
}
inline fate throttle(std::uint32_t wait_ms) {
    return refusal(400, "Throttling.User", {{"x-acs-retry-after", std::to_string(wait_ms)}});
}
inline fate expired(std::string const& date) { return refusal(400, "InvalidTimeStamp.Expired", {{"Date", date}}); }
inline fate lost() { return {.answered = false, .body = {}, .headers = {}}; }
inline fate not_sent() { return {.sent = false, .answered = false, .body = {}, .headers = {}}; }

inline constexpr std::uint64_t start_ms = 5'000'000;
inline constexpr std::int64_t start_utc = 1'795'400'000; // 2026-11-23T02:13:20Z
inline std::string const start_date = "Mon, 23 Nov 2026 02:13:20 GMT";

/// Nonces that count, as no real source should.
struct counting_nonces {
    std::uint32_t count = 0;
    rc::result<rc::nonce> operator()() noexcept {
        ++count;
        std::array<unsigned char, 16> bytes{};
        for (unsigned i = 0; i != 4; ++i) bytes[i] = static_cast<unsigned char>(count >> (8 * i) & 0xFF);
        return rc::nonce(bytes);
    }
};

struct sending {
    std::uint64_t at_ms;
    std::string body;
    [[nodiscard]] std::string field(std::string const& name) const {
        std::size_t const at = body.find(name + "=");
        return at == std::string::npos ? "" : body.substr(at, body.find('&', at) - at);
    }
};

/// One device and its network.
struct world {
    std::uint64_t now_ms = start_ms;
    /// How far the device's UTC clock is ahead.
    std::int64_t utc_ahead_s = 0;
    std::deque<fate> fates;
    counting_nonces nonces;
    std::vector<sending> sent;
    std::vector<rc::step> waits;
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::storage<4096> room;

    [[nodiscard]] rc::moment now() const {
        return {start_utc + utc_ahead_s + static_cast<std::int64_t>((now_ms - start_ms) / 1000), now_ms};
    }

    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) {
        sent.push_back({now_ms, std::string(out.body)});
        if (fates.empty()) return rc::unexpected(rc::failure{.code = rc::errc::no_answer, .subject = "script"});
        fate const f = fates.front();
        fates.pop_front();
        now_ms += f.takes_ms;
        if (!f.sent) return rc::unexpected(rc::failure{.code = rc::errc::not_sent});
        if (!f.answered) return rc::unexpected(rc::failure{.code = rc::errc::no_answer});
        rc::response in;
        in.status = f.status;
        for (auto const& [name, value] : f.headers) in.header(name, value);
        for (std::size_t i = 0; i != f.body.size(); ++i) storage[i] = f.body[i];
        in.body = storage.first(f.body.size());
        return in;
    }

    /// Drives a machine to its end; waits take as long as they say.
    template <class Machine>
    typename Machine::outcome_type drive(Machine& call) {
        while (true) {
            rc::step const s = call.next(now(), nonces);
            if (s.what == rc::step::done) return call.outcome();
            if (s.what == rc::step::send) {
                call.answered(exchange(call.request(), call.storage()));
            } else {
                waits.push_back(s);
                now_ms = s.until_ms;
            }
        }
    }

    rc::result<rc::request_id_reply, rc::call_error> run(rc::call_options const& options = {},
                                                         std::uint64_t time_limit_ms = 60'000) {
        rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, key, room, now_ms + time_limit_ms, options);
        return drive(call);
    }
};

} // namespace driven

#endif
