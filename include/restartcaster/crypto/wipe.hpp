// SPDX-License-Identifier: MIT
// Overwrites secrets so that the optimiser cannot drop the stores, and compares secrets in constant time.
// Source: CERT MEM06-C and MSC06-C (stores that an optimiser may not drop); RFC 2104 section 6.
// Data flow: key blocks, hash states and staging buffers become zeros.
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
    // For the compiler, this statement reads the memory, so it must keep the stores.
    __asm__ volatile("" : : "r"(memory) : "memory");
#else
    char volatile* const byte = static_cast<char volatile*>(memory);
    for (std::size_t i = 0; i != bytes; ++i) byte[i] = 0;
#endif
}

// Overwrites the stack below this function, where earlier callees left their frames. Compilers keep words of a key in
// frames and leave them there when a function returns. Therefore functions that handle a key are not inlined. No frame of
// a hash is deeper than hash_depth, under any flags that the tests know.
template <std::size_t Bytes>
#if RESTARTCASTER_SMALL
RESTARTCASTER_THIN // inlined into a function that is not inlined itself
#endif
RESTARTCASTER_APART inline void wipe_stack() noexcept {
    char frame[Bytes];
    // 64 bytes at a time: for a long fill, compilers emit `rep stos`, which starts slowly.
    constexpr std::size_t piece = RESTARTCASTER_SMALL ? Bytes : 64;
    for (std::size_t at = 0; at != Bytes; at += piece) wipe_memory(frame + at, piece);
#if RESTARTCASTER_GNU && defined(__x86_64__) && defined(__SSE2__)
    // Clears the vector registers: a signal handler, or the dynamic linker at the first call of a function, would save
    // them on the stack.
    __asm__ volatile("pxor %%xmm0, %%xmm0\n\tpxor %%xmm1, %%xmm1\n\tpxor %%xmm2, %%xmm2\n\tpxor %%xmm3, %%xmm3\n\t"
                     "pxor %%xmm4, %%xmm4\n\tpxor %%xmm5, %%xmm5\n\tpxor %%xmm6, %%xmm6\n\tpxor %%xmm7, %%xmm7\n\t"
                     "pxor %%xmm8, %%xmm8\n\tpxor %%xmm9, %%xmm9\n\tpxor %%xmm10, %%xmm10\n\tpxor %%xmm11, %%xmm11\n\t"
                     "pxor %%xmm12, %%xmm12\n\tpxor %%xmm13, %%xmm13\n\tpxor %%xmm14, %%xmm14\n\tpxor %%xmm15, %%xmm15"
                     :
                     :
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11",
                       "xmm12", "xmm13", "xmm14", "xmm15");
#endif
}

// Bytes of stack below a hash function, and below the constructor of a key, which calls more functions.
inline constexpr std::size_t hash_depth = RESTARTCASTER_SMALL ? 56 * sizeof(void*) : 512;
inline constexpr std::size_t key_depth = 1024;

RESTARTCASTER_HOT constexpr void wipe_bytes(char* bytes, std::size_t count) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != count; ++i) bytes[i] = 0;
    } else if (count != 0) {
        wipe_memory(bytes, count);
    }
}

// Views are excluded although they are trivially copyable: wiping a view would clear its pointer and leave the secret.
template <class T>
concept wipeable = std::is_trivially_copyable_v<T> && !std::is_const_v<T> && !std::is_pointer_v<T> &&
                   !requires { typename T::element_type; } && !requires { typename T::traits_type; };

} // namespace detail

/// Overwrites the bytes with zeros; the optimiser cannot drop the stores.
RESTARTCASTER_HOT constexpr void wipe(std::span<char> bytes) noexcept {
    detail::wipe_bytes(bytes.data(), bytes.size());
}

/// Overwrites the object (a number, an array, a plain struct; not a view or a pointer) with zeros; the optimiser cannot
/// drop the stores.
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

/// Whether two texts are equal. The time depends on their lengths only.
[[nodiscard]] constexpr bool equal_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i != a.size(); ++i) {
        difference |= static_cast<unsigned char>(a[i] ^ b[i]);
#if RESTARTCASTER_GNU
        // Without this statement a compiler may leave the loop at the first byte that differs.
        if (!std::is_constant_evaluated()) __asm__ volatile("" : "+r"(difference));
#endif
    }
    return difference == 0;
}

}} // namespace restartcaster

#endif
