// SPDX-License-Identifier: MIT
// Hashes text that arrives in pieces: collects whole blocks in a staging buffer, and pads at the end.
// Source: FIPS 180-4 section 5.1.1 (padding).
// Data flow: runs of the canonical query and of the string to sign in, the digest out.
//
// Both shapes define hash_stream<Hash>, a byte_sink:
//   append(text)                  hashes a text
//   failed()                      always false; streams of other libraries may fail
//   finish()                      the digest; afterwards the stream can only be destroyed
// Builds for speed also have free_bytes(), position() and advance(count), to write in place; builds for size have put(byte).
#ifndef RESTARTCASTER_CRYPTO_HASH_HPP
#define RESTARTCASTER_CRYPTO_HASH_HPP
#pragma once

#include "../config.hpp"

#if RESTARTCASTER_SMALL
#include "hash_small.hpp"
#else
#include "hash_fast.hpp"
#endif

#endif
