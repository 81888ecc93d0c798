// SPDX-License-Identifier: MIT
// The call machine and the client explain the refusal of their last attempt.
#include <restartcaster.hpp>
#include <restartcaster/explain/explain.hpp>

#include "catch.hpp"
#include "client/driven_call.hpp"
#include "signer.hpp"

namespace rc = restartcaster;

namespace {

/// What the service prints for a form that arrived: the test's own encoding of everything before the signature.
std::string refusal_of(std::string const& form) {
    std::string const query = form.substr(0, form.find("&Signature="));
    return signer::in_json(
        "Specified signature is not matched with our calculation. server string to sign is:POST&%2F&" +
        reference::percent(query));
}

/// The form of the attempt number `which`, which is the same in every world.
std::string form_of(std::size_t which) {
    driven::world world;
    for (std::size_t i = 0; i != which; ++i) world.fates.push_back(driven::throttle(100));
    static_cast<void>(world.run());
    return world.sent.at(which).body;
}

std::string sentence(rc::call_error const& failed, rc::explanation const& why) {
    reference::text_sink sink;
    rc::describe(sink, failed, why);
    return sink.text;
}

} // namespace

TEST_CASE("the machine rebuilds the text of the last attempt, with its own time and nonce") {
    std::string told[2];
    for (std::size_t const attempts : {0u, 2u}) {
        std::string const form = form_of(attempts);
        struct {
            std::string form;
            rc::mismatch cause;
        } const cases[] = {{form, rc::mismatch::secret},
                           {signer::replaced(form, "&Version=2016-11-01", "&Version=2016-11-01&utm=1"),
                            rc::mismatch::parameter_added}};
        for (std::size_t i = 0; i != 2; ++i) {
            driven::world world;
            for (std::size_t n = 0; n != attempts; ++n) world.fates.push_back(driven::throttle(100));
            world.fates.push_back({.status = 400, .body = refusal_of(cases[i].form), .headers = {}});
            rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, world.key, world.room, world.now_ms + 60'000,
                                  {});
            auto const outcome = world.drive(call);
            REQUIRE_FALSE(outcome);
            auto const why = call.why_not_matched();
            REQUIRE(why);
            CHECK(rc::name(why->cause) == rc::name(cases[i].cause));
            CHECK(why->name.view() == (i == 0 ? "" : "utm"));
            // Our HMAC over their text is the signature that was sent.
            CHECK(why->signature_fits == (i == 0));
            told[i] = sentence(outcome.error(), *why);
            CHECK(told[i].find("Why the signature did not match") != std::string::npos);
            CHECK(told[i].find("testsecret") == std::string::npos);
            CHECK(told[i].find("Signature=") == std::string::npos);
        }
        CHECK(told[0] != told[1]);
    }
}

TEST_CASE("before a refusal, and after a refusal of another kind, there is no mismatch") {
    driven::world world;
    world.fates = {driven::refusal(403, "NoPermission")};
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, world.key, world.room, world.now_ms + 60'000, {});
    auto const before = call.why_not_matched();
    REQUIRE(before);
    CHECK(before->cause == rc::mismatch::not_a_mismatch);
    CHECK(before->other == rc::other_refusal::none);
    CHECK_FALSE(world.drive(call));
    auto const after = call.why_not_matched();
    REQUIRE(after);
    CHECK(after->cause == rc::mismatch::not_a_mismatch);
    CHECK(after->other == rc::other_refusal::permission);
}

TEST_CASE("the client keeps the stamp of its last call") {
    driven::world world;
    struct clock {
        driven::world& world;
        std::int64_t utc_seconds() noexcept { return world.now().utc_seconds; }
        std::uint64_t monotonic_ms() noexcept { return world.now_ms; }
        void sleep_ms(std::uint32_t ms) noexcept { world.now_ms += ms; }
    } clock{world};
    struct network {
        driven::world& world;
        rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept {
            return world.exchange(out, storage);
        }
    } network{world};
    world.fates = {{.status = 400, .body = refusal_of(form_of(0)), .headers = {}}};
    rc::client client(network, clock, world.nonces, world.key);
    rc::restart_caster const op{.caster_id = "c1"};
    auto const reply = client.call(op, world.room);
    REQUIRE_FALSE(reply);
    auto const why = client.why_not_matched(op, reply.error());
    REQUIRE(why);
    CHECK(why->cause == rc::mismatch::secret);
    CHECK(why->signature_fits);
}

TEST_CASE("the stamp of the last attempt takes at most 60 bytes") { CHECK(sizeof(rc::detail::kept_stamp) <= 60); }
