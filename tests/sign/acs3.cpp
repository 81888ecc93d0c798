// SPDX-License-Identifier: MIT
// ACS3-HMAC-SHA256, stage by stage, against the vendor's values and OpenSSL.
#include <restartcaster/sign/acs3.hpp>

#include <restartcaster/operations/make_request.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include "catch.hpp"
#include "reference.hpp"
#include "vectors/vectors.hpp"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace rc = restartcaster;

namespace {

using key_type = rc::signing_key<rc::acs3>;
constexpr std::string_view caster_id = "80787064-1c94-4dc1-85ce-9409960a1234";
constexpr rc::placement placements[]{rc::placement::get, rc::placement::post_form, rc::placement::post_query};

// Help document 2593177, the worked example RunInstances; the hash and the signature are the page's own.
constexpr bool run_instances = [] {
    rc::parameter_list<2> query;
    rc::parameter_list<6> headers;
    bool good = query.append("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd").has_value();
    good = good && query.append("RegionId", "cn-shanghai").has_value();
    auto const body_hash = rc::acs3::body_hash("");
    std::string_view const hash_text(body_hash.data(), body_hash.size());
    good = good && headers.append("host", "ecs.cn-shanghai.aliyuncs.com").has_value();
    good = good && headers.append("x-acs-action", "RunInstances").has_value();
    good = good && headers.append("x-acs-content-sha256", hash_text).has_value();
    good = good && headers.append("x-acs-date", "2023-10-26T10:22:32Z").has_value();
    good = good && headers.append("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d").has_value();
    good = good && headers.append("x-acs-version", "2014-05-26").has_value();
    key_type const key({"YourAccessKeyId", "YourAccessKeySecret"});
    auto const made = rc::acs3::signature(key, "POST", query, headers, hash_text);
    return good && hash_text == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" &&
           std::string_view(made.data(), made.size()) ==
               "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";
}();
static_assert(run_instances);

// Fields of a request by name; Host is the transport's.
reference::parameters fields(rc::request const& r) {
    reference::parameters out;
    for (rc::header const& field : r.headers)
        out.emplace_back(field.name, field.value);
    return out;
}

std::string field(rc::request const& r, std::string_view name) {
    for (auto const& [one, value] : fields(r))
        if (one == name) return value;
    return {};
}

struct call {
    std::string action = "RestartCaster", version = "2016-11-01", key_id = "testid", secret = "testsecret",
                token = {};
    std::string nonce = "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11", authority = "live.aliyuncs.com";
    std::int64_t utc_seconds = 1709020800;
    reference::parameters own = {};

