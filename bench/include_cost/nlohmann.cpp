// SPDX-License-Identifier: MIT
// What including a JSON library costs.
#include <nlohmann/json.hpp>
