// SPDX-License-Identifier: MIT
// The library as a WebAssembly module: four functions over bytes, which import nothing.
// Source: call.hpp, stages.hpp, explaining.hpp, reading.hpp.
// Data flow: page.js writes fields at input(), calls a function with their size, and reads the JSON at output().
#include "explaining.hpp"
#include "reading.hpp"

#include <restartcaster/crypto/wipe.hpp>
#include <restartcaster/sign/nonce.hpp>

#define PAGE_EXPORT(name) extern "C" __attribute__((export_name(#name)))

namespace {

// The limit of a pasted text. The longest output has all stages of such a text, with escapes.
constexpr std::size_t input_size = 256 * 1024, output_size = 8 * 1024 * 1024;

char input_bytes[input_size], pasted_bytes[input_size], output_bytes[output_size];
page::stage_rooms rooms;

/// Calls `write(json, fields)`, and wipes the fields, which contain the secret. Returns the size of the output, or 0
/// if the input or the output is too long.
template <class Write>
std::size_t answered(std::size_t size, Write const& write) noexcept {
    std::size_t written = 0;
    if (size <= input_size) {
        page::fields from({input_bytes, size});
        page::rc::buffer_sink bytes(output_bytes);
        page::json_writer out(bytes);
        write(out, from);
        written = bytes.fits() ? bytes.needed() : 0;
    }
    page::rc::wipe(std::span<char>(input_bytes));
    return written;
}

} // namespace

PAGE_EXPORT(input) char* input() { return input_bytes; }
PAGE_EXPORT(input_limit) std::size_t input_limit() { return input_size; }
PAGE_EXPORT(output) char* output() { return output_bytes; }

/// The stages of the call in the fields.
PAGE_EXPORT(sign) std::size_t sign(std::size_t size) {
    return answered(size, [](page::json_writer& out, page::fields& from) {
        write_stages(out, page::call(from), rooms);
    });
}

/// A nonce from 16 random bytes at input().
PAGE_EXPORT(nonce) std::size_t nonce() {
    return answered(0, [](page::json_writer& out, page::fields&) {
        std::array<unsigned char, page::rc::nonce::random_size> random;
        for (std::size_t i = 0; i != random.size(); ++i) random[i] = static_cast<unsigned char>(input_bytes[i]);
        page::rc::nonce const made(random);
        out.value(made.text());
    });
}

/// The explanation of a refusal. Fields: answer, another signer's text, signature, "1" for a time and for a nonce that
/// the page makes for each call; then those of sign().
PAGE_EXPORT(explain) std::size_t explain(std::size_t size) {
    return answered(size, [](page::json_writer& out, page::fields& from) {
        page::refusal about;
        about.answer = from.next_bytes();
        for (std::size_t i = 0; i != about.answer.size(); ++i) pasted_bytes[i] = about.answer[i];
        about.pasted = {pasted_bytes, about.answer.size()};
        about.ours = from.next();
        about.signature = from.next();
        about.time_is_made = from.next_flag();
        about.nonce_is_made = from.next_flag();
        page::call call(from);
        write_refusal(out, about, call, rooms);
    });
}

/// An answer as a typed reply. Fields: action, HTTP status, answer.
PAGE_EXPORT(read) std::size_t read(std::size_t size) {
    return answered(size, [](page::json_writer& out, page::fields& from) {
        std::string_view const action = from.next();
        std::int64_t const status = from.next_number();
        write_reading(out, page::operations{}, action, from.next_bytes(), status);
    });
}

/// Overwrites every text that a call has left in the module.
PAGE_EXPORT(wipe) void wipe() {
    page::rc::wipe(std::span<char>(pasted_bytes));
    page::rc::wipe(std::span<char>(output_bytes));
    page::rc::wipe(std::span<char>(rooms.query));
    page::rc::wipe(std::span<char>(rooms.canonical));
    page::rc::wipe(std::span<char>(rooms.to_sign));
    page::rc::wipe(std::span<char>(rooms.request));
}
