// SPDX-License-Identifier: MIT
// Whole requests: what is on the wire, what is refused, and in how many bytes.
#include <restartcaster/operations/make_request.hpp>

#include <restartcaster/operations/restart_caster.hpp>
#include <restartcaster/sign/acs3.hpp>

#include "catch.hpp"
#include "reference.hpp"
#include "vectors/vectors.hpp"

#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace rc = restartcaster;

namespace {

constexpr std::string_view caster_id = "80787064-1c94-4dc1-85ce-9409960a1234";
constexpr std::string_view nonce = "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11";
constexpr rc::credentials test_credentials{.access_key_id = "testid", .access_key_secret = "testsecret"};
constexpr rc::stamp test_stamp{.utc_seconds = 1709020800, .nonce = nonce};
constexpr rc::placement placements[]{rc::placement::get, rc::placement::post_form, rc::placement::post_query};

static_assert(rc::callable_operation<rc::restart_caster>);
static_assert(rc::callable_operation<rc::action>);
static_assert(!rc::callable_operation<int>);
static_assert(!rc::callable_operation<rc::request>);

// One copy of each function under test per operation: they are inlined wherever they are called.
template <class Operation>
rc::result<rc::request> make(Operation const& op, rc::signing_key<> const& key, rc::stamp const& when,
                             rc::room to, rc::request_options const& options = {}) {
    return rc::make_request(op, key, when, to, options);
}
template <class Operation>
rc::result<std::size_t> size_of(Operation const& op, rc::signing_key<> const& key, rc::stamp const& when,
                                rc::request_options const& options = {}) {
    return rc::request_size(op, key, when, options);
}
template <class Sink, class Operation>
rc::result<void> to_sign(Sink& sink, Operation const& op, rc::signing_key<> const& key, rc::stamp const& when,
                         rc::request_options const& options = {}) {
    return rc::string_to_sign(sink, op, key, when, options);
}

std::string_view method_of(rc::placement where) {
    return where == rc::placement::get ? "GET" : "POST";
}

// Everything that a transport sends, as one text, so that two requests can be compared at once.
std::string whole(rc::request const& r) {
    std::string out(rc::text(r.method));
    out += r.scheme == rc::url_scheme::https ? " https " : " http ";
    out += std::string(r.host) + ":" + std::to_string(r.port) + " " + std::string(r.url) + " " +
           std::string(r.target);
    return out + "\n" + std::string(r.headers.text()) + "\n" + std::string(r.body);
}

// The same text, put together by the tests from the query that is expected.
std::string expected_whole(std::string const& query, rc::placement where) {
    std::string const origin = "https://live.aliyuncs.com";
    if (where == rc::placement::post_form)
        return "POST https live.aliyuncs.com:0 " + origin +
               "/ /\nAccept-Encoding: identity\r\nContent-Type: application/x-www-form-urlencoded\r\n\n" +
               query;
    return std::string(method_of(where)) + " https live.aliyuncs.com:0 " + origin + "/?" + query + " /?" +
           query + "\nAccept-Encoding: identity\r\n\n";
}

// Builds in a block of exactly the bytes needed, which a sanitizer guards on both sides.
template <class Operation>
std::string built(Operation const& op, rc::credentials const& who = test_credentials,
                  rc::stamp const& when = test_stamp, rc::request_options const& options = {}) {
    rc::signing_key<> const key(who);
    auto const size = size_of(op, key, when, options);
    REQUIRE(size);
    auto const bytes = std::make_unique<char[]>(*size);
    auto const made = make(op, key, when, std::span<char>(bytes.get(), *size), options);
    REQUIRE(made);
    CHECK(made->url.data()[made->url.size()] == '\0');
    CHECK(std::strlen(made->url.data()) == made->url.size());
    return whole(*made);
}

template <class Operation>
rc::failure refused(Operation const& op, rc::credentials const& who = test_credentials,
                    rc::stamp const& when = test_stamp, rc::request_options const& options = {}) {
    rc::signing_key<> const key(who);
    rc::storage<4096> room;
    auto const made = make(op, key, when, room, options);
    REQUIRE(!made);
    // With no storage at all the answer is the same: what is wrong with a call does not hide behind its size.
    auto const size = size_of(op, key, when, options);
    REQUIRE(!size);
    CHECK(size.error() == made.error());
    return reference::without_place(made.error());
}

rc::failure is(rc::errc code, std::string_view subject, std::size_t detail = 0) {
    return {.code = code, .subject = subject, .detail = detail};
}

} // namespace