    std::string canonical_request(rc::placement where) const {
        std::string const query = reference::canonical_query(own);
        bool const form = where == rc::placement::post_form;
        std::string const hash = reference::sha256(form ? query : "");
        reference::parameters headers{{"host", authority},
                                      {"x-acs-action", action},
                                      {"x-acs-content-sha256", hash},
                                      {"x-acs-date", reference::timestamp(utc_seconds)},
                                      {"x-acs-signature-nonce", nonce},
                                      {"x-acs-version", version}};
        if (form) headers.emplace_back("content-type", "application/x-www-form-urlencoded");
        if (!token.empty()) headers.emplace_back("x-acs-security-token", token);
        std::sort(headers.begin(), headers.end());
        std::string out = where == rc::placement::get ? "GET\n/\n" : "POST\n/\n";
        out += (form ? "" : query) + "\n";
        for (auto const& [name, value] : headers)
            out += name + ":" + value + "\n";
        return out + "\n" + signed_headers(headers) + "\n" + hash;
    }
    static std::string signed_headers(reference::parameters const& headers) {
        std::string out;
        for (auto const& one : headers)
            out += (out.empty() ? "" : ";") + one.first;
        return out;
    }
    std::string string_to_sign(rc::placement where) const {
        return "ACS3-HMAC-SHA256\n" + reference::sha256(canonical_request(where));
    }
    std::string authorization(rc::placement where) const {
        std::string const canonical = canonical_request(where);
        std::size_t const last = canonical.rfind('\n'), before = canonical.rfind('\n', last - 1);
        return "ACS3-HMAC-SHA256 Credential=" + key_id +
               ",SignedHeaders=" + canonical.substr(before + 1, last - before - 1) +
               ",Signature=" + reference::hmac_sha256(secret, string_to_sign(where));
    }
};

template <class Operation>
rc::result<rc::request> make(Operation const& op, key_type const& key, rc::stamp const& when, rc::room to,
                             rc::request_options const& options = {}) {
    return rc::make_request(op, key, when, to, options);
}

template <class Operation>
void agrees(Operation const& op, call const& expected, rc::request_options options = {}) {
    key_type const key({expected.key_id, expected.secret, expected.token});
    rc::stamp const when{expected.utc_seconds, expected.nonce};
    std::string const query = reference::canonical_query(expected.own);
    for (rc::placement const where : placements) {
        options.parameters = where;
        auto const room = std::make_unique<rc::storage<32768>>();
        auto const made = make(op, key, when, *room, options);
        REQUIRE(made);
        bool const form = where == rc::placement::post_form;
        CHECK(made->method == (where == rc::placement::get ? rc::http_method::get : rc::http_method::post));
        CHECK(made->target == (form ? "/" : "/?" + query));
        CHECK(made->body == (form ? query : ""));
        CHECK(made->url.data()[made->url.size()] == '\0');
        CHECK(field(*made, "authorization") == expected.authorization(where));
        CHECK(field(*made, "x-acs-action") == expected.action);
        CHECK(field(*made, "x-acs-version") == expected.version);
        CHECK(field(*made, "x-acs-date") == reference::timestamp(expected.utc_seconds));
        CHECK(field(*made, "x-acs-signature-nonce") == expected.nonce);
        CHECK(field(*made, "x-acs-security-token") == expected.token);
        CHECK(field(*made, "x-acs-content-sha256") == reference::sha256(form ? query : ""));
        CHECK(field(*made, "content-type") == (form ? "application/x-www-form-urlencoded" : ""));
        CHECK(field(*made, "accept") ==
              (options.answer == rc::format::json ? "application/json" : "application/xml"));
        CHECK(field(*made, "accept-encoding") == "identity");
        std::string lines;
        for (auto const& [name, value] : fields(*made)) lines += name + ": " + value + "\r\n";
        CHECK(made->headers.text() == lines);
        CHECK(fields(*made).size() == 8 + (form ? 1u : 0u) + (expected.token.empty() ? 0u : 1u));
        CHECK(made->storage_used == made->url.size() + 1 + made->body.size() + made->headers.text().size());
        reference::text_sink canonical, to_sign;
        REQUIRE(rc::string_to_sign(to_sign, op, key, when, options));
        CHECK(to_sign.text == expected.string_to_sign(where));
    }
}

rc::failure refused(rc::action const& op, rc::credentials const& who = {"testid", "testsecret"},
                    rc::stamp const& when = {1709020800, "n"}, rc::request_options const& options = {}) {
    key_type const key(who);
    rc::storage<2048> room;
    auto const made = make(op, key, when, room, options);
    REQUIRE(!made);
    auto const size = rc::request_size(op, key, when, options);
    REQUIRE(!size);
    CHECK(size.error() == made.error());
    return reference::without_place(made.error());
}

rc::failure is(rc::errc code, std::string_view subject, std::size_t detail = 0) {
    return {.code = code, .subject = subject, .detail = detail};
}

} // namespace

