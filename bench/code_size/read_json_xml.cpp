// SPDX-License-Identifier: MIT
// Reading alone: an answer in JSON or XML to a reply or an error.
#include "outside.hpp"

#include <restartcaster/operations/restart_caster.hpp>

namespace rc = restartcaster;

int main() {
    auto const reply = rc::read_reply<rc::restart_caster>({.status = 200, .body = world().room});
    keep(reply);
}
