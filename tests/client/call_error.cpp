// SPDX-License-Identifier: MIT
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
