// SPDX-License-Identifier: MIT
// What the gateway remembers of each call: what was asked, whether it ran, and what was answered.
// Source: docs/how-to/test-your-code.md, "Assertions".
// Data flow: the gateway records a call; the test asks for its parameters and its outcome.
#ifndef RESTARTCASTER_TESTING_RECEIVED_CALL_HPP
#define RESTARTCASTER_TESTING_RECEIVED_CALL_HPP
#pragma once

#include "../core/big_endian.hpp"
#include "../core/sink.hpp"
#include "arrived_request.hpp"
#include "report.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace testing {

/// The two signatures of the vendor.
enum class signature_kind : std::uint8_t { rpc_v1, acs3 };

/// A call that arrived at the gateway.
/// Storage: texts are in the gateway, until as many further calls as gateway_limits::calls have arrived.
class received_call {
public:
    /// The number of the call: 1 for the first one.
    [[nodiscard]] std::size_t number() const noexcept { return number_; }
    /// UTC milliseconds of the service's clock when the call arrived.
    [[nodiscard]] std::int64_t utc_ms() const noexcept { return utc_ms_; }
    /// The action, e.g. "RestartCaster"; empty if the request had none.
    [[nodiscard]] std::string_view action() const noexcept { return action_; }
    /// The nonce; empty if the call was refused before its nonce was read.
    [[nodiscard]] std::string_view nonce() const noexcept { return nonce_; }
    /// The code of the refusal, at most 64 bytes; empty after a success, and if the service did not answer.
    [[nodiscard]] std::string_view code() const noexcept { return detail::text_at(code_, code_size_); }
    /// The HTTP status of the service's answer; 0 if the service did not answer.
    [[nodiscard]] std::uint16_t status() const noexcept { return status_; }
    /// Whether the operation ran.
    [[nodiscard]] bool executed() const noexcept { return executed_; }
    /// The method, the place of the parameters, and the kind of the signature.
    [[nodiscard]] std::string_view method() const noexcept { return method_; }
    [[nodiscard]] std::string_view place() const noexcept { return place_; }
    [[nodiscard]] signature_kind signature() const noexcept { return signature_; }

    /// The decoded value of a parameter from the query or the form; empty if the call has no such parameter.
    [[nodiscard]] std::string_view parameter(std::string_view name) const noexcept { return find(name).text; }
    /// Whether the call has the parameter.
    [[nodiscard]] bool has_parameter(std::string_view name) const noexcept { return find(name).sent; }

    /// Appends the call in one line: number, action, studio, and what was answered.
    template <class Sink>
    void describe(Sink& to) const {
        using detail::append_to;
        append_to(to, "call ");
        append_to(to, detail::decimal(number_).view());
        append_to(to, ": ");
        append_to(to, action_.empty() ? std::string_view("no action") : action_);
        if (sent_text const id = find("CasterId"); id.sent) {
            append_to(to, " ");
            append_to(to, id.text);
        }
        append_to(to, executed_ ? ", it ran, " : ", it did not run, ");
        if (status_ == 0) return append_to(to, "no answer of the service");
        append_to(to, detail::decimal(status_).view());
        append_to(to, " ");
        append_to(to, code_size_ == 0 ? std::string_view("OK") : code());
    }

private:
    friend class gateway_core;

    // Starts a record in its part of the gateway's bytes.
    void begin(std::size_t number, std::int64_t utc_ms, std::span<char> bytes) noexcept {
        *this = received_call();
        number_ = number;
        utc_ms_ = utc_ms;
        bytes_ = bytes;
    }
    [[nodiscard]] std::string_view kept(std::string_view front, std::string_view back = {}) noexcept {
        std::size_t const size = front.size() + back.size();
        if (size > bytes_.size() - used_) {
            complete_ = false;
            return {};
        }
        char* const to = bytes_.data() + used_;
        detail::copy_bytes(to, front.data(), front.size());
        detail::copy_bytes(to + front.size(), back.data(), back.size());
        used_ += size;
        return detail::text_at(to, size);
    }
    // In bytes of its own: a call with too much text is a refused call all the same.
    void keep_code(std::string_view front, std::string_view back) noexcept {
        code_size_ = 0;
        for (std::string_view const text : {front, back})
            for (char const c : text)
                if (code_size_ != sizeof code_) code_[code_size_++] = c;
    }
    // A name, a value, and the sizes of both in front: 4 bytes each.
    void keep(detail::arrived_parameter const& each) noexcept {
        if (8 + each.name.size() + each.value.size() > bytes_.size() - used_) {
            complete_ = false;
            return;
        }
        char sizes[8];
        detail::store_big_endian(sizes, static_cast<std::uint32_t>(each.name.size()));
        detail::store_big_endian(sizes + 4, static_cast<std::uint32_t>(each.value.size()));
        if (parameters_ == nullptr) parameters_ = bytes_.data() + used_;
        static_cast<void>(kept(detail::text_at(sizes, 8)));
        static_cast<void>(kept(each.name, each.value));
        parameters_end_ = bytes_.data() + used_;
    }
    [[nodiscard]] sent_text find(std::string_view name) const noexcept {
        for (char const* at = parameters_; at != parameters_end_;) {
            std::size_t const name_size = detail::load_big_endian(at);
            std::size_t const value_size = detail::load_big_endian(at + 4);
            at += 8;
            if (detail::text_at(at, name_size) == name)
                return {detail::text_at(at + name_size, value_size), true};
            at += name_size + value_size;
        }
        if (!complete_)
            detail::report_failure("restartcaster: call "sv, number_, " has more text than gateway_limits::call_bytes = "sv,
                                                  bytes_.size(), ", so the parameter "sv, name, " may be lost"sv);
        return {};
    }

    std::size_t number_ = 0, used_ = 0;
    std::int64_t utc_ms_ = 0;
    std::span<char> bytes_;
    std::string_view action_, nonce_, method_, place_;
    char code_[64] = {};
    std::uint8_t code_size_ = 0;
    char const* parameters_ = nullptr;
    char const* parameters_end_ = nullptr;
    std::uint16_t status_ = 0;
    signature_kind signature_ = signature_kind::rpc_v1;
    bool executed_ = false, complete_ = true;
};

/// The calls that arrived, oldest first. The gateway keeps the last ones only; size() counts all.
class received_calls {
public:
    /// A view of the gateway's records.
    received_calls(std::span<received_call const> kept RESTARTCASTER_LIFETIMEBOUND, std::size_t count) noexcept
        : kept_(kept), count_(count) {}

    /// The number of calls that arrived.
    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    /// A call, counted from 0. A call that did not arrive, or is not kept any more, is a failed
    /// expectation, and an empty call.
    [[nodiscard]] received_call const& operator[](std::size_t index) const noexcept {
        static constinit received_call const nothing{};
        if (index < count_ && count_ - index <= kept_.size()) return kept_[index % kept_.size()];
        detail::report_failure("restartcaster: there is no call "sv, index + 1, " to look at: "sv, count_,
                                              " arrived, and the gateway keeps the last "sv, kept_.size());
        return nothing;
    }
    /// The first call, and the last one.
    [[nodiscard]] received_call const& front() const noexcept { return (*this)[0]; }
    [[nodiscard]] received_call const& back() const noexcept { return (*this)[count_ - 1]; }

private:
    std::span<received_call const> kept_;
    std::size_t count_;
};

}}} // namespace restartcaster::testing

#endif
