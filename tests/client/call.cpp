// SPDX-License-Identifier: MIT
// call: make_request, one exchange, read_reply, in one storage; what a transport says becomes what a user is
// told. Source: docs/design.md, "The transport contract"; protocol "Credentials conventions" (who is at
// fault). Data flow: operations over transports that are made here, and not one byte of network.
#include "../catch.hpp"
#include "../reference.hpp"

#include <restartcaster.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace rc = restartcaster;
using rc::advice;
using rc::errc;
using rc::error_kind;
using rc::executed;

namespace {

constexpr std::string_view studio = "80787064-1c94-4dc1-85ce-9409960a1234";
constexpr std::string_view good = R"({"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31"})";
constexpr rc::credentials permanent{.access_key_id = "testid", .access_key_secret = "testsecret"};
constexpr rc::stamp stamp{.utc_seconds = 1795368979, .nonce = "0d4e0d8e-0f5c-4c8e-9e4d-0123456789ab"};
constexpr rc::restart_caster restart{.caster_id = studio};

// Answers always the same; remembers what it was given.
struct canned {
    std::string_view body = good;
    std::uint16_t status = 200;
    int exchanges = 0;
    std::span<char> storage = {};
    std::string url = {}, target = {}, sent_body = {}, headers = {};
    bool request_untouched = true;

    rc::result<rc::response> exchange(rc::request const& out, std::span<char> to) noexcept {
        ++exchanges;
        storage = to;
        url = out.url;
        target = out.target;
        sent_body = out.body;
        headers = out.headers.text();
        // All that is given may be written to while the request is still being looked at.
        std::fill(to.begin(), to.end(), '#');
        request_untouched = url == out.url && target == out.target && sent_body == out.body &&
                            headers == out.headers.text() && out.url.data()[out.url.size()] == '\0';
        if (to.size() < body.size())
            return rc::unexpected(rc::failure{.code = errc::answer_too_long, .http_status = status});
        return rc::response{.status = status, .body = to.first(body.copy(to.data(), to.size()))};
    }
};

struct failing {
    rc::failure cause;
    int exchanges = 0;
    rc::result<rc::response> exchange(rc::request const&, std::span<char>) noexcept {
        ++exchanges;
        return rc::unexpected(cause);
    }
};

rc::signing_key<> const key(permanent);

struct options_for {
    rc::placement placement;
    rc::format format;
};
constexpr options_for every_option[] = {
    {rc::placement::post_form, rc::format::json},  {rc::placement::post_form, rc::format::xml},
    {rc::placement::get, rc::format::json},        {rc::placement::get, rc::format::xml},
    {rc::placement::post_query, rc::format::json}, {rc::placement::post_query, rc::format::xml},
};

} // namespace

TEST_CASE("a call is one exchange of the request that make_request makes", "[call]") {
    for (auto const [placement, format] : every_option) {
        rc::request_options const options{
            .parameters = placement, .answer = format, .to = {"127.0.0.1", rc::url_scheme::http, 8080}};
        rc::storage<2048> alone;
        auto const request = rc::make_request(restart, key, stamp, alone, options);
        REQUIRE(request);

        canned http;
        rc::storage<2048> room;
        auto const reply = rc::call(http, restart, key, stamp, room, options);
        REQUIRE(reply);
        CHECK(reply->request_id == "6EBD1AC4-C34D-4AE1-963E-B688A228BE31");
        CHECK(http.exchanges == 1);
        CHECK(http.url == request->url);
        CHECK(http.target == request->target);
        CHECK(http.sent_body == request->body);
        CHECK(http.headers == request->headers.text());
    }
}

TEST_CASE("the answer is received behind the request, which stays as it is", "[call]") {
    for (auto const [placement, format] : every_option) {
        rc::request_options const options{.parameters = placement, .answer = format};
        auto const size = rc::request_size(restart, key, stamp, options);
        REQUIRE(size);
        canned http;
        rc::storage<2048> room;
        auto const reply = rc::call(http, restart, key, stamp, room, options);
        REQUIRE(reply);
        CHECK(http.request_untouched);
        CHECK(http.storage.data() == room.bytes + *size);
        CHECK(http.storage.size() == room.size() - *size);
        // The reply points into the room, behind the request.
        CHECK(reply->request_id.data() > room.bytes + *size);
        CHECK(reply->request_id.data() < room.bytes + room.size());
    }
}

