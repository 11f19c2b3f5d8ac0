#!/bin/sh
# Makes the Debian package in var/package, the same bytes from the same sources. Needs
# dpkg-deb.
set -eu
cd "$(dirname "$0")/.."

command -v dpkg-deb >/dev/null || { echo "tools/package.sh: dpkg-deb is missing; it comes with dpkg" >&2; exit 1; }

built=$(tools/binary.sh)
binary=${built% *} version=${built#* }
arch=$(go env GOARCH)
[ "$arch" != 386 ] || arch=i386
[ "$arch" != arm ] || arch=armhf
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
put() { install -D -m "$1" "$2" "$root/$3"; }
put 755 "$binary" usr/bin/sojourn
put 755 packaging/debian/sojournctl usr/sbin/sojournctl
put 640 packaging/debian/sojourn.env etc/sojourn/sojourn.env
put 644 packaging/debian/sojourn.service lib/systemd/system/sojourn.service
for text in docs/operators.md docs/tenant-admins.md; do
	[ ! -f "$text" ] || put 644 "$text" "usr/share/doc/sojourn/${text#docs/}"
done
for script in postinst prerm postrm; do
	put 755 "packaging/debian/$script" "DEBIAN/$script"
done
chmod 750 "$root/etc/sojourn"
echo /etc/sojourn/sojourn.env >"$root/DEBIAN/conffiles"
cat >"$root/DEBIAN/control" <<END
Package: sojourn
Version: $version
Architecture: $arch
Maintainer: Sojourn <sojourn@localhost>
Section: admin
Priority: optional
Depends: adduser, init-system-helpers (>= 1.52)
Recommends: ca-certificates
Suggests: postgresql
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Description: account portal of people in many organizations
 One place where people see and control their account in every organization they
 belong to, and where organizations let guests in, let them go and can take them
 back. One binary with SQLite inside, or on a PostgreSQL server.
END
(cd "$root" && find . -type f -not -path './DEBIAN/*' -printf '%P\n' | LC_ALL=C sort | xargs md5sum) >"$root/DEBIAN/md5sums"
chmod 644 "$root/DEBIAN/conffiles" "$root/DEBIAN/control" "$root/DEBIAN/md5sums"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

deb=var/package/sojourn_${version}_$arch.deb
rm -f var/package/*.deb
dpkg-deb --root-owner-group -Zgzip -z6 --build "$root" "$deb" >/dev/null
echo "$deb"
