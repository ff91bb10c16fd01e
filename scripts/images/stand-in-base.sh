#!/bin/sh
# `sh stand-in-base.sh IMAGE`: a Debian with this machine's Node and npm under the name of the base, where no registry can be asked.
# It is for trying the images out, not for shipping them. Needs root, debootstrap and buildah.
set -eu
image=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase --include=libstdc++6,ca-certificates bookworm "$root" http://deb.debian.org/debian
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/doc "$root"/usr/share/man "$root"/usr/share/locale
cp -L "$(command -v node)" "$root/usr/bin/node"
npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
mkdir -p "$root/usr/lib/node_modules"
cp -R "$npm" "$root/usr/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/bin/npm"
chroot "$root" npm --version
container=$(buildah from scratch)
buildah add --quiet "$container" "$root" /
buildah config --cmd node --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
buildah commit --quiet --format docker --rm "$container" "$image"
