#!/bin/sh
# `sh stand-in-redis.sh BASE IMAGE`: Debian's Redis on the base, under the name of the official image and run as its user does.
set -eu
container=$(buildah from --pull=false "$1")
buildah run --isolation chroot --network host "$container" -- sh -ec '
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends redis-server redis-tools >/dev/null
  rm -rf /var/lib/apt/lists/*
  groupmod --gid 999 redis 2>/dev/null || true
  usermod --uid 999 --gid 999 redis
  mkdir -p /data
  chown 999:999 /data'
buildah config --user redis --workingdir /data --volume /data --port 6379 --cmd redis-server "$container"
buildah commit --quiet --format docker --rm "$container" "$2"
