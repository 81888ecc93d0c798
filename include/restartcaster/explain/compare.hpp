// SPDX-License-Identifier: MIT
// Finds the first difference of two signed texts and its cause, and counts the other differences.
// Source: protocol "Canonicalization" (encoding and order), "Signature V3".
// Data flow: two text sources in, an explanation out.
// Long, because its rules share the place of the difference in both texts.
//
// How the comparison works. comparing_sink has found the offset of the first differing byte, so everything before it is
// equal. locate() finds the parts of both texts that contain this offset. Then the first rule that applies gives the
// cause:
//
//   cut         theirs ends here
//   encoding    the characters here are one character in two encodings, or a '+' and a space
//   value       the parts have the same name
//   membership  the names differ: the name that the other text does not have decides between added, missing and order
//
// count() then looks for every part of ours in theirs.
#ifndef RESTARTCASTER_EXPLAIN_COMPARE_HPP
#define RESTARTCASTER_EXPLAIN_COMPARE_HPP
#pragma once

#include "../core/foreign_text.hpp"
#include "excerpt.hpp"
#include "explanation.hpp"
#include "part_match.hpp"
#include "signed_text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// The comparison of two texts of one kind.
template <class Char>
class text_comparison {
    using reader = text_reader<Char>;
    using source = text_source<Char>;

public:
    constexpr text_comparison(source& ours, source& theirs, signed_kind kind, std::size_t difference,
                              bool cut_short) noexcept
        : ours_(ours, kind), theirs_(theirs, kind), at_(difference), cut_short_(cut_short) {}

    [[nodiscard]] constexpr explanation explained() noexcept {
        locate();
        if (!ends_here() && !encoding()) parts();
        if (out_.cause != mismatch::cut) {
            std::uint16_t const all = match().count();
            bool const counted = out_.cause != mismatch::order && all != 0;
            out_.further = whole_query_ ? std::uint16_t{0} : counted ? static_cast<std::uint16_t>(all - 1) : all;
        }
        return out_;
    }

private:
    [[nodiscard]] constexpr part_match<Char> match() const noexcept { return {ours_, theirs_, cut_short_}; }

    // Finds the parts that contain the difference. Everything before it is equal, so both texts have the same parts
    // there.
    constexpr void locate() noexcept {
        mine_ = ours_.first();
        other_ = theirs_.first();
        while (other_.end_byte != -1 && other_.next <= at_) {
            mine_ = ours_.after(mine_);
            other_ = theirs_.after(other_);
        }
    }

    [[nodiscard]] constexpr bool both_are(text_part part) const noexcept {
        return mine_.part == part && other_.part == part;
    }

    // Whether theirs ends at the difference, or has only the mark of a length limit left.
    [[nodiscard]] constexpr bool ends_here() noexcept {
        constexpr std::size_t longest_mark = 32;
        bool const dots =
            theirs_.sees(at_, "..."sv) || theirs_.sees(at_, "\xE2\x80\xA6"sv) || theirs_.sees(at_, "[tr"sv);
        bool mark = dots && theirs_.size() - at_ <= longest_mark;
        for (std::size_t at = at_; mark && at < theirs_.size(); ++at) // no part of a text follows a mark
            mark = theirs_.raw(at) != '%' && theirs_.raw(at) != '&' && theirs_.raw(at) != '\n';
        if (at_ < theirs_.size() && !mark) return false;
        bool const whole = theirs_.kind() == signed_kind::rpc_v1 ? is_whole_query() : is_whole_request();
        if (whole && !cut_short_) return false;
        return cut_here();
    }
    constexpr bool cut_here() noexcept {
        out_.cause = mismatch::cut;
        out_.offset = at_;
        return true;
    }
    // Whether theirs ends after a complete parameter, and has the last parameter of every call. The service refuses a
    // call without Version with another code, so a text without Version was cut.
    [[nodiscard]] constexpr bool is_whole_query() const noexcept {
        if (!both_are(text_part::parameter) || mine_.value_end != other_.value_end) return false;
        for (text_item item = theirs_.first(); item.part != text_part::none; item = theirs_.after(item))
            if (item.part == text_part::parameter && theirs_.is_named(item, "Version"sv)) return true;
        return false;
    }
    // Whether theirs ends with a SHA-256 in hexadecimal.
    [[nodiscard]] constexpr bool is_whole_request() const noexcept {
        return other_.part == text_part::payload_hash && other_.value_end - other_.value_begin == 64;
    }

