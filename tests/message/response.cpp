// SPDX-License-Identifier: MIT
// Every header field that is understood, with friendly and hostile values.
#include <restartcaster/message/response.hpp>

#include "catch.hpp"

#include <string>
#include <string_view>

namespace rc = restartcaster;

namespace {

rc::response with(std::string_view name, std::string_view value) {
    rc::response r;
    r.header(name, value);
    return r;
}

rc::media_type type_of(std::string_view value) {
    return with("Content-Type", value).content_type;
}
std::uint32_t wait_of(std::string_view value) {
    return with("x-acs-retry-after", value).retry_after_ms;
}
std::uint32_t limit_of(std::string_view value) {
    return with("X-RateLimit-User", value).rate_limit_ms;
}

static_assert([] {
    rc::response r;
    r.header("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
    return r.date == 784111777;
}());

} // namespace

TEST_CASE("a response that nothing was said about knows nothing") {
    rc::response const r;
    CHECK(r.status == 0);
    CHECK(r.body.empty());
    CHECK(r.content_type == rc::media_type::none);
    CHECK(!r.content_encoded);
    CHECK(r.date == rc::utc_time::none);
    CHECK(r.retry_after_ms == 0);
    CHECK(r.rate_limit_ms == 0);
    CHECK(!r.has_age);
}

TEST_CASE("the content type is told apart whatever its case, blanks and parameters") {
    CHECK(type_of("application/json") == rc::media_type::json);
    CHECK(type_of("application/json;charset=utf-8") == rc::media_type::json);
    CHECK(type_of("application/json ; charset=utf-8") == rc::media_type::json);
    CHECK(type_of(" Application/JSON; a=b; c=d\r\n") == rc::media_type::json);
    CHECK(type_of("text/json") == rc::media_type::json);
    CHECK(type_of("application/xml") == rc::media_type::xml);
    CHECK(type_of("text/xml;charset=UTF-8") == rc::media_type::xml);
    CHECK(type_of("text/html") == rc::media_type::other);
    CHECK(type_of("application/jsonp") == rc::media_type::other);
    CHECK(type_of("application/json, text/xml") == rc::media_type::other);
    CHECK(type_of("application") == rc::media_type::other);
    CHECK(type_of("") == rc::media_type::none);
    CHECK(type_of(" \t ") == rc::media_type::none);
    CHECK(type_of(";charset=utf-8") == rc::media_type::none);
    CHECK(type_of(std::string(100000, ';')) == rc::media_type::none);
    CHECK(type_of(std::string(100000, 'a')) == rc::media_type::other);
}

TEST_CASE("a content encoding other than identity is noted") {
    CHECK(with("Content-Encoding", "gzip").content_encoded);
    CHECK(with("content-encoding", " br ").content_encoded);
    CHECK(with("CONTENT-ENCODING", "identity, gzip").content_encoded);
    CHECK(!with("Content-Encoding", "identity").content_encoded);
    CHECK(!with("Content-Encoding", " Identity\t").content_encoded);
    CHECK(!with("Content-Encoding", "").content_encoded);
    CHECK(!with("Transfer-Encoding", "chunked").content_encoded);
}

TEST_CASE("the date is read when it is one") {
    CHECK(with("Date", "Sun, 22 Nov 2026 17:36:19 GMT").date == 1795368979);
    CHECK(with("date", "  Sun, 22 Nov 2026 17:36:19 GMT\r").date == 1795368979);
    CHECK(with("Date", "Sunday, 22-Nov-26 17:36:19 GMT").date == 1795368979);
    CHECK(with("Date", "Sun Nov 22 17:36:19 2026").date == 1795368979);
    CHECK(with("Date", "yesterday").date == rc::utc_time::none);
    CHECK(with("Date", "").date == rc::utc_time::none);
    CHECK(with("X-Date", "Sun, 22 Nov 2026 17:36:19 GMT").date == rc::utc_time::none);
}

TEST_CASE("an Age field says that the answer comes from a cache, whatever its value") {
    CHECK(with("Age", "0").has_age);
    CHECK(with("age", "").has_age);
    CHECK(!with("Aged", "1").has_age);
}

TEST_CASE("x-acs-retry-after is milliseconds, and a number beyond the type is its largest") {
    CHECK(wait_of("0") == 0);
    CHECK(wait_of("2000") == 2000);
    CHECK(wait_of(" 2000 ") == 2000);
    CHECK(wait_of("4294967295") == 4294967295u);
    CHECK(wait_of("4294967296") == 4294967295u);
    CHECK(wait_of("18446744073709551617") == 4294967295u);
    CHECK(wait_of(std::string(5000, '9')) == 4294967295u);
    CHECK(wait_of(std::string(5000, '0') + "7") == 7);
    CHECK(wait_of("007") == 7);
}

namespace {

// The field comes before and behind the Date, in front of which it says nothing yet.
std::uint32_t retry_after(std::string_view value, std::string_view date = {}) {
    rc::response before, behind;
    before.header("Retry-After", value);
    before.header("Date", date);
    behind.header("Date", date);
    behind.header("retry-after", value);
    CHECK(before.http_retry_after_ms == behind.http_retry_after_ms);
    CHECK(before.wait_ms() == before.http_retry_after_ms);
    CHECK(before.retry_after_ms == 0);
    return before.http_retry_after_ms;
}

} // namespace

TEST_CASE("Retry-After is a number of seconds") { // RFC 9110 section 10.2.3
    CHECK(retry_after("120") == 120'000);
    CHECK(retry_after(" 0 ") == 0);
    CHECK(retry_after("4294967") == 4'294'967'000u);
    CHECK(retry_after("4294968") == 4'294'967'295u);
    CHECK(retry_after("99999999999999999999") == 4'294'967'295u);
    for (std::string_view const value : {"", "-1", "+1", "1.5", "1e9", "1 000", "soon", "2s"}) {
        CAPTURE(value);
        CHECK(retry_after(value) == 0);
    }
}

TEST_CASE("a Retry-After that is a date is a length of time beside the answer's own Date alone") {
    std::string_view const date = "Sun, 22 Nov 2026 17:36:19 GMT";
    CHECK(retry_after("Sun, 22 Nov 2026 17:36:29 GMT", date) == 10'000);
    CHECK(retry_after("Sunday, 22-Nov-26 17:36:29 GMT", date) == 10'000);
    CHECK(retry_after("Sun Nov 22 17:36:29 2026", date) == 10'000);
    CHECK(retry_after("Sun, 22 Nov 2026 17:36:19 GMT", date) == 0);
    CHECK(retry_after("Sun, 22 Nov 2026 17:36:09 GMT", date) == 0);
    CHECK(retry_after("Fri, 31 Dec 9999 23:59:59 GMT", date) == 4'294'967'295u);
    CHECK(retry_after("Sun, 22 Nov 2026 17:36:29 GMT") == 0);
    CHECK(retry_after("Sun, 22 Nov 2026 17:36:29 GMT", "yesterday") == 0);
}

TEST_CASE("the wait of an answer is the longest that it names") {
    rc::response r;
    CHECK(r.wait_ms() == 0);
    r.header("x-acs-retry-after", "5000");
    CHECK(r.wait_ms() == 5000);
    r.header("Retry-After", "4");
    CHECK(r.wait_ms() == 5000);
    r.header("X-RateLimit-User", "Remain:0,TimeLeft:6000");
    CHECK(r.wait_ms() == 6000);
    r.header("Retry-After", "7");
    CHECK(r.wait_ms() == 7000);
}

#if !RESTARTCASTER_SMALL // which keep no text of a header field
namespace {
std::string host_of(std::string_view location) {
    return std::string(with("Location", location).location.text());
}
} // namespace

TEST_CASE("of a Location the host alone is kept") { // RFC 3986 section 3.2
    CHECK(host_of("https://portal.example/login?Signature=CANARY#x") == "portal.example");
    CHECK(host_of("  HTTP://Portal.Example:8443 ") == "Portal.Example");
    CHECK(host_of("https://user:CANARY@portal.example/") == "portal.example");
    CHECK(host_of("https://live.aliyuncs.com@portal.example/") == "portal.example");
    CHECK(host_of("https://a@b@portal.example/") == "portal.example");
    CHECK(host_of("https://portal.example?x=https://other.example/") == "portal.example");
    CHECK(host_of("https://portal.example\\@other.example/") == "portal.example");
    CHECK(host_of("//portal.example/login") == "portal.example");
    CHECK(host_of("https://[2001:db8::1]:8443/") == "[2001:db8::1]");
    CHECK(host_of("https://192.0.2.1:8443/") == "192.0.2.1");
}

TEST_CASE("a Location without a host, or with one that is none, names none") {
    for (std::string_view const value :
         {"", "/", "/login?to=https://other.example/", "login", "?u=//other.example", "#//other.example", "https:/",
          "https://", "https:///x", "https://[::1", "https://a b/", "https://a%2eb/", "https://a\x1b[31mb/", "https://a\nb/",
          "https://b\xC3\xBC" "cher.example/", "a/b//c.example", "a//c.example", "https://a\"b/", "https://<b>/",
          "https://a{b}/", "https://a|b/"}) {
        CAPTURE(value);
        CHECK(host_of(value).empty());
    }
}

TEST_CASE("of a host that is too long the end is kept, which says whose it is") {
    for (std::size_t size = 1; size != 300; ++size) {
        std::string const host = std::string(size, 'a') + ".portal.example";
        std::string const kept = host_of("https://" + host + "/");
        bool const whole = host.size() <= rc::location_host::most;
        CHECK(kept == (whole ? host : "..." + host.substr(host.size() - rc::location_host::most + 3)));
    }
}
#endif

TEST_CASE("a wait that is no run of digits says nothing") {
    for (std::string_view const value : {"", "-1", "+1", "1.5", "1e3", "0x10", "1 000", "1,000", "soon",
                                         "2000ms", "\xEF\xBC\x91", "Sun, 22 Nov 2026 17:36:19 GMT"}) {
        CAPTURE(value);
        CHECK(wait_of(value) == 0);
    }
    CHECK(wait_of(std::string(5000, '9') + "x") == 0);
    CHECK(wait_of(std::string_view("1\0"
                                   "2",
                                   3)) == 0);
}

TEST_CASE("the older rate limit field counts when nothing remains") {
    CHECK(limit_of("Limit:1,Remain:0,TimeLeft:2000,Reset:1234") == 2000);
    CHECK(with("X-RateLimit-User-API", "Limit:1,Remain:0,TimeLeft:2000,Reset:1234").rate_limit_ms == 2000);
    CHECK(with("x-ratelimit-user-api", "TimeLeft:5,Remain:0").rate_limit_ms == 5);
    CHECK(limit_of("Limit:1,Remain:1,TimeLeft:2000,Reset:1234") == 0);
    CHECK(limit_of("TimeLeft:2000") == 0);
    CHECK(limit_of("Remain:0") == 0);
    CHECK(limit_of("Remain:0,TimeLeft:99999999999") == 4294967295u);
    CHECK(with("X-RateLimit-Users", "Remain:0,TimeLeft:5").rate_limit_ms == 0);
}

TEST_CASE("a rate limit field that is not in its form says nothing and reads nothing beyond itself") {
    for (std::string_view const value :
         {"", ",", ",,,,", ":", "TimeLeft:", "Remain:0,TimeLeft:", "Remain:0,TimeLeft:-5",
          "Remain:0,TimeLeft:5s", "Remain:00,TimeLeft:5", "Remain:,TimeLeft:5", "Remain:0;TimeLeft:5",
          "Remain:0,XTimeLeft:5", "Remain:0TimeLeft:5"}) {
        CAPTURE(value);
        CHECK(limit_of(value) == 0);
        CHECK(limit_of(std::string(value) + ",") == 0);
    }
    CHECK(limit_of("Remain:0,TimeLeft:5,") == 5);
    CHECK(limit_of(",,Remain:0,,TimeLeft:5,,") == 5);
    CHECK(limit_of(std::string(100000, ',')) == 0);
}

TEST_CASE("of several rate limits the longest counts, and neither wait is taken for the other") {
    rc::response r;
    r.header("X-RateLimit-User", "Remain:0,TimeLeft:2000");
    r.header("X-RateLimit-User-API", "Remain:0,TimeLeft:500");
    CHECK(r.rate_limit_ms == 2000);
    r.header("X-RateLimit-User-API", "Remain:0,TimeLeft:2500");
    CHECK(r.rate_limit_ms == 2500);
    CHECK(r.retry_after_ms == 0);
    r.header("x-acs-retry-after", "7");
    CHECK(r.retry_after_ms == 7);
    CHECK(r.rate_limit_ms == 2500);
}

TEST_CASE("fields that mean nothing here change nothing") {
    rc::response r;
    for (std::string_view const name :
         {"", "Content-Length", "Locations", "Retry-After-", "Set-Cookie", "x-acs-request-id", "content-typ", "content-type ",
          " date", "x-acs-retry-afte", "Connection"})
        r.header(name, "application/json");
    r.header("\xFF\xFE", std::string_view("\0\r\n", 3));
    CHECK(r.content_type == rc::media_type::none);
    CHECK(!r.content_encoded);
    CHECK(r.date == rc::utc_time::none);
    CHECK(r.retry_after_ms == 0);
    CHECK(r.rate_limit_ms == 0);
    CHECK(!r.has_age);
}

TEST_CASE("a header field that is not understood leaves what an earlier one said", "[response]") {
    rc::response in;
    in.header("Date", "Sun, 22 Nov 2026 17:36:19 GMT");
    in.header("Date", "yesterday");
    CHECK(in.date == 1795368979); // date -u -d '2026-11-22 17:36:19' +%s
    in.header("x-acs-retry-after", "2000");
    in.header("x-acs-retry-after", "soon");
    CHECK(in.retry_after_ms == 2000);
    in.header("Content-Encoding", "gzip");
    in.header("Content-Encoding", "identity");
    CHECK(in.content_encoded);
    in.header("Content-Type", "application/json\t;charset=utf-8");
    CHECK(in.content_type == rc::media_type::json);
}
