// SPDX-License-Identifier: MIT
// Percent-encoding of any bytes: the text that RFC 3986 asks for, whole and in pieces, and back to the same bytes.
// Source: RFC 3986 sections 2.1 and 2.3; the encoder and decoder of reference.hpp, which share no code with ours.
#include "fuzz.hpp"

#include "../reference.hpp"

#include <restartcaster/encode/percent.hpp>

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
}
