// SPDX-License-Identifier: MIT
// What the JSON reader and the XML reader have in common: document, depth of nesting, token.
// Source: -
// Data flow: the base of json.hpp and xml.hpp; answer.hpp uses both readers through it.
#ifndef RESTARTCASTER_READ_READER_HPP
#define RESTARTCASTER_READ_READER_HPP
#pragma once

#include "../core/borrowed_text.hpp"
#include "cursor.hpp"

#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// The document of a reader: a text, a span of bytes such as a body, or {pointer, size}.
class document : public borrowed_text {
public:
    using borrowed_text::borrowed_text;
    template <class Byte, std::size_t Extent>
    constexpr document(std::span<Byte, Extent> bytes) noexcept : borrowed_text(bytes.data(), bytes.size()) {}
};

// The document argument before a depth limit. Pointers are excluded: {pointer, size} is one document, not a document and
// a limit.
template <class Document>
concept not_a_pointer = !std::is_pointer_v<std::remove_cvref_t<Document>> && std::is_convertible_v<Document, document>;

// The base of both readers: a position, the depth of nesting and its limit.
template <class Char>
struct reader : cursor<Char> {
    constexpr reader(std::string_view document, unsigned depth_limit, unsigned most) noexcept
        : cursor<Char>(document.data(), document.data() + document.size()),
          limit_(depth_limit < most ? depth_limit : most) {}

    unsigned depth_ = 0;
    unsigned limit_;
};

// A token of either format; `kind` is a json_kind or an xml_kind.
template <class Char>
struct token {
    std::basic_string_view<Char> text;
    std::uint8_t kind;
    bool encoded;
};

/// What becomes of the body of a success: its escapes are decoded, it is kept as it is, or its fields are packed into it.
enum class body_use : std::uint8_t { decoded, kept, described };

template <class Char, body_use Use>
class answer; // a friend of both readers: calls step() directly
template <class Char>
class packer; // in pack.hpp, for answers that pack
template <class Char>
struct raw_text; // a friend of the XML reader: begins inside an element

}}} // namespace restartcaster::detail

#endif
