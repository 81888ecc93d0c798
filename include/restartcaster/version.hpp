// SPDX-License-Identifier: MIT
// The version of the library; every other file takes the version from here.
// Source: semver.org 2.0.0.
// Data flow: read by the preprocessor, by CMakeLists.txt and by a test that compares meson.build.
#ifndef RESTARTCASTER_VERSION_HPP
#define RESTARTCASTER_VERSION_HPP
#pragma once

#define RESTARTCASTER_VERSION_MAJOR 0
#define RESTARTCASTER_VERSION_MINOR 1
#define RESTARTCASTER_VERSION_PATCH 0

/// One integer that grows with every release: 10000 * major + 100 * minor + patch.
#define RESTARTCASTER_VERSION                                                                                \
    (RESTARTCASTER_VERSION_MAJOR * 10000 + RESTARTCASTER_VERSION_MINOR * 100 + RESTARTCASTER_VERSION_PATCH)

#endif
