// SPDX-License-Identifier: MIT
// What room can be made from, and what it cannot.
#include <restartcaster/core/storage.hpp>

#include "catch.hpp"

#include <type_traits>
#include <utility>
#include <vector>

namespace rc = restartcaster;

static_assert(sizeof(rc::storage<100>) == 100);
static_assert(std::is_trivially_default_constructible_v<rc::storage<100>>, "storage is not cleared first");
static_assert(std::is_convertible_v<rc::storage<8>&, rc::room>);
static_assert(std::is_convertible_v<char (&)[8], rc::room>);
static_assert(std::is_convertible_v<std::span<char>, rc::room>);
static_assert(!std::is_convertible_v<rc::storage<8>, rc::room>,
              "a temporary would be gone before it is read");
static_assert(!std::is_convertible_v<rc::storage<8> const, rc::room>);
static_assert(!std::is_convertible_v<rc::storage<8> const&, rc::room>);
static_assert(!std::is_convertible_v<char const (&)[8], rc::room>);
static_assert(!std::is_convertible_v<std::span<char const>, rc::room>);

TEST_CASE("a room looks at the bytes of a named storage, an array or a span, and at all of them") {
    rc::storage<8> named;
    CHECK(named.size() == 8);
    CHECK(named.span().data() == named.bytes);
    CHECK(named.span().size() == 8);
    rc::room const of_storage = named;
    CHECK(of_storage.span().data() == named.bytes);
    CHECK(of_storage.span().size() == 8);

    char array[3];
    rc::room const of_array = array;
    CHECK(of_array.span().data() == array);
    CHECK(of_array.span().size() == 3);

    std::vector<char> bytes(5);
    rc::room const of_span = std::span<char>(bytes);
    CHECK(of_span.span().data() == bytes.data());
    CHECK(of_span.span().size() == 5);
}

TEST_CASE("a text overlaps a room when they share a byte") {
    char bytes[30] = {};
    rc::room const middle = std::span<char>(bytes + 10, 10);
    for (std::size_t at = 0; at != 30; ++at)
        for (std::size_t size = 0; at + size <= 30; ++size) {
            bool shared = false;
            for (std::size_t i = at; i != at + size; ++i) shared = shared || (i >= 10 && i < 20);
            CHECK(rc::detail::overlap(std::string_view(bytes + at, size), middle) == shared);
        }
    CHECK(!rc::detail::overlap(std::string_view(), middle));
    CHECK(!rc::detail::overlap(std::string_view(bytes, 30), rc::room(std::span<char>())));
}