TEST_CASE("every vector that a call can produce is on the wire byte for byte") {
    int typed = 0, run_time = 0;
    for (vectors::rpc const& v : vectors::rpc_1_0()) {
        std::string const format = v.param("Format");
        bool const standard =
            (format == "JSON" || format == "XML") && v.param("SignatureMethod") == "HMAC-SHA1" &&
            v.param("SignatureVersion") == "1.0" && reference::seconds(v.param("Timestamp")) >= 0 &&
            !v.param("Version").empty() && !v.param("Action").empty() && v.transport != "split" &&
            v.param("AccessKeyId") == v.access_key_id;
        if (!standard) continue;
        CAPTURE(v.name);
        std::string const& query = v.transport == "form" ? v.form_body : v.url_query;
        std::string const token = v.param("SecurityToken"), of_stamp = v.param("SignatureNonce");
        rc::credentials const who{v.access_key_id, v.secret, token};
        rc::stamp const when{reference::seconds(v.param("Timestamp")), of_stamp};

        auto const own = std::make_unique<rc::parameter_list<32>>();
        bool restart = v.param("Action") == "RestartCaster" && v.param("Version") == "2016-11-01";
        for (auto const& [name, value] : v.params) {
            bool const common = name == "AccessKeyId" || name == "Action" || name == "Format" ||
                                name == "SecurityToken" || name == "SignatureMethod" ||
                                name == "SignatureNonce" || name == "SignatureVersion" ||
                                name == "Timestamp" || name == "Version";
            if (common) continue;
            REQUIRE(own->append(name, value));
            restart = restart && (name == "CasterId" || name == "RegionId");
        }
        std::string const action_name = v.param("Action"), version = v.param("Version");
        for (rc::placement const where : placements) {
            // The two ways to POST sign the same text.
            if (method_of(where) != v.method) continue;
            rc::request_options const options{.parameters = where,
                                              .answer = format == "JSON" ? rc::format::json : rc::format::xml,
                                              .url_limit = 0};
            CHECK(built(rc::action{action_name, version, *own}, who, when, options) ==
                  expected_whole(query, where));
            ++run_time;
            if (!restart) continue;
            std::string const id = v.param("CasterId"), region = v.param("RegionId");
            CHECK(built(rc::restart_caster{.caster_id = id, .region_id = region}, who, when, options) ==
                  expected_whole(query, where));
            ++typed;
        }
    }
    CHECK(run_time >= 30);
    CHECK(typed >= 12);
}

TEST_CASE("every method, format and token comes out as the reference works it out") {
    for (rc::placement const where : placements)
        for (rc::format const answer : {rc::format::json, rc::format::xml})
            for (std::string const token : {"", "CAIS+/abc/def==", "plain"})
                for (std::string const region : {"", "cn-shanghai", "a b"}) {
                    reference::call call;
                    call.token = token;
                    call.format = answer == rc::format::json ? "JSON" : "XML";
                    call.own = {{"CasterId", std::string(caster_id)}};
                    if (!region.empty()) call.own.emplace_back("RegionId", region);
                    rc::credentials const who{"testid", "testsecret", token};
                    std::string const expected = expected_whole(call.signed_query(method_of(where)), where);
                    rc::request_options const options{.parameters = where, .answer = answer};
                    CHECK(built(rc::restart_caster{.caster_id = caster_id, .region_id = region}, who,
                                test_stamp, options) == expected);
                    rc::parameter_list<2> list;
                    REQUIRE(list.append("CasterId", caster_id));
                    if (!region.empty()) REQUIRE(list.append("RegionId", region));
                    CHECK(built(rc::action{"RestartCaster", "2016-11-01", list}, who, test_stamp, options) ==
                          expected);
                }
}

