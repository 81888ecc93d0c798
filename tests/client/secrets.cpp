// SPDX-License-Identifier: MIT
// Canaries: a secret, a token and a signature that must turn up nowhere but in the request itself.
// Source: SECURITY.md, "Promised".
// Data flow: every way in which a call can fail, and all that it says; every way to sign, and the stack behind it.
#include <restartcaster.hpp>

#include "crypto/traces.hpp"
#include "reference.hpp"

#include "catch.hpp"

#include <vector>

namespace rc = restartcaster;

namespace {

constexpr std::string_view key_id = "LTAI5tKeyIdOfCanary0";
constexpr std::string_view secret = "Kq7Vx2Rm9Zt4Lp6Wc3Yd8Hn5Bf1Gs0";
constexpr std::string_view token = "CAISxTokenOfTheCanary7Jw2Pm5Xr8Tb1";
constexpr rc::credentials canary{.access_key_id = key_id, .access_key_secret = secret, .security_token = token};
constexpr rc::stamp when{.utc_seconds = 1709020800, .nonce = "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11"};
constexpr rc::placement placements[]{rc::placement::get, rc::placement::post_form, rc::placement::post_query};

/// All that was said, and what must not be part of it.
struct listener {
    std::string said;
    std::vector<std::string> kept{std::string(key_id), std::string(secret), std::string(token)};

    template <class What>
    void hear(What const& what) {
        reference::text_sink sink;
        describe(sink, what);
        CHECK_FALSE(sink.text.empty());
        said += sink.text + "\n";
    }
    void check() const {
        CHECK_FALSE(said.empty());
        for (std::string const& one : kept) {
            INFO(said);
            REQUIRE(one.size() > 6);
            // Not even the front of it.
            CHECK(said.find(one.substr(0, 7)) == said.npos);
        }
    }
};

/// Answers with what the request was, as gateways do that explain a refusal.
struct echoing_transport {
    listener& ears;
    std::uint16_t status;
    std::string before, after;

    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept {
        std::string all(out.method == rc::http_method::get ? "GET " : "POST ");
        all += std::string(out.url) + " " + std::string(out.headers.text()) + std::string(out.body);
        std::size_t const at = all.find("Signature=");
        REQUIRE(at != all.npos);
        ears.kept.push_back(all.substr(at + 10, 27));
        for (char& c : all)
            if (c == '\r' || c == '\n') c = ' ';
        std::string const body = before + all + after;
        REQUIRE(body.size() <= storage.size());
        body.copy(storage.data(), body.size());
        return rc::response{.status = status, .body = storage.first(body.size())};
    }
};

struct failing_transport {
    rc::failure with;
    rc::result<rc::response> exchange(rc::request const&, std::span<char>) noexcept { return rc::unexpected(with); }
};

template <class Scheme, class Transport>
void call(Transport&& over, listener& ears, rc::credentials const& from, rc::request_options const& options = {}) {
    rc::signing_key<Scheme> const key(from);
    rc::storage<8192> room;
    rc::device_nonce nonces(key, {.device_id = "canary", .boot_count = 1});
    if (auto const reply = rc::call(over, rc::restart_caster{.caster_id = "c"}, key, when, room, options); !reply)
        ears.hear(reply.error());
    rc::call_machine machine(rc::restart_caster{.caster_id = "c"}, key, room, 1'000'000, {.request = options});
    for (std::uint64_t now = 0; now != 1'000'000; ++now) {
        rc::step const s = machine.next({when.utc_seconds, now}, nonces);
        if (s.what == rc::step::done) break;
        if (s.what == rc::step::send) machine.answered(over.exchange(machine.request(), machine.storage()));
    }
    if (!machine.outcome()) ears.hear(machine.outcome().error());
}

} // namespace

TEMPLATE_TEST_CASE("credentials that cannot work are complained of and not repeated", "", rc::rpc_v1, rc::acs3) {
    listener ears;
    failing_transport unused{{.code = rc::errc::no_answer}};
    for (std::size_t wrong_one = 0; wrong_one != 3; ++wrong_one)
        for (std::string const wrong : {" ", "\n", "\x01", "\xFF"})
            for (bool const in_front : {true, false}) {
                std::string texts[]{std::string(canary.access_key_id), std::string(canary.access_key_secret),
                                    std::string(canary.security_token)};
                std::string& value = texts[wrong_one];
                value.insert(in_front ? 0 : value.size(), wrong);
                rc::credentials const from{texts[0], texts[1], texts[2]};
                call<TestType>(unused, ears, from);
                CHECK_FALSE(rc::signing_key<TestType>(from).valid());
            }
    rc::credentials from = canary;
    from.access_key_id = {};
    call<TestType>(unused, ears, from);
    from = canary;
    from.access_key_secret = {};
    call<TestType>(unused, ears, from);
    ears.check();
}

