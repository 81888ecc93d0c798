// SPDX-License-Identifier: MIT
// restartcaster, the command-line client.
// Source: help.cpp.
// Path: argv -> read_arguments -> restart or sign -> exit status.
#include "output.hpp"

#ifndef _WIN32
#include <csignal>
#include <sys/resource.h>
#endif

namespace {

exit_status carry_out(usage_error const& wrong) {
    return complain(wrong);
}
exit_status carry_out(help_wanted const& wanted) {
    return print(help(wanted.about));
}
exit_status carry_out(version_wanted) {
    return print("restartcaster " + std::to_string(RESTARTCASTER_VERSION_MAJOR) + "." +
                 std::to_string(RESTARTCASTER_VERSION_MINOR) + "." +
                 std::to_string(RESTARTCASTER_VERSION_PATCH));
}
exit_status carry_out(restart_arguments const& wanted) {
    return restart(wanted);
}
exit_status carry_out(sign_arguments const& wanted) {
    return sign(wanted);
}

} // namespace

int main(int argc, char** argv) {
#ifndef _WIN32
    rlimit const none{};
    setrlimit(RLIMIT_CORE, &none); // a core dump would hold the secret
    std::signal(SIGPIPE, SIG_IGN); // a peer that hangs up is an answer, not an end
#endif
    std::vector<std::string_view> const given(argv + (argc > 0), argv + argc);
    auto const wanted = read_arguments(given);
    return static_cast<int>(std::visit([](auto const& wish) { return carry_out(wish); }, wanted));
}
