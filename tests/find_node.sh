#!/bin/sh
# Prints the path of a Node.js of version 18 or later for the tests; installs one where that is allowed.
set -eu

find_node() {
  for name in "${NODE:-}" node nodejs; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 &&
      "$name" -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}

find_node && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs >&2
  find_node && exit 0
fi
echo "The tests need Node.js 18 or later. Run: sudo apt-get install nodejs" >&2
echo "or name one: NODE=/path/to/node make test" >&2
exit 1
