// SPDX-License-Identifier: MIT
// Tests code that restarts studios without a network: the transport has three lines.
// Source: docs/design.md, "The transport contract".
// Data flow: unit_test; prints the failures; exit status 0 without failures.
#include <restartcaster.hpp>

#include <cstdio>

namespace rc = restartcaster;

// ---- the code to be tested: what to do about a studio before a live show

enum class next_step { show, start_studio, ask_operator };

template <rc::transport Http>
next_step before_the_show(Http& http, std::string_view studio, rc::signing_key<> const& key,
                          rc::stamp const& stamp) {
    rc::storage<2048> room;
    auto const reply = rc::call(http, rc::restart_caster{.caster_id = studio}, key, stamp, room);
    if (reply) return next_step::show;
    return reply.error().what_to_do == rc::advice::start_caster ? next_step::start_studio
                                                                : next_step::ask_operator;
}

// ---- the test

struct canned_answer {
    std::uint16_t status;
    std::string_view body;
    std::string_view expected_in_request = {};
    int calls = 0;

    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept {
        calls += out.body.find(expected_in_request) != out.body.npos;
        return rc::response{.status = status,
                            .body = storage.first(body.copy(storage.data(), storage.size()))};
    }
};

struct unplugged {
    rc::result<rc::response> exchange(rc::request const&, std::span<char>) noexcept {
        return rc::unexpected(rc::failure{.code = rc::errc::no_answer});
    }
};

int failures = 0;
void expect(bool fact, char const* what) {
    if (fact) return;
    std::printf("failed: %s\n", what);
    ++failures;
}

int main() {
    rc::signing_key const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    rc::stamp const stamp{.utc_seconds = 1795368979, .nonce = "0d4e0d8e-0f5c-4c8e-9e4d-0123456789ab"};

    canned_answer good{200, R"({"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31"})", "&CasterId=studio-1&"};
    expect(before_the_show(good, "studio-1", key, stamp) == next_step::show, "a restarted studio is ready");
    expect(good.calls == 1, "the studio is restarted once");

    canned_answer idle{400, R"({"Code":"IncorrectCasterStatus.Idle","RequestId":"1"})"};
    expect(before_the_show(idle, "studio-1", key, stamp) == next_step::start_studio,
           "an idle studio is started");

    canned_answer proxy{502, "<html><body>Bad Gateway</body></html>"};
    expect(before_the_show(proxy, "studio-1", key, stamp) == next_step::ask_operator,
           "a proxy's page is no answer");

    unplugged no_network;
    expect(before_the_show(no_network, "studio-1", key, stamp) == next_step::ask_operator,
           "silence is no answer");
    return failures == 0 ? 0 : 1;
}
