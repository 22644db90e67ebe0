#!/bin/sh
# Prints the path of a Chromium for the tests; installs one where that is allowed.
set -eu

find_browser() {
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
      command -v "$name"
      return 0
    fi
  done
  mac="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
  if [ -x "$mac" ]; then
    echo "$mac"
    return 0
  fi
  return 1
}

find_browser && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    chromium fonts-noto-cjk >&2
  find_browser && exit 0
fi
echo "The tests need a browser. Run: sudo apt-get install chromium fonts-noto-cjk" >&2
echo "or name one: CHROMIUM=/path/to/chrome make test" >&2
exit 1
