// SPDX-License-Identifier: MIT
// Finds and reads the third-party test bodies, which are never part of this repository.
// Source: docs/design.md, "Test data".
// Data flow: environment variable RESTARTCASTER_CORPORA, else definition RESTARTCASTER_CORPORA_DIR, else
//   ../shared/corpora beside the checkout; missing is said aloud and skipped, and in CI it is a failure.
#ifndef RESTARTCASTER_TESTS_CORPORA_HPP
#define RESTARTCASTER_TESTS_CORPORA_HPP

#include "catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace corpora {

inline std::filesystem::path root() {
    if (char const* const named = std::getenv("RESTARTCASTER_CORPORA")) return named;
#ifdef RESTARTCASTER_CORPORA_DIR
    return RESTARTCASTER_CORPORA_DIR;
#else
    std::filesystem::path const tests = std::filesystem::weakly_canonical(__FILE__).parent_path();
    return tests.parent_path().parent_path() / "shared" / "corpora";
#endif
}

/// Whether a folder of the corpora is there; a test that gets false ends.
inline bool present(std::string_view folder) {
    std::error_code ignored;
    if (std::filesystem::is_directory(root() / folder, ignored)) return true;
    char const* const ci = std::getenv("CI");
    if (ci != nullptr && std::string_view(ci) == "true") FAIL("corpora missing: " << (root() / folder).string());
    WARN("corpora missing, test skipped: " << (root() / folder).string());
    return false;
}

inline std::string read_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) FAIL("cannot read " << path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

using row = std::map<std::string, std::string>;

/// The rows of a tab-separated file, each by the names in its first line.
inline std::vector<row> read_tsv(std::filesystem::path const& path) {
    std::string const text = read_file(path);
    std::vector<std::string> names;
    std::vector<row> rows;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const line_end = std::min(text.find('\n', at), text.size());
        std::vector<std::string> cells(1);
        for (; at != line_end; ++at) {
            if (text[at] == '\t')
                cells.emplace_back();
            else if (text[at] != '\r')
                cells.back() += text[at];
        }
        ++at;
        if (names.empty()) {
            names = std::move(cells);
            continue;
        }
        row one;
        for (std::size_t i = 0; i != std::min(names.size(), cells.size()); ++i) one[names[i]] = cells[i];
        rows.push_back(std::move(one));
    }
    return rows;
}

/// The lines of an EXPECT.jsonl by the file that each is about; empty where there is no such file.
inline std::map<std::string, nlohmann::json> read_expected(std::filesystem::path const& path) {
    std::map<std::string, nlohmann::json> expected;
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line);) {
        nlohmann::json one = nlohmann::json::parse(line);
        std::string const name = one.at("file").get<std::string>();
        expected.emplace(name, std::move(one));
    }
    return expected;
}

} // namespace corpora

#endif
