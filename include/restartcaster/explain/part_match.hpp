// SPDX-License-Identifier: MIT
// Looks for the parts of one signed text in another, and counts those that differ.
// Source: docs/design.md, "Why a signature was refused".
// Data flow: two signed texts in; membership, order and a number out, for compare.hpp.
#ifndef RESTARTCASTER_EXPLAIN_PART_MATCH_HPP
#define RESTARTCASTER_EXPLAIN_PART_MATCH_HPP
#pragma once

#include "signed_text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Two texts whose parts are compared by name and value.
template <class Char>
class part_match {
    using reader = text_reader<Char>;

public:
    constexpr part_match(reader const& ours, reader const& theirs, bool cut_short) noexcept
        : ours_(ours), theirs_(theirs), cut_short_(cut_short) {}

    // Whether the name of our part sorts before theirs.
    [[nodiscard]] constexpr bool sorts_first(text_item const& mine_part, text_item const& other_part) const noexcept {
        std::size_t mine = mine_part.name_begin, other = other_part.name_begin;
        while (true) {
            text_character const a = mine < mine_part.name_end ? ours_.in_part(mine_part, mine) : text_character{};
            text_character const b =
                other < other_part.name_end ? theirs_.in_part(other_part, other) : text_character{};
            if (a.byte != b.byte || a.byte == -1) return a.byte < b.byte; // unreached: encodings_first
            mine += a.size;
            other += b.size;
        }
    }
    [[nodiscard]] RESTARTCASTER_ONCE constexpr bool same_name(text_item const& mine,
                                                              text_item const& other) const noexcept {
        return same(ours_, mine, mine.name_begin, mine.name_end, theirs_, other, other.name_begin, other.name_end);
    }
    // Whether `item` of the text `whose` is, by its name, in the text `where`.
    [[nodiscard]] RESTARTCASTER_ONCE static constexpr bool is_in(reader const& where, reader const& whose,
                                                                 text_item const& item) noexcept {
        for (text_item other = where.first(); other.part != text_part::none; other = where.after(other))
            if (other.part == item.part &&
                same(where, other, other.name_begin, other.name_end, whose, item, item.name_begin, item.name_end))
                return true;
        return false;
    }

    // Counts the parts of ours that are missing in theirs or differ, and the parts that only theirs has.
    [[nodiscard]] constexpr std::uint16_t count() const noexcept {
        constexpr unsigned most_searches = 64; // bounds the work on hostile texts
        unsigned differing = 0, found = 0, searches = 0;
        bool body = false;
        text_item next = theirs_.first();
        for (text_item mine = ours_.first(); mine.part != text_part::none && searches != most_searches;
             mine = ours_.after(mine)) {
            if (mine.part == text_part::signed_headers) continue; // follows from the headers
            text_item other = next;
            if (other.part != mine.part || !same_name(mine, other)) {
                ++searches;
                other = search(mine);
            }
            if (other.part == text_part::none) {
                if (!cut_short_) ++differing; // it may be in the part that was cut off
                continue;
            }
            ++found;
            next = theirs_.after(other);
            if (next.part == text_part::signed_headers) next = theirs_.after(next);
            if (same(ours_, mine, mine.value_begin, mine.value_end, theirs_, other, other.value_begin, other.value_end))
                continue;
            bool const of_body = mine.part == text_part::payload_hash || ours_.is_named(mine, "x-acs-content-sha256"sv);
            if (!of_body || !body) ++differing;
            body = body || of_body;
        }
        unsigned const theirs = searches == most_searches ? 0 : number_of_theirs();
        return static_cast<std::uint16_t>((theirs > found ? differing + theirs - found : differing) & 0xFFFF);
    }

private:
    [[nodiscard]] RESTARTCASTER_ONCE static constexpr bool same(reader const& one, text_item const& a, std::size_t from,
                                                                std::size_t to, reader const& two, text_item const& b,
                                                                std::size_t at, std::size_t end) noexcept {
        while (from < to && at < end) {
            text_character const x = one.in_part(a, from), y = two.in_part(b, at);
            if (x.byte != y.byte || x.size != y.size || x.lower_hex != y.lower_hex) return false;
            from += x.size;
            at += y.size;
        }
        return from >= to && at >= end;
    }
    [[nodiscard]] constexpr text_item search(text_item const& mine) const noexcept {
        text_item other = theirs_.first();
        while (other.part != text_part::none && (other.part != mine.part || !same_name(mine, other)))
            other = theirs_.after(other);
        return other;
    }
    [[nodiscard]] constexpr unsigned number_of_theirs() const noexcept {
        unsigned number = 0;
        for (text_item item = theirs_.first(); item.part != text_part::none; item = theirs_.after(item))
            if (item.part != text_part::signed_headers) ++number;
        return number;
    }

    reader const& ours_;
    reader const& theirs_;
    bool cut_short_;
};

}}} // namespace restartcaster::detail

#endif