TEST_CASE("in a storage of any size a request is sent whole or not at all", "[call]") {
    for (auto const [placement, format] : every_option) {
        rc::request_options const options{.parameters = placement, .answer = format};
        auto const needed = rc::request_size(restart, key, stamp, options);
        REQUIRE(needed);
        rc::storage<2048> alone;
        auto const whole = rc::make_request(restart, key, stamp, alone, options);
        REQUIRE(whole);
        std::size_t const with_answer = *needed + rc::least_for_answer;
        for (std::size_t size = 0; size <= with_answer + 1; ++size) {
            INFO(size << " bytes, " << *needed << " for the request");
            std::unique_ptr<char[]> const bytes(new char[size]); // exactly: a sanitizer sees a byte too many
            canned http;
            auto const reply =
                rc::call(http, restart, key, stamp, std::span<char>(bytes.get(), size), options);
            if (size < with_answer) {
                REQUIRE_FALSE(reply);
                CHECK(http.exchanges == 0);
                CHECK(reply.error().kind == error_kind::local);
                CHECK(reply.error().ran == executed::no);
                CHECK(reply.error().cause ==
                      (size < *needed
                           ? rc::failure{.code = errc::storage_too_small, .subject = "request", .detail = *needed}
                           : rc::failure{.code = errc::storage_too_small, .subject = "answer", .detail = with_answer}));
                continue;
            }
            CHECK(http.exchanges == 1);
            CHECK(http.url == whole->url);
            CHECK(http.sent_body == whole->body);
            CHECK(http.request_untouched);
            CHECK(http.storage.size() == size - *needed);
            CHECK(reply.has_value());
        }
    }
}

TEST_CASE("not sent is sure not to have run, everything else may have", "[call]") {
    rc::storage<2048> room;
    failing unplugged{{.code = errc::not_sent, .subject = "connection refused", .detail = 111}};
    auto const not_sent = rc::call(unplugged, restart, key, stamp, room);
    REQUIRE_FALSE(not_sent);
    CHECK(unplugged.exchanges == 1);
    CHECK(not_sent.error().kind == error_kind::not_sent);
    CHECK(not_sent.error().ran == executed::no);
    CHECK(not_sent.error().what_to_do == advice::try_again);
    CHECK(not_sent.error().http_status == 0);
    CHECK(not_sent.error().cause == unplugged.cause);

    // Codes that no transport should give are not trusted to mean that nothing was sent.
    for (errc const code : {errc::no_answer, errc::answer_too_long, errc::parameter_missing,
                            errc::storage_too_small, errc::body_empty, errc::entropy_missing}) {
        for (std::uint16_t const status : {std::uint16_t{0}, std::uint16_t{200}, std::uint16_t{502}}) {
            failing broken{{.code = code, .http_status = status, .subject = "words", .detail = 7}};
            auto const answer = rc::call(broken, restart, key, stamp, room);
            REQUIRE_FALSE(answer);
            CHECK(broken.exchanges == 1);
            CHECK(answer.error().kind == error_kind::no_answer);
            CHECK(answer.error().ran == executed::maybe);
            CHECK(answer.error().what_to_do == advice::look_first);
            CHECK(answer.error().http_status == status);
            CHECK(answer.error().cause == broken.cause);
        }
    }
}