TEST_CASE("without options a request is a POST form to the common host that asks for JSON") {
    reference::call call;
    call.format = "JSON";
    call.own = {{"CasterId", std::string(caster_id)}, {"RegionId", "cn-shanghai"}};
    std::string const query = call.signed_query("POST");
    rc::signing_key<> const key(test_credentials);
    rc::storage<2048> room;
    auto const made =
        rc::make_request(rc::restart_caster{.caster_id = caster_id, .region_id = "cn-shanghai"}, key, test_stamp, room);
    REQUIRE(made);
    CHECK(whole(*made) == expected_whole(query, rc::placement::post_form));

    auto const early = rc::make_request(rc::restart_caster{.caster_id = caster_id}, key,
                                       {.utc_seconds = -1, .nonce = nonce}, room);
    REQUIRE(!early);
    CHECK(early.error() == is(rc::errc::timestamp_out_of_range, "Timestamp"));
}

TEST_CASE("every storage size below the need is refused with the need, and is written in nowhere else") {
    rc::signing_key<> const key(
        {.access_key_id = "STS.testid", .access_key_secret = "testsecret", .security_token = "a+b"});
    auto const every_size = [&](auto const& op, rc::request_options const& options) {
        auto const size = size_of(op, key, test_stamp, options);
        REQUIRE(size);
        std::size_t const needed = *size;
        std::string first;
        for (std::size_t given = 0; given <= needed + 1; ++given) {
            std::vector<char> guarded(given + 64, '\x55');
            auto const made = make(op, key, test_stamp, std::span<char>(guarded.data() + 32, given), options);
            if (made.has_value() != (given >= needed)) FAIL("size " << given << " of " << needed);
            if (!made && made.error() != is(rc::errc::storage_too_small, "request", needed))
                FAIL("size " << given);
            if (made && first.empty()) first = whole(*made);
            if (made && whole(*made) != first) FAIL("size " << given << " gives another request");
            std::string const guard(32, '\x55');
            if (std::string(guarded.data(), 32) != guard ||
                std::string(guarded.data() + 32 + given, 32) != guard)
                FAIL("size " << given << " was left");
        }
        // url, target and body are all that is there, each with what ends it.
        CHECK(!first.empty());
    };
    rc::parameter_list<8> list;
    REQUIRE(list.append("CasterId", "a b"));
    REQUIRE(list.append("Tag", 10, "Key/", "+"));
    REQUIRE(list.append("_", ""));
    REQUIRE(list.append("zz", "\xF0\x9F\x8E\xAC"));
    for (rc::placement const where : placements) {
        rc::request_options const options{.parameters = where,
                                          .to = {"127.0.0.1", rc::url_scheme::http, 8080}};
        every_size(rc::restart_caster{.caster_id = caster_id, .region_id = "cn-shanghai"}, options);
        every_size(rc::restart_caster{.caster_id = "/a b/"}, options);
        every_size(rc::action{"RestartCaster", "2016-11-01", list}, options);
        every_size(rc::action{"A", "1"}, options);
    }
}

TEST_CASE("a request lies in the storage that it was given, and its size is what was asked for beforehand") {
    rc::signing_key<> const key(test_credentials);
    rc::storage<1024> room;
    for (rc::placement const where : placements) {
        rc::request_options const options{.parameters = where};
        rc::restart_caster const op{.caster_id = caster_id};
        auto const made = make(op, key, test_stamp, room, options);
        REQUIRE(made);
        auto const inside = [&room](std::string_view text) {
            return text.data() >= room.bytes && text.data() + text.size() <= room.bytes + sizeof room.bytes;
        };
        CHECK(inside(made->url));
        CHECK(inside(made->target));
        CHECK((made->body.empty() || inside(made->body)));
        CHECK(made->url.ends_with(made->target));
        std::size_t const used = made->url.size() + 1 + made->body.size();
        CHECK(made->storage_used == used);
        CHECK(size_of(op, key, test_stamp, options).value_or(0) == used);
    }
}

