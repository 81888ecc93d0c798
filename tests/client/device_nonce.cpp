// SPDX-License-Identifier: MIT
#include <restartcaster/client/device_nonce.hpp>
#include <restartcaster/client/nonce_source.hpp>
#include <restartcaster/sign/rpc_v1.hpp>

#include "catch.hpp"
#include "sanitized.hpp"

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

namespace rc = restartcaster;

namespace {

static_assert(rc::nonce_source<rc::device_nonce<rc::rpc_v1>>);
static_assert(!std::is_copy_constructible_v<rc::device_nonce<rc::rpc_v1>>);

std::vector<std::string> drawn(rc::signing_key<> const& key, rc::device_identity const& who, int count) {
    rc::device_nonce source(key, who);
    std::vector<std::string> out;
    for (int i = 0; i != count; ++i) {
        auto const one = source();
        out.emplace_back(one->text());
    }
    return out;
}

// Draws as a device does that is reset again and again and has no random numbers; answers how many repeat.
std::size_t repeats(std::uint64_t boots, int draws) {
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    std::vector<std::array<char, 36>> all;
    for (std::uint64_t boot = 0; boot != boots; ++boot) {
        rc::device_nonce source(key, {.device_id = "panel-17", .boot_count = boot, .entropy = "4"});
        for (int i = 0; i != draws; ++i) {
            auto const one = source();
            std::copy_n(one->text().data(), 36, all.emplace_back().data());
        }
    }
    std::sort(all.begin(), all.end());
    return all.size() - static_cast<std::size_t>(std::unique(all.begin(), all.end()) - all.begin());
}

} // namespace

TEST_CASE("a constant generator and a thousand resets repeat no nonce") {
    CHECK(repeats(1000, 300 / static_cast<int>(one_of(10))) == 0);
}

TEST_CASE("a constant generator and a thousand resets repeat none of ten million nonces", "[.][long]") {
    CHECK(repeats(1000, 10'000) == 0);
}

TEST_CASE("a nonce depends on the key, the device, the boot, the count and the entropy") {
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::signing_key<> const other{{.access_key_id = "testid", .access_key_secret = "another"}};
    std::vector<std::string> all = drawn(key, {.device_id = "a", .boot_count = 1}, 3);
    CHECK(drawn(key, {.device_id = "a", .boot_count = 1}, 3) == all);
    for (auto const& more :
         {drawn(other, {.device_id = "a", .boot_count = 1}, 3), drawn(key, {.device_id = "b", .boot_count = 1}, 3),
          drawn(key, {.device_id = "a", .boot_count = 2}, 3),
          drawn(key, {.device_id = "a", .boot_count = 1, .entropy = "x"}, 3),
          drawn(key, {.device_id = "ax", .boot_count = 1}, 3)})
        all.insert(all.end(), more.begin(), more.end());
    std::sort(all.begin(), all.end());
    CHECK(std::unique(all.begin(), all.end()) == all.end());
}

TEST_CASE("a device's nonce is the text of a version 4 UUID") {
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    std::string const text = drawn(key, {.device_id = "a", .boot_count = 1}, 1)[0];
    REQUIRE(text.size() == 36);
    CHECK(text[14] == '4');
    CHECK(std::string("89ab").find(text[19]) != std::string::npos);
}

TEST_CASE("a device's nonce is computed in a constant expression") {
    constexpr bool differs = [] {
        rc::signing_key<rc::rpc_v1> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
        rc::device_nonce source(key, {.device_id = "a", .boot_count = 1});
        auto const one = source();
        auto const two = source();
        return one->text() != two->text();
    }();
    CHECK(differs);
}