TEST_CASE("what is wrong here never reaches the transport", "[call]") {
    struct mistake {
        rc::credentials credentials;
        rc::restart_caster op;
        rc::stamp when;
        rc::request_options options;
        rc::failure cause;
        advice what_to_do;
    };
    rc::request_options const usual;
    std::vector<mistake> const mistakes{
        {permanent,
         {.caster_id = ""},
         stamp,
         usual,
         {.code = errc::parameter_missing, .subject = "CasterId"},
         advice::fix_request},
        {permanent,
         {.caster_id = " x"},
         stamp,
         usual,
         {.code = errc::parameter_blank_end, .subject = "CasterId"},
         advice::fix_request},
        {permanent,
         {.caster_id = "x\x01y"},
         stamp,
         usual,
         {.code = errc::parameter_control_character, .subject = "CasterId"},
         advice::fix_request},
        {permanent,
         {.caster_id = "x\xFF"},
         stamp,
         usual,
         {.code = errc::parameter_not_utf8, .subject = "CasterId"},
         advice::fix_request},
        {permanent,
         {.caster_id = "x", .region_id = "cn-shanghai "},
         stamp,
         usual,
         {.code = errc::parameter_blank_end, .subject = "RegionId"},
         advice::fix_request},
        {{"", "s"},
         restart,
         stamp,
         usual,
         {.code = errc::parameter_missing, .subject = "AccessKeyId"},
         advice::fix_credentials},
        {{"i", ""},
         restart,
         stamp,
         usual,
         {.code = errc::parameter_missing, .subject = "AccessKeySecret"},
         advice::fix_credentials},
        {{"i", "s\n"},
         restart,
         stamp,
         usual,
         {.code = errc::parameter_blank_end, .subject = "AccessKeySecret"},
         advice::fix_credentials},
        {{"i", "s", "\x7Ft"},
         restart,
         stamp,
         usual,
         {.code = errc::parameter_control_character, .subject = "SecurityToken"},
         advice::fix_credentials},
        {permanent,
         restart,
         {.utc_seconds = -1, .nonce = "n"},
         usual,
         {.code = errc::timestamp_out_of_range, .subject = "Timestamp"},
         advice::fix_clock},
        {permanent,
         restart,
         {.utc_seconds = 253402300800, .nonce = "n"},
         usual,
         {.code = errc::timestamp_out_of_range, .subject = "Timestamp"},
         advice::fix_clock},
        {permanent,
         restart,
         {.utc_seconds = 0, .nonce = ""},
         usual,
         {.code = errc::parameter_missing, .subject = "SignatureNonce"},
         advice::fix_request},
        {permanent,
         restart,
         stamp,
         {.to = {"live.aliyuncs.com/x"}},
         {.code = errc::host_malformed, .subject = "host"},
         advice::fix_request},
    };
    for (mistake const& one : mistakes) {
        INFO(one.cause.subject);
        canned http;
        rc::storage<2048> room;
        rc::signing_key const with(one.credentials);
        auto const reply = rc::call(http, one.op, with, one.when, room, one.options);
        REQUIRE_FALSE(reply);
        CHECK(http.exchanges == 0);
        CHECK(reply.error().kind == error_kind::local);
        CHECK(reply.error().ran == executed::no);
        CHECK(reply.error().http_status == 0);
        CHECK(reply.error().what_to_do == one.what_to_do);
        CHECK(reference::without_place(reply.error().cause) == one.cause);
    }
    canned http;
    rc::storage<2048> room;
    auto const long_url =
        rc::call(http, restart, key, stamp, room, {.parameters = rc::placement::get, .url_limit = 100});
    REQUIRE_FALSE(long_url);
    CHECK(http.exchanges == 0);
    CHECK(long_url.error().cause.code == errc::url_too_long);
    CHECK(long_url.error().what_to_do == advice::fix_request);
}

TEST_CASE("a parameter of an action that the signature sets is the request's fault, not the key's",
          "[call]") {
    for (std::string_view const name : {"AccessKeyId", "SecurityToken", "Timestamp", "Action"}) {
        INFO(name);
        rc::parameter_list<1> list;
        REQUIRE(list.append(name, "x"));
        rc::credentials const temporary{
            .access_key_id = "i", .access_key_secret = "s", .security_token = "t"};
        rc::signing_key const with(temporary);
        canned http;
        rc::storage<2048> room;
        auto const reply = rc::call(
            http, rc::action{.name = "A", .version = "2016-11-01", .parameters = list}, with, stamp, room);
        REQUIRE_FALSE(reply);
        CHECK(http.exchanges == 0);
        CHECK(reply.error().cause == rc::failure{.code = errc::parameter_reserved, .subject = name});
        CHECK(reply.error().what_to_do == advice::fix_request);
    }
}

