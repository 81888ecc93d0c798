// SPDX-License-Identifier: MIT
// The names of enumerators; that the list is whole is held by tests/layout.
// Source: the compiler, which spells an enumerator in the name of a function that it is an argument of.
#include <restartcaster/read/names.hpp>

#include "catch.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>

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

#ifdef __GNUC__
namespace {

// As gcc and clang write it behind "Value = ": an enumerator with its scopes, or a number in parentheses.
template <auto Value>
std::string spelled() {
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("Value = ") + 8);
    text = text.substr(0, text.find_first_of(";]"));
    if (text.front() == '(') return "";
    return std::string(text.substr(text.rfind(':') + 1));
}

template <class Enumeration, std::size_t... Number>
void named_as_spelled(std::index_sequence<Number...>) {
    std::size_t named = 0;
    auto const one = [&named](auto value, std::string const& spelling) {
        INFO(spelling);
        CHECK(rc::name(value) == spelling);
        if (!spelling.empty()) ++named;
    };
    (one(static_cast<Enumeration>(Number), spelled<static_cast<Enumeration>(Number)>()), ...);
    CHECK(named != 0);
}

} // namespace

TEST_CASE("every enumerator is named as the compiler spells it, and no other number is named") {
    named_as_spelled<rc::errc>(std::make_index_sequence<100>());
    named_as_spelled<rc::error_kind>(std::make_index_sequence<100>());
    named_as_spelled<rc::executed>(std::make_index_sequence<100>());
    named_as_spelled<rc::advice>(std::make_index_sequence<100>());
    named_as_spelled<rc::service_code>(std::make_index_sequence<100>());
}
#endif

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
