// SPDX-License-Identifier: MIT
// The values that a signature scheme puts into a query itself.
// Source: protocol "Common request parameters".
// Path: key, stamp and options in, one value at a time out, in whatever order the query wants them.
#ifndef RESTARTCASTER_SIGN_SCHEME_VALUES_HPP
#define RESTARTCASTER_SIGN_SCHEME_VALUES_HPP

#include "../core/utc_time.hpp"
#include "parameter_plan.hpp"

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

struct scheme_values {
    std::string_view key_id;
    std::string_view token;
    std::string_view nonce;
    std::string_view format;
    std::array<char, utc_time::text_size> timestamp;

    /// Writes the value of `source`, which is none of the operation's own.
    template <class Writer>
    RESTARTCASTER_HOT constexpr void write(value_source source, Writer& writer) const noexcept {
        switch (source) {
        case value_source::key_id: return void(writer.encoded(key_id));
        case value_source::token: return void(writer.encoded(token));
        case value_source::nonce: return writer.identifier("SignatureNonce", nonce);
        case value_source::format: return writer.unreserved(format);
        case value_source::timestamp: return write_timestamp(writer);
        default: return;
        }
    }

private:
    // Two colons at known places; looking for them would cost more than writing them.
    template <class Writer>
    RESTARTCASTER_HOT constexpr void write_timestamp(Writer& writer) const noexcept {
        std::array<char, 24> once{};
        std::array<char, 28> twice{};
        copy_bytes(once.data(), timestamp.data(), 13);
        copy_bytes(once.data() + 13, "%3A", 3);
        copy_bytes(once.data() + 16, timestamp.data() + 14, 2);
        copy_bytes(once.data() + 18, "%3A", 3);
        copy_bytes(once.data() + 21, timestamp.data() + 17, 3);
        copy_bytes(twice.data(), timestamp.data(), 13);
        copy_bytes(twice.data() + 13, "%253A", 5);
        copy_bytes(twice.data() + 18, timestamp.data() + 14, 2);
        copy_bytes(twice.data() + 20, "%253A", 5);
        copy_bytes(twice.data() + 25, timestamp.data() + 17, 3);
        writer.constant({once.data(), once.size()}, {twice.data(), twice.size()});
    }
};

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif
