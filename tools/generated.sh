#!/bin/sh
# Fails when the generated files are not what their sources give. They are made
# anew on the way, so that committing them is all there is to do.
set -eu
cd "$(dirname "$0")/.."

sums() { find . -name '*_templ.go' -not -path './e2e/*' -exec cksum {} + | sort -k3; }

before=$(sums)
log=$(go tool -modfile=tools/go.mod templ generate 2>&1) || { echo "$log" >&2; exit 1; }
after=$(sums)
[ "$before" = "$after" ] && exit 0

stale=$(mktemp)
trap 'rm -f "$stale"' EXIT
echo "$before" >"$stale"
echo "tools/generated.sh: these were stale and are made anew; commit them:" >&2
echo "$after" | diff "$stale" - | sed -n 's/^[<>] [0-9]* [0-9]* //p' | sort -u >&2
exit 1
