// SPDX-License-Identifier: MIT
// Common code of the example programs: reads the endpoint argument and prints one line.
// Source: docs/design.md, "Examples".
// Data flow: ENDPOINT becomes an endpoint; a reply, an error or a failure becomes a line and an exit status.
#ifndef RESTARTCASTER_EXAMPLES_COMMAND_LINE_HPP
#define RESTARTCASTER_EXAMPLES_COMMAND_LINE_HPP

#include <restartcaster.hpp>

#include <charconv>
#include <cstdio>

/// A sink over a stdio stream, for describe() and the other writers of the library.
struct file_sink {
    std::FILE* file;
    void append(std::string_view text) const { std::fwrite(text.data(), 1, text.size(), file); }
};

/// Prints a failure on one line; returns the exit status of a failure.
inline int tell(auto const& problem) {
    file_sink const out{stderr};
    restartcaster::describe(out, problem);
    out.append("\n");
    return 1;
}

/// Prints the request id or the error; returns the exit status.
template <class Error>
int tell(restartcaster::result<restartcaster::request_id_reply, Error> const& reply) {
    if (!reply) return tell(reply.error());
    file_sink const out{stdout};
    restartcaster::append_foreign(out, reply->request_id); // safe for a terminal
    out.append("\n");
    return 0;
}

inline int usage(char const* program) {
    std::fprintf(stderr, "usage: %s ENDPOINT CASTER_ID [CA_FILE]\n", program);
    return 1;
}

/// The endpoint of a URL such as https://live.aliyuncs.com or http://127.0.0.1:40123. A program that calls
/// the live service needs no endpoint: rc::live_endpoint is the default.
inline restartcaster::endpoint endpoint_of(std::string_view url) {
    bool const plain = url.starts_with("http://");
    if (plain || url.starts_with("https://")) url.remove_prefix(plain ? 7 : 8);
    if (url.ends_with('/')) url.remove_suffix(1);
    std::uint16_t port = 0;
    if (std::size_t const colon = url.rfind(':'); colon != url.npos && !url.ends_with(']')) {
        char const* const end = url.data() + url.size();
        auto const read = std::from_chars(url.data() + colon + 1, end, port);
        if (read.ec == std::errc() && read.ptr == end && port != 0) url = url.substr(0, colon);
    }
    return {url, plain ? restartcaster::url_scheme::http : restartcaster::url_scheme::https, port};
}

#endif
