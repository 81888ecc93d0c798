// SPDX-License-Identifier: MIT
// Sinks count what they cannot hold and never write beyond what they were given.
#include <restartcaster/core/sink.hpp>

#include "catch.hpp"
#include "reference.hpp"

#include <array>
#include <string>
#include <vector>

namespace rc = restartcaster;

static_assert(rc::byte_sink<rc::buffer_sink>);
static_assert(rc::byte_sink<reference::text_sink>);
static_assert(rc::byte_sink<rc::tee_sink<rc::buffer_sink, reference::text_sink>>);
static_assert(!rc::byte_sink<std::array<char, 4>>);

namespace {

// A constant expression forgives no arithmetic on a pointer that leaves its bytes.
constexpr bool counts_without_any_bytes() {
    rc::buffer_sink sink{std::span<char>()};
    sink.append("");
    if (!sink.fits() || sink.free_bytes() != 0 || !sink.written().empty()) return false;
    sink.append("abc");
    sink.append("");
    sink.append({});
    sink.append("de");
    return sink.needed() == 5 && !sink.fits() && sink.free_bytes() == 0;
}
static_assert(counts_without_any_bytes());

// Of the text that does not fit, builds for size may have written the part that does.
constexpr bool appends_nothing_behind_its_bytes_or_a_text_that_did_not_fit() {
    std::array<char, 5> bytes{'.', '.', '.', '.', '.'};
    rc::buffer_sink sink({bytes.data(), 4});
    sink.append("ab");
    sink.append("cde");
    sink.append("");
    sink.append("f");
    std::string_view const written(bytes.data(), bytes.size());
    return (written == "ab..." || written == "abcd.") && sink.needed() == 6;
}
static_assert(appends_nothing_behind_its_bytes_or_a_text_that_did_not_fit());

constexpr std::size_t most = ~std::size_t{0};

// As 250 parameters that look at one text of 17 MB make it where 32 bits are a size.
constexpr bool counts_as_far_as_a_number_goes() {
    std::array<char, 4> bytes{'.', '.', '.', '.'};
    rc::buffer_sink sink(bytes);
    sink.append("a");
    sink.advance(most - 3);
    if (sink.needed() != most - 2 || sink.fits()) return false;
    sink.append("bc");
    if (sink.needed() != most) return false;
    for (int i = 0; i != 6; ++i) sink.append("d");
    sink.append("efgh");
    rc::detail::append_byte(sink, 'i');
    sink.advance(1);
    sink.advance(most);
    return sink.needed() == most && !sink.fits() && sink.free_bytes() == 0 && bytes[1] == '.' && bytes[3] == '.';
}
static_assert(counts_as_far_as_a_number_goes());

} // namespace

TEST_CASE("a buffer_sink that needs more than a number can say needs the largest of all, and writes nothing") {
    CHECK(counts_as_far_as_a_number_goes());
}

TEST_CASE("a buffer_sink counts what it is given even when it has no bytes at all") {
    CHECK(counts_without_any_bytes());
}

TEST_CASE("a buffer_sink writes whole texts in order while they fit and nothing once one did not") {
    CHECK(appends_nothing_behind_its_bytes_or_a_text_that_did_not_fit());
    std::vector<std::string> const pieces{"a", "", "bcd", std::string(40, 'x'), "e", "", "fgh"};
    std::string all;
    for (std::string const& piece : pieces)
        all += piece;
    for (std::size_t capacity = 0; capacity != all.size() + 3; ++capacity) {
        CAPTURE(capacity);
        std::vector<char> guarded(capacity + 16, '\x55');
        rc::buffer_sink sink(std::span<char>(guarded.data(), capacity));
        std::string whole;
        bool cut = false;
        for (std::string const& piece : pieces) {
            sink.append(piece);
            cut = cut || whole.size() + piece.size() > capacity;
            if (!cut) whole += piece;
        }
        CHECK(sink.needed() == all.size());
        CHECK(sink.fits() == (capacity >= all.size()));
        CHECK(sink.free_bytes() == (capacity >= all.size() ? capacity - all.size() : 0));
        CHECK(std::string(guarded.data(), whole.size()) == whole);
        std::size_t const untouched = RESTARTCASTER_SMALL && cut ? capacity : whole.size();
        CHECK(std::string(guarded.data() + untouched, guarded.size() - untouched) ==
              std::string(guarded.size() - untouched, '\x55'));
        if (sink.fits()) CHECK(sink.written() == all);
    }
}

TEST_CASE("a buffer_sink takes bytes that were filled in place") {
    std::array<char, 8> bytes{};
    rc::buffer_sink sink(bytes);
    sink.append("ab");
    REQUIRE(sink.position() == bytes.data() + 2);
    REQUIRE(sink.free_bytes() == 6);
    sink.position()[0] = 'c';
    sink.advance(1);
    sink.append("d");
    CHECK(sink.written() == "abcd");
    CHECK(sink.needed() == 4);
}

TEST_CASE("a tee_sink writes the same to both") {
    reference::text_sink first, second;
    rc::tee_sink both(first, second);
    both.append("ab");
    both.append("");
    both.append("c");
    CHECK(first.text == "abc");
    CHECK(second.text == "abc");
}
