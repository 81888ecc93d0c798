// SPDX-License-Identifier: MIT
// The umbrella header as a C++20 module: `import restartcaster;`. A program compiles this file itself; nothing else needs it.
// Source: C++20, [module.unit]; docs/packaging.md, "The module".
// Data flow: restartcaster.hpp in, its declarations exported. They belong to the global module, so that units that import and
// units that include have the same types. Macros, such as RESTARTCASTER_VERSION, are not exported.
module;

// All standard headers of the umbrella, before the module: their declarations are not exported.
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

export module restartcaster;

#ifdef __clang__ // the headers' own <...> includes have nothing left to declare
#pragma clang diagnostic ignored "-Winclude-angled-in-module-purview"
#endif
export extern "C++" {
#include "restartcaster.hpp"
}
