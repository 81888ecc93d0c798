// SPDX-License-Identifier: MIT
// The call machine in worlds that the input decides: each of its bytes is one throw of the simulation's dice, and so
// one decision about clocks, network, gateway or driver.
// Source: docs/design.md, "The simulation"; the rules are the simulation's own.
#include "fuzz.hpp"

#include "../client/simulation/rules.hpp"

void fuzz::one_input(std::string_view input) {
    simulation::world world{simulation::chance(input)};
    require(world.run(), "every world comes to its end");
    std::string const broken = simulation::broken_rule(world);
    require(broken.empty(), broken.c_str());
}