TEST_CASE("the service's answers come through", "[call]") {
    canned idle{.body = R"({"Code":"IncorrectCasterStatus.Idle","Message":"m","HostId":"h","RequestId":"r"})",
                .status = 400};
    rc::storage<2048> room;
    auto const refused = rc::call(idle, restart, key, stamp, room);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == error_kind::refused);
    CHECK(refused.error().what_to_do == advice::start_caster);
    CHECK(refused.error().http_status == 400);
    CHECK(refused.error().code_text == "IncorrectCasterStatus.Idle");
    CHECK(refused.error().request_id == "r");

    canned proxy{.body = "<html><body>502</body></html>", .status = 502};
    auto const unreadable = rc::call(proxy, restart, key, stamp, room);
    REQUIRE_FALSE(unreadable);
    CHECK(unreadable.error().kind == error_kind::unreadable);
    CHECK(unreadable.error().http_status == 502);
    CHECK(unreadable.error().ran == executed::maybe);

    canned list{.body = R"({"Total":1,"RequestId":"r","CasterList":{"Caster":[{"CasterId":"c"}]}})"};
    auto const action =
        rc::call(list, rc::action{.name = "DescribeCasters", .version = "2016-11-01"}, key, stamp, room);
    REQUIRE(action);
    CHECK(action->request_id == "r");
    CHECK(std::string_view(action->body.data(), action->body.size()) == list.body);
}

TEST_CASE("a transport may be a temporary or a const object", "[call]") {
    struct unchanging {
        rc::result<rc::response> exchange(rc::request const&, std::span<char> to) const noexcept {
            return rc::response{.status = 200, .body = to.first(good.copy(to.data(), to.size()))};
        }
    };
    rc::storage<2048> room;
    unchanging const http;
    CHECK(rc::call(http, restart, key, stamp, room));
    CHECK(rc::call(unchanging{}, restart, key, stamp, room));
    CHECK(rc::call(canned{}, restart, key, stamp, room));
}

