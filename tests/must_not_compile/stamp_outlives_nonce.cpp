// SPDX-License-Identifier: MIT
// A stamp looks at the text of its nonce.
// expect with clang: address of stack memory associated with local variable .nonce. returned
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

rc::stamp use(std::array<unsigned char, rc::nonce::random_size> const& random) {
#ifdef GOOD
    static rc::nonce const nonce(random);
#else
    rc::nonce const nonce(random);
#endif
    return {.utc_seconds = 1709020800, .nonce = nonce.text()};
}
