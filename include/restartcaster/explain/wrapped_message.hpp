// SPDX-License-Identifier: MIT
// Finds the texts of the service in a whole answer, JSON or XML, complete or not, or in a log that contains it.
// Source: protocol 4.3; RFC 8259 section 7, XML 1.0 section 4.6 (escapes).
// Data flow: bytes of an answer or a log in; their escapes are decoded in place; views of the two texts out.
#ifndef RESTARTCASTER_EXPLAIN_WRAPPED_MESSAGE_HPP
#define RESTARTCASTER_EXPLAIN_WRAPPED_MESSAGE_HPP
#pragma once

#include "../read/json.hpp"
#include "../read/xml.hpp"
#include "service_text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// The surroundings of a message in an answer or a log.
enum class wrapping : std::uint8_t { plain, json, json_in_json, xml, cdata };

/// The message in an answer, and what ends it.
template <class Char>
class wrapped_message {
public:
    constexpr explicit wrapped_message(std::span<Char> answer) noexcept : answer_(answer) {}

    [[nodiscard]] constexpr service_text read_text() noexcept {
        std::string_view const all = text_at(answer_.data(), answer_.size());
        announced_text const first = find_announced(all, 0);
        if (first.mark == announced_text::nowhere) return {};
        std::size_t const begin = start(all, first.mark);
        std::size_t end = finish(all, begin);
        bool const cut = how_ != wrapping::plain && end == all.size();
        if (cut) end = without_half_an_escape(all, end);
        std::size_t size = end - begin;
        Char* const text = answer_.data() + begin;
        if (how_ == wrapping::json || how_ == wrapping::json_in_json) size = decode_json(text_at(text, size), text);
        if (how_ == wrapping::json_in_json) size = decode_json(text_at(text, size), text);
        if (how_ == wrapping::xml) size = decode(text, text + size, text, '&', read_xml_reference<Char>);
        size = without_cr(text, without_more_escapes(text, size));
        service_text out = service_text_reader<std::string_view>(text_at(text, size), cut).read_text();
        std::size_t const before = out.string_to_sign.size();
        end_line(out.string_to_sign);
        out.cut = out.cut && before == out.string_to_sign.size();
        return out;
    }

private:
    [[nodiscard]] static constexpr bool is_solid_name(char c) noexcept {
        return is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
    }
    // Looks back from the announcement for the quotation mark, tag or line end before the message.
    [[nodiscard]] constexpr std::size_t start(std::string_view all, std::size_t at) noexcept {
        for (; at != 0 && all[at - 1] != '\n'; --at) {
            char const before = all[at - 1];
            if (before == '"' || before == '\'') {
                quote_ = before;
                how_ = at > 1 && all[at - 2] == '\\' ? wrapping::json_in_json : wrapping::json;
                return at;
            }
            if (before == '>' && at > 1 && is_solid_name(all[at - 2])) { // the end of a tag, not of an arrow
                how_ = wrapping::xml;
                return at;
            }
            constexpr std::string_view cdata = "<![CDATA["sv;
            if (before == '[' && at >= cdata.size() && part(all, at - cdata.size(), cdata.size()) == cdata) {
                how_ = wrapping::cdata;
                return at;
            }
        }
        if (all.size() - at > 14 && (find_ignoring_case(part(all, at, 14), "<stringtosign>"sv) == 0))
            how_ = wrapping::xml;
        return at;
    }
    [[nodiscard]] constexpr std::size_t finish(std::string_view all, std::size_t at) const noexcept {
        if (how_ == wrapping::plain) return all.size();
        for (; at != all.size(); ++at) {
            if (how_ == wrapping::cdata ? part(all, at, 3) == "]]>"sv : how_ == wrapping::xml && ends_element(all, at))
                return at;
            if (how_ == wrapping::json_in_json && all[at] == '\\' && part(all, at + 1, 1) == text_at(&quote_, 1))
                return at;
            if (how_ != wrapping::json && how_ != wrapping::json_in_json) continue;
            if (all[at] == quote_) return at;
            if (all[at] == '\\' && at + 1 != all.size()) ++at;
        }
        return at;
    }
    // The tags of an element of a text of the service inside an error are part of the message.
    [[nodiscard]] static constexpr bool ends_element(std::string_view all, std::size_t at) noexcept {
        if (all[at] != '<') return false;
        std::string_view const rest = part(all, part(all, at + 1, 1) == "/"sv ? at + 2 : at + 1);
        return find_ignoring_case(part(rest, 0, 17), "stringtosign>"sv) != 0 &&
               find_ignoring_case(part(rest, 0, 17), "canonicalrequest>"sv) != 0;
    }
    // An answer that ends in an escape ends before it.
    [[nodiscard]] constexpr std::size_t without_half_an_escape(std::string_view all, std::size_t end) const noexcept {
        constexpr std::size_t longest = 12; // a surrogate pair; an announcement is longer
        bool const json = how_ == wrapping::json || how_ == wrapping::json_in_json;
        Char bytes[4] = {};
        for (std::size_t at = end - longest; at < end;) {
            if (all[at] != (json ? '\\' : '&') || how_ == wrapping::cdata) {
                ++at;
                continue;
            }
            Char const* next = all.data() + at;
            std::size_t const size =
                json ? decode_character<Char>(next, all.data() + end, bytes, '\\', read_json_escape<Char>)
                     : decode_character<Char>(next, all.data() + end, bytes, '&', read_xml_reference<Char>);
            if (size == 1 && bytes[0] == all[at] && next == all.data() + at + 1) return at; // not decoded
            at = static_cast<std::size_t>(next - all.data());
        }
        return end;
    }
    // Logs and web pages may have escaped an answer once more; a signed text has neither "&amp;" nor a backslash.
    [[nodiscard]] static constexpr std::size_t without_more_escapes(Char* text, std::size_t size) noexcept {
        constexpr unsigned most_layers = 3;
        for (unsigned i = 0; i != most_layers; ++i) {
            std::string_view const all = text_at(text, size);
            if (find_ignoring_case(all, "&amp;"sv) != all.npos)
                size = decode(text, text + size, text, '&', read_xml_reference<Char>);
            else if (all.find("\\n"sv) != all.npos || all.find("\\u0026"sv) != all.npos)
                size = decode_json(all, text);
            else
                break;
        }
        return size;
    }
    // Windows ends lines with CR LF, those of a signed text too.
    [[nodiscard]] static constexpr std::size_t without_cr(Char* text, std::size_t size) noexcept {
        std::size_t kept = 0;
        for (std::size_t i = 0; i != size; ++i)
            if (text[i] != '\r' || i + 1 == size || text[i + 1] != '\n') text[kept++] = text[i];
        return kept;
    }
    // Other signed texts than those of the two schemes: the first line.
    static constexpr void end_line(std::string_view& text) noexcept {
        if (size_by_form(text) != 0 || part(text, 0, 5) == "ACS3-"sv) return;
        std::size_t const end = text.find('\n');
        if (end != std::string_view::npos) text = part(text, 0, end);
    }

    std::span<Char> answer_;
    wrapping how_ = wrapping::plain;
    char quote_ = '"';
};

} // namespace detail

/// The texts of the service in a whole answer, JSON or XML, complete or not, or in a log that contains an answer. The
/// first refusal is read; its escapes are decoded in place.
template <class Char>
[[nodiscard]] constexpr service_text service_text_in(std::span<Char> answer) noexcept
    requires(!std::is_const_v<Char>)
{
    return detail::wrapped_message<Char>(answer).read_text();
}


}} // namespace restartcaster

#endif
