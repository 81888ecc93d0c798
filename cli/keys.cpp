// SPDX-License-Identifier: MIT
// Finds the key where the vendor's clients find it.
// Source: keys.hpp; hosted/find_key.hpp; POSIX.1-2017, posix_spawn().
// Data flow: environment, files, commands and servers -> rc::find_key -> credentials.
#include "keys.hpp"

#include "output.hpp"

#include "../examples/transports/curl_transport.hpp"

#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/find_key.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/sleeping_clock.hpp>

#include <cstdlib>

#ifndef _WIN32
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
extern char** environ;
#endif

namespace {

/// The places of keys have their own, shorter time limits.
struct key_transport {
    curl_transport http;

    void time_left_ms(std::uint32_t milliseconds) noexcept {
        http.timeout_ms = static_cast<long>(milliseconds);
        http.connect_timeout_ms = std::min(http.timeout_ms, 10'000L);
    }
    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) const noexcept {
        return http.exchange(out, storage);
    }
};

/// The files of this machine, and the commands of profiles with the mode External.
struct files_and_commands : rc::machine_files {
#ifndef _WIN32
    rc::key_file run_command(char const* const* arguments, std::span<char> output) noexcept {
        int ends[2];
        if (pipe(ends) != 0) return {.status = rc::key_file::missing};
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        posix_spawn_file_actions_addclose(&actions, ends[0]);
        posix_spawn_file_actions_addclose(&actions, ends[1]);
        pid_t child = -1;
        // posix_spawnp takes arguments that it does not change.
        bool const begun = posix_spawnp(&child, arguments[0], &actions, nullptr, const_cast<char**>(arguments), environ) == 0;
        posix_spawn_file_actions_destroy(&actions);
        close(ends[1]);
        std::size_t size = 0;
        for (ssize_t count = 1; begun && count > 0 && size != output.size(); size += count > 0 ? static_cast<std::size_t>(count) : 0)
            count = read(ends[0], output.data() + size, output.size() - size);
        close(ends[0]);
        int status = -1;
        bool const good = begun && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
        return {.status = good ? rc::key_file::whole : rc::key_file::missing, .size = good ? size : 0};
    }
#endif
};

bool is_set(char const* name) {
    char const* const value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

} // namespace

std::string find_key(connection_arguments const& at, found_key& to) {
    // The environment comes first. Its texts have any length, and half of a key in it is a mistake, which the vendor's
    // clients pass over silently.
    if (at.profile.empty() && (is_set("ALIBABA_CLOUD_ACCESS_KEY_ID") || is_set("ALIBABA_CLOUD_ACCESS_KEY_SECRET"))) {
        auto const own = rc::environment_credentials();
        if (!own) return described(own.error()) + "; export it first, restartcaster --help tells more";
        to.report.found = true;
        to.who = *own;
        return {};
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    key_transport over{.http = {.ca_file = at.ca_file.empty() ? nullptr : at.ca_file.c_str()}};
    rc::sleeping_clock clock;
    rc::nonce_generator nonces;
    std::vector<char> room(std::size_t{256} << 10);
    rc::key_search_options options;
    options.profile = at.profile;
    to.report = rc::find_key(over, clock, nonces, files_and_commands(), rc::key_environment::of_process(),
                             rc::room(std::span(room)), to.text, options);
    to.who = to.text.view();
    return to.report.found ? "" : described(to.report);
}

std::string shortened(std::string_view key_id) {
    // The first four letters are the same for most keys, so the last four tell them apart.
    std::size_t const shown = key_id.size() >= 16 ? 4 : key_id.size() >= 8 ? 2 : 0;
    return std::string(key_id.substr(0, shown)) + "***" + std::string(key_id.substr(key_id.size() - shown));
}
