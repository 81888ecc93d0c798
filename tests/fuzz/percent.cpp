// SPDX-License-Identifier: MIT
// Percent-encoding of any bytes: the text that RFC 3986 asks for, whole and in pieces, and back to the same bytes; and
// percent-decoding of any text.
// Source: RFC 3986 sections 2.1 and 2.3; the encoder and decoder of reference.hpp, which share no code with ours.
#include "fuzz.hpp"

#include "../reference.hpp"

#include <restartcaster/encode/percent.hpp>
#include <restartcaster/encode/percent_decode.hpp>

#include <cctype>

namespace rc = restartcaster;
using fuzz::require;

namespace {

// Decodes any text, in exactly its room, in too little, and in its own bytes.
void check_decoding(std::string_view input, rc::plus_sign plus) {
    std::string spaced(input);
    if (plus == rc::plus_sign::space)
        for (char& byte : spaced) byte = byte == '+' ? ' ' : byte;
    std::size_t fault = input.size();
    auto const is_hex = [&](std::size_t at) { return at < input.size() && std::isxdigit(static_cast<unsigned char>(input[at])) != 0; };
    for (std::size_t at = 0; at < input.size() && fault == input.size(); at += input[at] == '%' ? 3 : 1)
        if (input[at] == '%' && !(is_hex(at + 1) && is_hex(at + 2))) fault = at;
    fuzz::exact const own(input), room(input.size());
    auto const decoded = rc::percent_decode(input, room.span(), plus);
    require(decoded.has_value() == (fault == input.size()), "a text is refused for a '%' without two digits, and for nothing else");
    if (!decoded) {
        require(decoded.error().code == rc::errc::unexpected_byte && decoded.error().detail == fault, "the '%' is named");
        return;
    }
    require(*decoded == reference::percent_decoded(spaced), "the bytes are those of the reference");
    auto const in_place = rc::percent_decode(own.view(), own.span(), plus);
    require(in_place && *in_place == *decoded, "a text is decoded in its own bytes");
    if (decoded->empty()) return;
    fuzz::exact const small(decoded->size() - 1);
    auto const cut = rc::percent_decode(input, small.span(), plus);
    require(!cut && cut.error().code == rc::errc::storage_too_small && cut.error().detail == decoded->size(), "what is needed is counted");
}

} // namespace

void fuzz::one_input(std::string_view input) {
    check_decoding(input, rc::plus_sign::itself);
    check_decoding(input, rc::plus_sign::space);
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
