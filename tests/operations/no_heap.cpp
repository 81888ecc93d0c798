// SPDX-License-Identifier: MIT
// Signs every kind of call with an allocator that ends the program: nothing on the path asks for memory.
#include <restartcaster/operations/make_request.hpp>

#include <restartcaster/operations/restart_caster.hpp>

#include <cstdio>
#include <cstdlib>
#include <new>

// A sanitizer brings its own malloc and wants it left alone; operator new is still ours then.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define RESTARTCASTER_TESTS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define RESTARTCASTER_TESTS_SANITIZED 1
#endif
#endif
#ifndef RESTARTCASTER_TESTS_SANITIZED
#define RESTARTCASTER_TESTS_SANITIZED 0
#endif

namespace rc = restartcaster;

namespace {

bool forbidden = false;
std::size_t allocations = 0;

void* allocate(std::size_t size) noexcept {
    if (forbidden) ++allocations;
    return std::malloc(size == 0 ? 1 : size);
}

} // namespace

void* operator new(std::size_t size) {
    void* const bytes = allocate(size);
    if (bytes == nullptr) std::abort();
    return bytes;
}
void* operator new[](std::size_t size) {
    return operator new(size);
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return allocate(size);
}
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    return allocate(size);
}
void operator delete(void* bytes) noexcept {
    std::free(bytes);
}
void operator delete[](void* bytes) noexcept {
    std::free(bytes);
}
void operator delete(void* bytes, std::size_t) noexcept {
    std::free(bytes);
}
void operator delete[](void* bytes, std::size_t) noexcept {
    std::free(bytes);
}

#if defined(__GLIBC__) && !RESTARTCASTER_TESTS_SANITIZED
// C's own allocator as well, where the C library lets a program take its place.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* malloc(std::size_t size) noexcept {
    if (forbidden) ++allocations;
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
    if (forbidden) ++allocations;
    return __libc_calloc(count, size);
}
void* realloc(void* bytes, std::size_t size) noexcept {
    if (forbidden) ++allocations;
    return __libc_realloc(bytes, size);
}
}
#endif

int main() {
    std::size_t made = 0, failed = 0;
    forbidden = true;
    {
        rc::signing_key<> const key({"testid", "testsecret", "CAIS+/abc=="});
        rc::storage<8192> room;
        rc::parameter_list<8> list;
        bool good = list.append("CasterId", "a b\xC3\xA9").has_value();
        good = good && list.append("Tag", 10, "Key", "+*~%").has_value();
        good = good && list.append("Tag", 2, "Key", "").has_value();
        good = good && !list.append("Tag", 2, "Key", "").has_value();
        rc::stamp const when{1709020800, "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11"};
        auto const count = [&](auto const& outcome, bool expected) {
            if (outcome.has_value() == expected)
                ++made;
            else
                ++failed;
        };
        if (!good) ++failed;
        for (rc::placement const where :
             {rc::placement::get, rc::placement::post_form, rc::placement::post_query})
            for (rc::format const answer : {rc::format::json, rc::format::xml}) {
                rc::request_options const options{.parameters = where, .answer = answer};
                rc::restart_caster const typed{.caster_id = "80787064-1c94-4dc1-85ce-9409960a1234",
                                               .region_id = "cn-shanghai"};
                rc::action const run_time{"RestartCaster", "2016-11-01", list};
                count(rc::make_request(typed, key, when, room, options), true);
                count(rc::make_request(run_time, key, when, room, options), true);
                count(rc::request_size(typed, key, when, options), true);
                count(rc::make_request(rc::restart_caster{}, key, when, room, options), false);
                count(rc::make_request(typed, key, {-1, "n"}, room, options), false);
                char small[16];
                count(rc::make_request(typed, key, when, small, options), false);
                rc::buffer_sink sink(room.span());
                count(rc::string_to_sign(sink, run_time, key, when, options), true);
            }
    }
    forbidden = false;
    std::printf("%zu outcomes as expected, %zu not, %zu allocations\n", made, failed, allocations);
    bool const none = allocations == 0;
    // The counter itself works: what asks for memory is seen.
    void* (*volatile ask)(std::size_t) = &::operator new;
    forbidden = true;
    ::operator delete(ask(1));
    forbidden = false;
    return failed == 0 && made == 42 && none && allocations != 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