TEST_CASE(
    "the host, scheme and port of the caller's choosing stand in the request and the URL, and sign nothing") {
    rc::restart_caster const op{.caster_id = caster_id};
    reference::call call;
    call.own = {{"CasterId", std::string(caster_id)}};
    rc::signing_key<> const key(test_credentials);
    rc::storage<1024> room;
    for (rc::placement const where : placements) {
        rc::request_options const options{.parameters = where, .to = {"[::1]", rc::url_scheme::http, 8080}};
        auto const made = make(op, key, test_stamp, room, options);
        REQUIRE(made);
        CHECK(made->host == "[::1]");
        CHECK(made->port == 8080);
        CHECK(made->scheme == rc::url_scheme::http);
        std::string const query = call.signed_query(method_of(where));
        CHECK(made->url ==
              (where == rc::placement::post_form ? "http://[::1]:8080/" : "http://[::1]:8080/?" + query));
        CHECK(made->body == (where == rc::placement::post_form ? query : ""));
    }
}

TEST_CASE("no compressed answer is asked for, and a form says that it is one") {
    rc::signing_key<> const key(test_credentials);
    rc::storage<1024> room;
    for (rc::placement const where : placements) {
        auto const made =
            make(rc::restart_caster{.caster_id = caster_id}, key, test_stamp, room, {.parameters = where});
        REQUIRE(made);
        bool identity = false, form = false;
        for (rc::header const& field : made->headers) {
            identity = identity || (field.name == "Accept-Encoding" && field.value == "identity");
            form =
                form || (field.name == "Content-Type" && field.value == "application/x-www-form-urlencoded");
        }
        CHECK(identity);
        CHECK(form == (where == rc::placement::post_form));
    }
}

TEST_CASE("a CasterId that cannot be one is refused by its name before anything is sent") {
    auto const with = [](std::string_view id) { return refused(rc::restart_caster{.caster_id = id}); };
    CHECK(with({}) == is(rc::errc::parameter_missing, "CasterId"));
    CHECK(with("") == is(rc::errc::parameter_missing, "CasterId"));
    CHECK(with(" 80787064") == is(rc::errc::parameter_blank_end, "CasterId"));
    CHECK(with("80787064 ") == is(rc::errc::parameter_blank_end, "CasterId"));
    CHECK(with("80787064\n") == is(rc::errc::parameter_blank_end, "CasterId"));
    CHECK(with("80787064\r\n") == is(rc::errc::parameter_blank_end, "CasterId"));
    CHECK(with("\t80787064") == is(rc::errc::parameter_blank_end, "CasterId"));
    CHECK(with("8078\n7064") == is(rc::errc::parameter_control_character, "CasterId"));
    CHECK(with({"8078\0"
                "7064",
                9}) == is(rc::errc::parameter_control_character, "CasterId"));
    CHECK(with("8078\x7F") == is(rc::errc::parameter_control_character, "CasterId"));
    CHECK(with("8078\xFF") == is(rc::errc::parameter_not_utf8, "CasterId"));
    CHECK(with("caf\xE9") == is(rc::errc::parameter_not_utf8, "CasterId"));
    CHECK(with("\xED\xA0\x80") == is(rc::errc::parameter_not_utf8, "CasterId"));
}

TEST_CASE("a RegionId that cannot be one is refused by its name") {
    auto const with = [](std::string_view region) {
        return refused(rc::restart_caster{.caster_id = caster_id, .region_id = region});
    };
    CHECK(with("cn-shanghai ") == is(rc::errc::parameter_blank_end, "RegionId"));
    CHECK(with("cn\nshanghai") == is(rc::errc::parameter_control_character, "RegionId"));
    CHECK(with("\xC3") == is(rc::errc::parameter_not_utf8, "RegionId"));
}

TEST_CASE("of several wrong values one is named, and it is wrong") {
    rc::failure const named = refused(rc::restart_caster{.caster_id = " a", .region_id = "b "});
    CHECK(named.code == rc::errc::parameter_blank_end);
    CHECK((named.subject == "CasterId" || named.subject == "RegionId"));
}