TEST_CASE("every ACS3 request published or captured is reached stage by stage") {
    int bodies = 0;
    for (vectors::acs3 const& v : vectors::acs3_hmac_sha256()) {
        CAPTURE(v.name);
        rc::parameter_list<32> query, headers;
        for (auto const& [name, value] : v.query)
            REQUIRE(query.append(name, value));
        // Names that differ in case only are one header; the sender joins them before anything is signed.
        std::set<std::string> names;
        reference::parameters given;
        for (auto const& [name, value] : v.headers) {
            std::string lower;
            for (char const c : name)
                lower += rc::detail::ascii_lower(c);
            if (names.insert(lower).second) given.emplace_back(lower, value);
        }
        if (given.size() != v.headers.size()) {
            given.clear();
            for (std::size_t at = 0; at < v.canonical_headers.size();) {
                std::size_t const end = v.canonical_headers.find('\n', at),
                                  colon = v.canonical_headers.find(':', at);
                given.emplace_back(v.canonical_headers.substr(at, colon - at),
                                   v.canonical_headers.substr(colon + 1, end - colon - 1));
                at = end + 1;
            }
        }
        for (auto const& [name, value] : given)
            REQUIRE(headers.append(name, value));

        // Two of them give a hash alone, without the body that it is of.
        std::string_view const hash_text = v.hashed_payload;
        if (reference::sha256(v.body) == v.hashed_payload) {
            INFO("stage: hash of the body");
            auto const body_hash = rc::acs3::body_hash(v.body);
            CHECK(std::string_view(body_hash.data(), body_hash.size()) == hash_text);
            ++bodies;
        }
        {
            INFO("stage: canonical query");
            reference::text_sink sink;
            rc::canonical_query(sink, query);
            CHECK(sink.text == v.canonical_query);
        }
        {
            INFO("stage: signed headers");
            reference::text_sink sink;
            rc::acs3::signed_headers(sink, headers);
            CHECK(sink.text == v.signed_headers);
        }
        {
            INFO("stage: canonical request");
            reference::text_sink sink;
            rc::acs3::canonical_request(sink, v.method, query, headers, hash_text);
            CHECK(sink.text == v.canonical_request);
        }
        {
            INFO("stage: string to sign");
            reference::text_sink sink;
            rc::acs3::string_to_sign(sink, reference::sha256(v.canonical_request));
            CHECK(sink.text == v.string_to_sign);
        }
        INFO("stage: signature");
        key_type const key({v.access_key_id, v.secret});
        auto const made = rc::acs3::signature(key, v.method, query, headers, hash_text);
        CHECK(std::string_view(made.data(), made.size()) == v.signature);
        CHECK(v.authorization.ends_with(",Signature=" + v.signature));
    }
    CHECK(bodies >= 12);
}

TEST_CASE("every ACS3 vector that a call can produce has its Authorization header") {
    int produced = 0;
    for (vectors::acs3 const& v : vectors::acs3_hmac_sha256()) {
        std::string action, version, date, nonce, token, host, type;
        bool other = v.method != "POST";
        for (auto const& [name, value] : v.headers) {
            std::string* const known = name == "x-acs-action"            ? &action
                                       : name == "x-acs-version"         ? &version
                                       : name == "x-acs-date"            ? &date
                                       : name == "x-acs-signature-nonce" ? &nonce
                                       : name == "x-acs-security-token"  ? &token
                                       : name == "content-type"          ? &type
                                       : name == "host"                  ? &host
                                                                         : nullptr;
            if (known != nullptr) *known = value;
            other = other || (known == nullptr && name != "x-acs-content-sha256") || value.starts_with(' ');
        }
        bool const form = type == "application/x-www-form-urlencoded";
        if (other || (!form && !v.body.empty()) || host.find(':') != std::string::npos) continue;
        CAPTURE(v.name);
        reference::parameters own = v.query;
        if (form) {
            REQUIRE(own.empty());
            for (std::size_t at = 0; at < v.body.size();) {
                std::size_t const end = std::min(v.body.find('&', at), v.body.size()),
                                  equals = v.body.find('=', at);
                own.emplace_back(reference::percent_decoded(v.body.substr(at, equals - at)),
                                 reference::percent_decoded(v.body.substr(equals + 1, end - equals - 1)));
                at = end + 1;
            }
        }
        rc::parameter_list<32> list;
        for (auto const& [name, value] : own)
            REQUIRE(list.append(name, value));
        key_type const key({v.access_key_id, v.secret, token});
        rc::storage<4096> room;
        auto const made =
            make(rc::action{action, version, list}, key, {reference::seconds(date), nonce}, room,
                 {.parameters = form ? rc::placement::post_form : rc::placement::post_query, .to = {host}});
        REQUIRE(made);
        CHECK(field(*made, "authorization") == v.authorization);
        CHECK(made->body == v.body);
        if (!form) CHECK(made->target == "/?" + v.canonical_query);
        ++produced;
    }
    CHECK(produced >= 8);
}

