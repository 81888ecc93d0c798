// SPDX-License-Identifier: MIT
// The machine, the blocking client and all that they share, without the heap.
// Source: docs/design.md, "Budgets".
// Data flow: a client over a canned transport through every kind of step while operator new is watched. The headers
//   include nothing that could allocate by other means. A program of its own, because it replaces it.
#include <restartcaster/client/client.hpp>
#include <restartcaster/client/device_nonce.hpp>
#include <restartcaster/client/pacing.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include <cstdio>
#include <cstdlib>
#include <new>

namespace rc = restartcaster;

namespace {

bool watching = false;
unsigned long allocations = 0;

struct clock_of_test {
    std::uint64_t now_ms = 1000;
    std::int64_t utc_seconds() noexcept { return 0; }
    std::uint64_t monotonic_ms() noexcept { return now_ms; }
    void sleep_ms(std::uint32_t ms) noexcept { now_ms += ms; }
};

struct canned {
    unsigned calls = 0;
    rc::result<rc::response> exchange(rc::request const&, std::span<char> storage) noexcept {
        std::string_view body = R"({"RequestId":"yes"})";
        rc::response in{.status = 200};
        switch (calls++ % 5) {
        case 0:
            body = R"({"Code":"InvalidTimeStamp.Expired","RequestId":"1"})";
            in.status = 400;
            in.header("Date", "Mon, 23 Nov 2026 02:13:20 GMT");
            break;
        case 1:
            body = R"({"Code":"Throttling.User","RequestId":"2"})";
            in.status = 400;
            in.header("x-acs-retry-after", "1000");
            break;
        case 2: return rc::unexpected(rc::failure{.code = rc::errc::not_sent});
        case 3: return rc::unexpected(rc::failure{.code = rc::errc::no_answer});
        default: break;
        }
        in.body = storage.first(body.copy(storage.data(), storage.size()));
        return in;
    }
};

template <class Nonces>
bool calls_well(rc::signing_key<> const& key, Nonces& nonces) {
    clock_of_test clock;
    canned http;
    rc::clock_skew skew;
    rc::pacing pace;
    rc::storage<2048> room;
    rc::client client(http, clock, nonces, key,
                      {.call = {.retry = {.policy = rc::retry_policy::at_most_once}, .skew = &skew, .pace = pace}});
    auto const reply = client.call(rc::restart_caster{.caster_id = "c1"}, room);
    http.calls = 3;
    auto const refused = client.call_until(clock.now_ms, rc::restart_caster{.caster_id = "c1"}, room);
    rc::storage<400> words;
    rc::buffer_sink sink(words.span());
    if (!refused) describe(sink, refused.error());
    return reply && !refused && sink.fits();
}

} // namespace

void* operator new(std::size_t size) {
    if (watching) ++allocations;
    if (void* const made = std::malloc(size == 0 ? 1 : size)) return made;
    std::abort();
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }

int main() {
    watching = true;
    int* volatile seen = new int(1);
    delete seen;
    bool const works = allocations == 1;
    allocations = 0;

    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::device_nonce of_a_device(key, {.device_id = "test", .boot_count = 1});
    rc::nonce_generator of_a_process;
    bool const well = calls_well(key, of_a_device) && calls_well(key, of_a_process);
    watching = false;
    std::printf("%lu allocations in the client%s\n", allocations, works ? "" : "; but the watch does not work");
    return works && well && allocations == 0 ? 0 : 1;
}
