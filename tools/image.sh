#!/bin/sh
# Makes the OCI image in var/package, as a tarball of an OCI layout, without any engine.
set -eu
cd "$(dirname "$0")/.."

built=$(tools/binary.sh)
version=${built#* }
arch=$(go env GOARCH)
rm -f var/package/*.oci.tar
image=var/package/sojourn_${version}_$arch.oci.tar
# Run here, whatever it is built for.
GOOS='' GOARCH='' go -C tools run ./image "$PWD/${built% *}" "$arch" "$version" "$PWD/$image"
echo "$image"
