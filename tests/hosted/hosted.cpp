// SPDX-License-Identifier: MIT
// What comes from the operating system: credentials, clocks, random numbers.
// Source: the vendor's names of the environment variables; RFC 9562 section 5.4; time(2).
// Data flow: environment, clock and entropy of this process.
#include "../catch.hpp"

#include <restartcaster.hpp>
#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/sleeping_clock.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <array>
#include <cstdlib>
#include <ctime>
#include <map>
#include <set>
#include <string>

namespace rc = restartcaster;

namespace {

constexpr char const* id_name = "ALIBABA_CLOUD_ACCESS_KEY_ID";
constexpr char const* secret_name = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
constexpr char const* token_name = "ALIBABA_CLOUD_SECURITY_TOKEN";

// The three variables as a test wants them, null for unset; back as they were afterwards.
class environment {
public:
    environment(char const* id, char const* secret, char const* token) {
        set(id_name, id);
        set(secret_name, secret);
        set(token_name, token);
    }
    ~environment() {
        for (auto const& [name, before] : before_)
            put(name, before.first ? before.second.c_str() : nullptr);
    }
    environment(environment const&) = delete;
    environment& operator=(environment const&) = delete;

private:
    static void put(char const* name, char const* value) {
        if (value == nullptr)
            unsetenv(name);
        else
            setenv(name, value, 1);
    }
    void set(char const* name, char const* value) {
        char const* const before = std::getenv(name);
        before_[name] = {before != nullptr, before != nullptr ? before : ""};
        put(name, value);
    }
    std::map<char const*, std::pair<bool, std::string>> before_;
};

void check_missing(char const* name) {
    auto const found = rc::environment_credentials();
    REQUIRE_FALSE(found);
    CHECK(found.error() == rc::failure{.code = rc::errc::environment_missing, .subject = name});
    // By its whole name, although that sounds like a secret's.
    char text[256];
    rc::buffer_sink said(text);
    rc::describe(said, found.error());
    CHECK(said.written().starts_with(name + std::string(": ")));
}

} // namespace

TEST_CASE("credentials come from the variables that the vendor's clients read", "[hosted]") {
    {
        environment const set("an id", "a secret", "a token");
        auto const found = rc::environment_credentials();
        REQUIRE(found);
        CHECK(found->access_key_id == "an id");
        CHECK(found->access_key_secret == "a secret");
        CHECK(found->security_token == "a token");
    }
    for (char const* token : {static_cast<char const*>(nullptr), ""}) {
        environment const set("id", "secret", token);
        auto const found = rc::environment_credentials();
        REQUIRE(found);
        CHECK(found->access_key_id == "id");
        CHECK(found->access_key_secret == "secret");
        CHECK(found->security_token.empty());
    }
}

TEST_CASE("a variable that is missing or empty is named", "[hosted]") {
    for (char const* nothing : {static_cast<char const*>(nullptr), ""}) {
        environment const no_id(nothing, "secret", "token");
        check_missing(id_name);
    }
    for (char const* nothing : {static_cast<char const*>(nullptr), ""}) {
        environment const no_secret("id", nothing, "token");
        check_missing(secret_name);
    }
    environment const neither(nullptr, nullptr, nullptr);
    check_missing(id_name);
}

TEST_CASE("the clock tells UTC seconds", "[hosted]") {
    auto const before = static_cast<std::int64_t>(std::time(nullptr));
    std::int64_t const told = rc::utc_now();
    auto const after = static_cast<std::int64_t>(std::time(nullptr));
    CHECK(told >= before - 2);
    CHECK(told <= after + 2);
}

TEST_CASE("the monotonic clock goes on in milliseconds and never back", "[hosted]") {
    std::uint64_t const start = rc::monotonic_now_ms();
    std::uint64_t last = start;
    for (int i = 0; i != 10000; ++i) {
        std::uint64_t const now = rc::monotonic_now_ms();
        REQUIRE(now >= last);
        last = now;
    }
    std::timespec const pause{.tv_sec = 0, .tv_nsec = 30'000'000};
    nanosleep(&pause, nullptr);
    std::uint64_t const slept = rc::monotonic_now_ms() - start;
    CHECK(slept >= 29);
    CHECK(slept < 60'000);
}

TEST_CASE("the sleeping clock sleeps for milliseconds", "[hosted]") {
    std::uint64_t const start = rc::sleeping_clock::monotonic_ms();
    rc::sleeping_clock::sleep_ms(100);
    std::uint64_t const slept = rc::sleeping_clock::monotonic_ms() - start;
    CHECK(slept >= 99);
    CHECK(slept < 60'000);
    auto const told = static_cast<std::time_t>(rc::sleeping_clock::utc_seconds());
    CHECK(std::abs(std::difftime(told, std::time(nullptr))) <= 2);
}

TEST_CASE("nonces are version 4 UUIDs and no two are equal", "[hosted]") {
    std::set<std::string> seen;
    std::array<std::set<char>, 36> digits;
    for (int i = 0; i != 10000; ++i) {
        auto const made = rc::random_nonce();
        REQUIRE(made);
        std::string const text(made->text());
        REQUIRE(text.size() == 36);
        for (std::size_t at = 0; at != text.size(); ++at)
            digits[at].insert(text[at]);
        seen.insert(text);
    }
    CHECK(seen.size() == 10000);
    std::set<char> const hex{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    for (std::size_t at = 0; at != digits.size(); ++at) {
        INFO("character " << at);
        if (at == 8 || at == 13 || at == 18 || at == 23)
            CHECK(digits[at] == std::set<char>{'-'});
        else if (at == 14)
            CHECK(digits[at] == std::set<char>{'4'});
        else if (at == 19)
            CHECK(digits[at] == std::set<char>{'8', '9', 'a', 'b'});
        else
            CHECK(digits[at] == hex); // each digit takes every value
    }
}

TEST_CASE("random bytes fill exactly what is given, 256 at most", "[hosted]") {
    std::array<unsigned char, 258> bytes{};
    REQUIRE(rc::fill_random(std::span(bytes).subspan(1, 256)));
    CHECK(bytes.front() == 0);
    CHECK(bytes.back() == 0);
    CHECK(std::set<unsigned char>(bytes.begin() + 1, bytes.end() - 1).size() > 100);
    REQUIRE(rc::fill_random({}));
    std::array<unsigned char, 257> too_many{};
    auto const refused = rc::fill_random(too_many);
    REQUIRE_FALSE(refused);
    CHECK(refused.error() == rc::failure{.code = rc::errc::entropy_missing});
}
