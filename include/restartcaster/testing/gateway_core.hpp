// SPDX-License-Identifier: MIT
// The gateway without its capacities: serves a request, remembers nonces and calls, and plays the planned faults.
// Source: the vendor's pages on limits and nonces; docs/how-to/test-your-code.md.
// Data flow: an arrived request in; checks, operation, faults; the answer in the storage of the exchange out.
//
// The file is long, because the public part is one class, which a test reads as one object.
#ifndef RESTARTCASTER_TESTING_GATEWAY_CORE_HPP
#define RESTARTCASTER_TESTING_GATEWAY_CORE_HPP
#pragma once

#include "answer_headers.hpp"
#include "fault_plan.hpp"
#include "received_call.hpp"
#include "test_account.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// The calls of the last second of one operation.
class sliding_second {
public:
    static constexpr std::size_t most = 64;

    /// The milliseconds until there is room for one more call; 0 if there is room now.
    [[nodiscard]] std::int64_t wait_ms(std::size_t limit, std::int64_t now_ms) const noexcept {
        if (limit == 0 || count_ < limit) return 0;
        std::int64_t const oldest = times_[(count_ - limit) % most];
        return now_ms - oldest >= 1000 ? 0 : oldest + 1000 - now_ms;
    }
    void add(std::int64_t now_ms) noexcept { times_[count_++ % most] = now_ms; }

private:
    std::size_t count_ = 0;
    std::int64_t times_[most] = {};
};

/// A request id: a UUID whose last part counts. The first parts are those of an example in the vendor's pages, and differ
/// from those of test_nonces: a text that equals a nonce would be hidden as a secret.
class counted_id {
public:
    explicit counted_id(std::size_t count) noexcept {
        constexpr std::string_view pattern = "6EBD1AC4-C34D-4AE1-963E-000000000000"sv;
        copy_bytes(bytes_, pattern.data(), sizeof bytes_);
        for (std::size_t at = sizeof bytes_; count != 0 && at-- != 24; count /= 16)
            bytes_[at] = hex_upper(static_cast<unsigned>(count % 16));
    }
    [[nodiscard]] std::string_view view() const noexcept { return text_at(bytes_, sizeof bytes_); }

private:
    char bytes_[36];
};

} // namespace detail

namespace testing {

/// The account and the limits of a gateway.
struct gateway_options {
    /// The one key that the service knows, and the token that has to come with it; an empty token: none.
    /// Storage: views, which must outlive the gateway.
    credentials account = {.access_key_id = "testid", .access_key_secret = "testsecret"};
    /// Calls per second for each operation, over a sliding second of the gateway's clock; at most 64. 0: no limit.
    std::size_t calls_per_second = 10;
    /// A throttled call is told its wait in X-RateLimit-User, as by older gateways, and not in x-acs-retry-after.
    bool older_wait_header = false;
};

/// An answer as a server sends it.
/// Storage: the body is in the storage of the exchange; the header lines are in the gateway until its next answer.
struct http_answer {
    /// The status.
    std::uint16_t status = 0;
    /// The header fields without Content-Length, as lines "Name: value" CRLF.
    std::string_view headers = {};
    /// The body.
    std::span<char> body = {};
};

/// All of a gateway that does not depend on its capacities; see basic_gateway.
class gateway_core {
public:
    gateway_core(gateway_core const&) = delete;
    gateway_core& operator=(gateway_core const&) = delete;

    /// The studio with this id. If the account has no such studio, adds one that is on air, in general mode.
    test_studio& studio(std::string_view id) noexcept RESTARTCASTER_LIFETIMEBOUND { return studios_.find_or_add(id); }
    /// The clock of the test. The gateway, its studios and its stamps read this clock.
    [[nodiscard]] test_clock& clock() noexcept RESTARTCASTER_LIFETIMEBOUND { return clock_; }
    /// The credentials that the service accepts, to make a signing_key of.
    [[nodiscard]] credentials const& account() const noexcept RESTARTCASTER_LIFETIMEBOUND { return options_.account; }
    /// The time of the clock and a new nonce, for one call.
    /// Storage: the nonce is valid until the next stamp.
    [[nodiscard]] restartcaster::stamp stamp() noexcept RESTARTCASTER_LIFETIMEBOUND {
        nonce_ = *nonces_();
        return {.utc_seconds = clock_.utc_seconds(), .nonce = nonce_.text()};
    }

