# SPDX-License-Identifier: MIT
"""The faults that tools/mutate plants, one at a time: by header, the tests that must notice, and what stands there
exactly once with what stands there instead. A third text says why no test can notice."""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "client" / "simulation"))
from break_rules import RULES  # the rules of the client floor: here its tests must notice, not the simulation

FAULTS = {
    # ---- core
    "core/failure.hpp": (["core/failure.cpp"], [
        ('case errc::no_answer: return "the request was sent and no whole answer came";', ""),
        ('return "nested deeper than the reader\'s limit"', 'return "not a JSON number"'),
    ]),
    "core/result.hpp": (["core/result.cpp"], [
        ("constexpr T value_or(T const& other) const noexcept { return has_value_ ?",
         "constexpr T value_or(T const& other) const noexcept { return !has_value_ ?"),
        ("has_value_(false) {}\n    /// The", "has_value_(true) {}\n    /// The"),
        ("result() noexcept : reason_{}, has_value_(true)", "result() noexcept : reason_{}, has_value_(false)"),
    ]),
    "core/sink.hpp": (["core/sink.cpp"], [
        ("return needed_ <= capacity_;", "return needed_ < capacity_;"),
        ("return fits() ? capacity_ - needed_ : 0;", "return capacity_ - needed_;"),
        ("needed_ += text.size();\n        if (fits())", "if (fits())"),
        ("second_.append(text);", ""),
        ("{ needed_ += count; }", "{ needed_ = count; }"),
    ]),
    "core/text.hpp": (["core/text.cpp"], [
        ("lead >= 0xF0 ? 4", "lead > 0xF0 ? 4"),
        ("lead < 0xC2", "lead < 0xC1"),
        ("lead > 0xF4", "lead > 0xF5"),
        ("text.size() - at < length", "text.size() - at <= length"),
        ("std::size_t i = 1; i != length", "std::size_t i = 2; i < length"),
        ("second < 0xA0", "second < 0x9F"),
        ("second > 0x9F", "second > 0xA0"),
        ("second < 0x90", "second < 0x91"),
        ("second > 0x8F", "second >= 0x8F"),
        ("c >= 'A' && c <= 'Z' ?", "c >= 'A' && c < 'Z' ?"),
        ("c >= '0' && c <= '9'; }", "c >= '0' && c < '9'; }"),
        ("c == ' ' || c == '\\t'", "c == ' '"),
        ("|| c == 0x7F", ""),
        ("< 0x20 ||", "< 0x1F ||"),
        ("blank(value.front()) || blank(value.back())", "blank(value.front())"),
        ("size < left ? size : left", "size <= left ? size : left", "the two are equal there"),
    ]),
    "core/utc_time.hpp": (["core/utc_time.cpp"], [
        ("utc_seconds < 0 ||", "utc_seconds <= 0 ||"),
        ("utc_seconds > last)", "utc_seconds >= last)"),
        ("days + 719468", "days + 719467"),
        ("day_of_year >= 306", "day_of_year > 306"),
        ("static_cast<std::uint8_t>(of_day % 60)", "static_cast<std::uint8_t>(of_day % 59)"),
        ("to += 2 + colon.size();", "to += 3;"),
        ("month <= 2 ? year - 1", "month < 2 ? year - 1"),
        ("of_era / 100", "of_era / 101"),
        ("year < 1970", "year <= 1970"),
        ("hour > 23", "hour > 24"),
        ("second > 59", "second > 60"),
        ("year % 100 != 0", "year % 100 == 0"),
        ("day == 0 ||", ""),
        ("(leap ? 1u : 0u)", "1u"),
    ]),
    # ---- encode
    "encode/base64.hpp": (["encode/base64.cpp"], [
        ("(bits & 0x00FFF00000FFF000) << 4", "(bits & 0x00FFF00000FFF000) << 5"),
        ("base64_above(six_bits, 25) * 6", "base64_above(six_bits, 26) * 6"),
        ("base64_above(six_bits, 51) * 75", "base64_above(six_bits, 51) * 74"),
        ("base64_above(six_bits, 62) * 3;", "base64_above(six_bits, 63) * 3;"),
        ("(N * 8 + 5) / 6", "(N * 8 + 6) / 6"),
        ("to[6] = static_cast<char>(value >> 8 & 0xFF);", "to[6] = static_cast<char>(value >> 9 & 0xFF);"),
    ]),
    "encode/hex.hpp": (["encode/hex.cpp"], [
        ("& 7))", "& 8))"),
        ("& 39))", "& 38))"),
    ]),
    "encode/percent.hpp": (["encode/percent.cpp"], [
        ("c >= 'a' && c <= 'z'", "c > 'a' && c <= 'z'"),
        ("c <= '9' && c != '/'", "c <= '9'"),
        ("c == '~';", "c == '^';"),
        ("- 'a') < 26", "- 'a') <= 26"),
        ("- '-') < 13", "- '-') < 12"),
        ("& (v != '/')", ""),
        ("(v == '_') | (v == '~')", "(v == '_')"),
        ("at + sizeof(byte_vector) < size", "at + sizeof(byte_vector) + 16 < size"),
        ("text.size() - at >= 16", "text.size() - at > 16",
         "one step less in front, and the last step looks at those bytes again"),
        ("detail::byte_at(text, run) & 15)", "detail::byte_at(text, run) & 14)"),
        ("text.remove_prefix(run + 1);", "text.remove_prefix(run + 2);"),
    ]),
    # ---- crypto
    "crypto/big_endian.hpp": (["crypto/sha1.cpp", "crypto/hash.cpp"], [
        ("(bytes[1])) << 16", "(bytes[1])) << 15"),
        ("bytes += 4;", "bytes += 3;"),
        ("bytes[2] = static_cast<char>(static_cast<unsigned char>(word >> 8 & 0xFF));",
         "bytes[2] = static_cast<char>(static_cast<unsigned char>(word >> 7 & 0xFF));"),
    ]),
    "crypto/hash.hpp": (["crypto/hash.cpp", "crypto/sha1.cpp", "crypto/sha256.cpp", "crypto/hmac.cpp"], [
        ("text.size() < staging_size - used", "text.size() <= staging_size - used"),
        ("used_ >= staging_size", "used_ > staging_size"),
        ("(used + 8 + block_size) / block_size", "(used + 7 + block_size) / block_size"),
        ("(compressed_ + used) * 8", "(compressed_ + used) * 7"),
        ("static_cast<char>(-0x80)", "static_cast<char>(-0x7F)"),
        ("static_cast<std::uint32_t>(bits >> 32)", "0"),
        ("compressed_ += count * block_size;", "compressed_ += count;"),
        ("compressed_(absorbed)", "compressed_(0)"),
        ("used_ -= whole;", "used_ = 0;"),
        ("for (std::size_t at = 16; at < size; at += 16)", "for (std::size_t at = 32; at < size; at += 16)"),
        ("} else if (size >= 8) {", "} else if (size > 8) {", "eight bytes go as two times four as well"),
        ("to[size / 2] = from[size / 2];", ""),
        ("text.remove_prefix(head);", "text.remove_prefix(head - 1);"),
    ]),
    "crypto/hmac.hpp": (["crypto/hmac.cpp"], [
        ("absorb(inner_, block, 0x36)", "absorb(inner_, block, 0x37)"),
        ("0x36 ^ 0x5C", "0x5C"),
        ("if (size > sizeof block)", "if (size >= sizeof block)"),
        ("static_cast<std::uint32_t>(size << 3)", "static_cast<std::uint32_t>(size << 2)"),
        ("used != sizeof block - 8", "used != sizeof block - 9"),
        ("for (char const byte : suffix)\n            put(byte);", ""),
        ("(Hash::block_size + Hash::digest_size) * 8", "Hash::digest_size * 8"),
        ("base::state_ = key_.outer();", "base::state_ = key_.inner();"),
        ("base(keyed.inner(), Hash::block_size)", "base(keyed.inner(), 0)"),
        ("block[Hash::digest_size] = static_cast<char>(-0x80);", ""),
    ]),
    "crypto/sha1.hpp": (["crypto/sha1.cpp"], [("0xEFCDAB89", "0xEFCDAB88")]),
    "crypto/sha1_portable.hpp": (["crypto/sha1.cpp"], [
        ("0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6", "0x6ED9EBA2, 0x8F1BBCDC, 0xCA62C1D6"),
        ("now[0] ^ now[2] ^ now[8] ^ now[13]", "now[0] ^ now[2] ^ now[8] ^ now[12]"),
        ("phase == 2", "phase == 3"),
        ("d ^ (b & (c ^ d)), 0x5A827999U", "c ^ (b & (c ^ d)), 0x5A827999U"),
        ("((t) + 13) & 15", "((t) + 12) & 15"),
        ("state[4] += e;", "state[4] = e;"),
    ]),
    "crypto/sha1_x86.hpp": (["crypto/sha1.cpp"], [("blocks += 64", "blocks += 63")]),
    "crypto/sha256.hpp": (["crypto/sha256.cpp"], [("0x9B05688C", "0x9B05688B")]),
    "crypto/sha256_portable.hpp": (["crypto/sha256.cpp"], [
        ("sha256_large(e, 6, 11, 25)", "sha256_large(e, 6, 11, 24)"),
        ("(a & b) + (c & (a ^ b))", "(a & b) + (c & (a | b))"),
        ("17, 19, 10) + w[((t) + 9) & 15]", "17, 19, 10) + w[((t) + 8) & 15]"),
        ("sha256_large(s[0], 2, 13, 22)", "sha256_large(s[0], 2, 13, 21)"),
        ("state[7] += h;", ""),
    ]),
    "crypto/sha256_x86.hpp": (["crypto/sha256.cpp"], [("blocks += 64", "blocks += 60")]),
    "crypto/wipe.hpp": (["crypto/wipe.cpp"], [
        ("if (a.size() != b.size()) return false;", ""),
        ("return difference == 0;", "return difference < 2;"),
        ("difference |= ", "difference = "),
        ("std::memset(memory, 0, bytes);", ""),
    ]),
    # ---- message
    "message/endpoint.hpp": (["message/endpoint.cpp"], [
        ("? 443 : 80", "? 443 : 81"),
        ("host.size() > 253", "host.size() > 254"),
        ("host.front() == '-' ||", ""),
        ("host.size() > 2 &&", "host.size() > 3 &&", "no IPv6 address has a single character"),
        ("lower <= 'f'", "lower <= 'g'"),
        ("if (port_ == 0) return;", ""),
        ('"eu-central-1"sv) return {"live.eu', '"eu-central-2"sv) return {"live.eu'),
        ("if (!good) return false;", ""),
    ]),
    "message/request.hpp": (["message/request.cpp"], [
        ("colon + 2,", "colon + 1,"),
        ("rest_.find('\\n') + 1", "rest_.find('\\n')"),
        ('method == http_method::get ? "GET"sv', 'method != http_method::get ? "GET"sv'),
    ]),
    "message/response.hpp": (["message/response.cpp"], [
        ('!equal_ignoring_case(value, "identity")', "true"),
        ("if (!detail::is_digit(c)) return 0;", ""),
        ("if (sum > most) sum = most;", ""),
        ('if (field == "Remain:0") spent = true;', "spent = true;"),
        ("if (spent && left > rate_limit_ms)", "if (spent)"),
        ("return read != nothing ? read : kept;", "return read;"),
        ("has_age = true;", "has_age = false;"),
        ('detail::equal_ignoring_case(value, "text/xml")', 'detail::equal_ignoring_case(value, "text/html")'),
        ("value.find(';')", "value.find(':')"),
    ]),
    # ---- sign
    "sign/acs3.hpp": (["sign/acs3.cpp"], [
        ('secret_suffix = ""sv', 'secret_suffix = "&"sv'),
        ("out[2 * i + 1] = detail::hex_lower(byte & 15u);", "out[2 * i + 1] = detail::hex_lower(byte & 7u);"),
        ('header("x-acs-version"sv', 'header("x-acs-versions"sv'),
        ('"POST\\n/\\n"sv', '"POST\\n\\n"sv'),
        ("parts->url_end > options.url_limit", "parts->url_end >= options.url_limit"),
        ("== placement::get ? http_method::get", "!= placement::get ? http_method::get"),
        ("value.ends_with('\\t')) value.remove_suffix(1);", "value.ends_with('\\n')) value.remove_suffix(1);"),
    ]),
    "sign/canonical_query.hpp": (["sign/canonical_query.cpp"], [
        ("started = true;", ""),
        ('writer.field("&"sv, "%26"sv, name);', 'writer.field(";"sv, "%26"sv, name);'),
        ("writer.encoded(p.back());", ""),
    ]),
    "sign/canonical_writer.hpp": (["sign/canonical_query.cpp", "sign/rpc_v1.cpp", "operations/make_request.cpp"], [
        ('? "%253A"sv : "%3A"sv;', '? "%3A"sv : "%3A"sv;'),
        ("if (!field(once, twice, value) || value.empty())", "if (!field(once, twice, value))"),
    ]),
    "sign/nonce.hpp": (["sign/nonce.cpp"], [
        ("i == 10) text_", "i == 11) text_"),
        ("(byte & 0x0F) | 0x40", "(byte & 0x0F) | 0x50"),
        ("(byte & 0x3F) | 0x80", "(byte & 0x3F) | 0xC0"),
    ]),
    "sign/parameter_plan.hpp": (["sign/parameter_plan.cpp", "operations/operation.cpp"], [
        ("certain = certain || !e.optional;", "certain = true;"),
        ("sorted[i].name == sorted[i - 1].name", "sorted[i].name == sorted[0].name"),
        ("pending_maybe_first = i != 0;", "pending_maybe_first = true;"),
    ]),
    "sign/parameters.hpp": (["sign/parameters.cpp"], [
        ("rest != 0 || count == 0", "rest != 0"),
        ("if (!member.empty()) middle_", "if (member.empty()) middle_"),
        ("if (size_ == N)", "if (size_ + 1 == N)"),
        ("if (order == 0)", "if (order == 1)"),
        ("if (order < 0) break;", "if (order > 0) break;"),
        ("added.name_size() == 9 && ", ""),
        ("!is_utf8(added.back()) ||", ""),
        ("name_byte(i) < other.name_byte(i) ? -1 : 1", "name_byte(i) < other.name_byte(i) ? 1 : -1"),
    ]),
    "sign/rpc_v1.hpp": (["sign/rpc_v1.cpp", "operations/make_request.cpp"], [
        ('secret_suffix = "&"sv', 'secret_suffix = ""sv'),
        ('"POST&%2F&"sv', '"POST&%2f&"sv'),
        ('.constant = "1.0"sv', '.constant = "1.1"sv'),
        ('wire.append("&Signature="sv);', 'wire.append("&signature="sv);'),
        ("query_end > options.url_limit", "query_end >= options.url_limit"),
    ]),
    "sign/scheme_values.hpp": (["operations/action.cpp", "operations/make_request.cpp", "sign/rpc_v1.cpp"], [
        ("answer == format::json ?", "answer != format::json ?"),
        ("if (order > 0) break;", "if (order >= 0) break;"),
        ("if (entry.optional && value.empty()) continue;", "if (entry.optional) continue;"),
    ]),
    "sign/signing_key.hpp": (["sign/signing_key.cpp"], [
        ("!id) return id;", "id) return id;"),
        ("if (!from.security_token.empty())", "if (from.security_token.empty())"),
    ]),
    # ---- read
    "read/describe.hpp": (["read/describe.cpp"], [
        ("most = 200", "most = 201"),
        ("< 0x20 || byte_at(text, at) == 0x7F", "< 0x20"),
        ("< 0xA0;", "< 0x9F;"),
        ("if (e.retry_after_ms != 0)", "if (e.retry_after_ms > 1)"),
        ("if (e.http_status != 0)", "if (e.http_status == 0)"),
        ('"SecurityToken", ', ""),
        ('"Credential=", ', ""),
    ]),
    "read/json.hpp": (["read/json.cpp"], [
        ("if (depth_ == limit_)", "if (depth_ > limit_)"),
        ("unit >> 10 != 0xD800 >> 10", "unit >> 10 != 0xDC00 >> 10"),
        ("hex_value(*at) > 15", "hex_value(*at) > 16"),
        ("if (!accept('+')) accept('-');", "accept('-');"),
        ("accept('e') || accept('E')", "accept('e')"),
        ("if (storage.size() < raw.size())", "if (storage.size() <= raw.size())"),
        ("(*at_) < 0x20)", "(*at_) < 0x1F)"),
        ("max_depth = 64", "max_depth = 63"),
    ]),
    "read/reply.hpp": (["read/reply.cpp"], [
        ("from.status >= 200 &&", "from.status > 200 &&"),
        ("from.status < 500;", "from.status <= 500;"),
        ('code == "200"', 'code == "201"'),
        ("from.rate_limit_ms > from.retry_after_ms", "from.rate_limit_ms < from.retry_after_ms"),
        ('text.ends_with("Response")', 'text.ends_with("Respons")'),
        ("if (name.size() > 12) return nullptr;", ""),
        ("if (fields->request_id.empty())", "if (!fields->request_id.empty())"),
    ]),
    "read/scan.hpp": (["read/json.cpp", "read/xml.cpp"], [
        ("code_point < 0x800 ?", "code_point <= 0x800 ?"),
        ("byte >= 0x20 && byte < 0x80", "byte > 0x20 && byte < 0x80",
         "a blank is looked at once more and passed all the same"),
        ("bytes < 0x20;", "bytes < 0x1F;"),
        ("letter < 6", "letter < 7", "the value of a G is then 16, which is that of no digit as well"),
        ("if (failed_) return false;\n        code_", "code_"),
    ]),
    "read/service_code.hpp": (["read/reply.cpp"], [
        ('{"InternalError*", {service_code::internal_error, executed::maybe',
         '{"InternalError*", {service_code::internal_error, executed::no'),
        ("http_status >= 400 &&", "http_status > 400 &&"),
        ("text[at] == '*' ||", ""),
        ('{"Throttling*"', '{"Throttling"'),
    ]),
    "read/xml.hpp": (["read/xml.cpp"], [
        ("max_depth = 32", "max_depth = 31"),
        ("max_attributes = 16", "max_attributes = 15"),
        ("if (depth_ == limit_)", "if (depth_ > limit_)"),
        ("from[2] < '\\xBE'", "from[2] < '\\xBF'"),
        ("if (sees('<')) fail(errc::unexpected_byte);", ""),
        ("fail(errc::xml_attribute_duplicate, from);", ";"),
        ('expect("--") && skip_to("--") && expect(\'>\')', 'expect("--") && skip_to("-->") && expect("")'),
        ('expect("1.");', 'expect("1");'),
    ]),
    "read/xml_characters.hpp": (["read/xml.cpp"], [
        ("code_point < 0xF0000", "code_point <= 0xF0000"),
        ("{0xF8, 0x37D}", "{0xF8, 0x37E}"),
        ("code_point > 0xDFFF", "code_point >= 0xDFFF"),
        ("*at == 'x' ? 16 : 10", "*at == 'X' ? 16 : 10"),
        ("code_point < 0x110000 &&", "code_point <= 0x110000 &&"),
    ]),
    # ---- operations
    "operations/make_request.hpp": (["operations/make_request.cpp"], [
        ("return tried.error().detail;", "return tried.error().detail - 1;"),
    ]),
    "operations/operation.hpp": (["operations/operation.cpp", "operations/make_request.cpp"], [
        ("if (value.empty()) return;", ""),
        ('if (started) writer.constant("&"sv', 'if (!started) writer.constant("&"sv'),
    ]),
    # ---- client
    "client/call.hpp": (["client/call.cpp"], [
        ("&& cause.code != errc::parameter_reserved", ""),
        ("what_to_do = advice::fix_clock;", "what_to_do = advice::fix_request;"),
        (".kind = error_kind::not_sent,\n                .ran = executed::no",
         ".kind = error_kind::not_sent,\n                .ran = executed::maybe"),
        ("subspan(out->storage_used)", "subspan(0)"),
    ]),
    "client/call_error.hpp": (["client/call_error.cpp"], [
        ("e.attempts < 2", "e.attempts < 3"),
        ("e.attempts == 1 ?", "e.attempts != 1 ?"),
    ]),
    "client/call_machine.hpp": (["client/call_machine.cpp", "client/client.cpp"], [
        ("if (state_ != state::sent) return;\n        state_", "state_"),
        ("worth_it_s = 60", "worth_it_s = 6000"),
        ("if (now.monotonic_ms >= deadline_ms_) return 0;", "if (now.monotonic_ms > deadline_ms_ + 1) return 0;"),
        ("options_.pace.reserve(now.monotonic_ms, left - 1)", "options_.pace.reserve(now.monotonic_ms, left)"),
        ("unsure_ = true;\n        } else if (attempts_ == 0)", "} else if (attempts_ == 0)",
         "the error of an answer that did not come says `maybe` by itself"),
        ("if (attempts_ == 0 && left != 0) last_.what_to_do = advice::wait;", ""),
        ("if (slow) options_.pace.throttled", "if (!slow) options_.pace.throttled"),
    ]),
    "client/client.hpp": (["client/client.cpp"], [
        ("most = 1u << 30", "most = 1u << 20",
         "a sleep may end early: the machine says again how long to wait"),
        ("clock_.monotonic_ms() + options_.time_limit_ms", "options_.time_limit_ms"),
        ("over_.time_left_ms(machine.time_left_ms(now));", ""),
    ]),
    "client/clock_skew.hpp": (["client/clock_skew.cpp"], [
        ("if (base == unknown) ++base;", ""),
        ("(received_ms - sent_ms) / 2", "(received_ms - sent_ms)"),
        ("received_ms < sent_ms ||", "", "the difference then wraps to more than any round trip"),
        ("last_date_.store(date);", ""),
        ("- base + 2 > 4", "- base + 2 > 400"),
    ]),
    "client/device_nonce.hpp": (["client/device_nonce.cpp"], [
        ("append_number(mixed, who_.boot_count);", ""),
        ("append_number(mixed, ++count_);", "append_number(mixed, count_);"),
        ("append_number(mixed, who_.device_id.size());", ""),
        ("mixed.append(who_.entropy);", ""),
        ("number >>= 8;", "number >>= 9;"),
    ]),
    "client/pace.hpp": (["client/pacing.cpp"], [
        ("keeper_ == nullptr ? 0 :", "keeper_ != nullptr ? 0 :"),
    ]),
    "client/pacing.hpp": (["client/pacing.cpp"], [
        ("1010 % calls_per_second != 0 ? 1 : 0", "0"),
        ("options.burst - 1)", "options.burst)"),
        ("if (wait > most_ms) return no_turn;", "if (wait >= most_ms) return no_turn;"),
        ("if (ahead < -credit) ahead = -credit;", ""),
        ("if (wait_ms > longest_throttle_ms) wait_ms = longest_throttle_ms;", ""),
        ("+ 1000;", "+ 2000;"),
        ("if (penalty > most) penalty = most;", ""),
        ("ahead > farthest ?", "ahead < farthest ?"),
        ("* spacing_ms_ / 1000;", "* spacing_ms_ / 100;"),
    ]),
    "client/retry.hpp": (["client/call_machine.cpp", "client/call.cpp"], [
        ("attempt > 32 ? 31", "attempt > 32 ? 0"),
        ("attempt == 0 ? 0 :", "attempt == 0 ? 1 :"),
        ("e.code == service_code::timestamp_expired || ", ""),
    ]),
}

CLIENT_TESTS = ["client/call_machine.cpp", "client/clock_skew.cpp", "client/pacing.cpp", "client/call.cpp",
                "read/reply.cpp"]


def mutants():
    """(header, before, after, why no test can notice or None, tests)"""
    every = [(header, fault[0], fault[1], fault[2] if len(fault) == 3 else None, tests)
             for header, (tests, faults) in FAULTS.items() for fault in faults]
    for _, header, before, after in RULES:
        path = f"client/{header}" if not header.startswith("../") else header.removeprefix("../")
        every.append((path, before, after, None, CLIENT_TESTS))
    return every