TEST_CASE("a nonce is needed, and it is an identifier") {
    rc::restart_caster const op{.caster_id = caster_id};
    auto const with = [&op](std::string_view n) { return refused(op, test_credentials, {1709020800, n}); };
    CHECK(with({}) == is(rc::errc::parameter_missing, "SignatureNonce"));
    CHECK(with("") == is(rc::errc::parameter_missing, "SignatureNonce"));
    CHECK(with("a ") == is(rc::errc::parameter_blank_end, "SignatureNonce"));
    CHECK(with("a\rb") == is(rc::errc::parameter_control_character, "SignatureNonce"));
    CHECK(with("\x80") == is(rc::errc::parameter_not_utf8, "SignatureNonce"));
    // The same through an action.
    CHECK(refused(rc::action{"A", "1"}, test_credentials, {1709020800, {}}) ==
          is(rc::errc::parameter_missing, "SignatureNonce"));
    CHECK(refused(rc::action{"A", "1"}, test_credentials, {1709020800, " n"}) ==
          is(rc::errc::parameter_blank_end, "SignatureNonce"));
}

TEST_CASE("a time outside the years 1970 to 9999 is refused by its name") {
    rc::restart_caster const op{.caster_id = caster_id};
    constexpr std::int64_t now = 1709020800;
    for (std::int64_t const beyond :
         {std::int64_t{-1}, -now, std::int64_t{253402300800}, now + (std::int64_t{1} << 39),
          now + (std::int64_t{1} << 62), std::numeric_limits<std::int64_t>::max(),
          std::numeric_limits<std::int64_t>::min()}) {
        CHECK(refused(op, test_credentials, {beyond, nonce}) ==
              is(rc::errc::timestamp_out_of_range, "Timestamp"));
        CHECK(refused(rc::action{"A", "1"}, test_credentials, {beyond, nonce}) ==
              is(rc::errc::timestamp_out_of_range, "Timestamp"));
    }
    reference::call call;
    call.own = {{"CasterId", std::string(caster_id)}};
    for (std::int64_t const at : {std::int64_t{0}, std::int64_t{253402300799}, std::int64_t{951868799}}) {
        call.utc_seconds = at;
        CHECK(built(op, test_credentials, {at, nonce}) ==
              expected_whole(call.signed_query("POST"), rc::placement::post_form));
    }
}

TEST_CASE("credentials that cannot work stop every call and are named") {
    rc::restart_caster const op{.caster_id = caster_id};
    CHECK(refused(op, {"", "testsecret"}) == is(rc::errc::parameter_missing, "AccessKeyId"));
    CHECK(refused(op, {"testid", ""}) == is(rc::errc::parameter_missing, "AccessKeySecret"));
    CHECK(refused(op, {"testid ", "testsecret"}) == is(rc::errc::parameter_blank_end, "AccessKeyId"));
    CHECK(refused(op, {"testid", " testsecret"}) == is(rc::errc::parameter_blank_end, "AccessKeySecret"));
    CHECK(refused(op, {"testid", "testsecret\n"}) == is(rc::errc::parameter_blank_end, "AccessKeySecret"));
    CHECK(refused(op, {"testid", "testsecret", "tok\nen"}) ==
          is(rc::errc::parameter_control_character, "SecurityToken"));
    CHECK(refused(rc::action{"A", "1"}, {"", "testsecret"}) ==
          is(rc::errc::parameter_missing, "AccessKeyId"));
}

TEST_CASE("a host that could smuggle anything is refused whatever the method") {
    rc::restart_caster const op{.caster_id = caster_id};
    for (std::string_view const host :
         {std::string_view("live.aliyuncs.com/x"), std::string_view("user@live.aliyuncs.com"),
          std::string_view("live.aliyuncs.com\r\nX: y"), std::string_view("live\nx"),
          std::string_view("live\0x", 6), std::string_view("live.aliyuncs.com:80"), std::string_view("a b"),
          std::string_view("a?b"), std::string_view("a#b"), std::string_view()})
        for (rc::placement const where : placements)
            CHECK(refused(op, test_credentials, test_stamp, {.parameters = where, .to = host}).code ==
                  rc::errc::host_malformed);
}

