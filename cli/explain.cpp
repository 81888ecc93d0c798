// SPDX-License-Identifier: MIT
// The command `explain`: says why the service refused a signature.
// Source: help.cpp, which documents the output; explain/explain.hpp.
// Data flow: an answer on standard input, a text or parameters -> the library's explanation -> lines or one JSON
// object.
#include "explain.hpp"

#include "output.hpp"

#include <cctype>
#include <cstdlib>

#ifndef _WIN32
#include <unistd.h>
#endif

namespace rc = restartcaster;

namespace {

// An answer has a few kilobytes; the limit keeps a wrong file from filling the memory.
constexpr std::size_t most_bytes = 64u << 20;

/// All bytes of a file; nothing if it cannot be read or is too long.
std::optional<std::string> content(std::FILE* file) {
    std::string text;
    char bytes[65536];
    for (std::size_t size; (size = std::fread(bytes, 1, sizeof bytes, file)) != 0;) {
        text.append(bytes, size);
        if (text.size() > most_bytes) return {};
    }
    if (std::ferror(file) != 0) return {};
    return text;
}
std::optional<std::string> content(std::string const& name) {
    std::FILE* const file = std::fopen(name.c_str(), "rb");
    if (file == nullptr) return {};
    auto text = content(file);
    std::fclose(file);
    if (!text) return {};
    // Editors add a byte order mark, CR before LF, and a line end at the end. No signed text has them.
    if (text->starts_with("\xEF\xBB\xBF")) text->erase(0, 3);
    for (std::size_t at = 0; (at = text->find("\r\n", at)) != text->npos;) text->erase(at, 1);
    while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
    return text;
}
/// Whether a text begins with the byte order mark of UTF-16, which `>` of Windows PowerShell 5 writes.
bool is_utf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

/// The first code of the gateway in an answer or a log; in a message alone, the code that has this message.
std::string_view code_in(std::string_view text) {
    constexpr struct {
        std::string_view words, code;
    } all[] = {{"SignatureDoesNotMatch", "SignatureDoesNotMatch"},
               {"IncompleteSignature", "IncompleteSignature"},
               {"InvalidTimeStamp.Expired", "InvalidTimeStamp.Expired"},
               {"InvalidTimeStamp.Format", "InvalidTimeStamp.Format"},
               {"IllegalTimestamp", "IllegalTimestamp"},
               {"SignatureNonceUsed", "SignatureNonceUsed"},
               {"InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.NotFound"},
               {"NoPermission", "NoPermission"},
               {"Forbidden", "Forbidden"}},
      messages[] = {{"with our calculation", "SignatureDoesNotMatch"},
                    {"does not match our calculation", "SignatureDoesNotMatch"},
                    {"does not conform to", "IncompleteSignature"},
                    {"time stamp or date value is expired", "InvalidTimeStamp.Expired"},
                    {"time stamp or date value is not well formatted", "InvalidTimeStamp.Format"},
                    {"signature nonce was used", "SignatureNonceUsed"},
                    {"access key is not found", "InvalidAccessKeyId.NotFound"},
                    {"not authorized to operate", "NoPermission"}};
    auto const first_of = [text](auto const& table) {
        std::string_view found;
        std::size_t first = text.npos;
        for (auto const& [words, code] : table)
            if (std::size_t const at = text.find(words); at < first) {
                first = at;
                found = code;
            }
        return found;
    };
    std::string_view const code = first_of(all);
    return code.empty() ? first_of(messages) : code;
}

/// Whether a text begins as a string to sign or a canonical request: letters and then '&' or a line end, or "ACS3-".
bool is_signed_text(std::string_view text) {
    std::size_t letters = 0;
    while (letters != text.size() && std::isalpha(static_cast<unsigned char>(text[letters])) != 0) ++letters;
    bool const method = letters != text.size() && (text[letters] == '&' || text[letters] == '\n');
    return method || text.starts_with("ACS3-");
}

std::string_view given(explain_arguments const& wanted, std::string_view name) {
    for (auto const& one : wanted.parameters)
        if (one.name == name) return one.value;
    return {};
}
std::string variable(char const* name) {
    char const* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// Seconds by which Timestamp=VALUE is ahead of the field Date in the answer; 0 unless both are known.
std::int64_t clock_ahead_s(explain_arguments const& wanted, std::string_view answer) {
    std::string_view const time = given(wanted, "Timestamp");
    std::size_t at = answer.find("Date: ");
    if (at == answer.npos) at = answer.find("date: ");
    if (!is_timestamp(time) || at == answer.npos) return 0;
    std::int64_t const theirs = rc::utc_time::http_date(answer.substr(at + 6, 29));
    if (theirs == rc::utc_time::none) return 0;
    auto const number = [time](std::size_t from, std::size_t count) {
        unsigned value = 0;
        std::from_chars(time.data() + from, time.data() + from + count, value);
        return value;
    };
    std::chrono::sys_days const day{std::chrono::year(static_cast<int>(number(0, 4))) /
                                    std::chrono::month(number(5, 2)) / std::chrono::day(number(8, 2))};
    auto const ours = std::chrono::seconds(day.time_since_epoch()).count() + number(11, 2) * 3600 + number(14, 2) * 60 +
                      number(17, 2);
    return ours - theirs;
}

std::string hex(std::int16_t byte) {
    if (byte < 0) return "";
    constexpr char digits[] = "0123456789ABCDEF";
    return {digits[byte >> 4 & 15], digits[byte & 15]};
}

std::string in_json(rc::explanation const& e) {
    std::string const hint = described(e);
    return "{\"cause\": " + json_string(rc::name(e.cause)) + ", \"name\": " + json_string(e.name.view()) +
           ", \"offset\": " + std::to_string(e.offset) + ", \"ours\": " + json_string(e.ours.view()) +
           ", \"theirs\": " + json_string(e.theirs.view()) + ", \"ours_hex\": " + json_string(hex(e.ours_byte)) +
           ", \"theirs_hex\": " + json_string(hex(e.theirs_byte)) + ", \"differences\": " + std::to_string(e.further) +
           ", \"hint\": " +
           json_string(e.cause == rc::mismatch::not_a_mismatch ? std::string_view(hint) : rc::hint(e)) + "}";
}

bool with_colour() {
#ifdef _WIN32
    return false;
#else
    char const* const forbidden = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) != 0 && (forbidden == nullptr || *forbidden == '\0');
#endif
}

/// A value, and a caret under the byte that differs.
std::string marked(std::string_view label, std::string_view value, std::size_t mark, std::int16_t byte, bool colour) {
    std::string line(label), caret(label.size(), ' ');
    if (value.empty()) return line + "(nothing)\n";
    if (byte < 0 && mark == 0) return line.append(value) + "\n";
    line.append(value.substr(0, mark));
    caret.append(mark, ' ');
    if (colour) line += "\x1B[1;31m";
    line.append(value.substr(mark, 1));
    if (colour) line += "\x1B[0m";
    if (mark < value.size()) line.append(value.substr(mark + 1));
    return line + "\n" + caret + "^" + (byte < 0 ? " end of the value" : " 0x" + hex(byte)) + "\n";
}

std::string in_lines(rc::explanation const& e) {
    if (e.cause == rc::mismatch::not_a_mismatch) return described(e);
    std::string text = "cause: " + std::string(rc::name(e.cause));
    if (!e.name.view().empty())
        text.append("\nplace: ").append(e.name.view()).append(", byte ") += std::to_string(e.offset);
    text += '\n';
    bool const colour = with_colour();
    if (!e.ours.view().empty() || !e.theirs.view().empty())
        text += marked("signed:  ", e.ours.view(), e.ours_mark, e.ours_byte, colour) +
                marked("service: ", e.theirs.view(), e.theirs_mark, e.theirs_byte, colour);
    text.append(rc::hint(e)) += '.';
    if (e.further != 0) text += "\nfurther differences: " + std::to_string(e.further);
    if (e.left_out) text += "\nSecrets, signatures and most of a key id are left out.";
    return text;
}

exit_status print_explanation(rc::explanation const& e, bool json, std::string const& taken = {}) {
    std::string const note = taken.empty() ? "" : "\nNot given, and taken from the service's text: " + taken + ".";
    auto const printed = print(json ? in_json(e) : in_lines(e) + note);
    return printed == exit_status::done && e.cause == rc::mismatch::not_a_mismatch ? exit_status::local : printed;
}

} // namespace

