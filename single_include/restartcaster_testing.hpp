// SPDX-License-Identifier: MIT
// Everything for tests of programs that use the library: the gateway, and smaller doubles of a transport.
// Source: docs/how-to/test-your-code.md.
// Data flow: included by test programs only, beside restartcaster.hpp.
//
// Version 0.1.0 in one file, written by tools/amalgamate: change the sources, not this.
//
// MIT License
//
// Copyright (c) 2026 The restartcaster authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#ifndef RESTARTCASTER_TESTING_HPP
#define RESTARTCASTER_TESTING_HPP

#include "restartcaster.hpp"
#include <concepts>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <span>

// ---- restartcaster/encode/percent_decode.hpp
// Percent-decoding, for programs that receive requests: servers, tests, log readers.
// Source: RFC 3986 section 2.1; the HTML standard, "application/x-www-form-urlencoded", for the plus sign.
// Data flow: a name or a value from a query or a form in, its bytes out.
#ifndef RESTARTCASTER_ENCODE_PERCENT_DECODE_HPP
#define RESTARTCASTER_ENCODE_PERCENT_DECODE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What a '+' means: itself, as in RFC 3986, or a space, as in a form and in a query that a form made.
enum class plus_sign : std::uint8_t { itself, space };

/// Decodes a text into `to`: "%XX" becomes the byte with that hexadecimal number, every other byte stays as it is. The result
/// may be any bytes, also NUL and bytes that are not UTF-8.
/// Storage: the result is at the start of `to`, which may be the bytes of `text` itself: decoding never makes text longer.
/// Errors: unexpected_byte if a '%' has no two hexadecimal digits after it (detail: the byte offset of the '%');
///   storage_too_small (detail: bytes needed).
[[nodiscard]] constexpr result<std::string_view> percent_decode(std::string_view text, std::span<char> to,
                                                                plus_sign plus = plus_sign::itself) noexcept {
    std::size_t size = 0;
    for (std::size_t at = 0; at != text.size(); ++at, ++size) {
        char byte = text[at];
        if (byte == '+' && plus == plus_sign::space) byte = ' ';
        if (byte == '%') {
            unsigned const high = text.size() - at > 2 ? detail::hex_value(text[at + 1]) : 16;
            unsigned const low = high != 16 ? detail::hex_value(text[at + 2]) : 16;
            if (low == 16)
                return unexpected(failure{.code = errc::unexpected_byte, .subject = "percent-encoding"sv, .detail = at});
            byte = static_cast<char>(static_cast<unsigned char>(high << 4 | low));
            at += 2;
        }
        if (size < to.size()) to[size] = byte;
    }
    if (size > to.size())
        return unexpected(failure{.code = errc::storage_too_small, .subject = "percent-encoding"sv, .detail = size});
    return detail::text_at(to.data(), size);
}

}} // namespace restartcaster

#endif

// ---- restartcaster/testing/report.hpp
// How the doubles of this folder make a test fail, whatever the test framework is.
// Source: docs/how-to/test-your-code.md, "Test frameworks".
// Data flow: a sentence in; the handler of the test program takes the sentence to its framework.
#ifndef RESTARTCASTER_TESTING_REPORT_HPP
#define RESTARTCASTER_TESTING_REPORT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace testing {

/// Takes the text of a failed expectation, which ends with a NUL byte and is valid during the call only.
using failure_handler = void (*)(char const* text);

/// Called for every failed expectation of this folder. At first: prints the text to standard output and ends the program, as
/// assert does. A test program sets the handler once, for example to `[](char const* text) { FAIL_CHECK(text); }` in Catch2
/// and doctest, `[](char const* text) { ADD_FAILURE() << text; }` in GoogleTest, or
/// `[](char const* text) { TEST_MESSAGE(text); Unity.CurrentTestFailed = 1; }` in Unity. The handler must return: transports are
/// noexcept, and a longjmp, as in TEST_FAIL_MESSAGE of Unity, skips destructors.
// unreached: ends_program
inline failure_handler on_failure = [](char const* text) {
    (std::puts)(text); // in parentheses: some platforms define a macro of this name
    std::fflush(nullptr);
    std::abort();
};

}

namespace detail {

/// A text of at most 511 bytes for people; a longer text is cut and ends with three dots.
class test_sentence {
public:
    void append(std::string_view text) noexcept {
        for (char const c : text) {
            if (size_ == most) return cut();
            // A sentence is one line: a parameter of a request may have any bytes.
            bytes_[size_++] = static_cast<unsigned char>(c) < ' ' || c == '\x7F' ? '?' : c;
        }
    }
    template <class... Texts>
    explicit test_sentence(Texts... texts) noexcept {
        (add(texts), ...);
    }
    void add(std::string_view text) noexcept { append(text); }
    void add(std::size_t number) noexcept { append(decimal(number).view()); }

    [[nodiscard]] char const* c_str() noexcept {
        bytes_[size_] = '\0';
        return bytes_;
    }

private:
    static constexpr std::size_t most = 511;

    void cut() noexcept {
        for (std::size_t at = most - 3; at != most; ++at) bytes_[at] = '.';
    }

    std::size_t size_ = 0;
    char bytes_[most + 1] = {};
};

template <class... Texts>
void report_failure(Texts... texts) noexcept {
    testing::on_failure(test_sentence(texts...).c_str());
}

} // namespace detail

}} // namespace restartcaster

#endif

// ---- restartcaster/testing/answer_headers.hpp
// The header fields of an answer: an HTTP date, and fields that a planned fault can replace or remove.
// Source: RFC 9110 sections 5.6.7 (dates) and 5.5 (fields).
// Data flow: names and values in, lines "Name: value" CRLF out.
#ifndef RESTARTCASTER_TESTING_ANSWER_HEADERS_HPP
#define RESTARTCASTER_TESTING_ANSWER_HEADERS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// The time of milliseconds since 1970, as far as a date of four digits can show it: the years 1970 to 9999.
[[nodiscard]] inline std::int64_t shown_seconds(std::int64_t utc_ms) noexcept {
    return utc_ms < 0 ? 0 : utc_ms / 1000 > utc_time::last ? utc_time::last : utc_ms / 1000;
}

/// An HTTP date, e.g. "Sun, 22 Nov 2026 17:36:19 GMT".
class http_date_text {
public:
    explicit http_date_text(std::int64_t utc_seconds) noexcept {
        constexpr std::string_view days = "ThuFriSatSunMonTueWed"sv, months = "JanFebMarAprMayJunJulAugSepOctNovDec"sv;
        auto const stamp = utc_time(utc_seconds).text();
        std::string_view const iso = text_at(stamp.data(), stamp.size());
        auto const month = static_cast<std::size_t>((iso[5] - '0') * 10 + iso[6] - '1');
        buffer_sink out(bytes_);
        for (std::string_view const each : {part(days, static_cast<std::size_t>(utc_seconds / 86400 % 7) * 3, 3), ", "sv,
                                            part(iso, 8, 2), " "sv, part(months, month * 3, 3), " "sv, part(iso, 0, 4), " "sv,
                                            part(iso, 11, 8), " GMT"sv})
            out.append(each);
    }
    [[nodiscard]] std::string_view view() const noexcept { return text_at(bytes_, sizeof bytes_); }

private:
    char bytes_[29];
};

/// Collects header fields; a field that is set again replaces the earlier one.
class header_writer {
public:
    void set(std::string_view name, std::string_view value) noexcept {
        remove(name);
        if (size_ + name.size() + value.size() + 4 > sizeof bytes_)
            return report_failure("restartcaster: the header fields of an answer are longer than 2048 bytes"sv);
        for (std::string_view const each : {name, ": "sv, value, "\r\n"sv}) {
            copy_bytes(bytes_ + size_, each.data(), each.size());
            size_ += each.size();
        }
    }
    void remove(std::string_view name) noexcept {
        for (std::size_t at = 0; at != size_;) {
            std::string_view const rest = text_at(bytes_ + at, size_ - at);
            std::size_t const size = rest.find('\n') + 1;
            if (!equal_ignoring_case(part(rest, 0, rest.find(':')), name)) {
                at += size;
                continue;
            }
            for (std::size_t i = at; i + size != size_; ++i) bytes_[i] = bytes_[i + size];
            size_ -= size;
        }
    }
    void start_anew() noexcept { size_ = 0; }
    [[nodiscard]] std::string_view text() const noexcept { return text_at(bytes_, size_); }

private:
    std::size_t size_ = 0;
    char bytes_[2048] = {};
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/testing/arrived_request.hpp
// A request as a server has it: text that arrived, decoded parameters, no trust in any of it.
// Source: RFC 9110 section 5 (fields); RFC 3986 section 3.4 (query); the HTML standard (forms).
// Data flow: the bytes of a request in; header fields and a table of decoded parameters out.
#ifndef RESTARTCASTER_TESTING_ARRIVED_REQUEST_HPP
#define RESTARTCASTER_TESTING_ARRIVED_REQUEST_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace testing {

/// A text of a request that may be absent; an absent text is empty.
struct sent_text {
    /// The text.
    std::string_view text = {};
    /// Whether the request has it.
    bool sent = false;
};

/// A request as it arrived at a server.
/// Storage: views of the server's bytes.
struct arrived_request {
    /// The method, and the target of the request line: a path with or without a query.
    std::string_view method;
    std::string_view target;
    /// The header fields, as lines "Name: value" CRLF.
    std::string_view headers;
    /// The body.
    std::string_view body = {};
    /// The value of Host, if it is not one of the lines in `headers`.
    std::string_view host = {};

    /// The part of the target before the first '?'.
    [[nodiscard]] std::string_view path() const noexcept {
        return detail::part(target, 0, target.find('?'));
    }
    /// The part of the target after the first '?'.
    [[nodiscard]] std::string_view query() const noexcept {
        auto const mark = target.find('?');
        return mark == target.npos ? std::string_view() : detail::part(target, mark + 1);
    }

    /// Calls visit(name, value) for each header field; blanks around the value are removed.
    template <class Visit>
    void each_header(Visit const& visit) const {
        if (!host.empty()) visit(std::string_view("host"), host);
        for (std::string_view rest = headers; !rest.empty();) {
            auto const end = rest.find('\n');
            std::string_view line = detail::part(rest, 0, end);
            rest = end == rest.npos ? std::string_view() : detail::part(rest, end + 1);
            auto const colon = line.find(':');
            if (colon == line.npos) continue;
            std::string_view value = detail::part(line, colon + 1);
            while (!value.empty() && is_blank_around(value.front())) value.remove_prefix(1);
            while (!value.empty() && is_blank_around(value.back())) value.remove_suffix(1);
            visit(detail::part(line, 0, colon), value);
        }
    }

    /// The first header field with this name, in any case of its letters.
    [[nodiscard]] sent_text header(std::string_view name) const noexcept {
        sent_text found;
        each_header([&](std::string_view given, std::string_view value) {
            if (!found.sent && detail::equal_ignoring_case(given, name)) found = {value, true};
        });
        return found;
    }

private:
    [[nodiscard]] static bool is_blank_around(char c) noexcept { return c == ' ' || c == '\t' || c == '\r'; }
};

}

namespace detail {

/// A decoded parameter.
struct arrived_parameter {
    std::string_view name, value;
};

/// Why parameters cannot be used.
enum class parameter_fault : std::uint8_t { none, not_decodable, too_many, too_long };

/// The decoded parameters of one request, in the order of the wire until they are sorted.
/// Storage: names and values are in the bytes given to the constructor.
class arrived_parameters {
public:
    arrived_parameters(std::span<arrived_parameter> table, std::span<char> bytes) noexcept : table_(table), bytes_(bytes) {}

    /// Decodes the pairs of a query or a form and adds them; the first fault stays.
    void add_pairs(std::string_view text) noexcept {
        while (!text.empty() && fault_ == parameter_fault::none) {
            auto const end = text.find('&');
            std::string_view const pair = part(text, 0, end);
            text = end == text.npos ? std::string_view() : part(text, end + 1);
            if (pair.empty()) continue;
            auto const equals = pair.find('=');
            std::string_view const name = decoded(part(pair, 0, equals));
            std::string_view const value = equals == pair.npos ? std::string_view() : decoded(part(pair, equals + 1));
            if (fault_ == parameter_fault::none && size_ == table_.size()) fault_ = parameter_fault::too_many;
            if (fault_ == parameter_fault::none) table_[size_++] = {name, value};
        }
    }

    [[nodiscard]] parameter_fault fault() const noexcept { return fault_; }
    [[nodiscard]] std::span<arrived_parameter> all() const noexcept { return table_.first(size_); }

    /// The parameter with this name; the last one if several have it.
    [[nodiscard]] testing::sent_text find(std::string_view name) const noexcept {
        for (std::size_t at = size_; at-- != 0;)
            if (table_[at].name == name) return {table_[at].value, true};
        return {};
    }

    /// The name that most parameters have, if that is more than one; the earliest of several such names.
    [[nodiscard]] testing::sent_text name_given_twice() const noexcept {
        std::size_t most = 1;
        testing::sent_text found;
        for (arrived_parameter const& each : all()) {
            std::size_t count = 0;
            for (arrived_parameter const& other : all()) count += other.name == each.name ? 1 : 0;
            if (count <= most) continue;
            most = count;
            found = {each.name, true};
        }
        return found;
    }

private:
    [[nodiscard]] std::string_view decoded(std::string_view text) noexcept {
        auto const done = percent_decode(text, bytes_, plus_sign::space);
        if (!done) {
            bool const too_small = done.error().code == errc::storage_too_small;
            fault_ = too_small ? parameter_fault::too_long : parameter_fault::not_decodable;
            return {};
        }
        bytes_ = bytes_.subspan(done->size());
        return *done;
    }

    std::span<arrived_parameter> table_;
    std::span<char> bytes_;
    std::size_t size_ = 0;
    parameter_fault fault_ = parameter_fault::none;
};

/// Sorts by name, byte by byte.
inline void sort_parameters(std::span<arrived_parameter> all) noexcept {
    for (std::size_t next = 1; next < all.size(); ++next) {
        arrived_parameter const moved = all[next];
        std::size_t at = next;
        for (; at != 0 && moved.name < all[at - 1].name; --at) all[at] = all[at - 1];
        all[at] = moved;
    }
}

} // namespace detail

}} // namespace restartcaster

#endif

// ---- restartcaster/testing/exchange_parts.hpp
// The text of an exchange: one line for the request, lines for the answer, and no secret in either.
// Source: docs/how-to/test-your-code.md, "Record and replay".
// Data flow: a request and its answer in, text out; the text in, the answer out.
//
// The file is long, because the writer and the reader of one text format stand together.
#ifndef RESTARTCASTER_TESTING_EXCHANGE_PARTS_HPP
#define RESTARTCASTER_TESTING_EXCHANGE_PARTS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Passes the lines of header fields to a response.
inline void take_headers(response& to, std::string_view field_lines) noexcept {
    testing::arrived_request const fields{.method = {}, .target = {}, .headers = field_lines};
    fields.each_header([&](std::string_view name, std::string_view value) { to.header(name, value); });
}

template <class Canned>
[[nodiscard]] result<response> canned_response(Canned const& from, std::span<char> storage) noexcept {
    if (from.body.size() > storage.size())
        return unexpected(failure{.code = errc::answer_too_long, .http_status = from.status});
    copy_bytes(storage.data(), from.body.data(), from.body.size());
    response out{.status = from.status, .body = storage.first(from.body.size())};
    take_headers(out, from.headers);
    return out;
}

/// Calls visit(name, value) for each pair of the query in a target, and of a body; values are still encoded.
template <class Visit>
void each_pair(std::string_view target, std::string_view form_body, Visit const& visit) {
    auto const mark = target.find('?');
    for (std::string_view rest : {mark == target.npos ? std::string_view() : part(target, mark + 1), form_body})
        while (!rest.empty()) {
            auto const end = rest.find('&');
            std::string_view const pair = part(rest, 0, end);
            rest = end == rest.npos ? std::string_view() : part(rest, end + 1);
            auto const equals = pair.find('=');
            if (equals != pair.npos) visit(part(pair, 0, equals), part(pair, equals + 1));
        }
}