    // One character in two encodings, or '+' and a space.
    [[nodiscard]] constexpr bool encoding() noexcept {
        if (both_are(text_part::path)) return path_encoding();
        if (!both_are(text_part::parameter)) return false;
        std::size_t at = other_.name_begin;
        std::size_t offset = 0, lead = at;
        text_character theirs = theirs_.character(at);
        while (theirs.byte != -1 && at + theirs.size <= at_) {
            at += theirs.size;
            offset = at > other_.value_begin ? offset + 1 : 0;
            theirs = theirs_.character(at);
            if (!continues(theirs)) lead = at;
        }
        char_at_ = at;
        lead_at_ = lead;
        out_.offset = at < other_.value_begin ? at - other_.name_begin : offset;
        // Theirs ends inside an escape, of at most 5 bytes.
        if (theirs.byte == '%' && !theirs.escaped && theirs_.size() - at < 5) return cut_here();
        text_character const ours = ours_.character(at);
        if (ours.byte == -1 || theirs.byte == -1) return false;
        decoded_ = ours.byte != theirs.byte;
        bool as_written = false;
        mismatch const cause = encoding_of(ours, theirs, as_written);
        if (cause == mismatch::not_a_mismatch) return false;
        out_.cause = cause;
        bool const separator = !theirs.escaped && (theirs.byte == '=' || theirs.byte == '&');
        if (separator) return whole_query();
        show(mine_, other_, as_written);
        return true;
    }
    [[nodiscard]] static constexpr bool continues(text_character c) noexcept {
        return c.byte >> 6 == 2;
    } // UTF-8, 10xxxxxx

    [[nodiscard]] constexpr mismatch encoding_of(text_character ours, text_character theirs,
                                                 bool& as_written) const noexcept {
        if (ours.byte == theirs.byte) {
            if (ours.escaped != theirs.escaped) {
                if (theirs.escaped) return mismatch::not_encoded;
                if (theirs.byte == '&') return mismatch::not_a_mismatch;
                return theirs.byte == '=' ? mismatch::encoded_twice : mismatch::encoded_needlessly;
            }
            as_written = ours.size != theirs.size || !theirs.escaped;
            if (ours.size < theirs.size) return mismatch::not_encoded;
            if (ours.size > theirs.size) return mismatch::encoded_needlessly;
            return mismatch::lower_case_hex;
        }
        // Two names with different characters are two parameters.
        if (char_at_ < other_.value_begin) return mismatch::not_a_mismatch;
        bool const plus = (ours.byte == '+' && theirs.byte == ' ') || (ours.byte == ' ' && theirs.byte == '+');
        if (plus) return mismatch::plus_for_space;
        if (is_escape_of(ours_, ours, theirs) || is_escape_of(theirs_, theirs, ours)) return mismatch::encoded_twice;
        return mismatch::not_a_mismatch;
    }
    // Whether an escaped '%' and the two characters after it are the escape of `single`.
    [[nodiscard]] constexpr bool is_escape_of(reader const& text, text_character twice,
                                              text_character single) const noexcept {
        if (twice.byte != '%' || !twice.escaped || !single.escaped) return false;
        text_character const high = text.character(char_at_ + twice.size);
        text_character const low = text.character(char_at_ + twice.size + high.size);
        return reader::hex_of(high.byte) * 16 + reader::hex_of(low.byte) == static_cast<unsigned>(single.byte);
    }
    // The fault is in a '=' or '&' between names and values, so it concerns the whole query.
    [[nodiscard]] constexpr bool whole_query() noexcept {
        text_item first = theirs_.first();
        while (first.part != text_part::parameter) first = theirs_.after(first);
        out_.offset = char_at_ - first.name_begin;
        out_.name.append("query"sv);
        whole_query_ = true;
        // Shows only the name before the separator: the value before it may be a key id.
        auto const separator_only = [this](text_item item) {
            item.value_begin = char_at_ >= item.value_begin ? char_at_ : item.name_begin;
            item.value_end = item.value_begin + 16 < item.next ? item.value_begin + 16 : item.next;
            if (item.value_end > char_at_ + 5) item.value_end = char_at_ + 5;
            return item;
        };
        show_values(separator_only(mine_), separator_only(other_), true, false, false);
        return true;
    }
    [[nodiscard]] constexpr bool path_encoding() noexcept {
        bool const slash = ours_.sees(other_.value_begin, "/&"sv), lower = ours_.sees(other_.value_begin, "%2f&"sv);
        if ((!slash && !lower) || !theirs_.sees(other_.value_begin, "%2F&"sv)) return false;
        out_.cause = slash ? mismatch::not_encoded : mismatch::lower_case_hex;
        out_.name.append("path"sv);
        show_values(mine_, other_, true, false, false);
        return true;
    }

