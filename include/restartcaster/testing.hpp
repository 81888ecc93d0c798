// SPDX-License-Identifier: MIT
// Everything for tests of programs that use the library: the gateway, and smaller doubles of a transport.
// Source: docs/how-to/test-your-code.md.
// Data flow: included by test programs only, beside restartcaster.hpp.
#ifndef RESTARTCASTER_TESTING_HPP
#define RESTARTCASTER_TESTING_HPP
#pragma once

#include "encode/percent_decode.hpp"
#include "testing/doubles.hpp"
#include "testing/gateway.hpp"

#endif
