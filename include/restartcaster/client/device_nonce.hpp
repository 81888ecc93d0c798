// SPDX-License-Identifier: MIT
// Nonces for devices whose random numbers are poor, or no random numbers at all.
// Source: RFC 2104 (HMAC as a pseudo-random function), RFC 9562 section 5.4; protocol "SignatureNonce".
// Data flow: a device id, a boot counter and a counter, mixed under the signing key, to one nonce per call.
#ifndef RESTARTCASTER_CLIENT_DEVICE_NONCE_HPP
#define RESTARTCASTER_CLIENT_DEVICE_NONCE_HPP
#pragma once

#include "../core/result.hpp"
#include "../sign/nonce.hpp"
#include "../sign/signing_key.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Who draws, and since when.
struct device_identity {
    /// Different for every device that signs with the same key: a serial number, a MAC address.
    std::string_view device_id;
    /// A number that was never used before by this device: counted up in memory that survives, and stored
    /// before the first nonce is drawn.
    std::uint64_t boot_count;
    /// Whatever randomness there is; none at all is safe as well.
    std::string_view entropy = {};
};

/// A nonce_source that does not rest on entropy. Every draw hashes something that was never hashed before, so
/// two nonces are alike only as seldom as random ones are; without the key nobody can tell the next. A random
/// number generator that always says the same, and a reset at any moment, do no harm as long as the boot
/// counter counts.
/// What is hashed begins with a zero byte, as no string to sign does: a nonce is never a signature.
/// Storage: key and texts are references and must outlive it. One thread at a time.
/// Cost: two or three compressions of the key's hash per nonce.
template <class Scheme>
class device_nonce {
public:
    constexpr device_nonce(signing_key<Scheme> const& key, device_identity const& who) noexcept
        : key_(key), who_(who) {}
    device_nonce(signing_key<Scheme> const&&, device_identity const&) = delete;
    /// A copy would draw the same nonces again.
    device_nonce(device_nonce const&) = delete;
    device_nonce& operator=(device_nonce const&) = delete;

    /// The next nonce.
    /// Errors: hash_failed, with a scheme whose hash can fail; rpc_v1 and acs3 have none.
    [[nodiscard]] constexpr result<nonce> operator()() noexcept {
        hmac_stream<typename Scheme::hash> mixed(key_.hmac());
        mixed.append("\0restartcaster nonce"sv);
        append_number(mixed, who_.boot_count);
        append_number(mixed, ++count_);
        append_number(mixed, who_.device_id.size());
        mixed.append(who_.device_id);
        mixed.append(who_.entropy);
        auto const digest = mixed.finish();
        if (mixed.failed()) return unexpected(failure{.code = errc::hash_failed});
        std::array<unsigned char, nonce::random_size> bytes{};
        for (std::size_t i = 0; i != bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(digest[i]);
        return nonce(bytes);
    }

private:
    template <class Stream>
    static constexpr void append_number(Stream& stream, std::uint64_t number) noexcept {
        char bytes[8]{};
        for (char& byte : bytes) {
            byte = static_cast<char>(static_cast<unsigned char>(number & 0xFF));
            number >>= 8;
        }
        stream.append(detail::text_at(bytes, sizeof bytes));
    }

    signing_key<Scheme> const& key_;
    device_identity who_;
    std::uint64_t count_ = 0;
};

}} // namespace restartcaster

#endif
