// SPDX-License-Identifier: MIT
// Finds the texts that the service prints in the message of a refusal: its string to sign, its canonical request.
// Source: protocol 4.3; messages of the vendor's gateways, in their spellings.
// Data flow: a message whose escapes are decoded in; views of the two texts out.
#ifndef RESTARTCASTER_EXPLAIN_SERVICE_TEXT_HPP
#define RESTARTCASTER_EXPLAIN_SERVICE_TEXT_HPP
#pragma once

#include "../core/foreign_text.hpp"
#include "../encode/percent.hpp"

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
    [[nodiscard]] constexpr bool found() const noexcept {
        return !string_to_sign.empty() || !canonical_request.empty();
    }
};

namespace detail {

/// The offset of `word` in a text from `from` on, without regard to the case of letters; npos if it is not there.
template <class Text>
[[nodiscard]] RESTARTCASTER_ONCE constexpr std::size_t find_ignoring_case(Text text, std::string_view word,
                                                                          std::size_t from = 0) noexcept {
    for (std::size_t at = from; at + word.size() <= text.size(); ++at)
        if (ascii_lower(text[at]) == ascii_lower(word[0]) && equal_ignoring_case(part(text, at, word.size()), word))
            return at;
    return Text::npos;
}

/// The place of a text of the service: where its announcement begins, and where the text begins.
struct announced_text {
    static constexpr std::size_t nowhere = std::string_view::npos;
    std::size_t mark = nowhere;
    std::size_t begin = nowhere;
    bool canonical = false;
};

/// The first announcement from `from` on. The gateways write "server string to sign is:...", "server StringToSign is
/// [...]", "server CanonicalRequest is [...]", and an element StringToSign.
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
    if (first.mark >= from + server.size() &&
        equal_ignoring_case(part(text, first.mark - server.size(), server.size()), server))
        first.mark -= server.size();
    return first;
}

/// The number of bytes at the begin of a text that are a text of the service; what follows is not, such as the request
/// id that many clients append. 0 if the text has another form, or ends before its form does.
template <class Text>
[[nodiscard]] constexpr std::size_t size_by_form(Text text) noexcept {
    auto const run = [text](std::size_t at, auto belongs) {
        while (at != text.size() && belongs(text[at])) ++at;
        return at;
    };
    auto const line_end = [run](std::size_t at) { return run(at, [](char c) { return c != '\n'; }); };
    auto const is_hex = [](char c) { return hex_value(c) < 16; };
    std::size_t at = run(0, [](char c) { return letter_kind_of(c) != letter_kind::none; });
    if (at == 0 || at == text.size()) return 0;
    // Version 1.0: everything behind the method is percent-encoded.
    if (text[at] == '&') return run(at, [](char c) { return is_unreserved(c) || c == '%' || c == '&'; });
    // ACS3: the name of the algorithm and a hash in hexadecimal.
    if (part(text, 0, 5) == "ACS3-"sv) {
        at = line_end(at);
        return at == text.size() ? 0 : run(at + 1, is_hex);
    }
    // A canonical request: method, path and query, the headers and an empty line, the names of the headers, a hash.
    if (text[at] != '\n') return 0;
    for (unsigned line = 0; line != 2 && at != text.size(); ++line) at = line_end(at + 1);
    while (at < text.size() && part(text, at, 2) != "\n\n"sv) at = line_end(at + 1);
    if (at == text.size()) return 0;
    at = line_end(at + 2);
    return at == text.size() ? 0 : run(at + 1, is_hex);
}

/// Takes the texts of the service out of a message, whose escapes are decoded.
template <class Text>
class service_text_reader {
public:
    constexpr explicit service_text_reader(Text message, bool message_cut) noexcept
        : message_(message), cut_(message_cut) {}

    [[nodiscard]] constexpr service_text read_text() noexcept {
        for (announced_text one = find_announced(message_, 0); one.mark != announced_text::nowhere && !done_;) {
            announced_text const next = find_announced(message_, one.begin);
            take(one, next.mark == announced_text::nowhere ? message_.size() : next.mark,
                 next.mark == announced_text::nowhere);
            one = next;
        }
        return out_;
    }

private:
    constexpr void take(announced_text const& one, std::size_t end, bool last) noexcept {
        std::string_view& to = one.canonical ? out_.canonical_request : out_.string_to_sign;
        if (!to.empty()) { // a second refusal begins
            done_ = true;
            return;
        }
        std::size_t begin = one.begin;
        if (begin < end && message_[begin] == ':') ++begin;
        while (begin < end && message_[begin] == ' ') ++begin;
        bool const bracket = begin < end && message_[begin] == '[';
        if (bracket) ++begin;
        bool cut = last && cut_;
        std::size_t const own_end = begin + size_by_form(part(message_, begin, end - begin));
        if (own_end != begin) {
            cut = is_cut_mark(part(message_, own_end, end - own_end)) || (own_end == end && (bracket || cut));
            end = own_end;
        } else if (bracket) {
            // The last bracket, because a host may be an IPv6 address in brackets.
            std::size_t closing = end;
            while (closing != begin && message_[closing - 1] != ']') --closing;
            cut = closing == begin;
            if (!cut) end = closing - 1;
        } else {
            end = tag_or(begin, end);
            while (end != begin && is_blank(message_[end - 1])) --end;
        }
        to = part(message_, begin, end - begin);
        out_.cut = cut;
    }
    [[nodiscard]] static constexpr bool is_cut_mark(Text rest) noexcept {
        return part(rest, 0, 3) == "\xE2\x80\xA6"sv || part(rest, 0, 3) == "[tr"sv;
    }
    // The texts contain no '<'; it begins the end tag of an element.
    [[nodiscard]] constexpr std::size_t tag_or(std::size_t begin, std::size_t end) const noexcept {
        for (; begin != end; ++begin)
            if (message_[begin] == '<') return begin;
        return end;
    }

    Text message_;
    bool cut_;
    bool done_ = false;
    service_text out_ = {};
};

} // namespace detail

/// The texts of the service in a message whose escapes are decoded, such as error::message.
[[nodiscard]] constexpr service_text service_text_of(std::string_view message) noexcept {
    return detail::service_text_reader<std::string_view>(message, false).read_text();
}

}} // namespace restartcaster

#endif