TEST_CASE("a URL one byte longer than the limit is refused with its length, and a form has no limit") {
    rc::restart_caster const op{.caster_id = caster_id};
    rc::signing_key<> const key(test_credentials);
    rc::storage<1024> room;
    for (rc::placement const where : {rc::placement::get, rc::placement::post_query}) {
        auto const made = make(op, key, test_stamp, room, {.parameters = where});
        REQUIRE(made);
        std::size_t const length = made->url.size();
        CHECK(make(op, key, test_stamp, room, {.parameters = where, .url_limit = length}));
        CHECK(make(op, key, test_stamp, room, {.parameters = where, .url_limit = 0}));
        for (std::size_t const limit : {length - 1, std::size_t{100}, std::size_t{1}})
            CHECK(refused(op, test_credentials, test_stamp, {.parameters = where, .url_limit = limit}) ==
                  is(rc::errc::url_too_long, "URL", length));
    }
    CHECK(make(op, key, test_stamp, room, {.parameters = rc::placement::post_form, .url_limit = 1}));
    rc::parameter_list<1> list;
    std::string const long_value(9000, 'v');
    REQUIRE(list.append("Value", long_value));
    CHECK(
        refused(rc::action{"A", "1", list}, test_credentials, test_stamp, {.parameters = rc::placement::get})
            .code == rc::errc::url_too_long);
}

TEST_CASE("legal and odd values are sent and signed as they are") {
    std::string const four_kilobytes(4096, '%'), token(8192, '+');
    std::string const values[]{"a b",
                               "  two  ",
                               "+*~%",
                               "%20",
                               std::string("\0\x01\t\r\n\x1F\x7F", 7),
                               "\xF0\x9F\x8E\xAC",
                               "",
                               four_kilobytes,
                               "&=?#/",
                               "\xEF\xBB\xBF",
                               "e\xCC\x81"};
    rc::parameter_list<16> list;
    reference::call call;
    call.token = token;
    std::vector<std::string> names;
    for (std::size_t i = 0; i != std::size(values); ++i)
        names.push_back("P" + std::to_string(i));
    for (std::size_t i = 0; i != std::size(values); ++i) {
        REQUIRE(list.append(names[i], values[i]));
        call.own.emplace_back(names[i], values[i]);
    }
    for (rc::placement const where : placements)
        CHECK(built(rc::action{"RestartCaster", "2016-11-01", list}, {"testid", "testsecret", token},
                    test_stamp, {.parameters = where, .url_limit = 0}) ==
              expected_whole(call.signed_query(method_of(where)), where));
}

TEST_CASE("an identifier of any printable kind is sent and signed as it is") {
    for (std::string const id : {"LIVEPRODUCER_POST-cn-0pp1czt****", "a b", "+*~%&=/",
                                 "\xE7\x9B\xB4\xE6\x92\xAD", "~", "0", "%20", "a/b?c#d"}) {
        reference::call call;
        call.own = {{"CasterId", id}};
        CHECK(built(rc::restart_caster{.caster_id = id}) ==
              expected_whole(call.signed_query("POST"), rc::placement::post_form));
    }
}

TEST_CASE(
    "values of every length are on the wire and in the signature whole, with and without reserved bytes") {
    rc::storage<4096> room;
    for (std::size_t size = 1; size != 300; ++size)
        for (std::size_t const reserved_at : {size, std::size_t{0}, size / 2, size - 1}) {
            std::string id(size, 'c');
            if (reserved_at != size) id[reserved_at] = '/';
            reference::call call;
            call.own = {{"CasterId", id}, {"RegionId", std::string(size % 70 + 1, 'r')}};
            call.nonce = std::string(size % 40 + 1, 'n');
            call.key_id = std::string(size % 33 + 1, 'k');
            rc::signing_key<> const key({call.key_id, call.secret});
            auto const made = make(rc::restart_caster{.caster_id = id, .region_id = call.own[1].second}, key,
                                   {call.utc_seconds, call.nonce}, room);
            if (!made || made->body != call.signed_query("POST"))
                FAIL("size " << size << ", reserved " << reserved_at);
        }
}