    /// Begins a planned fault: for the next call, for every call, or for a share of the calls. See fault_rule.
    fault_rule& next() noexcept RESTARTCASTER_LIFETIMEBOUND { return plan_.next(); }
    fault_rule& always() noexcept RESTARTCASTER_LIFETIMEBOUND { return plan_.always(); }
    fault_rule& randomly(double probability) noexcept RESTARTCASTER_LIFETIMEBOUND { return plan_.randomly(probability); }
    /// All planned faults.
    [[nodiscard]] fault_plan& faults() noexcept RESTARTCASTER_LIFETIMEBOUND { return plan_; }

    /// The calls that arrived.
    [[nodiscard]] received_calls calls() const noexcept RESTARTCASTER_LIFETIMEBOUND { return {calls_, call_count_}; }
    /// How often RestartCaster ran for a studio.
    [[nodiscard]] std::size_t restarts(std::string_view id) const noexcept { return runs("RestartCaster", id); }
    /// How often an action ran for a studio. An empty id: DescribeCasters of all studios.
    [[nodiscard]] std::size_t runs(std::string_view action, std::string_view id) const noexcept {
        return studios_.runs(detail::action_named(action), id);
    }

    /// Fails the test if a call arrived.
    void expect_no_call() const noexcept {
        if (call_count_ != 0) fail_with_calls("expected no call");
    }
    /// Fails the test unless RestartCaster ran this number of times for the studio.
    void expect_restarts(std::string_view id, std::size_t count) const noexcept {
        if (restarts(id) != count) fail_with_calls("expected ", count, " restarts of ", id, " and saw ", restarts(id));
    }
    /// Fails the test if a planned fault of next() was not used, because too few calls arrived.
    void expect_faults_used() const noexcept {
        if (plan_.left() != 0) fail_with_calls("expected the use of every planned fault, and ", plan_.left(), " are left");
    }

    /// Serves one request as a server does, for tests over a socket; a transport calls exchange().
    /// Storage: the body of the answer is at the start of `storage`.
    /// Errors: not_sent, no_answer, answer_too_long, with the meaning that a transport gives them.
    [[nodiscard]] result<http_answer> receive(arrived_request const& in, std::span<char> storage) noexcept {
        detail::served_call one{in, detail::arrived_parameters(table_, decoded_)};
        detail::decode_parameters(one);
        effects const faults = plan_.take(one.action().text, one.caster_id());
        one.now_ms = clock_.utc_ms() + faults.ahead_ms;
        auto const answer = played(one, faults, storage);
        std::uint64_t const limit_ms = limit_ms_, slow_ms = static_cast<std::uint64_t>(faults.slow_ms);
        bool const too_late = slow_ms > limit_ms;
        limit_ms_ = no_limit;
        clock_.advance_ms(too_late ? limit_ms : slow_ms);
        if (answer && too_late) return unexpected(failure{.code = errc::no_answer, .subject = "the time is over"});
        return answer;
    }

protected:
    /// The bytes of a gateway, whose number is its capacity.
    struct parts {
        std::span<test_studio> studios;
        std::span<fault_rule> rules;
        std::span<received_call> calls;
        std::span<char> call_texts;
        std::span<std::uint64_t> nonces;
        std::span<detail::arrived_parameter> table;
        std::span<char> decoded;
    };

    gateway_core(parts const& all, gateway_options const& options) noexcept
        : options_(options), plan_(all.rules), nonce_(*nonces_()), studios_(all.studios, clock_), calls_(all.calls),
          call_texts_(all.call_texts), seen_nonces_(all.nonces), table_(all.table), decoded_(all.decoded) {
        if (options.calls_per_second > detail::sliding_second::most)
            detail::report_failure("restartcaster: gateway_options::calls_per_second is at most 64"sv);
    }
    ~gateway_core() = default;

    void limit_next_exchange(std::uint32_t milliseconds) noexcept { limit_ms_ = milliseconds; }

private:
    using verdict = detail::service_verdict;
    using effects = detail::fault_effects;
    using fault_kind = detail::fault_kind;
    static constexpr std::uint64_t no_limit = ~std::uint64_t{0};

    // ---- one request under its faults

