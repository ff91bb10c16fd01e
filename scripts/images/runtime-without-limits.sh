#!/bin/sh
# runc for podman where a container may not raise its limits, as in a sandbox without CAP_SYS_RESOURCE: takes them out of what runc is
# to run, the bundle of a container or the process of an exec.
previous=
for argument in "$@"; do
  file=
  case $previous in
    --bundle | -b) file=$argument/config.json ;;
    --process | -p) file=$argument ;;
  esac
  previous=$argument
  [ -f "$file" ] || continue
  node -e 'const fs = require("fs");
    const file = process.argv[1];
    const content = JSON.parse(fs.readFileSync(file, "utf8"));
    delete (content.process ?? content).rlimits;
    fs.writeFileSync(file, JSON.stringify(content));' "$file"
done
exec runc "$@"
