// SPDX-License-Identifier: MIT
// A key that is replaced while it is in use: when it is due, when it has ended, and what stays in memory.
// Source: docs/design.md, "Keys that rotate".
// Data flow: keys with an end and the two clocks of a test in; signed requests, or the reason of none, out.
#include "../catch.hpp"

#include <restartcaster.hpp>
#include <restartcaster/hosted/find_key.hpp>
#include <restartcaster/testing.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace rc = restartcaster;

namespace {

std::uint64_t rotating_now_ms = 0;
std::uint64_t rotating_clock() noexcept { return rotating_now_ms; }

constexpr std::int64_t utc_s = 1795368979; // 2026-11-22T17:36:19Z
constexpr std::uint64_t start_ms = 1'000'000;
constexpr std::uint64_t hour_ms = 3'600'000, minute_ms = 60'000;

rc::key_report report_of(std::int64_t lifetime_s, std::int64_t server_utc_s = utc_s) {
    rc::key_report report;
    report.found = true;
    report.source = rc::key_source::credentials_uri;
    report.expires_at = server_utc_s + lifetime_s;
    report.lifetime_ms = static_cast<std::uint64_t>(lifetime_s) * 1000;
    return report;
}
constexpr rc::credentials first_key{.access_key_id = "STS.first", .access_key_secret = "canaryOfTheFirst", .security_token = "t1"};
constexpr rc::credentials second_key{.access_key_id = "STS.second", .access_key_secret = "canaryOfTheSecond", .security_token = "t2"};

template <class Scheme>
void publish(rc::rotating_key<Scheme>& key, rc::credentials const& fresh, rc::key_report const& report) {
    rc::credentials_text text;
    REQUIRE(text.assign(fresh, report.expires_at));
    key.publish(text, report, rotating_now_ms, utc_s);
}
template <class Scheme>
rc::errc refusal(rc::rotating_key<Scheme> const& key, std::int64_t at_utc_s) {
    rc::storage<2048> room;
    auto const made = rc::make_request(rc::restart_caster{.caster_id = "x"}, key, {at_utc_s, "n"}, room);
    if (made) return rc::detail::no_fault;
    rc::failure const why = made.error();
    return why.code;
}

// A key in bytes that a test can look through.
template <class Key>
struct visible {
    alignas(Key) unsigned char place[sizeof(Key)] = {};
    Key* key = new (place) Key(rotating_clock);
    [[nodiscard]] bool holds(std::string_view text) const {
        return std::search(std::begin(place), std::end(place), text.begin(), text.end()) != std::end(place);
    }
};

} // namespace

TEMPLATE_TEST_CASE("a rotating key signs as the key that it holds", "[rotating_key]", rc::rpc_v1, rc::acs3) {
    rotating_now_ms = start_ms;
    rc::rotating_key<TestType> key(rotating_clock);
    CHECK(refusal(key, utc_s) == rc::errc::key_ended);
    CHECK(key.valid().error().code == rc::errc::key_ended);
    for (auto const& each : {first_key, second_key}) {
        publish(key, each, report_of(3600));
        CHECK(key.valid());
        rc::signing_key<TestType> const plain(each);
        rc::storage<2048> room, other;
        rc::action const op{.name = "DescribeCasters", .version = "2016-11-01"};
        for (auto const placement : {rc::placement::get, rc::placement::post_form}) {
            rc::request_options const options{.parameters = placement};
            auto const made = rc::make_request(op, key, {utc_s, "n"}, room, options);
            auto const expected = rc::make_request(op, plain, {utc_s, "n"}, other, options);
            REQUIRE(made);
            CHECK(rc::request_bytes(*made) == rc::request_bytes(*expected));
        }
    }
}