    [[nodiscard]] result<http_answer> played(detail::served_call& one, effects const& faults, std::span<char> storage) noexcept {
        if (faults.kind == fault_kind::refuse_connection)
            return unexpected(failure{.code = errc::not_sent, .subject = "a planned fault"});
        bool const page = faults.kind == fault_kind::page || faults.kind == fault_kind::redirect;
        bool const kept_away = faults.kind == fault_kind::lose_request || (page && !faults.after_running);
        result<http_answer> answer = http_answer{};
        if (kept_away)
            static_cast<void>(recorded(one));
        else
            answer = served(one, faults, storage);
        if (faults.repeated && !kept_away) answer = served(one, faults, storage);
        if (faults.kind == fault_kind::lose_request || faults.kind == fault_kind::lose_answer)
            return unexpected(failure{.code = errc::no_answer, .subject = "a planned fault"});
        if (!answer) return answer;
        if (page) answer = page_of_proxy(one, faults, storage);
        return answer ? spoilt(*answer, faults, storage) : answer;
    }

    // Serves the request, without the faults of its answer.
    [[nodiscard]] result<http_answer> served(detail::served_call& one, effects const& faults, std::span<char> storage) noexcept {
        received_call& record = recorded(one);
        verdict said = detail::check_call(one, options_.account);
        if (!said.refused()) said = admitted(one, faults);
        if (!said.refused()) said = executed(one, faults, record);
        record.status_ = said.status;
        record.keep_code(said.code, said.code_end);

        detail::counted_id const id(++answer_count_);
        write_headers(one, said, id.view());
        detail::answer_body out(storage, one.json);
        if (said.refused())
            write_refusal(out, one, said, id.view());
        else
            write_success(out, one, id.view());
        return finished(said.status, out.sink(), storage);
    }

    [[nodiscard]] result<http_answer> finished(std::uint16_t status, buffer_sink const& body,
                                               std::span<char> storage) const noexcept {
        if (!body.fits()) return too_long(status);
        return http_answer{.status = status, .headers = headers_.text(), .body = storage.first(body.needed())};
    }
    [[nodiscard]] static unexpected<failure> too_long(std::uint16_t status) noexcept {
        return unexpected(failure{.code = errc::answer_too_long, .http_status = status});
    }

    [[nodiscard]] received_call& recorded(detail::served_call const& one) noexcept {
        std::size_t const at = call_count_ % calls_.size(), size = call_texts_.size() / calls_.size();
        received_call& record = calls_[at];
        record.begin(++call_count_, one.now_ms, call_texts_.subspan(at * size, size));
        record.action_ = record.kept(one.action().text);
        record.nonce_ = record.kept(one.nonce().text);
        record.method_ = record.kept(one.in.method);
        bool const has_form = one.in.method == "POST" && !one.in.body.empty();
        record.place_ = !has_form ? "query"sv : one.in.query().empty() ? "form"sv : "split"sv;
        record.signature_ = one.acs3 ? signature_kind::acs3 : signature_kind::rpc_v1;
        for (detail::arrived_parameter const& each : one.parameters.all()) record.keep(each);
        return record;
    }

    // ---- nonces and rate: only calls that are let in use their nonce up, and count

    [[nodiscard]] verdict admitted(detail::served_call const& one, effects const& faults) noexcept {
        // 64 bits of a hash stand for the nonce: two nonces of one test do not share them in practice.
        hash_stream<sha256> stream;
        stream.append(one.nonce().text);
        auto const bytes = stream.finish();
        std::uint64_t const digest = std::uint64_t{detail::load_big_endian(bytes.data())} << 32 |
                                     detail::load_big_endian(bytes.data() + 4) | 1;
        for (std::uint64_t& each : seen_nonces_) {
            if (faults.nonce_forgotten) each = 0;
            if (each == digest) return detail::refusal("SignatureNonceUsed", "Specified signature nonce was used already.");
        }
        if (faults.kind == fault_kind::throttle) return throttled(faults.code, faults.status, faults.names_wait, faults.wait_ms);
        if (faults.kind == fault_kind::unavailable) return detail::refusal(faults.code, faults.text, faults.status);
        detail::test_action const which = detail::action_named(one.action().text);
        if (which != detail::test_action::other) {
            detail::sliding_second& recent = recent_[static_cast<std::size_t>(which)];
            auto const now_ms = static_cast<std::int64_t>(clock_.monotonic_ms());
            std::int64_t const wait_ms = recent.wait_ms(options_.calls_per_second, now_ms);
            if (wait_ms != 0) return throttled("Throttling.User", 400, true, wait_ms);
            recent.add(now_ms);
        }
        seen_nonces_[nonce_count_++ % seen_nonces_.size()] = digest;
        return {};
    }
    [[nodiscard]] static verdict throttled(std::string_view code, std::uint16_t status, bool names_wait,
                                           std::int64_t wait_ms) noexcept {
        verdict out = detail::refusal(code, "Request was denied due to ", status);
        out.said_end = code == "Throttling"sv       ? "request throttling."sv
                       : code == "Throttling.Api"sv ? "api flow control."sv
                                                    : "user flow control."sv;
        out.names_wait = names_wait;
        out.wait_ms = wait_ms;
        return out;
    }