TEMPLATE_TEST_CASE("requests that cannot be made are complained of without what is in them", "", rc::rpc_v1, rc::acs3) {
    listener ears;
    rc::signing_key<TestType> const key(canary);
    for (rc::placement const where : placements) {
        rc::restart_caster const op{.caster_id = "c"};
        auto const hear = [&](rc::result<rc::request> const& made) {
            REQUIRE_FALSE(made);
            ears.hear(made.error());
            ears.hear(rc::detail::local_error(made.error(), key.valid()));
        };
        char bytes[4096];
        for (std::size_t size = 0; size < 200; size += 7)
            hear(rc::make_request(op, key, when, std::span(bytes, size), {.parameters = where}));
        hear(rc::make_request(op, key, when, bytes, {.parameters = where, .to = {"live.aliyuncs.com/x"}}));
        hear(rc::make_request(op, key, {-1, when.nonce}, bytes, {.parameters = where}));
        hear(rc::make_request(op, key, {0, ""}, bytes, {.parameters = where}));
        hear(rc::make_request(rc::restart_caster{}, key, when, bytes, {.parameters = where}));
        if (where != rc::placement::post_form)
            hear(rc::make_request(op, key, when, bytes, {.parameters = where, .url_limit = 20}));
    }
    ears.check();
}

TEMPLATE_TEST_CASE("an answer that repeats the request is told of without it", "", rc::rpc_v1, rc::acs3) {
    rc::credentials permanent = canary;
    permanent.security_token = {};
    for (rc::credentials const& from : {canary, permanent})
        for (rc::placement const where : placements)
            for (std::uint16_t const status : {std::uint16_t{200}, std::uint16_t{400}, std::uint16_t{503}})
                for (std::string const lead : {"", "server string to sign is:", "server StringToSign is ["}) {
                    listener ears;
                    auto const hear = [&](std::string const& before, std::string const& after) {
                        call<TestType>(echoing_transport{ears, status, before + lead, after}, ears, from,
                                       {.parameters = where});
                    };
                    for (std::string const code : {"SignatureDoesNotMatch", "Throttling.User", "Other"}) {
                        hear(R"({"Code":")" + code + R"(","Message":"Not right. )", "\"}");
                        hear("<Error><Code>" + code + "</Code><Message><![CDATA[", "]]></Message></Error>");
                    }
                    // Not the service's, whole or cut.
                    hear("<html>", "</html>");
                    hear(R"({"Code":"X","Message":")", "");
                    ears.check();
                }
}

namespace {

struct refusing_transport {
    rc::result<rc::response> exchange(rc::request const&, std::span<char> storage) noexcept {
        std::string_view const body =
            R"({"Code":"Other","Message":"who is quietworker with wordsoftoken","RequestId":"quietworker"})";
        body.copy(storage.data(), body.size());
        return rc::response{.status = 400, .body = storage.first(body.size())};
    }
};

} // namespace

TEMPLATE_TEST_CASE("key id and token that were sent are not told, though they look like words", "", rc::rpc_v1,
                   rc::acs3) {
    listener ears;
    ears.kept = {"quietworker", "wordsoftoken"};
    call<TestType>(refusing_transport{}, ears,
                   {.access_key_id = "quietworker", .access_key_secret = "s", .security_token = "wordsoftoken"});
    CHECK(ears.said.find("who is [...] with [...]") != std::string::npos);
    CHECK(ears.said.find("Request id [...]") != std::string::npos);
    ears.check();
}

TEMPLATE_TEST_CASE("every failure of a transport is told of without the request", "", rc::rpc_v1, rc::acs3) {
    listener ears;
    for (unsigned code = 0; code <= static_cast<unsigned>(rc::errc::entropy_missing); ++code)
        call<TestType>(failing_transport{{static_cast<rc::errc>(code), 502, "recv", 104}}, ears, canary);
    ears.check();
}

TEST_CASE("a listener hears what is said, and no token even from a transport") {
    listener ears;
    ears.hear(rc::failure{.code = rc::errc::not_sent, .subject = "a word of the transport"});
    CHECK(ears.said.find("a word of the transport") != std::string::npos);
    ears.hear(rc::failure{.code = rc::errc::not_sent, .subject = token});
    ears.check();
}

#ifdef RESTARTCASTER_TEST_STACK

TEMPLATE_TEST_CASE("signing a request, or failing to, leaves no trace of secret and token on the stack", "", rc::rpc_v1,
                   rc::acs3) {
    using key_type = rc::signing_key<TestType>;
    alignas(key_type) static char place[sizeof(key_type)];
    static char room[4096];
    for (rc::placement const where : placements)
        for (std::size_t const size : {sizeof room, std::size_t{100}, std::size_t{0}}) {
            INFO("placement " << static_cast<int>(where) << ", " << size << " bytes");
            bool made = false;
            std::string const left = traces::stack_after([&] {
                auto* const key = ::new (static_cast<void*>(place)) key_type(canary);
                rc::device_nonce nonces(*key, {.device_id = "canary", .boot_count = 1});
                auto const nonce = nonces();
                made = rc::make_request(rc::restart_caster{.caster_id = "c"}, *key, {0, nonce->text()},
                                        std::span(room, size), {.parameters = where})
                           .has_value();
            });
            CHECK(made == (size == sizeof room));
            auto& key = *std::launder(reinterpret_cast<key_type*>(place));
            CHECK_FALSE(traces::trace_of(secret, left));
            CHECK_FALSE(traces::trace_of(token, left));
            // The states sign as well as the secret does.
            traces::key_words<typename TestType::hash> const words(
                std::string(secret) + std::string(TestType::secret_suffix), key.hmac());
            CHECK(traces::words_in(words.states, left) == 0);
            CHECK(traces::words_in(words.blocks, left) < 2);
            CHECK_FALSE(traces::trace_of(secret, {room, sizeof room}));
            key.~key_type();
            CHECK_FALSE(traces::trace_of(secret, {place, sizeof place}));
        }
}

#endif