[[nodiscard]] inline bool is_one_of_words(std::string_view word, std::initializer_list<std::string_view> words) noexcept {
    for (std::string_view const each : words)
        if (each == word) return true;
    return false;
}

/// A request in one line: method, host, action, and the operation's own parameters as they were sent. Key, token, signature,
/// nonce and time are not in the line, so that two runs give one line.
class request_line {
public:
    explicit request_line(request const& out) noexcept {
        for (std::string_view const each : {text(out.method), " "sv, out.host, " "sv, action_of(out)}) text_.append(each);
        each_pair(out.target, out.body, [&](std::string_view name, std::string_view value) {
            if (is_one_of_words(name, {"AccessKeyId"sv, "Action"sv, "Format"sv, "SecurityToken"sv, "Signature"sv,
                                       "SignatureMethod"sv,
                                       "SignatureNonce"sv, "SignatureVersion"sv, "Timestamp"sv, "Version"sv}))
                return;
            for (std::string_view const each : {" "sv, name, "="sv, value}) text_.append(each);
        });
    }
    [[nodiscard]] std::string_view view() noexcept { return text_.c_str(); }

private:
    [[nodiscard]] static std::string_view action_of(request const& out) noexcept {
        std::string_view found;
        each_pair(out.target, out.body, [&](std::string_view name, std::string_view value) {
            if (name == "Action"sv) found = value;
        });
        for (header const each : out.headers)
            if (each.name == "x-acs-action"sv) found = each.value;
        return found;
    }

    test_sentence text_;
};

// ---- secrets

/// The bytes that a byte at sent[at] has become in the service's text; sets `at` to the last byte that was read. Decoded, or
/// encoded once more.
class repeated_byte {
public:
    repeated_byte(std::string_view sent, std::size_t& at, bool encoded_again) noexcept {
        bool const escape = sent[at] == '%' && sent.size() - at > 2;
        if (escape && encoded_again) {
            copy_bytes(bytes_, "%25", 3);
            size_ = 3;
        } else if (escape) {
            bytes_[0] = static_cast<char>(static_cast<unsigned char>(hex_value(sent[at + 1]) << 4 | hex_value(sent[at + 2])));
            at += 2;
        } else {
            bytes_[0] = sent[at];
        }
    }
    [[nodiscard]] std::string_view view() const noexcept { return text_at(bytes_, size_); }

private:
    char bytes_[3] = {};
    std::size_t size_ = 1;
};

/// The number of bytes at the start of `text` that are a value of a request, decoded or encoded once more; 0 if none are.
[[nodiscard]] inline std::size_t repeated_value(std::string_view text, std::string_view sent, bool encoded_again) noexcept {
    std::size_t size = 0;
    for (std::size_t at = 0; at != sent.size(); ++at) {
        repeated_byte const next(sent, at, encoded_again);
        if (!part(text, size).starts_with(next.view())) return 0;
        size += next.view().size();
    }
    return size;
}

/// The number of bytes at the start of `text` that are a secret of a request; 0 if there is no secret. The service repeats a
/// secret as it was sent, decoded, or encoded once more (in its string to sign).
[[nodiscard]] inline std::size_t repeated_secret(std::string_view text, std::string_view sent) noexcept {
    if (text.starts_with(sent)) return sent.size();
    std::size_t const decoded = repeated_value(text, sent, false);
    return decoded != 0 ? decoded : repeated_value(text, sent, true);
}

/// The number of bytes at the start of `text` that must not be written.
[[nodiscard]] inline std::size_t secret_at(std::string_view text, request const& out) noexcept {
    constexpr std::string_view key_of_stream = "auth_key="sv;
    std::size_t size = 0;
    if (text.starts_with(key_of_stream)) size = part(text, 0, text.find_first_of("\"'&<>\\ ")).size();
    auto const longer = [&](std::string_view sent) {
        std::size_t const found = repeated_secret(text, sent);
        if (found > size) size = found;
    };
    each_pair(out.target, out.body, [&](std::string_view name, std::string_view value) {
        if (is_one_of_words(name, {"AccessKeyId"sv, "SecurityToken"sv, "Signature"sv})) longer(value);
    });
    for (header const each : out.headers) {
        if (equal_ignoring_case(each.name, "x-acs-security-token"sv)) longer(each.value);
        if (!equal_ignoring_case(each.name, "authorization"sv)) continue;
        for (std::string_view const word : {"Credential="sv, "Signature="sv})
            if (auto const at = each.value.find(word); at != each.value.npos) {
                std::string_view const value = part(each.value, at + word.size());
                longer(part(value, 0, value.find(',')));
            }
    }
    return size;
}

template <class Sink>
void append_without_secrets(Sink& to, std::string_view text, request const& out) noexcept {
    std::size_t plain = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const size = secret_at(part(text, at), out);
        at += size == 0 ? 1 : size;
        if (size == 0 && at != text.size()) continue;
        append_to(to, part(text, plain, at - size - plain));
        if (size != 0) append_to(to, "[...]"sv);
        plain = at;
    }
}

// ---- writing

struct counting_sink {
    std::size_t size = 0;
    void append(std::string_view text) noexcept { size += text.size(); }
};

template <class Sink>
void append_field(Sink& to, std::string_view name, std::string_view value) noexcept {
    for (std::string_view const each : {name, ": "sv, value, "\n"sv}) append_to(to, each);
}
template <class Sink>
void append_wait(Sink& to, std::string_view name, std::uint32_t number) noexcept {
    if (number != 0) append_field(to, name, decimal(number).view());
}

/// Appends what a response keeps of its header fields, as fields again.
template <class Sink>
void append_fields(Sink& to, response const& in) noexcept {
    if (in.content_type != media_type::none)
        append_field(to, "content-type"sv, in.content_type == media_type::json  ? "application/json"sv
                                           : in.content_type == media_type::xml ? "text/xml"sv
                                                                                : "application/octet-stream"sv);
    if (in.content_encoded) append_field(to, "content-encoding"sv, "unknown"sv);
    if (in.date != utc_time::none) append_field(to, "date"sv, http_date_text(in.date).view());
    if (in.has_age) append_field(to, "age"sv, "0"sv);
    append_wait(to, "x-acs-retry-after"sv, in.retry_after_ms);
    append_wait(to, "X-RateLimit-User: Remain:0,TimeLeft"sv, in.rate_limit_ms);
    if (in.http_retry_at != utc_time::none) append_field(to, "retry-after"sv, http_date_text(in.http_retry_at).view());
    else append_wait(to, "retry-after"sv, in.http_retry_after_ms / 1000);
#if !RESTARTCASTER_SMALL
    if (!in.location.text().empty()) {
        append_to(to, "location: //"sv);
        append_to(to, in.location.text());
        append_to(to, "/\n"sv);
    }
#endif
}

[[nodiscard]] constexpr std::string_view recorded_word(errc cause) noexcept {
    switch (cause) {
    case errc::not_sent: return "not-sent"sv;
    case errc::answer_too_long: return "answer-too-long"sv;
    default: return "no-answer"sv;
    }
}

/// Appends an exchange: "> request", "< status bytes", fields, an empty line, the body, a line end; after a failure
/// "! word status".
template <class Sink>
void write_exchange(Sink& to, request const& out, result<response> const& in) noexcept {
    request_line line(out);
    for (std::string_view const each : {"> "sv, line.view(), "\n"sv, in ? "< "sv : "! "sv}) append_to(to, each);
    if (!in) {
        append_to(to, recorded_word(in.error().code));
        append_to(to, " "sv);
        append_to(to, decimal(in.error().http_status).view());
        return append_to(to, "\n"sv);
    }
    std::string_view const body = text_at(in->body.data(), in->body.size());
    counting_sink masked;
    append_without_secrets(masked, body, out);
    append_to(to, decimal(in->status).view());
    append_to(to, " "sv);
    append_to(to, decimal(masked.size).view());
    append_to(to, "\n"sv);
    append_fields(to, *in);
    append_to(to, "\n"sv);
    append_without_secrets(to, body, out);
    append_to(to, "\n"sv);
}

// ---- reading

struct recorded_answer {
    std::uint16_t status = 0;
    std::string_view body = {}, headers = {};
};
struct recorded_exchange {
    std::string_view request = {};
    recorded_answer answer = {};
    errc cause = errc::no_answer;
    bool failed = true, well_formed = false;
};

[[nodiscard]] inline std::string_view take_line(std::string_view& rest) noexcept {
    auto const end = rest.find('\n');
    std::string_view const line = part(rest, 0, end);
    rest = end == rest.npos ? std::string_view() : part(rest, end + 1);
    return line.ends_with('\r') ? part(line, 0, line.size() - 1) : line;
}
[[nodiscard]] inline std::size_t take_number(std::string_view& line) noexcept {
    std::size_t number = 0;
    for (; !line.empty() && is_digit(line.front()); line.remove_prefix(1))
        number = number * 10 + static_cast<std::size_t>(line.front() - '0');
    if (!line.empty()) line.remove_prefix(1);
    return number;
}

/// Takes the next exchange from a recording. After a fault, the recording is empty.
[[nodiscard]] inline recorded_exchange take_exchange(std::string_view& rest) noexcept {
    recorded_exchange out;
    std::string_view line = take_line(rest);
    if (!line.starts_with("> "sv)) return rest = {}, out;
    out.request = part(line, 2);
    line = take_line(rest);
    bool const answered = line.starts_with("< "sv);
    if (!answered && !line.starts_with("! "sv)) return rest = {}, out;
    line.remove_prefix(2);
    if (!answered) {
        std::string_view const word = part(line, 0, line.find(' '));
        line.remove_prefix(word.size() == line.size() ? word.size() : word.size() + 1);
        for (errc const each : {errc::not_sent, errc::no_answer, errc::answer_too_long})
            if (recorded_word(each) == word) {
                out.cause = each;
                out.well_formed = true;
            }
        out.answer.status = static_cast<std::uint16_t>(take_number(line));
        return out;
    }
    out.answer.status = static_cast<std::uint16_t>(take_number(line));
    std::size_t const size = take_number(line);
    std::string_view const fields = rest;
    bool ended = false; // by an empty line
    while (!ended && !rest.empty()) ended = take_line(rest).empty();
    out.answer.headers = part(fields, 0, fields.size() - rest.size());
    if (!ended || rest.size() < size) return rest = {}, out;
    out.answer.body = part(rest, 0, size);
    rest = part(rest, size);
    static_cast<void>(take_line(rest));
    out.failed = false;
    out.well_formed = true;
    return out;
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/testing/doubles.hpp
// Smaller doubles of a transport: a list of answers, a recording that is replayed, a capture of the request, and silence.
// Source: docs/how-to/test-your-code.md, "Smaller doubles".
// Data flow: a request in; a prepared answer out, and the request kept for the test.
#ifndef RESTARTCASTER_TESTING_DOUBLES_HPP
#define RESTARTCASTER_TESTING_DOUBLES_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace testing {

/// An answer that a test prepares.
/// Storage: views, which must outlive the double; literals do.
struct canned_answer {
    /// The status, and the body.
    std::uint16_t status = 200;
    borrowed_text body = R"({"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31"})";
    /// Header fields as lines "Name: value", each with a line end.
    borrowed_text headers = "content-type: application/json\r\n";
};

/// A transport that gives prepared answers, one for each exchange. An exchange without an answer fails the test, and the code
/// under test gets not_sent.
class answers {
public:
    /// The most answers of a list.
    static constexpr std::size_t limit = 32;

    /// Answers from a list.
    answers(std::initializer_list<canned_answer> list) noexcept {
        if (list.size() > limit) detail::report_failure("restartcaster: answers{} takes at most 32 answers"sv);
        for (canned_answer const& each : list)
            if (size_ != limit) list_[size_++] = each;
    }
    /// Answers from the text that `records` wrote. A request that differs from the recorded one fails the test.
    /// Storage: a view of the text, which must outlive this object.
    explicit answers(borrowed_text recording) noexcept : recording_(recording), replays_(true) {}

    /// One exchange.
    [[nodiscard]] result<response> exchange(request const& out, std::span<char> storage) noexcept {
        ++used_;
        if (!replays_ && used_ <= size_) return detail::canned_response(list_[used_ - 1], storage);
        detail::request_line sent(out);
        if (!replays_ || recording_.empty()) {
            detail::report_failure("restartcaster: no answer is left for call "sv, used_, ": "sv, sent.view());
            return unexpected(failure{.code = errc::not_sent, .subject = "no answer is left"});
        }
        detail::recorded_exchange const next = detail::take_exchange(recording_);
        if (!next.well_formed)
            detail::report_failure("restartcaster: the recording cannot be read at call "sv, used_);
        else if (next.request != sent.view())
            detail::report_failure("restartcaster: call "sv, used_, " differs from the recording: it was '"sv, next.request,
                                   "' and is '"sv, sent.view(), "'"sv);
        if (next.failed) return unexpected(failure{.code = next.cause, .http_status = next.answer.status, .subject = "recorded"});
        return detail::canned_response(next.answer, storage);
    }

    /// The exchanges so far.
    [[nodiscard]] std::size_t calls() const noexcept { return used_; }
    /// Fails the test if an answer was not used.
    void expect_all_used() const noexcept {
        if (replays_ ? !recording_.empty() : used_ < size_)
            detail::report_failure("restartcaster: only "sv, used_, " calls were made, and answers are left"sv);
    }

private:
    canned_answer list_[limit];
    std::size_t size_ = 0, used_ = 0;
    std::string_view recording_;
    bool replays_ = false;
};

/// A transport that keeps the last request and answers it with a success of RestartCaster, or with the given answer.
class captures {
public:
    /// The most bytes of a request.
    static constexpr std::size_t limit = 8192;

    /// Answers every request in the same way.
    explicit captures(canned_answer const& answer = {}) noexcept : answer_(answer) {}

    /// One exchange.
    [[nodiscard]] result<response> exchange(request const& out, std::span<char> storage) noexcept {
        ++calls_;
        used_ = 0;
        method_ = text(out.method);
        host_ = kept(out.host);
        target_ = kept(out.target);
        headers_ = kept(out.headers.text());
        body_ = kept(out.body);
        return detail::canned_response(answer_, storage);
    }

    /// The exchanges so far.
    [[nodiscard]] std::size_t calls() const noexcept { return calls_; }
    /// The parts of the last request.
    [[nodiscard]] std::string_view method() const noexcept { return method_; }
    [[nodiscard]] std::string_view host() const noexcept { return host_; }
    [[nodiscard]] std::string_view request_target() const noexcept { return target_; }
    [[nodiscard]] std::string_view headers() const noexcept { return headers_; }
    [[nodiscard]] std::string_view body() const noexcept { return body_; }
    /// The decoded value of a parameter of the last request; empty if there is none.
    /// Storage: valid until the next call of this function.
    [[nodiscard]] std::string_view parameter(std::string_view name) noexcept {
        std::string_view value;
        detail::each_pair(target_, body_, [&](std::string_view given, std::string_view encoded) {
            if (given == name) value = percent_decode(encoded, decoded_, plus_sign::space).value_or({});
        });
        return value;
    }
    /// Fails the test if a request was sent.
    void expect_no_call() const noexcept {
        if (calls_ != 0) detail::report_failure("restartcaster: expected no call; there were "sv, calls_, ", the last one "sv,
                                                method_, " "sv, host_);
    }

private:
    [[nodiscard]] std::string_view kept(std::string_view text) noexcept {
        if (text.size() > limit - used_) {
            detail::report_failure("restartcaster: captures keeps at most 8192 bytes of a request"sv);
            return {};
        }
        detail::copy_bytes(bytes_ + used_, text.data(), text.size());
        used_ += text.size();
        return detail::text_at(bytes_ + used_ - text.size(), text.size());
    }

    canned_answer answer_;
    std::size_t calls_ = 0, used_ = 0;
    std::string_view method_, host_, target_, headers_, body_;
    char bytes_[limit] = {};
    char decoded_[limit] = {};
};

/// A transport whose requests are sent and never answered.
class silent {
public:
    /// One exchange: no_answer.
    [[nodiscard]] result<response> exchange(request const&, std::span<char>) noexcept {
        ++calls_;
        return unexpected(failure{.code = errc::no_answer, .subject = "silent"});
    }
    /// The exchanges so far.
    [[nodiscard]] std::size_t calls() const noexcept { return calls_; }

private:
    std::size_t calls_ = 0;
};

/// A transport that passes requests on to another transport, and writes every exchange to a sink, as text that `answers`
/// replays. The key id, the security token, the signature, and keys in the URLs of streams are not written.
/// Storage: refers to both arguments, which must outlive this object.
template <transport Transport, byte_sink Sink>
class records {
public:
    /// Records what goes over a transport.
    records(Transport& over RESTARTCASTER_LIFETIMEBOUND, Sink& to RESTARTCASTER_LIFETIMEBOUND) noexcept : over_(over), to_(to) {}

    /// One exchange.
    [[nodiscard]] result<response> exchange(request const& out, std::span<char> storage) noexcept {
        auto const answer = over_.exchange(out, storage);
        detail::write_exchange(to_, out, answer);
        return answer;
    }

private:
    Transport& over_;
    Sink& to_;
};

}}} // namespace restartcaster::testing