    constexpr void parts() noexcept {
        bool const same = mine_.part == other_.part && match().same_name(mine_, other_);
        if (same && (mine_.value_end > at_ || other_.value_end > at_)) return value();
        if (same) {
            mine_ = ours_.after(mine_);
            other_ = theirs_.after(other_);
        }
        out_.offset = 0;
        membership();
    }

    constexpr void value() noexcept {
        switch (mine_.part) {
        case text_part::method: return fault(mismatch::method, "method"sv);
        case text_part::path: return fault(mismatch::path, "path"sv);
        case text_part::signed_headers: return signed_headers();
        case text_part::payload_hash:
            if (theirs_.kind() == signed_kind::acs3) return fault(mismatch::value_changed, "canonical request"sv);
            return fault(mismatch::body_changed, "x-acs-content-sha256"sv);
        case text_part::header: out_.cause = mismatch::header_changed; break;
        default: out_.cause = is_damaged() ? mismatch::not_utf8 : mismatch::value_changed; break;
        }
        if (mine_.part != text_part::parameter) out_.offset = at_ - other_.value_begin;
        show(mine_, other_, false);
        std::string_view const name = out_.name.view();
        if (name == "x-acs-content-sha256"sv) out_.cause = mismatch::body_changed;
        if (name == "x-acs-date"sv || name == "Timestamp"sv || name == "TimeStamp"sv) out_.cause = mismatch::time;
    }
    RESTARTCASTER_ONCE constexpr void fault(mismatch cause, std::string_view name) noexcept {
        out_.cause = cause;
        out_.name.append(name);
        out_.offset = at_ > other_.value_begin ? at_ - other_.value_begin : 0;
        show_values(mine_, other_, true, false, false);
    }
    // The lists of names differ, and the headers do not.
    constexpr void signed_headers() noexcept {
        std::size_t const mine = mine_.value_end - mine_.value_begin, other = other_.value_end - other_.value_begin;
        fault(mine == other ? mismatch::order : mine < other ? mismatch::header_added : mismatch::header_missing,
              "SignedHeaders"sv);
    }

    // Whether the character at the difference is not UTF-8 on one side, or was replaced by U+FFFD.
    [[nodiscard]] constexpr bool is_damaged() const noexcept {
        char32_t const mine = code_at(ours_, mine_.value_end), other = code_at(theirs_, other_.value_end);
        return mine == bad || other == bad || (other == 0xFFFD && mine > 0x7F);
    }
    static constexpr char32_t bad = 0x110000;
    [[nodiscard]] constexpr char32_t code_at(reader const& text, std::size_t end) const noexcept {
        char bytes[4]{};
        std::size_t size = 0;
        for (std::size_t at = lead_at_; size != sizeof bytes && at < end;) {
            text_character const c = text.character(at);
            if (c.byte == -1) break; // unreached: rewritten
            bytes[size++] = static_cast<char>(c.byte);
            at += c.size;
        }
        char32_t code = 0;
        return size != 0 && utf8_character(bytes, size, code) == 0 ? bad : code;
    }

