// SPDX-License-Identifier: MIT
#include <restartcaster/client/client.hpp>
#include <restartcaster/client/device_nonce.hpp>
#include <restartcaster/client/pacing.hpp>

#include "driven_call.hpp"

#include "catch.hpp"

using namespace driven;

namespace {

struct virtual_clock {
    std::uint64_t now_ms = start_ms;
    std::uint64_t slept_ms = 0;
    [[nodiscard]] std::int64_t utc_seconds() const noexcept { return 0; }
    [[nodiscard]] std::uint64_t monotonic_ms() const noexcept { return now_ms; }
    void sleep_ms(std::uint32_t ms) noexcept {
        now_ms += ms;
        slept_ms += ms;
    }
};
static_assert(rc::waiting_clock<virtual_clock>);

// An Arduino's millis(): a call that begins shortly before it goes back would wait for 49 days.
struct clock_of_32_bits : virtual_clock {
    [[nodiscard]] std::uint32_t monotonic_ms() const noexcept { return 0; }
};
static_assert(!rc::waiting_clock<clock_of_32_bits>);

// Answers by its own count, from text that lies ready.
struct laid_out_transport {
    virtual_clock& clock;
    int calls = 0;
    std::uint32_t left_ms = 0;
    void time_left_ms(std::uint32_t ms) noexcept { left_ms = ms; }
    rc::result<rc::response> exchange(rc::request const&, std::span<char> storage) noexcept {
        clock.now_ms += 25;
        rc::response in;
        std::string_view text = R"({"RequestId":"yes"})";
        in.status = 200;
        if (++calls == 1) {
            text = R"({"Code":"InvalidTimeStamp.Expired","RequestId":"1"})";
            in.status = 400;
            in.header("Date", "Mon, 23 Nov 2026 02:13:20 GMT");
        } else if (calls == 2) {
            text = R"({"Code":"Throttling.User","RequestId":"2"})";
            in.status = 400;
            in.header("x-acs-retry-after", "1000");
        } else if (calls == 3) {
            return rc::unexpected(rc::failure{.code = rc::errc::not_sent});
        }
        for (std::size_t i = 0; i != text.size(); ++i) storage[i] = text[i];
        in.body = storage.first(text.size());
        return in;
    }
};

/// Refuses with the longest wait that can be asked for.
struct patience_trying_transport {
    int calls = 0;
    rc::result<rc::response> exchange(rc::request const&, std::span<char> storage) noexcept {
        rc::response in;
        std::string_view const text = ++calls == 1 ? R"({"Code":"Throttling.User"})" : R"({"RequestId":"2"})";
        in.status = calls == 1 ? 400 : 200;
        if (calls == 1) in.header("x-acs-retry-after", "99999999999");
        for (std::size_t i = 0; i != text.size(); ++i) storage[i] = text[i];
        in.body = storage.first(text.size());
        return in;
    }
};

struct transport_without_time {
    rc::result<rc::response> exchange(rc::request const&, std::span<char>) noexcept {
        return rc::unexpected(rc::failure{.code = rc::errc::no_answer});
    }
};

// Asks elsewhere, which takes a quarter of a second; every turn is so far ahead of the question.
struct far_pace {
    virtual_clock& clock;
    std::uint32_t ahead_ms;
    std::uint32_t reserve(std::uint64_t, std::uint32_t) noexcept {
        clock.now_ms += 250;
        return ahead_ms;
    }
    void throttled(std::uint64_t, std::uint32_t) noexcept {}
};

} // namespace