#endif

// ---- restartcaster/testing/test_clock.hpp
// The clock of a test, which moves only when the test or a wait moves it, and nonces that are the same in every run.
// Source: docs/how-to/test-your-code.md, "Time".
// Data flow: durations in; the moments that the code under test and the gateway read out.
#ifndef RESTARTCASTER_TESTING_TEST_CLOCK_HPP
#define RESTARTCASTER_TESTING_TEST_CLOCK_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace testing {

/// A std::chrono::duration. Described by its members, because the header of std::chrono takes longer to compile than this folder.
template <class T>
concept duration = requires(T time) {
    { time.count() } -> std::convertible_to<std::int64_t>;
    { T::period::num } -> std::convertible_to<std::int64_t>;
    { T::period::den } -> std::convertible_to<std::int64_t>;
};

/// A duration in milliseconds. Nanoseconds are divided first, so that centuries of them do not overflow.
template <duration T>
[[nodiscard]] constexpr std::int64_t in_milliseconds(T time) noexcept {
    constexpr std::int64_t num = std::int64_t{T::period::num} * 1000, den = std::int64_t{T::period::den};
    if constexpr (den % num == 0)
        return static_cast<std::int64_t>(time.count() / (den / num));
    else
        return static_cast<std::int64_t>(time.count() * num / den);
}

/// The same for a length of time. A negative length fails the test and is 0.
template <duration T>
[[nodiscard]] std::int64_t length_in_milliseconds(T time) noexcept {
    std::int64_t const length = in_milliseconds(time);
    if (length >= 0) return length;
    detail::report_failure("restartcaster: a length of time is negative"sv);
    return 0;
}

/// A waiting_clock that stands still until advance() or sleep_ms() moves it: a test of a minute of retries takes no time.
class test_clock {
public:
    /// The UTC seconds at the start of a test: 2026-11-22T17:36:19Z.
    static constexpr std::int64_t start_s = 1795368979;

    /// UTC seconds since 1970, and milliseconds since the start of the test.
    [[nodiscard]] std::int64_t utc_seconds() const noexcept { return utc_ms_ / 1000; }
    [[nodiscard]] std::uint64_t monotonic_ms() const noexcept { return monotonic_ms_; }
    /// UTC milliseconds since 1970.
    [[nodiscard]] std::int64_t utc_ms() const noexcept { return utc_ms_; }

    /// Lets time pass on both clocks; time does not go back, see set_utc_ms().
    template <duration T>
    void advance(T time) noexcept {
        advance_ms(static_cast<std::uint64_t>(length_in_milliseconds(time)));
    }
    /// The same in milliseconds.
    void advance_ms(std::uint64_t milliseconds) noexcept {
        monotonic_ms_ += milliseconds;
        utc_ms_ += static_cast<std::int64_t>(milliseconds);
    }
    /// The sleep of a waiting_clock: advance_ms().
    void sleep_ms(std::uint32_t milliseconds) noexcept { advance_ms(milliseconds); }

    /// Sets the UTC clock alone, as an operator does, also back. Changes of studios and the rate go by the other clock.
    void set_utc_ms(std::int64_t milliseconds) noexcept { utc_ms_ = milliseconds; }

private:
    std::int64_t utc_ms_ = start_s * 1000;
    std::uint64_t monotonic_ms_ = 0;
};

/// A nonce_source for tests: a different nonce for each call, and the same nonces in every run.
class test_nonces {
public:
    /// The next nonce.
    [[nodiscard]] result<nonce> operator()() noexcept {
        std::array<unsigned char, nonce::random_size> bytes{};
        ++count_;
        for (std::size_t i = 0; i != 4; ++i) bytes[bytes.size() - 1 - i] = static_cast<unsigned char>(count_ >> (8 * i) & 0xFF);
        return nonce(bytes);
    }

private:
    std::uint32_t count_ = 0;
};

}}} // namespace restartcaster::testing

#endif

// ---- restartcaster/testing/fault_plan.hpp
// The faults that a test plans, as sentences: gateway.next().throttle(1500ms).times(2).then().lose_answer();
// Source: what proxies, load balancers and networks do to HTTP (RFC 9110); the faults of tests/standin.
// Data flow: the test adds rules; for each request that arrives, the rules that apply give the effects.
//
// The file is long, because one class has a function for each fault, so that a rule reads as a sentence.
#ifndef RESTARTCASTER_TESTING_FAULT_PLAN_HPP
#define RESTARTCASTER_TESTING_FAULT_PLAN_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// What happens to a call; at most one of these.
enum class fault_kind : std::uint8_t {
    none, lose_request, lose_answer, refuse_connection, throttle, unavailable, error, page, redirect,
};

/// What happens to the body of an answer; at most one of these.
enum class body_fault : std::uint8_t { none, replace, cut, shorten, pad };

/// A field that is set, or that is removed if `value` is absent.
struct header_fault {
    std::string_view name, value;
    bool removed = false;
};

/// All faults of one call.
struct fault_effects {
    static constexpr std::size_t header_limit = 4;

    fault_kind kind = fault_kind::none;
    body_fault body = body_fault::none;
    bool after_running = false, repeated = false, nonce_forgotten = false, names_wait = false;
    std::uint16_t status = 0;
    std::uint8_t header_count = 0;
    std::size_t body_bytes = 0;
    std::int64_t wait_ms = 0, slow_ms = 0, ahead_ms = 0;
    std::string_view code, text, body_text;
    header_fault headers[header_limit] = {};

    void add_header(header_fault const& change) noexcept {
        if (header_count == header_limit)
            return report_failure("restartcaster: a planned fault changes more than 4 header fields"sv);
        headers[header_count++] = change;
    }

    /// Adds the effects of another rule, which replace those here that exclude them.
    void add(fault_effects const& more) noexcept {
        if (more.kind != fault_kind::none) {
            kind = more.kind;
            after_running = false; // of the fault that is replaced
            status = more.status;
            code = more.code;
            text = more.text;
            names_wait = more.names_wait;
            wait_ms = more.wait_ms;
        }
        if (more.body != body_fault::none) {
            body = more.body;
            body_bytes = more.body_bytes;
            body_text = more.body_text;
        }
        after_running = after_running || more.after_running;
        repeated = repeated || more.repeated;
        nonce_forgotten = nonce_forgotten || more.nonce_forgotten;
        slow_ms += more.slow_ms;
        ahead_ms += more.ahead_ms;
        for (std::size_t i = 0; i != more.header_count; ++i) add_header(more.headers[i]);
    }
};

} // namespace detail

namespace testing {

class fault_plan;

/// One rule of a fault_plan: what happens, and to which calls. Every function returns the rule, so that rules read as
/// sentences.
/// Storage: texts are views, which must outlive the gateway; a literal does.
class fault_rule {
    using kind = detail::fault_kind;
    using body_kind = detail::body_fault;

public:
    /// The request does not arrive: nothing runs, no answer comes.
    fault_rule& lose_request() noexcept { return is(kind::lose_request); }
    /// The operation runs, and its answer does not come.
    fault_rule& lose_answer() noexcept { return is(kind::lose_answer); }
    /// Nothing can be sent: the transport reports not_sent.
    fault_rule& refuse_connection() noexcept { return is(kind::refuse_connection); }
    /// The request arrives twice, as when a proxy sends it again; the second answer is the one that comes.
    fault_rule& repeat_request() noexcept {
        effects_.repeated = true;
        return *this;
    }
    /// The service forgets the nonces that it has seen, so that a copy of a request runs again.
    fault_rule& nonce_forgotten() noexcept {
        effects_.nonce_forgotten = true;
        return *this;
    }

    /// The service refuses the call with Throttling.User and does not use the nonce up.
    fault_rule& throttle() noexcept { return is(kind::throttle, 400, "Throttling.User"); }
    /// The same with the time to wait, in a header field.
    template <duration T>
    fault_rule& throttle(T wait, std::uint16_t status = 400, borrowed_text code = "Throttling.User") noexcept {
        effects_.names_wait = true;
        effects_.wait_ms = length_in_milliseconds(wait);
        return is(kind::throttle, status, code);
    }
    /// The service answers 503 ServiceUnavailable and does not use the nonce up.
    fault_rule& unavailable() noexcept {
        return is(kind::unavailable, 503, "ServiceUnavailable",
                  "The request has failed due to a temporary failure of the server.");
    }
    /// The service answers with a code of its own; nothing runs, unless after_running() follows. The nonce is used up.
    fault_rule& error(borrowed_text code, std::uint16_t status = 500,
                      borrowed_text message = "The request processing has failed due to some unknown error.") noexcept {
        return is(kind::error, status, code, message);
    }
    /// A proxy answers with a page of its own; the request does not arrive, unless after_running() follows.
    fault_rule& http(std::uint16_t status, borrowed_text page) noexcept { return is(kind::page, status, {}, page); }
    /// A proxy answers with a redirect; the request does not arrive.
    fault_rule& redirect(borrowed_text location, std::uint16_t status = 302) noexcept {
        return is(kind::redirect, status, {}, location);
    }
    /// error() and http() come after the operation has run.
    fault_rule& after_running() noexcept {
        effects_.after_running = true;
        return *this;
    }

    /// The connection ends after this number of bytes of the body: the transport reports no_answer.
    fault_rule& cut_body(std::size_t bytes) noexcept { return body_is(body_kind::cut, bytes); }
    /// The body is only this number of bytes long, and looks complete to the transport.
    fault_rule& shorten_body(std::size_t bytes) noexcept { return body_is(body_kind::shorten, bytes); }
    /// The body has this number of bytes, with a field that nobody knows.
    fault_rule& pad_body(std::size_t bytes) noexcept { return body_is(body_kind::pad, bytes); }
    /// The body is this text, whatever the service would have answered.
    fault_rule& body(borrowed_text text) noexcept {
        effects_.body_text = text;
        return body_is(body_kind::replace, 0);
    }
    /// A header field of the answer is set, or is missing. At most 4 fields for each call.
    fault_rule& header(borrowed_text name, borrowed_text value) noexcept {
        effects_.add_header({name, value, false});
        return *this;
    }
    /// A header field is missing.
    fault_rule& without_header(borrowed_text name) noexcept {
        effects_.add_header({name, {}, true});
        return *this;
    }

    /// The answer comes after this time, by the gateway's clock. A client whose deadline is earlier gets no answer.
    template <duration T>
    fault_rule& slow(T time) noexcept {
        effects_.slow_ms = length_in_milliseconds(time);
        return *this;
    }
    /// The service's clock differs from the clock of the test.
    template <duration T>
    fault_rule& clock_ahead(T time) noexcept {
        effects_.ahead_ms = in_milliseconds(time);
        return *this;
    }
    /// The same in the other direction.
    template <duration T>
    fault_rule& clock_behind(T time) noexcept {
        effects_.ahead_ms = -in_milliseconds(time);
        return *this;
    }

    /// Only calls of this action.
    fault_rule& of(borrowed_text action) noexcept {
        action_ = action;
        return *this;
    }
    /// Only calls for this studio.
    fault_rule& at(borrowed_text studio) noexcept {
        studio_ = studio;
        return *this;
    }
    /// This number of calls, 0 for none. Without times(), a rule of next() applies to one call, and every other rule to all calls.
    fault_rule& times(std::size_t count) noexcept {
        times_ = count;
        return *this;
    }
    /// A rule for the calls after those of this rule.
    fault_rule& then() noexcept;

private:
    friend class fault_plan;
    static constexpr std::size_t for_ever = ~std::size_t{0};

    fault_rule& is(kind what, std::uint16_t status = 0, std::string_view code = {}, std::string_view text = {}) noexcept {
        effects_.kind = what;
        effects_.status = status;
        effects_.code = code;
        effects_.text = text;
        return *this;
    }
    fault_rule& body_is(body_kind what, std::size_t bytes) noexcept {
        effects_.body = what;
        effects_.body_bytes = bytes;
        return *this;
    }
    [[nodiscard]] bool applies(std::string_view action, std::string_view studio) const noexcept {
        return times_ != 0 && (action_.empty() || action_ == action) && (studio_.empty() || studio_ == studio);
    }

    fault_plan* plan_ = nullptr;
    detail::fault_effects effects_;
    std::string_view action_, studio_;
    std::size_t times_ = 1;
    bool in_turn_ = true;    // a rule of next()
    double probability_ = 2; // 2: not random
};

/// The planned faults of a gateway. For each call, every rule of always() applies, then each rule of randomly() that its
/// probability chooses, then the first rule of next() that is not used up.
class fault_plan {
public:
    /// An empty plan over the caller's rules.
    explicit fault_plan(std::span<fault_rule> rules RESTARTCASTER_LIFETIMEBOUND) noexcept : rules_(rules) {}

    /// Begins a rule for the next call; times() makes it several. Rules of next() are used one after the other.
    fault_rule& next() noexcept { return added(true, 2); }
    /// Begins a rule for every call.
    fault_rule& always() noexcept { return added(false, 2); }
    /// Begins a rule for a share of the calls: 0.1 means one in ten.
    fault_rule& randomly(double probability) noexcept { return added(false, probability); }
    /// Starts the random choices anew; the same seed gives the same choices.
    void set_seed(std::uint64_t number) noexcept { state_ = number * 2 + 1; }
    /// Forgets all rules.
    void forget_all() noexcept { size_ = 0; }

    /// The rules of next() that wait for a call.
    [[nodiscard]] std::size_t left() const noexcept {
        std::size_t count = 0;
        for (std::size_t i = 0; i != size_; ++i) count += rules_[i].in_turn_ && rules_[i].times_ != 0 ? 1 : 0;
        return count;
    }

    /// The effects on a call of this action for this studio; counts the call.
    [[nodiscard]] detail::fault_effects take(std::string_view action, std::string_view studio) noexcept {
        detail::fault_effects sum;
        fault_rule* first = nullptr;
        for (std::size_t i = 0; i != size_; ++i) {
            fault_rule& each = rules_[i];
            if (!each.applies(action, studio)) continue;
            if (each.in_turn_)
                first = first == nullptr ? &each : first;
            else if (each.probability_ > 1 || chance() < each.probability_)
                use(each, sum);
        }
        if (first != nullptr) use(*first, sum);
        return sum;
    }

private:
    static void use(fault_rule& rule, detail::fault_effects& sum) noexcept {
        sum.add(rule.effects_);
        if (rule.times_ != fault_rule::for_ever) --rule.times_;
    }

