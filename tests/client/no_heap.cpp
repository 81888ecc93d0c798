// SPDX-License-Identifier: MIT
// The whole path without the heap: every allocation on it fails this test.
// Source: docs/design.md, "Budgets".
// Data flow: key -> request -> canned exchange -> reply -> words, for every placement, format, scheme and outcome,
//   while malloc, its kin and operator new are watched. A program of its own, because it replaces them.
#include <restartcaster.hpp>
#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace rc = restartcaster;

namespace {

bool watching = false;
unsigned long allocations = 0;

void count() {
    if (watching) ++allocations;
}

} // namespace

// A sanitizer has an allocator of its own to look after: there only operator new is watched.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WATCH_MALLOC 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define WATCH_MALLOC 0
#endif
#endif
#if !defined(WATCH_MALLOC) && defined(__GLIBC__)
#define WATCH_MALLOC 1
#elif !defined(WATCH_MALLOC)
#define WATCH_MALLOC 0
#endif

#if WATCH_MALLOC
// For the start of the program and for stdio, out of one block that is never given back.
namespace {
alignas(std::max_align_t) char arena[1 << 20];
std::size_t arena_used = 0;

void* take(std::size_t size, std::size_t alignment) {
    count();
    std::size_t const at = (arena_used + alignment - 1) / alignment * alignment;
    if (at > sizeof arena || size > sizeof arena - at) return nullptr;
    arena_used = at + size;
    return arena + at;
}
} // namespace

extern "C" {
void* malloc(std::size_t size) noexcept {
    return take(size, alignof(std::max_align_t));
}
void* calloc(std::size_t n, std::size_t size) noexcept {
    return take(n * size, alignof(std::max_align_t));
}
void* realloc(void* old, std::size_t size) noexcept {
    void* const made = take(size, alignof(std::max_align_t));
    if (made != nullptr && old != nullptr) {
        // How long the old block was is not known; what lies behind it in the arena does no harm.
        std::size_t const there = static_cast<std::size_t>(arena + sizeof arena - static_cast<char*>(old));
        std::memmove(made, old, size < there ? size : there);
    }
    return made;
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    return take(size, alignment);
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
    return take(size, alignment);
}
int posix_memalign(void** to, std::size_t alignment, std::size_t size) noexcept {
    *to = take(size, alignment);
    return *to == nullptr ? 12 : 0; // ENOMEM
}
void free(void*) noexcept {}
}
#endif

void* operator new(std::size_t size) {
    count();
    void* const made = std::malloc(size);
    if (made == nullptr) std::abort();
    return made;
}
void operator delete(void* block) noexcept {
    std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
    std::free(block);
}

namespace {

struct canned {
    std::uint16_t status;
    std::string_view body;
    rc::result<rc::response> exchange(rc::request const&, std::span<char> storage) noexcept {
        if (status == 0) return rc::unexpected(rc::failure{.code = rc::errc::no_answer});
        rc::response in{.status = status, .body = storage.first(body.copy(storage.data(), storage.size()))};
        in.header("Content-Type", "application/json;charset=utf-8");
        in.header("Date", "Sun, 22 Nov 2026 17:36:19 GMT");
        in.header("x-acs-retry-after", "100");
        return in;
    }
};

constexpr canned answers[] = {
    {200, R"({"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31"})"},
    {200,
     "<?xml version='1.0' encoding='UTF-8'?><RestartCasterResponse><RequestId>6EBD1AC4&#45;C34D</RequestId>"
     "</RestartCasterResponse>"},
    {400, R"({"Code":"SignatureDoesNotMatch","Message":"server string to sign is:\u0041","RequestId":"1"})"},
    {400, "<Error><Code>IncorrectCasterStatus.Idle</Code><Message><![CDATA[a]]>&amp;b</Message></Error>"},
    {502, "<html><body>Bad Gateway</body></html>"},
    {503, ""},
    {0, ""},
};

unsigned calls = 0, successes = 0;

template <class Scheme, class Operation>
void whole_path(Operation const& op, rc::credentials const& credentials) {
    rc::signing_key<Scheme> const key(credentials);
    for (rc::placement const placement :
         {rc::placement::post_form, rc::placement::get, rc::placement::post_query})
        for (rc::format const format : {rc::format::json, rc::format::xml})
            for (canned answer : answers) {
                rc::storage<4096> room;
                auto const nonce = rc::random_nonce();
                if (!nonce) std::abort();
                rc::stamp const stamp{.utc_seconds = rc::utc_now(), .nonce = nonce->text()};
                auto const reply =
                    rc::call(answer, op, key, stamp, room, {.parameters = placement, .answer = format});
                ++calls;
                if (reply) ++successes;
                rc::storage<1500> words;
                rc::buffer_sink sink(words.span());
                if (!reply) rc::describe(sink, reply.error());
                if (!sink.fits()) std::abort();
            }
}

void everything() {
    auto const found = rc::environment_credentials();
    rc::credentials const credentials = found ? *found : rc::credentials{"testid", "testsecret", "a token"};
    rc::restart_caster const restart{.caster_id = "80787064-1c94-4dc1-85ce-9409960a1234",
                                     .region_id = "cn-shanghai"};
    whole_path<rc::rpc_v1>(restart, credentials);

    rc::parameter_list<8> list;
    if (!list.append("CasterId", "80787064-1c94-4dc1-85ce-9409960a1234")) std::abort();
    if (!list.append("Value", "\xE7\xAD\xBE *+~%/")) std::abort();
    rc::action const action{.name = "DescribeCasters", .version = "2016-11-01", .parameters = list};
    whole_path<rc::rpc_v1>(action, credentials);
}

} // namespace

int main() {
    std::puts("allocations on the whole path:"); // stdio has its buffer from here on

    // The watch itself works: an allocation is seen.
    watching = true;
    int* volatile seen = new int(1);
    watching = false;
    delete seen;
    bool works = allocations != 0;
#if WATCH_MALLOC
    unsigned long const before = allocations;
    watching = true;
    void* volatile block = std::malloc(1);
    watching = false;
    std::free(block);
    works = works && allocations == before + 1;
#endif
    allocations = 0;

    watching = true;
    everything();
    watching = false;

    std::printf("%lu in %u calls, %u of them successes%s\n", allocations, calls, successes,
                works ? "" : "; but the watch does not work");
    return works && allocations == 0 && calls != 0 && successes != 0 && successes != calls ? 0 : 1;
}
