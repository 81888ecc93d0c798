// SPDX-License-Identifier: MIT
// Writes the canonical query in one pass to two sinks: once encoded for the wire, once or twice encoded for the hash.
// Source: protocol "Canonicalization" rules 3 to 5; RFC 3986.
// Data flow: constant text and values in; one writer feeds the wire and the hash, so the two cannot differ.
//
// How the writer works. The writer has two sinks: `wire` is the request, `sign` is the hash. Each function except
// only_signed() writes its text to both sinks.
//
//   scheme                       wire          sign
//   rpc_v1, sign_depth::twice    CasterId=1    CasterId%3D1    the canonical query, percent-encoded once more
//   acs3,   sign_depth::once     CasterId=1    CasterId=1      the canonical query
//
// There are three kinds of text:
//
//   constant     names, '=' and '&'; both encodings were made at compile time
//   unreserved   letters, digits, '-', '.', '_' and '~', which percent-encoding does not change
//   encoded      values: any other byte becomes "%XX" on the wire, and "%25XX" where the query is encoded twice
//
// Most values contain unreserved bytes only. field() copies a value to both sinks and tests its bytes in one pass; if the
// test fails, field_in_runs() writes the value again, with escapes. Small builds write byte by byte (put()).
//
// The base class write_fault keeps the first fault. The writer continues after a fault, so that the sinks count all bytes
// that are needed; the caller tests good() at the end.
//
// Both shapes define canonical_writer<Wire, Sign, Depth>, derived from write_fault, with these functions:
//   only_signed(text)               writes to the hash only
//   unreserved(text)                writes bytes that percent-encoding does not change
//   encoded(text)                   writes a raw name or value, percent-encoded
//   field(once, twice, value)       writes constant text, whose two encodings are given, then a raw value
//   checked<Rule>(once, twice, name, value)   as field(), and refuses a value that breaks the rule
#ifndef RESTARTCASTER_SIGN_QUERY_WRITER_HPP
#define RESTARTCASTER_SIGN_QUERY_WRITER_HPP
#pragma once

#include "../../config.hpp"

#if RESTARTCASTER_SMALL
#include "writer_small.hpp"
#else
#include "writer_fast.hpp"
#endif

#endif
