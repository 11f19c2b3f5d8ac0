#!/bin/sh
# Builds the command as it is shipped, static and the same from the same sources, and
# says where it is and which version:
#
#	var/package/sojourn 0~20261121.0a1b2c3
set -eu
cd "$(dirname "$0")/.."

# What is between two releases is older than the next and newer than the last commit.
version=${VERSION:-$(git log -1 --date=format:%Y%m%d%H%M --format='0~%cd.%h' 2>/dev/null || echo 0~dev)}
mkdir -p var/package
CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$version" -o var/package/sojourn ./cmd/sojourn
echo "var/package/sojourn $version"
