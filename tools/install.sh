#!/bin/sh
# Installs what the tests need and this machine lacks: browsers, a text browser,
# a database server, Java for the HTML validator, fonts. Does nothing where all of it is there.
set -eu

say() { echo "tools/install.sh: $*" >&2; }

have_chromium() {
	[ -x "${CHROMIUM:-}" ] || command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}
have_postgres() {
	command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}
have_font() { [ -f "/usr/share/fonts/truetype/$1" ]; }

missing=
have_chromium || missing="$missing chromium-headless-shell"
have_postgres || missing="$missing postgresql"
command -v w3m >/dev/null || missing="$missing w3m"
command -v java >/dev/null || missing="$missing default-jre-headless"
[ -x "${FIREFOX:-}" ] || command -v firefox-esr >/dev/null || command -v firefox >/dev/null || missing="$missing firefox-esr"
if command -v apt-get >/dev/null; then
	[ -x /usr/bin/WebKitWebDriver ] || missing="$missing webkit2gtk-driver"
	command -v xvfb-run >/dev/null || missing="$missing xvfb"
	command -v xauth >/dev/null || missing="$missing xauth"
	have_font liberation/LiberationSans-Regular.ttf || missing="$missing fonts-liberation"
	have_font noto/NotoSans-Regular.ttf || missing="$missing fonts-noto-core"
fi

if [ -n "$missing" ]; then
	if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
		say "missing:$missing"
		say "install them with your system's packages, or run this as root on Debian"
		exit 1
	fi
	say "installing$missing"
	export DEBIAN_FRONTEND=noninteractive
	apt-get -o DPkg::Lock::Timeout=500 -qq update
	# Older systems have the whole browser only.
	apt-cache show chromium-headless-shell >/dev/null 2>&1 || missing=$(echo "$missing" | sed s/chromium-headless-shell/chromium/)
	# shellcheck disable=SC2086 # one word a package
	apt-get -o DPkg::Lock::Timeout=500 -qq install -y --no-install-recommends $missing >/dev/null 2>&1 || {
		say "could not install$missing; the same with what apt-get says:"
		apt-get -o DPkg::Lock::Timeout=500 install -y --no-install-recommends $missing
	}
fi

version=$(node --version 2>/dev/null || echo none)
case $version in
none | v[0-9].* | v1[0-9].*)
	say "node 20 or newer is needed for the walks in a browser; here: $version"
	exit 1
	;;
esac
command -v npm >/dev/null || { say "npm is missing; it comes with node"; exit 1; }