    [[nodiscard]] verdict executed(detail::served_call const& one, effects const& faults, received_call& record) noexcept {
        bool const planned = faults.kind == fault_kind::error;
        if (!planned || faults.after_running) {
            if (verdict const said = studios_.carry_out(one); said.refused()) return said;
            record.executed_ = true;
        }
        return planned ? detail::service_refusal(faults.code, faults.text, {}, faults.status) : verdict();
    }

    // ---- the answer

    void write_success(detail::answer_body& out, detail::served_call const& one, std::string_view request_id) const noexcept {
        std::string_view const action = one.action().text;
        out.begin_document(action, "Response"sv);
        out.text("RequestId"sv, request_id);
        studios_.write_fields(out, one);
        out.end_document(action, "Response"sv);
    }

    static void write_refusal(detail::answer_body& out, detail::served_call const& one, verdict const& said,
                              std::string_view request_id) noexcept {
        detail::test_sentence code(said.code, said.code_end);
        std::string_view const code_text = code.c_str();
        auto const recommend = [&] {
            if (said.from_gateway)
                out.cdata("Recommend"sv, "https://error-center.aliyun.com/status/search?Keyword="sv, code_text,
                          "&source=PopGw"sv);
        };
        std::string_view const host = one.in.header("host"sv).text;
        out.begin_document("Error"sv);
        if (one.json) recommend();
        out.text("RequestId"sv, request_id);
        out.text("HostId"sv, detail::part(host, 0, host.find(':')));
        out.text("Code"sv, code_text);
        out.field("Message"sv, [&](detail::escaping_sink& to) { write_message(to, one, said); });
        if (!one.json) recommend();
        out.end_document("Error"sv);
    }

    static void write_message(detail::escaping_sink& to, detail::served_call const& one, verdict const& said) noexcept {
        to.append(said.said);
        to.append(said.said_before_name);
        switch (said.shape) {
        case verdict::name_form::encoded: percent_encode(to, said.name); break;
        case verdict::name_form::lower:
            for (char const c : said.name) detail::append_byte(to, detail::ascii_lower(c));
            break;
        default: to.append(said.name); break;
        }
        to.append(said.said_end);
        if (said.tail == verdict::tail_text::none) return;
        bool const canonical = said.tail == verdict::tail_text::canonical_request;
        if (canonical) {
            to.append("server canonical request is:"sv);
            detail::append_canonical_request(to, one.in, one.query(), one.authorization.signed_names,
                                             detail::text_of(one.body_digest));
            to.append(" "sv);
        }
        to.append("server string to sign is:"sv);
        if (canonical)
            detail::append_acs3_string_to_sign(to, one.hashed_request);
        else
            detail::append_rpc_string_to_sign(to, one.in.method, one.parameters.all());
    }

    void write_headers(detail::served_call const& one, verdict const& said, std::string_view request_id) noexcept {
        headers_.start_anew();
        headers_.set("date"sv, detail::http_date_text(detail::shown_seconds(one.now_ms)).view());
        headers_.set("content-type"sv, one.json ? "application/json;charset=utf-8"sv : "text/xml;charset=utf-8"sv);
        headers_.set("x-acs-request-id"sv, request_id);
        if (!said.names_wait) return;
        auto const wait = detail::decimal(said.wait_ms);
        if (!options_.older_wait_header) return headers_.set("x-acs-retry-after"sv, wait.view());
        detail::test_sentence value("Limit:"sv, options_.calls_per_second, ",Remain:0,TimeLeft:"sv, wait.view(), ",Reset:"sv,
                                    detail::decimal((one.now_ms + said.wait_ms + 999) / 1000).view());
        headers_.set("X-RateLimit-User"sv, value.c_str());
    }

