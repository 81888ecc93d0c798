#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs the vendor's Node.js clients into BUILD_DIR and runs official_client_test.mjs with them.
# Usage: official_client_test.sh BUILD_DIR [GATEWAY]      GATEWAY: see official_client_test.mjs
# Exit status: 77 when it cannot run here, else the test's.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${1:?usage: official_client_test.sh BUILD_DIR [GATEWAY]}

for program in node npm; do
    if ! command -v "$program" >/dev/null; then
        echo "skipped: $program is not installed"
        exit 77
    fi
done

mkdir -p "$build"
if ! cmp -s "$here/package.json" "$build/package.json" || [ ! -e "$build/installed" ]; then
    rm -f "$build/installed"
    cp "$here/package.json" "$build/package.json"
    if ! npm install --prefix "$build" --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error; then
        echo "skipped: npm could not install the vendor's clients (is there a network?)"
        exit 77
    fi
    touch "$build/installed"
fi
shift
exec node "$here/official_client_test.mjs" "$build" "$@"
