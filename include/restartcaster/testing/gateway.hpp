// SPDX-License-Identifier: MIT
// The vendor's service inside a test program, as a transport: no network, no clock, no thread, no heap.
// Source: docs/how-to/test-your-code.md.
// Data flow: a signed request in; its signature verified, the operation carried out on the test's studios, the answer out.
#ifndef RESTARTCASTER_TESTING_GATEWAY_HPP
#define RESTARTCASTER_TESTING_GATEWAY_HPP
#pragma once

#include "../message/transport.hpp"
#include "exchange_parts.hpp"
#include "gateway_core.hpp"

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
