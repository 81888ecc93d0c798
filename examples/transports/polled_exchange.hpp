// SPDX-License-Identifier: MIT
// One HTTP/1.1 exchange over a byte stream, one step per poll: no blocking, no allocation.
// Source: RFC 9112 section 3 (request line). Copy it together with http1_answer.hpp, which reads the answer.
// Data flow: begin a request, call advance() until it returns a response. TLS, if any, is part of the byte stream.
#ifndef RESTARTCASTER_EXAMPLES_POLLED_EXCHANGE_HPP
#define RESTARTCASTER_EXAMPLES_POLLED_EXCHANGE_HPP

#include "http1_answer.hpp"

#include <array>
#include <optional>

/// `Pipe` is a modem, lwIP's raw TCP, or a non-blocking socket. None of its functions blocks. `bool open(request const&)`
/// starts a new connection to the request's host and returns whether that is possible. `int send_some(std::string_view)`
/// and `int receive_some(std::span<char>)` return the number of bytes taken or given; 0: nothing possible now; below 0:
/// stream_ended or stream_failed.
/// advance() sends as much as the pipe takes, or receives once. The caller cancels an exchange that takes too long.
/// Errors: not_sent, no_answer, answer_too_long.
template <class Pipe>
class polled_exchange {
public:
    explicit polled_exchange(Pipe& pipe) : pipe_(pipe) {}

    /// Requires: `out` stays unchanged until advance() returns a response.
    void begin(restartcaster::request const& out) {
        parts_ = {text(out.method),
                  " ",
                  out.target,
                  " HTTP/1.1\r\nHost: ",
                  out.host,
                  out.port != 0 ? ":" : "",
                  out.port != 0 ? number(out.port, port_) : "",
                  "\r\n",
                  out.headers.text(),
                  "Connection: close\r\nContent-Length: ",
                  number(out.body.size(), length_),
                  "\r\n\r\n",
                  out.body};
        part_ = filled_ = sent_ = 0;
        began_ = false;
        answer_.reset();
        opened_ = pipe_.open(out);
    }

    /// Whether bytes of the request remain to be sent.
    [[nodiscard]] bool sending() const { return sent_ != filled_ || part_ != parts_.size(); }

    /// Whether any byte was sent.
    [[nodiscard]] bool began() const { return began_; }

    /// Empty while the exchange goes on; then, once, its result.
    /// Requires: the same storage in every call.
    std::optional<restartcaster::result<restartcaster::response>> advance(std::span<char> storage) {
        if (!opened_) return given_up();
        while (sending()) {
            if (sent_ == filled_) fill();
            int const count = pipe_.send_some({bytes_ + sent_, filled_ - sent_});
            if (count == 0) return std::nullopt;
            if (count < 0) return given_up();
            began_ = true;
            sent_ += static_cast<std::size_t>(count);
        }
        if (!answer_) answer_.emplace(storage);
        int const count = pipe_.receive_some(bytes_);
        if (count < 0) answer_->end(count);
        for (int at = 0; at < count; ++at) answer_->take(bytes_[at]);
        if (!answer_->over()) return std::nullopt;
        return answer_->answer();
    }

    /// The result of an exchange that is cancelled now.
    [[nodiscard]] restartcaster::unexpected<restartcaster::failure> given_up() const {
        namespace rc = restartcaster;
        return rc::unexpected(rc::failure{.code = began_ ? rc::errc::no_answer : rc::errc::not_sent});
    }

private:
    static std::string_view number(std::size_t value, std::span<char> to) {
        return {to.data(), std::to_chars(to.data(), to.data() + to.size(), value).ptr};
    }

    // Copies as many parts as fit, so that they are sent together.
    void fill() {
        sent_ = filled_ = 0;
        while (part_ != parts_.size() && filled_ != sizeof bytes_) {
            std::string_view& part = parts_[part_];
            std::size_t const size = part.copy(bytes_ + filled_, sizeof bytes_ - filled_);
            filled_ += size;
            part.remove_prefix(size);
            if (part.empty()) ++part_;
        }
    }

    Pipe& pipe_;
    std::array<std::string_view, 13> parts_ = {};
    char port_[5], length_[20];
    // First bytes of the request, then of the answer.
    char bytes_[1024];
    std::size_t part_ = 0, filled_ = 0, sent_ = 0;
    std::optional<http1_answer_bytes> answer_;
    bool opened_ = false, began_ = false;
};

#endif
