// SPDX-License-Identifier: MIT
// Catch2, version 2 or 3, whichever is installed.
// Source: catch-org/Catch2, docs/migrate-v2-to-v3.md.
// Data flow: every test includes it before anything else of Catch2.
#ifndef RESTARTCASTER_TESTS_CATCH_HPP
#define RESTARTCASTER_TESTS_CATCH_HPP

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#endif
