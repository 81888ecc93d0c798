// SPDX-License-Identifier: MIT
// All operations of the studios of ApsaraVideo Live, in namespace restartcaster::live.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file.
#ifndef RESTARTCASTER_LIVE_HPP
#define RESTARTCASTER_LIVE_HPP
#pragma once

#include "operations/live/components.hpp"
#include "operations/live/layouts.hpp"
#include "operations/live/playlists.hpp"
#include "operations/live/programs.hpp"
#include "operations/live/resources.hpp"
#include "operations/live/scenes.hpp"
#include "operations/live/settings.hpp"
#include "operations/live/shows.hpp"
#include "operations/live/streams.hpp"
#include "operations/live/studios.hpp"
#include "operations/live/virtual_studios.hpp"

#endif