TEST_CASE("calls and clients take a rotating key, and the service accepts it", "[rotating_key]") {
    rotating_now_ms = start_ms;
    rc::testing::test_nonces nonces;
    rc::testing::gateway service;
    service.studio("live-1").on_air();
    rc::rotating_key<rc::acs3> key(rotating_clock);
    rc::client client(service, service.clock(), nonces, key);
    rc::storage<4096> room;
    auto const none = client.call(rc::restart_caster{.caster_id = "live-1"}, room);
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == rc::error_kind::local);
    CHECK(none.error().ran == rc::executed::no);
    CHECK(none.error().what_to_do == rc::advice::fix_credentials);
    CHECK(none.error().cause.code == rc::errc::key_ended);
    CHECK(service.calls().empty());
    publish(key, service.account(), report_of(3600));
    CHECK(client.call(rc::restart_caster{.caster_id = "live-1"}, room));
    CHECK(rc::call(service, rc::restart_caster{.caster_id = "live-1"}, key,
                   {service.clock().utc_seconds(), "another-nonce-of-this-test"}, room));
    CHECK(service.restarts("live-1") == 2);
}

TEST_CASE("a temporary key is due before its end, and is not used after it", "[rotating_key]") {
    struct expected {
        std::int64_t lifetime_s;
        std::uint64_t due_ms, ends_ms;
    };
    // A quarter of the life but at most 15 minutes before the end; 10 s, or a tenth, are for the way.
    for (auto const& [lifetime_s, due_ms, ends_ms] : std::initializer_list<expected>{{3600, 45 * minute_ms, hour_ms - 10'000},
                                                                                     {43200, 12 * hour_ms - 15 * minute_ms, 12 * hour_ms - 10'000},
                                                                                     {900, 675'000, 890'000},
                                                                                     {40, 30'000, 36'000},
                                                                                     {1, 750, 900}}) {
        INFO(lifetime_s);
        rotating_now_ms = start_ms;
        rc::rotating_key<> key(rotating_clock);
        CHECK(key.is_due());
        publish(key, first_key, report_of(lifetime_s));
        CHECK_FALSE(key.is_due());
        rotating_now_ms = start_ms + due_ms - 1;
        CHECK_FALSE(key.is_due());
        rotating_now_ms = start_ms + due_ms;
        CHECK(key.is_due());
        rotating_now_ms = start_ms + ends_ms - 1;
        CHECK(refusal(key, utc_s) == rc::detail::no_fault);
        rotating_now_ms = start_ms + ends_ms;
        CHECK(refusal(key, utc_s) == rc::errc::key_ended);
        CHECK_FALSE(key.valid());
    }
}

TEST_CASE("the UTC clock may jump", "[rotating_key]") {
    rotating_now_ms = start_ms;
    rc::rotating_key<> key(rotating_clock);
    publish(key, first_key, report_of(3600));
    // The machine slept, and its monotonic clock with it: the stamp tells the time.
    CHECK(refusal(key, utc_s + 3589) == rc::detail::no_fault);
    CHECK(refusal(key, utc_s + 3590) == rc::errc::key_ended);
    // Back by an hour: the monotonic clock goes on.
    CHECK(refusal(key, utc_s - 3600) == rc::detail::no_fault);
    rotating_now_ms = start_ms + hour_ms;
    CHECK(refusal(key, utc_s - 3600) == rc::errc::key_ended);
    // A clock that was wrong when the key came is not asked.
    for (std::int64_t const ahead_s : {-86400, -901, 901, 86400}) {
        INFO(ahead_s);
        rotating_now_ms = start_ms;
        publish(key, first_key, report_of(3600, utc_s - ahead_s));
        CHECK(refusal(key, utc_s + 86400) == rc::detail::no_fault);
        rotating_now_ms = start_ms + hour_ms;
        CHECK(refusal(key, 0) == rc::errc::key_ended);
    }
}

TEST_CASE("a permanent key is never due, a token without an end every quarter of an hour", "[rotating_key]") {
    rotating_now_ms = start_ms;
    rc::rotating_key<> key(rotating_clock);
    auto report = report_of(0);
    report.expires_at = rc::utc_time::none;
    publish(key, {.access_key_id = "LTAI", .access_key_secret = "s"}, report);
    rotating_now_ms = ~std::uint64_t{0} - 1;
    CHECK_FALSE(key.is_due());
    CHECK(refusal(key, rc::utc_time::last) == rc::detail::no_fault);
    rotating_now_ms = start_ms;
    publish(key, first_key, report);
    rotating_now_ms = start_ms + 15 * minute_ms - 1;
    CHECK_FALSE(key.is_due());
    rotating_now_ms = start_ms + 15 * minute_ms;
    CHECK(key.is_due());
    CHECK(refusal(key, utc_s) == rc::detail::no_fault);
}

TEST_CASE("one renewal at a time, and a pause after one that failed", "[rotating_key]") {
    rotating_now_ms = start_ms;
    rc::rotating_key<> key(rotating_clock);
    CHECK_FALSE(key.source().has_value());
    for (unsigned const pause_ms : {1'000u, 2'000u, 4'000u, 8'000u, 16'000u, 32'000u, 64'000u, 64'000u}) {
        REQUIRE(key.take_renewal());
        CHECK(key.is_renewing());
        CHECK_FALSE(key.take_renewal());
        key.give_up();
        CHECK_FALSE(key.is_renewing());
        rotating_now_ms += pause_ms - 1;
        CHECK_FALSE(key.take_renewal());
        ++rotating_now_ms;
    }
    REQUIRE(key.take_renewal());
    publish(key, first_key, report_of(3600));
    CHECK_FALSE(key.is_renewing());
    CHECK(key.source() == rc::key_source::credentials_uri);
    rotating_now_ms += hour_ms;
    REQUIRE(key.take_renewal());
    key.give_up();
    rotating_now_ms += 1'000;
    CHECK(key.take_renewal());
}

TEST_CASE("a key that was replaced is overwritten, and so is the last one", "[rotating_key]") {
    rotating_now_ms = start_ms;
    visible<rc::rotating_key<>> seen;
    publish(*seen.key, first_key, report_of(3600));
    CHECK(seen.holds("canaryOfTheFirst"));
    publish(*seen.key, second_key, report_of(3600));
    CHECK_FALSE(seen.holds("canaryOfTheFirst"));
    CHECK_FALSE(seen.holds("STS.first"));
    CHECK(seen.holds("canaryOfTheSecond"));
    seen.key->~signing_key();
    CHECK_FALSE(seen.holds("canaryOfTheSecond"));
}

TEST_CASE("a key is renewed from the place that gave the first one", "[rotating_key]") {
    struct files_of_test {
        std::vector<std::string> paths;
        std::string file = "[default]\ntype=sts\naccess_key_id=a\naccess_key_secret=b\nsecurity_token=c\n";
        rc::key_file read_file(char const* path, std::span<char> to) noexcept {
            paths.emplace_back(path);
            if (paths.back() != "/h/.alibabacloud/credentials") return {};
            file.copy(to.data(), to.size());
            return {.status = rc::key_file::whole, .size = file.size()};
        }
    } files;
    struct no_transport {
        rc::result<rc::response> exchange(rc::request const&, std::span<char>) noexcept {
            return rc::unexpected(rc::failure{.code = rc::errc::not_sent});
        }
    } http;
    rotating_now_ms = start_ms;
    rc::testing::test_clock clock;
    rc::testing::test_nonces nonces;
    rc::rotating_key<> key(rotating_clock);
    rc::storage<4096> room;
    rc::key_environment environment{.ecs_metadata_disabled = "true", .home = "/h"};
    auto const renew = [&] { return rc::renew_key(key, http, clock, nonces, files, environment, room); };
    auto const first = renew();
    REQUIRE(first.has_value());
    CHECK(first->found);
    CHECK(files.paths.size() == 2);
    CHECK_FALSE(renew().has_value());
    // A key in a place before this one is not taken later: the program would change its identity while it runs.
    environment.access_key_id = "other";
    environment.access_key_secret = "other";
    rotating_now_ms += 15 * minute_ms;
    files.file.replace(files.file.find("access_key_id=a"), 15, "access_key_id=z");
    REQUIRE(renew().has_value());
    CHECK(files.paths.size() == 3);
    CHECK(key.borrow(utc_s)->access_key_id() == "z");
    // A renewal that fails leaves the old key in use.
    rotating_now_ms += 15 * minute_ms;
    files.file = "[default]\n";
    auto const failed = renew();
    REQUIRE(failed.has_value());
    CHECK_FALSE(failed->found);
    CHECK(key.borrow(utc_s)->access_key_id() == "z");
    CHECK_FALSE(renew().has_value());
}
