// SPDX-License-Identifier: MIT
// RestartCaster: restarts a production studio, which interrupts its programme.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster".
// Data flow: the id of a studio in, a request id out.
#ifndef RESTARTCASTER_OPERATIONS_RESTART_CASTER_HPP
#define RESTARTCASTER_OPERATIONS_RESTART_CASTER_HPP
#pragma once

#include "../read/reply.hpp"
#include "operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Restarts a production studio that is running in playlist or general mode. The service refuses a virtual studio; an idle
/// studio is started with StartCaster. At most 10 calls per second for an account and all its RAM users together. There is
/// no client token: the service executes every copy of a request.
struct restart_caster {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai"; if empty, the request has no RegionId.
    std::string_view region_id = {};

    /// The name and version of the operation.
    static constexpr operation description{.action = "RestartCaster",
                                           .version = "2016-11-01",
                                           .permission = "live:RestartCaster",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters =
        restartcaster::parameters(required<"CasterId", &restart_caster::caster_id>,
                                  optional<"RegionId", &restart_caster::region_id>);
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}} // namespace restartcaster

#endif
