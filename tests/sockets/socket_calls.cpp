// SPDX-License-Identifier: MIT
// The blocking client over a bare socket, without TLS.
// Source: examples/transports/socket_transport.hpp.
// Data flow: socket_calls CA_FILE, which is not read; see calls.hpp.
#include "../../examples/transports/socket_transport.hpp"

#include "calls.hpp"

int main() {
    socket_transport http;
    return answer_calls(http);
}
