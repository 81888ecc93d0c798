// SPDX-License-Identifier: MIT
// Reads one HTTP/1.1 answer from a source of bytes: a socket, a modem, a UART.
// Source: RFC 9112, sections 4 (status line), 5 (fields), 6 (body length), 7.1 (chunked coding); RFC 9110, section 15.2 (1xx).
// Data flow: bytes in, one at a time; a response with its body in the caller's storage out.
#ifndef RESTARTCASTER_EXAMPLES_HTTP1_ANSWER_HPP
#define RESTARTCASTER_EXAMPLES_HTTP1_ANSWER_HPP

#include <restartcaster.hpp>

#include <charconv>
#include <cstdint>
#include <utility>

/// Return values of a source in place of a byte.
enum : int { stream_ended = -1, stream_failed = -2 };

/// Reads an answer byte by byte. Interim answers (1xx) are skipped; 101 is a final answer without a body, because another
/// protocol follows.
/// Storage: the body is written to the start of `storage`; no heap. The first 512 bytes of a line are kept and the rest is
///   skipped, so the line with the length of the body must be shorter.
/// Errors: answer_too_long, no_answer. Lines may have 64 KiB in total, and 8 bytes more for each byte of the body, which may
///   come in chunks of one byte; beyond this limit the result is no_answer.
class http1_answer_bytes {
public:
    explicit http1_answer_bytes(std::span<char> storage) : storage_(storage) {}

    /// Whether the answer is complete or has failed.
    [[nodiscard]] bool over() const { return part_ == over_; }

    void take(char byte) {
        if (over()) return;
        if (part_ == body_) return take_body(byte);
        if (++line_bytes_ > most_line_bytes + 8 * used_) return failed(errc::no_answer);
        if (field_waits_) {
            field_waits_ = false;
            if (byte == ' ' || byte == '\t') return keep(' '); // a folded field: the line continues
            if (field(); over()) return;
        }
        if (byte != '\n') return keep(byte);
        if (size_ != 0 && text_[size_ - 1] == '\r') --size_;
        field_waits_ = part_ == fields_ && size_ != 0; // until the next byte shows that the field is complete
        if (!field_waits_) line();
    }

    /// Reports the end of the bytes; `why` is stream_ended or stream_failed.
    void end(int why) {
        if (over()) return;
        if (part_ == body_ && until_the_end_ && why == stream_ended) return finished();
        failed(errc::no_answer);
    }

    /// The answer. Requires: the answer is over.
    [[nodiscard]] restartcaster::result<restartcaster::response> answer() const {
        if (whole_) return in_;
        bool const interim = in_.status < 200 && in_.status != 101;
        return restartcaster::unexpected(
            restartcaster::failure{.code = code_, .http_status = interim ? std::uint16_t{0} : in_.status});
    }

private:
    using errc = restartcaster::errc;
    static constexpr std::size_t most_line_bytes = 64 * 1024;

