// SPDX-License-Identifier: MIT
// The signature schemes with OpenSSL's hashes in place of this library's, for programs that must use OpenSSL.
// Source: OpenSSL 3 manual, EVP_MAC(3), EVP_MAC-HMAC(7), EVP_DigestInit(3), openssl-threads(7).
// Data flow: use signing_key<openssl::rpc_v1> or signing_key<openssl::acs3> in place of signing_key<>; link with libcrypto.
#ifndef RESTARTCASTER_HOSTED_OPENSSL_HPP
#define RESTARTCASTER_HOSTED_OPENSSL_HPP
#pragma once

#include "../sign/acs3.hpp"
#include "../sign/rpc_v1.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace openssl {

/// OpenSSL's implementation of `Hash`, as a template argument of hmac_key, hmac_stream and hash_stream. It is fetched from
/// the default library context with the default properties: if these contain `fips=yes`, only the FIPS provider is used.
template <class Hash>
struct hash {
    /// As in `Hash`.
    static constexpr std::size_t block_size = Hash::block_size;
    static constexpr std::size_t digest_size = Hash::digest_size;
    using state_type = typename Hash::state_type;
};

/// restartcaster::rpc_v1 with OpenSSL's HMAC.
/// Errors: hash_failed from every make_request if OpenSSL has no memory or no such hash; never a wrong signature.
/// Cost: OpenSSL allocates for every request, and keeps a copy of the secret as long as the key exists.
struct rpc_v1 : restartcaster::rpc_v1 {
    /// The hash of the signature.
    using hash = openssl::hash<sha1>;
};

/// restartcaster::acs3 with OpenSSL's SHA-256 and HMAC; errors and cost as for rpc_v1 above.
struct acs3 : restartcaster::acs3 {
    /// The hash of the signature and of the body.
    using hash = openssl::hash<sha256>;

    /// As restartcaster::acs3::body_hash. If OpenSSL fails, 64 times '0', which is the hash of no known text.
    [[nodiscard]] static std::array<char, signature_size> body_hash(std::string_view body) noexcept;
};

} // namespace openssl

namespace detail {

constexpr char const* openssl_name(sha1) noexcept { return "SHA1"; }
constexpr char const* openssl_name(sha256) noexcept { return "SHA256"; }

inline bool openssl_update(EVP_MAC_CTX* context, unsigned char const* text, std::size_t size) noexcept {
    return ::EVP_MAC_update(context, text, size) == 1;
}
inline bool openssl_update(EVP_MD_CTX* context, unsigned char const* text, std::size_t size) noexcept {
    return ::EVP_DigestUpdate(context, text, size) == 1;
}
inline bool openssl_final(EVP_MAC_CTX* context, unsigned char* digest, std::size_t size) noexcept {
    std::size_t written = 0;
    return ::EVP_MAC_final(context, digest, &written, size) == 1 && written == size; // unreached: openssl
}
inline bool openssl_final(EVP_MD_CTX* context, unsigned char* digest, std::size_t size) noexcept {
    unsigned written = 0;
    return ::EVP_DigestFinal_ex(context, digest, &written) == 1 && written == size; // unreached: openssl
}
inline void openssl_free(EVP_MAC_CTX* context) noexcept { ::EVP_MAC_CTX_free(context); }
inline void openssl_free(EVP_MD_CTX* context) noexcept { ::EVP_MD_CTX_free(context); }

/// Collects short runs before calling OpenSSL. A null context counts as failed.
template <class Context, class Hash>
class openssl_stream {
public:
    using digest_type = std::array<char, Hash::digest_size>;

    explicit openssl_stream(Context* context) noexcept : context_(context), failed_(context == nullptr) {}
    openssl_stream(openssl_stream const&) = delete;
    openssl_stream& operator=(openssl_stream const&) = delete;
    ~openssl_stream() {
        wipe(staging_);
        openssl_free(context_);
    }

    void append(std::string_view text) noexcept {
        if (text.size() > free_bytes()) flush();
        if (text.size() > free_bytes()) return update(text);
        copy_bytes(position(), text.data(), text.size());
        used_ += text.size();
    }
    [[nodiscard]] std::size_t free_bytes() const noexcept { return sizeof staging_ - used_; }
    [[nodiscard]] char* position() noexcept { return staging_ + used_; }
    void advance(std::size_t count) noexcept { used_ += count; }

    [[nodiscard]] bool failed() const noexcept { return failed_; }

    /// The digest; zeros after a failure.
    [[nodiscard]] digest_type finish() noexcept {
        flush();
        digest_type digest{};
        failed_ = failed_ || !openssl_final(context_, reinterpret_cast<unsigned char*>(digest.data()), digest.size());
        return failed_ ? digest_type{} : digest;
    }
    [[nodiscard]] typename Hash::state_type finish_words() noexcept {
        typename Hash::state_type words{};
        digest_type const digest = finish();
        for (std::size_t i = 0; i != digest.size(); ++i)
            words[i / 4] = words[i / 4] << 8 | static_cast<unsigned char>(digest[i]);
        return words;
    }

private:
    void update(std::string_view text) noexcept {
        failed_ = failed_ ||
                  // unreached: openssl_midway
                  !openssl_update(context_, reinterpret_cast<unsigned char const*>(text.data()), text.size());
    }
    void flush() noexcept {
        update({staging_, used_});
        used_ = 0;
    }

    Context* context_;
    bool failed_;
    std::size_t used_ = 0;
    char staging_[512];
};

} // namespace detail

/// The key of an HMAC inside OpenSSL. Members as in the primary template.
template <class Hash>
class hmac_key<openssl::hash<Hash>> {
public:
    explicit hmac_key(std::string_view secret, std::string_view suffix = {}) noexcept : context_(make()) {
        std::size_t const size = secret.size() + suffix.size();
        auto* const joined = static_cast<char*>(::OPENSSL_malloc(size + 1)); // OPENSSL_malloc(0) is null: no key
        bool keyed = false;
        if (joined != nullptr && context_ != nullptr) {
            detail::copy_bytes(joined, secret.data(), secret.size());
            detail::copy_bytes(joined + secret.size(), suffix.data(), suffix.size());
            // const_cast: OpenSSL reads the name and does not write to it.
            OSSL_PARAM const parameters[]{
                ::OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST,
                                                   const_cast<char*>(detail::openssl_name(Hash{})), 0),
                ::OSSL_PARAM_construct_end()};
            keyed = ::EVP_MAC_init(context_, reinterpret_cast<unsigned char const*>(joined), size, parameters) == 1;
        }
        ::OPENSSL_clear_free(joined, size);
        if (keyed) return;
        ::EVP_MAC_CTX_free(context_);
        context_ = nullptr;
    }
    hmac_key(hmac_key const&) = delete;
    hmac_key& operator=(hmac_key const&) = delete;
    ~hmac_key() { ::EVP_MAC_CTX_free(context_); }

    /// A copy of the context for one MAC, so that threads can share the key; the caller frees it. Null if OpenSSL failed.
    [[nodiscard]] EVP_MAC_CTX* context() const noexcept {
        return context_ == nullptr ? nullptr : ::EVP_MAC_CTX_dup(context_);
    }

private:
    static EVP_MAC_CTX* make() noexcept {
        EVP_MAC* const mac = ::EVP_MAC_fetch(nullptr, "HMAC", nullptr);
        if (mac == nullptr) return nullptr;
        EVP_MAC_CTX* const context = ::EVP_MAC_CTX_new(mac);
        ::EVP_MAC_free(mac); // the context holds it
        return context;
    }

    EVP_MAC_CTX* context_;
};

template <class Hash>
class hmac_stream<openssl::hash<Hash>> : public detail::openssl_stream<EVP_MAC_CTX, Hash> {
public:
    explicit hmac_stream(hmac_key<openssl::hash<Hash>> const& keyed) noexcept
        : detail::openssl_stream<EVP_MAC_CTX, Hash>(keyed.context()) {}
};

template <class Hash>
class hash_stream<openssl::hash<Hash>> : public detail::openssl_stream<EVP_MD_CTX, Hash> {
public:
    hash_stream() noexcept : detail::openssl_stream<EVP_MD_CTX, Hash>(make()) {}

private:
    static EVP_MD_CTX* make() noexcept {
        EVP_MD* const digest = ::EVP_MD_fetch(nullptr, detail::openssl_name(Hash{}), nullptr);
        EVP_MD_CTX* context = ::EVP_MD_CTX_new();
        if (digest == nullptr || context == nullptr || ::EVP_DigestInit_ex(context, digest, nullptr) != 1) {
            ::EVP_MD_CTX_free(context);
            context = nullptr;
        }
        ::EVP_MD_free(digest); // the context holds it
        return context;
    }
};

// Defined here, after hash_stream, which the function instantiates.
inline std::array<char, openssl::acs3::signature_size> openssl::acs3::body_hash(std::string_view body) noexcept {
    return restartcaster::acs3::body_hash<hash>(body);
}

}} // namespace restartcaster

#endif
