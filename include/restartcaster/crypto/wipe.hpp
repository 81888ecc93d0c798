// SPDX-License-Identifier: MIT
// Forgetting secrets for certain, and comparing them without telling where they differ.
// Source: CERT MEM06-C and MSC06-C (stores that an optimiser may not drop); RFC 2104 section 6.
// Path: key blocks, hash states and staging in, zeros left behind.
#ifndef RESTARTCASTER_CRYPTO_WIPE_HPP
#define RESTARTCASTER_CRYPTO_WIPE_HPP
#pragma once

#include "../config.hpp"

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

RESTARTCASTER_HOT inline void wipe_memory(void* memory, std::size_t bytes) noexcept {
#if RESTARTCASTER_GNU
    std::memset(memory, 0, bytes);
    // Somebody may look at the memory now, as far as the compiler can tell: the stores have to happen.
    __asm__ volatile("" : : "r"(memory) : "memory");
#else
    char volatile* const byte = static_cast<char volatile*>(memory);
    for (std::size_t i = 0; i != bytes; ++i) byte[i] = 0;
#endif
}

RESTARTCASTER_HOT constexpr void wipe_bytes(char* bytes, std::size_t count) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != count; ++i) bytes[i] = 0;
    } else if (count != 0) {
        wipe_memory(bytes, count);
    }
}

// A view is trivially copyable as well; wiping it would forget where the secret is and leave the secret.
template <class T>
concept wipeable = std::is_trivially_copyable_v<T> && !std::is_const_v<T> && !std::is_pointer_v<T> &&
                   !requires { typename T::element_type; } && !requires { typename T::traits_type; };

} // namespace detail

/// Overwrites the bytes with zeros, and the optimiser cannot drop it.
RESTARTCASTER_HOT constexpr void wipe(std::span<char> bytes) noexcept {
    detail::wipe_bytes(bytes.data(), bytes.size());
}

/// Overwrites the object (a number, an array, a plain struct; not a view or a pointer) with zeros, and the
/// optimiser cannot drop it.
template <detail::wipeable T>
RESTARTCASTER_HOT constexpr void wipe(T& object) noexcept {
    if (std::is_constant_evaluated()) {
        if constexpr (std::is_array_v<T>) {
            for (auto& element : object) wipe(element);
        } else {
            object = T{};
        }
    } else {
        detail::wipe_memory(&object, sizeof object);
    }
}

/// Whether two texts are equal, in a time that depends on their lengths only.
[[nodiscard]] constexpr bool equal_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i != a.size(); ++i) {
        difference |= static_cast<unsigned char>(a[i] ^ b[i]);
#if RESTARTCASTER_GNU
        // Without it a compiler may leave the loop at the first byte that differs.
        if (!std::is_constant_evaluated()) __asm__ volatile("" : "+r"(difference));
#endif
    }
    return difference == 0;
}

}} // namespace restartcaster

#endif
