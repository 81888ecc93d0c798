// SPDX-License-Identifier: MIT
// A number takes no integer type with values that it cannot hold.
// expect: no match|no matching|could not convert|cannot convert|no viable|conversion
#include <restartcaster.hpp>

#ifdef GOOD
using count = std::int64_t;
#else
using count = std::uint64_t;
#endif

restartcaster::number use(count from) { return from; }
