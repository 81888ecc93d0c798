// SPDX-License-Identifier: MIT
// What became of a file that a search for a key asked for.
// Source: docs/design.md, "Keys".
// Data flow: the driver of a search reads a file or runs a command; key_search takes the result.
#ifndef RESTARTCASTER_HOSTED_KEY_FILE_HPP
#define RESTARTCASTER_HOSTED_KEY_FILE_HPP
#pragma once

#include "../config.hpp"

#include <cstddef>
#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A file that was read, or the output of a command; the text is in the storage that the reader was given.
struct key_file {
    /// How it went.
    enum status_type : std::uint8_t {
        /// The text is whole, at the start of the storage.
        whole,
        /// There is no such file; the command cannot be started, or ended with a failure.
        missing,
        /// The file is there and cannot be read, or is no regular file.
        unreadable,
        /// The text is longer than the storage; `size` is its length if it is known.
        too_long,
    };
    /// How it went.
    status_type status = missing;
    /// The length of the text in bytes.
    std::size_t size = 0;
    /// Whether other users can read the file: a bit of 0077 in its mode.
    bool others_can_read = false;
};

}} // namespace restartcaster

#endif
