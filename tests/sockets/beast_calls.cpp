// SPDX-License-Identifier: MIT
// The blocking client over Boost.Beast.
// Source: examples/transports/beast_exchange.hpp.
// Data flow: beast_calls CA_FILE; see calls.hpp.
#include "../../examples/transports/beast_exchange.hpp"

#include "calls.hpp"

int main(int argc, char** argv) try {
    if (argc < 2) return 2;
    boost::asio::ssl::context tls(boost::asio::ssl::context::tls_client);
    tls.load_verify_file(argv[1]);
    beast_transport http{tls};
    return answer_calls(http);
} catch (std::exception const& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
