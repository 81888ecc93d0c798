// SPDX-License-Identifier: MIT
// What including the library costs.
#include <restartcaster.hpp>
