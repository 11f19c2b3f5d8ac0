#!/bin/sh
# Runs a command beside a throw-away PostgreSQL server:
#
#	tools/postgres.sh go test ./...
#
# The server lives in a temporary directory, listens on loopback and on a socket
# in that directory, trusts everybody and never syncs. SOJOURN_TEST_POSTGRES is
# its address, and SOJOURN_TEST_POSTGRES_BIN where its programs are, for tests that
# start and stop one of their own. It is stopped and removed however the command
# ends; the exit code is the command's.
set -eu

[ $# -gt 0 ] || { echo "usage: tools/postgres.sh COMMAND [ARGUMENT...]" >&2; exit 2; }

find_bin() {
	if command -v initdb >/dev/null 2>&1; then
		dirname "$(command -v initdb)"
		return
	fi
	# Debian keeps each major version apart: the newest one.
	for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
		[ -x "$dir/initdb" ] && echo "$dir" && return
	done
	return 1
}

bin=$(find_bin) || {
	if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
		echo "tools/postgres.sh: no PostgreSQL here; install the package postgresql" >&2
		exit 1
	fi
	echo "tools/postgres.sh: installing postgresql" >&2
	export DEBIAN_FRONTEND=noninteractive
	apt-get -o DPkg::Lock::Timeout=500 install -y --no-install-recommends postgresql >&2 || {
		apt-get -o DPkg::Lock::Timeout=500 update >&2 # the lists may be missing or old
		apt-get -o DPkg::Lock::Timeout=500 install -y --no-install-recommends postgresql >&2
	}
	bin=$(find_bin)
}

# initdb and postgres refuse to run as root.
as_owner() {
	if [ "$(id -u)" -eq 0 ]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

dir=$(mktemp -d /tmp/sojourn-postgres.XXXXXX) # short: a socket's path has 107 bytes
child=
finish() {
	code=$?
	trap - EXIT
	trap '' HUP INT TERM
	if [ -n "$child" ]; then
		kill -TERM "$child" 2>/dev/null || true
		wait "$child" 2>/dev/null || true
	fi
	(cd / && as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1) || true
	rm -rf "$dir"
	exit "$code"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

chmod 755 "$dir"
[ "$(id -u)" -ne 0 ] || chown postgres "$dir"

quietly() {
	(cd / && as_owner "$@") >"$dir/log" 2>&1 || {
		cat "$dir/log" "$dir"/server.log >&2 2>/dev/null || true
		return 1
	}
}

touch "$dir/log" && chmod 666 "$dir/log"
# Texts are put in an order of people, in which punctuation hardly counts, as on many a
# real server: what only holds in the order of bytes fails here. Before PostgreSQL 15
# there is no such option.
quietly "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --locale-provider=icu --icu-locale=en-US-u-ka-shifted ||
	quietly "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync

# A port can be taken between looking and listening: try a few.
started=
for try in 1 2 3 4 5 6 7 8 9 10; do
	port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 20000))
	if quietly "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 60 start -o \
		"-c listen_addresses=127.0.0.1 -p $port -k $dir -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB -c autovacuum=off" 2>/dev/null; then
		started=yes
		break
	fi
done
[ -n "$started" ] || { cat "$dir/server.log" >&2; echo "tools/postgres.sh: the server does not start" >&2; exit 1; }

SOJOURN_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable"
SOJOURN_TEST_POSTGRES_BIN=$bin
export SOJOURN_TEST_POSTGRES SOJOURN_TEST_POSTGRES_BIN

# In the background, so that a signal to this script is handled at once.
exec 3<&0
"$@" <&3 &
child=$!
set +e
wait "$child"
code=$?
child=
exit "$code"
