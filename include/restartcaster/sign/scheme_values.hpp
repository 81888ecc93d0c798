// SPDX-License-Identifier: MIT
// The values that a signature scheme puts into a query itself.
// Source: protocol "Common request parameters".
// Path: key, stamp and options in, one value at a time out, in whatever order the query wants them.
#ifndef RESTARTCASTER_SIGN_SCHEME_VALUES_HPP
#define RESTARTCASTER_SIGN_SCHEME_VALUES_HPP

#include "../core/utc_time.hpp"
#include "../message/request.hpp"
#include "parameter_plan.hpp"

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

struct scheme_values {
    std::string_view key_id;
    std::string_view token;
    std::string_view nonce;
    format answer;
    utc_time timestamp;

    /// Writes constant text and the value of `source` behind it, which is none of the operation's own.
    template <class Writer>
    RESTARTCASTER_HOT constexpr void write(value_source source, std::string_view once, std::string_view twice,
                                           Writer& writer) const noexcept {
        switch (source) {
        case value_source::key_id: return void(writer.field(once, twice, key_id));
        case value_source::token: return void(writer.field(once, twice, token));
        case value_source::nonce: return writer.identifier(once, twice, "SignatureNonce", nonce);
        case value_source::format:
            writer.constant(once, twice);
            return answer == format::json ? writer.unreserved("JSON") : writer.unreserved("XML");
        case value_source::timestamp: return writer.time(once, twice, timestamp);
        default: return writer.constant(once, twice);
        }
    }
};

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif
