// SPDX-License-Identifier: MIT
// The blocking client over cpp-httplib.
// Source: examples/transports/httplib_transport.hpp.
// Data flow: httplib_calls CA_FILE; see calls.hpp.
#include "../../examples/transports/httplib_transport.hpp"

#include "calls.hpp"

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    httplib_transport http{argv[1]};
    return answer_calls(http);
}
