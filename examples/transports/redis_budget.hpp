// SPDX-License-Identifier: MIT
// One budget of calls for all processes and machines of an account, kept by a Redis server.
// Source: hiredis 0.14 or later, Redis 5 or later (EVAL, TIME); ITU-T I.371 annex A (virtual scheduling), as
//   rc::pacing; link with -lhiredis.
// Data flow: the call machine reserves a turn before every request; a script on the server gives the turn out.
#ifndef RESTARTCASTER_EXAMPLES_REDIS_BUDGET_HPP
#define RESTARTCASTER_EXAMPLES_REDIS_BUDGET_HPP

#include <restartcaster.hpp>

#include <hiredis/hiredis.h>

#include <algorithm>
#include <charconv>
#include <cerrno>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/socket.h>

struct redis_budget_options {
    /// The Redis server. Prefer an address: hiredis has no time limit for the resolution of a name.
    std::string host = "127.0.0.1";
    int port = 6379;
    /// The key on the server. The service counts calls per account and operation, so use one key for each such pair.
    std::string account;
    std::string operation = "RestartCaster";
    /// For all processes together. The service allows 10, but a process may be delayed between its turn and its request;
    /// with 9, it may send about 100 ms late.
    std::uint32_t calls_per_second = 9;
    /// Milliseconds between two turns of this process while Redis is unavailable. All processes may then send at the same
    /// moment: with more than 1000 ms, the turns of up to ten processes keep to the service's limit.
    std::uint32_t spacing_alone_ms = 1250;
    /// The time limit in milliseconds for connecting, and for a command with its reply.
    std::uint32_t timeout_ms = 250;
    /// Milliseconds between two attempts to reach an unavailable Redis.
    std::uint32_t reconnect_after_ms = 1000;
};

/// A pace_keeper whose state is one key on a Redis server, in the time of the server's clock. A script takes a turn; Redis
/// runs the script as one step. The key expires when it is no longer needed. If the server's clock is set back by one
/// minute, all processes wait for one minute.
/// If Redis cannot be reached, refuses, or does not answer completely in time, the process continues alone with one call per
/// spacing_alone_ms, and tries Redis again every reconnect_after_ms. Redis delays a call by at most 2 * timeout_ms, whatever
/// the server sends.
/// A process that reaches Redis again makes all processes pause for one second, because the service still counts the calls
/// made alone.
/// A turn is a moment from which on one call may be sent. A process that is delayed by more than the slack sends late and
/// may be throttled; a throttled call did not run and is tried again.
/// Requires: a program that ignores SIGPIPE: `std::signal(SIGPIPE, SIG_IGN)`.
/// Any number of threads may share one object; one thread at a time asks the server.
class redis_budget {
public:
    explicit redis_budget(redis_budget_options const& options)
        : options_(options), key_("restartcaster:" + options.account + ':' + options.operation) {}

    std::uint32_t reserve(std::uint64_t now_ms, std::uint32_t most_ms) noexcept {
        std::uint64_t const began_ms = monotonic_now_ms();
        std::scoped_lock const lock(mutex_);
        auto const most = static_cast<int>((std::min)(most_ms, restartcaster::pacing::longest_wait_ms));
        std::optional<long long> const ahead = ask(alone_ ? window_ms : 0, most);
        alone_ = !ahead;
        if (ahead && *ahead < 0) return restartcaster::no_turn;
        // Counted from the arrival of the answer: otherwise a command that Redis received late would give an early turn.
        std::uint64_t turn_ms = now_ms + (monotonic_now_ms() - began_ms);
        if (ahead)
            turn_ms += static_cast<std::uint64_t>(*ahead);
        else
            turn_ms = (std::max)(turn_ms, last_turn_ms_ + options_.spacing_alone_ms);
        if (turn_ms - now_ms > most_ms) return restartcaster::no_turn;
        last_turn_ms_ = (std::max)(last_turn_ms_, turn_ms);
        return static_cast<std::uint32_t>(turn_ms - now_ms);
    }

    /// Gives out no turn before the wait is over.
    void throttled(std::uint64_t now_ms, std::uint32_t wait_ms) noexcept {
        std::scoped_lock const lock(mutex_);
        wait_ms = wait_ms == 0 ? window_ms : (std::min)(wait_ms, restartcaster::pacing::longest_throttle_ms);
        last_turn_ms_ = (std::max)(last_turn_ms_, now_ms + wait_ms);
        static_cast<void>(ask(wait_ms, -1));
    }

private:
    // The window in which the service counts, in milliseconds.
    static constexpr std::uint32_t window_ms = 1000;

