// SPDX-License-Identifier: MIT
// Reads the files of this machine that hold keys.
// Source: [fs.op.status], [cstdio.syn].
// Data flow: a path in, the text of the file and who can read it out.
#ifndef RESTARTCASTER_HOSTED_MACHINE_FILES_HPP
#define RESTARTCASTER_HOSTED_MACHINE_FILES_HPP
#pragma once

#include "key_file.hpp"

#include <cstdio>
#include <filesystem>
#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The files of this machine. A program that runs the commands of profiles with the mode External derives from it and adds
/// `key_file run_command(char const* const* arguments, std::span<char> output) noexcept`.
struct machine_files {
    /// Reads a whole file, without a buffer of its own that would keep secrets.
    /// Errors: the status of the result.
    /// Cost: the path is copied to the heap; no other allocation by this library.
    [[nodiscard]] key_file read_file(char const* path, std::span<char> to) noexcept {
        namespace fs = std::filesystem;
        std::error_code why;
        fs::file_status const about = fs::status(path, why);
        if (about.type() == fs::file_type::not_found) return {.status = key_file::missing};
        if (about.type() != fs::file_type::regular) return {.status = key_file::unreadable};
        std::FILE* const file = std::fopen(path, "rb");
        if (file == nullptr) return {.status = key_file::unreadable};
        std::setbuf(file, nullptr);
        key_file read{.status = key_file::whole, .size = std::fread(to.data(), 1, to.size(), file)};
        char more = 0;
        if (read.size == to.size() && std::fread(&more, 1, 1, file) != 0) {
            read.status = key_file::too_long;
            read.size = static_cast<std::size_t>(fs::file_size(path, why));
        }
        if (std::ferror(file) != 0) read.status = key_file::unreadable;
        std::fclose(file);
#ifndef _WIN32 // where every file has all permissions
        constexpr fs::perms others = fs::perms::group_all | fs::perms::others_all;
        read.others_can_read = (about.permissions() & others) != fs::perms::none;
#endif
        return read;
    }
};

}} // namespace restartcaster

#endif
