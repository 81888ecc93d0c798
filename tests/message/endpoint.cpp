// SPDX-License-Identifier: MIT
// What is a host, and what could smuggle something.
#include <restartcaster/message/endpoint.hpp>

#include "catch.hpp"
#include "reference.hpp"

#include <random>
#include <string>
#include <string_view>

#ifndef _WIN32
#include <arpa/inet.h>
#endif

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
         {"live.aliyuncs.com", "LIVE.ALIYUNCS.COM", "localhost", "a", "127.0.0.1", "[::1]",
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

// RFC 1123, 2.1 and RFC 1034, 3.1.
TEST_CASE("a name has labels of 1 to 63 bytes, no hyphen at an end of one, and 253 bytes in all") {
    auto const good = [](std::string const& host) { return rc::endpoint(host).well_formed(); };
    for (char const* const host : {"a-b", "a--b.c", "1a", "3com.example", "7f3a9c", "a.1a", "a.0xg", "_a.b", "a.b."})
        CHECK(good(host));
    for (char const* const host : {"a..b", "a.b..", ".a.b", "a-", "-a", "a-.b", "b.-a", "a.b-.", "a.-", "..", "a.-."})
        CHECK_FALSE(good(host));
    std::string const label(63, 'a');
    CHECK(good(label));
    CHECK(good("x." + label + ".x"));
    CHECK_FALSE(good(label + "a"));
    CHECK_FALSE(good("x." + label + "a.x"));
    std::string const longest = label + "." + label + "." + label + "." + std::string(61, 'b');
    CHECK(longest.size() == 253);
    CHECK(good(longest));
    CHECK(good(longest + "."));
    CHECK_FALSE(good(longest + "b"));
    CHECK_FALSE(good(longest + ".."));
}

// RFC 3986, 3.2.2: dec-octet. The last of them are what inet_aton(3) takes beside it.
TEST_CASE("what ends in a number is an IPv4 address of four decimal numbers up to 255, or no host") {
    for (std::string_view const host : {"0.0.0.0", "255.255.255.255", "1.10.100.249", "250.9.99.199"})
        CHECK(rc::endpoint(host).well_formed());
    for (std::string_view const host :
         {"256.1.1.1", "1.256.1.1", "1.1.1.256", "1.1.1.1000", "01.1.1.1", "1.1.1.01", "1.1.1.00", "1.1.1", "1.1.1.1.1",
          "1.1.1.1.", "1..1.1", "1.1.1.", "a.1.1.1", "example.1", "4294967297.1.1.1", "0", "127.1", "2130706433",
          "0x7f000001", "0x7F.1", "0x", "1.0x", "0177.0.0.1"})
        CHECK_FALSE(rc::endpoint(host).well_formed());
    for (unsigned number = 0; number != 1000; ++number)
        for (std::string const& host : {std::to_string(number) + ".0.0.1", "1.0.0." + std::to_string(number)})
            CHECK(rc::endpoint(host).well_formed() == (number < 256));
}

// RFC 4291, 2.2; RFC 5952, 1 and 4; RFC 3986, appendix A; inet_pton(3) is asked about random ones below.
TEST_CASE("an IPv6 address has eight groups, or one place for zeros, and perhaps an IPv4 address at its end") {
    for (std::string_view const host :
         {"[::]", "[::1]", "[1::]", "[ABCD:EF01:2345:6789:ABCD:EF01:2345:6789]", "[2001:DB8:0:0:8:800:200C:417A]",
          "[FF01::101]", "[2001:db8::1:0:0:1]", "[2001:0db8:0:0:1:0:0:1]", "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]",
          "[0:0:0:0:0:0:13.1.68.3]", "[::FFFF:129.144.52.38]", "[::13.1.68.3]", "[1:2:3:4:5:6:1.2.3.4]", "[1::1.2.3.4]",
          "[1:2:3:4:5::1.2.3.4]"})
        CHECK(rc::endpoint(host).well_formed());
    for (std::string_view const host :
         {"[:]", "[1]", "[:::]", "[::1::]", "[1::2::3]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7:8::]",
          "[::1:2:3:4:5:6:7:8]", "[1:2:3:4::5:6:7:8]", "[12345::]", "[::12345]", "[:1]", "[1:]", "[:1:2:3:4:5:6:7]",
          "[1:2:3:4:5:6:7:]", "[1:2:3:4:5:6:7:8:]", "[1.2.3.4]", "[::1.2.3]", "[::1.2.3.256]", "[::01.2.3.4]",
          "[::1.2.3.4:1]", "[1:2:3:4:5:6:7:1.2.3.4]", "[1:2:3:4:5:6::1.2.3.4]", "[::1.2.3.4.]", "[fe80::1%eth0]",
          "[fe80::1%25eth0]", "[fe80::1%1]", "[v1.a]", "[::g]", "[::1", "[::1]]", "[[::1]]", "[ ::1]", "[::a.2.3.4]"})
        CHECK_FALSE(rc::endpoint(host).well_formed());
}

#ifndef _WIN32
TEST_CASE("an address is one where the operating system takes it for one") {
    std::minstd_rand random(1);
    int good = 0;
    for (int i = 0; i != 300'000; ++i) {
        // Pieces that make addresses often, and are wrong often.
        std::string text;
        bool const old = random() % 4 == 0;
        for (auto parts = 1 + random() % (old ? 5 : 10); parts != 0; --parts) {
            constexpr std::string_view pieces[]{"0", "1", "9f", "2001", "db8", ":", ":", "::", ":", "1.2.3.4", "255", "abcde"};
            constexpr std::string_view numbers[]{"0", "1", "10", "99", "255", "256", "01", "."};
            text += old ? numbers[random() % 8] : pieces[random() % 12];
            if (random() % 4 != 0 && parts != 1) text += old ? '.' : ':';
        }
        unsigned char address[16];
        bool const expected = ::inet_pton(old ? AF_INET : AF_INET6, text.c_str(), address) == 1;
        good += expected;
        INFO(text);
        std::string const host = old ? text : "[" + text + "]";
        if (rc::endpoint(host).well_formed() != expected) FAIL();
    }
    CHECK(good > 5000);
}
#endif

TEST_CASE("of all bytes only letters, digits, hyphen, full stop and underscore stand in a host name") {
    for (int c = 0; c != 256; ++c) {
        std::string host = "a?b.example";
        host[1] = static_cast<char>(c);
        bool const good =
            std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")
                .find(static_cast<char>(c)) != std::string_view::npos;
        CAPTURE(c);
        CHECK(rc::endpoint(host).well_formed() == good);
        std::string address = "[1?::1]";
        address[2] = static_cast<char>(c);
        bool const in_address =
            std::string_view("ABCDEFabcdef0123456789").find(static_cast<char>(c)) != std::string_view::npos;
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

TEST_CASE("a port is taken whole or is not well formed") {
    for (std::int64_t const port : {std::int64_t{-1}, std::int64_t{65536}, std::int64_t{65536 + 443},
                                    (std::int64_t{1} << 32) + 8080})
        CHECK(!rc::endpoint("live.aliyuncs.com", rc::url_scheme::https, port).well_formed());
    for (int const port : {0, 1, 443, 8080, 65535})
        CHECK(rc::endpoint("live.aliyuncs.com", rc::url_scheme::https, port).well_formed());
}