    static bool number(std::string_view text, std::uint64_t& to, int base = 10) {
        auto const read = std::from_chars(text.data(), text.data() + text.size(), to, base);
        return read.ec == std::errc() && read.ptr == text.data() + text.size();
    }
    // Replaces substr(), which can throw and would add the C++ library's heap to a firmware image.
    static std::string_view part(std::string_view text, std::size_t from, std::size_t to) {
        return {text.data() + from, (to < text.size() ? to : text.size()) - from};
    }
    static std::string_view trimmed(std::string_view text) {
        while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
        while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
        return text;
    }
    static bool same(std::string_view name, std::string_view lower) {
        if (name.size() != lower.size()) return false;
        for (std::size_t i = 0; i != name.size(); ++i)
            if ((name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]) != lower[i]) return false;
        return true;
    }

    void failed(errc why) {
        code_ = why;
        part_ = over_;
    }
    void finished() {
        in_.body = storage_.first(used_);
        whole_ = true;
        part_ = over_;
    }

    void keep(char byte) {
        if (byte == '\0') byte = ' '; // like a CR inside a line
        if (size_ == sizeof text_)
            cut_ = true;
        else
            text_[size_++] = byte;
    }

    // Returns the stored line, and starts the next one.
    std::string_view taken_line() {
        for (char& byte : std::span(text_, size_))
            if (byte == '\r') byte = ' ';
        std::string_view const line(text_, size_);
        size_ = 0;
        return line;
    }

    // Handles every line that is not a header field.
    void line() {
        std::string_view const text = taken_line();
        bool const cut = std::exchange(cut_, false);
        switch (part_) {
        case status_line_: return text.empty() ? void() : status_line(text);
        case fields_: return head_is_over();
        case chunk_size_: {
            std::size_t const extension = text.find(';');
            if ((cut && extension == text.npos) || !number(trimmed(part(text, 0, extension)), left_, 16))
                return failed(errc::no_answer);
            part_ = left_ == 0 ? trailers_ : body_;
            return;
        }
        case chunk_end_:
            if (!text.empty()) return failed(errc::no_answer);
            part_ = chunk_size_;
            return;
        default: // trailers are ignored
            if (text.empty()) finished();
        }
    }

    void status_line(std::string_view text) {
        std::uint64_t status = 0;
        if (text.size() < 12 || !text.starts_with("HTTP/1.") || text[8] != ' ' ||
            (text.size() > 12 && text[12] != ' ') || !number(part(text, 9, 12), status) || status < 100)
            return failed(errc::no_answer);
        in_ = {};
        in_.status = static_cast<std::uint16_t>(status);
        length_ = coding_ = absent;
        part_ = fields_;
    }

    void field() {
        std::string_view const text = taken_line();
        bool const cut = std::exchange(cut_, false);
        std::size_t const colon = text.find(':');
        if (colon == text.npos && cut) return; // no field that this library reads has such a long name
        if (colon == text.npos || colon == 0 || text[0] == ' ' || text[0] == '\t') return failed(errc::no_answer);
        std::string_view const name = trimmed(part(text, 0, colon)), value = trimmed(part(text, colon + 1, text.npos));
        in_.header(name, value);
        if (same(name, "content-length")) length_ = !cut && lengths(value) ? known : unreadable;
        if (same(name, "transfer-encoding"))
            coding_ = !cut && coding_ == absent && same(value, "chunked") ? known : unreadable;
    }

    // Accepts "17", and "17, 17" or two fields if all values are equal.
    bool lengths(std::string_view list) {
        for (bool first = length_ == absent;; first = false) {
            std::size_t const comma = list.find(',');
            std::uint64_t given = 0;
            if (length_ == unreadable || !number(trimmed(part(list, 0, comma)), given)) return false;
            if (!first && given != left_) return false;
            left_ = given;
            if (comma == list.npos) return true;
            list.remove_prefix(comma + 1);
        }
    }

    void head_is_over() {
        unsigned const status = in_.status;
        if (status < 200 && status != 101) {
            part_ = status_line_;
            return;
        }
        if (status == 101 || status == 204 || status == 304) return finished();
        chunked_ = coding_ == known;
        until_the_end_ = coding_ == absent && length_ == absent;
        if (coding_ == unreadable || (coding_ == absent && length_ == unreadable)) return failed(errc::no_answer);
        part_ = chunked_ ? chunk_size_ : body_;
        if (!chunked_ && !until_the_end_ && left_ == 0) finished();
    }

    void take_body(char byte) {
        if (used_ == storage_.size()) return failed(errc::answer_too_long);
        storage_[used_++] = byte;
        if (until_the_end_ || --left_ != 0) return;
        if (!chunked_) return finished();
        part_ = chunk_end_;
    }

    std::span<char> storage_;
    restartcaster::response in_;
    std::size_t used_ = 0, size_ = 0, line_bytes_ = 0;
    std::uint64_t left_ = 0; // remaining bytes of the body or chunk
    enum { status_line_, fields_, body_, chunk_size_, chunk_end_, trailers_, over_ } part_ = status_line_;
    enum framing { absent, known, unreadable } length_ = absent, coding_ = absent;
    errc code_ = errc::no_answer;
    bool cut_ = false, field_waits_ = false, until_the_end_ = false, chunked_ = false, whole_ = false;
    char text_[512];
};

/// Reads an answer from `next()`, which waits for the next byte and returns it as 0 to 255, or returns stream_ended or
/// stream_failed. `next()` needs a time limit after which it returns stream_failed.
template <class Next>
class http1_answer {
public:
    http1_answer(Next next, std::span<char> storage) : next_(next), bytes_(storage) {}

    /// Reads the complete answer. Call it once.
    restartcaster::result<restartcaster::response> answer() {
        while (!bytes_.over()) {
            int const byte = next_();
            byte < 0 ? bytes_.end(byte) : bytes_.take(static_cast<char>(byte));
        }
        return bytes_.answer();
    }

private:
    Next next_;
    http1_answer_bytes bytes_;
};

#endif
