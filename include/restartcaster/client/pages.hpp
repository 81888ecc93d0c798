// SPDX-License-Identifier: MIT
// Walks all pages of an operation that answers in pages.
// Source: ApsaraVideo Live API 2016-11-01, "DescribeCasters" (PageNum, PageSize, Total).
// Data flow: the operation for the first page in; one reply per page out, all in one storage and before one deadline.
#ifndef RESTARTCASTER_CLIENT_PAGES_HPP
#define RESTARTCASTER_CLIENT_PAGES_HPP
#pragma once

#include "call_error.hpp"

#include "../core/number.hpp"
#include "../core/storage.hpp"
#include "../operations/operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// An operation that answers in pages: it has the members page_num and page_size, and its reply has the member total, the
/// number of elements on all pages.
template <class T>
concept paged_operation = described_operation<T> && requires(T& op, typename T::reply const& reply) {
    { op.page_num = number(1) };
    { op.page_size = number(1) };
    { number(reply.total) };
};

/// All pages of an operation, one call for each:
///
///     rc::pages all(client, rc::live::describe_casters{}, room);
///     for (auto const& page : all)
///         for (auto const& studio : page.casters) show(studio);
///     if (!all.complete()) tell(all.error());
///
/// The walk starts at page_num, or at page 1 if it is absent, and asks for page_size elements, or 100 if it is absent. It ends
/// with the page that reaches the total, after an error, or when the deadline has passed. An element that is added or removed
/// while the pages are read can be missing or appear twice.
/// Storage: every page overwrites the page before it. Refers to the client, to the storage and to the texts of the operation.
/// Cost: no allocation; waits where the client waits.
template <class Client, paged_operation Operation>
class pages {
public:
    /// The reply of one page.
    using reply = typename Operation::reply;

    /// All pages have to arrive within the time limit of the client for one call.
    pages(Client& over RESTARTCASTER_LIFETIMEBOUND, Operation const& first,
          room to RESTARTCASTER_LIFETIMEBOUND) noexcept
        : pages(over, first, to, over.deadline_ms()) {}
    /// All pages have to arrive before `deadline_ms` of the client's monotonic clock.
    pages(Client& over RESTARTCASTER_LIFETIMEBOUND, Operation const& first, room to RESTARTCASTER_LIFETIMEBOUND,
          std::uint64_t deadline_ms) noexcept
        : over_(over), next_(first), to_(to), deadline_ms_(deadline_ms) {
        if (number(next_.page_num).value_or(0) < 1) next_.page_num = number(1);
        if (number(next_.page_size).value_or(0) < 1) next_.page_size = number(100);
    }
    pages(pages const&) = delete;
    pages& operator=(pages const&) = delete;

    /// Whether the last page was read. False at first, and after an error.
    [[nodiscard]] bool complete() const noexcept { return complete_; }
    /// The error that ended the walk.
    /// Requires: the walk ended and complete() is false.
    [[nodiscard]] call_error const& error() const noexcept RESTARTCASTER_LIFETIMEBOUND { return page_.error(); }

    /// The end of the walk.
    struct sentinel {};
    /// Goes from page to page.
    class iterator {
    public:
        /// Refers to the walk.
        explicit iterator(pages* walk) noexcept : walk_(walk) {}
        /// The current page.
        [[nodiscard]] reply const& operator*() const noexcept { return *walk_->page_; }
        /// Reads the next page.
        iterator& operator++() noexcept {
            walk_->advance();
            return *this;
        }
        /// Whether there is no further page.
        [[nodiscard]] bool operator==(sentinel) const noexcept { return walk_->ended_; }

    private:
        pages* walk_;
    };
    /// Reads the first page. A walk can be started once.
    [[nodiscard]] iterator begin() noexcept RESTARTCASTER_LIFETIMEBOUND {
        if (!ended_) read_page();
        return iterator(this);
    }
    /// The end of the walk.
    [[nodiscard]] sentinel end() const noexcept { return {}; }

private:
    void read_page() noexcept {
        page_ = over_.call_until(deadline_ms_, next_, to_);
        ended_ = !page_.has_value();
    }
    void advance() noexcept {
        std::int64_t const page = number(next_.page_num).value(), size = number(next_.page_size).value();
        // Division, because a product could overflow.
        std::int64_t const total = number(page_->total).value();
        complete_ = total <= 0 || page >= (total - 1) / size + 1;
        ended_ = complete_;
        if (ended_) return;
        next_.page_num = number(page + 1);
        read_page();
    }

    Client& over_;
    Operation next_;
    room to_;
    std::uint64_t deadline_ms_;
    result<reply, call_error> page_ = unexpected(call_error{});
    bool ended_ = false;
    bool complete_ = false;
};

}} // namespace restartcaster

#endif
