// SPDX-License-Identifier: MIT
// Writes the parameters of a request: the values of an operation, and the values that a signature scheme adds.
// Source: protocol "Common request parameters".
// Data flow: an operation, its plan, key, stamp and options in; the canonical query, parameter by parameter, out.
//
// Both shapes define
//   scheme_values    the values that a scheme adds, by reference: every text must outlive the object
//   action_values    scheme_values, and the name and version of an action that is known at run time only:
//                    refuse_overlaps(entries, writer, room), token() and write_value(entry, once, twice, writer)
//   write_described<Scheme, Options>(op, values, writer, room, begin)
//                    writes the query of a described operation, after the text that begin() writes. Returns false and
//                    writes nothing if a fault is known before the first byte, such as an input that shares bytes with `room`
#ifndef RESTARTCASTER_SIGN_QUERY_VALUES_HPP
#define RESTARTCASTER_SIGN_QUERY_VALUES_HPP
#pragma once

#include "../../config.hpp"

#if RESTARTCASTER_SMALL
#include "values_small.hpp"
#else
#include "values_fast.hpp"
#endif

#endif
