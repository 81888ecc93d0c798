// SPDX-License-Identifier: MIT
// The command line's arguments, one a line: any of them gives one wish, and no complaint repeats a value.
// Source: cli/arguments.hpp.
#include "fuzz.hpp"

#include "../../cli/arguments.hpp"

#include <algorithm>
#include <deque>

using fuzz::require;

void fuzz::one_input(std::string_view input) {
    std::deque<fuzz::exact> kept;
    std::vector<std::string_view> given;
    for (std::string_view rest = input; !rest.empty();)
        given.push_back(kept.emplace_back(fuzz::take_until(rest, '\n')).view());

    arguments const wanted = read_arguments(given);
    if (auto const* const wrong = std::get_if<usage_error>(&wanted)) {
        require(!wrong->text.empty(), "a complaint says something");
        for (char const c : wrong->text)
            require(c >= ' ' && c <= '~', "a complaint is one line that any terminal can show");
        require(wrong->text.find("CANARY") == std::string::npos, "a complaint repeats no value");
    }
    if (auto const* const studios = std::get_if<studios_arguments>(&wanted)) {
        for (std::string_view const id : studios->caster_ids)
            require(std::ranges::find(given, id) != given.end(), "the studio is one that was named");
        auto const to = studios->at.to();
        require(to.well_formed(), "a call goes to a host");
        require(to.scheme() == restartcaster::url_scheme::https || is_loopback(to.host()) ||
                    std::ranges::find(given, "--insecure-http") != given.end(),
                "credentials go over plain HTTP to this machine only, unless that was asked for");
    }
}