TEST_CASE("a refusal for time says how far off the signed time was", "[call]") {
    struct dated {
        std::string_view body;
        std::string_view date;
        bool cached = false;
        rc::result<rc::response> exchange(rc::request const&, std::span<char> to) const noexcept {
            rc::response in{.status = 400, .body = to.first(body.copy(to.data(), to.size()))};
            in.header("Date", date);
            if (cached) in.header("Age", "0");
            return in;
        }
    };
    constexpr std::string_view expired = R"({"Code":"InvalidTimeStamp.Expired","RequestId":"r"})";
    rc::storage<2048> room;
    // `stamp` is 2026-11-22T17:36:19Z.
    CHECK(rc::call(dated{expired, "Sun, 22 Nov 2026 09:36:19 GMT"}, restart, key, stamp, room).error().clock_ahead_s == 28'800);
    auto const behind = rc::call(dated{expired, "Sun, 22 Nov 2026 18:06:29 GMT"}, restart, key, stamp, room);
    CHECK(behind.error().clock_ahead_s == -1810);
    rc::buffer_sink sink(room.span().last(600));
    rc::describe(sink, behind.error());
    CHECK(sink.written().find("set the clock: it must be within 15 minutes of UTC (this clock is 0 h 30 min behind).") !=
          std::string_view::npos);
    // RFC 9111, 5.1: the answer of a cache, whose Date is older than the answer.
    CHECK(rc::call(dated{expired, "Sun, 22 Nov 2026 09:36:19 GMT", true}, restart, key, stamp, room).error().clock_ahead_s == 0);
    CHECK(rc::call(dated{expired, "yesterday"}, restart, key, stamp, room).error().clock_ahead_s == 0);
    CHECK(rc::call(dated{R"({"Code":"Forbidden","RequestId":"r"})", "Sun, 22 Nov 2026 09:36:19 GMT"}, restart, key,
                   stamp, room).error().clock_ahead_s == 0);
}

TEST_CASE("milliseconds given for seconds are called so", "[call]") {
    rc::storage<2048> room;
    auto const sentence = [&room](std::int64_t utc) {
        auto const reply = rc::call(canned{}, restart, key, {.utc_seconds = utc, .nonce = "n"}, room);
        REQUIRE_FALSE(reply);
        CHECK(reply.error().cause.code == errc::timestamp_out_of_range);
        CHECK(reply.error().what_to_do == advice::fix_clock);
        char text[300];
        rc::buffer_sink sink(text);
        rc::describe(sink, reply.error());
        return std::string(sink.written());
    };
    for (std::int64_t const utc : {std::int64_t{-1}, std::int64_t{253402300800}, std::int64_t{1'795'368'979'123}})
        CHECK(sentence(utc).find("; give seconds, not milliseconds") != std::string::npos);
#if !RESTARTCASTER_SMALL
    for (std::int64_t const utc : {std::int64_t{1'200'000'000'000}, std::int64_t{1'795'368'979'123}, std::int64_t{4'000'000'000'000}})
        CHECK(sentence(utc).find("(milliseconds were given, not seconds)") != std::string::npos);
    for (std::int64_t const utc : {std::int64_t{1'795'368'979'123'456}, std::int64_t{1'795'368'979'123'456'789}})
        CHECK(sentence(utc).find("(micro- or nanoseconds were given, not seconds)") != std::string::npos);
    for (std::int64_t const utc : {std::int64_t{-1}, std::int64_t{-1'795'368'979'123}, std::int64_t{253402300800}})
        CHECK(sentence(utc).find("were given") == std::string::npos);
#endif
}

TEST_CASE("a text that lies in the call's own storage is refused before anything is sent or written", "[call]") {
    rc::storage<2048> room;
    std::fill(std::begin(room.bytes), std::end(room.bytes), '#');
    studio.copy(room.bytes + 1500, studio.size());
    std::string const before(room.bytes, room.size());
    canned http;
    auto const reply = rc::call(http, rc::restart_caster{.caster_id = {room.bytes + 1500, studio.size()}}, key, stamp, room);
    REQUIRE_FALSE(reply);
    CHECK(http.exchanges == 0);
    CHECK(reply.error().kind == error_kind::local);
    CHECK(reply.error().ran == executed::no);
    CHECK(reply.error().cause == rc::failure{.code = errc::input_in_storage, .subject = "CasterId"});
    CHECK(std::string(room.bytes, room.size()) == before);
}

// ---- what is a transport and what is not

namespace {

struct may_throw {
    rc::result<rc::response> exchange(rc::request const&, std::span<char>);
};
struct gives_a_response {
    rc::response exchange(rc::request const&, std::span<char>) noexcept;
};
struct wants_a_buffer {
    rc::result<rc::response> exchange(rc::request const&, char*, std::size_t) noexcept;
};
static_assert(rc::transport<canned> && rc::transport<failing>);
static_assert(!rc::transport<int> && !rc::transport<may_throw> && !rc::transport<gives_a_response> &&
              !rc::transport<wants_a_buffer>);

// ---- compile time: the whole path, signature included

struct constant_server {
    constexpr rc::result<rc::response> exchange(rc::request const& out, std::span<char> to) const noexcept {
        bool const sound = out.method == rc::http_method::post && out.host == "live.aliyuncs.com" &&
                           out.body.find("&Signature=") != out.body.npos;
        std::string_view const body = sound ? good : R"({"Code":"InvalidParameter"})";
        for (std::size_t i = 0; i != body.size(); ++i)
            to[i] = body[i];
        return rc::response{.status = 200, .body = to.first(body.size())};
    }
};

constexpr bool the_whole_path_is_a_constant() {
    rc::signing_key const constant_key(permanent);
    char room[1024]{};
    auto const reply = rc::call(constant_server{}, restart, constant_key, stamp, room);
    return reply && reply->request_id == "6EBD1AC4-C34D-4AE1-963E-B688A228BE31";
}
static_assert(the_whole_path_is_a_constant());

} // namespace
