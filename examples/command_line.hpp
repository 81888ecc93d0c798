// SPDX-License-Identifier: MIT
// What the example programs have in common and no transport needs: an argument in, one line out.
// Source: docs/design.md, "Examples".
// Data flow: ENDPOINT becomes an endpoint; a reply, an error or a failure becomes a line and an exit status.
#ifndef RESTARTCASTER_EXAMPLES_COMMAND_LINE_HPP
#define RESTARTCASTER_EXAMPLES_COMMAND_LINE_HPP

#include <restartcaster.hpp>

#include <charconv>
#include <cstdio>

/// Writes to a stdio stream, as describe() and every other writer of the library likes it.
struct file_sink {
    std::FILE* file;
    void append(std::string_view text) const { std::fwrite(text.data(), 1, text.size(), file); }
};

/// Says what went wrong, on one line; the exit status of a failure.
inline int tell(auto const& problem) {
    file_sink const out{stderr};
    restartcaster::describe(out, problem);
    out.append("\n");
    return 1;
}

/// Prints the request id, or says what went wrong; the exit status of either.
template <class Error>
int tell(restartcaster::result<restartcaster::request_id_reply, Error> const& reply) {
    if (!reply) return tell(reply.error());
    file_sink const out{stdout};
    restartcaster::append_foreign(out, reply->request_id); // a terminal obeys none of it
    out.append("\n");
    return 0;
}

inline int usage(char const* program) {
    std::fprintf(stderr, "usage: %s ENDPOINT CASTER_ID [CA_FILE]\n", program);
    return 1;
}

/// The endpoint of a URL such as https://live.aliyuncs.com or http://127.0.0.1:40123. A program that calls
/// the service itself needs none of this: rc::live_endpoint is the default.
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
