// SPDX-License-Identifier: MIT
// Goals for studios: restarted and on air again, running, stopped; and the callbacks of the service.
// Source: docs/design.md, "Goals"; docs/how-to/on-air-again.md.
// Data flow: a program includes this header beside the umbrella header, which does not have the goals.
#ifndef RESTARTCASTER_GOALS_HPP
#define RESTARTCASTER_GOALS_HPP
#pragma once

#include "client/goal_machine.hpp"
#include "client/reach.hpp"
#include "client/studio_callback.hpp"

#endif
