// SPDX-License-Identifier: MIT
// Percent-encoding of any bytes: the text that RFC 3986 asks for, whole and in pieces, and back to the same bytes; and decoding of
// any text, in place.
// Source: RFC 3986 sections 2.1 and 2.3; the encoder and decoder of reference.hpp, which share no code with ours.
#include "fuzz.hpp"

#include "../reference.hpp"

#include <restartcaster/encode/percent.hpp>
#include <restartcaster/encode/percent_decode.hpp>

#include <cctype>

namespace rc = restartcaster;
using fuzz::require;

void fuzz::one_input(std::string_view input) {
    std::string const expected = reference::percent(input);
    require(reference::percent_decoded(expected) == input, "the reference is its own inverse");

    fuzz::exact const room(expected.size());
    rc::buffer_sink sink(room.span());
    rc::percent_encode(sink, input);
    require(sink.fits() && sink.written() == expected, "the encoding is RFC 3986's, in exactly its room");

    rc::buffer_sink small(room.span().first(expected.size() / 2));
    rc::percent_encode(small, input);
    require(small.needed() == expected.size() && small.fits() == expected.empty(), "what does not fit is counted");

    // A text in two exact pieces reads no byte of the other.
    std::size_t const cut = input.empty() ? 0 : static_cast<unsigned char>(input[0]) % (input.size() + 1);
    fuzz::exact const front(input.substr(0, cut)), back(input.substr(cut));
    reference::text_sink pieces;
    rc::percent_encode(pieces, front.view());
    rc::percent_encode(pieces, back.view());
    require(pieces.text == expected, "pieces are encoded as the whole is");

    std::size_t plain = 0;
    while (plain != input.size() && reference::percent(input.substr(plain, 1)).size() == 1) ++plain;
    require(rc::unreserved_prefix(input) == plain, "the unreserved prefix ends at the first byte to escape");

    fuzz::exact const decoded(input.size());
    auto const back_again = rc::percent_decode(expected, room.span());
    require(back_again && *back_again == input, "decoding undoes encoding");
    std::size_t fault = 0; // the first '%' without two hexadecimal digits
    auto const is_hex = [&](std::size_t at) { return at < input.size() && std::isxdigit(static_cast<unsigned char>(input[at])) != 0; };
    while (fault != input.size() && (input[fault] != '%' || (is_hex(fault + 1) && is_hex(fault + 2)))) ++fault;
    auto const found = rc::percent_decode(input, decoded.span());
    require(found.has_value() == (fault == input.size()), "a text is decoded if each '%' has its two digits");
    if (found)
        require(*found == reference::percent_decoded(input), "the decoded bytes are RFC 3986's");
    else
        require(found.error().code == rc::errc::unexpected_byte && found.error().detail == fault, "the fault is the first wrong '%'");
}
