// SPDX-License-Identifier: MIT
#include "driven_call.hpp"

#include "catch.hpp"

using namespace driven;
using rc::executed;

namespace {

rc::response dated(std::int64_t date) {
    rc::response in;
    in.status = 400;
    in.date = date;
    return in;
}

constexpr std::int64_t year = 365 * 86400;

// What the Timestamp of a sending says, without the colons' encoding.
std::string signed_time(sending const& s) {
    std::string text = s.field("Timestamp");
    for (std::size_t at; (at = text.find("%3A")) != std::string::npos;) text.replace(at, 3, ":");
    return text.substr(text.find('=') + 1);
}

} // namespace

TEST_CASE("what was never told leaves the clock as it is") {
    rc::clock_skew const skew;
    CHECK(!skew.known());
    for (std::int64_t const utc : {std::int64_t{-5}, std::int64_t{0}, start_utc, std::int64_t{1} << 40})
        CHECK(skew.utc_seconds({utc, 77}) == utc);
}

TEST_CASE("the time comes from the Date against the middle of the exchange, then from the monotonic clock alone") {
    rc::clock_skew skew;
    CHECK(skew.learn(dated(start_utc), 100'000, 104'000, rc::url_scheme::https));
    CHECK(skew.known());
    CHECK(skew.utc_seconds({0, 102'000}) == start_utc);
    CHECK(skew.utc_seconds({0, 112'000}) == start_utc + 10);
    CHECK(skew.utc_seconds({start_utc + 999, 102'000 + 86'400'000}) == start_utc + 86400);
    CHECK(skew.utc_seconds({-1, 102'000 + std::uint64_t{50} * year * 1000}) == start_utc + 50 * year);
}

TEST_CASE("a monotonic clock may begin anywhere") {
    for (std::uint64_t const began : {std::uint64_t{0}, std::uint64_t{1'795'400'000'000}, std::uint64_t{1} << 45,
                                      std::uint64_t{4'294'967'295'000}, std::uint64_t{1'795'399'999'500}}) {
        rc::clock_skew skew;
        REQUIRE(skew.learn(dated(start_utc), began, began + 40, rc::url_scheme::https));
        std::int64_t const now = skew.utc_seconds({0, began + 5040});
        CHECK(now >= start_utc + 4);
        CHECK(now <= start_utc + 6);
    }
}

TEST_CASE("a Date that cannot be believed teaches nothing") {
    auto const refuses = [](rc::response const& in, std::uint64_t takes_ms, rc::url_scheme over) {
        rc::clock_skew skew;
        bool const learned = skew.learn(in, 1000, 1000 + takes_ms, over);
        CHECK(skew.known() == learned);
        return !learned;
    };
    rc::response const good = dated(start_utc);
    CHECK(!refuses(good, 10'000, rc::url_scheme::https));
    CHECK(refuses(good, 10'001, rc::url_scheme::https));
    CHECK(refuses(dated(rc::utc_time::none), 10, rc::url_scheme::https));
    rc::response cached = good;
    cached.has_age = true;
    CHECK(refuses(cached, 10, rc::url_scheme::https));
    CHECK(refuses(good, 10, rc::url_scheme::http));
    CHECK(refuses(dated(0), 10, rc::url_scheme::https));
    CHECK(refuses(dated(rc::clock_skew::earliest - 1), 10, rc::url_scheme::https));
    CHECK(!refuses(dated(rc::clock_skew::earliest), 10, rc::url_scheme::https));
    rc::clock_skew backwards;
    CHECK(!backwards.learn(good, 1000, 999, rc::url_scheme::https));
}

TEST_CASE("the earliest Date is this version's day") {
    auto const text = rc::utc_time::of(rc::clock_skew::earliest)->text();
    CHECK(std::string(text.data(), text.size()) == "2026-11-22T00:00:00Z");
}

TEST_CASE("a Date over plain HTTP is believed when the user says so") {
    rc::clock_skew skew({.dates = rc::believed_dates::plain_http_too});
    CHECK(skew.learn(dated(start_utc), 0, 10, rc::url_scheme::http));
}

TEST_CASE("a Date that stands still is no clock") {
    rc::clock_skew skew;
    REQUIRE(skew.learn(dated(start_utc), 0, 10, rc::url_scheme::https));
    CHECK(skew.learn(dated(start_utc), 1000, 1010, rc::url_scheme::https)); // the same second, nearly
    CHECK(!skew.learn(dated(start_utc), 9000, 9010, rc::url_scheme::https));
    CHECK(skew.utc_seconds({0, 9010}) <= start_utc + 10);
    CHECK(skew.learn(dated(start_utc + 20), 9000, 9010, rc::url_scheme::https));
    CHECK(skew.utc_seconds({0, 9010}) == start_utc + 20);
}

TEST_CASE("a device that boots in 1970 works from its second request on") {
    rc::clock_skew skew;
    world w;
    w.utc_ahead_s = -start_utc;
    w.fates = {expired(start_date), success(), success()};
    rc::call_options const options{.skew = &skew};
    REQUIRE(w.run(options));
    REQUIRE(w.sent.size() == 2);
    CHECK(signed_time(w.sent[0]) == "1970-01-01T00:00:00Z");
    CHECK(signed_time(w.sent[1]) == "2026-11-23T02:13:20Z");
    CHECK(w.sent[0].field("SignatureNonce") != w.sent[1].field("SignatureNonce"));
    CHECK(w.waits.empty());
    w.now_ms += 60'000;
    REQUIRE(w.run(options));
    REQUIRE(w.sent.size() == 3);
    CHECK(signed_time(w.sent[2]) == "2026-11-23T02:14:20Z");
}

TEST_CASE("a malformed time counts as a wrong one") {
    for (char const* const code : {"InvalidTimeStamp.Format", "IllegalTimestamp"}) {
        rc::clock_skew skew;
        world w;
        w.utc_ahead_s = year;
        w.fates = {refusal(400, code, {{"Date", start_date}}), success()};
        CHECK(w.run({.skew = &skew}));
        CHECK(w.sent.size() == 2);
    }
}

TEST_CASE("the clock is corrected once a call and only for a refusal for time") {
    rc::clock_skew skew;
    world w;
    w.utc_ahead_s = -year;
    w.fates = {expired(start_date), expired("Mon, 23 Nov 2026 05:13:20 GMT"), success()};
    auto const reply = w.run({.skew = &skew});
    REQUIRE(!reply);
    CHECK(w.sent.size() == 2);
    CHECK(reply.error().ran == executed::no);
    CHECK(reply.error().what_to_do == rc::advice::fix_clock);

    rc::clock_skew untouched;
    for (fate const& other : {refusal(400, "Throttling", {{"Date", start_date}}),
                              refusal(400, "SignatureDoesNotMatch", {{"Date", start_date}}),
                              refusal(500, "InvalidTimeStamp.Expired", {{"Date", start_date}})}) {
        world x;
        x.utc_ahead_s = -year;
        x.fates = {other, refusal(400, "Forbidden")};
        CHECK(!x.run({.skew = &untouched}));
        CHECK(!untouched.known());
    }
}

TEST_CASE("without an object the clock is left alone and the refusal is final") {
    world w;
    w.utc_ahead_s = -year;
    w.fates = {expired(start_date), success()};
    auto const reply = w.run();
    REQUIRE(!reply);
    CHECK(w.sent.size() == 1);
    CHECK(reply.error().ran == executed::no);
    CHECK(reply.error().what_to_do == rc::advice::fix_clock);
}

TEST_CASE("a refusal whose Date cannot be believed is final") {
    for (fate first : {expired(""), expired("Thu, 01 Jan 1970 00:00:00 GMT"), expired(start_date)}) {
        if (first.headers[0].second == start_date) first.headers.emplace_back("Age", "0");
        rc::clock_skew skew;
        world w;
        w.utc_ahead_s = -year;
        w.fates = {first, success()};
        auto const reply = w.run({.skew = &skew});
        REQUIRE(!reply);
        CHECK(!reply.error().skew_wants_https);
        CHECK(w.sent.size() == 1);
        CHECK(!skew.known());
    }
}

TEST_CASE("a refusal whose Date came over plain HTTP is final, and that is told where there was a Date") {
    for (std::string const& date : {start_date, std::string()}) {
        rc::clock_skew skew;
        world plain;
        plain.utc_ahead_s = -year;
        plain.fates = {expired(date), success()};
        rc::call_options options{.skew = &skew};
        options.request.to = {"127.0.0.1", rc::url_scheme::http};
        auto const reply = plain.run(options);
        REQUIRE(!reply);
        CHECK(reply.error().skew_wants_https == !date.empty());
        CHECK(plain.sent.size() == 1);
    }
}

TEST_CASE("a request that was held up until it expired is signed again, its clock being right") {
    world w;
    fate held_up = expired(start_date);
    held_up.takes_ms = 16 * 60 * 1000;
    w.fates = {held_up, success()};
    CHECK(w.run({}, 3'600'000));
    CHECK(w.sent.size() == 2);
}

TEST_CASE("what another call learned meanwhile is used") {
    rc::clock_skew skew;
    world w;
    w.utc_ahead_s = -year;
    w.fates = {expired(""), success()};
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 10'000, {.skew = &skew});
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
    REQUIRE(skew.learn(dated(start_utc), start_ms, start_ms + 40, rc::url_scheme::https));
    call.answered(w.exchange(call.request(), call.storage()));
    CHECK(w.drive(call));
    CHECK(w.sent.size() == 2);
}

TEST_CASE("a call that is not tried again still teaches the next one") {
    rc::clock_skew skew;
    world w;
    w.utc_ahead_s = -year;
    w.fates = {expired(start_date)};
    CHECK(!w.run({.retry = {.attempts = 1}, .skew = &skew}));
    CHECK(skew.known());
    w.fates = {success()};
    CHECK(w.run({.retry = {.attempts = 1}, .skew = &skew}));
    CHECK(signed_time(w.sent[1]) == "2026-11-23T02:13:20Z");
}

TEST_CASE("a Date years away from a clock that was set is no correction") {
    constexpr std::int64_t two_years = 2 * year;
    for (std::int64_t const away : {two_years + 1, 10 * year, 33 * year, 7972 * year}) {
        rc::clock_skew skew;
        CHECK(!skew.learn(dated(start_utc + away), 0, 10, rc::url_scheme::https, start_utc));
        CHECK(!skew.learn(dated(start_utc), 0, 10, rc::url_scheme::https, start_utc + away));
        CHECK(!skew.known());
    }
    for (std::int64_t const away : {std::int64_t{8 * 3600}, year, two_years}) {
        rc::clock_skew skew;
        CHECK(skew.learn(dated(start_utc + away), 0, 10, rc::url_scheme::https, start_utc));
        CHECK(skew.learn(dated(start_utc), 0, 10, rc::url_scheme::https, start_utc + away));
    }
}

TEST_CASE("a device whose clock was never set is corrected by any Date of the library's time") {
    for (std::int64_t const own : {std::int64_t{-1}, std::int64_t{0}, std::int64_t{946'684'800}, rc::clock_skew::earliest - 1})
        for (std::int64_t const date : {rc::clock_skew::earliest, start_utc + 20 * year, rc::clock_skew::latest}) {
            rc::clock_skew skew;
            CHECK(skew.learn(dated(date), 0, 10, rc::url_scheme::https, own));
            CHECK(skew.utc_seconds({own, 10'000}) == date + 10);
        }
}

TEST_CASE("Fri, 31 Dec 9999 is nobody's Date") {
    CHECK(rc::utc_time::http_date("Fri, 31 Dec 9999 23:59:59 GMT") == rc::utc_time::last);
    for (std::int64_t const date : {rc::utc_time::last, rc::clock_skew::latest + 1, std::int64_t{1} << 32,
                                    (std::int64_t{1} << 32) + start_utc}) {
        rc::clock_skew skew;
        CHECK(!skew.learn(dated(date), 0, 10, rc::url_scheme::https));
        CHECK(skew.utc_seconds({123, 10}) == 123);
    }
    rc::clock_skew skew;
    world w;
    w.utc_ahead_s = -start_utc; // no clock at all
    w.fates = {expired("Fri, 31 Dec 9999 23:59:59 GMT"), success()};
    CHECK(!w.run({.skew = &skew}));
    CHECK(w.sent.size() == 1);
}

TEST_CASE("a moment before the one that taught it is no moment in 136 years") {
    rc::clock_skew skew;
    REQUIRE(skew.learn(dated(rc::clock_skew::earliest), 10'000, 20'000, rc::url_scheme::https));
    CHECK(skew.utc_seconds({0, 9'000}) == rc::clock_skew::earliest - 6);
    CHECK(skew.utc_seconds({0, 0}) == rc::clock_skew::earliest - 15);
}

TEST_CASE("the signed time goes on through 2038, through 2106 and through every wrap of the seconds") {
    for (std::uint64_t const began_ms : {std::uint64_t{0}, (std::uint64_t{1} << 32) * 1000 - 500, std::uint64_t{1} << 52}) {
        rc::clock_skew skew;
        REQUIRE(skew.learn(dated(start_utc), began_ms, began_ms, rc::url_scheme::https));
        for (std::int64_t const later : {std::int64_t{0}, (std::int64_t{1} << 31) - start_utc, (std::int64_t{1} << 32) - start_utc,
                                         100 * year})
            for (std::int64_t s = later - 3; s != later + 3; ++s) {
                if (s < 0) continue;
                std::int64_t const told = skew.utc_seconds({0, began_ms + static_cast<std::uint64_t>(s) * 1000});
                CHECK((told == start_utc + s || told == start_utc + s + 1)); // the base 0 means that nothing is known
            }
    }
}

TEST_CASE("a refusal for time says how far off the clock is, and in which direction") {
    struct wrong_clock { std::int64_t ahead_s; char const* words; };
    for (auto const& [ahead_s, words] : {wrong_clock{8 * 3600, "this clock is 8 h 0 min ahead"},
                                         wrong_clock{-8 * 3600 - 90, "this clock is 8 h 1 min behind"},
                                         wrong_clock{1000, "this clock is 0 h 16 min ahead"},
                                         wrong_clock{-start_utc, "this clock is 20780 d 2 h 13 min behind"},
                                         wrong_clock{400 * 86'400 + 3600, "this clock is 400 d 1 h 0 min ahead"}}) {
        world w;
        w.utc_ahead_s = ahead_s;
        w.fates = {expired(start_date)};
        auto const reply = w.run();
        REQUIRE(!reply);
        CHECK(reply.error().clock_ahead_s == ahead_s);
        char text[600];
        rc::buffer_sink sink(text);
        describe(sink, reply.error());
        INFO(std::string(sink.written()));
        CHECK(sink.written().find(words) != std::string_view::npos);
    }
}

TEST_CASE("how far off a clock is stays unsaid where nobody knows") {
    fate cached = expired(start_date);
    cached.headers.emplace_back("Age", "7");
    for (fate const& first : {expired(""), cached, refusal(400, "Forbidden", {{"Date", start_date}})}) {
        world w;
        w.utc_ahead_s = 8 * 3600;
        w.fates = {first};
        auto const reply = w.run();
        CHECK(reply.error().clock_ahead_s == 0);
        char text[600];
        rc::buffer_sink sink(text);
        describe(sink, reply.error());
        CHECK(sink.written().find("this clock") == std::string_view::npos);
    }
}

TEST_CASE("a clock_skew that plain HTTP keeps from being used says so, once") {
    auto const said = [](rc::clock_skew* skew, rc::url_scheme over, std::string const& date) {
        world w;
        w.utc_ahead_s = 8 * 3600;
        w.fates = {expired(date), expired(date)};
        rc::call_options options{.skew = skew};
        options.request.to = {"127.0.0.1", over};
        auto const reply = w.run(options);
        char text[600];
        rc::buffer_sink sink(text);
        describe(sink, reply.error());
        return std::string(sink.written());
    };
    std::string const words = "The clock was not corrected: the service's Date is not believed over plain HTTP.";
    rc::clock_skew skew, believes({.dates = rc::believed_dates::plain_http_too}), over_tls;
    std::string const text = said(&skew, rc::url_scheme::http, start_date);
    CHECK(text.find(words) != std::string::npos);
    CHECK(text.find(words) == text.rfind(words));
    CHECK(said(nullptr, rc::url_scheme::http, start_date).find(words) == std::string::npos);
    CHECK(said(&skew, rc::url_scheme::http, "").find(words) == std::string::npos);
    CHECK(said(&believes, rc::url_scheme::http, start_date).find(words) == std::string::npos);
    CHECK(said(&over_tls, rc::url_scheme::https, start_date).find(words) == std::string::npos);
}