    fault_rule& added(bool in_turn, double probability) noexcept {
        if (size_ == rules_.size()) drop_used();
        if (size_ == rules_.size()) {
            detail::report_failure("restartcaster: more planned faults than gateway_limits::faults = "sv, size_);
            size_ = 0;
        }
        fault_rule& rule = rules_[size_++];
        rule = fault_rule();
        rule.plan_ = this;
        rule.times_ = in_turn ? 1 : fault_rule::for_ever;
        rule.in_turn_ = in_turn;
        rule.probability_ = probability;
        return rule;
    }
    void drop_used() noexcept {
        std::size_t kept = 0;
        for (std::size_t i = 0; i != size_; ++i)
            if (rules_[i].times_ != 0) rules_[kept++] = rules_[i];
        size_ = kept;
    }

    // From 0 to 1, by the generator xorshift64* (S. Vigna, 2016).
    [[nodiscard]] double chance() noexcept {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return static_cast<double>(state_ * 0x2545F4914F6CDD1D >> 11) / 9007199254740992.0;
    }

    std::span<fault_rule> rules_;
    std::size_t size_ = 0;
    std::uint64_t state_ = 1;
};

inline fault_rule& fault_rule::then() noexcept { return plan_->next(); }

}}} // namespace restartcaster::testing

#endif

// ---- restartcaster/testing/received_call.hpp
// What the gateway remembers of each call: what was asked, whether it ran, and what was answered.
// Source: docs/how-to/test-your-code.md, "Assertions".
// Data flow: the gateway records a call; the test asks for its parameters and its outcome.
#ifndef RESTARTCASTER_TESTING_RECEIVED_CALL_HPP
#define RESTARTCASTER_TESTING_RECEIVED_CALL_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace testing {

/// The two signatures of the vendor.
enum class signature_kind : std::uint8_t { rpc_v1, acs3 };

/// A call that arrived at the gateway.
/// Storage: texts are in the gateway, until as many further calls as gateway_limits::calls have arrived.
class received_call {
public:
    /// The number of the call: 1 for the first one.
    [[nodiscard]] std::size_t number() const noexcept { return number_; }
    /// UTC milliseconds of the service's clock when the call arrived.
    [[nodiscard]] std::int64_t utc_ms() const noexcept { return utc_ms_; }
    /// The action, e.g. "RestartCaster"; empty if the request had none.
    [[nodiscard]] std::string_view action() const noexcept { return action_; }
    /// The nonce; empty if the call was refused before its nonce was read.
    [[nodiscard]] std::string_view nonce() const noexcept { return nonce_; }
    /// The code of the refusal, at most 64 bytes; empty after a success, and if the service did not answer.
    [[nodiscard]] std::string_view code() const noexcept { return detail::text_at(code_, code_size_); }
    /// The HTTP status of the service's answer; 0 if the service did not answer.
    [[nodiscard]] std::uint16_t status() const noexcept { return status_; }
    /// Whether the operation ran.
    [[nodiscard]] bool executed() const noexcept { return executed_; }
    /// The method, the place of the parameters, and the kind of the signature.
    [[nodiscard]] std::string_view method() const noexcept { return method_; }
    [[nodiscard]] std::string_view place() const noexcept { return place_; }
    [[nodiscard]] signature_kind signature() const noexcept { return signature_; }

    /// The decoded value of a parameter from the query or the form; empty if the call has no such parameter.
    [[nodiscard]] std::string_view parameter(std::string_view name) const noexcept { return find(name).text; }
    /// Whether the call has the parameter.
    [[nodiscard]] bool has_parameter(std::string_view name) const noexcept { return find(name).sent; }

    /// Appends the call in one line: number, action, studio, and what was answered.
    template <class Sink>
    void describe(Sink& to) const {
        using detail::append_to;
        append_to(to, "call ");
        append_to(to, detail::decimal(number_).view());
        append_to(to, ": ");
        append_to(to, action_.empty() ? std::string_view("no action") : action_);
        if (sent_text const id = find("CasterId"); id.sent) {
            append_to(to, " ");
            append_to(to, id.text);
        }
        append_to(to, executed_ ? ", it ran, " : ", it did not run, ");
        if (status_ == 0) return append_to(to, "no answer of the service");
        append_to(to, detail::decimal(status_).view());
        append_to(to, " ");
        append_to(to, code_size_ == 0 ? std::string_view("OK") : code());
    }

private:
    friend class gateway_core;

    // Starts a record in its part of the gateway's bytes.
    void begin(std::size_t number, std::int64_t utc_ms, std::span<char> bytes) noexcept {
        *this = received_call();
        number_ = number;
        utc_ms_ = utc_ms;
        bytes_ = bytes;
    }
    [[nodiscard]] std::string_view kept(std::string_view front, std::string_view back = {}) noexcept {
        std::size_t const size = front.size() + back.size();
        if (size > bytes_.size() - used_) {
            complete_ = false;
            return {};
        }
        char* const to = bytes_.data() + used_;
        detail::copy_bytes(to, front.data(), front.size());
        detail::copy_bytes(to + front.size(), back.data(), back.size());
        used_ += size;
        return detail::text_at(to, size);
    }
    // In bytes of its own: a call with too much text is a refused call all the same.
    void keep_code(std::string_view front, std::string_view back) noexcept {
        code_size_ = 0;
        for (std::string_view const text : {front, back})
            for (char const c : text)
                if (code_size_ != sizeof code_) code_[code_size_++] = c;
    }
    // A name, a value, and the sizes of both in front: 4 bytes each.
    void keep(detail::arrived_parameter const& each) noexcept {
        if (8 + each.name.size() + each.value.size() > bytes_.size() - used_) {
            complete_ = false;
            return;
        }
        char sizes[8];
        detail::store_big_endian(sizes, static_cast<std::uint32_t>(each.name.size()));
        detail::store_big_endian(sizes + 4, static_cast<std::uint32_t>(each.value.size()));
        if (parameters_ == nullptr) parameters_ = bytes_.data() + used_;
        static_cast<void>(kept(detail::text_at(sizes, 8)));
        static_cast<void>(kept(each.name, each.value));
        parameters_end_ = bytes_.data() + used_;
    }
    [[nodiscard]] sent_text find(std::string_view name) const noexcept {
        for (char const* at = parameters_; at != parameters_end_;) {
            std::size_t const name_size = detail::load_big_endian(at);
            std::size_t const value_size = detail::load_big_endian(at + 4);
            at += 8;
            if (detail::text_at(at, name_size) == name)
                return {detail::text_at(at + name_size, value_size), true};
            at += name_size + value_size;
        }
        if (!complete_)
            detail::report_failure("restartcaster: call "sv, number_, " has more text than gateway_limits::call_bytes = "sv,
                                                  bytes_.size(), ", so the parameter "sv, name, " may be lost"sv);
        return {};
    }

    std::size_t number_ = 0, used_ = 0;
    std::int64_t utc_ms_ = 0;
    std::span<char> bytes_;
    std::string_view action_, nonce_, method_, place_;
    char code_[64] = {};
    std::uint8_t code_size_ = 0;
    char const* parameters_ = nullptr;
    char const* parameters_end_ = nullptr;
    std::uint16_t status_ = 0;
    signature_kind signature_ = signature_kind::rpc_v1;
    bool executed_ = false, complete_ = true;
};

/// The calls that arrived, oldest first. The gateway keeps the last ones only; size() counts all.
class received_calls {
public:
    /// A view of the gateway's records.
    received_calls(std::span<received_call const> kept RESTARTCASTER_LIFETIMEBOUND, std::size_t count) noexcept
        : kept_(kept), count_(count) {}

    /// The number of calls that arrived.
    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    /// A call, counted from 0. A call that did not arrive, or is not kept any more, is a failed
    /// expectation, and an empty call.
    [[nodiscard]] received_call const& operator[](std::size_t index) const noexcept {
        static constinit received_call const nothing{};
        if (index < count_ && count_ - index <= kept_.size()) return kept_[index % kept_.size()];
        detail::report_failure("restartcaster: there is no call "sv, index + 1, " to look at: "sv, count_,
                                              " arrived, and the gateway keeps the last "sv, kept_.size());
        return nothing;
    }
    /// The first call, and the last one.
    [[nodiscard]] received_call const& front() const noexcept { return (*this)[0]; }
    [[nodiscard]] received_call const& back() const noexcept { return (*this)[count_ - 1]; }

private:
    std::span<received_call const> kept_;
    std::size_t count_;
};

}}} // namespace restartcaster::testing

#endif

// ---- restartcaster/testing/answer_body.hpp
// Writes the body of an answer, in JSON or XML, as the service's gateway writes them: no blank between the elements.
// Source: RFC 8259 section 7; XML 1.0 sections 2.2 and 2.4; archived answers (protocol 4.1 and 4.2).
// Data flow: fields in, one after the other; the body in the storage of the exchange out.
#ifndef RESTARTCASTER_TESTING_ANSWER_BODY_HPP
#define RESTARTCASTER_TESTING_ANSWER_BODY_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Writes what is appended as the content of a JSON string or of an XML element. A byte that is not UTF-8 is taken for a
/// character of Latin-1, which header fields may have.
struct escaping_sink {
    buffer_sink& to;
    bool json;

    void append(std::string_view text) noexcept {
        while (!text.empty()) {
            std::size_t const size = utf8_size(text, 0);
            if (size == 0)
                append_latin1(static_cast<unsigned char>(text[0]));
            else if (size == 1)
                append_ascii(text[0]);
            else
                append_character(part(text, 0, size));
            text.remove_prefix(size == 0 ? 1 : size);
        }
    }

private:
    static constexpr std::string_view replacement = "\xEF\xBF\xBD"sv;

    // XML 1.0 has neither U+FFFE nor U+FFFF, not even escaped.
    void append_character(std::string_view bytes) noexcept {
        to.append(!json && (bytes == "\xEF\xBF\xBE"sv || bytes == "\xEF\xBF\xBF"sv) ? replacement : bytes);
    }
    void append_latin1(unsigned byte) noexcept {
        char const two[]{static_cast<char>(static_cast<unsigned char>(0xC0 | byte >> 6)),
                         static_cast<char>(static_cast<unsigned char>(0x80 | (byte & 0x3F)))};
        to.append(text_at(two, 2));
    }
    void append_ascii(char c) noexcept {
        if (json)
            append_json(c);
        else
            append_xml(c);
    }
    void append_json(char c) noexcept {
        constexpr std::string_view plain = "\"\\\b\f\n\r\t"sv, letters = "\"\\bfnrt"sv;
        if (auto const at = plain.find(c); at != plain.npos) {
            char const escape[]{'\\', letters[at]};
            to.append(text_at(escape, 2));
        } else if (auto const code = static_cast<unsigned char>(c); code < ' ') {
            char const escape[]{'\\', 'u', '0', '0', hex_lower(code >> 4u), hex_lower(code & 15u)};
            to.append(text_at(escape, 6));
        } else {
            to.append(text_at(&c, 1));
        }
    }
    void append_xml(char c) noexcept {
        switch (c) {
        case '&': return to.append("&amp;"sv);
        case '<': return to.append("&lt;"sv);
        case '>': return to.append("&gt;"sv);
        case '\r': return to.append("&#13;"sv);
        default: break;
        }
        // Nor has XML 1.0 other control characters.
        to.append(c >= 0 && c < ' ' && c != '\t' && c != '\n' ? replacement : text_at(&c, 1));
    }
};

/// One document; every begin_ needs its end_.
class answer_body {
public:
    answer_body(std::span<char> storage, bool json) noexcept : to_(storage), json_(json) {}

    void begin_document(std::string_view root, std::string_view root_end = {}) noexcept {
        if (!json_) {
            to_.append("<?xml version='1.0' encoding='UTF-8'?><"sv);
            to_.append(root);
            to_.append(root_end);
        }
        to_.append(json_ ? "{"sv : ">"sv);
    }
    void end_document(std::string_view root, std::string_view root_end = {}) noexcept {
        if (json_) return to_.append("}"sv);
        to_.append("</"sv);
        to_.append(root);
        to_.append(root_end);
        to_.append(">"sv);
    }

    /// A field whose text `append_text(sink)` appends.
    template <class AppendText>
    void field(std::string_view name, AppendText const& append_text) {
        begin(name, json_ ? "\""sv : ""sv);
        escaping_sink escaped{to_, json_};
        append_text(escaped);
        if (json_) to_.append("\""sv);
        end(name);
    }
    void text(std::string_view name, std::string_view value) {
        field(name, [value](escaping_sink& to) { to.append(value); });
    }
    void number(std::string_view name, std::uint64_t value) {
        begin(name, {});
        to_.append(decimal(value).view());
        end(name);
    }
    void cdata(std::string_view name, std::string_view before, std::string_view value, std::string_view behind) {
        begin(name, json_ ? "\""sv : "<![CDATA["sv);
        for (std::string_view const each : {before, value, behind}) to_.append(each);
        to_.append(json_ ? "\""sv : "]]>"sv);
        end(name);
    }

    void begin_object(std::string_view name) noexcept { begin(name, json_ ? "{"sv : ""sv); }
    void end_object(std::string_view name) noexcept { finish(name, "}"sv); }

    /// A list: XML repeats the name for each element, JSON writes it once.
    void begin_list(std::string_view name) noexcept {
        if (json_) begin(name, "["sv);
    }
    void begin_element(std::string_view name) noexcept {
        if (json_) {
            comma();
            to_.append("{"sv);
        } else {
            begin(name, {});
        }
    }
    void end_element(std::string_view name) noexcept { end_object(name); }
    void end_list() noexcept {
        if (json_) to_.append("]"sv);
    }

    [[nodiscard]] buffer_sink const& sink() const noexcept { return to_; }

private:
    void comma() noexcept {
        if (!to_.fits()) return;
        char const last = to_.written().back();
        if (last != '{' && last != '[') to_.append(","sv);
    }
    void begin(std::string_view name, std::string_view opening) noexcept {
        if (json_) comma();
        to_.append(json_ ? "\""sv : "<"sv);
        to_.append(name);
        to_.append(json_ ? "\":"sv : ">"sv);
        to_.append(opening);
    }
    void end(std::string_view name) noexcept {
        if (json_) return;
        to_.append("</"sv);
        to_.append(name);
        to_.append(">"sv);
    }
    void finish(std::string_view name, std::string_view closing) noexcept {
        if (json_)
            to_.append(closing);
        else
            end(name);
    }

