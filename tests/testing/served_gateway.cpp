// SPDX-License-Identifier: MIT
// The gateway of restartcaster/testing behind a socket on loopback, for clients that are not written in C++.
// Source: RFC 9112, as far as the clients of the tests use it.
// Data flow: served_gateway [--rate N] [--security-token TOKEN]; prints its URL; requests in, answers out; POST /-/do takes
//   commands, one a line (see `command`), GET /-/executions?ID,ID tells what happened, with the state of these studios.
#include <restartcaster.hpp>
#include <restartcaster/testing/gateway.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <deque>
#include <optional>
#include <sstream>
#include <string>

namespace rc = restartcaster;

namespace {

using limits = rc::testing::gateway_limits;
using gateway = rc::testing::basic_gateway<limits{.call_bytes = 16384, .request_bytes = 65536}>;

std::string token;
std::size_t rate = 10;
bool older_header = false;
std::optional<gateway> service;
std::int64_t fixed_now_ms = 0; // 0: the time of this machine
std::deque<std::string> texts; // of planned faults, which keep views

void reset() {
    service.emplace(rc::testing::gateway_options{.account = {.access_key_id = "testid", .access_key_secret = "testsecret", .security_token = token},
                                                 .calls_per_second = rate,
                                                 .older_wait_header = older_header});
    if (fixed_now_ms != 0) service->clock().set_utc_ms(fixed_now_ms);
}

// Both clocks of the service follow the clocks of this machine, unless the time is fixed.
void pass_time() {
    static auto last = std::chrono::steady_clock::now();
    auto const passed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - last);
    last += passed;
    if (fixed_now_ms != 0) return;
    service->clock().advance(passed);
    service->clock().set_utc_ms(std::int64_t{std::time(nullptr)} * 1000);
}

struct milliseconds {
    struct period {
        static constexpr int num = 1, den = 1000;
    };
    std::int64_t value;
    std::int64_t count() const { return value; }
};

void studio(std::string const& id, std::string const& state) {
    auto& one = service->studio(id).idle();
    if (state.starts_with("virtual")) one.virtual_type();
    if (state == "streaming" || state == "virtual-streaming") one.on_air();
    if (state == "absent") one.absent();
}

// "KIND STATUS NUMBER TEXT": what a kind does not need is ignored.
void fault(std::string const& kind, std::uint16_t status, std::int64_t number, std::string const& text) {
    auto& next = service->next();
    texts.push_back(text);
    std::string const& kept = texts.back();
    if (kind == "lose_request") next.lose_request();
    if (kind == "lose_answer") next.lose_answer();
    if (kind == "throttle" && number < 0) next.throttle();
    if (kind == "throttle" && number >= 0) next.throttle(milliseconds{number}, status, kept);
    if (kind == "unavailable") next.unavailable();
    if (kind == "error") next.error(kept, status);
    if (kind == "error_after") next.error(kept, status).after_running();
    if (kind == "http") next.http(status, kept);
    if (kind == "http_after") next.http(status, kept).after_running();
    if (kind == "redirect") next.redirect(kept, status);
    if (kind == "repeat_request") next.repeat_request();
    if (kind == "cut_body") next.cut_body(static_cast<std::size_t>(number));
    if (kind == "shorten_body") next.shorten_body(static_cast<std::size_t>(number));
    if (kind == "pad_body") next.pad_body(static_cast<std::size_t>(number));
    if (kind == "body") next.body(kept);
    if (kind == "slow") next.slow(milliseconds{number});
    if (kind == "without_header") next.without_header(kept);
    if (auto const colon = kept.find(':'); kind == "header") {
        texts.push_back(kept.substr(0, colon));
        texts.push_back(kept.substr(colon + 1));
        next.header(texts[texts.size() - 2], texts.back());
    }
}

void command(std::string const& line) {
    std::istringstream words(line);
    std::string name, first, second;
    words >> name >> first;
    if (name == "now") fixed_now_ms = std::stoll(first);
    if (name == "token") token = first;
    if (name == "rate") rate = std::stoul(first);
    if (name == "older") older_header = first == "1";
    if (name == "reset") reset();
    if (name == "studio") words >> second, studio(first, second);
    if (name == "fault") {
        int status = 0;
        std::int64_t number = 0;
        words >> status >> number >> std::ws;
        std::getline(words, second);
        fault(first, static_cast<std::uint16_t>(status), number, second);
    }
}

std::string quoted(std::string_view text) {
    char bytes[65536];
    rc::buffer_sink out(bytes);
    rc::detail::escaping_sink escaped{out, true};
    escaped.append(text);
    return '"' + std::string(out.written()) + '"';
}

// The states and the counts of the studios whose ids are in the query, separated by commas.
std::string studios(std::string ids) {
    std::string out = "{";
    for (std::istringstream rest(ids); std::getline(rest, ids, ',');) {
        static char const* const states[] = {"streaming", "idle", "starting", "restarting", "stopping", "absent"};
        out += (out.size() == 1 ? "" : ",") + quoted(ids) + ":{\"state\":\"" +
               states[static_cast<int>(service->studio(ids).state())] + '"';
        for (char const* action : {"RestartCaster", "StartCaster", "StopCaster", "DescribeCasters"})
            out += ",\"" + std::string(action) + "\":" + std::to_string(service->runs(action, ids));
        out += "}";
    }
    return out + "}";
}

