// SPDX-License-Identifier: MIT
// The signature worked out a second time, the slow and obvious way, and with another library's hash.
// Source: help documents 50286 and 2593177; RFC 3986; RFC 4648; OpenSSL's HMAC as the oracle.
// Data flow: parameters in, every stage of signing out; tests hold the library against it.
#ifndef RESTARTCASTER_TESTS_REFERENCE_HPP
#define RESTARTCASTER_TESTS_REFERENCE_HPP

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reference {

/// A sink that keeps everything.
struct text_sink {
    std::string text;
    void append(std::string_view more) { text += more; }
};

/// A failure without the place of the character that is wrong: tests of the rules themselves hold that.
template <class Failure>
Failure without_place(Failure failure) {
    if (failure.code <= decltype(failure.code)::credential_malformed) {
        failure.detail = 0;
        failure.character = 0;
    }
    return failure;
}

inline std::string percent(std::string_view text) {
    static constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (char const c : text) {
        if (unreserved.find(c) != std::string_view::npos) {
            out += c;
        } else {
            char escape[4];
            std::snprintf(escape, sizeof escape, "%%%02X",
                          static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += escape;
        }
    }
    return out;
}

/// The inverse of percent(), for looking at what would arrive.
inline std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        i += 2;
    }
    return out;
}

inline std::string base64(std::string_view bytes) {
    std::vector<unsigned char> out((bytes.size() + 2) / 3 * 4 + 1);
    int const size = EVP_EncodeBlock(out.data(), reinterpret_cast<unsigned char const*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    return {reinterpret_cast<char const*>(out.data()), static_cast<std::size_t>(size)};
}

inline std::string hmac_sha1(std::string_view key, std::string_view message) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<unsigned char const*>(message.data()), message.size(), digest, &size);
    return {reinterpret_cast<char const*>(digest), size};
}

inline std::string hex(std::string_view bytes) {
    std::string out;
    for (char const c : bytes) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += digits;
    }
    return out;
}

/// SHA-256, in hexadecimal.
inline std::string sha256(std::string_view text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
    return hex({reinterpret_cast<char const*>(digest), size});
}

/// HMAC-SHA256, in hexadecimal.
inline std::string hmac_sha256(std::string_view key, std::string_view message) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<unsigned char const*>(message.data()), message.size(), digest, &size);
    return hex({reinterpret_cast<char const*>(digest), size});
}

using parameters = std::vector<std::pair<std::string, std::string>>;

inline std::string canonical_query(parameters all) {
    std::sort(all.begin(), all.end()); // std::string compares bytes as unsigned
    std::string out;
    for (auto const& [name, value] : all)
        out += (out.empty() ? "" : "&") + percent(name) + "=" + percent(value);
    return out;
}

inline std::string string_to_sign(std::string_view method, parameters const& all) {
    return std::string(method) + "&%2F&" + percent(canonical_query(all));
}

inline std::string signature(std::string_view secret, std::string_view string_to_sign) {
    return base64(hmac_sha1(std::string(secret) + "&", string_to_sign));
}

/// What stands behind "/?" or in the form.
inline std::string signed_query(std::string_view method, std::string_view secret, parameters const& all) {
    return canonical_query(all) + "&Signature=" + percent(signature(secret, string_to_sign(method, all)));
}

/// A calendar that is nothing but counting.
struct day {
    int year = 1970, month = 1, of_month = 1;

    static bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
    static int days_in(int year, int month) {
        static constexpr int lengths[]{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        return lengths[month - 1] + (month == 2 && leap(year) ? 1 : 0);
    }
    void next() {
        if (++of_month <= days_in(year, month)) return;
        of_month = 1;
        if (++month <= 12) return;
        month = 1;
        ++year;
    }
};

/// The timestamp of UTC seconds, by counting years, months and days.
inline std::string timestamp(std::int64_t utc_seconds) {
    std::int64_t days = utc_seconds / 86400;
    int const of_day = static_cast<int>(utc_seconds % 86400);
    day at;
    while (days >= (day::leap(at.year) ? 366 : 365))
        days -= day::leap(at.year++) ? 366 : 365;
    while (days >= day::days_in(at.year, at.month))
        days -= day::days_in(at.year, at.month++);
    at.of_month += static_cast<int>(days);
    char out[64];
    std::snprintf(out, sizeof out, "%04d-%02d-%02dT%02d:%02d:%02dZ", at.year, at.month, at.of_month,
                  of_day / 3600, of_day / 60 % 60, of_day % 60);
    return out;
}

/// UTC seconds of a timestamp, or -1 where the text is none.
inline std::int64_t seconds(std::string const& timestamp) {
    int year = 0, month = 0, of_month = 0, hour = 0, minute = 0, second = 0;
    char zone = 0, beyond = 0;
    if (std::sscanf(timestamp.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%c%c", &year, &month, &of_month, &hour,
                    &minute, &second, &zone, &beyond) != 7 ||
        zone != 'Z')
        return -1;
    std::int64_t days = of_month - 1;
    for (int y = 1970; y != year; ++y)
        days += day::leap(y) ? 366 : 365;
    for (int m = 1; m != month; ++m)
        days += day::days_in(year, m);
    return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

/// A call with the parameters that every call has.
struct call {
    std::string action = "RestartCaster", version = "2016-11-01", key_id = "testid", secret = "testsecret";
    std::string token = {}, nonce = "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11", format = "JSON";
    std::int64_t utc_seconds = 1709020800;
    parameters own = {};

    parameters all() const {
        parameters out = own;
        out.emplace_back("AccessKeyId", key_id);
        out.emplace_back("Action", action);
        out.emplace_back("Format", format);
        if (!token.empty()) out.emplace_back("SecurityToken", token);
        out.emplace_back("SignatureMethod", "HMAC-SHA1");
        out.emplace_back("SignatureNonce", nonce);
        out.emplace_back("SignatureVersion", "1.0");
        out.emplace_back("Timestamp", timestamp(utc_seconds));
        out.emplace_back("Version", version);
        return out;
    }
    std::string signed_query(std::string_view method) const {
        return reference::signed_query(method, secret, all());
    }
    std::string string_to_sign(std::string_view method) const {
        return reference::string_to_sign(method, all());
    }
};

} // namespace reference

#endif
