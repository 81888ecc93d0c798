// SPDX-License-Identifier: MIT
// Reads one HTTP/1.1 answer from a source of bytes: a socket, a modem, a UART.
// Source: RFC 9112, sections 4 (status line), 5 (fields), 6 (body length), 7.1 (chunked coding).
// Path: bytes in, one at a time; a response with its body in the caller's storage out.
#ifndef RESTARTCASTER_EXAMPLES_HTTP1_ANSWER_HPP
#define RESTARTCASTER_EXAMPLES_HTTP1_ANSWER_HPP

#include <restartcaster.hpp>

#include <charconv>
#include <cstdint>

/// `next()` gives the next byte as 0 to 255, or what went wrong.
enum : int { stream_ended = -1, stream_failed = -2 };

template <class Next>
class http1_answer {
public:
    http1_answer(Next next, std::span<char> storage) : next_(next), storage_(storage) {}

    /// The answer, once and whole.
    restartcaster::result<restartcaster::response> read() {
        restartcaster::errc const code = head() ? body() : restartcaster::errc::no_answer;
        in_.body = storage_.first(used_);
        if (whole_) return in_;
        return restartcaster::unexpected(restartcaster::failure{.code = code, .http_status = in_.status});
    }

private:
    using errc = restartcaster::errc;
    static constexpr std::uint64_t unknown = ~std::uint64_t{0};

    static bool number(std::string_view text, std::uint64_t& to, int base = 10) {
        auto const read = std::from_chars(text.data(), text.data() + text.size(), to, base);
        return read.ec == std::errc() && read.ptr == text.data() + text.size();
    }
    // Not substr(), which can throw and so brings the heap of the C++ library into a firmware image.
    static std::string_view part(std::string_view text, std::size_t from, std::size_t to) {
        return {text.data() + from, (to < text.size() ? to : text.size()) - from};
    }
    static std::string_view trimmed(std::string_view text) {
        while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
            text.remove_prefix(1);
        while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
            text.remove_suffix(1);
        return text;
    }
    static bool same(std::string_view name, std::string_view lower) {
        if (name.size() != lower.size()) return false;
        for (std::size_t i = 0; i != name.size(); ++i)
            if ((name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]) != lower[i]) return false;
        return true;
    }

    // The next line without its end, in line_.
    bool line() {
        for (std::size_t size = 0; size != sizeof text_;) {
            int const byte = next_();
            if (byte < 0) return false;
            text_[size++] = static_cast<char>(byte);
            if (byte != '\n') continue;
            line_ = {text_, size - 1};
            if (line_.ends_with('\r')) line_.remove_suffix(1);
            return true;
        }
        return false;
    }

    // Status line and fields; interim answers (1xx) are passed over.
    bool head() {
        do {
            std::uint64_t status = 0;
            if (!line() || line_.size() < 12 || !line_.starts_with("HTTP/1.") || line_[8] != ' ')
                return false;
            if (!number(part(line_, 9, 12), status) || status < 100) return false;
            in_ = {};
            in_.status = static_cast<std::uint16_t>(status);
            for (;;) {
                if (!line()) return false;
                if (line_.empty()) break;
                std::size_t const colon = line_.find(':');
                if (colon == line_.npos || colon == 0) return false;
                std::string_view const name = part(line_, 0, colon),
                                       value = trimmed(part(line_, colon + 1, line_.npos));
                in_.header(name, value);
                if (same(name, "content-length")) {
                    std::uint64_t given = 0;
                    if (!number(value, given) || (length_ != unknown && length_ != given)) return false;
                    length_ = given;
                }
                if (same(name, "transfer-encoding")) {
                    if (chunked_ || !same(value, "chunked")) return false;
                    chunked_ = true;
                }
            }
        } while (in_.status < 200);
        return true;
    }

    errc body() {
        if (in_.status == 204 || in_.status == 304) length_ = 0;
        if (chunked_) return chunks();
        if (length_ != unknown) return take(length_, true);
        return take(unknown, true);
    }

    // Takes so many bytes, or with `unknown` all until the connection ends.
    errc take(std::uint64_t count, bool last) {
        for (std::uint64_t taken = 0; taken != count; ++taken) {
            int const byte = next_();
            if (byte == stream_ended && count == unknown) break;
            if (byte < 0) return errc::no_answer;
            if (used_ == storage_.size()) return errc::answer_too_long;
            storage_[used_++] = static_cast<char>(byte);
        }
        whole_ = last;
        return {};
    }

    errc chunks() {
        for (;;) {
            std::uint64_t size = 0;
            if (!line() || !number(trimmed(part(line_, 0, line_.find(';'))), size, 16))
                return errc::no_answer;
            if (size == 0) break;
            if (errc const code = take(size, false); code != errc{}) return code;
            if (!line() || !line_.empty()) return errc::no_answer;
        }
        do
            if (!line()) return errc::no_answer;
        while (!line_.empty());
        whole_ = true;
        return {};
    }

    Next next_;
    std::span<char> storage_;
    restartcaster::response in_;
    std::size_t used_ = 0;
    std::uint64_t length_ = unknown;
    bool chunked_ = false, whole_ = false;
    char text_[2048];
    std::string_view line_;
};

#endif
