// SPDX-License-Identifier: MIT
// Any two texts are explained, and one change in a list of parameters is found, as a model made of std::map says.
// Source: help documents 50286 and 2593177; reference.hpp.
// Data flow: one byte of choices and one of place, then either two texts with a NUL between them or lines NAME=VALUE.
#include "fuzz.hpp"

#include "../reference.hpp"

#include <restartcaster/explain/explain.hpp>
#include <restartcaster.hpp>

#include <map>
#include <string>

namespace rc = restartcaster;
using fuzz::require;
using rc::mismatch;

namespace {

using model = std::map<std::string, std::string>;

bool equal(rc::explanation const& a, rc::explanation const& b) {
    return a.cause == b.cause && a.other == b.other && a.name.view() == b.name.view() && a.offset == b.offset &&
           a.ours.view() == b.ours.view() && a.theirs.view() == b.theirs.view() && a.ours_mark == b.ours_mark &&
           a.theirs_mark == b.theirs_mark && a.ours_byte == b.ours_byte && a.theirs_byte == b.theirs_byte &&
           a.further == b.further && a.left_out == b.left_out;
}

/// Writes a text in pieces of five bytes, as a call that is rebuilt.
void write_in_pieces(void const* call, rc::detail::comparing_sink& to) noexcept {
    std::string_view text = *static_cast<std::string_view const*>(call);
    for (; !text.empty(); text.remove_prefix(text.size() < 5 ? text.size() : 5)) to.append(text.substr(0, 5));
}

void check_result(rc::explanation const& out) {
    for (std::string_view const shown : {out.name.view(), out.ours.view(), out.theirs.view()})
        for (char const c : shown) require(c > ' ' && c < '\x7F', "what is shown is printable");
    require(out.ours_mark <= out.ours.view().size() && out.theirs_mark <= out.theirs.view().size(),
            "a mark is in its value");
    std::string sentence;
    rc::describe(sentence, out);
    require(sentence.size() > 20 && sentence.back() == '.', "there is a sentence");
    require(!rc::name(out.cause).empty() && !rc::hint(out).empty(), "there is a name and a hint");
}

rc::explanation explained(std::string_view ours, std::string_view theirs, bool cut) {
    rc::detail::text_source<char> given(ours), rebuilt(&ours, write_in_pieces);
    auto const out = rc::detail::compared(given, theirs, cut);
    require(equal(out, rc::detail::compared(rebuilt, theirs, cut)), "a rebuilt text is explained as a given one");
    require(ours != theirs || out.cause == (cut ? mismatch::cut : mismatch::secret), "equal texts have no difference");
    require(ours == theirs || out.cause != mismatch::secret, "different texts have a difference");
    check_result(out);
    return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

std::string query(model const& all) {
    std::string out;
    for (auto const& [name, value] : all)
        out += (out.empty() ? "" : "&") + reference::percent(name) + "=" + reference::percent(value);
    return out;
}
std::string signed_text(model const& all, bool acs3) {
    if (!acs3) return "GET&%2F&" + reference::percent(query(all));
    return "POST\n/\n" + query(all) + "\nhost:h\nx-acs-date:d\n\nhost;x-acs-date\n" + std::string(64, 'a');
}

/// One change of the parameters: the cause, the name and the offset are those of the change.
void check_one_change(std::string_view input, unsigned choice, unsigned place) {
    model all{{"Version", "1"}};
    while (!input.empty()) {
        std::string_view value = fuzz::take_until(input, '\n');
        std::string_view const name = fuzz::take_until(value, '=');
        if (!name.empty() && name != "Version") all.emplace(name, value);
    }
    model arrived = all;
    auto one = arrived.begin();
    std::advance(one, static_cast<std::ptrdiff_t>(place % arrived.size()));
    if (one->first == "Version") return;
    std::string const name = one->first;
    mismatch cause = mismatch::parameter_missing;
    std::size_t offset = 0;
    model ours = all;
    if (choice % 3 == 0) {
        arrived.erase(one);
    } else if (choice % 3 == 1) {
        ours.erase(name);
        cause = mismatch::parameter_added;
    } else {
        if (one->second.empty()) return;
        offset = place % one->second.size();
        one->second[offset] = one->second[offset] == 'x' ? 'y' : 'x';
        cause = mismatch::value_changed;
    }
    bool const acs3 = (choice & 4) != 0;
    std::string const mine = signed_text(ours, acs3), other = signed_text(arrived, acs3);
    auto const out = explained(mine, other, false);
    bool const in_value =
        out.cause == mismatch::not_utf8 || out.cause == mismatch::encoded_twice || out.cause == mismatch::time;
    require(out.cause == cause || (cause == mismatch::value_changed && in_value), "the cause is that of the change");
    require(out.name.view() == reference::percent(name).substr(0, 64), "the name is that of the change");
    require(out.offset == offset, "the offset is that of the change");
    require(out.further == 0, "there is no other difference");
    for (std::size_t size = place % 8; size < other.size(); size += 1 + other.size() / 8) {
        auto const cut = explained(mine, std::string_view(other).substr(0, size), true);
        require(mine.compare(0, size, other, 0, size) != 0 || cut.cause == mismatch::cut, "a prefix has no difference");
    }

    // The same in a message, in JSON and in XML.
    std::string const message = "not matched. " +
                                std::string(acs3 ? "server CanonicalRequest is [" : "server string to sign is:") +
                                other + (acs3 ? "]" : "");
    std::string json = R"({"Message":")" + replaced(message, "\n", "\\n") + R"(","Code":"SignatureDoesNotMatch"})";
    std::string xml = "<Error><Message>" + replaced(message, "&", "&amp;") + "</Message></Error>";
    for (std::string* const wrapped : {&json, &xml}) {
        auto const theirs = rc::service_text_in(std::span<char>(*wrapped));
        require((acs3 ? theirs.canonical_request : theirs.string_to_sign) == other && !theirs.cut,
                "the service's text is found");
    }
}

} // namespace

void fuzz::one_input(std::string_view input) {
    if (input.size() < 2) return;
    unsigned const choice = static_cast<unsigned char>(input[0]), place = static_cast<unsigned char>(input[1]);
    input.remove_prefix(2);
    if ((choice & 8) != 0) return check_one_change(input, choice, place);
    std::size_t const middle = input.find('\0');
    fuzz::exact const ours(input.substr(0, middle)), theirs(middle == input.npos ? input : input.substr(middle + 1));
    static_cast<void>(explained(ours.view(), theirs.view(), (choice & 1) != 0));
    fuzz::exact const answer(theirs.view());
    auto const texts = rc::service_text_in(answer.span());
    require(fuzz::within(texts.string_to_sign, answer.view()) && fuzz::within(texts.canonical_request, answer.view()),
            "the texts of the service are in the answer");
    check_result(rc::explain(ours.view(), texts));
}
