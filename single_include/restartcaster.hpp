// SPDX-License-Identifier: MIT
// restartcaster: signs Alibaba Cloud RPC calls, such as RestartCaster of ApsaraVideo Live, and reads the answers.
// Source: docs/design.md.
// Data flow:
//
//   operation -> canonical query -> string to sign -> signature -> request
//                                                                     |
//                                                         == your transport ==
//                                                                     |
//                           reply  <-  error or success  <-  reader  <-  response
//
// Two pure functions: make_request turns an operation, a key, a time and a nonce into bytes; read_reply turns bytes into
// a reply. The network between them is the user's. The library does not allocate, throw, print, read a clock or keep
// state; the headers in restartcaster/hosted/, which need an operating system, may.
//
// Version 0.1.0 in one file, written by tools/amalgamate: change the sources, not this.
//
// MIT License
//
// Copyright (c) 2026 The restartcaster authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#ifndef RESTARTCASTER_HPP
#define RESTARTCASTER_HPP

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

// ---- restartcaster/version.hpp
// The version of the library; every other file takes the version from here.
// Source: semver.org 2.0.0.
// Data flow: read by the preprocessor, by CMakeLists.txt and by a test that compares meson.build.
#ifndef RESTARTCASTER_VERSION_HPP
#define RESTARTCASTER_VERSION_HPP

#define RESTARTCASTER_VERSION_MAJOR 0
#define RESTARTCASTER_VERSION_MINOR 1
#define RESTARTCASTER_VERSION_PATCH 0

/// One integer that grows with every release: 10000 * major + 100 * minor + patch.
#define RESTARTCASTER_VERSION                                                                                \
    (RESTARTCASTER_VERSION_MAJOR * 10000 + RESTARTCASTER_VERSION_MINOR * 100 + RESTARTCASTER_VERSION_PATCH)

#endif

// ---- restartcaster/config.hpp
// All switches that a user may set, before the first include or on the command line of the compiler.
// Source: docs/design.md, "Switches".
// Data flow: preprocessor in, constants and the name of the inline namespace out.
#ifndef RESTARTCASTER_CONFIG_HPP
#define RESTARTCASTER_CONFIG_HPP

#if !defined(__cplusplus) || (__cplusplus < 202002L && (!defined(_MSVC_LANG) || _MSVC_LANG < 202002L))
#error "restartcaster needs C++20: compile with -std=c++20 or later"
#endif

/// 1: the compiler is gcc, clang or a compiler with their extensions (attributes, built-ins, inline assembly, vector types).
/// 0: standard C++ only, the default for every other compiler.
#ifndef RESTARTCASTER_GNU
#if defined(__GNUC__) || defined(__clang__)
#define RESTARTCASTER_GNU 1
#else
#define RESTARTCASTER_GNU 0
#endif
#endif

/// 1: only the portable hash kernel, without vector types and `target` attributes. 0: the kernels of the machine too.
#ifndef RESTARTCASTER_PORTABLE_ONLY
#define RESTARTCASTER_PORTABLE_ONLY 0
#endif
// Vectors are used if the architecture always has them (SSE2 on x86-64, NEON on AArch64), unless -mno-sse or
// -mgeneral-regs-only disables them. Other options of -march have no effect: the linker keeps one copy of an inline function
// for all translation units, and every machine that runs the program must be able to run this copy.
#if !RESTARTCASTER_GNU ||                                                                                              \
    !((defined(__x86_64__) && defined(__SSE2__)) || (defined(__aarch64__) && defined(__ARM_NEON)))
#undef RESTARTCASTER_PORTABLE_ONLY
#define RESTARTCASTER_PORTABLE_ONLY 1
#endif

/// 1: small code (loops instead of unrolled hash kernels, small buffers, little forced inlining). 0: fast code.
/// The default is 1 on microcontrollers (Cortex-M, Xtensa, 32-bit RISC-V) and 0 elsewhere. The optimisation level does not
/// change the default, so that translation units compiled with -O2 and with -Os can be linked together.
#ifndef RESTARTCASTER_SMALL
#if (defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M') ||                        \
    defined(__XTENSA__) || (defined(__riscv) && __riscv_xlen == 32)
#define RESTARTCASTER_SMALL 1
#else
#define RESTARTCASTER_SMALL 0
#endif
#endif

// Translation units with different switches have different types. The inline namespace makes the names of the types differ:
// passing such a type from one unit to the other is a link error, and all other uses work.
#if !RESTARTCASTER_GNU && RESTARTCASTER_SMALL
#define RESTARTCASTER_ABI v0_standard_small
#elif !RESTARTCASTER_GNU
#define RESTARTCASTER_ABI v0_standard
#elif RESTARTCASTER_PORTABLE_ONLY && RESTARTCASTER_SMALL
#define RESTARTCASTER_ABI v0_portable_small
#elif RESTARTCASTER_PORTABLE_ONLY
#define RESTARTCASTER_ABI v0_portable
#elif RESTARTCASTER_SMALL
#define RESTARTCASTER_ABI v0_small
#else
#define RESTARTCASTER_ABI v0
#endif

/// 1: text is tested 16 bytes at a time, with vectors.
#define RESTARTCASTER_VECTORS (!RESTARTCASTER_PORTABLE_ONLY && !RESTARTCASTER_SMALL)

// THIN: always inlined, in all builds; for a function that only calls another function, or that has one caller.
#if RESTARTCASTER_GNU
#define RESTARTCASTER_THIN [[__gnu__::__always_inline__]]
#else
#define RESTARTCASTER_THIN
#endif

// ONCE: never inlined in size builds, so that one copy exists; in speed builds the compiler decides.
#if RESTARTCASTER_SMALL && RESTARTCASTER_GNU
#define RESTARTCASTER_ONCE [[__gnu__::__noinline__]]
#else
#define RESTARTCASTER_ONCE
#endif

// HOT: always inlined in speed builds, because inlining decides the speed of the signing path. Without optimisation, inlining
// makes more code and no speed. A user may define RESTARTCASTER_HOT, for example as empty, to let the compiler decide.
#ifndef RESTARTCASTER_HOT
#if RESTARTCASTER_SMALL || !RESTARTCASTER_GNU || !defined(__OPTIMIZE__) || defined(__OPTIMIZE_SIZE__)
#define RESTARTCASTER_HOT
#else
#define RESTARTCASTER_HOT [[__gnu__::__always_inline__]]
#endif
#endif
// APART: never inlined in speed builds, so that its registers are not taken from its hot caller.
// COLD: never inlined in speed builds, and rarely called.
#if RESTARTCASTER_SMALL || !RESTARTCASTER_GNU
#define RESTARTCASTER_APART
#define RESTARTCASTER_COLD
#else
#define RESTARTCASTER_APART [[__gnu__::__noinline__]]
#define RESTARTCASTER_COLD [[__gnu__::__noinline__, __gnu__::__cold__]]
#endif

// LIFETIMEBOUND: the result points into the parameter before this attribute or, after the declaration of a member function,
// into its object. Compilers that know the attribute warn if the result outlives the parameter or the object.
#ifdef __has_cpp_attribute
#if __has_cpp_attribute(_Clang::__lifetimebound__)
#define RESTARTCASTER_LIFETIMEBOUND [[_Clang::__lifetimebound__]]
#elif __has_cpp_attribute(__gnu__::__lifetimebound__)
#define RESTARTCASTER_LIFETIMEBOUND [[__gnu__::__lifetimebound__]]
#elif defined(_MSC_VER)
#if __has_cpp_attribute(msvc::lifetimebound)
#define RESTARTCASTER_LIFETIMEBOUND [[msvc::lifetimebound]]
#endif
#endif
#endif
#ifndef RESTARTCASTER_LIFETIMEBOUND
#define RESTARTCASTER_LIFETIMEBOUND
#endif

#endif

// ---- restartcaster/core/failure.hpp
// The error codes of this library, each with one sentence.
// Source: docs/design.md, "Errors".
// Data flow: functions of every floor return a failure; the client floor turns it into an error with advice.
#ifndef RESTARTCASTER_CORE_FAILURE_HPP
#define RESTARTCASTER_CORE_FAILURE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The reason of a failure. message() gives the sentence of each, failure::subject the parameter or text at fault.
enum class errc : std::uint8_t {
    /// A parameter, a credential or the stamp is not valid; nothing was sent.
    parameter_missing,
    parameter_blank_end,
    parameter_control_character,
    parameter_invisible_character,
    parameter_quoted,
    parameter_not_utf8,
    credential_malformed,
    parameter_duplicate,
    parameter_reserved,
    parameter_name_empty,
    parameter_index_out_of_range,
    parameters_too_many,
    timestamp_out_of_range,
    /// The endpoint or the URL is not valid; nothing was sent.
    host_malformed,
    url_too_long,
    /// The caller's storage is too small, or it overlaps an input; nothing was sent.
    storage_too_small,
    input_in_storage,
    /// The transport failed; not_sent is the only one of them that proves that nothing was sent.
    not_sent,
    no_answer,
    answer_too_long,
    /// The body of the answer cannot be read; from unexpected_end on, failure::detail is the byte offset.
    body_empty,
    body_encoded,
    body_not_recognised,
    unexpected_end,
    unexpected_byte,
    invalid_utf8,
    nesting_too_deep,
    trailing_bytes,
    /// The body is not JSON; failure::detail is the byte offset.
    json_invalid_escape,
    json_invalid_number,
    /// The body is not XML, or XML that the reader refuses; failure::detail is the byte offset.
    xml_doctype_refused,
    xml_encoding_refused,
    xml_entity_unknown,
    xml_reference_invalid,
    xml_tag_mismatched,
    xml_attribute_duplicate,
    xml_attributes_too_many,
    /// The answer can be read and is not a reply of the service to this call.
    request_id_missing,
    reply_unexpected,
    redirected,
    proxy_refused,
    /// This machine lacks something: an environment variable, a temporary key that has not ended (hosted/rotating_key.hpp), a
    /// working hash, random bytes.
    environment_missing,
    key_ended,
    hash_failed,
    entropy_missing,
};

namespace detail {

// `char const*`, not std::string_view: compilers would compile a constructor call for each of these many texts.
[[nodiscard]] constexpr char const* words(errc code) noexcept {
    switch (code) {
    case errc::parameter_missing: return "a required value is missing or empty";
    case errc::parameter_blank_end: return "blanks at an end, perhaps from a copy and paste; remove them";
    case errc::parameter_control_character: return "a control character where none can belong";
    case errc::parameter_invisible_character: return "an invisible character; remove it";
    case errc::parameter_quoted: return "a quotation mark at an end; remove it";
    case errc::credential_malformed: return "a character that no access key id has";
    case errc::parameter_not_utf8: return "not UTF-8; convert the text before the call";
    case errc::parameter_duplicate: return "the parameter is given twice";
    case errc::parameter_reserved: return "the parameter is set by the signature itself";
    case errc::parameter_name_empty: return "a parameter without a name";
    case errc::parameter_index_out_of_range: return "elements of a list are numbered from 1 to 65535";
    case errc::parameters_too_many: return "more parameters than the list has room for";
    case errc::timestamp_out_of_range: return "the time is outside the years 1970 to 9999; give seconds, not milliseconds";
    case errc::host_malformed: return "not a host name, or a port above 65535; give the name alone, without scheme, port or path";
    case errc::url_too_long: return "the URL is longer than the limit; send with POST";
    case errc::storage_too_small: return "the storage is too small";
    case errc::input_in_storage: return "the text lies in the storage that the request is built in; copy it first";
    case errc::not_sent: return "the request was not sent";
    case errc::no_answer: return "the request was sent and no whole answer came";
    case errc::answer_too_long: return "the answer is longer than the storage left for it";
    case errc::body_empty: return "the answer has no body";
    case errc::body_encoded: return "the body is compressed although nobody asked for it";
    case errc::body_not_recognised: return "the body is neither JSON nor XML of the service";
    case errc::unexpected_end: return "the body ends too early";
    case errc::unexpected_byte: return "a byte that cannot stand here";
    case errc::invalid_utf8: return "the body is not UTF-8";
    case errc::nesting_too_deep: return "nested deeper than the reader's limit";
    case errc::trailing_bytes: return "bytes after the end of the document";
    case errc::json_invalid_escape: return "not a JSON escape";
    case errc::json_invalid_number: return "not a JSON number";
    case errc::xml_doctype_refused: return "a document type declaration; these are never read";
    case errc::xml_encoding_refused: return "an XML encoding other than UTF-8";
    case errc::xml_entity_unknown: return "an entity that XML itself does not define";
    case errc::xml_reference_invalid: return "a character reference to no XML character";
    case errc::xml_tag_mismatched: return "an end tag that does not match its start tag";
    case errc::xml_attribute_duplicate: return "an attribute given twice";
    case errc::xml_attributes_too_many: return "more attributes in a tag than the reader's limit";
    case errc::request_id_missing: return "a success without a request id";
    case errc::reply_unexpected: return "a well-formed body that is no answer to this call";
    case errc::redirected: return "a redirect, which was not followed";
    case errc::proxy_refused: return "a proxy on the way asks for credentials of its own";
    case errc::environment_missing: return "the environment variable is not set or empty";
    case errc::key_ended: return "the temporary key has ended, or there is no key yet";
    case errc::hash_failed: return "the cryptographic library failed, and nothing was signed";
    case errc::entropy_missing: return "the operating system gave no random bytes";
    }
    return "";
}

} // namespace detail

/// The sentence of an error code: static text without a full stop.
// The switch in words() has no default, so that the compiler warns of a new code without a sentence.
[[nodiscard]] constexpr std::string_view message(errc code) noexcept { return detail::words(code); }

/// One failure of a function of this library. Trivially copyable.
/// Storage: `subject` is static text or points into an argument of the caller.
struct failure {
    /// The reason.
    errc code;
    /// HTTP status, if the status line arrived before the failure; otherwise 0.
    std::uint16_t http_status = 0;
    /// The name of the parameter or variable at fault, or the transport's own text; may be empty.
    std::string_view subject = {};
    /// A number whose meaning depends on `code`; 0 for all codes that are not in this list.
    /// storage_too_small: bytes needed. url_too_long: length of the URL in bytes.
    /// An invalid character, and failures to read a body from unexpected_end on: byte offset.
    /// Transport failures: the transport's own error number.
    /// timestamp_out_of_range: units per second of the number given (1000, 1'000'000 or 1'000'000'000) when its size shows
    /// the unit; 0 in small builds.
    std::size_t detail = 0;
    /// The invalid character of a value, as a code point; otherwise 0. No other part of the value is kept.
    char32_t character = 0;
    /// For a value in a list: the number of its element, from 1; otherwise 0.
    std::uint16_t element = 0;

    friend constexpr bool operator==(failure const&, failure const&) noexcept = default; // unreached: defaulted
};

}} // namespace restartcaster

#endif

// ---- restartcaster/core/result.hpp
// A value, or the reason of the failure; without exceptions.
// Source: a strict subset of std::expected (C++23, [expected.expected]). Never an alias of std::expected, so that the
//   type of a public function is the same under every -std option.
// Data flow: every function that can fail returns a result.
#ifndef RESTARTCASTER_CORE_RESULT_HPP
#define RESTARTCASTER_CORE_RESULT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Wraps the reason of a failure, to be converted into a result.
template <class E>
class unexpected {
public:
    /// Holds a copy of `reason`; error() returns the copy.
    constexpr explicit unexpected(E const& reason) noexcept : reason_(reason) {}
    [[nodiscard]] constexpr E const& error() const noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }

private:
    E reason_;
};

namespace detail {

struct made_by {};
struct failed_by {};

} // namespace detail

/// A value of type T, or a reason of type E. Test first: `if (r) use(*r); else tell(r.error());`.
/// Requires: `*` and `->` on a result with a value only, `error()` on a result without a value only.
template <class T, class E = failure>
class [[nodiscard]] result {
    // The compiler built-in, not std::is_trivially_copyable: one class template fewer to compile for every result.
    static_assert(__is_trivially_copyable(T) && __is_trivially_copyable(E),
                  "restartcaster::result holds trivially copyable types only");

public:
    /// The types T and E.
    using value_type = T;
    using error_type = E;

    /// A copy of a value, or of a reason.
    constexpr result(T const& value) noexcept : value_(value), has_value_(true) {}
    constexpr result(unexpected<E> const& reason) noexcept : reason_(reason.error()), has_value_(false) {}
    /// Replaces the value or reason by a copy of `reason`.
    constexpr result& operator=(unexpected<E> const& reason) noexcept {
        reason_ = reason.error();
        has_value_ = false;
        return *this;
    }
    /// The value that make() returns, constructed in place.
    template <class Make>
    constexpr result(detail::made_by, Make const& make) noexcept : value_(make()), has_value_(true) {}
    /// The reason that make() returns, constructed in place.
    template <class Make>
    constexpr result(detail::failed_by, Make const& make) noexcept : reason_(make()), has_value_(false) {}

    /// Whether the result holds a value.
    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value_; }
    /// The value.
    [[nodiscard]] constexpr T& operator*() & noexcept RESTARTCASTER_LIFETIMEBOUND { return value_; }
    [[nodiscard]] constexpr T const& operator*() const& noexcept RESTARTCASTER_LIFETIMEBOUND { return value_; }
    [[nodiscard]] constexpr T&& operator*() && noexcept RESTARTCASTER_LIFETIMEBOUND { return static_cast<T&&>(value_); }
    [[nodiscard]] constexpr T* operator->() noexcept RESTARTCASTER_LIFETIMEBOUND { return &value_; }
    [[nodiscard]] constexpr T const* operator->() const noexcept RESTARTCASTER_LIFETIMEBOUND { return &value_; }
    /// The reason.
    [[nodiscard]] constexpr E& error() & noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }
    [[nodiscard]] constexpr E const& error() const& noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }
    /// The value, or `other` if there is none.
    [[nodiscard]] constexpr T value_or(T const& other) const noexcept { return has_value_ ? value_ : other; }

    /// The result that f(value) returns, or a result with the same reason.
    template <class F>
    constexpr auto and_then(F&& f) const {
        using next = std::remove_cvref_t<std::invoke_result_t<F, T const&>>;
        if (has_value_) return next(std::forward<F>(f)(value_));
        return next(unexpected<E>(reason_));
    }
    /// A result that holds f(value), or a result with the same reason.
    template <class F>
    constexpr auto transform(F&& f) const {
        using next = result<std::invoke_result_t<F, T const&>, E>;
        if (has_value_) return next(std::forward<F>(f)(value_));
        return next(unexpected<E>(reason_));
    }

private:
    union {
        T value_;
        E reason_;
    };
    bool has_value_;
};

/// Success without a value, or a reason of type E.
template <class E>
class [[nodiscard]] result<void, E> {
public:
    using value_type = void;
    using error_type = E;

    constexpr result() noexcept : reason_{}, has_value_(true) {}
    constexpr result(unexpected<E> const& reason) noexcept : reason_(reason.error()), has_value_(false) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value_; }
    [[nodiscard]] constexpr E const& error() const noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }

private:
    E reason_;
    bool has_value_;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/core/text.hpp
// Text functions without locale and without allocation, all of them constexpr.
// Source: RFC 3629 (UTF-8), RFC 5234 (CTL, SP).
// Data flow: used by every floor above.
#ifndef RESTARTCASTER_CORE_TEXT_HPP
#define RESTARTCASTER_CORE_TEXT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

// Literals with `sv` know their length; a view of a plain literal costs small builds a call of strlen.
using std::string_view_literals::operator""sv;

namespace detail {

// std::memcpy is not constexpr, and undefined on a null pointer even for 0 bytes.
RESTARTCASTER_HOT constexpr void copy_bytes(char* to, char const* from, std::size_t count) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != count; ++i) to[i] = from[i];
    } else if (count != 0) {
        std::memcpy(to, from, count);
    }
}

/// A view of `size` bytes. Its parameters have exactly the types of the std::string_view constructor: with others the
/// compiler also tries the range constructor, which takes longer than parsing this whole header.
[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view text_at(char const* bytes, std::size_t size) noexcept {
    return {bytes, size};
}

[[nodiscard]] constexpr unsigned byte_at(std::string_view text, std::size_t at) noexcept {
    return static_cast<unsigned char>(text[at]);
}

/// At most `size` bytes of a text from `from` on. std::string_view::substr would add exception-formatting code to a
/// firmware image. Requires: from <= text.size().
[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view part(std::string_view text, std::size_t from,
                                                                std::size_t size = std::string_view::npos) noexcept {
    std::size_t const left = text.size() - from;
    return text_at(text.data() + from, size < left ? size : left);
}

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

[[nodiscard]] constexpr char ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Whether two texts are equal when the case of ASCII letters is ignored.
[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (ascii_lower(a[i]) != ascii_lower(b[i])) return false;
    return true;
}

/// The length in bytes of the UTF-8 character at the start, and its code point in `code`; 0 if the bytes are not UTF-8.
/// Overlong forms, surrogates and code points above U+10FFFF are not UTF-8. Requires: size >= 1.
[[nodiscard]] RESTARTCASTER_ONCE constexpr std::size_t utf8_character(char const* bytes, std::size_t size,
                                                                      char32_t& code) noexcept {
    code = static_cast<unsigned char>(*bytes);
    if (code < 0x80) return 1;
    if (code < 0xC2) return 0;
    // A lead byte starts with as many 1 bits as the character has bytes; each after the first requires one more byte.
    char32_t more = 0x40, least = 0;
    std::size_t length = 1;
    do {
        if (length == size) return 0;
        unsigned const bits = static_cast<unsigned char>(bytes[length++]) ^ 0x80u;
        if (bits > 0x3F) return 0;
        code = code << 6 | bits;
        least = more;
        more <<= 5;
    } while ((code & more) != 0);
    code &= more - 1;
    return code < least || code > 0x10FFFF || code >> 11 == 0x1B ? 0 : length;
}
[[nodiscard]] RESTARTCASTER_THIN constexpr std::size_t utf8_size(char const* bytes, std::size_t size) noexcept {
    char32_t code;
    return utf8_character(bytes, size, code);
}
[[nodiscard]] RESTARTCASTER_THIN constexpr std::size_t utf8_size(std::string_view text, std::size_t at) noexcept {
    return utf8_size(text.data() + at, text.size() - at);
}

} // namespace detail

/// Whether the whole text is UTF-8.
[[nodiscard]] constexpr bool is_utf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at != text.size();) {
        std::size_t const length = detail::utf8_size(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

namespace detail {

[[nodiscard]] constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// No failure. Not an enumerator, so that a switch over errc stays complete.
inline constexpr errc no_fault{0xFF};

// A range of code points below U+10000 that share a high byte: that byte, the first and the last low byte.
struct character_range {
    unsigned char high, first, last;
};
// Characters that are invisible or change how their neighbours are shown: controls, format characters, directions, and
// all spaces except U+0020.
// Source: Unicode 15, general categories Cc, Cf, Zl, Zp and Zs, Default_Ignorable_Code_Point.
inline constexpr character_range unseen_characters[] = {
    {0x00, 0x00, 0x1F}, {0x00, 0x7F, 0xA0}, {0x00, 0xAD, 0xAD}, {0x03, 0x4F, 0x4F}, {0x06, 0x1C, 0x1C},
    {0x11, 0x5F, 0x60}, {0x16, 0x80, 0x80}, {0x17, 0xB4, 0xB5}, {0x18, 0x0B, 0x0F}, {0x20, 0x00, 0x0F},
    {0x20, 0x28, 0x2F}, {0x20, 0x5F, 0x6F}, {0x30, 0x00, 0x00}, {0x31, 0x64, 0x64}, {0xFE, 0x00, 0x0F},
    {0xFE, 0xFF, 0xFF}, {0xFF, 0xA0, 0xA0}, {0xFF, 0xF0, 0xFB},
};
// Quotation marks beyond ASCII. Source: Unicode 15, property Quotation_Mark.
inline constexpr character_range quotation_marks[] = {
    {0x00, 0xAB, 0xAB}, {0x00, 0xBB, 0xBB}, {0x20, 0x18, 0x1F}, {0x20, 0x39, 0x3A},
    {0x30, 0x0C, 0x0F}, {0xFF, 0x02, 0x02}, {0xFF, 0x07, 0x07},
};

template <std::size_t N>
[[nodiscard]] constexpr bool is_one_of(character_range const (&ranges)[N], char32_t code) noexcept {
    for (character_range const& range : ranges)
        if (code >> 8 == range.high && (code & 0xFF) >= range.first && (code & 0xFF) <= range.last) return true;
    return false;
}
[[nodiscard]] constexpr bool is_unseen(char32_t code) noexcept {
    return code >> 12 == 0xE0 || is_one_of(unseen_characters, code); // U+E0000 to U+E0FFF: tags and variation selectors
}

/// Which characters a value may contain.
enum class identifier_rule : std::uint8_t {
    /// Letters, digits, '-', '.', '_': a key id is written into a header between commas, and into logs.
    key_id,
    /// Any script, because a secret may be a phrase; no character of the Unicode blocks of punctuation and of invisible
    /// characters.
    credential,
    /// Any script.
    any,
};

[[nodiscard]] constexpr bool may_hold(identifier_rule rule, char32_t c) noexcept {
    if (rule == identifier_rule::any) return true;
    if (rule == identifier_rule::credential) return c < 0x80 || (c > 0xBF && c >> 7 != 0x40 && c >> 9 != 0x7F);
    return (c | 0x20) - 'a' < 26 || (c - '-' < 13 && c != '/') || c == '_';
}

// Sets `at` to the byte offset of the fault and `character` to the character there.
template <bool Closely, class Fault>
[[nodiscard]] RESTARTCASTER_THIN constexpr Fault first_fault(char const* value, std::size_t size, identifier_rule rule,
                                                             std::size_t& at, char32_t& character) noexcept {
    if (size == 0) return Fault::parameter_missing;
    // Checks the last byte, then the first.
    for (at = size - 1;; at = 0) {
        character = static_cast<unsigned char>(value[at]);
        if (character == ' ' || character - '\t' < 5) return Fault::parameter_blank_end;
        if (character == '"' || character == '\'') return Fault::parameter_quoted;
        if (at == 0) break;
    }
    for (std::size_t length = 0; at != size; at += length) {
        length = utf8_character(value + at, size - at, character);
        if (length == 0) {
            character = 0;
            return Fault::parameter_not_utf8;
        }
        if (character < 0x20 || character - 0x7F < 0xA0 - 0x7F) return Fault::parameter_control_character;
        if (!may_hold(rule, character)) return Fault::credential_malformed;
        if (Closely && (at == 0 || at + length == size) && is_one_of(quotation_marks, character))
            return Fault::parameter_quoted;
        if (Closely && is_unseen(character)) return Fault::parameter_invisible_character;
    }
    return no_fault;
}

/// Sets code, detail and character of `why` to the first fault of a value. Leaves `why` as it is if the value is valid.
/// Without `Closely` only credentials are checked for invisible characters.
template <bool Closely, class Failure>
RESTARTCASTER_APART constexpr void find_fault(Failure& why, char const* value, std::size_t size,
                                              identifier_rule rule) noexcept {
    std::size_t at = 0;
    char32_t character = 0;
    errc const fault = first_fault<Closely, errc>(value, size, rule, at, character);
    if (fault == no_fault) return;
    why.code = fault;
    why.detail = at;
    why.character = character;
}
// Small builds skip the check for invisible characters while signing.
inline constexpr bool closely_while_signing = !RESTARTCASTER_SMALL;

} // namespace detail

/// Checks an identifier (a key id, a CasterId, a region) against the rules common to all identifiers: not empty, UTF-8,
/// no control or invisible character, no blank or quotation mark at either end.
/// Errors: parameter_missing, parameter_not_utf8, parameter_control_character, parameter_invisible_character,
///   parameter_blank_end, parameter_quoted; `name` is the subject, `character` and `detail` (byte offset) locate the fault.
[[nodiscard]] constexpr result<void> check_identifier(std::string_view name RESTARTCASTER_LIFETIMEBOUND,
                                                      std::string_view value) noexcept {
    failure why{.code = detail::no_fault, .subject = name};
    detail::find_fault<true>(why, value.data(), value.size(), detail::identifier_rule::any);
    if (why.code == detail::no_fault) return {};
    return unexpected(why);
}

}} // namespace restartcaster

#endif

// ---- restartcaster/core/utc_time.hpp
// Converts UTC seconds to the service's timestamp text, and HTTP dates to UTC seconds.
// Source: protocol "Timestamp" (ISO 8601, YYYY-MM-DDThh:mm:ssZ); RFC 9110 section 5.6.7 (HTTP dates, three forms).
// Data flow: stamp in, text for the signature out; `Date` header in, seconds out.
#ifndef RESTARTCASTER_CORE_UTC_TIME_HPP
#define RESTARTCASTER_CORE_UTC_TIME_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

#if !RESTARTCASTER_SMALL
// Two digits for each of four numbers below 100: `a` in the lowest 16 bits, the tens digit in the lower byte.
template <class Word>
[[nodiscard]] RESTARTCASTER_HOT constexpr Word digit_pairs(Word a, Word b, Word c, Word d) noexcept {
    Word const numbers = a | b << 16 | c << 32 | d << 48;
    Word const tens = numbers * 103 >> 10 & 0x000F000F000F000F;
    return 0x3030303030303030 + tens + ((numbers - 10 * tens) << 8);
}
template <class Word>
RESTARTCASTER_HOT constexpr void store_pair(char* to, Word pairs) noexcept {
    // Through one number, which compilers store with one instruction.
    auto const pair = static_cast<unsigned>(pairs & 0xFFFF);
    to[0] = static_cast<char>(pair & 0xFF);
    to[1] = static_cast<char>(pair >> 8);
}
#endif

template <class Number>
[[nodiscard]] constexpr bool is_leap(Number year) noexcept { return year % (year % 25 == 0 ? 16 : 4) == 0; }
/// The number of days in a month (1 to 12).
template <class Number>
[[nodiscard]] constexpr Number days_of(Number month, Number year) noexcept {
    return month == 2 ? (is_leap(year) ? 29u : 28u) : 30 + ((month ^ month >> 3) & 1);
}

// Days since 1970-01-01. Years start on 1 March, so that the leap day is the last day of a 400-year era.
template <class Number>
[[nodiscard]] constexpr std::int64_t days_from_date(Number year, Number month, Number day) noexcept {
    Number const y = month <= 2 ? year - 1 : year;
    Number const era = y / 400;
    Number const of_era = y - era * 400;
    Number const of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return static_cast<std::int64_t>(era) * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

} // namespace detail

/// A day and a time of day as the service writes them, e.g. 2026-11-22T17:36:19Z.
/// Units: whole seconds, UTC, no leap seconds.
class utc_time {
public:
    /// The last second that the text can express, 9999-12-31T23:59:59Z.
    static constexpr std::int64_t last = 253402300799;
    /// Bytes of the text.
    static constexpr std::size_t text_size = 20;

    /// The time of `utc_seconds`.
    /// Errors: timestamp_out_of_range outside the years 1970 to 9999, with "Timestamp" as its subject.
    [[nodiscard]] static constexpr result<utc_time> of(std::int64_t utc_seconds) noexcept {
        if (!holds(utc_seconds))
            return unexpected(failure{.code = errc::timestamp_out_of_range, .subject = "Timestamp"sv});
        return utc_time(utc_seconds);
    }
    /// Whether `utc_seconds` is from 1970 to 9999.
    [[nodiscard]] static constexpr bool holds(std::int64_t utc_seconds) noexcept {
        return utc_seconds >= 0 && utc_seconds <= last;
    }
    /// Requires: holds(utc_seconds); otherwise the text is meaningless.
    RESTARTCASTER_ONCE constexpr explicit utc_time(std::int64_t utc_seconds) noexcept {
        // A day is 675 * 128 seconds, so that all divisions are of 32 bits.
        auto const units = static_cast<std::uint32_t>(utc_seconds >> 7);
        std::uint32_t const days = units / 675;
        std::uint32_t const of_day = units % 675 * 128 + static_cast<std::uint32_t>(utc_seconds & 127);
        // Years start on 1 March and are counted in quarter days: each division is by a constant and exact in this range
        // (Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms", 2023).
        std::uint32_t const quarters = 4 * (days + 719468) + 3;
        std::uint32_t const of_century = quarters % 146097 | 3;
#if RESTARTCASTER_SMALL
        std::uint32_t const fifths = of_century % 1461 / 4 * 5 + 461;
        std::uint32_t month = (quarters / 146097 * 100 + of_century / 1461) * 100 + fifths / 153;
        if (fifths >= 13 * 153) month += 100 - 12; // January and February belong to the next year
        // Writes from the last character to the first; the pattern holds the base of each digit (octal: 12 is 10).
        std::uint32_t digits = of_day;
        for (std::size_t at = text_size; at-- != 0;) {
            auto c = static_cast<unsigned>("\12\12\12\12-\12\12-\12\12T\12\12:\6\12:\6\12Z"[at]);
            if (c <= 10) {
                unsigned const base = c;
                c = '0' + digits % base;
                digits /= base;
            }
            if (c == 'T') digits = month * 100 + fifths % 153 / 5 + 1;
            text_[at] = static_cast<char>(c);
        }
        // Non-zero when out of range: year above 9999, or any bit from 2^39 up.
        beyond_ = digits | static_cast<std::uint32_t>(utc_seconds >> 39 & 0xFFFFFFFF);
#else
        std::uint64_t const years = std::uint64_t{2939745} * of_century;
        auto const day_of_year = static_cast<std::uint32_t>(years & 0xFFFFFFFF) / 2939745 / 4;
        std::uint32_t const months = 2141 * day_of_year + 197913;
        bool const next_year = day_of_year >= 306;
        year_ = static_cast<std::uint16_t>(100 * (quarters / 146097) + static_cast<std::uint32_t>(years >> 32) +
                                           (next_year ? 1 : 0));
        month_ = static_cast<std::uint8_t>((months >> 16) - (next_year ? 12 : 0));
        day_ = static_cast<std::uint8_t>((months & 0xFFFF) / 2141 + 1);
        hour_ = static_cast<std::uint8_t>(of_day / 3600);
        minute_ = static_cast<std::uint8_t>(of_day / 60 % 60);
        second_ = static_cast<std::uint8_t>(of_day % 60);
#endif
    }

#if RESTARTCASTER_SMALL
    /// The text, e.g. 2026-11-22T17:36:19Z.
    [[nodiscard]] constexpr std::array<char, text_size> const& text() const noexcept { return text_; }
    /// Whether the time was made of seconds that it holds. In small builds less code than a call of holds() before.
    [[nodiscard]] constexpr bool representable() const noexcept { return beyond_ == 0; }
#else
    /// Writes the text at `to`, with `colon` in place of each of its two colons, e.g. "%3A"; fills
    /// text_size - 2 + 2 * colon.size() bytes.
    template <class Word = std::uint64_t>
    RESTARTCASTER_HOT constexpr void write_text(char* to, std::string_view colon) const noexcept {
        Word const date = detail::digit_pairs<Word>(year_ / 100u, year_ % 100u, month_, day_);
        Word const time = detail::digit_pairs<Word>(hour_, minute_, second_, 0);
        detail::store_pair(to, date);
        detail::store_pair(to + 2, date >> 16);
        to[4] = '-';
        detail::store_pair(to + 5, date >> 32);
        to[7] = '-';
        detail::store_pair(to + 8, date >> 48);
        to[10] = 'T';
        detail::store_pair(to + 11, time);
        detail::copy_bytes(to + 13, colon.data(), colon.size());
        to += 13 + colon.size();
        detail::store_pair(to, time >> 16);
        detail::copy_bytes(to + 2, colon.data(), colon.size());
        to += 2 + colon.size();
        detail::store_pair(to, time >> 32);
        to[2] = 'Z';
    }

    /// The text, e.g. 2026-11-22T17:36:19Z.
    [[nodiscard]] constexpr std::array<char, text_size> text() const noexcept {
        std::array<char, text_size> out{};
        write_text(out.data(), ":"sv);
        return out;
    }
#endif

    /// The result of http_date() for text that is not an HTTP date.
    static constexpr std::int64_t none = -1;

    /// UTC seconds of an HTTP date, e.g. "Sun, 22 Nov 2026 17:36:19 GMT"; `none` for anything else. The two
    /// obsolete forms are read too: "Sunday, 22-Nov-26 17:36:19 GMT" and "Sun Nov 22 17:36:19 2026". The day's name is not
    /// compared with the date. Second 60 (a leap second) counts as the first second of the next minute.
    /// Two-digit years mean 1977 to 2076: RFC 9110 counts 50 years from today, the library has no clock, and this
    /// version was written in 2026.
    [[nodiscard]] static constexpr std::int64_t http_date(std::string_view text) noexcept {
        // '0' matches a digit, '_' a digit or a blank, '#' any character. The length tells the three forms apart.
        std::string_view pattern = "###, 00 ### 0000 00:00:00 GMT"sv;
        std::size_t day_at = 5, month_at = 8, year_at = 12, time_at = 17, year_digits = 4;
        if (text.size() == 24) {
            pattern = "### ### _0 00:00:00 0000"sv;
            day_at = 8, month_at = 4, year_at = 20, time_at = 11;
        } else if (text.size() >= 30 && text.size() <= 33) { // the name of a day has 6 to 9 letters
            pattern = ", 00-###-00 00:00:00 GMT"sv;
            text.remove_prefix(text.size() - pattern.size());
            day_at = 2, month_at = 5, year_at = 9, time_at = 12, year_digits = 2;
        }
        if (text.size() != pattern.size()) return none;
        for (std::size_t i = 0; i != pattern.size(); ++i) {
            bool const digit = pattern[i] == '0' || (pattern[i] == '_' && text[i] != ' ');
            bool const any = pattern[i] == '#' || pattern[i] == '_';
            if (digit ? !detail::is_digit(text[i]) : !any && pattern[i] != text[i]) return none;
        }
        constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec"sv;
        unsigned month = 0;
        while (month != 12 && detail::part(months, month * 3u, 3) != detail::part(text, month_at, 3)) ++month;
        bool const one_digit = text[day_at] == ' ';
        auto const day = number(text, day_at + (one_digit ? 1 : 0), one_digit ? 1 : 2);
        auto const hour = number(text, time_at, 2), minute = number(text, time_at + 3, 2);
        auto const second = number(text, time_at + 6, 2);
        auto year = number(text, year_at, year_digits);
        if (year_digits == 2) year += year < 77 ? 2000 : 1900;
        if (month == 12 || year < 1970 || hour > 23 || minute > 59 || second > 60) return none;
        if (day == 0 || day > detail::days_of(month + 1, year)) return none;
        std::int64_t const read =
            detail::days_from_date(year, month + 1, day) * 86400 + hour * 3600 + minute * 60 + second;
        return holds(read) ? read : none;
    }

private:
    [[nodiscard]] static constexpr unsigned number(std::string_view text, std::size_t at, std::size_t count) noexcept {
        unsigned value = 0;
        for (; count != 0; --count) value = value * 10 + static_cast<unsigned>(text[at++] - '0');
        return value;
    }

#if RESTARTCASTER_SMALL
    std::array<char, text_size> text_;
    std::uint32_t beyond_;
#else
    std::uint16_t year_ = 0;
    std::uint8_t month_ = 0, day_ = 0, hour_ = 0, minute_ = 0, second_ = 0;
#endif
};

}} // namespace restartcaster

#endif

// ---- restartcaster/message/response.hpp
// An HTTP response: the status, the body and the header fields that the library uses.
// Source: RFC 9110 sections 5.6.7 (dates), 8.3, 8.4, 10.2.2 (Location), 10.2.3 (Retry-After); RFC 9111 section 5.1
//   (Age); RFC 3986 section 3.2 (the host in a URL); protocol "Throttling headers".
// Data flow: the user's transport fills it, read_reply reads it.
#ifndef RESTARTCASTER_MESSAGE_RESPONSE_HPP
#define RESTARTCASTER_MESSAGE_RESPONSE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The media type of the body, by its Content-Type; none: no such field.
enum class media_type : std::uint8_t { none, json, xml, other };

#if !RESTARTCASTER_SMALL
/// The host in a Location field, for people to read. The path and the query are dropped, because they may contain a
/// signature. Small builds do not have this type.
struct location_host {
    /// The longest text in bytes. A longer host keeps its end, after three dots: the end shows the owner's domain.
    static constexpr std::size_t most = 47;
    /// The text and its length in bytes; text() is the view of both.
    std::array<char, most> bytes = {};
    std::uint8_t size = 0;

    /// The host; empty if the field has none (only a path, say) or has a character that hosts cannot have.
    [[nodiscard]] constexpr std::string_view text() const noexcept { return detail::text_at(bytes.data(), size); }

    /// The host of an absolute URL or of one that begins with "//".
    [[nodiscard]] static constexpr location_host of(std::string_view url) noexcept {
        location_host out;
        auto const front = url.find("//");
        if (front == std::string_view::npos || url.find_first_of("/?#") != front) return out;
        if (front != 0 && url[front - 1] != ':') return out;
        url.remove_prefix(front + 2);
        url = detail::part(url, 0, url.find_first_of("/?#\\"));
        if (auto const user = url.rfind('@'); user != std::string_view::npos) url.remove_prefix(user + 1);
        // The colons of an IPv6 address are inside its brackets; a colon outside starts the port.
        url = detail::part(url, 0, url.starts_with('[') ? url.rfind(']') + 1 : url.find(':'));
        for (char const c : url) {
            char const letter = detail::ascii_lower(c);
            bool const plain = detail::is_digit(c) || (letter >= 'a' && letter <= 'z');
            if (!plain && ".-_:[]"sv.find(c) == std::string_view::npos) return out;
        }
        constexpr std::string_view dots = "..."sv;
        bool const cut = url.size() > most;
        if (cut) url.remove_prefix(url.size() - (most - dots.size()));
        for (char const c : cut ? dots : std::string_view()) out.bytes[out.size++] = c;
        for (char const c : url) out.bytes[out.size++] = c;
        return out;
    }
};
#endif

/// An HTTP response. A transport sets status and body, and passes every header field to header(). header() keeps values
/// and no views, so that the text of a field may end with the call.
struct response {
    /// The HTTP status, success or not.
    std::uint16_t status = 0;
    /// The body. read_reply may decode escapes in place.
    /// Storage: inside the storage given to exchange().
    std::span<char> body = {};
    /// The media type of the body.
    media_type content_type = media_type::none;
    /// Whether the body has a Content-Encoding other than identity. Requests ask for none, and the library cannot decode
    /// any.
    bool content_encoded = false;
    /// UTC seconds of the Date field, or utc_time::none.
    std::int64_t date = utc_time::none;
    /// Milliseconds to wait, from x-acs-retry-after; 0: no such field. With this field, a refusal before the operation is
    /// a throttling, whatever its code (docs/design.md, "Errors").
    std::uint32_t retry_after_ms = 0;
    /// Milliseconds until the account may call again, from the older X-RateLimit-User field; 0: no such field.
    std::uint32_t rate_limit_ms = 0;
    /// Milliseconds to wait, from Retry-After: its seconds, or its date minus `date`; 0: no such field.
    std::uint32_t http_retry_after_ms = 0;
    /// UTC seconds of a Retry-After field that holds a date, or utc_time::none.
    std::int64_t http_retry_at = utc_time::none;
    /// Whether there is an Age field: the answer comes from a cache, and its Date is old.
    bool has_age = false;
#if !RESTARTCASTER_SMALL
    /// The host of the Location field: the target of a redirect.
    location_host location = {};
#endif

    /// Milliseconds to wait: the longest of retry_after_ms, rate_limit_ms and http_retry_after_ms; 0: none of them.
    [[nodiscard]] constexpr std::uint32_t wait_ms() const noexcept {
        std::uint32_t longest = retry_after_ms;
        if (rate_limit_ms > longest) longest = rate_limit_ms;
        return http_retry_after_ms > longest ? http_retry_after_ms : longest;
    }

    /// Reads one header field. Unknown names and malformed values are ignored.
    constexpr void header(std::string_view name, std::string_view value) noexcept {
        using detail::equal_ignoring_case;
        while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
        while (!value.empty() && (value.back() == ' ' || value.back() == '\t' || value.back() == '\r' ||
                                  value.back() == '\n'))
            value.remove_suffix(1);
        if (equal_ignoring_case(name, "content-type"))
            content_type = type_of(value);
        else if (equal_ignoring_case(name, "content-encoding"))
            content_encoded = content_encoded || (!value.empty() && !equal_ignoring_case(value, "identity"));
        else if (equal_ignoring_case(name, "date"))
            set_dates(understood(utc_time::http_date(value), utc_time::none, date), http_retry_at);
        else if (equal_ignoring_case(name, "age"))
            has_age = true;
        else if (equal_ignoring_case(name, "x-acs-retry-after"))
            retry_after_ms = static_cast<std::uint32_t>(understood(number(value), 0, retry_after_ms));
        else if (equal_ignoring_case(name, "retry-after")) {
            http_retry_after_ms = static_cast<std::uint32_t>(
                understood(in_milliseconds(number(value)), 0, http_retry_after_ms));
            set_dates(date, understood(utc_time::http_date(value), utc_time::none, http_retry_at));
        }
#if !RESTARTCASTER_SMALL
        else if (equal_ignoring_case(name, "location"))
            location = location_host::of(value);
#endif
        else if (equal_ignoring_case(name, "x-ratelimit-user") || equal_ignoring_case(name, "x-ratelimit-user-api"))
            rate_limit(value);
    }

private:
    // A malformed field does not overwrite the value of an earlier, valid one.
    static constexpr std::int64_t understood(std::int64_t read, std::int64_t nothing, std::int64_t kept) noexcept {
        return read != nothing ? read : kept;
    }

    // Date and Retry-After may arrive in either order; the second of them completes the difference.
    constexpr void set_dates(std::int64_t answered_at, std::int64_t retry_at) noexcept {
        date = answered_at;
        http_retry_at = retry_at;
        if (date != utc_time::none && http_retry_at > date)
            http_retry_after_ms = in_milliseconds(static_cast<std::uint64_t>(http_retry_at - date));
    }

    template <class Text>
    static constexpr media_type type_of(Text value) noexcept {
        value = detail::part(value, 0, value.find(';'));
        while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
        if (value.empty()) return media_type::none;
        if (detail::equal_ignoring_case(value, "application/json") || detail::equal_ignoring_case(value, "text/json"))
            return media_type::json;
        if (detail::equal_ignoring_case(value, "application/xml") || detail::equal_ignoring_case(value, "text/xml"))
            return media_type::xml;
        return media_type::other;
    }

    static constexpr std::uint32_t most = ~std::uint32_t{0};

    // Saturates at the largest 32-bit number, like every number of this class.
    static constexpr std::uint32_t in_milliseconds(std::uint64_t seconds) noexcept {
        return seconds > most / 1000 ? most : static_cast<std::uint32_t>(seconds * 1000);
    }

    // 0 for text other than a run of digits.
    template <class Text>
    static constexpr std::uint32_t number(Text value) noexcept {
        std::uint64_t sum = 0;
        for (char const c : value) {
            if (!detail::is_digit(c)) return 0;
            sum = sum * 10 + static_cast<unsigned>(c - '0');
            if (sum > most) sum = most;
        }
        return static_cast<std::uint32_t>(sum);
    }

    // E.g. "Limit:1,Remain:0,TimeLeft:2000,Reset:1234": TimeLeft (ms) counts only with Remain:0.
    template <class Text>
    constexpr void rate_limit(Text value) noexcept {
        std::uint32_t left = 0;
        bool spent = false;
        while (!value.empty()) {
            Text const field = detail::part(value, 0, value.find(','));
            if (field.starts_with("TimeLeft:")) left = number(detail::part(field, 9));
            if (field == "Remain:0") spent = true;
            value.remove_prefix(field.size() == value.size() ? field.size() : field.size() + 1);
        }
        if (spent && left > rate_limit_ms) rate_limit_ms = left;
    }
};

}} // namespace restartcaster

#endif

// ---- restartcaster/core/big_endian.hpp
// Big-endian words: the byte order of the SHA family.
// Source: FIPS 180-4 section 3.1.
// Data flow: message bytes -> schedule words; state words -> digest bytes; eight characters in one word -> text.
#ifndef RESTARTCASTER_CORE_BIG_ENDIAN_HPP
#define RESTARTCASTER_CORE_BIG_ENDIAN_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

inline constexpr bool is_little_endian =
    static_cast<int>(std::endian::native) == static_cast<int>(std::endian::little);

// Shifts, not a cast: a constant expression, without alignment; compilers make one instruction of the shifts.
[[nodiscard]] RESTARTCASTER_HOT constexpr std::uint32_t load_big_endian(char const* bytes) noexcept {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[0])) << 24 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[1])) << 16 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[2])) << 8 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[3]));
}

RESTARTCASTER_HOT constexpr void store_big_endian(char* bytes, std::uint32_t word) noexcept {
#if RESTARTCASTER_GNU
    // Workaround for gcc 12: where several words are stored in a row, it makes a long vector permutation of the shifts.
    if (!std::is_constant_evaluated()) {
        if constexpr (is_little_endian) word = __builtin_bswap32(word);
        std::memcpy(bytes, &word, sizeof word);
        return;
    }
#endif
    // unreached: constant_or_not
    for (unsigned shift = 32; shift != 0; shift -= 8) *bytes++ = static_cast<char>(word >> (shift - 8) & 0xFF);
}

template <std::size_t Words>
RESTARTCASTER_HOT constexpr void store_big_endian(char* bytes,
                                                  std::array<std::uint32_t, Words> const& words) noexcept {
    std::size_t at = 0;
#if RESTARTCASTER_VECTORS
    // Four words at once: kernels load 16 bytes, and store forwarding fails when narrower stores precede a load.
    if (!std::is_constant_evaluated() && is_little_endian) {
        using four_words [[__gnu__::__vector_size__(16)]] = std::uint32_t;
        for (; at + 4 <= Words; at += 4) {
            four_words v;
            __builtin_memcpy(&v, words.data() + at, sizeof v);
            v = v << 16 | v >> 16;
            v = (v & 0x00FF00FF) << 8 | (v >> 8 & 0x00FF00FF);
            __builtin_memcpy(bytes + 4 * at, &v, sizeof v);
        }
    }
#endif
    for (; at < Words; ++at) store_big_endian(bytes + 4 * at, words[at]);
}

// Stores the most significant byte first. Workaround for gcc 12, which shuffles the bytes one by one without the
// explicit byte swap.
constexpr void store_eight(char* to, std::uint64_t value) noexcept {
#if RESTARTCASTER_GNU
    if (!std::is_constant_evaluated()) {
        if constexpr (is_little_endian) value = __builtin_bswap64(value);
        std::memcpy(to, &value, sizeof value);
        return;
    }
#endif
    // unreached: constant_or_not
    for (unsigned shift = 64; shift != 0; shift -= 8) *to++ = static_cast<char>(value >> (shift - 8) & 0xFF);
}

// Stores the lower 32 bits of `value`, the most significant byte first.
constexpr void store_four(char* to, std::uint64_t value) noexcept {
    store_big_endian(to, static_cast<std::uint32_t>(value));
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/core/borrowed_text.hpp
// A view of text that the caller keeps alive, for functions and members that read the text later.
// Source: docs/design.md, "Storage".
// Data flow: a literal, a view or a named string in, a view out; the compiler refuses a temporary string.
#ifndef RESTARTCASTER_CORE_BORROWED_TEXT_HPP
#define RESTARTCASTER_CORE_BORROWED_TEXT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// A class that converts to std::string_view and is neither std::string_view nor derived from it.
template <class T>
concept text_class = std::is_class_v<T> && std::is_convertible_v<T const&, std::string_view> &&
                     !std::is_base_of_v<std::string_view, T>;

/// A string that owns its bytes, such as std::string. A trivially copyable class counts as a view.
template <class T>
concept text_owner = text_class<T> && !std::is_trivially_copyable_v<T>;

} // namespace detail

/// A std::string_view that a temporary std::string, or another temporary string class, cannot convert to.
/// Storage: points into the caller's bytes, which must outlive the view.
class borrowed_text : public std::string_view {
public:
    constexpr borrowed_text() noexcept = default;
    /// The text of a literal, a C string, a view or a named string; a temporary string does not compile.
    constexpr borrowed_text(char const* text) noexcept : std::string_view(text) {}
    constexpr borrowed_text(char const* text, std::size_t size) noexcept : std::string_view(text, size) {}
    constexpr borrowed_text(std::string_view text) noexcept : std::string_view(text) {}
    template <detail::text_class View>
    constexpr borrowed_text(View const& text) noexcept : std::string_view(text) {}
    template <detail::text_owner String>
    constexpr borrowed_text(String const& text RESTARTCASTER_LIFETIMEBOUND) noexcept : std::string_view(text) {}
    template <detail::text_owner String>
    constexpr borrowed_text(String const&& text) noexcept : std::string_view(text) {
        static_assert(!detail::text_owner<String>,
                      "restartcaster: the bytes of a temporary string would be gone before they are read; give the "
                      "string a name, and keep it");
    }
};

}} // namespace restartcaster

#endif

// ---- restartcaster/read/scan.hpp
// The common base of both readers: a position in a document, the first failure, and fast skipping of plain bytes.
// Source: RFC 3629 (UTF-8); the tests of all bytes of a word: A. Mycroft (1987).
// Data flow: used by json.hpp, xml.hpp and service_code.hpp.
#ifndef RESTARTCASTER_READ_SCAN_HPP
#define RESTARTCASTER_READ_SCAN_HPP

// For the function that records a failure: inlined, each of its many calls would be a copy.
#if RESTARTCASTER_GNU
#define RESTARTCASTER_NOINLINE [[__gnu__::__noinline__, __gnu__::__cold__]]
#else
#define RESTARTCASTER_NOINLINE
#endif

// In this file and in the readers, Char is always char: docs/design.md, "Cheap to include".

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

#if RESTARTCASTER_VECTORS && defined(__x86_64__) // 16 bytes per iteration
using lanes [[__gnu__::__vector_size__(16)]] = signed char;
using byte_lanes [[__gnu__::__vector_size__(16)]] = char;

// The result of a comparison with one bit per lane, the first lane in the lowest bit.
[[nodiscard]] RESTARTCASTER_HOT inline unsigned mask_of(lanes comparison) noexcept {
    return static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<byte_lanes>(comparison)));
}
#endif

/// The first byte from `at` on that is a control character, not ASCII, or equal to a, b or c; otherwise `end`. In small
/// builds it skips nothing and returns `at`: their callers read byte by byte.
template <class Char, class Word = std::size_t>
[[nodiscard]] RESTARTCASTER_HOT constexpr Char const* skip_plain(Char const* at, Char const* end, Char a, Char b,
                                                                 Char c) noexcept {
#if !RESTARTCASTER_SMALL
    if (!std::is_constant_evaluated()) {
#if RESTARTCASTER_VECTORS && defined(__x86_64__)
        while (end - at >= 16) {
            lanes bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            auto const controls = bytes < 0x20; // also true for non-ASCII bytes, which are negative
            unsigned const hits = mask_of(controls | (bytes == a) | (bytes == b) | (bytes == c));
            if (hits != 0) return at + __builtin_ctz(hits);
            at += 16;
        }
#endif
        constexpr Word ones = ~Word{0} / 0xFF;
        while (static_cast<std::size_t>(end - at) >= sizeof(Word)) {
            Word bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            // A byte borrows from its neighbour only if it is a hit itself, so the lowest hit is exact.
            Word const controls = (bytes - ones * 0x20) | bytes;
            Word const stops = ((bytes ^ (ones * static_cast<unsigned char>(a))) - ones) |
                               ((bytes ^ (ones * static_cast<unsigned char>(b))) - ones) |
                               ((bytes ^ (ones * static_cast<unsigned char>(c))) - ones);
            Word const hits = (controls | stops) & (ones * 0x80);
            if (hits != 0) {
                if constexpr (!is_little_endian) break;
                return at + (std::countr_zero(hits) >> 3);
            }
            at += sizeof(Word);
        }
    }
#endif
    for (; !RESTARTCASTER_SMALL && at != end; ++at)
        if (static_cast<signed char>(*at) < 0x20 || *at == a || *at == b || *at == c) break;
    return at;
}

// The value of a hexadecimal digit; 16 for any other character.
template <class Char>
[[nodiscard]] constexpr unsigned hex_value(Char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    unsigned const letter = (static_cast<unsigned char>(c) | 0x20u) - 'a';
    return letter < 6 ? letter + 10 : 16;
}

// The index of a text in `words` (each ends with a NUL, an empty word ends the list); the number of words if it is not
// there. With `any_case` the case of letters is ignored.
template <class Char>
[[nodiscard]] constexpr unsigned find_word(Char const* text, std::size_t size, char const* words,
                                           bool any_case) noexcept {
    unsigned index = 0;
    for (; *words != '\0'; ++words, ++index) {
        std::size_t at = 0;
        for (; at != size && *words != '\0'; ++at, ++words)
            if (text[at] != *words && !(any_case && ascii_lower(text[at]) == ascii_lower(*words))) break;
        if (at == size && *words == '\0') break;
        while (*words != '\0')
            ++words;
    }
    return index;
}
// Passes the view as pointer and size: on a Cortex-M, a view is passed through memory.
template <class Char>
[[nodiscard]] RESTARTCASTER_THIN constexpr unsigned find_word(std::basic_string_view<Char> text, char const* words,
                                                              bool any_case = false) noexcept {
    return find_word(text.data(), text.size(), words, any_case);
}

// A position in a document, and the first failure. After a failure the document counts as ended, so that callers need not
// check after every step.
template <class Char>
struct cursor {
    RESTARTCASTER_ONCE constexpr cursor(Char const* begin, Char const* end) noexcept
        : begin_(begin), at_(begin), end_(end) {
        // RFC 8259, 8.1 and XML 1.0, 4.3.3: a byte order mark is no part of the text.
        if (sees("\xEF\xBB\xBF")) at_ += 3;
    }

    /// The number of bytes read; after a failure, the offset of the byte at fault.
    [[nodiscard]] constexpr std::size_t offset() const noexcept { return offset_of(at_); }

    [[nodiscard]] constexpr std::size_t offset_of(Char const* at) const noexcept {
        return static_cast<std::size_t>(at - begin_);
    }
    [[nodiscard]] static constexpr std::string_view between(Char const* from, Char const* to) noexcept {
        return text_at(from, static_cast<std::size_t>(to - from));
    }
    // The current byte; at the end a NUL, which neither format allows.
    [[nodiscard]] constexpr Char peek() const noexcept { return at_ != end_ ? *at_ : '\0'; }
    [[nodiscard]] constexpr bool sees(Char c) const noexcept { return peek() == c; }
    [[nodiscard]] constexpr bool sees(char const* word) const noexcept {
        Char const* at = at_;
        for (; *word != '\0'; ++at, ++word)
            if (at == end_ || *at != *word) return false;
        return true;
    }
    [[nodiscard]] constexpr bool sees_blank() const noexcept { return is_blank(peek()); }
    RESTARTCASTER_HOT constexpr void skip_blanks() noexcept {
        while (sees_blank())
            ++at_;
    }
    // Skips `c` if it is the current byte; returns whether it was.
    RESTARTCASTER_HOT constexpr bool advance_if(Char c) noexcept {
        bool const there = sees(c);
        if (there) ++at_;
        return there;
    }
    // Skips required bytes; a blank in `word` matches any number of blanks.
    RESTARTCASTER_HOT constexpr void advance_past(Char c) noexcept {
        if (!advance_if(c)) set_failure(errc::unexpected_byte);
    }
    constexpr void advance_past(char const* word) noexcept {
        for (; *word != '\0'; ++word) {
            if (*word == ' ')
                skip_blanks();
            else
                advance_past(*word);
        }
    }
    // Skips one or more digits; fails with `otherwise` if there is none.
    constexpr void digits(errc otherwise) noexcept {
        Char const* const from = at_;
        while (is_digit(peek()))
            ++at_;
        if (at_ == from) set_failure(otherwise);
    }
    // Skips one character that is not a control, and returns it; after a failure, returns an ASCII code.
    constexpr std::uint32_t character() noexcept {
        unsigned const byte = static_cast<unsigned char>(peek());
        if (byte >= 0x80) return wide_character();
        if (byte < 0x20)
            set_failure(errc::unexpected_byte);
        else
            ++at_;
        return byte;
    }
    constexpr std::uint32_t wide_character() noexcept {
        std::size_t const length = utf8_size(between(at_, end_), 0);
        if (length == 0) {
            set_failure(errc::invalid_utf8);
            return 0;
        }
        Char const* const end = at_ + length;
        std::uint32_t sum = static_cast<unsigned char>(*at_) & (0x7Fu >> length);
        while (++at_ != end)
            sum = sum << 6 | (static_cast<unsigned char>(*at_) & 0x3F);
        return sum;
    }
    [[nodiscard]] constexpr bool failed() const noexcept { return static_cast<bool>(code_); }
    constexpr void set_failure(errc code) noexcept { set_failure(code, at_); }
    // Keeps the first failure, and ends the document there.
    RESTARTCASTER_NOINLINE constexpr void set_failure(errc code, Char const* at) noexcept {
        if (failed()) return;
        code_ = at == end_ ? errc::unexpected_end : code;
        at_ = end_ = at;
    }
    [[nodiscard]] constexpr unexpected<failure> reason() const noexcept {
        return unexpected(failure{.code = code_, .detail = offset()});
    }

    Char const* begin_;
    Char const* at_;
    Char const* end_;
    errc code_ = {}; // the enumerator 0 cannot occur in a document and means: no failure
};

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

/// Writes one code point as UTF-8 and returns the number of bytes, which is never more than its escape had.
template <class Char>
constexpr std::size_t write_utf8(Char* to, std::uint32_t code_point) noexcept {
    auto const put = [to](std::size_t at, std::uint32_t byte) { to[at] = static_cast<Char>(byte); };
    if (code_point < 0x80) {
        put(0, code_point);
        return 1;
    }
    std::size_t const length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (std::size_t i = length - 1; i != 0; --i) {
        put(i, 0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    put(0, ((0xF00u >> length) & 0xF0) | code_point);
    return length;
}

// Reads the JSON escape or XML reference at a position, and returns its character.
template <class Char>
using escape_reader = std::uint32_t(cursor<Char>&) noexcept;

// Decodes one character: reads it at `at`, advances `at`, writes the character to `to`, and returns the number of bytes
// written, which is never more than the number read. A malformed escape is copied unchanged. Line ends follow XML 1.0,
// section 2.11; a JSON string contains no carriage return. Requires: at != end.
template <class Char>
constexpr std::size_t decode_character(Char const*& at, Char const* end, Char* to, Char mark,
                                       escape_reader<Char>* read_escape) noexcept {
    Char c = *at;
    if (c == mark) {
        cursor<Char> escape(at, end);
        std::uint32_t const code_point = read_escape(escape);
        if (!escape.failed()) {
            at = escape.at_;
            return write_utf8(to, code_point);
        }
    }
    ++at;
    if (c == '\r') {
        c = '\n';
        if (at != end && *at == '\n') ++at;
    }
    *to = c;
    return 1;
}

// Decodes a text into `storage`, which may be the text itself, and returns its size, which is never larger than before.
template <class Char>
constexpr std::size_t decode(Char const* at, Char const* end, Char* const storage, Char mark,
                             escape_reader<Char>* read_escape) noexcept {
    Char* to = storage;
    while (at != end)
        to += decode_character(at, end, to, mark, read_escape);
    return static_cast<std::size_t>(to - storage);
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/read/json.hpp
// A strict JSON pull reader, token by token, which stores and copies nothing.
// Source: RFC 8259; RFC 3629 (UTF-8).
// Data flow: the body of a response in, tokens out; answer.hpp picks the fields that it knows and skips the rest.
#ifndef RESTARTCASTER_READ_JSON_HPP
#define RESTARTCASTER_READ_JSON_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The kind of a JSON token.
enum class json_kind : std::uint8_t {
    /// `{`, `}`, `[` and `]`.
    object_begin,
    object_end,
    array_begin,
    array_end,
    /// A name in an object, and the values that are not objects or arrays.
    name,
    string,
    number,
    true_value,
    false_value,
    null_value,
    /// The end of the document.
    end,
};

namespace detail {

template <class Char>
constexpr std::size_t decode_json(std::string_view text, Char* storage) noexcept;

} // namespace detail

/// One JSON token.
/// Storage: `text` points into the document.
template <class Char>
struct basic_json_token {
    /// A string or name without its quotes and not decoded; a number or literal unchanged.
    std::basic_string_view<Char> text;
    /// Bytes of the document before `text`.
    std::size_t offset;
    json_kind kind;
    /// Whether `text` contains escapes; without escapes, no decoding is needed.
    bool escaped;

    /// The text that a string or a name stands for, decoded: surrogate pairs are one character.
    /// Storage: a token without escapes is returned as it is, and the storage is not written; otherwise the result
    ///   points into `storage`, which may be the bytes of the token itself: a text is never longer than its escapes.
    /// Errors: storage_too_small; `text.size()` bytes are always enough.
    [[nodiscard]] constexpr result<std::basic_string_view<Char>>
    decode(std::span<Char> storage RESTARTCASTER_LIFETIMEBOUND) const noexcept {
        if (!escaped) return text;
        if (storage.size() < text.size())
            return unexpected(failure{.code = errc::storage_too_small, .detail = text.size()});
        return detail::text_at(storage.data(), detail::decode_json(text, storage.data()));
    }
};
/// The token type for programs.
using json_token = basic_json_token<char>;

namespace detail {

// Reads the escape that begins at a backslash; a surrogate pair counts as one escape.
template <class Char>
constexpr std::uint32_t read_json_escape(cursor<Char>& text) noexcept {
    std::uint32_t high = 0;
    do {
        Char const* const begin = text.at_++;
        if (!text.advance_if('u')) {
            char const* pair = "\"\"\\\\//b\bf\fn\nr\rt\t"; // pairs: the letter of an escape, its character
            while (*pair != '\0' && *pair != text.peek())
                pair += 2;
            if (high != 0 || *pair == '\0') break;
            ++text.at_;
            return static_cast<unsigned char>(pair[1]);
        }
        std::uint32_t unit = 1; // the 1 moves to bit 16 after four digits
        for (unsigned digit = 0; unit < 0x10000 && (digit = hex_value(text.peek())) < 16; ++text.at_)
            unit = unit << 4 | digit;
        if (unit < 0x10000) break;
        bool const low = unit >> 10 == 0x1DC00 >> 10;
        if (low != (high != 0)) {
            text.at_ = begin;
            break;
        }
        if (low) return (high << 10) + unit - ((0x1D800u << 10) + 0x1DC00 - 0x10000);
        if (unit >> 10 != 0x1D800 >> 10) return unit - 0x10000;
        high = unit;
    } while (text.sees('\\'));
    text.set_failure(errc::json_invalid_escape);
    return 0;
}

template <class Char>
constexpr std::size_t decode_json(std::string_view text, Char* storage) noexcept {
    return decode<Char>(text.data(), text.data() + text.size(), storage, '\\', read_json_escape);
}

} // namespace detail

/// Reads the tokens of one JSON document and checks the whole document against RFC 8259.
/// Choices that the RFC leaves open: a UTF-8 byte order mark at the start is skipped; any value may be the root; bytes
/// that are not UTF-8 and `\u` escapes of half a surrogate pair are refused; numbers of any size are returned as text; a
/// duplicate name is returned twice; nesting is limited to `depth_limit` levels.
/// Storage: refers to the caller's document, which must outlive the reader and its tokens.
/// Errors: unexpected_end, unexpected_byte, invalid_utf8, nesting_too_deep, trailing_bytes,
///   json_invalid_escape, json_invalid_number; detail is the byte offset. After an error the reader stops: every
///   further call returns the same error.
/// Cost: linear in the document; 40 bytes of state with 32-bit pointers; no recursion.
template <class Char>
class basic_json_reader : protected detail::reader<Char> {
    using base = detail::cursor<Char>;
    using reader = detail::reader<Char>;
    using base::advance_if, base::advance_past, base::at_, base::between, base::character, base::digits, base::end_,
        base::set_failure, base::failed, base::offset_of, base::peek, base::reason, base::skip_blanks;
    using reader::depth_, reader::limit_;

public:
    using base::offset;
    /// The largest depth of nesting.
    static constexpr unsigned max_depth = 64;

    /// Reads `document`, with a limit of nesting of max_depth or, if smaller, `depth_limit`.
    constexpr explicit basic_json_reader(detail::document document RESTARTCASTER_LIFETIMEBOUND) noexcept
        : reader(document, max_depth, max_depth) {}
    template <detail::not_a_pointer Document>
    constexpr explicit basic_json_reader(Document&& document, unsigned depth_limit) noexcept
        : reader(detail::document(static_cast<Document&&>(document)), depth_limit, max_depth) {}

    /// The next token; json_kind::end at the end of the document and in every later call.
    [[nodiscard]] RESTARTCASTER_HOT constexpr result<basic_json_token<Char>> next() noexcept {
        detail::token<Char> token{};
        if (!step(token) && failed()) return reason();
        return basic_json_token<Char>{token.text, offset_of(token.text.data()), static_cast<json_kind>(token.kind),
                                      token.encoded};
    }

    /// Skips what the last token began: the value of a name, the rest of an object or array, or, before the first token,
    /// the root. After any other token, skips nothing. Skipped text is checked like all other text.
    constexpr result<void> skip_value() noexcept {
        if (expects_ < expects::separator) {
            unsigned const depth = expects_ == expects::value ? depth_ : depth_ - 1u;
            detail::token<Char> token{};
            while (step(token) && depth_ > depth)
                continue;
        }
        if (failed()) return reason();
        return {};
    }

private:
    template <class, detail::body_use>
    friend class detail::answer;

    // The order matters: before `separator` a string may follow; from `separator` on, skip_value() has nothing to skip. The
    // states of an object are those of an array plus 2.
    enum class expects : std::uint8_t { value, value_or_end, name, name_or_end, separator, nothing };

    // For a caller that reads members of the current object itself: whether the object is an element of an array; and what
    // follows, the first member or a further one.
    [[nodiscard]] constexpr bool object_in_array() const noexcept { return depth_ > 1 && (objects_ & 2) == 0; }
    constexpr void expect_member(bool first) noexcept { expects_ = first ? expects::name_or_end : expects::separator; }

    // 0 or 1, for arithmetic: brackets, kinds and states of objects and arrays differ by constants.
    [[nodiscard]] constexpr unsigned in_object() const noexcept { return static_cast<unsigned>(objects_) & 1; }
    [[nodiscard]] constexpr Char end_bracket() const noexcept {
        return static_cast<Char>(']' | in_object() << 5);
    }

    // Only this function takes the address of the token, so that the token stays in registers.
    template <class Kind = json_kind> // a dependent type: docs/design.md, "Cheap to include"
    RESTARTCASTER_HOT constexpr bool step(detail::token<Char>& token) noexcept {
        skip_blanks();
        if (expects_ == expects::separator && advance_if(',')) {
            expects_ = static_cast<expects>(2 * in_object());
            skip_blanks();
        }
        Char const* from = at_;
        Char const* to = from;
        Kind kind = Kind::end;
        bool escaped = false;
        if (from == end_) {
            if (expects_ != expects::nothing) set_failure(errc::unexpected_end);
        } else if (*from == '"' && expects_ < expects::separator) {
            from = ++at_;
            if (!string(escaped)) return false;
            to = at_++;
            kind = Kind::string;
            if (expects_ < expects::name) {
                expects_ = after_value();
            } else {
                kind = Kind::name;
                skip_blanks();
                if (!advance_if(':')) {
                    set_failure(errc::unexpected_byte);
                    return false;
                }
                expects_ = expects::value;
            }
        } else if (*from == end_bracket() && may_end()) {
            kind = static_cast<Kind>(3 - 2 * in_object());
            objects_ >>= 1;
            --depth_;
            to = ++at_;
            expects_ = after_value();
        } else if (expects_ > expects::value_or_end) {
            set_failure(expects_ == expects::nothing ? errc::trailing_bytes : errc::unexpected_byte);
        } else if (*from == '{' || *from == '[') {
            kind = static_cast<Kind>(begin_level());
            to = at_;
        } else {
            kind = scalar(*from);
            to = at_;
            expects_ = after_value();
        }
        token = {between(from, to), static_cast<std::uint8_t>(kind), escaped};
        return !failed() && kind != Kind::end;
    }
    // Past the bracket that begins an object or an array.
    RESTARTCASTER_HOT constexpr json_kind begin_level() noexcept {
        if (depth_ == limit_) {
            set_failure(errc::nesting_too_deep);
            return json_kind::end;
        }
        unsigned const object = peek() >> 5 & 1;
        objects_ = objects_ << 1 | object;
        ++depth_;
        ++at_;
        expects_ = static_cast<expects>(1 + 2 * object);
        return static_cast<json_kind>(2 - 2 * object);
    }
    [[nodiscard]] constexpr expects after_value() const noexcept {
        return depth_ == 0 ? expects::nothing : expects::separator;
    }
    [[nodiscard]] constexpr bool may_end() const noexcept {
        return expects_ == expects::separator || expects_ == expects::value_or_end ||
               expects_ == expects::name_or_end;
    }

    // Goes to the closing quote of a string, if there is one.
    RESTARTCASTER_HOT constexpr bool string(bool& escaped) noexcept {
        for (;;) {
            at_ = detail::skip_plain(at_, end_, '"', '\\', '\\');
            Char const c = peek();
            if (c == '"') return true;
            if (failed()) return false;
            if (c == '\\') escaped = true;
            special(c);
        }
    }
    // Skips one escape or character; in builds for speed, a run of non-ASCII characters.
    RESTARTCASTER_APART constexpr void special(Char c) noexcept {
        if (c == '\\') {
            detail::read_json_escape(*this);
            return;
        }
        character();
    }

    // Skips a number or a literal.
    constexpr json_kind scalar(Char first) noexcept {
        if (first == '-' || detail::is_digit(first)) {
            advance_if('-');
            Char const* const from = at_;
            digits(errc::json_invalid_number);
            if (at_ - from > 1 && *from == '0') set_failure(errc::json_invalid_number, from + 1);
            if (advance_if('.')) digits(errc::json_invalid_number);
            if ((peek() | 0x20) == 'e') {
                ++at_;
                if (!advance_if('+')) advance_if('-');
                digits(errc::json_invalid_number);
            }
            return json_kind::number;
        }
        unsigned kind = static_cast<unsigned>(json_kind::true_value);
        char const* word = "true\0\0false\0null\0\0"; // six bytes each, in the order of the kinds
        for (; *word != '\0' && *word != first; word += 6)
            ++kind;
        if (*word == '\0') set_failure(errc::unexpected_byte);
        advance_past(word);
        return static_cast<json_kind>(kind);
    }
    expects expects_ = expects::value;
    std::uint64_t objects_ = 0; // one bit per level, the innermost lowest; 1: an object
};

/// The reader for programs. Char is always char; it is a template parameter, so that an unused reader costs no compile
/// time.
using json_reader = basic_json_reader<char>;

}} // namespace restartcaster

#endif

// ---- restartcaster/read/xml_characters.hpp
// The characters of XML, the characters of names, and the decoding of references.
// Source: XML 1.0, fifth edition: productions 2, 4, 4a and 66, and 4.6 for the five entities.
// Data flow: used by xml.hpp.
#ifndef RESTARTCASTER_READ_XML_CHARACTERS_HPP
#define RESTARTCASTER_READ_XML_CHARACTERS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// XML 1.0, production 4a: one bit per character below U+0080, and ranges from U+0080 to U+FFFD. The last 3 ranges cannot
// begin a name.
inline constexpr std::uint32_t xml_name_ascii[] = {0, 0x07FF6000, 0x87FFFFFE, 0x07FFFFFE};
inline constexpr std::uint16_t xml_name_ranges[][2] = {
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},   {0x37F, 0x1FFF},
    {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF},
    {0xFDF0, 0xFFFD}, {0xB7, 0xB7},     {0x300, 0x36F},   {0x203F, 0x2040}};

// Whether a byte may belong to a name; true for every byte of a non-ASCII character.
template <class Char>
[[nodiscard]] constexpr bool is_xml_name_byte(Char c) noexcept {
    unsigned const byte = static_cast<unsigned char>(c);
#if RESTARTCASTER_SMALL
    return (byte | 0x20) - 'a' < 26 || byte >= 0x80 || byte == '_' || (byte - '-' < 14 && byte != '/');
#else
    return byte >= 0x80 || (xml_name_ascii[byte >> 5] >> (byte & 31) & 1) != 0;
#endif
}

// The first byte from `at` on that is not an ASCII byte of a name, otherwise `end`; in small builds `at`, as skip_plain.
template <class Char>
[[nodiscard]] RESTARTCASTER_HOT constexpr Char const* skip_xml_name(Char const* at,
                                                                    Char const* end) noexcept {
#if RESTARTCASTER_VECTORS && defined(__x86_64__)
    if (!std::is_constant_evaluated()) {
        while (end - at >= 16) {
            lanes bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            lanes const lower = bytes | 0x20;
            unsigned const hits = 0xFFFF & ~mask_of(((lower >= 'a') & (lower <= 'z')) | (bytes == '_') |
                                                    ((bytes >= '-') & (bytes <= ':') & (bytes != '/')));
            if (hits != 0) return at + __builtin_ctz(hits);
            at += 16;
        }
    }
#endif
    while (!RESTARTCASTER_SMALL && at != end && static_cast<unsigned char>(*at) < 0x80 && is_xml_name_byte(*at))
        ++at;
    return at;
}

// Skips bytes that may belong to a name, without checking the characters.
template <class Char>
RESTARTCASTER_HOT constexpr void skip_name_bytes(cursor<Char>& text) noexcept {
    text.at_ = skip_xml_name(text.at_, text.end_);
    while (is_xml_name_byte(text.peek()))
        ++text.at_;
}

// Whether a non-ASCII character may be in a name, or begin one.
template <class CodePoint>
[[nodiscard]] constexpr bool is_xml_name_character(CodePoint code_point, bool first) noexcept {
    if (code_point >= 0x10000) return code_point < 0xF0000;
    for (std::size_t i = 0; i != sizeof xml_name_ranges / sizeof *xml_name_ranges - (first ? 3u : 0u); ++i)
        if (code_point >= xml_name_ranges[i][0] && code_point <= xml_name_ranges[i][1]) return true;
    return false;
}

// XML 1.0, production 2.
[[nodiscard]] constexpr bool is_xml_character(std::uint32_t code_point) noexcept {
    if (code_point < 0x20) return code_point == '\t' || code_point == '\n' || code_point == '\r';
    return code_point < 0x110000 && (code_point < 0xD800 || code_point > 0xDFFF) &&
           code_point >> 1 != 0xFFFE >> 1;
}

// Reads the reference that begins at an ampersand.
template <class Char>
constexpr std::uint32_t read_xml_reference(cursor<Char>& text) noexcept {
    Char const* const from = text.at_++;
    bool const numeric = text.advance_if('#');
    std::uint32_t code_point = 0; // not an XML character
    if (numeric) {
        unsigned const base = text.advance_if('x') ? 16 : 10;
        for (unsigned digit = 0; (digit = hex_value(text.peek())) < base && code_point < 0x110000; ++text.at_)
            code_point = code_point * base + digit;
    } else {
        Char const* const name = text.at_;
        skip_name_bytes(text);
        code_point = static_cast<unsigned char>(
            "<>&'\""[find_word(cursor<Char>::between(name, text.at_), "lt\0gt\0amp\0apos\0quot\0")]);
    }
    if (!is_xml_character(code_point) || !text.advance_if(';'))
        text.set_failure(numeric ? errc::xml_reference_invalid : errc::xml_entity_unknown,
                  text.at_ == text.end_ ? text.at_ : from);
    return code_point;
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/read/xml.hpp
// A strict XML pull reader for replies, token by token; stores nothing, fetches nothing and expands no entity.
// Source: XML 1.0, fifth edition, without document type declarations.
// Data flow: the body of a response in, tokens out; answer.hpp picks the fields that it knows and skips the rest.
#ifndef RESTARTCASTER_READ_XML_HPP
#define RESTARTCASTER_READ_XML_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The kind of an XML token. The numbers equal those of the kinds in json_kind with the same role in an answer.
enum class xml_kind : std::uint8_t { element_begin = 4, text = 5, cdata = 6, element_end = 1, end = 10 };

namespace detail {

template <class Char>
constexpr std::size_t decode_xml(std::string_view text, bool cdata, Char* storage) noexcept {
    return decode<Char>(text.data(), text.data() + text.size(), storage, cdata ? '\0' : '&', read_xml_reference);
}

} // namespace detail

/// One XML token.
/// Storage: `text` points into the document.
template <class Char>
struct basic_xml_token {
    /// The name of an element with its prefix, or a piece of text, not decoded.
    std::basic_string_view<Char> text;
    /// Bytes of the document before `text`.
    std::size_t offset;
    xml_kind kind;
    /// Whether a piece of text contains references or carriage returns; without them, no decoding is needed.
    bool encoded;

    /// The text that a piece of text or CDATA stands for: references and line ends are read.
    /// Storage: a piece that is its own decoding is returned as it is, and the storage is not written; otherwise the
    ///   result points into `storage`, which may be the bytes of the token itself.
    /// Errors: storage_too_small; `text.size()` bytes are always enough.
    [[nodiscard]] constexpr result<std::basic_string_view<Char>>
    decode(std::span<Char> storage RESTARTCASTER_LIFETIMEBOUND) const noexcept {
        if (!encoded) return text;
        if (storage.size() < text.size())
            return unexpected(failure{.code = errc::storage_too_small, .detail = text.size()});
        return detail::text_at(storage.data(), detail::decode_xml(text, kind == xml_kind::cdata, storage.data()));
    }
};
/// The token type for programs.
using xml_token = basic_xml_token<char>;

/// Reads the tokens of one XML document and checks the whole document for well-formedness. It reads elements, text,
/// CDATA sections, comments, processing instructions, the XML declaration, the five predefined entities and character
/// references. Attributes, comments and processing instructions are checked and not returned.
/// Choices: a UTF-8 byte order mark at the start is skipped; version 1.1 is read as 1.0; names follow the fifth edition,
/// include the namespace prefix and are compared as bytes. A document type declaration is refused before its content is
/// read, so that no entity is ever declared, expanded or fetched. Only UTF-8 is accepted.
/// Nesting is limited to `depth_limit` levels, an element to `attribute_limit` attributes.
/// Storage: refers to the caller's document, which must outlive the reader and its tokens.
/// Errors: unexpected_end, unexpected_byte, invalid_utf8, nesting_too_deep, trailing_bytes,
///   xml_doctype_refused, xml_encoding_refused, xml_entity_unknown, xml_reference_invalid,
///   xml_tag_mismatched, xml_attribute_duplicate, xml_attributes_too_many; detail is the byte offset. After
///   an error the reader stops: every further call returns the same error.
/// Cost: linear in the document; 156 bytes of state with 32-bit pointers; no recursion.
template <class Char>
class basic_xml_reader : protected detail::reader<Char> {
    using base = detail::cursor<Char>;
    using reader = detail::reader<Char>;
    using base::advance_if, base::advance_past, base::at_, base::between, base::character, base::digits, base::end_,
        base::set_failure, base::failed, base::offset_of, base::peek, base::reason, base::sees, base::sees_blank,
        base::skip_blanks;
    using reader::depth_, reader::limit_;

public:
    using base::offset;
    /// The largest depth of nesting, and the largest number of attributes of one element.
    static constexpr unsigned max_depth = 32;
    static constexpr unsigned attribute_limit = 16;

    /// Reads `document`, with a limit of nesting of max_depth or, if smaller, `depth_limit`.
    constexpr explicit basic_xml_reader(detail::document document RESTARTCASTER_LIFETIMEBOUND) noexcept
        : reader(document, max_depth, max_depth) {
        begin_document();
    }
    template <detail::not_a_pointer Document>
    constexpr explicit basic_xml_reader(Document&& document, unsigned depth_limit) noexcept
        : reader(detail::document(static_cast<Document&&>(document)), depth_limit, max_depth) {
        begin_document();
    }

    /// The next token; xml_kind::end at the end of the document and in every later call. An empty-element tag gives
    /// element_begin and element_end. The blanks around the root element are not returned.
    [[nodiscard]] RESTARTCASTER_HOT constexpr result<basic_xml_token<Char>> next() noexcept {
        detail::token<Char> token{};
        if (!step(token) && failed()) return reason();
        return basic_xml_token<Char>{token.text, offset_of(token.text.data()), static_cast<xml_kind>(token.kind),
                                     token.encoded};
    }

    /// Skips the rest of the innermost open element; nothing if none is open. Skipped text is checked like all other
    /// text.
    constexpr result<void> skip_value() noexcept {
        for (unsigned const depth = depth_; depth_ != 0 && depth_ >= depth;) {
            detail::token<Char> token{};
            if (!step(token)) break;
        }
        if (failed()) return reason();
        return {};
    }

    /// Reads the rest of the innermost open element and returns its text: text and CDATA pieces, decoded and joined;
    /// inner elements are skipped.
    /// Storage: a single piece that needs no decoding is returned as a view of the document, and `storage` is not used.
    ///   Otherwise the text is written to the start of `storage`. `storage` may be the bytes of the document from offset()
    ///   on, which are always enough.
    /// Errors: as for next(); storage_too_small with the number of bytes needed.
    [[nodiscard]] constexpr result<std::basic_string_view<Char>>
    read_text(std::span<Char> storage RESTARTCASTER_LIFETIMEBOUND) noexcept {
        Char* const bytes = storage.data();
        unsigned const depth = depth_;
        std::basic_string_view<Char> text = detail::text_at(bytes, 0);
        std::size_t used = 0;
        while (depth_ != 0 && depth_ >= depth) {
            detail::token<Char> token{};
            if (!step(token)) break;
            bool const cdata = is_a(token, xml_kind::cdata);
            if (depth_ != depth || (!cdata && !is_a(token, xml_kind::text))) continue;
            if (text.empty() && !token.encoded) {
                text = token.text;
                continue;
            }
            std::size_t const needed = text.size() + token.text.size();
            if (needed > storage.size())
                return unexpected(failure{.code = errc::storage_too_small, .detail = needed});
            if (used == 0)
                for (; used != text.size(); ++used)
                    bytes[used] = text[used];
            used += detail::decode_xml(token.text, cdata, bytes + used);
            text = detail::text_at(bytes, used);
        }
        if (failed()) return reason();
        return text;
    }

private:
    template <class, detail::body_use>
    friend class detail::answer;
    template <class>
    friend struct detail::raw_text;

    [[nodiscard]] static constexpr bool is_a(detail::token<Char> const& token, xml_kind kind) noexcept {
        return token.kind == static_cast<std::uint8_t>(kind);
    }

    constexpr void begin_document() noexcept {
        names_[0] = at_;
#if !RESTARTCASTER_SMALL
        // The two usual forms of the XML declaration, the service's and the most common one, in one comparison each.
        constexpr std::string_view usual = "<?xml version='1.0' encoding='UTF-8'?>"sv;
        constexpr std::string_view quoted = R"(<?xml version="1.0" encoding="UTF-8"?>)"sv;
        if (static_cast<std::size_t>(end_ - at_) < usual.size() || at_[1] != '?') return;
        auto const front = detail::text_at(at_, usual.size());
        if (front == usual || front == quoted) at_ += usual.size();
#endif
    }

    // From now on, the end tag of the innermost element is compared with `name`, which ends with a quote, and not with the start
    // tag, which may be overwritten. Requires: step<true>(), which gives no name with the end of an empty-element tag.
    constexpr void set_innermost(Char const* name) noexcept { names_[depth_ % max_depth] = name; }

    // Whether the reader is inside of an element, and not before the end of an empty-element tag.
    [[nodiscard]] constexpr bool in_content() const noexcept { return depth_ != 0 && !empty_element_; }

    template <bool Foreign = false>
    RESTARTCASTER_HOT constexpr bool step(detail::token<Char>& token) noexcept {
        auto const kind = empty_element_ ? xml_kind::element_end : markup();
        Char const* from = at_;
        Char const* to = from;
        if (kind == xml_kind::element_begin) {
            to = start_tag();
        } else if (kind == xml_kind::element_end) {
            if (Foreign && empty_element_) {
                to = from;
            } else if (empty_element_) {
                Char const* const back = at_;
                from = at_ = innermost();
                detail::skip_name_bytes(*this);
                to = at_;
                at_ = back;
            } else {
                if (!accept_name<Foreign>(innermost())) set_failure(errc::xml_tag_mismatched);
                to = at_;
                skip_blanks();
                advance_past('>');
            }
            encoded_ = empty_element_ = false;
            --depth_;
        } else if (kind == xml_kind::text) {
            encoded_ = false;
            at_ = detail::skip_plain(at_, end_, '<', '&', ']');
            if (!sees('<')) skip_to("<");
            to = at_;
        } else if (kind == xml_kind::cdata) {
            encoded_ = false;
            at_ = detail::skip_plain(at_, end_, ']', ']', ']');
            skip_to("]]>");
            to = at_;
            advance_past("]]>");
        }
        token = {between(from, to), static_cast<std::uint8_t>(kind), encoded_};
        return kind != xml_kind::end && !failed();
    }

    // Skips comments, processing instructions and the bytes that show the kind of the next token.
    RESTARTCASTER_HOT constexpr xml_kind markup() noexcept {
        for (;;) {
            bool const content = depth_ != 0;
            if (!content) {
                skip_blanks();
                if (at_ == end_ && begun_) return xml_kind::end;
            }
            Char const* const from = at_;
            if (!advance_if('<')) {
                if (content) return xml_kind::text;
            } else if (sees('!') || sees('?')) {
                if (begins_cdata(content)) return xml_kind::cdata;
                continue;
            } else if (advance_if('/')) {
                if (content) return xml_kind::element_end;
            } else if (content || !begun_) {
                return xml_kind::element_begin;
            }
            set_failure(begun_ ? errc::trailing_bytes : errc::unexpected_byte, from);
            return xml_kind::end;
        }
    }
    // Skips an instruction, a comment or the start of a CDATA section, after the `<`. True: a CDATA section starts.
    constexpr bool begins_cdata(bool content) noexcept {
        if (advance_if('?')) {
            instruction();
            return false;
        }
        ++at_;
        if (content && sees('[')) {
            advance_past("[CDATA[");
            return true;
        }
        comment();
        return false;
    }
    // Skips a comment, after its `<!`.
    constexpr void comment() noexcept {
        if (sees('D')) {
            Char const* const from = at_ - 2;
            advance_past("DOCTYPE");
            set_failure(errc::xml_doctype_refused, from);
        }
        advance_past("--");
        skip_to("--");
        advance_past("-->");
    }
    // Skips a processing instruction, or the XML declaration at the start of the document, after its `<?`.
    constexpr void instruction() noexcept {
        Char const* const from = at_;
        bool const first = from - 2 == names_[0];
        name();
        bool const blank = sees_blank();
        if (first && blank && is("xml\0", from)) {
            declaration();
        } else {
            if (is("xml\0", from, true)) set_failure(errc::unexpected_byte, from);
            if (blank) skip_to("?>");
        }
        advance_past("?>");
    }
    // Whether the text from `from` to here is `word`.
    [[nodiscard]] constexpr bool is(char const* word, Char const* from, bool any_case = false) const noexcept {
        return detail::find_word(between(from, at_), word, any_case) == 0;
    }
    // Goes to the start of `word`. If `word` is one byte, it ends text or a value, which may contain references and no
    // markup.
    constexpr void skip_to(char const* word) noexcept {
        bool const references = word[1] == '\0';
        for (;;) {
            if (*word == '<' || *word == ']') at_ = detail::skip_plain(at_, end_, '<', '&', ']');
            if (sees(word) || failed()) return;
            Char const c = peek();
            if (c == '\r') encoded_ = true;
            if (references) {
                if (c == '<' || (c == ']' && *word == '<' && sees("]]>"))) set_failure(errc::unexpected_byte);
                if (c == '&') {
                    encoded_ = true;
                    detail::read_xml_reference(*this);
                    continue;
                }
            }
            xml_character();
        }
    }
    // Skips one character that XML allows.
    constexpr void xml_character() noexcept {
        Char const* const from = at_;
        if (sees_blank())
            ++at_;
        else if (character() >> 1 == 0xFFFE >> 1) // XML excludes U+FFFE and U+FFFF
            set_failure(errc::unexpected_byte, from);
    }

    // Skips a name.
    RESTARTCASTER_HOT constexpr void name() noexcept {
        Char const* const from = at_;
        for (;;) {
            at_ = detail::skip_xml_name(at_, end_);
            Char const c = peek();
            if (RESTARTCASTER_SMALL ? !detail::is_xml_name_byte(c) : static_cast<unsigned char>(c) < 0x80) break;
            name_character(at_ == from);
        }
        // '-', '.' and digits may be in a name and cannot begin one.
        if (at_ == from || static_cast<unsigned char>(*from - '-') < 13) set_failure(errc::unexpected_byte, from);
    }
    constexpr void name_character(bool first) noexcept {
        Char const* const from = at_;
        auto const code_point = character();
        if (code_point >= 0x80 && !detail::is_xml_name_character(code_point, first)) set_failure(errc::unexpected_byte, from);
    }

    RESTARTCASTER_HOT constexpr Char const* start_tag() noexcept {
        Char const* const from = at_;
        if (depth_ == limit_) set_failure(errc::nesting_too_deep, from - 1);
        name();
        Char const* const to = at_;
        if (!sees('>')) attributes();
        encoded_ = false;
        ++depth_;
        names_[depth_ % max_depth] = from;
        begun_ = true;
        empty_element_ = advance_if('/');
        advance_past('>');
        return to;
    }
    // Goes to the `>` or `/` that ends a start tag.
    constexpr void attributes() noexcept {
        Char const* names[attribute_limit];
        for (unsigned count = 0; !failed(); ++count) {
            Char const* from = at_;
            skip_blanks();
            if (sees('>') || sees('/')) return;
            if (at_ == from) set_failure(errc::unexpected_byte);
            if (count == attribute_limit) {
                set_failure(errc::xml_attributes_too_many);
                return;
            }
            from = at_;
            for (unsigned i = 0; i != count; ++i)
                if (accept_name(names[i]) && at_ != end_) set_failure(errc::xml_attribute_duplicate, from);
            name();
            names[count] = from;
            Char const* const mark = quote();
            skip_to(mark);
            advance_past(mark);
        }
    }
    // Skips `=` and the opening quote; returns the quote, which also closes the value.
    constexpr Char const* quote() noexcept {
        advance_past(" = ");
        Char const* const mark = sees('"') ? "\"" : "'";
        advance_past(mark);
        return mark;
    }
    // Skips a name if it equals the name that begins at `begun`. A name cut off by the end of the document counts as equal.
    // With Foreign, `begun` may be outside the document.
    template <bool Foreign = false>
    constexpr bool accept_name(Char const* begun) noexcept {
        Char const* const from = at_;
#if !RESTARTCASTER_SMALL
        if constexpr (!Foreign) {
            // The fast case, an ASCII name: its length is known from the name at `begun`.
            Char const* const ended = detail::skip_xml_name(begun, end_);
            std::size_t const length = static_cast<std::size_t>(ended - begun);
            if (length < static_cast<std::size_t>(end_ - from) && between(begun, ended) == between(from, from + length) &&
                static_cast<unsigned char>(*ended) < 0x80 && !detail::is_xml_name_byte(from[length])) {
                at_ += length;
                return true;
            }
        }
#endif
        detail::skip_name_bytes(*this);
        Char const* same = from;
        for (; same != at_ && *same == *begun; ++same)
            ++begun;
        if (same == at_ && (same == end_ || !detail::is_xml_name_byte(*begun))) return true;
        at_ = from;
        return false;
    }

    // The name of the innermost open element. Requires: an open element.
    [[nodiscard]] constexpr Char const* innermost() const noexcept {
        return names_[depth_ % max_depth];
    }

    // Skips the rest of an XML declaration: XML 1.0, productions 23 to 26, 32, 80 and 81.
    constexpr void declaration() noexcept {
        advance_past(" version");
        Char const* const mark = quote();
        advance_past("1.");
        digits(errc::unexpected_byte);
        advance_past(mark);
        pseudo_attribute("encoding", "utf-8\0us-ascii\0", errc::xml_encoding_refused);
        pseudo_attribute("standalone", "yes\0no\0", errc::unexpected_byte);
        skip_blanks();
    }
    // Skips a blank, `name`, `=` and one of two values, if that name follows. The case of an encoding is ignored.
    constexpr void pseudo_attribute(char const* name, char const* values, errc otherwise) noexcept {
        Char const* from = at_;
        skip_blanks();
        if (!sees(*name)) {
            at_ = from;
            return;
        }
        if (at_ == from) set_failure(errc::unexpected_byte);
        advance_past(name);
        Char const* const mark = quote();
        from = at_;
        skip_to(mark);
        if (detail::find_word(between(from, at_), values, *name == 'e') == 2) set_failure(otherwise, from);
        advance_past(mark);
    }

    bool begun_ = false;         // the root element has begun
    bool empty_element_ = false; // the last tag was an empty-element tag, whose element_end comes next
    bool encoded_ = false;       // the last text contains references or carriage returns
    // The names of the open elements, in their start tags. names_[0] is the start of the document until max_depth elements
    // are open.
    Char const* names_[max_depth];
};

/// The reader for programs. Char is always char; it is a template parameter, so that an unused reader costs no compile
/// time.
using xml_reader = basic_xml_reader<char>;

}} // namespace restartcaster

#endif

// ---- restartcaster/read/raw_text.hpp
// Texts of a body that stay encoded: comparing them, and decoding them in place where the document stays well-formed.
// Source: RFC 8259 section 7; XML 1.0, section 2.
// Data flow: the raw text of a field in, decoded bytes out; answer.hpp uses it for bodies that must stay unchanged.
#ifndef RESTARTCASTER_READ_RAW_TEXT_HPP
#define RESTARTCASTER_READ_RAW_TEXT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Kinds of JSON and XML tokens with one meaning have one number, so that one function reads both formats.
inline constexpr unsigned name_kind = static_cast<unsigned>(json_kind::name);
static_assert(name_kind == static_cast<unsigned>(xml_kind::element_begin));
inline constexpr unsigned text_kind = static_cast<unsigned>(json_kind::string);
static_assert(text_kind == static_cast<unsigned>(xml_kind::text));
inline constexpr unsigned more_text_kind = static_cast<unsigned>(json_kind::number);
static_assert(more_text_kind == static_cast<unsigned>(xml_kind::cdata));

/// Removes the blanks at both ends of a text.
template <class Text>
RESTARTCASTER_ONCE constexpr void trim(Text& text) noexcept {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
}

// The escapes of a piece of text.
template <class Char>
struct escape_syntax {
    Char mark;
    escape_reader<Char>* read_escape;
};
template <class Char>
[[nodiscard]] constexpr escape_syntax<Char> syntax_of(media_type type, unsigned kind) noexcept {
    if (type == media_type::json) return {'\\', read_json_escape<Char>};
    return {kind == text_kind ? '&' : '\0', read_xml_reference<Char>};
}
// Decodes a piece of text to `to`, which is the piece itself or earlier bytes; returns the decoded length in bytes.
template <class Char>
constexpr std::size_t decode_piece(media_type type, unsigned kind, std::string_view piece, Char* to) noexcept {
    escape_syntax<Char> const syntax = syntax_of<Char>(type, kind);
    return decode(piece.data(), piece.data() + piece.size(), to, syntax.mark, syntax.read_escape);
}

/// Compares a text that arrives byte by byte with `expected`, ignoring blanks at both ends of the text.
struct comparison {
    std::string_view expected;
    std::size_t matched = 0;
    bool differs = false;

    constexpr void take(char c) noexcept {
        if (matched != expected.size() && c == expected[matched])
            ++matched;
        else if (!is_blank(c) || (matched != 0 && matched != expected.size()))
            differs = true;
    }
    [[nodiscard]] constexpr bool equal() const noexcept { return !differs && matched == expected.size(); }
};

/// A text that was not decoded: it has escapes, or consists of several pieces of XML text.
template <class Char>
struct raw_text {
    std::string_view text;
    media_type type;

    // Passes the pieces of the text to take(piece, kind). In JSON there is one piece; in XML, the pieces that are direct
    // children of the element.
    template <class Take>
    constexpr void each_piece(Take const& take) const noexcept {
        if (type == media_type::json) return take(text, text_kind);
        // One byte more: the '<' of the end tag, at which the reader ends the last piece.
        basic_xml_reader<Char> content(text_at(text.data(), text.size() + 1));
        content.at_ = text.data();
        content.depth_ = 1;
        content.begun_ = true;
        token<Char> token;
        while (content.step(token))
            if (content.depth_ == 1 && (token.kind == text_kind || token.kind == more_text_kind))
                take(token.text, token.kind);
    }
    // Passes the decoded bytes of the text to take(byte).
    template <class Take>
    constexpr void each_byte(Take const& take) const noexcept {
        each_piece([this, &take](std::string_view piece, unsigned kind) {
            escape_syntax<Char> const syntax = syntax_of<Char>(type, kind);
            Char const* at = piece.data();
            Char const* const end = at + piece.size();
            Char bytes[4] = {};
            while (at != end) {
                std::size_t const size = decode_character(at, end, bytes, syntax.mark, syntax.read_escape);
                for (std::size_t i = 0; i != size; ++i)
                    take(bytes[i]);
            }
        });
    }
    // Whether the decoded text, without the blanks at both ends, is `expected`.
    [[nodiscard]] constexpr bool equals(std::string_view expected) const noexcept {
        comparison with_expected{expected};
        each_byte([&with_expected](Char c) { with_expected.take(c); });
        return with_expected.equal();
    }
    // Whether the decoded text is `expected`.
    [[nodiscard]] constexpr bool same(std::string_view expected) const noexcept {
        bool equal = true;
        each_byte([&equal, &expected](Char c) {
            equal = equal && !expected.empty() && expected.front() == c;
            if (equal) expected.remove_prefix(1);
        });
        return equal && expected.empty();
    }
    // Whether the decoded text needs no escapes in this document: no markup and no control characters.
    [[nodiscard]] constexpr bool fits() const noexcept {
        bool all = true;
        each_byte([this, &all](Char c) {
            bool const mark = type == media_type::xml ? c == '<' || c == '>' || c == '&' : c == '"' || c == '\\';
            if (mark || static_cast<unsigned char>(c) < 0x20) all = false;
        });
        return all;
    }
    // Decodes the text in place and returns it. Blanks fill the bytes that decoding frees, so that the document stays
    // well-formed: in XML inside the element after the text, in JSON after the closing quote, which moves forward.
    [[nodiscard]] constexpr std::string_view decode() const noexcept {
        Char* const begin = const_cast<Char*>(text.data());
        Char* at = begin;
        each_piece([this, &at](std::string_view piece, unsigned kind) { at += decode_piece<Char>(type, kind, piece, at); });
        Char* end = begin + text.size();
        std::string_view const decoded = text_at(begin, static_cast<std::size_t>(at - begin));
        if (type == media_type::json) {
            *at++ = '"';
            ++end;
        }
        while (at != end)
            *at++ = ' ';
        return decoded;
    }
};

/// The end of a decoded JSON name, for names in a body that must stay unchanged: the last 16 bytes. The longest name that is
/// looked for has 12 bytes (ErrorMessage), so 16 bytes never equal such a name.
template <class Char>
class end_of_name {
public:
    /// Storage: the text points into this object.
    [[nodiscard]] constexpr std::string_view decode(std::string_view raw) noexcept {
        Char const* at = raw.data();
        Char const* const end = at + raw.size();
        std::size_t size = 0;
        while (at != end) {
            size += decode_character(at, end, bytes_ + size, '\\', read_json_escape<Char>);
            for (; size > most; --size)
                for (std::size_t i = 1; i != size; ++i)
                    bytes_[i - 1] = bytes_[i];
        }
        return text_at(bytes_, size);
    }

private:
    static constexpr std::size_t most = 16;
    Char bytes_[most + 4] = {}; // a character has at most 4 bytes
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/read/reply_table.hpp
// The description of a reply as a table, which the reader follows while it reads a body.
// Source: docs/design.md, "Typed replies".
// Data flow: fields.hpp makes the table at compile time; pack.hpp follows the table.
#ifndef RESTARTCASTER_READ_REPLY_TABLE_HPP
#define RESTARTCASTER_READ_REPLY_TABLE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// What a described field holds. A record is an object with described members.
enum class field_kind : std::uint8_t { record, text, number, boolean };

/// Which fields have a plain form, which take_plain_members() and take_plain_elements() know.
enum class plain_kind : std::uint8_t { none, text, number };

/// One name in an answer. Nodes form a tree: the children of a record are the names that are expected in it.
struct reply_node {
    /// The name: its offset in the names of the table, which have the form "name":" of a JSON text, and its length in bytes.
    std::uint16_t name = 0;
    std::uint8_t name_size = 0;
    /// What the field holds; if `is_list`, what each element of the list holds.
    field_kind kind = field_kind::record;
    bool is_list = false;
    plain_kind plain = plain_kind::none;
    /// The number of the field in its record, from 1 on. For an object, the number of its first field; an object that is no
    /// element of a list has no number of its own, because its fields are numbered with those of the enclosing record.
    std::uint8_t tag = 0;
    /// For an object: the number after that of its last field.
    std::uint8_t last = 0;
    /// Indices of nodes; as a child or as a sibling, 0 means none.
    std::uint8_t parent = 0;
    std::uint8_t child = 0;
    std::uint8_t next = 0;
};

/// The nodes of a reply, the root first, and their names, with 8 more bytes behind them.
struct reply_table {
    reply_node const* nodes;
    unsigned size;
    char const* names;
};

// The packed form of a reply, as pack.hpp writes it and list.hpp reads it. A record is a sequence of fields, ended by 0:
//
//   text      tag, length, bytes
//   number    tag, value
//   boolean   tag, 0 or 1
//   list      tag, elements, 0
//   absent    absent_tag, tag, tag + 1: the field is absent
//             absent_tag, first, last: so are the fields of an object, each time that the object begins
//   kept      kept_tag, length, bytes: a text that the error of the answer may need
//
// and an element of a list is
//
//   record    1, fields, 0
//   text      length + 2, bytes
//   other     2, value
//   absent    1 (a record without fields: 1, 0)
//
// Lengths and numbers are in LEB128, 7 bits for each byte, the lowest first; the sign of a number is its lowest bit.
inline constexpr unsigned absent_tag = 255, kept_tag = 254, most_tags = 253;
// In lists: the end, an absent element or the start of a record, and what is added to the length of a text.
inline constexpr unsigned list_end = 0, element_absent = 1, record_begin = 1, element_present = 2;

/// Why a description cannot be a table.
enum class table_fault : std::uint8_t { none, name_twice, object_scattered, too_many_fields };

/// Makes a table. `Nodes` and `Bytes` are upper limits of what the description needs.
template <std::size_t Nodes, std::size_t Bytes>
struct table_builder {
    reply_node nodes[Nodes + 1] = {};
    char names[Bytes + 4 * Nodes + 1] = {};
    std::size_t node_count = 1;
    std::size_t byte_count = 0;
    table_fault fault = table_fault::none;

    [[nodiscard]] constexpr std::string_view name_of(std::size_t node) const noexcept {
        return text_at(names + nodes[node].name, nodes[node].name_size);
    }

    // Adds a child with this name. `object`: returns the last child instead if it is an object with this name.
    constexpr std::size_t child(std::size_t parent, std::string_view name, bool object) noexcept {
        std::size_t last = 0;
        for (std::size_t each = nodes[parent].child; each != 0; each = nodes[each].next) {
            last = each;
            if (name_of(each) != name) continue;
            bool const is_object = object && nodes[each].kind == field_kind::record && !nodes[each].is_list;
            if (is_object && nodes[each].next == 0) return each;
            fault = is_object ? table_fault::object_scattered : table_fault::name_twice;
        }
        std::size_t const added = node_count;
        if (added > 255 || byte_count + name.size() + 4 > 65535) {
            fault = table_fault::too_many_fields;
            return 0;
        }
        ++node_count;
        (last == 0 ? nodes[parent].child : nodes[last].next) = static_cast<std::uint8_t>(added);
        nodes[added].parent = static_cast<std::uint8_t>(parent);
        nodes[added].name = static_cast<std::uint16_t>(byte_count + 1);
        nodes[added].name_size = static_cast<std::uint8_t>(name.size());
        names[byte_count] = '"';
        copy_bytes(names + byte_count + 1, name.data(), name.size());
        byte_count += name.size() + 1;
        copy_bytes(names + byte_count, "\":\"", 3);
        byte_count += 3;
        return added;
    }

    // Adds the field with this path, whose parts are separated by '.'; returns its node. `tag` is the next free number.
    constexpr std::size_t path(std::size_t parent, std::string_view path, bool object, std::size_t tag) noexcept {
        for (std::size_t dot; (dot = path.find('.')) != std::string_view::npos; path.remove_prefix(dot + 1)) {
            parent = child(parent, part(path, 0, dot), true);
            if (nodes[parent].tag == 0) nodes[parent].tag = static_cast<std::uint8_t>(tag);
        }
        std::size_t const added = child(parent, path, object);
        nodes[added].tag = static_cast<std::uint8_t>(tag);
        return added;
    }
    // Sets the end of the numbers of the objects around a node, up to the record that numbers them.
    constexpr void end_objects(std::size_t node, std::size_t tag) noexcept {
        if (tag > most_tags) fault = table_fault::too_many_fields;
        for (; node != 0 && !nodes[node].is_list; node = nodes[node].parent)
            if (nodes[node].kind == field_kind::record) nodes[node].last = static_cast<std::uint8_t>(tag);
    }
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/read/answer.hpp
// The five top-level fields of an answer in JSON or XML that reply.hpp evaluates.
// Source: protocol "Responses"; RFC 8259 section 8.3 (names are compared without their escapes).
// Data flow: a whole body in; code, message and ids as views into the body out, or the reason why the body is unreadable.
//
// The file is long, because reading with and without described fields is one class: both find the five fields, and packing must
// not overwrite the texts of these fields.
#ifndef RESTARTCASTER_READ_ANSWER_HPP
#define RESTARTCASTER_READ_ANSWER_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

[[nodiscard]] RESTARTCASTER_COLD constexpr bool is_blank_text(char const* at, std::size_t size) noexcept {
    for (; size != 0; ++at, --size)
        if (!is_blank(*at)) return false;
    return true;
}

// Most texts begin with a byte that is not blank; the first byte decides without a call.
[[nodiscard]] RESTARTCASTER_HOT constexpr bool is_blank_text(std::string_view text) noexcept {
    if (!text.empty() && static_cast<unsigned char>(text.front()) > ' ') return false;
    return is_blank_text(text.data(), text.size());
}

/// The spelling of a field's name, in ascending order of preference. If a body has a field under several spellings, the
/// spelling with the largest number gives the value, in any order of the fields. If one spelling is repeated, the last value
/// counts.
enum class spelling : std::uint8_t {
    none,              // the body does not have the field
    error_in_any_case, // ERRORCODE
    small_error_word,  // errorCode
    error_word,        // ErrorCode: in errors of older products
    any_case,          // CODE
    small_letter,      // code, requestId: other products
    of_service,        // Code, RequestId
};

/// The fields of one body. The whole body is read and checked. In XML, the fields are children of the root element. In JSON,
/// the fields are members of the root object; if the only member of the root object is an object and has the name of an XML
/// root, as in older documents of the vendor, the fields are members of this inner object.
/// Escapes are decoded in place, in the body, so a body can be read only once. With body_use::kept, read_body() can leave the
/// escapes unchanged, because the body of a success is returned unchanged; such a field is called raw. With body_use::described,
/// the described fields of a success are packed into the body while it is read.
template <class Char, body_use Use>
class answer {
    static constexpr bool Keep = Use == body_use::kept;
    static constexpr bool Pack = Use == body_use::described;

public:
    constexpr answer() noexcept = default;
    /// An answer that packs the fields of `table`; none if `table` is null.
    constexpr explicit answer(reply_table const* table) noexcept
        requires(Pack)
        : table_(table) {}

    enum field : std::uint8_t { code, message, host_id, request_id, recommend, field_count };
    enum class escapes : std::uint8_t { decoded, left };

    /// Reads the whole body; afterwards failed() is true if the body is unreadable.
    constexpr void read_body(std::string_view body, escapes how) noexcept {
        left_ = Keep && how == escapes::left;
        basic_json_reader<Char> json(body);
        json.skip_blanks();
        // The first byte decides between JSON and XML, because the content type of some answers is wrong.
        Char const first = json.peek();
        if (first == '<') {
            type = media_type::xml;
            read_xml(body);
        } else if (first == '{' || first == '[') {
            type = media_type::json;
            read_json(json);
        } else {
            set_failure(json.at_ == json.end_ ? errc::body_empty : errc::body_not_recognised, 0);
        }
    }

    [[nodiscard]] constexpr bool failed() const noexcept { return static_cast<bool>(failure_code); }
    /// Records why the body is unreadable, and the byte offset; returns false.
    constexpr bool set_failure(errc why, std::size_t at) noexcept {
        failure_code = why;
        failure_offset = at;
        return false;
    }

    /// The text of a field; empty if the body does not have the field.
    [[nodiscard]] constexpr std::string_view& operator[](field one) noexcept { return slots_[one].text; }
    [[nodiscard]] constexpr std::string_view const& operator[](field one) const noexcept { return slots_[one].text; }

    /// For a 2xx answer: ignores a code in a field other than `Code` and `code`. Other spellings, such as `ErrorCode`, have a
    /// meaning in errors only.
    constexpr void forget_code_of_error() noexcept {
        if (slots_[code].given < spelling::small_letter) forget(slots_[code]);
    }
    /// Whether the code is the value of the field `Code`, the spelling of the service.
    [[nodiscard]] constexpr bool code_in_own_field() const noexcept {
        return slots_[code].given == spelling::of_service;
    }
    /// Whether the code is an array, an object or a Boolean. A code that is null counts as no code.
    [[nodiscard]] constexpr bool code_is_no_text() const noexcept {
        return slots_[code].given != spelling::none && slots_[code].text.empty();
    }

    /// Whether the code, decoded, equals `expected`. The body stays unchanged.
    [[nodiscard]] constexpr bool code_is(std::string_view expected) const noexcept {
        slot const& one = slots_[code];
        if (!Keep || !one.raw) return one.text == expected;
        return raw(one).equals(expected);
    }
    /// Whether the code is raw: it contains escapes, or consists of several pieces of XML text.
    [[nodiscard]] constexpr bool code_is_raw() const noexcept { return slots_[code].raw; }

    /// Decodes raw fields in place: the code always, any other field if its decoded text needs no escapes. The document stays
    /// well-formed and keeps its meaning, unless the code contains a control character, a quote or other markup. A field that
    /// needs its escapes stays raw.
    constexpr void decode_what_fits() noexcept {
        for (slot& one : slots_)
            if (one.raw && (&one == slots_ + code || raw(one).fits())) one = {raw(one).decode(), one.given, false};
    }

    /// The packed fields, for unpack_fields(); null if nothing was packed.
    [[nodiscard]] constexpr char const* packed_fields() const noexcept { return packed_; }
    /// The bytes of the body that packing did not overwrite.
    [[nodiscard]] constexpr std::string_view rest_of(std::string_view body) const noexcept {
        if constexpr (Pack) return packer_.rest_of(body);
        return body;
    }

    std::size_t failure_offset = 0;
    errc failure_code = {}; // the value 0 is never the failure of a document: no failure
    media_type type = media_type::none;
    /// Whether the root can belong to a success: a JSON object or array, or an XML element whose name ends in Response.
    bool root_of_success = true;

private:
    struct slot {
        std::string_view text = {};
        spelling given = spelling::none;
        bool raw = false; // not decoded: has escapes, or consists of several pieces of XML text
    };

    // A format and the step() of its reader. Speed builds compile the code once per format; small builds compile it once, and
    // any_format decides at run time.
    struct json_format {
        static constexpr bool is_xml = false;
        RESTARTCASTER_HOT static constexpr bool step(reader<Char>& from, token<Char>& token) noexcept {
            return static_cast<basic_json_reader<Char>&>(from).step(token);
        }
    };
    struct xml_format {
        static constexpr bool is_xml = true;
        RESTARTCASTER_HOT RESTARTCASTER_ONCE static constexpr bool step(reader<Char>& from, token<Char>& token) noexcept {
            return static_cast<basic_xml_reader<Char>&>(from).template step<Pack>(token);
        }
    };
    struct any_format {
        bool is_xml;
        constexpr bool step(reader<Char>& from, token<Char>& token) const noexcept {
            return is_xml ? xml_format::step(from, token) : json_format::step(from, token);
        }
    };
    RESTARTCASTER_APART constexpr void read_json(basic_json_reader<Char>& from) noexcept {
        if constexpr (RESTARTCASTER_SMALL)
            read_tokens(from, any_format{false});
        else
            read_tokens(from, json_format{});
    }
    RESTARTCASTER_APART constexpr void read_xml(std::string_view body) noexcept {
        basic_xml_reader<Char> from(body);
        if constexpr (RESTARTCASTER_SMALL)
            read_tokens(from, any_format{true});
        else
            read_tokens(from, xml_format{});
    }
    template <class Format>
    RESTARTCASTER_HOT constexpr void read_tokens(reader<Char>& from, Format const format) noexcept {
        if constexpr (Pack)
            read_and_pack(from, format);
        else
            read_fields(from, format);
        if (from.failed()) set_failure(from.code_, from.offset());
    }

    // The field whose value is being read.
    struct known_field {
        slot* field_slot = nullptr; // null: not one of the five fields
        spelling spelled = spelling::none;
    };

    // The state of read_fields() between two tokens.
    struct position {
        unsigned level = 1;            // the depth of the fields; 0: this body has no fields
        bool decided = false;          // `level` is final
        known_field now = {};
        bool begun = false;            // the first piece of the field's text was read
        Char const* content = nullptr; // the start of the content of the field's XML element
    };

    template <class Format>
    RESTARTCASTER_HOT RESTARTCASTER_ONCE constexpr void read_fields(reader<Char>& from, Format const format) noexcept {
        position at;
        token<Char> token;
        while (format.step(from, token)) {
            if (token.kind == name_kind && from.depth_ <= at.level) {
                if (!begins_field(at, token, from, format.is_xml)) continue;
                // Speed builds read a JSON value with a second inlined step(), in which the compiler knows that a value is
                // expected.
                // unreached: other_shape
                if (RESTARTCASTER_SMALL || format.is_xml || !format.step(from, token)) continue;
            }
            if (at.now.field_slot != nullptr) take_value(at, token, from, format.is_xml);
        }
    }

    // ---- packing

    template <class Format>
    RESTARTCASTER_HOT RESTARTCASTER_ONCE constexpr void read_and_pack(reader<Char>& from, Format const format) noexcept {
        position at;
        token<Char> token;
        while (format.step(from, token)) {
            bool const is_name = token.kind == name_kind;
            bool begun = false;
            if (is_name) {
                if (token.encoded) token.text = decoded_name(token.text);
                begun = begins_described(at, token.text, from, format.is_xml);
            } else if (format.is_xml) {
                pack_xml(token, from);
            } else {
                pack_json(token, from);
            }
            if (at.now.field_slot == nullptr) {
                if (format.is_xml || !is_name) take_plain_fields(token, from, format.is_xml);
            } else if (!begun) {
                take_value(at, token, from, format.is_xml);
            }
        }
        settle(at, from);
        if (packer_.is_active() && packer_.finish(from.at_)) packed_ = packer_.packed_form();
    }

    // After a value in JSON and after each token in XML, described fields may follow in their plain form.
    RESTARTCASTER_HOT constexpr void take_plain_fields(token<Char> const& last, reader<Char>& from, bool is_xml) noexcept {
#if !RESTARTCASTER_SMALL
        if (!packer_.is_active() || !packer_.in_object_at(from.depth_)) return;
        if (is_xml) {
            if (static_cast<basic_xml_reader<Char>&>(from).in_content())
                from.at_ = packer_.take_plain_elements(from.at_, from.end_);
            return;
        }
        auto& json = static_cast<basic_json_reader<Char>&>(from);
        if (json.in_object() == 0) return; // the root is an array
        bool first = last.kind == static_cast<unsigned>(json_kind::object_begin);
        from.at_ = packer_.take_plain_members(from.at_, from.end_, first, json.object_in_array());
        json.expect_member(first);
#else
        (void)last;
        (void)from;
        (void)is_xml;
#endif
    }

    // Takes a name. Returns whether it was one of a described field, or began one of the five fields.
    RESTARTCASTER_HOT constexpr bool begins_described(position& at, std::string_view name, reader<Char>& from, bool is_xml) noexcept {
        bool const top = from.depth_ <= at.level;
        if (top) {
            settle(at, from);
            at.now = {};
            if (from.depth_ == 1 && !at.decided) {
                decide_level(at, name, from, is_xml);
                if (!at.decided) return true;
            }
        }
        if (packer_.is_active()) {
            if (!is_xml) {
                if (from.depth_ == packer_.level() && packer_.take_name(name)) return true;
            } else if (Char const* const described = packer_.take_element_begin(name, from.depth_, from.at_)) {
                // Packing may overwrite the start tag.
                static_cast<basic_xml_reader<Char>&>(from).set_innermost(described);
                return true;
            }
        }
        if (!top) return false;
        at.now = begin_field(name);
        at.begun = false;
        return true;
    }
    RESTARTCASTER_APART constexpr void decide_level(position& at, std::string_view name, reader<Char>& from, bool is_xml) noexcept {
        // A JSON member that is described is a field and no root, whatever its name is.
        if (is_xml || at.level == 2 || table_ == nullptr || !packer<Char>::describes(*table_, name))
            at.level = level_of_fields(name, at.level, from, is_xml);
        at.decided = at.level == 1;
        if (at.level != 0)
            packer_.begin(const_cast<Char*>(is_xml ? from.at_ : from.begin_), table_, is_xml ? 1 : at.level);
    }
    // Moves the text of one of the five fields out of the way of the packed fields.
    RESTARTCASTER_HOT constexpr void settle(position& at, reader<Char> const& from) noexcept {
        if (at.now.field_slot == nullptr || !at.begun || !packer_.is_active()) return;
        at.now.field_slot->text = packer_.keep(at.now.field_slot->text, from.at_);
    }
    RESTARTCASTER_HOT constexpr void pack_json(token<Char> const& token, reader<Char>& from) noexcept {
        if (packer_.is_active())
            packer_.take_json(token, from.depth_, static_cast<basic_json_reader<Char>&>(from).in_object() != 0, from.at_);
    }
    RESTARTCASTER_HOT constexpr void pack_xml(token<Char> const& token, reader<Char>& from) noexcept {
        if (!packer_.is_active()) return;
        if (token.kind != static_cast<unsigned>(xml_kind::element_end))
            packer_.take_text(token, from.depth_);
        else
            packer_.take_element_end(from.depth_, from.at_);
    }

    // Returns whether `token`, a name, is the name of one of the five fields. The first names also decide the level of the
    // fields.
    RESTARTCASTER_HOT constexpr bool begins_field(position& at, token<Char> const& token, reader<Char>& from,
                                                  bool is_xml) noexcept {
        auto name = token.text;
        if (token.encoded) name = decoded_name(name);
        if (from.depth_ == 1 && !at.decided) {
            at.level = level_of_fields(name, at.level, from, is_xml);
            at.decided = at.level == 1;
            if (!at.decided) return false;
        }
        at.now = begin_field(name);
        at.begun = false;
        at.content = from.at_;
        return at.now.field_slot != nullptr;
    }

    // Stores a text, and ignores null. An array, an object or a Boolean makes the field present and empty.
    RESTARTCASTER_HOT constexpr void take_value(position& at, token<Char> const& token, reader<Char> const& from,
                                                bool is_xml) noexcept {
        slot* const one = at.now.field_slot;
        if (token.kind == text_kind || token.kind == more_text_kind) {
            if (from.depth_ == at.level)
                take_text(*one, at.now.spelled, at.begun, token, is_xml ? at.content : nullptr, from.at_);
        } else if (!at.begun && is_no_text(token.kind)) {
            forget(*one);
            one->given = at.now.spelled;
            at.now.field_slot = nullptr; // ignores the content of the array or object
        }
    }

    // The depth of the fields, derived from a name directly below the JSON root object, or from the name of the XML root:
    // 1 for the members of the JSON root object; 2 for the members of this object or the children of this element, whose name
    // is that of a root; 0 for an XML root of another name, which has no fields.
    RESTARTCASTER_APART constexpr unsigned level_of_fields(std::string_view name, unsigned level, reader<Char>& from,
                                                           bool is_xml) noexcept {
        if (level == 2) { // a second member, so the first member was data and no root
            for (slot& each : slots_)
                forget(each);
            root_of_success = true;
            return 1;
        }
        if (!is_xml && !sees_object(from)) return 1;
        unsigned const root = root_of(name);
        if (!is_xml && root == other_root) return 1;
        root_of_success = root == response_root;
        return root == other_root ? 0 : 2; // the service does not send another XML root
    }

    // Stores a piece of a field's text; `begun` is false for the first piece. `content` is the start of the XML element's
    // content, null in JSON; `at` is the end of the piece.
    RESTARTCASTER_HOT constexpr void take_text(slot& one, spelling spelled, bool& begun, token<Char> const& piece,
                                               Char const* content, Char const* at) noexcept {
        if (!begun) {
            if (is_blank_text(piece.text)) return; // a blank piece counts as no text
            one.given = spelled;
            one.text = piece.text;
            if (Keep) one.raw = false;
            begun = true;
            if (!piece.encoded) return;
            one.text = text_at(piece.text.data(), 0);
        }
        add_text(one, piece.text, piece.kind, content, at);
    }

    [[nodiscard]] static constexpr bool sees_object(reader<Char>& json) noexcept {
        json.skip_blanks();
        return json.sees('{');
    }
    enum : unsigned { response_root, error_root, other_root };
    [[nodiscard]] static constexpr unsigned root_of(std::string_view name) noexcept {
        constexpr std::size_t size = 8;
        return find_word(part(name, name.size() > size ? name.size() - size : 0), "Response\0Error\0");
    }
    // Whether the token begins a value that is not a text: an object, an array, an XML element or a Boolean. Null is not
    // included.
    [[nodiscard]] static constexpr bool is_no_text(unsigned kind) noexcept {
        return kind == static_cast<unsigned>(json_kind::object_begin) ||
               kind == static_cast<unsigned>(json_kind::array_begin) || kind == name_kind ||
               kind == static_cast<unsigned>(json_kind::true_value) ||
               kind == static_cast<unsigned>(json_kind::false_value);
    }

    static constexpr void forget(slot& one) noexcept {
        one.text = {};
        one.given = spelling::none;
        if (Keep) one.raw = false;
    }

    // The field with this name; none if a preferred spelling gave the value already.
    RESTARTCASTER_HOT constexpr known_field begin_field(std::string_view name) noexcept {
        known_field now = known(name);
        if (now.field_slot == nullptr || now.spelled < now.field_slot->given) return {};
        // A repeated name removes its earlier value at once, even if null follows. A preferred spelling replaces the value of
        // another spelling only when its own value arrives.
        if (now.spelled == now.field_slot->given) forget(*now.field_slot);
        return now;
    }

    // Appends a piece that contains escapes or is not the first. With left_, extends the raw text instead.
    RESTARTCASTER_COLD constexpr void add_text(slot& one, std::string_view piece, unsigned kind, Char const* content,
                                               Char const* at) noexcept {
        if (Keep && left_) {
            one.raw = true;
            one.text = content == nullptr ? piece : reader<Char>::between(content, at);
            return;
        }
        Char* const to = const_cast<Char*>(one.text.data());
        one.text = text_at(to, one.text.size() + decode_piece<Char>(type, kind, piece, to + one.text.size()));
    }

    [[nodiscard]] RESTARTCASTER_HOT constexpr known_field known(std::string_view name) noexcept {
#if !RESTARTCASTER_SMALL
        // Compares with the spelling of the service first; other spellings are rare and take the slow path.
        switch (name.size()) {
        case 4:
            if (name == "Code"sv) return {slots_ + code, spelling::of_service};
            break;
        case 6:
            if (name == "HostId"sv) return {slots_ + host_id, spelling::of_service};
            break;
        case 7:
            if (name == "Message"sv) return {slots_ + message, spelling::of_service};
            break;
        case 9:
            if (name == "RequestId"sv) return {slots_ + request_id, spelling::of_service};
            if (name == "Recommend"sv) return {slots_ + recommend, spelling::of_service};
            break;
        case 11:
        case 12: break;
        default: return {};
        }
#endif
        return known_in_any_case(name.data(), name.size());
    }
    // The field with this name in any spelling. Spellings of errors are 3 less in `spelling` than those of other names.
    RESTARTCASTER_COLD constexpr known_field known_in_any_case(Char const* name, std::size_t size) noexcept {
        char const* const names =
            "Code\0Message\0HostId\0RequestId\0Recommend\0ErrorCode\0ErrorMessage\0ErrorHostId\0";
        unsigned word = find_word(name, size, names, true);
        if (word == 8) return {};
        bool const exact = find_word(name, size, names, false) == word;
        auto how = static_cast<unsigned>(exact ? spelling::of_service : *name > 'Z' ? spelling::small_letter : spelling::any_case);
        if (word >= field_count) {
            word -= field_count;
            how -= 3;
        }
        return {slots_ + word, static_cast<spelling>(how)};
    }

    // Decodes the escapes of a name in place. If the body must stay unchanged (left_), returns the end of the decoded name.
    RESTARTCASTER_COLD constexpr std::string_view decoded_name(std::string_view raw) noexcept {
        if constexpr (Keep) {
            if (left_) return end_of_name_.decode(raw);
        }
        Char* const to = const_cast<Char*>(raw.data());
        return text_at(to, decode_json(raw, to));
    }

    [[nodiscard]] constexpr raw_text<Char> raw(slot const& one) const noexcept { return {one.text, type}; }

    struct nothing {};
    slot slots_[field_count];
    bool left_ = false; // escapes stay in the body
    [[no_unique_address]] std::conditional_t<Keep, end_of_name<Char>, nothing> end_of_name_ = {};
    [[no_unique_address]] std::conditional_t<Pack, packer<Char>, nothing> packer_ = {};
    reply_table const* table_ = nullptr;
    char const* packed_ = nullptr;
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/read/code_meaning.hpp
// The error codes of the service that the library knows, and what a code can mean for the caller.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster", error codes; the gateway's common error codes.
// Data flow: known_codes.hpp gives each code its meaning; error.hpp hands it to the program.
#ifndef RESTARTCASTER_READ_CODE_MEANING_HPP
#define RESTARTCASTER_READ_CODE_MEANING_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whether the operation ran at the service.
enum class executed : std::uint8_t { no, maybe, yes };

/// What to do about an error, in a form that a program can act on.
enum class advice : std::uint8_t {
    /// The operation did not run, and nothing refused it: call again.
    try_again,
    /// Temporarily refused: wait, then call again.
    wait,
    /// The operation may have run, or the current state does not allow it: check the state before you call again.
    look_first,
    /// Correct what the name says: the clock, the credentials or the request; or ask for the permission.
    fix_clock,
    fix_credentials,
    fix_request,
    ask_permission,
    /// The studio is idle: call StartCaster.
    start_caster,
    /// This kind of studio does not support the operation.
    give_up,
    /// Something other than the service answered, or something changed the request: check endpoint, proxy and network.
    fix_transport,
    /// This machine has no random numbers, or its cryptographic library failed.
    fix_machine,
    /// The service does not accept this signature scheme.
    fix_signature,
};

/// The error codes of the service that this library knows. Each enumerator is the code in snake_case, or a group of codes
/// with one meaning.
enum class service_code : std::uint8_t {
    /// An unknown code; error::code_text is its text.
    other,
    /// Error codes of RestartCaster itself.
    incorrect_caster_status,
    incorrect_caster_status_idle,
    incorrect_scene_status,
    invalid_caster_id_malformed,
    /// The kind of the studio does not support the operation: RestartCaster does not work for virtual studios.
    invalid_norm_type_malformed,
    illegal_operation,
    invalid_caster_not_found,
    invalid_scene_not_found,
    internal_error,
    /// Common error codes of the API gateway.
    service_unavailable,
    throttling,
    timestamp_expired,
    timestamp_malformed,
    signature_nonce_used,
    signature_does_not_match,
    access_key_not_found,
    access_key_inactive,
    security_token,
    signature_unsupported,
    permission,
    missing_parameter,
    invalid_parameter,
    action_not_found,
    http_method,
    ssl_needed,
    /// The service is busy or limits the rate, with a code other than `Throttling`.
    busy,
    endpoint_not_supported,
};

/// The meaning of a code.
struct service_code_meaning {
    /// The code, whether the operation ran, and what to do.
    service_code code = service_code::other;
    executed ran = executed::no;
    advice what_to_do = advice::fix_request;
    /// Whether the whole name of the code is known, not only its prefix.
    bool by_name = false;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/read/known_codes.hpp
// The table of the service's error codes, and the rules for codes that are not in it.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster", error codes; the gateway's common error codes.
// Data flow: the text of a code in, its meaning out.
#ifndef RESTARTCASTER_READ_KNOWN_CODES_HPP
#define RESTARTCASTER_READ_KNOWN_CODES_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// A row of the table of codes. A text that ends in '*' matches all codes with this prefix. The first match counts. A code
// with its own row, in addition to the row of its prefix, is known by name.
struct known_code {
    std::string_view text;
    service_code_meaning meaning;

    [[nodiscard]] constexpr bool prefix() const noexcept { return text[text.size() - 1] == '*'; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return text.size() - (prefix() ? 1 : 0); } // without the '*'

    template <class Text>
    [[nodiscard]] constexpr bool matches(Text code) const noexcept {
        return code.size() + 1 >= text.size() && code[0] == text[0] && (prefix() || code.size() == text.size()) &&
               part(code, 0, size()) == part(text, 0, size());
    }
};

inline constexpr known_code known_codes[] = {
    {"IncorrectCasterStatus.Idle"sv, {service_code::incorrect_caster_status_idle, executed::no, advice::start_caster}},
    {"IncorrectCasterStatus"sv, {service_code::incorrect_caster_status, executed::no, advice::look_first}},
    {"IncorrectCasterStatus*"sv, {service_code::incorrect_caster_status, executed::no, advice::look_first}},
    {"IncorrectSceneStatus"sv, {service_code::incorrect_scene_status, executed::no, advice::look_first}},
    {"IncorrectSceneStatus*"sv, {service_code::incorrect_scene_status, executed::no, advice::look_first}},
    {"Forbidden.AccessKeyDisabled"sv, {service_code::access_key_inactive, executed::no, advice::fix_credentials}},
    {"Forbidden.RAM"sv, {service_code::permission, executed::no, advice::ask_permission}},
    {"Forbidden*"sv, {service_code::permission, executed::no, advice::ask_permission}},
    {"IllegalOperation"sv, {service_code::illegal_operation, executed::no, advice::ask_permission}},
    {"IllegalTimestamp"sv, {service_code::timestamp_malformed, executed::no, advice::fix_clock}},
    {"IncompleteSignature"sv, {service_code::signature_does_not_match, executed::no, advice::fix_credentials}},
    {"InternalError*"sv, {service_code::internal_error, executed::maybe, advice::look_first}},
    {"InvalidAccessKeyId.Inactive"sv, {service_code::access_key_inactive, executed::no, advice::fix_credentials}},
    {"InvalidAccessKeyId.NotFound"sv, {service_code::access_key_not_found, executed::no, advice::fix_credentials}},
    {"InvalidAccessKeyId*"sv, {service_code::access_key_not_found, executed::no, advice::fix_credentials}},
    {"InvalidAction.NotFound"sv, {service_code::action_not_found, executed::no, advice::fix_request}},
    {"InvalidApi.NotFound"sv, {service_code::action_not_found, executed::no, advice::fix_request}},
    {"InvalidCaster.NotFound"sv, {service_code::invalid_caster_not_found, executed::no, advice::fix_request}},
    {"InvalidCasterId.Malformed"sv, {service_code::invalid_caster_id_malformed, executed::no, advice::fix_request}},
    {"InvalidNormType.Malformed"sv, {service_code::invalid_norm_type_malformed, executed::no, advice::give_up}},
    {"InvalidOperation.NotSupportedEndpoint"sv,
     {service_code::endpoint_not_supported, executed::no, advice::fix_transport}},
    {"InvalidProduct.NotFound"sv, {service_code::action_not_found, executed::no, advice::fix_request}},
    {"InvalidProtocol.NeedSsl"sv, {service_code::ssl_needed, executed::no, advice::fix_transport}},
    {"InvalidScene.NotFound"sv, {service_code::invalid_scene_not_found, executed::no, advice::fix_request}},
    {"InvalidSecurityToken*"sv, {service_code::security_token, executed::no, advice::fix_credentials}},
    {"InvalidSignature*"sv, {service_code::signature_unsupported, executed::no, advice::fix_signature}},
    {"InvalidTimeStamp.Expired"sv, {service_code::timestamp_expired, executed::no, advice::fix_clock}},
    {"InvalidTimeStamp*"sv, {service_code::timestamp_malformed, executed::no, advice::fix_clock}},
    {"InvalidVersion"sv, {service_code::action_not_found, executed::no, advice::fix_request}},
    {"Invalid*"sv, {service_code::invalid_parameter, executed::no, advice::fix_request}},
    {"MissingSecurityToken"sv, {service_code::security_token, executed::no, advice::fix_credentials}},
    // Every request contains these parameters, so something between here and the service removed or renamed them.
    {"MissingAccessKeyId"sv, {service_code::missing_parameter, executed::no, advice::fix_transport}},
    {"MissingAction"sv, {service_code::missing_parameter, executed::no, advice::fix_transport}},
    {"MissingSignature*"sv, {service_code::missing_parameter, executed::no, advice::fix_transport}},
    {"MissingTimestamp"sv, {service_code::missing_parameter, executed::no, advice::fix_transport}},
    {"MissingVersion"sv, {service_code::missing_parameter, executed::no, advice::fix_transport}},
    {"Missing*"sv, {service_code::missing_parameter, executed::no, advice::fix_request}},
    {"NoPermission*"sv, {service_code::permission, executed::no, advice::ask_permission}},
    {"FlowControl*"sv, {service_code::busy, executed::no, advice::wait}},
    {"RateLimit*"sv, {service_code::busy, executed::no, advice::wait}},
    {"RequestLimit*"sv, {service_code::busy, executed::no, advice::wait}},
    {"RequestTimeout*"sv, {service_code::busy, executed::no, advice::wait}},
    {"TooManyRequest*"sv, {service_code::busy, executed::no, advice::wait}},
    {"ServiceUnAvailable"sv, {service_code::service_unavailable, executed::maybe, advice::look_first}},
    {"ServiceUnavailable"sv, {service_code::service_unavailable, executed::maybe, advice::look_first}},
    {"SignatureDoesNotMatch"sv, {service_code::signature_does_not_match, executed::no, advice::fix_credentials}},
    {"SignatureNonceUsed"sv, {service_code::signature_nonce_used, executed::maybe, advice::look_first}},
    {"Throttling"sv, {service_code::throttling, executed::no, advice::wait}},
    {"Throttling.Api"sv, {service_code::throttling, executed::no, advice::wait}},
    {"Throttling.User"sv, {service_code::throttling, executed::no, advice::wait}},
    {"Throttling*"sv, {service_code::throttling, executed::no, advice::wait}},
    {"UnknownError"sv, {service_code::internal_error, executed::maybe, advice::look_first}},
    {"UnsupportedHTTPMethod"sv, {service_code::http_method, executed::no, advice::fix_request}},
};

// The meaning of a code without a row. A 4xx status means that the request was refused (RFC 9110 section 15.5), with two
// exceptions. A code that ends in Error, Timeout, Unavailable or Failure may be sent after the operation ran. A number is
// not a code of the service: other servers copy the status there.
template <class Text>
[[nodiscard]] RESTARTCASTER_THIN constexpr service_code_meaning meaning_of_unknown(Text code, int http_status) noexcept {
    // Codes of success: some of the vendor's products send "0" or "Success.Ok".
    if (find_word(part(code, 0, 7), "ok\0success\0" "200\0" "0\0", true) != 4) return {.ran = executed::yes};
    constexpr std::size_t size = 4;
    unsigned const word = find_word(part(code, code.size() > size ? code.size() - size : 0),
                                    "rror\0eout\0able\0lure\0busy\0", true);
    if (http_status < 400 || http_status >= 500 || is_digit(code[0]) || word < 4)
        return {.ran = executed::maybe, .what_to_do = advice::look_first};
    // 408 Request Timeout (RFC 9110) and 429 Too Many Requests (RFC 6585 section 4) are temporary.
    if (word == 4 || http_status == 408 || http_status == 429)
        return {.code = service_code::busy, .what_to_do = advice::wait};
    return {};
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/read/code_table_small.hpp
#if RESTARTCASTER_SMALL
// Looks a code up by its hash, in builds for size.
// Source: Fowler, Noll, Vo, FNV-1a.
// Data flow: the text of a code in, its meaning out.
#ifndef RESTARTCASTER_READ_CODE_TABLE_SMALL_HPP
#define RESTARTCASTER_READ_CODE_TABLE_SMALL_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// One step of FNV-1a with 32 bits. Two texts that differ in one character have different hashes.
[[nodiscard]] constexpr std::uint32_t hash_with(std::uint32_t hash, char c) noexcept {
    return (hash ^ static_cast<unsigned char>(c)) * 16777619;
}
inline constexpr std::uint32_t hash_of_nothing = 2166136261;

// unreached: constant
[[nodiscard]] constexpr std::uint16_t packed_meaning(service_code_meaning const& meaning, bool prefix = false) noexcept {
    return static_cast<std::uint16_t>((prefix ? 0x8000 : 0) | static_cast<int>(meaning.code) << 8 |
                                      static_cast<int>(meaning.ran) << 4 | static_cast<int>(meaning.what_to_do));
}

// The table without its texts, which are most of its size: a code is known by its hash. About one unknown code in ten
// million is mistaken for a known one.
struct hashed_codes {
    std::uint32_t hashes[std::size(known_codes)]{};
    std::uint16_t meanings[std::size(known_codes)]{};

    consteval hashed_codes() noexcept {
        for (std::size_t i = 0; i != std::size(known_codes); ++i) {
            known_code const& known = known_codes[i];
            hashes[i] = hash_of_nothing;
            for (std::size_t at = 0; at != known.size(); ++at) hashes[i] = hash_with(hashes[i], known.text[at]);
            meanings[i] = packed_meaning(known.meaning, known.prefix());
        }
    }
};
inline constexpr hashed_codes codes_by_hash;

template <class Text>
[[nodiscard]] constexpr service_code_meaning look_up_code(Text code, int http_status) noexcept {
    unsigned meaning = packed_meaning(meaning_of_unknown(code, http_status), true);
    std::uint32_t hash = hash_of_nothing;
    for (std::size_t at = 0; at != code.size();) {
        hash = hash_with(hash, code[at++]);
        // The longest match counts, and a whole name counts before a prefix.
        for (std::size_t i = std::size(known_codes); i-- != 0;) {
            unsigned const known = codes_by_hash.meanings[i];
            if (codes_by_hash.hashes[i] == hash && (at == code.size() || (known & 0x8000) != 0))
                meaning = known;
        }
    }
    return {static_cast<service_code>(meaning >> 8 & 0x7F), static_cast<executed>(meaning >> 4 & 15),
            static_cast<advice>(meaning & 15), (meaning & 0x8000) == 0};
}

}}} // namespace restartcaster::detail

#endif
#endif

// ---- restartcaster/read/code_table_fast.hpp
#if !(RESTARTCASTER_SMALL)
// Looks a code up by its text, in builds for speed.
// Source: docs/design.md, "Errors".
// Data flow: the text of a code in, its meaning out.
#ifndef RESTARTCASTER_READ_CODE_TABLE_FAST_HPP
#define RESTARTCASTER_READ_CODE_TABLE_FAST_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

template <class Text>
[[nodiscard]] constexpr service_code_meaning look_up_code(Text code, int http_status) noexcept {
    for (known_code const& known : known_codes) {
        if (!known.matches(code)) continue;
        service_code_meaning meaning = known.meaning;
        meaning.by_name = !known.prefix();
        return meaning;
    }
    return meaning_of_unknown(code, http_status);
}

}}} // namespace restartcaster::detail

#endif
#endif

// ---- restartcaster/read/service_code.hpp
// The meaning of an error code of the service.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster", error codes; the gateway's common error codes.
// Data flow: the text of a code in, its meaning out; judge.hpp asks for every refusal.
//
// Both shapes of the table define look_up_code(code, http_status).
#ifndef RESTARTCASTER_READ_SERVICE_CODE_HPP
#define RESTARTCASTER_READ_SERVICE_CODE_HPP

#if RESTARTCASTER_SMALL
#else
#endif

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The meaning of a code of the service; the status decides for an unknown code. A code of success means that the
/// operation ran. Whether the service itself sent the code is decided elsewhere (judge.hpp).
/// Requires: a code that is not empty.
[[nodiscard]] constexpr service_code_meaning meaning_of(std::string_view code, int http_status) noexcept {
    return detail::look_up_code(code, http_status);
}

}} // namespace restartcaster

#endif

// ---- restartcaster/read/error.hpp
// The error of a call: what failed, whether the operation ran, and what to do.
// Source: docs/design.md, "Errors"; protocol "Responses".
// Data flow: read_reply and call return it; a program acts on it, describe() shows it to people.
#ifndef RESTARTCASTER_READ_ERROR_HPP
#define RESTARTCASTER_READ_ERROR_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The stage of a call that failed.
enum class error_kind : std::uint8_t {
    /// The call failed here, before anything was sent; error::cause is the reason.
    local,
    /// The transport did not send the request; the service has not seen it.
    not_sent,
    /// The request was sent, and no complete answer arrived.
    no_answer,
    /// An answer arrived that is not a reply of the service; error::http_status is its status.
    unreadable,
    /// The answer is a refusal with a code: error::code is the reason, error::ran says whether the operation ran.
    refused,
};

/// The failure of a call.
/// Storage: the texts of a refusal point into the body of the response, the texts of `cause` as documented at failure,
///   `sent` into the storage of the request.
struct error {
    /// What failed, whether the operation ran, and what to do.
    error_kind kind = error_kind::local;
    executed ran = executed::no;
    advice what_to_do = advice::fix_request;
    /// The known code of a refusal; `other` for an unknown code, and unless kind is refused.
    service_code code = service_code::other;
    /// The HTTP status; 0 if no status line arrived.
    std::uint16_t http_status = 0;
    /// Whether the code was in the field `Code`, in a body as the service sends it. Other servers use `code` or `ErrorCode`
    /// (and so do a few of the vendor's products), so a code in those fields does not show who sent it.
    bool code_in_own_field = false;
    /// Milliseconds to wait, from the answer; 0 if the answer names no time, or if waiting does not help.
    std::uint32_t retry_after_ms = 0;
    /// The reason, unless kind is refused.
    failure cause = {};
    /// Seconds by which the signed time was ahead of the service's clock; negative: behind. Known after a refusal of the
    /// timestamp whose answer had a Date; otherwise 0.
    std::int64_t clock_ahead_s = 0;
    /// Texts of the service, unchanged. They may repeat the request with key id, token and signature, and may contain
    /// control characters. Show them with describe() or append_foreign() only.
    std::string_view code_text = {};
    std::string_view message = {};
    std::string_view request_id = {};
    std::string_view host_id = {};
    std::string_view recommend = {};
    /// The whole body of the answer; some escapes in it may be decoded already. Of a 2xx answer to an operation with described
    /// fields, the part behind the packed fields.
    std::string_view body = {};
#if !RESTARTCASTER_SMALL
    /// The target host of a redirect; the text is inside this object.
    location_host redirected_to = {};
    /// The operation that was called, and the permission that its description names; empty if unknown. Set by call,
    /// call_machine and client.
    std::string_view action = {};
    std::string_view permission = {};
#endif
    /// After a refusal: the bytes of the request (request_bytes), whose secrets describe() removes. Set by call,
    /// call_machine and client.
    std::string_view sent = {};
};

}} // namespace restartcaster

#endif

// ---- restartcaster/core/literal.hpp
// A string literal as a template argument: the name of a described parameter or field.
// Source: C++20, [temp.arg.nontype].
// Data flow: a literal in source code in, constant text out.
#ifndef RESTARTCASTER_CORE_LITERAL_HPP
#define RESTARTCASTER_CORE_LITERAL_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// A string literal of at most 127 bytes as a template argument. All literals have one type, because clang 14 and 15 crash
/// in the warning -Wc++98-compat about a template parameter whose own arguments are deduced.
struct literal {
    char bytes[128]{};
    std::size_t size;
    template <std::size_t N>
    consteval literal(char const (&text)[N]) noexcept
        requires(N <= sizeof bytes)
        : size(N - 1) {
        for (std::size_t i = 0; i != N; ++i) bytes[i] = text[i];
    }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {bytes, size}; } // unreached: constant
};

// A loop, because every translation unit would have to compile the comparison of std::string_view.
[[nodiscard]] consteval bool same_text(char const* a, char const* b) noexcept {
    for (; *a != '\0' && *a == *b; ++a) ++b;
    return *a == *b;
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/core/number.hpp
// Numbers and Booleans that may be absent, as members of requests and replies; decimal digits.
// Source: docs/design.md, "Operation"; the types Integer, Long and Boolean of the vendor's metadata.
// Data flow: a program sets a member, signing writes its digits; an answer's digits become a member.
#ifndef RESTARTCASTER_CORE_NUMBER_HPP
#define RESTARTCASTER_CORE_NUMBER_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// The integer types whose values a 64-bit signed number holds without loss; bool is excluded, because it is no number.
template <class T>
concept small_enough_integer = std::is_integral_v<T> && !std::is_same_v<T, bool> &&
                               (sizeof(T) < sizeof(std::int64_t) || std::is_signed_v<T>);

} // namespace detail

/// A 64-bit integer that may be absent. An absent number of a request is not sent.
class number {
public:
    /// An absent number.
    constexpr number() noexcept = default;
    /// A number. An unsigned type of 64 bits is a compile error, because its values may not fit.
    template <detail::small_enough_integer T>
    constexpr number(T value) noexcept : value_(value), has_value_(true) {}

    /// Whether the number is present.
    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    /// The number; 0 if it is absent.
    [[nodiscard]] constexpr std::int64_t value() const noexcept { return value_; }
    /// The number, or `otherwise` if it is absent.
    [[nodiscard]] constexpr std::int64_t value_or(std::int64_t otherwise) const noexcept {
        return has_value_ ? value_ : otherwise;
    }
    /// Whether both are absent, or both are present and equal.
    [[nodiscard]] friend constexpr bool operator==(number const&, number const&) noexcept = default;

private:
    std::int64_t value_ = 0;
    bool has_value_ = false;
};

/// A Boolean that may be absent. An absent Boolean of a request is not sent.
class boolean {
public:
    /// An absent Boolean.
    constexpr boolean() noexcept = default;
    /// True or false. A pointer or a number is a compile error.
    template <class T>
    constexpr boolean(T value) noexcept
        requires(std::is_same_v<T, bool>)
        : value_(value), has_value_(true) {}

    /// Whether the Boolean is present.
    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    /// The Boolean; false if it is absent.
    [[nodiscard]] constexpr bool value() const noexcept { return value_; }
    /// The Boolean, or `otherwise` if it is absent.
    [[nodiscard]] constexpr bool value_or(bool otherwise) const noexcept { return has_value_ ? value_ : otherwise; }
    /// Whether both are absent, or both are present and equal.
    [[nodiscard]] friend constexpr bool operator==(boolean const&, boolean const&) noexcept = default;

private:
    bool value_ = false;
    bool has_value_ = false;
};

namespace detail {

/// The decimal digits of a number, with '-' before a negative one.
class decimal_text {
public:
    constexpr explicit decimal_text(std::uint64_t magnitude, bool negative = false) noexcept {
        do
            bytes_[--begin_] = static_cast<char>('0' + magnitude % 10);
        while ((magnitude /= 10) != 0);
        if (negative) bytes_[--begin_] = '-';
    }
    /// Storage: points into this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return text_at(bytes_ + begin_, sizeof bytes_ - begin_);
    }

private:
    char bytes_[20]{}; // 2^64 - 1 and -2^63 have 20 characters
    std::uint8_t begin_ = sizeof bytes_;
};

/// The digits of any integer.
template <class Integer>
[[nodiscard]] constexpr decimal_text decimal(Integer value) noexcept {
    bool const negative = value < Integer{};
    auto const bits = static_cast<std::uint64_t>(value);
    return decimal_text(negative ? 0 - bits : bits, negative);
}

} // namespace detail

}} // namespace restartcaster

#endif

// ---- restartcaster/read/list.hpp
// A list in a typed reply, without a heap: the elements are packed in the body of the answer.
// Source: docs/design.md, "Typed replies"; LEB128: DWARF 5, section 7.6.
// Data flow: read_reply packs the elements; a program iterates over them.
#ifndef RESTARTCASTER_READ_LIST_HPP
#define RESTARTCASTER_READ_LIST_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

template <class T>
class list;

namespace detail {

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<list<T>> = true;

[[nodiscard]] RESTARTCASTER_HOT constexpr unsigned unpack_byte(char const*& at) noexcept {
    return static_cast<unsigned char>(*at++);
}
[[nodiscard]] constexpr std::uint64_t unpack_long_bits(std::uint64_t bits, char const*& at) noexcept {
    bits &= 0x7F;
    for (unsigned shift = 7;; shift += 7) {
        unsigned const byte = unpack_byte(at);
        bits |= std::uint64_t{byte & 0x7F} << shift;
        if (byte < 0x80) return bits;
    }
}
[[nodiscard]] RESTARTCASTER_HOT constexpr std::uint64_t unpack_bits(char const*& at) noexcept {
    unsigned const byte = unpack_byte(at);
    return byte < 0x80 ? byte : unpack_long_bits(byte, at);
}
[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view unpack_bytes(char const*& at, std::size_t size) noexcept {
    std::string_view const text = text_at(at, size);
    at += size;
    return text;
}

// unpack_value() reads the value of a field into the member of a program. An integer that the type of the member cannot hold
// is absent: the member gets the value `absent`.
RESTARTCASTER_HOT constexpr void unpack_value(std::string_view& to, std::string_view const&, char const*& at) noexcept {
    std::size_t const size = static_cast<std::size_t>(unpack_bits(at));
    to = unpack_bytes(at, size);
}
RESTARTCASTER_HOT constexpr void unpack_value(number& to, number const&, char const*& at) noexcept {
    std::uint64_t const bits = unpack_bits(at);
    to = static_cast<std::int64_t>(bits >> 1 ^ (0 - (bits & 1)));
}
RESTARTCASTER_HOT constexpr void unpack_value(boolean& to, boolean const&, char const*& at) noexcept {
    to = unpack_byte(at) != 0;
}
RESTARTCASTER_HOT constexpr void unpack_value(bool& to, bool const&, char const*& at) noexcept {
    to = unpack_byte(at) != 0;
}
template <class Integer>
RESTARTCASTER_HOT constexpr void unpack_value(Integer& to, Integer const& absent, char const*& at) noexcept {
    number whole;
    unpack_value(whole, {}, at);
    to = static_cast<Integer>(whole.value());
    bool const fits = static_cast<std::int64_t>(to) == whole.value() && (to < Integer{}) == (whole.value() < 0);
    if (!fits) to = absent;
}
template <class T>
constexpr void unpack_value(list<T>& to, list<T> const&, char const*& at) noexcept;

template <class Record>
[[nodiscard]] constexpr char const* unpack_record(Record& to, char const* at) noexcept; // in fields.hpp

// A constant to copy from: gcc 12 writes a temporary with a slow string instruction.
template <class T>
inline constexpr T fresh{};

// Reads one element of a list, which is not the end of the list, into a fresh object.
template <class T>
RESTARTCASTER_HOT constexpr void unpack_element(T& to, char const*& at) noexcept {
    std::size_t const mark = static_cast<std::size_t>(unpack_bits(at));
    if constexpr (std::is_same_v<T, std::string_view>) {
        if (mark != element_absent) to = unpack_bytes(at, mark - element_present);
    } else if constexpr (std::is_same_v<T, number> || std::is_same_v<T, boolean>) {
        if (mark != element_absent) unpack_value(to, {}, at);
    } else {
        at = unpack_record(to, at);
    }
}

} // namespace detail

/// A list of a typed reply: of std::string_view, of number, of boolean, or of a struct with described fields. A list that is
/// missing in the answer is empty.
/// Storage: points into the response's body, as do the texts of its elements; the list owns nothing and is cheap to copy.
/// Cost: no allocation; an iteration over the list cannot fail and parses no JSON or XML.
template <class T>
class list {
public:
    /// The type of an element.
    using value_type = T;

    /// The end of every list.
    struct sentinel {};
    /// Goes from element to element. An element is a copy, so that it stays valid while the body does.
    class iterator {
    public:
        /// What std::input_iterator asks for.
        using value_type = T;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() noexcept = default;
        /// The element.
        [[nodiscard]] constexpr T operator*() const noexcept { return value_; }
        [[nodiscard]] constexpr T const* operator->() const noexcept RESTARTCASTER_LIFETIMEBOUND { return &value_; }
        /// Goes to the next element.
        constexpr iterator& operator++() noexcept {
            take_next();
            return *this;
        }
        constexpr iterator operator++(int) noexcept {
            iterator const before = *this;
            take_next();
            return before;
        }
        /// Whether the end is reached.
        [[nodiscard]] friend constexpr bool operator==(iterator const& at, sentinel) noexcept { return at.next_ == nullptr; }

    private:
        friend list;
        constexpr explicit iterator(char const* first) noexcept : next_(first) {
            if (first != nullptr) take_next();
        }
        RESTARTCASTER_HOT constexpr void take_next() noexcept {
            if (*next_ == static_cast<char>(detail::list_end)) {
                next_ = nullptr;
            } else {
                value_ = detail::fresh<T>;
                detail::unpack_element(value_, next_);
            }
        }

        char const* next_ = nullptr; // the element after this one; null after the last element
        T value_{};
    };

    constexpr list() noexcept = default;
    /// The first element, and the end.
    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(first_); }
    [[nodiscard]] constexpr sentinel end() const noexcept { return {}; }
    /// Whether the list has no element.
    [[nodiscard]] constexpr bool empty() const noexcept { return first_ == nullptr; }
    /// The number of elements.
    /// Cost: an iteration over the list.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        std::size_t count = 0;
        for (iterator each = begin(); each != end(); ++each)
            ++count;
        return count;
    }

private:
    friend constexpr void detail::unpack_value<T>(list&, list const&, char const*&) noexcept;
    char const* first_ = nullptr;
};

namespace detail {

template <class T>
constexpr void unpack_value(list<T>& to, list<T> const&, char const*& at) noexcept {
    to.first_ = *at == static_cast<char>(list_end) ? nullptr : at;
    T ignored{};
    while (*at != static_cast<char>(list_end))
        unpack_element(ignored, at);
    ++at;
}

} // namespace detail

}} // namespace restartcaster

#endif

// ---- restartcaster/read/plain_form.hpp
// Fields in their plain form: in the expected order, without blanks, escapes and characters beyond ASCII.
// Source: docs/design.md, "Typed replies"; the order and form in which the service writes its answers.
// Data flow: pack.hpp asks for the expected name, and packs plain values without a token for each of them.
#ifndef RESTARTCASTER_READ_PLAIN_FORM_HPP
#define RESTARTCASTER_READ_PLAIN_FORM_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Which field comes next. Services send the fields of a record in a stable order, which need not be the order of the
/// description. Small builds expect the order of the description; other builds learn the order from the records before.
class expectation {
public:
#if RESTARTCASTER_SMALL
    constexpr void begin(reply_table const& table) noexcept { nodes_ = table.nodes; }
    /// The first field of a record, the field after `node`, and `node` once more, is expected.
    constexpr void first(unsigned node) noexcept { next_ = nodes_[node].child; }
    constexpr void after(unsigned node) noexcept { next_ = nodes_[node].next; }
    constexpr void again(unsigned node) noexcept { next_ = static_cast<std::uint8_t>(node); }
    [[nodiscard]] constexpr unsigned expected() const noexcept { return next_; }
    /// Instead of the expected field came `node`.
    constexpr void learn(unsigned) noexcept {}

private:
    reply_node const* nodes_ = nullptr;
    std::uint8_t next_ = 0;
#else
    constexpr void begin(reply_table const& table) noexcept {
        for (unsigned i = 0; i != table.size; ++i) {
            next_[first_of + i] = table.nodes[i].child;
            next_[after_of + i] = table.nodes[i].next;
        }
    }
    constexpr void first(unsigned node) noexcept { place_ = first_of + node; }
    constexpr void after(unsigned node) noexcept { place_ = after_of + node; }
    constexpr void again(unsigned node) noexcept {
        place_ = same;
        next_[same] = static_cast<std::uint8_t>(node);
    }
    [[nodiscard]] constexpr unsigned expected() const noexcept { return next_[place_]; }
    /// The same with the place of the expectation in a local variable.
    using place = unsigned;
    [[nodiscard]] constexpr place now() const noexcept { return place_; }
    constexpr void set(place where) noexcept { place_ = where; }
    [[nodiscard]] constexpr unsigned at(place where) const noexcept { return next_[where]; }
    [[nodiscard]] constexpr place first_place(unsigned node) const noexcept { return first_of + node; }
    [[nodiscard]] constexpr place after_place(unsigned node) const noexcept { return after_of + node; }
    constexpr void learn(unsigned node) noexcept { next_[place_] = static_cast<std::uint8_t>(node); }

private:
    static constexpr unsigned first_of = 0, after_of = 256, same = 512;
    std::uint8_t next_[same + 1];
    unsigned place_ = same;
#endif
};

#if !RESTARTCASTER_SMALL
// Whether a name stands at `at`. Requires: 1 to 127 bytes of name; 8 readable bytes after both texts.
RESTARTCASTER_HOT constexpr bool stands_at(char const* at, char const* name, std::size_t size) noexcept {
    if (!std::is_constant_evaluated()) {
        for (;;) {
            std::uint64_t a, b;
            std::memcpy(&a, at, sizeof a);
            std::memcpy(&b, name, sizeof b);
            std::uint64_t const differ = a ^ b;
            if (size <= 8) return (is_little_endian ? differ << (64 - 8 * size) : differ >> (64 - 8 * size)) == 0;
            if (differ != 0) return false;
            at += 8;
            name += 8;
            size -= 8;
        }
    }
    return text_at(at, size) == text_at(name, size);
}

/// Packs plain values, as the functions of the packer do with all values.
template <class Char>
struct plain_form {
    // The bytes that must follow a name in the document, so that the code need not look for the end of the document: marks, 18
    // digits, and what stands_at() reads too much.
    static constexpr std::ptrdiff_t more_bytes = 32;

    // Packs the value of a member at `next`, and moves `next` past the value; null if the value is not plain.
    [[nodiscard]] RESTARTCASTER_HOT static constexpr Char* put_value(Char* to, reply_node const& node, Char const*& next,
                                                                           Char const* end) noexcept {
        if (node.plain == plain_kind::text) {
            if (*next != '"') return nullptr;
            Char const* const text = ++next;
            next = skip_plain(text, end, '"', '\\', '\\');
            if (next == end || *next != '"') return nullptr;
            return put_text(to, node.tag, text, static_cast<std::size_t>(next++ - text), end);
        }
        Char const* const digits = next;
        std::uint64_t const value = read_number(next);
        bool const zeros = *digits == '0' && next - digits != 1;
        if (next == digits || zeros || (*next != ',' && *next != '}')) return nullptr;
        return put_number(to, node.tag, value);
    }
    // Reads at most 18 digits. Requires: one more byte.
    [[nodiscard]] RESTARTCASTER_HOT static constexpr std::uint64_t read_number(Char const*& at) noexcept {
        std::uint64_t sum = 0;
        Char const* const most = at + 18;
        for (; at != most && is_digit(*at); ++at) sum = sum * 10 + static_cast<unsigned>(*at - '0');
        return sum;
    }
    // Packs a number in front of the next token: the name frees the byte of the tag, and each digit at least one byte of the value.
    [[nodiscard]] RESTARTCASTER_HOT static constexpr Char* put_number(Char* to, unsigned tag, std::uint64_t value) noexcept {
        *to++ = static_cast<Char>(tag);
        std::uint64_t bits = value << 1;
        for (; bits > 0x7F; bits >>= 7) *to++ = static_cast<Char>(0x80 | (bits & 0x7F));
        *to++ = static_cast<Char>(bits);
        return to;
    }
    // Packs a text of less than 128 bytes in blocks of 16 bytes, each to an earlier place. Returns null if there is no room for a
    // whole last block, or if the document has too few bytes behind the text.
    [[nodiscard]] RESTARTCASTER_HOT static constexpr Char* put_text(Char* to, unsigned tag, Char const* text, std::size_t size,
                                                                          Char const* end) noexcept {
        std::size_t const rounded = (size + 15) & ~std::size_t{15};
        if (size > 0x7F || text - to < 16 + 2 || static_cast<std::size_t>(end - text) < rounded) return nullptr;
        *to++ = static_cast<Char>(tag);
        *to++ = static_cast<Char>(size);
        if (std::is_constant_evaluated()) {
            for (std::size_t i = 0; i != size; ++i) to[i] = text[i];
        } else {
            for (std::size_t i = 0; i < size; i += 16) {
                char block[16];
                std::memcpy(block, text + i, sizeof block);
                std::memcpy(to + i, block, sizeof block);
            }
        }
        return to + size;
    }
};
#endif

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/read/pack.hpp
// Packs the described fields of a body into bytes of the same body that are read already.
// Source: docs/design.md, "Typed replies".
// Data flow: the tokens of a body and the table of a reply in; the packed reply, at the start of the body, out.
//
// Why the packed form never reaches bytes that are not read yet: each token frees at least as many bytes as the packed form
// takes for it. `"A":"text"` frees seven bytes beside the text, and `<A>text</A>` as many; a text takes a tag and one byte of
// length (one more from 128 bytes on, and so on). Only an array of numbers of 126 and more digits that are described as texts
// frees less: such an element becomes absent. The packer checks the room before every write, so that this argument decides
// only what is packed, and never whether bytes are safe. The file is long, because JSON and XML share the state and the writing.
#ifndef RESTARTCASTER_READ_PACK_HPP
#define RESTARTCASTER_READ_PACK_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Moves bytes to an earlier or later place, which may overlap with them.
RESTARTCASTER_HOT constexpr void move_bytes(char* to, char const* from, std::size_t count) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != count; ++i) {
            std::size_t const at = to < from ? i : count - 1 - i;
            to[at] = from[at];
        }
    } else if (count != 0) {
        std::memmove(to, from, count);
    }
}

/// The whole number that a text is, without the blanks at its ends; absent if it is none, or beyond 63 bits.
[[nodiscard]] constexpr number whole_number(std::string_view text) noexcept {
    trim(text);
    bool const negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty()) return {};
    std::uint64_t const most = (~std::uint64_t{0} >> 1) + (negative ? 1 : 0);
    std::uint64_t sum = 0;
    for (char const c : text) {
        unsigned const digit = static_cast<unsigned>(c) - '0';
        if (digit > 9 || sum > (most - digit) / 10) return {};
        sum = sum * 10 + digit;
    }
    return static_cast<std::int64_t>(negative ? 0 - sum : sum);
}

template <class Char>
class packer {
    using token_type = token<Char>;
#if !RESTARTCASTER_SMALL
    using plain = plain_form<Char>;
#endif

public:
    /// Prepares to pack into the bytes from `begin` on. Without a table, nothing is packed.
    constexpr void begin(Char* begin, reply_table const* table, unsigned level) noexcept {
        begin_ = to_ = begin;
        end_ = begin;
        if (table == nullptr) return;
        nodes_ = table->nodes;
        names_ = table->names;
        level_ = level;
        node_ = leaf_ = run_ = 0;
        guess_.begin(*table);
        guess_.first(0);
        in_array_ = overflown_ = false;
    }
    [[nodiscard]] constexpr bool is_active() const noexcept { return nodes_ != nullptr; }
    /// The depth of the current object or element.
    [[nodiscard]] constexpr unsigned level() const noexcept { return level_; }
    /// Whether the top level of a reply has a field of this name.
    [[nodiscard]] static constexpr bool describes(reply_table const& table, std::string_view name) noexcept {
        packer at_root;
        at_root.begin(nullptr, &table, 1);
        return at_root.find(name) != 0;
    }
    /// Where the packed form begins, and the bytes of the body that it did not overwrite.
    [[nodiscard]] constexpr char const* packed_form() const noexcept { return begin_; }
    [[nodiscard]] constexpr std::string_view rest_of(std::string_view body) const noexcept {
        return to_ == begin_ ? body : part(body, static_cast<std::size_t>(to_ - body.data()));
    }
    /// The end of the packed form. Whether everything is packed.
    constexpr bool finish(Char const* read) noexcept {
        end_ = read;
        put(list_end);
        return !overflown_;
    }

    /// Packs a text that must stay readable and is no described field; returns its new place.
    constexpr std::string_view keep(std::string_view text, Char const* read) noexcept {
        end_ = read;
        if (run_ != 0) close_run();
        return put_text(kept_tag, text, 0) ? text_at(to_ - text.size(), text.size()) : std::string_view();
    }

#if !RESTARTCASTER_SMALL
    // ---- Texts and numbers that stand in the expected order, without blanks, escapes and characters beyond ASCII, are taken
    // without a token for each name and value. Everything else is left to the functions below.

    /// Takes such members of the current object; returns the position after them. `first`: no comma comes before the next
    /// member. `in_array`: the object is in an array; if it is a record of a list, the records after it are taken too.
    RESTARTCASTER_HOT constexpr Char const* take_plain_members(Char const* at, Char const* end, bool& first, bool in_array) noexcept {
        // In local variables, because every byte that is written might be one of a member of this object.
        Char* to = to_;
        bool const in_list = in_array && nodes_[node_].is_list;
        for (expectation::place place = guess_.now();; guess_.set(place)) {
            unsigned const expected = guess_.at(place);
            reply_node const& node = nodes_[expected];
            char const* const name = names_ + node.name;
            Char const* next = at;
            if (end - at < node.name_size + plain::more_bytes) break;
            if (in_list && at[0] == '}' && at[1] == ',' && at[2] == '{') {
                *to++ = static_cast<Char>(list_end);
                *to++ = static_cast<Char>(record_begin);
                place = guess_.first_place(node_);
                first = true;
                at += 3;
                continue;
            }
            if (node.plain == plain_kind::none || (!first && *next++ != ',')) break;
            if (!stands_at(next, name - 1, node.name_size + 3u)) break; // "name":
            next += node.name_size + 3;
            Char* const after = plain::put_value(to, node, next, end);
            if (after == nullptr) break;
            to = after;
            place = guess_.after_place(expected);
            first = false;
            at = next;
        }
        to_ = to;
        end_ = at;
        return at;
    }
    /// Takes such elements in the current element; returns the position after them.
    RESTARTCASTER_HOT constexpr Char const* take_plain_elements(Char const* at, Char const* end) noexcept {
        Char* to = to_;
        for (expectation::place place = guess_.now();; guess_.set(place)) {
            unsigned const expected = guess_.at(place);
            reply_node const& node = nodes_[expected];
            char const* const name = names_ + node.name;
            std::size_t const size = node.name_size;
            Char const* next = at;
            if (node.plain == plain_kind::none || run_ != 0 || end - next < node.name_size + plain::more_bytes || *next++ != '<') break;
            if (!stands_at(next, name, size) || next[size] != '>') break;
            Char const* const text = next + size + 1;
            next = skip_plain(text, end, '<', '&', ']');
            Char const* const text_end = next;
            if (end - next < node.name_size + plain::more_bytes || *next++ != '<' || *next++ != '/') break;
            if (!stands_at(next, name, size) || next[size] != '>') break;
            next += size + 1;
            if (node.plain == plain_kind::text) {
                Char* const after = plain::put_text(to, node.tag, text, static_cast<std::size_t>(text_end - text), end);
                if (after == nullptr) break;
                to = after;
            } else {
                Char const* digits = text;
                std::uint64_t const value = plain::read_number(digits);
                if (digits == text || digits != text_end) break;
                to = plain::put_number(to, node.tag, value);
            }
            place = guess_.after_place(expected);
            at = next;
        }
        to_ = to;
        end_ = at;
        return at;
    }
    [[nodiscard]] constexpr bool in_object_at(unsigned depth) const noexcept { return level_ == depth && !in_array_; }
#endif

    // ---- JSON

    /// Takes a name in the current object; returns whether it is the name of a described field.
    RESTARTCASTER_HOT constexpr bool take_name(std::string_view name) noexcept {
        leaf_ = find(name);
        return leaf_ != 0;
    }

    /// Takes the value of the name before, an element of an array, or the end of an object or array.
    RESTARTCASTER_HOT constexpr void take_json(token_type const& token, unsigned depth, bool ends_in_object, Char const* read) noexcept {
        end_ = read;
        auto const kind = static_cast<json_kind>(token.kind);
        bool const begins = kind == json_kind::object_begin || kind == json_kind::array_begin;
        if (leaf_ != 0)
            take_member(token, kind);
        else if (in_array_ && depth == level_ + begins && !is_end(kind))
            (void)put_element(node_, token, kind);
        else if (depth + 1 == level_ && is_end(kind))
            leave_json(ends_in_object);
    }

    // ---- XML

    /// Takes the name of an element. Returns the name in the table, with a quote at its end, if it is a described field.
    RESTARTCASTER_HOT constexpr char const* take_element_begin(std::string_view name, unsigned depth, Char const* read) noexcept {
        end_ = read;
        if (depth != level_ + 1) {
            if (leaf_ != 0) no_text_ = true; // an element inside of what is described as a text or a number
            return nullptr;
        }
        unsigned const found = find(name);
        if (found == 0) return nullptr;
        reply_node const& node = nodes_[found];
        if (run_ != 0 && run_ != found) close_run();
        if (node.is_list && run_ == 0) {
            put(node.tag);
            run_ = found;
        }
        if (node.is_list) guess_.again(found);
        if (node.kind == field_kind::record) {
            if (node.is_list)
                put(record_begin);
            else
                put_absent(node.tag, node.last);
            enter(found);
        } else {
            leaf_ = found;
            text_ = text_at(read, 0);
            no_text_ = false;
        }
        return names_ + node.name;
    }
    /// Takes a piece of text.
    RESTARTCASTER_HOT constexpr void take_text(token_type const& piece, unsigned depth) noexcept {
        if (leaf_ == 0 || depth != level_ + 1) return;
        if (text_.empty() && !piece.encoded) {
            text_ = piece.text;
            return;
        }
        Char* const to = const_cast<Char*>(text_.empty() ? piece.text.data() : text_.data()) + text_.size();
        std::size_t const size = decode_piece<Char>(media_type::xml, piece.kind, piece.text, to);
        text_ = text_at(to - text_.size(), text_.size() + size);
    }
    /// Takes the end of an element.
    RESTARTCASTER_HOT constexpr void take_element_end(unsigned depth, Char const* read) noexcept {
        end_ = read;
        if (depth == level_) {
            if (leaf_ == 0) return;
            reply_node const& node = nodes_[leaf_];
            leaf_ = 0;
            put_value(node, text_, no_text_ ? json_kind::null_value : json_kind::string);
        } else if (depth + 1 == level_) {
            if (run_ != 0) close_run();
            leave(nodes_[node_].is_list ? node_ : 0);
        }
    }

private:
    [[nodiscard]] constexpr std::string_view name_of(unsigned node) const noexcept {
        return text_at(names_ + nodes_[node].name, nodes_[node].name_size);
    }
    [[nodiscard]] static constexpr bool is_end(json_kind kind) noexcept {
        return kind == json_kind::object_end || kind == json_kind::array_end;
    }

    // The child of the current node with this name; 0 if there is none. The expected name is compared first.
    RESTARTCASTER_HOT constexpr unsigned find(std::string_view name) noexcept {
        unsigned found = guess_.expected();
        if (found == 0 || name_of(found) != name) {
            found = find_child(name.data(), name.size());
            if (found == 0) return 0;
            guess_.learn(found);
        }
        guess_.after(found);
        return found;
    }
    RESTARTCASTER_APART constexpr unsigned find_child(char const* name, std::size_t size) const noexcept {
        unsigned found = nodes_[node_].child;
        while (found != 0 && name_of(found) != text_at(name, size))
            found = nodes_[found].next;
        return found;
    }

    constexpr void enter(unsigned node) noexcept {
        node_ = node;
        ++level_;
        run_ = 0;
        guess_.first(node);
        in_array_ = false;
    }
    // Ends the current object or element. `run` is the XML list that it was an element of.
    constexpr void leave(unsigned run) noexcept {
        reply_node const& node = nodes_[node_];
        if (node.is_list) put(list_end);
        --level_;
        run_ = run;
        if (run != 0)
            guess_.again(run);
        else
            guess_.after(node_);
        if (node_ == 0) nodes_gone();
        node_ = node.parent;
    }
    // After the end of the root, no name is a field.
    constexpr void nodes_gone() noexcept { level_ = ~0u >> 1; }

    constexpr void leave_json(bool ends_in_object) noexcept {
        reply_node const& node = nodes_[node_];
        bool const is_list = node.is_list;
        unsigned const self = node_;
        bool const was_array = in_array_;
        in_array_ = false;
        if (was_array) { // the end of the list
            put(list_end);
            --level_;
            guess_.after(self);
            node_ = node.parent;
            return;
        }
        leave(0);
        if (!is_list) return;
        if (ends_in_object) {
            put(list_end); // a single object in place of a list
        } else {
            node_ = self;
            in_array_ = true;
        }
    }
    constexpr void close_run() noexcept {
        put(list_end);
        run_ = 0;
    }

    // The value of a described member of an object.
    RESTARTCASTER_HOT constexpr void take_member(token_type const& token, json_kind kind) noexcept {
        unsigned const found = leaf_;
        leaf_ = 0;
        reply_node const& node = nodes_[found];
        if (node.is_list) {
            put(node.tag);
            if (kind == json_kind::array_begin) {
                node_ = found;
                ++level_;
                in_array_ = true;
                return;
            }
            bool const no_element = kind == json_kind::null_value || (kind == json_kind::string && token.text.empty());
            if (!no_element && put_element(found, token, kind)) return;
            put(list_end);
        } else if (node.kind == field_kind::record) {
            put_absent(node.tag, node.last);
            if (kind == json_kind::object_begin) enter(found);
        } else {
            put_value(node, decoded(token, kind), kind);
        }
    }
    // Packs an element of the list `list`. True if the element is a record whose members follow.
    constexpr bool put_element(unsigned list, token_type const& token, json_kind kind) noexcept {
        reply_node const& node = nodes_[list];
        if (node.kind != field_kind::record) {
            put_value(node, decoded(token, kind), kind);
            return false;
        }
        put(record_begin);
        if (kind == json_kind::object_begin) {
            enter(list);
            return true;
        }
        put(list_end);
        return false;
    }
    [[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view decoded(token_type const& token, json_kind kind) noexcept {
        if (kind != json_kind::string || !token.encoded) return token.text;
        Char* const to = const_cast<Char*>(token.text.data());
        return text_at(to, decode_json(token.text, to));
    }

    // Packs a text, a number or a Boolean, as a field or as an element of a list. A value of another kind is absent.
    RESTARTCASTER_HOT constexpr void put_value(reply_node const& node, std::string_view text, json_kind kind) noexcept {
        unsigned const tag = node.is_list ? 0 : node.tag;
        bool const is_text = kind == json_kind::string || kind == json_kind::number;
        bool const is_scalar = is_text || kind == json_kind::true_value || kind == json_kind::false_value;
        bool done = false;
        if (node.kind == field_kind::text)
            done = is_scalar && put_text(tag, text, tag != 0 ? 0 : element_present);
        else if (node.kind == field_kind::number)
            done = is_text && put_number(tag, whole_number(text));
        else
            done = is_scalar && put_boolean(tag, text);
        if (done) return;
        if (tag != 0)
            put_absent(tag, tag + 1);
        else
            put(element_absent);
    }
    constexpr bool put_number(unsigned tag, number value) noexcept {
        if (!value.has_value()) return false;
        std::int64_t const whole = value.value();
        put(tag != 0 ? tag : element_present);
        put_bits(static_cast<std::uint64_t>(whole) << 1 ^ static_cast<std::uint64_t>(whole >> 63));
        return true;
    }
    constexpr bool put_boolean(unsigned tag, std::string_view text) noexcept {
        trim(text);
        bool const yes = text == "true"sv;
        if (!yes && text != "false"sv) return false;
        put(tag != 0 ? tag : element_present);
        put(yes ? 1 : 0);
        return true;
    }
    constexpr void put_absent(unsigned first, unsigned last) noexcept {
        put(absent_tag);
        put(first);
        put(last);
    }

    // Packs tag (if it is not 0), length plus `more`, and text; false if the room is too small.
    RESTARTCASTER_HOT constexpr bool put_text(unsigned tag, std::string_view text, unsigned more) noexcept {
        std::size_t const mark = text.size() + more;
        std::size_t head = tag != 0 ? 2 : 1;
        for (std::size_t rest = mark >> 7; rest != 0; rest >>= 7) ++head;
        if (static_cast<std::size_t>(end_ - to_) < head + text.size()) return false;
        move_bytes(to_ + head, text.data(), text.size());
        if (tag != 0) put(tag);
        put_bits(mark);
        to_ += text.size();
        return true;
    }
    RESTARTCASTER_HOT constexpr void put_bits(std::uint64_t bits) noexcept {
        for (; bits > 0x7F; bits >>= 7) put(0x80 | (static_cast<unsigned>(bits) & 0x7F));
        put(static_cast<unsigned>(bits));
    }
    RESTARTCASTER_HOT constexpr void put(unsigned byte) noexcept {
        if (to_ == end_)
            overflown_ = true;
        else
            *to_++ = static_cast<Char>(byte);
    }

    reply_node const* nodes_ = nullptr;
    char const* names_ = nullptr;
    Char* begin_ = nullptr;
    Char* to_ = nullptr;          // the end of the packed form
    Char const* end_ = nullptr;   // the end of the bytes that are read
    std::string_view text_ = {};  // of the current XML field
    unsigned level_ = ~0u >> 1;   // the depth of the current object, array or element
    unsigned node_ = 0;           // its node; a list's node stands for the array and for its elements
    expectation guess_;           // which field is expected next
    unsigned leaf_ = 0;           // JSON: the field whose value follows; XML: the text or number that is being read
    unsigned run_ = 0;            // XML: the list whose elements are being read, in the current element
    bool in_array_ = false;       // JSON: the current node is the array, not an element of it
    bool no_text_ = false;        // XML: the current field has inner elements
    bool overflown_ = false;
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/read/fields.hpp
// The description of a typed reply: the names of fields in an answer, and the members of a struct that receive them.
// Source: docs/design.md, "Typed replies".
// Data flow: a struct with a description in; a table for the reader, and the struct with its members set, out.
#ifndef RESTARTCASTER_READ_FIELDS_HPP
#define RESTARTCASTER_READ_FIELDS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

template <class... Described>
struct fields;

namespace detail {

// The struct and the type of a pointer to a member.
template <class Pointer>
struct member_pointer;
template <class Record, class Member>
struct member_pointer<Member Record::*> {
    using record = Record;
    using member = Member;
};

template <class T>
concept described_record = requires { T::fields.described_size; };

template <class T>
[[nodiscard]] consteval field_kind kind_of() noexcept {
    if constexpr (std::is_same_v<T, std::string_view>)
        return field_kind::text;
    else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, boolean>)
        return field_kind::boolean;
    else if constexpr (std::is_integral_v<T> || std::is_same_v<T, number>)
        return field_kind::number;
    else
        return field_kind::record;
}

/// The path of a field and the member that receives it, both as template arguments.
template <literal Path, auto Member, bool Secret>
struct described_field {
    using member = typename member_pointer<decltype(Member)>::member;
    static constexpr auto pointer = Member;
    static constexpr bool secret = Secret;
    // The five fields of every answer (answer.hpp), in the order of answer::field; 5 for any other name. At the top level of a
    // reply, their members receive what answer.hpp read.
    static constexpr unsigned of_answer =
        find_word(Path.bytes, Path.size, "Code\0Message\0HostId\0RequestId\0Recommend\0", false);

    [[nodiscard]] static constexpr std::string_view name() noexcept { return Path.view(); }

    // How many numbers the field takes in its record.
    template <bool Top>
    [[nodiscard]] static consteval std::size_t width() noexcept {
        if constexpr (Top && of_answer != 5)
            return 0;
        else if constexpr (described_record<member>)
            return member::fields.template width<false>();
        else
            return 1;
    }
    // Upper limits for the table: the names on the path, and the bytes of the names.
    [[nodiscard]] static consteval std::size_t nodes() noexcept {
        std::size_t sum = 1;
        for (char const c : name()) sum += c == '.' ? 1 : 0;
        if constexpr (described_record<member>) sum += member::fields.nodes();
        if constexpr (is_list<member>) sum += nodes_of_element<typename member::value_type>();
        return sum;
    }
    [[nodiscard]] static consteval std::size_t bytes() noexcept {
        std::size_t sum = name().size();
        if constexpr (described_record<member>) sum += member::fields.bytes();
        if constexpr (is_list<member>) sum += bytes_of_element<typename member::value_type>();
        return sum;
    }

    template <bool Top, class Builder>
    static consteval void add(Builder& to, std::size_t parent, std::size_t& tag) noexcept {
        constexpr bool kept = Top && of_answer != 5;
        static_assert(!kept || std::is_same_v<member, std::string_view>,
                      "restartcaster: Code, Message, HostId, RequestId and Recommend of a reply are texts");
        if constexpr (!kept) {
            std::size_t const node = to.path(parent, name(), false, tag);
            to.nodes[node].is_list = is_list<member>;
            if constexpr (is_list<member>) {
                using element = typename member::value_type;
                static_assert(described_record<element> || std::is_same_v<element, std::string_view> ||
                                  std::is_same_v<element, number> || std::is_same_v<element, boolean>,
                              "restartcaster: an element of a list is a text, a number, a boolean or a struct with fields");
                to.nodes[node].kind = kind_of<element>();
                ++tag;
                if constexpr (described_record<element>) {
                    std::size_t first = 1;
                    element::fields.template add<false>(to, node, first);
                }
                to.end_objects(to.nodes[node].parent, tag);
            } else {
                to.nodes[node].kind = kind_of<member>();
                if constexpr (described_record<member>) {
                    member::fields.template add<false>(to, node, tag);
                } else {
                    static_assert(kind_of<member>() != field_kind::record,
                                  "restartcaster: a member is a text, a number, a Boolean, a list or a struct with fields");
                    constexpr field_kind kind = kind_of<member>();
                    to.nodes[node].plain = kind == field_kind::text     ? plain_kind::text
                                           : kind == field_kind::number ? plain_kind::number
                                                                        : plain_kind::none;
                    ++tag;
                }
                to.end_objects(node, tag);
            }
        }
    }

private:
    template <class Element>
    [[nodiscard]] static consteval std::size_t nodes_of_element() noexcept {
        if constexpr (described_record<Element>)
            return Element::fields.nodes();
        else
            return 0;
    }
    template <class Element>
    [[nodiscard]] static consteval std::size_t bytes_of_element() noexcept {
        if constexpr (described_record<Element>)
            return Element::fields.bytes();
        else
            return 0;
    }
};

} // namespace detail

/// Describes a field of a reply: its path, for example "RequestId" or "CasterList.Caster" (1 to 127 bytes), and the member
/// that receives it. The member is a std::string_view, an integer, a bool, a number or a boolean (which tell whether the
/// field is there), a list, or a struct with fields of its own.
template <detail::literal Path, auto Member>
inline constexpr detail::described_field<Path, Member, false> field{};

/// Describes a field that is a secret, for example a stream URL with an auth_key. The library never prints a reply; a program
/// that prints one asks for_each_field.
template <detail::literal Path, auto Member>
inline constexpr detail::described_field<Path, Member, true> secret_field{};

/// The fields of a reply, or of a record in it. The fields of one object stand together.
template <class... Described>
struct fields {
    /// The number of described fields.
    static constexpr std::size_t described_size = sizeof...(Described);
    constexpr fields() noexcept = default;
    /// Describes the fields, each by a constant `field` or `secret_field`.
    constexpr explicit fields(Described...) noexcept
        requires(described_size != 0)
    {}

    /// For the library: how many numbers the fields take in their record.
    template <bool Top>
    [[nodiscard]] static consteval std::size_t width() noexcept {
        return (std::size_t{0} + ... + Described::template width<Top>());
    }
    /// For the library: upper limits for the nodes and for the bytes of a table.
    [[nodiscard]] static consteval std::size_t nodes() noexcept { return (std::size_t{0} + ... + Described::nodes()); }
    /// For the library.
    [[nodiscard]] static consteval std::size_t bytes() noexcept { return (std::size_t{0} + ... + Described::bytes()); }
    /// For the library: adds the fields to a table.
    template <bool Top, class Builder>
    static consteval void add(Builder& to, [[maybe_unused]] std::size_t parent, [[maybe_unused]] std::size_t& tag) noexcept {
        (Described::template add<Top>(to, parent, tag), ...);
    }
};

namespace detail {

template <std::size_t Nodes, std::size_t Bytes>
struct stored_table {
    reply_node nodes[Nodes];
    char names[Bytes + 8];
};

template <class Reply>
[[nodiscard]] consteval auto build_table() noexcept {
    table_builder<Reply::fields.nodes(), Reply::fields.bytes()> built;
    std::size_t tag = 1;
    Reply::fields.template add<true>(built, 0, tag);
    return built;
}
template <class Reply>
[[nodiscard]] consteval auto store_table() noexcept {
    constexpr auto built = build_table<Reply>();
    static_assert(built.fault != table_fault::name_twice, "restartcaster: a reply describes one field twice");
    static_assert(built.fault != table_fault::object_scattered,
                  "restartcaster: the fields of one object stand together in a description");
    static_assert(built.fault != table_fault::too_many_fields,
                  "restartcaster: a reply has at most 255 names, and a record at most 252 fields");
    stored_table<built.node_count, built.byte_count> out{};
    for (std::size_t i = 0; i != built.node_count; ++i) out.nodes[i] = built.nodes[i];
    for (std::size_t i = 0; i != built.byte_count; ++i) out.names[i] = built.names[i];
    return out;
}

template <class Reply>
inline constexpr auto table_store = store_table<Reply>();
template <class Reply>
inline constexpr reply_table table_of{table_store<Reply>.nodes, sizeof table_store<Reply>.nodes / sizeof(reply_node),
                                      table_store<Reply>.names};

// Passes the member with this number, and its value in a fresh record, to `act`.
template <bool Top, class Record, class Act, class... Described>
RESTARTCASTER_HOT constexpr void with_member(fields<Described...>, Record& to, Record const& absent, unsigned tag, Act const& act) noexcept;

template <bool Top, class Described, class Record, class Act>
RESTARTCASTER_HOT constexpr bool with_described(Record& to, Record const& absent, unsigned& tag, Act const& act) noexcept {
    constexpr auto width = static_cast<unsigned>(Described::template width<Top>());
    if (tag > width) {
        tag -= width;
        return false;
    }
    auto& member = to.*Described::pointer;
    auto const& absent_member = absent.*Described::pointer;
    if constexpr (described_record<typename Described::member>)
        with_member<false>(Described::member::fields, member, absent_member, tag, act);
    else
        act(member, absent_member);
    return true;
}
template <bool Top, class Record, class Act, class... Described>
RESTARTCASTER_HOT constexpr void with_member(fields<Described...>, Record& to, Record const& absent, [[maybe_unused]] unsigned tag,
                                             Act const& act) noexcept {
    (void)(with_described<Top, Described>(to, absent, tag, act) || ...);
}

// Reads the fields of a record into its members; returns the position after the record.
template <bool Top, class Record>
[[nodiscard]] constexpr char const* unpack_fields(Record& to, char const* at) noexcept {
    while (unsigned const tag = unpack_byte(at)) {
        if (tag == kept_tag) {
            std::size_t const size = static_cast<std::size_t>(unpack_bits(at));
            at += size;
        } else if (tag == absent_tag) {
            unsigned each = unpack_byte(at);
            unsigned const last = unpack_byte(at);
            for (; each != last; ++each)
                with_member<Top>(Record::fields, to, fresh<Record>, each, [](auto& member, auto const& absent) { member = absent; });
        } else {
            with_member<Top>(Record::fields, to, fresh<Record>, tag,
                             [&at](auto& member, auto const& absent) { unpack_value(member, absent, at); });
        }
    }
    return at;
}
template <class Record>
[[nodiscard]] constexpr char const* unpack_record(Record& to, char const* at) noexcept {
    return unpack_fields<false>(to, at);
}

template <class Answer, class Reply, class... Described>
constexpr void take_fields_of_answer(fields<Described...>, Reply& to, Answer const& said) noexcept {
    [[maybe_unused]] auto const take = [&]<class Each>(Each) {
        if constexpr (Each::of_answer != 5)
            to.*Each::pointer = said[static_cast<typename Answer::field>(Each::of_answer)];
    };
    (take(Described{}), ...);
}

template <class Reply, class Visitor, class... Described>
constexpr void visit_fields(fields<Described...>, Reply const& reply, Visitor& visitor) {
    (visitor(Described::name(), reply.*Described::pointer, Described::secret), ...);
}

} // namespace detail

/// Calls visitor(path, member, secret) for each described field of a reply or of a record, in the order of the description.
/// `member` has the type of the member, `secret` tells whether the field must not be printed.
template <detail::described_record Record, class Visitor>
constexpr void for_each_field(Record const& record, Visitor&& visitor) {
    detail::visit_fields(Record::fields, record, visitor);
}

}} // namespace restartcaster

#endif

// ---- restartcaster/read/judge.hpp
// Decides for an answer that is not a success whether the operation ran, and what to do.
// Source: docs/design.md, "Errors"; RFC 9110 section 15; protocol "Responses" and "Throttling headers".
// Data flow: status, header fields and fields of the body in, the remaining members of the error out; used by reply.hpp.
#ifndef RESTARTCASTER_READ_JUDGE_HPP
#define RESTARTCASTER_READ_JUDGE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Whether a code with the meaning "the operation did not run" proves this: the table in docs/design.md, "Errors".
template <class Response, class Error, class Meaning>
[[nodiscard]] constexpr bool proves_refusal(Response const& from, Error const& said, Meaning const& meaning) noexcept {
    // Two of three signs show that the service itself wrote the field `Code`: the whole name of the code is known, the body
    // has a request id or host id, and the content type is JSON, XML or missing. A proxy's web page has another content type.
    unsigned const signs = (meaning.by_name ? 1u : 0u) + (from.content_type != media_type::other ? 1u : 0u) +
                           (said.request_id.size() + said.host_id.size() != 0 ? 1u : 0u);
    if (meaning.ran != executed::no || !said.code_in_own_field || signs < 2) return false;
    if (from.status / 100 == 4) return true;
    if (said.request_id.empty()) return false;
    // A 5xx proves nothing, because the service itself failed. The exception is throttling: the service was observed to answer
    // a throttled call with 503.
    if (from.status == 503) return meaning.code == service_code::throttling;
    // A call that ran is answered with 2xx as well. So a refusal with 2xx proves nothing if programs would wait or correct the
    // clock after this refusal, and call again.
    return from.status / 100 == 2 && meaning.what_to_do != advice::wait && meaning.what_to_do != advice::fix_clock;
}

// Completes an error from the answer: a refusal if the answer has a code, otherwise unreadable.
template <class Response, class Error, class Meaning = service_code_meaning>
constexpr void judge(Response const& from, Error& e) noexcept {
    unsigned const hundreds = from.status / 100u;
    Meaning said;
    if (from.status == 407)
        e.cause.code = errc::proxy_refused;
    else if (!static_cast<bool>(e.cause.code)) {
        said = meaning_of(e.code_text, from.status);
        // A code of success contradicts a status other than 2xx.
        if (said.ran == executed::yes && hundreds != 2) e.cause.code = errc::reply_unexpected;
    }
    Meaning meaning{.ran = executed::maybe, .what_to_do = advice::look_first};
    std::uint32_t wait = from.wait_ms();
    if (static_cast<bool>(e.cause.code)) {
        e.kind = error_kind::unreadable;
        // 3xx and 4xx: an intermediary redirected or refused. Any other answer may follow a call that ran.
        if (hundreds == 3 || hundreds == 4) meaning.what_to_do = advice::fix_transport;
        e.code_text = {}; // an unreadable body is not trusted
        e.message = {};
        e.request_id = {};
        e.host_id = {};
        e.recommend = {};
        if (hundreds == 3 && from.status != 304) { // 304 Not Modified has no target
            e.cause.code = errc::redirected;
#if !RESTARTCASTER_SMALL
            e.redirected_to = from.location;
#endif
        }
    } else {
        e.kind = error_kind::refused;
        meaning.code = said.code;
        if (proves_refusal(from, e, said)) {
            meaning = said;
            if (from.retry_after_ms != 0 && hundreds == 4 && (!e.request_id.empty() || !e.host_id.empty()))
                meaning = {service_code::throttling, executed::no, advice::wait};
            else if (wait != 0 && said.code == service_code::other)
                meaning.what_to_do = advice::wait;
            if (meaning.what_to_do != advice::wait) wait = 0;
        }
    }
    e.ran = meaning.ran;
    e.what_to_do = meaning.what_to_do;
    e.code = meaning.code;
    e.http_status = from.status;
    e.retry_after_ms = wait;
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/read/reply.hpp
// The second half of the library: makes a reply, or an error that says what to do, from the bytes of a response.
// Source: protocol "Responses" (success, error, Live's own and the gateway's); docs/design.md, "Reply".
// Data flow: a response in, the operation's reply or an error out.
//
//
// How reading works. answer.hpp reads the whole body once and keeps five fields of the top level: Code, Message, HostId,
// RequestId and Recommend. read_answer() then decides between three results:
//
//   success      status 2xx, no code or a code of success (OK, 200, Success, success or a further code of the operation), and
//                a root that a success can have; also status 204 without a body, if the reply is body_reply
//   refusal      a well-formed body with any other code
//   unreadable   everything else: no body, a broken or compressed body, a failure status without a code, a code that is
//                not a text; and for request_id_reply, a success without a request id
//
// For a refusal and for an unreadable answer, judge.hpp decides whether the operation ran and what to do next. judge.hpp
// makes a code of success under a failure status, and every answer with status 407, unreadable.
//
// The escapes in the body are decoded in one of three ways:
//
//   request_id_reply   at once, in place, because the program receives one text only
//   body_reply         after the decision (Keep), because the program receives the body, and the body of a success must stay
//                      unchanged: the code is compared while it is decoded byte by byte; for an error, the fields are then
//                      decoded in place
//   described fields   at once, in place; in a 2xx answer the fields are also packed to the front of the body (pack.hpp)
#ifndef RESTARTCASTER_READ_REPLY_HPP
#define RESTARTCASTER_READ_REPLY_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The reply of an operation whose only result is the request id.
/// Storage: points into the response's body.
struct request_id_reply {
    /// The id of the request at the service; a report to the vendor needs it.
    std::string_view request_id;
};

/// The reply of an action: the request id, and a well-formed body to read with json_reader or xml_reader.
/// Storage: points into the response's body, which is unchanged.
struct body_reply {
    /// The request id, with its escapes if it has any; empty if the body has no request id at the top level.
    std::string_view request_id;
    /// The whole body, unchanged; empty after a 204 without a body.
    std::span<char> body;
    /// The format of the body, JSON or XML, found by its first byte; none if the body is empty.
    media_type type = media_type::none;
};

namespace detail {

// The further codes of success in the description of an operation, if there are any.
template <class Operation>
[[nodiscard]] constexpr std::string_view described_success_codes() noexcept {
    if constexpr (requires { Operation::description.success_codes; })
        return Operation::description.success_codes;
    else
        return {};
}
// Whether the code of a 2xx answer is one of `codes`, which are separated by blanks.
template <class Char, body_use Use>
[[nodiscard]] RESTARTCASTER_THIN constexpr bool says_one_of(answer<Char, Use> const& said, std::string_view codes) noexcept {
    while (!codes.empty()) {
        std::string_view const one = part(codes, 0, codes.find(' '));
        if (!one.empty() && said.code_is(one)) return true;
        codes.remove_prefix(one.size() == codes.size() ? one.size() : one.size() + 1);
    }
    return false;
}

// Whether the code of a 2xx answer means success. No code means success too.
template <class Char, body_use Use>
[[nodiscard]] RESTARTCASTER_THIN constexpr bool says_success(answer<Char, Use> const& said, std::string_view further_codes) noexcept {
    constexpr char const* known = "OK\0" "200\0Success\0success\0";
    std::string_view const code = said[said.code];
    if (code.empty() || says_one_of(said, further_codes)) return true;
    if (Use != body_use::kept || !said.code_is_raw()) return find_word(code, known) != 4;
    return says_one_of(said, "OK 200 Success success"sv) || said.code_is(""sv);
}

// Whether an answer is a success. `said` receives the fields and, if the answer is unreadable, the failure. With Keep, the
// body of a success stays unchanged.
template <class Response, class Char, body_use Use>
[[nodiscard]] RESTARTCASTER_THIN constexpr bool read_answer(Response const& from, answer<Char, Use>& said,
                                         std::string_view further_codes) noexcept {
    using escapes = typename answer<Char, Use>::escapes;
    constexpr bool Keep = Use == body_use::kept;
    bool const success = from.status >= 200 && from.status < 300;
    if (from.content_encoded) return said.set_failure(errc::body_encoded, 0);
    if (from.status == 204 && Keep && from.body.empty()) return true; // the only success without a body
    said.read_body(text_at(from.body.data(), from.body.size()),
                   success ? escapes::left : escapes::decoded);
    if (said.failed()) {
        // A body with another content type, such as HTML or an image, is not a broken answer of the service: another server
        // sent it.
        if (from.content_type == media_type::other && said.failure_code != errc::body_empty)
            return said.set_failure(errc::body_not_recognised, 0);
        return false;
    }
    if (success) said.forget_code_of_error();
    bool const good_root = said.root_of_success && !said.code_is_no_text();
    if (!Keep || !said.code_is_raw()) trim(said[said.code]);
    bool const good = success && says_success(said, further_codes);
    if (Keep && success && !good) {
        said.decode_what_fits();
        trim(said[said.code]);
    }
    trim(said[said.request_id]);
    if (!said[said.code].empty() && !good) return false;
    if (!success || !good_root) return said.set_failure(errc::reply_unexpected, 0);
    if (!Keep && said[said.request_id].empty()) return said.set_failure(errc::request_id_missing, 0);
    return true;
}

// The error of an answer that is not a success.
template <class Response, class Answer, class Error = error>
[[nodiscard]] constexpr Error error_of_answer(Response const& from, Answer const& said) noexcept {
    Error e{};
    e.cause.code = said.failure_code;
    e.cause.detail = said.failure_offset;
    e.code_in_own_field = said.code_in_own_field();
    e.code_text = said[Answer::code];
    e.message = said[Answer::message];
    e.request_id = said[Answer::request_id];
    e.host_id = said[Answer::host_id];
    e.recommend = said[Answer::recommend];
    e.body = said.rest_of(text_at(from.body.data(), from.body.size()));
    judge(from, e);
    return e;
}

// Reads an answer whose reply has described fields.
// Char is a parameter, because clang compiles what does not depend on one in every file: docs/design.md, "Cheap to include".
template <class Reply, class Char = char>
[[nodiscard]] constexpr result<Reply, error> read_described(response const& from, std::string_view success_codes) noexcept {
    // Only a success has the described fields, and only its body may be overwritten: an error shows the body of other answers.
    answer<Char, body_use::described> said(from.status / 100 == 2 ? &table_of<Reply> : nullptr);
    if (read_answer(from, said, success_codes)) {
        return {made_by{}, [&] {
                    Reply reply{};
                    if (said.packed_fields() != nullptr) (void)unpack_fields<true>(reply, said.packed_fields());
                    take_fields_of_answer(Reply::fields, reply, said);
                    return reply;
                }};
    }
    return {failed_by{}, [&] { return error_of_answer(from, said); }};
}

// Implements both overloads of read_reply.
template <class Operation>
[[nodiscard]] RESTARTCASTER_THIN constexpr result<typename Operation::reply, error>
read_reply_with(response const& from, std::string_view success_codes) noexcept {
    using reply = typename Operation::reply;
    if constexpr (requires { reply::fields; }) {
        return read_described<reply>(from, success_codes);
    } else {
        constexpr bool keep = std::is_same_v<reply, body_reply>;
        static_assert(keep || std::is_same_v<reply, request_id_reply>,
                      "restartcaster: the reply of an operation is request_id_reply, body_reply or a struct with fields");
        answer<char, keep ? body_use::kept : body_use::decoded> said;
        if (read_answer(from, said, success_codes)) {
            std::string_view const request_id = said[said.request_id];
            if constexpr (keep)
                return reply{request_id, from.body, said.type};
            else
                return reply{request_id};
        }
        return {failed_by{}, [&] { return error_of_answer(from, said); }};
    }
}

} // namespace detail

/// Reads the answer to a call of `Operation`. Its reply is request_id_reply, body_reply, or a struct with described fields:
/// `static constexpr auto fields = restartcaster::fields(...)`.
/// Requires: a complete response.
/// Storage: the texts of reply and error point into the response's body. Escapes are decoded in place, so a body can be read
///   only once.
/// Errors: kind refused, with the service's code, if the service refused the call, under any HTTP status; kind unreadable if
///   the body is not an answer of the service (a proxy's page, an empty body, a fragment of a body): the error contains the
///   HTTP status, and in `cause` the reason and its byte offset.
/// Cost: one pass over the body; no allocation.
template <class Operation>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
read_reply(response const& from) noexcept {
    return detail::read_reply_with<Operation>(from, detail::described_success_codes<Operation>());
}
/// Reads the answer to the call `op`. For an action, whose codes of success are known at run time only.
template <class Operation>
[[nodiscard]] constexpr result<typename Operation::reply, error> read_reply(response const& from,
                                                                            Operation const& op) noexcept {
    if constexpr (requires { op.success_codes; })
        return detail::read_reply_with<Operation>(from, op.success_codes);
    else
        return read_reply<Operation>(from);
}

}} // namespace restartcaster

#endif

// ---- restartcaster/core/sink.hpp
// Sinks take text piece by piece: into the caller's bytes, or into two sinks at once.
// Source: docs/design.md, "Sinks".
// Data flow: encoders and the canonical query write into sinks; hash streams are sinks too.
#ifndef RESTARTCASTER_CORE_SINK_HPP
#define RESTARTCASTER_CORE_SINK_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Anything with `append(std::string_view)`, called with runs of bytes: a call for each byte would cost more than hashing
/// the byte. The return value of append is ignored. append must not throw: std::string works, and the program ends when
/// the string gets no memory.
template <class Sink>
concept byte_sink = requires(Sink& sink, std::string_view text) { sink.append(text); };

namespace detail {

/// Appends to any sink and ignores what append returns.
template <byte_sink Sink>
RESTARTCASTER_THIN constexpr void append_to(Sink& sink, std::string_view text) noexcept {
    static_cast<void>(sink.append(text));
}

/// Appends one byte; in small builds through put(), which is less code.
template <byte_sink Sink>
RESTARTCASTER_THIN constexpr void append_byte(Sink& sink, char byte) noexcept {
    if constexpr (requires { sink.put(byte); })
        sink.put(byte);
    else
        append_to(sink, text_at(&byte, 1));
}

} // namespace detail

/// Writes into the caller's bytes. From the first text on that does not fit, bytes are counted and not written, so that
/// an incomplete text never looks complete.
/// Storage: points into the caller's bytes, and so does written().
class buffer_sink {
public:
    /// An empty sink over `bytes`, whose content is not read.
    constexpr explicit buffer_sink(std::span<char> bytes RESTARTCASTER_LIFETIMEBOUND) noexcept
        : data_(bytes.data()), capacity_(bytes.size()) {}

    /// Writes the text if it fits, and counts its bytes.
    RESTARTCASTER_THIN constexpr void append(std::string_view text) noexcept { append(text.data(), text.size()); }

#if RESTARTCASTER_SMALL
    /// Appends one byte; small builds only.
    RESTARTCASTER_ONCE constexpr void put(char byte) noexcept {
        if (needed_ < capacity_) data_[needed_] = byte;
        if (needed_ != count_limit) ++needed_;
    }
#endif

    /// Bytes that the whole text needs, written or not; the largest std::size_t if the sum exceeds it.
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return needed_; }
    /// Whether all text was written.
    [[nodiscard]] constexpr bool fits() const noexcept { return needed_ <= capacity_; }
    /// Bytes that are still free; 0 after a text that did not fit.
    [[nodiscard]] constexpr std::size_t free_bytes() const noexcept { return fits() ? capacity_ - needed_ : 0; }
    /// The text written so far.
    /// Requires: fits().
    [[nodiscard]] constexpr std::string_view written() const noexcept { return detail::text_at(data_, needed_); }

    /// The first free byte, for writers that fill the free bytes in place; advance() then counts `count` of them as written.
    [[nodiscard]] constexpr char* position() const noexcept { return data_ + needed_; }
    constexpr void advance(std::size_t count) noexcept {
        needed_ += count;
        if (needed_ < count) needed_ = count_limit;
    }

private:
    // Counting stops here instead of wrapping: many parameters may refer to one long text, and their sum can exceed 32 bits.
    static constexpr std::size_t count_limit = ~std::size_t{0};

    // Pointer and size, not a view: small builds pass a view through memory.
    RESTARTCASTER_HOT RESTARTCASTER_ONCE constexpr void append(char const* text, std::size_t size) noexcept {
#if RESTARTCASTER_SMALL
        for (; size != 0; --size) put(*text++);
#else
        std::size_t const at = needed_;
        advance(size);
        if (fits()) detail::copy_bytes(data_ + at, text, size);
#endif
    }

    char* data_;
    std::size_t capacity_;
    std::size_t needed_ = 0;
};

/// Writes to two sinks at once.
template <byte_sink First, byte_sink Second>
class tee_sink {
public:
    /// Storage: references to both sinks, which must outlive this one.
    constexpr tee_sink(First& first RESTARTCASTER_LIFETIMEBOUND, Second& second RESTARTCASTER_LIFETIMEBOUND) noexcept
        : first_(first), second_(second) {}
    /// Appends the text to the first sink, then to the second.
    constexpr void append(std::string_view text) noexcept {
        detail::append_to(first_, text);
        detail::append_to(second_, text);
    }

private:
    First& first_;
    Second& second_;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/encode/hex.hpp
// Hexadecimal digits in constant time: upper case for percent-encoding, lower case for digests.
// Source: RFC 4648 section 8; RFC 3986 section 2.1.
// Data flow: half a byte in, its digit out.
#ifndef RESTARTCASTER_ENCODE_HEX_HPP
#define RESTARTCASTER_ENCODE_HEX_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Arithmetic instead of a table or a branch, so that no memory address and no branch depends on the digit. Above 9 the
// difference wraps, and its high bits select the step to the letters.
[[nodiscard]] constexpr char hex_upper(unsigned half_byte) noexcept {
    return static_cast<char>('0' + half_byte + ((9 - half_byte) >> 8 & 7));
}

[[nodiscard]] constexpr char hex_lower(unsigned half_byte) noexcept {
    return static_cast<char>('0' + half_byte + ((9 - half_byte) >> 8 & 39));
}

// The eight lower-case digits of 32 bits, the first in the most significant byte.
[[nodiscard]] constexpr std::uint64_t hex_lower_eight(std::uint32_t bits) noexcept {
    std::uint64_t halves = bits;
    halves = (halves & 0xFFFF0000) << 16 | (halves & 0xFFFF);
    halves = (halves & 0x0000FF000000FF00) << 8 | (halves & 0x000000FF000000FF);
    halves = (halves & 0x00F000F000F000F0) << 4 | (halves & 0x000F000F000F000F);
    std::uint64_t const letters = (halves + 0x0606060606060606) >> 4 & 0x0101010101010101;
    return halves + 0x3030303030303030 + letters * 39;
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/encode/percent.hpp
// Percent-encoding: one encoder for the signature and for the wire, so that the two cannot differ.
// Source: RFC 3986 sections 2.1 (upper-case hex) and 2.3 (unreserved); the service's "percentEncode".
// Data flow: parameter names and values in, canonical query text out; encoded once for the wire, twice for the hash.
#ifndef RESTARTCASTER_ENCODE_PERCENT_HPP
#define RESTARTCASTER_ENCODE_PERCENT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whether RFC 3986 calls the byte unreserved, so that it is not escaped: letters, digits, '-', '.', '_', '~'.
[[nodiscard]] constexpr bool is_unreserved(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '-' && c <= '9' && c != '/') || c == '_' ||
           c == '~';
}

namespace detail {

#if RESTARTCASTER_VECTORS
// Vector types of gcc and clang, which use SSE2 or NEON without a platform header.
using byte_vector [[__gnu__::__vector_size__(16)]] = unsigned char;
using signed_byte_vector [[__gnu__::__vector_size__(16)]] = signed char;

/// 0xFF for each unreserved byte of `v`, 0 for each other byte.
[[nodiscard]] RESTARTCASTER_HOT inline byte_vector unreserved_bytes(byte_vector v) noexcept {
    auto const letter = reinterpret_cast<signed_byte_vector>((v | 0x20) + (0x80 - 'a')) < -0x80 + 26;
    auto const digit = reinterpret_cast<signed_byte_vector>(v + (0x80 - '-')) < -0x80 + 13;
    auto const mark = (v == '_') | (v == '~');
    return reinterpret_cast<byte_vector>((letter | digit | mark) & (v != '/'));
}

[[nodiscard]] RESTARTCASTER_HOT inline bool all(byte_vector v) noexcept {
    std::uint64_t halves[2];
    __builtin_memcpy(halves, &v, sizeof halves);
    return (halves[0] & halves[1]) == ~std::uint64_t{0};
}

[[nodiscard]] RESTARTCASTER_HOT inline byte_vector load(char const* bytes) noexcept {
    byte_vector v;
    __builtin_memcpy(&v, bytes, sizeof v);
    return v;
}

template <class Bytes>
[[nodiscard]] RESTARTCASTER_HOT inline Bytes copy_vector(char* one, char* two, char const* from) noexcept {
    Bytes const v = load(from);
    __builtin_memcpy(one, &v, sizeof v);
    __builtin_memcpy(two, &v, sizeof v);
    return unreserved_bytes(v);
}

template <class Part, class Bytes>
[[nodiscard]] RESTARTCASTER_HOT inline bool copy_halves(char* one, char* two, char const* from,
                                                        std::size_t size) noexcept {
    Part first, last;
    __builtin_memcpy(&first, from, sizeof first);
    __builtin_memcpy(&last, from + size - sizeof last, sizeof last);
    __builtin_memcpy(one, &first, sizeof first);
    __builtin_memcpy(two, &first, sizeof first);
    __builtin_memcpy(one + size - sizeof last, &last, sizeof last);
    __builtin_memcpy(two + size - sizeof last, &last, sizeof last);
    // Combines the parts in registers: through memory, store forwarding would fail.
    using word_pair [[__gnu__::__vector_size__(16)]] = std::uint64_t;
    word_pair const pair = sizeof(Part) == 8 ? word_pair{first, last}
                                             : word_pair{std::uint64_t{first} << 32 | last, 0x6161616161616161};
    return all(unreserved_bytes(reinterpret_cast<Bytes>(pair)));
}

/// Copies a text to two destinations and returns whether every byte is unreserved, in one pass. A text of 4 to 15 bytes is
/// read as two overlapping parts, which share one vector.
template <class Bytes = byte_vector>
[[nodiscard]] RESTARTCASTER_HOT inline bool copy_unreserved(char* one, char* two, std::string_view text) noexcept {
    char const* const from = text.data();
    std::size_t const size = text.size();
    if (size >= sizeof(Bytes)) {
        Bytes unreserved = copy_vector<Bytes>(one, two, from);
        for (std::size_t at = sizeof(Bytes); at < size - sizeof(Bytes); at += sizeof(Bytes))
            unreserved &= copy_vector<Bytes>(one + at, two + at, from + at);
        std::size_t const last = size - sizeof(Bytes);
        return all(unreserved & copy_vector<Bytes>(one + last, two + last, from + last));
    }
    if (size >= 8) return copy_halves<std::uint64_t, Bytes>(one, two, from, size);
    if (size >= 4) return copy_halves<std::uint32_t, Bytes>(one, two, from, size);
    bool unreserved = true;
    for (std::size_t at = 0; at != size; ++at) {
        one[at] = two[at] = from[at];
        unreserved = unreserved && is_unreserved(from[at]);
    }
    return unreserved;
}
#endif

} // namespace detail

/// The number of unreserved bytes at the start of `text`.
[[nodiscard]] RESTARTCASTER_HOT constexpr std::size_t unreserved_prefix(std::string_view text) noexcept {
    std::size_t at = 0;
#if RESTARTCASTER_VECTORS
    if (!std::is_constant_evaluated()) {
        while (text.size() - at >= 16 && detail::all(detail::unreserved_bytes(detail::load(text.data() + at))))
            at += 16;
        // Tests the last 16 bytes again as one vector, instead of the remaining bytes one by one.
        if (text.size() >= 16 && text.size() - at < 16 &&
            detail::all(detail::unreserved_bytes(detail::load(text.data() + text.size() - 16))))
            return text.size();
    }
#endif
    while (at != text.size() && is_unreserved(text[at])) ++at;
    return at;
}

/// Appends `text` percent-encoded.
/// Cost: one pass, in runs; no table.
template <byte_sink Sink>
constexpr void percent_encode(Sink& sink, std::string_view text) noexcept {
    while (true) {
        std::size_t const run = unreserved_prefix(text);
        detail::append_to(sink, detail::part(text, 0, run));
        if (run == text.size()) return;
        char const escape[3]{'%', detail::hex_upper(detail::byte_at(text, run) >> 4),
                             detail::hex_upper(detail::byte_at(text, run) & 15)};
        detail::append_to(sink, detail::text_at(escape, sizeof escape));
        text.remove_prefix(run + 1);
    }
}

}} // namespace restartcaster

#endif

// ---- restartcaster/sign/query/plan_entry.hpp
// The parameters of a query, in the order for signing.
// Source: protocol "Canonicalization"; docs/design.md, "The plan of an operation".
// Data flow: the names of an operation and of a scheme in, entries sorted by name out.
#ifndef RESTARTCASTER_SIGN_QUERY_PLAN_ENTRY_HPP
#define RESTARTCASTER_SIGN_QUERY_PLAN_ENTRY_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// The source of a step's value. member + i is the operation's i-th member. A run-time action has no members and reuses the
/// first two numbers for its name and version.
enum class value_source : std::uint8_t {
    key_id,
    token,
    nonce,
    timestamp,
    format,
    member,
    action = member,
    version,
    nothing = 0x3F,
};

// unreached: constant
template <class Source>
[[nodiscard]] constexpr bool is_member(Source source) noexcept {
    return source >= Source::member && source != Source::nothing;
}

// unreached: constant
[[nodiscard]] constexpr value_source member_source(std::size_t index) noexcept {
    return static_cast<value_source>(static_cast<std::size_t>(value_source::member) + index);
}
// unreached: constant
[[nodiscard]] constexpr std::size_t member_index(value_source source) noexcept {
    return static_cast<std::size_t>(source) - static_cast<std::size_t>(value_source::member);
}

/// One parameter of a plan. If `source` is nothing, its value is `constant`.
struct plan_entry {
    std::string_view name;
    std::string_view constant;
    value_source source = value_source::nothing;
    /// Whether an empty value removes the parameter, name and value, from the query.
    bool optional = false;
    /// Whether the value is a list, whose elements are parameters with the names `name`.1, `name`.2 and so on.
    bool list = false;
};

/// Whether one entry is sent before another. All names of a list begin with the name of the entry and a dot, so the dot
/// decides the order; the names of one list stand together.
[[nodiscard]] consteval bool sent_before(plan_entry const& one, plan_entry const& other) {
    auto const byte = [](plan_entry const& entry, std::size_t at) {
        if (at < entry.name.size()) return static_cast<int>(static_cast<unsigned char>(entry.name[at]));
        return entry.list && at == entry.name.size() ? '.' : -1;
    };
    std::size_t at = 0;
    while (byte(one, at) == byte(other, at) && byte(one, at) >= 0) ++at;
    return byte(one, at) < byte(other, at);
}

// Insertion sort: std::sort would need <algorithm>.
template <std::size_t N>
[[nodiscard]] consteval std::array<plan_entry, N> sorted_by_name(std::array<plan_entry, N> entries) {
    for (std::size_t i = 1; i < N; ++i)
        for (std::size_t at = i; at != 0 && sent_before(entries[at], entries[at - 1]); --at) {
            plan_entry const smaller = entries[at];
            entries[at] = entries[at - 1];
            entries[at - 1] = smaller;
        }
    return entries;
}

/// Whether two entries can give a parameter the same name: their names are equal, or one is a name in the list of the other.
[[nodiscard]] consteval bool names_collide(plan_entry const& one, plan_entry const& other) {
    if (one.name == other.name) return true;
    std::size_t const size = one.name.size();
    return one.list && other.name.size() > size && part(other.name, 0, size) == one.name && other.name[size] == '.';
}
template <std::size_t N>
[[nodiscard]] consteval bool name_stands_twice(std::array<plan_entry, N> const& sorted) {
    for (std::size_t i = 0; i != N; ++i)
        for (std::size_t j = 0; j != N; ++j)
            if (i != j && names_collide(sorted[i], sorted[j])) return true;
    return false;
}

/// An upper limit for the constant text of a plan, in bytes.
template <std::size_t N>
[[nodiscard]] consteval std::size_t plan_text_size(std::array<plan_entry, N> const& sorted) {
    std::size_t size = 0;
    // Both encodings together: 8 bytes for '&' and '=' (1 byte each in the first, 3 in the second), and at most 8 bytes
    // ("%XX" and "%25XX") for each byte of name and constant.
    for (plan_entry const& e : sorted) size += 8 + 8 * (e.name.size() + e.constant.size());
    return size;
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/sign/query/plan_small.hpp
#if RESTARTCASTER_SMALL
// The plan of an operation in builds for size: a few bytes of constant text, followed by a loop.
// Source: docs/design.md, "The plan of an operation".
// Data flow: entries sorted by name in, one array of bytes out; values_small.hpp reads the bytes.
#ifndef RESTARTCASTER_SIGN_QUERY_PLAN_SMALL_HPP
#define RESTARTCASTER_SIGN_QUERY_PLAN_SMALL_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// A compact plan is a sequence of pieces:
///     [source and marks][length][text, starting with '&'] ... [0][0]
/// Source and length are one byte each, and length counts the bytes of the text. The value of the source follows the text;
/// the text before a value ends with the name of the parameter and '=', the text before a list ends with the name of the
/// list. Constant parameters are part of the text of the next piece. The first piece written skips its '&'.
inline constexpr unsigned compact_optional = 0x80, compact_list = 0x40;

/// Writes the compact plan of sorted entries and returns its size in bytes; 0 if a text is longer than 255 bytes or a source
/// is larger than 6 bits.
template <std::size_t N>
constexpr std::size_t compact_plan(std::array<plan_entry, N> const& sorted, std::span<char> bytes) {
    std::size_t piece = 0, at = 2; // offsets: the start of the current piece, the end of its text
    bool fits = static_cast<std::size_t>(value_source::member) + N <= static_cast<std::size_t>(value_source::nothing);
    auto const put = [&](std::string_view text) {
        buffer_sink to(bytes.subspan(at));
        percent_encode(to, text);
        at += to.needed();
    };
    auto const end_step = [&](unsigned source) {
        fits = fits && at - piece - 2 <= 0xFF;
        bytes[piece] = static_cast<char>(static_cast<unsigned char>(source));
        bytes[piece + 1] = static_cast<char>(static_cast<unsigned char>(at - piece - 2));
        piece = at;
        at += 2;
    };
    for (plan_entry const& e : sorted) {
        if ((e.optional || e.list) && at != piece + 2) end_step(static_cast<unsigned>(value_source::nothing));
        bytes[at++] = '&';
        put(e.name);
        if (!e.list) bytes[at++] = '=';
        if (e.source == value_source::nothing)
            put(e.constant);
        else
            end_step(static_cast<unsigned>(e.source) | (e.optional ? compact_optional : 0) | (e.list ? compact_list : 0));
    }
    if (at != piece + 2) end_step(static_cast<unsigned>(value_source::nothing));
    bytes[piece] = bytes[piece + 1] = 0;
    return fits ? at : 0;
}

/// The compact plan in an array of its exact size.
template <auto const& Entries>
[[nodiscard]] consteval auto compact_bytes() {
    constexpr auto written = [] {
        std::array<char, plan_text_size(Entries) + 2> bytes{};
        return std::pair(compact_plan(Entries, bytes), bytes);
    }();
    static_assert(written.first != 0, "restartcaster: this operation's constant text needs RESTARTCASTER_SMALL=0");
    std::array<char, written.first> exact{};
    for (std::size_t i = 0; i != exact.size(); ++i) exact[i] = written.second[i];
    return exact;
}

template <auto const& Entries>
inline constexpr auto plan_of = compact_bytes<Entries>();

}}} // namespace restartcaster::detail

#endif
#endif

// ---- restartcaster/sign/query/plan_fast.hpp
#if !(RESTARTCASTER_SMALL)
// The plan of an operation in builds for speed: steps that are compile-time constants.
// Source: docs/design.md, "The plan of an operation".
// Data flow: entries sorted by name in, steps and their constant text in both encodings out; values_fast.hpp follows them.
#ifndef RESTARTCASTER_SIGN_QUERY_PLAN_FAST_HPP
#define RESTARTCASTER_SIGN_QUERY_PLAN_FAST_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// One step: constant text, as two ranges of parameter_plan::text (bytes), then the value of a source.
struct plan_step {
    std::uint16_t once_begin = 0, once_size = 0, twice_begin = 0, twice_size = 0;
    std::uint16_t entry = 0;
    value_source source = value_source::nothing;
    bool optional = false;
    bool list = false;
    /// Whether parameters precede this step and all of them are optional. The text then has no '&' at its start; the '&' is
    /// written at run time if any of these parameters was written.
    bool maybe_first = false;
};

/// The steps that write entries sorted by name. Neighbouring constant text is joined into one step; the text of an optional
/// parameter is a step of its own, because it may be skipped.
template <std::size_t Entries, std::size_t Text>
struct parameter_plan {
    std::array<plan_step, 2 * Entries + 1> steps{};
    std::size_t step_count = 0;
    std::array<char, Text> text{};

    /// The constant text of step i, in the canonical query and in the canonical query percent-encoded again.
    [[nodiscard]] constexpr std::string_view once(std::size_t i) const noexcept {
        return {text.data() + steps[i].once_begin, steps[i].once_size};
    }
    [[nodiscard]] constexpr std::string_view twice(std::size_t i) const noexcept {
        return {text.data() + steps[i].twice_begin, steps[i].twice_size};
    }
};

/// Appends a text to `once` percent-encoded once, and to `twice` percent-encoded twice.
template <class Sink>
consteval void percent_encode_both(Sink& once, Sink& twice, std::string_view text) {
    std::size_t const start = once.needed();
    percent_encode(once, text);
    percent_encode(twice, part(once.written(), start));
}

/// Computes the plan of sorted entries. One array holds the texts of both encodings, alternating step by step.
template <std::size_t Text, std::size_t N>
[[nodiscard]] consteval parameter_plan<N, Text> steps_of(std::array<plan_entry, N> const& sorted) {
    parameter_plan<N, Text> plan;
    std::array<char, Text> once_bytes{}, twice_bytes{};
    std::size_t used = 0;
    buffer_sink once(once_bytes), twice(twice_bytes);
    std::size_t once_start = 0, twice_start = 0;
    bool pending_maybe_first = false;

    auto const both = [&](std::string_view for_once, std::string_view for_twice) {
        once.append(for_once);
        twice.append(for_twice);
    };
    auto const end_step = [&](std::size_t entry, plan_entry const& e) {
        auto& step = plan.steps[plan.step_count++];
        step.entry = static_cast<std::uint16_t>(entry);
        step.source = e.source;
        step.optional = e.optional;
        step.list = e.list;
        step.maybe_first = pending_maybe_first;
        pending_maybe_first = false;
        step.once_begin = static_cast<std::uint16_t>(used);
        step.once_size = static_cast<std::uint16_t>(once.needed() - once_start);
        for (; once_start != once.needed(); ++once_start) plan.text[used++] = once_bytes[once_start];
        step.twice_begin = static_cast<std::uint16_t>(used);
        step.twice_size = static_cast<std::uint16_t>(twice.needed() - twice_start);
        for (; twice_start != twice.needed(); ++twice_start) plan.text[used++] = twice_bytes[twice_start];
    };

    bool certain = false; // a required parameter precedes
    for (std::size_t i = 0; i != N; ++i) {
        auto const& e = sorted[i];
        if ((e.optional || e.list) && once.needed() != once_start) end_step(i, {});
        if (e.list) { // the names of the elements are written at run time
            end_step(i, e);
            certain = certain || !e.optional;
            continue;
        }
        if (certain)
            both("&"sv, "%26"sv);
        else
            pending_maybe_first = i != 0;
        percent_encode_both(once, twice, e.name);
        both("="sv, "%3D"sv);
        if (e.source == value_source::nothing)
            percent_encode_both(once, twice, e.constant);
        else
            end_step(i, e);
        certain = certain || !e.optional;
    }
    if (once.needed() != once_start) end_step(N, {});
    return plan;
}

template <auto const& Entries>
inline constexpr auto plan_of = steps_of<plan_text_size(Entries)>(Entries);

}}} // namespace restartcaster::detail

#endif
#endif

// ---- restartcaster/sign/query/plan.hpp
// The plan of an operation: its parameters in the order for signing, computed at compile time.
// Source: protocol "Canonicalization"; docs/design.md, "The plan of an operation".
// Data flow: the names of an operation and of a scheme in, a list of steps out: constant text, then one value.
//
// Both shapes define plan_of<Entries>, the plan of the entries `Entries`, which are sorted by name. write_described() of the
// same shape (values.hpp) follows the plan.
#ifndef RESTARTCASTER_SIGN_QUERY_PLAN_HPP
#define RESTARTCASTER_SIGN_QUERY_PLAN_HPP

#if RESTARTCASTER_SMALL
#else
#endif

#endif

// ---- restartcaster/sign/query/write_fault.hpp
// Keeps the first fault of a key or a request, and ignores later faults.
// Source: docs/design.md, "Errors".
// Data flow: names and values in; a failure with the name of the wrong value out.
#ifndef RESTARTCASTER_SIGN_QUERY_WRITE_FAULT_HPP
#define RESTARTCASTER_SIGN_QUERY_WRITE_FAULT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What the text of a described parameter may contain.
enum class value_rule : std::uint8_t {
    /// An identifier: an id, a region, a word or a time. The rules of check_identifier hold.
    identifier,
    /// Any UTF-8 text that is not empty, such as a name for people or a JSON document.
    any_text,
};

namespace detail {

/// The first fault of a key or of a request that is being written.
class write_fault {
public:
    /// Records a fault, unless there is one already. `subject` is the name of the wrong value; `detail` is stored in
    /// failure::detail.
    template <class Code>
    RESTARTCASTER_THIN constexpr void refuse(Code code, std::string_view subject) noexcept {
        refuse(code, subject.data(), subject.size());
    }
    template <class Code>
    RESTARTCASTER_COLD constexpr void refuse(Code code, std::string_view subject, std::size_t detail) noexcept {
        if (!good()) return;
        refuse(code, subject);
        reason_.detail = detail;
    }
    /// Refuses a value that is not an identifier. Most values contain unreserved bytes only and need no slow test.
    constexpr void examine(std::string_view name, std::string_view value) noexcept {
#if !RESTARTCASTER_SMALL
        if (!value.empty() && unreserved_prefix(value) == value.size()) [[likely]]
            return;
#endif
        look_at(name, value);
    }
    /// Refuses a value that breaks the rule. The slow test, byte by byte.
    RESTARTCASTER_COLD constexpr void look_at(std::string_view name, std::string_view value,
                                              identifier_rule rule = identifier_rule::any) noexcept {
        if (!good()) return;
        reason_.subject = name;
        find_fault<closely_while_signing>(reason_, value.data(), value.size(), rule);
    }
    /// Refuses a value that breaks the rule of a described parameter.
    template <value_rule Rule>
    constexpr void look_at(std::string_view name, std::string_view value) noexcept {
        if constexpr (Rule == value_rule::identifier)
            look_at(name, value);
        else if (value.empty())
            refuse(errc::parameter_missing, name);
        else if (!is_utf8(value))
            refuse(errc::parameter_not_utf8, name);
    }
    /// Records the index of the list element that caused the fault. The innermost element counts.
    constexpr void set_element(std::size_t index) noexcept {
        if (reason_.element == 0) reason_.element = static_cast<std::uint16_t>(index);
    }
    [[nodiscard]] constexpr bool good() const noexcept {
        return static_cast<int>(reason_.code) == static_cast<int>(no_fault);
    }
    [[nodiscard]] constexpr failure const& reason() const noexcept { return reason_; }

private:
    // Has no parameter `detail`, so that all arguments fit into registers.
    template <class Code>
    RESTARTCASTER_COLD RESTARTCASTER_ONCE constexpr void refuse(Code code, char const* subject,
                                                                std::size_t size) noexcept {
        if (!good()) return;
        reason_.code = code;
        reason_.subject = text_at(subject, size);
    }

    failure reason_{.code = no_fault};
};

} // namespace detail

}} // namespace restartcaster

#endif

// ---- restartcaster/sign/query/description.hpp
// Describes the parameters of an operation: a name on the wire for each member, and what the member may contain.
// Source: docs/design.md, "Operation"; the vendor's metadata for ApsaraVideo Live.
// Data flow: constants in the source code of an operation in; names, and the text of each member, out.
#ifndef RESTARTCASTER_SIGN_QUERY_DESCRIPTION_HPP
#define RESTARTCASTER_SIGN_QUERY_DESCRIPTION_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// The text of a member that is a number or a Boolean; empty if the member is absent.
class converted_text {
public:
    constexpr explicit converted_text(number value) noexcept : digits_(decimal(value.value())), has_digits_(value.has_value()) {}
    constexpr explicit converted_text(boolean value) noexcept
        : digits_(0), word_(!value.has_value() ? ""sv : value.value() ? "true"sv : "false"sv) {}
    template <class Integer>
    constexpr explicit converted_text(Integer value) noexcept
        requires(std::is_integral_v<Integer>)
        : digits_(decimal(value)), has_digits_(true) {
        if constexpr (std::is_same_v<Integer, bool>) {
            has_digits_ = false;
            word_ = value ? "true"sv : "false"sv;
        }
    }
    /// Storage: points into this object, or to static text.
    [[nodiscard]] constexpr std::string_view view() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return has_digits_ ? digits_.view() : word_;
    }

private:
    decimal_text digits_;
    bool has_digits_ = false;
    std::string_view word_ = {};
};

template <class T>
inline constexpr bool is_text = std::is_same_v<T, std::string_view>;
template <class T>
inline constexpr bool is_span = false;
template <class Element>
inline constexpr bool is_span<std::span<Element const>> = true;
template <class T>
concept convertible_to_text = requires(T const& value) { converted_text(value); };
/// An element of a list that has parameters of its own.
template <class T>
concept has_parameters = requires { T::parameters.size; };

/// The name of a parameter and the member that holds its value, both as template arguments.
template <literal Name, auto Member, bool Optional, value_rule Rule>
struct described_parameter {
    static_assert(*Name.bytes != '\0', "restartcaster: a parameter needs a name");
    static_assert(!same_text(Name.bytes, "Signature"),
                  "restartcaster: Signature is what signing makes, not a parameter");

    static constexpr std::string_view name = Name.view();
    static constexpr value_rule rule = Rule;
    static constexpr bool optional = Optional;

    template <class Described>
    [[nodiscard]] static constexpr auto const& value(Described const& of) noexcept {
        using member = std::remove_cvref_t<decltype(of.*Member)>;
        static_assert(is_text<member> || is_span<member> || convertible_to_text<member>,
                      "restartcaster: a described member is a std::string_view, a number, a Boolean or a std::span of "
                      "constant elements");
        return of.*Member;
    }
    template <class Described>
    using value_type = std::remove_cvref_t<decltype(value(std::declval<Described const&>()))>;

    // unreached: constant
    template <class Described>
    [[nodiscard]] static constexpr plan_entry entry(std::size_t index) noexcept {
        return {.name = name,
                .constant = {},
                .source = member_source(index),
                .optional = Optional,
                .list = is_span<value_type<Described>>};
    }
};

} // namespace detail

/// Describes a required parameter: its name on the wire (1 to 127 bytes), and the member that holds its value.
/// The member is a std::string_view, a number, a boolean, an integer, a bool, or a std::span of constant elements for a list.
/// The elements of a list are any of these types, or records: structs with a description `parameters` of their own.
/// Errors: parameter_missing when the request is made, for an empty text, an absent number and an empty list.
template <detail::literal Name, auto Member, value_rule Rule = value_rule::identifier>
inline constexpr detail::described_parameter<Name, Member, false, Rule> required{};

/// Describes an optional parameter: an empty text, an absent number or an empty list removes the parameter from the request.
template <detail::literal Name, auto Member, value_rule Rule = value_rule::identifier>
inline constexpr detail::described_parameter<Name, Member, true, Rule> optional{};

/// The parameters of an operation or of a record; restart_caster is an example.
template <class... Described>
struct parameters {
    /// The number of parameters that are described.
    static constexpr std::size_t size = sizeof...(Described);
    constexpr parameters() noexcept = default;
    /// Describes the parameters, each by a constant `required` or `optional`, in any order.
    constexpr explicit parameters(Described...) noexcept
        requires(size != 0)
    {}
};

namespace detail {

// The parameter with an index: overload resolution finds the one base class of index_of_each with this index.
template <std::size_t Index, class Described>
struct indexed {
    using type = Described;
};
template <class Indices, class... Described>
struct index_of_each;
template <std::size_t... Index, class... Described>
struct index_of_each<std::index_sequence<Index...>, Described...> : indexed<Index, Described>... {};
template <std::size_t Index, class Described>
indexed<Index, Described> at_index(indexed<Index, Described> const&);
template <std::size_t Index, class Parameters>
struct described_with_index;
template <std::size_t Index, class... Described>
struct described_with_index<Index, parameters<Described...>> {
    using type =
        typename decltype(at_index<Index>(index_of_each<std::index_sequence_for<Described...>, Described...>{}))::type;
};
/// The described parameter with an index in the description of `T`.
template <class T, value_source Source>
using described_at =
    typename described_with_index<member_index(Source), std::remove_cvref_t<decltype(T::parameters)>>::type;

/// The entries of all parameters of `T`, in the order of the description.
template <class T, class... Described, std::size_t... Index>
[[nodiscard]] consteval std::array<plan_entry, sizeof...(Described)> entries_of(parameters<Described...>,
                                                                              std::index_sequence<Index...>) {
    return {Described::template entry<T>(Index)...};
}
template <class T>
[[nodiscard]] consteval auto entries_of() {
    return entries_of<T>(T::parameters, std::make_index_sequence<T::parameters.size>{});
}

} // namespace detail

}} // namespace restartcaster

#endif

// ---- restartcaster/operations/operation.hpp
// The description of an operation: its name and version, and what the vendor documents about calling it.
// Source: docs/design.md, "Operation"; the vendor's metadata for ApsaraVideo Live.
// Data flow: constants in the source code of an operation in; make_request, read_reply and the client read them.
#ifndef RESTARTCASTER_OPERATIONS_OPERATION_HPP
#define RESTARTCASTER_OPERATIONS_OPERATION_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whether a call that may have run can be sent again.
enum class repeatable : std::uint8_t {
    /// The service executes every copy.
    no,
    /// The service executes copies with one ClientToken once.
    with_client_token,
    /// A further copy changes nothing: the operation only reads, or it sets a state.
    yes,
};

/// The name and version of an operation, and what the vendor documents about calling it.
struct operation {
    /// The name of the action, e.g. "RestartCaster".
    std::string_view action;
    /// The version of the product's API, e.g. "2016-11-01".
    std::string_view version;
    /// Codes that mean success in a 2xx answer, in addition to OK, 200 and Success; separated by blanks, e.g.
    /// "0 Success.Ok". Most operations have none.
    std::string_view success_codes = {};
    /// The permission (RAM action) that the caller needs, e.g. "live:RestartCaster"; empty if it is not documented.
    std::string_view permission = {};
    /// The largest number of calls per second for an account and all its RAM users together; 0 if it is not documented.
    std::uint16_t calls_per_second = 0;
    /// Whether a call that may have run can be sent again.
    repeatable repeat = repeatable::no;
};

/// An aggregate with a description: `static constexpr operation description`, `static constexpr parameters parameters`, and
/// `using reply`.
template <class T>
concept described_operation = requires {
    { T::description } -> std::convertible_to<operation>;
    T::parameters.size;
    typename T::reply;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/operations/restart_caster.hpp
// RestartCaster: restarts a production studio, which interrupts its programme.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster".
// Data flow: the id of a studio in, a request id out.
#ifndef RESTARTCASTER_OPERATIONS_RESTART_CASTER_HPP
#define RESTARTCASTER_OPERATIONS_RESTART_CASTER_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Restarts a production studio that is running in playlist or general mode. The service refuses a virtual studio; an idle
/// studio is started with StartCaster. At most 10 calls per second for an account and all its RAM users together. There is
/// no client token: the service executes every copy of a request.
struct restart_caster {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai"; if empty, the request has no RegionId.
    std::string_view region_id = {};

    /// The name and version of the operation.
    static constexpr operation description{.action = "RestartCaster",
                                           .version = "2016-11-01",
                                           .permission = "live:RestartCaster",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters =
        restartcaster::parameters(required<"CasterId", &restart_caster::caster_id>,
                                  optional<"RegionId", &restart_caster::region_id>);
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/sign/parameters.hpp
// Parameters known only at run time, sorted by name, which is the order for signing.
// Source: protocol "Canonicalization" rule 2 (ordinal order of the raw names), RepeatList (Name.1.Key).
// Data flow: names and values in, a sorted list out; action and the functions of the schemes read the list.
#ifndef RESTARTCASTER_SIGN_PARAMETERS_HPP
#define RESTARTCASTER_SIGN_PARAMETERS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// One parameter. The name of a list element consists of three pieces (Name, ".1.", Key), which are never joined, so that no
/// storage is needed.
/// Storage: name and value are views, whose texts must outlive the parameter.
class parameter {
public:
    /// The largest index of a list element.
    static constexpr std::int64_t largest_index = 65535;

    constexpr parameter() noexcept = default;
    /// The parameter `name`=`value`.
    constexpr parameter(std::string_view name, std::string_view value) noexcept : value_(value), front_(name) {}
    /// The parameter `name`.`index`.`member`=`value`, or `name`.`index`=`value` if `member` is empty. An index outside 0 to
    /// largest_index makes the name empty, and parameter_list refuses an empty name. `index` has 64 bits, so that an argument
    /// of any integer type reaches this check unchanged.
    constexpr parameter(std::string_view name, std::int64_t index, std::string_view member,
                        std::string_view value) noexcept
        : value_(value) {
        if (index < 0 || index > largest_index) return;
        front_ = name;
        back_ = member;
        char digits[5]{};
        std::size_t count = 0;
        for (auto rest = static_cast<unsigned>(index); rest != 0 || count == 0; rest /= 10)
            digits[count++] = static_cast<char>('0' + rest % 10);
        middle_[middle_size_++] = '.';
        while (count != 0) middle_[middle_size_++] = digits[--count];
        if (!member.empty()) middle_[middle_size_++] = '.';
    }

    /// The raw value, before percent-encoding.
    [[nodiscard]] constexpr std::string_view value() const noexcept { return value_; }
    /// The name; for a list element, the piece before the index.
    [[nodiscard]] constexpr std::string_view front() const noexcept { return front_; }
    /// For a list element, the index with its dots, such as ".1" or ".1."; otherwise empty.
    /// Storage: a part of this object.
    [[nodiscard]] constexpr std::string_view middle() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return detail::text_at(middle_, middle_size_);
    }
    /// For a member of a list element, the piece of the name after the index; otherwise empty.
    [[nodiscard]] constexpr std::string_view back() const noexcept { return back_; }
    /// The length of the whole name in bytes.
    [[nodiscard]] constexpr std::size_t name_size() const noexcept {
        return front_.size() + middle_size_ + back_.size();
    }

    /// Negative, zero or positive if this name sorts before, equals or sorts after the name of `other`, byte by byte.
    [[nodiscard]] constexpr int compare_name(parameter const& other) const noexcept {
        if (middle_size_ == 0 && other.middle_size_ == 0) return front_.compare(other.front_);
        std::size_t const shorter = name_size() < other.name_size() ? name_size() : other.name_size();
        for (std::size_t i = 0; i != shorter; ++i)
            if (name_byte(i) != other.name_byte(i)) return name_byte(i) < other.name_byte(i) ? -1 : 1;
        return name_size() == other.name_size() ? 0 : name_size() < other.name_size() ? -1 : 1;
    }

    /// Negative, zero or positive if this name sorts before, equals or sorts after `name`, byte by byte.
    [[nodiscard]] constexpr int compare_name(std::string_view name) const noexcept {
        return middle_size_ == 0 ? front_.compare(name) : compare_name(parameter(name, {}));
    }

private:
    [[nodiscard]] constexpr unsigned name_byte(std::size_t at) const noexcept {
        if (at < front_.size()) return detail::byte_at(front_, at);
        at -= front_.size();
        return at < middle_size_ ? detail::byte_at(middle(), at) : detail::byte_at(back_, at - middle_size_);
    }

    std::string_view value_;
    std::string_view front_;
    std::string_view back_;
    char middle_[7] = {};
    std::uint8_t middle_size_ = 0;
};

/// The parameters of a parameter_list in the order for signing, for any capacity of the list.
/// Storage: points into the list, and is valid until the list is changed or ends.
class parameters_view {
public:
    /// No parameters.
    constexpr parameters_view() noexcept = default;
    /// `size` parameters. `order` contains their indices in `unordered`, sorted by name.
    /// Storage: both arrays must outlive the view.
    constexpr parameters_view(parameter const* unordered, std::uint8_t const* order, std::size_t size) noexcept
        : unordered_(unordered), order_(order), size_(size) {}

    /// The number of parameters.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// The parameter at position `at` in the order for signing.
    /// Requires: at < size().
    [[nodiscard]] constexpr parameter const& operator[](std::size_t at) const noexcept {
        return unordered_[order_[at]];
    }

private:
    parameter const* unordered_ = nullptr;
    std::uint8_t const* order_ = nullptr;
    std::size_t size_ = 0;
};

/// Up to N parameters, sorted by name when they are added; N is at most 255.
/// Storage: names and values are views, whose texts must outlive the list.
/// Cost: append() takes time linear in the number of parameters.
template <std::size_t N>
class parameter_list {
    static_assert(N <= 255, "restartcaster: a parameter_list holds at most 255 parameters");

public:
    /// Adds `name`=`value`. An empty value is sent and signed as `name=`.
    /// Errors: parameter_name_empty, parameter_not_utf8, parameter_duplicate, parameter_reserved (for Signature, which
    ///   signing adds), parameters_too_many; the subject is the name.
    constexpr result<void> append(borrowed_text name, borrowed_text value) noexcept {
        return insert(parameter(name, value));
    }
    /// Adds `name`.`index`=`value`, an element of a list; the service counts from 1.
    /// Errors: as for `name`=`value`, and parameter_index_out_of_range for an index outside 1 to 65535.
    constexpr result<void> append(borrowed_text name, std::int64_t index, borrowed_text value) noexcept {
        return append(name, index, std::string_view(), value);
    }
    /// Adds `name`.`index`.`member`=`value`, a member of a list element.
    /// Errors: as for `name`.`index`=`value`.
    constexpr result<void> append(borrowed_text name, std::int64_t index, borrowed_text member,
                                  borrowed_text value) noexcept {
        if (index < 1 || index > parameter::largest_index)
            return unexpected(failure{.code = errc::parameter_index_out_of_range, .subject = std::string_view(name)});
        return insert(parameter(name, index, member, value));
    }

    /// The number of parameters in the list.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// The parameters in the order for signing, for action::parameters.
    /// Storage: points into this list.
    constexpr operator parameters_view() const& noexcept RESTARTCASTER_LIFETIMEBOUND {
        return {unordered_.data(), order_.data(), size_};
    }
    /// Deleted: a temporary list would end before its parameters are read. Give the list a name.
    operator parameters_view() && = delete;

private:
    template <class Parameter>
    constexpr result<void> insert(Parameter const& added) noexcept {
        auto const refuse = [&added](errc code) { return unexpected(failure{.code = code, .subject = added.front()}); };
        if (added.front().empty()) return refuse(errc::parameter_name_empty);
        if (!is_utf8(added.front()) || !is_utf8(added.back()) || !is_utf8(added.value()))
            return refuse(errc::parameter_not_utf8);
        if (added.name_size() == 9 && added.front() == "Signature"sv) return refuse(errc::parameter_reserved);
        std::size_t at = size_;
        for (; at != 0; --at) {
            int const order = unordered_[order_[at - 1]].compare_name(added);
            if (order == 0) return refuse(errc::parameter_duplicate);
            if (order < 0) break;
        }
        if (size_ == N) return refuse(errc::parameters_too_many);
        for (std::size_t i = size_; i != at; --i) order_[i] = order_[i - 1];
        order_[at] = static_cast<std::uint8_t>(size_);
        unordered_[size_++] = added;
        return {};
    }

    std::array<parameter, N> unordered_{};
    std::array<std::uint8_t, N> order_{};
    std::size_t size_ = 0;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/operations/action.hpp
// Any RPC action, with a name, a version and parameters that are known at run time only.
// Source: protocol "Common request parameters", "Canonicalization".
// Data flow: a name, a version and a parameter_list in; make_request signs them.
#ifndef RESTARTCASTER_OPERATIONS_ACTION_HPP
#define RESTARTCASTER_OPERATIONS_ACTION_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A call of any action, including actions for which the library has no type.
/// Storage: views; the texts, and the parameter_list of `parameters`, must outlive the action.
struct action {
    /// The name of the action, e.g. "DescribeCasters".
    std::string_view name;
    /// The version of the product's API, e.g. "2016-11-01".
    std::string_view version;
    /// The parameters of the action, without the parameters that the signature adds.
    parameters_view parameters = {};
    /// Further codes of success, separated by blanks; see operation::success_codes.
    std::string_view success_codes = {};
    /// Whether a call that may have run can be sent again; see operation::repeat.
    repeatable repeat = repeatable::no;
    /// The reply of an action is the body of the answer, which the program reads itself.
    using reply = body_reply;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/sign/nonce.hpp
// 128 random bits as the text of a version 4 UUID.
// Source: RFC 9562 section 5.4; protocol "SignatureNonce".
// Data flow: the caller's random bytes in, a nonce for one stamp out.
#ifndef RESTARTCASTER_SIGN_NONCE_HPP
#define RESTARTCASTER_SIGN_NONCE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A signature nonce: a random UUID as text of 36 bytes.
/// Storage: the text is inside the nonce, so a stamp with text() is valid as long as the nonce.
class nonce {
public:
    /// Random bytes for one nonce.
    static constexpr std::size_t random_size = 16;

    /// Makes a nonce of 16 random bytes. The version and the variant replace 6 of the 128 bits.
    constexpr explicit nonce(std::array<unsigned char, random_size> const& random) noexcept {
        detail::store_eight(text_ + 28, detail::hex_lower_eight(word_at(random, 12)));
        std::uint64_t const variant = detail::hex_lower_eight((word_at(random, 8) & 0x3FFFFFFF) | 0x80000000);
        std::uint64_t const version = detail::hex_lower_eight((word_at(random, 4) & 0xFFFF0FFF) | 0x4000);
        detail::store_four(text_ + 24, variant);
        detail::store_four(text_ + 19, variant >> 32);
        detail::store_four(text_ + 14, version);
        detail::store_four(text_ + 9, version >> 32);
        detail::store_eight(text_, detail::hex_lower_eight(word_at(random, 0)));
        text_[8] = text_[13] = text_[18] = text_[23] = '-';
    }

    /// The nonce as UUID text, 36 bytes, valid as long as the nonce.
    [[nodiscard]] constexpr std::string_view text() const& noexcept RESTARTCASTER_LIFETIMEBOUND {
        return {text_, sizeof text_};
    }
    /// Deleted: the text of a temporary nonce would end before the request is signed. Give the nonce a name.
    std::string_view text() && = delete;

private:
    [[nodiscard]] RESTARTCASTER_HOT static constexpr std::uint32_t
    word_at(std::array<unsigned char, random_size> const& random, std::size_t i) noexcept {
        return std::uint32_t{random[i]} << 24 | std::uint32_t{random[i + 1]} << 16 |
               std::uint32_t{random[i + 2]} << 8 | random[i + 3];
    }

    char text_[36] = {};
};

}} // namespace restartcaster

#endif

// ---- restartcaster/crypto/wipe.hpp
// Overwrites secrets so that the optimiser cannot drop the stores, and compares secrets in constant time.
// Source: CERT MEM06-C and MSC06-C (stores that an optimiser may not drop); RFC 2104 section 6.
// Data flow: key blocks, hash states and staging buffers become zeros.
#ifndef RESTARTCASTER_CRYPTO_WIPE_HPP
#define RESTARTCASTER_CRYPTO_WIPE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

RESTARTCASTER_HOT inline void wipe_memory(void* memory, std::size_t bytes) noexcept {
#if RESTARTCASTER_GNU
    std::memset(memory, 0, bytes);
    // For the compiler, this statement reads the memory, so it must keep the stores.
    __asm__ volatile("" : : "r"(memory) : "memory");
#else
    char volatile* const byte = static_cast<char volatile*>(memory);
    for (std::size_t i = 0; i != bytes; ++i) byte[i] = 0;
#endif
}

// Overwrites the stack below this function, where earlier callees left their frames. Compilers keep words of a key in
// frames and leave them there when a function returns. Therefore functions that handle a key are not inlined. No frame of
// a hash is deeper than hash_depth, under any flags that the tests know.
template <std::size_t Bytes>
#if RESTARTCASTER_SMALL
RESTARTCASTER_THIN // inlined into a function that is not inlined itself
#endif
RESTARTCASTER_APART inline void wipe_stack() noexcept {
    char frame[Bytes];
    // 64 bytes at a time: for a long fill, compilers emit `rep stos`, which starts slowly.
    constexpr std::size_t piece = RESTARTCASTER_SMALL ? Bytes : 64;
    for (std::size_t at = 0; at != Bytes; at += piece) wipe_memory(frame + at, piece);
#if RESTARTCASTER_GNU && defined(__x86_64__) && defined(__SSE2__)
    // Clears the vector registers: a signal handler, or the dynamic linker at the first call of a function, would save
    // them on the stack.
    __asm__ volatile("pxor %%xmm0, %%xmm0\n\tpxor %%xmm1, %%xmm1\n\tpxor %%xmm2, %%xmm2\n\tpxor %%xmm3, %%xmm3\n\t"
                     "pxor %%xmm4, %%xmm4\n\tpxor %%xmm5, %%xmm5\n\tpxor %%xmm6, %%xmm6\n\tpxor %%xmm7, %%xmm7\n\t"
                     "pxor %%xmm8, %%xmm8\n\tpxor %%xmm9, %%xmm9\n\tpxor %%xmm10, %%xmm10\n\tpxor %%xmm11, %%xmm11\n\t"
                     "pxor %%xmm12, %%xmm12\n\tpxor %%xmm13, %%xmm13\n\tpxor %%xmm14, %%xmm14\n\tpxor %%xmm15, %%xmm15"
                     :
                     :
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11",
                       "xmm12", "xmm13", "xmm14", "xmm15");
#endif
}

// Bytes of stack below a hash function, and below the constructor of a key, which calls more functions.
inline constexpr std::size_t hash_depth = RESTARTCASTER_SMALL ? 56 * sizeof(void*) : 512;
inline constexpr std::size_t key_depth = 1024;

RESTARTCASTER_HOT constexpr void wipe_bytes(char* bytes, std::size_t count) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != count; ++i) bytes[i] = 0;
    } else if (count != 0) {
        wipe_memory(bytes, count);
    }
}

// Views are excluded although they are trivially copyable: wiping a view would clear its pointer and leave the secret.
template <class T>
concept wipeable = std::is_trivially_copyable_v<T> && !std::is_const_v<T> && !std::is_pointer_v<T> &&
                   !requires { typename T::element_type; } && !requires { typename T::traits_type; };

} // namespace detail

/// Overwrites the bytes with zeros; the optimiser cannot drop the stores.
RESTARTCASTER_HOT constexpr void wipe(std::span<char> bytes) noexcept {
    detail::wipe_bytes(bytes.data(), bytes.size());
}

/// Overwrites the object (a number, an array, a plain struct; not a view or a pointer) with zeros; the optimiser cannot
/// drop the stores.
template <detail::wipeable T>
RESTARTCASTER_HOT constexpr void wipe(T& object) noexcept {
    if (std::is_constant_evaluated()) {
        if constexpr (std::is_array_v<T>) {
            for (auto& element : object) wipe(element);
        } else {
            object = T{};
        }
    } else {
        detail::wipe_memory(&object, sizeof object);
    }
}

/// Whether two texts are equal. The time depends on their lengths only.
[[nodiscard]] constexpr bool equal_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i != a.size(); ++i) {
        difference |= static_cast<unsigned char>(a[i] ^ b[i]);
#if RESTARTCASTER_GNU
        // Without this statement a compiler may leave the loop at the first byte that differs.
        if (!std::is_constant_evaluated()) __asm__ volatile("" : "+r"(difference));
#endif
    }
    return difference == 0;
}

}} // namespace restartcaster

#endif

// ---- restartcaster/crypto/hash_small.hpp
#if RESTARTCASTER_SMALL
// Hashes text byte by byte with one block of staging, in builds for size.
// Source: FIPS 180-4 section 5.1.1 (padding).
// Data flow: bytes in, the digest out.
#ifndef RESTARTCASTER_CRYPTO_HASH_SMALL_HPP
#define RESTARTCASTER_CRYPTO_HASH_SMALL_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

// The members of a stream that must be wiped, in one object.
template <class Hash>
struct hash_parts {
    typename Hash::state_type state_;
    std::uint32_t size_, size_high_; // in bytes; 64 bits, because the pieces of a text may sum to more than 4 GiB
    char staging_[Hash::block_size];
};

} // namespace detail

/// Hashes the appended text; a byte_sink.
/// Storage: one block of staging in the object, wiped with the state at the end.
/// Cost: one call of the kernel per block; bytes are copied one by one.
template <class Hash>
class hash_stream : protected detail::hash_parts<Hash> {
public:
    /// The sizes and types of the hash; sizes in bytes.
    static constexpr std::size_t block_size = Hash::block_size;
    using state_type = typename Hash::state_type;
    using digest_type = std::array<char, Hash::digest_size>;

    constexpr hash_stream() noexcept : hash_stream(Hash::initial_state, 0) {}
    /// Continues from a state after `absorbed` bytes, a multiple of the block size.
    constexpr hash_stream(state_type const& state, std::uint64_t absorbed) noexcept {
        go_on(state, static_cast<std::uint32_t>(absorbed));
        size_high_ = static_cast<std::uint32_t>(absorbed >> 32);
    }
    hash_stream(hash_stream const&) = delete;
    hash_stream& operator=(hash_stream const&) = delete;
    constexpr ~hash_stream() { forget(); }

    /// Hashes `text`.
    RESTARTCASTER_THIN constexpr void append(std::string_view text) noexcept { append(text.data(), text.size()); }

    /// Whether hashing failed. Always false: the hashes of this library cannot fail.
    [[nodiscard]] static constexpr bool failed() noexcept { return false; }

    /// The digest of the appended text. Ends the stream: afterwards it can only be destroyed.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        digest_type digest; // not initialised: every byte is written
        finish(digest.data());
        return digest;
    }

    /// Hashes one byte; small builds only.
    RESTARTCASTER_ONCE constexpr void put(char byte) noexcept {
        staging_[size_++ % block_size] = byte;
        if (size_ % block_size != 0) return;
        if (size_ == 0) ++size_high_;
        Hash::compress_blocks(state_, staging_, 1);
    }

protected:
    using parts = detail::hash_parts<Hash>;
    using parts::state_, parts::size_, parts::size_high_, parts::staging_;

    RESTARTCASTER_ONCE constexpr void go_on(state_type const& state, std::uint32_t absorbed) noexcept {
        state_ = state;
        size_ = absorbed;
        size_high_ = 0;
    }

    RESTARTCASTER_ONCE constexpr void append(char const* text, std::size_t size) noexcept {
        for (; size != 0; --size) put(*text++);
    }

    RESTARTCASTER_ONCE constexpr void forget() noexcept {
        wipe(static_cast<parts&>(*this));
        if (!std::is_constant_evaluated()) detail::wipe_stack<detail::hash_depth>();
    }

    RESTARTCASTER_ONCE constexpr void finish(char* digest) noexcept {
        std::uint32_t const size = size_, high = size_high_;
        put(static_cast<char>(-0x80));
        while (size_ % block_size != block_size - 8) put('\0');
        detail::store_big_endian(staging_ + block_size - 8, high << 3 | size >> 29);
        detail::store_big_endian(staging_ + block_size - 4, size << 3);
        Hash::compress_blocks(state_, staging_, 1);
        detail::store_big_endian(digest, state_);
    }
};

}} // namespace restartcaster

#endif
#endif

// ---- restartcaster/crypto/copy_run.hpp
// Copies and clears short runs of bytes without a call of memcpy or memset.
// Source: docs/performance.md.
// Data flow: runs of text in; hash_stream and the ACS3 headers store them.
#ifndef RESTARTCASTER_CRYPTO_COPY_RUN_HPP
#define RESTARTCASTER_CRYPTO_COPY_RUN_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Copies a short run. With a constant length, copy_bytes becomes plain moves. With any other length, a call of memcpy
// would cost a third of the time of hashing these bytes.
RESTARTCASTER_HOT constexpr void copy_run(char* to, std::string_view from) noexcept {
#if !RESTARTCASTER_GNU
    copy_bytes(to, from.data(), from.size()); // unreached: other_compilers
#else
    std::size_t const size = from.size();
    // unreached: optimised
    if (std::is_constant_evaluated() || __builtin_constant_p(size)) {
        copy_bytes(to, from.data(), size);
    } else if (size >= 16) {
        char const* const data = from.data();
        for (std::size_t at = 16; at < size; at += 16) std::memcpy(to + at - 16, data + at - 16, 16);
        std::memcpy(to + size - 16, data + size - 16, 16);
    } else if (size >= 8) {
        std::uint64_t first = 0, last = 0;
        std::memcpy(&first, from.data(), 8);
        std::memcpy(&last, from.data() + size - 8, 8);
        std::memcpy(to, &first, 8);
        std::memcpy(to + size - 8, &last, 8);
    } else if (size >= 4) {
        std::uint32_t first = 0, last = 0;
        std::memcpy(&first, from.data(), 4);
        std::memcpy(&last, from.data() + size - 4, 4);
        std::memcpy(to, &first, 4);
        std::memcpy(to + size - 4, &last, 4);
    } else if (size != 0) {
        to[0] = from[0];
        to[size / 2] = from[size / 2];
        to[size - 1] = from[size - 1];
    }
#endif
}

template <std::size_t Count>
RESTARTCASTER_HOT constexpr void fill_zero(char* bytes) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != Count; ++i) bytes[i] = 0;
    } else {
        std::memset(bytes, 0, Count);
    }
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/crypto/hash_fast.hpp
#if !(RESTARTCASTER_SMALL)
// Hashes text in runs with eight blocks of staging, in builds for speed.
// Source: FIPS 180-4 section 5.1.1 (padding).
// Data flow: runs of text in, the digest out.
#ifndef RESTARTCASTER_CRYPTO_HASH_FAST_HPP
#define RESTARTCASTER_CRYPTO_HASH_FAST_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Hashes the appended text; a byte_sink.
/// Storage: 9 blocks of staging in the object, wiped with the state at the end.
/// Cost: a copy into the staging; one call of the kernel per 8 blocks.
template <class Hash>
class hash_stream {
public:
    /// The sizes and types of the hash; sizes in bytes.
    static constexpr std::size_t block_size = Hash::block_size;
    using state_type = typename Hash::state_type;
    using digest_type = std::array<char, Hash::digest_size>;

    constexpr hash_stream() noexcept : hash_stream(Hash::initial_state, 0) {}
    /// Continues from a state after `absorbed` bytes, a multiple of the block size.
    constexpr hash_stream(state_type const& state, std::uint64_t absorbed) noexcept
        : state_(state), compressed_(absorbed) {
        // Initialised only in constant expressions, which require it: clearing the staging costs as much as filling it.
        if (std::is_constant_evaluated()) wipe(staging_);
    }
    hash_stream(hash_stream const&) = delete;
    hash_stream& operator=(hash_stream const&) = delete;
    constexpr ~hash_stream() {
        if (used_ != finished) wipe_staging(0);
        wipe(state_);
        if (!std::is_constant_evaluated()) detail::wipe_stack<detail::hash_depth>();
    }

    /// Hashes `text`.
    RESTARTCASTER_HOT constexpr void append(std::string_view text) noexcept {
        // A local copy: for the compiler, the copied characters may alias the member.
        std::size_t const used = used_;
        if (text.size() < staging_size - used) [[likely]] {
            detail::copy_run(staging_ + used, text);
            used_ = used + text.size();
        } else {
            append_across(text);
        }
    }

    /// The number of free bytes in the staging, and the first of them, for writers that fill them in place and then call
    /// advance(). There is always more than one free block.
    [[nodiscard]] constexpr std::size_t free_bytes() const noexcept { return buffer_size - used_; }
    [[nodiscard]] constexpr char* position() noexcept { return staging_ + used_; }
    /// Takes `count` bytes that were written at position().
    /// Requires: count <= free_bytes().
    RESTARTCASTER_HOT constexpr void advance(std::size_t count) noexcept {
        used_ += count;
        if (used_ >= staging_size) [[unlikely]]
            compress_staging();
    }

    /// Whether hashing failed. Always false: the hashes of this library cannot fail.
    [[nodiscard]] static constexpr bool failed() noexcept { return false; }

    /// The digest of the appended text. Ends the stream: afterwards it can only be destroyed.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        finish_state();
        wipe_staging(0);
        used_ = finished;
        digest_type digest; // not initialised: every byte is written
        detail::store_big_endian(digest.data(), state_);
        return digest;
    }

protected:
    // Most strings to sign fit into 8 blocks, so that the kernel is called once: the state stays in registers, and the
    // bytes have left the store buffer when the kernel loads them.
    static constexpr std::size_t staging_size = 8 * block_size;
    // One block more, for the padding and for text that is written in place.
    static constexpr std::size_t buffer_size = staging_size + block_size;
    // The value of used_ after the staging was wiped.
    static constexpr std::size_t finished = buffer_size;

    constexpr void finish_state() noexcept {
        std::size_t const used = used_;
        std::size_t const end = (used + 8 + block_size) / block_size * block_size;
        std::uint64_t const bits = (compressed_ + used) * 8;
        staging_[used] = static_cast<char>(-0x80);
        // Always a whole block: a constant number of stores is faster than the exact number.
        detail::fill_zero<block_size>(staging_ + used + 1);
        detail::store_big_endian(staging_ + end - 8, static_cast<std::uint32_t>(bits >> 32));
        detail::store_big_endian(staging_ + end - 4, static_cast<std::uint32_t>(bits));
        Hash::compress_blocks(state_, staging_, end / block_size);
    }

    // Block by block: for a long fill, compilers emit `rep stos`, which starts slowly.
    constexpr void wipe_staging(std::size_t from) noexcept {
        for (std::size_t at = from; at != buffer_size; at += block_size)
            detail::wipe_bytes(staging_ + at, block_size);
    }

    state_type state_;
    std::uint64_t compressed_;
    std::size_t used_ = 0; // below staging_size between calls, until finish()
    alignas(16) char staging_[buffer_size];

private:
    constexpr void compress_blocks(char const* blocks, std::size_t count) noexcept {
        Hash::compress_blocks(state_, blocks, count);
        compressed_ += count * block_size;
    }

    constexpr void compress_staging() noexcept {
        std::size_t const whole = used_ / block_size * block_size;
        compress_blocks(staging_, whole / block_size);
        used_ -= whole;
        detail::copy_bytes(staging_, staging_ + whole, used_);
    }

    // Out of line, because append() is inlined at many places.
#if RESTARTCASTER_GNU
    [[__gnu__::__noinline__]]
#endif
    constexpr void append_across(std::string_view text) noexcept {
        std::size_t const head = staging_size - used_;
        detail::copy_bytes(position(), text.data(), head);
        text.remove_prefix(head);
        compress_blocks(staging_, staging_size / block_size);
        std::size_t const whole = text.size() / block_size * block_size;
        compress_blocks(text.data(), whole / block_size);
        text.remove_prefix(whole);
        detail::copy_bytes(staging_, text.data(), text.size());
        used_ = text.size();
    }
};

}} // namespace restartcaster

#endif
#endif

// ---- restartcaster/crypto/hash.hpp
// Hashes text that arrives in pieces: collects whole blocks in a staging buffer, and pads at the end.
// Source: FIPS 180-4 section 5.1.1 (padding).
// Data flow: runs of the canonical query and of the string to sign in, the digest out.
//
// Both shapes define hash_stream<Hash>, a byte_sink:
//   append(text)                  hashes a text
//   failed()                      always false; streams of other libraries may fail
//   finish()                      the digest; afterwards the stream can only be destroyed
// Builds for speed also have free_bytes(), position() and advance(count), to write in place; builds for size have put(byte).
#ifndef RESTARTCASTER_CRYPTO_HASH_HPP
#define RESTARTCASTER_CRYPTO_HASH_HPP

#if RESTARTCASTER_SMALL
#else
#endif

#endif

// ---- restartcaster/crypto/hmac_small.hpp
#if RESTARTCASTER_SMALL
// HMAC in builds for size: the key and both hashes go through one hash_stream.
// Source: RFC 2104.
// Data flow: a key in, two hash states kept; text in, a MAC out.
#ifndef RESTARTCASTER_CRYPTO_HMAC_SMALL_HPP
#define RESTARTCASTER_CRYPTO_HMAC_SMALL_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The key of an HMAC: the two hash states after the key blocks, which are enough to compute a MAC. These states can sign
/// like the secret itself, so the object cannot be copied and wipes itself in its destructor.
/// Storage: does not keep the secret. Several threads may share a const object.
template <class Hash>
class hmac_key {
public:
    /// The state of the hash.
    using state_type = typename Hash::state_type;

    /// The key is `secret` followed by `suffix`, joined in the key block only, which is wiped.
    /// Cost: two compressions; a key longer than a block is hashed first.
    constexpr explicit hmac_key(std::string_view secret, std::string_view suffix = {}) noexcept {
        key_text text;
        for (char const byte : secret) text.put(byte);
        for (char const byte : suffix) text.put(byte);
        text.fold();
        text.absorb(states_[0], 0x36);
        text.absorb(states_[1], 0x36 ^ 0x5C);
    }
    hmac_key(hmac_key const&) = delete;
    hmac_key& operator=(hmac_key const&) = delete;
    constexpr ~hmac_key() { wipe(states_); }

    /// The state of the inner and of the outer hash after the key block.
    [[nodiscard]] constexpr state_type const& inner() const noexcept { return states_[0]; }
    [[nodiscard]] constexpr state_type const& outer() const noexcept { return states_[1]; }

private:
    struct key_text : hash_stream<Hash> {
        constexpr key_text() noexcept { wipe(this->staging_); }
        // A key longer than a block is replaced by its digest.
        constexpr void fold() noexcept {
            if (this->size_ <= Hash::block_size) return;
            this->finish(this->staging_);
            wipe(std::span(this->staging_).subspan(Hash::digest_size));
        }
        RESTARTCASTER_ONCE constexpr void absorb(state_type& state, unsigned mask) noexcept {
            for (char& byte : this->staging_)
                byte = static_cast<char>(static_cast<unsigned char>(static_cast<unsigned char>(byte) ^ mask));
            state = Hash::initial_state;
            Hash::compress_blocks(state, this->staging_, 1);
        }
    };

    // The states of the inner and of the outer hash.
    state_type states_[2];
};

/// The HMAC of the appended text; a byte_sink.
/// Requires: the key outlives the stream.
/// Cost: one compression per block of text, one for the rest and the length, one for the outer hash.
template <class Hash>
class hmac_stream : private hash_stream<Hash> {
    using base = hash_stream<Hash>;

public:
    /// The MAC as bytes.
    using typename base::digest_type;

    /// Starts a MAC under the key.
    constexpr explicit hmac_stream(hmac_key<Hash> const& keyed) noexcept
        : base(keyed.inner(), Hash::block_size), key_(keyed) {}

    /// As in hash_stream.
    using base::append;
    using base::failed;
    using base::put;

    /// The MAC of the appended text. Ends the stream: afterwards it can only be destroyed.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        digest_type digest; // not initialised: every byte is written
        finish(digest.data());
        return digest;
    }

    /// The MAC as words of the hash, most significant byte first, so that base64 and hex can continue in registers.
    [[nodiscard]] constexpr typename Hash::state_type& finish_words() noexcept {
        finish(base::staging_);
        return base::state_;
    }

private:
    constexpr void finish(char* digest) noexcept {
        base::finish(base::staging_);
        base::go_on(key_.outer(), Hash::block_size + Hash::digest_size);
        base::finish(digest);
    }

    hmac_key<Hash> const& key_;
};

}} // namespace restartcaster

#endif
#endif

// ---- restartcaster/crypto/hmac_fast.hpp
#if !(RESTARTCASTER_SMALL)
// HMAC in builds for speed: the key block and the outer block are laid out directly.
// Source: RFC 2104.
// Data flow: a key in, two hash states kept; text in, a MAC out.
#ifndef RESTARTCASTER_CRYPTO_HMAC_FAST_HPP
#define RESTARTCASTER_CRYPTO_HMAC_FAST_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The key of an HMAC: the two hash states after the key blocks, which are enough to compute a MAC. These states can sign
/// like the secret itself, so the object cannot be copied and wipes itself in its destructor.
/// Storage: does not keep the secret. Several threads may share a const object.
template <class Hash>
class hmac_key {
public:
    /// The state of the hash.
    using state_type = typename Hash::state_type;

    /// The key is `secret` followed by `suffix`, joined in the key block only, which is wiped.
    /// Cost: two compressions; a key longer than a block is hashed first.
    constexpr explicit hmac_key(std::string_view secret, std::string_view suffix = {}) noexcept {
        make(secret, suffix);
        if (!std::is_constant_evaluated()) detail::wipe_stack<detail::key_depth>();
    }
    hmac_key(hmac_key const&) = delete;
    hmac_key& operator=(hmac_key const&) = delete;
    constexpr ~hmac_key() { wipe(states_); }

    /// The state of the inner and of the outer hash after the key block.
    [[nodiscard]] constexpr state_type const& inner() const noexcept { return states_[0]; }
    [[nodiscard]] constexpr state_type const& outer() const noexcept { return states_[1]; }

private:
    // A separate function, so that everything it leaves on the stack is below its caller, where wipe_stack() clears it.
    RESTARTCASTER_APART constexpr void make(std::string_view secret, std::string_view suffix) noexcept {
        char block[Hash::block_size] = {};
        std::size_t used = 0;
        state_type scratch = Hash::initial_state;
        auto const put = [&](char byte) {
            if (used == sizeof block) {
                absorb(scratch, block, 0);
                used = 0;
            }
            block[used++] = byte;
        };
        for (char const byte : secret) put(byte);
        for (char const byte : suffix)
            put(byte);
        std::uint64_t const size = std::uint64_t{secret.size()} + suffix.size();
        if (size > sizeof block) {
            // A key longer than a block is replaced by its digest.
            put(static_cast<char>(-0x80));
            while (used != sizeof block - 8)
                put('\0');
            detail::store_big_endian(block + used, static_cast<std::uint32_t>(size >> 29));
            detail::store_big_endian(block + used + 4, static_cast<std::uint32_t>(size << 3 & 0xFFFFFFFF));
            absorb(scratch, block, 0);
            wipe(block);
            detail::store_big_endian(block, scratch);
        }
        absorb(states_[0], block, 0x36);
        absorb(states_[1], block, 0x36 ^ 0x5C);
    }
    static constexpr void absorb(state_type& state, char (&block)[Hash::block_size], unsigned mask) noexcept {
        for (char& byte : block)
            byte = static_cast<char>(static_cast<unsigned char>(static_cast<unsigned char>(byte) ^ mask));
        Hash::compress_blocks(state, block, 1);
    }

    // The states of the inner and of the outer hash.
    state_type states_[2] = {Hash::initial_state, Hash::initial_state};
};

/// The HMAC of the appended text; a byte_sink.
/// Requires: the key outlives the stream.
/// Cost: one compression per block of text, one for the rest and the length, one for the outer hash.
template <class Hash>
class hmac_stream : private hash_stream<Hash> {
    using base = hash_stream<Hash>;

public:
    /// The MAC as bytes.
    using typename base::digest_type;

    /// Starts a MAC under the key.
    constexpr explicit hmac_stream(hmac_key<Hash> const& keyed) noexcept
        : base(keyed.inner(), Hash::block_size), key_(keyed) {}

    /// As in hash_stream.
    using base::append;
    using base::failed;
    using base::advance;
    using base::free_bytes;
    using base::position;

    /// The MAC of the appended text. Ends the stream: afterwards it can only be destroyed.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        digest_type digest; // not initialised: every byte is written
        detail::store_big_endian(digest.data(), finish_words());
        return digest;
    }

    /// The MAC as words of the hash, most significant byte first, so that base64 and hex can continue in registers.
    [[nodiscard]] constexpr typename Hash::state_type& finish_words() noexcept {
        base::finish_state();
        char* const block = base::staging_;
        detail::fill_zero<Hash::block_size>(block);
        detail::store_big_endian(block, base::state_);
        block[Hash::digest_size] = static_cast<char>(-0x80);
        detail::store_big_endian(block + Hash::block_size - 4,
                                 static_cast<std::uint32_t>((Hash::block_size + Hash::digest_size) * 8));
        base::state_ = key_.outer();
        // Here, not in the destructor: the stores drain while the outer hash is computed.
        base::wipe_staging(Hash::block_size);
        Hash::compress_blocks(base::state_, block, 1);
        detail::wipe_bytes(block, Hash::block_size);
        base::used_ = base::finished;
        return base::state_;
    }

private:

    hmac_key<Hash> const& key_;
};

}} // namespace restartcaster

#endif
#endif

// ---- restartcaster/crypto/hmac.hpp
// HMAC whose key is kept as two hash states, never as text.
// Source: RFC 2104.
// Data flow: the signing key makes an hmac_key once; each signature streams its text through an hmac_stream.
//
// Both shapes define hmac_key<Hash>, made from a secret and a suffix, and hmac_stream<Hash>, a byte_sink whose finish() gives
// the MAC as bytes and finish_words() the MAC as words.
#ifndef RESTARTCASTER_CRYPTO_HMAC_HPP
#define RESTARTCASTER_CRYPTO_HMAC_HPP

#if RESTARTCASTER_SMALL
#else
#endif

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The HMAC of one text under a key.
template <class Hash>
[[nodiscard]] constexpr std::array<char, Hash::digest_size> hmac(hmac_key<Hash> const& key,
                                                                 std::string_view message) noexcept {
    hmac_stream<Hash> stream(key);
    stream.append(message);
    return stream.finish();
}

}} // namespace restartcaster

#endif

// ---- restartcaster/crypto/cpu.hpp
// Chooses the hash kernel for this processor: once, at run time; the choice is kept in one byte.
// Source: Intel SDM volume 2A, CPUID (leaf 1 ECX, leaf 7 EBX); Linux Documentation/arch/arm64/elf_hwcaps.rst.
// Data flow: CPUID or the operating system's auxiliary vector in, a kernel out; compress_blocks() of each hash asks.
#ifndef RESTARTCASTER_CRYPTO_CPU_HPP
#define RESTARTCASTER_CRYPTO_CPU_HPP

// Which kernels can be compiled. The choice among them is made at run time, even under -msha or -march=native: the linker
// may keep the inline functions of such a translation unit for the whole program.
#if !RESTARTCASTER_PORTABLE_ONLY && defined(__x86_64__)
#define RESTARTCASTER_X86_KERNELS 1
#else
#define RESTARTCASTER_X86_KERNELS 0
#endif
#if !RESTARTCASTER_PORTABLE_ONLY && defined(__aarch64__) && !defined(__AARCH64EB__) &&                                 \
    (defined(__linux__) || defined(__APPLE__))
#define RESTARTCASTER_ARMV8_KERNELS 1
#else
#define RESTARTCASTER_ARMV8_KERNELS 0
#endif

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

enum class kernel : unsigned char { undecided, portable, x86_sha, armv8_sha };

#if RESTARTCASTER_ARMV8_KERNELS && defined(__APPLE__) // every Apple Arm processor has the instructions

[[nodiscard]] constexpr kernel best_kernel() noexcept { return kernel::armv8_sha; }
[[nodiscard]] constexpr kernel chosen_kernel() noexcept { return kernel::armv8_sha; }
constexpr kernel force_kernel(kernel) noexcept { return kernel::armv8_sha; }

#elif RESTARTCASTER_X86_KERNELS || RESTARTCASTER_ARMV8_KERNELS

#if RESTARTCASTER_X86_KERNELS
[[nodiscard]] inline kernel best_kernel() noexcept {
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    __asm__("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    if (eax < 7) return kernel::portable; // unreached: processor
    eax = 1, ecx = 0;
    __asm__("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    bool const ssse3 = (ecx >> 9 & 1) != 0;
    bool const sse4_1 = (ecx >> 19 & 1) != 0;
    eax = 7, ecx = 0;
    __asm__("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    bool const sha = (ebx >> 29 & 1) != 0;
    // No check with XGETBV: the instructions use XMM registers only, which every x86-64 system saves.
    return ssse3 && sse4_1 && sha ? kernel::x86_sha : kernel::portable; // unreached: processor
}
#else
// getauxval under a name of the library, which needs no system header and cannot conflict with <sys/auxv.h>.
extern "C" unsigned long restartcaster_getauxval(unsigned long type) noexcept __asm__("getauxval");

[[nodiscard]] inline kernel best_kernel() noexcept {
    constexpr unsigned long at_hwcap = 16;
    constexpr unsigned long sha1_and_sha2 = 1UL << 5 | 1UL << 6;
    bool const both = (restartcaster_getauxval(at_hwcap) & sha1_and_sha2) == sha1_and_sha2;
    return both ? kernel::armv8_sha : kernel::portable;
}
#endif

// A race is harmless, because every thread computes the same kernel. A relaxed access costs as much as a plain one.
inline constinit unsigned char kernel_choice = 0;

[[__gnu__::__noinline__, __gnu__::__cold__]] inline kernel decide_kernel() noexcept {
    kernel const best = best_kernel();
    __atomic_store_n(&kernel_choice, static_cast<unsigned char>(best), __ATOMIC_RELAXED);
    return best;
}

[[nodiscard]] RESTARTCASTER_HOT inline kernel chosen_kernel() noexcept {
    unsigned char const choice = __atomic_load_n(&kernel_choice, __ATOMIC_RELAXED);
    if (choice == static_cast<unsigned char>(kernel::undecided)) [[unlikely]]
        return decide_kernel();
    return static_cast<kernel>(choice);
}

/// For tests: makes every hash use this kernel from now on, if the processor has it and the build left a choice;
/// `undecided` restores the best kernel. Returns the kernel now in use.
template <class Kernel>
Kernel force_kernel(Kernel wanted) noexcept {
    kernel const best = best_kernel();
    kernel const now = wanted == Kernel::portable ? wanted : best;
    __atomic_store_n(&kernel_choice, static_cast<unsigned char>(now), __ATOMIC_RELAXED);
    return now;
}

#else

[[nodiscard]] constexpr kernel best_kernel() noexcept { return kernel::portable; }
[[nodiscard]] constexpr kernel chosen_kernel() noexcept { return kernel::portable; }
constexpr kernel force_kernel(kernel) noexcept { return kernel::portable; }

#endif

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/crypto/sha1_armv8.hpp
// The SHA-1 compression with the Armv8 cryptographic extension, without a compiler flag and without
// <arm_neon.h>.
// Source: Arm Architecture Reference Manual, SHA1C, SHA1P, SHA1M, SHA1H, SHA1SU0, SHA1SU1.
// Data flow: state and message blocks in, state out; used if cpu.hpp found the instructions.
#ifndef RESTARTCASTER_CRYPTO_SHA1_ARMV8_HPP
#define RESTARTCASTER_CRYPTO_SHA1_ARMV8_HPP

#if RESTARTCASTER_ARMV8_KERNELS

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Workaround for gcc and clang 14: inline assembly, because the two have different names for the target attribute, and
// clang 14 hides the intrinsics without it. Every statement enables the instructions again, because clang assembles each
// statement separately.
#define RESTARTCASTER_SHA ".arch_extension sha2\n\t"
#define RESTARTCASTER_READ(m, at)                                                                            \
    std::memcpy(&m, blocks + (at), 16);                                                                      \
    __asm__("rev32 %0.16b, %0.16b" : "+w"(m))
#define RESTARTCASTER_ROUNDS(function, m, k)                                                                 \
    sum = m + k;                                                                                             \
    __asm__(RESTARTCASTER_SHA "sha1h %s0, %s1" : "=w"(e_next) : "w"(abcd));                                  \
    __asm__(RESTARTCASTER_SHA function " %q0, %s1, %2.4s" : "+w"(abcd) : "w"(e), "w"(sum));                  \
    e = e_next
#define RESTARTCASTER_SCHEDULED(function, m0, m1, m2, m3, k)                                                 \
    RESTARTCASTER_ROUNDS(function, m0, k);                                                                   \
    __asm__(RESTARTCASTER_SHA "sha1su0 %0.4s, %1.4s, %2.4s" : "+w"(m0) : "w"(m1), "w"(m2));                  \
    __asm__(RESTARTCASTER_SHA "sha1su1 %0.4s, %1.4s" : "+w"(m0) : "w"(m3))

[[__gnu__::__noinline__]] inline void sha1_armv8(std::array<std::uint32_t, 5>& state, char const* blocks, std::size_t count) noexcept {
    using words [[__gnu__::__vector_size__(16)]] = std::uint32_t;
    constexpr words k0 = {0x5A827999, 0x5A827999, 0x5A827999, 0x5A827999};
    constexpr words k1 = {0x6ED9EBA1, 0x6ED9EBA1, 0x6ED9EBA1, 0x6ED9EBA1};
    constexpr words k2 = {0x8F1BBCDC, 0x8F1BBCDC, 0x8F1BBCDC, 0x8F1BBCDC};
    constexpr words k3 = {0xCA62C1D6, 0xCA62C1D6, 0xCA62C1D6, 0xCA62C1D6};
    words abcd = {state[0], state[1], state[2], state[3]};
    words e = {state[4], 0, 0, 0};
    words e_next, sum, m0, m1, m2, m3;
    for (; count != 0; --count, blocks += 64) {
        words const abcd_before = abcd;
        words const e_before = e;
        RESTARTCASTER_READ(m0, 0);
        RESTARTCASTER_READ(m1, 16);
        RESTARTCASTER_READ(m2, 32);
        RESTARTCASTER_READ(m3, 48);
        RESTARTCASTER_SCHEDULED("sha1c", m0, m1, m2, m3, k0);
        RESTARTCASTER_SCHEDULED("sha1c", m1, m2, m3, m0, k0);
        RESTARTCASTER_SCHEDULED("sha1c", m2, m3, m0, m1, k0);
        RESTARTCASTER_SCHEDULED("sha1c", m3, m0, m1, m2, k0);
        RESTARTCASTER_SCHEDULED("sha1c", m0, m1, m2, m3, k0);
        RESTARTCASTER_SCHEDULED("sha1p", m1, m2, m3, m0, k1);
        RESTARTCASTER_SCHEDULED("sha1p", m2, m3, m0, m1, k1);
        RESTARTCASTER_SCHEDULED("sha1p", m3, m0, m1, m2, k1);
        RESTARTCASTER_SCHEDULED("sha1p", m0, m1, m2, m3, k1);
        RESTARTCASTER_SCHEDULED("sha1p", m1, m2, m3, m0, k1);
        RESTARTCASTER_SCHEDULED("sha1m", m2, m3, m0, m1, k2);
        RESTARTCASTER_SCHEDULED("sha1m", m3, m0, m1, m2, k2);
        RESTARTCASTER_SCHEDULED("sha1m", m0, m1, m2, m3, k2);
        RESTARTCASTER_SCHEDULED("sha1m", m1, m2, m3, m0, k2);
        RESTARTCASTER_SCHEDULED("sha1m", m2, m3, m0, m1, k2);
        RESTARTCASTER_SCHEDULED("sha1p", m3, m0, m1, m2, k3);
        RESTARTCASTER_ROUNDS("sha1p", m0, k3);
        RESTARTCASTER_ROUNDS("sha1p", m1, k3);
        RESTARTCASTER_ROUNDS("sha1p", m2, k3);
        RESTARTCASTER_ROUNDS("sha1p", m3, k3);
        abcd += abcd_before;
        e += e_before;
    }
    state = {abcd[0], abcd[1], abcd[2], abcd[3], e[0]};
}

#undef RESTARTCASTER_SCHEDULED
#undef RESTARTCASTER_ROUNDS
#undef RESTARTCASTER_READ
#undef RESTARTCASTER_SHA

}}} // namespace restartcaster::detail

#endif

#endif

// ---- restartcaster/crypto/sha1_portable.hpp
// The SHA-1 compression in plain C++: unrolled for speed, rolled for size.
// Source: FIPS 180-4 section 6.1.2 and 6.1.3 (the schedule as a ring of 16 words).
// Data flow: state and message blocks in, state out; the only kernel that works in constant expressions.
#ifndef RESTARTCASTER_CRYPTO_SHA1_PORTABLE_HPP
#define RESTARTCASTER_CRYPTO_SHA1_PORTABLE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

inline constexpr std::uint32_t sha1_constants[4] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};

#if RESTARTCASTER_SMALL

#if RESTARTCASTER_GNU && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
template <class Word>
RESTARTCASTER_ONCE constexpr void sha1_block(std::array<Word, 5>& state, char const* block) noexcept {
    // The ring of 16 words twice in a row, so that the words of a round are at fixed offsets from one pointer.
    Word w[32];
    for (unsigned t = 0; t != 16; ++t) w[t] = w[t + 16] = load_big_endian(block + 4 * t);
    Word a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (unsigned t = 0; t != 80; ++t) {
        Word* const at = w + t % 16;
        Word const word = at[0];
        at[0] = at[16] = std::rotl(at[0] ^ at[2] ^ at[8] ^ at[13], 1); // the word of 16 rounds later
        unsigned const phase = t * 205 >> 12; // t / 20, without a division, which Cortex-M0 lacks
        Word const differ = c ^ d;
        Word f = b | differ;
        if (phase == 0) f = d;
        if (phase == 2) f = c & d;
        f ^= b & differ;
        Word const sum = e + word + sha1_constants[phase] + f + std::rotl(a, 5);
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = sum;
    }
    Word const last[5] = {a, b, c, d, e};
    for (unsigned i = 0; i != 5; ++i) state[i] += last[i];
}
#if RESTARTCASTER_GNU && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

template <class Word>
RESTARTCASTER_THIN constexpr void sha1_portable(std::array<Word, 5>& state, char const* blocks,
                                                std::size_t count) noexcept {
    for (; count != 0; --count, blocks += 64) sha1_block(state, blocks);
}

#else

// Round `t`, a constant after inlining. The callers rotate the argument names of the five words, which saves the moves
// between registers.
template <class Word>
RESTARTCASTER_HOT constexpr void sha1_round(Word a, Word& b, Word c, Word d, Word& e, Word* w, char const* block,
                                            unsigned t) noexcept {
    Word& word = w[t & 15];
    word = t < 16 ? load_big_endian(block + 4 * t)
                  : std::rotl(w[(t + 13) & 15] ^ w[(t + 8) & 15] ^ w[(t + 2) & 15] ^ word, 1);
    // The two terms of the majority function share no bit, so `+` equals `|`, and the compiler can reorder the additions
    // off the critical path.
    Word f = b ^ c ^ d;
    if (t < 20) f = d ^ (b & (c ^ d));
    if (t >= 40 && t < 60) f = (b & c) + (d & (b ^ c));
    e += std::rotl(a, 5) + (f + sha1_constants[t / 20] + word);
    b = std::rotl(b, 30);
}
template <class Word>
RESTARTCASTER_HOT constexpr void sha1_five(Word (&s)[5], Word* w, char const* block, unsigned t) noexcept {
    sha1_round(s[0], s[1], s[2], s[3], s[4], w, block, t);
    sha1_round(s[4], s[0], s[1], s[2], s[3], w, block, t + 1);
    sha1_round(s[3], s[4], s[0], s[1], s[2], w, block, t + 2);
    sha1_round(s[2], s[3], s[4], s[0], s[1], w, block, t + 3);
    sha1_round(s[1], s[2], s[3], s[4], s[0], w, block, t + 4);
}
template <class Word>
RESTARTCASTER_HOT constexpr void sha1_twenty(Word (&s)[5], Word* w, char const* block, unsigned t) noexcept {
    sha1_five(s, w, block, t);
    sha1_five(s, w, block, t + 5);
    sha1_five(s, w, block, t + 10);
    sha1_five(s, w, block, t + 15);
}

template <class Word>
RESTARTCASTER_APART constexpr void sha1_portable(std::array<Word, 5>& state, char const* blocks, std::size_t count) noexcept {
    for (; count != 0; --count, blocks += 64) {
        Word w[16] = {};
        Word s[5] = {state[0], state[1], state[2], state[3], state[4]};
        sha1_twenty(s, w, blocks, 0);
        sha1_twenty(s, w, blocks, 20);
        sha1_twenty(s, w, blocks, 40);
        sha1_twenty(s, w, blocks, 60);
        for (unsigned i = 0; i != 5; ++i) state[i] += s[i];
    }
}

#endif

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/crypto/x86_words.hpp
// Four 32-bit words in one register: the operands of the x86 SHA instructions.
// Source: Intel SDM volume 2, PADDD, PSHUFB; GCC manual, "Using Vector Instructions through Built-in Functions".
// Data flow: used by sha1_x86.hpp and sha256_x86.hpp.
#ifndef RESTARTCASTER_CRYPTO_X86_WORDS_HPP
#define RESTARTCASTER_CRYPTO_X86_WORDS_HPP

#if RESTARTCASTER_X86_KERNELS

#include <cstring>

// The attribute is repeated on every helper: a function is inlined only into one with the same target.
#define RESTARTCASTER_SHA_HELPER [[__gnu__::__target__("sha,sse4.1,ssse3"), __gnu__::__always_inline__]] inline

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

using x86_words [[__gnu__::__vector_size__(16)]] = int;
using x86_bytes [[__gnu__::__vector_size__(16)]] = char;

// Adds as unsigned words: the built-ins use signed words, whose overflow is undefined.
template <class Words>
RESTARTCASTER_SHA_HELPER Words x86_sum(Words a, Words b) noexcept {
    using unsigned_words [[__gnu__::__vector_size__(16)]] = unsigned;
    return reinterpret_cast<Words>(reinterpret_cast<unsigned_words>(a) + reinterpret_cast<unsigned_words>(b));
}

// Reads 16 bytes and permutes them by `order`.
template <class Words, class Bytes>
RESTARTCASTER_SHA_HELPER Words x86_read(char const* from, Bytes order) noexcept {
    Bytes bytes;
    std::memcpy(&bytes, from, 16);
    return reinterpret_cast<Words>(__builtin_ia32_pshufb128(bytes, order));
}

}}} // namespace restartcaster::detail

#endif

#endif

// ---- restartcaster/crypto/sha1_x86.hpp
// The SHA-1 compression with the x86 SHA instructions, without a compiler flag and without <immintrin.h>.
// Source: Intel SDM volume 2B, SHA1RNDS4, SHA1NEXTE, SHA1MSG1, SHA1MSG2.
// Data flow: state and message blocks in, state out; used if cpu.hpp found the instructions.
#ifndef RESTARTCASTER_CRYPTO_SHA1_X86_HPP
#define RESTARTCASTER_CRYPTO_SHA1_X86_HPP

#if RESTARTCASTER_X86_KERNELS

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

template <class Words>
RESTARTCASTER_SHA_HELPER Words sha1_x86_read(char const* bytes) noexcept {
    return x86_read<Words>(bytes, x86_bytes{15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0});
}
// Computes `e` for the next four rounds, and the next words of the schedule after m0.
template <class Words>
RESTARTCASTER_SHA_HELPER void sha1_x86_next(Words& e, Words m0, Words& m1, Words& m2, Words& m3) noexcept {
    e = __builtin_ia32_sha1nexte(e, m0);
    m1 = __builtin_ia32_sha1msg2(m1, m0);
    m3 = __builtin_ia32_sha1msg1(m3, m0);
    m2 ^= m0;
}
// Four rounds. A macro, because the last argument must be a constant inside the instruction.
#define RESTARTCASTER_ROUNDS(e, other, f)                                                                    \
    other = abcd;                                                                                            \
    abcd = __builtin_ia32_sha1rnds4(abcd, e, f)

template <class Words = x86_words, class State>
[[__gnu__::__target__("sha,sse4.1,ssse3"), __gnu__::__noinline__]] inline void sha1_x86(State& state, char const* blocks, std::size_t count) noexcept {
    Words abcd, e1;
    // One load of 16 bytes, for store forwarding. The instructions want the first word in the highest lane.
    std::memcpy(&abcd, state.data(), 16);
    abcd = __builtin_ia32_pshufd(abcd, 0x1B);
    Words e0 = {0, 0, 0, static_cast<int>(state[4])};
    for (; count != 0; --count, blocks += 64) {
        Words const abcd_before = abcd;
        Words const e_before = e0;
        Words m0 = sha1_x86_read<Words>(blocks);
        e0 = x86_sum(e0, m0);
        RESTARTCASTER_ROUNDS(e0, e1, 0);
        Words m1 = sha1_x86_read<Words>(blocks + 16);
        e1 = __builtin_ia32_sha1nexte(e1, m1);
        RESTARTCASTER_ROUNDS(e1, e0, 0);
        m0 = __builtin_ia32_sha1msg1(m0, m1);
        Words m2 = sha1_x86_read<Words>(blocks + 32);
        e0 = __builtin_ia32_sha1nexte(e0, m2);
        RESTARTCASTER_ROUNDS(e0, e1, 0);
        m1 = __builtin_ia32_sha1msg1(m1, m2);
        m0 ^= m2;
        Words m3 = sha1_x86_read<Words>(blocks + 48);
        sha1_x86_next(e1, m3, m0, m1, m2);
        RESTARTCASTER_ROUNDS(e1, e0, 0);
        sha1_x86_next(e0, m0, m1, m2, m3);
        RESTARTCASTER_ROUNDS(e0, e1, 0);
        sha1_x86_next(e1, m1, m2, m3, m0);
        RESTARTCASTER_ROUNDS(e1, e0, 1);
        sha1_x86_next(e0, m2, m3, m0, m1);
        RESTARTCASTER_ROUNDS(e0, e1, 1);
        sha1_x86_next(e1, m3, m0, m1, m2);
        RESTARTCASTER_ROUNDS(e1, e0, 1);
        sha1_x86_next(e0, m0, m1, m2, m3);
        RESTARTCASTER_ROUNDS(e0, e1, 1);
        sha1_x86_next(e1, m1, m2, m3, m0);
        RESTARTCASTER_ROUNDS(e1, e0, 1);
        sha1_x86_next(e0, m2, m3, m0, m1);
        RESTARTCASTER_ROUNDS(e0, e1, 2);
        sha1_x86_next(e1, m3, m0, m1, m2);
        RESTARTCASTER_ROUNDS(e1, e0, 2);
        sha1_x86_next(e0, m0, m1, m2, m3);
        RESTARTCASTER_ROUNDS(e0, e1, 2);
        sha1_x86_next(e1, m1, m2, m3, m0);
        RESTARTCASTER_ROUNDS(e1, e0, 2);
        sha1_x86_next(e0, m2, m3, m0, m1);
        RESTARTCASTER_ROUNDS(e0, e1, 2);
        sha1_x86_next(e1, m3, m0, m1, m2);
        RESTARTCASTER_ROUNDS(e1, e0, 3);
        sha1_x86_next(e0, m0, m1, m2, m3);
        RESTARTCASTER_ROUNDS(e0, e1, 3);
        e1 = __builtin_ia32_sha1nexte(e1, m1);
        RESTARTCASTER_ROUNDS(e1, e0, 3);
        m2 = __builtin_ia32_sha1msg2(m2, m1);
        m3 ^= m1;
        e0 = __builtin_ia32_sha1nexte(e0, m2);
        RESTARTCASTER_ROUNDS(e0, e1, 3);
        m3 = __builtin_ia32_sha1msg2(m3, m2);
        e1 = __builtin_ia32_sha1nexte(e1, m3);
        RESTARTCASTER_ROUNDS(e1, e0, 3);
        e0 = __builtin_ia32_sha1nexte(e0, e_before);
        abcd = x86_sum(abcd, abcd_before);
    }
    abcd = __builtin_ia32_pshufd(abcd, 0x1B);
    std::memcpy(state.data(), &abcd, 16);
    state[4] = static_cast<std::uint32_t>(e0[3]);
}

#undef RESTARTCASTER_ROUNDS

}}} // namespace restartcaster::detail

#endif

#endif

// ---- restartcaster/crypto/sha1.hpp
// SHA-1, because signature version 1.0 is HMAC-SHA1. Do not use SHA-1 for anything new.
// Source: FIPS 180-4 section 5.3.1 and 6.1; RFC 3174.
// Data flow: hash_stream passes whole blocks to compress_blocks(), which chooses the kernel.
#ifndef RESTARTCASTER_CRYPTO_SHA1_HPP
#define RESTARTCASTER_CRYPTO_SHA1_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// SHA-1, in the form of a template argument of hash_stream and hmac_key.
/// Source: FIPS 180-4.
struct sha1 {
    /// Sizes in bytes, the state, and the state before the first block.
    static constexpr std::size_t block_size = 64;
    static constexpr std::size_t digest_size = 20;
    using state_type = std::array<std::uint32_t, 5>;
    static constexpr state_type initial_state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};

    /// Hashes `count` blocks of 64 bytes, at any alignment, into `state`, with the best kernel of this processor.
    template <class Word>
#if RESTARTCASTER_SMALL
    RESTARTCASTER_THIN // small builds pass one block, and inlining removes the loop over blocks
#endif
    static constexpr void compress_blocks(std::array<Word, 5>& state, char const* blocks, std::size_t count) noexcept {
        if (!std::is_constant_evaluated()) {
#if RESTARTCASTER_X86_KERNELS
            switch (detail::chosen_kernel()) {
            case detail::kernel::x86_sha: return detail::sha1_x86(state, blocks, count);
            default: break;
            }
#elif RESTARTCASTER_ARMV8_KERNELS
            switch (detail::chosen_kernel()) {
            case detail::kernel::armv8_sha: return detail::sha1_armv8(state, blocks, count);
            default: break;
            }
#endif
        }
        detail::sha1_portable(state, blocks, count);
    }
};

}} // namespace restartcaster

#endif

// ---- restartcaster/encode/base64.hpp
// Base64 with padding, in constant time.
// Source: RFC 4648 section 4.
// Data flow: the 20 bytes of an HMAC-SHA1 in, the 28 characters of a signature out.
#ifndef RESTARTCASTER_ENCODE_BASE64_HPP
#define RESTARTCASTER_ENCODE_BASE64_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

// Small builds: returns the character of the highest 6 bits of a sequence of words, and shifts the sequence by 6 bits.
template <class Word, std::size_t N>
[[nodiscard]] constexpr char base64_shift(std::array<Word, N>& words) noexcept {
    std::uint32_t six_bits = 0;
    for (std::size_t i = N; i-- != 0;) {
        std::uint32_t const word = words[i];
        words[i] = static_cast<Word>(word << 6 | six_bits);
        six_bits = word >> (8 * sizeof(Word) - 6);
    }
    // Above its limit each difference wraps; its high bits then select the step to the next range of the alphabet.
    return static_cast<char>('A' + six_bits + ((25 - six_bits) >> 8 & 6) - ((51 - six_bits) >> 8 & 75) -
                             ((61 - six_bits) >> 28) + ((62 - six_bits) >> 30));
}

// Splits 48 bits into eight groups of 6 bits, one group per byte.
template <class Bits>
[[nodiscard]] constexpr Bits base64_split(Bits bits) noexcept {
    bits = (bits & 0xFFFFFF000000) << 8 | (bits & 0xFFFFFF);
    bits = (bits & 0x00FFF00000FFF000) << 4 | (bits & 0x00000FFF00000FFF);
    return (bits & 0x0FC00FC00FC00FC0) << 2 | (bits & 0x003F003F003F003F);
}

// Sets each byte to 1 if it is above `limit`, otherwise to 0.
template <class Bits>
[[nodiscard]] constexpr Bits base64_above(Bits six_bits, unsigned limit) noexcept {
    constexpr Bits ones = 0x0101010101010101;
    return (six_bits + ones * (127 - limit)) >> 7 & ones;
}

// For each range of the alphabet, adds its step to the bytes above its limit. No branch and no memory address depends on
// the bytes, which are secret.
template <class Bits>
[[nodiscard]] constexpr Bits base64_characters(Bits six_bits) noexcept {
    return six_bits + 0x4141414141414141 + base64_above(six_bits, 25) * 6 - base64_above(six_bits, 51) * 75 -
           base64_above(six_bits, 61) * 15 + base64_above(six_bits, 62) * 3;
}

} // namespace detail

/// The base64 text of N bytes: 4 characters for every 3 bytes, padded with '='.
/// Cost: constant time for a given N.
template <std::size_t N>
[[nodiscard]] constexpr std::array<char, (N + 2) / 3 * 4> base64(std::array<char, N> const& bytes) noexcept {
    std::array<char, (N + 2) / 3 * 4> out{};
    std::array<char, (N + 5) / 6 * 6> in{};
    detail::copy_bytes(in.data(), bytes.data(), N);
    for (std::size_t group = 0; group * 8 < out.size(); ++group) {
        auto const byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(in[6 * group + i])}; };
        char text[8];
        auto const bits =
            byte(0) << 40 | byte(1) << 32 | byte(2) << 24 | byte(3) << 16 | byte(4) << 8 | byte(5);
        detail::store_eight(text, detail::base64_characters(detail::base64_split(bits)));
        detail::copy_bytes(out.data() + 8 * group, text, out.size() - 8 * group < 8 ? out.size() - 8 * group : 8);
    }
    for (std::size_t i = (N * 8 + 5) / 6; i != out.size(); ++i) out[i] = '=';
    return out;
}

}} // namespace restartcaster

#endif

// ---- restartcaster/message/endpoint.hpp
// Where a request goes: scheme, host and port, checked once so that a host cannot inject text into a URL or header.
// Source: RFC 3986 section 3.2.2; RFC 1123 section 2.1 (names); RFC 4291 section 2.2; the service's endpoint list
//   (live.aliyuncs.com and two regional hosts).
// Data flow: the user's choice in, the first part of every URL out.
#ifndef RESTARTCASTER_MESSAGE_ENDPOINT_HPP
#define RESTARTCASTER_MESSAGE_ENDPOINT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whether a request goes over TLS (https) or not (http).
enum class url_scheme : std::uint8_t { https, http };

namespace detail {

[[nodiscard]] constexpr bool is_https(url_scheme scheme) noexcept {
    switch (scheme) {
    case url_scheme::https: return true;
    default: return false;
    }
}

} // namespace detail

/// The scheme, host and port of a request. An endpoint with an invalid host or port is not well_formed(), and every
/// make_request with it fails with host_malformed.
/// Storage: refers to the caller's text of the host, which must outlive the endpoint.
class endpoint {
public:
    /// `port` 0 means the default port of the scheme, and the default port is kept as 0, so that every HTTP library omits
    /// it from the Host field. `host` is a name, an IPv4 address of four decimal numbers, or an IPv6 address in brackets
    /// without a zone. A name has at most 253 bytes, in labels of 1 to 63 letters, digits, hyphens and underscores; no
    /// label begins or ends with a hyphen; one full stop may end the name. A host that ends in a number must be an IPv4
    /// address. A port outside 0 to 65535 is not well formed.
    constexpr endpoint(std::string_view host, url_scheme scheme = url_scheme::https, std::int64_t port = 0) noexcept
        : host_(host),
          port_(port == (detail::is_https(scheme) ? 443 : 80) ? std::uint16_t{0} : static_cast<std::uint16_t>(port)),
          scheme_(scheme),
          well_formed_(is_host(host.data(), host.data() + host.size()) && port >= 0 && port <= 65535) {}
    /// Takes a named string; a temporary string does not compile, as with every borrowed_text.
    template <detail::text_owner String>
    constexpr endpoint(String const& host RESTARTCASTER_LIFETIMEBOUND, url_scheme scheme = url_scheme::https,
                       std::int64_t port = 0) noexcept
        : endpoint(std::string_view(host), scheme, port) {}
    template <detail::text_owner String>
    constexpr endpoint(String const&& host, url_scheme scheme = url_scheme::https, std::int64_t port = 0) noexcept
        : endpoint(std::string_view(borrowed_text(static_cast<String const&&>(host))), scheme, port) {}

    /// The host as given: a view of the caller's text.
    [[nodiscard]] constexpr std::string_view host() const noexcept { return host_; }
    /// The port; 0: the default port of the scheme.
    [[nodiscard]] constexpr std::uint16_t port() const noexcept { return port_; }
    /// The scheme.
    [[nodiscard]] constexpr url_scheme scheme() const noexcept { return scheme_; }
    /// Whether host and port are valid; see the constructor.
    [[nodiscard]] constexpr bool well_formed() const noexcept { return well_formed_; }

    /// Appends scheme, host and port, e.g. "https://live.aliyuncs.com" or "http://127.0.0.1:8080".
    template <byte_sink Sink>
    constexpr void append_origin(Sink& sink) const noexcept {
        detail::append_to(sink, detail::is_https(scheme_) ? "https://"sv : "http://"sv);
        append_authority(sink);
    }

    /// Appends host and port as in the Host field, e.g. "live.aliyuncs.com" or "127.0.0.1:8080".
    template <byte_sink Sink>
    constexpr void append_authority(Sink& sink) const noexcept {
        detail::append_to(sink, host_);
        if (port_ == 0) return;
        detail::append_byte(sink, ':');
        for (unsigned unit = 10000; unit != 0; unit /= 10)
            if (port_ >= unit) detail::append_byte(sink, static_cast<char>('0' + port_ / unit % 10));
    }

private:
    // Four decimal numbers up to 255, without leading zeros.
    RESTARTCASTER_ONCE static constexpr bool is_ipv4(char const* at, char const* end) noexcept {
        for (unsigned left = 4;;) {
            unsigned value = 0;
            char const* const first = at;
            for (; at != end && detail::is_digit(*at); ++at)
                if (value < 256) value = value * 10 + static_cast<unsigned>(*at - '0');
            if (at - first != 1 + (value > 9) + (value > 99) || value > 255) return false;
            if (--left == 0) return at == end;
            if (at == end || *at++ != '.') return false;
        }
    }

    // Eight groups of 1 to 4 hexadecimal digits. "::" replaces one or more groups, an IPv4 address the last two.
    static constexpr bool is_ipv6(char const* at, char const* end) noexcept {
        bool shortened = false;
        unsigned groups = 0, all = 8;
        while (at != end) {
            if (*at == ':') {
                if (++at != end && *at == ':' && !shortened) {
                    shortened = true;
                    if (++at == end) break;
                } else if (groups == 0) {
                    return false;
                }
            } else if (groups != 0) {
                return false;
            }
            char const* const first = at;
            while (at != end && is_hex_digit(*at)) ++at;
            if (at != end && *at == '.') {
                if (!is_ipv4(first, end)) return false;
                all = 7;
                at = end;
            } else if (at == first || at - first > 4) {
                return false;
            }
            ++groups;
        }
        return shortened ? groups < all : groups == all;
    }
    static constexpr bool is_hex_digit(char c) noexcept {
        return detail::is_digit(c) || (static_cast<unsigned char>(c) | 0x20u) - 'a' < 6;
    }

    static constexpr bool is_host(char const* const begin, char const* end) noexcept {
        if (begin == end) return false;
        if (*begin == '[') return *--end == ']' && is_ipv6(begin + 1, end);
        char const* const past = end;
        if (end[-1] == '.') --end;
        if (end - begin > 253) return false;
        char const* label = begin;
        for (char const* at = begin;; ++at) {
            if (at == end || *at == '.') {
                if (at == label || at - label > 63 || *label == '-' || at[-1] == '-') return false;
                if (at == end) break;
                label = at + 1;
            } else if (!detail::is_digit(*at) && (static_cast<unsigned char>(*at) | 0x20u) - 'a' > 25 && *at != '-' &&
                       *at != '_') {
                return false;
            }
        }
        // Resolvers read 127.1, 0177.0.0.1, 2130706433 and 0x7F000001 as addresses, and not all in the same way.
        bool const hex = end - label > 1 && *label == '0' && (label[1] | 0x20) == 'x';
        if (hex) label += 2;
        while (label != end && (hex ? is_hex_digit(*label) : detail::is_digit(*label))) ++label;
        return label != end || is_ipv4(begin, past);
    }

    std::string_view host_;
    std::uint16_t port_;
    url_scheme scheme_;
    bool well_formed_;
};

/// The host for every documented region except two (see live_endpoint_of).
inline constexpr endpoint live_endpoint{"live.aliyuncs.com"sv};

/// The endpoint of a region id, by the vendor's list for ApsaraVideo Live.
/// Source: help document 50283; unknown regions get live_endpoint, as in the vendor's own clients.
[[nodiscard]] constexpr endpoint live_endpoint_of(std::string_view region_id) noexcept {
    if (region_id == "ap-southeast-1"sv) return {"live.ap-southeast-1.aliyuncs.com"sv};
    if (region_id == "eu-central-1"sv) return {"live.eu-central-1.aliyuncs.com"sv};
    return live_endpoint;
}

}} // namespace restartcaster

#endif

// ---- restartcaster/message/request.hpp
// A signed request, ready for any transport.
// Source: RFC 9110 (methods, fields), RFC 3986 (URL); protocol "Where POST parameters go".
// Data flow: a signature scheme fills it, the user's transport sends it.
#ifndef RESTARTCASTER_MESSAGE_REQUEST_HPP
#define RESTARTCASTER_MESSAGE_REQUEST_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The method of a request: GET or POST for every signed request. PUT asks a metadata server for a token (hosted/).
enum class http_method : std::uint8_t { get, post, put };

/// "GET", "POST" or "PUT".
[[nodiscard]] constexpr std::string_view text(http_method method) noexcept {
    switch (method) {
    case http_method::get: return "GET"sv;
    case http_method::put: return "PUT"sv;
    default: return "POST"sv;
    }
}

/// Where a request carries its parameters, and by which method.
enum class placement : std::uint8_t {
    /// POST with all parameters in an application/x-www-form-urlencoded body: no URL limit, no signature in access logs.
    post_form,
    /// GET with all parameters in the query.
    get,
    /// POST with all parameters in the query and an empty body, like the vendor's generated clients.
    post_query,
};

/// The format of the answer that the request asks for.
enum class format : std::uint8_t { json, xml };

/// The value of the parameter Format: "JSON" or "XML".
[[nodiscard]] constexpr std::string_view text(format answer) noexcept {
    switch (answer) {
    case format::json: return "JSON"sv;
    default: return "XML"sv;
    }
}

/// The caller's choices for a request, in addition to the operation.
struct request_options {
    /// Where the parameters are, and the method.
    placement parameters = placement::post_form;
    /// The format of the answer.
    format answer = format::json;
    /// The scheme, host and port to call.
    endpoint to = live_endpoint;
    /// The longest URL in bytes; a longer one fails with url_too_long before anything is sent. 0: no limit.
    std::size_t url_limit = 8192;
};

namespace detail {

/// Appends the URL up to the start of the parameters: to the '?' of the query, or to the NUL byte before the body.
/// Returns the number of bytes so far.
template <byte_sink Sink, class Options>
constexpr std::size_t append_front(Sink& wire, Options const& options) noexcept {
    options.to.append_origin(wire);
    append_byte(wire, '/');
    append_byte(wire, options.parameters == placement::post_form ? '\0' : '?');
    return wire.needed();
}

/// The first part of the URL under the default options. The class is a sink itself, because every compiler that reads this
/// header would instantiate a span.
template <class Options>
struct default_front {
    char bytes[sizeof "https:///?" - 1 + live_endpoint.host().size()]{};
    std::size_t size = 0;

    consteval default_front() noexcept { append_front(*this, Options{}); }
    // unreached: constant
    constexpr void append(std::string_view text) noexcept {
        for (char const c : text) bytes[size++] = c;
    }
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return size; } // unreached: constant
};

/// The options of a call without request_options: compile-time constants, so that the compiler removes the code for all
/// other choices.
template <class Options = request_options> // a template, so that an unused one costs no compile time
struct default_options {
    static constexpr placement parameters = Options{}.parameters;
    static constexpr format answer = Options{}.answer;
    static constexpr std::size_t url_limit = Options{}.url_limit;
    static constexpr default_front<Options> front{};
    static constexpr endpoint to{text_at(front.bytes + sizeof "https://" - 1, live_endpoint.host().size())};
};

/// The value of Format if the options are compile-time constants; otherwise empty.
template <class Options>
inline constexpr std::string_view constant_format{};
template <class Options>
inline constexpr std::string_view constant_format<default_options<Options>> = text(Options{}.answer);

template <class Options>
RESTARTCASTER_HOT constexpr std::size_t append_front(buffer_sink& wire, default_options<Options> const&) noexcept {
    wire.append(text_at(default_options<Options>::front.bytes, default_options<Options>::front.size));
    return default_options<Options>::front.size;
}

} // namespace detail

/// One header field of a request.
struct header {
    /// The name, and the value without blanks around it.
    std::string_view name;
    std::string_view value;
};

/// The header fields that a transport must send in addition to Host and Content-Length, as lines "Name: value" CRLF. A raw
/// socket writes text() unchanged; other transports iterate over the fields.
class header_lines {
public:
    constexpr header_lines() noexcept = default;
    /// Storage: refers to the caller's text, which must outlive this object.
    constexpr explicit header_lines(borrowed_text field_lines RESTARTCASTER_LIFETIMEBOUND) noexcept
        : lines_(field_lines) {}

    /// All lines, each with its CRLF.
    [[nodiscard]] constexpr std::string_view text() const noexcept { return lines_; }

    /// Goes from field to field.
    class iterator {
    public:
        /// Points to the first field of `rest`.
        constexpr explicit iterator(std::string_view rest) noexcept : rest_(rest) {}
        /// The current field.
        [[nodiscard]] constexpr header operator*() const noexcept {
            std::size_t const colon = rest_.find(':');
            return {detail::part(rest_, 0, colon), detail::part(rest_, colon + 2, rest_.find('\r') - colon - 2)};
        }
        /// Goes to the next field.
        constexpr iterator& operator++() noexcept {
            rest_.remove_prefix(rest_.find('\n') + 1);
            return *this;
        }
        /// Whether both are at the same field. Requires: iterators of one header_lines.
        [[nodiscard]] constexpr bool operator==(iterator const& other) const noexcept {
            return rest_.size() == other.rest_.size();
        }

    private:
        std::string_view rest_;
    };
    /// The first field, and the end.
    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(lines_); }
    [[nodiscard]] constexpr iterator end() const noexcept { return iterator({}); }

private:
    std::string_view lines_;
};

/// A complete, signed request. Send it once: its nonce is valid for one use.
/// Storage: url, target, headers and body point into the storage given to make_request, host into the text of the
///   endpoint; all are valid until that storage is written to again.
struct request {
    /// The method to send.
    http_method method = http_method::post;
    /// Whether to use TLS.
    url_scheme scheme = url_scheme::https;
    /// The port to connect to; 0: the default port of the scheme.
    std::uint16_t port = 0;
    /// The host to connect to, and the value of the Host field without the port.
    std::string_view host;
    /// The whole URL, e.g. https://live.aliyuncs.com/?AccessKeyId=...; url.data() is NUL-terminated.
    /// Do not log the URL: with the parameters in the query it contains the signature.
    std::string_view url;
    /// The URL from the path on: the target of an HTTP/1.1 request line.
    std::string_view target;
    /// Every header field to send in addition to Host and Content-Length.
    header_lines headers;
    /// The body to send. With POST, send Content-Length even when it is 0.
    std::string_view body;
    /// Bytes that the request takes at the start of the storage; the bytes after them are free for the answer.
    std::size_t storage_used = 0;
};

/// All bytes of a request in its storage: URL, headers and body. append_foreign and describe remove their secrets from
/// texts of the service.
[[nodiscard]] constexpr std::string_view request_bytes(request const& sent) noexcept {
    return detail::text_at(sent.url.data(), sent.storage_used);
}

namespace detail {

/// Offsets of the parts of a request in its storage.
struct request_layout {
    std::size_t target_at, url_end, body_at, body_end;
};

/// Writes the URL up to the start of the parameters.
template <class Options>
[[nodiscard]] RESTARTCASTER_HOT constexpr request_layout begun_request(buffer_sink& wire,
                                                                       Options const& options) noexcept {
    std::size_t const end = append_front(wire, options);
    return {.target_at = end - 2, .url_end = end - 1, .body_at = end, .body_end = end};
}

// Constructs the request in the caller's result, which saves a copy of the large object.
template <class Options>
[[nodiscard]] RESTARTCASTER_HOT constexpr result<request> finished_request(Options const& options, std::string_view all,
                                                                           request_layout const& parts,
                                                                           std::string_view headers) noexcept {
    return {made_by{}, [&] {
                return request{.method = options.parameters == placement::get ? http_method::get : http_method::post,
                               .scheme = options.to.scheme(),
                               .port = options.to.port(),
                               .host = options.to.host(),
                               .url = {all.data(), parts.url_end},
                               .target = {all.data() + parts.target_at, parts.url_end - parts.target_at},
                               .headers = header_lines(headers),
                               .body = {all.data() + parts.body_at, parts.body_end - parts.body_at},
                               .storage_used = all.size()};
            }};
}

} // namespace detail

}} // namespace restartcaster

#endif

// ---- restartcaster/core/storage.hpp
// The caller's bytes for one request or one call, passed as a span.
// Source: docs/design.md, "Storage".
// Data flow: the caller's stack or arena in, views into it out.
#ifndef RESTARTCASTER_CORE_STORAGE_HPP
#define RESTARTCASTER_CORE_STORAGE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// N bytes in which a request is built and an answer received; not initialised, which saves time.
/// Storage: requests and replies built in these bytes are valid until the bytes are written to again.
template <std::size_t N>
struct storage {
    /// The bytes, uninitialised at first.
    char bytes[N];

    /// The number of bytes, and a span of all of them.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return N; }
    [[nodiscard]] constexpr std::span<char> span() noexcept RESTARTCASTER_LIFETIMEBOUND { return {bytes, N}; }
};

/// The bytes that a function may write to. Converts from a named storage<N>, an array or a std::span<char>, and not from
/// a temporary storage, whose bytes would end before they are read.
class room {
public:
    /// Storage: refers to the caller's bytes, which must outlive the room and every text built in it.
    constexpr room(std::span<char> const& bytes) noexcept : bytes_(bytes) {}
    // A template, so that the constructor of std::span is compiled only where this one is called: it takes g++ a tenth of
    // the time that the whole library takes.
    template <class Size = std::size_t>
    constexpr room(char* bytes, std::type_identity_t<Size> size) noexcept : bytes_(bytes, size) {}
    template <std::size_t N>
    constexpr room(storage<N>& storage RESTARTCASTER_LIFETIMEBOUND) noexcept : bytes_(storage.bytes, N) {}
    template <std::size_t N>
    constexpr room(char (&bytes RESTARTCASTER_LIFETIMEBOUND)[N]) noexcept : bytes_(bytes, N) {}
    /// Deleted: every view into a temporary storage would dangle.
    template <std::size_t N>
    room(storage<N>&&) = delete;
    template <std::size_t N>
    room(storage<N> const&&) = delete;

    /// The bytes.
    [[nodiscard]] constexpr std::span<char> span() const noexcept { return bytes_; }

private:
    std::span<char> bytes_;
};

namespace detail {

// Pointers into different objects have no order, so their addresses are compared as numbers. A constant expression has
// no addresses; there the compiler itself rejects the read of a byte that is not initialised.
template <class Size>
[[nodiscard]] constexpr bool overlap(char const* text, Size size, char const* bytes, Size count) noexcept {
    if (std::is_constant_evaluated()) return false;
    auto const ahead = reinterpret_cast<std::uintptr_t>(text) - reinterpret_cast<std::uintptr_t>(bytes);
    return size != 0 && (ahead < count || 0 - ahead < size);
}
/// Whether a text shares a byte with the room that will be written to.
template <class Room>
[[nodiscard]] constexpr bool overlap(std::string_view text, Room const& to) noexcept {
    return overlap(text.data(), text.size(), to.span().data(), to.span().size());
}

} // namespace detail

}} // namespace restartcaster

#endif

// ---- restartcaster/sign/query/sinks.hpp
// What the two sinks of the canonical writer have in common.
// Source: protocol "Canonicalization" rules 3 to 5.
// Data flow: used by both shapes of canonical_writer and by the signature schemes.
#ifndef RESTARTCASTER_SIGN_QUERY_SINKS_HPP
#define RESTARTCASTER_SIGN_QUERY_SINKS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// A sink that ignores its text, for a writer that needs only one of its two sinks.
struct no_sink {
    constexpr void append(std::string_view) noexcept {}
};

/// How often a value is percent-encoded in the string to sign: once (acs3), or twice, because rpc_v1 encodes the whole
/// canonical query again.
enum class sign_depth : std::uint8_t { once = 0, twice = 1 };

/// A sink whose next bytes can be written directly: position() points to free_bytes() bytes, advance() takes them.
template <class Sink>
concept in_place_sink = requires(Sink& sink, std::size_t count) {
    sink.free_bytes();
    sink.position();
    sink.advance(count);
};

/// The free bytes of a sink; an empty room if the sink does not show its bytes.
template <byte_sink Sink, class Room = room> // `Room` is a parameter, so that an unused room_of costs no compile time
[[nodiscard]] constexpr Room room_of(Sink& sink) noexcept {
    if constexpr (in_place_sink<Sink>)
        return std::span<char>(sink.position(), sink.free_bytes());
    else
        return Room(nullptr, 0);
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/sign/query/writer_small.hpp
#if RESTARTCASTER_SMALL
// Writes the canonical query byte by byte, in builds for size.
// Source: protocol "Canonicalization" rules 3 to 5; RFC 3986.
// Data flow: one byte at a time to the wire and, encoded once more where the scheme asks for it, to the hash.
#ifndef RESTARTCASTER_SIGN_QUERY_WRITER_SMALL_HPP
#define RESTARTCASTER_SIGN_QUERY_WRITER_SMALL_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Writes the canonical query to the wire and to the hash in one pass, byte by byte. Encodes constant text at run time, and
/// ignores the arguments `twice`, which serve the writer of the other builds.
template <byte_sink Wire, byte_sink Sign, sign_depth Depth>
class canonical_writer : public write_fault {
public:
    /// `known` is a fault from before, such as a malformed key id.
    constexpr canonical_writer(Wire& wire, Sign& sign, write_fault const& known = {}) noexcept
        : write_fault(known), wire_(wire), sign_(sign) {}

    RESTARTCASTER_THIN constexpr void only_signed(std::string_view text) noexcept { put(text.data(), text.size(), 0); }
    RESTARTCASTER_THIN constexpr void unreserved(std::string_view text) noexcept { put(text.data(), text.size(), 1); }
    RESTARTCASTER_THIN constexpr void encoded(std::string_view text) noexcept { put(text.data(), text.size(), 2); }
    RESTARTCASTER_THIN constexpr void encoded(char byte) noexcept { put(byte, 2); }
    RESTARTCASTER_THIN constexpr void field(std::string_view once, std::string_view, std::string_view value) noexcept {
        unreserved(once);
        encoded(value);
    }
    template <value_rule Rule = value_rule::identifier>
    constexpr void checked(std::string_view once, std::string_view twice, std::string_view name,
                           std::string_view value) noexcept {
        field(once, twice, value);
        this->template look_at<Rule>(name, value);
    }

private:
    static constexpr bool encoded_twice = static_cast<bool>(Depth);

    RESTARTCASTER_ONCE constexpr void put(char const* text, std::size_t size, unsigned level) noexcept {
        for (; size != 0; --size) put(*text++, level);
    }
    // `level` is how often the byte is still to be percent-encoded: 2 raw value, 1 canonical query (goes to the wire), 0
    // string to sign (goes to the hash).
    RESTARTCASTER_ONCE constexpr void put(char byte, unsigned level) noexcept {
        if (level == 1) append_byte(wire_, byte);
        if (level == (encoded_twice ? 0 : 1)) return append_byte(sign_, byte);
        --level;
        if (!is_unreserved(byte)) {
            put('%', level);
            put(hex_upper(static_cast<unsigned char>(byte) >> 4), level);
            byte = hex_upper(static_cast<unsigned char>(byte) & 15u);
        }
        put(byte, level);
    }

    Wire& wire_;
    Sign& sign_;
};

}}} // namespace restartcaster::detail

#endif
#endif

// ---- restartcaster/sign/query/writer_fast.hpp
#if !(RESTARTCASTER_SMALL)
// Writes the canonical query in runs of unreserved bytes, in builds for speed.
// Source: protocol "Canonicalization" rules 3 to 5; RFC 3986.
// Data flow: constant text in both encodings and runs of a value, copied to the wire and to the hash.
#ifndef RESTARTCASTER_SIGN_QUERY_WRITER_FAST_HPP
#define RESTARTCASTER_SIGN_QUERY_WRITER_FAST_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Writes the canonical query to the wire and to the hash in one pass.
template <byte_sink Wire, byte_sink Sign, sign_depth Depth>
class canonical_writer : public write_fault {
public:
    /// `known` is a fault from before, such as a malformed key id.
    constexpr canonical_writer(Wire& wire, Sign& sign, write_fault const& known = {}) noexcept
        : write_fault(known), wire_(wire), sign_(sign) {}

    /// Writes text to the hash only: the start of the string to sign, before the query.
    RESTARTCASTER_HOT constexpr void only_signed(std::string_view text) noexcept { append_to(sign_, text); }
    /// Writes constant text: `once` is the text in the canonical query, `twice` is `once` percent-encoded again.
    RESTARTCASTER_HOT constexpr void constant(std::string_view once, std::string_view twice) noexcept {
        append_to(wire_, once);
        append_to(sign_, encoded_twice ? twice : once);
    }
    /// Writes text of unreserved bytes, which percent-encoding does not change.
    RESTARTCASTER_HOT constexpr void unreserved(std::string_view text) noexcept { constant(text, text); }

    /// Writes a raw name or value, percent-encoded. Returns whether all its bytes are unreserved.
    constexpr bool encoded(std::string_view text) noexcept {
        std::size_t const run = unreserved_prefix(text);
        unreserved(part(text, 0, run));
        if (run == text.size()) return true;
        encoded_from(part(text, run));
        return false;
    }

    /// Writes constant text, then a raw value. Returns whether all bytes of the value are unreserved.
    RESTARTCASTER_HOT constexpr bool field(std::string_view once, std::string_view twice,
                                           std::string_view value) noexcept {
#if RESTARTCASTER_VECTORS
        if constexpr (in_place_sink<Wire> && in_place_sink<Sign>) {
            if (!std::is_constant_evaluated()) {
                std::string_view const signed_text = encoded_twice ? twice : once;
                // '<', so that a wire without free bytes, whose position may be null, is never written to.
                if (value.size() + once.size() < wire_.free_bytes() &&
                    value.size() + signed_text.size() <= sign_.free_bytes()) {
                    char* const wire = wire_.position();
                    char* const sign = sign_.position();
                    __builtin_memcpy(wire, once.data(), once.size());
                    __builtin_memcpy(sign, signed_text.data(), signed_text.size());
                    if (copy_unreserved(wire + once.size(), sign + signed_text.size(), value)) [[likely]] {
                        wire_.advance(once.size() + value.size());
                        sign_.advance(signed_text.size() + value.size());
                        return true;
                    }
                }
            }
        }
#endif
        return field_in_runs(once, twice, value);
    }

    /// Writes constant text, then a time. The offsets of its two colons are known, so no byte needs a test.
    template <class Time>
    RESTARTCASTER_HOT constexpr void time(std::string_view once, std::string_view twice, Time const& value) noexcept {
        constexpr std::string_view once_colon = "%3A"sv, twice_colon = encoded_twice ? "%253A"sv : "%3A"sv;
        constexpr std::size_t once_size = Time::text_size - 2 + 2 * once_colon.size();
        constexpr std::size_t sign_size = Time::text_size - 2 + 2 * twice_colon.size();
        constant(once, twice);
        if constexpr (in_place_sink<Wire> && in_place_sink<Sign>) {
            // Directly into the sinks: a wide load of a text that was just stored byte by byte would stall the processor,
            // because store forwarding fails.
            if (wire_.free_bytes() >= once_size && sign_.free_bytes() >= sign_size) {
                value.write_text(wire_.position(), once_colon);
                value.write_text(sign_.position(), twice_colon);
                wire_.advance(once_size);
                sign_.advance(sign_size);
                return;
            }
        }
        auto const text = value.text();
        field_in_runs({}, {}, {text.data(), text.size()});
    }

    /// Writes constant text, then a value, and refuses the value if it breaks the rule. Only an empty value, or a value with
    /// a byte that is not unreserved, needs the slow test.
    template <value_rule Rule = value_rule::identifier>
    RESTARTCASTER_HOT constexpr void checked(std::string_view once, std::string_view twice, std::string_view name,
                                             std::string_view value) noexcept {
        if (!field(once, twice, value) || value.empty()) [[unlikely]]
            this->template look_at<Rule>(name, value);
    }

private:
    static constexpr bool encoded_twice = static_cast<bool>(Depth);

    RESTARTCASTER_COLD constexpr bool field_in_runs(std::string_view once, std::string_view twice,
                                                    std::string_view value) noexcept {
        constant(once, twice);
        return encoded(value);
    }

    // Requires: the first byte of `text` is not unreserved.
    constexpr void encoded_from(std::string_view text) noexcept {
        while (!text.empty()) {
            char const high = hex_upper(byte_at(text, 0) >> 4), low = hex_upper(byte_at(text, 0) & 15);
            char const once[3]{'%', high, low};
            char const twice[5]{'%', '2', '5', high, low};
            constant({once, sizeof once}, {twice, sizeof twice});
            text.remove_prefix(1);
            std::size_t const run = unreserved_prefix(text);
            unreserved(part(text, 0, run));
            text.remove_prefix(run);
        }
    }

    Wire& wire_;
    Sign& sign_;
};

}}} // namespace restartcaster::detail

#endif
#endif

// ---- restartcaster/sign/query/writer.hpp
// Writes the canonical query in one pass to two sinks: once encoded for the wire, once or twice encoded for the hash.
// Source: protocol "Canonicalization" rules 3 to 5; RFC 3986.
// Data flow: constant text and values in; one writer feeds the wire and the hash, so the two cannot differ.
//
// How the writer works. The writer has two sinks: `wire` is the request, `sign` is the hash. Each function except
// only_signed() writes its text to both sinks.
//
//   scheme                       wire          sign
//   rpc_v1, sign_depth::twice    CasterId=1    CasterId%3D1    the canonical query, percent-encoded once more
//   acs3,   sign_depth::once     CasterId=1    CasterId=1      the canonical query
//
// There are three kinds of text:
//
//   constant     names, '=' and '&'; both encodings were made at compile time
//   unreserved   letters, digits, '-', '.', '_' and '~', which percent-encoding does not change
//   encoded      values: any other byte becomes "%XX" on the wire, and "%25XX" where the query is encoded twice
//
// Most values contain unreserved bytes only. field() copies a value to both sinks and tests its bytes in one pass; if the
// test fails, field_in_runs() writes the value again, with escapes. Small builds write byte by byte (put()).
//
// The base class write_fault keeps the first fault. The writer continues after a fault, so that the sinks count all bytes
// that are needed; the caller tests good() at the end.
//
// Both shapes define canonical_writer<Wire, Sign, Depth>, derived from write_fault, with these functions:
//   only_signed(text)               writes to the hash only
//   unreserved(text)                writes bytes that percent-encoding does not change
//   encoded(text)                   writes a raw name or value, percent-encoded
//   field(once, twice, value)       writes constant text, whose two encodings are given, then a raw value
//   checked<Rule>(once, twice, name, value)   as field(), and refuses a value that breaks the rule
#ifndef RESTARTCASTER_SIGN_QUERY_WRITER_HPP
#define RESTARTCASTER_SIGN_QUERY_WRITER_HPP

#if RESTARTCASTER_SMALL
#else
#endif

#endif

// ---- restartcaster/sign/canonical_query.hpp
// The canonical query: the text that is sent, and that the signature covers.
// Source: protocol "Canonicalization" rules 2 to 5.
// Data flow: parameters in, `Name=value&...` out.
#ifndef RESTARTCASTER_SIGN_CANONICAL_QUERY_HPP
#define RESTARTCASTER_SIGN_CANONICAL_QUERY_HPP

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

// ---- restartcaster/sign/query/lists.hpp
// Writes the values of described parameters: texts, numbers and Booleans, and lists with their elements.
// Source: protocol "RepeatList" (Name.1, Name.2.Key); "Canonicalization" rule 2 (ordinal order of the names).
// Data flow: a description and an object in, canonical query text to a writer out.
#ifndef RESTARTCASTER_SIGN_QUERY_LISTS_HPP
#define RESTARTCASTER_SIGN_QUERY_LISTS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Refuses an input that shares bytes with the room: writing the request would destroy the input.
template <class Writer, class Room>
RESTARTCASTER_ONCE constexpr void refuse_overlap(Writer& writer, Room const& room, std::string_view const& name,
                                                 std::string_view const& input) noexcept {
    if (overlap(input, room)) writer.refuse(errc::input_in_storage, name);
}

/// The name of an element: the pieces of the lists around its list, then `name`.`index`.
struct element_name {
    element_name const* outer;
    std::string_view name;
    std::size_t index;
};

/// The index that follows `index` in the order of names: 1, 10, 100, 11, 12, 2, 20, 3. `size` is the largest index.
/// Requires: `index` is not the last one of this order.
[[nodiscard]] constexpr std::size_t next_index(std::size_t index, std::size_t size) noexcept {
    if (index * 10 <= size) return index * 10;
    if (index == size) index /= 10;
    ++index;
    while (index % 10 == 0) index /= 10;
    return index;
}

template <class Writer>
constexpr void write_name(Writer& writer, element_name const& element, bool& started) noexcept {
    if (element.outer == nullptr) {
        write_name(writer, element.name, started);
    } else {
        write_name(writer, *element.outer, started);
        writer.unreserved("."sv);
        writer.encoded(element.name);
    }
    writer.unreserved("."sv);
    writer.unreserved(decimal(element.index).view());
}

template <class Record, class Writer>
constexpr bool write_record(Writer& writer, element_name const& element, Record const& record, bool& started) noexcept;

/// Writes the elements of a list in the order of their names. `outer` is the element that contains the list, or null.
template <value_rule Rule, class Writer, class Element>
constexpr void write_list(Writer& writer, element_name const* outer, std::string_view name,
                          std::span<Element const> list, bool& started) noexcept {
    if (list.size() > static_cast<std::size_t>(parameter::largest_index))
        return writer.refuse(errc::parameters_too_many, name);
    element_name element{outer, name, 1};
    for (std::size_t left = list.size(); left != 0; --left) {
        Element const& value = list[element.index - 1];
        bool const good = writer.good();
        if constexpr (has_parameters<Element>) {
            // The service would see a gap in the list.
            if (!write_record(writer, element, value, started)) writer.refuse(errc::parameter_missing, name);
        } else {
            write_name(writer, element, started);
            if constexpr (is_text<Element>)
                writer.template checked<Rule>("="sv, "%3D"sv, name, value);
            else
                writer.template checked<Rule>("="sv, "%3D"sv, name, converted_text(value).view());
        }
        if (good && !writer.good()) writer.set_element(element.index);
        if (left != 1) element.index = next_index(element.index, list.size());
    }
}

template <class Record>
inline constexpr auto sorted_members = sorted_by_name(entries_of<Record>());

// Writes one member of a record; returns whether the member is present. `Index` is its place in sorted_members.
template <std::size_t Index, class Record, class Writer>
constexpr bool write_member(Writer& writer, element_name const& element, Record const& record, bool& started) noexcept {
    constexpr plan_entry entry = sorted_members<Record>[Index];
    using described = described_at<Record, entry.source>;
    auto const& value = described::value(record);
    auto const write_text = [&](std::string_view text) {
        if (described::optional && text.empty()) return false;
        write_name(writer, element, started);
        writer.unreserved("."sv);
        writer.encoded(described::name);
        writer.template checked<described::rule>("="sv, "%3D"sv, described::name, text);
        return true;
    };
    if constexpr (entry.list) {
        if (!described::optional && value.empty()) writer.refuse(errc::parameter_missing, described::name);
        write_list<described::rule>(writer, &element, described::name, value, started);
        return !value.empty();
    } else if constexpr (is_text<typename described::template value_type<Record>>) {
        return write_text(value);
    } else {
        return write_text(converted_text(value).view());
    }
}

template <class Record, class Writer, std::size_t... Index>
constexpr bool write_members(Writer& writer, element_name const& element, Record const& record, bool& started,
                             std::index_sequence<Index...>) noexcept {
    static_assert(!name_stands_twice(sorted_members<Record>), "restartcaster: a member of a record is described twice");
    return (unsigned{write_member<Index>(writer, element, record, started)} | ... | 0u) != 0;
}

/// Writes the members of an element that is a record. Returns whether any member is present.
template <class Record, class Writer>
constexpr bool write_record(Writer& writer, element_name const& element, Record const& record, bool& started) noexcept {
    return write_members(writer, element, record, started, std::make_index_sequence<Record::parameters.size>{});
}

template <class Writer, class Room, class T, class... Described>
RESTARTCASTER_HOT constexpr void refuse_overlaps_of(Writer& writer, Room const& room, T const& of,
                                                    parameters<Described...>) noexcept;

/// Refuses a list of which a text shares bytes with the room.
template <class Writer, class Room, class Value>
constexpr void refuse_overlaps(Writer& writer, Room const& room, std::string_view name, Value const& value) noexcept {
    if constexpr (is_text<Value>) {
        refuse_overlap(writer, room, name, value);
    } else if constexpr (is_span<Value>) {
        for (auto const& element : value) refuse_overlaps(writer, room, name, element);
    } else if constexpr (has_parameters<Value>) {
        refuse_overlaps_of(writer, room, value, Value::parameters);
    }
}
template <class Writer, class Room, class T, class... Described>
RESTARTCASTER_HOT constexpr void refuse_overlaps_of(Writer& writer, Room const& room, T const& of, parameters<Described...>) noexcept {
    (refuse_overlaps(writer, room, Described::name, Described::value(of)), ...);
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/sign/query/described_plan.hpp
// The plan of one operation under one signature scheme.
// Source: protocol "Common request parameters"; docs/design.md, "The plan of an operation".
// Data flow: the description of an operation and the common parameters of a scheme in, a plan out.
#ifndef RESTARTCASTER_SIGN_QUERY_DESCRIBED_PLAN_HPP
#define RESTARTCASTER_SIGN_QUERY_DESCRIBED_PLAN_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// The parameters of an operation and of a scheme, sorted by name. Action, Version and, if the type of the options makes it a
/// constant, Format become constants.
template <class Operation, class Scheme, class Options>
[[nodiscard]] consteval auto all_entries() {
    constexpr auto described = entries_of<Operation>();
    constexpr auto common = Scheme::common_parameters;
    std::array<plan_entry, described.size() + common.size()> all{};
    for (std::size_t i = 0; i != described.size(); ++i) all[i] = described[i];
    for (std::size_t i = 0; i != common.size(); ++i) {
        plan_entry& entry = all[described.size() + i];
        entry = common[i];
        if (entry.source == value_source::action) entry.constant = Operation::description.action;
        if (entry.source == value_source::version) entry.constant = Operation::description.version;
        if (entry.source == value_source::format) entry.constant = constant_format<Options>;
        if (!entry.constant.empty()) entry.source = value_source::nothing;
    }
    return sorted_by_name(all);
}

/// The plan of one operation under one scheme.
template <class Operation, class Scheme, class Options>
struct plan_for {
    static constexpr auto entries = all_entries<Operation, Scheme, Options>();
    static_assert(check_identifier("Action", Operation::description.action).has_value() &&
                      check_identifier("Version", Operation::description.version).has_value(),
                  "restartcaster: an operation needs the name of an action and its version");
    static_assert(!name_stands_twice(entries),
                  "restartcaster: a parameter is described twice, or is one that the signature scheme sets");
    static constexpr auto plan = plan_of<entries>;
};

/// Writes the list that is the member with the source `Source` of an operation.
template <value_source Source, class Operation, class Writer>
constexpr void write_list_of(Writer& writer, Operation const& op, bool& started) noexcept {
    using described = described_at<Operation, Source>;
    auto const& list = described::value(op);
    if (!described::optional && list.empty()) writer.refuse(errc::parameter_missing, described::name);
    write_list<described::rule>(writer, nullptr, described::name, list, started);
}

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/sign/query/values_small.hpp
#if RESTARTCASTER_SMALL
// Follows the plan of an operation in builds for size: one loop over the compact plan.
// Source: protocol "Common request parameters"; docs/design.md, "The plan of an operation".
// Data flow: pieces of the plan and values in, text to a writer out.
#ifndef RESTARTCASTER_SIGN_QUERY_VALUES_SMALL_HPP
#define RESTARTCASTER_SIGN_QUERY_VALUES_SMALL_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

inline constexpr std::string_view json_name = text(format::json), xml_name = text(format::xml);

class scheme_values {
public:
    constexpr scheme_values() noexcept = default;
    constexpr scheme_values(std::string_view const& key_id, std::string_view const& token,
                            std::string_view const& nonce, format answer, utc_time const& timestamp) noexcept
        : key_id_(&key_id), token_(&token), nonce_(&nonce), format_(answer == format::json ? &json_name : &xml_name),
          timestamp_(timestamp.text().data()) {}

    [[nodiscard]] constexpr std::string_view timestamp() const noexcept {
        return text_at(timestamp_, utc_time::text_size);
    }
    /// Pointers to the values of the scheme, then of the operation, in the order of value_source. `Format` is false if the
    /// plan contains the format as a constant.
    template <bool Format = true, class... Text>
    [[nodiscard]] constexpr auto with(std::string_view const& timestamp, Text const*... own) const noexcept {
        return std::array<std::string_view const*, static_cast<std::size_t>(value_source::member) + sizeof...(own)>{
            key_id_, token_, nonce_, &timestamp, Format ? format_ : nullptr, own...};
    }

private:
    std::string_view const* key_id_ = nullptr;
    std::string_view const* token_ = nullptr;
    std::string_view const* nonce_ = nullptr;
    std::string_view const* format_ = nullptr;
    char const* timestamp_ = nullptr;
};

class action_values {
public:
    constexpr action_values(scheme_values const& scheme, std::string_view const& action,
                            std::string_view const& version) noexcept
        : timestamp_(scheme.timestamp()), all_(scheme.with(timestamp_, &action, &version)) {}
    action_values(action_values const&) = delete;

    template <class Entries, class Writer, class Room>
    constexpr void refuse_overlaps(Entries const& entries, Writer& writer, Room const& room) const noexcept {
        for (auto const& entry : entries)
            if (entry.source != value_source::nothing) refuse_overlap(writer, room, entry.name, value(entry.source));
    }
    [[nodiscard]] constexpr std::string_view token() const noexcept { return value(value_source::token); }
    template <class Writer>
    RESTARTCASTER_THIN constexpr void write_value(plan_entry const& entry, std::string_view once, std::string_view twice,
                                                  Writer& writer) const noexcept {
        writer.checked(once, twice, entry.name, value(entry.source));
    }

private:
    [[nodiscard]] constexpr std::string_view const& value(value_source source) const noexcept {
        return *all_[static_cast<std::size_t>(source)];
    }

    std::string_view timestamp_;
    std::array<std::string_view const*, static_cast<std::size_t>(value_source::member) + 2> all_;
};

/// The text of one member: the member itself, or the text of a number or Boolean. A list has no text.
template <class Operation, class Described, class Value = typename Described::template value_type<Operation>>
struct member_text {
    constexpr explicit member_text(Operation const& op) noexcept
        : converted(Described::value(op)), text(converted.view()) {}
    member_text(member_text const&) = delete; // `text` points into this object
    [[nodiscard]] constexpr std::string_view const* pointer() const noexcept { return &text; }
    converted_text converted;
    std::string_view text;
};
template <class Operation, class Described>
struct member_text<Operation, Described, std::string_view> {
    constexpr explicit member_text(Operation const& op) noexcept : text(Described::value(op)) {}
    [[nodiscard]] constexpr std::string_view const* pointer() const noexcept { return &text; }
    std::string_view const& text;
};
template <class Operation, class Described, class Element>
struct member_text<Operation, Described, std::span<Element const>> {
    constexpr explicit member_text(Operation const&) noexcept {}
    [[nodiscard]] constexpr std::string_view const* pointer() const noexcept { return nullptr; }
};

template <class Operation, class... Described>
struct member_texts : member_text<Operation, Described>... {
    constexpr explicit member_texts(Operation const& op) noexcept : member_text<Operation, Described>(op)... {}
};

/// The members of an operation that follow_plan() cannot treat as identifiers: lists and free texts. An operation without
/// them has simple_members, whose functions take no code.
struct simple_members {
    static constexpr bool has_lists = false;
    template <class Writer, class Room>
    constexpr void refuse_overlaps(value_source, Writer&, Room const&) const noexcept {}
    template <class Writer>
    constexpr void write_list(value_source, Writer&, bool&) const noexcept {}
    [[nodiscard]] static constexpr bool is_any_text(value_source) noexcept { return false; }
};
template <class Operation>
struct special_members {
    static constexpr bool has_lists = true;
    Operation const& op;

    template <class Writer, class Room>
    constexpr void refuse_overlaps(value_source source, Writer& writer, Room const& room) const noexcept {
        visit(source, [&]<value_source Source>() {
            using described = described_at<Operation, Source>;
            detail::refuse_overlaps(writer, room, described::name, described::value(op));
        });
    }
    template <class Writer>
    constexpr void write_list(value_source source, Writer& writer, bool& started) const noexcept {
        visit(source, [&]<value_source Source>() {
            if constexpr (is_span<typename described_at<Operation, Source>::template value_type<Operation>>)
                write_list_of<Source>(writer, op, started);
        });
    }
    [[nodiscard]] static constexpr bool is_any_text(value_source source) noexcept {
        bool found = false;
        visit(source, [&found]<value_source Source>() {
            found = described_at<Operation, Source>::rule == value_rule::any_text;
        });
        return found;
    }

private:
    // Calls `use` with the source as a template argument, if the source is a member.
    template <class Use>
    static constexpr void visit(value_source source, Use const& use) noexcept {
        visit(source, use, std::make_index_sequence<Operation::parameters.size>{});
    }
    template <class Use, std::size_t... Index>
    static constexpr void visit(value_source source, Use const& use, std::index_sequence<Index...>) noexcept {
        ((source == member_source(Index) ? use.template operator()<member_source(Index)>() : void()), ...);
    }
};
template <class Operation, class... Described>
[[nodiscard]] constexpr auto members_of(Operation const& op, parameters<Described...>) noexcept {
    if constexpr (((is_span<typename Described::template value_type<Operation>> ||
                    Described::rule == value_rule::any_text) ||
                   ...))
        return special_members<Operation>{op};
    else
        return simple_members{};
}

/// Writes a list or, with a room, refuses texts of the list that share bytes with the room.
template <class Members, class Writer, class Room>
constexpr void follow_list(value_source source, Members members, Writer& writer, bool& started,
                           Room const* outside_of) noexcept {
    if (outside_of == nullptr)
        members.write_list(source, writer, started);
    else
        members.refuse_overlaps(source, writer, *outside_of);
}

/// Refuses a value that shares bytes with the room or breaks its rule.
template <class Members, class Writer, class Room>
constexpr void refuse_value(value_source source, std::string_view name, std::string_view const& value, Members members,
                            Writer& writer, Room const& room) noexcept {
    if (overlap(value, room))
        writer.refuse(errc::input_in_storage, name);
    else if (members.is_any_text(source))
        writer.template look_at<value_rule::any_text>(name, value);
    else
        writer.look_at(name, value);
}

/// The name of the parameter whose '=' is the byte before `plan`, percent-encoded.
[[nodiscard]] constexpr std::string_view name_before(char const* plan) noexcept {
    char const* const equals = plan - 1;
    char const* name = equals;
    while (name[-1] != '&') --name;
    return text_at(name, static_cast<std::size_t>(equals - name));
}

/// Follows a compact plan, in one of two passes. With a room in `outside_of`: writes nothing, and refuses values that share
/// bytes with the room or break their rule. With null: writes the query. `values` are indexed by value_source.
/// One loop for both passes, because two loops take 136 bytes more on a Cortex-M4.
template <class Members, class Writer, class Room>
RESTARTCASTER_ONCE constexpr void follow_plan(char const* plan, std::string_view const* const* values, Members members,
                                              Writer& writer, Room const* outside_of) noexcept {
    for (bool started = false;;) {
        unsigned const head = static_cast<unsigned char>(*plan++);
        std::size_t const size = static_cast<unsigned char>(*plan++);
        if (size == 0) return;
        char const* const text = plan;
        plan += size;
        auto const source = static_cast<value_source>(head & ~(compact_optional | compact_list));
        if (Members::has_lists && (head & compact_list) != 0) {
            follow_list(source, members, writer, started, outside_of);
            continue;
        }
        bool const constant = source == value_source::nothing;
        std::string_view const* const value = constant ? nullptr : values[static_cast<std::size_t>(source)];
        if ((head & compact_optional) != 0 && value->empty()) continue;
        if (outside_of == nullptr) {
            writer.unreserved({text + (started ? 0 : 1), size - (started ? 0 : 1)});
            started = true;
            if (!constant) writer.encoded(*value);
        } else if (!constant) {
            refuse_value(source, name_before(plan), *value, members, writer, *outside_of);
        }
    }
}

template <class Options, class... Described, class Operation, class Writer, class Room, class Begin>
constexpr bool write_described(parameters<Described...> described, char const* plan, Operation const& op,
                               scheme_values const& values, Writer& writer, Room const& room, Begin const& begin) noexcept {
    member_texts<Operation, Described...> const texts(op);
    std::string_view const timestamp = values.timestamp();
    auto const all = values.template with<constant_format<Options>.empty()>(
        timestamp, static_cast<member_text<Operation, Described> const&>(texts).pointer()...);
    auto const members = members_of(op, described);
    follow_plan(plan, all.data(), members, writer, &room);
    if (!writer.good()) return false;
    begin();
    follow_plan(plan, all.data(), members, writer, static_cast<Room const*>(nullptr));
    return true;
}
// A loop over the compact plan takes several hundred bytes of code less than one function per step.
template <class Scheme, class Options, class Operation, class Writer, class Room, class Begin>
constexpr bool write_described(Operation const& op, scheme_values const& values, Writer& writer, Room const& room,
                               Begin const& begin) noexcept {
    return write_described<Options>(Operation::parameters, plan_for<Operation, Scheme, Options>::plan.data(), op, values,
                                    writer, room, begin);
}

}}} // namespace restartcaster::detail

#endif
#endif

// ---- restartcaster/sign/query/values_fast.hpp
#if !(RESTARTCASTER_SMALL)
// Follows the plan of an operation in builds for speed: one inlined function for each step.
// Source: protocol "Common request parameters"; docs/design.md, "The plan of an operation".
// Data flow: steps and values in, text to a writer out.
#ifndef RESTARTCASTER_SIGN_QUERY_VALUES_FAST_HPP
#define RESTARTCASTER_SIGN_QUERY_VALUES_FAST_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

class scheme_values {
public:
    constexpr scheme_values() noexcept = default;
    constexpr scheme_values(std::string_view key_id, std::string_view token, std::string_view nonce, format answer,
                            utc_time const& timestamp) noexcept
        : key_id_(key_id), token_(token), nonce_(nonce), answer_(answer), timestamp_(&timestamp) {}

    [[nodiscard]] constexpr std::string_view token() const noexcept { return token_; }
    template <class Writer, class Room>
    RESTARTCASTER_HOT constexpr void refuse_overlaps(Writer& writer, Room const& room) const noexcept {
        refuse_overlap(writer, room, "AccessKeyId"sv, key_id_);
        refuse_overlap(writer, room, "SecurityToken"sv, token_);
        refuse_overlap(writer, room, "SignatureNonce"sv, nonce_);
    }

    /// Writes constant text, then the value of an entry of the scheme.
    template <class Writer>
    RESTARTCASTER_HOT constexpr void write_value(plan_entry const& entry, std::string_view once, std::string_view twice,
                                                 Writer& writer) const noexcept {
        switch (entry.source) {
        case value_source::key_id: return void(writer.field(once, twice, key_id_));
        case value_source::token: return void(writer.field(once, twice, token_));
        case value_source::nonce: return writer.checked(once, twice, entry.name, nonce_);
        case value_source::format:
            writer.constant(once, twice);
            return writer.unreserved(text(answer_));
        case value_source::timestamp: return writer.time(once, twice, *timestamp_);
        default: return writer.constant(once, twice);
        }
    }

private:
    std::string_view key_id_;
    std::string_view token_;
    std::string_view nonce_;
    format answer_ = format::json;
    utc_time const* timestamp_ = nullptr;
};

class action_values : public scheme_values {
public:
    constexpr action_values(scheme_values const& scheme, std::string_view const& action,
                            std::string_view const& version) noexcept
        : scheme_values(scheme), action_(action), version_(version) {}

    template <class Entries, class Writer, class Room>
    constexpr void refuse_overlaps(Entries const&, Writer& writer, Room const& room) const noexcept {
        scheme_values::refuse_overlaps(writer, room);
        refuse_overlap(writer, room, "Action"sv, action_);
        refuse_overlap(writer, room, "Version"sv, version_);
    }
    template <class Writer>
    constexpr void write_value(plan_entry const& entry, std::string_view once, std::string_view twice,
                               Writer& writer) const noexcept {
        switch (entry.source) {
        case value_source::action: return writer.checked(once, twice, entry.name, action_);
        case value_source::version: return writer.checked(once, twice, entry.name, version_);
        default: return scheme_values::write_value(entry, once, twice, writer);
        }
    }

private:
    std::string_view action_;
    std::string_view version_;
};

[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view view_of(std::string_view text) noexcept { return text; }
[[nodiscard]] constexpr std::string_view view_of(converted_text const& text RESTARTCASTER_LIFETIMEBOUND) noexcept {
    return text.view();
}

// The value of a step as a std::string_view or a converted_text; an empty text for values that cannot be absent.
template <value_source Source, class Operation>
[[nodiscard]] RESTARTCASTER_HOT constexpr auto value_of(Operation const& op, scheme_values const& values) noexcept {
    if constexpr (is_member(Source)) {
        auto const& value = described_at<Operation, Source>::value(op);
        if constexpr (is_text<std::remove_cvref_t<decltype(value)>>)
            return value;
        else
            return converted_text(value);
    } else if constexpr (Source == value_source::token) {
        return values.token();
    } else {
        return std::string_view();
    }
}

// Writes one step of a plan. `Step` is a constant, so the compiler makes all decisions that depend on the plan.
template <class Plan, std::size_t Step, class Operation, class Writer>
RESTARTCASTER_HOT constexpr void write_step(Operation const& op, scheme_values const& values, Writer& writer,
                                            bool& started) noexcept {
    constexpr auto step = Plan::plan.steps[Step];
    if constexpr (step.list) {
        write_list_of<step.source>(writer, op, started);
    } else {
        auto const value = value_of<step.source>(op, values);
        if constexpr (step.optional) {
            if (view_of(value).empty()) return;
        }
        if constexpr (step.maybe_first) {
            if (started) writer.constant("&"sv, "%26"sv);
        }
        started = true;
        constexpr std::string_view once = Plan::plan.once(Step), twice = Plan::plan.twice(Step);
        if constexpr (is_member(step.source)) {
            using described = described_at<Operation, step.source>;
            writer.template checked<described::rule>(once, twice, described::name, view_of(value));
        } else {
            constexpr std::string_view name =
                step.source == value_source::nothing ? ""sv : Plan::entries[step.entry].name;
            values.write_value({.name = name, .constant = {}, .source = step.source}, once, twice, writer);
        }
    }
}

template <class Plan, class Operation, class Writer, std::size_t... Step>
RESTARTCASTER_HOT constexpr void write_steps(Operation const& op, scheme_values const& values, Writer& writer,
                                             std::index_sequence<Step...>) noexcept {
    bool started = false;
    (write_step<Plan, Step>(op, values, writer, started), ...);
}

template <class Scheme, class Options, class Operation, class Writer, class Room, class Begin>
RESTARTCASTER_HOT constexpr bool write_described(Operation const& op, scheme_values const& values, Writer& writer,
                                                 Room const& room, Begin const& begin) noexcept {
    using plan = plan_for<Operation, Scheme, Options>;
    values.refuse_overlaps(writer, room);
    refuse_overlaps_of(writer, room, op, Operation::parameters);
    if (!writer.good()) return false;
    begin();
    write_steps<plan>(op, values, writer, std::make_index_sequence<plan::plan.step_count>{});
    return true;
}

}}} // namespace restartcaster::detail

#endif
#endif

// ---- restartcaster/sign/query/values.hpp
// Writes the parameters of a request: the values of an operation, and the values that a signature scheme adds.
// Source: protocol "Common request parameters".
// Data flow: an operation, its plan, key, stamp and options in; the canonical query, parameter by parameter, out.
//
// Both shapes define
//   scheme_values    the values that a scheme adds, by reference: every text must outlive the object
//   action_values    scheme_values, and the name and version of an action that is known at run time only:
//                    refuse_overlaps(entries, writer, room), token() and write_value(entry, once, twice, writer)
//   write_described<Scheme, Options>(op, values, writer, room, begin)
//                    writes the query of a described operation, after the text that begin() writes. Returns false and
//                    writes nothing if a fault is known before the first byte, such as an input that shares bytes with `room`
#ifndef RESTARTCASTER_SIGN_QUERY_VALUES_HPP
#define RESTARTCASTER_SIGN_QUERY_VALUES_HPP

#if RESTARTCASTER_SMALL
#else
#endif

#endif

// ---- restartcaster/sign/query/query.hpp
// The two kinds of queries that a scheme signs: of an operation with a description, and of an action.
// Source: protocol "Common request parameters", "Canonicalization".
// Data flow: name, version and sorted parameters in, merged with the parameters of the scheme, canonical query text out.
#ifndef RESTARTCASTER_SIGN_QUERY_QUERY_HPP
#define RESTARTCASTER_SIGN_QUERY_QUERY_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// For a time that was given in a smaller unit than seconds by mistake, the number of these units in a second: 1000
/// (milliseconds), 1000000 (microseconds) or 1000000000 (nanoseconds); otherwise 0. The ranges 2^40 to 2^42 ms, 2^50 to
/// 2^52 us and 2^60 to 2^62 ns contain the years 2007 to 2109. Small builds do not call this function.
template <class Seconds>
[[nodiscard]] RESTARTCASTER_APART constexpr std::size_t parts_of_second(Seconds given) noexcept {
    std::size_t parts = 1000;
    for (unsigned shift = 40; shift <= 60; shift += 10, parts *= 1000)
        if (given >> shift >= 1 && given >> shift <= 3) return parts;
    return 0;
}

/// Records a malformed host or an out-of-range time as the request's failure, and returns the time. The text of the time is
/// unspecified if the time was out of range.
template <class Writer, class Options, class Room>
[[nodiscard]] RESTARTCASTER_HOT constexpr utc_time checked_time(Writer& writer, Options const& options,
                                                                std::int64_t utc_seconds, Room const& room) noexcept {
    if (!options.to.well_formed()) writer.refuse(errc::host_malformed, "host"sv);
    if constexpr (constant_format<Options>.empty()) refuse_overlap(writer, room, "host"sv, options.to.host());
    utc_time const time(utc_seconds);
#if RESTARTCASTER_SMALL
    if (!time.representable()) writer.refuse(errc::timestamp_out_of_range, "Timestamp"sv);
#else
    if (!utc_time::holds(utc_seconds))
        writer.refuse(errc::timestamp_out_of_range, "Timestamp"sv, parts_of_second(utc_seconds));
#endif
    return time;
}

/// Merges two sorted sequences into a query, whose order is known at run time only: the entries of the scheme, and the
/// parameters `own` of the action. Refuses a parameter that the scheme sets too.
template <std::size_t N, class Writer>
constexpr void write_merged(std::array<plan_entry, N> const& entries, parameters_view own, action_values const& values,
                            Writer& writer) noexcept {
    bool started = false;
    std::size_t next = 0;
    for (auto const& entry : entries) {
        for (; next != own.size(); ++next) {
            int const order = own[next].compare_name(entry.name);
            if (order > 0) break;
            if (order == 0) writer.refuse(errc::parameter_reserved, entry.name);
            write_parameter(writer, own[next], started);
        }
        if (entry.optional && values.token().empty()) continue; // the token is the only optional entry
        write_name(writer, entry.name, started);
        if (entry.source == value_source::nothing)
            writer.field("="sv, "%3D"sv, entry.constant);
        else
            values.write_value(entry, "="sv, "%3D"sv, writer);
    }
    for (; next != own.size(); ++next) write_parameter(writer, own[next], started);
}

// In the order for signing, so that write_merged() can merge them.
template <class Scheme>
inline constexpr auto sorted_common_parameters = sorted_by_name(Scheme::common_parameters);

/// The query of an action. described_query has the same functions.
struct listed_query {
    /// Whether action and version are known at run time only, so that the scheme has to check them.
    static constexpr bool has_unchecked_names = true;

    std::string_view const& action;
    std::string_view const& version;
    parameters_view parameters;

    /// Writes the canonical query, after the text that `begin` writes: the parameters of the action and of the scheme, merged
    /// by name. Returns false and writes nothing if a fault is known before the first byte, for example an input that shares
    /// bytes with the room.
    template <class Scheme, class Writer, class Room, class Begin>
    constexpr bool write_to(scheme_values const& scheme, Writer& writer, Room const& room, Begin const& begin) const noexcept {
        auto const& entries = sorted_common_parameters<Scheme>;
        action_values const values(scheme, action, version);
        values.refuse_overlaps(entries, writer, room);
        for (std::size_t i = 0; i != parameters.size(); ++i) {
            auto const& own = parameters[i];
            std::string_view const texts[]{own.front(), own.back(), own.value()};
            for (auto const& text : texts) refuse_overlap(writer, room, texts[0], text);
        }
        if (!writer.good()) return false;
        begin();
        write_merged(entries, parameters, values, writer);
        return true;
    }
};

/// The query of an operation with a description. Action and version are constants, which plan_for checks.
template <class Operation, class Options>
struct described_query {
    static constexpr bool has_unchecked_names = false;
    static constexpr std::string_view action = Operation::description.action;
    static constexpr std::string_view version = Operation::description.version;

    Operation const& op;

    template <class Scheme, class Writer, class Room, class Begin>
    RESTARTCASTER_HOT constexpr bool write_to(scheme_values const& scheme, Writer& writer, Room const& room,
                                           Begin const& begin) const noexcept {
        return write_described<Scheme, Options>(op, scheme, writer, room, begin);
    }
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/sign/credentials.hpp
// The credentials of the caller, and the stamp (time and nonce) that makes each request unique.
// Source: protocol "Common request parameters"; help document 50284.
// Data flow: the user's configuration, clock and random source in, a signing key and a stamp out.
#ifndef RESTARTCASTER_SIGN_CREDENTIALS_HPP
#define RESTARTCASTER_SIGN_CREDENTIALS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// An AccessKey pair, and for a temporary pair its security token.
/// Storage: views; see signing_key for how long the caller keeps the texts.
struct credentials {
    /// The public half of the pair, e.g. "LTAI5t...". Every request contains this key id.
    borrowed_text access_key_id;
    /// The secret half of the pair. A signing_key does not keep the secret, so a temporary string is enough.
    std::string_view access_key_secret;
    /// The token of a temporary pair; empty for a permanent pair.
    borrowed_text security_token = {};
};

/// Time and nonce of one request. Use a stamp once: the service refuses a repeated nonce.
struct stamp {
    /// UTC seconds since 1970. The service accepts a difference of 15 minutes from its own clock.
    std::int64_t utc_seconds;
    /// A text that is unique among all requests of the account for at least 31 minutes, such as nonce::text().
    /// Storage: a view; the text must outlive the stamp.
    std::string_view nonce;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/sign/signing_key.hpp
// A key that signs for one signature scheme and does not contain the text of its secret.
// Source: RFC 2104; docs/design.md, "Signing key".
// Data flow: credentials in, HMAC midstates kept; every make_request takes a key.
#ifndef RESTARTCASTER_SIGN_SIGNING_KEY_HPP
#define RESTARTCASTER_SIGN_SIGNING_KEY_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

struct rpc_v1;
struct acs3;

/// Signs requests under one signature scheme. Make one key and keep it: a kept key saves two hash blocks per request.
/// The key contains two hash states of the secret, and not the secret. These states can sign like the secret, so protect the
/// key like the secret. The destructor wipes them. Several threads may use one const key.
/// Storage: the key id and the token are views, whose texts must outlive the key; the secret may end after the constructor.
/// Errors: none here. The key keeps the fault of malformed credentials; valid() and every make_request return this fault.
template <class Scheme = rpc_v1>
class signing_key {
public:
    /// Hashes the secret (two blocks) and checks the credentials; valid() returns the result of the check.
    constexpr explicit signing_key(credentials const& from) noexcept
        : hmac_(from.access_key_secret, Scheme::secret_suffix), id_(from.access_key_id), token_(from.security_token) {
        fault_.look_at("AccessKeyId"sv, id_, detail::identifier_rule::key_id);
        fault_.look_at("AccessKeySecret"sv, from.access_key_secret, detail::identifier_rule::credential);
        if (!token_.empty()) fault_.look_at("SecurityToken"sv, token_, detail::identifier_rule::credential);
    }

    signing_key(signing_key const&) = delete;
    signing_key& operator=(signing_key const&) = delete;

    /// Whether the credentials are well-formed. Only the service knows whether the credentials are valid.
    /// Errors: the errors of check_identifier, for AccessKeyId, AccessKeySecret and SecurityToken; credential_malformed.
    [[nodiscard]] constexpr result<void> valid() const noexcept {
        if (!fault_.good()) return unexpected(fault_.reason());
        return {};
    }
    /// The key id, unchanged.
    [[nodiscard]] constexpr std::string_view access_key_id() const noexcept { return id_; }
    /// The security token of a temporary key, unchanged; empty for a permanent key.
    [[nodiscard]] constexpr std::string_view security_token() const noexcept { return token_; }
    /// The two hash states of the secret, which compute signatures.
    /// Storage: a part of this object.
    [[nodiscard]] constexpr hmac_key<typename Scheme::hash> const& hmac() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return hmac_;
    }

private:
    friend rpc_v1;
    friend acs3;

    hmac_key<typename Scheme::hash> hmac_;
    std::string_view id_;
    std::string_view token_;
    // The first fault of the credentials.
    detail::write_fault fault_;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/sign/rpc_v1.hpp
// Signature version 1.0 of RPC-style calls: HMAC-SHA1 over METHOD&%2F&encoded(canonical query).
// Source: help document 50286 (ApsaraVideo Live, "Signature mechanism"); protocol "Canonicalization and signing".
// Data flow: canonical query, streamed into the hash and never stored, to 28 characters and a finished request.
#ifndef RESTARTCASTER_SIGN_RPC_V1_HPP
#define RESTARTCASTER_SIGN_RPC_V1_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The scheme of a signing_key that signs with HMAC-SHA1, as the protocol demands. The library uses SHA-1 for this signature
/// only.
struct rpc_v1 {
    /// The hash of the scheme.
    using hash = sha1;
    /// The HMAC key is the secret followed by this suffix.
    static constexpr std::string_view secret_suffix = "&"sv;
    /// Characters of a signature: 20 bytes in Base64.
    static constexpr std::size_t signature_size = 28;

    /// The parameters that the signature adds to every request, sorted by name.
    static constexpr std::array<detail::plan_entry, 9> common_parameters{{
        {.name = "AccessKeyId"sv, .constant = {}, .source = detail::value_source::key_id},
        {.name = "Action"sv, .constant = {}, .source = detail::value_source::action},
        {.name = "Format"sv, .constant = {}, .source = detail::value_source::format},
        {.name = "SecurityToken"sv, .constant = {}, .source = detail::value_source::token, .optional = true},
        {.name = "SignatureMethod"sv, .constant = "HMAC-SHA1"sv},
        {.name = "SignatureNonce"sv, .constant = {}, .source = detail::value_source::nonce},
        {.name = "SignatureVersion"sv, .constant = "1.0"sv},
        {.name = "Timestamp"sv, .constant = {}, .source = detail::value_source::timestamp},
        {.name = "Version"sv, .constant = {}, .source = detail::value_source::version},
    }};

    /// Appends the string to sign of exactly the given parameters, for people who search the cause of a refused
    /// signature. `method` is "GET" or "POST".
    template <byte_sink Sink>
    static constexpr void string_to_sign(Sink& sink, std::string_view method, parameters_view parameters) noexcept {
        detail::no_sink nowhere;
        writer<detail::no_sink, Sink> to(nowhere, sink);
        detail::append_to(sink, method);
        detail::append_to(sink, "&%2F&"sv);
        bool started = false;
        for (std::size_t i = 0; i != parameters.size(); ++i) detail::write_parameter(to, parameters[i], started);
    }

    /// The signature of exactly the given parameters: Base64 text, before percent-encoding.
    template <std::same_as<rpc_v1> Scheme> // a template, so that an unused function costs no compile time
    [[nodiscard]] static constexpr std::array<char, Scheme::signature_size>
    signature(signing_key<Scheme> const& key, std::string_view method, parameters_view parameters) noexcept {
        hmac_stream<typename Scheme::hash> stream(key.hmac());
        string_to_sign(stream, method, parameters);
        return base64(stream.finish());
    }

    /// Builds a request. `query` is a described_query or a listed_query.
    /// Programs call restartcaster::make_request, which calls this function and documents storage and errors.
    template <std::derived_from<rpc_v1> Scheme, class Query, class Options> // a derived scheme has another hash
    [[nodiscard]] static constexpr result<request> make_request(Query query,
                                                                signing_key<Scheme> const& key, stamp const& when,
                                                                room to, Options const& options) noexcept {
        bool const in_body = options.parameters == placement::post_form;
        buffer_sink wire(to.span());
        hmac_stream<typename Scheme::hash> mac(key.hmac());
        writer<buffer_sink, hmac_stream<typename Scheme::hash>> both(wire, mac, key.fault_);
        utc_time const timestamp = detail::checked_time(both, options, when.utc_seconds, to);

        detail::request_layout parts{};
        detail::scheme_values values(key.id_, key.token_, when.nonce, options.answer, timestamp);
        bool const written = query.template write_to<Scheme>(values, both, to, [&] {
            parts = detail::begun_request(wire, options);
            both.only_signed(front(options.parameters));
        });
        if (written && !append_signature(wire, mac, both)) both.refuse(errc::hash_failed, {});

        parts.body_end = wire.needed();
        if (written && !in_body) {
            parts.url_end = parts.body_at = parts.body_end;
            detail::append_byte(wire, '\0');
            if (options.url_limit != 0 && parts.url_end > options.url_limit)
                both.refuse(errc::url_too_long, "URL"sv, parts.url_end);
        }
        if (!wire.fits()) both.refuse(errc::storage_too_small, "request"sv, wire.needed());
        if (!both.good()) return {detail::failed_by{}, [&both] { return both.reason(); }};
        return detail::finished_request(options, wire.written(), parts,
                                        detail::part(headers, 0, in_body ? headers.size() : size_of_first_header));
    }

    /// Appends the string to sign of one operation; `query` as in make_request.
    /// Errors: as make_request, for a wrong value.
    template <byte_sink Sink, std::derived_from<rpc_v1> Scheme, class Query>
    static constexpr result<void> string_to_sign(Sink& sink, Query query,
                                                 signing_key<Scheme> const& key, stamp const& when,
                                                 request_options const& options) noexcept {
        if (!key.valid()) return key.valid();
        detail::no_sink nowhere;
        writer<detail::no_sink, Sink> to(nowhere, sink);
        room const written_to = detail::room_of(sink);
        utc_time const timestamp = detail::checked_time(to, options, when.utc_seconds, written_to);
        detail::scheme_values values(key.id_, key.token_, when.nonce, options.answer, timestamp);
        static_cast<void>(query.template write_to<Scheme>(values, to, written_to, [&] { to.only_signed(front(options.parameters)); }));
        if (!to.good()) return unexpected(to.reason());
        return {};
    }

private:
    template <class Wire, class Sign>
    using writer = detail::canonical_writer<Wire, Sign, detail::sign_depth::twice>;

#if RESTARTCASTER_SMALL
    // Uses the writer of the query again, which saves code. The writer feeds the hash too; the digest was read before, so this
    // has no effect.
    template <class Mac, class Both>
    static constexpr bool append_signature(buffer_sink&, Mac& mac, Both& both) noexcept {
        auto&& words = mac.finish_words();
        bool const good = !mac.failed();
        std::array<char, signature_size> text; // all bytes are written below
        for (std::size_t i = 0; i != signature_size - 1; ++i) text[i] = detail::base64_shift(words);
        text.back() = '=';
        both.unreserved("&Signature="sv);
        both.encoded(detail::text_at(text.data(), text.size()));
        return good;
    }
#else
    template <class Wire, class Bits>
    RESTARTCASTER_HOT static constexpr void append_base64(Wire& wire, Bits bits, std::size_t count) noexcept {
        Bits const six_bits = detail::base64_split(bits);
        char text[8];
        detail::store_eight(text, detail::base64_characters(six_bits));
        if (detail::base64_above(six_bits, 61) == 0)
            wire.append(detail::text_at(text, count));
        else
            append_escaped(wire, detail::text_at(text, count));
    }
    // The loop has no branch on the characters of the digest: these are random, so the processor could not predict a branch.
    template <class Wire>
    static constexpr void append_escaped(Wire& wire, std::string_view text) noexcept {
        if (wire.free_bytes() < 3 * text.size()) return percent_encode(wire, text);
        char* to = wire.position();
        for (char const c : text) {
            bool const escape = c == '+' || c == '/';
            to[0] = escape ? '%' : c;
            to[1] = '2';
            to[2] = c == '+' ? 'B' : 'F';
            to += escape ? 3 : 1;
        }
        wire.advance(static_cast<std::size_t>(to - wire.position()));
    }

    // Base64 and percent-encoding of the digest in one pass, in registers. The whole request waits for this
    // function, which waits for the hash. Only '+' and '/', the last two characters of the alphabet, and the '=' at the end are
    // escaped.
    template <class Wire, class Mac, class Both>
    static constexpr bool append_signature(Wire& wire, Mac& mac, Both&) noexcept {
        wire.append("&Signature="sv);
        auto const words = mac.finish_words();
        auto const word_at = [&words](std::size_t i) { return std::uint64_t{words[i]}; };
        append_base64(wire, word_at(0) << 16 | word_at(1) >> 16, 8);
        append_base64(wire, (word_at(1) & 0xFFFF) << 32 | word_at(2), 8);
        append_base64(wire, word_at(3) << 16 | word_at(4) >> 16, 8);
        append_base64(wire, (word_at(4) & 0xFFFF) << 32, 3);
        wire.append("%3D"sv);
        return !mac.failed();
    }
#endif

    static constexpr std::string_view front(placement parameters) noexcept {
        switch (parameters) {
        case placement::get: return "GET&%2F&"sv;
        default: return "POST&%2F&"sv;
        }
    }

    // The library does not decompress answers, so Accept-Encoding asks for an uncompressed one. Only a form has a Content-Type.
    static constexpr std::string_view headers =
        "Accept-Encoding: identity\r\nContent-Type: application/x-www-form-urlencoded\r\n"sv;
    static constexpr std::size_t size_of_first_header = headers.find('\n') + 1;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/crypto/sha256_portable.hpp
// The SHA-256 compression in plain C++: unrolled for speed, rolled for size.
// Source: FIPS 180-4 section 4.2.2 and 6.2.2 (the schedule as a ring of 16 words).
// Data flow: state and message blocks in, state out; the only kernel that works in constant expressions.
#ifndef RESTARTCASTER_CRYPTO_SHA256_PORTABLE_HPP
#define RESTARTCASTER_CRYPTO_SHA256_PORTABLE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Aligned, because the vector kernels load four words at once.
alignas(16) inline constexpr std::uint32_t sha256_constants[64] = {
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
};

template <class Word>
[[nodiscard]] RESTARTCASTER_HOT constexpr Word sha256_small(Word x, int first, int second, int shift) noexcept {
    return std::rotr(x, first) ^ std::rotr(x, second) ^ (x >> shift);
}
template <class Word>
[[nodiscard]] RESTARTCASTER_HOT constexpr Word sha256_large(Word x, int first, int second, int third) noexcept {
    return std::rotr(x, first) ^ std::rotr(x, second) ^ std::rotr(x, third);
}

#if RESTARTCASTER_SMALL

template <class Word>
RESTARTCASTER_ONCE constexpr void sha256_portable(std::array<Word, 8>& state, char const* blocks, std::size_t count) noexcept {
    for (; count != 0; --count) {
        // The ring of 16 words twice in a row, so that the words of a round are at fixed offsets from one pointer.
        Word w[32] = {};
        std::array<Word, 8> s = state;
        for (unsigned t = 0; t != 64; ++t) {
            Word* const now = w + (t & 15);
            Word word = 0;
            if (t < 16) {
                word = load_big_endian(blocks);
                blocks += 4;
            } else {
                word = now[0] + sha256_small(now[1], 7, 18, 3) + now[9] + sha256_small(now[14], 17, 19, 10);
            }
            now[0] = now[16] = word;
            Word const sum = s[7] + sha256_large(s[4], 6, 11, 25) + (s[6] ^ (s[4] & (s[5] ^ s[6]))) +
                                      sha256_constants[t] + word;
            Word const head =
                sum + sha256_large(s[0], 2, 13, 22) + ((s[0] & s[1]) | (s[2] & (s[0] | s[1])));
            for (unsigned i = 7; i != 0; --i) s[i] = s[i - 1];
            s[4] += sum;
            s[0] = head;
        }
        for (unsigned i = 0; i != 8; ++i) state[i] += s[i];
    }
}

#else

// Round `round` + `t`: `round` is a multiple of 16, `t` a constant after inlining. The word of the round is read from
// `block` if that is not null. The callers rotate the argument names of the eight words, which saves the moves between
// registers.
template <class Word>
RESTARTCASTER_HOT constexpr void sha256_round(Word a, Word b, Word c, Word& d, Word e, Word f, Word g, Word& h,
                                              Word* w, char const* block, unsigned round, unsigned t) noexcept {
    if (block != nullptr)
        w[t] = load_big_endian(block + 4 * t);
    else
        w[t] += sha256_small(w[(t + 14) & 15], 17, 19, 10) + w[(t + 9) & 15] + sha256_small(w[(t + 1) & 15], 7, 18, 3);
    h += sha256_large(e, 6, 11, 25) + (g ^ (e & (f ^ g))) + sha256_constants[round + t] + w[t];
    d += h;
    h += sha256_large(a, 2, 13, 22) + (a & b) + (c & (a ^ b));
}
template <class Word>
RESTARTCASTER_HOT constexpr void sha256_eight(Word (&s)[8], Word* w, char const* block, unsigned round,
                                              unsigned t) noexcept {
    sha256_round(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], w, block, round, t);
    sha256_round(s[7], s[0], s[1], s[2], s[3], s[4], s[5], s[6], w, block, round, t + 1);
    sha256_round(s[6], s[7], s[0], s[1], s[2], s[3], s[4], s[5], w, block, round, t + 2);
    sha256_round(s[5], s[6], s[7], s[0], s[1], s[2], s[3], s[4], w, block, round, t + 3);
    sha256_round(s[4], s[5], s[6], s[7], s[0], s[1], s[2], s[3], w, block, round, t + 4);
    sha256_round(s[3], s[4], s[5], s[6], s[7], s[0], s[1], s[2], w, block, round, t + 5);
    sha256_round(s[2], s[3], s[4], s[5], s[6], s[7], s[0], s[1], w, block, round, t + 6);
    sha256_round(s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[0], w, block, round, t + 7);
}

template <class Word>
RESTARTCASTER_APART constexpr void sha256_portable(std::array<Word, 8>& state, char const* blocks, std::size_t count) noexcept {
    for (; count != 0; --count, blocks += 64) {
        Word w[16] = {};
        Word s[8] = {state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};
        sha256_eight(s, w, blocks, 0, 0);
        sha256_eight(s, w, blocks, 0, 8);
        for (unsigned round = 16; round != 64; round += 16) {
            sha256_eight(s, w, nullptr, round, 0);
            sha256_eight(s, w, nullptr, round, 8);
        }
        for (unsigned i = 0; i != 8; ++i) state[i] += s[i];
    }
}

#endif

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/crypto/sha256_armv8.hpp
// The SHA-256 compression with the Armv8 cryptographic extension, without a compiler flag and without
// <arm_neon.h>.
// Source: Arm Architecture Reference Manual, SHA256H, SHA256H2, SHA256SU0, SHA256SU1.
// Data flow: state and message blocks in, state out; used if cpu.hpp found the instructions.
#ifndef RESTARTCASTER_CRYPTO_SHA256_ARMV8_HPP
#define RESTARTCASTER_CRYPTO_SHA256_ARMV8_HPP

#if RESTARTCASTER_ARMV8_KERNELS

#include <cstring>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Inline assembly for the reasons given in sha1_armv8.hpp.
#define RESTARTCASTER_SHA ".arch_extension sha2\n\t"
#define RESTARTCASTER_READ(m, at)                                                                            \
    std::memcpy(&m, blocks + (at), 16);                                                                      \
    __asm__("rev32 %0.16b, %0.16b" : "+w"(m))
#define RESTARTCASTER_ROUNDS(m, t)                                                                           \
    std::memcpy(&sum, sha256_constants + (t), 16);                                                           \
    sum += m;                                                                                                \
    before = abcd;                                                                                           \
    __asm__(RESTARTCASTER_SHA "sha256h %q0, %q1, %2.4s" : "+w"(abcd) : "w"(efgh), "w"(sum));                 \
    __asm__(RESTARTCASTER_SHA "sha256h2 %q0, %q1, %2.4s" : "+w"(efgh) : "w"(before), "w"(sum))
#define RESTARTCASTER_SCHEDULED(m0, m1, m2, m3, t)                                                           \
    RESTARTCASTER_ROUNDS(m0, t);                                                                             \
    __asm__(RESTARTCASTER_SHA "sha256su0 %0.4s, %1.4s" : "+w"(m0) : "w"(m1));                                \
    __asm__(RESTARTCASTER_SHA "sha256su1 %0.4s, %1.4s, %2.4s" : "+w"(m0) : "w"(m2), "w"(m3))

[[__gnu__::__noinline__]] inline void sha256_armv8(std::array<std::uint32_t, 8>& state, char const* blocks,
                         std::size_t count) noexcept {
    using words [[__gnu__::__vector_size__(16)]] = std::uint32_t;
    words abcd, efgh, before, sum, m0, m1, m2, m3;
    std::memcpy(&abcd, state.data(), 16);
    std::memcpy(&efgh, state.data() + 4, 16);
    for (; count != 0; --count, blocks += 64) {
        words const abcd_before = abcd;
        words const efgh_before = efgh;
        RESTARTCASTER_READ(m0, 0);
        RESTARTCASTER_READ(m1, 16);
        RESTARTCASTER_READ(m2, 32);
        RESTARTCASTER_READ(m3, 48);
        for (unsigned t = 0; t != 48; t += 16) {
            RESTARTCASTER_SCHEDULED(m0, m1, m2, m3, t);
            RESTARTCASTER_SCHEDULED(m1, m2, m3, m0, t + 4);
            RESTARTCASTER_SCHEDULED(m2, m3, m0, m1, t + 8);
            RESTARTCASTER_SCHEDULED(m3, m0, m1, m2, t + 12);
        }
        RESTARTCASTER_ROUNDS(m0, 48);
        RESTARTCASTER_ROUNDS(m1, 52);
        RESTARTCASTER_ROUNDS(m2, 56);
        RESTARTCASTER_ROUNDS(m3, 60);
        abcd += abcd_before;
        efgh += efgh_before;
    }
    std::memcpy(state.data(), &abcd, 16);
    std::memcpy(state.data() + 4, &efgh, 16);
}

#undef RESTARTCASTER_SCHEDULED
#undef RESTARTCASTER_ROUNDS
#undef RESTARTCASTER_READ
#undef RESTARTCASTER_SHA

}}} // namespace restartcaster::detail

#endif

#endif

// ---- restartcaster/crypto/sha256_x86.hpp
// The SHA-256 compression with the x86 SHA instructions, without a compiler flag and without <immintrin.h>.
// Source: Intel SDM volume 2B, SHA256RNDS2, SHA256MSG1, SHA256MSG2.
// Data flow: state and message blocks in, state out; used if cpu.hpp found the instructions.
#ifndef RESTARTCASTER_CRYPTO_SHA256_X86_HPP
#define RESTARTCASTER_CRYPTO_SHA256_X86_HPP

#if RESTARTCASTER_X86_KERNELS

#include <cstring>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

#if defined(__clang__)
#define RESTARTCASTER_SHUFFLE(x, y, ...) __builtin_shufflevector(x, y, __VA_ARGS__)
#else
#define RESTARTCASTER_SHUFFLE(x, y, ...) __builtin_shuffle(x, y, x86_words{__VA_ARGS__})
#endif
template <class Words>
RESTARTCASTER_SHA_HELPER Words sha256_x86_read(char const* bytes) noexcept {
    return x86_read<Words>(bytes, x86_bytes{3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12});
}
// Four rounds.
template <class Words>
RESTARTCASTER_SHA_HELPER void sha256_x86_rounds(Words& abef, Words& cdgh, Words m, unsigned t) noexcept {
    Words sum;
    std::memcpy(&sum, sha256_constants + t, 16);
    sum = x86_sum(sum, m);
    cdgh = __builtin_ia32_sha256rnds2(cdgh, abef, sum);
    abef = __builtin_ia32_sha256rnds2(abef, cdgh, RESTARTCASTER_SHUFFLE(sum, sum, 2, 3, 2, 3));
}
// Computes the next words of the schedule after m0.
template <class Words>
RESTARTCASTER_SHA_HELPER void sha256_x86_next(Words m0, Words& m1, Words m3) noexcept {
    m1 = __builtin_ia32_sha256msg2(x86_sum(m1, RESTARTCASTER_SHUFFLE(m3, m0, 1, 2, 3, 4)), m0);
}
template <class Words>
RESTARTCASTER_SHA_HELPER void sha256_x86_scheduled(Words& abef, Words& cdgh, Words m0, Words& m1, Words& m3,
                                                   unsigned t) noexcept {
    sha256_x86_rounds(abef, cdgh, m0, t);
    sha256_x86_next(m0, m1, m3);
    m3 = __builtin_ia32_sha256msg1(m3, m0);
}

template <class Words = x86_words, class State>
[[__gnu__::__target__("sha,sse4.1,ssse3"), __gnu__::__noinline__]] inline void sha256_x86(State& state, char const* blocks,
                                                           std::size_t count) noexcept {
    Words low, high;
    std::memcpy(&low, state.data(), 16);
    std::memcpy(&high, state.data() + 4, 16);
    // The instructions want the words in the order a b e f and c d g h, the first word in the highest lane.
    Words abef = RESTARTCASTER_SHUFFLE(low, high, 5, 4, 1, 0);
    Words cdgh = RESTARTCASTER_SHUFFLE(low, high, 7, 6, 3, 2);
    for (; count != 0; --count, blocks += 64) {
        Words const abef_before = abef;
        Words const cdgh_before = cdgh;
        Words m0 = sha256_x86_read<Words>(blocks);
        sha256_x86_rounds(abef, cdgh, m0, 0);
        Words m1 = sha256_x86_read<Words>(blocks + 16);
        sha256_x86_rounds(abef, cdgh, m1, 4);
        m0 = __builtin_ia32_sha256msg1(m0, m1);
        Words m2 = sha256_x86_read<Words>(blocks + 32);
        sha256_x86_rounds(abef, cdgh, m2, 8);
        m1 = __builtin_ia32_sha256msg1(m1, m2);
        Words m3 = sha256_x86_read<Words>(blocks + 48);
        sha256_x86_scheduled(abef, cdgh, m3, m0, m2, 12);
        sha256_x86_scheduled(abef, cdgh, m0, m1, m3, 16);
        sha256_x86_scheduled(abef, cdgh, m1, m2, m0, 20);
        sha256_x86_scheduled(abef, cdgh, m2, m3, m1, 24);
        sha256_x86_scheduled(abef, cdgh, m3, m0, m2, 28);
        sha256_x86_scheduled(abef, cdgh, m0, m1, m3, 32);
        sha256_x86_scheduled(abef, cdgh, m1, m2, m0, 36);
        sha256_x86_scheduled(abef, cdgh, m2, m3, m1, 40);
        sha256_x86_scheduled(abef, cdgh, m3, m0, m2, 44);
        sha256_x86_scheduled(abef, cdgh, m0, m1, m3, 48);
        sha256_x86_rounds(abef, cdgh, m1, 52);
        sha256_x86_next(m1, m2, m0);
        sha256_x86_rounds(abef, cdgh, m2, 56);
        sha256_x86_next(m2, m3, m1);
        sha256_x86_rounds(abef, cdgh, m3, 60);
        abef = x86_sum(abef, abef_before);
        cdgh = x86_sum(cdgh, cdgh_before);
    }
    low = RESTARTCASTER_SHUFFLE(abef, cdgh, 3, 2, 7, 6);
    high = RESTARTCASTER_SHUFFLE(abef, cdgh, 1, 0, 5, 4);
    std::memcpy(state.data(), &low, 16);
    std::memcpy(state.data() + 4, &high, 16);
}

#undef RESTARTCASTER_SHUFFLE

}}} // namespace restartcaster::detail

#endif

#endif

// ---- restartcaster/crypto/sha256.hpp
// SHA-256, for ACS3-HMAC-SHA256 signatures and the body digest in them.
// Source: FIPS 180-4 section 5.3.3 and 6.2; RFC 6234.
// Data flow: hash_stream passes whole blocks to compress_blocks(), which chooses the kernel.
#ifndef RESTARTCASTER_CRYPTO_SHA256_HPP
#define RESTARTCASTER_CRYPTO_SHA256_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// SHA-256, in the form of a template argument of hash_stream and hmac_key.
/// Source: FIPS 180-4.
struct sha256 {
    /// Sizes in bytes, the state, and the state before the first block.
    static constexpr std::size_t block_size = 64;
    static constexpr std::size_t digest_size = 32;
    using state_type = std::array<std::uint32_t, 8>;
    static constexpr state_type initial_state{0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                                              0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};

    /// Hashes `count` blocks of 64 bytes, at any alignment, into `state`, with the best kernel of this processor.
    template <class Word>
    static constexpr void compress_blocks(std::array<Word, 8>& state, char const* blocks, std::size_t count) noexcept {
        if (!std::is_constant_evaluated()) {
#if RESTARTCASTER_X86_KERNELS
            switch (detail::chosen_kernel()) {
            case detail::kernel::x86_sha: return detail::sha256_x86(state, blocks, count);
            default: break;
            }
#elif RESTARTCASTER_ARMV8_KERNELS
            switch (detail::chosen_kernel()) {
            case detail::kernel::armv8_sha: return detail::sha256_armv8(state, blocks, count);
            default: break;
            }
#endif
        }
        detail::sha256_portable(state, blocks, count);
    }
};

}} // namespace restartcaster

#endif

// ---- restartcaster/sign/acs3.hpp
// Signature V3, ACS3-HMAC-SHA256: HMAC-SHA256 over the hash of a canonical request whose headers are signed.
// Source: help document 2593177 ("V3 request structure and signature"); protocol "Signature V3".
// Data flow: canonical query and headers, streamed into the hash and never stored, to an Authorization header.
//
//
// How the scheme works. The signature covers a canonical request, whose lines are:
//
//   POST                            the method
//   /                               the path
//   CasterId=1&...                  the canonical query; empty if the parameters are a form
//   host:live.aliyuncs.com          the signed headers, sorted by name
//   x-acs-action:RestartCaster
//   ...
//                                   an empty line
//   host;x-acs-action;...           the names of the signed headers
//   e3b0c44298fc1c14...             the SHA-256 of the body, in hexadecimal
//
// write_request() makes one pass. Each line goes into a SHA-256 stream, and each part that is sent goes into the storage of
// the request too, in the order URL, body, header lines. No canonical request is stored. A form is hashed while it is
// written, because the header x-acs-content-sha256 contains the hash of the body.
//
// make_request() then signs "ACS3-HMAC-SHA256\n" and the hash of the canonical request with HMAC-SHA256, and appends the
// signature in an Authorization header, the last line. The x-acs-* headers replace the common parameters of rpc_v1.
#ifndef RESTARTCASTER_SIGN_ACS3_HPP
#define RESTARTCASTER_SIGN_ACS3_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The scheme of a signing_key that signs with ACS3-HMAC-SHA256. The common parameters are sent in headers, the parameters
/// of the operation in the query or in the body. The header Accept asks for the format of the answer.
struct acs3 {
    /// The hash of the scheme.
    using hash = sha256;
    /// Empty: the HMAC key is the secret alone. In rpc_v1 it is the secret and '&'.
    static constexpr std::string_view secret_suffix = ""sv;
    /// Characters of a signature: 32 bytes in hexadecimal.
    static constexpr std::size_t signature_size = 64;
    /// A signature in lower-case hexadecimal, without a NUL at the end.
    using signature_text = std::array<char, signature_size>;
    /// Empty: the scheme adds headers, and no parameters.
    static constexpr std::array<detail::plan_entry, 0> common_parameters{};

    /// The SHA-256 of a body in lower-case hexadecimal: the value of the header x-acs-content-sha256.
    /// `Hash` may be another implementation of SHA-256, such as openssl::sha256.
    template <class Hash = hash>
    [[nodiscard]] static constexpr std::array<char, 2 * Hash::digest_size> body_hash(std::string_view body) noexcept {
        hash_stream<Hash> stream;
        stream.append(body);
        return hex(stream.finish());
    }

    /// Appends the canonical request of exactly the given parts. Spaces and tabs at both ends of a header value are removed.
    /// Requires: header names in lower case.
    template <byte_sink Sink>
    static constexpr void canonical_request(Sink& sink, std::string_view method, parameters_view query,
                                            parameters_view headers, std::string_view body_hash) noexcept {
        detail::append_to(sink, method);
        detail::append_to(sink, "\n/\n"sv);
        restartcaster::canonical_query(sink, query);
        detail::append_to(sink, "\n"sv);
        for (std::size_t i = 0; i != headers.size(); ++i) {
            detail::append_to(sink, headers[i].front());
            detail::append_to(sink, ":"sv);
            detail::append_to(sink, trimmed(headers[i].value()));
            detail::append_to(sink, "\n"sv);
        }
        detail::append_to(sink, "\n"sv);
        signed_headers(sink, headers);
        detail::append_to(sink, "\n"sv);
        detail::append_to(sink, body_hash);
    }

    /// Appends the names of the given headers, separated by ';', as in the field SignedHeaders of Authorization.
    template <byte_sink Sink>
    static constexpr void signed_headers(Sink& sink, parameters_view headers) noexcept {
        for (std::size_t i = 0; i != headers.size(); ++i) {
            if (i != 0) detail::append_to(sink, ";"sv);
            detail::append_to(sink, headers[i].front());
        }
    }

    /// Appends the string to sign. `canonical_request_hash` is the SHA-256 of the canonical request in hexadecimal.
    template <byte_sink Sink>
    static constexpr void string_to_sign(Sink& sink, std::string_view canonical_request_hash) noexcept {
        detail::append_to(sink, "ACS3-HMAC-SHA256\n"sv);
        detail::append_to(sink, canonical_request_hash);
    }

    /// The signature of exactly the given parts, in lower-case hexadecimal.
    template <std::same_as<acs3> Scheme>
    [[nodiscard]] static constexpr std::array<char, Scheme::signature_size>
    signature(signing_key<Scheme> const& key, std::string_view method, parameters_view query, parameters_view headers,
              std::string_view body_hash) noexcept {
        hash_stream<typename Scheme::hash> canonical;
        canonical_request(canonical, method, query, headers, body_hash);
        auto text = hex(canonical.finish());
        sign(key, text);
        return text;
    }

    /// Builds a request. `query` is a described_query or a listed_query.
    /// Programs call restartcaster::make_request, which calls this function and documents storage and errors.
    template <std::derived_from<acs3> Scheme, class Query, class Options> // a derived scheme has another hash
    [[nodiscard]] static constexpr result<request> make_request(Query query, signing_key<Scheme> const& key,
                                                                stamp const& when, room to,
                                                                Options const& options) noexcept {
        buffer_sink wire(to.span());
        hash_stream<typename Scheme::hash> canonical;
        auto const parts = write_request(canonical, wire, query, key, when, options, to);
        if (!parts) return unexpected(parts.error());
        auto signed_text = hex(canonical.finish());
        if (!sign(key, signed_text) || canonical.failed()) return unexpected(failure{.code = errc::hash_failed});
        wire.append("authorization: ACS3-HMAC-SHA256 Credential="sv);
        wire.append(key.access_key_id());
        wire.append(",SignedHeaders="sv);
        signed_names(wire, key, options);
        wire.append(",Signature="sv);
        wire.append(detail::text_at(signed_text.data(), signed_text.size()));
        wire.append("\r\n"sv);
        if (options.url_limit != 0 && parts->url_end > options.url_limit)
            return unexpected(failure{.code = errc::url_too_long, .subject = "URL"sv, .detail = parts->url_end});
        if (!wire.fits())
            return unexpected(
                failure{.code = errc::storage_too_small, .subject = "request"sv, .detail = wire.needed()});
        return detail::finished_request(options, wire.written(), *parts, detail::part(wire.written(), parts->body_end));
    }

    /// Appends the canonical request of one operation, for people to read; `query` as in make_request. The text contains all
    /// parameters and the security token.
    /// Errors: as make_request, for a wrong value.
    template <byte_sink Sink, std::derived_from<acs3> Scheme, class Query>
    static constexpr result<void> canonical_request(Sink& sink, Query query, signing_key<Scheme> const& key,
                                                    stamp const& when, request_options const& options) noexcept {
        buffer_sink nowhere({});
        auto const parts = write_request(sink, nowhere, query, key, when, options, detail::room_of(sink));
        if (!parts) return unexpected(parts.error());
        return {};
    }

    /// Appends the string to sign of one operation; `query` as in make_request.
    /// Errors: as make_request, for a wrong value; hash_failed.
    template <byte_sink Sink, std::derived_from<acs3> Scheme, class Query>
    static constexpr result<void> string_to_sign(Sink& sink, Query query, signing_key<Scheme> const& key,
                                                 stamp const& when, request_options const& options) noexcept {
        hash_stream<typename Scheme::hash> canonical;
        buffer_sink nowhere({});
        auto const parts = write_request(canonical, nowhere, query, key, when, options, detail::room_of(sink));
        if (!parts) return unexpected(parts.error());
        auto const digest = hex(canonical.finish());
        if (canonical.failed()) return unexpected(failure{.code = errc::hash_failed});
        string_to_sign(sink, {digest.data(), digest.size()});
        return {};
    }

private:
    template <std::size_t N>
    [[nodiscard]] static constexpr std::array<char, 2 * N> hex(std::array<char, N> const& digest) noexcept {
        std::array<char, 2 * N> out{};
        for (std::size_t i = 0; i != digest.size(); ++i) {
            auto const byte = static_cast<unsigned char>(digest[i]);
            out[2 * i] = detail::hex_lower(byte >> 4u);
            out[2 * i + 1] = detail::hex_lower(byte & 15u);
        }
        return out;
    }

    // Replaces `text`, the hash of the canonical request in hexadecimal, by the signature. False if the hash failed.
    template <class Scheme, class Text>
    static constexpr bool sign(signing_key<Scheme> const& key, Text& text) noexcept {
        hmac_stream<typename Scheme::hash> mac(key.hmac());
        string_to_sign(mac, detail::text_at(text.data(), text.size()));
        text = hex(mac.finish());
        return !mac.failed();
    }

    [[nodiscard]] static constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t'; }
    [[nodiscard]] static constexpr std::string_view trimmed(std::string_view value) noexcept {
        while (!value.empty() && is_space(value.front())) value.remove_prefix(1);
        while (!value.empty() && is_space(value.back())) value.remove_suffix(1);
        return value;
    }

    [[nodiscard]] static constexpr bool in_body(auto const& options) noexcept {
        return options.parameters == placement::post_form;
    }

    template <class Sink, class Scheme, class Options>
    static constexpr void signed_names(Sink& sink, signing_key<Scheme> const& key, Options const& options) noexcept {
        if (in_body(options)) detail::append_to(sink, "content-type;"sv);
        detail::append_to(sink, "host;x-acs-action;x-acs-content-sha256;x-acs-date;"sv);
        if (!key.security_token().empty()) detail::append_to(sink, "x-acs-security-token;"sv);
        detail::append_to(sink, "x-acs-signature-nonce;x-acs-version"sv);
    }

    /// Appends one header to the canonical request and to the header lines. `name` contains the line feed before the name and
    /// the colon after the name.
    template <class Canonical>
    static constexpr void header(Canonical& canonical, buffer_sink& wire, std::string_view name,
                                 std::string_view value) noexcept {
        wire.append("\r"sv);
        wire.append(name);
        wire.append(" "sv);
        wire.append(value);
        detail::append_to(canonical, name);
        detail::append_to(canonical, value);
    }
    // As header(), but faster: writes directly into both sinks. For values that are not secret only, because the copies use
    // vector registers, which the compiler may save on the stack.
    template <class Canonical>
    RESTARTCASTER_HOT static constexpr void open_header(Canonical& canonical, buffer_sink& wire, std::string_view name,
                                                        std::string_view value) noexcept {
        if constexpr (detail::in_place_sink<Canonical>) {
            if (!std::is_constant_evaluated() && wire.free_bytes() > name.size() + 2 + value.size() &&
                canonical.free_bytes() >= name.size() + value.size()) [[likely]] {
                char* const to = wire.position();
                to[0] = '\r';
                detail::copy_bytes(to + 1, name.data(), name.size());
                to[1 + name.size()] = ' ';
                detail::copy_run(to + 2 + name.size(), value);
                wire.advance(2 + name.size() + value.size());
                detail::copy_bytes(canonical.position(), name.data(), name.size());
                detail::copy_run(canonical.position() + name.size(), value);
                canonical.advance(name.size() + value.size());
                return;
            }
        }
        header(canonical, wire, name, value);
    }

    // Writes everything but the Authorization header, which contains the signature of the rest.
    template <class Canonical, class Query, class Scheme, class Options, class Layout = detail::request_layout>
    static constexpr result<Layout> write_request(Canonical& canonical, buffer_sink& wire, Query query,
                                          signing_key<Scheme> const& key, stamp const& when,
                                          Options const& options, room const& to) noexcept {
        detail::write_fault wrong = key.fault_;
        auto const time = detail::checked_time(wrong, options, when.utc_seconds, to);
        refuse_overlap(wrong, to, "AccessKeyId"sv, key.access_key_id());
        refuse_overlap(wrong, to, "SecurityToken"sv, key.security_token());
        refuse_overlap(wrong, to, "SignatureNonce"sv, when.nonce);
        // Action, version and nonce become header values. The canonical writer, which examines the parameters, does not see
        // header values, so they are examined here.
        if constexpr (Query::has_unchecked_names) {
            refuse_overlap(wrong, to, "Action"sv, query.action);
            refuse_overlap(wrong, to, "Version"sv, query.version);
            wrong.examine("Action"sv, query.action);
            wrong.examine("Version"sv, query.version);
        }
        wrong.examine("SignatureNonce"sv, when.nonce);
        if (!wrong.good()) return unexpected(wrong.reason());

        Layout parts{};
        auto const begin = [&] {
            parts = detail::begun_request(wire, options);
            detail::append_to(canonical, options.parameters == placement::get ? "GET\n/\n"sv : "POST\n/\n"sv);
        };
        std::array<char, Scheme::signature_size> body_digest{};
        detail::scheme_values none;
        if (in_body(options)) {
            hash_stream<typename Scheme::hash> body;
            detail::canonical_writer<buffer_sink, decltype(body), detail::sign_depth::once> both(wire, body);
            static_cast<void>(query.template write_to<Scheme>(none, both, to, begin));
            if (!both.good()) return unexpected(both.reason());
            parts.body_end = wire.needed();
            body_digest = hex(body.finish());
            if (body.failed()) return unexpected(failure{.code = errc::hash_failed});
        } else {
            detail::canonical_writer<buffer_sink, Canonical, detail::sign_depth::once> both(wire, canonical);
            static_cast<void>(query.template write_to<Scheme>(none, both, to, begin));
            if (!both.good()) return unexpected(both.reason());
            parts.url_end = wire.needed();
            wire.append("\0"sv);
            parts.body_at = parts.body_end = wire.needed();
            detail::copy_bytes(body_digest.data(), empty_body_hash.data(), signature_size);
        }

        wire.append("accept-encoding: identity\r\naccept: application/"sv);
        wire.append(options.answer == format::json ? "json"sv : "xml"sv);
        if (in_body(options))
            open_header(canonical, wire, "\ncontent-type:"sv, "application/x-www-form-urlencoded"sv);
        // The transport sends the header Host, so only the canonical request contains it.
        detail::append_to(canonical, "\nhost:"sv);
        options.to.append_authority(canonical);
        auto const date = time.text();
        std::string_view const body_hash_text = detail::text_at(body_digest.data(), body_digest.size());
        open_header(canonical, wire, "\nx-acs-action:"sv, query.action);
        open_header(canonical, wire, "\nx-acs-content-sha256:"sv, body_hash_text);
        open_header(canonical, wire, "\nx-acs-date:"sv, {date.data(), date.size()});
        if (!key.security_token().empty())
            header(canonical, wire, "\nx-acs-security-token:"sv, key.security_token());
        open_header(canonical, wire, "\nx-acs-signature-nonce:"sv, when.nonce);
        open_header(canonical, wire, "\nx-acs-version:"sv, query.version);
        wire.append("\r\n"sv);
        detail::append_to(canonical, "\n\n"sv);
        signed_names(canonical, key, options);
        detail::append_to(canonical, "\n"sv);
        detail::append_to(canonical, body_hash_text);
        return parts;
    }

    static constexpr std::string_view empty_body_hash =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"sv;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/operations/make_request.hpp
// The first half of the library: makes the bytes of a signed request from an operation, a key, a time and a nonce.
// Source: docs/design.md, "One idea".
// Data flow: operation -> canonical query -> string to sign -> signature -> request, in one pass.
#ifndef RESTARTCASTER_OPERATIONS_MAKE_REQUEST_HPP
#define RESTARTCASTER_OPERATIONS_MAKE_REQUEST_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// An operation that make_request accepts: a type that describes its parameters, or an action.
template <class T>
concept callable_operation = described_operation<T> || std::same_as<T, action>;

namespace detail {

/// The query of an operation, as a signature scheme takes it.
template <class Options, class Operation>
[[nodiscard]] RESTARTCASTER_HOT constexpr auto query_of(Operation const& op) noexcept {
    if constexpr (std::same_as<Operation, action>)
        return listed_query{op.name, op.version, op.parameters};
    else
        return described_query<Operation, Options>{op};
}

} // namespace detail

/// Builds and signs a request in the caller's storage.
/// Storage: the texts of the request point into `to`, except the host, which points into the text of the endpoint. After a
///   failure the content of `to` is unspecified; after input_in_storage, `to` is unchanged.
/// Errors: the errors of check_identifier for any identifier, with the parameter's name as subject; credential_malformed;
///   parameter_reserved for an action's parameter that the signature sets; timestamp_out_of_range; host_malformed;
///   url_too_long (detail: the length of the URL in bytes); storage_too_small (detail: bytes needed); input_in_storage for a
///   text of operation, key, stamp or endpoint that shares bytes with `to`; hash_failed if the hash of another library failed.
/// Cost: no allocation; most of the time is the hash of the string to sign.
template <callable_operation Operation, class Scheme>
[[nodiscard]] constexpr result<request> make_request(Operation const& op, signing_key<Scheme> const& key,
                                                     stamp const& when,
                                                     room to RESTARTCASTER_LIFETIMEBOUND,
                                                     request_options const& options) noexcept {
    return Scheme::make_request(detail::query_of<request_options>(op), key, when, to, options);
}
/// Builds and signs a request with the default options, which are compile-time constants here: less code in a firmware image.
template <callable_operation Operation, class Scheme, class Options = detail::default_options<>>
[[nodiscard]] constexpr result<request> make_request(Operation const& op, signing_key<Scheme> const& key,
                                                     stamp const& when,
                                                     room to RESTARTCASTER_LIFETIMEBOUND) noexcept {
    return Scheme::make_request(detail::query_of<Options>(op), key, when, to, Options{});
}

/// The number of bytes that make_request needs for exactly this call.
/// Errors: the errors of make_request, except storage_too_small.
/// Cost: as make_request.
template <callable_operation Operation, class Scheme>
[[nodiscard]] constexpr result<std::size_t> request_size(Operation const& op, signing_key<Scheme> const& key,
                                                         stamp const& when, request_options const& options = {}) noexcept {
    auto const tried = make_request(op, key, when, std::span<char>(), options);
    if (tried.error().code == errc::storage_too_small) return tried.error().detail;
    return unexpected(tried.error());
}

/// Appends the string to sign of a call, for people who search the cause of a refused signature: the service prints its own
/// string to sign with the refusal. The text contains the key id and all parameters, including the security token.
/// Errors: as make_request, for a wrong value.
template <byte_sink Sink, callable_operation Operation, class Scheme>
constexpr result<void> string_to_sign(Sink& sink, Operation const& op, signing_key<Scheme> const& key,
                                      stamp const& when, request_options const& options = {}) noexcept {
    return Scheme::string_to_sign(sink, detail::query_of<request_options>(op), key, when, options);
}

/// Appends the canonical request of a call under acs3, which the service prints when it refuses a signature. The text
/// contains all parameters and the security token.
/// Errors: as make_request, for a wrong value.
template <byte_sink Sink, callable_operation Operation, std::derived_from<acs3> Scheme>
constexpr result<void> canonical_request(Sink& sink, Operation const& op, signing_key<Scheme> const& key,
                                         stamp const& when, request_options const& options = {}) noexcept {
    return Scheme::canonical_request(sink, detail::query_of<request_options>(op), key, when, options);
}

}} // namespace restartcaster

#endif

// ---- restartcaster/message/transport.hpp
// The transport concept: the contract of the user's HTTP code. The library contains no transport.
// Source: docs/design.md, "The transport contract".
// Data flow: a request in, a response out; the network between them is the user's.
#ifndef RESTARTCASTER_MESSAGE_TRANSPORT_HPP
#define RESTARTCASTER_MESSAGE_TRANSPORT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

template <class T>
concept has_exchange = requires(T& transport, request const& out, std::span<char> storage) {
    { transport.exchange(out, storage) } -> std::same_as<result<response>>;
};

template <class T>
concept exchange_is_noexcept = requires(T& transport, request const& out, std::span<char> storage) {
    { transport.exchange(out, storage) } noexcept;
};

} // namespace detail

/// Anything with `result<response> exchange(request const&, std::span<char> storage) noexcept`.
///
/// One call of exchange() is exactly one HTTP exchange: the request is sent at most once. Its nonce is valid for one
/// use, so a transport never repeats a request by itself: not after a time-out, not over a new connection when a kept
/// connection was closed, not on a redirect. Switch all of these off in the HTTP library.
///
/// A transport sends the method, the target or the URL, every field of request::headers, and the body. It adds Host
/// (with the port unless request::port is 0) and Content-Length, and may add User-Agent. It does not ask
/// for compression and does not send Expect.
///
/// Every status is a response: 400 and 502 are answers, not failures. The body is written to the start of `storage`, and
/// response::body is that part. A body that does not fit fails with errc::answer_too_long and is never cut. Every
/// response field is passed to response::header().
///
/// Without a response, a transport must tell two failures apart, because only one of them may have restarted a studio.
/// errc::not_sent: no byte of the request can have left this machine (the host name did not resolve, the connection was
/// refused, the TLS handshake failed). errc::no_answer: every later failure. failure::http_status is the status if the
/// status line had arrived. failure::detail is the transport's own error number, failure::subject its text, which must
/// be static and contain no URL.
///
/// The transport verifies the server's certificate and name whenever the scheme is https. exchange() returns in bounded
/// time, does not throw, and is called from one thread at a time.
template <class T>
concept transport = detail::has_exchange<T> && detail::exchange_is_noexcept<T>;

}} // namespace restartcaster

#endif

// ---- restartcaster/read/at.hpp
// A quick look at one text of a JSON or XML body, by its path, without a description.
// Source: docs/design.md, "Typed replies"; RFC 8259; XML 1.0.
// Data flow: a body and a path in, the text out; the body stays unchanged.
#ifndef RESTARTCASTER_READ_AT_HPP
#define RESTARTCASTER_READ_AT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// One step of a path: a name or an index.
struct path_step {
    std::string_view name = {};
    std::size_t index = 0;
    bool is_index = false;
};

// Takes the first step of a path: "Name", ".Name" or "[12]". A malformed index is an empty name, which nothing has.
[[nodiscard]] constexpr path_step take_step(std::string_view& path) noexcept {
    path_step step;
    step.is_index = path.front() == '[';
    if (step.is_index || path.front() == '.') path.remove_prefix(1);
    std::size_t size = 0;
    while (size != path.size() && path[size] != '[' && path[size] != ']' && (step.is_index || path[size] != '.'))
        ++size;
    step.name = part(path, 0, size);
    path.remove_prefix(size);
    if (!step.is_index) return step;
    bool closed = !path.empty() && path.front() == ']' && !step.name.empty() && step.name.size() < 10;
    if (closed) path.remove_prefix(1);
    for (char const c : step.name) {
        closed = closed && is_digit(c);
        step.index = step.index * 10 + static_cast<unsigned char>(c - '0');
    }
    if (!closed) step = {};
    return step;
}

// Goes to the value of the member `name` of the object that `token` began. False: there is no such member.
template <class Char>
[[nodiscard]] constexpr bool go_to_member(basic_json_reader<Char>& reader, result<basic_json_token<Char>>& token,
                                          std::string_view name) noexcept {
    if (token->kind != json_kind::object_begin) return false;
    while ((token = reader.next()) && token->kind == json_kind::name) {
        bool const same = token->escaped ? raw_text<Char>{token->text, media_type::json}.same(name) : token->text == name;
        if (same) return (token = reader.next()).has_value();
        (void)reader.skip_value();
    }
    return false;
}
// Goes to an element of the array that `token` began. A value that is no array counts as an array of this value.
template <class Char>
[[nodiscard]] constexpr bool go_to_element(basic_json_reader<Char>& reader, result<basic_json_token<Char>>& token,
                                           std::size_t index) noexcept {
    if (token->kind != json_kind::array_begin) return index == 0;
    while ((token = reader.next()) && token->kind != json_kind::array_end) {
        if (index-- == 0) return true;
        bool const begins = token->kind == json_kind::object_begin || token->kind == json_kind::array_begin;
        if (begins) (void)reader.skip_value();
    }
    return false;
}

template <class Char>
[[nodiscard]] constexpr result<std::string_view> json_at(std::string_view body, std::string_view path,
                                                         std::span<Char> storage) noexcept {
    basic_json_reader<Char> reader(body);
    auto token = reader.next();
    bool found = token.has_value();
    while (found && !path.empty()) {
        path_step const step = take_step(path);
        found = step.is_index ? go_to_element(reader, token, step.index) : go_to_member(reader, token, step.name);
    }
    if (!token) return unexpected(token.error());
    bool const scalar = token->kind == json_kind::string || token->kind == json_kind::number ||
                        token->kind == json_kind::true_value || token->kind == json_kind::false_value;
    if (!found || !scalar) return std::string_view();
    return token->decode(storage);
}

// Goes into the element `name` that follows `index` elements of the same name. False: there is no such element.
template <class Char>
[[nodiscard]] constexpr bool go_to_inner(basic_xml_reader<Char>& reader, result<basic_xml_token<Char>>& token,
                                         std::string_view name, std::size_t index) noexcept {
    while ((token = reader.next()) && token->kind != xml_kind::element_end && token->kind != xml_kind::end) {
        if (token->kind != xml_kind::element_begin) continue;
        if (token->text == name && index-- == 0) return true;
        (void)reader.skip_value();
    }
    return false;
}

template <class Char>
[[nodiscard]] constexpr result<std::string_view> xml_at(std::string_view body, std::string_view path,
                                                        std::span<Char> storage) noexcept {
    basic_xml_reader<Char> reader(body);
    auto token = reader.next(); // the root, which has no step
    bool found = token.has_value();
    while (found && !path.empty()) {
        path_step const step = take_step(path);
        std::string_view rest = path;
        path_step const index = rest.empty() || rest.front() != '[' ? path_step{.is_index = true} : take_step(rest);
        path = rest;
        found = !step.is_index && index.is_index && go_to_inner(reader, token, step.name, index.index);
    }
    if (!token) return unexpected(token.error());
    if (!found) return std::string_view();
    return reader.read_text(storage);
}

} // namespace detail

/// The text at a path of a JSON or XML body, for example at(reply->body, "CasterList.Caster[0].CasterId"). Steps are names
/// and, in brackets, indices from 0 on. In XML the path begins below the root element, and an index counts elements of the
/// same name; without an index, the first element counts. A JSON value that is no array is also element 0 of itself, as in
/// XML. If a name is repeated in a JSON object, the first one counts. A view without data means: there is no text at the path.
/// Requires: a body that is read as it arrived, for example that of a body_reply.
/// Storage: the text points into the body or, if it has escapes or several pieces, into `storage`.
/// Errors: those of json_reader and xml_reader, as far as the body is read; storage_too_small with the bytes needed;
///   body_not_recognised if the body is neither JSON nor XML.
/// Cost: linear in the body up to the text.
template <class Char = char>
[[nodiscard]] constexpr result<std::string_view> at(detail::document body RESTARTCASTER_LIFETIMEBOUND, std::string_view path,
                                                    std::span<Char> storage RESTARTCASTER_LIFETIMEBOUND = {}) noexcept {
    std::string_view front = body;
    if (front.starts_with("\xEF\xBB\xBF"sv)) front.remove_prefix(3);
    detail::trim(front);
    if (front.empty()) return unexpected(failure{.code = errc::body_empty});
    if (front.front() == '<') return detail::xml_at<Char>(body, path, storage);
    if (front.front() == '{' || front.front() == '[') return detail::json_at<Char>(body, path, storage);
    return unexpected(failure{.code = errc::body_not_recognised});
}

}} // namespace restartcaster

#endif

// ---- restartcaster/core/foreign_text.hpp
// Makes text from outside (a service, a transport) safe to show: at most 200 bytes, one line, no control or invisible
// characters, no secrets.
// Source: docs/design.md, "Foreign text"; protocol 4.3 (what a refusal of a signature repeats).
// Data flow: the service's text in, part of a sentence out; describe() shows all foreign text through append_foreign().
#ifndef RESTARTCASTER_CORE_FOREIGN_TEXT_HPP
#define RESTARTCASTER_CORE_FOREIGN_TEXT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

template <byte_sink Sink>
constexpr void append_number(Sink& sink, std::uint64_t number) noexcept {
    append_to(sink, decimal_text(number).view());
}

[[nodiscard]] constexpr bool is_shown(char32_t code) noexcept {
    return !is_unseen(code) || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
           code == 0x202F || code == 0x205F || code == 0x3000; // spaces other than U+0020 are shown
}

[[nodiscard]] constexpr bool is_graphic(char c) noexcept { return c > ' ' && static_cast<unsigned char>(c) < 0x7F; }

enum class letter_kind : std::uint8_t { none, digit, upper, lower };
[[nodiscard]] RESTARTCASTER_ONCE constexpr letter_kind letter_kind_of(char c) noexcept {
    return is_digit(c)              ? letter_kind::digit
           : c >= 'A' && c <= 'Z'   ? letter_kind::upper
           : ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z' ? letter_kind::lower
                                    : letter_kind::none;
}
[[nodiscard]] constexpr bool is_solid(char c) noexcept { return letter_kind_of(c) != letter_kind::none; }

/// A run of ASCII letters and digits, read one character at a time.
struct solid_run {
    unsigned size = 0;
    /// Neighbours of which exactly one is a digit, or both are capitals: few in a word, about half of the pairs in a
    /// secret.
    unsigned turns = 0;
    /// One bit for each letter_kind seen.
    unsigned kinds = 0;
    letter_kind last = letter_kind::none;

    constexpr void take(char c) noexcept {
        letter_kind const kind = letter_kind_of(c);
        if (kind == letter_kind::none) {
            *this = {};
            return;
        }
        bool const turn = kind == last ? kind == letter_kind::upper
                                       : kind == letter_kind::digit || last == letter_kind::digit;
        if (size++ != 0 && turn) ++turns;
        kinds |= 1u << static_cast<unsigned>(kind);
        last = kind;
    }
    /// Whether the run can only be a secret: words, request ids and studio ids look different. 32 hexadecimal digits may
    /// be a request id.
    [[nodiscard]] constexpr bool looks_secret() const noexcept {
        return (kinds & 2) != 0 && (size > 32 || (size > 15 && turns > 4 && kinds == 14));
    }
    /// Whether the run can be a secret when a word before it announces one; less strict than looks_secret().
    [[nodiscard]] constexpr bool looks_odd() const noexcept {
        return turns > 3 || (size > 7 && (kinds & 2) != 0 && kinds != 2);
    }
};

/// Finds the secrets in a text, chunk by chunk. Blanks, control characters and characters beyond ASCII separate chunks,
/// so that no escape sequence ends a chunk. A secret is a run that looks like one, a value behind a word that announces
/// one, or a value that was sent.
template <class Text>
class secret_finder {
public:
    constexpr secret_finder(Text text, Text sent) noexcept : text_(text), sent_(sent) {}

    /// Returns how many bytes from `at` on may be shown, and sets `after` to the end of the chunk; the bytes between the
    /// two must not be shown. Returns 0 and leaves `after` at `at` where no chunk begins.
    [[nodiscard]] constexpr std::size_t shown_from(std::size_t at, std::size_t& after) noexcept {
        while (after != text_.size() && is_graphic(text_[after])) ++after;
        if (after == at) return 0;
        // Bounds the work on a very long chunk: append_foreign() shows at most 200 bytes.
        constexpr std::size_t enough = 300;
        std::size_t const end = after - at < enough ? after : at + enough;
        Text const chunk = part(text_, at, end - at);
        // "%2F" occurs in the string to sign and in signatures.
        if (chunk.find("%2F"sv) != Text::npos || holds_sent(chunk)) return 0;
        bool const announced = announced_ != 0;
        if (announced) --announced_;
        solid_run run;
        for (std::size_t i = at; i != end; ++i) {
            run.take(text_[i]);
            if (run.looks_secret() || (announced && run.looks_odd())) return 0;
            bool repeats = false;
            std::size_t const separator = behind_announcement(text_, i, repeats);
            if (separator == i) continue;
            announced_ = 3;
            if (repeats) {
                // The rest of the text repeats a request.
                std::size_t const sign = part(text_, separator, 24).find_first_of(":=[<>{\"\'"sv);
                if (sign == Text::npos) continue;
                after = text_.size();
                return separator + sign + 1 - at;
            }
            if (separator < end && "./-,;)!?"sv.find(text_[separator]) == Text::npos && has_solid_byte(separator, end))
                return separator - at;
        }
        if (Text(".,;!?"sv).find(text_[end - 1]) != Text::npos) announced_ = 0;
        return after - at;
    }

private:
    [[nodiscard]] constexpr bool has_solid_byte(std::size_t at, std::size_t end) const noexcept {
        while (at != end && !is_solid(text_[at])) ++at;
        return at != end;
    }

    // Looks for the first 8 characters of the longest run of letters and digits in each value that was sent under an
    // announcing name. No escaping changes letters and digits.
    [[nodiscard]] constexpr bool holds_sent(Text chunk) const noexcept {
        bool repeats = false;
        for (std::size_t i = 0; i < sent_.size(); ++i) {
            std::size_t at = behind_announcement(sent_, i, repeats);
            if (at == i || repeats) continue;
            std::size_t longest = 0, longest_end = 0;
            for (std::size_t size = 0; at < sent_.size() && sent_[at] != '&' && sent_[at] != ',' && sent_[at] != '\r'; ++at) {
                size = is_solid(sent_[at]) ? size + 1 : 0;
                if (sent_[at] == '%') at += 2;
                if (size > longest) {
                    longest = size;
                    longest_end = at + 1;
                }
            }
            Text const front = part(sent_, longest_end - longest, longest < 8 ? longest : 8);
            if (longest > 5 && chunk.find(front) != Text::npos) return true;
        }
        return false;
    }

    // The end of the announcing word that begins at `at`; `at` itself if none does. See announcement().
    [[nodiscard]] static constexpr std::size_t behind_announcement(Text text, std::size_t at, bool& repeats) noexcept {
        std::size_t const size = announcement(part(text, at), repeats);
        if (size != 0)
            for (at += size; at < text.size() && is_solid(text[at]);) ++at;
        return at;
    }

    // The length of the word at the start of `text` that announces a secret or (`repeats`) a repeated request; 0: none.
    [[nodiscard]] static constexpr std::size_t announcement(Text text, bool& repeats) noexcept {
        // A blank in `words` matches ' ', '-', '_' or nothing.
        constexpr std::string_view words = "token\0signature\0secret\0credential\0password\0access key\0auth key\0"
                                           "to sign\0canonical\0authorization\0"sv;
        constexpr std::size_t requests = words.find("to sign"sv);
        std::size_t at = 0;
        for (std::size_t i = 0; i != words.size(); ++i) {
            if (words[i] == '\0') {
                repeats = i > requests;
                return at;
            }
            char const c = at < text.size() ? text[at] : '\0';
            bool const joins = c == ' ' || c == '-' || c == '_';
            if (words[i] == ' ' ? joins : ascii_lower(c) == words[i]) {
                ++at;
            } else if (words[i] != ' ') {
                i = words.find('\0', i);
                at = 0;
            }
        }
        return 0;
    }

    Text text_;
    Text sent_;
    // How many of the next chunks may hold the announced secret.
    unsigned announced_ = 0;
};

} // namespace detail

/// Appends text from outside in a form that is safe to show, to log or to put into JSON: at most 200 bytes of UTF-8 on
/// one line. "?" replaces bytes that are not UTF-8 and invisible characters (controls, directions, tags, zero widths).
/// "[...]" replaces secrets and repeated requests. `sent` holds the bytes of the request (request_bytes), whose secrets
/// are removed; empty when there is no request.
/// Cost: one pass, no allocation.
template <byte_sink Sink>
RESTARTCASTER_ONCE constexpr void append_foreign(Sink& sink, std::string_view text, std::string_view sent = {}) noexcept {
    constexpr std::size_t most = 200;
    detail::secret_finder<std::string_view> secrets(text, sent);
    // The end of the part of the current chunk that may be shown, and the end of that chunk.
    std::size_t shown_to = 0, chunk_end = 0;
    std::size_t used = 0;
    for (std::size_t at = 0; at != text.size();) {
        if (at >= chunk_end) {
            chunk_end = at;
            shown_to = at + secrets.shown_from(at, chunk_end);
        }
        std::string_view piece = "[...]"sv;
        if (at == shown_to && at != chunk_end) {
            at = shown_to = chunk_end;
        } else {
            char32_t code = 0;
            std::size_t const length = detail::utf8_character(text.data() + at, text.size() - at, code);
            piece = length != 0 && detail::is_shown(code) ? detail::part(text, at, length) : "?"sv;
            at += length == 0 ? 1 : length;
        }
        used += piece.size();
        if (used > most) {
            detail::append_to(sink, "..."sv);
            return;
        }
        detail::append_to(sink, piece);
    }
}

}} // namespace restartcaster

#endif

// ---- restartcaster/read/describe.hpp
// Describes an error in one line for people: what happened, whether the operation ran, what to do.
// Source: docs/design.md, "Errors"; protocol 4.3 (what a signature refusal repeats).
// Data flow: an error in, text into the caller's sink; never a secret, a signature or a token.
#ifndef RESTARTCASTER_READ_DESCRIBE_HPP
#define RESTARTCASTER_READ_DESCRIBE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

[[nodiscard]] constexpr char const* words(advice what_to_do) noexcept {
    switch (what_to_do) {
    case advice::try_again: return "call again";
    case advice::wait: return "wait, then call again";
    case advice::look_first: return "find out the present state before you call again";
    case advice::fix_clock: return "set the clock: it must be within 15 minutes of UTC";
    case advice::fix_credentials: return "check the access key id, its secret and the security token";
    case advice::fix_request: return "correct the request; the same call can only fail again";
    case advice::ask_permission: return "ask the account's owner for permission for this operation";
    case advice::start_caster: return "the studio is idle: call StartCaster, which starts it";
    case advice::give_up: return "this kind of studio does not take this operation";
    case advice::fix_transport: return "check the way to the service: endpoint, https, proxy and network";
    case advice::fix_signature: return "the service does not take this kind of signature";
    case advice::fix_machine: return "the request is right; mend this machine, then call again";
    }
    return "";
}

[[nodiscard]] constexpr char const* words(executed ran) noexcept {
    switch (ran) {
    case executed::no: return "It did not run";
    case executed::maybe: return "It may have run";
    case executed::yes: return "It ran";
    }
    return "";
}

} // namespace detail

/// The sentence of an advice, or of an `executed`: static text without a full stop.
[[nodiscard]] constexpr std::string_view message(advice what_to_do) noexcept { return detail::words(what_to_do); }
[[nodiscard]] constexpr std::string_view message(executed ran) noexcept { return detail::words(ran); }

namespace detail {

// The sentence of an advice, more precise for some codes.
[[nodiscard]] constexpr char const* words(advice what_to_do, service_code code) noexcept {
    switch (code) {
    case service_code::access_key_not_found: return "check the access key id";
    case service_code::access_key_inactive: return "enable the access key, or use another";
    case service_code::signature_does_not_match: return "check the access key secret";
    case service_code::security_token: return "get a new security token";
    default: return words(what_to_do);
    }
}

// Appends a code point in Unicode notation, e.g. U+200B.
template <byte_sink Sink>
constexpr void append_code_point(Sink& sink, char32_t code) noexcept {
    char digits[8]{'U', '+'};
    std::size_t size = 2;
    for (int shift = 20; shift >= 0; shift -= 4) {
        auto const digit = static_cast<unsigned>(code >> shift & 15);
        if (size > 2 || digit != 0 || shift < 16) digits[size++] = hex_upper(digit);
    }
    append_to(sink, text_at(digits, size));
}

// Appends the error of the clock, e.g. " (this clock is 8 h 0 min ahead)"; nothing below 1 minute.
template <byte_sink Sink>
constexpr void append_clock(Sink& sink, std::int64_t ahead_s) noexcept {
    auto const seconds = static_cast<std::uint64_t>(ahead_s);
    auto const minutes = static_cast<std::uint32_t>((ahead_s < 0 ? 0 - seconds : seconds) / 60); // 32 bits hold 8,000 years
    if (minutes == 0) return;
    append_to(sink, " (this clock is "sv);
    if (minutes >= 1440) {
        append_number(sink, minutes / 1440);
        append_to(sink, " d "sv);
    }
    append_number(sink, minutes / 60 % 24);
    append_to(sink, " h "sv);
    append_number(sink, minutes % 60);
    append_to(sink, ahead_s < 0 ? " min behind)"sv : " min ahead)"sv);
}

template <byte_sink Sink, class Failure>
constexpr void append_cause(Sink& sink, Failure const& cause) noexcept {
    if (!cause.subject.empty()) {
        // The name of a variable is the library's own text; append_foreign() would take it for a secret.
        if (cause.code == errc::environment_missing)
            append_to(sink, cause.subject);
        else
            append_foreign(sink, cause.subject);
        if (cause.element != 0) {
            append_to(sink, " element "sv);
            append_number(sink, cause.element);
        }
        append_to(sink, ": "sv);
    }
    append_to(sink, message(cause.code));
    std::string_view what;
    switch (cause.code) {
    case errc::storage_too_small: what = " (bytes needed: "sv; break;
    case errc::url_too_long: what = " (its bytes: "sv; break;
    case errc::timestamp_out_of_range:
        if (cause.detail == 0) return;
        append_to(sink, cause.detail == 1000 ? " (milliseconds were given, not seconds)"sv
                                             : " (micro- or nanoseconds were given, not seconds)"sv);
        return;
    default:
        what = " (byte "sv;
        if (cause.character != 0) {
            append_to(sink, " ("sv);
            append_code_point(sink, cause.character);
            what = " at byte "sv;
        } else if (cause.code < errc::unexpected_end || cause.code >= errc::request_id_missing) {
            return;
        }
    }
    append_to(sink, what);
    append_number(sink, cause.detail);
    append_to(sink, ")"sv);
}

// Appends whether the operation ran and what to do, with the operation's name and permission if they are known.
template <byte_sink Sink, class Error>
constexpr void append_outcome(Sink& sink, Error const& e) noexcept {
    std::string_view ran = message(e.ran);
    std::string_view const what_to_do =
        e.what_to_do == advice::fix_credentials ? words(e.what_to_do, e.code) : words(e.what_to_do);
#if !RESTARTCASTER_SMALL
    if (!e.action.empty()) {
        append_foreign(sink, e.action);
        ran.remove_prefix("It"sv.size());
    }
    append_to(sink, ran);
    append_to(sink, "; "sv);
    if (e.what_to_do == advice::ask_permission && !e.permission.empty()) {
        append_to(sink, "ask the account's owner for the permission "sv);
        append_to(sink, e.permission);
        return;
    }
#else
    append_to(sink, ran);
    append_to(sink, "; "sv);
#endif
    append_to(sink, what_to_do);
}

template <byte_sink Sink, class Error>
constexpr void append_error(Sink& sink, Error const& e) noexcept {
    switch (e.kind) { // unreached: every_case
    case error_kind::local: append_to(sink, "not sent, "sv); break;
    case error_kind::not_sent: append_to(sink, "not sent, "sv); break;
    case error_kind::no_answer: append_to(sink, "no answer, "sv); break;
    case error_kind::unreadable: append_to(sink, "no readable answer, "sv); break;
    case error_kind::refused:
        append_to(sink, "refused with "sv);
        append_foreign(sink, e.code_text.empty() ? "a code that a later attempt wrote over"sv : e.code_text, e.sent);
        if (!e.message.empty()) {
            append_to(sink, ": "sv);
            append_foreign(sink, e.message, e.sent);
        }
        break;
    }
    if (e.kind != error_kind::refused) append_cause(sink, e.cause);
#if !RESTARTCASTER_SMALL
    if (e.redirected_to.size != 0) {
        append_to(sink, " (to host "sv);
        append_to(sink, e.redirected_to.text());
        append_to(sink, ")"sv);
    }
#endif
    if (e.http_status != 0) {
        append_to(sink, " (HTTP "sv);
        append_number(sink, e.http_status);
        append_to(sink, ")"sv);
    }
    append_to(sink, ". "sv);
    append_outcome(sink, e);
    append_clock(sink, e.clock_ahead_s);
    if (e.retry_after_ms != 0) {
        append_to(sink, " (after "sv);
        append_number(sink, e.retry_after_ms);
        append_to(sink, " ms)"sv);
    }
    append_to(sink, "."sv);
    if (!e.request_id.empty()) {
        append_to(sink, " Request id "sv);
        append_foreign(sink, e.request_id, e.sent);
    }
}

} // namespace detail

/// Appends a failure in words, e.g. "CasterId: a required value is missing or empty".
template <byte_sink Sink>
constexpr void describe(Sink& sink, failure const& cause) noexcept {
    detail::append_cause(sink, cause);
}

/// Appends an error in words on one line, e.g. "refused with IncorrectCasterStatus.Idle (HTTP 400). RestartCaster did not
/// run; the studio is idle: call StartCaster, which starts it. Request id 6EBD1AC4-...". In small builds, and for an error
/// that names no operation, "It" replaces the name.
/// Texts of the service pass through append_foreign(): they are short and without secrets.
template <byte_sink Sink>
constexpr void describe(Sink& sink, error const& e) noexcept {
    detail::append_error(sink, e);
}
/// The same for a request that was sent without `call`: `sent` is the request, whose secrets are removed.
template <byte_sink Sink>
constexpr void describe(Sink& sink, error const& e, std::type_identity_t<request const&> sent) noexcept {
    error with_request = e;
    with_request.sent = request_bytes(sent);
    detail::append_error(sink, with_request);
}

}} // namespace restartcaster

#endif

// ---- restartcaster/read/names.hpp
// The names of enumerators, for logs and metrics: "fix_clock", "throttling".
// Source: the enumerations themselves.
// Data flow: an enumerator in, its identifier out; a program that calls no name() contains no names.
#ifndef RESTARTCASTER_READ_NAMES_HPP
#define RESTARTCASTER_READ_NAMES_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

// No default in these switches, so that the compiler warns of a new enumerator without a name.
[[nodiscard]] constexpr char const* identifier(errc code) noexcept {
    switch (code) {
    case errc::parameter_missing: return "parameter_missing";
    case errc::parameter_blank_end: return "parameter_blank_end";
    case errc::parameter_control_character: return "parameter_control_character";
    case errc::parameter_invisible_character: return "parameter_invisible_character";
    case errc::parameter_quoted: return "parameter_quoted";
    case errc::parameter_not_utf8: return "parameter_not_utf8";
    case errc::credential_malformed: return "credential_malformed";
    case errc::parameter_duplicate: return "parameter_duplicate";
    case errc::parameter_reserved: return "parameter_reserved";
    case errc::parameter_name_empty: return "parameter_name_empty";
    case errc::parameter_index_out_of_range: return "parameter_index_out_of_range";
    case errc::parameters_too_many: return "parameters_too_many";
    case errc::timestamp_out_of_range: return "timestamp_out_of_range";
    case errc::host_malformed: return "host_malformed";
    case errc::url_too_long: return "url_too_long";
    case errc::storage_too_small: return "storage_too_small";
    case errc::input_in_storage: return "input_in_storage";
    case errc::not_sent: return "not_sent";
    case errc::no_answer: return "no_answer";
    case errc::answer_too_long: return "answer_too_long";
    case errc::body_empty: return "body_empty";
    case errc::body_encoded: return "body_encoded";
    case errc::body_not_recognised: return "body_not_recognised";
    case errc::unexpected_end: return "unexpected_end";
    case errc::unexpected_byte: return "unexpected_byte";
    case errc::invalid_utf8: return "invalid_utf8";
    case errc::nesting_too_deep: return "nesting_too_deep";
    case errc::trailing_bytes: return "trailing_bytes";
    case errc::json_invalid_escape: return "json_invalid_escape";
    case errc::json_invalid_number: return "json_invalid_number";
    case errc::xml_doctype_refused: return "xml_doctype_refused";
    case errc::xml_encoding_refused: return "xml_encoding_refused";
    case errc::xml_entity_unknown: return "xml_entity_unknown";
    case errc::xml_reference_invalid: return "xml_reference_invalid";
    case errc::xml_tag_mismatched: return "xml_tag_mismatched";
    case errc::xml_attribute_duplicate: return "xml_attribute_duplicate";
    case errc::xml_attributes_too_many: return "xml_attributes_too_many";
    case errc::request_id_missing: return "request_id_missing";
    case errc::reply_unexpected: return "reply_unexpected";
    case errc::redirected: return "redirected";
    case errc::proxy_refused: return "proxy_refused";
    case errc::environment_missing: return "environment_missing";
    case errc::key_ended: return "key_ended";
    case errc::hash_failed: return "hash_failed";
    case errc::entropy_missing: return "entropy_missing";
    }
    return "";
}

[[nodiscard]] constexpr char const* identifier(error_kind kind) noexcept {
    switch (kind) {
    case error_kind::local: return "local";
    case error_kind::not_sent: return "not_sent";
    case error_kind::no_answer: return "no_answer";
    case error_kind::unreadable: return "unreadable";
    case error_kind::refused: return "refused";
    }
    return "";
}

[[nodiscard]] constexpr char const* identifier(executed ran) noexcept {
    switch (ran) {
    case executed::no: return "no";
    case executed::maybe: return "maybe";
    case executed::yes: return "yes";
    }
    return "";
}

[[nodiscard]] constexpr char const* identifier(advice what_to_do) noexcept {
    switch (what_to_do) {
    case advice::try_again: return "try_again";
    case advice::wait: return "wait";
    case advice::look_first: return "look_first";
    case advice::fix_clock: return "fix_clock";
    case advice::fix_credentials: return "fix_credentials";
    case advice::fix_request: return "fix_request";
    case advice::ask_permission: return "ask_permission";
    case advice::start_caster: return "start_caster";
    case advice::give_up: return "give_up";
    case advice::fix_transport: return "fix_transport";
    case advice::fix_machine: return "fix_machine";
    case advice::fix_signature: return "fix_signature";
    }
    return "";
}

[[nodiscard]] constexpr char const* identifier(service_code code) noexcept {
    switch (code) {
    case service_code::other: return "other";
    case service_code::incorrect_caster_status: return "incorrect_caster_status";
    case service_code::incorrect_caster_status_idle: return "incorrect_caster_status_idle";
    case service_code::incorrect_scene_status: return "incorrect_scene_status";
    case service_code::invalid_caster_id_malformed: return "invalid_caster_id_malformed";
    case service_code::invalid_norm_type_malformed: return "invalid_norm_type_malformed";
    case service_code::illegal_operation: return "illegal_operation";
    case service_code::invalid_caster_not_found: return "invalid_caster_not_found";
    case service_code::invalid_scene_not_found: return "invalid_scene_not_found";
    case service_code::internal_error: return "internal_error";
    case service_code::service_unavailable: return "service_unavailable";
    case service_code::throttling: return "throttling";
    case service_code::timestamp_expired: return "timestamp_expired";
    case service_code::timestamp_malformed: return "timestamp_malformed";
    case service_code::signature_nonce_used: return "signature_nonce_used";
    case service_code::signature_does_not_match: return "signature_does_not_match";
    case service_code::access_key_not_found: return "access_key_not_found";
    case service_code::access_key_inactive: return "access_key_inactive";
    case service_code::security_token: return "security_token";
    case service_code::signature_unsupported: return "signature_unsupported";
    case service_code::permission: return "permission";
    case service_code::missing_parameter: return "missing_parameter";
    case service_code::invalid_parameter: return "invalid_parameter";
    case service_code::action_not_found: return "action_not_found";
    case service_code::http_method: return "http_method";
    case service_code::ssl_needed: return "ssl_needed";
    case service_code::busy: return "busy";
    case service_code::endpoint_not_supported: return "endpoint_not_supported";
    }
    return "";
}

} // namespace detail

/// The identifier of an enumerator: static text. Identifiers are stable, sentences are not: programs may compare these.
[[nodiscard]] constexpr std::string_view name(errc code) noexcept { return detail::identifier(code); }
[[nodiscard]] constexpr std::string_view name(error_kind kind) noexcept { return detail::identifier(kind); }
[[nodiscard]] constexpr std::string_view name(executed ran) noexcept { return detail::identifier(ran); }
[[nodiscard]] constexpr std::string_view name(advice what_to_do) noexcept { return detail::identifier(what_to_do); }
[[nodiscard]] constexpr std::string_view name(service_code code) noexcept { return detail::identifier(code); }

}} // namespace restartcaster

#endif

// ---- restartcaster/client/call.hpp
// One call with one exchange: make_request and read_reply, with the user's transport between them.
// Source: docs/design.md, "One idea".
// Data flow: make_request -> exchange -> read_reply.
#ifndef RESTARTCASTER_CLIENT_CALL_HPP
#define RESTARTCASTER_CLIENT_CALL_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

template <class Failure>
[[nodiscard]] constexpr error error_of(Failure const& cause, error_kind kind, executed ran,
                                       advice what_to_do) noexcept {
    return {.kind = kind, .ran = ran, .what_to_do = what_to_do, .http_status = cause.http_status, .cause = cause};
}

// The error of a call that failed before sending. Invalid credentials are the reason of every failure with that key.
template <class Failure>
[[nodiscard]] constexpr error local_error(Failure const& cause, result<void> const& valid) noexcept {
    advice what_to_do = valid ? advice::fix_request : advice::fix_credentials;
    switch (cause.code) {
    case errc::timestamp_out_of_range: what_to_do = advice::fix_clock; break;
    case errc::hash_failed:
    case errc::entropy_missing: what_to_do = advice::fix_machine; break;
    default: break;
    }
    return error_of(cause, error_kind::local, executed::no, what_to_do);
}

template <class Error = error, class Failure>
[[nodiscard]] constexpr Error transport_error(Failure const& cause) noexcept {
    // Only not_sent proves that the request did not leave this machine.
    if (cause.code == errc::not_sent) return error_of(cause, error_kind::not_sent, executed::no, advice::try_again);
    return error_of(cause, error_kind::no_answer, executed::maybe, advice::look_first);
}

// Sets the name and permission of the operation, for describe(). Small builds leave both out.
template <class Error, class Operation>
constexpr void name_operation([[maybe_unused]] Error& e, [[maybe_unused]] Operation const& op) noexcept {
#if !RESTARTCASTER_SMALL
    if constexpr (std::same_as<Operation, action>) {
        e.action = op.name;
    } else {
        e.action = Operation::description.action;
        e.permission = Operation::description.permission;
    }
#endif
}

// Sets clock_ahead_s, if the service refused the request for its timestamp, which was `signed_utc_s`.
template <class Error, class Response>
constexpr void tell_clock(Error& e, Response const& answer, std::int64_t signed_utc_s) noexcept {
    bool const for_time = e.code == service_code::timestamp_expired || e.code == service_code::timestamp_malformed;
    if (for_time && answer.date >= 0 && !answer.has_age)
        // Modulo 2^64, because the user's clock may return any number and signed overflow is undefined.
        e.clock_ahead_s = static_cast<std::int64_t>(static_cast<std::uint64_t>(signed_utc_s) -
                                                    static_cast<std::uint64_t>(answer.date));
}

} // namespace detail

/// Bytes that must be free for the answer after the request is built. With fewer, the request is not sent: the operation
/// would run, and the caller could not read the outcome. A success of RestartCaster takes about 60 bytes, a refusal about
/// 500.
inline constexpr std::size_t least_for_answer = 512;

namespace detail {

// Out of line in small builds, so that these locals are not on the stack while signing.
template <class Made>
RESTARTCASTER_ONCE constexpr void refuse_without_room(Made& made) noexcept {
    std::size_t const needed = made->storage_used + least_for_answer;
    made = unexpected(failure{.code = errc::storage_too_small, .subject = "answer"sv, .detail = needed});
}

// make_request() for a request that is sent immediately, with the check for least_for_answer.
template <callable_operation Operation, class Scheme, class Options>
[[nodiscard]] constexpr result<request> make_call(Operation const& op, signing_key<Scheme> const& key,
                                                  stamp const& when, std::span<char> to,
                                                  Options const& options) noexcept {
    auto made = Scheme::make_request(query_of<Options>(op), key, when, to, options);
    if (made && to.size() - made->storage_used < least_for_answer) refuse_without_room(made);
    return made;
}

// failed_here, failed_there and exchanged run after signing, and are out of line in small builds for the same reason.
template <class Operation, class Scheme>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
failed_here(failure const& cause, signing_key<Scheme> const& key, Operation const& op) noexcept {
    return {failed_by{}, [&] {
                error e = local_error(cause, key.valid());
                name_operation(e, op);
                return e;
            }};
}
template <class Operation, class Failure>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
failed_there(Failure const& cause, Operation const& op) noexcept {
    return {failed_by{}, [&] {
                error e = transport_error(cause);
                name_operation(e, op);
                return e;
            }};
}
template <callable_operation Operation, class Response>
[[nodiscard]] constexpr result<typename Operation::reply, error>
read_answer_to(request const& out, Operation const& op, stamp const& when, Response const& in) noexcept {
    auto reply = read_reply(in, op);
    if (!reply) {
        tell_clock(reply.error(), in, when.utc_seconds);
        name_operation(reply.error(), op);
        reply.error().sent = request_bytes(out);
    }
    return reply;
}
// `auto const& to`, because subspan() of a non-dependent span is instantiated in every file that includes this header.
template <callable_operation Operation, class Transport>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
exchanged(Transport& over, request const& out, auto const& to, Operation const& op, stamp const& when) noexcept {
    auto const in = over.exchange(out, to.subspan(out.storage_used));
    if (!in) return failed_there(in.error(), op);
    return read_answer_to(out, op, when, *in);
}

template <class Transport, callable_operation Operation, class Scheme, class Options>
[[nodiscard]] constexpr result<typename Operation::reply, error>
call_with(Transport& over, Operation const& op, signing_key<Scheme> const& key, stamp const& when, std::span<char> to,
          Options const& options) noexcept {
    using bare = std::remove_const_t<Transport>;
    static_assert(has_exchange<bare>,
                  "restartcaster: a transport needs `result<response> exchange(request const&, std::span<char>)`");
    static_assert(!has_exchange<bare> || exchange_is_noexcept<bare>,
                  "restartcaster: a transport's exchange() must be noexcept; report failures as results");
    if constexpr (transport<bare>) {
        auto const out = make_call(op, key, when, to, options);
        if (!out) return failed_here(out.error(), key, op);
        return exchanged(over, *out, to, op, when);
    } else {
        return failed_there(failure{}, op);
    }
}

} // namespace detail

/// Signs a request, sends it once and reads the answer. Never retries.
/// Storage: the request is built at the start of `to`, and the answer is received after it; reply and error point into
///   `to`. 2048 bytes are enough for RestartCaster with a permanent key.
/// Errors: kind local: every failure of make_request, and storage_too_small with the subject "answer" (see
///   least_for_answer). Kinds not_sent and no_answer: failures of the transport. Kinds unreadable and refused: failures
///   of read_reply.
template <class Transport, callable_operation Operation, class Scheme>
[[nodiscard]] constexpr result<typename Operation::reply, error>
call(Transport&& over, Operation const& op, signing_key<Scheme> const& key, stamp const& when,
     room to RESTARTCASTER_LIFETIMEBOUND, request_options const& options) noexcept {
    return detail::call_with(over, op, key, when, to.span(), options);
}
/// The same with default options as compile-time constants: less code in a firmware image.
// Options is a template parameter, so that an unused function costs no compile time.
template <class Transport, callable_operation Operation, class Scheme, class Options = detail::default_options<>>
[[nodiscard]] constexpr result<typename Operation::reply, error>
call(Transport&& over, Operation const& op, signing_key<Scheme> const& key, stamp const& when,
     room to RESTARTCASTER_LIFETIMEBOUND) noexcept {
    return detail::call_with(over, op, key, when, to.span(), Options{});
}

}} // namespace restartcaster

#endif

// ---- restartcaster/client/call_error.hpp
// The failure of a call that may have taken several attempts.
// Source: docs/design.md, "Calls over time".
// Data flow: the call machine makes it from the error of the last attempt; a program acts on it, describe() prints it.
#ifndef RESTARTCASTER_CLIENT_CALL_ERROR_HPP
#define RESTARTCASTER_CLIENT_CALL_ERROR_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The error of a whole call. It is the error of the last attempt, with two exceptions. `ran` and `what_to_do` hold for
/// the whole call: after an attempt that may have run, the call may have run. And if the last attempt was not sent after
/// an earlier attempt that may have run, then kind, code, http_status and cause are those of the earlier attempt, so that
/// kind local or not_sent always means that the call did not run.
/// Storage: as for error; the texts point into the storage of the call. Texts of an earlier attempt are empty, because a
///   later attempt may have overwritten them.
struct call_error : error {
    /// The number of requests given to the transport.
    std::uint16_t attempts = 0;
    /// Milliseconds spent waiting between attempts and for a turn of the pacing; time in exchanges is not included.
    std::uint32_t waited_ms = 0;
    /// Whether the last attempt was not sent, for the reason `last_cause`, after an earlier attempt that may have run.
    bool last_stayed_here = false;
    /// Whether the clock was not corrected because the Date field came over plain HTTP; see believed_dates.
    bool skew_wants_https = false;
    /// The reason of last_stayed_here; empty otherwise.
    failure last_cause = {};
};

/// Appends the error in words, as for one attempt, and then the attempts of the call: "(3 attempts, 1200 ms of waiting)".
template <byte_sink Sink>
constexpr void describe(Sink& sink, call_error const& e) noexcept {
    describe(sink, static_cast<error const&>(e));
    if (e.last_stayed_here) {
        detail::append_to(sink, " The last attempt was not sent: "sv);
        describe(sink, e.last_cause);
        detail::append_to(sink, "."sv);
    }
    if (e.skew_wants_https)
        detail::append_to(sink, " The clock was not corrected: the service's Date is not believed over plain HTTP."sv);
    if (e.attempts < 2 && e.waited_ms == 0) return;
    detail::append_to(sink, " ("sv);
    detail::append_number(sink, e.attempts);
    detail::append_to(sink, e.attempts == 1 ? " attempt, "sv : " attempts, "sv);
    detail::append_number(sink, e.waited_ms);
    detail::append_to(sink, " ms of waiting)"sv);
}

}} // namespace restartcaster

#endif

// ---- restartcaster/client/moment.hpp
// The current time: one reading of the user's two clocks.
// Source: docs/design.md, "Calls over time".
// Data flow: the user reads both clocks before and after every exchange; the call machine takes the moment.
#ifndef RESTARTCASTER_CLIENT_MOMENT_HPP
#define RESTARTCASTER_CLIENT_MOMENT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// One reading of both clocks. The library outside the hosted floor never reads a clock itself.
struct moment {
    /// UTC seconds since 1970; 0 on a device without a clock. Used in the signature only, never to measure time, because
    /// the UTC clock may jump.
    std::int64_t utc_seconds;
    /// Milliseconds since a fixed moment, such as the start of the machine; never decreases. Measures every wait and every
    /// deadline. A 32-bit counter wraps every 49.7 days: count its wraps in the upper 32 bits.
    std::uint64_t monotonic_ms;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/client/shared_word.hpp
// A number that threads share without a lock, as wide as the instructions of the target allow.
// Source: GCC manual, "Built-in Functions for Memory Model Aware Atomic Operations"; the predefined macros
//   __GCC_ATOMIC_LLONG_LOCK_FREE and __GCC_ATOMIC_INT_LOCK_FREE.
// Data flow: clock_skew and pacing keep their state in shared words.
#ifndef RESTARTCASTER_CLIENT_SHARED_WORD_HPP
#define RESTARTCASTER_CLIENT_SHARED_WORD_HPP

#if !RESTARTCASTER_GNU
#include <atomic>
#endif

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// 64 bits where a 64-bit compare-and-swap is one instruction: x86 from the Pentium on, Armv7-A, all 64-bit machines.
// Elsewhere 32 bits: on a Cortex-M, 64 bits would call libatomic, which firmware lacks and which takes a lock; 32 bits
// are one instruction from the Cortex-M3 on. A Cortex-M0, and a RISC-V core without the A extension, have loads and
// stores only and no compare-and-swap: there, one thread uses an object, or the user guards it by a critical section.
// Compilers other than gcc and clang use std::atomic, whose header is large; it takes a lock where there is no
// instruction.
#if (defined(__GCC_ATOMIC_LLONG_LOCK_FREE) && __GCC_ATOMIC_LLONG_LOCK_FREE == 2) ||                                    \
    (defined(ATOMIC_LLONG_LOCK_FREE) && ATOMIC_LLONG_LOCK_FREE == 2)
using lock_free_word = std::uint64_t;
#else
using lock_free_word = std::uint32_t;
#endif

/// Stores release and loads acquire: a thread that loads a value also sees everything that was stored before it. Of two
/// words, the one loaded first is never newer than the other.
template <class T>
class shared_word {
public:
    constexpr shared_word() noexcept = default;
    constexpr explicit shared_word(T value) noexcept : value_(value) {}
    shared_word(shared_word const&) = delete;
    shared_word& operator=(shared_word const&) = delete;

#if RESTARTCASTER_GNU
    [[nodiscard]] T load() const noexcept { return __atomic_load_n(&value_, __ATOMIC_ACQUIRE); }
    void store(T to) noexcept { __atomic_store_n(&value_, to, __ATOMIC_RELEASE); }

    /// Stores `to` if the value is still `seen`; otherwise loads the value into `seen`. May fail without a reason.
    [[nodiscard]] bool replace(T& seen, T to) noexcept {
#if defined(__GCC_ATOMIC_INT_LOCK_FREE) && __GCC_ATOMIC_INT_LOCK_FREE == 2
        return __atomic_compare_exchange_n(&value_, &seen, to, true, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
#else
        static_cast<void>(seen);
        store(to);
        return true;
#endif
    }

private:
    alignas(sizeof(T)) T value_ = 0;
#else
    [[nodiscard]] T load() const noexcept { return value_.load(std::memory_order_acquire); }
    void store(T to) noexcept { value_.store(to, std::memory_order_release); }
    [[nodiscard]] bool replace(T& seen, T to) noexcept {
        return value_.compare_exchange_weak(seen, to, std::memory_order_acq_rel, std::memory_order_acquire);
    }

private:
    std::atomic<T> value_ = 0;
#endif
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/client/clock_skew.hpp
// Corrects the time of a device whose clock is wrong, with the Date of the service's answers.
// Source: RFC 9110 section 6.6.1 (Date), RFC 9111 section 5.1 (Age); RFC 5905 section 8 (midpoint of a round
//   trip); protocol "Timestamp" (15 minutes either way).
// Data flow: a refusal of the timestamp and the moments before and after it in, the time to sign with out.
#ifndef RESTARTCASTER_CLIENT_CLOCK_SKEW_HPP
#define RESTARTCASTER_CLIENT_CLOCK_SKEW_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Over which scheme a Date is believed. An attacker who forges answers over plain HTTP, even on loopback, chooses the
/// timestamp of the next request, and can keep that request and send it when the timestamp is current.
enum class believed_dates : std::uint8_t { https_only, plain_http_too };

/// The limits for believing the Date of an answer.
struct clock_skew_options {
    /// Milliseconds. After a longer exchange the Date is not believed: its error may be half of the exchange time.
    std::uint32_t longest_round_trip_ms = 10'000;
    /// Over which scheme a Date is believed.
    believed_dates dates = believed_dates::https_only;
};

/// The difference between the device's clock and the service's clock. It is unknown until the service refuses a request
/// for its timestamp. From then on, the time is the Date of that answer plus the monotonic time since; the device's UTC
/// clock is no longer used.
/// All calls of a machine may share one object by reference, from any thread and without a lock: the state is one 32-bit
/// number, and a second one that detects a Date that does not advance. A reader sees the old or the new difference, and
/// both were true. To switch the correction off, give the call no clock_skew.
class clock_skew {
public:
    /// UTC seconds of 2026-11-22, when this version was written: an earlier Date comes from a broken clock.
    static constexpr std::int64_t earliest = 1'795'305'600;
    /// 34 years later, in UTC seconds: a later Date comes from a broken clock.
    static constexpr std::int64_t latest = earliest + (std::int64_t{1} << 30);
    /// Two years, in seconds. A device clock at or after `earliest` was set, and a Date that differs from it by more than
    /// this is not believed. A device clock before `earliest` was never set, and every Date from `earliest` to `latest`
    /// may correct it.
    static constexpr std::int64_t farthest_s = 2 * 365 * 86'400;

    /// Starts with an unknown difference.
    constexpr explicit clock_skew(clock_skew_options const& options = {}) noexcept : options_(options) {}

    /// The UTC seconds to sign with: corrected if the difference is known, otherwise now.utc_seconds.
    [[nodiscard]] std::int64_t utc_seconds(moment const& now) const noexcept {
        std::uint32_t const base = base_.load();
        if (base == unknown) return now.utc_seconds;
        // The sum is known modulo 2^32 s (136 years). The result lies in the 136 years from one day before `earliest`,
        // because `now` may be older than the learned Date.
        constexpr std::int64_t first = earliest - 86'400;
        std::uint32_t const utc = base + whole_seconds(now.monotonic_ms);
        return first + static_cast<std::int64_t>(utc - static_cast<std::uint32_t>(first));
    }

    /// Whether the difference is known.
    [[nodiscard]] bool known() const noexcept { return base_.load() != unknown; }

    /// Whether a Date that came over this scheme may be believed.
    [[nodiscard]] bool believes(url_scheme over) const noexcept {
        return detail::is_https(over) || options_.dates == believed_dates::plain_http_too;
    }

    /// Learns the difference from an answer that refused a request for its timestamp. `own_utc_seconds` is the time of
    /// the device's own clock; 0 without a clock. Returns whether the Date was believed.
    /// A Date is not believed when it is missing, comes from a cache (Age), came after a slow exchange, is before
    /// `earliest` or after `latest`, differs by more than `farthest_s` from a device clock that was set, came over plain
    /// HTTP (unless allowed), or repeats the last Date although time has passed.
    bool learn(response const& from, std::uint64_t sent_ms, std::uint64_t received_ms, url_scheme over,
               std::int64_t own_utc_seconds = 0) noexcept {
        if (from.date == utc_time::none || from.has_age || from.date < earliest || from.date > latest) return false;
        if (own_utc_seconds >= earliest &&
            (own_utc_seconds > from.date + farthest_s || own_utc_seconds < from.date - farthest_s))
            return false;
        if (!believes(over)) return false;
        // Unsigned: with a clock that went back, the difference wraps and exceeds every limit.
        if (received_ms - sent_ms > options_.longest_round_trip_ms) return false;
        // The service wrote the Date between the two moments; taking the midpoint halves the largest possible error.
        std::uint32_t const middle = whole_seconds(sent_ms + (received_ms - sent_ms) / 2);
        auto const date = static_cast<std::uint32_t>(from.date);
        std::uint32_t base = date - middle;
        if (base == unknown) ++base; // 0 means unknown: an error of 1 s instead
        std::uint32_t const before = base_.load();
        if (before != unknown && last_date_.load() == date && before - base + 2 > 4) return false;
        last_date_.store(date);
        base_.store(base);
        return true;
    }

private:
    static constexpr std::uint32_t unknown = 0;

    // Modulo 2^32 s, which is 136 years of uptime.
    static constexpr std::uint32_t whole_seconds(std::uint64_t milliseconds) noexcept {
        return static_cast<std::uint32_t>(milliseconds / 1000);
    }

    clock_skew_options options_;
    // UTC seconds at the moment 0 of the monotonic clock, modulo 2^32.
    detail::shared_word<std::uint32_t> base_;
    detail::shared_word<std::uint32_t> last_date_;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/client/last_stamp.hpp
// The stamp of the last attempt of a call, kept to rebuild its string to sign.
// Source: docs/design.md, "Why a signature was refused".
// Data flow: the call machine and the client keep it; why_not_matched() reads it.
#ifndef RESTARTCASTER_CLIENT_LAST_STAMP_HPP
#define RESTARTCASTER_CLIENT_LAST_STAMP_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

struct explanation; // defined in explain/explanation.hpp

namespace detail {

/// A time and a nonce of 36 bytes.
class kept_stamp {
public:
    constexpr kept_stamp() noexcept = default;
    constexpr explicit kept_stamp(stamp const& when) noexcept : utc_seconds_(when.utc_seconds) {
        size_ = static_cast<std::uint8_t>(when.nonce.size() < sizeof nonce_ ? when.nonce.size() : sizeof nonce_);
        copy_bytes(nonce_, when.nonce.data(), size_);
    }
    [[nodiscard]] constexpr std::int64_t utc_seconds() const noexcept { return utc_seconds_; }
    /// Storage: the nonce points into this object.
    [[nodiscard]] constexpr stamp view() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return {.utc_seconds = utc_seconds_, .nonce = text_at(nonce_, size_)};
    }

private:
    std::int64_t utc_seconds_ = 0;
    char nonce_[36]{};
    std::uint8_t size_ = 0;
};

} // namespace detail

}} // namespace restartcaster

#endif

// ---- restartcaster/client/nonce_source.hpp
// The concept of a source of nonces.
// Source: protocol "SignatureNonce".
// Data flow: rc::random_nonce, a nonce_generator, a device_nonce or a lambda in; one nonce per signature out.
#ifndef RESTARTCASTER_CLIENT_NONCE_SOURCE_HPP
#define RESTARTCASTER_CLIENT_NONCE_SOURCE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Anything that can be called without arguments, returns a result<nonce> and does not throw. It is called once before
/// every signature. The jitter of back-offs is derived from nonces already used, so that no other entropy is needed.
template <class T>
concept nonce_source = requires(T& source) {
    { source() } -> std::same_as<result<nonce>>;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/client/pace.hpp
// The interface of a shared budget of calls: two functions, for every way to keep the count.
// Source: docs/design.md, "Pacing"; the vendor's table of limits (per account, its RAM users included).
// Data flow: pace_ref refers to a pacing object of this process, or to one that asks a server for several processes.
#ifndef RESTARTCASTER_CLIENT_PACE_HPP
#define RESTARTCASTER_CLIENT_PACE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A return value of reserve() that always means: no turn was taken.
inline constexpr std::uint32_t no_turn = 0xFFFFFFFF;

/// Anything with these two functions, both noexcept and callable from every thread that makes calls. A turn is a moment
/// from which on one call may be sent.
///
/// `std::uint32_t reserve(std::uint64_t now_ms, std::uint32_t most_ms)` takes the next free turn if it is at most
/// `most_ms` milliseconds ahead, and returns how many milliseconds ahead it is. A return value above `most_ms`, such as
/// no_turn, means that no turn was taken: a call that cannot wait that long must not use up a turn of the others. If a
/// server keeps the count, reserve() returns in bounded time even when the server cannot be reached.
///
/// `void throttled(std::uint64_t now_ms, std::uint32_t wait_ms)` reports that the service throttled a call, and the
/// milliseconds that the service asks to wait; 0 if it named no time.
template <class T>
concept pace_keeper = requires(T& keeper, std::uint64_t now_ms, std::uint32_t ms) {
    { keeper.reserve(now_ms, ms) } noexcept -> std::same_as<std::uint32_t>;
    { keeper.throttled(now_ms, ms) } noexcept;
};

/// A reference to a pace_keeper of any type. By default it refers to none, and calls do not wait.
/// Storage: a pointer to the keeper, which must outlive the reference, and two function pointers.
class pace_ref {
public:
    constexpr pace_ref() noexcept = default;
    /// Refers to `keeper`.
    template <pace_keeper Keeper>
    constexpr pace_ref(Keeper& keeper RESTARTCASTER_LIFETIMEBOUND) noexcept
        : keeper_(&keeper),
          reserve_([](void* at, std::uint64_t now_ms, std::uint32_t most_ms) noexcept {
              return static_cast<Keeper*>(at)->reserve(now_ms, most_ms);
          }),
          throttled_([](void* at, std::uint64_t now_ms, std::uint32_t wait_ms) noexcept {
              static_cast<Keeper*>(at)->throttled(now_ms, wait_ms);
          }) {}

    /// Calls reserve() of the keeper; without a keeper the result is 0.
    [[nodiscard]] std::uint32_t reserve(std::uint64_t now_ms, std::uint64_t most_ms) const noexcept {
        return keeper_ == nullptr ? 0 : reserve_(keeper_, now_ms, at_most(most_ms, no_turn - 1));
    }
    /// Calls throttled() of the keeper, if there is one.
    void throttled(std::uint64_t now_ms, std::uint64_t wait_ms) const noexcept {
        if (keeper_ != nullptr) throttled_(keeper_, now_ms, at_most(wait_ms, 0xFFFFFFFF));
    }

private:
    static constexpr std::uint32_t at_most(std::uint64_t ms, std::uint32_t most_ms) noexcept {
        return ms > most_ms ? most_ms : static_cast<std::uint32_t>(ms);
    }

    void* keeper_ = nullptr;
    std::uint32_t (*reserve_)(void*, std::uint64_t, std::uint32_t) noexcept = nullptr;
    void (*throttled_)(void*, std::uint64_t, std::uint32_t) noexcept = nullptr;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/client/retry.hpp
// The retry rules: which attempt is repeated, how, and after what wait. Pure functions without clock and state.
// Source: protocol "Retries in the SDKs" and "Throttling headers"; docs/design.md, "Calls over time";
//   full jitter: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
// Data flow: the error of an attempt in, a decision out; the call machine acts on the decision.
#ifndef RESTARTCASTER_CLIENT_RETRY_HPP
#define RESTARTCASTER_CLIENT_RETRY_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What to do after an attempt that may have run. Under every policy, an attempt that certainly did not run and may
/// succeed later (refused by the throttle or for its timestamp, or not sent) is repeated with a new nonce.
enum class retry_policy : std::uint8_t {
    /// What the description of the operation allows (operation::repeat): `idempotent` for an operation that may be repeated
    /// and for one with a ClientToken, otherwise `certain`.
    by_operation,
    /// Nothing: the call ends with `maybe`. A second restart of a studio is worse than a manual check.
    certain,
    /// Send the same signed bytes again: the service's check of the nonce prevents that a second copy runs. The call ends
    /// with a success or with `maybe`, never with `no`.
    at_most_once,
    /// Send a new request; the operation may run more than once. For idempotent operations, such as queries.
    idempotent,
};

/// The limits of a call in addition to its deadline.
struct retry_options {
    /// What to do after an attempt that may have run.
    retry_policy policy = retry_policy::by_operation;
    /// The largest number of requests. 1: no retry. 0: nothing is sent.
    std::uint16_t attempts = 5;
    /// Milliseconds. The first back-off is a random time up to back_off_ms; the bound doubles with each attempt, up to
    /// longest_back_off_ms. A wait that the service names replaces the back-off.
    std::uint32_t back_off_ms = 400;
    std::uint32_t longest_back_off_ms = 20'000;
};

/// How a call goes on after a failed attempt.
enum class next_attempt : std::uint8_t {
    /// No further attempt.
    none,
    /// A request with a new nonce, time and signature.
    signed_again,
    /// The same signed bytes again.
    same_bytes,
};

/// The largest age of signed bytes that are sent again.
/// Units: milliseconds. The service accepts timestamps within 15 minutes of its own clock; 1 minute is reserved for the
/// network and for the error of the clock.
inline constexpr std::uint32_t same_bytes_for_ms = 14 * 60 * 1000;

namespace detail {

// Whether an operation has a ClientToken to recognise copies by.
template <class Operation, class... Described>
[[nodiscard]] constexpr bool has_client_token(Operation const& op, parameters<Described...>) noexcept {
    bool found = false;
    [[maybe_unused]] auto const look = [&found](std::string_view name, auto const& value) {
        if constexpr (is_text<std::remove_cvref_t<decltype(value)>>) found = found || (name == "ClientToken"sv && !value.empty());
    };
    (look(Described::name, Described::value(op)), ...);
    return found;
}
template <class Operation>
[[nodiscard]] constexpr bool has_client_token(Operation const& op) noexcept {
    if constexpr (std::same_as<Operation, action>) {
        for (std::size_t i = 0; i != op.parameters.size(); ++i)
            if (op.parameters[i].compare_name("ClientToken"sv) == 0) return !op.parameters[i].value().empty();
        return false;
    } else {
        return has_client_token(op, Operation::parameters);
    }
}

template <class Error, class Code>
[[nodiscard]] constexpr bool refused_as(Error const& e, Code code) noexcept {
    return e.ran == executed::no && e.code == code;
}

} // namespace detail

/// Whether the service refused the request for its timestamp.
template <std::derived_from<error> Error>
[[nodiscard]] constexpr bool refused_for_time(Error const& e) noexcept {
    return detail::refused_as(e, service_code::timestamp_expired) ||
           detail::refused_as(e, service_code::timestamp_malformed);
}

/// Whether the throttle refused the request, so that it did not run. The code or x-acs-retry-after shows this, never the
/// HTTP status, for which the vendor's documents and clients name 400, 429 and 503.
template <std::derived_from<error> Error>
[[nodiscard]] constexpr bool throttled(Error const& e) noexcept {
    return detail::refused_as(e, service_code::throttling);
}

/// The policy for calls of one operation: `chosen`, or for by_operation the policy that `op` allows.
template <class Operation>
[[nodiscard]] constexpr retry_policy policy_for(Operation const& op, retry_policy chosen) noexcept {
    if (chosen != retry_policy::by_operation) return chosen;
    repeatable repeat = repeatable::no;
    if constexpr (requires { op.repeat; })
        repeat = op.repeat;
    else
        repeat = Operation::description.repeat;
    bool const idempotent =
        repeat == repeatable::yes || (repeat == repeatable::with_client_token && detail::has_client_token(op));
    return idempotent ? retry_policy::idempotent : retry_policy::certain;
}

/// Applies the retry rules to the error of an attempt. `unsure`: an earlier attempt of the same call may have run.
template <std::derived_from<error> Error>
[[nodiscard]] constexpr next_attempt attempt_after(Error const& e, bool unsure, retry_policy policy) noexcept {
    // SignatureNonceUsed means that a copy of this request arrived before, even in the first attempt: HTTP libraries
    // resend over a new connection when a kept connection was closed. A new signature would run the operation a second
    // time, so there is no retry.
    if (e.code == service_code::signature_nonce_used) return next_attempt::none;

    // Other refusals of the service (a studio's state, a permission, a wrong parameter) and failures before sending would
    // only repeat themselves.
    bool const for_time = refused_for_time(e);
    bool const passing = throttled(e) || for_time || e.kind == error_kind::not_sent || e.ran == executed::maybe;
    if (!passing) return next_attempt::none;

    // The service checks throttle and timestamp before the operation, and a request that was not sent never arrived. If
    // no earlier attempt may have run, then nothing has run, and a new request is safe.
    if (!unsure && e.ran == executed::no) return next_attempt::signed_again;

    switch (policy) { // unreached: every_case
    case retry_policy::by_operation: // call_machine replaces it before
    case retry_policy::certain: break;
    case retry_policy::at_most_once:
        // Only the same nonce protects against a second run, also after a throttled copy of a request that may have run.
        // A request whose timestamp became too old is not repeated.
        return for_time ? next_attempt::none : next_attempt::same_bytes;
    case retry_policy::idempotent: return next_attempt::signed_again;
    }
    return next_attempt::none;
}

namespace detail {

/// A 32-bit hash of a text, every bit of which depends on the whole text: FNV-1a with the final mix of MurmurHash3.
template <class Text>
[[nodiscard]] constexpr std::uint32_t mixed(Text const& text) noexcept {
    std::uint32_t sum = 0x811C9DC5;
    for (char const c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 0x01000193;
    sum = (sum ^ sum >> 16) * 0x85EBCA6B;
    sum = (sum ^ sum >> 13) * 0xC2B2AE35;
    return sum ^ sum >> 16;
}

} // namespace detail

/// The wait after attempt number `attempt` (the first is 1) if the service named no wait.
/// Full jitter: a random time from 0 to a bound that doubles with every attempt, so that clients which failed together do
/// not retry together. `random` is 32 random bits.
/// Units: milliseconds.
[[nodiscard]] constexpr std::uint32_t back_off_ms(retry_options const& options, std::uint64_t attempt,
                                                  std::uint32_t random) noexcept {
    unsigned const doublings = attempt == 0 ? 0 : attempt > 32 ? 31 : static_cast<unsigned>(attempt - 1);
    std::uint64_t bound = std::uint64_t{options.back_off_ms} << doublings;
    if (bound > options.longest_back_off_ms) bound = options.longest_back_off_ms;
    return static_cast<std::uint32_t>((bound + 1) * random >> 32);
}

}} // namespace restartcaster

#endif

// ---- restartcaster/client/step.hpp
// What the call machine asks its driver to do.
// Source: docs/design.md, "Calls over time".
// Data flow: call_machine::next() returns a step; the user's loop, coroutine or callback does what it says.
#ifndef RESTARTCASTER_CLIENT_STEP_HPP
#define RESTARTCASTER_CLIENT_STEP_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What a call waits for.
enum class waiting_for : std::uint8_t {
    /// The call does not wait.
    nothing,
    /// The answer to the request that was sent.
    answer,
    /// A turn of the pacing.
    turn,
    /// The end of the wait that the service asked for.
    service,
    /// The end of a back-off before the next attempt.
    back_off,
    /// The moment of the next look at a studio.
    studio,
};

/// What the driver has to do next.
struct step {
    /// The three things that a call can ask for.
    enum action_type : std::uint8_t {
        /// Send call_machine::request() now, and give the result of the exchange to answered().
        send,
        /// Call next() again at `until_ms` at the latest; an earlier call does no harm. With `why` answer, `until_ms` is
        /// the deadline: cancel the exchange then, and next() ends the call.
        wait,
        /// call_machine::outcome() is final.
        done,
    };
    /// What to do.
    action_type what;
    /// With wait: what the call waits for.
    waiting_for why = waiting_for::nothing;
    /// With wait: the moment in milliseconds of the monotonic clock.
    std::uint64_t until_ms = 0;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/client/call_machine.hpp
// One call with all its attempts, as a state machine that does no I/O, reads no clock and does not block.
// Source: docs/design.md, "Calls over time".
// Data flow: the user's moments and answers in; "send these bytes", "wait until" or "done with this outcome" out.
//
// How the machine works. The driver, which is the user's loop, coroutine or callbacks, calls next() and does what the
// returned step asks: send the request, wait, or take the outcome. The machine is always in one of five states:
//
//   resting    waits for the end of a back-off or of a wait that the service asked for; at first for nothing
//   has_turn   has reserved a turn of the pacing and waits for its moment
//   sent       the request is with the transport; only answered(), abandon() or the deadline leaves this state
//   answered   the answer is known to have failed; the machine has not yet decided whether to try again
//   done       outcome() is final
//
//   resting -> has_turn -> sent -> answered -> resting (next attempt)
//                            `-> done            `-> done (no next attempt)
//
// next() makes as many transitions as the given moment allows. In `answered` it applies the retry rules (retry.hpp) and
// corrects the clock. In `resting` it reserves a turn. In `has_turn` it signs the request, or keeps the signed bytes for a
// retry with the same nonce, and returns `send`. In `sent` it asks the driver to wait, and ends the call at the deadline.
// answered() reads the answer. A success ends the call at once; a failure waits for next(), which gets the moment.
// abandon() ends the call in any state.
//
// Every state can go to `done`: on a failure here, at the deadline, or by abandon(). After each transition that changes
// what is known, report() stores the outcome. While a request is out, the outcome is "it may have run", so a driver that
// stops at any point can rely on outcome().
#ifndef RESTARTCASTER_CLIENT_CALL_MACHINE_HPP
#define RESTARTCASTER_CLIENT_CALL_MACHINE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The options of a call with retries.
struct call_options {
    /// Endpoint, method and format of every request.
    request_options request = {};
    /// Which failed attempts are repeated, how often and how soon.
    retry_options retry = {};
    /// Corrects the time to sign with. Null: the user's clock is used unchanged.
    clock_skew* skew = nullptr;
    /// Limits the rate of calls; by default no limit.
    pace_ref pace = {};
};

namespace detail {

/// The moment `by_ms` milliseconds later; saturates at the largest 64-bit number.
[[nodiscard]] constexpr std::uint64_t later(std::uint64_t moment_ms, std::uint64_t by_ms) noexcept {
    constexpr std::uint64_t last = ~std::uint64_t{0};
    return by_ms > last - moment_ms ? last : moment_ms + by_ms;
}

/// Milliseconds in 32 bits; saturates at the largest 32-bit number.
[[nodiscard]] constexpr std::uint32_t in_32_bits(std::uint64_t ms) noexcept {
    constexpr std::uint32_t most = ~std::uint32_t{0};
    return ms > most ? most : static_cast<std::uint32_t>(ms);
}

} // namespace detail

/// One call that retries where a retry is safe, corrects the clock and keeps the pace. It ends with a reply, with an
/// error that a retry cannot help, or at the deadline. The user writes the driver:
///
///     for (;;) switch (auto const s = call.next(now(), nonces); s.what) {
///         case rc::step::send: call.answered(http.exchange(call.request(), call.storage())); break;
///         case rc::step::wait: sleep_until(s.until_ms); break;
///         case rc::step::done: return call.outcome();
///         }
///
/// Storage: requests are built at the start of `to`, and answers are received after them; the texts of the outcome point
///   into `to`. Key, pace, skew and the texts of the operation must outlive the machine.
/// Cost: no allocation, no clock, no lock. One thread at a time.
template <callable_operation Operation, class Scheme>
class call_machine {
public:
    /// The reply or the error of the whole call.
    using outcome_type = result<typename Operation::reply, call_error>;

    /// `deadline_ms` is a time of the monotonic clock. After it, nothing is sent and nothing is waited for.
    call_machine(Operation const& op, signing_key<Scheme> const& key RESTARTCASTER_LIFETIMEBOUND,
                 room to RESTARTCASTER_LIFETIMEBOUND, std::uint64_t deadline_ms,
                 call_options const& options = {}) noexcept
        : op_(op), key_(key), to_(to.span()), options_(options), deadline_ms_(deadline_ms) {}
    call_machine(Operation const&, signing_key<Scheme> const&&, room, std::uint64_t,
                 call_options const& = {}) = delete;
    call_machine(call_machine const&) = delete;
    call_machine& operator=(call_machine const&) = delete;

    /// Returns what the driver has to do now. Call it at the start, after answered(), and after every wait.
    template <nonce_source Nonces>
    [[nodiscard]] step next(moment const& now, Nonces&& nonces) noexcept {
        if (is(state::answered)) settle(now);
        if (is(state::sent)) {
            if (now.monotonic_ms < deadline_ms_) return {step::wait, waiting_for::answer, deadline_ms_};
            no_answer_by("deadline");
            finish(now);
        }
        if (is(state::resting)) {
            if (now.monotonic_ms < due_ms_) return {step::wait, why_, due_ms_};
            take_turn(now);
        }
        if (is(state::has_turn)) {
            if (now.monotonic_ms < due_ms_) return {step::wait, why_, due_ms_};
            prepare(now, nonces);
            if (is(state::sent)) return {step::send};
        }
        return {step::done};
    }

    /// Takes the result of the exchange that next() asked for; call next() immediately after. Ignored when no request is
    /// out, for example when the answer comes after the deadline ended the call.
    void answered(result<response> const& answer) noexcept {
        if (!is(state::sent)) return;
        state_ = state::answered;
        if (!answer) {
            answer_ = response{};
            last_ = detail::transport_error<attempt_error>(answer.error());
        } else {
            answer_ = *answer;
            auto const read = read_reply(answer_, op_);
            if (read) {
                outcome_ = *read;
                state_ = state::done;
                return;
            }
            last_ = read.error();
            last_.sent = request_bytes(request_);
        }
        if (last_.ran != executed::no) doubt_ = last_;
        unsure_ = unsure_ || last_.ran != executed::no;
        report();
    }

    /// Ends the call in any state, for example when the user cancels. The outcome stays true: a request that is out may
    /// have run.
    void abandon(moment const& now) noexcept {
        if (is(state::done)) return;
        if (is(state::sent))
            no_answer_by("abandoned");
        else if (attempts_ == 0)
            last_.cause.subject = "abandoned";
        finish(now);
    }

    /// The request to send after next() returned step::send; unchanged until the next step::send.
    [[nodiscard]] restartcaster::request const& request() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return request_;
    }
    /// The bytes for the body of the answer: the storage after the request.
    [[nodiscard]] std::span<char> storage() const noexcept { return behind(to_, request_.storage_used); }
    /// Milliseconds until the deadline: the upper limit for the transport's own time-out.
    [[nodiscard]] std::uint32_t time_left_ms(moment const& now) const noexcept {
        if (now.monotonic_ms >= deadline_ms_) return 0;
        return detail::in_32_bits(deadline_ms_ - now.monotonic_ms);
    }
    /// The reply or the error; final after next() returned step::done. Before that, the outcome if the call stopped now:
    /// while a request is out, that it may have run.
    [[nodiscard]] outcome_type const& outcome() const noexcept RESTARTCASTER_LIFETIMEBOUND { return outcome_; }
    /// Explains the refusal of the last attempt: what differs between the text that was signed and the text that the service
    /// signed. Without a refusal, the cause is not_a_mismatch.
    /// Requires: #include <restartcaster/explain/explain.hpp>.
    /// Errors: as string_to_sign, when the call cannot be signed.
    // A template, because the explanation is outside the umbrella: to include it takes as long as all the rest.
    template <class Explanation = explanation>
    [[nodiscard]] result<Explanation> why_not_matched() const noexcept {
        return explain(op_, key_, last_stamp_.view(), last_, options_.request);
    }
    /// The stamp of the last attempt; an empty nonce before the first.
    /// Storage: the nonce points into the machine.
    [[nodiscard]] stamp last_stamp() const noexcept RESTARTCASTER_LIFETIMEBOUND { return last_stamp_.view(); }
    /// Requests sent so far, and milliseconds waited so far between them.
    [[nodiscard]] std::uint16_t attempts() const noexcept { return attempts_; }
    [[nodiscard]] std::uint32_t waited_ms() const noexcept { return waited_ms_; }

private:
    // `auto`, because subspan() of a non-dependent span is instantiated in every file that includes this header.
    [[nodiscard]] static std::span<char> behind(auto const& all, std::size_t used) noexcept {
        return all.subspan(used);
    }

    // This type is `error`. It depends on Operation, so that a file without calls does not compile what uses it.
    using attempt_error = typename result<typename Operation::reply, error>::error_type;

    enum class state : std::uint8_t { resting, has_turn, sent, answered, done };

    // One function for all comparisons: for each comparison of enumerators, clang tries the built-in operators of all
    // pairs of arithmetic types.
    [[nodiscard]] bool is(state it) const noexcept { return state_ == it; }

    [[nodiscard]] std::int64_t time_to_sign(moment const& now) const noexcept {
        return options_.skew == nullptr ? now.utc_seconds : options_.skew->utc_seconds(now);
    }

    // Decides after a failed attempt: rest and try again, or end.
    void settle(moment const& now) noexcept {
        bool const slow = throttled(last_);
        bool const for_time = refused_for_time(last_);
        detail::tell_clock(last_, answer_, time_to_sign(now));
        if (slow) options_.pace.throttled(now.monotonic_ms, last_.retry_after_ms);
        bool const hopeless = for_time && !time_is_mended(now);
        auto const how = attempt_after(last_, unsure_, policy_for(op_, options_.retry.policy));
        if (how == next_attempt::none || hopeless || attempts_ >= options_.retry.attempts) return finish(now);
        std::uint64_t rest = 0;
        // For every kind of failure: a failing service may name a wait, as its throttle does.
        bool const told = last_.retry_after_ms != 0;
        if (told) {
            rest = last_.retry_after_ms;
        } else if (!for_time) {
            rest = back_off_ms(options_.retry, attempts_, jitter_);
            jitter_ = jitter_ * 0x9E3779B1 + 0x7F4A7C15; // new jitter even if the next attempt repeats the nonce
        }
        rest_until(now, detail::later(now.monotonic_ms, rest), told ? waiting_for::service : waiting_for::back_off, state::resting);
        same_bytes_ = how == next_attempt::same_bytes;
        // Does not wait when no attempt can follow the wait.
        if (due_ms_ >= deadline_ms_ || (same_bytes_ && due_ms_ - signed_ms_ > same_bytes_for_ms)) finish(now);
    }

    // Corrects the clock at most once per call: a second refusal for the timestamp has another reason than the clock.
    // Signing again helps only if the time to sign has moved: learned from this answer, learned by another call, set by
    // the user, or passed while the request was delayed.
    [[nodiscard]] bool time_is_mended(moment const& now) noexcept {
        constexpr std::int64_t worth_it_s = 60;
        if (options_.skew != nullptr) {
            static_cast<void>(options_.skew->learn(answer_, sent_ms_, now.monotonic_ms, request_.scheme,
                                                   now.utc_seconds));
            skew_wants_https_ = answer_.date != utc_time::none && !options_.skew->believes(request_.scheme);
        }
        // Modulo 2^64, because the user's clock may return any number and signed overflow is undefined.
        auto const moved = static_cast<std::int64_t>(static_cast<std::uint64_t>(time_to_sign(now)) -
                                                     static_cast<std::uint64_t>(last_stamp_.utc_seconds()));
        bool const mended = !time_mended_ && (moved >= worth_it_s || moved <= -worth_it_s);
        time_mended_ = time_mended_ || mended;
        return mended;
    }

    template <class Why>
    void rest_until(moment const& now, std::uint64_t due_ms, Why why, state in) noexcept {
        rest_began_ms_ = now.monotonic_ms;
        due_ms_ = due_ms;
        why_ = why;
        state_ = in;
    }

    void count_rest(moment const& now) noexcept {
        if (due_ms_ == 0 || now.monotonic_ms < rest_began_ms_) return;
        waited_ms_ = detail::in_32_bits(detail::later(waited_ms_, now.monotonic_ms - rest_began_ms_));
        rest_began_ms_ = now.monotonic_ms;
    }

    // After the rest: reserves the next turn of the pacing, unless the turn is after the deadline.
    void take_turn(moment const& now) noexcept {
        count_rest(now);
        if (options_.retry.attempts == 0) {
            last_.cause.subject = "attempts";
            last_.what_to_do = advice::fix_request;
            return finish(now);
        }
        std::uint32_t const left = time_left_ms(now);
        std::uint32_t const ahead = left == 0 ? 0 : options_.pace.reserve(now.monotonic_ms, left - 1);
        if (ahead >= left) {
            if (attempts_ == 0 && left != 0) last_.what_to_do = advice::wait;
            return finish(now);
        }
        rest_until(now, detail::later(now.monotonic_ms, ahead), waiting_for::turn, state::has_turn);
    }

    template <class Nonces>
    void prepare(moment const& now, Nonces& nonces) noexcept {
        count_rest(now);
        if (now.monotonic_ms >= deadline_ms_) return finish(now);
        if (same_bytes_) {
            if (now.monotonic_ms - signed_ms_ > same_bytes_for_ms) return finish(now);
        } else if (!sign(now, nonces)) {
            return finish(now);
        }
        ++attempts_;
        sent_ms_ = now.monotonic_ms;
        state_ = state::sent;
        no_answer_by("the request is out");
        report();
    }

    template <class Nonces>
    [[nodiscard]] bool sign(moment const& now, Nonces& nonces) noexcept {
        auto const fresh = nonces();
        if (!fresh) {
            last_ = detail::error_of(fresh.error(), error_kind::local, executed::no, advice::fix_machine);
            return false;
        }
        jitter_ = detail::mixed(fresh->text());
        last_stamp_ = detail::kept_stamp({.utc_seconds = time_to_sign(now), .nonce = fresh->text()});
        signed_ms_ = now.monotonic_ms;
        auto const made = detail::make_call(op_, key_, last_stamp_.view(), to_,
                                            options_.request);
        if (!made) {
            last_ = detail::local_error(made.error(), key_.valid());
            return false;
        }
        request_ = *made;
        return true;
    }

    // Sets the error of a request that was sent and has no answer.
    template <class Text>
    void no_answer_by(Text const& subject) noexcept {
        last_ = detail::transport_error<attempt_error>(failure{.code = errc::no_answer, .subject = subject});
    }

    void finish(moment const& now) noexcept {
        if (is(state::resting) || is(state::has_turn)) count_rest(now);
        report();
        state_ = state::done;
    }

    // After an attempt that may have run, the call may have run: a later refusal is about its own copy only. It does not
    // prove that no other copy runs, because the service checks some things before the nonce, an earlier copy may still
    // be on its way, and the vendor does not document how long nonces are remembered.
    // A program may look at the kind alone. So if the last attempt was not sent, the kind is that of the attempt that may
    // have run.
    void report() noexcept {
        call_error e{last_, attempts_, waited_ms_};
        if (unsure_ && last_.ran == executed::no) {
            switch (last_.kind) {
            case error_kind::local:
            case error_kind::not_sent:
                e.kind = doubt_.kind;
                e.code = doubt_.code;
                e.http_status = doubt_.http_status;
                e.cause = doubt_.cause;
                e.last_stayed_here = true;
                e.last_cause = last_.cause;
                break;
            default: break;
            }
            e.ran = executed::maybe;
            e.what_to_do = advice::look_first;
        }
        e.skew_wants_https = skew_wants_https_;
        detail::name_operation(e, op_);
        outcome_ = unexpected(e);
    }

    Operation op_;
    signing_key<Scheme> const& key_;
    std::span<char> to_;
    call_options options_;
    std::uint64_t deadline_ms_;

    restartcaster::request request_ = {};
    response answer_ = {};
    detail::kept_stamp last_stamp_ = {};
    std::uint64_t signed_ms_ = 0;
    std::uint64_t sent_ms_ = 0;
    std::uint64_t due_ms_ = 0;
    std::uint64_t rest_began_ms_ = 0;
    std::uint32_t waited_ms_ = 0;
    std::uint32_t jitter_ = 0;
    std::uint16_t attempts_ = 0;
    state state_ = state::resting;
    waiting_for why_ = waiting_for::nothing;
    bool same_bytes_ = false;
    // Whether an attempt may have run.
    bool unsure_ = false;
    bool time_mended_ = false;
    bool skew_wants_https_ = false;
    // The error of the last attempt; before the first attempt, the error if there will be none.
    attempt_error last_ = {.kind = error_kind::not_sent,
                   .what_to_do = advice::try_again,
                   .cause = {.code = errc::not_sent, .subject = "deadline"}};
    // The error of the last attempt that may have run.
    attempt_error doubt_ = {};
    outcome_type outcome_ = unexpected(call_error{last_});
};

}} // namespace restartcaster

#endif

// ---- restartcaster/client/client.hpp
// The blocking client: a loop over the call machine, with the user's clock and transport.
// Source: docs/design.md, "Calls over time".
// Data flow: an operation in; the machine's steps carried out with the user's transport and clock; the outcome out.
#ifndef RESTARTCASTER_CLIENT_CLIENT_HPP
#define RESTARTCASTER_CLIENT_CLIENT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Anything with `std::int64_t utc_seconds()`, `std::uint64_t monotonic_ms()` and `void sleep_ms(std::uint32_t)`,
/// all noexcept: the two clocks of a moment, and a sleep that may end early and must not last much longer. monotonic_ms()
/// has at least 64 bits: a 32-bit counter wraps after 49.7 days, and a call would then wait for weeks.
template <class T>
concept waiting_clock = requires(T& clock, std::uint32_t ms) {
    { clock.utc_seconds() } noexcept -> std::convertible_to<std::int64_t>;
    { clock.monotonic_ms() } noexcept -> std::convertible_to<std::uint64_t>;
    { clock.sleep_ms(ms) } noexcept;
    requires sizeof(clock.monotonic_ms()) >= sizeof(std::uint64_t);
};

/// The options of a client.
struct client_options {
    /// The options of every call.
    call_options call = {};
    /// The longest time of one call in milliseconds, waits included.
    std::uint64_t time_limit_ms = 30'000;
};

/// Makes calls one after the other, and sleeps where a call has to wait.
/// A transport with `void time_left_ms(std::uint32_t) noexcept` gets the milliseconds until the deadline before every
/// exchange. Without this function, only the transport's own time-outs limit an exchange.
/// Storage: holds references to all constructor arguments, which must outlive the client. Clients of several threads may
///   share key, skew, pace, clock and nonces if those are thread-safe; a client belongs to one thread at a time.
/// Cost: no allocation.
template <transport Transport, waiting_clock Clock, nonce_source Nonces, class Scheme>
class client {
public:
    /// Keeps references to the arguments and a copy of the options.
    client(Transport& over RESTARTCASTER_LIFETIMEBOUND, Clock& clock RESTARTCASTER_LIFETIMEBOUND,
           Nonces& nonces RESTARTCASTER_LIFETIMEBOUND, signing_key<Scheme> const& key RESTARTCASTER_LIFETIMEBOUND,
           client_options const& options = {}) noexcept
        : over_(over), clock_(clock), nonces_(nonces), key_(key), options_(options) {}
    client(Transport&, Clock&, Nonces&, signing_key<Scheme> const&&, client_options const& = {}) = delete;

    /// Makes a call within the client's time limit.
    /// Storage: requests and answers are in `to`; the texts of reply and error point into `to`.
    template <callable_operation Operation>
    [[nodiscard]] result<typename Operation::reply, call_error> call(Operation const& op,
                                                                     room to RESTARTCASTER_LIFETIMEBOUND) noexcept {
        return call_until(deadline_ms(), op, to);
    }

    /// Makes a call that ends at `deadline_ms` of the monotonic clock at the latest.
    /// Storage: as for call().
    template <callable_operation Operation>
    [[nodiscard]] result<typename Operation::reply, call_error>
    call_until(std::uint64_t deadline_ms, Operation const& op, room to RESTARTCASTER_LIFETIMEBOUND) noexcept {
        call_machine machine(op, key_, to, deadline_ms, options_.call);
        while (true) {
            moment const now = this->now();
            step const next = machine.next(now, nonces_);
            switch (next.what) { // unreached: every_case
            case step::send:
                if constexpr (requires { over_.time_left_ms(std::uint32_t{}); })
                    over_.time_left_ms(machine.time_left_ms(now));
                machine.answered(over_.exchange(machine.request(), machine.storage()));
                break;
            // Reads the clock again: a pace_keeper that asks a server takes time inside next().
            case step::wait: clock_.sleep_ms(milliseconds_until(next.until_ms)); break;
            case step::done: last_stamp_ = detail::kept_stamp(machine.last_stamp()); return machine.outcome();
            }
        }
    }

    /// Explains the refusal of the last call of this client: what differs between the text that was signed and the text that
    /// the service signed. `op` and `refused` are the operation and the error of that call, whose storage is unchanged.
    /// Requires: #include <restartcaster/explain/explain.hpp>.
    /// Errors: as string_to_sign, when the call cannot be signed.
    template <callable_operation Operation, class Explanation = explanation>
    [[nodiscard]] result<Explanation> why_not_matched(Operation const& op, call_error const& refused) const noexcept {
        return explain(op, key_, last_stamp_.view(), refused, options_.call.request);
    }

    /// The time limit of a call that starts now, as a time of the monotonic clock.
    [[nodiscard]] std::uint64_t deadline_ms() noexcept {
        return detail::later(clock_.monotonic_ms(), options_.time_limit_ms);
    }

private:
    [[nodiscard]] moment now() const noexcept { return {clock_.utc_seconds(), clock_.monotonic_ms()}; }

    [[nodiscard]] std::uint32_t milliseconds_until(std::uint64_t then_ms) const noexcept {
        std::uint64_t const now_ms = clock_.monotonic_ms();
        std::uint64_t const left = then_ms > now_ms ? then_ms - now_ms : 0;
        constexpr std::uint32_t most = 1u << 30;
        return left > most ? most : static_cast<std::uint32_t>(left);
    }

    Transport& over_;
    Clock& clock_;
    Nonces& nonces_;
    signing_key<Scheme> const& key_;
    client_options options_;
    detail::kept_stamp last_stamp_ = {};
};

}} // namespace restartcaster

#endif

// ---- restartcaster/client/device_nonce.hpp
// Nonces for devices with weak random numbers or none.
// Source: RFC 2104 (HMAC as a pseudo-random function), RFC 9562 section 5.4; protocol "SignatureNonce".
// Data flow: HMAC, under the signing key, of a device id, a boot counter and a counter -> one nonce per call.
#ifndef RESTARTCASTER_CLIENT_DEVICE_NONCE_HPP
#define RESTARTCASTER_CLIENT_DEVICE_NONCE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What makes the nonces of a device unique.
struct device_identity {
    /// Different for every device that signs with the same key, e.g. a serial number or a MAC address.
    std::string_view device_id;
    /// A number that this device never used before: a counter in non-volatile memory, incremented and stored before the
    /// first nonce is drawn.
    std::uint64_t boot_count;
    /// Random bytes, as many as there are; none is safe too.
    std::string_view entropy = {};
};

/// A nonce_source that does not depend on entropy. Every draw hashes an input that was never hashed before, so two
/// nonces are equal only as rarely as random ones, and without the key the next nonce cannot be predicted. As long as
/// the boot counter advances, a constant random number generator and a reset at any moment do no harm.
/// The hashed input starts with a zero byte, which no string to sign does, so that a nonce is never a signature.
/// Storage: refers to the key and the texts, which must outlive the object. One thread at a time.
/// Cost: two or three compressions of the key's hash per nonce.
template <class Scheme>
class device_nonce {
public:
    /// Keeps a reference to the key and a copy of `who`.
    constexpr device_nonce(signing_key<Scheme> const& key, device_identity const& who) noexcept
        : key_(key), who_(who) {}
    device_nonce(signing_key<Scheme> const&&, device_identity const&) = delete;
    /// Deleted: a copy would draw the same nonces again.
    device_nonce(device_nonce const&) = delete;
    device_nonce& operator=(device_nonce const&) = delete;

    /// The next nonce.
    /// Errors: hash_failed, with a scheme whose hash can fail; the hashes of rpc_v1 and acs3 cannot.
    [[nodiscard]] constexpr result<nonce> operator()() noexcept {
        hmac_stream<typename Scheme::hash> mixed(key_.hmac());
        mixed.append("\0restartcaster nonce"sv);
        append_number(mixed, who_.boot_count);
        append_number(mixed, ++count_);
        append_number(mixed, who_.device_id.size());
        mixed.append(who_.device_id);
        mixed.append(who_.entropy);
        auto const digest = mixed.finish();
        if (mixed.failed()) return unexpected(failure{.code = errc::hash_failed});
        std::array<unsigned char, nonce::random_size> bytes{};
        for (std::size_t i = 0; i != bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(digest[i]);
        return nonce(bytes);
    }

private:
    template <class Stream>
    static constexpr void append_number(Stream& stream, std::uint64_t number) noexcept {
        char bytes[8]{};
        for (char& byte : bytes) {
            byte = static_cast<char>(static_cast<unsigned char>(number & 0xFF));
            number >>= 8;
        }
        stream.append(detail::text_at(bytes, sizeof bytes));
    }

    signing_key<Scheme> const& key_;
    device_identity who_;
    std::uint64_t count_ = 0;
};

}} // namespace restartcaster

#endif

// ---- restartcaster/client/pacing.hpp
// Spaces calls so that an account keeps to its limit of calls per second; without a lock.
// Source: ITU-T I.371 annex A (generic cell rate algorithm, virtual scheduling); the vendor's table of limits
//   (10 calls per second, account and operation); protocol "Throttling".
// Data flow: the call machine reserves a turn before every request and reports every throttling.
#ifndef RESTARTCASTER_CLIENT_PACING_HPP
#define RESTARTCASTER_CLIENT_PACING_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The limit of the service, which it counts over every window of one second.
struct pacing_options {
    /// Calls per second.
    std::uint32_t calls_per_second = 10;
    /// Calls that may be sent at once after a pause. A second that starts with a burst has calls_per_second + burst - 1
    /// calls: with a burst above 1, lower calls_per_second by burst - 1.
    std::uint32_t burst = 1;
};

/// The limit of one operation: its documented calls per second, or 10 if none are documented.
[[nodiscard]] constexpr pacing_options pacing_of(operation const& called) noexcept {
    return {.calls_per_second = called.calls_per_second == 0 ? std::uint32_t{10} : called.calls_per_second};
}

/// Spaces calls evenly. The service counts per account and operation: make one object for each such pair, and share it by
/// reference between all clients and threads that call with this account. Taking a turn is one compare-and-swap.
/// Calls are spaced 101 ms, not 100, so that 10 ms of network jitter cannot put 11 calls into one server window.
/// A caller that sends after its turn may still exceed the limit.
/// After a throttling, no turn is given out until the wait that the service named is over. Each throttling adds 1 s to a
/// penalty, up to 8 s, which passes with time. While s seconds of penalty remain, the spacing is 1 + s times as long.
/// The words may have 32 bits (see shared_word.hpp) and then wrap every 49.7 days; this has no effect, even after a long
/// pause.
template <class Word>
class basic_pacing {
public:
    /// The longest wait for a turn, in milliseconds; a turn further ahead is not given out.
    static constexpr std::uint32_t longest_wait_ms = 3'600'000;
    /// The longest pause after one throttling, in milliseconds, whatever the service asks for.
    static constexpr std::uint32_t longest_throttle_ms = 60'000;
    /// The longest penalty, in milliseconds.
    static constexpr std::uint32_t longest_penalty_ms = 8'000;

    /// 0 calls per second, and a burst of 0, count as 1. Unused time is saved for a burst up to 12 days.
    constexpr explicit basic_pacing(pacing_options const& options = {}) noexcept
        : spacing_ms_(spacing_of(options.calls_per_second == 0 ? 1 : options.calls_per_second)),
          credit_ms_(credit_of(options.burst == 0 ? 0 : options.burst - 1, spacing_ms_)) {}

    /// Milliseconds between two calls without throttling.
    [[nodiscard]] constexpr std::uint32_t spacing_ms() const noexcept { return spacing_ms_; }

    /// Takes the next free turn, if it is at most `most_ms` milliseconds ahead.
    /// Returns how many milliseconds ahead the turn is, or no_turn if none was taken.
    /// Cost: one compare-and-swap, repeated only if another thread changed the word at the same time.
    std::uint32_t reserve(std::uint64_t now_ms, std::uint64_t most_ms) noexcept {
        auto const now = static_cast<Word>(now_ms);
        if (most_ms > longest_wait_ms) most_ms = longest_wait_ms;
        Word free = refreshed(now_ms);
        while (true) {
            // Unused turns of the past count as credit, up to the burst.
            distance ahead = until(free, now);
            auto const credit = static_cast<distance>(credit_ms_);
            if (ahead < -credit) ahead = -credit;
            std::uint32_t const wait = ahead > 0 ? static_cast<std::uint32_t>(ahead) : 0;
            if (wait > most_ms) return no_turn;
            auto const next = now + static_cast<Word>(ahead) + spacing_at(now + wait);
            if (free_.replace(free, next)) return wait; // unreached: race
        }
    }

    /// Reports that the service throttled a call, and the milliseconds it asks to wait; 0 if it named no time.
    void throttled(std::uint64_t now_ms, std::uint64_t wait_ms) noexcept {
        auto const now = static_cast<Word>(now_ms);
        Word const over = now + static_cast<Word>(wait_ms > longest_throttle_ms ? longest_throttle_ms : wait_ms);
        Word free = refreshed(now_ms);
        while (until(free, now) < until(over, now))
            if (free_.replace(free, over)) break; // unreached: race

        Word slow = slow_until_.load();
        while (true) {
            distance penalty = until(slow, over);
            penalty = (penalty < 0 ? 0 : penalty) + 1000;
            constexpr auto most = static_cast<distance>(longest_penalty_ms);
            if (penalty > most) penalty = most;
            if (slow_until_.replace(slow, over + static_cast<Word>(penalty))) break; // unreached: race
        }
    }

private:
    using distance = std::make_signed_t<Word>;

    // Rounded up. 1010 ms, not 1000, for the 1 % of slack described above.
    static constexpr std::uint32_t spacing_of(std::uint32_t calls_per_second) noexcept {
        return 1010 / calls_per_second + (1010 % calls_per_second != 0 ? 1 : 0);
    }

    static constexpr std::uint32_t credit_of(std::uint64_t calls, std::uint64_t spacing_ms) noexcept {
        constexpr std::uint32_t most = 1u << 30;
        return calls * spacing_ms > most ? most : static_cast<std::uint32_t>(calls * spacing_ms);
    }

    // The next free turn. First moves words that were unused for hours up to `now`: the words wrap, so an old one could
    // look like a turn in the future. A word in use is less than one span ahead of `now`.
    Word refreshed(std::uint64_t now_ms) noexcept {
        constexpr unsigned span_bits = 22; // 70 minutes
        static_assert(longest_wait_ms + longest_throttle_ms + longest_penalty_ms < 1u << span_bits);
        auto const now = static_cast<Word>(now_ms);
        auto const span = static_cast<std::uint32_t>(now_ms >> span_bits & 0xFFFFFFFF);
        while (true) {
            // Loads the span last: if it is old, no thread had moved the other two when they were loaded, and replace()
            // fails if one does.
            Word free = free_.load(), slow = slow_until_.load();
            std::uint32_t before = span_.load();
            std::uint32_t const passed = span - before;
            bool const old = passed + 1 > 2; // one span back: another thread read its clock a little earlier
            if (passed == 0 || passed + 1 == 0) return free;
            if ((old || until(slow, now) < 0) && !slow_until_.replace(slow, now)) continue; // unreached: race
            if (old && !free_.replace(free, now - credit_ms_)) continue; // unreached: race
            if (span_.replace(before, span) && !old) return free; // unreached: race
        }
    }

    // Milliseconds from `now` to `moment`; negative if it has passed. The words wrap, so a moment too far ahead to be a
    // reservation has passed too.
    static constexpr distance until(Word moment, Word now) noexcept {
        constexpr distance farthest = longest_wait_ms + longest_throttle_ms;
        auto const ahead = static_cast<distance>(moment - now);
        return ahead > farthest ? -static_cast<distance>(~Word{0} >> 2) : ahead;
    }

    Word spacing_at(Word moment) const noexcept {
        distance const penalty = until(slow_until_.load(), moment);
        if (penalty <= 0) return spacing_ms_;
        return spacing_ms_ + static_cast<Word>(penalty) * spacing_ms_ / 1000;
    }

    std::uint32_t spacing_ms_;
    std::uint32_t credit_ms_;
    // The next free turn, if there is no burst.
    detail::shared_word<Word> free_;
    // Until this moment the spacing is longer, because of the penalty.
    detail::shared_word<Word> slow_until_;
    // When the two words were last in use, in spans of 2^22 ms; the initial value is far from the start of any clock.
    detail::shared_word<std::uint32_t> span_{0x8000'0000};
};
/// The pacing for programs, with the widest word that this target can share without a lock.
using pacing = basic_pacing<detail::lock_free_word>;

}} // namespace restartcaster

#endif

// ---- restartcaster/client/pages.hpp
// Walks all pages of an operation that answers in pages.
// Source: ApsaraVideo Live API 2016-11-01, "DescribeCasters" (PageNum, PageSize, Total).
// Data flow: the operation for the first page in; one reply per page out, all in one storage and before one deadline.
#ifndef RESTARTCASTER_CLIENT_PAGES_HPP
#define RESTARTCASTER_CLIENT_PAGES_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// An operation that answers in pages: it has the members page_num and page_size, and its reply has the member total, the
/// number of elements on all pages.
template <class T>
concept paged_operation = described_operation<T> && requires(T& op, typename T::reply const& reply) {
    { op.page_num = number(1) };
    { op.page_size = number(1) };
    { number(reply.total) };
};

/// All pages of an operation, one call for each:
///
///     rc::pages all(client, rc::live::describe_casters{}, room);
///     for (auto const& page : all)
///         for (auto const& studio : page.casters) show(studio);
///     if (!all.complete()) tell(all.error());
///
/// The walk starts at page_num, or at page 1 if it is absent, and asks for page_size elements, or 100 if it is absent. It ends
/// with the page that reaches the total, after an error, or when the deadline has passed. An element that is added or removed
/// while the pages are read can be missing or appear twice.
/// Storage: every page overwrites the page before it. Refers to the client, to the storage and to the texts of the operation.
/// Cost: no allocation; waits where the client waits.
template <class Client, paged_operation Operation>
class pages {
public:
    /// The reply of one page.
    using reply = typename Operation::reply;

    /// All pages have to arrive within the time limit of the client for one call.
    pages(Client& over RESTARTCASTER_LIFETIMEBOUND, Operation const& first,
          room to RESTARTCASTER_LIFETIMEBOUND) noexcept
        : pages(over, first, to, over.deadline_ms()) {}
    /// All pages have to arrive before `deadline_ms` of the client's monotonic clock.
    pages(Client& over RESTARTCASTER_LIFETIMEBOUND, Operation const& first, room to RESTARTCASTER_LIFETIMEBOUND,
          std::uint64_t deadline_ms) noexcept
        : over_(over), next_(first), to_(to), deadline_ms_(deadline_ms) {
        if (number(next_.page_num).value_or(0) < 1) next_.page_num = number(1);
        if (number(next_.page_size).value_or(0) < 1) next_.page_size = number(100);
    }
    pages(pages const&) = delete;
    pages& operator=(pages const&) = delete;

    /// Whether the last page was read. False at first, and after an error.
    [[nodiscard]] bool complete() const noexcept { return complete_; }
    /// The error that ended the walk.
    /// Requires: the walk ended and complete() is false.
    [[nodiscard]] call_error const& error() const noexcept RESTARTCASTER_LIFETIMEBOUND { return page_.error(); }

    /// The end of the walk.
    struct sentinel {};
    /// Goes from page to page.
    class iterator {
    public:
        /// Refers to the walk.
        explicit iterator(pages* walk) noexcept : walk_(walk) {}
        /// The current page.
        [[nodiscard]] reply const& operator*() const noexcept { return *walk_->page_; }
        /// Reads the next page.
        iterator& operator++() noexcept {
            walk_->advance();
            return *this;
        }
        /// Whether there is no further page.
        [[nodiscard]] bool operator==(sentinel) const noexcept { return walk_->ended_; }

    private:
        pages* walk_;
    };
    /// Reads the first page. A walk can be started once.
    [[nodiscard]] iterator begin() noexcept RESTARTCASTER_LIFETIMEBOUND {
        if (!ended_) read_page();
        return iterator(this);
    }
    /// The end of the walk.
    [[nodiscard]] sentinel end() const noexcept { return {}; }

private:
    void read_page() noexcept {
        page_ = over_.call_until(deadline_ms_, next_, to_);
        ended_ = !page_.has_value();
    }
    void advance() noexcept {
        std::int64_t const page = number(next_.page_num).value(), size = number(next_.page_size).value();
        // Division, because a product could overflow.
        std::int64_t const total = number(page_->total).value();
        complete_ = total <= 0 || page >= (total - 1) / size + 1;
        ended_ = complete_;
        if (ended_) return;
        next_.page_num = number(page + 1);
        read_page();
    }

    Client& over_;
    Operation next_;
    room to_;
    std::uint64_t deadline_ms_;
    result<reply, call_error> page_ = unexpected(call_error{});
    bool ended_ = false;
    bool complete_ = false;
};

}} // namespace restartcaster

#endif

#endif
