// SPDX-License-Identifier: MIT
// Finds the texts that the service prints when it refuses a signature: its string to sign, its canonical request.
// Source: protocol 4.3; messages of the vendor's gateways, in their spellings.
// Data flow: a message, an answer in JSON or XML, or a log with it in; views of the two texts out.
#ifndef RESTARTCASTER_EXPLAIN_SERVICE_TEXT_HPP
#define RESTARTCASTER_EXPLAIN_SERVICE_TEXT_HPP
#pragma once

#include "../read/json.hpp"
#include "../read/xml.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The texts of the service in a refusal.
/// Storage: views into the message or the answer.
struct service_text {
    /// The string to sign of version 1.0, or the two lines of ACS3; empty if the refusal has none.
    std::string_view string_to_sign = {};
    /// The canonical request of ACS3; empty if the refusal has none.
    std::string_view canonical_request = {};
    /// Whether the answer ends inside the last of the texts.
    bool cut = false;

    /// Whether there is any text of the service.
    [[nodiscard]] constexpr bool found() const noexcept { return !string_to_sign.empty() || !canonical_request.empty(); }
};

namespace detail {

/// The offset of `word` in a text from `from` on, without regard to the case of letters; npos if it is not there.
template <class Text>
[[nodiscard]] RESTARTCASTER_ONCE constexpr std::size_t find_ignoring_case(Text text, std::string_view word, std::size_t from = 0) noexcept {
    for (std::size_t at = from; at + word.size() <= text.size(); ++at)
        if (ascii_lower(text[at]) == ascii_lower(word[0]) && equal_ignoring_case(part(text, at, word.size()), word)) return at;
    return Text::npos;
}

/// The place of a text of the service: where its announcement begins, and where the text begins.
struct announced_text {
    static constexpr std::size_t nowhere = std::string_view::npos;
    std::size_t mark = nowhere;
    std::size_t begin = nowhere;
    bool canonical = false;
};

/// The first announcement from `from` on. The gateways write "server string to sign is:...", "server StringToSign is [...]",
/// "server CanonicalRequest is [...]", and an element StringToSign.
template <class Text>
[[nodiscard]] RESTARTCASTER_ONCE constexpr announced_text find_announced(Text text, std::size_t from) noexcept {
    struct spelling_of {
        std::string_view words;
        bool canonical;
    };
    constexpr spelling_of spellings[] = {{"string to sign is"sv, false},
                                         {"stringtosign is"sv, false},
                                         {"canonical request is"sv, true},
                                         {"canonicalrequest is"sv, true},
                                         {"<stringtosign>"sv, false},
                                         {"<canonicalrequest>"sv, true}};
    announced_text first;
    for (spelling_of const& one : spellings) {
        std::size_t const at = find_ignoring_case(text, one.words, from);
        if (at < first.mark) first = {at, at + one.words.size(), one.canonical};
    }
    if (first.mark == announced_text::nowhere) return first;
    constexpr std::string_view server = "server "sv;
    if (first.mark >= from + server.size() && equal_ignoring_case(part(text, first.mark - server.size(), server.size()), server))
        first.mark -= server.size();
    return first;
}

/// Takes the texts of the service out of a message, whose escapes are decoded.
template <class Text>
class service_text_reader {
public:
    constexpr explicit service_text_reader(Text message, bool message_cut) noexcept : message_(message), cut_(message_cut) {}

    [[nodiscard]] constexpr service_text read_text() noexcept {
        for (announced_text one = find_announced(message_, 0); one.mark != announced_text::nowhere;) {
            announced_text const next = find_announced(message_, one.begin);
            take(one, next.mark == announced_text::nowhere ? message_.size() : next.mark, next.mark == announced_text::nowhere);
            one = next;
        }
        return out_;
    }

private:
    constexpr void take(announced_text const& one, std::size_t end, bool last) noexcept {
        std::size_t begin = one.begin;
        if (begin < end && message_[begin] == ':') ++begin;
        while (begin < end && message_[begin] == ' ') ++begin;
        bool cut = last && cut_;
        if (begin < end && message_[begin] == '[') {
            // The last bracket, because a host may be an IPv6 address in brackets.
            std::size_t closing = end;
            while (closing != begin && message_[closing - 1] != ']') --closing;
            cut = closing == begin;
            ++begin;
            if (!cut) end = closing - 1;
        } else {
            end = tag_or(begin, end);
            while (end != begin && is_blank(message_[end - 1])) --end;
        }
        (one.canonical ? out_.canonical_request : out_.string_to_sign) = part(message_, begin, end - begin);
        out_.cut = cut;
    }
    // The texts contain no '<'; it begins the end tag of an element.
    [[nodiscard]] constexpr std::size_t tag_or(std::size_t begin, std::size_t end) const noexcept {
        for (; begin != end; ++begin)
            if (message_[begin] == '<') return begin;
        return end;
    }

