#!/bin/sh
# Starts the exhibition's screen in a browser that shows nothing else, and starts it again when it ends.
# To end it: Ctrl+C in the terminal it was started from. With --coba it only says what it would do.
set -eu

folder=$(cd "$(dirname "$0")" && pwd)
page="file://$folder/MULAI.html"
profile="${TMPDIR:-/tmp}/kbp-kios-@exhibition@-$(id -u)"
trial=false
[ "${1:-}" = "--coba" ] && trial=true

find_browser() {
	for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge firefox firefox-esr; do
		if command -v "$name" >/dev/null 2>&1; then
			echo "$name"
			return
		fi
	done
}

browser=$(find_browser)
if [ -z "$browser" ]; then
	echo "Belum ada peramban. Pasang Chromium atau Firefox, atau buka MULAI.html dengan klik ganda." >&2
	exit 1
fi

case "$browser" in
firefox*) set -- --profile "$profile" --kiosk "$page" ;;
*)
	set -- --user-data-dir="$profile" --kiosk --no-first-run --no-default-browser-check \
		--hide-crash-restore-bubble --disable-pinch --overscroll-history-navigation=0 \
		--disable-features=Translate --password-store=basic "$page"
	;;
esac

if $trial; then
	echo "$browser $*"
	exit 0
fi

while true; do
	mkdir -p "$profile"
	"$browser" "$@" || true
	sleep 2
done