TEST_CASE("a typed call under ACS3 is what the reference works out, in every placement") {
    for (std::string const token : {"", "CAIS+/abc=="})
        for (std::string const region : {"", "cn-shanghai"}) {
            call expected;
            expected.token = token;
            expected.own = {{"CasterId", std::string(caster_id)}};
            if (!region.empty()) expected.own.emplace_back("RegionId", region);
            agrees(rc::restart_caster{.caster_id = caster_id, .region_id = region}, expected);
            agrees(rc::restart_caster{.caster_id = caster_id, .region_id = region}, expected,
                   {.answer = rc::format::xml});
        }
}

TEST_CASE("an action under ACS3 is what the reference works out, in every placement") {
    call expected;
    agrees(rc::action{"RestartCaster", "2016-11-01"}, expected);
    // Names that the older signature keeps for itself are parameters like any other here.
    expected.own = {{"CasterId", "a b/\xE7\x9B\xB4"},
                    {"Tag.10.Key", "+*~%"},
                    {"Tag.2.Key", ""},
                    {"Format", "JSON"},
                    {"Z", std::string(5000, 'z')}};
    rc::parameter_list<8> list;
    REQUIRE(list.append("CasterId", "a b/\xE7\x9B\xB4"));
    REQUIRE(list.append("Tag", 2, "Key", ""));
    REQUIRE(list.append("Tag", 10, "Key", "+*~%"));
    REQUIRE(list.append("Format", "JSON"));
    std::string const long_value(5000, 'z');
    REQUIRE(list.append("Z", long_value));
    agrees(rc::action{"RestartCaster", "2016-11-01", list}, expected);
}

TEST_CASE("the Host that is signed is the one that a transport sends") {
    call expected;
    expected.authority = "127.0.0.1:8080";
    expected.own = {{"CasterId", std::string(caster_id)}};
    agrees(rc::restart_caster{.caster_id = caster_id}, expected,
           {.to = {"127.0.0.1", rc::url_scheme::http, 8080}});
    expected.authority = "live.aliyuncs.com";
    agrees(rc::restart_caster{.caster_id = caster_id}, expected,
           {.to = {"live.aliyuncs.com", rc::url_scheme::https, 443}});
}

TEST_CASE("what becomes a header is refused by its name when it could not be one") {
    CHECK(refused({"", "1"}) == is(rc::errc::parameter_missing, "Action"));
    CHECK(refused({"A", ""}) == is(rc::errc::parameter_missing, "Version"));
    CHECK(refused({"A\r\nX-Evil: 1", "1"}) == is(rc::errc::parameter_control_character, "Action"));
    CHECK(refused({"A", "1\r\nX-Evil: 1"}) == is(rc::errc::parameter_control_character, "Version"));
    CHECK(refused({"A", "1"}, {"testid", "testsecret"}, {0, ""}) ==
          is(rc::errc::parameter_missing, "SignatureNonce"));
    CHECK(refused({"A", "1"}, {"testid", "testsecret"}, {0, "n\r\nX: y"}) ==
          is(rc::errc::parameter_control_character, "SignatureNonce"));
    CHECK(refused({"A", "1"}, {"testid", "testsecret"}, {-1, "n"}) ==
          is(rc::errc::timestamp_out_of_range, "Timestamp"));
    CHECK(refused({"A", "1"}, {"test\r\nid", "testsecret"}) ==
          is(rc::errc::parameter_control_character, "AccessKeyId"));
    CHECK(refused({"A", "1"}, {"testid", "testsecret", "t\r\nX: y"}) ==
          is(rc::errc::parameter_control_character, "SecurityToken"));
    CHECK(refused({"A", "1"}, {"testid", ""}) == is(rc::errc::parameter_missing, "AccessKeySecret"));
    for (rc::placement const where : placements)
        CHECK(refused({"A", "1"}, {"testid", "testsecret"}, {0, "n"}, {.parameters = where, .to = {"a/b"}})
                  .code == rc::errc::host_malformed);
}

