#!/bin/sh
# What the official image's entry does of what is asked of it here: a cluster with the user, password and database at the first start.
# Its socket is in /tmp, for podman gives an empty folder on /run to root, and knows no fsGroup.
set -eu
data=/var/lib/postgresql/data
bin=/opt/postgres/bin
if [ ! -f "$data/PG_VERSION" ]; then
  mkdir -p "$data"
  chmod 700 "$data"
  "$bin/initdb" -D "$data" -U "$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" --auth=scram-sha-256 -E UTF8 --locale=C >/dev/null
  echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
  echo "CREATE DATABASE \"$POSTGRES_DB\";" | "$bin/postgres" --single -D "$data" postgres >/dev/null
fi
# As the official entry: the first word may be the program's name, and the rest are its options.
if [ "${1:-}" = postgres ]; then shift; fi
exec "$bin/postgres" -D "$data" -c listen_addresses='*' -c unix_socket_directories=/tmp "$@"
