# SPDX-License-Identifier: MIT
# Sourced by tools/test and tools/demo: install PACKAGE... installs the Debian packages that are missing.
# shellcheck shell=bash

say() { printf '\n== %s\n' "$*"; }

install() {
    local package missing=() as_root=()
    for package; do
        dpkg -s "$package" 2>/dev/null | grep -q '^Status: install ok installed' || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        say "every package needed is installed"
        return
    fi
    say "installing ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "this takes root: run the command as root, or install sudo" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    # Nothing of the user's is removed for it, and another apt at work is waited for.
    as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600)
    "${as_root[@]}" update
    "${as_root[@]}" install -y --no-install-recommends --no-remove "${missing[@]}"
}