TEST_CASE("the string to sign of a call is written out for people as it was signed") {
    rc::signing_key<> const key({"testid", "testsecret", "tok+"});
    reference::call call;
    call.token = "tok+";
    call.own = {{"CasterId", std::string(caster_id)}};
    rc::parameter_list<1> list;
    REQUIRE(list.append("CasterId", caster_id));
    for (rc::placement const where : placements) {
        reference::text_sink typed, run_time;
        CHECK(to_sign(typed, rc::restart_caster{.caster_id = caster_id}, key, test_stamp,
                      {.parameters = where}));
        CHECK(to_sign(run_time, rc::action{"RestartCaster", "2016-11-01", list}, key, test_stamp,
                      {.parameters = where}));
        CHECK(typed.text == call.string_to_sign(method_of(where)));
        CHECK(run_time.text == typed.text);
    }
    // Into bytes of the caller's, at every size.
    std::string const expected = call.string_to_sign("POST");
    for (std::size_t size = 0; size <= expected.size() + 1; ++size) {
        std::vector<char> bytes(size);
        rc::buffer_sink sink(bytes);
        if (!to_sign(sink, rc::restart_caster{.caster_id = caster_id}, key, test_stamp))
            FAIL("size " << size);
        if (sink.needed() != expected.size() || (sink.fits() && sink.written() != expected))
            FAIL("size " << size);
    }
}

TEST_CASE("the string to sign is refused for the same reasons as the request") {
    rc::signing_key<> const good(test_credentials), bad({.access_key_id = "testid", .access_key_secret = {}});
    reference::text_sink sink;
    rc::restart_caster const op{.caster_id = caster_id};
    CHECK(to_sign(sink, op, bad, test_stamp).error() == is(rc::errc::parameter_missing, "AccessKeySecret"));
    CHECK(to_sign(sink, op, good, {-1, nonce}).error() == is(rc::errc::timestamp_out_of_range, "Timestamp"));
    CHECK(to_sign(sink, op, good, test_stamp, {.to = {"live.aliyuncs.com/"}}).error().code == rc::errc::host_malformed);
    CHECK(reference::without_place(to_sign(sink, rc::restart_caster{.caster_id = " "}, good, test_stamp).error()) ==
          is(rc::errc::parameter_blank_end, "CasterId"));
    CHECK(to_sign(sink, rc::action{"", "1"}, good, test_stamp).error() ==
          is(rc::errc::parameter_missing, "Action"));
}

TEST_CASE("one key signs any number of calls, each as if it were the first") {
    rc::signing_key<> const key(test_credentials);
    rc::storage<1024> room;
    reference::call call;
    call.own = {{"CasterId", std::string(caster_id)}};
    for (int i = 0; i != 50; ++i) {
        call.nonce = "nonce-" + std::to_string(i);
        call.utc_seconds = 1709020800 + i * 86399;
        auto const made =
            make(rc::restart_caster{.caster_id = caster_id}, key, {call.utc_seconds, call.nonce}, room);
        REQUIRE(made);
        CHECK(made->body == call.signed_query("POST"));
    }
}

// ---- inputs that lie where the request is to be built

