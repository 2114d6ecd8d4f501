#!/bin/sh
# Starts the exhibition's screen in a browser that shows nothing else, and starts it again when it ends.
# To end it: close the browser (Alt+F4), and once more when it comes back. With --coba it only says what it would do.
set -eu

folder=$(cd "$(dirname "$0")" && pwd)
page="file://$folder/MULAI.html"
profile="${XDG_DATA_HOME:-${HOME:?}/.local/share}/kbp-kios-@exhibition@"
again=30 # seconds: a browser that ends sooner was closed on purpose, or cannot start at all
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

mkdir -p "$profile"
while true; do
	began=$(date +%s)
	"$browser" "$@" || true
	[ $(($(date +%s) - began)) -ge "$again" ] || break
	sleep 2
done
echo "Layar selesai. Untuk mulai lagi, jalankan mulai-linux.sh."