    Text message_;
    bool cut_;
    service_text out_ = {};
};

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
        if (cut) end = without_half_an_escape(all, begin, end);
        std::size_t size = end - begin;
        Char* const text = answer_.data() + begin;
        if (how_ == wrapping::json || how_ == wrapping::json_in_json) size = decode_json(text_at(text, size), text);
        if (how_ == wrapping::json_in_json) size = decode_json(text_at(text, size), text);
        if (how_ == wrapping::xml) size = decode(text, text + size, text, '&', read_xml_reference<Char>);
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
        if (all.size() - at > 14 && (find_ignoring_case(part(all, at, 14), "<stringtosign>"sv) == 0)) how_ = wrapping::xml;
        return at;
    }
    [[nodiscard]] constexpr std::size_t finish(std::string_view all, std::size_t at) const noexcept {
        if (how_ == wrapping::plain) return all.size();
        for (; at != all.size(); ++at) {
            if (how_ == wrapping::cdata ? part(all, at, 3) == "]]>"sv : how_ == wrapping::xml && ends_element(all, at)) return at;
            if (how_ == wrapping::json_in_json && all[at] == '\\' && part(all, at + 1, 1) == text_at(&quote_, 1)) return at;
            if (how_ != wrapping::json && how_ != wrapping::json_in_json) continue;
            if (all[at] == quote_) return at;
            if (all[at] == '\\' && at + 1 != all.size()) ++at;
        }
        return at;
    }
    // An element of a text of the service inside an error is part of the message.
    [[nodiscard]] static constexpr bool ends_element(std::string_view all, std::size_t at) noexcept {
        if (all[at] != '<') return false;
        std::string_view const rest = part(all, at + 1);
        return find_ignoring_case(part(rest, 0, 17), "stringtosign>"sv) != 0 &&
               find_ignoring_case(part(rest, 0, 17), "canonicalrequest>"sv) != 0;
    }
    // An answer that ends in an escape ends before it.
    [[nodiscard]] constexpr std::size_t without_half_an_escape(std::string_view all, std::size_t begin, std::size_t end) const noexcept {
        constexpr std::size_t longest = 12; // a surrogate pair
        bool const json = how_ == wrapping::json || how_ == wrapping::json_in_json;
        Char bytes[4] = {};
        for (std::size_t at = end - begin < longest ? begin : end - longest; at < end;) {
            if (all[at] != (json ? '\\' : '&') || how_ == wrapping::cdata) {
                ++at;
                continue;
            }
            Char const* next = all.data() + at;
            std::size_t const size = json ? decode_character<Char>(next, all.data() + end, bytes, '\\', read_json_escape<Char>)
                                          : decode_character<Char>(next, all.data() + end, bytes, '&', read_xml_reference<Char>);
            if (size == 1 && bytes[0] == all[at] && next == all.data() + at + 1) return at; // not decoded
            at = static_cast<std::size_t>(next - all.data());
        }
        return end;
    }
    // A string to sign of version 1.0 has one line, one of ACS3 two. What follows belongs to the log.
    static constexpr void end_line(std::string_view& text) noexcept {
        if (part(text, 0, 5) == "ACS3-"sv) return end_after(text, 2);
        end_after(text, 1);
    }
    static constexpr void end_after(std::string_view& text, unsigned line_count) noexcept {
        for (std::size_t i = 0; i != text.size(); ++i)
            if (text[i] == '\n' && --line_count == 0) {
                text = part(text, 0, i != 0 && text[i - 1] == '\r' ? i - 1 : i);
                return;
            }
    }

    std::span<Char> answer_;
    wrapping how_ = wrapping::plain;
    char quote_ = '"';
};

} // namespace detail

/// The texts of the service in a message whose escapes are decoded, such as error::message.
[[nodiscard]] constexpr service_text service_text_of(std::string_view message) noexcept {
    return detail::service_text_reader<std::string_view>(message, false).read_text();
}
/// The texts of the service in a whole answer, JSON or XML, complete or not, or in a log that contains an answer. The first
/// refusal is read; its escapes are decoded in place.
template <class Char>
[[nodiscard]] constexpr service_text service_text_in(std::span<Char> answer) noexcept
    requires(!std::is_const_v<Char>)
{
    return detail::wrapped_message<Char>(answer).read_text();
}

}} // namespace restartcaster

#endif