    // The names differ, or one text has no further part of this kind.
    constexpr void membership() noexcept {
        bool extra = mine_.part < other_.part; // ours has one more
        if (other_.part == text_part::none && mine_.part == other_.part) {
            if (at_ < theirs_.size())
                cut_here(); // theirs ends with a separator
            else
                fault(mismatch::value_changed, "end"sv); // ours does
            return;
        }
        if (mine_.part == other_.part) {
            bool const mine_is_there = part_match<Char>::is_in(theirs_, ours_, mine_),
                       other_is_here = part_match<Char>::is_in(ours_, theirs_, other_);
            if (mine_is_there && other_is_here) {
                return other_order();
            }
            extra = mine_is_there == other_is_here ? match().sorts_first(mine_, other_) : !mine_is_there;
        }
        text_item const& item = extra ? mine_ : other_;
        if (item.part == text_part::header)
            out_.cause = extra ? mismatch::header_missing : mismatch::header_added;
        else if (item.part == text_part::parameter)
            out_.cause = extra ? mismatch::parameter_missing : mismatch::parameter_added;
        else
            return fault(item.part == text_part::payload_hash ? mismatch::body_changed : mismatch::value_changed,
                         "end"sv);
        text_item const nothing{};
        if (extra)
            show(item, nothing, false);
        else
            show(nothing, item, false);
    }
    // Shows both names as values.
    constexpr void other_order() noexcept {
        out_.cause = mismatch::order;
        put_name(ours_, mine_);
        auto const name_only = [](text_item item) {
            item.value_begin = item.name_begin;
            item.value_end = item.name_end;
            return item;
        };
        show_values(name_only(mine_), name_only(other_), false, false, false);
    }
    // Puts the name and both values into the explanation.
    RESTARTCASTER_ONCE constexpr void show(text_item const& mine, text_item const& other, bool as_written) noexcept {
        if (other.part == text_part::none)
            put_name(ours_, mine);
        else
            put_name(theirs_, other);
        std::string_view const name = out_.name.view();
        show_values(mine, other, as_written, is_secret_name(name), name == "AccessKeyId"sv);
    }
    constexpr void put_name(reader const& text, text_item const& item) noexcept {
        for (std::size_t at = item.name_begin; at < item.name_end;) {
            text_character const c = text.in_part(item, at);
            if (c.byte == -1) break; // unreached: rewritten
            out_.name.push(is_graphic(static_cast<char>(c.byte)) ? static_cast<char>(c.byte) : '?');
            at += c.size;
        }
    }
    RESTARTCASTER_ONCE constexpr void show_values(text_item const& mine, text_item const& other, bool as_written,
                                                  bool secret, bool key_id) noexcept {
        std::size_t const place = decoded_ ? char_at_ : at_;
        value_excerpt<Char> const ours(ours_, mine, place, as_written), theirs(theirs_, other, place, as_written);
        bool const hash = mine.part == text_part::payload_hash || out_.name.view() == "x-acs-content-sha256"sv;
        out_.left_out = secret || key_id || (!hash && (ours.secret() || theirs.secret()));
        if (!out_.left_out) {
            if (mine.part != text_part::none) ours.put(out_.ours, out_.ours_mark, out_.ours_byte);
            if (other.part != text_part::none) theirs.put(out_.theirs, out_.theirs_mark, out_.theirs_byte);
            if (mine.part == text_part::parameter && other.part == mine.part && decoded_) {
                out_.ours_byte = decoded(ours_, mine);
                out_.theirs_byte = decoded(theirs_, other);
            }
            return;
        }
        if (mine.part != text_part::none) leave_out(out_.ours, ours, key_id);
        if (other.part != text_part::none) leave_out(out_.theirs, theirs, key_id);
    }
    // The byte that the character at the difference stands for; -1 where the value has ended.
    [[nodiscard]] constexpr std::int16_t decoded(reader const& text, text_item const& item) const noexcept {
        return static_cast<std::int16_t>(char_at_ < item.value_end ? text.character(char_at_).byte : -1);
    }
    static constexpr void leave_out(short_text<explanation::shown>& to, value_excerpt<Char> const& value,
                                    bool key_id) noexcept {
        if (key_id)
            value.put_short(to);
        else
            to.append("[...]"sv);
    }

    reader ours_;
    reader theirs_;
    std::size_t at_;
    bool cut_short_;
    text_item mine_ = {};
    text_item other_ = {};
    // The character at the difference, and the first byte of its UTF-8 sequence.
    std::size_t char_at_ = 0;
    std::size_t lead_at_ = 0;
    // Whether the two characters stand for different bytes.
    bool decoded_ = false;
    // Whether the fault concerns the whole query, so that its parts cannot be counted.
    bool whole_query_ = false;
    explanation out_ = {};
};

}}} // namespace restartcaster::detail

#endif
