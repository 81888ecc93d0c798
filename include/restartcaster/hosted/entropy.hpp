// SPDX-License-Identifier: MIT
// Random bytes and nonces from the operating system.
// Source: getentropy (POSIX.1-2024, getrandom underneath on Linux), BCryptGenRandom (Windows).
// Data flow: random bytes of the operating system in, a nonce out.
#ifndef RESTARTCASTER_HOSTED_ENTROPY_HPP
#define RESTARTCASTER_HOSTED_ENTROPY_HPP
#pragma once

#include "../core/result.hpp"
#include "../sign/nonce.hpp"

#include <span>

#ifdef _WIN32
extern "C" __declspec(dllimport) long __stdcall BCryptGenRandom(void*, unsigned char*, unsigned long, unsigned long);
#else
#include <unistd.h>
#ifdef __APPLE__
#include <sys/random.h>
#endif
#endif

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Fills up to 256 bytes with random bytes of the operating system.
/// Errors: entropy_missing; there is no weaker fallback.
/// Cost: one system call. On Windows link with bcrypt.
[[nodiscard]] inline result<void> fill_random(std::span<unsigned char> bytes) noexcept {
#ifdef _WIN32
    constexpr unsigned long system_preferred = 2;
    bool const filled =
        BCryptGenRandom(nullptr, bytes.data(), static_cast<unsigned long>(bytes.size()), system_preferred) == 0;
#else
    bool const filled = ::getentropy(bytes.data(), bytes.size()) == 0;
#endif
    if (!filled) return unexpected(failure{.code = errc::entropy_missing});
    return {};
}

/// A nonce of fresh random bytes.
/// Errors: entropy_missing.
[[nodiscard]] inline result<nonce> random_nonce() noexcept {
    std::array<unsigned char, nonce::random_size> bytes{};
    if (auto const filled = fill_random(bytes); !filled) return unexpected(filled.error());
    return nonce(bytes);
}

}} // namespace restartcaster

#endif
