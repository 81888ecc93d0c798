// SPDX-License-Identifier: MIT
#include <restartcaster/client/call.hpp>
#include <restartcaster/client/call_error.hpp>

#include "catch.hpp"
#include "reference.hpp"

namespace rc = restartcaster;

TEST_CASE("what a call went through is said, where it was more than one attempt without a wait") {
    rc::error const lost{.kind = rc::error_kind::no_answer,
                         .ran = rc::executed::maybe,
                         .what_to_do = rc::advice::look_first,
                         .cause = {.code = rc::errc::no_answer}};
    std::string const plain = "no answer, the request was sent and no whole answer came. It may have run; "
                              "find out the present state before you call again.";
    auto const said = [&lost](std::uint16_t attempts, std::uint32_t waited_ms) {
        reference::text_sink sink;
        describe(sink, rc::call_error{lost, attempts, waited_ms});
        return sink.text;
    };
    CHECK(said(0, 0) == plain);
    CHECK(said(1, 0) == plain);
    CHECK(said(2, 0) == plain + " (2 attempts, 0 ms of waiting)");
    CHECK(said(1, 15) == plain + " (1 attempt, 15 ms of waiting)");
    CHECK(said(0, 15) == plain + " (0 attempts, 15 ms of waiting)");
    CHECK(said(3, 1200) == plain + " (3 attempts, 1200 ms of waiting)");
}

TEST_CASE("what kept the last attempt here is told beside what an earlier one may have done") {
    rc::call_error e{{.kind = rc::error_kind::no_answer,
                      .ran = rc::executed::maybe,
                      .what_to_do = rc::advice::look_first,
                      .cause = {.code = rc::errc::no_answer}},
                     2,
                     15};
    e.last_stayed_here = true;
    e.last_cause = {.code = rc::errc::not_sent, .subject = "connection refused"};
    e.skew_wants_https = true;
    reference::text_sink sink;
    describe(sink, e);
    CHECK(sink.text == "no answer, the request was sent and no whole answer came. It may have run; find out the present "
                       "state before you call again. The last attempt was not sent: connection refused: the request was not "
                       "sent. The clock was not corrected: the service's Date is not believed over plain HTTP. (2 "
                       "attempts, 15 ms of waiting)");
}

TEST_CASE("a failing library or a lack of random numbers is this machine's to mend, whatever the key") {
    for (rc::errc const code : {rc::errc::hash_failed, rc::errc::entropy_missing}) {
        CHECK(rc::detail::local_error(rc::failure{.code = code}, {}).what_to_do == rc::advice::fix_machine);
        rc::result<void> const bad_key = rc::unexpected(rc::failure{.code = rc::errc::parameter_missing});
        CHECK(rc::detail::local_error(rc::failure{.code = code}, bad_key).what_to_do == rc::advice::fix_machine);
    }
}
