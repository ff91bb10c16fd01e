#!/bin/sh
# For the Dockerfile: lays out in /system what programs run on, and in /owned the folders that are theirs. Node, the libraries that it
# and native modules load, and `sleep` for Kubernetes' preStop: no shell, no package manager, no npm.
set -eu
system=/system
libraries=$(dirname "$(ldd /bin/sleep | sed -n 's/.*=> \(.*libc\.so\.6\) .*/\1/p')")
loader=$(ldd /bin/sleep | sed -n 's/^[[:space:]]*\(\/[^ ]*ld-linux[^ ]*\) .*/\1/p')

for folder in usr/local/bin usr/bin usr/lib lib64 etc tmp proc sys dev run var/lib/dpkg; do mkdir -p "$system/$folder"; done
chmod 1777 "$system/tmp"
ln -s usr/lib "$system/lib"
ln -s usr/bin "$system/bin"

cp "$(command -v node)" "$system/usr/local/bin/node"
cp /bin/sleep "$system/usr/bin/sleep"
mkdir -p "$system$libraries"
for name in c dl m pthread rt resolv gcc_s stdc++; do cp -L "$libraries/lib$name.so".[0-9] "$system$libraries/"; done
cp -L "$loader" "$system$loader"

printf 'root:x:0:0::/:/none\nnode:x:1000:1000::/tmp:/none\n' >"$system/etc/passwd"
printf 'root:x:0:\nnode:x:1000:\n' >"$system/etc/group"
printf 'hosts: files dns\n' >"$system/etc/nsswitch.conf"
cp -L /etc/os-release "$system/etc/os-release"
# Scanners look here for the versions of what was taken.
for name in base-files coreutils libc6 libgcc-s1 libstdc++6; do
  dpkg -s "$name"
  echo
done >"$system/var/lib/dpkg/status"

for room in data keys/installation keys/everyone keys/database keys/signing keys/redis; do mkdir -p "/owned/$room"; done
# What it lacks shows here, and not when it runs.
chroot "$system" /usr/local/bin/node --version