    // Times are milliseconds since 1970: whole numbers below 2^53. ARGV: the pause without turns, the largest distance of a
    // turn, and the spacing.
    static constexpr char const* script = R"(
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local free = math.max(now + ARGV[1], tonumber(redis.call('GET', KEYS[1]) or 0))
        local ahead = free - now
        if ahead <= tonumber(ARGV[2]) then free = free + ARGV[3] else ahead = -1 end
        redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', free - now)
        return ahead)";

    struct closer {
        void operator()(redisContext* context) const noexcept { redisFree(context); }
    };
    using clock = std::chrono::steady_clock;

    static std::uint64_t monotonic_now_ms() noexcept {
        return static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::milliseconds>(clock::now().time_since_epoch()).count());
    }

    // How far ahead the taken turn is in milliseconds; -1: no turn was taken; empty: Redis is unavailable.
    std::optional<long long> ask(std::uint32_t hold_ms, int most_ms) noexcept {
        if (monotonic_now_ms() < retry_at_ms_) return std::nullopt;
        if (context_ != nullptr || open_connection()) {
            auto const end = clock::now() + std::chrono::milliseconds(options_.timeout_ms);
            std::uint32_t const spacing_ms =
                restartcaster::pacing({.calls_per_second = options_.calls_per_second}).spacing_ms();
            if (redisAppendCommand(context_.get(), "EVAL %s 1 %b %u %d %u", script, key_.data(), key_.size(), hold_ms,
                                   most_ms, spacing_ms) == REDIS_OK &&
                send_all(end))
                if (auto const ahead = whole_number(end)) return ahead;
        }
        context_.reset(); // a late answer must not be read as the answer to the next command
        retry_at_ms_ = monotonic_now_ms() + options_.reconnect_after_ms;
        return std::nullopt;
    }

    bool open_connection() noexcept {
        context_.reset(redisConnectNonBlock(options_.host.c_str(), options_.port));
        if (context_ == nullptr || context_->err != 0) return false;
        int why = 0;
        socklen_t size = sizeof why;
        return wait_for(POLLOUT, clock::now() + std::chrono::milliseconds(options_.timeout_ms)) &&
               getsockopt(context_->fd, SOL_SOCKET, SO_ERROR, &why, &size) == 0 && why == 0;
    }

    // Data that has already arrived is read even after `end`: a delayed process has not lost its server.
    bool wait_for(short events, clock::time_point end) noexcept {
        for (;;) {
            auto const left = std::chrono::ceil<std::chrono::milliseconds>(end - clock::now()).count();
            int const left_ms = static_cast<int>(std::clamp<std::int64_t>(left, 0, 10'000));
            pollfd ready{};
            ready.fd = context_->fd;
            ready.events = events;
            if (::poll(&ready, 1, left_ms) > 0) return true;
            if (left_ms == 0) return false;
        }
    }

    bool send_all(clock::time_point end) noexcept {
        for (int all = 0; all == 0;)
            if (redisBufferWrite(context_.get(), &all) != REDIS_OK || (all == 0 && !wait_for(POLLOUT, end)))
                return false;
        return true;
    }

    // Reads the reply, one line such as ":17" CRLF. hiredis would read anything that a peer sends, without a time limit.
    std::optional<long long> whole_number(clock::time_point end) noexcept {
        char line[24];
        for (std::size_t size = 0; size != sizeof line && wait_for(POLLIN, end);) {
            ssize_t const count = recv(context_->fd, line + size, sizeof line - size, 0);
            if (count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) break;
            if (count > 0) size += static_cast<std::size_t>(count);
            if (size < 4 || line[size - 1] != '\n') continue;
            long long number = 0;
            auto const read = std::from_chars(line + 1, line + size - 2, number);
            if (line[0] != ':' || line[size - 2] != '\r' || read.ec != std::errc() || read.ptr != line + size - 2) break;
            return number;
        }
        return std::nullopt;
    }

    redis_budget_options options_;
    std::string key_;
    std::mutex mutex_;
    std::unique_ptr<redisContext, closer> context_;
    std::uint64_t retry_at_ms_ = 0;
    // The last turn of this process, given out by Redis or not.
    std::uint64_t last_turn_ms_ = 0;
    bool alone_ = false;
};

#endif
