// SPDX-License-Identifier: MIT
// Every function that takes a byte_sink, with the sinks that programs have at hand.
// Source: core/sink.hpp, byte_sink.
#include <restartcaster.hpp>

#include "catch.hpp"

#include <memory_resource>
#include <string>
#include <vector>

namespace rc = restartcaster;

namespace {

/// Counts what it was given, and wants the count to be used.
struct counting {
    std::string text;
    [[nodiscard]] int append(std::string_view more) {
        text += more;
        return static_cast<int>(text.size());
    }
};
/// Returns itself, and has other members that a writer could take for its own.
struct chained {
    std::string text;
    [[nodiscard]] chained& append(std::string_view more) noexcept {
        text += more;
        return *this;
    }
    void free(void*) {}
    void advance() {}
    void position(int) {}
};
/// Takes nothing but a view, and returns a thing that cannot be copied.
struct strict {
    struct token {
        token() = default;
        token(token const&) = delete;
    };
    std::vector<char> bytes;
    [[nodiscard]] token append(std::string_view more) {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return {};
    }
    void append(char const*) = delete;
    void append(std::string const&) = delete;
};

std::string written(std::string const& sink) { return sink; }
std::string written(std::pmr::string const& sink) { return std::string(sink); }
std::string written(counting const& sink) { return sink.text; }
std::string written(chained const& sink) { return sink.text; }
std::string written(strict const& sink) { return {sink.bytes.begin(), sink.bytes.end()}; }
std::string written(rc::buffer_sink const& sink) { return std::string(sink.written()); }

template <class Sink>
struct made {
    Sink sink{};
};
template <>
struct made<rc::buffer_sink> {
    char bytes[4096];
    rc::buffer_sink sink{bytes};
};

template <class Sink, class Write>
std::string with(Write const& write) {
    made<Sink> one;
    write(one.sink);
    return written(one.sink);
}

} // namespace

TEMPLATE_TEST_CASE("every writer takes any sink, whatever its append returns", "", std::string, std::pmr::string,
                   counting, chained, strict, rc::buffer_sink) {
    using sink = TestType;
    static_assert(rc::byte_sink<sink>);
    rc::error const refused{.kind = rc::error_kind::refused, .http_status = 400, .retry_after_ms = 5, .code_text = "C",
                            .message = std::string_view("token=abc " "\x1B"), .request_id = "r"};
    CHECK(with<sink>([&](auto& to) { rc::describe(to, refused); }) ==
          "refused with C: token[...] ? (HTTP 400). It did not run; correct the request; the same call can only fail "
          "again (after 5 ms). Request id r");
    CHECK(with<sink>([&](auto& to) { describe(to, rc::call_error{refused, 2, 7}); }).ends_with("(2 attempts, 7 ms of waiting)"));
    CHECK(with<sink>([](auto& to) {
              rc::describe(to, rc::failure{.code = rc::errc::parameter_quoted, .subject = "CasterId", .character = '"'});
          }) == "CasterId: a quotation mark at an end; remove it (U+0022 at byte 0)");
    CHECK(with<sink>([](auto& to) { rc::append_foreign(to, std::string(300, 'x')); }) == std::string(200, 'x') + "...");
    CHECK(with<sink>([](auto& to) { rc::percent_encode(to, "a/b"); }) == "a%2Fb");

    rc::parameter_list<3> list;
    REQUIRE(list.append("B", "x y"));
    REQUIRE(list.append("A", "1"));
    REQUIRE(list.append("L", std::uint16_t{12}, "M", "v"));
    CHECK(with<sink>([&](auto& to) { rc::canonical_query(to, list); }) == "A=1&B=x%20y&L.12.M=v");
    CHECK(with<sink>([&](auto& to) { rc::rpc_v1::string_to_sign(to, "GET", list); }) ==
          "GET&%2F&A%3D1%26B%3Dx%2520y%26L.12.M%3Dv");
    rc::parameter_list<1> headers;
    REQUIRE(headers.append("host", " h "));
    CHECK(with<sink>([&](auto& to) { rc::acs3::canonical_request(to, "GET", list, headers, "0"); }) ==
          "GET\n/\nA=1&B=x%20y&L.12.M=v\nhost:h\n\nhost\n0");
    CHECK(with<sink>([&](auto& to) { rc::acs3::signed_headers(to, headers); }) == "host");
    CHECK(with<sink>([](auto& to) { rc::acs3::string_to_sign(to, "0"); }) == "ACS3-HMAC-SHA256\n0");

    CHECK(with<sink>([](auto& to) { rc::endpoint("h", rc::url_scheme::http, 8080).append_origin(to); }) == "http://h:8080");
    CHECK(with<sink>([](auto& to) { rc::endpoint("h", rc::url_scheme::http, 8080).append_authority(to); }) == "h:8080");

    rc::signing_key<rc::rpc_v1> const v1({.access_key_id = "i", .access_key_secret = "s"});
    rc::signing_key<rc::acs3> const v3({.access_key_id = "i", .access_key_secret = "s"});
    rc::restart_caster const op{.caster_id = "c"};
    rc::action const any{.name = "A", .version = "1", .parameters = list};
    rc::stamp const when{.utc_seconds = 0, .nonce = "n"};
    CHECK(with<sink>([&](auto& to) { CHECK(rc::string_to_sign(to, op, v1, when)); }).starts_with("POST&%2F&AccessKeyId%3Di"));
    CHECK(with<sink>([&](auto& to) { CHECK(rc::string_to_sign(to, any, v1, when)); }).ends_with("%26Version%3D1"));
    CHECK(with<sink>([&](auto& to) { CHECK(rc::string_to_sign(to, op, v3, when)); }).starts_with("ACS3-HMAC-SHA256\n"));
    CHECK(with<sink>([&](auto& to) {
              CHECK(rc::canonical_request(to, any, v3, when, rc::request_options{.parameters = rc::placement::get}));
          }).starts_with("GET\n/\nA=1&B="));

    std::string other;
    CHECK(with<sink>([&](sink& to) {
              rc::tee_sink both(to, other);
              both.append("ab");
          }) == "ab");
    CHECK(other == "ab");
}
