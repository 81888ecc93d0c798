// SPDX-License-Identifier: MIT
// Gives the bytes of a signed text: of a given one, or of one that is written again, a page of 128 bytes at a time.
// Source: docs/design.md, "Why a signature was refused".
// Data flow: a text or a function that writes it in; its bytes and its first difference from another text out.
#ifndef RESTARTCASTER_EXPLAIN_TEXT_SOURCE_HPP
#define RESTARTCASTER_EXPLAIN_TEXT_SOURCE_HPP
#pragma once

#include "../core/sink.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Compares a text with `theirs` while the text is written, and keeps one page of it. Nothing else is stored.
struct comparing_sink {
    static constexpr std::size_t page_size = 128;
    static constexpr std::size_t nowhere = ~std::size_t{0};

    std::string_view theirs = {};
    /// The offset of the first byte that differs from `theirs`.
    std::size_t difference = nowhere;
    /// Bytes written so far.
    std::size_t total = 0;
    /// The page: `filled` bytes of the text from `begin` on.
    std::size_t begin = 0;
    std::size_t filled = 0;
    char page[page_size] = {};

    RESTARTCASTER_ONCE constexpr void append(std::string_view text) noexcept {
        for (std::size_t i = 0; difference == nowhere && i != text.size(); ++i)
            if (total + i >= theirs.size() || theirs[total + i] != text[i]) difference = total + i;
        std::size_t const before = begin > total ? begin - total : 0;
        if (before < text.size()) {
            std::string_view const kept = part(text, before, page_size - filled);
            copy_bytes(page + filled, kept.data(), kept.size());
            filled += kept.size();
        }
        total += text.size();
    }
};

/// Writes the whole text of a call again.
using text_writer = void(void const* call, comparing_sink& to) noexcept;

/// A text with random access to its bytes: given, or written again by a function whenever another page is needed.
template <class Char>
class text_source {
public:
    constexpr explicit text_source(std::basic_string_view<Char> given) noexcept : given_(given), size_(given.size()) {}
    constexpr text_source(void const* call, text_writer* write) noexcept : call_(call), write_(write) {}

    /// The offset of the first byte that differs from `theirs`; comparing_sink::nowhere if the texts are equal.
    [[nodiscard]] constexpr std::size_t difference(std::string_view theirs) noexcept {
        page_ = {};
        page_.theirs = theirs;
        if (write_ == nullptr)
            page_.append(given_);
        else
            write_(call_, page_);
        size_ = page_.total;
        page_.theirs = {};
        if (page_.difference == comparing_sink::nowhere && size_ < theirs.size()) return size_;
        return page_.difference;
    }
    /// The byte at an offset; -1 beyond the end.
    [[nodiscard]] RESTARTCASTER_ONCE constexpr int at(std::size_t i) noexcept {
        if (i >= size_) return -1;
        if (write_ == nullptr) return static_cast<unsigned char>(given_[i]);
        if (i < page_.begin || i - page_.begin >= page_.filled) {
            // Some bytes before, because readers go back by a character.
            constexpr std::size_t back = 16;
            page_ = {};
            page_.difference = 0; // no comparison
            page_.begin = i > back ? i - back : 0;
            write_(call_, page_);
        }
        if (i - page_.begin >= page_.filled) return -1; // unreached: rewritten
        return static_cast<unsigned char>(page_.page[i - page_.begin]);
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// Whether the bytes from `from` on begin with `text`.
    [[nodiscard]] RESTARTCASTER_ONCE constexpr bool sees(std::size_t from, std::string_view text) noexcept {
        for (std::size_t i = 0; i != text.size(); ++i)
            if (at(from + i) != static_cast<unsigned char>(text[i])) return false;
        return true;
    }

private:
    std::basic_string_view<Char> given_ = {};
    std::size_t size_ = 0;
    void const* call_ = nullptr;
    text_writer* write_ = nullptr;
    comparing_sink page_ = {};
};

}}} // namespace restartcaster::detail

#endif
