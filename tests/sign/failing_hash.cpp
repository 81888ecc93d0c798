// SPDX-License-Identifier: MIT
// A hash that fails, as another library's may: no request is made of it, and nothing to look at either.
// Data flow: one stream after the other fails to finish, until a request needs no more of them.
#include <restartcaster/operations/make_request.hpp>
#include <restartcaster/operations/restart_caster.hpp>
#include <restartcaster/sign/acs3.hpp>

#include "catch.hpp"
#include "reference.hpp"

namespace rc = restartcaster;

namespace {

int streams_left; // how many streams finish before one fails

template <class Hash>
struct brittle : Hash {};

template <class Stream>
struct fails_late : Stream {
    using Stream::Stream;
    [[nodiscard]] auto finish() noexcept {
        failed_ = streams_left-- == 0;
        return Stream::finish();
    }
    [[nodiscard]] auto finish_words() noexcept
        requires requires(Stream& stream) { stream.finish_words(); }
    {
        failed_ = streams_left-- == 0;
        return Stream::finish_words();
    }
    [[nodiscard]] bool failed() const noexcept { return failed_; }

private:
    bool failed_ = false;
};

} // namespace

namespace restartcaster { inline namespace RESTARTCASTER_ABI {
template <class Hash>
class hmac_key<brittle<Hash>> : public hmac_key<Hash> {
    using hmac_key<Hash>::hmac_key;
};
template <class Hash>
class hash_stream<brittle<Hash>> : public fails_late<hash_stream<Hash>> {};
template <class Hash>
class hmac_stream<brittle<Hash>> : public fails_late<hmac_stream<Hash>> {
    using fails_late<hmac_stream<Hash>>::fails_late;
};
}} // namespace restartcaster

namespace {

struct brittle_rpc_v1 : rc::rpc_v1 {
    using hash = brittle<rc::sha1>;
};
struct brittle_acs3 : rc::acs3 {
    using hash = brittle<rc::sha256>;
};

constexpr rc::credentials who{.access_key_id = "testid", .access_key_secret = "testsecret"};
constexpr rc::stamp when{.utc_seconds = 1709020800, .nonce = "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11"};
constexpr rc::restart_caster restart{.caster_id = "80787064"};

std::string whole(rc::request const& made) {
    return std::string(made.url).append(made.headers.text()).append(made.body);
}

// How many streams a request takes; with fewer it is a failure, with all of them that of the sound hash.
template <class Brittle, class Sound>
int streams_of(rc::placement where) {
    rc::request_options const options{.parameters = where};
    rc::storage<2048> room, expected;
    auto const right = rc::make_request(restart, rc::signing_key<Sound>(who), when, expected, options);
    REQUIRE(right);
    for (int streams = 0;; ++streams) {
        streams_left = streams;
        rc::signing_key<Brittle> const key(who);
        auto const made = rc::make_request(restart, key, when, room, options);
        if (made) {
            CHECK(whole(*made) == whole(*right));
            return streams;
        }
        CHECK(made.error() == rc::failure{.code = rc::errc::hash_failed});
    }
}

} // namespace

TEST_CASE("no request is made with a hash that failed, whichever of its streams it was") {
    for (rc::placement const where : {rc::placement::get, rc::placement::post_form, rc::placement::post_query}) {
        CHECK(streams_of<brittle_rpc_v1, rc::rpc_v1>(where) == 1);
        // The canonical request and the signature, and the body where there is one.
        CHECK(streams_of<brittle_acs3, rc::acs3>(where) == (where == rc::placement::post_form ? 3 : 2));
    }
}

TEST_CASE("there is no string to sign of a hash that failed") {
    rc::signing_key<brittle_acs3> const key(who);
    for (int const streams : {0, 1}) {
        streams_left = streams;
        reference::text_sink sink;
        auto const written = rc::string_to_sign(sink, restart, key, when, {.parameters = rc::placement::get});
        CHECK(written.has_value() == (streams == 1));
        CHECK(sink.text.empty() == (streams == 0));
        if (!written) CHECK(written.error() == rc::failure{.code = rc::errc::hash_failed});
    }
}