TEST_CASE("the blocking client carries out what the machine says") {
    virtual_clock clock;
    laid_out_transport http{.clock = clock};
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::device_nonce nonces(key, {.device_id = "test", .boot_count = 1});
    rc::clock_skew skew;
    rc::pacing pace;
    rc::storage<2048> room;

    rc::client client(http, clock, nonces, key, {.call = {.skew = &skew, .pace = pace}});
    auto const reply = client.call(rc::restart_caster{.caster_id = "c1"}, room);

    REQUIRE(reply);
    CHECK(reply->request_id == "yes");
    CHECK(http.calls == 4);
    CHECK(clock.slept_ms >= 76 + 1000);
    CHECK(http.left_ms < 30'000 - 1000);
    CHECK(skew.utc_seconds({0, clock.now_ms}) > start_utc);
}

TEST_CASE("the blocking client ends at its limit, or at the deadline of a call") {
    virtual_clock clock;
    laid_out_transport http{.clock = clock, .calls = 1};
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::device_nonce nonces(key, {.device_id = "test", .boot_count = 1});
    rc::storage<2048> room;
    rc::client client(http, clock, nonces, key, {.time_limit_ms = 1025});
    auto reply = client.call(rc::restart_caster{.caster_id = "c1"}, room);
    REQUIRE(!reply);
    CHECK(http.left_ms == 1025);
    CHECK(clock.now_ms == start_ms + 25);
    CHECK(reply.error().ran == rc::executed::no);

    http.calls = 1;
    reply = client.call_until(clock.now_ms + 5000, rc::restart_caster{.caster_id = "c1"}, room);
    CHECK(reply);
    CHECK(http.left_ms < 4000);
}

TEST_CASE("a transport that knows no time-out is called all the same") {
    virtual_clock clock;
    transport_without_time http;
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::device_nonce nonces(key, {.device_id = "test", .boot_count = 1});
    rc::storage<2048> room;
    rc::client client(http, clock, nonces, key);
    auto const reply = client.call(rc::restart_caster{.caster_id = "c1"}, room);
    REQUIRE(!reply);
    CHECK(reply.error().ran == rc::executed::maybe);
    CHECK(reply.error().attempts == 1);
}

TEST_CASE("the blocking client does not wait a second time for what its pace keeper took") {
    virtual_clock clock;
    laid_out_transport http{.clock = clock, .calls = 3};
    far_pace pace{clock, 500};
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::device_nonce nonces(key, {.device_id = "test", .boot_count = 1});
    rc::storage<2048> room;
    rc::client client(http, clock, nonces, key, {.call = {.pace = pace}});
    REQUIRE(client.call(rc::restart_caster{.caster_id = "c1"}, room));
    CHECK(clock.slept_ms == 250);
    CHECK(clock.now_ms == start_ms + 500 + 25);

    // A turn that has come and gone while the keeper was asked.
    clock.slept_ms = 0;
    far_pace late{clock, 100};
    http.calls = 3;
    rc::client other(http, clock, nonces, key, {.call = {.pace = late}});
    REQUIRE(other.call(rc::restart_caster{.caster_id = "c1"}, room));
    CHECK(clock.slept_ms == 0);
}

TEST_CASE("a wait longer than any sleep is slept in parts, and no longer than it is") {
    virtual_clock clock;
    patience_trying_transport http;
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::device_nonce nonces(key, {.device_id = "test", .boot_count = 1});
    rc::storage<2048> room;
    rc::client client(http, clock, nonces, key);
    CHECK(client.call_until(start_ms + 10'000'000'000, rc::restart_caster{.caster_id = "c1"}, room));
    CHECK(clock.slept_ms == 0xFFFFFFFF);
    CHECK(http.calls == 2);
}

TEST_CASE("a time limit that reaches beyond the last moment ends at the last moment") {
    for (std::uint64_t const limit_ms : {std::uint64_t{30'000}, std::uint64_t{1} << 32, ~std::uint64_t{0}}) {
        virtual_clock clock;
        clock.now_ms = ~std::uint64_t{0} - 20'000;
        laid_out_transport http{.clock = clock, .calls = 3};
        rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
        rc::device_nonce nonces(key, {.device_id = "test", .boot_count = 1});
        rc::storage<2048> room;
        rc::client client(http, clock, nonces, key, {.time_limit_ms = limit_ms});
        CHECK(client.call(rc::restart_caster{.caster_id = "c1"}, room));
        CHECK(http.left_ms == 20'000);
    }
}