namespace {

// Where one input of a request lies: in a room, at some place, or elsewhere.
struct placed {
    std::vector<char> bytes = std::vector<char>(2048, '#');
    std::size_t at;
    explicit placed(std::size_t where) : at(where) {}
    std::string_view put(std::string_view text) {
        std::copy(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
        return {bytes.data() + at, text.size()};
    }
    rc::room room() { return std::span<char>(bytes.data(), 1500); }
};

constexpr rc::failure in_storage(std::string_view name) {
    return {.code = rc::errc::input_in_storage, .subject = name};
}

// Makes, asks for the string to sign of, and compares with what lies in the room.
template <class Operation, class Scheme>
void refuses_overlap(placed& where, std::string_view name, Operation const& op, rc::signing_key<Scheme> const& key,
                     rc::stamp const& when, rc::request_options const& options) {
    INFO(name << " at " << where.at);
    std::vector<char> const before = where.bytes;
    auto const made = rc::make_request(op, key, when, where.room(), options);
    REQUIRE_FALSE(made);
    CHECK(made.error() == in_storage(name));
    CHECK((where.bytes == before));
    CHECK(rc::request_size(op, key, when, options).has_value());
    rc::buffer_sink sink(where.room().span());
    auto const written = rc::string_to_sign(sink, op, key, when, options);
    REQUIRE_FALSE(written);
    CHECK(written.error() == in_storage(name));
    CHECK((where.bytes == before));
}

template <class Scheme>
void every_input_of_a_scheme(rc::placement placement) {
    for (std::size_t const at : {0u, 1u, 700u, 1490u, 1499u}) {
        rc::request_options options{.parameters = placement};
        rc::restart_caster const usual{.caster_id = caster_id};
        rc::signing_key<Scheme> const key(test_credentials);
        placed p(at);
        refuses_overlap(p, "CasterId", rc::restart_caster{.caster_id = p.put(caster_id)}, key, test_stamp, options);
        p = placed(at);
        refuses_overlap(p, "RegionId", rc::restart_caster{.caster_id = caster_id, .region_id = p.put("cn-shanghai")}, key,
                        test_stamp, options);
        p = placed(at);
        refuses_overlap(p, "SignatureNonce", usual, key, {test_stamp.utc_seconds, p.put(nonce)}, options);
        p = placed(at);
        rc::signing_key<Scheme> const id({p.put("testid"), "testsecret"});
        refuses_overlap(p, "AccessKeyId", usual, id, test_stamp, options);
        p = placed(at);
        rc::signing_key<Scheme> const token({"testid", "testsecret", p.put("token")});
        refuses_overlap(p, "SecurityToken", usual, token, test_stamp, options);
        p = placed(at);
        options.to = {p.put("live.aliyuncs.com")};
        refuses_overlap(p, "host", usual, key, test_stamp, options);
        options.to = rc::live_endpoint;

        p = placed(at);
        refuses_overlap(p, "Action", rc::action{p.put("DescribeCasters"), "2016-11-01"}, key, test_stamp, options);
        p = placed(at);
        refuses_overlap(p, "Version", rc::action{"DescribeCasters", p.put("2016-11-01")}, key, test_stamp, options);
        for (int piece = 0; piece != 4; ++piece) {
            p = placed(at);
            rc::parameter_list<2> list;
            REQUIRE(list.append("A", "b"));
            REQUIRE(list.append(piece == 0 ? p.put("Name") : "Name", 3, piece == 1 ? p.put("Key") : "Key",
                                piece == 2 ? p.put("value") : "value"));
            rc::action const call{piece == 3 ? p.put("DescribeCasters") : "DescribeCasters", "2016-11-01", list};
            refuses_overlap(p, piece == 3 ? "Action" : "Name", call, key, test_stamp, options);
        }
    }
}

} // namespace

TEST_CASE("a text of the call that lies in the call's own storage is refused by its name, and nothing is written") {
    for (rc::placement const placement : placements) {
        every_input_of_a_scheme<rc::rpc_v1>(placement);
        every_input_of_a_scheme<rc::acs3>(placement);
    }
}

TEST_CASE("a text that ends where the storage begins, begins where it ends, or is empty lies outside") {
    std::vector<char> bytes(2048, 'x');
    rc::room const room = std::span<char>(bytes.data() + 100, 1800);
    rc::signing_key<> const key(test_credentials);
    for (std::string_view const id : {std::string_view(bytes.data() + 90, 10), std::string_view(bytes.data() + 1900, 10)})
        CHECK(rc::make_request(rc::restart_caster{.caster_id = id}, key, test_stamp, room));
    rc::restart_caster const empty_region{.caster_id = caster_id, .region_id = {bytes.data() + 500, 0}};
    CHECK(rc::make_request(empty_region, key, test_stamp, room));
    for (std::string_view const id : {std::string_view(bytes.data() + 90, 11), std::string_view(bytes.data() + 1899, 10),
                                      std::string_view(bytes.data(), 2048)})
        CHECK(rc::make_request(rc::restart_caster{.caster_id = id}, key, test_stamp, room).error() == in_storage("CasterId"));
}