    buffer_sink to_;
    bool json_;
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/testing/verify.hpp
// Both signatures as the service computes them, from the decoded request: independent of sign/, which makes them.
// Source: the vendor's pages "Signature mechanism" (help document 50286) and "V3 request structure and signature" (2593177).
// Data flow: an arrived request and the secret in; the string to sign and the expected signature out.
#ifndef RESTARTCASTER_TESTING_VERIFY_HPP
#define RESTARTCASTER_TESTING_VERIFY_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Percent-encodes what is appended, into another sink.
template <class Sink>
struct encoding_sink {
    Sink& to;
    void append(std::string_view text) noexcept { percent_encode(to, text); }
};

/// Appends sorted parameters as the canonical query, without the parameter `left_out`.
template <class Sink>
void append_canonical_query(Sink& to, std::span<arrived_parameter const> sorted, std::string_view left_out = {}) noexcept {
    bool first = true;
    for (arrived_parameter const& each : sorted) {
        if (!left_out.empty() && each.name == left_out) continue;
        if (!first) append_to(to, "&"sv);
        first = false;
        percent_encode(to, each.name);
        append_to(to, "="sv);
        percent_encode(to, each.value);
    }
}

// ---- signature version 1.0

/// Appends the string to sign of version 1.0; `sorted` are all parameters of the query and of the form.
template <class Sink>
void append_rpc_string_to_sign(Sink& to, std::string_view method, std::span<arrived_parameter const> sorted) noexcept {
    append_to(to, method);
    append_to(to, "&%2F&"sv);
    encoding_sink<Sink> encoded{to};
    append_canonical_query(encoded, sorted, "Signature"sv);
}

[[nodiscard]] inline std::array<char, 28> expected_rpc_signature(std::string_view secret, std::string_view method,
                                                                 std::span<arrived_parameter const> sorted) noexcept {
    hmac_key<sha1> const key(secret, "&"sv);
    hmac_stream<sha1> stream(key);
    append_rpc_string_to_sign(stream, method, sorted);
    return base64(stream.finish());
}

/// Whether a text can be an HMAC-SHA1 in base64: 27 characters and one '='.
[[nodiscard]] inline bool can_be_rpc_signature(std::string_view text) noexcept {
    if (text.size() != 28 || text.back() != '=') return false;
    for (char const c : part(text, 0, 27)) {
        char const letter = ascii_lower(c);
        if (!is_digit(c) && (letter < 'a' || letter > 'z') && c != '+' && c != '/') return false;
    }
    return true;
}

// ---- ACS3-HMAC-SHA256

inline constexpr std::string_view acs3_algorithm = "ACS3-HMAC-SHA256"sv;

/// The parts of an Authorization field of ACS3.
struct acs3_authorization {
    std::string_view key_id, signed_names, signature;
    bool well_formed = false;
};

[[nodiscard]] inline bool is_lower_hex(std::string_view text) noexcept {
    for (char const c : text)
        if (!is_digit(c) && (c < 'a' || c > 'f')) return false;
    return true;
}

/// Reads "ACS3-HMAC-SHA256 Credential=ID,SignedHeaders=A;B,Signature=64 hexadecimal digits".
[[nodiscard]] inline acs3_authorization read_authorization(std::string_view value) noexcept {
    acs3_authorization out;
    auto const take = [&value](std::string_view name) {
        if (!value.starts_with(name)) return std::string_view();
        value.remove_prefix(name.size());
        std::string_view const taken = part(value, 0, value.find_first_of(", \t"));
        value.remove_prefix(taken.size());
        return taken;
    };
    if (!value.starts_with(acs3_algorithm)) return out;
    value.remove_prefix(acs3_algorithm.size());
    out.key_id = take(" Credential="sv);
    out.signed_names = take(",SignedHeaders="sv);
    out.signature = take(",Signature="sv);
    out.well_formed = value.empty() && !out.key_id.empty() && !out.signed_names.empty() && out.signature.size() == 64 &&
                      is_lower_hex(out.signature);
    return out;
}

/// Calls visit(name) for each name of a list that semicolons separate, until visit returns false.
template <class Visit>
void each_signed_name(std::string_view names, Visit const& visit) {
    while (true) {
        auto const end = names.find(';');
        if (!visit(part(names, 0, end)) || end == names.npos) return;
        names = part(names, end + 1);
    }
}

[[nodiscard]] inline bool is_signed_name(std::string_view names, std::string_view name) noexcept {
    bool found = false;
    each_signed_name(names, [&](std::string_view each) {
        found = equal_ignoring_case(each, name);
        return !found;
    });
    return found;
}

/// Whether the names are in lower case and strictly ascending.
[[nodiscard]] inline bool are_canonical_names(std::string_view names) noexcept {
    std::string_view last;
    bool good = true, first = true;
    each_signed_name(names, [&](std::string_view each) {
        for (char const c : each) good = good && ascii_lower(c) == c;
        good = good && (first || last < each);
        last = each;
        first = false;
        return good;
    });
    return good;
}

/// Appends the values of a field: sorted, with a comma between them if the request has the field several times.
template <class Sink>
void append_field_values(Sink& to, testing::arrived_request const& in, std::string_view name) {
    // The next value in order is searched for each time: fields are few, and most are given once.
    std::string_view last;
    for (std::size_t done = 0;;) {
        std::string_view next;
        std::size_t copies = 0;
        in.each_header([&](std::string_view given, std::string_view value) {
            if (!equal_ignoring_case(given, name) || (done != 0 && value <= last)) return;
            if (copies != 0 && value > next) return;
            copies = copies != 0 && value == next ? copies + 1 : 1;
            next = value;
        });
        if (copies == 0) return;
        for (; copies != 0; --copies) {
            if (done++ != 0) append_to(to, ","sv);
            append_to(to, next);
        }
        last = next;
    }
}

/// Appends the canonical request; `sorted_query` are the parameters of the query alone.
template <class Sink>
void append_canonical_request(Sink& to, testing::arrived_request const& in, std::span<arrived_parameter const> sorted_query,
                              std::string_view signed_names, std::string_view body_digest) {
    append_to(to, in.method);
    append_to(to, "\n/\n"sv);
    append_canonical_query(to, sorted_query);
    append_to(to, "\n"sv);
    each_signed_name(signed_names, [&](std::string_view name) {
        append_to(to, name);
        append_to(to, ":"sv);
        append_field_values(to, in, name);
        append_to(to, "\n"sv);
        return true;
    });
    append_to(to, "\n"sv);
    append_to(to, signed_names);
    append_to(to, "\n"sv);
    append_to(to, body_digest);
}

/// The digits of a digest, in lower case.
[[nodiscard]] inline std::array<char, 64> hex_digits(std::array<char, 32> const& digest) noexcept {
    std::array<char, 64> out{};
    for (std::size_t i = 0; i != digest.size(); ++i) {
        unsigned const byte = static_cast<unsigned char>(digest[i]);
        out[2 * i] = hex_lower(byte >> 4);
        out[2 * i + 1] = hex_lower(byte & 15);
    }
    return out;
}
[[nodiscard]] inline std::array<char, 64> hex_sha256(std::string_view text) noexcept {
    hash_stream<sha256> stream;
    stream.append(text);
    return hex_digits(stream.finish());
}
template <std::size_t N>
[[nodiscard]] std::string_view text_of(std::array<char, N> const& bytes) noexcept {
    return text_at(bytes.data(), N);
}

/// Appends the string to sign of ACS3: the algorithm, and the hash of the canonical request.
template <class Sink>
void append_acs3_string_to_sign(Sink& to, std::array<char, 64> const& hashed_request) noexcept {
    append_to(to, acs3_algorithm);
    append_to(to, "\n"sv);
    append_to(to, text_of(hashed_request));
}

[[nodiscard]] inline std::array<char, 64> expected_acs3_signature(std::string_view secret,
                                                                  std::array<char, 64> const& hashed_request) noexcept {
    hmac_key<sha256> const key(secret);
    hmac_stream<sha256> stream(key);
    append_acs3_string_to_sign(stream, hashed_request);
    return hex_digits(stream.finish());
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/testing/served_call.hpp
// The checks that the gateway in front of the service makes of one call, as functions of the call and the account.
// Source: the vendor's pages "Request structure", "Common parameters" and "Signature mechanism", and its error codes; the same
//   choices as tests/standin/service.py, which tests/testing/faithful_test.py compares.
// Data flow: an arrived request in; the first refusal out, in the order in which the service checks.
//
// The file is long, because the checks of one call are read in the order in which they are made.
#ifndef RESTARTCASTER_TESTING_SERVED_CALL_HPP
#define RESTARTCASTER_TESTING_SERVED_CALL_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// What the service decides about a call: a success, or a refusal with its text in pieces.
struct service_verdict {
    /// What follows the message.
    enum class tail_text : std::uint8_t { none, string_to_sign, canonical_request };
    /// How `name` is written into the message.
    enum class name_form : std::uint8_t { plain, encoded, lower };

    std::uint16_t status = 200;
    bool from_gateway = true; // the gateway in front of the service names a page that explains its refusals
    std::string_view code = {}, code_end = {};
    std::string_view said = {}, said_before_name = {}, name = {}, said_end = {};
    name_form shape = name_form::plain;
    tail_text tail = tail_text::none;
    bool names_wait = false;
    std::int64_t wait_ms = 0;

    [[nodiscard]] bool refused() const noexcept { return !code.empty(); }
};

[[nodiscard]] inline service_verdict refusal(std::string_view code, std::string_view said, std::uint16_t status = 400) noexcept {
    service_verdict out;
    out.status = status;
    out.code = code;
    out.said = said;
    return out;
}
[[nodiscard]] inline service_verdict missing_parameter(std::string_view name, std::string_view label) noexcept {
    service_verdict out = refusal("Missing"sv, label);
    out.code_end = name;
    out.said_end = " is mandatory for this action."sv;
    return out;
}
[[nodiscard]] inline service_verdict missing_parameter(std::string_view name) noexcept { return missing_parameter(name, name); }
[[nodiscard]] inline service_verdict invalid_parameter(std::string_view name) noexcept {
    service_verdict out = refusal("Invalid"sv, "Specified parameter "sv);
    out.code_end = out.name = name;
    out.said_end = " is not valid."sv;
    return out;
}
/// A refusal by the service itself.
[[nodiscard]] inline service_verdict service_refusal(std::string_view code, std::string_view said, std::string_view said_end,
                                                     std::uint16_t status = 400) noexcept {
    service_verdict out = refusal(code, said, status);
    out.from_gateway = false;
    out.said_end = said_end;
    return out;
}

inline constexpr std::string_view not_matched = "Specified signature is not matched with our calculation. "sv;
inline constexpr std::string_view not_standard = "The request signature does not conform to Aliyun standards. "sv;

/// One request while it is served. ACS3 has in header fields what version 1.0 has in parameters.
struct served_call {
    testing::arrived_request const& in;
    arrived_parameters parameters;
    std::size_t query_size = 0; // parameters of the query, which come before those of the body
    bool acs3 = false, json = false;
    std::int64_t now_ms = 0;
    service_verdict decoding = {}; // of the parameters
    acs3_authorization authorization = {};
    std::array<char, 64> body_digest = {}, hashed_request = {}; // for ACS3

    [[nodiscard]] testing::sent_text common(std::string_view name, std::string_view field) const noexcept {
        return acs3 ? in.header(field) : parameters.find(name);
    }
    [[nodiscard]] std::string_view label(std::string_view name, std::string_view field) const noexcept {
        return acs3 ? field : name;
    }
    [[nodiscard]] testing::sent_text action() const noexcept { return common("Action"sv, "x-acs-action"sv); }
    [[nodiscard]] testing::sent_text nonce() const noexcept { return common("SignatureNonce"sv, "x-acs-signature-nonce"sv); }
    [[nodiscard]] std::string_view caster_id() const noexcept { return parameters.find("CasterId"sv).text; }
    [[nodiscard]] std::span<arrived_parameter const> query() const noexcept { return parameters.all().first(query_size); }
};

/// The media type of a Content-Type, without its parameters.
[[nodiscard]] inline std::string_view media_type_text(std::string_view value) noexcept {
    value = part(value, 0, value.find(';'));
    while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
    return value;
}

[[nodiscard]] inline service_verdict about_parameter(std::string_view name, std::string_view said_end) noexcept {
    service_verdict out = refusal("InvalidParameter"sv, "Specified parameter "sv);
    out.name = name;
    out.shape = service_verdict::name_form::encoded;
    out.said_end = said_end;
    return out;
}

[[nodiscard]] inline service_verdict judge_parameters(served_call& one) noexcept {
    switch (one.parameters.fault()) {
    case parameter_fault::not_decodable:
        return refusal("InvalidParameter"sv, "The parameters cannot be decoded: a % is not followed by two hex digits."sv);
    case parameter_fault::too_long:
        report_failure("restartcaster: a request is longer than gateway_limits::request_bytes"sv);
        return refusal("InvalidParameter"sv, "The request is too long for this gateway."sv);
    case parameter_fault::too_many:
        report_failure("restartcaster: a request has more parameters than gateway_limits::parameters"sv);
        return refusal("InvalidParameter"sv, "The request has too many parameters for this gateway."sv);
    default: break;
    }
    testing::sent_text const wanted = one.parameters.find("Format"sv);
    bool const json = equal_ignoring_case(wanted.text, "json"sv);
    if (!one.acs3) one.json = json;
    if (testing::sent_text const twice = one.parameters.name_given_twice(); twice.sent)
        return about_parameter(twice.text, " is given more than once."sv);
    for (arrived_parameter const& each : one.parameters.all())
        if (!is_utf8(each.name) || !is_utf8(each.value)) return about_parameter(each.name, " is not UTF-8."sv);
    if (wanted.sent && !json && !equal_ignoring_case(wanted.text, "xml"sv))
        return refusal("InvalidParameter.Format"sv, "Specified parameter format is not valid."sv);
    return {};
}

/// Decodes the parameters and sorts them as the signature needs them; what is wrong with them is said later, in its turn.
inline void decode_parameters(served_call& one) noexcept {
    one.acs3 = one.in.header("authorization"sv).text.starts_with("ACS3-"sv);
    one.parameters.add_pairs(one.in.query());
    one.query_size = one.parameters.all().size();
    std::string_view const type = media_type_text(one.in.header("content-type"sv).text);
    if (one.in.method == "POST"sv && equal_ignoring_case(type, "application/x-www-form-urlencoded"sv))
        one.parameters.add_pairs(one.in.body);
    one.decoding = judge_parameters(one);
    sort_parameters(one.acs3 ? one.parameters.all().first(one.query_size) : one.parameters.all());
    if (!one.acs3) return;
    // "json" in any case, anywhere in the field.
    std::string_view const wanted = one.in.header("accept"sv).text;
    for (std::size_t at = 0; at + 4 <= wanted.size(); ++at)
        one.json = one.json || equal_ignoring_case(part(wanted, at, 4), "json"sv);
}

// ---- the checks, in the order in which they are made

[[nodiscard]] inline service_verdict check_fields(served_call const& one) noexcept {
    if (one.in.method != "GET"sv && one.in.method != "POST"sv)
        return refusal("UnsupportedHTTPMethod"sv, "This http method is not supported."sv);
    for (std::string_view const name :
         {"authorization"sv, "content-type"sv, "accept"sv, "x-acs-content-sha256"sv, "x-acs-action"sv, "x-acs-version"sv,
          "x-acs-security-token"sv, "x-acs-date"sv, "x-acs-signature-nonce"sv}) {
        int count = 0;
        one.in.each_header([&](std::string_view given, std::string_view) { count += equal_ignoring_case(given, name) ? 1 : 0; });
        if (count < 2) continue;
        service_verdict out = refusal("InvalidParameter"sv, "The header "sv);
        out.name = name;
        out.said_end = " is given more than once."sv;
        return out;
    }
    return {};
}
[[nodiscard]] inline service_verdict check_message(served_call& one, credentials const&) noexcept {
    service_verdict const said = check_fields(one);
    if (!said.refused()) return one.decoding;
    one.json = one.json && one.acs3; // no parameter is read yet, so the format is the default, XML
    return said;
}

[[nodiscard]] inline service_verdict check_operation(served_call& one, credentials const&) noexcept {
    if (!one.action().sent) return missing_parameter("Action"sv, one.label("Action"sv, "x-acs-action"sv));
    if (one.in.path() != "/"sv)
        return refusal("InvalidApi.NotFound"sv, "Specified api is not found,please check your url and method."sv, 404);
    testing::sent_text const version = one.common("Version"sv, "x-acs-version"sv);
    if (!version.sent) return missing_parameter("Version"sv, one.label("Version"sv, "x-acs-version"sv));
    return version.text == "2016-11-01"sv ? service_verdict() : invalid_parameter("Version"sv);
}

[[nodiscard]] inline service_verdict wrong_signature_method() noexcept {
    return refusal("InvalidSignatureMethod"sv, "Specified signature method is not valid."sv);
}

[[nodiscard]] inline service_verdict check_key(served_call& one, credentials const& account) noexcept {
    testing::sent_text id = one.parameters.find("AccessKeyId"sv);
    if (one.acs3) {
        std::string_view const value = one.in.header("authorization"sv).text;
        if (part(value, 0, value.find(' ')) != acs3_algorithm) return wrong_signature_method();
        one.authorization = read_authorization(value);
        id = {one.authorization.key_id, true};
        if (!one.authorization.well_formed) {
            service_verdict out = refusal("IncompleteSignature"sv, not_standard);
            out.said_end = "Authorization is not ACS3-HMAC-SHA256 Credential=ID,SignedHeaders=A;B,"
                           "Signature=64 lower-case hex digits."sv;
            return out;
        }
    }
    if (!id.sent) return missing_parameter("AccessKeyId"sv);
    if (id.text == account.access_key_id) return {};
    return refusal("InvalidAccessKeyId.NotFound"sv, "Specified access key is not found."sv, 404);
}

[[nodiscard]] inline service_verdict check_token(served_call& one, credentials const& account) noexcept {
    std::string_view const token = one.common("SecurityToken"sv, "x-acs-security-token"sv).text;
    if (token == account.security_token) return {};
    if (token.empty()) return missing_parameter("SecurityToken"sv, one.label("SecurityToken"sv, "x-acs-security-token"sv));
    for (char const c : token)
        if (!is_unreserved(c) && "+/="sv.find(c) == "+/="sv.npos)
            return refusal("InvalidSecurityToken.Malformed"sv, "Specified SecurityToken is malformed."sv);
    return refusal("InvalidSecurityToken.MismatchWithAccessKey"sv, "Specified SecurityToken mismatch with the AccessKey."sv);
}

[[nodiscard]] inline service_verdict check_scheme(served_call& one, credentials const&) noexcept {
    if (one.acs3) return {};
    testing::sent_text const method = one.parameters.find("SignatureMethod"sv);
    testing::sent_text const version = one.parameters.find("SignatureVersion"sv);
    if (method.sent && method.text != "HMAC-SHA1"sv) return wrong_signature_method();
    if (!one.parameters.find("SignatureType"sv).text.empty()) return invalid_parameter("SignatureType"sv);
    if (!version.sent) return missing_parameter("SignatureVersion"sv);
    return version.text == "1.0"sv ? service_verdict() : invalid_parameter("SignatureVersion"sv);
}

/// Reads "2026-11-22T17:36:19Z" as UTC seconds; false for any other text, and for a day or a time that does not exist.
[[nodiscard]] inline bool read_timestamp(std::string_view text, std::int64_t& seconds) noexcept {
    constexpr std::string_view pattern = "0000-00-00T00:00:00Z"sv;
    if (text.size() != pattern.size()) return false;
    unsigned field[6] = {}, at = 0;
    for (std::size_t i = 0; i != pattern.size(); ++i) {
        if (pattern[i] == '0' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
        if (pattern[i] == '0')
            field[at] = field[at] * 10 + static_cast<unsigned>(text[i] - '0');
        else
            ++at;
    }
    bool const day = field[0] != 0 && field[1] - 1 < 12 && field[2] != 0 && field[2] <= days_of(field[1], field[0]);
    if (!day || field[3] > 23 || field[4] > 59 || field[5] > 59) return false;
    seconds = days_from_date<std::int64_t>(field[0], field[1], field[2]) * 86400 + field[3] * 3600 + field[4] * 60 + field[5];
    return true;
}

/// 15 minutes either way.
inline constexpr std::int64_t time_window_ms = 900'000;

[[nodiscard]] inline service_verdict check_time(served_call& one, credentials const&) noexcept {
    testing::sent_text const sent = one.common("Timestamp"sv, "x-acs-date"sv);
    if (!sent.sent) return missing_parameter("Timestamp"sv, one.label("Timestamp"sv, "x-acs-date"sv));
    std::int64_t seconds = 0;
    if (!read_timestamp(sent.text, seconds))
        return refusal("InvalidTimeStamp.Format"sv, "Specified time stamp or date value is not well formatted."sv);
    std::int64_t const ahead_ms = seconds * 1000 - one.now_ms;
    if (ahead_ms <= time_window_ms && ahead_ms >= -time_window_ms) return {};
    return refusal("InvalidTimeStamp.Expired"sv, "Specified time stamp or date value is expired."sv);
}

[[nodiscard]] inline service_verdict check_nonce(served_call& one, credentials const&) noexcept {
    if (!one.nonce().text.empty()) return {};
    return missing_parameter("SignatureNonce"sv, one.label("SignatureNonce"sv, "x-acs-signature-nonce"sv));
}

[[nodiscard]] inline service_verdict check_rpc_signature(served_call& one, credentials const& account) noexcept {
    testing::sent_text const given = one.parameters.find("Signature"sv);
    if (!given.sent) return missing_parameter("Signature"sv);
    bool const possible = can_be_rpc_signature(given.text);
    service_verdict wrong = possible ? refusal("SignatureDoesNotMatch"sv, not_matched)
                                     : refusal("IncompleteSignature"sv, not_standard);
    wrong.tail = service_verdict::tail_text::string_to_sign;
    auto const expected = expected_rpc_signature(account.access_key_secret, one.in.method, one.parameters.all());
    return possible && given.text == text_of(expected) ? service_verdict() : wrong;
}

/// Whether a field has to be covered by a signature of ACS3.
[[nodiscard]] inline bool must_be_signed(std::string_view name) noexcept {
    return equal_ignoring_case(name, "host"sv) || equal_ignoring_case(name, "content-type"sv) ||
           equal_ignoring_case(part(name, 0, 6), "x-acs-"sv);
}
[[nodiscard]] inline bool comes_before_ignoring_case(std::string_view a, std::string_view b) noexcept {
    for (std::size_t i = 0; i != a.size() && i != b.size(); ++i)
        if (ascii_lower(a[i]) != ascii_lower(b[i])) return ascii_lower(a[i]) < ascii_lower(b[i]);
    return a.size() < b.size();
}

[[nodiscard]] inline service_verdict check_signed_names(served_call const& one) noexcept {
    std::string_view const names = one.authorization.signed_names;
    service_verdict wrong = refusal("IncompleteSignature"sv, not_standard);
    if (!are_canonical_names(names)) {
        wrong.said_end = "SignedHeaders is not lower-case and sorted."sv;
        return wrong;
    }
    bool all_sent = true;
    each_signed_name(names, [&](std::string_view name) {
        all_sent = one.in.header(name).sent;
        if (!all_sent) wrong.name = name;
        return all_sent;
    });
    if (!all_sent) {
        wrong.said_before_name = "The signed header "sv;
        wrong.said_end = " was not sent."sv;
        return wrong;
    }
    auto const demand = [&](std::string_view name, std::string_view) {
        bool const lacks = must_be_signed(name) && !is_signed_name(names, name);
        if (lacks && (wrong.name.empty() || comes_before_ignoring_case(name, wrong.name))) wrong.name = name;
    };
    one.in.each_header(demand);
    if (wrong.name.empty()) demand("x-acs-content-sha256"sv, {});
    if (wrong.name.empty()) return {};
    wrong.said_before_name = "The header "sv;
    wrong.shape = service_verdict::name_form::lower;
    wrong.said_end = " must be signed."sv;
    return wrong;
}

[[nodiscard]] inline service_verdict check_acs3_signature(served_call& one, credentials const& account) noexcept {
    if (service_verdict const said = check_signed_names(one); said.refused()) return said;
    one.body_digest = hex_sha256(one.in.body);
    hash_stream<sha256> stream;
    append_canonical_request(stream, one.in, one.query(), one.authorization.signed_names, text_of(one.body_digest));
    one.hashed_request = hex_digits(stream.finish());
    auto const expected = expected_acs3_signature(account.access_key_secret, one.hashed_request);
    bool const body_as_stated = one.in.header("x-acs-content-sha256"sv).text == text_of(one.body_digest);
    if (body_as_stated && one.authorization.signature == text_of(expected)) return {};
    service_verdict wrong = refusal("SignatureDoesNotMatch"sv, not_matched);
    wrong.tail = service_verdict::tail_text::canonical_request;
    return wrong;
}

[[nodiscard]] inline service_verdict check_signature(served_call& one, credentials const& account) noexcept {
    return one.acs3 ? check_acs3_signature(one, account) : check_rpc_signature(one, account);
}

/// Every check that needs the call and the account only.
[[nodiscard]] inline service_verdict check_call(served_call& one, credentials const& account) noexcept {
    for (auto* const each : {check_message, check_operation, check_key, check_token, check_scheme, check_time, check_nonce,
                              check_signature})
        if (service_verdict const said = each(one, account); said.refused()) return said;
    return {};
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/testing/test_studio.hpp
// The studios of the gateway's account: their state, changes that take time, and how often each operation ran.
// Source: the vendor's pages on RestartCaster, StartCaster, StopCaster and DescribeCasters (2016-11-01). The pages do not say
//   what is seen during a change; here the former state, until the change is complete.
// Data flow: a test sets a state; operations that the gateway accepts change it; the test asks what happened.
#ifndef RESTARTCASTER_TESTING_TEST_STUDIO_HPP
#define RESTARTCASTER_TESTING_TEST_STUDIO_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace testing {

/// What a studio does at a moment.
enum class studio_state : std::uint8_t { on_air, idle, starting, restarting, stopping, absent };

}

namespace detail {

/// The operations that the gateway carries out.
enum class test_action : std::uint8_t { restart, start, stop, describe, other };
inline constexpr std::size_t test_action_count = 4;

[[nodiscard]] constexpr std::string_view name_of(test_action action) noexcept {
    switch (action) {
    case test_action::restart: return "RestartCaster"sv;
    case test_action::start: return "StartCaster"sv;
    case test_action::stop: return "StopCaster"sv;
    case test_action::describe: return "DescribeCasters"sv;
    default: return {};
    }
}
[[nodiscard]] constexpr test_action action_named(std::string_view name) noexcept {
    for (test_action const each : {test_action::restart, test_action::start, test_action::stop, test_action::describe})
        if (name_of(each) == name) return each;
    return test_action::other;
}

class test_account;

} // namespace detail

namespace testing {

/// A studio of the gateway's account. A new studio is on air, in general mode, and every change takes effect at once.
class test_studio {
public:
    /// The longest id in bytes.
    static constexpr std::size_t id_limit = 128;

    /// The id.
    [[nodiscard]] std::string_view id() const noexcept { return detail::text_at(id_, id_size_); }
    /// What the studio does now, by the gateway's clock.
    [[nodiscard]] studio_state state() noexcept {
        settle();
        if (!exists_) return studio_state::absent;
        if (!changing_) return running_ ? studio_state::on_air : studio_state::idle;
        switch (change_) {
        case detail::test_action::start: return studio_state::starting;
        case detail::test_action::stop: return studio_state::stopping;
        default: return studio_state::restarting;
        }
    }

    /// Sets the state; a change that is under way ends.
    test_studio& on_air() noexcept { return becomes(true, true); }
    test_studio& idle() noexcept { return becomes(true, false); }
    /// The studio does not exist (any more).
    test_studio& absent() noexcept { return becomes(false, false); }
    /// Makes the studio a virtual studio, which the service does not restart.
    test_studio& virtual_type() noexcept {
        virtual_ = true;
        return *this;
    }
    /// How long a restart takes from now on; 0 at first. Meanwhile the service shows the former state, and refuses
    /// every other change with IncorrectSceneStatus.
    template <duration T>
    test_studio& restarts_in(T time) noexcept {
        return takes(detail::test_action::restart, length_in_milliseconds(time));
    }
    /// How long a start takes.
    template <duration T>
    test_studio& starts_in(T time) noexcept {
        return takes(detail::test_action::start, length_in_milliseconds(time));
    }
    /// How long a stop takes.
    template <duration T>
    test_studio& stops_in(T time) noexcept {
        return takes(detail::test_action::stop, length_in_milliseconds(time));
    }

private:
    friend class detail::test_account;
    using action = detail::test_action;

    void set_up(std::string_view id, test_clock const& clock) noexcept {
        *this = test_studio();
        clock_ = &clock;
        id_size_ = static_cast<std::uint8_t>(id.size());
        detail::copy_bytes(id_, id.data(), id.size());
        modified_ms_ = started_ms_ = clock.utc_ms() - 3'600'000;
    }

    test_studio& becomes(bool exists, bool running) noexcept {
        exists_ = exists;
        complete(running, clock_->utc_ms());
        return *this;
    }
    test_studio& takes(action change, std::int64_t milliseconds) noexcept {
        takes_ms_[static_cast<std::size_t>(change)] = milliseconds;
        return *this;
    }

    void begin(action change) noexcept {
        changing_ = true;
        change_ = change;
        ends_ms_ = now_ms() + takes_ms_[static_cast<std::size_t>(change)];
        settle();
    }
    // By the clock that nobody sets.
    [[nodiscard]] std::int64_t now_ms() const noexcept { return static_cast<std::int64_t>(clock_->monotonic_ms()); }
    // Completes a change that is due.
    void settle() noexcept {
        if (changing_ && now_ms() >= ends_ms_) complete(change_ != action::stop, clock_->utc_ms() - (now_ms() - ends_ms_));
    }
    void complete(bool running, std::int64_t when_ms) noexcept {
        changing_ = false;
        running_ = running;
        modified_ms_ = when_ms;
        if (running) started_ms_ = when_ms;
    }

    test_clock const* clock_ = nullptr;
    std::int64_t modified_ms_ = 0, started_ms_ = 0, ends_ms_ = 0;
    std::int64_t takes_ms_[detail::test_action_count] = {};
    std::size_t runs_[detail::test_action_count] = {};
    bool exists_ = true, running_ = true, virtual_ = false, changing_ = false;
    action change_ = action::other;
    std::uint8_t id_size_ = 0;
    char id_[id_limit] = {};
};

}}} // namespace restartcaster::testing

#endif

// ---- restartcaster/testing/test_account.hpp
// The studios of the gateway's account, and the operations on them: RestartCaster, StartCaster, StopCaster, DescribeCasters.
// Source: the vendor's pages on these operations (2016-11-01), "Error codes".
// Data flow: a checked call in; studios changed, and the fields of the answer out.
#ifndef RESTARTCASTER_TESTING_TEST_ACCOUNT_HPP
#define RESTARTCASTER_TESTING_TEST_ACCOUNT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// A whole number of at most nine digits.
[[nodiscard]] inline bool read_whole_number(std::string_view text, std::size_t& number) noexcept {
    number = 0;
    for (char const c : text) {
        if (!is_digit(c) || text.size() > 9) return false;
        number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    return !text.empty();
}

/// The studios of an account.
class test_account {
public:
    using state = testing::studio_state;

    test_account(std::span<testing::test_studio> studios, testing::test_clock const& clock) noexcept
        : studios_(studios), clock_(clock) {}

    [[nodiscard]] testing::test_studio* find(std::string_view id) const noexcept {
        for (testing::test_studio& each : studios_.first(count_))
            if (each.id() == id) return &each;
        return nullptr;
    }
    [[nodiscard]] testing::test_studio& find_or_add(std::string_view id) noexcept {
        if (testing::test_studio* const found = find(id)) return *found;
        bool const room = count_ != studios_.size();
        if (!room) report_failure("restartcaster: the studio "sv, id, " is one more than gateway_limits::studios = "sv, count_);
        if (id.size() > testing::test_studio::id_limit)
            report_failure("restartcaster: an id of a studio has at most 128 bytes: "sv, id);
        if (room) ++count_;
        studios_[count_ - 1].set_up(part(id, 0, testing::test_studio::id_limit), clock_);
        return studios_[count_ - 1];
    }

    /// How often an action ran for a studio.
    [[nodiscard]] std::size_t runs(test_action which, std::string_view id) const noexcept {
        if (which == test_action::other) return 0;
        if (id.empty()) return which == test_action::describe ? lists_ : 0;
        testing::test_studio const* const found = find(id);
        return found == nullptr ? 0 : found->runs_[static_cast<std::size_t>(which)];
    }

    [[nodiscard]] service_verdict carry_out(served_call const& one) noexcept {
        test_action const which = action_named(one.action().text);
        if (which == test_action::other) return not_carried_out("", one.action().text);
        if (which == test_action::describe) return describe(one);
        std::string_view const id = one.caster_id();
        if (id.empty()) return missing_parameter("CasterId"sv);
        testing::test_studio* const studio = find(id);
        if (studio == nullptr && !is_caster_id(id)) return of_studio("InvalidCasterId.Malformed", "The CasterId is malformed");
        if (studio == nullptr || studio->state() == state::absent)
            return of_studio("InvalidCaster.NotFound", "The production studio does not exist", 404);
        service_verdict const said = change(*studio, which);
        if (!said.refused()) ++studio->runs_[static_cast<std::size_t>(which)];
        return said;
    }

    /// Writes the fields of a success.
    void write_fields(answer_body& out, served_call const& one) const noexcept {
        switch (action_named(one.action().text)) {
        case test_action::describe: return write_list(out, one);
        case test_action::start: return write_scenes(out, one.caster_id());
        default: return;
        }
    }

private:
    [[nodiscard]] static service_verdict of_studio(std::string_view code, std::string_view said,
                                                    std::uint16_t status = 400) noexcept {
        return service_refusal(code, said, ", please check and try again later."sv, status);
    }
    [[nodiscard]] static service_verdict not_carried_out(std::string_view what, std::string_view name) noexcept {
        service_verdict out = service_refusal("Testing.NotImplemented"sv, "The gateway for tests does not carry out "sv, "."sv,
                                              501);
        out.said_before_name = what;
        out.name = name;
        return out;
    }
    [[nodiscard]] static bool is_caster_id(std::string_view id) noexcept {
        for (char const c : id)
            if ((!is_unreserved(c) && c != '*') || c == '.' || c == '~') return false;
        return id.size() <= testing::test_studio::id_limit;
    }

    [[nodiscard]] static service_verdict change(testing::test_studio& studio, test_action which) noexcept {
        bool const restart = which == test_action::restart;
        if (restart && studio.virtual_)
            return of_studio("InvalidNormType.Malformed", "A virtual studio does not support this operation");
        if (studio.changing_) return of_studio("IncorrectSceneStatus", "The scene is about to change");
        if (restart && !studio.running_) return of_studio("IncorrectCasterStatus.Idle", "The production studio is not started");
        if (restart || studio.running_ == (which == test_action::stop)) studio.begin(which);
        return {};
    }

    // A filter that is not carried out is refused: an answer that ignores a filter would mislead the test.
    [[nodiscard]] service_verdict describe(served_call const& one) noexcept {
        for (std::string_view const name :
             {"CasterName"sv, "ChargeType"sv, "EndTime"sv, "OrderByModifyAsc"sv, "ResourceGroupId"sv, "StartTime"sv})
            if (!one.parameters.find(name).text.empty()) return not_carried_out("the parameter "sv, name);
        for (std::string_view const name : {"PageNum"sv, "PageSize"sv, "Status"sv}) {
            testing::sent_text const sent = one.parameters.find(name);
            std::size_t number = 0;
            bool const good = read_whole_number(sent.text, number) && (name == "Status"sv ? number < 2 : number != 0);
            if (sent.sent && !good) return invalid_parameter(name);
        }
        if (testing::test_studio* const studio = find(one.caster_id()))
            ++studio->runs_[static_cast<std::size_t>(test_action::describe)];
        else if (one.caster_id().empty())
            ++lists_;
        return {};
    }
    [[nodiscard]] static std::size_t number_or(served_call const& one, std::string_view name, std::size_t otherwise) noexcept {
        std::size_t number = 0;
        return read_whole_number(one.parameters.find(name).text, number) ? number : otherwise;
    }
    [[nodiscard]] static bool is_listed(served_call const& one, testing::test_studio& studio) noexcept {
        std::string_view const id = one.caster_id(), type = one.parameters.find("NormType"sv).text;
        if (studio.state() == state::absent || (!id.empty() && id != studio.id())) return false;
        if (!type.empty() && type != (studio.virtual_ ? "4"sv : "1"sv)) return false;
        std::size_t const running = studio.running_ ? 1 : 0;
        return number_or(one, "Status"sv, running) == running;
    }

    void write_list(answer_body& out, served_call const& one) const noexcept {
        std::size_t const size = number_or(one, "PageSize"sv, 100);
        std::size_t const first = (number_or(one, "PageNum"sv, 1) - 1) * size;
        std::size_t total = 0;
        out.begin_object("CasterList"sv);
        out.begin_list("Caster"sv);
        for (testing::test_studio& each : studios_.first(count_)) {
            if (!is_listed(one, each)) continue;
            if (total >= first && total - first < size) write_studio(out, each);
            ++total;
        }
        out.end_list();
        out.end_object("CasterList"sv);
        out.number("Total"sv, total);
    }
    static void write_studio(answer_body& out, testing::test_studio const& studio) noexcept {
        out.begin_element("Caster"sv);
        out.text("CasterId"sv, studio.id());
        out.number("Status"sv, studio.running_ ? 1 : 0);
        out.number("NormType"sv, studio.virtual_ ? 4 : 1);
        auto const modified = utc_time(shown_seconds(studio.modified_ms_)).text();
        out.text("LastModified"sv, text_of(modified));
        if (studio.running_) {
            auto const started = utc_time(shown_seconds(studio.started_ms_)).text();
            out.field("StartTime"sv, [&](escaping_sink& to) {
                for (std::string_view const each : {part(text_of(started), 0, 10), " "sv, part(text_of(started), 11, 8), ".0"sv})
                    to.append(each);
            });
        }
        out.end_element("Caster"sv);
    }
    static void write_scenes(answer_body& out, std::string_view id) noexcept {
        for (std::string_view const name : {"PvwSceneInfos"sv, "PgmSceneInfos"sv}) {
            out.begin_object(name);
            out.begin_list("SceneInfo"sv);
            out.begin_element("SceneInfo"sv);
            out.text("SceneId"sv, name == "PvwSceneInfos"sv ? "scene-0"sv : "scene-1"sv);
            out.field("StreamUrl"sv, [&](escaping_sink& to) {
                to.append("rtmp://play.example.com/caster/"sv);
                to.append(id);
            });
            out.end_element("SceneInfo"sv);
            out.end_list();
            out.end_object(name);
        }
    }

    std::span<testing::test_studio> studios_;
    testing::test_clock const& clock_;
    std::size_t count_ = 0, lists_ = 0;
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/testing/gateway_core.hpp
// The gateway without its capacities: serves a request, remembers nonces and calls, and plays the planned faults.
// Source: the vendor's pages on limits and nonces; docs/how-to/test-your-code.md.
// Data flow: an arrived request in; checks, operation, faults; the answer in the storage of the exchange out.
//
// The file is long, because the public part is one class, which a test reads as one object.
#ifndef RESTARTCASTER_TESTING_GATEWAY_CORE_HPP
#define RESTARTCASTER_TESTING_GATEWAY_CORE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// The calls of the last second of one operation.
class sliding_second {
public:
    static constexpr std::size_t most = 64;

    /// The milliseconds until there is room for one more call; 0 if there is room now.
    [[nodiscard]] std::int64_t wait_ms(std::size_t limit, std::int64_t now_ms) const noexcept {
        if (limit == 0 || count_ < limit) return 0;
        std::int64_t const oldest = times_[(count_ - limit) % most];
        return now_ms - oldest >= 1000 ? 0 : oldest + 1000 - now_ms;
    }
    void add(std::int64_t now_ms) noexcept { times_[count_++ % most] = now_ms; }

private:
    std::size_t count_ = 0;
    std::int64_t times_[most] = {};
};

/// A request id: a UUID whose last part counts. The first parts are those of an example in the vendor's pages, and differ
/// from those of test_nonces: a text that equals a nonce would be hidden as a secret.
class counted_id {
public:
    explicit counted_id(std::size_t count) noexcept {
        constexpr std::string_view pattern = "6EBD1AC4-C34D-4AE1-963E-000000000000"sv;
        copy_bytes(bytes_, pattern.data(), sizeof bytes_);
        for (std::size_t at = sizeof bytes_; count != 0 && at-- != 24; count /= 16)
            bytes_[at] = hex_upper(static_cast<unsigned>(count % 16));
    }
    [[nodiscard]] std::string_view view() const noexcept { return text_at(bytes_, sizeof bytes_); }

private:
    char bytes_[36];
};

} // namespace detail

namespace testing {

/// The account and the limits of a gateway.
struct gateway_options {
    /// The one key that the service knows, and the token that has to come with it; an empty token: none.
    /// Storage: views, which must outlive the gateway.
    credentials account = {.access_key_id = "testid", .access_key_secret = "testsecret"};
    /// Calls per second for each operation, over a sliding second of the gateway's clock; at most 64. 0: no limit.
    std::size_t calls_per_second = 10;
    /// A throttled call is told its wait in X-RateLimit-User, as by older gateways, and not in x-acs-retry-after.
    bool older_wait_header = false;
};

/// An answer as a server sends it.
/// Storage: the body is in the storage of the exchange; the header lines are in the gateway until its next answer.
struct http_answer {
    /// The status.
    std::uint16_t status = 0;
    /// The header fields without Content-Length, as lines "Name: value" CRLF.
    std::string_view headers = {};
    /// The body.
    std::span<char> body = {};
};

/// All of a gateway that does not depend on its capacities; see basic_gateway.
class gateway_core {
public:
    gateway_core(gateway_core const&) = delete;
    gateway_core& operator=(gateway_core const&) = delete;

    /// The studio with this id. If the account has no such studio, adds one that is on air, in general mode.
    test_studio& studio(std::string_view id) noexcept RESTARTCASTER_LIFETIMEBOUND { return studios_.find_or_add(id); }
    /// The clock of the test. The gateway, its studios and its stamps read this clock.
    [[nodiscard]] test_clock& clock() noexcept RESTARTCASTER_LIFETIMEBOUND { return clock_; }
    /// The credentials that the service accepts, to make a signing_key of.
    [[nodiscard]] credentials const& account() const noexcept RESTARTCASTER_LIFETIMEBOUND { return options_.account; }
    /// The time of the clock and a new nonce, for one call.
    /// Storage: the nonce is valid until the next stamp.
    [[nodiscard]] restartcaster::stamp stamp() noexcept RESTARTCASTER_LIFETIMEBOUND {
        nonce_ = *nonces_();
        return {.utc_seconds = clock_.utc_seconds(), .nonce = nonce_.text()};
    }

    /// Begins a planned fault: for the next call, for every call, or for a share of the calls. See fault_rule.
    fault_rule& next() noexcept RESTARTCASTER_LIFETIMEBOUND { return plan_.next(); }
    fault_rule& always() noexcept RESTARTCASTER_LIFETIMEBOUND { return plan_.always(); }
    fault_rule& randomly(double probability) noexcept RESTARTCASTER_LIFETIMEBOUND { return plan_.randomly(probability); }
    /// All planned faults.
    [[nodiscard]] fault_plan& faults() noexcept RESTARTCASTER_LIFETIMEBOUND { return plan_; }

    /// The calls that arrived.
    [[nodiscard]] received_calls calls() const noexcept RESTARTCASTER_LIFETIMEBOUND { return {calls_, call_count_}; }
    /// How often RestartCaster ran for a studio.
    [[nodiscard]] std::size_t restarts(std::string_view id) const noexcept { return runs("RestartCaster", id); }
    /// How often an action ran for a studio. An empty id: DescribeCasters of all studios.
    [[nodiscard]] std::size_t runs(std::string_view action, std::string_view id) const noexcept {
        return studios_.runs(detail::action_named(action), id);
    }

    /// Fails the test if a call arrived.
    void expect_no_call() const noexcept {
        if (call_count_ != 0) fail_with_calls("expected no call");
    }
    /// Fails the test unless RestartCaster ran this number of times for the studio.
    void expect_restarts(std::string_view id, std::size_t count) const noexcept {
        if (restarts(id) != count) fail_with_calls("expected ", count, " restarts of ", id, " and saw ", restarts(id));
    }
    /// Fails the test if a planned fault of next() was not used, because too few calls arrived.
    void expect_faults_used() const noexcept {
        if (plan_.left() != 0) fail_with_calls("expected the use of every planned fault, and ", plan_.left(), " are left");
    }

    /// Serves one request as a server does, for tests over a socket; a transport calls exchange().
    /// Storage: the body of the answer is at the start of `storage`.
    /// Errors: not_sent, no_answer, answer_too_long, with the meaning that a transport gives them.
    [[nodiscard]] result<http_answer> receive(arrived_request const& in, std::span<char> storage) noexcept {
        detail::served_call one{in, detail::arrived_parameters(table_, decoded_)};
        detail::decode_parameters(one);
        effects const faults = plan_.take(one.action().text, one.caster_id());
        one.now_ms = clock_.utc_ms() + faults.ahead_ms;
        auto const answer = played(one, faults, storage);
        std::uint64_t const limit_ms = limit_ms_, slow_ms = static_cast<std::uint64_t>(faults.slow_ms);
        bool const too_late = slow_ms > limit_ms;
        limit_ms_ = no_limit;
        clock_.advance_ms(too_late ? limit_ms : slow_ms);
        if (answer && too_late) return unexpected(failure{.code = errc::no_answer, .subject = "the time is over"});
        return answer;
    }

protected:
    /// The bytes of a gateway, whose number is its capacity.
    struct parts {
        std::span<test_studio> studios;
        std::span<fault_rule> rules;
        std::span<received_call> calls;
        std::span<char> call_texts;
        std::span<std::uint64_t> nonces;
        std::span<detail::arrived_parameter> table;
        std::span<char> decoded;
    };

    gateway_core(parts const& all, gateway_options const& options) noexcept
        : options_(options), plan_(all.rules), nonce_(*nonces_()), studios_(all.studios, clock_), calls_(all.calls),
          call_texts_(all.call_texts), seen_nonces_(all.nonces), table_(all.table), decoded_(all.decoded) {
        if (options.calls_per_second > detail::sliding_second::most)
            detail::report_failure("restartcaster: gateway_options::calls_per_second is at most 64"sv);
    }
    ~gateway_core() = default;

    void limit_next_exchange(std::uint32_t milliseconds) noexcept { limit_ms_ = milliseconds; }

private:
    using verdict = detail::service_verdict;
    using effects = detail::fault_effects;
    using fault_kind = detail::fault_kind;
    static constexpr std::uint64_t no_limit = ~std::uint64_t{0};

    // ---- one request under its faults

    [[nodiscard]] result<http_answer> played(detail::served_call& one, effects const& faults, std::span<char> storage) noexcept {
        if (faults.kind == fault_kind::refuse_connection)
            return unexpected(failure{.code = errc::not_sent, .subject = "a planned fault"});
        bool const page = faults.kind == fault_kind::page || faults.kind == fault_kind::redirect;
        bool const kept_away = faults.kind == fault_kind::lose_request || (page && !faults.after_running);
        result<http_answer> answer = http_answer{};
        if (kept_away)
            static_cast<void>(recorded(one));
        else
            answer = served(one, faults, storage);
        if (faults.repeated && !kept_away) answer = served(one, faults, storage);
        if (faults.kind == fault_kind::lose_request || faults.kind == fault_kind::lose_answer)
            return unexpected(failure{.code = errc::no_answer, .subject = "a planned fault"});
        if (!answer) return answer;
        if (page) answer = page_of_proxy(one, faults, storage);
        return answer ? spoilt(*answer, faults, storage) : answer;
    }

    // Serves the request, without the faults of its answer.
    [[nodiscard]] result<http_answer> served(detail::served_call& one, effects const& faults, std::span<char> storage) noexcept {
        received_call& record = recorded(one);
        verdict said = detail::check_call(one, options_.account);
        if (!said.refused()) said = admitted(one, faults);
        if (!said.refused()) said = executed(one, faults, record);
        record.status_ = said.status;
        record.keep_code(said.code, said.code_end);

        detail::counted_id const id(++answer_count_);
        write_headers(one, said, id.view());
        detail::answer_body out(storage, one.json);
        if (said.refused())
            write_refusal(out, one, said, id.view());
        else
            write_success(out, one, id.view());
        return finished(said.status, out.sink(), storage);
    }

    [[nodiscard]] result<http_answer> finished(std::uint16_t status, buffer_sink const& body,
                                               std::span<char> storage) const noexcept {
        if (!body.fits()) return too_long(status);
        return http_answer{.status = status, .headers = headers_.text(), .body = storage.first(body.needed())};
    }
    [[nodiscard]] static unexpected<failure> too_long(std::uint16_t status) noexcept {
        return unexpected(failure{.code = errc::answer_too_long, .http_status = status});
    }

    [[nodiscard]] received_call& recorded(detail::served_call const& one) noexcept {
        std::size_t const at = call_count_ % calls_.size(), size = call_texts_.size() / calls_.size();
        received_call& record = calls_[at];
        record.begin(++call_count_, one.now_ms, call_texts_.subspan(at * size, size));
        record.action_ = record.kept(one.action().text);
        record.nonce_ = record.kept(one.nonce().text);
        record.method_ = record.kept(one.in.method);
        bool const has_form = one.in.method == "POST" && !one.in.body.empty();
        record.place_ = !has_form ? "query"sv : one.in.query().empty() ? "form"sv : "split"sv;
        record.signature_ = one.acs3 ? signature_kind::acs3 : signature_kind::rpc_v1;
        for (detail::arrived_parameter const& each : one.parameters.all()) record.keep(each);
        return record;
    }

    // ---- nonces and rate: only calls that are let in use their nonce up, and count

    [[nodiscard]] verdict admitted(detail::served_call const& one, effects const& faults) noexcept {
        // 64 bits of a hash stand for the nonce: two nonces of one test do not share them in practice.
        hash_stream<sha256> stream;
        stream.append(one.nonce().text);
        auto const bytes = stream.finish();
        std::uint64_t const digest = std::uint64_t{detail::load_big_endian(bytes.data())} << 32 |
                                     detail::load_big_endian(bytes.data() + 4) | 1;
        for (std::uint64_t& each : seen_nonces_) {
            if (faults.nonce_forgotten) each = 0;
            if (each == digest) return detail::refusal("SignatureNonceUsed", "Specified signature nonce was used already.");
        }
        if (faults.kind == fault_kind::throttle) return throttled(faults.code, faults.status, faults.names_wait, faults.wait_ms);
        if (faults.kind == fault_kind::unavailable) return detail::refusal(faults.code, faults.text, faults.status);
        detail::test_action const which = detail::action_named(one.action().text);
        if (which != detail::test_action::other) {
            detail::sliding_second& recent = recent_[static_cast<std::size_t>(which)];
            auto const now_ms = static_cast<std::int64_t>(clock_.monotonic_ms());
            std::int64_t const wait_ms = recent.wait_ms(options_.calls_per_second, now_ms);
            if (wait_ms != 0) return throttled("Throttling.User", 400, true, wait_ms);
            recent.add(now_ms);
        }
        seen_nonces_[nonce_count_++ % seen_nonces_.size()] = digest;
        return {};
    }
    [[nodiscard]] static verdict throttled(std::string_view code, std::uint16_t status, bool names_wait,
                                           std::int64_t wait_ms) noexcept {
        verdict out = detail::refusal(code, "Request was denied due to ", status);
        out.said_end = code == "Throttling"sv       ? "request throttling."sv
                       : code == "Throttling.Api"sv ? "api flow control."sv
                                                    : "user flow control."sv;
        out.names_wait = names_wait;
        out.wait_ms = wait_ms;
        return out;
    }

    [[nodiscard]] verdict executed(detail::served_call const& one, effects const& faults, received_call& record) noexcept {
        bool const planned = faults.kind == fault_kind::error;
        if (!planned || faults.after_running) {
            if (verdict const said = studios_.carry_out(one); said.refused()) return said;
            record.executed_ = true;
        }
        return planned ? detail::service_refusal(faults.code, faults.text, {}, faults.status) : verdict();
    }

    // ---- the answer

    void write_success(detail::answer_body& out, detail::served_call const& one, std::string_view request_id) const noexcept {
        std::string_view const action = one.action().text;
        out.begin_document(action, "Response"sv);
        out.text("RequestId"sv, request_id);
        studios_.write_fields(out, one);
        out.end_document(action, "Response"sv);
    }

    static void write_refusal(detail::answer_body& out, detail::served_call const& one, verdict const& said,
                              std::string_view request_id) noexcept {
        detail::test_sentence code(said.code, said.code_end);
        std::string_view const code_text = code.c_str();
        auto const recommend = [&] {
            if (said.from_gateway)
                out.cdata("Recommend"sv, "https://error-center.aliyun.com/status/search?Keyword="sv, code_text,
                          "&source=PopGw"sv);
        };
        std::string_view const host = one.in.header("host"sv).text;
        out.begin_document("Error"sv);
        if (one.json) recommend();
        out.text("RequestId"sv, request_id);
        out.text("HostId"sv, detail::part(host, 0, host.find(':')));
        out.text("Code"sv, code_text);
        out.field("Message"sv, [&](detail::escaping_sink& to) { write_message(to, one, said); });
        if (!one.json) recommend();
        out.end_document("Error"sv);
    }

    static void write_message(detail::escaping_sink& to, detail::served_call const& one, verdict const& said) noexcept {
        to.append(said.said);
        to.append(said.said_before_name);
        switch (said.shape) {
        case verdict::name_form::encoded: percent_encode(to, said.name); break;
        case verdict::name_form::lower:
            for (char const c : said.name) detail::append_byte(to, detail::ascii_lower(c));
            break;
        default: to.append(said.name); break;
        }
        to.append(said.said_end);
        if (said.tail == verdict::tail_text::none) return;
        bool const canonical = said.tail == verdict::tail_text::canonical_request;
        if (canonical) {
            to.append("server canonical request is:"sv);
            detail::append_canonical_request(to, one.in, one.query(), one.authorization.signed_names,
                                             detail::text_of(one.body_digest));
            to.append(" "sv);
        }
        to.append("server string to sign is:"sv);
        if (canonical)
            detail::append_acs3_string_to_sign(to, one.hashed_request);
        else
            detail::append_rpc_string_to_sign(to, one.in.method, one.parameters.all());
    }

    void write_headers(detail::served_call const& one, verdict const& said, std::string_view request_id) noexcept {
        headers_.start_anew();
        headers_.set("date"sv, detail::http_date_text(detail::shown_seconds(one.now_ms)).view());
        headers_.set("content-type"sv, one.json ? "application/json;charset=utf-8"sv : "text/xml;charset=utf-8"sv);
        headers_.set("x-acs-request-id"sv, request_id);
        if (!said.names_wait) return;
        auto const wait = detail::decimal(said.wait_ms);
        if (!options_.older_wait_header) return headers_.set("x-acs-retry-after"sv, wait.view());
        detail::test_sentence value("Limit:"sv, options_.calls_per_second, ",Remain:0,TimeLeft:"sv, wait.view(), ",Reset:"sv,
                                    detail::decimal((one.now_ms + said.wait_ms + 999) / 1000).view());
        headers_.set("X-RateLimit-User"sv, value.c_str());
    }

    // ---- the faults of an answer

    [[nodiscard]] result<http_answer> page_of_proxy(detail::served_call const& one, effects const& faults,
                                                    std::span<char> storage) noexcept {
        bool const page = faults.kind == fault_kind::page;
        headers_.start_anew();
        headers_.set("date"sv, detail::http_date_text(detail::shown_seconds(one.now_ms)).view());
        headers_.set(page ? "content-type"sv : "location"sv, page ? "text/html"sv : faults.text);
        buffer_sink body(storage);
        if (page) body.append(faults.text);
        return finished(faults.status, body, storage);
    }

    [[nodiscard]] result<http_answer> spoilt(http_answer answer, effects const& faults, std::span<char> storage) noexcept {
        for (std::size_t i = 0; i != faults.header_count; ++i) {
            detail::header_fault const& change = faults.headers[i];
            if (change.removed)
                headers_.remove(change.name);
            else
                headers_.set(change.name, change.value);
        }
        answer.headers = headers_.text();
        std::size_t const bytes = faults.body_bytes, size = answer.body.size();
        switch (faults.body) {
        case detail::body_fault::cut:
            return unexpected(failure{.code = errc::no_answer, .http_status = answer.status, .subject = "a planned fault"});
        case detail::body_fault::shorten: answer.body = answer.body.first(bytes < size ? bytes : size); break;
        case detail::body_fault::pad: return padded(answer, bytes, storage);
        case detail::body_fault::replace: {
            buffer_sink body(storage);
            body.append(faults.body_text);
            return finished(answer.status, body, storage);
        }
        default: break;
        }
        return answer;
    }

    // Inserts a field before the end of the document, so that the body has this number of bytes.
    [[nodiscard]] static result<http_answer> padded(http_answer answer, std::size_t bytes, std::span<char> storage) noexcept {
        std::string_view const body(answer.body.data(), answer.body.size());
        bool const json = body.starts_with('{');
        std::string_view const before = json ? ",\"Padding\":\""sv : "<Padding>"sv, behind = json ? "\""sv : "</Padding>"sv;
        std::size_t const end = json ? body.size() - 1 : body.rfind("</"sv);
        if (end >= body.size() || bytes < body.size() + before.size() + behind.size()) return answer;
        if (bytes > storage.size()) return too_long(answer.status);
        std::size_t const tail = body.size() - end;
        for (std::size_t i = tail; i-- != 0;) storage[bytes - tail + i] = storage[end + i];
        detail::copy_bytes(storage.data() + end, before.data(), before.size());
        for (std::size_t i = end + before.size(); i != bytes - tail - behind.size(); ++i) storage[i] = 'x';
        detail::copy_bytes(storage.data() + bytes - tail - behind.size(), behind.data(), behind.size());
        answer.body = storage.first(bytes);
        return answer;
    }

    // Fails the test with a sentence and the calls that arrived.
    template <class... Texts>
    void fail_with_calls(Texts... texts) const noexcept {
        detail::test_sentence text("restartcaster: "sv, texts...);
        if (call_count_ == 0) text.append("; no call arrived"sv);
        std::size_t const kept = call_count_ < calls_.size() ? call_count_ : calls_.size();
        for (std::size_t i = call_count_ - kept; i != call_count_; ++i) {
            text.append("; "sv);
            calls()[i].describe(text);
        }
        on_failure(text.c_str());
    }

    gateway_options options_;
    test_clock clock_;
    fault_plan plan_;
    test_nonces nonces_;
    nonce nonce_;
    detail::test_account studios_;
    std::span<received_call> calls_;
    std::span<char> call_texts_;
    std::span<std::uint64_t> seen_nonces_;
    std::span<detail::arrived_parameter> table_;
    std::span<char> decoded_;
    std::size_t call_count_ = 0, nonce_count_ = 0, answer_count_ = 0;
    std::uint64_t limit_ms_ = no_limit;
    detail::sliding_second recent_[detail::test_action_count];
    detail::header_writer headers_;
};

}}} // namespace restartcaster::testing

