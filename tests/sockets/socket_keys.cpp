// SPDX-License-Identifier: MIT
// Finds a key as a program would, over a bare socket, and signs a request with it.
// Source: tests/sockets/keys_test.py, which sets the environment and judges what is printed.
// Data flow: the environment, METADATA_URL, STS_URL and PROFILE ("-" for none) in; lines with the report, each fault and the
//   body of a signed request out.
#include "../../examples/transports/socket_transport.hpp"

#include "../../examples/command_line.hpp"

#include <restartcaster/hosted/find_key.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/sleeping_clock.hpp>

#include <csignal>
#include <sys/wait.h>

namespace rc = restartcaster;

namespace {

/// Files, and commands that are run without a shell.
struct files_and_commands : rc::machine_files {
    rc::key_file run_command(char const* const* arguments, std::span<char> output) noexcept {
        int ends[2];
        if (::pipe(ends) != 0) return {};
        pid_t const child = ::fork();
        if (child == 0) {
            ::dup2(ends[1], 1);
            ::execvp(arguments[0], const_cast<char* const*>(arguments)); // which does not change them
            ::_exit(127);
        }
        ::close(ends[1]);
        rc::key_file read{.status = rc::key_file::whole};
        for (ssize_t got = 1; got > 0 && read.size != output.size(); read.size += static_cast<std::size_t>(got))
            got = std::max<ssize_t>(::read(ends[0], output.data() + read.size, output.size() - read.size), 0);
        ::close(ends[0]);
        int status = 1;
        if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0) return {};
        return read;
    }
};

} // namespace

int main(int count, char** words) {
    if (count != 4) return 2;
    std::signal(SIGPIPE, SIG_IGN);
    socket_transport http;
    rc::sleeping_clock clock;
    rc::nonce_generator nonces;
    rc::clock_skew skew({.dates = rc::believed_dates::plain_http_too});
    rc::storage<16384> room;
    rc::endpoint const sts = endpoint_of(words[2]);
    rc::key_search_options options{.skew = &skew, .metadata = endpoint_of(words[1]), .sts = &sts};
    options.retry.back_off_ms = 1;
    options.call_limit_ms = options.metadata_limit_ms = 3'000;
    if (words[3] != std::string_view("-")) options.profile = words[3];

    rc::rotating_key<> key;
    auto const found = rc::renew_key(key, http, clock, nonces, files_and_commands(), rc::key_environment::of_process(), room,
                                     options);
    file_sink const out{stdout};
    rc::describe(out, *found);
    std::printf("\n%s\n", found->others_can_read ? "others can read the file" : "");
    for (std::size_t i = 0; i != found->fault_count; ++i) {
        std::printf("%d ", found->faults[i].is_used());
        rc::describe(out, found->faults[i]);
        std::puts("");
    }
    auto const made = rc::make_request(rc::restart_caster{.caster_id = "80787064"}, key, {clock.utc_seconds(), "n"}, room);
    if (!made) return 1;
    std::printf("request %.*s\n", static_cast<int>(made->body.size()), made->body.data());
    return 0;
}
