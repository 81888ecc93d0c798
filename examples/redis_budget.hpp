// SPDX-License-Identifier: MIT
// One budget of calls for all processes and machines of an account, kept by a Redis server.
// Source: hiredis 0.14 or later, Redis 5 or later (EVAL, TIME); ITU-T I.371 annex A (virtual scheduling), as
//   rc::pacing; link with -lhiredis.
// Data flow: the call machine reserves a turn before every request; one script on the server hands it out.
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
    /// Where Redis is; best an address, since hiredis waits without a bound for a name to be resolved.
    std::string host = "127.0.0.1";
    int port = 6379;
    /// Whose calls, and which: the service counts them for each account and operation.
    std::string account;
    std::string operation = "RestartCaster";
    /// Of all processes together. The service allows 10, but a process that is held up between its turn and its
    /// request comes late, and 9 leave it a tenth of a second for that.
    std::uint32_t calls_per_second = 9;
    /// Between two turns of this process while Redis is away. The processes may be in step then, so that the service
    /// counts as many calls at once as there are processes: at more than a second, turns of up to ten keep to its limit.
    std::uint32_t spacing_alone_ms = 1250;
    /// For connecting and for a command with its reply, each.
    std::uint32_t timeout_ms = 250;
    /// Between two attempts to reach a Redis that is away.
    std::uint32_t reconnect_after_ms = 1000;
};

/// A pace_keeper whose count is one key on a Redis server, by that server's clock. A turn is taken by a script, which
/// Redis runs as one step; the key expires when it means nothing any more. A server's clock that is set back by a
/// minute holds up everybody for a minute.
/// When Redis cannot be reached, refuses, or does not answer whole in time, the process goes on alone, a call every
/// spacing_alone_ms, and tries again every reconnect_after_ms: no call is held up longer than twice timeout_ms by it,
/// whatever comes instead of an answer.
/// Whoever comes back lets everybody pause for a second, for the sake of the calls that were made alone before.
/// A turn is the moment from which on a call may be made. A process that is held up for longer than the slack between
/// its turn and its call comes late and may be throttled with others; a throttled call did not run and is made again.
/// Requires: a program that ignores SIGPIPE: `std::signal(SIGPIPE, SIG_IGN)`.
/// Any number of threads may share one; one at a time asks the server.
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
        // Counted from the answer on: a request that Redis saw late must not go out early.
        std::uint64_t turn_ms = now_ms + (monotonic_now_ms() - began_ms);
        if (ahead)
            turn_ms += static_cast<std::uint64_t>(*ahead);
        else
            turn_ms = (std::max)(turn_ms, last_turn_ms_ + options_.spacing_alone_ms);
        if (turn_ms - now_ms > most_ms) return restartcaster::no_turn;
        last_turn_ms_ = (std::max)(last_turn_ms_, turn_ms);
        return static_cast<std::uint32_t>(turn_ms - now_ms);
    }

    /// Nobody takes a turn before the wait is over.
    void throttled(std::uint64_t now_ms, std::uint32_t wait_ms) noexcept {
        std::scoped_lock const lock(mutex_);
        wait_ms = wait_ms == 0 ? window_ms : (std::min)(wait_ms, restartcaster::pacing::longest_throttle_ms);
        last_turn_ms_ = (std::max)(last_turn_ms_, now_ms + wait_ms);
        static_cast<void>(ask(wait_ms, -1));
    }

private:
    // What the service counts over.
    static constexpr std::uint32_t window_ms = 1000;

    // In milliseconds since 1970 and therefore whole numbers, below 2^53. ARGV: how long nobody may take a turn, how
    // far ahead it may lie at most, and the spacing.
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

    // How far ahead the turn is that was taken, -1 when none was; nothing when Redis is away.
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
        context_.reset(); // an answer that comes late must not be taken for the next one's
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

    // What is there already is seen after `end` too: a process that was held up has not lost its server.
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

    // The reply, which is one line, ":17" CRLF: hiredis would take whatever a peer sends, for as long as it sends it.
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
    // Of this process, from Redis or not.
    std::uint64_t last_turn_ms_ = 0;
    bool alone_ = false;
};

#endif
