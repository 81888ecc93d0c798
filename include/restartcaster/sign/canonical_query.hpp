// SPDX-License-Identifier: MIT
// The canonical query: the one text that both the wire and the signature are made of.
// Source: protocol "Canonicalization" rules 2 to 5.
// Data flow: parameters in, `Name=value&...` out.
#ifndef RESTARTCASTER_SIGN_CANONICAL_QUERY_HPP
#define RESTARTCASTER_SIGN_CANONICAL_QUERY_HPP
#pragma once

#include "canonical_writer.hpp"
#include "parameters.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// Writes `name=`, behind a separator unless it is the first.
template <class Writer>
constexpr void write_name(Writer& writer, std::string_view name, bool& started) noexcept {
    if (started)
        writer.field("&"sv, "%26"sv, name);
    else
        writer.field(""sv, ""sv, name);
    started = true;
}

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

/// Appends the canonical query of the given parameters and nothing else.
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
