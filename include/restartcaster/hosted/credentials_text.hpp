// SPDX-License-Identifier: MIT
// Credentials that own their texts, and the end of a temporary key.
// Source: Security Token Service, AssumeRole (Credentials); docs/design.md, "Keys".
// Data flow: credentials from a file or an answer in, a copy that outlives them out; zeros at the end.
#ifndef RESTARTCASTER_HOSTED_CREDENTIALS_TEXT_HPP
#define RESTARTCASTER_HOSTED_CREDENTIALS_TEXT_HPP
#pragma once

#include "../core/time_text.hpp"
#include "../crypto/wipe.hpp"
#include "../sign/credentials.hpp"

#include <array>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The texts of one key, in 4.6 KB of its own: no heap. The destructor overwrites them with zeros.
class credentials_text {
public:
    /// The longest key id, secret and token in bytes. Tokens of the service have about 1 KB.
    static constexpr std::size_t most_id = 128, most_secret = 384, most_token = 4096;

    credentials_text() noexcept = default;
    credentials_text(credentials_text const&) = delete;
    credentials_text& operator=(credentials_text const&) = delete;
    ~credentials_text() { forget(); }

    /// Copies a key. `expires_at`: the end of a temporary key in UTC seconds; utc_time::none for a permanent key.
    /// Requires: `from` does not point into this object.
    /// Errors: storage_too_small with the name of the text that is too long and its length. Nothing is cut: the object is
    ///   then empty.
    result<void> assign(credentials const& from, std::int64_t expires_at = utc_time::none) noexcept {
        forget();
        if (auto const kept = keep(id_, id_size_, "AccessKeyId"sv, from.access_key_id); !kept) return kept;
        if (auto const kept = keep(secret_, secret_size_, "AccessKeySecret"sv, from.access_key_secret); !kept) return kept;
        if (auto const kept = keep(token_, token_size_, "SecurityToken"sv, from.security_token); !kept) return kept;
        expires_at_ = expires_at;
        return {};
    }
    /// Overwrites the texts with zeros.
    void forget() noexcept {
        wipe(id_);
        wipe(secret_);
        wipe(token_);
        id_size_ = secret_size_ = token_size_ = 0;
        expires_at_ = utc_time::none;
    }

    /// The key, for a signing_key.
    /// Storage: points into this object, and is valid until it is assigned, cleared or destroyed.
    [[nodiscard]] credentials view() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return {.access_key_id = detail::text_at(id_.data(), id_size_),
                .access_key_secret = detail::text_at(secret_.data(), secret_size_),
                .security_token = detail::text_at(token_.data(), token_size_)};
    }
    /// The end of a temporary key in UTC seconds; utc_time::none for a permanent key.
    [[nodiscard]] std::int64_t expires_at() const noexcept { return expires_at_; }
    /// Whether there is no key.
    [[nodiscard]] bool empty() const noexcept { return id_size_ == 0; }

private:
    template <std::size_t N>
    result<void> keep(std::array<char, N>& to, std::size_t& size, std::string_view name, std::string_view text) noexcept {
        if (text.size() > N) {
            forget();
            return unexpected(failure{.code = errc::storage_too_small, .subject = name, .detail = text.size()});
        }
        for (std::size_t i = 0; i != text.size(); ++i) to[i] = text[i];
        size = text.size();
        return {};
    }

    std::array<char, most_id> id_ = {};
    std::array<char, most_secret> secret_ = {};
    std::array<char, most_token> token_ = {};
    std::size_t id_size_ = 0, secret_size_ = 0, token_size_ = 0;
    std::int64_t expires_at_ = utc_time::none;
};

}} // namespace restartcaster

#endif
