// SPDX-License-Identifier: MIT
// The sixteen digits.
#include <restartcaster/encode/hex.hpp>

#include "catch.hpp"

#include <string_view>

TEST_CASE("each half byte has its digit, in upper and in lower case") {
    constexpr std::string_view upper = "0123456789ABCDEF", lower = "0123456789abcdef";
    for (unsigned half = 0; half != 16; ++half) {
        CHECK(restartcaster::detail::hex_upper(half) == upper[half]);
        CHECK(restartcaster::detail::hex_lower(half) == lower[half]);
    }
}
