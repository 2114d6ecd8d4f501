#!/bin/sh
# Finds a program that the tests need; where there is none of its names, installs Debian's packages.
# Usage: find-or-install.sh "PACKAGES" NAME...
set -eu
packages=$1
shift
for name; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "None of these was found: $*. Install one of them." >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then as_root=""; else as_root="sudo"; fi
echo "Installing $packages …"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # the packages are words of their own
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $packages >/dev/null
