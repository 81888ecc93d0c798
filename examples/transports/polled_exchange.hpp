// SPDX-License-Identifier: MIT
// One HTTP/1.1 exchange over a pipe of bytes, a little with every poll: nothing waits, nothing is allocated.
// Source: RFC 9112 section 3 (request line); transports/http1_answer.hpp reads the answer.
// Path: a request is begun, poll() is called until it has a response; TLS is the pipe's, if there is any.
#ifndef RESTARTCASTER_EXAMPLES_POLLED_EXCHANGE_HPP
#define RESTARTCASTER_EXAMPLES_POLLED_EXCHANGE_HPP

#include "http1_answer.hpp"

#include <optional>

/// `Pipe` is a modem, lwIP's raw TCP, a socket that does not block. None of its functions waits. `bool
/// open(request const&)` begins to connect to the request's host, anew each time, and says whether it can; `int
/// write(std::string_view)` and `int read(std::span<char>)` say how many bytes they took or gave: 0 as long as
/// there is nothing to do, below 0 stream_ended or stream_failed.
/// The answer is read when the peer closes, as it is asked to: whatever does not fit `bytes_` is too long.
template <class Pipe>
class polled_exchange {
public:
    explicit polled_exchange(Pipe& pipe) : pipe_(pipe) {}

    /// Requires: `out` stays as it is until poll() has a response.
    void begin(restartcaster::request const& out) {
        restartcaster::buffer_sink head(bytes_);
        char digits[20];
        auto const number = [&](std::size_t value) -> std::string_view {
            return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
        };
        head.append(text(out.method));
        head.append(" ");
        head.append(out.target);
        head.append(" HTTP/1.1\r\nHost: ");
        head.append(out.host);
        if (out.port != 0) {
            head.append(":");
            head.append(number(out.port));
        }
        head.append("\r\n");
        head.append(out.headers.text());
        head.append("Connection: close\r\nContent-Length: ");
        head.append(number(out.body.size()));
        head.append("\r\n\r\n");
        can_send_ = head.fits() && pipe_.open(out);
        head_ = can_send_ ? head.written() : std::string_view();
        body_ = out.body;
        sending_ = false;
        received_ = 0;
    }

    /// Nothing while the exchange goes on, then what came of it, once.
    std::optional<restartcaster::result<restartcaster::response>> poll(std::span<char> storage) {
        namespace rc = restartcaster;
        if (!can_send_) return rc::unexpected(rc::failure{.code = rc::errc::not_sent});
        while (!head_.empty() || !body_.empty()) {
            std::string_view& rest = head_.empty() ? body_ : head_;
            int const count = pipe_.write(rest);
            if (count == 0) return std::nullopt;
            if (count < 0)
                return rc::unexpected(
                    rc::failure{.code = sending_ ? rc::errc::no_answer : rc::errc::not_sent});
            sending_ = true;
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
        int count = 0;
        while (received_ != sizeof bytes_) {
            count = pipe_.read(std::span(bytes_).subspan(received_));
            if (count == 0) return std::nullopt;
            if (count < 0) break;
            received_ += static_cast<std::size_t>(count);
        }
        std::size_t at = 0;
        auto const next = [&] { return at == received_ ? count : static_cast<unsigned char>(bytes_[at++]); };
        auto const in = http1_answer(next, storage).read();
        if (in || count < 0) return in;
        return rc::unexpected(
            rc::failure{.code = rc::errc::answer_too_long, .http_status = in.error().http_status});
    }

private:
    Pipe& pipe_;
    // First the head of the request, then the answer.
    char bytes_[4096];
    std::string_view head_, body_;
    std::size_t received_ = 0;
    bool can_send_ = false, sending_ = false;
};

#endif
