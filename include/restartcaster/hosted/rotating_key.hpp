// SPDX-License-Identifier: MIT
// A key that is replaced while threads sign with it, so that temporary keys are renewed before they end.
// Source: docs/design.md, "Keys that rotate".
// Data flow: new credentials in; make_request, call, call_machine and client take the key in place of any other signing_key.
//
// Why it needs no lock. There are two slots, and the index of the current one is atomic. A reader counts itself in the slot and
// looks at the index again; if the index has changed, the reader leaves without having touched the slot. A writer fills the
// other slot only while its count is 0, and then changes the index. All these steps are sequentially consistent: either the
// writer sees the reader's count, or the reader sees the writer's index. Readers hold a slot while they sign, which takes
// microseconds; only the writer waits.
#ifndef RESTARTCASTER_HOSTED_ROTATING_KEY_HPP
#define RESTARTCASTER_HOSTED_ROTATING_KEY_HPP
#pragma once

#include "../core/storage.hpp"
#include "../message/request.hpp"
#include "../sign/rpc_v1.hpp"
#include "credentials_text.hpp"
#include "key_report.hpp"
#include "system_clock.hpp"

#include <atomic>
#include <optional>
#include <thread>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

template <class Scheme>
struct rotating;

/// A key that is replaced while it is in use: signing_key<rotating<Scheme>>. Every function that takes a signing_key takes it,
/// except explain() and why_not_matched(), which need the key of the refused request: give them borrow().
template <class Scheme = rpc_v1>
using rotating_key = signing_key<rotating<Scheme>>;

/// Any number of threads may sign with one key while another thread replaces it. Before the first publish() there is no key.
/// A key is not used after its end: by the monotonic clock from the answer that brought it, and by the time of the stamp.
/// Storage: owns the texts of two keys, in 10 KB; a replaced key is overwritten with zeros.
/// Errors: every make_request fails with key_ended if there is no key or if it has ended.
template <class Scheme>
class signing_key<rotating<Scheme>> {
    struct slot {
        credentials_text text;
        std::optional<signing_key<Scheme>> key;
        std::uint64_t ends_ms = 0;
        std::int64_t ends_utc_s = 0;
        mutable std::atomic<std::uint32_t> readers{0};
    };

public:
    /// A key that no publish() destroys or changes while this object lives. Keep it no longer than it takes to sign.
    class borrowed {
    public:
        /// Passes the key on.
        borrowed(borrowed&& other) noexcept : from_(other.from_) { other.from_ = nullptr; }
        borrowed(borrowed const&) = delete;
        borrowed& operator=(borrowed const&) = delete;
        ~borrowed() {
            if (from_ != nullptr) from_->readers.fetch_sub(1);
        }
        /// Whether there is a key.
        [[nodiscard]] explicit operator bool() const noexcept { return from_ != nullptr; }
        /// The key. Requires: there is one.
        [[nodiscard]] signing_key<Scheme> const& operator*() const noexcept RESTARTCASTER_LIFETIMEBOUND { return *from_->key; }
        [[nodiscard]] signing_key<Scheme> const* operator->() const noexcept RESTARTCASTER_LIFETIMEBOUND { return &*from_->key; }

    private:
        friend signing_key;
        explicit borrowed(slot const* from) noexcept : from_(from) {}
        slot const* from_;
    };

    /// A key to come. `clock_ms` is the clock that measures how long a key lives.
    explicit signing_key(std::uint64_t (*clock_ms)() noexcept = &monotonic_now_ms) noexcept : monotonic_ms_(clock_ms) {}
    signing_key(signing_key const&) = delete;
    signing_key& operator=(signing_key const&) = delete;

    /// The current key, for a signature with the time `utc_seconds`; none if it has ended.
    [[nodiscard]] borrowed borrow(std::int64_t utc_seconds) const noexcept {
        for (;;) {
            unsigned const at = current_.load();
            if (at == none) return borrowed(nullptr);
            slot const& one = slots_[at];
            one.readers.fetch_add(1);
            borrowed held(&one);
            if (current_.load() != at) continue;
            if (monotonic_ms_() < one.ends_ms && utc_seconds < one.ends_utc_s) return held;
            return borrowed(nullptr);
        }
    }
    /// Whether there is a key that is well-formed and has not ended by the monotonic clock.
    /// Errors: key_ended, and the errors of signing_key::valid.
    [[nodiscard]] result<void> valid() const noexcept {
        auto const held = borrow(0);
        if (!held) return unexpected(failure{.code = errc::key_ended, .subject = "key"sv});
        return held->valid();
    }

    /// Whether the key is to be renewed now. A temporary key is due when a quarter of its life is left, at most 15 minutes; a
    /// token without a known end is due every 15 minutes, because another program may have written a new one; a permanent key
    /// never.
    [[nodiscard]] bool is_due() const noexcept { return monotonic_ms_() >= due_ms_.load(); }
    /// Takes the renewal, if the key is due and no other thread has it. True: this thread now calls publish() or give_up().
    [[nodiscard]] bool take_renewal() noexcept { return is_due() && !renewing_.exchange(true) && still_due(); }
    /// Whether a thread has taken the renewal.
    [[nodiscard]] bool is_renewing() const noexcept { return renewing_.load(); }

