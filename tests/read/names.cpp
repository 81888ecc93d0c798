// SPDX-License-Identifier: MIT
// The names of enumerators; that the list is whole is held by tests/layout.
// Source: read/names.hpp.
#include <restartcaster/read/names.hpp>

#include "catch.hpp"

#include <set>

namespace rc = restartcaster;

static_assert(rc::name(rc::advice::fix_clock) == "fix_clock");
static_assert(noexcept(rc::name(rc::errc::no_answer)));

TEST_CASE("an enumerator is named as it is written, for logs and metrics") {
    CHECK(rc::name(rc::error_kind::local) == "local");
    CHECK(rc::name(rc::error_kind::refused) == "refused");
    CHECK(rc::name(rc::executed::maybe) == "maybe");
    CHECK(rc::name(rc::advice::try_again) == "try_again");
    CHECK(rc::name(rc::service_code::other) == "other");
    CHECK(rc::name(rc::service_code::throttling) == "throttling");
    CHECK(rc::name(rc::errc::parameter_missing) == "parameter_missing");
    CHECK(rc::name(rc::errc::credential_malformed) == "credential_malformed");
}

TEST_CASE("every reason that has a sentence has a name of its own, and nothing else has") {
    std::set<std::string_view> names;
    std::size_t count = 0;
    for (unsigned code = 0; code != 256; ++code) {
        auto const reason = static_cast<rc::errc>(code);
        CHECK(rc::name(reason).empty() == message(reason).empty());
        if (rc::name(reason).empty()) continue;
        names.insert(rc::name(reason));
        ++count;
    }
    CHECK(names.size() == count);
    CHECK(rc::name(static_cast<rc::service_code>(200)).empty());
    CHECK(rc::name(static_cast<rc::advice>(200)).empty());
    CHECK(rc::name(static_cast<rc::executed>(200)).empty());
    CHECK(rc::name(static_cast<rc::error_kind>(200)).empty());
}
