// SPDX-License-Identifier: MIT
// Looks a code up by its hash, in builds for size.
// Source: Fowler, Noll, Vo, FNV-1a.
// Data flow: the text of a code in, its meaning out.
#ifndef RESTARTCASTER_READ_CODE_TABLE_SMALL_HPP
#define RESTARTCASTER_READ_CODE_TABLE_SMALL_HPP
#pragma once

#include "known_codes.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// One step of FNV-1a with 32 bits. Two texts that differ in one character have different hashes.
[[nodiscard]] constexpr std::uint32_t hash_with(std::uint32_t hash, char c) noexcept {
    return (hash ^ static_cast<unsigned char>(c)) * 16777619;
}
inline constexpr std::uint32_t hash_of_nothing = 2166136261;

// unreached: constant
[[nodiscard]] constexpr std::uint16_t packed_meaning(service_code_meaning const& meaning, bool prefix = false) noexcept {
    return static_cast<std::uint16_t>((prefix ? 0x8000 : 0) | static_cast<int>(meaning.code) << 8 |
                                      static_cast<int>(meaning.ran) << 4 | static_cast<int>(meaning.what_to_do));
}

// The table without its texts, which are most of its size: a code is known by its hash. About one unknown code in ten
// million is mistaken for a known one.
struct hashed_codes {
    std::uint32_t hashes[std::size(known_codes)]{};
    std::uint16_t meanings[std::size(known_codes)]{};

    consteval hashed_codes() noexcept {
        for (std::size_t i = 0; i != std::size(known_codes); ++i) {
            known_code const& known = known_codes[i];
            hashes[i] = hash_of_nothing;
            for (std::size_t at = 0; at != known.size(); ++at) hashes[i] = hash_with(hashes[i], known.text[at]);
            meanings[i] = packed_meaning(known.meaning, known.prefix());
        }
    }
};
inline constexpr hashed_codes codes_by_hash;

template <class Text>
[[nodiscard]] constexpr service_code_meaning look_up_code(Text code, int http_status) noexcept {
    unsigned meaning = packed_meaning(meaning_of_unknown(code, http_status), true);
    std::uint32_t hash = hash_of_nothing;
    for (std::size_t at = 0; at != code.size();) {
        hash = hash_with(hash, code[at++]);
        // The longest match counts, and a whole name counts before a prefix.
        for (std::size_t i = std::size(known_codes); i-- != 0;) {
            unsigned const known = codes_by_hash.meanings[i];
            if (codes_by_hash.hashes[i] == hash && (at == code.size() || (known & 0x8000) != 0))
                meaning = known;
        }
    }
    return {static_cast<service_code>(meaning >> 8 & 0x7F), static_cast<executed>(meaning >> 4 & 15),
            static_cast<advice>(meaning & 15), (meaning & 0x8000) == 0};
}

}}} // namespace restartcaster::detail

#endif
