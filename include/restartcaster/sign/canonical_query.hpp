// SPDX-License-Identifier: MIT
// The canonical query: the text that is sent, and that the signature covers.
// Source: protocol "Canonicalization" rules 2 to 5.
// Data flow: parameters in, `Name=value&...` out.
#ifndef RESTARTCASTER_SIGN_CANONICAL_QUERY_HPP
#define RESTARTCASTER_SIGN_CANONICAL_QUERY_HPP
#pragma once

#include "query/writer.hpp"
#include "parameters.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// Writes a name, after '&' unless it is the first; the caller writes the '='. Sets `started`.
template <class Writer>
constexpr void write_name(Writer& writer, std::string_view name, bool& started) noexcept {
    if (started)
        writer.field("&"sv, "%26"sv, name);
    else
        writer.field(""sv, ""sv, name);
    started = true;
}

/// Writes `name=value`, after '&' unless it is the first. The pieces of a list element's name are written one by one.
template <class Writer>
constexpr void write_parameter(Writer& writer, parameter const& p, bool& started) noexcept {
    write_name(writer, p.front(), started);
    if (!p.middle().empty()) {
        writer.unreserved(p.middle());
        writer.encoded(p.back());
    }
    writer.field("="sv, "%3D"sv, p.value());
}

} // namespace detail

/// Appends the canonical query of exactly the given parameters: `Name=value&...`, percent-encoded once.
/// Source: protocol "Canonicalization" rule 4.
template <byte_sink Sink>
constexpr void canonical_query(Sink& sink, parameters_view parameters) noexcept {
    detail::no_sink nowhere;
    detail::canonical_writer<Sink, detail::no_sink, detail::sign_depth::once> writer(sink, nowhere);
    bool started = false;
    for (std::size_t i = 0; i != parameters.size(); ++i) detail::write_parameter(writer, parameters[i], started);
}

}} // namespace restartcaster

#endif