std::string executions(std::string const& ids) {
    std::string out = "{\"calls\":[";
    auto const calls = service->calls();
    for (std::size_t i = calls.size() > 64 ? calls.size() - 64 : 0; i != calls.size(); ++i) {
        auto const& each = calls[i];
        out += out.back() == '[' ? "" : ",";
        out += "{\"action\":" + quoted(each.action()) + ",\"caster_id\":" + quoted(each.parameter("CasterId")) +
               ",\"executed\":" + (each.executed() ? "true" : "false") + ",\"code\":" + quoted(each.code()) +
               ",\"status\":" + std::to_string(each.status()) + ",\"method\":" + quoted(each.method()) + ",\"placement\":" +
               quoted(each.place()) + ",\"signature\":\"" +
               (each.signature() == rc::testing::signature_kind::acs3 ? "ACS3-HMAC-SHA256" : "RPC-1.0") + "\"}";
    }
    return out + "],\"studios\":" + studios(ids) + "}";
}

// Reads until `end` is in the text; false at the end of the connection.
bool fill(int peer, std::string& text, std::string_view end, std::size_t from = 0) {
    char bytes[65536];
    while (text.find(end, from) == text.npos) {
        auto const got = ::recv(peer, bytes, sizeof bytes, 0);
        if (got <= 0) return false;
        text.append(bytes, static_cast<std::size_t>(got));
    }
    return true;
}
bool fill(int peer, std::string& text, std::size_t size) {
    char bytes[65536];
    while (text.size() < size) {
        auto const got = ::recv(peer, bytes, sizeof bytes, 0);
        if (got <= 0) return false;
        text.append(bytes, static_cast<std::size_t>(got));
    }
    return true;
}

void send_all(int peer, std::string const& text) {
    for (std::size_t at = 0; at != text.size();) {
        auto const sent = ::send(peer, text.data() + at, text.size() - at, 0);
        if (sent <= 0) return;
        at += static_cast<std::size_t>(sent);
    }
}
std::string whole(int status, std::string const& headers, std::string_view body) {
    return "HTTP/1.1 " + std::to_string(status) + " -\r\n" + headers + "connection: close\r\ncontent-length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string answered(rc::testing::arrived_request const& in) {
    if (in.path() == "/-/executions")
        return whole(200, "content-type: application/json\r\n", executions(std::string(in.query())));
    if (in.path() == "/-/do") {
        std::istringstream lines{std::string(in.body)};
        for (std::string line; std::getline(lines, line);) command(line);
        return whole(200, "", "ok");
    }
    pass_time();
    static char storage[1 << 20];
    auto const answer = service->receive(in, storage);
    if (answer) return whole(answer->status, std::string(answer->headers), {answer->body.data(), answer->body.size()});
    if (answer.error().http_status == 0) return {};
    return "HTTP/1.1 " + std::to_string(answer.error().http_status) + " -\r\ncontent-length: 100000\r\n\r\nhalf";
}

void serve(int peer) {
    std::string text;
    if (!fill(peer, text, "\r\n\r\n")) return;
    std::size_t const head = text.find("\r\n\r\n") + 4, first = text.find("\r\n") + 2;
    std::istringstream line(text.substr(0, first));
    std::string method, target;
    line >> method >> target;
    rc::testing::arrived_request in{.method = method, .target = target, .headers = std::string_view(text).substr(first, head - first - 2)};
    std::string const headers(in.headers);
    in.headers = headers;
    std::string body;
    if (auto const length = in.header("content-length"); length.sent) {
        std::size_t const size = std::stoul(std::string(length.text));
        if (!fill(peer, text, head + size)) return;
        body = text.substr(head, size);
    } else if (in.header("transfer-encoding").sent) {
        for (std::size_t at = head;;) {
            if (!fill(peer, text, "\r\n", at)) return;
            std::size_t const size = std::stoul(text.substr(at), nullptr, 16), begin = text.find("\r\n", at) + 2;
            if (!fill(peer, text, begin + size + 2)) return;
            body += text.substr(begin, size);
            at = begin + size + 2;
            if (size == 0) break;
        }
    }
    in.body = body;
    send_all(peer, answered(in));
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    for (int i = 1; i + 1 < argc; i += 2) command(std::string(argv[i] + (std::string(argv[i]) == "--security-token" ? 11 : 2)) + " " + argv[i + 1]);
    reset();
    studio("80787064-1c94-4dc1-85ce-9409960a1234", "streaming");
    rc::testing::on_failure = [](char const* text) { std::fprintf(stderr, "%s\n", text); };
    int const listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener, 64) != 0) return 1;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    std::printf("http://127.0.0.1:%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    while (true) {
        int const peer = ::accept(listener, nullptr, nullptr);
        if (peer < 0) return 1;
        serve(peer);
        ::close(peer);
    }
}
