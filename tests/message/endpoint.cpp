// SPDX-License-Identifier: MIT
// What is a host, and what could smuggle something.
#include <restartcaster/message/endpoint.hpp>

#include "catch.hpp"
#include "reference.hpp"

#include <string>
#include <string_view>

namespace rc = restartcaster;

namespace {

std::string origin(rc::endpoint const& of) {
    reference::text_sink sink;
    of.append_origin(sink);
    return sink.text;
}

std::string authority(rc::endpoint const& of) {
    reference::text_sink sink;
    of.append_authority(sink);
    return sink.text;
}

static_assert(rc::live_endpoint.well_formed());
static_assert(rc::live_endpoint.host() == "live.aliyuncs.com");
static_assert(rc::live_endpoint.scheme() == rc::url_scheme::https,
              "nothing goes out in the clear by default");
static_assert(rc::live_endpoint.port() == 0);
static_assert(!rc::endpoint("live.aliyuncs.com/").well_formed());

} // namespace

TEST_CASE("names, IPv4 addresses and IPv6 addresses in brackets are hosts") {
    for (std::string_view const host :
         {"live.aliyuncs.com", "LIVE.ALIYUNCS.COM", "localhost", "a", "0", "127.0.0.1", "[::1]",
          "[2001:db8::A:1]", "[::ffff:127.0.0.1]", "live-vpc.ap-southeast-1.aliyuncs.com",
          "with_underscore.example", "live.aliyuncs.com.", "xn--fiqs8s.example", "a-b.c--d"}) {
        CAPTURE(host);
        CHECK(rc::endpoint(host).well_formed());
        CHECK(rc::endpoint(host).host() == host);
    }
}

TEST_CASE("a host that could smuggle anything into a URL or a header is none") {
    for (std::string_view const host : {std::string_view(),
                                        std::string_view(""),
                                        std::string_view("live.aliyuncs.com/"),
                                        std::string_view("live.aliyuncs.com/path"),
                                        std::string_view("https://live.aliyuncs.com"),
                                        std::string_view("user@live.aliyuncs.com"),
                                        std::string_view("live.aliyuncs.com@evil.example"),
                                        std::string_view("live.aliyuncs.com:443"),
                                        std::string_view("live.aliyuncs.com#"),
                                        std::string_view("live.aliyuncs.com?x=y"),
                                        std::string_view("live.aliyuncs.com "),
                                        std::string_view(" live.aliyuncs.com"),
                                        std::string_view("live aliyuncs.com"),
                                        std::string_view("live.aliyuncs.com\r\nX-Evil: 1"),
                                        std::string_view("live.aliyuncs.com\n"),
                                        std::string_view("live.aliyuncs.com\r"),
                                        std::string_view("live.aliyuncs.com\t"),
                                        std::string_view("live.aliyuncs.com\0.evil.example", 31),
                                        std::string_view("\0", 1),
                                        std::string_view("live.aliyuncs.com\\"),
                                        std::string_view("live%2ealiyuncs.com"),
                                        std::string_view(".live"),
                                        std::string_view("-live"),
                                        std::string_view("."),
                                        std::string_view("-"),
                                        std::string_view("::1"),
                                        std::string_view("[::1"),
                                        std::string_view("::1]"),
                                        std::string_view("[]"),
                                        std::string_view("["),
                                        std::string_view("]"),
                                        std::string_view("[::1]:80"),
                                        std::string_view("[::1%25eth0]"),
                                        std::string_view("[live]"),
                                        std::string_view("[::1]["),
                                        std::string_view("[/]"),
                                        std::string_view("[.::1]"),
                                        std::string_view("\xE7\x9B\xB4.example"),
                                        std::string_view("caf\xE9.example"),
                                        std::string_view("a\x7F")}) {
        CAPTURE(host);
        CHECK(!rc::endpoint(host).well_formed());
    }
}

TEST_CASE("of all bytes only letters, digits, hyphen, full stop and underscore stand in a host name") {
    for (int c = 0; c != 256; ++c) {
        std::string host = "a?b.example";
        host[1] = static_cast<char>(c);
        bool const good =
            std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")
                .find(static_cast<char>(c)) != std::string_view::npos;
        CAPTURE(c);
        CHECK(rc::endpoint(host).well_formed() == good);
        std::string address = "[:?:1]";
        address[2] = static_cast<char>(c);
        bool const in_address =
            std::string_view("ABCDEFabcdef0123456789:.").find(static_cast<char>(c)) != std::string_view::npos;
        CHECK(rc::endpoint(address).well_formed() == in_address);
    }
}

TEST_CASE("the origin is scheme, host and the port when it is not the scheme's own") {
    CHECK(origin(rc::live_endpoint) == "https://live.aliyuncs.com");
    CHECK(origin({"127.0.0.1", rc::url_scheme::http}) == "http://127.0.0.1");
    CHECK(origin({"127.0.0.1", rc::url_scheme::http, 8080}) == "http://127.0.0.1:8080");
    CHECK(origin({"[::1]", rc::url_scheme::https, 8443}) == "https://[::1]:8443");
    CHECK(origin({"h", rc::url_scheme::https, 80}) == "https://h:80");
    CHECK(origin({"h", rc::url_scheme::http, 443}) == "http://h:443");
    int wrong = 0;
    for (unsigned port = 1; port != 65536; ++port) {
        auto const p = static_cast<std::uint16_t>(port);
        rc::endpoint const plain("h", rc::url_scheme::http, p), secure("h", rc::url_scheme::https, p);
        std::string const number = ":" + std::to_string(port);
        wrong += origin(plain) != "http://h" + (port == 80 ? "" : number);
        wrong += origin(secure) != "https://h" + (port == 443 ? "" : number);
        wrong += authority(plain) != "h" + (port == 80 ? "" : number);
        wrong += plain.port() != (port == 80 ? 0 : port) || secure.port() != (port == 443 ? 0 : port);
    }
    CHECK(wrong == 0);
    CHECK(authority(rc::live_endpoint) == "live.aliyuncs.com");
}

TEST_CASE("two regions have hosts of their own and all others share one") {
    CHECK(rc::live_endpoint_of("ap-southeast-1").host() == "live.ap-southeast-1.aliyuncs.com");
    CHECK(rc::live_endpoint_of("eu-central-1").host() == "live.eu-central-1.aliyuncs.com");
    for (std::string_view const region :
         {"cn-shanghai", "cn-beijing", "cn-shenzhen", "cn-qingdao", "ap-northeast-1", "ap-south-1",
          "ap-southeast-5", "us-west-1", "", "evil.example/"}) {
        CAPTURE(region);
        CHECK(rc::live_endpoint_of(region).host() == "live.aliyuncs.com");
    }
    for (std::string_view const region : {"ap-southeast-1", "eu-central-1", "cn-shanghai"}) {
        CHECK(rc::live_endpoint_of(region).well_formed());
        CHECK(rc::live_endpoint_of(region).scheme() == rc::url_scheme::https);
        CHECK(rc::live_endpoint_of(region).port() == 0);
    }
}
