#!/bin/sh
# Finds kiwix-serve, which opens the archives in the tests; where it is missing, installs Debian's.
set -eu
if command -v kiwix-serve >/dev/null 2>&1; then
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No kiwix-serve found: install kiwix-tools." >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then as_root=""; else as_root="sudo"; fi
echo "Installing kiwix-serve …"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends kiwix-tools >/dev/null