exit_status explain(explain_arguments const& wanted) {
    auto answer = content(stdin);
    if (!answer) return complain(usage_error{"standard input cannot be read, or is longer than 64 MiB"});
    if (is_utf16(*answer)) return complain(usage_error{"standard input is UTF-16: save it as UTF-8"});
    std::string_view const code = code_in(*answer);
    std::string const message = *answer; // the texts of the service are decoded in place
    rc::service_text const theirs = rc::service_text_in(std::span<char>(*answer));
    bool const incomplete = code == "IncompleteSignature";
    bool const nothing_given = wanted.ours_file.empty() && wanted.parameters.empty();
    if ((!theirs.found() && code != "SignatureDoesNotMatch") || (incomplete && nothing_given)) {
        std::string const id = given(wanted, "AccessKeyId").empty() ? variable("ALIBABA_CLOUD_ACCESS_KEY_ID")
                                                                    : std::string(given(wanted, "AccessKeyId"));
        auto const known = code.empty() ? rc::service_code::other : rc::meaning_of(code, 400).code;
        return print_explanation(rc::explain_refusal(known, message, id, clock_ahead_s(wanted, message)), wanted.json);
    }
    std::optional<std::string> ours;
    std::string taken;
    if (!wanted.ours_file.empty()) {
        ours = content(wanted.ours_file);
        if (!ours) return complain(usage_error{"the file of --ours cannot be read"});
        if (is_utf16(*ours)) return complain(usage_error{"the file of --ours is UTF-16: save it as UTF-8"});
        if (!is_signed_text(*ours))
            return complain(
                usage_error{"the file of --ours begins neither with METHOD& (a string to sign of version 1.0) nor with "
                            "METHOD and a line end (a canonical request)"});
    } else if (nothing_given) {
        return complain(usage_error{"explain needs what was signed: --ours FILE, or the parameters as NAME=VALUE"});
    } else if (!theirs.canonical_request.empty() || !theirs.string_to_sign.starts_with("ACS3-")) {
        auto rebuilt = rebuilt_text(wanted, theirs);
        if (auto const* const why = std::get_if<rc::failure>(&rebuilt)) return complain(usage_error{described(*why)});
        taken = std::get<struct rebuilt>(rebuilt).taken;
        ours = std::get<struct rebuilt>(rebuilt).text;
    }
    rc::explanation out;
    out.cause = rc::mismatch::cut; // without a text to compare with
    if (ours && theirs.found()) out = rc::explain(std::string_view(*ours), theirs);
    if (out.cause == rc::mismatch::secret && incomplete) {
        out.cause = rc::mismatch::value_changed;
        out.name.append("Signature");
        out.signature_malformed = out.left_out = true;
    }
    if (std::string const secret = variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET"); !secret.empty())
        rc::check_signature(out, secret, theirs, given(wanted, "Signature"));
    return print_explanation(out, wanted.json, taken);
}
