// SPDX-License-Identifier: MIT
// The canonical query: the one text that both the wire and the signature are made of.
// Source: protocol "Canonicalization" rules 2 to 5; RFC 3986.
// Path: parameters in, `Name=value&...` out, encoded once for the wire and, in the same pass, as often as the
//   scheme wants for the hash.
#ifndef RESTARTCASTER_SIGN_CANONICAL_QUERY_HPP
#define RESTARTCASTER_SIGN_CANONICAL_QUERY_HPP

#include "../encode/percent.hpp"
#include "parameters.hpp"

namespace restartcaster::inline RESTARTCASTER_ABI {

namespace detail {

/// Takes text and keeps none of it.
struct no_sink {
    constexpr void append(std::string_view) noexcept {}
};

/// How often the signed text is encoded: once, or twice where the string to sign encodes the whole query again.
enum class sign_depth : std::uint8_t { once, twice };

/// Writes the canonical query to the wire and to the hash in one pass.
template <byte_sink Wire, byte_sink Sign, sign_depth Depth>
class canonical_writer {
public:
    static constexpr sign_depth depth = Depth;

    constexpr canonical_writer(Wire& wire, Sign& sign) noexcept : wire_(wire), sign_(sign) {}

    /// Text whose encodings were made at compile time.
    RESTARTCASTER_HOT constexpr void constant(std::string_view once, std::string_view twice) noexcept {
        wire_.append(once);
        sign_.append(Depth == sign_depth::twice ? twice : once);
    }
    /// Text that stands as it is, however often it is encoded.
    RESTARTCASTER_HOT constexpr void unreserved(std::string_view text) noexcept { constant(text, text); }
    RESTARTCASTER_HOT constexpr void separator() noexcept { constant("&", "%26"); }
    RESTARTCASTER_HOT constexpr void equals() noexcept { constant("=", "%3D"); }

    /// A name or a value. Says whether every byte of it stood as it is.
    constexpr bool encoded(std::string_view text) noexcept {
        std::size_t const run = unreserved_prefix(text);
        unreserved(text.substr(0, run));
        if (run == text.size()) return true;
        encoded_from(text.substr(run));
        return false;
    }

    /// A value that is an identifier. Only one that is empty or holds a reserved byte is worth a closer look.
    constexpr void identifier(std::string_view name, std::string_view value) noexcept {
        if (!encoded(value) || value.empty())
            if (auto const good = check_identifier(name, value); !good) refuse(good.error());
    }
    /// Keeps the first thing that is wrong with what is being written.
    constexpr void refuse(failure const& reason) noexcept {
        if (outcome_) outcome_ = unexpected(reason);
    }
    [[nodiscard]] constexpr result<void> const& outcome() const noexcept { return outcome_; }

private:
    // `text` begins with a reserved byte.
    constexpr void encoded_from(std::string_view text) noexcept {
        while (!text.empty()) {
            char const high = hex_upper(byte_at(text, 0) >> 4), low = hex_upper(byte_at(text, 0) & 15);
            char const once[3]{'%', high, low};
            char const twice[5]{'%', '2', '5', high, low};
            constant({once, sizeof once}, {twice, sizeof twice});
            text.remove_prefix(1);
            std::size_t const run = unreserved_prefix(text);
            unreserved(text.substr(0, run));
            text.remove_prefix(run);
        }
    }

    Wire& wire_;
    Sign& sign_;
    result<void> outcome_;
};

template <class Writer>
constexpr void write_parameter(Writer& writer, parameter const& p) noexcept {
    writer.encoded(p.front());
    writer.unreserved(p.middle());
    writer.encoded(p.back());
    writer.equals();
    writer.encoded(p.value());
}

} // namespace detail

/// Appends the canonical query of the given parameters and nothing else.
/// Source: protocol "Canonicalization" rule 4.
template <byte_sink Sink>
constexpr void canonical_query(Sink& sink, parameters_view parameters) noexcept {
    detail::no_sink nowhere;
    detail::canonical_writer<Sink, detail::no_sink, detail::sign_depth::once> writer(sink, nowhere);
    for (std::size_t i = 0; i != parameters.size(); ++i) {
        if (i != 0) writer.separator();
        detail::write_parameter(writer, parameters[i]);
    }
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
