// SPDX-License-Identifier: MIT
// An operating system that has no random numbers, or no memory that a fork clears: a program of its own, whose
// functions stand in for the C library's.
// Source: getentropy(3), mmap(2), madvise(2); [nonce_generator] says what must come of it.
#include <restartcaster/hosted/nonce_generator.hpp>

#include <cstdio>
#include <cstring>
#include <string>
#include <sys/syscall.h>

namespace rc = restartcaster;

namespace {

bool entropy_fails, mapping_fails, advice_fails;
rc::nonce_generator* asked_meanwhile;
std::string meanwhile;
int maps, unmaps;
int failed;

void check(bool holds, char const* fact) {
    if (holds) return;
    std::printf("not so: %s\n", fact);
    ++failed;
}

bool is_nonce(rc::result<rc::nonce> const& drawn) { return drawn && drawn->text().size() == 36; }
bool lacks_entropy(rc::result<rc::nonce> const& drawn) {
    return !drawn && drawn.error().code == rc::errc::entropy_missing;
}

} // namespace

extern "C" int getentropy(void* to, std::size_t size) {
    if (entropy_fails) return -1;
    static unsigned char count;
    std::memset(to, ++count, size);
    if (rc::nonce_generator* const other = asked_meanwhile; other != nullptr) {
        asked_meanwhile = nullptr;
        if (auto const drawn = (*other)()) meanwhile = drawn->text();
    }
    return 0;
}
extern "C" void* mmap(void* at, std::size_t size, int access, int flags, int file, off_t from) noexcept {
    ++maps;
    if (mapping_fails) return MAP_FAILED;
    return reinterpret_cast<void*>(::syscall(SYS_mmap, at, size, access, flags, file, from));
}
extern "C" int munmap(void* at, std::size_t size) noexcept {
    ++unmaps;
    return static_cast<int>(::syscall(SYS_munmap, at, size));
}
extern "C" int madvise(void* at, std::size_t size, int advice) noexcept {
    return advice_fails ? -1 : static_cast<int>(::syscall(SYS_madvise, at, size, advice));
}

int main() {
    {
        rc::nonce_generator source;
        entropy_fails = true;
        check(lacks_entropy(source()), "without entropy there is no seed and no nonce");
        check(lacks_entropy(source()), "and none at the second try");
        entropy_fails = false;
        check(is_nonce(source()), "with entropy there is one again");
        entropy_fails = true;
        check(is_nonce(source()), "a seed that is there needs no more entropy");
        check(lacks_entropy(rc::random_nonce()), "a nonce straight from the system does");
        entropy_fails = false;
    }
    {
        rc::nonce_generator source;
        asked_meanwhile = &source;
        check(is_nonce(source()) && meanwhile.size() == 36, "whoever asks while another seeds gets a nonce of his own");
    }
    maps = unmaps = 0;
    { rc::nonce_generator const source; }
    check(maps == 1 && unmaps == 1, "the page of a generator is given back with it");
    for (bool* const missing : {&mapping_fails, &advice_fails}) {
        *missing = true;
        maps = unmaps = 0;
        rc::nonce_generator source;
        check(maps == 1 && unmaps == (missing == &advice_fails ? 1 : 0), "a page that a fork would copy is given back");
        check(is_nonce(source()), "without such a page nonces come straight from the system");
        entropy_fails = true;
        check(lacks_entropy(source()), "each of them, with no seed kept");
        entropy_fails = false;
        *missing = false;
    }
    std::printf("%d failed\n", failed);
    return failed == 0 ? 0 : 1;
}
