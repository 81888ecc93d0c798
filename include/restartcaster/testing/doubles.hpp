// SPDX-License-Identifier: MIT
// Smaller doubles of a transport: a list of answers, a recording that is replayed, a capture of the request, and silence.
// Source: docs/how-to/test-your-code.md, "Smaller doubles".
// Data flow: a request in; a prepared answer out, and the request kept for the test.
#ifndef RESTARTCASTER_TESTING_DOUBLES_HPP
#define RESTARTCASTER_TESTING_DOUBLES_HPP
#pragma once

#include "../message/transport.hpp"
#include "exchange_parts.hpp"
#include "report.hpp"

#include <initializer_list>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace testing {

/// An answer that a test prepares.
/// Storage: views, which must outlive the double; literals do.
struct canned_answer {
    /// The status, and the body.
    std::uint16_t status = 200;
    borrowed_text body = R"({"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31"})";
    /// Header fields as lines "Name: value", each with a line end.
    borrowed_text headers = "content-type: application/json\r\n";
};

/// A transport that gives prepared answers, one for each exchange. An exchange without an answer fails the test, and the code
/// under test gets not_sent.
class answers {
public:
    /// The most answers of a list.
    static constexpr std::size_t limit = 32;

    /// Answers from a list.
    answers(std::initializer_list<canned_answer> list) noexcept {
        if (list.size() > limit) detail::report_failure("restartcaster: answers{} takes at most 32 answers"sv);
        for (canned_answer const& each : list)
            if (size_ != limit) list_[size_++] = each;
    }
    /// Answers from the text that `records` wrote. A request that differs from the recorded one fails the test.
    /// Storage: a view of the text, which must outlive this object.
    explicit answers(borrowed_text recording) noexcept : recording_(recording), replays_(true) {}

    /// One exchange.
    [[nodiscard]] result<response> exchange(request const& out, std::span<char> storage) noexcept {
        ++used_;
        if (!replays_ && used_ <= size_) return detail::canned_response(list_[used_ - 1], storage);
        detail::request_line sent(out);
        if (!replays_ || recording_.empty()) {
            detail::report_failure("restartcaster: no answer is left for call "sv, used_, ": "sv, sent.view());
            return unexpected(failure{.code = errc::not_sent, .subject = "no answer is left"});
        }
        detail::recorded_exchange const next = detail::take_exchange(recording_);
        if (!next.well_formed)
            detail::report_failure("restartcaster: the recording cannot be read at call "sv, used_);
        else if (next.request != sent.view())
            detail::report_failure("restartcaster: call "sv, used_, " differs from the recording: it was '"sv, next.request,
                                   "' and is '"sv, sent.view(), "'"sv);
        if (next.failed) return unexpected(failure{.code = next.cause, .http_status = next.answer.status, .subject = "recorded"});
        return detail::canned_response(next.answer, storage);
    }

    /// The exchanges so far.
    [[nodiscard]] std::size_t calls() const noexcept { return used_; }
    /// Fails the test if an answer was not used.
    void expect_all_used() const noexcept {
        if (replays_ ? !recording_.empty() : used_ < size_)
            detail::report_failure("restartcaster: only "sv, used_, " calls were made, and answers are left"sv);
    }

private:
    canned_answer list_[limit];
    std::size_t size_ = 0, used_ = 0;
    std::string_view recording_;
    bool replays_ = false;
};

/// A transport that keeps the last request and answers it with a success of RestartCaster, or with the given answer.
class captures {
public:
    /// The most bytes of a request.
    static constexpr std::size_t limit = 8192;

    /// Answers every request in the same way.
    explicit captures(canned_answer const& answer = {}) noexcept : answer_(answer) {}

    /// One exchange.
    [[nodiscard]] result<response> exchange(request const& out, std::span<char> storage) noexcept {
        ++calls_;
        used_ = 0;
        method_ = text(out.method);
        host_ = kept(out.host);
        target_ = kept(out.target);
        headers_ = kept(out.headers.text());
        body_ = kept(out.body);
        return detail::canned_response(answer_, storage);
    }

    /// The exchanges so far.
    [[nodiscard]] std::size_t calls() const noexcept { return calls_; }
    /// The parts of the last request.
    [[nodiscard]] std::string_view method() const noexcept { return method_; }
    [[nodiscard]] std::string_view host() const noexcept { return host_; }
    [[nodiscard]] std::string_view request_target() const noexcept { return target_; }
    [[nodiscard]] std::string_view headers() const noexcept { return headers_; }
    [[nodiscard]] std::string_view body() const noexcept { return body_; }
    /// The decoded value of a parameter of the last request; empty if there is none.
    /// Storage: valid until the next call of this function.
    [[nodiscard]] std::string_view parameter(std::string_view name) noexcept {
        std::string_view value;
        detail::each_pair(target_, body_, [&](std::string_view given, std::string_view encoded) {
            if (given == name) value = percent_decode(encoded, decoded_, plus_sign::space).value_or({});
        });
        return value;
    }
    /// Fails the test if a request was sent.
    void expect_no_call() const noexcept {
        if (calls_ != 0) detail::report_failure("restartcaster: expected no call; there were "sv, calls_, ", the last one "sv,
                                                method_, " "sv, host_);
    }

private:
    [[nodiscard]] std::string_view kept(std::string_view text) noexcept {
        if (text.size() > limit - used_) {
            detail::report_failure("restartcaster: captures keeps at most 8192 bytes of a request"sv);
            return {};
        }
        detail::copy_bytes(bytes_ + used_, text.data(), text.size());
        used_ += text.size();
        return detail::text_at(bytes_ + used_ - text.size(), text.size());
    }

    canned_answer answer_;
    std::size_t calls_ = 0, used_ = 0;
    std::string_view method_, host_, target_, headers_, body_;
    char bytes_[limit] = {};
    char decoded_[limit] = {};
};

/// A transport whose requests are sent and never answered.
class silent {
public:
    /// One exchange: no_answer.
    [[nodiscard]] result<response> exchange(request const&, std::span<char>) noexcept {
        ++calls_;
        return unexpected(failure{.code = errc::no_answer, .subject = "silent"});
    }
    /// The exchanges so far.
    [[nodiscard]] std::size_t calls() const noexcept { return calls_; }

private:
    std::size_t calls_ = 0;
};

/// A transport that passes requests on to another transport, and writes every exchange to a sink, as text that `answers`
/// replays. The key id, the security token, the signature, and keys in the URLs of streams are not written.
/// Storage: refers to both arguments, which must outlive this object.
template <transport Transport, byte_sink Sink>
class records {
public:
    /// Records what goes over a transport.
    records(Transport& over RESTARTCASTER_LIFETIMEBOUND, Sink& to RESTARTCASTER_LIFETIMEBOUND) noexcept : over_(over), to_(to) {}

    /// One exchange.
    [[nodiscard]] result<response> exchange(request const& out, std::span<char> storage) noexcept {
        auto const answer = over_.exchange(out, storage);
        detail::write_exchange(to_, out, answer);
        return answer;
    }

private:
    Transport& over_;
    Sink& to_;
};

}}} // namespace restartcaster::testing

#endif