#endif

// ---- restartcaster/testing/gateway.hpp
// The vendor's service inside a test program, as a transport: no network, no clock, no thread, no heap.
// Source: docs/how-to/test-your-code.md.
// Data flow: a signed request in; its signature verified, the operation carried out on the test's studios, the answer out.
#ifndef RESTARTCASTER_TESTING_GATEWAY_HPP
#define RESTARTCASTER_TESTING_GATEWAY_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace testing {

/// The capacities of a gateway. A test that needs more fails with the name of the capacity.
struct gateway_limits {
    /// The number of studios, and of planned faults at a time.
    std::size_t studios = 32;
    std::size_t faults = 16;
    /// The last calls that are kept, and the bytes of text that each may have.
    std::size_t calls = 64;
    std::size_t call_bytes = 1024;
    /// The last nonces that are remembered.
    std::size_t nonces = 1024;
    /// The decoded bytes, and the number of parameters, of one request.
    std::size_t request_bytes = 8192;
    std::size_t parameters = 128;
};

}

namespace detail {

template <testing::gateway_limits Limits>
struct gateway_capacity {
    static_assert(Limits.studios != 0 && Limits.faults != 0 && Limits.calls != 0 && Limits.call_bytes != 0 && Limits.nonces != 0 &&
                      Limits.request_bytes != 0 && Limits.parameters != 0,
                  "restartcaster: every capacity of a gateway is at least 1");
    testing::test_studio all_studios[Limits.studios];
    testing::fault_rule all_rules[Limits.faults];
    testing::received_call all_calls[Limits.calls];
    char all_call_texts[Limits.calls * Limits.call_bytes];
    std::uint64_t all_nonces[Limits.nonces] = {};
    arrived_parameter all_table[Limits.parameters];
    char all_decoded[Limits.request_bytes];
};

/// The value of Host that a transport adds: the port only if the request names one.
class host_text {
public:
    explicit host_text(request const& out) noexcept {
        buffer_sink to(bytes_);
        to.append(out.host);
        if (out.port != 0) {
            to.append(":"sv);
            to.append(decimal(out.port).view());
        }
        size_ = to.fits() ? to.needed() : 0;
    }
    [[nodiscard]] std::string_view view() const noexcept { return text_at(bytes_, size_); }

private:
    char bytes_[264]; // a name has at most 253 bytes, a port at most 5 digits
    std::size_t size_ = 0;
};

} // namespace detail

