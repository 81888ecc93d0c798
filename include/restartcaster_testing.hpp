// SPDX-License-Identifier: MIT
// Everything for tests of programs that use the library: the gateway, and smaller doubles of a transport.
// Source: docs/how-to/test-your-code.md.
// Data flow: included by test programs only, in place of restartcaster.hpp.
#ifndef RESTARTCASTER_TESTING_HPP
#define RESTARTCASTER_TESTING_HPP
#pragma once

#include "restartcaster.hpp"

#include "restartcaster/encode/percent_decode.hpp"
#include "restartcaster/testing/doubles.hpp"
#include "restartcaster/testing/gateway.hpp"

#endif
