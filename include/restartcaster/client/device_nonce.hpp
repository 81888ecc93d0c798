// SPDX-License-Identifier: MIT
// Nonces for devices with weak random numbers or none.
// Source: RFC 2104 (HMAC as a pseudo-random function), RFC 9562 section 5.4; protocol "SignatureNonce".
// Data flow: HMAC, under the signing key, of a device id, a boot counter and a counter -> one nonce per call.
#ifndef RESTARTCASTER_CLIENT_DEVICE_NONCE_HPP
#define RESTARTCASTER_CLIENT_DEVICE_NONCE_HPP
#pragma once

#include "../core/result.hpp"
#include "../sign/nonce.hpp"
#include "../sign/signing_key.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What makes the nonces of a device unique.
struct device_identity {
    /// Different for every device that signs with the same key, e.g. a serial number or a MAC address.
    std::string_view device_id;
    /// A number that this device never used before: a counter in non-volatile memory, incremented and stored before the
    /// first nonce is drawn.
    std::uint64_t boot_count;
    /// Random bytes, as many as there are; none is safe too.
    std::string_view entropy = {};
};

/// A nonce_source that does not depend on entropy. Every draw hashes an input that was never hashed before, so two
/// nonces are equal only as rarely as random ones, and without the key the next nonce cannot be predicted. As long as
/// the boot counter advances, a constant random number generator and a reset at any moment do no harm.
/// The hashed input starts with a zero byte, which no string to sign does, so that a nonce is never a signature.
/// Storage: refers to the key and the texts, which must outlive the object. One thread at a time.
/// Cost: two or three compressions of the key's hash per nonce.
template <class Scheme>
class device_nonce {
public:
    /// Keeps a reference to the key and a copy of `who`.
    constexpr device_nonce(signing_key<Scheme> const& key, device_identity const& who) noexcept
        : key_(key), who_(who) {}
    device_nonce(signing_key<Scheme> const&&, device_identity const&) = delete;
    /// Deleted: a copy would draw the same nonces again.
    device_nonce(device_nonce const&) = delete;
    device_nonce& operator=(device_nonce const&) = delete;

    /// The next nonce.
    /// Errors: hash_failed, with a scheme whose hash can fail; the hashes of rpc_v1 and acs3 cannot.
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
