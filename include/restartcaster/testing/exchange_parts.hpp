// SPDX-License-Identifier: MIT
// The text of an exchange: one line for the request, lines for the answer, and no secret in either.
// Source: docs/how-to/test-your-code.md, "Record and replay".
// Data flow: a request and its answer in, text out; the text in, the answer out.
//
// Long, because the writer and the reader of one text format stand together.
#ifndef RESTARTCASTER_TESTING_EXCHANGE_PARTS_HPP
#define RESTARTCASTER_TESTING_EXCHANGE_PARTS_HPP
#pragma once

#include "../core/borrowed_text.hpp"
#include "../core/number.hpp"
#include "../encode/percent.hpp"
#include "../message/request.hpp"
#include "../message/response.hpp"
#include "answer_headers.hpp"
#include "arrived_request.hpp"

#include <initializer_list>

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