TEST_CASE("a value that cannot be one is refused under ACS3 too, in the query and in the form") {
    key_type const key({"testid", "testsecret"});
    rc::storage<2048> room;
    for (rc::placement const where : placements) {
        auto const made =
            make(rc::restart_caster{.caster_id = " a"}, key, {0, "n"}, room, {.parameters = where});
        REQUIRE(!made);
        CHECK(reference::without_place(made.error()) == is(rc::errc::parameter_blank_end, "CasterId"));
        reference::text_sink sink;
        CHECK(rc::string_to_sign(sink, rc::restart_caster{}, key, {0, "n"}, {.parameters = where}).error() ==
              is(rc::errc::parameter_missing, "CasterId"));
    }
}

TEST_CASE("a URL longer than the limit is refused under ACS3 too") {
    key_type const key({"testid", "testsecret"});
    rc::storage<2048> room;
    rc::restart_caster const op{.caster_id = caster_id};
    for (rc::placement const where : {rc::placement::get, rc::placement::post_query}) {
        auto const made = make(op, key, {0, "n"}, room, {.parameters = where});
        REQUIRE(made);
        std::size_t const length = made->url.size();
        CHECK(make(op, key, {0, "n"}, room, {.parameters = where, .url_limit = length}));
        CHECK(make(op, key, {0, "n"}, room, {.parameters = where, .url_limit = 0}));
        auto const refused = make(op, key, {0, "n"}, room, {.parameters = where, .url_limit = length - 1});
        REQUIRE(!refused);
        CHECK(refused.error() == is(rc::errc::url_too_long, "URL", length));
    }
}

TEST_CASE("every storage size below the need is refused with the need under ACS3 too") {
    key_type const key({"testid", "testsecret", "token"});
    rc::parameter_list<4> list;
    REQUIRE(list.append("CasterId", "a b"));
    auto const every_size = [&](auto const& op, rc::request_options const& options) {
        auto const needed = rc::request_size(op, key, {0, "n"}, options);
        REQUIRE(needed);
        std::string first;
        for (std::size_t size = 0; size <= *needed + 1; ++size) {
            std::vector<char> bytes(size + 16, '\x55');
            auto const made = make(op, key, {0, "n"}, std::span<char>(bytes.data(), size), options);
            if (made.has_value() != (size >= *needed)) FAIL("size " << size);
            if (!made && made.error() != is(rc::errc::storage_too_small, "request", *needed))
                FAIL("size " << size);
            if (std::string(bytes.data() + size, 16) != std::string(16, '\x55'))
                FAIL("size " << size << " was left");
            if (!made) continue;
            std::string const all =
                std::string(made->url) + std::string(made->headers.text()) + std::string(made->body);
            if (first.empty()) first = all;
            if (all != first) FAIL("size " << size << " gives another request");
        }
        CHECK(!first.empty());
    };
    for (rc::placement const where : placements) {
        every_size(rc::restart_caster{.caster_id = caster_id}, {.parameters = where});
        every_size(rc::action{"A", "1", list}, {.parameters = where});
    }
}

TEST_CASE("the canonical request of a call is written out for people as it was signed") {
    key_type const key({"testid", "testsecret"});
    call expected;
    expected.own = {{"CasterId", std::string(caster_id)}};
    rc::restart_caster const op{.caster_id = caster_id};
    for (rc::placement const where : placements) {
        reference::text_sink sink;
        REQUIRE(rc::canonical_request(sink, op, key, {expected.utc_seconds, expected.nonce}, {.parameters = where}));
        CHECK(sink.text == expected.canonical_request(where));
    }
    reference::text_sink sink;
    rc::restart_caster const none;
    auto const written = rc::canonical_request(sink, none, key, {expected.utc_seconds, expected.nonce}, {});
    REQUIRE_FALSE(written);
    CHECK(written.error() == is(rc::errc::parameter_missing, "CasterId"));
}

TEST_CASE("blanks around a header's value are no part of what is signed, and those inside are") {
    for (std::string const value :
         {"value", " value", "value ", "\tvalue", "value\t", " \t value \t ", "two  words", "", " ", " \t "}) {
        rc::parameter_list<1> headers;
        REQUIRE(headers.append("x-acs-x", value));
        reference::text_sink sink;
        rc::acs3::canonical_request(sink, "GET", {}, headers, "hash");
        std::string const kept = value == "two  words" ? value : value.find("value") == value.npos ? "" : "value";
        CHECK(sink.text == "GET\n/\n\nx-acs-x:" + kept + "\n\nx-acs-x\nhash");
    }
}
