// SPDX-License-Identifier: MIT
// The plan of an operation: its parameters in the order for signing, computed at compile time.
// Source: protocol "Canonicalization"; docs/design.md, "The plan of an operation".
// Data flow: the names of an operation and of a scheme in, a list of steps out: constant text, then one value.
//
// Both shapes define plan_of<Entries>, the plan of the entries `Entries`, which are sorted by name. write_described() of the
// same shape (values.hpp) follows the plan.
#ifndef RESTARTCASTER_SIGN_QUERY_PLAN_HPP
#define RESTARTCASTER_SIGN_QUERY_PLAN_HPP
#pragma once

#include "../../config.hpp"

#if RESTARTCASTER_SMALL
#include "plan_small.hpp"
#else
#include "plan_fast.hpp"
#endif

#endif
