// SPDX-License-Identifier: MIT
// Reading an answer: a body with any status and header fields, or a raw HTTP/1.1 answer as it comes off a socket.
// Source: docs/design.md, "Reply" and "Errors"; RFC 9112.
// Data flow: the body, the last bytes of the input being status and header fields; a reply or an error that holds together.
#include "fuzz.hpp"

#include "../../examples/transports/http1_answer.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace rc = restartcaster;
using fuzz::require;

namespace {

struct text_sink {
    std::string text;
    void append(std::string_view more) { text += more; }
};

/// Everything that a program can see of an outcome, as one text.
template <class Result>
std::string seen(Result const& outcome, std::string_view body) {
    text_sink out;
    if (outcome) {
        require(fuzz::within(outcome->request_id, body), "a reply's texts lie in the body");
        out.append(outcome->request_id);
        return out.text;
    }
    rc::error const& e = outcome.error();
    for (std::string_view const text : {e.code_text, e.message, e.request_id, e.host_id, e.recommend}) {
        require(fuzz::within(text, body), "an error's texts lie in the body");
        out.append(text);
        out.append("|");
    }
    bool const refused = e.kind == rc::error_kind::refused;
    require(refused || e.kind == rc::error_kind::unreadable, "an answer is refused or unreadable");
    require(refused == !e.code_text.empty(), "a refusal is what has a code");
    require(refused || e.ran == rc::executed::maybe, "of what cannot be read nothing is known");
    if (e.ran == rc::executed::no) {
        unsigned const hundreds = e.http_status / 100u;
        bool const throttle = e.http_status == 503 && e.code == rc::service_code::throttling;
        require(refused && e.code_in_own_field, "only the service says that it did not run");
        require(hundreds == 4 || hundreds == 2 || throttle, "a failing service and a redirect are not believed");
        require(hundreds == 4 || !e.request_id.empty(), "a request id beside any other status");
        bool const again = e.what_to_do == rc::advice::wait || e.what_to_do == rc::advice::fix_clock;
        require(hundreds == 4 || throttle || !again, "what is called again is proven by a status of refusal");
    } else {
        require(e.what_to_do == rc::advice::look_first || e.what_to_do == rc::advice::fix_transport,
                "what may have run is not to be called again at once");
    }
#if !RESTARTCASTER_SMALL
    for (char const c : e.redirected_to.text())
        require(std::string_view("/?#@%&= \\").find(c) == std::string_view::npos, "of a redirect the host is told");
#endif
    require(e.cause.detail <= body.size(), "a failure lies in the body");
    text_sink words;
    describe(words, e);
    for (char const c : words.text)
        require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "an error is described on one line");
    require(words.text.size() < 1200, "an error is described in few words");
    out.append(words.text);
    return out.text;
}

/// The answer in a copy of its own: bodies are decoded in place.
template <class Operation>
std::string read(rc::response answer, std::string_view body) {
    fuzz::exact const copy(body);
    answer.body = copy.span();
    auto const outcome = rc::read_reply<Operation>(answer);
    if constexpr (std::is_same_v<Operation, rc::action>) {
        if (outcome) {
            require(copy.view() == body, "the body of a success is left as it came");
            // It refuses numbers that no double holds.
            bool const huge = body.find_first_of("eE") != body.npos || body.size() > 300;
            require(outcome->type != rc::media_type::json || nlohmann::json::accept(body) || huge,
                    "a success is well-formed");
        }
    }
    return seen(outcome, copy.view());
}

void read_answer(rc::response const& answer, std::string_view body) {
    for (auto* const reader : {read<rc::restart_caster>, read<rc::action>})
        require(reader(answer, body) == reader(answer, body), "the same answer is read the same way again");
}

rc::response answer_of(unsigned first, unsigned second) {
    static constexpr std::uint16_t statuses[] = {200, 400, 403, 404, 500, 503, 204, 302, 408, 429, 407, 504, 100};
    static constexpr std::string_view fields[][2] = {
        {"content-type", "text/html"},        {"retry-after", "120"},
        {"x-acs-retry-after", "99999999999"}, {"X-RateLimit-User", "Limit:1,Remain:0,TimeLeft:2000,Reset:1"},
        {"Content-Type", "application/json"}, {"content-encoding", "gzip"},
        {"date", "Sun, 22 Nov 2026 17:36:19 GMT"}, {"location", "https://user@portal.example:1/x?y"}};
    rc::response answer;
    answer.status = statuses[first % std::size(statuses)];
    for (std::size_t i = 0; i != std::size(fields); ++i)
        if ((second >> i & 1) != 0) answer.header(fields[i][0], fields[i][1]);
    return answer;
}

void read_raw(std::string_view raw) {
    fuzz::exact const storage(raw.size());
    std::size_t at = 0;
    auto const next = [&]() -> int {
        return at == raw.size() ? stream_ended : static_cast<unsigned char>(raw[at++]);
    };
    auto const answer = http1_answer(next, storage.span()).answer();
    if (!answer) return;
    std::string const body(answer->body.data(), answer->body.size());
    require(raw.size() - body.size() >= 12, "a body is shorter than its answer");
    read_answer(*answer, body);

    // As much room as the body takes does, and one byte less is an error and never a shorter body.
    for (std::size_t const size : {body.size(), body.size() - (body.empty() ? 0 : 1)}) {
        fuzz::exact const tight(size);
        at = 0;
        auto const again = http1_answer(next, tight.span()).answer();
        require(again.has_value() == (size == body.size()), "a body that does not fit is an error");
        require(again || again.error().code == rc::errc::answer_too_long, "and the error says so");
    }
}

} // namespace

void fuzz::one_input(std::string_view input) {
    if (input.starts_with("HTTP/1.")) return read_raw(input);
    rc::response header;
    std::string_view rest = input;
    std::string_view const name = fuzz::take_until(rest, ':');
    header.header(name, rest);

    unsigned const size = static_cast<unsigned>(input.size());
    unsigned const first = size < 1 ? 0 : static_cast<unsigned char>(input[size - 1]);
    unsigned const second = size < 2 ? 0 : static_cast<unsigned char>(input[size - 2]);
    std::string_view const body = input.substr(0, size < 2 ? 0 : size - 2);
    read_answer(answer_of(first, second), body);
    read_answer(answer_of(first, 0), input);
}
