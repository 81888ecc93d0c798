#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the signature page into BUILD_DIR and tests it: its module without a browser, or the page in a browser.
# Usage: page_test.sh BUILD_DIR module|browser
#   browser needs the page that a run with `module` has built, Chromium, and playwright-core from npm
# Exit status: 77 when it cannot run here, else the test's.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${1:?usage: page_test.sh BUILD_DIR module|browser}
part=${2:?usage: page_test.sh BUILD_DIR module|browser}
python=${PYTHON:-python3}

if ! command -v node >/dev/null; then
    echo "skipped: node is not installed"
    exit 77
fi
mkdir -p "$build"
if [ "$part" = module ]; then
    rm -f "$build/signature.html"
    CI='' "$python" "$here/../../tools/page" "$build" # 77 without the compiler, which some releases lack
    "$python" "$here/cases.py" "$build/cases.json"
    exec node "$here/module_test.mjs" "$build"
fi

chromium=$(command -v chromium || true)
if [ -z "$chromium" ]; then
    echo "skipped: chromium is not installed"
    exit 77
fi
if ! [ -e "$build/signature.html" ]; then
    echo "skipped: the page was not built"
    exit 77
fi
if ! cmp -s "$here/package.json" "$build/package.json" || [ ! -e "$build/installed" ]; then
    rm -f "$build/installed"
    cp "$here/package.json" "$build/package.json"
    if ! npm install --prefix "$build" --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error; then
        echo "skipped: npm could not install playwright-core (is there a network?)"
        exit 77
    fi
    touch "$build/installed"
fi
exec node "$here/browser_test.mjs" "$build" "$chromium"
