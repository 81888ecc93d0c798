# SPDX-License-Identifier: MIT
# Sourced by tools/test and tools/demo: install PACKAGE... installs the Debian packages that are missing.
# A PACKAGE may be several names, as in 'libboost1.81-dev|libboost-dev': releases differ, and the first that this one
# has is installed, unless one of them is there.
# shellcheck shell=bash

is_installed() { dpkg -s "$1" 2>/dev/null | grep -q '^Status: install ok installed'; }
has_candidate() { apt-cache policy "$1" 2>/dev/null | grep -q '^ *Candidate: [0-9]'; }

say() { printf '\n== %s\n' "$*"; }

install() {
    local package name names chosen missing=() wanted=() as_root=()
    for package; do
        IFS='|' read -ra names <<<"$package"
        for name in "${names[@]}"; do
            if is_installed "$name"; then continue 2; fi
        done
        missing+=("$package")
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
    for package in "${missing[@]}"; do
        IFS='|' read -ra names <<<"$package"
        chosen=${names[0]} # if this release has none of them, apt-get names what it lacks
        for name in "${names[@]}"; do
            if has_candidate "$name"; then
                chosen=$name
                break
            fi
        done
        wanted+=("$chosen")
    done
    "${as_root[@]}" install -y --no-install-recommends --no-remove "${wanted[@]}"
}
