#!/bin/sh
# Builds the Debian package, installs it, uses it, removes it and looks for what was
# left; checks the image beside it. Needs root on Debian; elsewhere it says so and does
# nothing, but never with CI=true.
set -eu
cd "$(dirname "$0")/.."

lacking=
[ "$(id -u)" -eq 0 ] || lacking="root"
for tool in dpkg dpkg-deb runuser adduser; do
	command -v "$tool" >/dev/null || lacking="$lacking $tool"
done
if [ -z "$lacking" ] && ! command -v systemd-analyze >/dev/null; then
	export DEBIAN_FRONTEND=noninteractive
	apt-get -o DPkg::Lock::Timeout=500 install -y --no-install-recommends systemd >&2 || lacking="systemd-analyze"
fi
if [ -z "$lacking" ] && dpkg -s sojourn >/dev/null 2>&1; then
	lacking="a machine on which sojourn is not installed already"
fi
if [ -n "$lacking" ]; then
	echo "tools/check-package.sh: THE PACKAGE WAS NOT TESTED; this needs $lacking" >&2
	[ "${CI:-}" != true ] || exit 1
	exit 0
fi

deb=$(tools/package.sh)
SOJOURN_TEST_DEB=$PWD/$deb go test -count=1 ./packaging
