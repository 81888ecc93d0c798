// SPDX-License-Identifier: MIT
// restartcaster, the command-line client.
// Source: help.cpp.
// Data flow: argv -> read_arguments -> the command -> exit status.
#include "output.hpp"

#include <new>

#ifndef _WIN32
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace {

/// Prepares the process before anything is opened.
void prepare() {
#ifndef _WIN32
    // A socket could get a closed descriptor from 0 to 2, and the report would then go to the socket. So these are opened
    // in the wrong direction: a closed standard output fails and loses nothing silently.
    constexpr int directions[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int descriptor = 0; descriptor != 3; ++descriptor)
        if (fcntl(descriptor, F_GETFD) == -1) static_cast<void>(open("/dev/null", directions[descriptor]));
    rlimit const none{};
    setrlimit(RLIMIT_CORE, &none);  // a core dump would contain the secret
    std::signal(SIGPIPE, SIG_IGN);  // report a closed connection as an error, not as a signal
    std::signal(SIGXFSZ, SIG_IGN);  // a full file is an error of standard output, not a signal
#endif
}

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
exit_status carry_out(studios_arguments& wanted) {
    return change_studios(wanted);
}
exit_status carry_out(list_arguments& wanted) {
    return list(wanted);
}
exit_status carry_out(status_arguments& wanted) {
    return status(wanted);
}
exit_status carry_out(call_arguments& wanted) {
    return call(wanted);
}
exit_status carry_out(doctor_arguments& wanted) {
    return doctor(wanted);
}
exit_status carry_out(completion_arguments const& wanted) {
    return completion(wanted);
}
exit_status carry_out(sign_arguments const& wanted) {
    return sign(wanted);
}
exit_status carry_out(explain_arguments const& wanted) {
    return explain(wanted);
}

} // namespace

int main(int argc, char** argv) try {
    prepare();
    std::vector<std::string_view> const given(argv + (argc > 0), argv + argc);
    auto wanted = read_arguments(given);
    return static_cast<int>(std::visit([](auto& wish) { return carry_out(wish); }, wanted));
} catch (std::bad_alloc const&) {
    // After a request may have been sent, change_studios() handles this itself.
    return static_cast<int>(complain(exit_status::local, "this machine is out of memory; nothing was sent"));
}