    /// Replaces the key by `fresh`, which `report` describes, and ends the renewal. One thread at a time: the one that has taken
    /// the renewal. `asked_ms` and `asked_utc_s` are the two clocks when the search for the key began.
    /// Waits until no thread signs with the key before last.
    void publish(credentials_text const& fresh, key_report const& report, std::uint64_t asked_ms,
                 std::int64_t asked_utc_s) noexcept {
        unsigned const before = current_.load();
        unsigned const next = before == 0 ? 1 : 0;
        slot& to = slots_[next];
        empty(to);
        (void)to.text.assign(fresh.view(), fresh.expires_at());
        to.key.emplace(to.text.view());
        set_end(to, report, asked_ms, asked_utc_s);
        current_.store(next);
        if (before != none) empty(slots_[before]);
        source_.store(static_cast<int>(report.source));
        failures_ = 0;
        renewing_.store(false);
    }
    /// Ends a renewal that found no key. The next one is due after 1 second, then 2, 4 and so on up to 64.
    void give_up() noexcept {
        due_ms_.store(monotonic_ms_() + (std::uint64_t{1000} << failures_));
        if (failures_ < 6) ++failures_;
        renewing_.store(false);
    }
    /// The place of the current key, for the next search; none before the first key.
    [[nodiscard]] std::optional<key_source> source() const noexcept {
        int const known = source_.load();
        if (known < 0) return std::nullopt;
        return static_cast<key_source>(known);
    }
    /// The clock of the key.
    [[nodiscard]] std::uint64_t monotonic_ms() const noexcept { return monotonic_ms_(); }

private:
    static constexpr unsigned none = 2;
    static constexpr std::uint64_t never = ~std::uint64_t{0};
    static constexpr std::uint64_t quarter_hour_ms = 15 * 60 * 1000;

    // Another thread may have renewed the key between the two questions of take_renewal().
    [[nodiscard]] bool still_due() noexcept {
        if (is_due()) return true;
        renewing_.store(false);
        return false;
    }
    // Waits for the readers of a slot that is not current, and overwrites its key with zeros.
    static void empty(slot& one) noexcept {
        while (one.readers.load() != 0) std::this_thread::yield();
        one.key.reset();
        one.text.forget();
    }
    void set_end(slot& to, key_report const& report, std::uint64_t asked_ms, std::int64_t asked_utc_s) noexcept {
        constexpr std::int64_t last_utc_s = utc_time::last + 1;
        to.ends_ms = never;
        to.ends_utc_s = last_utc_s;
        bool const permanent = report.expires_at == utc_time::none;
        if (permanent) {
            due_ms_.store(to.text.view().security_token.empty() ? never : asked_ms + quarter_hour_ms);
            return;
        }
        std::uint64_t const lifetime = report.lifetime_ms;
        // A request takes time on its way, so the last tenth of a short life, or 10 seconds, are not used.
        std::uint64_t const on_the_way = lifetime / 10 < 10'000 ? lifetime / 10 : 10'000;
        to.ends_ms = asked_ms + lifetime - on_the_way;
        due_ms_.store(asked_ms + lifetime - (lifetime / 4 < quarter_hour_ms ? lifetime / 4 : quarter_hour_ms));
        // The clock of this machine counts if it agrees with that of the server: the monotonic clock may stop while the machine
        // sleeps.
        std::int64_t const server_now = report.expires_at - static_cast<std::int64_t>(lifetime / 1000);
        std::int64_t const apart = asked_utc_s < server_now ? server_now - asked_utc_s : asked_utc_s - server_now;
        constexpr std::int64_t tolerated_s = 15 * 60; // as the service tolerates
        if (apart <= tolerated_s) to.ends_utc_s = report.expires_at - static_cast<std::int64_t>(on_the_way / 1000);
    }

    slot slots_[2];
    std::atomic<unsigned> current_{none};
    std::atomic<std::uint64_t> due_ms_{0};
    std::atomic<bool> renewing_{false};
    std::atomic<int> source_{-1};
    // Of the thread that has taken the renewal.
    unsigned failures_ = 0;
    std::uint64_t (*monotonic_ms_)() noexcept;
};

/// The scheme of a rotating_key: that of the key inside.
template <class Scheme>
struct rotating {
    /// Signs with the current key.
    /// Programs call restartcaster::make_request, which calls this function and documents storage and errors.
    template <class Query, class Options>
    [[nodiscard]] static result<request> make_request(Query query, signing_key<rotating> const& key, stamp const& when, room to,
                                                      Options const& options) noexcept {
        auto const held = key.borrow(when.utc_seconds);
        if (!held) return unexpected(failure{.code = errc::key_ended, .subject = "key"sv});
        return Scheme::make_request(query, *held, when, to, options);
    }
};

}} // namespace restartcaster

#endif
