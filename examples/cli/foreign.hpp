// SPDX-License-Identifier: MIT
// Characters that nobody sees on a screen, or that move what others see: no studio id has one, and no text of somebody
// else's is shown with one.
// Source: Unicode 15, section 23 ("Special Areas and Format Characters"); ECMA-48 (what a terminal obeys); UAX 9.
// Path: a text in; a complaint about it, or the text without them, out.
#ifndef RESTARTCASTER_CLI_FOREIGN_HPP
#define RESTARTCASTER_CLI_FOREIGN_HPP

#include <restartcaster.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

/// A range of unseen characters, and what they are.
struct unseen_range {
    char32_t first, last;
    char const* what;
};

inline constexpr unseen_range unseen_ranges[] = {{0x00, 0x1F, "a control character"},
                                                 {0x7F, 0x9F, "a control character"},
                                                 {0xAD, 0xAD, "a soft hyphen"},
                                                 {0x34F, 0x34F, "a zero-width character"},
                                                 {0x61C, 0x61C, "a bidirectional control"},
                                                 {0x180B, 0x180F, "a zero-width character"},
                                                 {0x200B, 0x200D, "a zero-width character"},
                                                 {0x200E, 0x200F, "a bidirectional control"},
                                                 {0x2028, 0x2029, "a line separator"},
                                                 {0x202A, 0x202E, "a bidirectional control"},
                                                 {0x2060, 0x2065, "a zero-width character"},
                                                 {0x2066, 0x2069, "a bidirectional control"},
                                                 {0x206A, 0x206F, "a format control"},
                                                 {0xFEFF, 0xFEFF, "a byte order mark"},
                                                 {0xFFF9, 0xFFFB, "a format control"},
                                                 {0xE0000, 0xE007F, "a tag character"}};

struct character {
    char32_t code;
    std::string_view bytes;
    unseen_range const* unseen; // null: it is seen
};

/// Takes the first character off a text; nothing when the text does not begin with UTF-8.
/// Requires: a text that is not empty.
inline std::optional<character> take_character(std::string_view& text) {
    std::size_t const size = restartcaster::detail::utf8_size(text, 0);
    if (size == 0) return {};
    auto const lead = static_cast<unsigned char>(text[0]);
    char32_t code = size == 1 ? lead : lead & (0x7Fu >> size);
    for (std::size_t i = 1; i != size; ++i) code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    auto const found = std::ranges::find_if(unseen_ranges, [code](unseen_range const& range) {
        return range.first <= code && code <= range.last;
    });
    character const taken{code, text.substr(0, size), found == std::end(unseen_ranges) ? nullptr : &*found};
    text.remove_prefix(size);
    return taken;
}

/// A text with a `?` for every character that is unseen, and for every byte that is not UTF-8.
inline std::string without_unseen(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        auto const next = take_character(text);
        if (!next) text.remove_prefix(1);
        clean += !next || next->unseen != nullptr ? "?" : next->bytes;
    }
    return clean;
}

/// What is wrong with an id that has an unseen character, such as "a byte order mark (U+FEFF)".
/// Requires: UTF-8.
inline std::optional<std::string> unseen_in(std::string_view id) {
    while (!id.empty()) {
        auto const next = take_character(id);
        if (!next) return {};
        if (next->unseen == nullptr) continue;
        std::string digits;
        for (char32_t left = next->code; left != 0 || digits.size() < 4; left /= 16)
            digits.insert(digits.begin(), "0123456789ABCDEF"[left % 16]);
        return std::string(next->unseen->what) + " (U+" + digits + ")";
    }
    return {};
}

#endif
