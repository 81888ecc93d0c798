// SPDX-License-Identifier: MIT
// Threads that sign with a key while another thread replaces it, and threads that ask for one renewal. Built with
// -fsanitize=thread.
// Source: docs/design.md, "Keys that rotate".
// Data flow: keys with an end by a clock of the test in; each signed request is compared with one that the same key makes alone.
#include <restartcaster.hpp>
#include <restartcaster/hosted/find_key.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/sleeping_clock.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace rc = restartcaster;

namespace {

constexpr int signers = 4, keys = 300;
constexpr std::int64_t utc_s = 1795368979;
constexpr std::uint64_t lifetime_ms = 10'000, used_ms = 9'000; // a tenth is for the way

std::atomic<std::uint64_t> now_ms{1};
std::uint64_t clock_of_test() noexcept { return now_ms.load(); }

void require(bool holds, char const* rule) {
    if (holds) return;
    std::fprintf(stderr, "broken rule: %s\n", rule);
    std::exit(1);
}

struct key_texts {
    std::string id, secret;
    explicit key_texts(int number) : id("STS." + std::to_string(number)), secret("secret" + std::to_string(number * 7919)) {}
    [[nodiscard]] rc::credentials view() const { return {.access_key_id = id, .access_key_secret = secret}; }
};

std::string body_of(auto const& key) {
    rc::storage<1024> room;
    auto const made = rc::make_request(rc::restart_caster{.caster_id = "x"}, key, {utc_s, "n"}, room);
    return made ? std::string(made->body) : std::string(rc::message(made.error().code));
}

// The key `number` comes at the time `number` * 10,000 ms and is used until 9,000 ms later.
void replace_keys(rc::rotating_key<>& key, std::atomic<bool>& done) {
    rc::credentials_text fresh;
    rc::key_report report;
    report.lifetime_ms = lifetime_ms;
    report.expires_at = rc::utc_time::last;
    for (int number = 1; number <= keys; ++number) {
        now_ms.store(static_cast<std::uint64_t>(number) * lifetime_ms);
        key_texts const texts(number);
        require(fresh.assign(texts.view(), report.expires_at).has_value(), "a key fits");
        key.publish(fresh, report, now_ms.load(), utc_s);
        std::this_thread::yield();
        now_ms.fetch_add(used_ms); // the end of the key
        std::this_thread::yield();
    }
    done.store(true);
}

void sign_until(rc::rotating_key<> const& key, std::atomic<bool> const& done, std::atomic<int>& signed_with_a_key) {
    while (!done.load()) {
        std::uint64_t const before_ms = now_ms.load();
        std::string const body = body_of(key);
        if (!body.starts_with("AccessKeyId=STS.")) {
            require(body == rc::message(rc::errc::key_ended), "there is a key, or it has ended");
            continue;
        }
        int const number = std::atoi(body.c_str() + 16);
        require(before_ms < static_cast<std::uint64_t>(number) * lifetime_ms + used_ms, "a key is not used after its end");
        key_texts const texts(number);
        require(body == body_of(rc::signing_key<>(texts.view())), "id and signature are of one key");
        signed_with_a_key.fetch_add(1);
    }
}

void test_signing() {
    rc::rotating_key<> key(clock_of_test);
    std::atomic<bool> done{false};
    std::atomic<int> signed_with_a_key{0};
    std::vector<std::thread> threads;
    for (int i = 0; i != signers; ++i) threads.emplace_back([&] { sign_until(key, done, signed_with_a_key); });
    replace_keys(key, done);
    for (auto& each : threads) each.join();
    require(signed_with_a_key.load() != 0, "some requests were signed");
}

struct files_of_test {
    std::atomic<int>& searches;
    rc::key_file read_file(char const*, std::span<char> to) noexcept {
        ++searches;
        constexpr std::string_view text = "[default]\ntype=sts\naccess_key_id=STS.1\naccess_key_secret=s\nsts_token=t\n";
        text.copy(to.data(), text.size());
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return {.status = rc::key_file::whole, .size = text.size()};
    }
};
struct no_transport {
    rc::result<rc::response> exchange(rc::request const&, std::span<char>) noexcept {
        return rc::unexpected(rc::failure{.code = rc::errc::not_sent});
    }
};

void test_renewal() {
    rc::rotating_key<> key(clock_of_test);
    std::atomic<int> searches{0}, renewals{0};
    std::vector<std::thread> threads;
    for (int i = 0; i != 8; ++i)
        threads.emplace_back([&] {
            no_transport http;
            rc::sleeping_clock clock;
            rc::nonce_generator nonces;
            rc::storage<4096> room;
            rc::key_search_options const options{.sources = rc::only(rc::key_source::ini_profile)};
            if (rc::renew_key(key, http, clock, nonces, files_of_test{searches}, {.home = "/"}, room, options)) ++renewals;
            require(body_of(key).starts_with("AccessKeyId=STS.1&"), "every thread has the key");
        });
    for (auto& each : threads) each.join();
    require(searches.load() == 1 && renewals.load() == 1, "one renewal for all threads");
}

} // namespace

int main() {
    test_signing();
    test_renewal();
    std::puts("all rules hold");
}