    // ---- the faults of an answer

    [[nodiscard]] result<http_answer> page_of_proxy(detail::served_call const& one, effects const& faults,
                                                    std::span<char> storage) noexcept {
        bool const page = faults.kind == fault_kind::page;
        headers_.start_anew();
        headers_.set("date"sv, detail::http_date_text(detail::shown_seconds(one.now_ms)).view());
        headers_.set(page ? "content-type"sv : "location"sv, page ? "text/html"sv : faults.text);
        buffer_sink body(storage);
        if (page) body.append(faults.text);
        return finished(faults.status, body, storage);
    }

    [[nodiscard]] result<http_answer> spoilt(http_answer answer, effects const& faults, std::span<char> storage) noexcept {
        for (std::size_t i = 0; i != faults.header_count; ++i) {
            detail::header_fault const& change = faults.headers[i];
            if (change.removed)
                headers_.remove(change.name);
            else
                headers_.set(change.name, change.value);
        }
        answer.headers = headers_.text();
        std::size_t const bytes = faults.body_bytes, size = answer.body.size();
        switch (faults.body) {
        case detail::body_fault::cut:
            return unexpected(failure{.code = errc::no_answer, .http_status = answer.status, .subject = "a planned fault"});
        case detail::body_fault::shorten: answer.body = answer.body.first(bytes < size ? bytes : size); break;
        case detail::body_fault::pad: return padded(answer, bytes, storage);
        case detail::body_fault::replace: {
            buffer_sink body(storage);
            body.append(faults.body_text);
            return finished(answer.status, body, storage);
        }
        default: break;
        }
        return answer;
    }

    // Inserts a field before the end of the document, so that the body has this number of bytes.
    [[nodiscard]] static result<http_answer> padded(http_answer answer, std::size_t bytes, std::span<char> storage) noexcept {
        std::string_view const body(answer.body.data(), answer.body.size());
        bool const json = body.starts_with('{');
        std::string_view const before = json ? ",\"Padding\":\""sv : "<Padding>"sv, behind = json ? "\""sv : "</Padding>"sv;
        std::size_t const end = json ? body.size() - 1 : body.rfind("</"sv);
        if (end >= body.size() || bytes < body.size() + before.size() + behind.size()) return answer;
        if (bytes > storage.size()) return too_long(answer.status);
        std::size_t const tail = body.size() - end;
        for (std::size_t i = tail; i-- != 0;) storage[bytes - tail + i] = storage[end + i];
        detail::copy_bytes(storage.data() + end, before.data(), before.size());
        for (std::size_t i = end + before.size(); i != bytes - tail - behind.size(); ++i) storage[i] = 'x';
        detail::copy_bytes(storage.data() + bytes - tail - behind.size(), behind.data(), behind.size());
        answer.body = storage.first(bytes);
        return answer;
    }

    // Fails the test with a sentence and the calls that arrived.
    template <class... Texts>
    void fail_with_calls(Texts... texts) const noexcept {
        detail::test_sentence text("restartcaster: "sv, texts...);
        if (call_count_ == 0) text.append("; no call arrived"sv);
        std::size_t const kept = call_count_ < calls_.size() ? call_count_ : calls_.size();
        for (std::size_t i = call_count_ - kept; i != call_count_; ++i) {
            text.append("; "sv);
            calls()[i].describe(text);
        }
        on_failure(text.c_str());
    }

    gateway_options options_;
    test_clock clock_;
    fault_plan plan_;
    test_nonces nonces_;
    nonce nonce_;
    detail::test_account studios_;
    std::span<received_call> calls_;
    std::span<char> call_texts_;
    std::span<std::uint64_t> seen_nonces_;
    std::span<detail::arrived_parameter> table_;
    std::span<char> decoded_;
    std::size_t call_count_ = 0, nonce_count_ = 0, answer_count_ = 0;
    std::uint64_t limit_ms_ = no_limit;
    detail::sliding_second recent_[detail::test_action_count];
    detail::header_writer headers_;
};

}}} // namespace restartcaster::testing

#endif
