// SPDX-License-Identifier: MIT
// Why the service refused a signature: the explanation of a pasted answer, and both texts with their first difference.
// Source: docs/how-to/signature-does-not-match.md; cli/explain.cpp does the same for a terminal.
// Data flow: an answer, and a pasted text or the call of the form, in; an explanation, in JSON, out.
#ifndef RESTARTCASTER_WEB_EXPLAINING_HPP
#define RESTARTCASTER_WEB_EXPLAINING_HPP

#include "stages.hpp"

#include <restartcaster/encode/percent_decode.hpp>
#include <restartcaster/explain/explain.hpp>

namespace page {

/// What the page knows of a refusal.
/// Storage: views of the fields.
struct refusal {
    /// The answer, whose escapes are decoded in place, and a copy that stays as it was pasted.
    std::span<char> answer;
    std::string_view pasted;
    /// The text of another signer; empty: the call of the form is written again.
    std::string_view ours;
    /// The signature that was sent; may be empty.
    std::string_view signature;
    /// Whether the page makes time and nonce for each call, so that only the answer has those of the refused call.
    bool time_is_made = false, nonce_is_made = false;
};

/// The first code of the gateway in an answer, a message or a log.
[[nodiscard]] inline std::string_view code_in(std::string_view text) noexcept {
    constexpr std::string_view codes[] = {"SignatureDoesNotMatch",   "IncompleteSignature", "InvalidTimeStamp.Expired",
                                          "InvalidTimeStamp.Format", "IllegalTimestamp",    "SignatureNonceUsed",
                                          "InvalidAccessKeyId.NotFound", "NoPermission",    "Forbidden"};
    std::string_view found;
    std::size_t first = text.npos;
    for (std::string_view const code : codes)
        if (std::size_t const at = text.find(code); at < first) {
            first = at;
            found = code;
        }
    return found;
}

/// The value of a parameter or header in a text of the service, in `to`. Version 1.0 encodes values twice.
[[nodiscard]] inline std::string_view value_in(rc::service_text const& theirs, std::string_view parameter,
                                               std::span<char> to) noexcept {
    bool const acs3 = theirs.string_to_sign.starts_with("ACS3-"sv) || theirs.string_to_sign.empty();
    std::string_view text = acs3 ? theirs.canonical_request : theirs.string_to_sign;
    std::string_view name = parameter;
    for (auto const& [known, header] : headers_of_parameters)
        if (acs3 && known == parameter) name = header;
    std::string_view const before = acs3 ? "\n"sv : "%26"sv, between = acs3 ? ":"sv : "%3D"sv;
    for (std::size_t at = 0; (at = text.find(before, at)) != text.npos;) {
        at += before.size();
        std::string_view rest = text.substr(at);
        if (!rest.starts_with(name) || !rest.substr(name.size()).starts_with(between)) continue;
        rest.remove_prefix(name.size() + between.size());
        rest = rest.substr(0, rest.find(before));
        if (acs3) return rest;
        auto const once = rc::percent_decode(rest, to);
        if (!once) return {};
        auto const twice = rc::percent_decode(*once, to);
        return twice ? *twice : std::string_view();
    }
    return {};
}

/// The seconds of a timestamp as the service writes it, YYYY-MM-DDThh:mm:ssZ; -1 for another text.
[[nodiscard]] inline std::int64_t seconds_of(std::string_view time) noexcept {
    constexpr std::string_view pattern = "0000-00-00T00:00:00Z";
    if (time.size() != pattern.size()) return -1;
    for (std::size_t i = 0; i != pattern.size(); ++i)
        if (pattern[i] == '0' ? time[i] < '0' || time[i] > '9' : time[i] != pattern[i]) return -1;
    auto const number = [time](std::size_t from, std::size_t count) {
        std::int64_t value = 0;
        for (char const c : time.substr(from, count)) value = value * 10 + (c - '0');
        return value;
    };
    std::int64_t const month = number(5, 2);
    if (month < 1 || month > 12) return -1;
    std::int64_t const days = rc::detail::days_from_date(number(0, 4), month, number(8, 2));
    return ((days * 24 + number(11, 2)) * 60 + number(14, 2)) * 60 + number(17, 2);
}

/// Writes the text of the call again, in the service's shape. Time and nonce that the page makes are the service's.
[[nodiscard]] inline rc::result<std::string_view> rebuilt(refusal const& about, call& from,
                                                          rc::service_text const& theirs, stage_rooms& rooms) noexcept {
    char time[64];
    static char nonce[256];
    std::int64_t const seconds = seconds_of(value_in(theirs, "Timestamp"sv, time));
    std::string_view const signed_nonce = value_in(theirs, "SignatureNonce"sv, nonce);
    if (about.time_is_made && seconds >= 0) from.utc_seconds = seconds;
    if (about.nonce_is_made && !signed_nonce.empty()) from.nonce = signed_nonce;
    rc::buffer_sink text(rooms.canonical);
    if (!from.good) return rc::unexpected(from.good.error());
    rc::result<void> written;
    if (from.acs3) {
        rc::signing_key<rc::acs3> const key(from.credentials());
        bool const printed = !theirs.canonical_request.empty() || theirs.string_to_sign.empty();
        written = printed ? rc::canonical_request(text, from.operation(), key, from.stamp(), from.options())
                          : rc::string_to_sign(text, from.operation(), key, from.stamp(), from.options());
    } else {
        rc::signing_key<rc::rpc_v1> const key(from.credentials());
        written = rc::string_to_sign(text, from.operation(), key, from.stamp(), from.options());
    }
    if (!written) return rc::unexpected(written.error());
    return text.written();
}

/// Whether a byte continues a UTF-8 character.
[[nodiscard]] inline bool continues(std::string_view text, std::size_t at) noexcept {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80;
}
/// The character at `at`: an escape is one character.
[[nodiscard]] inline std::size_t character_size(std::string_view text, std::size_t at) noexcept {
    if (at >= text.size()) return 0;
    if (text.substr(at).starts_with("%25"sv) && at + 5 <= text.size()) return 5;
    if (text[at] == '%' && at + 3 <= text.size()) return 3;
    std::size_t size = 1;
    while (continues(text, at + size)) ++size;
    return size;
}
/// Writes a text as the part before the difference, the differing character, the rest of its value, and what follows.
inline void write_compared(json_writer& out, std::string_view name, std::string_view text, std::size_t at) noexcept {
    while (at != 0 && continues(text, at)) --at;
    for (std::size_t back = 1; back <= 2 && back <= at; ++back) // the difference may be inside an escape
        if (text[at - back] == '%') {
            at -= back;
            break;
        }
    std::size_t const size = character_size(text, at), from = at + size;
    std::size_t end = from < text.size() ? from : text.size();
    while (end < text.size() && text[end] != '&' && text[end] != '\n' && !text.substr(end).starts_with("%26"sv)) ++end;
    out.name(name);
    out.begin('[');
    out.value(text.substr(0, at));
    out.value(text.substr(at, size));
    out.value(text.substr(from < text.size() ? from : text.size(), end - from));
    out.value(text.substr(end));
    out.end(']');
}

inline void write_texts(json_writer& out, std::string_view ours, rc::service_text const& theirs) noexcept {
    bool const canonical = ours.find('\n') != ours.npos && !ours.starts_with("ACS3-"sv);
    if (canonical && theirs.canonical_request.empty()) return; // the service printed a hash of its text only
    std::string_view const other =
        canonical || theirs.string_to_sign.empty() ? theirs.canonical_request : theirs.string_to_sign;
    std::size_t at = 0;
    while (at < ours.size() && at < other.size() && ours[at] == other[at]) ++at;
    write_compared(out, "ours_text", ours, at);
    write_compared(out, "theirs_text", other, at);
}

inline void write_byte(json_writer& out, std::string_view name, std::int16_t byte) noexcept {
    constexpr char digits[] = "0123456789ABCDEF";
    char const text[] = {digits[byte >> 4 & 15], digits[byte & 15]};
    out.member(name, std::string_view(text, byte < 0 ? 0 : sizeof text));
}

inline void write_explanation(json_writer& out, rc::explanation const& e) noexcept {
    char room[2048];
    rc::buffer_sink sentence(room);
    rc::describe(sentence, e);
    out.member("cause", rc::name(e.cause));
    out.member("name", e.name.view());
    out.member("offset", e.offset);
    out.member("ours", e.ours.view());
    out.member("theirs", e.theirs.view());
    write_byte(out, "ours_hex", e.ours_byte);
    write_byte(out, "theirs_hex", e.theirs_byte);
    out.member("differences", e.further);
    out.member("left_out", e.left_out);
    out.member("hint", rc::hint(e));
    out.member("sentence", sentence.fits() ? sentence.written() : rc::hint(e));
}

/// Seconds by which the call's time is ahead of the field Date in the pasted answer; 0 if there is none.
[[nodiscard]] inline std::int64_t clock_ahead_s(std::string_view answer, std::int64_t ours) noexcept {
    std::size_t at = answer.find("Date: "sv);
    if (at == answer.npos) at = answer.find("date: "sv);
    if (at == answer.npos) return 0;
    std::int64_t const theirs = rc::utc_time::http_date(rc::detail::part(answer, at + 6, 29));
    return theirs == rc::utc_time::none ? 0 : ours - theirs;
}

/// Writes the explanation of a refusal, or why the text of the call cannot be written.
inline void write_refusal(json_writer& out, refusal const& about, call& from, stage_rooms& rooms) noexcept {
    out.begin('{');
    std::string_view const code = code_in(about.pasted);
    rc::service_text const theirs = rc::service_text_in(about.answer);
    bool const incomplete = code == "IncompleteSignature"sv;
    if (!theirs.found() && code != "SignatureDoesNotMatch"sv) {
        auto const known = code.empty() ? rc::service_code::other : rc::meaning_of(code, 400).code;
        std::int64_t const ahead = about.time_is_made ? 0 : clock_ahead_s(about.pasted, from.utc_seconds);
        write_explanation(out, rc::explain_refusal(known, about.pasted, from.key_id, ahead));
        out.end('}');
        return;
    }
    std::string_view ours = about.ours;
    if (ours.empty() && theirs.found()) {
        auto const text = rebuilt(about, from, theirs, rooms);
        if (!text) {
            out.name("failure");
            write_failure(out, text.error());
            out.end('}');
            return;
        }
        ours = *text;
    }
    rc::explanation why;
    why.cause = rc::mismatch::cut; // without a text of the service
    if (theirs.found()) {
        why = rc::explain(ours, theirs);
        write_texts(out, ours, theirs);
    }
    if (why.cause == rc::mismatch::secret && incomplete) {
        why.cause = rc::mismatch::value_changed;
        why.name.append("Signature"sv);
        why.signature_malformed = why.left_out = true;
    }
    if (!from.secret.empty()) rc::check_signature(why, from.secret, theirs, about.signature);
    write_explanation(out, why);
    out.end('}');
}

} // namespace page

#endif