namespace testing {

/// A transport that is the service: it verifies what it gets as the service does, runs operations on the studios of the test,
/// and answers with the service's codes and words. It belongs to one thread at a time.
/// Storage: all bytes are in the object, about 110 KB with the default capacities.
template <gateway_limits Limits = gateway_limits{}>
class basic_gateway : private detail::gateway_capacity<Limits>, public gateway_core {
    using capacity = detail::gateway_capacity<Limits>;

public:
    /// A service with one account, no studios and no planned faults.
    explicit basic_gateway(gateway_options const& options = {}) noexcept
        : gateway_core(parts{.studios = capacity::all_studios,
                             .rules = capacity::all_rules,
                             .calls = capacity::all_calls,
                             .call_texts = capacity::all_call_texts,
                             .nonces = capacity::all_nonces,
                             .table = capacity::all_table,
                             .decoded = capacity::all_decoded},
                       options) {}

    /// One exchange, as the concept `transport` describes it.
    [[nodiscard]] result<response> exchange(request const& out, std::span<char> storage) noexcept {
        detail::host_text const host(out);
        auto const answer = receive({.method = text(out.method),
                                     .target = out.target,
                                     .headers = out.headers.text(),
                                     .body = out.body,
                                     .host = host.view()},
                                    storage);
        if (!answer) return unexpected(answer.error());
        response in{.status = answer->status, .body = answer->body};
        detail::take_headers(in, answer->headers);
        return in;
    }
    /// The longest wait of the next exchange; a client calls this function before each exchange.
    void time_left_ms(std::uint32_t milliseconds) noexcept { limit_next_exchange(milliseconds); }
};

/// A gateway with capacities for tests on a desktop machine.
using gateway = basic_gateway<>;

}}} // namespace restartcaster::testing

#endif

#endif
